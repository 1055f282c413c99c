"""Typing and spelling slips: how easily one word is written for another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from string import ascii_lowercase
from typing import Final

from poi_search.text.analysis import fold

_VOWELS: Final = frozenset("aeiouy")
_ALIKE: Final = tuple(
    frozenset(letters) for letters in ("csz", "ckq", "iy", "ie", "gj", "fv", "mn", "xz", "uw")
)
_TRANSPOSED: Final = 0.6
"""The cost of two letters in the wrong order."""
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS: Final = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"ph", "f"),
        (r"[ao]e|ei|ie", "e"),
        (r"y", "i"),
        (r"sch", "sk"),
        (r"s?c(?=[ei])|z", "s"),
        (r"ck|[cq]", "k"),
        (r"(?<=[rtgk])h", ""),
        (r"x", "ks"),
        (r"our\b", "or"),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)e\b", ""),
    )
)
_CONTRARIES: Final[tuple[tuple[str, ...], ...]] = (
    ("hyper", "hypo"),
    ("inter", "intra", "infra"),
    ("pre", "pro", "per", "peri", "para", "post"),
    ("endo", "ecto", "exo", "epi", "ento"),
    ("macro", "micro"),
    ("ante", "anti"),
    ("mono", "homo", "hetero", "oligo", "poly"),
    ("super", "supra", "sub"),
    ("ex", "in", "im", "en"),
    ("de", "re", "pre"),
    ("ab", "ad"),
    ("mal", "mel"),
    ("uni", "bi", "tri", "di"),
)
_TURNS: Final = ("a", "an", "in", "im", "un", "non", "de", "re", "co", "bi", "di", "en", "iso")
_ENDINGS: Final[tuple[tuple[str, ...], ...]] = (
    ("ase", "ose", "ate", "ite", "ide", "ine", "one", "ane", "ene", "yl", "ol", "in", "an", "on"),
    ("itis", "osis", "asis", "oma", "emia"),
)
_ENDINGS_REVERSED: Final = tuple(tuple(each[::-1] for each in group) for group in _ENDINGS)


def _neighbours() -> frozenset[tuple[str, str]]:
    pairs = set()
    for row, letters in enumerate(_ROWS):
        for place, letter in enumerate(letters):
            near = letters[place + 1 : place + 2]
            below = _ROWS[row + 1][max(0, place - 1) : place + 1] if row < 2 else ""
            pairs |= {(letter, other) for other in near + below}
    return frozenset(pairs | {(other, letter) for letter, other in pairs})


_NEIGHBOURS: Final = _neighbours()


def sound_key(word: str) -> str:
    """A key that is equal for words that sound alike: unifies doubled letters, ph/f, oe/e, …"""
    for written, heard in _SOUNDS:
        word = written.sub(heard, word)
    return word


def slip_cost(typed: str, meant: str) -> float:
    """The cost of the cheapest slips that turn the word meant into the one typed.

    An edit distance with transpositions in which likely slips (doubled letters, letters that
    sound alike or lie side by side on the keyboard) cost less than 1 and others about 1; an
    edit of the first letter costs more. Words that sound the same cost at most 0.5.
    """
    added, missed = ([_extra(word, place) for place in range(len(word))] for word in (typed, meant))
    before: list[float] = []
    above = [0.0]
    for cost in missed:
        above.append(above[-1] + cost)
    for row, one in enumerate(typed):
        line = [above[0] + added[row]]
        for column, other in enumerate(meant):
            first = 0.5 if one != other and (row == 0 or column == 0) else 0.0
            best = min(
                above[column] + _swap(one, other) + first,
                above[column + 1] + added[row],
                line[column] + missed[column],
            )
            if row and column and typed[row - 1 : row + 1] == meant[column - 1 : column + 1][::-1]:
                best = min(
                    best, before[column - 1] + (_TRANSPOSED if min(row, column) > 1 else 0.8)
                )
            line.append(best)
        before, above = above, line
    cost = above[-1]
    return 0.5 if cost > 0.5 and sound_key(typed) == sound_key(meant) else cost


@lru_cache(maxsize=2048)
def _swap(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if any(one in group and other in group for group in _ALIKE):
        return 0.6
    if one in _VOWELS and other in _VOWELS:
        return 0.7
    return 0.8 if (one, other) in _NEIGHBOURS else 1.1


def _extra(word: str, place: int) -> float:
    """The cost of a letter that is missing from the other word."""
    letter = word[place]
    if letter in (word[place - 1 : place], word[place + 1 : place + 2]):
        return 0.4
    if place == 0:
        return 1.3
    last = 0.2 if place == len(word) - 1 else 0.0
    return (0.7 if letter in _VOWELS or letter == "h" else 0.9) + last


def is_nearer_to_another(typed: str, meant: str, is_word: Callable[[str], bool]) -> bool:
    """Whether another word is a likelier slip away than the one meant: *coperation* is cooperation
    rather than operation, even in a library that lacks it."""
    folded = fold(typed)
    return any(map(is_word, _one_slip_away(folded, slip_cost(folded, meant))))


def _one_slip_away(typed: str, below: float) -> Iterator[str]:
    """The words with the same first letter that differ from one in a letter or in the order of two,
    by a slip that costs less."""
    for at in range(1, len(typed) + 1):
        before, here, after = typed[:at], typed[at : at + 1], typed[at + 1 :]
        for letter in ascii_lowercase:
            added = f"{before}{letter}{here}{after}"
            if _extra(added, at) < below:
                yield added
            if here and here != letter and _swap(here, letter) < below:
                yield f"{before}{letter}{after}"
        if here and _extra(typed, at) < below:
            yield before + after
        if after and below > _TRANSPOSED:
            yield f"{before}{after[0]}{here}{after[1:]}"


def are_contrary(typed: str, meant: str) -> bool:
    """Whether two words differ in a prefix or suffix that changes the meaning: hypotension and
    hypertension, symptomatic and asymptomatic, lactase and lactose."""
    shorter, longer = sorted((typed, meant), key=len)
    if any(longer == turn + shorter for turn in _TURNS):
        return True
    return any(_differ_only_in(typed, meant, group) for group in _CONTRARIES) or any(
        _differ_only_in(typed[::-1], meant[::-1], group) for group in _ENDINGS_REVERSED
    )


def _differ_only_in(one: str, other: str, beginnings: tuple[str, ...]) -> bool:
    """Whether two words differ only in which of `beginnings` they start with."""
    first = max((each for each in beginnings if one.startswith(each)), key=len, default="")
    second = max((each for each in beginnings if other.startswith(each)), key=len, default="")
    differ = bool(first and second) and first != second
    return differ and one[len(first) :] == other[len(second) :]
