"""Names of members of a family of which the library has no such member: miR-999, IFN-beta."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from poi_search.query.named_concepts import QueryMention
from poi_search.text.analysis import GREEK_NAMES, Token
from poi_search.thesaurus.name_list import ListedName

NamePart = tuple[tuple[str, ...], tuple[str, ...]]
"""The terms of a word, and the concepts that it names, alone or with the words around it."""
IsAbsent = Callable[[list[NamePart], bool], bool]
"""The parts of a name → whether no text has all of them close together, or as one written name."""

_COUNTER = re.compile(r"[0-9]{1,4}|[A-Za-rt-z]|[IVX]{1,4}")
"""A number, also a Roman one, or a letter. The *s* is that of a plural."""
_CODE = re.compile(r"[A-Z]{2,3}")
_ARM = re.compile(r"[35]p", re.IGNORECASE)
"""The arm that a microRNA is cut from: miR-21-5p is the miR-21 of most texts."""
_ROMAN = " i ii iii iv v vi vii viii ix x xi xii".split(" ")
_DIGITS = 3
_SMALL = frozenset(map(str, range(1, len(_ROMAN))))
_LETTERS = {"a": "alpha", "b": "beta", "g": "gamma", "d": "delta"}
"""Letters after a number that stand for Greek ones: IL-1a."""


def member_names(
    text: str, tokens: Sequence[Token], mentions: Iterable[QueryMention], is_absent: IsAbsent
) -> Iterator[tuple[ListedName, QueryMention]]:
    """Each name of a member that no text has by any name of the family, with the family."""
    for family in mentions:
        after = _counters(text, tokens, family.end) if family.within < 0 else []
        if not (family.concepts and after):
            continue
        counters: list[NamePart] = [(_terms(token), ()) for token in after]
        codes = [each for each, token in zip(counters, after, strict=True) if _is_code(text, token)]
        if all(is_absent([code], True) for code in codes) and is_absent(
            [((family.stems[-1],), family.concepts), *counters], True
        ):
            inside = [t.stem for t in tokens if family.start <= t.start < after[-1].end]
            yield ListedName(family.start, after[-1].end, tuple(inside), ""), family


def is_short_number(token: Token) -> bool:
    """Whether a number may belong to the word before it; a year does not."""
    return token.exact.isdigit() and len(token.exact) <= _DIGITS


def number_terms(token: Token) -> tuple[str, ...]:
    """The terms for a number after a word: texts also write small ones as Roman numerals."""
    roman = _ROMAN[int(token.exact)] if token.exact in _SMALL else ""
    return (token.stem, roman) if roman else (token.stem,)


def _counters(text: str, tokens: Sequence[Token], end: int) -> list[Token]:
    """What says which member of a family is meant, right after its name; empty if nothing does."""
    after: list[Token] = []
    for token in tokens:
        if token.start < end:
            continue
        if not (token.tight or (not after and _is_apart(text, token, end))):
            break
        after.append(token)
    typed = text[after[0].start : after[-1].end] if after else ""
    fits = all(_is_counter(text, token) for token in after)
    return after if fits and not _ARM.fullmatch(typed) else []


def _is_apart(text: str, token: Token, end: int) -> bool:
    return text[end : token.start] == " " and token.exact in GREEK_NAMES


def _is_counter(text: str, token: Token) -> bool:
    typed = text[token.start : token.end]
    return token.exact in GREEK_NAMES or bool(_COUNTER.fullmatch(typed) or _CODE.fullmatch(typed))


def _is_code(text: str, token: Token) -> bool:
    """Whether capitals may be a name themselves: MSC-EV."""
    typed = text[token.start : token.end]
    return bool(_CODE.fullmatch(typed)) and not _COUNTER.fullmatch(typed)


def _terms(token: Token) -> tuple[str, ...]:
    letter = _LETTERS.get(token.exact)
    return (token.stem, letter) if letter else (token.stem,)
