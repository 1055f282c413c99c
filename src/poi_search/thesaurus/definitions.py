"""Definitions of abbreviations in running text: 'granulosa cells (GCs)', 'GCs (granulosa cells)'.

After Schwartz and Hearst (Pac Symp Biocomput 2003:451–62): the letters of the short form occur
in the long form in the same order. Unlike theirs, the long form is not the shortest that fits but
the one that uses the most word beginnings, so that no first word is lost. The cost is
proportional to the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from poi_search.text.analysis import GREEK
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.text.sentences import sentences
from poi_search.text.typography import DASH_SIGNS

_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,300})[)\]]")
_SHORT = re.compile(
    rf"(?=[^ ]*[A-ZΑ-Ω])[^\W_][\w{DASH_SIGNS}/+.]{{0,10}}[\w+](?: (?:[A-Za-z]{{1,5}}|\d{{1,2}}))?"
)
_LISTED = re.compile(
    r"(?:^|(?<=[;.:(] )|(?<=\())([A-ZΑ-Ω]\w{1,9})(?:, |: | ?= ?)"
    r"([^\W\d_][^;.,:=()\[\]]{3,80})(?=[;.)]|$)"
)
_NAME = re.compile(r"[A-Z][a-z]{4,}")
"""A word, such as the name of a firm or a town, rather than a short form."""
_END_OF_SHORT = re.compile(r"[;,]|\s(?:or|and)\s")
_LAST_WORD = re.compile(r"([^\s()\[\]]+)\s*$")
_PIECE = re.compile(r"[^\W_]+")
_WINDOW = 500
"""The number of characters before a bracket that are searched for a long form."""
_ENDS = frozenset(".?!")
_CLOSED = re.compile(r"\([^()\[\]]*\)|\[[^()\[\]]*\]")
_OPEN = re.compile(r"[(\[]|[;:]\s")
"""What ends a possible long form on its left."""
_JOINED_TO = re.compile(r"(?:^|[^\w\s])[^\W\d_]{0,2}|.*\d.*")
"""What belongs to the word after a hyphen: N-, 17β-, (+/-)-; but not non- or anti-."""
_UNREACHABLE = -1000


class Definition(NamedTuple):
    """`short` is defined as `long` in the text."""

    short: str
    long: str


class _WordPiece(NamedTuple):
    """A piece of a possible long form, folded, and where it starts."""

    letters: str
    start: int
    is_function_word: bool


def inline_definitions(text: str) -> Iterator[Definition]:
    """The definitions in a text, in order; none crosses the end of a sentence."""
    starts = _sentence_starts(text)
    for match in _BRACKETS.finditer(text):
        while len(starts) > 1 and starts[1] <= match.start():
            starts.pop(0)
        before = text[max(starts[0], match.start() - _WINDOW) : match.start()]
        found = _definition(before, match[1])
        if found:
            yield found
    yield from _list_definitions(text)


def _list_definitions(text: str) -> Iterator[Definition]:
    """The definitions in a list such as 'LH, left hemisphere; RH, right hemisphere.'"""
    for match in _LISTED.finditer(text):
        short, long = match[1], match[2].strip()
        if _is_short_form(short) and long_form(short, long) == long:
            yield Definition(short, long)


def _sentence_starts(text: str) -> list[int]:
    """Where sentences start, without the cuts in very long ones."""
    spans = sentences(text)
    ended = (
        start
        for (_, end), (start, _) in pairwise(spans)
        if not _ENDS.isdisjoint(text[max(0, end - 3) : end])
    )
    return [0, *ended]


def _definition(before: str, inside: str) -> Definition | None:
    short = _END_OF_SHORT.split(inside, maxsplit=1)[0].strip()
    if _is_short_form(short):
        long = long_form(short, before)
        return Definition(short, long) if long else None
    word = _LAST_WORD.search(before)
    if word and _is_short_form(word[1]) and " " in inside:
        long = long_form(word[1], re.split(r"[;,]", inside, maxsplit=1)[0])
        return Definition(word[1], long) if long else None
    return None


def _is_short_form(text: str) -> bool:
    return bool(_SHORT.fullmatch(text)) and not _NAME.fullmatch(text)


def long_form(short: str, text: str) -> str:
    """The words at the end of `text` that `short` abbreviates; '' if none do."""
    letters = _fold(short)
    # What stands in brackets is no part of a long form, and an open one ends it.
    blank = _CLOSED.sub(lambda closed: " " * len(closed[0]), text)
    low = max((match.end() for match in _OPEN.finditer(blank)), default=0)
    words = min(len(letters) + 5, 2 * len(letters))
    pieces = _pieces(blank, low)[-2 * words :]
    start = _start(letters, pieces)
    if start < 0 and short.endswith("s") and short[:-1].isupper():
        start = _start(letters[:-1], pieces)
    if start < 0 or len(text[start:].split()) > words:
        return ""
    before = max(text.rfind(" ", low, start) + 1, low)
    start = before if _JOINED_TO.fullmatch(text, before, start) else start
    long = " ".join(text[start:].split()).strip(" ,;:.\"'“”‘’")
    return long if _is_long_form(long, short) else ""


def _is_long_form(long: str, short: str) -> bool:
    return len(long) > len(short) and short not in re.split(r"[^\w\-–]+", long)


def _start(letters: str, pieces: Sequence[_WordPiece]) -> int:
    """The offset of the piece where the best long form begins, or -1.

    A long form is worth the word beginnings that it uses, less the words that it passes over;
    function words count for nothing. Of equals, the shortest is taken.
    """
    size = len(letters)
    after = [_UNREACHABLE] * size + [0]
    best, start = 0, -1
    for piece in reversed(pieces):
        worth = 0 if piece.is_function_word else 1
        here = [score - worth for score in after]
        for at in range(size):
            begins = piece.letters[0] == letters[at]
            most = _run(letters, at, piece.letters, begins)
            score = max(after[at + 1 : at + most + 1], default=_UNREACHABLE)
            score += worth if begins else -worth
            here[at] = max(here[at], score)
            if at == 0 and begins and worth and score > best:
                best, start = score, piece.start
        after = here
    return start


def _run(letters: str, at: int, word: str, begins: bool) -> int:
    """How many of the letters from `at` occur in `word` in this order: from its beginning, or
    anywhere after it."""
    place, count = 1, int(begins)
    while at + count < len(letters):
        place = word.find(letters[at + count], place) + 1
        if not place:
            break
        count += 1
    return count


def _pieces(text: str, low: int) -> list[_WordPiece]:
    return [
        _WordPiece(letters, match.start(), match[0].lower() in FUNCTION_WORDS)
        for match in _PIECE.finditer(text, low)
        if (letters := _fold(match[0]))
    ]


@lru_cache(maxsize=8192)
def _fold(text: str) -> str:
    """The letters and digits in small letters, without accents, Greek ones as their initials."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(GREEK.get(char, char)[0] for char in plain if char.isalnum())
