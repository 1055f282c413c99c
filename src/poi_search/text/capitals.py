"""Everyday words printed as short forms: CAT, WHO, StAR.

Such a token is not the word, so its term in the index is the short form in capitals instead of the
stem of the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from poi_search.text.analysis import Token
from poi_search.text.everyday_words import EVERYDAY_WORDS
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.text.stemming import singular_form

_SINGULARS = (singular_form(word) for word in EVERYDAY_WORDS - FUNCTION_WORDS)
_EVERYDAY = EVERYDAY_WORDS | {word for word in _SINGULARS if len(word) > 2}
_SENTENCE_END = re.compile(r"[.?!;:]\s|\n")
_SMALL_LETTERS = re.compile(r"[a-zα-ω]{2}")
_LETTERS = re.compile(r"[^\W\d_]+")
_STOPS = ".,:;?!"
_LONG_WORD = 6
"""A word in capitals of this length is no short form."""
_HEADING = 8
"""Nor is a word of this length that stands alone."""
_REACH = 240
"""How many characters on either side are looked at."""
_NEXT = 40
"""And how many for the word before and the word after."""


def index_terms(text: str, tokens: Iterable[Token]) -> tuple[str, ...]:
    """The term of each token of a text: the short form that it is printed as, else its stem."""
    return tuple(
        [
            token.stem
            if text[token.start + 1 : token.end] == token.exact[1:]
            else printed_short_form(text, token) or token.stem
            for token in tokens
        ]
    )


def printed_short_form(text: str, token: Token) -> str:
    """The short form, in capitals and without a plural s, that an everyday word is printed as;
    '' if it is printed as a word, or if everything around it is in capitals as well."""
    printed = text[token.start : token.end]
    if printed[1:] == printed[1:].lower() or not is_everyday(token.exact):
        return ""
    if _is_in_title(text, token) or is_shouted(text, token.start, token.end):
        return ""
    is_plural = printed[-1] == "s" and printed[-2].isupper()
    return (token.exact[:-1] if is_plural else token.exact).upper()


def is_everyday(word: str) -> bool:
    """Whether a folded word is one of everyday English that is spelled like a short form."""
    return word in _EVERYDAY or singular_form(word) in _EVERYDAY


def is_shouted(text: str, start: int, end: int) -> bool:
    """Whether everything around a word in capitals is in capitals as well."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    before = [match.end() for match in _SENTENCE_END.finditer(text, first, start)]
    after = _SENTENCE_END.search(text, end, last)
    around = text[before[-1] if before else first : after.start() if after else last]
    if _SMALL_LETTERS.search(around):
        return False
    words = _LETTERS.findall(around)
    if len(words) == 1:
        return len(words[0]) >= _HEADING  # 'CONCLUSIONS:'
    others = [word for word in words if word.isupper() and word != text[start:end]]
    return any(len(word) >= _LONG_WORD or word.lower() in FUNCTION_WORDS for word in others)


def _is_in_title(text: str, token: Token) -> bool:
    """Whether a word next to it is a word in capitals, as in a title: STEM CELLS."""
    before = text[max(0, token.start - _NEXT) : token.start].split(" ")
    after = text[token.end : token.end + _NEXT].split(" ")
    words = [*before[-2:-1]] if not before[-1] else []
    if not after[0]:
        words += [word.rstrip(_STOPS) for word in after[1:2]]
    in_capitals = [word for word in words if len(word) > 1 and word.isupper()]
    return any(len(word) >= _LONG_WORD or is_everyday(word.lower()) for word in in_capitals)
