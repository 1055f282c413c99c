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

from poi_search.readers.pdf.run_in import split_run_in
from poi_search.readers.pdf.spans import is_bold, line_text
from poi_search.readers.pdftext import headings
from poi_search.readers.pdftext.plain_text import RUNNING_HEAD, WRAP

PAGE = "\f"
FORMAT = "layout 1"
"""Raised when the text made of a layout changes, so that PDFs are converted again."""
Box = Mapping[str, Any]

_HEADINGS = ("title", "section-header")
_HEADS = ("page-header", "page-footer")
_PICTURES = ("picture", "formula")
_BREAK = re.compile(r"<br ?/?>")
_ITEM_NUMBER = re.compile(r"\s*+\[?(\d{1,4})[.\])]")
_BULLET = re.compile(r"[-•\ufffd▪●○◦■·–—]\s")
_LAST_SIGNS = '.!?:)]”"’0123456789'
_COMMENT_SIGNS = re.compile(rf"--+|[<>{WRAP}]")
_DEEPEST_LEVEL = "######"
# How far from the margin of its box, in points, a line is indented.
_INDENT, _DEEPEST = 4.0, 40.0
# A heading above a text in the same box does not fill its line.
_SHORT_LINE = 0.85
# Words in a frame are text, rather than the labels of a picture, if lines have this many words.
_WORDS_OF_TEXT = 6


def pages_text(pages: Sequence[Mapping[str, Any]]) -> str:
    """The text of all pages; each begins with `PAGE`, and its paragraphs are lines."""
    texts = []
    begun = False
    for number, page in enumerate(pages, 1):
        begun = begun or number > 1
        blocks = []
        for box in page["boxes"]:
            begun = begun or _begins_body(box)
            blocks += _box_blocks(box, begun)
        texts.append(PAGE + "\n\n".join(blocks) + "\n")
    return "\n".join(texts)


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
        yield from _paragraphs(lines, kind)


def _joined(lines: Sequence[Box]) -> str:
    return WRAP.join(map(line_text, lines))


def _is_framed_text(lines: Sequence[Box]) -> bool:
    """Whether the words in a frame are sentences, and not the labels of a drawing."""
    words = [len(line_text(line).split()) for line in lines]
    return len(words) > 2 and sorted(words)[len(words) // 2] >= _WORDS_OF_TEXT


def _paragraphs(lines: Sequence[Box], kind: str) -> Iterator[str]:
    """The paragraphs of a box: a bold line above it, an indented line, the next list number."""
    starts = [0, *sorted(_starts(lines)), len(lines)]
    for first, end in pairwise(starts):
        yield _paragraph(lines[first:end], kind)


def _paragraph(lines: Sequence[Box], kind: str) -> str:
    text = _joined(lines)
    if _BULLET.match(text):
        return f"- {text[2:]}"
    if kind == "list-item" and not _ITEM_NUMBER.match(text) and not text[:1].islower():
        return f"- {text}"
    return f"**{text}**" if all(map(is_bold, lines)) else text


def _starts(lines: Sequence[Box]) -> set[int]:
    """The lines of a box, but for the first, that begin a paragraph or an entry of a list."""
    lefts = [line["bbox"][0] for line in lines]
    margin = min(lefts)
    out = [at for at, left in enumerate(lefts) if left - margin < _INDENT]
    indented = [at for at, left in enumerate(lefts) if _INDENT <= left - margin <= _DEEPEST]
    hanging = 0 in out and len(indented) * 2 >= len(lines)
    begins = out if hanging else indented if len(indented) * 3 <= len(lines) else []
    ended = {at for at in begins if at and (hanging or _is_ended(lines[at - 1]))}
    return ended | _numbered(lines) | _below_heading(lines)


def _is_ended(line: Box) -> bool:
    return line_text(line)[-1] in _LAST_SIGNS


def _numbered(lines: Sequence[Box]) -> set[int]:
    """The lines that have the next number of a list that the first line begins."""
    found: set[int] = set()
    first = _ITEM_NUMBER.match(line_text(lines[0]))
    number = int(first[1]) if first else None
    for at, line in enumerate(lines[1:], 1):
        match = _ITEM_NUMBER.match(line_text(line)) if number is not None else None
        if match and number is not None and int(match[1]) == number + 1:
            found.add(at)
            number += 1
    return found


def _below_heading(lines: Sequence[Box]) -> set[int]:
    """The first line below the bold lines at the top of a box, if these are a heading."""
    bold = [is_bold(line) for line in lines]
    count = bold.index(False) if False in bold else 0
    if not count or any(bold[count:]):
        return set()
    left = min(line["bbox"][0] for line in lines)
    width = max(line["bbox"][2] for line in lines) - left
    is_short = lines[count - 1]["bbox"][2] - left < _SHORT_LINE * width
    return {count} if is_short else set()


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
