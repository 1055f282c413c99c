"""The texts around a unit through which it is also found. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from poi_search.index.entries import Stored, SurroundingText
from poi_search.results import CitationLink

Summary = Callable[[str], SurroundingText | None]
"""The unit id of a reference → the text through which units that cite it are found."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The editorial notes on a unit, the headings above it, and the papers it cites.

    `concepts` and `stems` are those of all these texts, to pass them over at a glance.
    """

    notes: tuple[SurroundingText, ...]
    headings: tuple[SurroundingText, ...]
    papers: tuple[tuple[CitationLink, SurroundingText], ...]
    concepts: frozenset[str]
    stems: frozenset[str]

    @classmethod
    def of(cls, stored: Stored, summary: Summary) -> Surroundings:
        cited = ((link, summary(link.id)) for link in stored.view.citations)
        papers = tuple((link, text) for link, text in cited if text is not None)
        texts = (*stored.notes, *stored.headings, *(text for _, text in papers))
        return cls(
            stored.notes,
            stored.headings,
            papers,
            frozenset(concept for text in texts for concept in text.concepts),
            frozenset(stem for text in texts for stem in text.stems.split()),
        )
