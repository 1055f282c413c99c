"""The formats in which references can be exported: each module here is one, under its name.

A module has a `FORMAT`. The command line, the pages and the API read all that they say of a
format from it; a new module is a new format for all of them.
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
"""How a record is named in a format that has keys, by unit id."""


@dataclass(frozen=True, slots=True)
class Format:
    """`label` is its name for people, `suffix` that of its files, without the dot.

    `write` gets references that are `tidy`, each once. `make_keys` names records that must
    have the same name in every export; most formats have none.
    """

    label: str
    media_type: str
    suffix: str
    write: Callable[[References, Keys], str]
    make_keys: Callable[[References], Keys] | None = None


NAMES = tuple(sorted(module.name.replace("_", "-") for module in iter_modules(__path__)))
"""The names of all formats, as they are typed: a module `csl_json` is 'csl-json'."""


@cache
def load(name: str) -> Format:
    """The format of this name; its module is imported only now. Raises ValueError for others."""
    if name not in NAMES:
        raise ValueError(f"unknown format {name!r}: use one of {', '.join(NAMES)}")
    found: Format = import_module(f"{__name__}.{name.replace('-', '_')}").FORMAT
    return found


def filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value not in ("", None, [])}
