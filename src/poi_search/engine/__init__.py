"""Engines: which units match a query, and in which order.

`seam` and `nodes` define what an engine takes and returns. An engine is a module of this package
with `open_writer` and `open_reader`; one that only keeps postings leaves the rest to `embedded`.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from .checks import CheckedWriter
from .seam import Engine, EngineError, IndexReader, IndexWriter, Scoring

DEFAULT = "whoosh"
_CACHE_BYTES = 128 * 2**20


def load(name: str = DEFAULT) -> Engine:
    """The engine with this name; its module is imported on demand."""
    path = f"{__name__}.{name}"
    try:
        module = importlib.import_module(path)
    except ModuleNotFoundError as error:
        if error.name != path:
            raise
        raise EngineError(f"there is no engine {name!r}") from None
    if not hasattr(module, "open_reader"):
        raise EngineError(f"there is no engine {name!r}")
    return cast("Engine", module)


def open_writer(
    directory: Path,
    fields: Sequence[str],
    keywords: Sequence[str] = (),
    numbers: Sequence[str] = (),
    *,
    engine: Engine | None = None,
) -> IndexWriter:
    """Begin an index in an empty directory; see `seam.Engine`. Entries that no engine could keep
    are refused before they reach it."""
    if any(directory.iterdir()):
        raise EngineError(f"{directory} is not empty: an index is written in a new directory")
    writer = (engine or load()).open_writer(directory, fields, keywords, numbers)
    return CheckedWriter(writer, fields)


def open_reader(
    directory: Path,
    scoring: Scoring | None = None,
    cache_bytes: int = _CACHE_BYTES,
    *,
    partial: bool = False,
    engine: Engine | None = None,
) -> IndexReader:
    """Open an index for searching; `cache_bytes` bounds the postings kept in memory. Fields that
    a `partial` index lacks count as empty."""
    return (engine or load()).open_reader(directory, scoring or Scoring(), cache_bytes, partial)
