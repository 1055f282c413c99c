"""Blocks of a converted article → its manuscript, in one pass in reading order.

The state of the pass is its zone, and the part that plain text goes into.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from poi_search.readers.pdftext import headings, part_labels
from poi_search.readers.pdftext.blocks import TextBlock, is_ended
from poi_search.readers.pdftext.byline import split_people
from poi_search.readers.pdftext.float_collector import FloatCollector
from poi_search.readers.pdftext.heading_context import HeadingContext
from poi_search.readers.pdftext.hyphens import LineJoiner
from poi_search.readers.pdftext.manuscript import Chapter, Manuscript
from poi_search.readers.pdftext.matter_kinds import read_matter_kind
from poi_search.readers.pdftext.part_labels import ArticlePart, Label, Opening
from poi_search.readers.pdftext.passages import PassageWriter
from poi_search.readers.pdftext.reference_lines import (
    belongs_to_references,
    is_caption,
    resumes_list,
)

_LONG = 200
_SHORT = 100
_MAX_LABEL = 90
# Labels that are also ordinary words: in the body they count only if marked as a heading.
_FRONT_ONLY = ("highlights", "how to cite", "copyright", "editors")
# Metadata that is printed at the foot of a page: the text goes on after one block.
_FOOTNOTES = ("correspondence", "editors", "copyright", "how to cite", "author information")
_SEARCHED = (ArticlePart.SECTION, ArticlePart.BACK)


class Zone(Enum):
    FRONT = auto()
    BODY = auto()
    REFERENCES = auto()
    BACK = auto()


class BlockSorter:
    """One pass over the blocks; `front` has the blocks at the top whose part is unknown."""

    def __init__(self, blocks: list[TextBlock], joiner: LineJoiner) -> None:
        self.manuscript = Manuscript()
        self.front: list[TextBlock] = []
        self._blocks = blocks
        self._zone = Zone.FRONT
        self._open = Opening()
        self._cut = False  # whether the next block goes on with the sentence of this one
        self._writer = PassageWriter(self.manuscript, joiner)
        self._floats = FloatCollector(self.manuscript)
        self._context = HeadingContext(blocks)

    def sort(self) -> Manuscript:
        for index, block in enumerate(self._blocks):
            loose = self._zone is Zone.FRONT and self._open.part is None
            for piece in split_people(block) if loose else [block]:
                self._take(index, piece)
        self._floats.finish()
        return self.manuscript

    def _take(self, index: int, block: TextBlock) -> None:
        if self._zone is Zone.REFERENCES and not is_caption(block):
            if belongs_to_references(block):
                self.manuscript.entry_lines += block.lines
                return
            self._zone, self._open = Zone.BACK, Opening()
        if self._zone is Zone.BACK and resumes_list(block, self.manuscript.entry_lines):
            self._zone, self._open = Zone.REFERENCES, Opening()
            self.manuscript.entry_lines += block.lines
            return
        after = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        self._cut = after is not None and after.text[:1].islower() and block.text[:1].isupper()
        if self._floats.take(block, after, self._is_cut(), self._is_heading(index, block)):
            self._writer.interrupted = True
            return
        if self._take_label(index, block) or self._take_matter(block):
            return
        if self._is_heading(index, block):
            self._open_chapter(block)
        elif self._zone is Zone.FRONT:
            self._take_front(index, block)
        elif self._interrupts(index, block):
            self._writer.insert(self.manuscript.last_chapter(), block)
        else:
            self._take_text(block)

    def _is_cut(self) -> bool:
        """Whether the paragraph before is incomplete."""
        return self._zone is Zone.BODY and self._writer.is_open()

    # Labels

    def _take_label(self, index: int, block: TextBlock) -> bool:
        """Take a block that names a part of the article, alone or before the text of the part."""
        alone = len(block.lines) == 1 and len(block.text) < _MAX_LABEL
        if alone and headings.bare_name(block.text)[:1].isupper() and self._take_name(index, block):
            return True
        label, rest = part_labels.read_run_in_label(block.text)
        if label is None or not (block.text[:1].isupper() or block.head.bold):
            return False
        if label.part is not ArticlePart.MATTER:
            return self._open_part(label, block, rest)
        self._writer.add_matter(label.kind, rest, block)
        return True

    def _take_name(self, index: int, block: TextBlock) -> bool:
        if self._zone is Zone.FRONT and part_labels.is_article_type(block.text):
            self.manuscript.ledger.set_aside(block.numbers, "type of article")
            return True
        label = part_labels.read_label(block.text)
        if label is None:
            return False
        if label.part is ArticlePart.REFERENCES:
            if self._context.entries_follow(index):
                self.manuscript.note_label("references", block.numbers)
                self._zone, self._open = Zone.REFERENCES, Opening()
            return self._zone is Zone.REFERENCES
        if headings.parse_heading(block.text).place:
            return False
        if label.part is ArticlePart.MATTER:
            return self._open_matter(label.kind, block)
        return self._open_part(label, block)

    def _open_part(self, label: Label, block: TextBlock, rest: str = "") -> bool:
        """Open the abstract, keywords, abbreviations, or searchable back matter."""
        if label.part is ArticlePart.BACK:
            heading = headings.parse_heading(label.name)
            self.manuscript.back.append(Chapter(heading, lines=[*block.numbers]))
            self._zone = Zone.FRONT if self._zone is Zone.FRONT else Zone.BACK
            self._open = Opening(ArticlePart.BACK)
        elif label.part is ArticlePart.ABSTRACT and (
            self._zone is not Zone.FRONT or self.manuscript.has_label("abstract")
        ):
            return False
        else:
            amid = self._zone is Zone.BODY and (self._is_cut() or bool(rest))
            self.manuscript.note_label(label.part.value, block.numbers)
            self._open = Opening(label.part, once=amid)
        if rest:
            self._fill(TextBlock(block.lines, rest))
        return True

    def _open_matter(self, kind: str, block: TextBlock) -> bool:
        if kind in _FRONT_ONLY and self._zone is Zone.BODY and not block.head.level:
            return False
        self.manuscript.note_label(f"metadata:{kind}", block.numbers)
        known = len(self.manuscript.matter)
        noted = self._zone is Zone.BODY and kind in _FOOTNOTES and not block.head.level
        once = noted or self._is_cut()
        self._open = Opening(ArticlePart.MATTER, kind, once=once, known_matter=known)
        self._writer.interrupted = True
        return True

    # Metadata

    def _take_matter(self, block: TextBlock) -> bool:
        if block.head.level and len(block.lines) == 1:
            return False
        loose = self._zone is Zone.FRONT and self._open.part is not ArticlePart.ABSTRACT
        kind = read_matter_kind(block.text, loose)
        awaited = self._open.kind if not self._has_matter() else ""
        if kind and awaited != "author information":
            kind = awaited or kind
        if not kind:
            return False
        self._writer.add_matter(kind, block.text, block)
        if loose:
            self._open = Opening()
        return True

    def _has_matter(self) -> bool:
        """Whether metadata was added since the last label."""
        return len(self.manuscript.matter) > self._open.known_matter

    # Headings

    def _is_heading(self, index: int, block: TextBlock) -> bool:
        """Whether a block is a heading of the body; in the front, one that begins the body."""
        if self._zone is Zone.FRONT and not self._begins_body(index, block):
            return False
        return self._context.is_heading(index, block, self._is_cut())

    def _begins_body(self, index: int, block: TextBlock) -> bool:
        if headings.parse_heading(block.text).place in ((0,), (1,)):
            return True
        if self._open.part is ArticlePart.ABSTRACT and self._context.is_abstract_part(index, block):
            return False
        if headings.bare_name(block.text).lower() == "introduction":
            return True
        free = block.head.level > 0 or self._open.part is None or self._is_filled(block)
        known = self.manuscript.has_label("abstract", "keywords")
        return known and (free or headings.is_body_name(block.text))

    def _open_chapter(self, block: TextBlock) -> None:
        heading = headings.parse_heading(block.text)
        self._context.place = heading.place or self._context.place
        level = block.head.level or (headings.BOLD_LEVEL if block.head.bold else 0)
        self.manuscript.body.append(Chapter(heading, level, [*block.numbers]))
        self._zone, self._open = Zone.BODY, Opening(ArticlePart.SECTION)
        self._writer.interrupted = False
        self._floats.begin_chapter()

    # Plain text

    def _take_front(self, index: int, block: TextBlock) -> None:
        if self._open.part is ArticlePart.ABSTRACT and self._context.is_abstract_part(index, block):
            self._writer.part = headings.bare_name(block.text)
            self.manuscript.note_label("abstract", block.numbers)
        elif self._open.part is not None and not self._is_filled(block):
            self._fill(block)
        elif not self._is_text(block):
            self.front.append(block)
        else:
            self._zone, self._open = Zone.BODY, Opening(ArticlePart.SECTION)
            self._fill(block)

    def _is_text(self, block: TextBlock) -> bool:
        """Whether a block in the front is a paragraph of the body, which has no heading."""
        long = len(block.text) > _LONG and block.text[0].isupper()
        return long and self.manuscript.has_label("abstract")

    def _is_filled(self, block: TextBlock) -> bool:
        """Whether the part that a label opened in the front is complete before `block`."""
        match self._open.part:
            case ArticlePart.KEYWORDS:
                return ArticlePart.KEYWORDS in self.manuscript.lists and len(block.text) > _SHORT
            case ArticlePart.ABBREVIATIONS:
                listed = "=" in block.text or ":" in block.text[:_SHORT]
                return ArticlePart.ABBREVIATIONS in self.manuscript.lists and not listed
            case ArticlePart.ABSTRACT:
                return False
        return not block.head.bullet and self._has_matter()

    def _interrupts(self, index: int, block: TextBlock) -> bool:
        """Whether a block, such as a box on the page, stands within an incomplete paragraph."""
        if not self._is_cut() or not block.text[:1].isupper() or not is_ended(block.text):
            return False
        following = self._blocks[index + 1 : index + 2]
        return any(re.match(r"[a-z]+[\s,;]", one.text) for one in following)

    def _take_text(self, block: TextBlock) -> None:
        if self._open.part not in _SEARCHED and self._writer.resumes(block):
            self._add_paragraph(self.manuscript.last_chapter(), block)
        elif self._open.part is not None:
            self._fill(block)
        else:
            self._writer.set_aside(block, "part of no known section")

    def _fill(self, block: TextBlock) -> None:
        """Add text to the open part."""
        once = self._open.once
        match self._open.part:
            case ArticlePart.ABSTRACT:
                self._writer.add_abstract(block)
            case ArticlePart.KEYWORDS | ArticlePart.ABBREVIATIONS as part:
                self._writer.add_to_list(part, block)
            case ArticlePart.MATTER:
                self._writer.add_matter(self._open.kind, block.text, block)
            case ArticlePart.BACK:
                self._add_paragraph(self.manuscript.back[-1], block)
            case _:
                self._add_paragraph(self.manuscript.last_chapter(), block)
        if once:
            self._open = Opening(ArticlePart.SECTION)
            self._writer.interrupted = True

    def _add_paragraph(self, chapter: Chapter, block: TextBlock) -> None:
        if self._writer.add_paragraph(chapter, block, self._cut):
            self._floats.close()
