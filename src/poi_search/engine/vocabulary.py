"""Look-ups in the terms of fields: frequencies, terms with a prefix, and similar terms."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA


class Vocabulary:
    """The terms of every field, sorted and by length, prepared when a look-up first needs them.

    Two threads may prepare the same ones. `terms` returns the terms of a field, sorted by code
    point, with their document frequencies.
    """

    def __init__(self, terms: Callable[[str], Mapping[str, int]]) -> None:
        self._terms = terms
        self._sorted: dict[str, list[str]] = {}
        self._by_length: dict[str, dict[int, list[str]]] = {}

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        stored = self._terms(field)
        return {term: stored[term] for term in terms if term in stored}

    def prefix(self, fields: Sequence[str], text: str, limit: int) -> dict[str, int]:
        found: set[str] = set()
        for field in fields:
            terms = self._in_order(field)
            for term in islice(terms, bisect_left(terms, text), None):
                if not term.startswith(text):
                    break
                found.add(term)
        frequency = self._frequency(fields)
        first = sorted(found, key=lambda term: (-frequency(term), term))[:limit]
        return {term: frequency(term) for term in first}

    def near(self, fields: Sequence[str], text: str, distance: int, limit: int) -> dict[str, int]:
        distances: dict[str, int] = {}
        for field in fields:
            lengths = self._lengths(field)
            for length in range(len(text) - distance, len(text) + distance + 1):
                matches = process.extract(
                    text,
                    lengths.get(length, ()),
                    scorer=OSA.distance,
                    score_cutoff=distance,
                    limit=None,
                )
                distances.update((term, int(edits)) for term, edits, _ in matches)
        frequency = self._frequency(fields)
        order = sorted(distances, key=lambda term: (distances[term], -frequency(term), term))
        return {term: frequency(term) for term in order[:limit]}

    def _in_order(self, field: str) -> list[str]:
        terms = self._sorted.get(field)
        if terms is None:
            terms = self._sorted[field] = list(self._terms(field))
        return terms

    def _lengths(self, field: str) -> Mapping[int, list[str]]:
        lengths = self._by_length.get(field)
        if lengths is None:
            lengths = {}
            for term in self._in_order(field):
                lengths.setdefault(len(term), []).append(term)
            self._by_length[field] = lengths
        return lengths

    def _frequency(self, fields: Sequence[str]) -> Callable[[str], int]:
        vocabularies = [self._terms(field) for field in fields]
        return lambda term: sum(terms.get(term, 0) for terms in vocabularies)
