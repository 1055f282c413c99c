"""From scores to ordered hits: filters, facets, sorting, exact totals and cursors."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat
from typing import NamedTuple

import numpy as np

from .columns import Bools, Columns, Floats, Ints
from .postings import Part, Weighted
from .repeats import first_of_each, repeated
from .score import Scorer
from .seam import EngineError, Hit, Ranking, Request

_BLOCK = 64
FEW = 256
"""As many hits are put in order at once."""


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
    passing = {
        name: scorer.mask(query).take(scored.units) for name, query in request.filters.items()
    }
    matching = _filter(scored, [*passing.values()])
    keys = _sort_keys(request, matching.units, columns)
    behind = None if request.ahead is None else ~scorer.mask(request.ahead).take(matching.units)
    found = matching
    first = _first(request, matching, keys, behind, columns)
    if first is not None:
        found = Weighted(matching.units.take(first), matching.values.take(first))
        keys = None if keys is None else keys.take(first)
        behind = None if behind is None else behind.take(first)
    size = found.units.size
    left = _after(Cursor.parse(request.after), found, keys, behind) if request.after else None
    order, more = _order(request, found.values, keys, behind, left)
    units, scores = found.units.take(order).tolist(), found.values.take(order).tolist()
    payloads = map(columns.payload, units) if request.payloads else repeat(b"", len(units))
    hits = tuple(map(Hit, map(columns.ids.__getitem__, units), scores, payloads))
    cursor = ""
    if hits and more:
        key = 0.0 if keys is None else float(keys[order[-1]])
        tier = 0 if behind is None else int(behind[order[-1]])
        cursor = str(Cursor(tier, key, scores[-1], units[-1]))
    counts = _counts(request, scored, matching.units, passing, columns)
    ahead = size if behind is None else size - int(np.count_nonzero(behind))
    return Ranking(size, hits, counts, cursor, ahead, matching.units.size - size)


def _counts(
    request: Request, scored: Part, units: Ints, passing: Mapping[str, Bools], columns: Columns
) -> Mapping[str, Mapping[str, int]]:
    """The counts of each facet among the units, or among those that its own filter leaves out as
    well."""
    if not request.facets:
        return {}
    table = columns.facets(tuple(request.facets), request.once)
    counts = table.count(units, request.facets)
    for facet in request.facets.keys() & passing.keys():
        others = [mask for name, mask in passing.items() if name != facet]
        counts[facet] = table.count(_filter(scored, others).units, request.facets)[facet]
    return counts


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


def _first(
    request: Request, found: Weighted, keys: Floats | None, behind: Bools | None, columns: Columns
) -> Ints | None:
    """Ascending indexes of the units that are not left out because of `once`; None for all."""
    every = columns.single(request.once) if request.once else None
    if every is None:
        return None
    values = every.take(found.units)
    several = repeated(values).nonzero()[0]
    if not several.size:
        return None
    order = _by(found.values, keys, behind, several)
    return first_of_each(values, several[order])


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


def _after(last: Cursor, found: Weighted, keys: Floats | None, behind: Bools | None) -> Ints:
    """Ascending indexes of what follows a hit."""
    scores = found.values
    after: Bools = (scores < last.score) | ((scores == last.score) & (found.units > last.unit))
    if keys is not None:
        after = (keys < last.key) | ((keys == last.key) & after)
    if behind is not None:
        after = (behind & (last.tier == 0)) | ((behind == last.tier) & after)
    return after.nonzero()[0]


def _order(
    request: Request,
    scores: Floats,
    keys: Floats | None,
    behind: Bools | None,
    left: Ints | None,
) -> tuple[Ints, bool]:
    """Indexes of the hits in what was found, in order, and whether there are more.

    First come those that are not `behind`, then the highest keys, the highest scores, and the first
    in order of entry. `left` has the ascending indexes to choose from; None for all.
    """
    wanted = request.offset + request.limit
    size = scores.size if left is None else left.size
    if size > max(wanted, FEW):
        every = np.arange(size) if left is None else left
        left = _candidates(scores if keys is None else keys, behind, every, wanted)
    order = _by(scores, keys, behind, left)[request.offset : wanted]
    return order if left is None else left[order], size > wanted


def _by(scores: Floats, keys: Floats | None, behind: Bools | None, left: Ints | None) -> Ints:
    """The order of what is left, as indexes in `left`."""
    if left is not None:
        scores = scores[left]
        keys = None if keys is None else keys[left]
        behind = None if behind is None else behind[left]
    by: list[Floats | Bools] = [-scores]
    if keys is not None:
        by.append(-keys)
    if behind is not None:
        by.append(behind)
    order: Ints = by[0].argsort(kind="stable") if len(by) == 1 else np.lexsort(by)
    return order


def _candidates(by: Floats, behind: Bools | None, left: Ints, wanted: int) -> Ints:
    """Those of `left` that include the first `wanted`, and few others, in ascending order within
    what is behind and what is not."""
    tiers = (left,) if behind is None else (left[~behind[left]], left[behind[left]])
    chosen = []
    for tier in tiers:
        chosen.append(tier[_at_least_highest(by[tier], wanted)])
        wanted = max(wanted - tier.size, 0)
    return np.concatenate(chosen)


def _at_least_highest(scores: Floats, wanted: int) -> Ints:
    """Ascending indexes that include the `wanted` highest scores with ties, and few others.

    The maxima of blocks yield a lower bound cheaply: if `wanted` blocks reach a value, at least
    that many scores do.
    """
    if not wanted:
        return np.empty(0, dtype=np.int64)
    if scores.size <= wanted:
        return np.arange(scores.size)
    blocks = scores
    if scores.size >= wanted * _BLOCK:
        blocks = scores[: scores.size // _BLOCK * _BLOCK].reshape(_BLOCK, -1).max(axis=0)
    floor = np.partition(blocks, blocks.size - wanted)[blocks.size - wanted]
    return np.flatnonzero(scores >= floor)
