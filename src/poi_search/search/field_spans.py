"""Where in the text of a unit are the fields that a question can name?"""

from __future__ import annotations

import re

from poi_search.results import Mark, ReferenceView, UnitView

_WORD = re.compile(r"\w+")


class PrintedEntry:
    """A printed reference, to tell which part of it contains a mark."""

    __slots__ = ("_abstract", "_authors", "_text", "_title", "_title_end")

    def __init__(self, text: str, reference: ReferenceView) -> None:
        self._text = text
        self._authors = " ".join(reference.authors)
        self._title = text.find(reference.title) if reference.title else -1
        self._title_end = self._title + len(reference.title)
        self._abstract = len(text) - len(reference.abstract)

    def part(self, start: int, end: int) -> str:
        """The part that contains `text[start:end]`, in words."""
        if 0 <= self._title <= start and end <= self._title_end:
            return "the title"
        if end <= self._title:
            words = _WORD.findall(self._text[start:end])
            if all(word in self._authors for word in words):
                return "the authors"
        return "the abstract" if start >= self._abstract else "the entry"


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
