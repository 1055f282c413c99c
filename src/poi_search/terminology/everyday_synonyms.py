"""Other everyday words for a word, from WordNet: words of any subject, which are no names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from poi_search.text.analysis import stems

_MEANINGS = 2
"""So many of a word's meanings, the commonest, have words that may stand for it."""
_PARTS = ("1", "2")
"""Nouns and verbs."""


def everyday_synonyms(senses: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The stems of other words for each stem, by an index of senses, as lines."""
    words_of: dict[str, list[str]] = defaultdict(list)
    meanings: list[tuple[str, str]] = []
    for word, synset, number in _read(senses):
        words_of[synset].append(word)
        if number <= _MEANINGS:
            meanings.append((word, synset))
    stem_of = {word: stems(word) for words in words_of.values() for word in words}
    others: dict[str, set[str]] = defaultdict(set)
    for word, synset in meanings:
        own = stem_of[word]
        if len(own) == 1:
            found = (stem_of[other] for other in words_of[synset])
            others[own[0]] |= {other[0] for other in found if len(other) == 1 and other != own}
    return {stem: tuple(sorted(found)) for stem, found in others.items() if found}


def _read(senses: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Each noun or verb of one word, with a set of synonyms and the number of this meaning."""
    for line in senses:
        word, _, rest = line.partition("%")
        key, synset, number, _ = rest.split(" ")
        if key[0] in _PARTS and word.isalpha():
            yield word, key[0] + synset, int(number)
