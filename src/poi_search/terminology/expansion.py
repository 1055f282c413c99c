"""The packed file of the terminology, and its expansion into a folder.

    magic, SHA-256 of the content, content compressed with xz

The checksum names the expanded file, so one version of the package never reads that of another.
A file that is there is not trusted: it is read whole, and its checksum compared. The content stays
in memory, where nothing that happens to the file afterwards can damage it.
"""

from __future__ import annotations

import lzma
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from .layout import TerminologyError

PACKED = Path(__file__).parent / "terms.pack"
_MAGIC = b"poi-search pack1"
_DIGEST = 32
_PREFIX = len(_MAGIC) + _DIGEST
_FILTERS = ({"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME},)
"""Named in full, so that all versions of the library compress alike."""


def pack(content: bytes) -> bytes:
    """The packed file of a content."""
    packed = lzma.compress(content, lzma.FORMAT_XZ, lzma.CHECK_CRC32, filters=_FILTERS)
    return _MAGIC + sha256(content).digest() + packed


def packed_version(packed: Path = PACKED) -> str:
    """The checksum of the content of a packed file, in hexadecimal, which is its version."""
    try:
        with packed.open("rb") as file:
            prefix = file.read(_PREFIX)
    except FileNotFoundError as error:
        raise TerminologyError(f"{packed} is missing. Install poi-search again.") from error
    return _version(packed, prefix)


def read_content(folder: Path, packed: Path = PACKED) -> bytes:
    """The content of a packed file, read from the expanded file in a folder, which is made if it is
    missing or damaged. If it cannot be written there, the content is expanded in memory only."""
    version = packed_version(packed)
    path = _expanded(folder, version)
    content = _read(path)
    if sha256(content).hexdigest() == version:
        return content
    content = _unpacked(packed)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, content)
    return content


def remove_others(folder: Path, packed: Path = PACKED) -> None:
    """Remove from a folder the expanded files of other versions, and what killed processes left.

    Nobody misses them: a file is read at once, and one that cannot be written is not needed.
    """
    kept = _expanded(folder, packed_version(packed))
    for other in folder.glob("terms-*.bin*"):
        if other != kept:
            with suppress(OSError):
                other.unlink()


def _expanded(folder: Path, version: str) -> Path:
    return folder / f"terms-{version[:16]}.bin"


def _version(packed: Path, prefix: bytes) -> str:
    if not prefix.startswith(_MAGIC) or len(prefix) != _PREFIX:
        raise TerminologyError(f"{packed} is no packed terminology. Install poi-search again.")
    return prefix[len(_MAGIC) :].hex()


def _read(path: Path) -> bytes:
    """The content of a file; nothing if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _unpacked(packed: Path) -> bytes:
    """The content of a packed file, if its checksum is right."""
    whole = packed.read_bytes()
    try:
        content = lzma.decompress(whole[_PREFIX:], lzma.FORMAT_XZ)
    except (lzma.LZMAError, EOFError):
        content = b""
    if sha256(content).hexdigest() != _version(packed, whole[:_PREFIX]):
        raise TerminologyError(f"{packed} is damaged. Install poi-search again.")
    return content


def _write(path: Path, content: bytes) -> None:
    """Write a file that others see only when it is whole."""
    with NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o644)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
