"""The number of units found with each value of a keyword; several keywords are counted at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from .repeats import repeated

if TYPE_CHECKING:
    from .columns import Ints, KeywordColumn

_FEW = 4
"""A keyword of which a unit may have more values than this is not spread out."""


class FacetTable:
    """The values of several keywords, with codes from 1 in one sequence, and those of each unit."""

    def __init__(
        self, columns: Mapping[str, KeywordColumn], total: int, same: Ints | None = None
    ) -> None:
        """`same` has a number for each unit; units with the same one, unless it is 0, count once
        for each value."""
        self._total, self._same = total, same
        self._names = tuple(columns)
        self._values = [""]
        starts: list[int] = []
        spread: list[Ints] = [np.empty((total, 0), dtype=np.int64)]
        self._wide: list[tuple[KeywordColumn, int]] = []
        for column in columns.values():
            start = len(self._values)
            starts.append(start)
            self._values += column.values
            if column.most > _FEW:
                self._wide.append((column, start))
            else:
                spread.append(column.spread(start))
        self._spread = np.concatenate(spread, axis=1)
        # Sorted by this less the counts, the codes of each keyword stay together.
        self._starts = np.array(starts, dtype=np.int64)
        keyword = self._starts.searchsorted(np.arange(len(self._values)), side="right")
        self._order = keyword * (total + 1)

    def count(self, units: Ints, limits: Mapping[str, int]) -> dict[str, dict[str, int]]:
        """Keyword → value → how many of `units` (each once) have it: the most frequent values, as
        many as the limit of the keyword, ties by value."""
        counts = self._counts_of_all if units.size == self._total else self._counts(units)
        codes = counts.nonzero()[0]
        ends = [*codes.searchsorted(self._starts).tolist(), codes.size]
        codes = codes[(self._order[codes] - counts[codes]).argsort(kind="stable")]
        found, numbers = codes.tolist(), counts[codes].tolist()
        value_of = self._values.__getitem__
        counted = {}
        for name, start, end in zip(self._names, ends, ends[1:], strict=False):
            first = slice(start, min(end, start + limits[name]))
            counted[name] = dict(zip(map(value_of, found[first]), numbers[first], strict=True))
        return counted

    @cached_property
    def _counts_of_all(self) -> Ints:
        return self._counts(np.arange(self._total))

    def _counts(self, units: Ints) -> Ints:
        counts = np.bincount(self._codes(units), minlength=len(self._values))
        if self._same is not None:
            counts -= self._repeated(units, self._same[units])
        counts[0] = 0  # units without a value
        return counts

    def _codes(self, units: Ints) -> Ints:
        """The codes of all values of the units, with those of the wide keywords last."""
        codes = self._spread.take(units, axis=0).ravel()
        if not self._wide:
            return codes
        wide = [column.codes_of(units) + start for column, start in self._wide]
        return np.concatenate((codes, *wide))

    def _repeated(self, units: Ints, same: Ints) -> Ints:
        """How often each value is that of a further unit with the same number."""
        several = repeated(same)
        units, same = units[several], same[several]
        codes = self._codes(units)
        owners = [np.repeat(same, self._spread.shape[1])]
        owners += [np.repeat(same, column.counts[units]) for column, _ in self._wide]
        size = len(self._values)
        once = np.unique(np.concatenate(owners) * size + codes) % size
        return np.bincount(codes, minlength=size) - np.bincount(once, minlength=size)
