"""The packed file of the terminology, and its expansion into a folder.

    magic, SHA-256 of the content, content compressed with xz

The checksum names the expanded file, so one version of the package never reads that of another.
A file that is there is not trusted: its checksum is compared.
"""

from __future__ import annotations

import lzma
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from poi_search.checksums import checksum

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
    with packed.open("rb") as file:
        prefix = file.read(_PREFIX)
    return _version(packed, prefix)


def expand(folder: Path, packed: Path = PACKED) -> Path:
    """The expanded content of a packed file, in a folder; made if it is missing or damaged. That
    of another version is removed then: a process that has it open keeps it."""
    version = packed_version(packed)
    path = folder / f"terms-{version[:16]}.bin"
    if _has_checksum(path, version):
        return path
    content = _unpacked(packed)
    folder.mkdir(parents=True, exist_ok=True)
    _write(path, content)
    for other in folder.glob("terms-*.bin"):
        if other != path:
            _remove(other)
    return path


def _version(packed: Path, prefix: bytes) -> str:
    if not prefix.startswith(_MAGIC) or len(prefix) != _PREFIX:
        raise TerminologyError(f"{packed} is no packed terminology. Install poi-search again.")
    return prefix[len(_MAGIC) :].hex()


def _has_checksum(path: Path, wanted: str) -> bool:
    try:
        return checksum(path) == wanted
    except FileNotFoundError:
        return False


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


def _remove(path: Path) -> None:
    """Remove a file; Windows does not while it is mapped."""
    with suppress(OSError):
        path.unlink()


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
