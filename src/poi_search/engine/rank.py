"""From scores to ordered hits: filters, facets, sorting, exact totals and cursors."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .columns import Bools, Columns, Floats, Ints
from .postings import Part, Weighted
from .score import Scorer
from .seam import EngineError, Hit, Ranking, Request

_BLOCK = 64


class Cursor(NamedTuple):
    """The position of a hit in the ranking: 0 if it is ahead, else 1; its sort key, score, unit."""

    tier: int
    key: float
    score: float
    unit: int

    def __str__(self) -> str:
        return f"{self.tier}_{self.key.hex()}_{self.score.hex()}_{self.unit}"

    @classmethod
    def parse(cls, text: str) -> Cursor:
        try:
            tier, key, score, unit = text.split("_")
            return cls(int(tier), float.fromhex(key), float.fromhex(score), int(unit))
        except (ValueError, OverflowError):
            raise EngineError(f"{text!r} is not a cursor of this engine") from None


def rank(request: Request, scorer: Scorer, columns: Columns) -> Ranking:
    """The exact number of matches and facet counts, and the requested page of hits, in order."""
    _check(request)
    scored = scorer.score(request.query)
    passing = {name: scorer.mask(query)[scored.units] for name, query in request.filters.items()}
    found = _filter(scored, [*passing.values()])
    counts = {}
    for facet, limit in request.facets.items():
        others = [mask for name, mask in passing.items() if name != facet]
        units = _filter(scored, others).units if facet in passing else found.units
        counts[facet] = columns.keyword(facet).count(units, limit)
    keys = _sort_keys(request, found.units, columns)
    tiers = _tiers(request, found, scorer)
    ahead = found.units.size if tiers[0] is None else tiers[0].size
    if request.after:
        tiers = _after(Cursor.parse(request.after), found, keys, tiers)
    order, more = _order(request, found.values, keys, tiers)
    units, scores = found.units[order].tolist(), found.values[order].tolist()
    hits = tuple(
        Hit(columns.ids[unit], score, columns.payload(unit))
        for unit, score in zip(units, scores, strict=True)
    )
    cursor = ""
    if hits and more:
        key = 0.0 if keys is None else float(keys[order[-1]])
        behind = tiers[0] is not None and order[-1] not in tiers[0]
        cursor = str(Cursor(int(behind), key, scores[-1], units[-1]))
    return Ranking(found.units.size, hits, counts, cursor, ahead)


def _check(request: Request) -> None:
    if request.offset < 0 or request.limit < 0:
        raise EngineError(f"offset {request.offset} and limit {request.limit} must be 0 or more")
    if request.offset and request.after:
        raise EngineError("a request has either an offset or a cursor")
    for name, limit in request.facets.items():
        if limit < 0:
            raise EngineError(f"the limit of facet {name!r} is {limit}: it must be 0 or more")


def _filter(found: Part, masks: list[Bools]) -> Weighted:
    """The units that pass all masks."""
    if not masks:
        return Weighted(found.units, found.values)
    passing = np.logical_and.reduce(masks).nonzero()[0]
    return Weighted(found.units[passing], found.values[passing])


def _sort_keys(request: Request, units: Ints, columns: Columns) -> Floats | None:
    """The keys by which units are sorted before their scores, highest first; None if by score."""
    if not request.sort:
        return None
    numbers, present = columns.number(request.sort.removeprefix("-"))
    keys = numbers[units].astype(np.float64)
    if not request.sort.startswith("-"):
        keys = -keys
    keys[~present[units]] = -np.inf
    return keys


Tiers = tuple[Ints | None, ...]
"""Ascending indexes in what was found, of those that come first, then of the others; None for
all."""


def _tiers(request: Request, found: Weighted, scorer: Scorer) -> Tiers:
    if request.ahead is None:
        return (None,)
    ahead = scorer.mask(request.ahead)[found.units]
    return ahead.nonzero()[0], (~ahead).nonzero()[0]


def _after(last: Cursor, found: Weighted, keys: Floats | None, tiers: Tiers) -> Tiers:
    """What follows a hit in each tier."""
    scores = found.values
    after: Bools = (scores < last.score) | ((scores == last.score) & (found.units > last.unit))
    if keys is not None:
        after = (keys < last.key) | ((keys == last.key) & after)
    if tiers[0] is None:
        return (after.nonzero()[0],)
    first, second = (tier for tier in tiers if tier is not None)
    if last.tier:
        return first[:0], second[after[second]]
    return first[after[first]], second


def _order(
    request: Request, scores: Floats, keys: Floats | None, tiers: Tiers
) -> tuple[Ints, bool]:
    """Indexes in what was found of the hits, in order, and whether there are more."""
    wanted = request.offset + request.limit
    order: list[Ints] = []
    left, size = wanted, 0
    for tier in tiers:
        here = scores if tier is None else scores[tier]
        by = keys if keys is None or tier is None else keys[tier]
        first = _highest(here, left) if by is None else _highest_by(by, here, left)
        order.append(first if tier is None else tier[first])
        left, size = left - first.size, size + here.size
    return np.concatenate(order)[request.offset :], size > wanted


def _highest(scores: Floats, wanted: int) -> Ints:
    """Indexes of the highest scores, in descending order; ties in order of entry."""
    candidates = _at_least_highest(scores, wanted)
    return candidates[np.argsort(-scores[candidates], kind="stable")][:wanted]


def _highest_by(keys: Floats, scores: Floats, wanted: int) -> Ints:
    """Indexes of the highest keys, in descending order; ties by score, then in order of entry."""
    candidates = _at_least_highest(keys, wanted)
    order = np.lexsort((-scores[candidates], -keys[candidates]))
    return candidates[order][:wanted]


def _at_least_highest(scores: Floats, wanted: int) -> Ints:
    """Ascending indexes that include the `wanted` highest scores with ties, and few others.

    The maxima of blocks yield a lower bound cheaply: if `wanted` blocks reach a value, at least
    that many scores do.
    """
    if not wanted:
        return np.empty(0, dtype=np.int64)
    if scores.size <= max(wanted, _BLOCK):
        return np.arange(scores.size)
    blocks = scores
    if scores.size >= wanted * _BLOCK:
        blocks = scores[: scores.size // _BLOCK * _BLOCK].reshape(_BLOCK, -1).max(axis=0)
    floor = np.partition(blocks, blocks.size - wanted)[blocks.size - wanted]
    return np.flatnonzero(scores >= floor)
