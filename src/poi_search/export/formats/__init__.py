"""The export formats: each module in this package is one, under its own name.

A module defines `FORMAT`, from which the command line, the pages and the API take everything they
show about the format. Adding a module adds the format to all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from poi_search.article import Reference

References = Sequence[tuple[str, Reference]]
"""References with their unit ids."""

Keys = Mapping[str, str]
"""The keys of records by unit id, for formats that have keys."""


@dataclass(frozen=True, slots=True)
class Format:
    """`label` is the name shown to people, `suffix` the file suffix without the dot.

    `write` receives `tidy` references, each once. `make_keys` makes the keys of records, which
    must be the same in every export; most formats have none.
    """

    label: str
    media_type: str
    suffix: str
    write: Callable[[References, Keys], str]
    make_keys: Callable[[References], Keys] | None = None


NAMES = tuple(sorted(module.name.replace("_", "-") for module in iter_modules(__path__)))
"""The names of all formats, as typed: the module `csl_json` is 'csl-json'."""


@cache
def load(name: str) -> Format:
    """The format called `name`, imported on first use; ValueError if there is none."""
    if name not in NAMES:
        raise ValueError(f"unknown format {name!r}: use one of {', '.join(NAMES)}")
    found: Format = import_module(f"{__name__}.{name.replace('-', '_')}").FORMAT
    return found


def drop_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    """`fields` without those that are empty."""
    return {name: value for name, value in fields.items() if value not in ("", None, [])}
