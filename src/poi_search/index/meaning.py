"""What of a unit an encoder is given."""

from __future__ import annotations

from poi_search.index.units import Unit


def meaningful_text(unit: Unit) -> str:
    """What a unit says, for an encoder: its headings and text; of a reference, title and abstract,
    as the names of authors and journals tell it nothing."""
    paper = unit.paper
    if paper and paper.title:
        return ". ".join(filter(None, (paper.title, paper.abstract)))
    return ". ".join((*(heading.text for heading in unit.headings), unit.view.text))
