"""Blocks of a converted article → its manuscript, by one pass in reading order.

The pass keeps two things in mind: the zone it is in, and the slot that plain text goes into.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from poi_search.readers.pdftext import headings
from poi_search.readers.pdftext.blocks import Joiner, TextBlock
from poi_search.readers.pdftext.byline import split_people
from poi_search.readers.pdftext.captions import parse_caption
from poi_search.readers.pdftext.float_collector import FloatCollector
from poi_search.readers.pdftext.heading_context import HeadingContext
from poi_search.readers.pdftext.manuscript import Chapter, Manuscript, MatterText
from poi_search.readers.pdftext.matter_kinds import label_kind, metadata_kind, run_in_label
from poi_search.readers.pdftext.passages import PassageWriter
from poi_search.readers.pdftext.reference_lines import looks_like_entry

_LONG = 200
_SHORT = 100
_MAX_LABEL = 90
# Labels that in the body need the mark of a heading: they are words of the text as well.
_FRONT_ONLY = ("highlights", "how to cite", "copyright", "editors")


class Zone(Enum):
    FRONT = auto()
    BODY = auto()
    REFERENCES = auto()
    BACK = auto()


class Slot(Enum):
    """Where plain text goes; the value of a list or the abstract is its anchor."""

    NONE = ""
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    ABBREVIATIONS = "abbreviations"
    MATTER = "metadata"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a label or a heading opened, and how much of the matter was known by then.

    With `once` it takes one block only: it was printed amid the text of a section.
    """

    slot: Slot = Slot.NONE
    kind: str = ""
    once: bool = False
    known_matter: int = 0


