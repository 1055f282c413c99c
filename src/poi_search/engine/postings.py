"""Postings as numpy arrays: their source, and how they are added up.

Arrays are sorted by unit; a unit is its index in order of entry, from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from poi_search.lru import LruCache

from .columns import Floats, Ints
from .seam import EngineError

PLACE_BITS = 32
"""A place combines a unit and a position in one number: unit << PLACE_BITS | position."""


class Weighted(NamedTuple):
    """Distinct units in ascending order, each with a value: a frequency or a score."""

    units: Ints
    values: Floats


class Scored(NamedTuple):
    """The units that match a node, with their scores, and the largest idf among the scoring
    nodes in it that match (0 if there are none)."""

    units: Ints
    values: Floats
    idf: float


Part = Weighted | Scored


class Postings(Protocol):
    """The source of postings, supplied by an adapter. Safe to use from several threads."""

    def __len__(self) -> int:
        """The number of units."""
        ...

    def read(self, field: str, term: str) -> Weighted:
        """The units with `term` in `field` and its frequencies; empty for an unknown term."""
        ...

    def places(self, field: str, term: str) -> Ints:
        """All places of `term` in `field`, in ascending order."""
        ...

    def terms(self, field: str) -> Mapping[str, int]:
        """The terms of a field, sorted by code point, with their document frequencies."""
        ...

    def close(self) -> None: ...


NOTHING = Weighted(np.empty(0, dtype=np.int64), np.empty(0))

Arrays = TypeVar("Arrays", bound="tuple[np.ndarray | float, ...]")


def array_cache(max_bytes: int) -> LruCache:
    """A cache of tuples of arrays, limited by their size in bytes."""
    return LruCache(max_bytes, _bytes)


def _bytes(arrays: tuple[np.ndarray | float, ...]) -> int:
    return 500 + sum(part.nbytes for part in arrays if isinstance(part, np.ndarray))


def read_only(arrays: Arrays) -> Arrays:
    """The same arrays, made read-only so that threads can share them."""
    for part in arrays:
        if isinstance(part, np.ndarray):
            part.flags.writeable = False
    return arrays


class CachedPostings:
    """The postings of an index through a cache; raises EngineError for an unknown field, which
    is empty in a `partial` index."""

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
    """The units in at least `at_least` of the parts, with values added in the order of the parts.

    `total` is the number of units in the index.
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
    """Like `add_up`, and per unit the sum of the marks (above 0, one per part) of its parts."""
    found, places, size = _concatenate(parts, total)
    sizes = np.array([part.units.size for part in parts])
    marked = _sums(places, np.array(marks, dtype=np.float64).repeat(sizes), size)
    sums = _sums(places, np.concatenate([part.values for part in parts]), size)
    if found is not None:
        return Weighted(found, sums), marked
    units = marked.nonzero()[0]
    return Weighted(units, sums.take(units)), marked.take(units)


def places_of(wanted: Ints, units: Ints) -> Ints:
    """Where in `units`, of which there is at least one, are those of `wanted` that are there."""
    places = units.searchsorted(wanted)
    found: Ints = places[units.take(places, mode="clip") == wanted]
    return found


def _concatenate(parts: Sequence[Part], total: int) -> tuple[Ints | None, Ints, int]:
    """The concatenated units of the parts, as indexes into an array in which to add up.

    Returns the units of that array (None if it covers all units of the index), the indexes and
    its size. If there are many postings it has an element for every unit of the index; if there
    are few, only for those that occur. Sums are formed in the same order in both cases, so they
    are identical to the bit.
    """
    together = np.concatenate([part.units for part in parts])
    if together.size * 16 >= total:
        return None, together, total
    found, places = np.unique(together, return_inverse=True)
    return found, places, found.size


def _sums(places: Ints, values: Floats, size: int) -> Floats:
    return np.bincount(places, values, size).astype(np.float64, copy=False)


def phrase_frequencies(lists: Sequence[Ints]) -> Weighted:
    """The units where the terms with these places follow one another, and how often."""
    starts = [places - shift for shift, places in enumerate(lists)]
    starts.sort(key=len)
    common = starts[0]
    for others in starts[1:]:
        if not common.size or not others.size:
            return NOTHING
        at = np.searchsorted(others, common)
        at[at == others.size] = 0
        common = common[others[at] == common]
    # A start before the first position of a unit would be counted for the previous unit, but no
    # term is there, so the lists cannot all agree on one.
    units, counts = np.unique(common >> PLACE_BITS, return_counts=True)
    return Weighted(units, counts.astype(np.float64))
