"""Author lists of references: `Bao R, Van Balkom BWM, et al`, `Abel, A.B.; Cain, C.`, `A.B. Abel`.

Every parser here answers None when the text is not surely a list of authors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ET_AL = re.compile(
    r"[,;]?\s*(?:and\s+|&\s*)?\b(?:et\.?\s?al|and others)\b\.?,?\s*$", re.IGNORECASE
)
_SUFFIX = re.compile(r"^(?:Jr|Sr|II|III|IV|2nd|3rd)\.?$")
_PARTICLES = frozenset(
    "van von der den de del della di da dos das do du des la le lo ten ter te zu zur bin ibn al el"
    " 't d' o' st st. y e af av".split()
)
_COLLECTIVE = re.compile(
    r"\b(?:group|consortium|committee|society|association|organi[sz]ation|collaborat\w+|network"
    r"|federation|institute|academy|council|college|investigators|members|panel|agency|centers?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Authors:
    """Names as 'Van Balkom BWM', in order; `et_al` if the list is printed cut short."""

    names: tuple[str, ...]
    et_al: bool = False


def parse_authors(text: str) -> Authors | None:
    """The authors of any of the known styles, or None if some item is no author."""
    bare = _ET_AL.sub("", text.strip())
    et_al = bare != text.strip()
    bare = bare.strip().rstrip(",;: ")
    if not bare:
        return None
    names = _initials_first(bare) or _family_first(bare) or _alone(bare)
    return Authors(names, et_al) if names else None


def _items(text: str, separator: str) -> list[str]:
    joined = re.sub(r"[,;]?\s+(?:and|&)\s+|\s*&\s*", separator, text)
    return [item.strip() for item in joined.split(separator) if item.strip()]


def _family_first(text: str) -> tuple[str, ...]:
    """`Bao R, Xu P`, `Abel, A.B.; Cain, C.` or `Abel, A. B., Cain, C. & Dee, E.`"""
    if ";" in text:
        names = [_name(item.replace(",", " ")) for item in _items(text, ";")]
        return tuple(names) if all(names) else ()
    items = _items(text, ",")
    if len(items) > 1 and _are_initials(items[1]):
        return _paired(items)
    names = [_name(item) for item in items]
    if all(names):
        return tuple(names)
    # A study group may stand among persons, but not alone: it could be the title.
    mixed = [name or _group(item) for name, item in zip(names, items, strict=True)]
    return tuple(mixed) if any(names) and all(mixed) else ()


def _paired(items: list[str]) -> tuple[str, ...]:
    """`Abel, A. B., Cain, C., Jr`: family names and initials in turn."""
    names: list[str] = []
    family = ""
    for item in items:
        if family and _are_initials(item):
            names.append(f"{family} {_initials(item)}")
            family = ""
        elif names and not family and _SUFFIX.match(item):
            names[-1] += f" {item.rstrip('.')}"
        elif not family and _is_family(item.split()):
            family = item
        else:
            return ()
    return () if family else tuple(names)


def _initials_first(text: str) -> tuple[str, ...]:
    """`A.B. Abel, C.-D. Cain`: the initials with full stops before the family name."""
    names: list[str] = []
    for item in _items(text, ","):
        match = re.fullmatch(r"((?:[^\W\d_]\.[\s-]?)+)\s*(\S.*)", item)
        if names and _SUFFIX.match(item):
            names[-1] += f" {item.rstrip('.')}"
            continue
        if not match or not _is_family(match[2].split()):
            return ()
        names.append(f"{match[2].strip()} {_initials(match[1])}")
    return tuple(names)


def _name(item: str) -> str:
    """'Van Balkom BWM' from 'Van Balkom BWM' or 'Van Balkom B.W.M.'; '' if it is no name."""
    words = item.split()
    suffix = ""
    if len(words) > 2 and _SUFFIX.match(words[-1]):
        suffix = " " + words.pop().rstrip(".")
    initials: list[str] = []
    while len(words) > 1 and _are_initials(words[-1]):
        initials.insert(0, words.pop())
    if not initials or not _is_family(words):
        return ""
    joined = "".join(_initials(part) for part in initials)
    return f"{' '.join(words)} {joined}{suffix}" if len(joined) <= 6 else ""


def _group(item: str) -> str:
    words = item.split()
    named = _COLLECTIVE.search(item) is not None and 1 < len(words) <= 14
    return item if named and words[0][:1].isupper() else ""


def _alone(text: str) -> tuple[str, ...]:
    """A body as the only author: 'World Health Organization', every long word a capital."""
    words = text.split()
    if len(words) > 8 or not all(word[:1].isupper() for word in words if len(word) > 3):
        return ()
    return (text,) if _group(text) else ()


def _are_initials(text: str) -> bool:
    """'BWM', 'B.W.M.', 'B. W.', 'J-P', 'Yu.'; at most five letters, capitals."""
    letters = re.sub(r"[.\s\u2010-]", "", text)
    if not letters.isalpha() or len(letters) > 5:
        return False
    return letters.isupper() or ("." in text and len(letters) <= 2 and letters[0].isupper())


def _initials(text: str) -> str:
    return re.sub(r"[.\s]|-(?=$)", "", text)


def _is_family(words: list[str]) -> bool:
    """One to four words, capitalised apart from particles, letters and '-' only."""
    if not words or len(words) > 4:
        return False
    capitals = 0
    for word in words:
        bare = re.sub(r"[-\u2010'’.`]", "", word)
        if not bare.isalpha():
            return False
        if any(letter.isupper() for letter in bare):
            capitals += 1
        elif word.lower() not in _PARTICLES:
            return False
    return capitals > 0
