"""Replaces words in a question."""

from __future__ import annotations

import re
from collections.abc import Iterable

from poi_search.query.fields import FIELDS

_BEFORE_VALUE = re.compile(rf"(?:^|[\s(])(?:[-!]|(?:{'|'.join(FIELDS)}):)$", re.IGNORECASE)


def replace_words(text: str, replacements: Iterable[tuple[int, int, str]]) -> str:
    """`text` with each span (start, end) replaced by new words, and everything else unchanged.

    Several words are put in parentheses after a minus or a field name, so that it applies to all
    of them. Raises ValueError if spans overlap or are outside the text.
    """
    pieces: list[str] = []
    done = 0
    for start, end, new in sorted(replacements):
        if not done <= start <= end <= len(text):
            raise ValueError(f"cannot replace characters {start} to {end} of {text!r}")
        several = len(new.split()) > 1 and _BEFORE_VALUE.search(text[:start])
        pieces += [text[done:start], f"({new})" if several else new]
        done = end
    return "".join(pieces) + text[done:]