class BlockSorter:
    """One pass over the blocks; `front` has what it could not tell apart at the top."""

    def __init__(self, blocks: list[TextBlock], joiner: Joiner) -> None:
        self.manuscript = Manuscript()
        self.front: list[TextBlock] = []
        self._blocks = blocks
        self._zone = Zone.FRONT
        self._open = Opening()
        self._writer = PassageWriter(self.manuscript, joiner)
        self._floats = FloatCollector(self.manuscript)
        self._context = HeadingContext(blocks)

    def sort(self) -> Manuscript:
        for index, block in enumerate(self._blocks):
            loose = self._zone is Zone.FRONT and self._open.slot is Slot.NONE
            for piece in split_people(block) if loose else [block]:
                self._take(index, piece)
        self._floats.finish()
        return self.manuscript

    def _take(self, index: int, block: TextBlock) -> None:
        if self._zone is Zone.REFERENCES and not _is_caption(block):
            if not _ends_references(block):
                self.manuscript.entry_lines += block.lines
                return
            self._zone, self._open = Zone.BACK, Opening()
        after = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if self._floats.take(block, after, self._is_cut(), self._is_heading(index, block)):
            self._writer.interrupted = True
        elif self._take_label(index, block) or self._take_matter(block):
            pass
        elif self._is_heading(index, block):
            self._open_chapter(block)
        elif self._zone is Zone.FRONT:
            self._take_front(index, block)
        else:
            self._take_text(block)

    def _is_cut(self) -> bool:
        """Whether the paragraph before waits for its rest."""
        return self._zone is Zone.BODY and self._writer.is_open()

    # Labels

    def _take_label(self, index: int, block: TextBlock) -> bool:
        """A block that names a part of the article, alone or before the part's text."""
        text = block.text
        name = headings.bare_name(text)
        alone = len(block.lines) == 1 and len(text) < _MAX_LABEL and name[:1].isupper()
        if alone and self._take_name(index, block, name):
            return True
        label, rest = headings.run_in_part(text)
        if label and (text[:1].isupper() or block.head.bold):
            return self._open_part(label, block, rest)
        kind, rest = run_in_label(text)
        if kind and text[:1].isupper():
            self._add_matter(kind, rest, block)
            return True
        return False

    def _take_name(self, index: int, block: TextBlock, name: str) -> bool:
        if self._zone is Zone.FRONT and headings.is_article_type(name):
            self.manuscript.ledger.set_aside(block.numbers, "kind of article")
            return True
        if headings.is_reference_name(name) and self._context.entries_follow(index):
            self._note_label("references", block)
            self._zone, self._open = Zone.REFERENCES, Opening()
            return True
        if headings.parse_heading(block.text).place:
            return False
        return self._open_part(name, block) or self._open_matter(name, block)

    def _open_part(self, name: str, block: TextBlock, rest: str = "") -> bool:
        """Abstract, keywords, abbreviations, or back matter that is searched."""
        if headings.is_back_unit(name):
            chapter = Chapter(headings.parse_heading(name), 1, [*block.numbers])
            self.manuscript.back.append(chapter)
            self._zone = Zone.FRONT if self._zone is Zone.FRONT else Zone.BACK
            self._open = Opening(Slot.CHAPTER)
        elif (slot := self._named_slot(name)) is not Slot.NONE:
            amid = self._zone is Zone.BODY and (self._is_cut() or bool(rest))
            self._note_label(slot.value, block)
            self._open = Opening(slot, once=amid)
        else:
            return False
        if rest:
            self._fill(TextBlock(block.lines, rest))
        return True

    def _named_slot(self, name: str) -> Slot:
        is_first = self._zone is Zone.FRONT and not self._has("abstract")
        if is_first and headings.is_abstract_name(name):
            return Slot.ABSTRACT
        if headings.is_keywords_name(name):
            return Slot.KEYWORDS
        return Slot.ABBREVIATIONS if headings.is_abbreviations_name(name) else Slot.NONE

    def _open_matter(self, name: str, block: TextBlock) -> bool:
        kind = label_kind(name)
        marked = self._zone is not Zone.BODY or block.head.level > 0
        if not kind or (kind in _FRONT_ONLY and not marked):
            return False
        self._note_label(f"metadata:{kind}", block)
        known = len(self.manuscript.matter)
        self._open = Opening(Slot.MATTER, kind, once=self._is_cut(), known_matter=known)
        self._writer.interrupted = True
        return True

    def _note_label(self, anchor: str, block: TextBlock) -> None:
        self.manuscript.labels.setdefault(anchor, []).extend(block.numbers)

    def _has(self, *anchors: str) -> bool:
        return any(anchor in self.manuscript.labels for anchor in anchors)

    # Metadata

    def _take_matter(self, block: TextBlock) -> bool:
        if block.head.level and len(block.lines) == 1:
            return False
        loose = self._zone is Zone.FRONT and self._open.slot is not Slot.ABSTRACT
        kind = metadata_kind(block.text, loose)
        if kind and self._awaits_matter() and self._open.kind != "author information":
            kind = self._open.kind
        if not kind:
            return False
        self._add_matter(kind, block.text, block)
        if loose:
            self._open = Opening()
        return True

    def _awaits_matter(self) -> bool:
        return self._open.slot is Slot.MATTER and not self._has_matter()

    def _has_matter(self) -> bool:
        """Whether a piece of matter came since the last label."""
        return len(self.manuscript.matter) > self._open.known_matter

    def _add_matter(self, kind: str, text: str, block: TextBlock) -> None:
        self.manuscript.matter.append(MatterText(kind, text, block.numbers))
        self._writer.interrupted = True

    # Headings

    def _is_heading(self, index: int, block: TextBlock) -> bool:
        """Whether a block is a heading of the body (from the front, one that begins it)."""
        if self._zone is Zone.FRONT and not self._begins_body(index, block):
            return False
        return self._context.is_heading(index, block, self._is_cut())

    def _begins_body(self, index: int, block: TextBlock) -> bool:
        if headings.parse_heading(block.text).place in ((0,), (1,)):
            return True
        slot = self._open.slot
        if slot is Slot.ABSTRACT and self._context.is_abstract_part(index, block):
            return False
        if headings.bare_name(block.text).lower() == "introduction":
            return True
        told = self._has("abstract", "keywords")
        free = block.head.level > 0 or slot is Slot.NONE or self._is_filled(block)
        return told and (free or headings.is_body_name(block.text))

    def _open_chapter(self, block: TextBlock) -> None:
        heading = headings.parse_heading(block.text)
        self._context.place = heading.place or self._context.place
        level = block.head.level or (headings.BOLD_LEVEL if block.head.bold else 0)
        self.manuscript.body.append(Chapter(heading, level, [*block.numbers]))
        self._zone, self._open = Zone.BODY, Opening(Slot.CHAPTER)
        self._writer.interrupted = False
        self._floats.begin_chapter()

    # Plain text

    def _take_front(self, index: int, block: TextBlock) -> None:
        slot = self._open.slot
        if slot is Slot.ABSTRACT and self._context.is_abstract_part(index, block):
            self._writer.part = headings.bare_name(block.text)
            self._note_label("abstract", block)
        elif slot is not Slot.NONE and not self._is_filled(block):
            self._fill(block)
        elif self._has("abstract") and len(block.text) > _LONG and block.text[:1].isupper():
            self._zone, self._open = Zone.BODY, Opening(Slot.CHAPTER)
            self._fill(block)
        else:
            self.front.append(block)

    def _is_filled(self, block: TextBlock) -> bool:
        """Whether the part that a label opened in the front is complete before `block`."""
        match self._open.slot:
            case Slot.KEYWORDS:
                return self.manuscript.keywords is not None and len(block.text) > _SHORT
            case Slot.ABBREVIATIONS:
                listed = "=" in block.text or ":" in block.text[:_SHORT]
                return self.manuscript.abbreviations is not None and not listed
            case Slot.ABSTRACT:
                return False
        return not block.head.bullet and self._has_matter()

    def _take_text(self, block: TextBlock) -> None:
        if self._open.slot is not Slot.CHAPTER and self._writer.resumes(block):
            self._add_paragraph(self.manuscript.last_chapter(), block)
        elif self._open.slot is not Slot.NONE:
            self._fill(block)
        else:
            self._writer.set_aside(block, "in no part of the article that is known")

    def _fill(self, block: TextBlock) -> None:
        """Text into the part that was opened."""
        once = self._open.once
        match self._open.slot:
            case Slot.ABSTRACT:
                self._writer.add_abstract(block)
            case Slot.KEYWORDS:
                self._writer.add_keywords(block)
            case Slot.ABBREVIATIONS:
                self._writer.add_abbreviations(block)
            case Slot.MATTER:
                self._add_matter(self._open.kind, block.text, block)
            case _:
                in_body = self._zone is Zone.BODY
                chapter = self.manuscript.last_chapter() if in_body else self.manuscript.back[-1]
                self._add_paragraph(chapter, block)
        if once:
            self._open = Opening(Slot.CHAPTER)
            self._writer.interrupted = True

    def _add_paragraph(self, chapter: Chapter, block: TextBlock) -> None:
        if self._writer.add_paragraph(chapter, block):
            self._floats.close()


def _is_caption(block: TextBlock) -> bool:
    return parse_caption(block.text) is not None and not block.head.bullet


def _ends_references(block: TextBlock) -> bool:
    """Whether a block after references belongs to something else."""
    line, text = block.head, block.text
    is_name = len(text) < _MAX_LABEL and text[:1].isupper() and not line.bullet
    if is_name and _is_label(headings.bare_name(text)):
        return True
    if run_in_label(text)[0] or headings.run_in_part(text)[0]:
        return True
    if looks_like_entry(line):
        return False
    marked = (line.level > 0 or line.bold) and len(text) < 120
    return marked or metadata_kind(text, False) != ""


def _is_label(name: str) -> bool:
    listed = headings.is_keywords_name(name) or headings.is_abbreviations_name(name)
    return listed or headings.is_back_unit(name) or label_kind(name) != ""
