"""Author lists of references: `Bao R, Van Balkom BWM, et al`, `Abel, A.B.; Cain, C.`, `A.B. Abel`.

A list is parsed completely or not at all: anything that may not be a list of authors could be
a title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from poi_search.article import Name
from poi_search.references.names import (
    LONGEST_BODY,
    PARTICLES,
    SUFFIX,
    is_organisation,
    tagged_name,
)
from poi_search.text.typography import APOSTROPHE_SIGNS, DASH_SIGNS, SPACE_BEFORE

_ET_AL = re.compile(
    rf"(?:[,;]\s*+|{SPACE_BEFORE})(?:and\s++|&\s*+)?\b(?:et\.?\s?al|and others)\b\.?,?\s*+$",
    re.IGNORECASE,
)
_AND = re.compile(rf"(?:[,;]|(?<!\s))\s++(?:and|&)\s+|{SPACE_BEFORE}&\s*")
_ITEM = re.compile(r"[^,;]+")
_PIECE_END = re.compile(rf"{_AND.pattern}|\Z")
_LEADING_AND = re.compile(r"^(?:and|&)\s+(?:the\s(?=[A-Z]))?")
_LEADING_INITIALS = re.compile(r"((?:[^\W\d_]\.[\s-]?)+)\s*(\S.*)")
_SIGNS = re.compile(rf"[{DASH_SIGNS}{APOSTROPHE_SIGNS}.`]")
_BETWEEN_INITIALS = re.compile(rf"[.\s{DASH_SIGNS}]")
_LOOSE_INITIALS = re.compile(r"[.\s]|-(?=$)")
_LONGEST_INITIALS = 6
_LONGEST_ALONE = 8


@dataclass(frozen=True, slots=True)
class NameList:
    """Names in order; `et_al` if the printed list ends in "et al."."""

    names: tuple[Name, ...]
    et_al: bool = False


@lru_cache(maxsize=128)  # The styles of an entry try the same beginnings.
def parse_names(text: str) -> NameList | None:
    """The authors in any known style, or None if an item is not an author."""
    listed = text.strip().rstrip(": ")
    bare = _ET_AL.sub("", listed)
    et_al = bare != listed
    bare = bare.strip().rstrip(",;: ")
    if not bare:
        return None
    names = _initials_first(bare) or _family_first(bare) or _lone_body(bare)
    return NameList(names, et_al) if names else None


def list_end(text: str) -> int:
    """The offset up to which `text` may be a list of authors."""
    words = 0
    for item in _ITEM.finditer(text):
        words += len(item[0].split())
        # A body as the only author may contain any words, but only a few.
        end = _end_of_names(item[0]) if words > _LONGEST_ALONE else None
        if end is not None:
            return item.start() + end
    return len(text)


def _end_of_names(item: str) -> int | None:
    """The offset at which to cut an item that cannot be an author; None if it can be one."""
    if is_organisation(_LEADING_AND.sub("", item.strip())):
        return None
    at = 0
    for between in _PIECE_END.finditer(item):
        piece = item[at : between.start()]
        if not (_may_be_person(piece) or is_organisation(piece.strip())):
            return max(_end_of_body(item), at + _end_of_body(piece))
        at = between.end()
    return None


def _end_of_body(text: str) -> int:
    """The end of the longest beginning of `text` that may be the name of a body or a person."""
    return len(text) - len("".join(text.split(maxsplit=LONGEST_BODY)[LONGEST_BODY:]))


def _may_be_person(item: str) -> bool:
    """Whether every word may be part of a name, rather than of a sentence."""
    return all(
        word.lower() in PARTICLES
        or SUFFIX.fullmatch(word) is not None
        or word[1:2] == "."
        or len(bare := _without_signs(word)) < 2
        or (bare.isalpha() and not bare.islower())
        for word in item.split()
    )


def _without_signs(word: str) -> str:
    return word if word.isalpha() else _SIGNS.sub("", word)


def _items(text: str, separator: str) -> list[str]:
    return [item.strip() for item in text.split(separator) if item.strip()]


def _family_first(text: str) -> tuple[Name, ...]:
    """`Bao R, Xu P`, `Abel, A.B.; Cain, C.` or `Abel, A. B., Cain, C. & Dee, E.`"""
    if ";" in text:
        return _persons([item.replace(",", " ") for item in _items(_AND.sub(";", text), ";")])
    items = _items(_AND.sub(",", text), ",")
    if len(items) > 1 and _are_initials(items[1]):
        return _pair_names(items)
    return _persons(items) or _persons_and_bodies(_items(text, ","))


def _persons(items: list[str]) -> tuple[Name, ...]:
    names = [_person(item) for item in items]
    found = tuple(name for name in names if name)
    return found if len(found) == len(names) else ()


def _persons_and_bodies(items: list[str]) -> tuple[Name, ...]:
    """Persons and bodies; () for bodies only, as a body without persons could be the title."""
    names: list[Name] = []
    for item in items:
        found = _person_or_body(_LEADING_AND.sub("", item))
        if not found:
            return ()
        names += found
    return tuple(names) if any(name.family for name in names) else ()


def _person_or_body(item: str) -> tuple[Name, ...]:
    """One name, or several joined by 'and'; within a body's name, 'and' is part of it."""
    pieces = [piece for piece in _AND.split(item) if piece]
    parts = [_person(piece) or _body(piece) for piece in pieces]
    names = tuple(name for name in parts if name)
    if len(names) == len(pieces) and any(name.family for name in names):
        return names
    body = _body(item)
    return (body,) if body else ()


