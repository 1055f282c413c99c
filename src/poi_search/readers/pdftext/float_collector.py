"""Collects figures and tables: their captions, rows and notes."""

from __future__ import annotations

import re

from poi_search.readers.pdftext.blocks import TextBlock, is_ended
from poi_search.readers.pdftext.captions import Caption, looks_like_notes, parse_caption
from poi_search.readers.pdftext.lines import PrintedLine
from poi_search.readers.pdftext.manuscript import Manuscript, Passage, PrintedFloat

_SHORT = 90
_NO_CAPTION = Caption("table", "", None, "")


class FloatCollector:
    """Takes the blocks that belong to figures and tables, in reading order."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._early: list[PrintedFloat] = []  # printed before the first section
        self._by_label: dict[str, PrintedFloat] = {}  # the first of each label in the body
        self._current: PrintedFloat | None = None
        self._loose: list[PrintedLine] = []  # rows that came before their caption

    def take(self, block: TextBlock, after: TextBlock | None, is_open: bool, heads: bool) -> bool:
        """Take `block` if it belongs to a float, and say whether it does.

        `is_open`: the paragraph before is incomplete; `heads`: the block is a heading.
        """
        caption = _caption_of(block, is_open)
        if caption is not None:
            self._begin(caption, block)
            return True
        if block.head.is_row:
            return self._take_rows(block, after)
        if self._current is None or heads:
            return False
        return self._take_caption(block, is_open) or self._take_below(block, is_open)

    def close(self) -> None:
        """End the last float, because running text follows."""
        self._current = None

    def begin_chapter(self) -> None:
        """Move the floats printed before the first section into it."""
        self._current = None
        if self._manuscript.body:
            early, self._early = self._early, []
            for one in early:
                self._add(one)

    def finish(self) -> None:
        """At the end of the source, make a table of rows that have no caption."""
        self._place_loose()
        if self._early:
            self._manuscript.last_chapter()
        self.begin_chapter()

    def _begin(self, caption: Caption, block: TextBlock) -> None:
        rows = block.lines[1:] if block.head.is_row else ()
        lines = [line.number for line in block.lines[: len(block.lines) - len(rows)]]
        text = caption.text
        if len(lines) > 1 and (whole := parse_caption(block.text)):
            text = whole.text
        same = self._by_label.get(caption.label)
        if same is None or (same.text and text and not caption.continued):
            self._place(PrintedFloat(caption, text, lines, [*rows]))
            return
        same.text = same.text or text
        same.lines += lines
        same.rows += rows
        self._current = same

    def _place(self, new: PrintedFloat) -> None:
        if new.caption.kind == "table" and not new.rows:
            new.rows, self._loose = self._loose, []
        self._place_loose()
        if self._manuscript.body:
            self._add(new)
        else:
            self._early.append(new)
        self._current = new

    def _add(self, new: PrintedFloat) -> None:
        """Add a float to the last section."""
        self._manuscript.body[-1].items.append(new)
        self._by_label.setdefault(new.caption.label, new)

    def _place_loose(self) -> None:
        rows, self._loose = self._loose, []
        if rows:
            self._manuscript.report("notice", f"line {rows[0].number}", "a table without a caption")
            self._place(PrintedFloat(_NO_CAPTION, "", [], rows))

    def _take_rows(self, block: TextBlock, after: TextBlock | None) -> bool:
        if self._current is not None and self._current.caption.kind == "table":
            self._current.rows += block.lines
            return True
        following = parse_caption(after.text) if after is not None else None
        captioned = following is not None and following.kind == "table" and not following.continued
        marked = block.head.in_html or block.head.in_pipes
        if not (captioned or marked or (len(block.lines) > 1 and "\t" in block.head.raw)):
            return False
        self._loose += block.lines
        if not captioned:
            self._place_loose()
        return True

    def _take_caption(self, block: TextBlock, is_open: bool) -> bool:
        """Take a caption below its label, or the rest of a caption after a break."""
        current = self._current
        if current is None or current.rows or current.notes:
            return False
        goes_on = re.match(r"[a-z(]", block.text) is not None and not is_ended(current.text)
        if current.text and (not goes_on or is_open or current.caption.kind != "figure"):
            return False
        current.text = f"{current.text} {block.text}".strip()
        current.lines += block.numbers
        return True

    def _take_below(self, block: TextBlock, is_open: bool) -> bool:
        """Take the notes below a table, or the cells of a table without recognisable columns."""
        current = self._current
        if current is None or current.caption.kind != "table":
            return False
        if current.rows and looks_like_notes(block.text):
            current.notes = current.notes or Passage("", [])
            current.notes.text = f"{current.notes.text} {block.text}".strip()
            current.notes.lines += block.numbers
            return True
        # Nothing but rows is added after a row, so the last line tells for all.
        lost = current.notes is None and not any(line.is_row for line in current.rows[-1:])
        fragments = all(len(line.text) < _SHORT and not is_ended(line.text) for line in block.lines)
        if not lost or not fragments or (is_open and re.match(r"[a-z]", block.text)):
            return False
        current.rows += block.lines
        return True


def _caption_of(block: TextBlock, is_open: bool) -> Caption | None:
    """The caption at the beginning of a block; in a row, it must be the only filled cell.

    A line that begins with 'Figure 1' may also continue a sentence.
    """
    line, text = block.head, block.head.text
    if line.is_row:
        filled = [cell for cell in line.cells if cell]
        text = filled[0] if len(filled) == 1 else ""
    caption = None if line.bullet else parse_caption(text)
    begins = line.first or line.level > 0 or line.bold or not is_open
    return caption if begins or (caption is not None and caption.kind == "table") else None
