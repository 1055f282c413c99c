"""Sections under construction, and the anchors of their content, for any format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from poi_search.article import Block, Section

_MAX_SLUG = 60


@dataclass(slots=True)
class Draft:
    """A section while it is being read."""

    anchor: str
    number: str = ""
    label: str = ""
    title: str = ""
    level: int = 1
    blocks: list[Block] = field(default_factory=list)

    def section(self) -> Section:
        blocks = tuple(self.blocks)
        return Section(self.anchor, self.number, self.label, self.title, self.level, blocks)


@dataclass(slots=True)
class Slugs:
    """Unique anchors made from titles."""

    _taken: set[str] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=dict)  # the last count after each title

    def slug(self, title: str) -> str:
        base = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:_MAX_SLUG] or "section"
        slug, count = base, self._counts.get(base, 1)
        while slug in self._taken:
            count += 1
            slug = f"{base}-{count}"
        self._taken.add(slug)
        self._counts[base] = count
        return slug


def number_floats(printed: Iterable[int]) -> list[int]:
    """The number of each figure, or of each table: as printed, else the next unused one.

    In `printed`, 0 means no number; a number printed again is treated as missing.
    """
    numbers: list[int] = []
    used: set[int] = set()
    for number in printed:
        numbers.append(0 if number in used else number)
        used.add(number)
    last = max(numbers, default=0)
    for at, number in enumerate(numbers):
        if not number:
            last += 1
            numbers[at] = last
    return numbers
