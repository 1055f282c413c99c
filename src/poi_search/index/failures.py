"""What is said of a file that cannot be indexed, when the others are."""

from __future__ import annotations

from pathlib import Path

from poi_search.article import ReadError
from poi_search.engine.checks import ID_BYTES
from poi_search.index.units import Unit


def failure_message(path: Path, error: Exception) -> str:
    if isinstance(error, ReadError):
        return str(error)
    reason = f"{type(error).__name__}: {error}"
    return f"{path.name}: reading it failed ({reason}). Remove it, and please report this."


def check_ids(file: str, found: list[Unit]) -> None:
    """Fail an article, instead of the build, for an id that engines refuse."""
    for unit in found:
        if len(unit.view.id.encode()) > ID_BYTES:
            place = unit.view.anchor[:40]
            problem = f"the id of this part has more than {ID_BYTES} bytes"
            raise ReadError(file, place, problem, "Shorten the heading that it is made of")
