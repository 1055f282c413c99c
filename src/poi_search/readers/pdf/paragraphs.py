"""Where paragraphs and the entries of lists begin in the printed lines of a box."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from poi_search.readers.pdf.spans import is_bold, line_text, spans_text
from poi_search.references.printed_entries import LINK_NAMES

Box = Mapping[str, Any]

ITEM_NUMBER = re.compile(r"\s*+\[?(\d{1,4})[.\])]\s++(?=\D)")
# The authors of an entry may be bold: `Brettar, I. & Rheinheimer, G. (1991).`
_DATED = re.compile(r"\b(?:19|20)\d\d[a-z]?\)?[.:]?$")
_DOI = re.compile(r"(?:doi:? ?|https?://(?:dx\.)?doi\.org/)10\.\d{4,9}/\S+\w\.?", re.IGNORECASE)
_LAST_SIGNS = '.!?:)]”"’0123456789'
# How far from the margin of its box, in points, a line is indented.
_INDENT, _DEEPEST = 4.0, 40.0
# A heading above a text in the same box does not fill its line.
_SHORT_LINE = 0.85
# This share of the paragraphs of an article begins with an indented line, if it marks them so.
_INDENTED = 0.3
_FEWEST = 10


def indents_paragraphs(boxes: Sequence[Sequence[Box]]) -> bool:
    """Whether an article marks the beginning of a paragraph by an indented line."""
    offsets = [_first_indent(lines) for lines in boxes if len(lines) > 2]
    indented = sum(_INDENT <= offset <= _DEEPEST for offset in offsets)
    return len(offsets) >= _FEWEST and indented >= _INDENTED * len(offsets)


def is_indented(lines: Sequence[Box]) -> bool:
    return len(lines) < 3 or _first_indent(lines) >= _INDENT


def _first_indent(lines: Sequence[Box]) -> float:
    return float(lines[0]["bbox"][0] - min(line["bbox"][0] for line in lines[1:]))


def paragraph_starts(lines: Sequence[Box]) -> set[int]:
    """The lines of a box, but for the first, that begin a paragraph or an entry of a list."""
    lefts = [line["bbox"][0] for line in lines]
    margin = min(lefts)
    out = [at for at, left in enumerate(lefts) if left - margin < _INDENT]
    indented = [at for at, left in enumerate(lefts) if _INDENT <= left - margin <= _DEEPEST]
    hanging = 0 in out and len(indented) * 2 >= len(lines)
    begins = out if hanging else indented if len(indented) * 3 <= len(lines) else []
    ended = {at for at in begins if at and (hanging or _is_ended(lines[at - 1]))}
    entries = _numbered(lines) | _after_links(lines) | _in_type_of_authors(lines)
    return ended | entries | _below_heading(lines)


def _is_ended(line: Box) -> bool:
    return line_text(line)[-1] in _LAST_SIGNS


def _numbered(lines: Sequence[Box]) -> set[int]:
    """The lines that have the next number of a list, the first of which begins or ends a text."""
    found: set[int] = set()
    number: int | None = None
    for at, line in enumerate(lines):
        match = ITEM_NUMBER.match(line_text(line))
        begins = match is not None and number is None and (not at or _is_ended(lines[at - 1]))
        if match and (begins or int(match[1]) == (number or -1) + 1):
            found |= {at} if at else set()
            number = int(match[1])
    return found


def _after_links(lines: Sequence[Box]) -> set[int]:
    """The lines after one that is only a DOI, or names of links: `Publisher Full Text`."""
    texts = [line_text(line) for line in lines]
    return {
        at
        for at, before in enumerate(texts[:-1], 1)
        if LINK_NAMES.fullmatch(before) or _DOI.fullmatch(before)
    }


def _in_type_of_authors(lines: Sequence[Box]) -> set[int]:
    """The lines that begin in the type in which the first has authors and a year, and no more."""
    first = lines[0]["spans"][0]["font"]
    label = [span for span in lines[0]["spans"] if span["font"] == first]
    whole = len(label) == len(lines[0]["spans"])
    if whole or not _DATED.search(spans_text(label)):
        return set()
    alike = [at for at, line in enumerate(lines) if line["spans"][0]["font"] == first]
    return {at for at in alike if at and _is_ended(lines[at - 1])}


def _below_heading(lines: Sequence[Box]) -> set[int]:
    """The first line below the bold lines at the top of a box, if these are a heading."""
    bold = [is_bold(line) for line in lines]
    count = bold.index(False) if False in bold else 0
    if not count or any(bold[count:]) or _DATED.search(line_text(lines[count - 1])):
        return set()
    left = min(line["bbox"][0] for line in lines)
    width = max(line["bbox"][2] for line in lines) - left
    is_short = lines[count - 1]["bbox"][2] - left < _SHORT_LINE * width
    return {count} if is_short else set()
