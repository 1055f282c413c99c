"""Citation markers: parsing numbers (`30-32,51–56,96`), and finding markers in plain text.

A reader first converts the notation of its format (superscripts, links) to the plain form `[1–3]`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from poi_search.article import Citation
from poi_search.text.typography import DASH, SPACE_BEFORE

_NUMBER = r"[1-9]\d{0,3}"
_PART = rf"{_NUMBER}(?:\s*+{DASH}\s*+{_NUMBER})?"
_LIST = rf"{_PART}(?:\s*+[,;]\s*+{_PART})*"
_LIST_ONLY = re.compile(rf"\s*+{_LIST}\s*+(?:,\s*+)?")
_SPLIT_LIST = re.compile(rf"{SPACE_BEFORE}[,;]\s*+")
_SPLIT_RANGE = re.compile(rf"{SPACE_BEFORE}{DASH}\s*+")
_MARKER = re.compile(
    rf"(?P<from>\[\s*(?:{_LIST})\s*\])(?:\s?{DASH}\s?(?P<to>\[\s*{_NUMBER}\s*\]))?"
)
_ROUND_MARKER = re.compile(rf"\(\s*(?:{_LIST})\s*\)")
_PRINTED = re.compile(rf"(\d++)(?:\s*+(?:\]\s*+)?{DASH}\s*+(?:\[\s*+)?(\d++))?")
# A bracket after these words holds an interval, not references.
_INTERVAL = re.compile(r"(?:\bCI|\bIQR|\brange|\binterval|\bSD|=|<|>)[:,]?\s*$", re.IGNORECASE)
# The longest range of references that is plausible in one marker.
MAX_RANGE = 300


def parse_numbers(text: str) -> tuple[int, ...]:
    """The reference numbers in `text` ('30-32,51–56,96'), in order, each once.

    Ranges are expanded. Empty if `text` is not a list of numbers: if it contains other characters,
    zero, or a range that runs backwards or over more than 300 numbers.
    """
    if not _LIST_ONLY.fullmatch(text):
        return ()
    numbers: dict[int, None] = {}
    for part in _SPLIT_LIST.split(text.strip().rstrip(",").rstrip()):
        ends = [int(end) for end in _SPLIT_RANGE.split(part)]
        first, last = ends[0], ends[-1]
        if last < first or last - first >= MAX_RANGE:
            return ()
        numbers.update(dict.fromkeys(range(first, last + 1)))
    return tuple(numbers)


def parse_markers(text: str, highest: int | None = None) -> tuple[Citation, ...]:
    """The markers `[1–3]`, `[5, 6]` and `[12]–[15]` in plain text, in order.

    With `highest`, a bracket with a greater number is not a citation: `[2018]`.
    """
    found: list[Citation] = []
    for match in _MARKER.finditer(text):
        numbers = parse_numbers(match["from"][1:-1])
        if len(numbers) > 1 and _is_interval(text, match.start()):
            continue
        end = match.end("from")
        if match["to"] and numbers:
            last = int(match["to"][1:-1])
            if numbers[-1] < last < numbers[-1] + MAX_RANGE:
                numbers += tuple(range(numbers[-1] + 1, last + 1))
                end = match.end()
            else:
                found += _valid_citations(match.start("to"), match.end(), (last,), highest)
        found += _valid_citations(match.start(), end, numbers, highest)
    return tuple(sorted(found, key=lambda citation: citation.start))


def parse_round_markers(text: str, highest: int) -> tuple[Citation, ...]:
    """The markers of an article that cites in round brackets: `(1–3)`, `(5, 6)`.

    A bracket with a number above `highest` is not a citation.
    """
    found: list[Citation] = []
    for match in _ROUND_MARKER.finditer(text):
        numbers = parse_numbers(match[0][1:-1])
        if not _is_interval(text, match.start()):
            found += _valid_citations(match.start(), match.end(), numbers, highest)
    return tuple(found)


def printed_spans(marker: str, numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The span in a marker that prints each reference: its number, or the range that contains it.

    If the marker does not print all of them ('Smith, 2010'), each has the whole marker.
    """
    spans: dict[int, tuple[int, int]] = {}
    for match in _PRINTED.finditer(marker):
        first, last = int(match[1]), int(match[2] or match[1])
        for number in numbers:
            if first <= number <= last:
                spans.setdefault(number, match.span())
    if len(spans) < len(set(numbers)):
        return dict.fromkeys(numbers, (0, len(marker)))
    return spans


def _is_interval(text: str, start: int) -> bool:
    return _INTERVAL.search(text, max(0, start - 12), start) is not None


def _valid_citations(
    start: int, end: int, numbers: tuple[int, ...], highest: int | None
) -> list[Citation]:
    if not numbers or (highest is not None and max(numbers) > highest):
        return []
    return [Citation(start, end, numbers)]
