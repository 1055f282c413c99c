"""Which names of a vocabulary are names as people write them, and how they are then spoken.

Each rule is one small function; docs/terminology.md explains them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.thesaurus.forms import Key, has_capitals, is_counter

from .everyday import EverydayEnglish, WordSenses
from .source_concepts import MeshFields

_FEWEST_LETTERS, _MOST_LETTERS = 3, 70
_MOST_STEMS = 8
"""Longer names are descriptions that nobody repeats word for word."""
_MOST_PARTS = 3
_INVERSION = re.compile(r",\s+")
_LIST_WORD = re.compile(r"(?i:and|or|other|not|with|without|except|including)\b|somatic\b")
"""Also the remark on diseases that the mutation of a gene causes in some cells only."""
_CHEMICAL = re.compile(r"\d'*,\d|[\[\]{}]|\d'|\(\d|\d[a-z]*\)|[+*=<>~^]")
_RESIDUES = re.compile(r"[A-Z][a-z]{2}(?:-[A-Z][a-z]{2})+")
_NUMBERED_PART = re.compile(r"(?:^|-)\d+[A-Za-z]?-")
_COUNTED = frozenset(
    "appendix box case chapter fig figs figure grade group lane level line panel part phase scheme"
    " section set stage step table type"
    " jan feb mar march apr jun jul aug sep sept oct nov dec".split()
)
"""Words that captions and dates number."""
_PERSONS = re.compile(r"\bpersons\b", re.IGNORECASE)
_GENERIC = frozenset("disease disorder gland syndrome".split())
_TOPIC = re.compile(r" as topic$", re.IGNORECASE)
_QUALIFIER = re.compile(r" [(](?:disease|disorder|finding)[)]$")
_REMARK = re.compile(r"[()/;:_]|\s-|-\s|--|\b(?:NOS|unspecified|obsolete|nec|caused by)\b")
_REST = re.compile(r"(?:of|other|in|no|any)\s", re.IGNORECASE)
"""What begins the rest of a longer name: 'in liveborn infant asphyxia'."""
_PREPOSITION = re.compile(r"(?:after|before|during|without)-", re.IGNORECASE)
_PAIR = 2
_STUDIED_IN = re.compile(r"in (?:silico|situ|utero|vitro|vivo)\b", re.IGNORECASE)
_PLACES = "Z"
_DISEASES = "C"
_THINGS = frozenset("ABD")
"""The trees of MeSH that have bodies, organisms and substances. Like the names of diseases, theirs
mean the same in an article far more often than other words do."""
_MEANINGS, _MEANINGS_OF_DISEASES, _MEANINGS_OF_THINGS = 4, 8, 16
_MEANINGS_OF_SHORT_WORDS = 2
_AS_VERB, _AS_VERB_OF_DISEASES = 7, 9
"""With so many meanings in everyday English, a word of biomedicine is an everyday one as well."""
_SHORT_WORD, _SHORT_NAME, _SHORT_ALIAS = 5, 3, 4
_SUBSTANCES = "D"
_ARTICLE, _ONE = "a", "i"


def in_spoken_order(name: str) -> str:
    """A name in the order in which it is spoken: Lung Neoplasms for 'Neoplasms, Lung'. '' if it
    is a list, explains a short form, or has too many parts to be sure."""
    first, *rest = _INVERSION.split(name)
    if rest and (
        len(rest) >= _MOST_PARTS or is_short_form(first) or any(map(_LIST_WORD.match, rest))
    ):
        return ""
    return " ".join((*reversed(rest), first))


def without_qualifier(name: str) -> str:
    """A name without what a vocabulary adds to it: 'as Topic', '(disease)'."""
    return _QUALIFIER.sub("", _TOPIC.sub("", name))


def everyday_variants(name: str) -> Iterator[str]:
    """The name, and as people say it whom vocabularies call persons: blind people."""
    yield name
    if _PERSONS.search(name):
        yield _PERSONS.sub(lambda found: "People" if found[0][0] == "P" else "people", name)


def is_left_out(name: str, key: Key) -> bool:
    """Whether nobody writes a name like this in a text, or everybody does with other meanings."""
    return (
        is_chemical_string(name)
        or has_remark(name)
        or is_rest(name)
        or is_too_long(name, key)
        or is_too_short(name)
        or is_number(key)
        or is_frame(name)
    )


def is_chemical_string(name: str) -> bool:
    """Whether a name is a formula in words, with the places of its groups, or a sequence of amino
    acids."""
    return (
        bool(_CHEMICAL.search(name) or _RESIDUES.fullmatch(name))
        or len(_NUMBERED_PART.findall(name)) > 1
    )


def has_remark(name: str) -> bool:
    """Whether a part of a name explains the rest: in brackets, after a dash or semicolon."""
    return bool(_REMARK.search(name))


def is_rest(name: str) -> bool:
    """Whether a name is the rest of a longer one, as it begins with a preposition."""
    return bool(_REST.match(name)) and not (_STUDIED_IN.match(name) or name[:2].isupper())


def is_too_long(name: str, key: Key) -> bool:
    return len(key) > _MOST_STEMS or len(name) > _MOST_LETTERS


def is_too_short(name: str) -> bool:
    """Whether a name has only one or two letters or digits."""
    return sum(map(str.isalnum, name)) < _FEWEST_LETTERS


def is_number(key: Key) -> bool:
    """Whether a name consists of numbers and letters that count."""
    return all(is_counter(piece) or len(piece) == 1 for piece in key)


def is_frame(name: str) -> bool:
    """Whether a name consists of function words."""
    return FUNCTION_WORDS.issuperset(name.lower().split())


def is_short_form(name: str) -> bool:
    """Whether a name is one word that its capitals distinguish."""
    return " " not in name and has_capitals(name)


def is_a_part_of(key: Key, label: Key) -> bool:
    """Whether a name is one word of a label, which it stands for only where that is named: the
    dependence of substance dependence, but not the asthma of asthma disorder."""
    return len(key) == 1 < len(label) and key[0] in label and not set(label) - set(key) <= _GENERIC


def is_of_a_count(name: str) -> bool:
    """Whether a short form is also a word with its number, as in a caption or date: FIG4."""
    return name.rstrip("0123456789").lower() in _COUNTED


def is_small_short_form(
    name: str, fields: MeshFields, main: bool, english: EverydayEnglish
) -> bool:
    """Whether a name is a short form without its capitals: one short word, also with a number
    after it, that English does not have, and that is not the name of a thing."""
    word, _, number = name.partition(" ")
    letters = len(word) + len(number)
    numbered = number.isdigit()
    if letters > (_SHORT_NAME if numbered else _SHORT_WORD) or not word.isalnum():
        return False
    if word != name and not numbered:
        return False
    if has_capitals(name) or name.lower() in english:
        return False
    trees = _trees(fields)
    alias = _SUBSTANCES in trees and not main
    return letters <= (_SHORT_ALIAS if alias else _SHORT_NAME) or _THINGS.isdisjoint(trees)


def is_with_article(name: str, english: EverydayEnglish) -> bool:
    """Whether a name is also a word with an article or abbreviation beside it: A Genes, or a word
    with many meanings numbered I."""
    first, _, last = name.lower().partition(" ")
    if first == _ARTICLE:
        return last.isalpha()
    return last == _ONE and english.meanings(first).all >= _MEANINGS


def is_another_thing(name: str, fields: MeshFields, main: bool, english: EverydayEnglish) -> bool:
    """Whether a name of a thing beside its label is one word that everyday English has, but for
    nothing in nature: an arrowhead is a part of an arrow there, not a plant. The name of a disease
    may be that of a thing instead: the pituitary, for its inflammation."""
    own, trees = english.meanings(name.lower()), _trees(fields)
    if main or own.noun == 0:
        return False
    if _DISEASES in trees:
        return bool(own.natural) and not english.is_state(name.lower())
    if own.natural or trees.isdisjoint(_THINGS):
        return False
    return _SUBSTANCES not in trees or not own.made


def is_function_word_first(key: Key, name: str, label: Key) -> bool:
    """Whether two words begin with a function word that the label does not have: After Care."""
    first, _, rest = name.partition(" ")
    before_noun = _PREPOSITION.match(name) or (rest and first.lower() in FUNCTION_WORDS)
    return len(key) == _PAIR and bool(before_noun) and not first.isupper() and key[0] not in label


def is_of_place(name: str, fields: MeshFields) -> bool:
    """Whether a name is that of a place in one word, which needs its capital: Turkey."""
    return _trees(fields) == {_PLACES} and " " not in name and name.istitle()


def is_everyday(name: str, fields: MeshFields, main: bool, english: EverydayEnglish) -> bool:
    """Whether a name is one word that means other things in everyday English: lead, role, face.

    The names of things and the main names of diseases may have more meanings than others.
    """
    own, trees = english.meanings(name.lower()), _trees(fields)
    if not name.isalpha():
        return False
    if own.adjective > own.noun + 1:
        return True  # what is molar is rarely a tooth
    if _DISEASES in trees:
        return _is_everyday_disease(own, main, len(name) <= _SHORT_WORD)
    if trees.isdisjoint(_THINGS):
        return own.all >= _MEANINGS
    if own.noun >= _MEANINGS and not own.thing:
        return True  # an element is a part of something before it is a chemical one
    return own.all >= _MEANINGS_OF_THINGS or own.verb >= _AS_VERB


def _is_everyday_disease(own: WordSenses, main: bool, short: bool) -> bool:
    """A short word must be that of a state in English as well: flu, but not mono."""
    if main:
        return own.verb >= _AS_VERB_OF_DISEASES
    if short:
        return not own.state or own.all >= _MEANINGS_OF_SHORT_WORDS
    return own.all >= _MEANINGS_OF_DISEASES


def _trees(fields: MeshFields) -> set[str]:
    return {field[0] for field in fields}
