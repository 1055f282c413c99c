"""Figures and tables, collected as their captions, rows and notes come by."""

from __future__ import annotations

import re

from poi_search.article import Finding
from poi_search.readers.pdftext.blocks import Joiner, TextBlock, is_ended
from poi_search.readers.pdftext.captions import Caption, looks_like_notes, parse_caption
from poi_search.readers.pdftext.headings import PrintedHeading
from poi_search.readers.pdftext.lines import PrintedLine
from poi_search.readers.pdftext.manuscript import Chapter, Manuscript, Passage, PrintedFloat
from poi_search.readers.pdftext.tables import is_html, is_row

_SHORT = 90


class FloatCollector:
    """Takes the blocks that belong to a float; the others pass by."""

    def __init__(self, parts: Manuscript, joiner: Joiner) -> None:
        self._parts = parts
        self._joiner = joiner
        self._early: list[PrintedFloat] = []
        self._open: PrintedFloat | None = None
        self._loose: list[PrintedLine] = []  # rows that came before their caption

    def take(
        self, block: TextBlock, after: TextBlock | None, is_open: bool, is_heading: bool
    ) -> bool:
        """Whether `block` is of a float; `is_open` if a paragraph waits for its rest."""
        caption_line = _caption_of(block.head)
        caption = parse_caption(caption_line) if caption_line else None
        if caption is not None and _may_caption(block, caption, is_open):
            self._begin(caption, block)
            return True
        if is_row(block.head):
            return self._rows(block, after)
        if self._open is None or is_heading:
            return False
        return self._rest_of_caption(block, is_open) or self._below_table(block, is_open)

    def close(self) -> None:
        """Running text came: what follows is no more of the last float."""
        self._open = None

    def flush(self) -> None:
        """A chapter has begun: what came before it is put there."""
        self._open = None
        body = [chapter for chapter in self._parts.chapters if not chapter.back]
        if body and self._early:
            body[-1].items += self._early
            self._early = []

    def settle(self) -> None:
        """The end of the source: rows that never got a caption become a table without one."""
        self._unnamed()
        if self._early and not any(not chapter.back for chapter in self._parts.chapters):
            self._parts.chapters.insert(0, Chapter(PrintedHeading(""), 0, []))
        self.flush()

    def _begin(self, caption: Caption, block: TextBlock) -> None:
        rows = list(block.lines[1:]) if is_row(block.head) else []
        same = self._same(caption)
        text = caption.text
        if not rows and len(block.lines) > 1:
            whole = parse_caption(block.text)
            text = whole.text if whole else text
        if same is not None and (caption.continued or not text or not same.text):
            same.text = same.text or text
            same.lines += [line.number for line in block.lines if line not in rows]
            same.rows += rows
            self._open = same
            return
        lines = [line.number for line in block.lines if line not in rows]
        self._place(PrintedFloat(caption, text, lines, rows))

    def _place(self, new: PrintedFloat) -> None:
        if new.caption.kind == "table" and self._loose and not new.rows:
            new.rows, self._loose = self._loose, []
        self._unnamed()
        body = [chapter for chapter in self._parts.chapters if not chapter.back]
        (body[-1].items if body else self._early).append(new)
        self._open = new

    def _unnamed(self) -> None:
        rows, self._loose = self._loose, []
        if rows:
            place = f"line {rows[0].number}"
            self._parts.findings.append(Finding("notice", place, "a table without a caption"))
            self._place(PrintedFloat(Caption("table", "", None, ""), "", [], rows))

    def _same(self, caption: Caption) -> PrintedFloat | None:
        for chapter in self._parts.chapters:
            for item in chapter.items:
                if isinstance(item, PrintedFloat) and item.caption.label == caption.label:
                    return item
        return None

    def _rows(self, block: TextBlock, after: TextBlock | None) -> bool:
        if self._open is not None and self._open.caption.kind == "table":
            self._open.rows += block.lines
            return True
        surely = is_html(block.head) or block.head.raw.lstrip().startswith("|")
        in_columns = len(block.lines) > 1 and "\t" in block.head.raw
        next_caption = parse_caption(after.text) if after is not None else None
        if next_caption is not None and next_caption.kind == "table" and not next_caption.continued:
            self._loose += block.lines
            return True
        if surely or in_columns:
            self._loose += block.lines
            self._unnamed()
            return True
        return False

    def _rest_of_caption(self, block: TextBlock, is_open: bool) -> bool:
        """The caption below its label, or its rest after a break."""
        current = self._open
        if current is None or current.rows or current.notes:
            return False
        starts_lower = re.match(r"[a-z(]", block.text) is not None
        awaited = not current.text
        unfinished = bool(current.text) and not is_ended(current.text) and starts_lower
        if awaited or (unfinished and not is_open and current.caption.kind == "figure"):
            current.text = f"{current.text} {block.text}".strip()
            current.lines += block.numbers
            return True
        return False

    def _below_table(self, block: TextBlock, is_open: bool) -> bool:
        """The notes below a table, or the cells of one whose columns are lost."""
        current = self._open
        if current is None or current.caption.kind != "table":
            return False
        if current.rows and looks_like_notes(block.text):
            if current.notes is None:
                current.notes = Passage(block.text, [*block.numbers])
            else:
                current.notes.text += f" {block.text}"
                current.notes.lines += block.numbers
            return True
        lost = not any(is_row(line) for line in current.rows)
        fragments = all(len(line.text) < _SHORT and not is_ended(line.text) for line in block.lines)
        starts_upper = not re.match(r"[a-z]", block.text) or not is_open
        if lost and current.notes is None and fragments and starts_upper:
            current.rows += block.lines
            return True
        return False


def _caption_of(line: PrintedLine) -> str:
    """The text of a line as a caption could be: alone in its columns."""
    if line.bullet:
        return ""
    if is_row(line):
        filled = [cell for cell in line.cells if cell]
        return filled[0] if len(filled) == 1 else ""
    return line.text


def _may_caption(block: TextBlock, caption: Caption, is_open: bool) -> bool:
    """A line that begins with 'Figure 1' may be the rest of a sentence cut before it."""
    first = block.head.first or block.head.level > 0 or block.head.bold
    return first or not is_open or caption.kind == "table"
