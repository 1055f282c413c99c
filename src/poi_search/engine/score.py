"""Exact scores over a tree of nodes: every matching unit, without early termination.

Results are sparse: sorted units with their scores. Nodes that only limit are masks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from poi_search.lru import LruCache

from .columns import Bools, Columns, Ints
from .leaves import LEAVES, Leaves, check
from .nodes import AllOf, AnyOf, Boosted, Complement, Everything, Keyword, Query, Range
from .postings import (
    NOTHING,
    CachedPostings,
    Scored,
    Weighted,
    add_up,
    add_up_with_marks,
    places_of,
    read_only,
)
from .seam import Scoring

_LIMITS = (Keyword, Range, Everything, Complement)
_TABLE_BITS = 10
FEW = 4096
_TINY = float(np.finfo(np.float64).tiny)
_NONE = NOTHING.units


class Scorer:
    """Scores query trees over one open index. Safe to use from several threads."""

    def __init__(
        self, postings: CachedPostings, columns: Columns, scoring: Scoring, cache: LruCache
    ) -> None:
        self._leaves = Leaves(postings, columns, scoring, cache)
        self.vocabulary = self._leaves.vocabulary
        self._columns, self._cache = columns, cache
        self._total = len(columns.ids)
        self._everything = np.ones(self._total, dtype=np.bool_)

    def score(self, node: Query) -> Scored:
        """Every unit that matches, with its score."""
        if isinstance(node, LEAVES):
            return self._leaves.score(node)
        if isinstance(node, _LIMITS):
            return _without_scores(self.mask(node))
        if isinstance(node, AnyOf):
            found = self._any_of(node)
        else:
            found = self._all_of(node) if isinstance(node, AllOf) else self._boosted(node)
        check(node.weight, "weight")
        if node.weight == 1:
            return found
        return Scored(found.units, found.values * node.weight, found.idf)

    def count(self, node: Query) -> int:
        """The number of units that match."""
        if isinstance(node, LEAVES):
            return self._leaves.score(node).units.size
        return int(np.count_nonzero(self.mask(node)))

    def mask(self, node: Query) -> Bools:
        """Per unit, whether it matches; filters are cached, as they recur."""
        if isinstance(node, Boosted):
            return self.mask(node.child)
        if not isinstance(node, _LIMITS):
            return self._mask(node)
        return self._cache.get(("mask", node), lambda: read_only((self._mask(node),)))[0]

    def _mask(self, node: Query) -> Bools:  # noqa: PLR0911  # one way per node
        match node:
            case Keyword(name, value):
                return self._columns.keyword(name).mask(value)
            case Range(name, low, high):
                numbers, present = self._columns.number(name)
                mask = present.copy()
                if low is not None:
                    mask &= numbers >= low
                if high is not None:
                    mask &= numbers <= high
                return mask
            case Everything():
                return self._everything
            case Complement(child):
                return ~self.mask(child)
            case AnyOf(children):
                mask = np.zeros(self._total, dtype=np.bool_)
                for child in children:
                    mask[self._matching(child)] = True
                return mask
            case AllOf(children):
                mask = self._everything.copy()
                for child in children:
                    mask &= self.mask(child)
                return mask
            case _:
                mask = np.zeros(self._total, dtype=np.bool_)
                mask[self.score(node).units] = True
                return mask

    def _matching(self, node: Query) -> Ints | Bools:
        """The units that match, as indexes or as a mask."""
        return self._leaves.score(node).units if isinstance(node, LEAVES) else self.mask(node)

    def _all_of(self, node: AllOf) -> Scored:
        limits = [self.mask(child) for child in node.children if isinstance(child, _LIMITS)]
        parts = [self.score(child) for child in node.children if not isinstance(child, _LIMITS)]
        if not parts:
            return _without_scores(np.logical_and.reduce([self._everything, *limits]))
        units, values = add_up(parts, self._total, at_least=len(parts))
        for limit in limits:
            kept = limit[units]
            units, values = units[kept], values[kept]
        return Scored(units, values, _top_idf(parts))

    def _any_of(self, node: AnyOf) -> Scored:
        check(node.coverage, "coverage")
        parts: list[Scored] = []
        importance: list[float] = []
        idf = 0.0
        for child in node.children:
            part = self.score(child)
            idf = max(idf, part.idf)
            if part.units.size:
                parts.append(part)
                importance.append(_importance(child, part))
        if not node.coverage or len(parts) < 2:
            return Scored(*add_up(parts, self._total), idf)
        total = sum(importance) or 1.0
        sums = self._apply_coverage(parts, [each / total for each in importance], node.coverage)
        return Scored(*sums, idf)

    def _boosted(self, node: Boosted) -> Scored:
        """Cached, as the pages of a result and its filters ask the same again."""
        return self._cache.get(
            ("boosted", node.child, node.boosts), lambda: read_only(self._boost(node))
        )

    def _boost(self, node: Boosted) -> Scored:
        units, values, idf = self.score(node.child)
        values = values.copy()
        for query, factor in node.boosts:
            check(factor, "factor")
            boosted = self._units(query)
            if units.size and boosted.size:
                values[places_of(boosted, units)] *= factor
        return Scored(units, values, idf)

    def _units(self, node: Query) -> Ints:
        """The units that match, without their scores."""
        match node:
            case AnyOf(children):
                parts = [part for part in map(self._units, children) if part.size]
                return parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts or [_NONE]))
            case AllOf((first, *others)):
                common = self._units(first)
                for other in others:
                    part = self._units(other)
                    common = part[places_of(common, part)] if part.size else part
                return common
        return self.score(node).units

    def _apply_coverage(
        self, parts: list[Scored], shares: Sequence[float], power: float
    ) -> Weighted:
        """The sums, multiplied by (the total share of the parts a unit is in) ** power."""
        if not any(shares):
            return add_up(parts, self._total)
        if len(parts) > _TABLE_BITS or sum(part.units.size for part in parts) <= FEW:
            # A unit that is only in parts without importance matches as well.
            marks = [share or _TINY for share in shares]
            sums, covered = add_up_with_marks(parts, marks, self._total)
            return Weighted(sums.units, sums.values * covered**power)
        # A bit per part records which ones a unit is in. Powers are slow, so each of the few
        # combinations has its factor computed once.
        bits = [1 << place for place in range(len(parts))]
        sums, combinations = add_up_with_marks(parts, bits, self._total)
        held_by = np.arange(1 << len(parts))[:, None] & bits != 0
        factors = (held_by @ shares) ** power
        return Weighted(sums.units, sums.values * factors[combinations.astype(np.intp)])


def _without_scores(mask: Bools) -> Scored:
    units = mask.nonzero()[0]
    return Scored(units, np.zeros(units.size), 0.0)


def _importance(child: Query, part: Scored) -> float:
    return 1.0 if isinstance(child, _LIMITS) else child.weight * (part.idf or 1.0)


def _top_idf(parts: list[Scored]) -> float:
    return max((part.idf for part in parts), default=0.0)
