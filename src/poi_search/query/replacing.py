"""New words put into a question in the place of those typed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from poi_search.query.fields import FIELDS

_BEFORE_VALUE = re.compile(rf"(?:^|[\s(])(?:[-!]|(?:{'|'.join(FIELDS)}):)$", re.IGNORECASE)


def replace_words(text: str, replacements: Iterable[tuple[int, int, str]]) -> str:
    """`text` with each stretch (start, end) replaced by new words, all else as typed.

    Several words in the place of a field's value or after a minus are put in parentheses, so
    that the sign still holds for all of them. Raises ValueError if stretches overlap or lie
    outside the text.
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
