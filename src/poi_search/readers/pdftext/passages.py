"""Running text into paragraphs: what goes on, what begins anew, what was cut in two."""

from __future__ import annotations

import re

from poi_search.article import Finding, Severity
from poi_search.readers.pdftext import headings
from poi_search.readers.pdftext.blocks import Joiner, TextBlock, is_ended
from poi_search.readers.pdftext.headings import PrintedHeading
from poi_search.readers.pdftext.manuscript import Chapter, Manuscript, Passage
from poi_search.readers.pdftext.plain_text import without_superscripts

_PART_LABEL = re.compile(r"(?P<label>[A-Z][A-Za-z ]{3,40}?)\s*[:.—]\s+(?=\S)")
_STRAY = 40  # a line shorter than this that ends no sentence is no paragraph


class Writer:
    """Puts blocks into the parts of an article, joining what belongs together.

    `interrupted` says that something else stood between the last piece of text and the next.
    """

    def __init__(self, parts: Manuscript, joiner: Joiner) -> None:
        self._parts = parts
        self._joiner = joiner
        self.interrupted = False

    def last(self) -> Passage | None:
        """The last paragraph of the body."""
        body = [chapter for chapter in self._parts.chapters if not chapter.back]
        return body[-1].last_passage if body else None

    def is_open(self) -> bool:
        """Whether the last paragraph of the body is broken off."""
        last = self.last()
        return last is not None and not is_ended(last.text)

    def resumes(self, block: TextBlock) -> bool:
        """Whether a block is surely the rest of a paragraph of the body that is broken off."""
        return self.is_open() and re.match(r"[a-z]", block.text) is not None

    def body_chapter(self) -> Chapter:
        """The last section of the body; one without a heading if there is none."""
        for chapter in reversed(self._parts.chapters):
            if not chapter.back:
                return chapter
        self._parts.chapters.append(Chapter(PrintedHeading(""), 0, []))
        return self._parts.chapters[-1]

    def paragraph(self, chapter: Chapter, block: TextBlock) -> bool:
        """A block of a section; False if it is a few stray words, which are set aside."""
        before = chapter.last_passage
        joins = before is not None and not block.head.bullet
        if joins and before is not None and self._continues(before.text, block.text):
            self._join(before, block)
        elif _is_stray(block):
            self.set_aside(block, "a few words that belong to no paragraph", "notice")
            return False
        else:
            chapter.items.append(Passage(block.text, [*block.numbers]))
        self.interrupted = False
        return True

    def abstract(self, block: TextBlock, label: str) -> None:
        """A block of the abstract; `label` is its heading, if that stood on a line of its own."""
        text = block.text
        match = _PART_LABEL.match(text)
        if not label and match is not None and headings.is_abstract_part(match["label"]):
            label, text = match["label"], text[match.end() :]
        before = self._parts.abstract[-1] if self._parts.abstract else None
        self.interrupted = True
        if before is not None and not label and self._continues(before.text, text):
            self._join(before, block)
        else:
            self._parts.abstract.append(Passage(text, [*block.numbers], label))

    def keywords(self, block: TextBlock) -> None:
        text = block.text
        if len(block.lines) > 1 and not re.search("[,;·]", text):
            text = "; ".join(line.text for line in block.lines)
        self._parts.keywords = _grown(self._parts.keywords, block, text)

    def abbreviations(self, block: TextBlock) -> None:
        self._parts.abbreviations = _grown(self._parts.abbreviations, block, block.text)

    def set_aside(self, block: TextBlock, reason: str, severity: Severity = "warning") -> None:
        """A block that belongs nowhere: said in the ledger and in a finding."""
        self._parts.aside.update(dict.fromkeys(block.numbers, reason))
        shown = without_superscripts(block.text)
        shown = shown if len(shown) <= 80 else f"{shown[:80]}…"
        self._parts.findings.append(
            Finding(severity, f"line {block.numbers[0]}", f"set aside, {reason}: “{shown}”")
        )

    def _join(self, before: Passage, block: TextBlock) -> None:
        before.text = self._joiner.join(before.text, block.text, block.numbers[0])
        before.lines += block.numbers

    def _continues(self, before: str, text: str) -> bool:
        """Whether `text` is the rest of a paragraph that a page break or a float cut."""
        small = re.match(r"[a-z]", text) is not None
        if not is_ended(before):
            return small if before.rstrip().endswith(":") else small or len(before) >= _STRAY
        return self.interrupted and re.match(r"[a-z]{2,}[\s,;]", text) is not None


def _is_stray(block: TextBlock) -> bool:
    short = len(block.text) < _STRAY and not is_ended(block.text) and not block.head.bullet
    return short and not block.text.endswith(":")


def _grown(before: Passage | None, block: TextBlock, text: str) -> Passage:
    """A list that goes on in another block."""
    if before is None or not before.text:
        return Passage(text, [*block.numbers])
    glue = " " if before.text.endswith((",", ";")) else "; "
    return Passage(before.text + glue + text, [*before.lines, *block.numbers])
