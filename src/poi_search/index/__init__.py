"""How a corpus becomes a generation of the index, and where generations are kept."""

from __future__ import annotations

from pathlib import Path

from poi_search.index.file_store import FileStore
from poi_search.index.store import Store


def open_store(home: Path) -> Store:
    """The store of a home's generations."""
    return FileStore(home / "index")
