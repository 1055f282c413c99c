"""Where in the text of a unit are the fields that a question can name?"""

from __future__ import annotations

from poi_search.results import Mark, UnitView


def part_span(view: UnitView, field: str) -> Mark | None:
    """The span of a field (author, title, journal) in a printed reference; None if it is not in
    the text of the unit."""
    reference = view.reference
    start = view.text.find(reference.title) if reference and reference.title else -1
    if not reference or start < 0:
        return None
    end = start + len(reference.title)
    if field == "author":
        return (0, start)
    if field == "title":
        return (start, end)
    place = view.text.find(reference.journal, end) if reference.journal else -1
    return (place, place + len(reference.journal)) if place >= 0 else None
