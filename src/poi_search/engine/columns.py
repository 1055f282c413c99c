"""What an engine must know of every unit besides its postings, one array per thing.

Ids and payloads, exact field lengths, keyword values and numbers, in the order of entry.
Arrays are `.npy` files read without pickle, names and ids JSON, payloads one plain file.
"""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from .nodes import EngineError, Entry

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

Column = TypeVar("Column")

NAMES = "columns.json"
PAYLOADS = "payloads.bin"
_LARGEST = 2**53
"""Numbers up to here stay exact as floats, in which they are sorted."""


class Names(msgspec.Struct, frozen=True):
    """What the columns are called, the ids in order of entry, the values of each keyword."""

    fields: list[str]
    keywords: dict[str, list[str]]
    numbers: list[str]
    ids: list[str]


def utf8(text: str, what: str) -> bytes:
    """`text` as UTF-8; EngineError where it holds half of a surrogate pair."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise EngineError(f"{what} {text!r} is not valid Unicode text") from None


class _KeywordWriter:
    """Codes of one keyword: unit i has `codes[offsets[i]:offsets[i + 1]]`."""

    def __init__(self, units: int) -> None:
        self.known: dict[str, int] = {}
        self.codes = array("q")
        self.offsets = array("q", [0] * (units + 1))

    def add(self, values: Sequence[str]) -> None:
        for value in dict.fromkeys(values):
            self.codes.append(self.known.setdefault(value, len(self.known)))
        self.offsets.append(len(self.codes))

    def save(self, path: Path) -> list[str]:
        """Write codes in the order of the values, so that the order of codes is theirs."""
        values = sorted(self.known)
        renumbered = np.zeros(len(values), dtype=np.int64)
        renumbered[[self.known[value] for value in values]] = np.arange(len(values))
        codes = renumbered[np.frombuffer(self.codes, dtype=np.int64)]
        np.savez(path, codes=codes, offsets=np.frombuffer(self.offsets, dtype=np.int64))
        return values


class ColumnsWriter:
    """Collects the columns of entries; `save` writes them. Payloads go to disk as they come."""

    def __init__(
        self,
        directory: Path,
        fields: Sequence[str],
        keywords: Sequence[str],
        numbers: Sequence[str],
    ) -> None:
        self.ids: dict[str, int] = {}
        self._directory = directory
        self._lengths = {name: array("q") for name in fields}
        self._keywords = {name: _KeywordWriter(0) for name in keywords}
        self._numbers: dict[str, dict[int, int]] = {name: {} for name in numbers}
        self._offsets = array("q", [0])
        self._payloads = (directory / PAYLOADS).open("wb")

    def check(self, entry: Entry) -> None:
        """EngineError for whatever would make `add` fail or the index ambiguous."""
        utf8(entry.id, "id")
        if entry.id in self.ids:
            raise EngineError(f"the id {entry.id!r} was added before: ids must be unique")
        for name in entry.terms:
            if name not in self._lengths:
                raise EngineError(
                    f"entry {entry.id!r} has an unknown field {name!r}: "
                    f"the index was begun with {', '.join(self._lengths)}"
                )
        for values in entry.keywords.values():
            for value in values:
                utf8(value, "keyword value")
        for name, number in entry.numbers.items():
            if abs(number) > _LARGEST:
                raise EngineError(f"entry {entry.id!r}: {name} = {number} is beyond 53 bits")

    def add(self, entry: Entry) -> None:
        unit = self.ids[entry.id] = len(self.ids)
        for name, lengths in self._lengths.items():
            lengths.append(sum(1 for term in entry.terms.get(name, ()) if term))
        for name in entry.keywords:
            if name not in self._keywords:
                self._keywords[name] = _KeywordWriter(unit)
        for name, keyword in self._keywords.items():
            keyword.add(entry.keywords.get(name, ()))
        for name, number in entry.numbers.items():
            self._numbers.setdefault(name, {})[unit] = number
        self._payloads.write(entry.payload)
        self._offsets.append(self._offsets[-1] + len(entry.payload))

    def save(self) -> None:
        self._payloads.close()
        folder, units = self._directory, len(self.ids)
        np.save(folder / "payloads.npy", np.frombuffer(self._offsets, dtype=np.int64))
        lengths = [np.frombuffer(column, dtype=np.int64) for column in self._lengths.values()]
        np.save(
            folder / "lengths.npy", np.array(lengths, dtype=np.int32).reshape(len(lengths), units)
        )
        values = {
            name: keyword.save(folder / f"keyword-{place}.npz")
            for place, (name, keyword) in enumerate(self._keywords.items())
        }
        for place, numbers in enumerate(self._numbers.values()):
            np.savez(
                folder / f"number-{place}.npz",
                units=np.fromiter(numbers.keys(), dtype=np.int64, count=len(numbers)),
                values=np.fromiter(numbers.values(), dtype=np.int64, count=len(numbers)),
            )
        names = Names(list(self._lengths), values, list(self._numbers), list(self.ids))
        (folder / NAMES).write_bytes(msgspec.json.encode(names))

    def close(self) -> None:
        self._payloads.close()


@dataclass(frozen=True)
class Keyword:
    """One keyword: unit i has the values `codes[offsets[i]:offsets[i + 1]]`, by value."""

    values: list[str]
    codes: Ints
    offsets: Ints

    @cached_property
    def _single(self) -> Ints | None:
        """Per unit its code + 1, or 0 without one; None where a unit has several."""
        counts = np.diff(self.offsets)
        if counts.size and counts.max() > 1:
            return None
        single = np.zeros(len(counts), dtype=np.int64)
        single[counts == 1] = self.codes + 1
        return single

    @cached_property
    def _owners(self) -> Ints:
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def mask(self, value: str) -> Bools:
        """Units with `value`."""
        mask = np.zeros(len(self.offsets) - 1, dtype=np.bool_)
        place = int(np.searchsorted(self.values, value)) if self.values else 0
        if place < len(self.values) and self.values[place] == value:
            mask[self._owners[self.codes == place]] = True
        return mask

    def count(self, units: Ints) -> dict[str, int]:
        """Value → how many of `units` (each once) have it, the most frequent first, then by
        value."""
        if units.size == len(self.offsets) - 1:
            return dict(self._counts_of_all)
        if self._single is not None:
            return self._ordered(np.bincount(self._single[units], minlength=1)[1:])
        return self._ordered(np.bincount(self._codes_of(units)))

    @cached_property
    def _counts_of_all(self) -> dict[str, int]:
        return self._ordered(np.bincount(self.codes))

    def _ordered(self, counts: Ints) -> dict[str, int]:
        codes = counts.nonzero()[0]
        codes = codes[np.argsort(-counts[codes], kind="stable")]
        return {self.values[code]: int(counts[code]) for code in codes.tolist()}

    def _codes_of(self, units: Ints) -> Ints:
        starts = self.offsets[units]
        counts = self.offsets[units + 1] - starts
        ends = np.cumsum(counts)
        places = np.repeat(starts - ends + counts, counts) + np.arange(ends[-1] if ends.size else 0)
        codes: Ints = self.codes[places]
        return codes


class Columns:
    """The columns of an index, open for reading; raises EngineError where they disagree."""

    def __init__(self, directory: Path) -> None:
        names = _names(directory)
        self.fields, self.ids = tuple(names.fields), names.ids
        lengths: NDArray[np.int32] = np.load(directory / "lengths.npy", allow_pickle=False)
        if lengths.shape != (len(names.fields), len(names.ids)):
            raise EngineError(f"{directory}: field lengths do not fit the units")
        self.lengths: Mapping[str, NDArray[np.int32]] = dict(
            zip(names.fields, lengths, strict=True)
        )
        self._keywords: dict[str, Keyword] = {}
        for place, (name, values) in enumerate(names.keywords.items()):
            with np.load(directory / f"keyword-{place}.npz", allow_pickle=False) as stored:
                self._keywords[name] = Keyword(values, stored["codes"], stored["offsets"])
        self._numbers: dict[str, tuple[Ints, Bools]] = {}
        for place, name in enumerate(names.numbers):
            with np.load(directory / f"number-{place}.npz", allow_pickle=False) as stored:
                self._numbers[name] = self._spread(stored["units"], stored["values"])
        self._offsets = np.load(directory / "payloads.npy", allow_pickle=False).tolist()
        self._payloads = mapped(directory / PAYLOADS)
        if len(self._offsets) != len(self.ids) + 1 or self._offsets[-1] != len(self._payloads):
            raise EngineError(f"{directory}: payloads do not fit the units")

    @cached_property
    def places(self) -> Mapping[str, int]:
        return {unit: place for place, unit in enumerate(self.ids)}

    def keyword(self, name: str) -> Keyword:
        return _named(self._keywords, name, "keyword or facet")

    def number(self, name: str) -> tuple[Ints, Bools]:
        """Per unit the number (0 without one) and whether it has one."""
        return _named(self._numbers, name, "number")

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
        raise EngineError(f"{directory} holds no index that can be read: {error}") from error


def mapped(path: Path) -> mmap.mmap | bytes:
    """The file's bytes without reading them yet; an empty file cannot be mapped."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def unmap(content: mmap.mmap | bytes) -> None:
    if isinstance(content, mmap.mmap):
        content.close()


def _named(columns: Mapping[str, Column], name: str, what: str) -> Column:
    try:
        return columns[name]
    except KeyError:
        known = ", ".join(columns) or "none"
        raise EngineError(f"unknown {what} {name!r}; the index has {known}") from None
