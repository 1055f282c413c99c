"""The layout of pages, as the converter describes it → their text for the reader of plain text.

The converter says what each box on a page is (heading, text, list item, table, running head) and
which lines are in it. A box becomes one line of text for each paragraph in it, in which `WRAP`
stands where a printed line ends: whether a hyphen there belongs to the word is decided by the
whole article. `PAGE` begins each page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from poi_search.readers.pdf.columns import in_reading_order
from poi_search.readers.pdf.margins import MARGIN, without_margins
from poi_search.readers.pdf.paragraphs import (
    ITEM_NUMBER,
    indents_paragraphs,
    is_indented,
    paragraph_starts,
)
from poi_search.readers.pdf.run_in import split_run_in
from poi_search.readers.pdf.spans import is_bold, line_text
from poi_search.readers.pdftext import headings
from poi_search.readers.pdftext.part_labels import is_article_type, read_run_in_label
from poi_search.readers.pdftext.plain_text import CONTINUES, RUNNING_HEAD, WRAP

PAGE = "\f"
FORMAT = "layout 1"
"""Raised when the text made of a layout changes, so that PDFs are converted again."""
Box = Mapping[str, Any]

_HEADINGS = ("title", "section-header")
_HEADS = ("page-header", "page-footer")
_PICTURES = ("picture", "formula", MARGIN)
# What may be printed between two parts of a paragraph.
_BETWEEN = (*_HEADS, *_PICTURES, "table", "caption", "footnote")
_NOTHING: Box = {"boxclass": "", "x1": 0.0}
_BREAK = re.compile(r"<br ?/?>")
# What is no beginning of an item, or has a number of its own.
_GOES_ON = re.compile(r"[a-z(]|\d{1,3}\s[A-Z]")
_BULLET = re.compile(r"[-•\ufffd▪●○◦■·–—]\s")
_COMMENT_SIGNS = re.compile(rf"--+|[<>{WRAP}]")
_DEEPEST_LEVEL = "######"
# In so many pages, before an introduction, other things are set in another type, too.
_TITLE_PAGES = 2
# Words in a frame are text, rather than the labels of a picture, if lines have this many words.
_WORDS_OF_TEXT = 6


def pages_text(pages: Sequence[Mapping[str, Any]]) -> str:
    """The text of all pages; each begins with `PAGE`, and its paragraphs are lines."""
    texts = (_lines(box) for page in pages for box in page["boxes"] if box["boxclass"] == "text")
    indented = indents_paragraphs([lines for lines in texts if lines])
    written = []
    begun, before = False, _NOTHING
    for number, page in enumerate(pages, 1):
        begun = begun or number > _TITLE_PAGES
        blocks: list[str] = []
        for box in without_margins(in_reading_order(page)):
            begun = begun or _begins_body(box)
            found = list(_box_blocks(box, begun))
            goes_on = begun and indented and _goes_on(before, box)
            if found and goes_on and not found[0].startswith(("#", "-")):
                found[0] = CONTINUES + found[0]
            blocks += found
            before = before if box["boxclass"] in _BETWEEN else box
        before = {**before, "x1": -1.0}
        written.append(PAGE + "\n\n".join(blocks) + "\n")
    return "\n".join(written)


def _goes_on(before: Box, box: Box) -> bool:
    """Whether a box goes on with the paragraph in the column before: it begins without an indent.

    `before` is the last box of running text; on an earlier page, it ends left of all others.
    """
    lines = _lines(box)
    if before["boxclass"] != "text" or box["boxclass"] != "text" or not lines:
        return False
    return before["x1"] < box["x0"] and not is_indented(lines)


def _lines(box: Box) -> list[Box]:
    return [line for line in box.get("textlines") or () if line["spans"] and line_text(line)]


def _begins_body(box: Box) -> bool:
    if box["boxclass"] not in _HEADINGS:
        return False
    return headings.bare_name(_joined(_lines(box))).lower() == "introduction"


def _box_blocks(box: Box, begun: bool) -> Iterator[str]:
    kind, lines = box["boxclass"], _lines(box)
    if kind == "table":
        yield from _table(box.get("table") or {})
    elif kind in _HEADINGS and lines:
        level = min(max(box.get("header_level") or 1, 1), 6)
        if len(lines) > 1 and is_article_type(line_text(lines[0])):
            yield line_text(lines.pop(0))
        yield f"{'#' * level} {_joined(lines)}"
    elif kind in _HEADS:
        yield from (RUNNING_HEAD.format(line_text(line)) for line in lines)
    elif kind in _PICTURES and not _is_framed_text(lines):
        if lines:
            yield f"<!-- {kind}: {_COMMENT_SIGNS.sub(' ', _joined(lines))} -->"
    elif lines:
        if kind == "text":
            label, lines = split_run_in(lines, known_only=not begun)
            yield from [f"{_DEEPEST_LEVEL} {label}"] if label else []
        yield from _paragraphs(lines, kind, set() if begun else _labelled(lines))


def _joined(lines: Sequence[Box]) -> str:
    return WRAP.join(map(line_text, lines))


def _is_framed_text(lines: Sequence[Box]) -> bool:
    """Whether the words in a frame are sentences, and not the labels of a drawing."""
    words = [len(line_text(line).split()) for line in lines]
    return len(words) > 2 and sorted(words)[len(words) // 2] >= _WORDS_OF_TEXT


def _labelled(lines: Sequence[Box]) -> set[int]:
    """The lines that begin with the name of a part: `How to cite this article:`."""
    return {at for at, line in enumerate(lines) if at and read_run_in_label(line_text(line))[0]}


def _paragraphs(lines: Sequence[Box], kind: str, more: set[int]) -> Iterator[str]:
    """The paragraphs of a box: a bold line above it, an indented line, the next list number."""
    starts = [0, *sorted(paragraph_starts(lines) | more), len(lines)]
    for first, end in pairwise(starts):
        yield _paragraph(lines[first:end], kind)


def _paragraph(lines: Sequence[Box], kind: str) -> str:
    text = _joined(lines)
    if _BULLET.match(text):
        return f"- {text[2:]}"
    if kind == "list-item" and not ITEM_NUMBER.match(text) and not _GOES_ON.match(text):
        return f"- {text}"
    return f"**{text}**" if all(map(is_bold, lines)) and "*" not in text else text


def _table(table: Mapping[str, Any]) -> Iterator[str]:
    """A table as lines of cells; what could not be read as a grid is left out."""
    if table.get("html"):
        yield _BREAK.sub(WRAP, " ".join(table["html"].split()))
        return
    rows = table.get("extract") or ()
    if not rows:
        return
    lines = ["|" + "|".join(map(_cell, row)) + "|" for row in rows]
    rule = "|" + "---|" * len(rows[0])
    yield "\n".join([lines[0], rule, *lines[1:]])


def _cell(cell: str | None) -> str:
    lines = (cell or "").replace("|", "\\|").split("\n")
    return WRAP.join(" ".join(line.split()) for line in lines).strip(WRAP)
