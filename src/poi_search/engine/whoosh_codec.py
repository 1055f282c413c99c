"""A Whoosh codec that stores posting lists as whole arrays.

Whoosh's own posting blocks are pickled tuples, read one posting at a time. Scoring in arrays
needs the whole list at once; this way a list of 30,000 units is read in the time of a copy.
The term table and the segment are Whoosh's, unchanged.

A list is a header and three arrays, each of the narrowest unsigned little-endian integers that
can hold it: units (ascending), the frequency of the term in each, and its positions, by unit.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec
from whoosh.formats import Format

from .columns import Ints

_HEADER = struct.Struct("<IIBBB")
_WIDTHS = (1, 2, 4)


class Places(Format):  # type: ignore[misc]  # Whoosh has no types
    """Turns a list of terms into postings: frequencies, and positions as 32-bit integers."""

    def word_values(
        self, value: Sequence[str], _analyzer: object, **_: object
    ) -> Iterator[tuple[str, int, float, bytes]]:
        positions: dict[str, array[int]] = {}
        for position, term in enumerate(value):
            if term:
                positions.setdefault(term, array("I")).append(position)
        for term, found in positions.items():
            yield term, len(found), float(len(found)), found.tobytes()


class PostingList(NamedTuple):
    """Units, the frequency of the term in each, and its positions, `counts[i]` for unit i."""

    units: Ints
    counts: Ints
    positions: Ints


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with posting lists as arrays; returns a PostingList instead of a matcher."""

    length_stats = False

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> ArrayWriter:
        return ArrayWriter(dbfile)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> PostingList:
        offset, _ = terminfo.extent()
        return unpack(dbfile.get, offset)


class ArrayWriter(PostingsWriter):  # type: ignore[misc]
    """Collects the postings of one term at a time; Whoosh calls it in sorted order."""

    def __init__(self, dbfile: Any) -> None:
        self._file = dbfile

    def start_postings(self, format_: Any, terminfo: Any) -> None:
        self._terminfo = terminfo
        self._units = array("I")
        self._counts = array("I")
        self._positions: list[bytes] = []

    def add_posting(self, unit: int, weight: float, packed: bytes, length: Any = None) -> None:
        self._units.append(unit)
        self._counts.append(int(weight))
        self._positions.append(packed)

    def finish_postings(self) -> Any:
        positions = array("I", b"".join(self._positions))
        packed = pack(self._units, self._counts, positions)
        self._terminfo.set_extent(self._file.tell(), len(packed))
        self._file.write(packed)
        return self._terminfo

    def written(self) -> bool:
        return False


def pack(units: array[int], counts: array[int], positions: array[int]) -> bytes:
    """A posting list in its stored form."""
    arrays = [_narrow(values) for values in (units, counts, positions)]
    widths = [values.itemsize for values in arrays]
    header = _HEADER.pack(len(units), len(positions), *widths)
    return header + b"".join(values.tobytes() for values in arrays)


def unpack(read: Callable[[int, int], bytes], at: int) -> PostingList:
    """The posting list stored by `pack` at an offset; `read` takes an offset and a length."""
    units, positions, *widths = _HEADER.unpack(read(at, _HEADER.size))
    at += _HEADER.size
    arrays = []
    for size, width in zip((units, units, positions), widths, strict=True):
        arrays.append(np.frombuffer(read(at, size * width), f"<u{width}").astype(np.int64))
        at += size * width
    return PostingList(*arrays)


def _narrow(values: array[int]) -> np.ndarray:
    largest = max(values, default=0)
    width = next(width for width in _WIDTHS if largest < 1 << 8 * width)
    return np.array(values, dtype=f"<u{width}")
