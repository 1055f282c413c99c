"""Equal concepts of several vocabularies become one, which has the names of all.

The first source in the order of the concepts gives its id and label, and what is broader.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from poi_search.text.analysis import stems
from poi_search.thesaurus.forms import Key

from .name_filters import in_spoken_order, without_qualifier
from .source_concepts import SourceConcept

_PROTEINS = frozenset(("D08", "D12"))
_SYMBOL_FIRST = re.compile(r"([A-Z][A-Z\d]+), ")
_SURE_SYMBOL = 4
_TUMOR = re.compile(r"\b(?:cancer|neoplasm|tumou?r)s?\b", re.IGNORECASE)


def merge_equal(concepts: Iterable[SourceConcept]) -> list[SourceConcept]:
    """The concepts, those that are equal as one. Two are equal if one names the other's id and
    nothing else does, or if it does and they have a name in common, or if their labels agree."""
    every = tuple(concepts)
    groups = _Groups([concept.source for concept in every])
    for left, right in (*_referring(every), *_namesakes(every)):
        groups.join(left, right)
    members: dict[int, list[SourceConcept]] = defaultdict(list)
    for number, concept in enumerate(every):
        members[groups.first(number)].append(concept)
    id_of = {each.id: group[0].id for group in members.values() for each in group}
    return [_one(group, id_of) for group in members.values()]


class _Groups:
    """Concepts by number in groups, each known by its lowest. Two of the first source are never
    in one group: it tells them apart."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._above = list(range(len(sources)))
        self._of_first_source = [source == sources[0] for source in sources]

    def first(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, left: int, right: int) -> None:
        low, high = sorted((self.first(left), self.first(right)))
        if not self._of_first_source[high]:
            self._above[high] = low


def _referring(concepts: Sequence[SourceConcept]) -> Iterator[tuple[int, int]]:
    """The pairs of which one names the other's id."""
    number_of = {concept.id: number for number, concept in enumerate(concepts)}
    pairs = [
        (number, number_of[other])
        for number, concept in enumerate(concepts)
        for other in concept.also
        if other in number_of
    ]
    # Whether a reference is the only one is asked for each pair of sources.
    sources = [concept.source for concept in concepts]
    from_here = Counter((left, sources[right]) for left, right in pairs)
    to_there = Counter((sources[left], right) for left, right in pairs)
    for left, right in pairs:
        alone = from_here[left, sources[right]] == to_there[sources[left], right] == 1
        if alone or _keys(concepts[left]) & _keys(concepts[right]):
            yield left, right


def _namesakes(concepts: Sequence[SourceConcept]) -> Iterator[tuple[int, int]]:
    """The pairs of sources that name the same: their main names agree, or that of a gene is any
    name of the other, or its symbol the name of a protein."""
    main: dict[Key, list[int]] = defaultdict(list)
    named: dict[Key, list[int]] = defaultdict(list)
    proteins: dict[str, list[int]] = defaultdict(list)
    for number, concept in enumerate(concepts):
        main[_key(concept.names[0])].append(number)
        for key in _keys(concept):
            named[key].append(number)
        if not concept.fields.isdisjoint(_PROTEINS):
            for name in {*concept.names, concept.approved, *_symbols(concept.names)}:
                proteins[name].append(number)
    for number, concept in enumerate(concepts):
        key = _key(concept.names[0])
        found = [main[key]]
        if concept.approved:
            found += named[key], proteins[concept.approved]
        for same in found:
            # Insulin and Insulins have the same stems.
            written = [each for each in same if _main(concepts[each]) == _main(concept)]
            for one in (same, written):
                if len({concepts[other].source for other in one}) == len(one):
                    yield from ((number, other) for other in one if other < number)


def _symbols(names: Iterable[str]) -> Iterator[str]:
    """The symbols that names begin with: that of 'EZH2, Histone-Lysine N-Methyltransferase'. One
    of few letters without a number may be part of a longer one."""
    for found in filter(None, map(_SYMBOL_FIRST.match, names)):
        if len(found[1]) >= _SURE_SYMBOL or not found[1].isalpha():
            yield found[1]


def _main(concept: SourceConcept) -> str:
    return concept.names[0].lower()


def _keys(concept: SourceConcept) -> set[Key]:
    return {_key(name) for name in concept.names} - {()}


@cache
def _key(name: str) -> Key:
    """The stems of a name as spoken; for these, a cancer, a tumor and a neoplasm are one."""
    return stems(_TUMOR.sub("neoplasm", in_spoken_order(without_qualifier(name))))


def _one(group: Sequence[SourceConcept], id_of: Mapping[str, str]) -> SourceConcept:
    first = group[0]
    above = {id_of[each] for each in first.broader if each in id_of}
    symbols = (symbol for concept in group for symbol in concept.symbols)
    return replace(
        first,
        fields=frozenset().union(*(concept.fields for concept in group)),
        names=tuple(dict.fromkeys(name for concept in group for name in concept.names)),
        approved=next((concept.approved for concept in group if concept.approved), ""),
        symbols=tuple(dict.fromkeys(symbols)),
        also=tuple(sorted(concept.id for concept in group[1:])),
        broader=tuple(sorted(above - {first.id})),
    )
