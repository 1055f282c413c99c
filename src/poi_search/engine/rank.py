"""From scores to a page of hits: filters, facets, sorting, exact totals."""

from __future__ import annotations

import numpy as np

from .columns import Bools, Columns, Floats, Ints
from .nodes import EngineError, Hit, Ranking, Request
from .postings import Part, Weighted
from .score import Scorer

_BLOCK = 64


def rank(request: Request, scorer: Scorer, columns: Columns) -> Ranking:
    """Everything that matches, counted; the hits of the page asked for, in exact order."""
    if request.offset < 0 or request.limit < 0:
        raise EngineError(f"offset {request.offset} and limit {request.limit} must be 0 or more")
    scored = scorer.score(request.query)
    kept = {name: scorer.mask(query)[scored.units] for name, query in request.filters.items()}
    found = _passing(scored, [*kept.values()])
    counts = {}
    for facet in request.facets:
        units = found.units
        if facet in kept:
            others = [mask for name, mask in kept.items() if name != facet]
            units = _passing(scored, others).units
        counts[facet] = columns.keyword(facet).count(units)
    order = _order(request, found, columns)[request.offset :]
    units, scores = found.units[order].tolist(), found.values[order].tolist()
    hits = tuple(
        Hit(columns.ids[unit], score, columns.payload(unit))
        for unit, score in zip(units, scores, strict=True)
    )
    return Ranking(found.units.size, hits, counts)


def _passing(found: Part, masks: list[Bools]) -> Weighted:
    """What passes all the masks."""
    if not masks:
        return Weighted(found.units, found.values)
    passing = np.logical_and.reduce(masks).nonzero()[0]
    return Weighted(found.units[passing], found.values[passing])


def _order(request: Request, found: Weighted, columns: Columns) -> Ints:
    """Places in `found` of the first offset + limit hits."""
    wanted = request.offset + request.limit
    if not request.sort:
        return _highest(found.values, wanted)
    numbers, present = columns.number(request.sort.removeprefix("-"))
    keys = numbers[found.units].astype(np.float64)
    if not request.sort.startswith("-"):
        keys = -keys
    keys[~present[found.units]] = -np.inf
    candidates = _at_least_highest(keys, wanted)
    order = np.lexsort((-found.values[candidates], -keys[candidates]))
    return candidates[order][:wanted]


def _highest(scores: Floats, wanted: int) -> Ints:
    """Places of the highest scores, falling; equal ones in their order."""
    candidates = _at_least_highest(scores, wanted)
    return candidates[np.argsort(-scores[candidates], kind="stable")][:wanted]


def _at_least_highest(scores: Floats, wanted: int) -> Ints:
    """Places, rising, that hold all the `wanted` highest scores with their ties, and few more.

    The blocks' maxima give a floor cheaply: where `wanted` blocks reach a value, at least
    as many scores do.
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
