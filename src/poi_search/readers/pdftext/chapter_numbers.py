"""The place of each section in the article, as a tuple: (3, 4) for 3.4."""

from __future__ import annotations

import re

from poi_search.readers.pdftext import headings
from poi_search.readers.pdftext.manuscript import Chapter

_HAS_SUBSECTIONS = re.compile(r"method|result|discussion|finding", re.IGNORECASE)


def number_chapters(chapters: list[Chapter]) -> list[tuple[int, ...]]:
    """The printed number of each section, else the next free number at its level."""
    printed = {chapter.heading.place for chapter in chapters if chapter.heading.place}
    levels = _levels(chapters)
    used: set[tuple[int, ...]] = set()
    places: list[tuple[int, ...]] = []
    for index, chapter in enumerate(chapters):
        place = chapter.heading.place
        if not place or place in used:
            before = places[-1] if places else ()
            if printed:
                depth = _depth_among_numbered(chapter, before, levels[:index])
            else:
                depth = _depth(chapters[: index + 1], places, levels)
            place = _next_free(before, depth, used | printed)
        used.add(place)
        places.append(place)
    return places


def _levels(chapters: list[Chapter]) -> list[int]:
    """The level of each heading; if all are marked alike, those in capitals rank higher."""
    marked = [chapter.level for chapter in chapters]
    titles = [chapter.heading.title for chapter in chapters]
    capitals = [title.isupper() for title in titles]
    if len(set(marked)) == 1 and any(capitals) and not all(capitals):
        return [1 if upper else 2 for upper in capitals]
    return marked


def _depth_among_numbered(chapter: Chapter, before: tuple[int, ...], earlier: list[int]) -> int:
    """The depth of an unnumbered heading in an article with numbered headings."""
    last = earlier[-1] if earlier else 0
    if not before or headings.is_body_name(chapter.heading.title):
        return 1
    if chapter.level and chapter.level < last:
        return 1
    return len(before) + 1


def _depth(chapters: list[Chapter], places: list[tuple[int, ...]], levels: list[int]) -> int:
    """The depth of the last of `chapters`, in an article without numbered headings."""
    if not places:
        return 1
    level = levels[len(places)]
    earlier = [(mark, len(place)) for mark, place in zip(levels, places, strict=False)]
    if level:
        same = [depth for mark, depth in earlier if mark == level]
        above = [depth + 1 for mark, depth in earlier if 0 < mark < level]
        return (same or above or [1])[-1]
    if headings.is_body_name(chapters[-1].heading.title):
        return 1
    tops = [c for c, place in zip(chapters, places, strict=False) if len(place) == 1]
    return 2 if tops and _HAS_SUBSECTIONS.search(tops[-1].heading.title) else 1


def _next_free(before: tuple[int, ...], depth: int, used: set[tuple[int, ...]]) -> tuple[int, ...]:
    """The next unused place at `depth` after `before`."""
    depth = min(depth, len(before) + 1)
    base = before[: depth - 1]
    start = before[depth - 1] + 1 if len(before) >= depth else 1
    if not before and (1,) in used:
        start = 0
    while (*base, start) in used:
        start += 1
    return (*base, start)
