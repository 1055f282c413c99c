"""Checksums of files, computed again only if the size or time of a file has changed."""

from __future__ import annotations

from functools import lru_cache
from hashlib import file_digest
from pathlib import Path


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises `OSError` if it cannot be read."""
    seen = path.stat()
    return _checksum(path, seen.st_size, seen.st_mtime_ns, seen.st_ino)


@lru_cache(maxsize=65536)
def _checksum(path: Path, _size: int, _changed: int, _inode: int) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
