"""Full-text search over a review article and its references, with biomedical synonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poi_search.library import Library

__all__ = ["Library", "__version__"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import `Library` on first use, to keep `import poi_search` cheap."""
    if name == "Library":
        from poi_search.library import Library  # noqa: PLC0415

        return Library
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
