"""Which names of a vocabulary are names as people write them, and how they are then spoken.

Each rule is one small function; docs/terminology.md explains them.
"""

from __future__ import annotations

import re

from poi_search.text.everyday_words import EVERYDAY_WORDS
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.thesaurus.forms import Key, has_capitals, is_counter

_SHORTEST = 3
_LONGEST = 8
"""Names of more stems are descriptions that nobody repeats word for word."""
_MOST_LETTERS = 70
_MOST_PARTS = 3
_LIST_WORD = re.compile(r"(?:and|or|other|not|with|without|except|including)\b", re.IGNORECASE)
_LOCANT = re.compile(r"\d'*,\d|[\[\]{}]|\d'|\(\d|\d[a-z]*\)|[+*=<>~^]")
_NUMBERED_PART = re.compile(r"(?:^|-)\d+[A-Za-z]?-")
_TOPIC = re.compile(r" as topic$", re.IGNORECASE)
_QUALIFIER = re.compile(r"\s*[(](?:disease|disorder|finding|morphologic abnormality)[)]$")
_INVERSION = re.compile(r",\s+")


def spoken(name: str) -> str:
    """A name in the order in which it is spoken: Lung Neoplasms for 'Neoplasms, Lung'. '' if it
    is a list, or has too many parts to be sure."""
    parts = _INVERSION.split(name)
    if len(parts) > _MOST_PARTS or any(_LIST_WORD.match(part) for part in parts[1:]):
        return ""
    return " ".join(reversed(parts))


def without_qualifier(name: str) -> str:
    """A name without what a vocabulary adds to it: 'as Topic', '(disease)'."""
    return _QUALIFIER.sub("", _TOPIC.sub("", name))


def is_chemical_string(name: str) -> bool:
    """Whether a name is a formula in words, with the places of its groups."""
    return bool(_LOCANT.search(name)) or len(_NUMBERED_PART.findall(name)) > 1


def is_bracketed(name: str) -> bool:
    """Whether a part of a name is in brackets, which nobody repeats."""
    return "(" in name or ")" in name


def is_too_long(name: str, key: Key) -> bool:
    return len(key) > _LONGEST or len(name) > _MOST_LETTERS


def is_too_short(name: str) -> bool:
    """Whether a name has only one or two letters or digits."""
    return sum(map(str.isalnum, name)) < _SHORTEST


def is_number(key: Key) -> bool:
    """Whether a name consists of numbers and letters that count."""
    return all(is_counter(piece) or len(piece) == 1 for piece in key)


def is_everyday(name: str, key: Key) -> bool:
    """Whether a name is an everyday word, or only words that frame others."""
    return name.lower() in EVERYDAY_WORDS or FUNCTION_WORDS.issuperset(name.lower().split())


def is_short_form(name: str) -> bool:
    """Whether a name is one word that its capitals distinguish."""
    return " " not in name and has_capitals(name)
