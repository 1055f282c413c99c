"""The columns of an index: everything an engine stores per unit besides postings.

These are ids and payloads, exact field lengths, keyword values and numbers, in order of entry.
Arrays are `.npy` files read without pickle; names and ids are JSON; payloads are one plain file.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from .facets import FacetTable
from .seam import EngineError

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

Column = TypeVar("Column")

NAMES = "columns.json"
PAYLOADS = "payloads.bin"


class Names(msgspec.Struct, frozen=True):
    """The names of the columns, the ids in order of entry, and the values of each keyword."""

    fields: list[str]
    keywords: dict[str, list[str]]
    numbers: list[str]
    ids: list[str]


@dataclass(frozen=True)
class KeywordColumn:
    """One keyword: unit i has the values with codes `codes[offsets[i]:offsets[i + 1]]`."""

    values: list[str]
    codes: Ints
    offsets: Ints

    @cached_property
    def counts(self) -> Ints:
        """The number of values of each unit."""
        return np.diff(self.offsets)

    @cached_property
    def most(self) -> int:
        """The most values of one unit."""
        return int(self.counts.max(initial=0))

    def spread(self, first: int) -> Ints:
        """Per unit the codes of its values plus `first`, and 0 where it has fewer than others."""
        spread = np.zeros((len(self.offsets) - 1, self.most), dtype=np.int64)
        places = np.arange(len(self.codes)) - self.offsets[self._owners]
        spread[self._owners, places] = self.codes + first
        return spread

    @cached_property
    def _owners(self) -> Ints:
        return np.repeat(np.arange(self.counts.size), self.counts)

    def mask(self, value: str) -> Bools:
        """Which units have `value`."""
        mask = np.zeros(len(self.offsets) - 1, dtype=np.bool_)
        place = bisect_left(self.values, value)
        if place < len(self.values) and self.values[place] == value:
            mask[self._owners[self.codes == place]] = True
        return mask

    def codes_of(self, units: Ints) -> Ints:
        """The codes of all values of `units`."""
        starts = self.offsets[units]
        counts = self.offsets[units + 1] - starts
        ends = np.cumsum(counts)
        places = np.repeat(starts - ends + counts, counts) + np.arange(ends[-1] if ends.size else 0)
        codes: Ints = self.codes[places]
        return codes


class Columns:
    """The columns of an index, open for reading; raises EngineError if they do not agree, and
    for a missing column, which is empty in a `partial` index."""

    def __init__(self, directory: Path, partial: bool) -> None:
        self._partial = partial
        names = _names(directory)
        self.fields, self.ids = tuple(names.fields), names.ids
        lengths: NDArray[np.int32] = np.load(directory / "lengths.npy", allow_pickle=False)
        if lengths.shape != (len(names.fields), len(names.ids)):
            raise EngineError(f"{directory}: field lengths do not fit the units")
        self.lengths: Mapping[str, NDArray[np.int32]] = dict(
            zip(names.fields, lengths, strict=True)
        )
        self._keywords: dict[str, KeywordColumn] = {}
        for place, (name, values) in enumerate(names.keywords.items()):
            with np.load(directory / f"keyword-{place}.npz", allow_pickle=False) as stored:
                self._keywords[name] = KeywordColumn(values, stored["codes"], stored["offsets"])
        self._facets: dict[tuple[tuple[str, ...], str], FacetTable] = {}
        self._single: dict[str, Ints | None] = {}
        self._numbers: dict[str, tuple[Ints, Bools]] = {}
        for place, name in enumerate(names.numbers):
            with np.load(directory / f"number-{place}.npz", allow_pickle=False) as stored:
                self._numbers[name] = self._spread(stored["units"], stored["values"])
        self._offsets = np.load(directory / "payloads.npy", allow_pickle=False).tolist()
        self._payloads = map_file(directory / PAYLOADS)
        if len(self._offsets) != len(self.ids) + 1 or self._offsets[-1] != len(self._payloads):
            raise EngineError(f"{directory}: payloads do not fit the units")

    @cached_property
    def places(self) -> Mapping[str, int]:
        return {unit: place for place, unit in enumerate(self.ids)}

    def keyword(self, name: str) -> KeywordColumn:
        if self._partial and name not in self._keywords:
            empty = np.zeros(len(self.ids) + 1, dtype=np.int64)
            return KeywordColumn([], empty[:0], empty)
        return _look_up(self._keywords, name, "keyword or facet")

    def single(self, name: str) -> Ints | None:
        """Per unit, the code of its only value of a keyword, from 1, and 0 without a value; None if
        no unit has one."""
        if name not in self._single:
            column = self.keyword(name)
            if column.most > 1:
                raise EngineError(f"a unit has several values of the keyword {name!r}")
            self._single[name] = column.spread(1).ravel() if column.most else None
        return self._single[name]

    def number(self, name: str) -> tuple[Ints, Bools]:
        """Per unit, the number (0 without one) and whether it has one."""
        if self._partial and name not in self._numbers:
            none = np.empty(0, dtype=np.int64)
            return self._spread(none, none)
        return _look_up(self._numbers, name, "number")

    def facets(self, names: tuple[str, ...], once: str) -> FacetTable:
        """The values of these keywords, prepared to be counted; see `Request.once`."""
        if (names, once) not in self._facets:
            columns = {name: self.keyword(name) for name in names}
            same = self.single(once) if once else None
            self._facets[names, once] = FacetTable(columns, len(self.ids), same)
        return self._facets[names, once]

    def payload(self, unit: int) -> bytes:
        return self._payloads[self._offsets[unit] : self._offsets[unit + 1]]

    def close(self) -> None:
        unmap(self._payloads)

    def _spread(self, units: Ints, values: Ints) -> tuple[Ints, Bools]:
        numbers = np.zeros(len(self.ids), dtype=np.int64)
        present = np.zeros(len(self.ids), dtype=np.bool_)
        numbers[units], present[units] = values, True
        return numbers, present


def _names(directory: Path) -> Names:
    try:
        return msgspec.json.decode((directory / NAMES).read_bytes(), type=Names)
    except (OSError, msgspec.DecodeError) as error:
        raise EngineError(f"{directory} does not contain a readable index: {error}") from error


def map_file(path: Path) -> mmap.mmap | bytes:
    """The bytes of a file, mapped into memory; an empty file cannot be mapped."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def unmap(content: mmap.mmap | bytes) -> None:
    if isinstance(content, mmap.mmap):
        content.close()


def _look_up(columns: Mapping[str, Column], name: str, what: str) -> Column:
    try:
        return columns[name]
    except KeyError:
        known = ", ".join(columns) or "none"
        raise EngineError(f"unknown {what} {name!r}; the index has {known}") from None
