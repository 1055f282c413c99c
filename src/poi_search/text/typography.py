"""Dashes, spaces, quotation marks and brackets, in all the forms that print and converters use.

Names ending in `_SIGNS` are strings for use inside a regular expression's character class.
"""

from __future__ import annotations

# Hyphen-minus, then hyphen to horizontal bar, then the minus sign.
DASH_SIGNS = "\\-\u2010-\u2015\u2212"
DASH = f"[{DASH_SIGNS}]"

SPACE_BEFORE = r"(?:(?<!\s)\s++)?"
"""Optional space before a sign, matched from its first character only: a plain `\\s*` would be
tried again at each of its spaces."""

QUOTE_SIGNS = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02'
APOSTROPHE_SIGNS = "'\u2018\u2019"
# What may follow the full stop of a sentence before the space.
CLOSING_SIGNS = '"\u201d\u2019)\\]'

BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
"""Opening brackets and their closing brackets."""


def one_line(text: str) -> str:
    """`text` without line breaks and control characters, runs of spaces collapsed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def is_valid(text: str) -> bool:
    """Whether `text` can be encoded: a command line may pass on bytes that are no text."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)
