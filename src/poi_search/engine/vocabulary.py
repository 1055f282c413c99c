"""Which terms a Prefix or a Fuzzy stands for, found in the sorted terms of the fields."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .nodes import Fields, Fuzzy, Prefix
from .postings import Source


class Vocabulary:
    """The terms of every field, sorted and by length, made at the first question that needs them;
    two threads may make the same."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._sorted: dict[str, list[str]] = {}
        self._by_length: dict[str, dict[int, list[str]]] = {}

    def beginning(self, node: Prefix) -> list[str]:
        """Terms that begin with the prefix, the most frequent first, at most its limit."""
        found: set[str] = set()
        for field, _ in node.fields:
            terms = self._terms(field)
            start = bisect_left(terms, node.text)
            for term in islice(terms, start, None):
                if not term.startswith(node.text):
                    break
                found.add(term)
        frequency = self._frequencies(node.fields)
        return sorted(found, key=lambda term: (-frequency(term), term))[: node.limit]

    def near(self, node: Fuzzy) -> list[str]:
        """Terms within the distance, the nearest and most frequent first, at most its limit."""
        distances: dict[str, int] = {}
        for field, _ in node.fields:
            lengths = self._lengths(field)
            for length in range(len(node.text) - node.distance, len(node.text) + node.distance + 1):
                matches = process.extract(
                    node.text,
                    lengths.get(length, ()),
                    scorer=OSA.distance,
                    score_cutoff=node.distance,
                    limit=None,
                )
                distances.update((term, int(distance)) for term, distance, _ in matches)
        frequency = self._frequencies(node.fields)
        order = sorted(distances, key=lambda term: (distances[term], -frequency(term), term))
        return order[: node.limit]

    def _terms(self, field: str) -> list[str]:
        terms = self._sorted.get(field)
        if terms is None:
            terms = self._sorted[field] = list(self._source.vocabulary(field))
        return terms

    def _lengths(self, field: str) -> Mapping[int, list[str]]:
        lengths = self._by_length.get(field)
        if lengths is None:
            lengths = {}
            for term in self._terms(field):
                lengths.setdefault(len(term), []).append(term)
            self._by_length[field] = lengths
        return lengths

    def _frequencies(self, fields: Fields) -> Callable[[str], int]:
        vocabularies = [self._source.vocabulary(field) for field, _ in fields]
        return lambda term: sum(terms.get(term, 0) for terms in vocabularies)
