"""Postings as numpy arrays: where they come from, and how they are added up.

Arrays are sorted by unit, units are places in the order of entry, counted from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from poi_search.lru import LruCache

from .columns import Floats, Ints
from .seam import EngineError

PLACE_BITS = 32
"""A place is a unit and a position in one number: unit << PLACE_BITS | position."""


class Weighted(NamedTuple):
    """Units, rising and each once, with a value each: a frequency or a score."""

    units: Ints
    values: Floats


class Scored(NamedTuple):
    """The units that match a node with their scores, and the largest idf among the scoring
    nodes in it that match (0 if there are none)."""

    units: Ints
    values: Floats
    idf: float


Part = Weighted | Scored


class Postings(Protocol):
    """Where postings come from: what an adapter supplies. Safe to use from several threads."""

    def __len__(self) -> int:
        """How many units there are."""
        ...

    def read(self, field: str, term: str) -> Weighted:
        """Units that have `term` in `field` and how often; empty for an unknown term."""
        ...

    def places(self, field: str, term: str) -> Ints:
        """Every place of `term` in `field`, rising."""
        ...

    def terms(self, field: str) -> Mapping[str, int]:
        """Terms of the field, sorted by code point, with their document frequency."""
        ...

    def close(self) -> None: ...


NOTHING = Weighted(np.empty(0, dtype=np.int64), np.empty(0))

Arrays = TypeVar("Arrays", bound="tuple[np.ndarray | float, ...]")


def array_cache(max_bytes: int) -> LruCache:
    """A cache of tuples of arrays, bounded in their bytes."""
    return LruCache(max_bytes, _bytes)


def _bytes(arrays: tuple[np.ndarray | float, ...]) -> int:
    return 500 + sum(part.nbytes for part in arrays if isinstance(part, np.ndarray))


def read_only(arrays: Arrays) -> Arrays:
    """The same arrays, which threads may now share."""
    for part in arrays:
        if isinstance(part, np.ndarray):
            part.flags.writeable = False
    return arrays


class CachedPostings:
    """The postings of an index through a cache. A field that it does not have raises
    EngineError; in a `partial` index it is empty."""

    def __init__(
        self, source: Postings, fields: Sequence[str], cache: LruCache, partial: bool
    ) -> None:
        self._source, self._fields, self._cache = source, fields, cache
        self._partial = partial

    def read(self, field: str, term: str) -> Weighted:
        if not self.has(field):
            return NOTHING
        return self._cache.get(
            ("postings", field, term), lambda: read_only(self._source.read(field, term))
        )

    def places(self, field: str, term: str) -> Ints:
        if not self.has(field):
            return NOTHING.units
        return self._cache.get(
            ("places", field, term), lambda: read_only((self._source.places(field, term),))
        )[0]

    def terms(self, field: str) -> Mapping[str, int]:
        return self._source.terms(field) if self.has(field) else {}

    def has(self, field: str) -> bool:
        """Whether the index has a field, which only a partial one may lack."""
        if field not in self._fields and not self._partial:
            raise EngineError(f"unknown field {field!r}; the index has {', '.join(self._fields)}")
        return field in self._fields


def add_up(parts: Sequence[Part], total: int, at_least: int = 1) -> Weighted:
    """Units in `at_least` so many of the parts, their values added in the order of the parts.

    `total` is how many units there are in all.
    """
    if not parts:
        return NOTHING
    if len(parts) == 1:
        return Weighted(parts[0].units, parts[0].values) if at_least == 1 else NOTHING
    found, places, size = _concatenate(parts, total)
    enough = (np.bincount(places, minlength=size) >= at_least).nonzero()[0]
    sums = _sums(places, np.concatenate([part.values for part in parts]), size)[enough]
    return Weighted(enough if found is None else found[enough], sums)


def add_up_with_marks(
    parts: Sequence[Part], marks: Sequence[float], total: int
) -> tuple[Weighted, Floats]:
    """`add_up`, and per unit the sum of the marks (above 0, one per part) of its parts."""
    found, places, size = _concatenate(parts, total)
    marked = _sums(places, np.repeat(marks, [part.units.size for part in parts]), size)
    present = (marked > 0).nonzero()[0]
    sums = _sums(places, np.concatenate([part.values for part in parts]), size)[present]
    units = present if found is None else found[present]
    return Weighted(units, sums), marked[present]


def _concatenate(parts: Sequence[Part], total: int) -> tuple[Ints | None, Ints, int]:
    """The parts' units one after the other, as places in an array of some size to add up in.

    For many postings the array has a place for each unit there is; few are sorted, and it
    has one for each that occurs, given as well. Sums are formed in the same order either
    way, so they are the same to the bit.
    """
    together = np.concatenate([part.units for part in parts])
    if together.size * 16 >= total:
        return None, together, total
    found, places = np.unique(together, return_inverse=True)
    return found, places, found.size


def _sums(places: Ints, values: Floats, size: int) -> Floats:
    return np.bincount(places, values, size).astype(np.float64, copy=False)


def phrase_frequencies(lists: Sequence[Ints]) -> Weighted:
    """Units where the terms with these places stand one after the other, and how often."""
    starts = [places - shift for shift, places in enumerate(lists)]
    starts.sort(key=len)
    common = starts[0]
    for others in starts[1:]:
        if not common.size or not others.size:
            return NOTHING
        at = np.searchsorted(others, common)
        at[at == others.size] = 0
        common = common[others[at] == common]
    # A start before a unit's first position would be counted with the unit before it, but
    # no term stands there, so the rarest list and all the others cannot agree on one.
    units, counts = np.unique(common >> PLACE_BITS, return_counts=True)
    return Weighted(units, counts.astype(np.float64))
