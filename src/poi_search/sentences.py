"""Where sentences end, in scholarly English prose."""

from __future__ import annotations

import re

_END = re.compile(r"[.?!][\"”’)\]]*(?:\[[\d,\s–-]+\])?\s+(?=[\"“‘(\[]?[A-Z0-9Α-Ω])")
_NOT_AN_END = re.compile(
    r"(?:\b(?:et al|e\.g|i\.e|cf|vs|Fig|Figs|Tab|Eq|Eqs|No|Nos|Dr|Prof|St|ca|approx|resp|Ref|Refs|"
    r"vol|pp|spp|sp|var|Inc|Ltd|Co)|(?:^|[\s(])[A-Z])\.$"
)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of `text`, in order; together they hold every letter of it.

    A citation marker after the full stop belongs to the sentence before it.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        stop = match.start() + 1
        if text[match.start()] == "." and _NOT_AN_END.search(text, start, stop):
            continue
        spans.append((start, len(text[: match.end()].rstrip())))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return tuple(spans)
