"""The tokens of a question, and how parts of it are quoted in notices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from poi_search.text.typography import QUOTE_SIGNS

TokenKind = Literal[
    "word", "prefix", "fuzzy", "quote", "raw", "open", "close", "and", "or", "not", "minus",
    "field", "tag", "identifier",
]  # fmt: skip
QUOTES: Final = QUOTE_SIGNS

_SPECIAL = re.compile(rf"[{QUOTES}()\[\]{{}}:*~^!|&+<>=\\-]")


@dataclass(frozen=True, slots=True)
class QuestionToken:
    """`text` is the word or the text inside the quotes; for a field or tag, what it stands for;
    for an identifier, the name of its field, a colon and its value."""

    kind: TokenKind
    start: int
    end: int
    text: str = ""
    distance: int = 0


def quote_part(text: str) -> str:
    """A part of the question as quoted in a notice: short and printable."""
    text = "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def blank_signs(text: str) -> str:
    """The text at its full length, with every sign of the grammar replaced by a space."""
    return _SPECIAL.sub(" ", text)