def _pair_names(items: list[str]) -> tuple[Name, ...]:
    """`Abel, A. B., Cain, C., Jr`: family names and initials alternating."""
    names: list[Name] = []
    family = ""
    for item in items:
        if family and _are_initials(item):
            names.append(tagged_name(family, _close_up(item)))
            family = ""
        elif names and not family and SUFFIX.fullmatch(item):
            names[-1] = _add_suffix(names[-1], item)
        elif not family and _is_family(item.split()):
            family = item
        else:
            return ()
    return () if family else tuple(names)


def _initials_first(text: str) -> tuple[Name, ...]:
    """`A.B. Abel, C.-D. Cain`: initials with full stops, then the family name."""
    names: list[Name] = []
    for item in _items(_AND.sub(",", text), ","):
        if names and SUFFIX.fullmatch(item):
            names[-1] = _add_suffix(names[-1], item)
            continue
        match = _LEADING_INITIALS.fullmatch(item)
        if not match or not _is_family(match[2].split()):
            return ()
        names.append(tagged_name(match[2], _close_up(match[1])))
    return tuple(names)


def _add_suffix(name: Name, suffix: str) -> Name:
    return Name(name.family, name.given, name.particle, suffix.rstrip("."))


def _person(item: str) -> Name | None:
    """'Van Balkom BWM' or 'Van Balkom B.W.M. Jr'."""
    words = item.split()
    suffix = ""
    if len(words) > 2 and SUFFIX.fullmatch(words[-1]):
        suffix = words.pop().rstrip(".")
    initials: list[str] = []
    while len(words) > 1 and _are_initials(words[-1]):
        initials.insert(0, words.pop())
    if not initials or not _is_family(words):
        return None
    given = "".join(map(_close_up, initials))
    return tagged_name(" ".join(words), given, suffix) if len(given) <= _LONGEST_INITIALS else None


def _body(item: str) -> Name | None:
    return Name(body=item) if is_organisation(item) else None


def _lone_body(text: str) -> tuple[Name, ...]:
    """A body as the only author, every long word capitalised: 'World Health Organization'."""
    words = text.split()
    if len(words) > _LONGEST_ALONE or not all(
        word[:1].isupper() for word in words if len(word) > 3
    ):
        return ()
    body = _body(text)
    return (body,) if body else ()


def _are_initials(text: str) -> bool:
    """Whether `text` is initials: 'BWM', 'B.W.M.', 'B. W.', 'J-P', 'Yu.'; at most five letters."""
    letters = text if text.isalpha() else _BETWEEN_INITIALS.sub("", text)
    if not letters.isalpha() or len(letters) > 5:
        return False
    return letters.isupper() or ("." in text and len(letters) <= 2 and letters[0].isupper())


def _close_up(initials: str) -> str:
    return initials if initials.isalpha() else _LOOSE_INITIALS.sub("", initials)


def _is_family(words: list[str]) -> bool:
    """Whether words can be a family name: at most four, capitalised except for particles."""
    if not words or len(words) > 4:
        return False
    capitals = 0
    for word in words:
        bare = _without_signs(word)
        if not bare.isalpha():
            return False
        if any(letter.isupper() for letter in bare):
            capitals += 1
        elif word.lower() not in PARTICLES:
            return False
    return capitals > 0
