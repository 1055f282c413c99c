"""The scoring by its definition, computed unit by unit in plain Python; slow but simple."""

from __future__ import annotations

import math
from collections.abc import Sequence

from poi_search.engine.nodes import (
    AllOf,
    AnyOf,
    Boosted,
    Complement,
    Everything,
    Fields,
    Fuzzy,
    Keyword,
    Phrase,
    Prefix,
    Query,
    Range,
    Synonyms,
    Term,
)
from poi_search.engine.seam import IndexEntry, Scoring

FIELDS = ("title", "body", "spare")
SCORING = Scoring(k1=0.9, b={"title": 0.3, "spare": 0.0}, default_b=0.8)
LEAVES = Term | Synonyms | Phrase | Prefix | Fuzzy


def distance(a: str, b: str) -> int:
    """Optimal string alignment: insert, delete, replace, swap neighbours."""
    rows = [[max(i, j) if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            rows[i][j] = min(
                rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1])
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


class Oracle:
    """All results by definition, one unit at a time; slow but simple."""

    def __init__(self, entries: Sequence[IndexEntry]) -> None:
        self.entries = entries
        self._frequencies: dict[Query, list[float | None]] = {}
        self._scores: dict[Query, list[float | None]] = {}
        self._average = {}
        for field in FIELDS:
            lengths = [n for n in (self.length(entry, field) for entry in entries) if n]
            self._average[field] = sum(lengths) / len(lengths) if lengths else 1.0

    def length(self, entry: IndexEntry, field: str) -> int:
        return sum(1 for term in entry.terms.get(field, []) if term)

    def over_fields(
        self, fields: Fields, entry: IndexEntry, terms: tuple[str, ...]
    ) -> float | None:
        """tf' of the terms in sequence; None if they do not occur."""
        total, found = 0.0, False
        for field, weight in fields:
            stored = entry.terms.get(field, [])
            times = sum(tuple(stored[at : at + len(terms)]) == terms for at in range(len(stored)))
            if times and "" not in terms:
                b = SCORING.b.get(field, SCORING.default_b)
                length = self.length(entry, field) / self._average[field]
                total, found = total + weight * times / (1 - b + b * length), True
        return total if found else None

    def document_frequency(self, fields: Fields, term: str) -> int:
        return sum(term in entry.terms.get(f, []) for f, _ in fields for entry in self.entries)

    def expanded(self, node: Prefix | Fuzzy) -> tuple[Term, ...]:
        stored = [entry.terms.get(field, []) for field, _ in node.fields for entry in self.entries]
        known = {term for terms in stored for term in terms if term}
        if isinstance(node, Prefix):
            near = {term: 0 for term in known if term.startswith(node.text)}
        else:
            far = {term: distance(node.text, term) for term in known}
            near = {term: edits for term, edits in far.items() if edits <= node.distance}
        frequency = {term: self.document_frequency(node.fields, term) for term in near}
        order = sorted(near, key=lambda term: (near[term], -frequency[term], term))
        return tuple(Term(term, node.fields) for term in order[: node.limit])

    def frequencies(self, node: Query) -> list[float | None]:
        if node not in self._frequencies:
            self._frequencies[node] = self._leaf(node)
        return self._frequencies[node]

    def _leaf(self, node: Query) -> list[float | None]:
        if isinstance(node, Term):
            return [self.over_fields(node.fields, entry, (node.text,)) for entry in self.entries]
        if isinstance(node, Phrase):
            if not node.terms:
                return [None] * len(self.entries)
            return [self.over_fields(node.fields, entry, node.terms) for entry in self.entries]
        assert isinstance(node, Synonyms | Prefix | Fuzzy)
        terms = node.terms if isinstance(node, Synonyms) else self.expanded(node)
        columns = [(term.weight, self.frequencies(term)) for term in terms]
        totals: list[float | None] = []
        for unit in range(len(self.entries)):
            parts = [weight * tf for weight, c in columns if (tf := c[unit]) is not None]
            totals.append(sum(parts) if parts else None)
        return totals

    def share(self, unit: int, node: Query) -> float:
        """How much a unit counts in the document frequency."""
        if not isinstance(node, Synonyms):
            return float(self.frequencies(node)[unit] is not None)
        named = (term for term in node.terms if self.frequencies(term)[unit] is not None)
        return max((min(1.0, term.weight) for term in named), default=0.0)

    def idf(self, node: Query) -> float:
        n = sum(self.share(unit, node) for unit in range(len(self.entries)))
        return math.log(1 + (len(self.entries) - n + 0.5) / (n + 0.5))

    def matches_any(self, node: Query) -> bool:
        return any(score is not None for score in self.scores(node))

    def top_idf(self, node: Query) -> float:
        if isinstance(node, LEAVES):
            return self.idf(node) if self.matches_any(node) else 0.0
        if isinstance(node, AllOf | AnyOf):
            return max((self.top_idf(child) for child in node.children), default=0.0)
        return self.top_idf(node.child) if isinstance(node, Boosted) else 0.0

    def importance(self, node: Query) -> float:
        """0 for a node that matches nothing."""
        share = 1.0
        if isinstance(node, AllOf | AnyOf | Boosted | LEAVES):
            share = node.weight * (self.top_idf(node) or 1.0)
        return share if self.matches_any(node) else 0.0

    def scores(self, node: Query) -> list[float | None]:
        """The score of each unit, or None if it does not match."""
        if node not in self._scores:
            self._scores[node] = self._score(node)
        return self._scores[node]

    def _score(self, node: Query) -> list[float | None]:
        if isinstance(node, LEAVES):
            most = node.weight * self.idf(node) * (SCORING.k1 + 1)
            return [
                None if tf is None else most * tf / (SCORING.k1 + tf)
                for tf in self.frequencies(node)
            ]
        if isinstance(node, AllOf | AnyOf):
            shares = [self.importance(child) for child in node.children]
            columns = [self.scores(child) for child in node.children]
            combined = [
                self.combined(node, shares, [column[unit] for column in columns])
                for unit in range(len(self.entries))
            ]
            return [None if score is None else node.weight * score for score in combined]
        if isinstance(node, Boosted):
            return [
                None if score is None else score * node.weight * self.factor(node, unit)
                for unit, score in enumerate(self.scores(node.child))
            ]
        return [0.0 if self.passes(node, unit) else None for unit in range(len(self.entries))]

    def factor(self, node: Boosted, unit: int) -> float:
        return math.prod(
            factor for query, factor in node.boosts if self.scores(query)[unit] is not None
        )

    def passes(self, node: Keyword | Range | Everything | Complement, unit: int) -> bool:
        entry = self.entries[unit]
        if isinstance(node, Keyword):
            return node.value in entry.keywords.get(node.name, [])
        if isinstance(node, Complement):
            return self.scores(node.child)[unit] is None
        if isinstance(node, Everything):
            return True
        number = entry.numbers.get(node.name)
        if number is None or (node.low is not None and number < node.low):
            return False
        return node.high is None or number <= node.high

    def combined(
        self, node: AllOf | AnyOf, shares: Sequence[float], scores: Sequence[float | None]
    ) -> float | None:
        got = [score for score in scores if score is not None]
        if isinstance(node, AllOf):
            return sum(got) if len(got) == len(scores) else None
        if not got:
            return None
        if not node.coverage or not sum(shares):
            return sum(got)
        matched = sum(s for s, score in zip(shares, scores, strict=True) if score is not None)
        return sum(got) * math.pow(matched / sum(shares), node.coverage)
