"""The home of a library: the folder that contains `corpus/` and the index."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]


class HomeError(Exception):
    """No home was found; the message says where it was looked for, and how to specify one."""


def find_home(given: str | Path | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """`given`, else $POI_SEARCH_HOME, else the current folder or the clone if it has `corpus/`.

    A home that is specified but has no `corpus/` is an error, and never skipped.
    """
    for name, value in (("--home", given), ("POI_SEARCH_HOME", environ.get("POI_SEARCH_HOME"))):
        if value:
            home = _expand_user(Path(value))
            if not (home / "corpus").is_dir():
                raise HomeError(
                    f"{name} {home}: it contains no corpus/ folder. "
                    "Name a folder that does, with the articles to search in it."
                )
            return home.resolve()
    for home in (Path.cwd(), CLONE):
        if (home / "corpus").is_dir():
            return home.resolve()
    raise HomeError(
        f"No corpus: {Path.cwd()} contains no corpus/ folder. "
        "Change to a folder that does, or name one with --home or POI_SEARCH_HOME."
    )


def _expand_user(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:  # '~name' of an unknown user
        return path
