"""The layout of the terminology: a header, then named sections, all little-endian.

The content is one object in memory, of which all tables are views. What stands in it is checked
before it is used, so damaged bytes raise `TerminologyError` and nothing worse.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, overload

import msgspec

NumberKind = Literal["B", "H", "I"]
"""Numbers of one, two and four bytes."""

MAGIC = b"poi-search terms"
FORMAT = 2
_LENGTH = struct.Struct("<I")
_PREFIX = len(MAGIC) + _LENGTH.size
_ALIGNMENT = 8


class TerminologyError(Exception):
    """A terminology that cannot be used; the message says which file, and what to do."""


class SourceCount(msgspec.Struct, frozen=True):
    """What the terminology has from one source; a merged concept counts for its first source."""

    name: str
    version: str
    concepts: int
    names: int


class Header(msgspec.Struct, frozen=True):
    """What the content is, and where its sections are: name → start after the header, length."""

    format: int
    concepts: int
    ids: int
    keys: int
    stems: int
    synonyms: int
    sources: tuple[SourceCount, ...]
    sections: dict[str, tuple[int, int]] = {}


class StringTable(Sequence[bytes]):
    """Strings by number, in two sections: their bounds and their bytes."""

    def __init__(self, content: bytes, start: int, bounds: memoryview[int]) -> None:
        self._content, self._start, self._bounds = content, start, bounds

    def __len__(self) -> int:
        return len(self._bounds) - 1

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | Sequence[bytes]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        start = self._start
        return self._content[start + self._bounds[at] : start + self._bounds[at + 1]]


class Sections:
    """The sections of the content of a packed file."""

    def __init__(self, content: bytes, packed: Path) -> None:
        if sys.byteorder != "little":
            raise TerminologyError("The terminology cannot be read on a big-endian machine.")
        self._content, self._packed = content, packed
        self.header, self._base = self._read_header()

    def damaged(self) -> TerminologyError:
        return TerminologyError(f"{self._packed} is damaged. Install poi-search again.")

    def numbers(self, name: str, kind: NumberKind, length: int) -> memoryview[int]:
        """A section of so many numbers."""
        start, size = self._place(name)
        if size != length * array(kind).itemsize:
            raise self.damaged()
        return memoryview(self._content)[start : start + size].cast(kind)

    def strings(self, name: str, length: int) -> StringTable:
        """A section of so many strings."""
        start, size = self._place(name)
        bounds = self.numbers(f"{name} bounds", "I", length + 1)
        if not bounds or bounds[0] or bounds[-1] != size:
            raise self.damaged()
        return StringTable(self._content, start, bounds)

    def _place(self, name: str) -> tuple[int, int]:
        start, size = self.header.sections.get(name, (-1, 0))
        if start < 0 or size < 0 or self._base + start + size > len(self._content):
            raise self.damaged()
        return self._base + start, size

    def _read_header(self) -> tuple[Header, int]:
        if not self._content.startswith(MAGIC) or len(self._content) < _PREFIX:
            raise self.damaged()
        (length,) = _LENGTH.unpack_from(self._content, len(MAGIC))
        try:
            header = msgspec.json.decode(self._content[_PREFIX : _PREFIX + length], type=Header)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self.damaged() from None
        if header.format != FORMAT:
            raise self.damaged()
        return header, _PREFIX + length


def string_sections(name: str, strings: Iterable[bytes]) -> Mapping[str, bytes]:
    """The two sections of a table of strings."""
    every = list(strings)
    bounds = [0]
    for string in every:
        bounds.append(bounds[-1] + len(string))
    return {f"{name} bounds": number_section("I", bounds), name: b"".join(every)}


def number_section(kind: NumberKind, numbers: Iterable[int]) -> bytes:
    return array(kind, numbers).tobytes()


def lay_out(header: Header, sections: Mapping[str, bytes]) -> bytes:
    """Header and sections as one content; the same input always gives the same bytes."""
    places: dict[str, tuple[int, int]] = {}
    parts: list[bytes] = []
    size = 0
    for name, section in sections.items():
        places[name] = size, len(section)
        parts += section, bytes(-len(section) % _ALIGNMENT)
        size += len(section) + -len(section) % _ALIGNMENT
    text = msgspec.json.encode(msgspec.structs.replace(header, sections=places))
    text += b" " * (-(_PREFIX + len(text)) % _ALIGNMENT)
    return b"".join((MAGIC, _LENGTH.pack(len(text)), text, *parts))
