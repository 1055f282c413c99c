"""Recognises headings by the blocks around them."""

from __future__ import annotations

import re

from poi_search.readers.pdftext import headings
from poi_search.readers.pdftext.blocks import TextBlock, is_ended
from poi_search.readers.pdftext.captions import parse_caption
from poi_search.readers.pdftext.part_labels import is_article_type
from poi_search.readers.pdftext.plain_text import SUPERSCRIPT
from poi_search.readers.pdftext.reference_lines import looks_like_entry

_KEYWORDS_BEGIN = re.compile(r"key ?-?words?|index terms", re.IGNORECASE)
# With this many marked headings, unmarked short lines are not headings.
_MARKED_ENOUGH = 3
_PARAGRAPH = 80
_MAX_PLAIN = 100
# How many blocks may separate a part of an abstract from the keywords or introduction.
_ABSTRACT_REACH = 14


class HeadingContext:
    """The blocks of an article, and what can be told of each from its neighbours."""

    def __init__(self, blocks: list[TextBlock]) -> None:
        self._blocks = blocks
        self._marked = sum(block.head.level > 0 for block in blocks) >= _MARKED_ENOUGH
        self.place: tuple[int, ...] = ()  # the number of the last heading

    def is_heading(self, index: int, block: TextBlock, is_open: bool) -> bool:
        """Whether a block is a heading; `is_open`: the paragraph before is incomplete."""
        line, text = block.head, block.text
        if len(block.lines) > 2 or len(text) > headings.MAX_HEADING or line.bullet:
            return False
        if is_article_type(text) or parse_caption(text) is not None:
            return False
        if line.level or (line.bold and len(text.split()) <= 15):
            return True
        if headings.looks_numbered(line) is not None:
            return self._is_numbered(index, block)
        if len(block.lines) > 1:
            return False
        known = headings.is_body_name(text) and text[:1].isupper()
        return known or self._is_plain(index, block, is_open)

    def is_abstract_part(self, index: int, block: TextBlock) -> bool:
        """Whether a block is a heading inside an abstract: 'Methods' before the keywords."""
        if not headings.is_abstract_part(block.text):
            return False
        names = (headings.bare_name(block.text).lower(), "introduction")
        return any(
            _KEYWORDS_BEGIN.match(other.text) or headings.bare_name(other.text).lower() in names
            for other in self._blocks[index + 1 : index + 1 + _ABSTRACT_REACH]
        )

    def entries_follow(self, index: int) -> bool:
        """Whether the lines after a block look like a list of references."""
        lines = [line for block in self._blocks[index + 1 : index + 9] for line in block.lines][:8]
        return sum(looks_like_entry(line) for line in lines) * 3 >= len(lines) > 0

    def _is_numbered(self, index: int, block: TextBlock) -> bool:
        if len(block.lines) > 1 and is_ended(block.text):
            return False
        heading = headings.parse_heading(block.text)
        slack = 2 if len(heading.place) > 1 else 0
        starts = not self.place and heading.place in ((0,), (1,))
        right = starts or headings.follows(heading.place, self.place, slack)
        return right and not self._in_list(index, heading)

    def _in_list(self, index: int, heading: headings.PrintedHeading) -> bool:
        """Whether a numbered line is next to one with an adjacent number, as in a list."""
        if len(heading.place) > 1:
            return False
        neighbours = self._blocks[:index][-1:], self._blocks[index + 1 : index + 2]
        return any(
            headings.parse_heading(block.text).place == (heading.place[0] + step,)
            for step, blocks in zip((-1, 1), neighbours, strict=True)
            for block in blocks
        )

    def _is_plain(self, index: int, block: TextBlock, is_open: bool) -> bool:
        """Whether a block is a short line before a whole paragraph, in an article without marks."""
        text = block.text
        if self._marked or is_open or not block.head.first or len(text) > _MAX_PLAIN:
            return False
        if len(text.split()) > 14 or not text[:1].isupper():
            return False
        if SUPERSCRIPT.search(text) or text[-1] in ".,;:!":
            return False
        return any(map(_is_paragraph, self._blocks[index + 1 : index + 2]))


def _is_paragraph(block: TextBlock) -> bool:
    """Whether a block begins as a whole paragraph does; not a row or a caption."""
    begins = block.head.first and not block.head.cells and block.text[:1].isupper()
    return begins and len(block.text) >= _PARAGRAPH and parse_caption(block.text) is None
