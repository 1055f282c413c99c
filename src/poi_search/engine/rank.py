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
    """The position of a hit in the ranking: its sort key, score and unit."""

    key: float
    score: float
    unit: int

    def __str__(self) -> str:
        return f"{self.key.hex()}_{self.score.hex()}_{self.unit}"

    @classmethod
    def parse(cls, text: str) -> Cursor:
        try:
            key, score, unit = text.split("_")
            return cls(float.fromhex(key), float.fromhex(score), int(unit))
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
    ahead = _after(Cursor.parse(request.after), found, keys) if request.after else None
    order, more = _order(request, found.values, keys, ahead)
    units, scores = found.units[order].tolist(), found.values[order].tolist()
    hits = tuple(
        Hit(columns.ids[unit], score, columns.payload(unit))
        for unit, score in zip(units, scores, strict=True)
    )
    cursor = ""
    if hits and more:
        key = 0.0 if keys is None else float(keys[order[-1]])
        cursor = str(Cursor(key, scores[-1], units[-1]))
    return Ranking(found.units.size, hits, counts, cursor)


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


def _after(last: Cursor, found: Weighted, keys: Floats | None) -> Ints:
    """Indexes in `found` of everything that follows a hit."""
    scores = found.values
    after: Bools = (scores < last.score) | ((scores == last.score) & (found.units > last.unit))
    if keys is not None:
        after = (keys < last.key) | ((keys == last.key) & after)
    return after.nonzero()[0]


def _order(
    request: Request, scores: Floats, keys: Floats | None, ahead: Ints | None
) -> tuple[Ints, bool]:
    """Indexes in `found` of the hits, in order, and whether there are more."""
    if ahead is not None:
        scores, keys = scores[ahead], None if keys is None else keys[ahead]
    wanted = request.offset + request.limit
    first = _highest(scores, wanted) if keys is None else _highest_by(keys, scores, wanted)
    order = first[request.offset :]
    return order if ahead is None else ahead[order], scores.size > wanted


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
