"""Which index is current, and how a new one takes its place.

A build writes a whole new folder alongside the old ones, and one small file, `CURRENT`, says
which folder is current:

    index/CURRENT                                   name and checksum of the manifest
    index/20240131T120000123456Z-1a2b3c4d/…         a generation: files and manifest.json
    index/LOCK                                      locked while a build runs

`CURRENT` is replaced in one step, and only after everything it refers to is on disk and has
been opened once. A crash at any point leaves the old generation current; a reader sees either
the old one or the new one, never a mixture.

The manifest holds the checksum of every file, and all of them are verified before anything is
opened: some of the files are pickles, which must not be loaded unless we wrote them. This
detects damage, not malice: anyone who can write here can also write a manifest. All files are
read each time, as SHA-256 in two threads takes 0.1 s for the 170 MB of 100,000 passages on
processors with instructions for it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

POINTER, LOCK, MANIFEST = "CURRENT", "LOCK", "manifest.json"
_BUILDING = ".building"
_NAME = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{8}")
_POINTER = re.compile(rb"(%s) ([0-9a-f]{64})\n" % _NAME.pattern.encode())
_FORMAT = 1
_LARGE = 2**16  # bytes; a thread costs more than the checksum of a smaller file


class IndexDamaged(Exception):  # noqa: N818  # says what happened
    """The current generation differs from what was built: which file, and what to do."""

    def __init__(self, place: Path, problem: str) -> None:
        super().__init__(f"{place}: {problem}. Run `poi-search index --force` to rebuild it.")


class BuildRunning(Exception):  # noqa: N818  # says what happened
    """Another process is building in the same index folder."""


class BuildFailed(Exception):  # noqa: N818  # says what happened
    """A generation could not be written; the old one stays current."""


@dataclass(frozen=True, slots=True)
class GenerationFolder:
    """A complete index: `manifest` is the data its builder recorded, `built` an ISO time."""

    name: str
    path: Path
    manifest: Mapping[str, Any]
    built: str


class _Manifest(msgspec.Struct, frozen=True):
    format: int
    built: str
    files: dict[str, str]
    data: dict[str, Any]


def current(index_dir: Path) -> GenerationFolder | None:
    """The current generation, with the checksum of every file verified; None if there is none.

    Raises IndexDamaged if a file is missing, changed, or not from the build.
    """
    for _ in range(100):
        pointer = _read_pointer(index_dir)
        if pointer is None:
            return None
        try:
            return _verify(index_dir / pointer[0], pointer[1])
        except (IndexDamaged, OSError) as error:
            # Later builds may have removed this generation while it was being read.
            if _read_pointer(index_dir) == pointer:
                if isinstance(error, IndexDamaged):
                    raise
                place = Path(error.filename or index_dir / pointer[0])
                raise IndexDamaged(place, f"cannot be read ({error.strerror})") from error
    raise IndexDamaged(index_dir, "its generations change faster than they can be read")


def current_name(index_dir: Path) -> str | None:
    """The name of the current generation, unverified: cheap enough to check at every request."""
    pointer = _read_pointer(index_dir)
    return pointer[0] if pointer else None


def stamp(index_dir: Path) -> tuple[int, int] | None:
    """A value that changes whenever another generation becomes current.

    It is the inode and time of the pointer, even cheaper to read than the name.
    """
    try:
        found = os.stat(f"{index_dir}/{POINTER}")  # noqa: PTH116  # at each search
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def build(
    index_dir: Path,
    write: Callable[[Path], dict[str, Any]],
    check: Callable[[Path], None],
) -> GenerationFolder:
    """Write a new generation and make it current.

    `write` fills an empty folder and returns the data for the manifest (JSON types); its
    exceptions are passed on, except OSError. `check` opens the folder before it becomes current
    and raises an exception if that fails.

    Raises BuildRunning, or BuildFailed if the files cannot be written or the check fails. In
    every case the old generation stays current and intact.
    """
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        with _lock(index_dir):
            _retire(index_dir)
            return _build(index_dir, write, check)
    except OSError as error:
        raise BuildFailed(
            f"the index in {index_dir} was not rebuilt: {error}; the previous one stays in use"
        ) from error


def _build(
    index_dir: Path, write: Callable[[Path], dict[str, Any]], check: Callable[[Path], None]
) -> GenerationFolder:
    now = datetime.now(UTC)
    folder = index_dir / _BUILDING
    folder.mkdir()
    try:
        data = write(folder)
        files = {str(path.relative_to(folder)): path for path in _files(folder)}
        manifest = _Manifest(_FORMAT, now.isoformat(timespec="seconds"), _checksums(files), data)
        stored = msgspec.json.format(msgspec.json.encode(manifest))
        (folder / MANIFEST).write_bytes(stored)
        for path in [*_files(folder), *_folders(folder)]:
            _to_disk(path)
        _check(folder, check)
        checksum = hashlib.sha256(stored).hexdigest()
        generation = index_dir / f"{now:%Y%m%dT%H%M%S%f}Z-{checksum[:8]}"
        folder.rename(generation)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _to_disk(index_dir)
    _point(index_dir, generation.name, checksum)
    _retire(index_dir)
    return GenerationFolder(generation.name, generation, data, manifest.built)


def _check(folder: Path, check: Callable[[Path], None]) -> None:
    try:
        check(folder)
    except Exception as error:
        raise BuildFailed(
            f"the new index cannot be opened: {error}; the previous one stays in use"
        ) from error


def _point(index_dir: Path, name: str, checksum: str) -> None:
    new = index_dir / f".{POINTER}"
    new.write_bytes(f"{name} {checksum}\n".encode())
    _to_disk(new)
    new.replace(index_dir / POINTER)
    try:
        _to_disk(index_dir)
    except OSError as error:
        raise BuildFailed(
            f"the new index in {index_dir} is in use, but a power cut may undo it: {error}"
        ) from error


def _read_pointer(index_dir: Path) -> tuple[str, str] | None:
    path = index_dir / POINTER
    try:
        stored = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IndexDamaged(path, f"cannot be read ({error.strerror})") from error
    match = _POINTER.fullmatch(stored)
    if not match:
        raise IndexDamaged(path, "does not name a generation")
    return match[1].decode(), match[2].decode()


def _verify(folder: Path, checksum: str) -> GenerationFolder:
    path = folder / MANIFEST
    stored = path.read_bytes()
    if hashlib.sha256(stored).hexdigest() != checksum:
        raise IndexDamaged(path, "has changed since it was built")
    try:
        manifest = msgspec.json.decode(stored, type=_Manifest)
    except msgspec.DecodeError as error:
        raise IndexDamaged(path, f"is not a valid manifest ({error})") from error
    if manifest.format != _FORMAT:
        raise IndexDamaged(path, f"has format {manifest.format}; this version reads {_FORMAT}")
    files = {str(path.relative_to(folder)): path for path in _files(folder)}
    files.pop(MANIFEST, None)  # a later build may be removing the folder
    for name in sorted(manifest.files.keys() - files.keys()):
        raise IndexDamaged(folder / name, "is missing")
    for name in sorted(files.keys() - manifest.files.keys()):
        raise IndexDamaged(folder / name, "is not part of the generation")
    for name, found in _checksums(files).items():
        if found != manifest.files[name]:
            raise IndexDamaged(folder / name, "has changed since it was built")
    return GenerationFolder(folder.name, folder, manifest.data, manifest.built)


def _files(folder: Path) -> Iterator[Path]:
    """Everything below the folder except folders; links are included."""
    return (path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())


def _folders(folder: Path) -> list[Path]:
    return [folder, *(path for path in folder.rglob("*") if path.is_dir())]


def _checksums(files: Mapping[str, Path]) -> dict[str, str]:
    """The SHA-256 of each file; of large files in two threads, the largest first."""
    sizes = {name: path.lstat().st_size for name, path in files.items()}
    order = sorted(files, key=lambda name: -sizes[name])
    large = [name for name in order if sizes[name] >= _LARGE]
    with ThreadPoolExecutor(2) as pool:
        sums = pool.map(lambda name: _checksum(files[name]), large)
        small = {name: _checksum(files[name]) for name in order[len(large) :]}
        return dict(zip(large, sums, strict=True)) | small


def _checksum(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        raise IndexDamaged(path, "is not a regular file")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    """Flush the content of a file or folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _lock(index_dir: Path) -> Iterator[None]:
    """Hold the lock of the index folder; the system releases it when the process ends."""
    with (index_dir / LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BuildRunning(
                f"another build is running in {index_dir}; try again when it has finished"
            ) from None
        yield


def _retire(index_dir: Path) -> None:
    """Remove the remains of killed builds and all generations but the last two.

    Readers may still have the one before the current one open. Other files are left alone.
    """
    with suppress(IndexDamaged, OSError):
        name = current_name(index_dir)
        names = sorted(path.name for path in index_dir.iterdir() if _NAME.fullmatch(path.name))
        before = [other for other in names if name and other < name]
        for other in names:
            if other != name and other not in before[-1:]:
                shutil.rmtree(index_dir / other, ignore_errors=True)
    shutil.rmtree(index_dir / _BUILDING, ignore_errors=True)
