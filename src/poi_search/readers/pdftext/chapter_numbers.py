"""The place of each section in the article, as a tuple: (3, 4) for 3.4."""

from __future__ import annotations

import re

from poi_search.readers.pdftext import headings
from poi_search.readers.pdftext.manuscript import Chapter

_HAS_SUBSECTIONS = re.compile(r"method|result|discussion|finding", re.IGNORECASE)
# Unnumbered headings are not numbered deeper than this, or numbers would grow with each.
_DEEPEST = 6


def number_chapters(chapters: list[Chapter]) -> list[tuple[int, ...]]:
    """The printed number of each section, else the next free number at its level."""
    printed = {chapter.heading.place for chapter in chapters if chapter.heading.place}
    outline = Outline(printed)
    for chapter, level in zip(chapters, _levels(chapters), strict=True):
        outline.add(chapter, level)
    return outline.places


def _levels(chapters: list[Chapter]) -> list[int]:
    """The level of each heading; if all are marked alike, those in capitals rank higher."""
    marked = [chapter.level for chapter in chapters]
    titles = [chapter.heading.title for chapter in chapters]
    capitals = [title.isupper() for title in titles]
    if len(set(marked)) == 1 and any(capitals) and not all(capitals):
        return [1 if upper else 2 for upper in capitals]
    return marked


class Outline:
    """The places of the sections so far, and what the place of the next one depends on."""

    def __init__(self, printed: set[tuple[int, ...]]) -> None:
        self.places: list[tuple[int, ...]] = []
        self._printed = printed
        self._used: set[tuple[int, ...]] = set()
        self._free: dict[tuple[int, ...], int] = {}  # where the search from a place ended
        self._depths: dict[int, int] = {}  # of the last heading of each level, latest last
        self._level = 0  # of the last heading
        self._top = ""  # the title of the last section of depth 1

    def add(self, chapter: Chapter, level: int) -> None:
        place = chapter.heading.place
        if not place or place in self._used:
            amid = bool(self._printed)
            depth = self._depth_amid_numbered(chapter) if amid else self._depth(chapter, level)
            place = self._next_free(depth)
        self._used.add(place)
        self.places.append(place)
        self._depths.pop(level, None)
        self._depths[level] = len(place)
        self._level = level
        if len(place) == 1:
            self._top = chapter.heading.title

    def _before(self) -> tuple[int, ...]:
        return self.places[-1] if self.places else ()

    def _depth_amid_numbered(self, chapter: Chapter) -> int:
        """The depth of an unnumbered heading in an article with numbered headings."""
        before = self._before()
        if not before or headings.is_body_name(chapter.heading.title):
            return 1
        if chapter.level and chapter.level < self._level:
            return 1
        return min(len(before) + 1, _DEEPEST)

    def _depth(self, chapter: Chapter, level: int) -> int:
        """The depth of a heading in an article without numbered headings."""
        if level:
            above = (n + 1 for mark, n in reversed(self._depths.items()) if 0 < mark < level)
            return self._depths.get(level) or next(above, 1)
        if not self.places or headings.is_body_name(chapter.heading.title):
            return 1
        return 2 if _HAS_SUBSECTIONS.search(self._top) else 1

    def _next_free(self, depth: int) -> tuple[int, ...]:
        """The next unused place at `depth` after the last one."""
        before = self._before()
        depth = min(depth, len(before) + 1)
        base = before[: depth - 1]
        start = before[depth - 1] + 1 if len(before) >= depth else 1
        if not before and (1,) in self._printed:
            start = 0
        number = self._free.get((*base, start), start)
        while (*base, number) in self._used or (*base, number) in self._printed:
            number += 1
        self._free[(*base, start)] = number
        return (*base, number)
