"""From a corpus to a generation of the index, and the store that keeps generations."""

from __future__ import annotations

from pathlib import Path

from poi_search.index.file_store import FileStore
from poi_search.index.store import Store


def open_store(home: Path) -> Store:
    """The store of the generations of a home."""
    return FileStore(home / "index")
