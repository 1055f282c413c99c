"""The layout of pages, as the converter describes it → their text for the reader of plain text.

The converter says what each box on a page is (heading, text, list item, table, running head) and
which lines are in it. A box becomes one line of text for each paragraph in it, in which `WRAP`
stands where a printed line ends: whether a hyphen there belongs to the word is decided by the
whole article. `PAGE` begins each page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from poi_search.readers.pdf.spans import is_bold, line_text
from poi_search.readers.pdftext.plain_text import RUNNING_HEAD, WRAP

PAGE = "\f"
FORMAT = "layout 1"
"""Raised when the text made of a layout changes, so that PDFs are converted again."""
Box = Mapping[str, Any]

_HEADINGS = ("title", "section-header")
_HEADS = ("page-header", "page-footer")
_PICTURES = ("picture", "formula")
_SPACE_AT_WRAP = re.compile(rf"\s*{WRAP}\s*")
_BREAK = re.compile(r"\s*<br\s*/?>\s*")
_ITEM_NUMBER = re.compile(r"\s*+\[?(\d{1,4})[.\])]")
_ENDED = re.compile(r"[.!?:)\]”\"\d][\s”\"]*$")
# How far from the margin of its box, in points, a line is indented.
_INDENT, _DEEPEST = 4.0, 40.0
# Words in a frame are text, rather than the labels of a picture, if lines have this many words.
_WORDS_OF_TEXT = 6


def pages_text(pages: Sequence[Mapping[str, Any]]) -> str:
    """The text of all pages; each begins with `PAGE`, and its paragraphs are lines."""
    return "\n".join(PAGE + "\n\n".join(_page_blocks(page)) + "\n" for page in pages)


def _page_blocks(page: Mapping[str, Any]) -> Iterator[str]:
    for box in page["boxes"]:
        kind = box["boxclass"]
        lines = [line for line in box.get("textlines") or () if line["spans"]]
        if kind == "table":
            yield from _table(box.get("table") or {})
        elif kind in _HEADINGS:
            if text := _joined(lines):
                level = min(max(box.get("header_level") or 1, 1), 6)
                yield f"{'#' * level} {text}"
        elif kind in _HEADS:
            yield from (RUNNING_HEAD.format(_joined([line])) for line in lines)
        elif kind in _PICTURES and not _is_framed_text(lines):
            if text := _joined(lines):
                words = re.sub(rf"--+|[<>{WRAP}]", " ", text)
                yield f"<!-- {kind}: {words} -->"
        else:
            yield from _paragraphs(lines, kind)


def _joined(lines: Sequence[Box]) -> str:
    return WRAP.join(text for text in map(line_text, lines) if text)


def _is_framed_text(lines: Sequence[Box]) -> bool:
    """Whether the words in a frame are sentences, and not the labels of a drawing."""
    words = [len(line_text(line).split()) for line in lines]
    return len(words) > 2 and sorted(words)[len(words) // 2] >= _WORDS_OF_TEXT


def _paragraphs(lines: Sequence[Box], kind: str) -> Iterator[str]:
    """The paragraphs of a box: a bold line on its own, an indented line, the next list number."""
    group: list[Box] = []
    starts = _starts(lines)
    for at, line in enumerate(lines):
        if group and at in starts:
            yield _paragraph(group, kind)
            group = []
        group.append(line)
    if group:
        yield _paragraph(group, kind)


def _paragraph(lines: Sequence[Box], kind: str) -> str:
    text = _joined(lines)
    if kind == "list-item" and not _ITEM_NUMBER.match(text):
        return text if text.startswith(("- ", "• ")) else f"- {text}"
    return f"**{text}**" if text and all(map(is_bold, lines)) else text


def _starts(lines: Sequence[Box]) -> frozenset[int]:
    """The lines of a box that begin a paragraph or an entry of a list."""
    if len(lines) < 2:
        return frozenset()
    lefts = [line["bbox"][0] for line in lines]
    margin = min(lefts)
    out = [at for at, left in enumerate(lefts) if left - margin < _INDENT]
    indented = [at for at, left in enumerate(lefts) if _INDENT <= left - margin <= _DEEPEST]
    hanging = 0 in out and len(indented) * 2 >= len(lines)
    begins = out if hanging else indented if len(indented) * 3 <= len(lines) else []
    ended = {at for at in begins if at and (hanging or _ENDED.search(line_text(lines[at - 1])))}
    return frozenset(ended | _numbered(lines) | _below_bold(lines))


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


def _below_bold(lines: Sequence[Box]) -> set[int]:
    """The first line below a bold one, and a bold one below others."""
    bold = [is_bold(line) for line in lines]
    return {at for at in range(1, len(lines)) if bold[at] != bold[at - 1]}


def _table(table: Mapping[str, Any]) -> Iterator[str]:
    """A table as lines of cells; what could not be read as a grid is left out."""
    if table.get("html"):
        yield _BREAK.sub(WRAP, table["html"].replace("\n", " "))
        return
    rows = table.get("extract") or ()
    if not rows:
        return
    lines = ["|" + "|".join(_cell(cell) for cell in row) + "|" for row in rows]
    rule = "|" + "---|" * len(rows[0])
    yield "\n".join([lines[0], rule, *lines[1:]])


def _cell(cell: str | None) -> str:
    text = (cell or "").replace("|", "\\|").strip()
    return _SPACE_AT_WRAP.sub(WRAP, text.replace("\n", WRAP))
