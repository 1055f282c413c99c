"""Numbers of lines in the margin of a page, as manuscripts and preprints have them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from poi_search.readers.pdf.spans import line_text
from poi_search.readers.pdftext.margin_numbers import without_margin_numbers

Box = Mapping[str, Any]

MARGIN = "margin"
_NUMBER = re.compile(r"^\s*\d{1,4}(?:\s+|$)")
_FEWEST = 3


def without_margins(boxes: Sequence[Box]) -> list[Box]:
    """The boxes of a page without the numbers of its lines; a box of numbers is a `MARGIN`."""
    kept = [{**box, "boxclass": MARGIN} if _is_of_numbers(box) else box for box in boxes]
    texts_of = (box for box in kept if box["boxclass"] != MARGIN)
    lines = [line for box in texts_of for line in box.get("textlines") or () if line["spans"]]
    texts = [line_text(line) for line in lines]
    bare = without_margin_numbers(texts)
    numbered = [id(line) for line, text, new in zip(lines, texts, bare, strict=True) if text != new]
    return [_without_numbers(box, frozenset(numbered)) for box in kept] if numbered else kept


def _is_of_numbers(box: Box) -> bool:
    lines = box.get("textlines") or ()
    return len(lines) >= _FEWEST and all(line_text(line).isdecimal() for line in lines)


def _without_numbers(box: Box, numbered: frozenset[int]) -> Box:
    lines = box.get("textlines") or ()
    return {
        **box,
        "textlines": [_without_number(line) if id(line) in numbered else line for line in lines],
    }


def _without_number(line: Box) -> Box:
    """The line without its first number; it begins where the text after that does."""
    first, *rest = line["spans"]
    text = _NUMBER.sub("", first["text"], count=1)
    spans = [{**first, "text": text}, *rest] if text.strip() else rest
    start = spans[0]["bbox"][0] if spans else line["bbox"][0]
    return {**line, "spans": spans, "bbox": [start, *line["bbox"][1:]]}
