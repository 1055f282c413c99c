"""Where sentences end, in scholarly English prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poi_search.text.typography import CLOSING_SIGNS, DASH_SIGNS

_END = re.compile(
    rf"([.?!][{CLOSING_SIGNS}]*(?:\[[\d,\s{DASH_SIGNS}]+\])?)\s+(?=[\"“‘(\[]?[A-Z0-9Α-Ω])"
)
_NOT_AN_END = re.compile(
    r"(?:\b(?:et al|e\.g|i\.e|cf|vs|Fig|Figs|Tab|Eq|Eqs|No|Nos|Dr|Prof|St|ca|approx|resp|Ref|Refs|"
    r"vol|pp|spp|sp|var|Inc|Ltd|Co)|(?:^|[\s(])[A-Z])\.$"
)
_LONGEST_ABBREVIATION = len("approx.")
_LONGEST = 1000
"""A longer stretch without a sentence end (a list, a table row) is cut between words."""


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the sentences of `text`, in order; together they cover every letter.

    A citation marker after the full stop belongs to the sentence that it follows.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        stop = match.start() + 1
        # Only the end is searched: a long text may hold nothing but abbreviations.
        near = max(start, stop - _LONGEST_ABBREVIATION)
        if text[match.start()] == "." and _NOT_AN_END.search(text, near, stop):
            continue
        spans += _stretches(text, start, match.end(1))
        start = match.end()
    if text[start:].strip():
        spans += _stretches(text, start, len(text.rstrip()))
    return tuple(spans)


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield start, cut
        start = cut + text[cut].isspace()
    yield start, end
