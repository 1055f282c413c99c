"""Names of diseases that are the general end of the names of many others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.thesaurus.forms import Key

_GENERIC = frozenset("deficiency disease disorder syndrome".split())
_OTHERS = 3
"""So many diseases that are not below one, and whose names end with a name of it."""


def general_phrases(
    names: Mapping[str, Collection[Key]],
    labels: Mapping[str, Key],
    broader: Mapping[str, Sequence[str]],
) -> frozenset[Key]:
    """The names of the concepts in `labels` that say less than what they are: transferase
    deficiency for one of the many. A name that has a word of the label says more."""
    owners: dict[Key, set[str]] = defaultdict(set)
    for concept, label in labels.items():
        for key in names[concept]:
            if len(key) > 1 and not (set(key) & set(label)) - FUNCTION_WORDS - _GENERIC:
                owners[key].add(concept)
    others: dict[Key, set[str]] = defaultdict(set)
    for concept, keys in names.items():
        ends = {end for key in keys for end in _ends(key) if end in owners}
        if ends:
            above = {concept, *_above(concept, broader)}
            for end in ends:
                if owners[end].isdisjoint(above):
                    others[end].add(concept)
    return frozenset(end for end, found in others.items() if len(found) >= _OTHERS)


def _ends(key: Key) -> Iterable[Key]:
    return (key[at:] for at in range(1, len(key) - 1))


def _above(concept: str, broader: Mapping[str, Sequence[str]]) -> Iterator[str]:
    found, left = {concept}, [concept]
    while left:
        for above in broader.get(left.pop(), ()):
            if above not in found:
                found.add(above)
                left.append(above)
                yield above
