"""Spelling correction of unknown words.

A word is corrected only if it occurs nowhere and is not a term. A wrong correction does more
harm than none: short words, words with digits, abbreviations, and words that differ from all
others by more than a typing or spelling slip are left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from poi_search.query.real_words import is_real_word
from poi_search.query.slips import are_contrary, slip_cost, sound_key
from poi_search.text.analysis import fold, tokenize
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.text.stemming import stem
from poi_search.thesaurus.forms import INNER_CAPITAL

_SHORTEST: Final = 5
_SHORTEST_HALF: Final = 3
_TOLERANCES: Final = {5: 0.9, 6: 1.0, 7: 1.1, 8: 1.4, 9: 1.6, 10: 1.8, 11: 1.8, 12: 1.8}
_VOWELS: Final = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible correction: its folded form, its edit distance, and the units it occurs in."""

    form: str
    distance: int
    frequency: int


class Speller:
    """Knows the words of a library.

    vocabulary  folded surface form → the number of units it occurs in
    terms       words or phrases that a search understands: they count as known, and as candidates
                if they are words: nobody means a piece of a short form (the STRA of STRA8)
    """

    def __init__(self, vocabulary: Mapping[str, int], terms: Iterable[str] = ()) -> None:
        known, words = _words(terms)
        self._frequency = {**dict.fromkeys(words, 0), **vocabulary}
        self._stems = {stem(form) for form in (*known, *self._frequency)}
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for form in sorted(self._frequency):
            shortest = _SHORTEST - 1 if form in vocabulary else _SHORTEST
            if len(form) >= shortest and _is_word(form):
                self._by_length[len(form)].append(form)
                self._by_sound[sound_key(form)].append(form)

    def knows(self, word: str) -> bool:
        """Whether a word occurs in any inflection, or is a term."""
        return stem(fold(word)) in self._stems

    def suggest(self, word: str, most: int = 5) -> tuple[Candidate, ...]:
        """Possible corrections of an unknown word, the likeliest first; empty for known words and
        for words that should be left alone."""
        folded = fold(word)
        if len(folded) < _SHORTEST or not _is_word(folded) or self.knows(folded):
            return ()
        if is_real_word(folded):
            return ()
        own = stem(folded)
        ranked = []
        for form, distance in self._near(folded).items():
            cost = slip_cost(folded, form)
            if cost > _tolerance(len(folded)) or are_contrary(folded, form) or stem(form) == own:
                continue
            frequency = self._frequency[form]
            ranked.append(
                ((distance, cost, -frequency, form), Candidate(form, distance, frequency))
            )
        return tuple(candidate for _, candidate in sorted(ranked)[:most])

    def best(self, word: str) -> Candidate | None:
        """The best correction: a near word, else two words, else a more distant word."""
        near, parts = self.suggest(word, most=1), self.split(word)
        if near and (near[0].distance == 1 or not parts):
            return near[0]
        return parts[0] if parts else None

    def split(self, word: str) -> tuple[Candidate, ...]:
        """An unknown word as two known ones ('stemcell' → 'stem cell'), the most frequent first."""
        folded = fold(word)
        if not folded.isalpha() or self.knows(folded) or is_real_word(folded):
            return ()
        found = []
        for place in range(_SHORTEST_HALF, len(folded) - _SHORTEST_HALF + 1):
            left, right = folded[:place], folded[place:]
            if self._stands_alone(left) and self._stands_alone(right):
                rarer = min(self._frequency[left], self._frequency[right])
                found.append(Candidate(f"{left} {right}", 1, rarer))
        return tuple(sorted(found, key=lambda each: (-each.frequency, each.form)))

    def join(self, first: str, second: str) -> Candidate | None:
        """Two words, not both of them known, as one known word ('gran ulosa' → 'granulosa')."""
        left, right = fold(first), fold(second)
        joined = left + right
        if not joined.isalpha() or (self.knows(left) and self.knows(right)):
            return None
        frequency = self._frequency.get(joined)
        return None if frequency is None else Candidate(joined, 1, frequency)

    def _stands_alone(self, half: str) -> bool:
        """Whether a half is a word of the corpus; a word of three letters must be frequent."""
        least = 3 if len(half) == _SHORTEST_HALF else 1
        known = self._frequency.get(half, 0) >= least
        return known and half not in FUNCTION_WORDS and half not in _NEVER_ALONE

    def _near(self, word: str) -> dict[str, int]:
        """Forms within reach and their distances; words that sound the same are always in reach."""
        reach = _reach(len(word))
        near: dict[str, int] = {}
        for length in range(len(word) - reach, len(word) + reach + 1):
            forms = self._by_length.get(length, [])
            found = process.extract(
                word, forms, scorer=OSA.distance, score_cutoff=reach, limit=None
            )
            near |= {form: int(distance) for form, distance, _ in found}
        for form in self._by_sound.get(sound_key(word), ()):
            near.setdefault(form, OSA.distance(word, form))
        return near


def _reach(length: int) -> int:
    """The highest edit distance for a word of this many letters."""
    return 1 if length < 8 else 2 if length < 13 else 3


def _tolerance(length: int) -> float:
    """The highest cost of slips in a word of this many letters; see `slip_cost`."""
    return _TOLERANCES.get(length, 2.4)


def _is_word(form: str) -> bool:
    """Whether a form is all letters with a vowel: neither a number nor an abbreviation."""
    return form.isalpha() and not _VOWELS.isdisjoint(form)


def _words(phrases: Iterable[str]) -> tuple[set[str], set[str]]:
    """The pieces of phrases, folded: all of them, and those that are no part of a short form."""
    every: set[str] = set()
    words: set[str] = set()
    for phrase in phrases:
        for token in tokenize(phrase):
            every.add(token.exact)
            if not INNER_CAPITAL.search(phrase[token.start : token.end]):
                words.add(token.exact)
    return every, words


_NEVER_ALONE: Final = frozenset(
    "ability anti auto bio cardio cerebro chemo counter dis endo extra hyper hypo infra inter intra"
    " iso macro mal mega meta micro mid mini mis mono multi myo neo neuro non off oligo out over"
    " para patho peri photo physio poly post pre pro pseudo psycho radio self semi sub super supra"
    " sur tele trans tri ultra under uni vaso able age ance ation fold free ful ing ism ist itis"
    " less like logy ment ness oma ose osis ship tion ward wise".split()
)
"""Pieces that occur next to a hyphen but are not words on their own."""
