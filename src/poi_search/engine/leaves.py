"""Exact BM25F for the leaves of a query.

For a term in fields f with weights w, where n of N units contain it:

    tf'   = sum over f of  w · tf / (1 - b + b · length / average length)
    idf   = ln(1 + (N - n + 0.5) / (n + 0.5))
    score = weight · idf · tf' · (k1 + 1) / (k1 + tf')

The average length of a field is over the units where it is not empty. For terms that count as
one thing, tf' is summed before saturation, and n is the number of units with any of them.
(Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009, section 3.6.)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from poi_search.lru import LruCache

from .columns import Columns, Floats
from .nodes import Fields, Fuzzy, Phrase, Prefix, Synonyms, Term
from .postings import (
    NOTHING,
    CachedPostings,
    Scored,
    Weighted,
    add_up,
    phrase_frequencies,
    read_only,
)
from .seam import EngineError, Scoring
from .vocabulary import Vocabulary

Leaf = Term | Synonyms | Phrase | Prefix | Fuzzy
LEAVES = (Term, Synonyms, Phrase, Prefix, Fuzzy)


class Leaves:
    """Scores leaves over one open index, and caches the results."""

    def __init__(
        self, postings: CachedPostings, columns: Columns, scoring: Scoring, cache: LruCache
    ) -> None:
        self._postings, self._scoring, self._cache = postings, scoring, cache
        self.vocabulary = Vocabulary(postings.terms)
        self._total = len(columns.ids)
        self._norms = {name: _norm(columns, scoring, name) for name in columns.fields}

    def score(self, node: Leaf) -> Scored:
        """The matching units with their scores."""
        return self._cache.get(node, lambda: read_only(self._score(node)))

    def _score(self, node: Leaf) -> Scored:
        check(node.weight, "weight")
        units, values, idf = self._saturate(self._frequencies(node))
        return Scored(units, values if node.weight == 1 else values * node.weight, idf)

    def _saturate(self, frequencies: Weighted) -> Scored:
        units, tf = frequencies
        if not units.size:
            return Scored(units, tf, 0.0)
        n, k1 = units.size, self._scoring.k1
        idf = math.log(1 + (self._total - n + 0.5) / (n + 0.5))
        return Scored(units, idf * (k1 + 1) * tf / (k1 + tf), idf)

    def _frequencies(self, node: Leaf) -> Weighted:
        """Units with their tf'."""
        match node:
            case Term(text, fields):
                return self._over(fields, lambda field: self._postings.read(field, text))
            case Phrase(terms, fields):
                return self._over(fields, lambda field: self._phrase(field, terms))
            case Synonyms(synonyms):
                parts = [times(self._frequencies(term), term.weight) for term in synonyms]
            case Prefix():
                found = self.vocabulary.prefix(_names(node), node.text, node.limit)
                parts = self._expand(node.fields, found)
            case Fuzzy():
                found = self.vocabulary.near(_names(node), node.text, node.distance, node.limit)
                parts = self._expand(node.fields, found)
        return add_up([part for part in parts if part.units.size], self._total)

    def _expand(self, fields: Fields, texts: Iterable[str]) -> list[Weighted]:
        return [self._frequencies(Term(text, fields)) for text in texts]

    def _over(self, fields: Fields, read: Callable[[str], Weighted]) -> Weighted:
        parts = []
        for field, weight in fields:
            if not self._postings.has(field):
                continue
            if not 0 < weight < math.inf:
                raise EngineError(f"the weight of field {field!r} is {weight}: it must be above 0")
            units, counts = read(field)
            if units.size:
                parts.append(Weighted(units, weight * counts * self._norms[field][units]))
        return add_up(parts, self._total)

    def _phrase(self, field: str, terms: Sequence[str]) -> Weighted:
        if not terms:
            return NOTHING
        return phrase_frequencies([self._postings.places(field, term) for term in terms])


def _names(node: Prefix | Fuzzy) -> list[str]:
    return [field for field, _ in node.fields]


def times(part: Weighted, weight: float) -> Weighted:
    """The values multiplied by a weight; EngineError if it is below 0 or not finite."""
    check(weight, "weight")
    return part if weight == 1 else Weighted(part.units, part.values * weight)


def check(number: float, what: str) -> None:
    if not 0 <= number < math.inf:
        raise EngineError(f"a {what} of {number} makes no sense: it must be 0 or more, and finite")


def _norm(columns: Columns, scoring: Scoring, field: str) -> Floats:
    """The factor for frequencies in the field, per unit: less in long fields."""
    lengths = columns.lengths[field].astype(np.float64)
    filled = lengths[lengths > 0]
    b = scoring.b.get(field, scoring.default_b)
    return 1 / (1 - b + b * lengths / (filled.mean() if filled.size else 1.0))
