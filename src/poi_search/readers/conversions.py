"""Articles in formats that are converted to text first, which takes long: once for each file.

A package of `readers/` whose files are converted has `converter`, `convert` and `read_converted`
besides `read`.
"""

from __future__ import annotations

from hashlib import sha256
from types import ModuleType
from typing import Protocol

from msgspec import Struct


class Conversion(Struct, frozen=True):
    """The text of a file: the SHA-256 of its content, and what converted it, with the version."""

    checksum: str
    converter: str
    text: str


class Conversions(Protocol):
    """The conversions that a library keeps."""

    def find(self, checksum: str) -> Conversion | None: ...

    def keep(self, conversion: Conversion) -> None: ...


class NoConversions:
    """Keeps nothing, so that every file is converted."""

    def find(self, checksum: str) -> Conversion | None:
        return None

    def keep(self, conversion: Conversion) -> None: ...


def is_converted(form: ModuleType) -> bool:
    """Whether the files of a format are converted before they are read."""
    return hasattr(form, "convert")


def conversion_of(form: ModuleType, content: bytes, name: str, known: Conversions) -> Conversion:
    """The conversion of a file: that of before, unless another converter made it.

    Without a converter, any is as good as it was. Raises ReadError if the file cannot be converted.
    """
    digest, converter = sha256(content).hexdigest(), form.converter()
    kept = known.find(digest)
    if kept is None or (converter and kept.converter != converter):
        kept = Conversion(digest, converter, form.convert(content, name))
    known.keep(kept)
    return kept
