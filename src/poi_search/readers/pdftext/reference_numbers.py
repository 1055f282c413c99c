"""The numbers of the entries of a reference list, and the order in which they are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poi_search.readers.pdftext.lines import PrintedLine
from poi_search.readers.pdftext.plain_text import without_superscripts

_BRACKETED = re.compile(r"^\[(\d{1,4})\]\.?\s*(?=\S)|^\((\d{1,4})\)\s*(?=\S)")
_STOPPED = re.compile(r"^(\d{1,4})[.)]\s*(?=[^\W\d]|\d{1,3}(?:st|nd|rd|th|D)\b|[“\"‘'])")
_BARE = re.compile(r"^(\d{1,4})\s+(?=[^\W\d_])")
# How numbers are printed, and how many entries before one may have been lost.
_NUMBERS = ((_BRACKETED, 10), (_STOPPED, 3), (_BARE, 1))
_FEWEST, _MOST_OF_LIST = 5, 0.9


def begins_with_number(text: str) -> bool:
    """Whether a text begins with a number that is marked as one."""
    return bool(_BRACKETED.match(text) or _STOPPED.match(text))


def number_of(line: PrintedLine) -> int | None:
    """The number at the beginning of a line, in brackets or with a stop."""
    if not begins_with_number(without_superscripts(line.text)):
        return None
    found = printed_number(line, None)
    return found[0] if found else None


def places_out_of_order(lines: Sequence[PrintedLine]) -> frozenset[int]:
    """The lines, by place, whose number begins an entry even if it is not the next one.

    Columns may be read in the wrong order. So the number counts if each number of the list is
    there once, or if the next two follow it.
    """
    numbered = [(at, number) for at, line in enumerate(lines) if (number := number_of(line))]
    numbers = [number for _, number in numbered]
    if len(numbers) == len(set(numbers)) >= max(_FEWEST, _MOST_OF_LIST * max(numbers, default=0)):
        return frozenset(at for at, _ in numbered)
    return frozenset(
        at
        for place, (at, number) in enumerate(numbered)
        if numbers[place + 1 : place + 3] == [number + 1, number + 2]
    )


def printed_number(line: PrintedLine, last: int | None) -> tuple[int, str] | None:
    """The number at the beginning of an entry, and the rest; None if it cannot be its number.

    A number without brackets may belong to the entry before, so it must be the next number.
    """
    text = without_superscripts(line.text)
    for pattern, slack in _NUMBERS:
        match = pattern.match(text)
        if match is not None and not (pattern is _BARE and line.bullet):
            number = int(next(filter(None, match.groups())))
            is_next = last is None or last < number <= last + slack
            return (number, text[match.end() :].strip()) if is_next else None
    return None
