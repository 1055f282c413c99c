"""How many meanings a word has in everyday English, counted in WordNet's index of senses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_NOUN, _VERB, _ADJECTIVES = "1", "2", ("3", "5")


class Meanings(NamedTuple):
    """The number of a word's meanings, and of those as a noun, verb or adjective."""

    all: int = 0
    noun: int = 0
    verb: int = 0
    adjective: int = 0


class EverydayEnglish:
    """The words of an index of senses, which has one line for each meaning of each word."""

    def __init__(self, lines: Iterable[str]) -> None:
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        for line in lines:
            word, _, rest = line.partition("%")
            kinds[word][rest[:1]] += 1
        self._meanings = {word: _meanings(each) for word, each in kinds.items()}

    def __contains__(self, word: str) -> bool:
        return any(each in self._meanings for each in _singulars(word))

    def meanings(self, word: str) -> Meanings:
        """Those of a word or of its singular, whichever has more."""
        return max(self._meanings.get(each, Meanings()) for each in _singulars(word))


def _meanings(kinds: Mapping[str, int]) -> Meanings:
    adjectives = sum(kinds.get(kind, 0) for kind in _ADJECTIVES)
    return Meanings(sum(kinds.values()), kinds.get(_NOUN, 0), kinds.get(_VERB, 0), adjectives)


def _singulars(word: str) -> Iterator[str]:
    """A word, and what it may be the plural of."""
    yield word
    if word.endswith("s"):
        yield word[:-1]
    if word.endswith("es"):
        yield from (word[:-2], f"{word[:-2]}is")
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
