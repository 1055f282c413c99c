"""References without anything that could end an exported record or start another."""

from __future__ import annotations

from msgspec.structs import fields, replace

from poi_search.article import Name, Reference
from poi_search.text.typography import one_line


def tidy(reference: Reference) -> Reference:
    """The reference with every text as `one_line` returns it, without empty names and headings."""
    return replace(
        reference,
        **{field.name: _tidy(getattr(reference, field.name)) for field in fields(Reference)},
    )


def _tidy(value: object) -> object:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, Name):
        return Name(*(one_line(getattr(value, field.name)) for field in fields(Name)))
    if isinstance(value, tuple):
        return tuple(one for one in map(_tidy, value) if one not in ("", Name()))
    return value
