"""How many meanings a word has in everyday English, counted in WordNet's index of senses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_NOUN, _VERB, _ADJECTIVES = "1", "2", ("3", "5")
_STATE, _ARTIFACT, _SUBSTANCE = "1:26", "1:06", "1:27"
_THINGS = frozenset("1:03 1:05 1:06 1:08 1:13 1:17 1:18 1:20 1:27".split())
"""The files of nouns for things: kinds of them in general, animals, artifacts, parts of bodies,
food, natural objects, persons, plants, substances."""
_NATURAL = _THINGS - {_ARTIFACT, "1:18"}


class WordSenses(NamedTuple):
    """The number of a word's meanings, of those as a noun, verb or adjective, and of those as the
    noun for a state, such as a disease, for something made, such as a drug, or for something in
    nature or made of it. `thing` if the first one as a noun is something that can be touched."""

    all: int = 0
    noun: int = 0
    verb: int = 0
    adjective: int = 0
    state: int = 0
    made: int = 0
    thing: bool = False
    natural: int = 0


class EverydayEnglish:
    """The words of an index of senses, which has one line for each meaning of each word."""

    def __init__(self, lines: Iterable[str]) -> None:
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        things: set[str] = set()
        for line in lines:
            word, _, rest = line.partition("%")
            kinds[word][rest[:4]] += 1
            if rest[:4] in _THINGS and rest.split(" ")[2:3] == ["1"]:
                things.add(word)
        self._meanings = {word: _meanings(each, word in things) for word, each in kinds.items()}

    def __contains__(self, word: str) -> bool:
        return any(each in self._meanings for each in _singulars(word))

    def meanings(self, word: str) -> WordSenses:
        """Those of a word or of its singular, whichever has more."""
        return max(self._readings(word))

    def is_state(self, word: str) -> bool:
        """Whether a word or its singular is a noun for a state."""
        return any(each.state for each in self._readings(word))

    def _readings(self, word: str) -> Iterator[WordSenses]:
        return (self._meanings.get(each, WordSenses()) for each in _singulars(word))


def _meanings(kinds: Mapping[str, int], thing: bool) -> WordSenses:
    """The meanings of a word from the numbers of its senses in each of WordNet's files."""
    parts: Counter[str] = Counter()
    for kind, number in kinds.items():
        parts[kind[0]] += number
    return WordSenses(
        all=sum(kinds.values()),
        noun=parts[_NOUN],
        verb=parts[_VERB],
        adjective=sum(parts[kind] for kind in _ADJECTIVES),
        state=kinds.get(_STATE, 0),
        made=kinds.get(_ARTIFACT, 0) + kinds.get(_SUBSTANCE, 0),
        thing=thing,
        natural=sum(kinds.get(kind, 0) for kind in _NATURAL),
    )


def _singulars(word: str) -> Iterator[str]:
    """A word, and what it may be the plural of."""
    yield word
    if word.endswith("s"):
        yield word[:-1]
    if word.endswith("es"):
        yield from (word[:-2], f"{word[:-2]}is")
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
