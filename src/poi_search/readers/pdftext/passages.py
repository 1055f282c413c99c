"""Running text → paragraphs, joined again where a page or a float cut them."""

from __future__ import annotations

import re

from poi_search.article import Severity
from poi_search.readers.pdftext import headings
from poi_search.readers.pdftext.blocks import TextBlock, is_ended
from poi_search.readers.pdftext.hyphens import LineJoiner
from poi_search.readers.pdftext.manuscript import Chapter, Manuscript, MatterText, Passage
from poi_search.readers.pdftext.part_labels import ArticlePart
from poi_search.readers.pdftext.plain_text import without_superscripts

_PART_LABEL = re.compile(r"(?P<label>[A-Z][A-Za-z ]{3,40}?)\s*[:.—]\s+(?=\S)")
_STRAY = 40  # a shorter line that does not end a sentence is not a paragraph
_MAX_QUOTE = 80


class PassageWriter:
    """Adds blocks to the parts of a manuscript, joining the pieces of a paragraph.

    `interrupted` is true if something else was printed after the last text; `part` is the
    heading for the next passage of the abstract.
    """

    def __init__(self, manuscript: Manuscript, joiner: LineJoiner) -> None:
        self.interrupted = False
        self.part = ""
        self._manuscript = manuscript
        self._joiner = joiner

    def is_open(self) -> bool:
        """Whether the last paragraph of the body is incomplete."""
        last = self._manuscript.last_passage()
        return last is not None and not is_ended(last.text)

    def resumes(self, block: TextBlock) -> bool:
        """Whether a block clearly continues an incomplete paragraph of the body."""
        return self.is_open() and _begins_small(block.text)

    def add_paragraph(self, chapter: Chapter, block: TextBlock, cut: bool) -> bool:
        """Add a block to a section; False if it is a few stray words, which are set aside.

        `cut`: the block after it goes on with its sentence.
        """
        before = None if block.head.bullet else chapter.last_passage
        goes_on = before is not None and (
            block.head.continues or self._continues(before.text, block.text)
        )
        if before is not None and goes_on:
            self._join(before, block)
        elif _is_stray(block) and not cut:
            self.set_aside(block, "a few words that are not part of a paragraph", "notice")
            return False
        else:
            chapter.add_passage(Passage(block.text, [*block.numbers]))
        self.interrupted = False
        return True

    def insert(self, chapter: Chapter, block: TextBlock) -> None:
        """Add a block that stands within the last paragraph, which goes on after it."""
        chapter.items.append(Passage(block.text, [*block.numbers]))

    def add_abstract(self, block: TextBlock) -> None:
        text, heading, self.part = block.text, self.part, ""
        match = _PART_LABEL.match(text)
        if not heading and match is not None and headings.is_abstract_part(match["label"]):
            heading, text = match["label"], text[match.end() :]
        passages = self._manuscript.abstract
        self.interrupted = True
        if passages and not heading and self._continues(passages[-1].text, text):
            self._join(passages[-1], block)
        else:
            passages.append(Passage(text, [*block.numbers], heading))

    def add_to_list(self, part: ArticlePart, block: TextBlock) -> None:
        """Add keywords or abbreviations; keywords may be printed one to a line."""
        text = block.text
        if part is ArticlePart.KEYWORDS and len(block.lines) > 1 and not re.search("[,;·]", text):
            text = "; ".join(line.text for line in block.lines)
        before = self._manuscript.lists.setdefault(part, Passage("", []))
        glue = " " if before.text.endswith((",", ";")) else "; "
        before.text = f"{before.text}{glue}{text}" if before.text else text
        before.lines += block.numbers

    def add_matter(self, kind: str, text: str, block: TextBlock) -> None:
        self._manuscript.matter.append(MatterText(kind, text, block.numbers))
        self.interrupted = True

    def set_aside(self, block: TextBlock, reason: str, severity: Severity = "warning") -> None:
        """Set aside a block that belongs to no part, and report it."""
        self._manuscript.ledger.set_aside(block.numbers, reason)
        shown = without_superscripts(block.text)
        shown = shown if len(shown) <= _MAX_QUOTE else f"{shown[:_MAX_QUOTE]}…"
        message = f"set aside, {reason}: “{shown}”"
        self._manuscript.report(severity, f"line {block.numbers[0]}", message)

    def _join(self, before: Passage, block: TextBlock) -> None:
        before.text = self._joiner.join(before.text, block.text, block.numbers[0])
        before.lines += block.numbers

    def _continues(self, before: str, text: str) -> bool:
        """Whether `text` continues a paragraph cut by a page break or a float."""
        if is_ended(before):
            return self.interrupted and re.match(r"[a-z]{2,}[\s,;]", text) is not None
        listed = before.rstrip().endswith(":")
        return _begins_small(text) or (len(before) >= _STRAY and not listed)


def _begins_small(text: str) -> bool:
    return re.match(r"[a-z]", text) is not None


def _is_stray(block: TextBlock) -> bool:
    short = len(block.text) < _STRAY and not is_ended(block.text) and not block.head.bullet
    return short and not block.text.endswith(":")
