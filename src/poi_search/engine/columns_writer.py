"""Writes the columns of an index; `columns` documents and reads them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from .columns import NAMES, PAYLOADS, Names
from .seam import IndexEntry


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
        """Write the codes, renumbered in the order of the values, and return the values."""
        values = sorted(self.known)
        renumbered = np.zeros(len(values), dtype=np.int64)
        renumbered[[self.known[value] for value in values]] = np.arange(len(values))
        codes = renumbered[np.frombuffer(self.codes, dtype=np.int64)]
        np.savez(path, codes=codes, offsets=np.frombuffer(self.offsets, dtype=np.int64))
        return values


class ColumnsWriter:
    """Collects the columns of entries; `save` writes them. Payloads are written as they come."""

    def __init__(
        self,
        directory: Path,
        fields: Sequence[str],
        keywords: Sequence[str],
        numbers: Sequence[str],
    ) -> None:
        self._ids: list[str] = []
        self._directory = directory
        self._lengths = {name: array("q") for name in fields}
        self._keywords = {name: _KeywordWriter(0) for name in keywords}
        self._numbers: dict[str, dict[int, int]] = {name: {} for name in numbers}
        self._offsets = array("q", [0])
        self._payloads = (directory / PAYLOADS).open("wb")

    def add(self, entry: IndexEntry) -> None:
        unit = len(self._ids)
        self._ids.append(entry.id)
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
        folder, units = self._directory, len(self._ids)
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
        names = Names(list(self._lengths), values, list(self._numbers), self._ids)
        (folder / NAMES).write_bytes(msgspec.json.encode(names))

    def close(self) -> None:
        self._payloads.close()
