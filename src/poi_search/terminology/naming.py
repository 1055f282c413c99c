"""From what vocabularies state to concepts of the terminology: which names are kept, and how."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain

from poi_search.text.analysis import tokenize
from poi_search.text.stemming import singular_form
from poi_search.thesaurus import Concept
from poi_search.thesaurus.forms import Key

from .diseases import DOID, MONDO
from .everyday import EverydayEnglish
from .general_phrases import general_phrases
from .name_filters import (
    everyday_variants,
    in_spoken_order,
    is_a_part_of,
    is_another_thing,
    is_everyday,
    is_function_word_first,
    is_left_out,
    is_of_a_count,
    is_of_place,
    is_short_form,
    is_small_short_form,
    is_with_article,
    without_qualifier,
)
from .source_concepts import SourceConcept

_SHORTEST_SYMBOL, _SHORTEST_CERTAIN, _SHORTEST_ALIAS = 3, 4, 5
"""Shorter short forms have too many meanings, unless one is the label of a descriptor; aliases of
genes, which nobody coordinates, need one letter more."""
_MIXED = re.compile(r"[a-z][A-Z]")
_FEWEST_OF_FAMILY = 2


@dataclass(frozen=True, slots=True)
class _NamesByUse:
    """The names of a concept, by how they are recognized.

    `terms` are found in any case; `places` need their capital, and so does what is `short`. What
    is `everyday` has other meanings as well.
    """

    terms: dict[Key, str] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
    everyday: list[str] = field(default_factory=list)


def named_concepts(sources: Iterable[SourceConcept], english: EverydayEnglish) -> Iterator[Concept]:
    """The concepts with the names that pass the filters. Those without any are kept, as they are
    part of the tree."""
    every = _without_symbols_of_others(tuple(sources))
    known = {source.id for source in every}
    names = [_names(source, english) for source in every]
    owner = _owners(every, names)
    general = _general(every, names)
    owners_of_short = Counter(each for one in names for each in {*map(_letters, one.short)})
    for source, own in zip(every, names, strict=True):
        shared = [
            term for key, term in own.terms.items() if not owner[key] or key in general[source.id]
        ]
        certain = [
            name
            for name in own.short
            if owners_of_short[_letters(name)] == 1 and _is_distinctive(name, source, english)
        ]
        doubtful = [name for name in own.short if name not in certain]
        yield Concept(
            source.id,
            source.label,
            terms=tuple(
                term
                for key, term in own.terms.items()
                if owner[key] == source.id and term not in shared
            ),
            case=(*own.places, *certain),
            also=source.also,
            broader=tuple(each for each in source.broader if each in known),
            topic=source.source,
            source="terminology",
            ambiguous=(*shared, *own.everyday, *doubtful),
        )


def _without_symbols_of_others(sources: Sequence[SourceConcept]) -> list[SourceConcept]:
    """The concepts, whose aliases are not the approved symbol of another gene, nor what those of
    several others begin with before a number: STAT, as STAT1 and STAT2 are."""
    approved = {_letters(source.approved) for source in sources if source.approved}
    families = Counter(map(_family, approved))
    kept = []
    for source in sources:
        own = _letters(source.approved)
        symbols = tuple(
            symbol
            for symbol in source.symbols
            if ((letters := _letters(symbol)) == own or letters not in approved)
            and (families[letters] < _FEWEST_OF_FAMILY or letters == _family(own))
        )
        kept.append(replace(source, symbols=symbols))
    return kept


def _family(letters: str) -> str:
    """A symbol without its number; '' without one."""
    family = letters.rstrip("0123456789")
    return family if family != letters else ""


def _general(
    sources: Sequence[SourceConcept], names: Sequence[_NamesByUse]
) -> Mapping[str, frozenset[Key]]:
    """By id of a disease that MeSH does not have, those of its names that are general phrases."""
    keys = {source.id: own.terms.keys() for source, own in zip(sources, names, strict=True)}
    labels = {
        source.id: words_of(in_spoken_order(source.label))
        for source in sources
        if source.source in {MONDO, DOID}
    }
    general = general_phrases(keys, labels, {source.id: source.broader for source in sources})
    return {
        source.id: general - {labels[source.id]} if source.id in labels else frozenset()
        for source in sources
    }


def _names(source: SourceConcept, english: EverydayEnglish) -> _NamesByUse:
    """The names in spoken order that are kept; of a singular and its plural the first."""
    names = _NamesByUse()
    seen: set[Key] = set()
    label = words_of(in_spoken_order(source.label))
    spoken = map(in_spoken_order, map(without_qualifier, source.names))
    for name in chain.from_iterable(map(everyday_variants, spoken)):
        key, fields = words_of(name), source.fields
        if not key or key in seen:
            continue
        main = name == source.label
        if is_left_out(name, key) or is_small_short_form(name, fields, main, english):
            continue
        seen.add(key)
        if is_short_form(name):
            names.short.append(name)
        elif is_of_place(name, fields):
            names.places.append(name)
        elif (
            is_a_part_of(key, label)
            or is_with_article(name, english)
            or is_function_word_first(key, name, label)
            or is_another_thing(name, fields, main, english)
            or is_everyday(name, fields, main, english)
        ):
            names.everyday.append(name.lower())
        else:
            names.terms[key] = name
    for symbol in (source.approved, *source.symbols):
        if len(_letters(symbol)) >= _SHORTEST_SYMBOL and words_of(symbol) not in seen:
            seen.add(words_of(symbol))
            names.short.append(symbol)
    return names


def _is_distinctive(name: str, source: SourceConcept, english: EverydayEnglish) -> bool:
    """Whether a short form of one concept only has hardly a meaning beside it."""
    letters = _letters(name)
    if letters in english or is_of_a_count(name):
        return False
    if name == source.label and not source.approved:
        return True
    alias = name in source.symbols and name != source.approved
    shortest = _SHORTEST_ALIAS if alias else _SHORTEST_CERTAIN
    if _is_mixed(name) and source.source not in {MONDO, DOID}:
        shortest = _SHORTEST_SYMBOL if name[0].islower() else shortest - 1
    return len(letters) >= shortest


def _is_mixed(name: str) -> bool:
    """Whether the capitals of a short form mean little else: eNOS, xCT, but not pT1."""
    return bool(_MIXED.search(name)) and sum(map(str.isalpha, name)) >= _SHORTEST_SYMBOL


def _owners(sources: Sequence[SourceConcept], names: Sequence[_NamesByUse]) -> Mapping[Key, str]:
    """For each name of several concepts the id of the one that it stands for: whose label it is
    (of several the one with the most names), or else that of the first source; '' if that leaves
    several."""
    by_key: dict[Key, list[SourceConcept]] = defaultdict(list)
    for source, own in zip(sources, names, strict=True):
        for key in own.terms:
            by_key[key].append(source)
    return {key: _owner(key, found) for key, found in by_key.items()}


def _owner(key: Key, found: Sequence[SourceConcept]) -> str:
    if len(found) == 1:
        return found[0].id
    labelled = [source for source in found if words_of(in_spoken_order(source.label)) == key]
    if labelled:
        return max(labelled, key=lambda source: len(source.names)).id
    first = [source for source in found if source.source == found[0].source]
    return first[0].id if len(first) == 1 else ""


@cache
def words_of(name: str) -> Key:
    """The words of a name, each in the singular and in American spelling."""
    return tuple(singular_form(token.exact) for token in tokenize(name))


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()
