"""The parts of a web page: a heading, the blocks under it, and the parts below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from poi_search.readers.html.furniture import is_of_page
from poi_search.readers.markup import Node, plain
from poi_search.readers.matter import classify, main_part
from poi_search.references.matching import normal_title

_BEGINNING = 40


@dataclass(slots=True)
class PagePart:
    """A heading, the blocks under it and its subordinate parts.

    `rank` is 1–6, or 0 for the page.
    """

    title: Node | None
    rank: int
    line: int
    role: str = ""
    blocks: list[Node] = field(default_factory=list)
    below: list[PagePart] = field(default_factory=list)

    @property
    def is_loose(self) -> bool:
        """Whether it is running text between parts, without a heading of its own."""
        return self.role == "loose"

    @property
    def heading(self) -> str:
        return plain(self.title)


def is_references(part: PagePart) -> bool:
    return "references" in (part.role, main_part(part.heading))


def parts_of(part: PagePart) -> Iterator[PagePart]:
    """The subordinate parts at every level, except those of reference lists."""
    for below in part.below:
        yield below
        if not is_references(below):
            yield from parts_of(below)


def all_blocks(part: PagePart) -> Iterable[Node]:
    """The blocks of a reference list, those of its subordinate parts included.

    If a subordinate part is marked as the list, the blocks outside it are omitted.
    """
    if not any(below.role == "references" for below in part.below):
        yield from part.blocks
    for below in part.below:
        yield from all_blocks(below)


def settle_lists(tree: PagePart) -> None:
    """If a list has the heading 'References', what only a class calls one is none."""
    parts = [(part, False) for part in tree.below]
    found: list[tuple[PagePart, bool]] = []
    while parts:
        part, under = parts.pop()
        headed = main_part(part.heading) == "references"
        found.append((part, under or headed))
        parts += [(below, under or headed) for below in part.below]
    lists = [part for part, headed in found if headed]
    listed = normal_title(" ".join(plain(one) for part in lists for one in part.blocks))
    for part, headed in found:
        if listed and part.role == "references" and not headed and not _repeats(part, listed):
            part.role = ""


def _repeats(part: PagePart, listed: str) -> bool:
    """Whether a part shows entries of the list again, such as its beginning before the text."""
    items = [one for block in part.blocks for one in list(block.walk("li")) or [block]]
    known = sum(normal_title(plain(one)[:_BEGINNING]) in listed for one in items)
    return known > len(items) / 2


def is_empty(part: PagePart) -> bool:
    """Whether nothing is under a heading so far, but for what is about the page."""
    return not part.blocks and all(
        is_of_page(below.heading.strip(" :.")) or is_empty(below) for below in part.below
    )


def ends_with_box(heading: str) -> bool:
    """Whether a heading, of a menu or a statement, has nothing under it beyond its box."""
    return is_of_page(heading) or classify(heading) != ""
