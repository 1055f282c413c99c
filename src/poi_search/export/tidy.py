"""References without anything that could end an exported record or start another."""

from __future__ import annotations

from msgspec.structs import replace

from poi_search.article import Name, PublicationNotice, Reference
from poi_search.text.typography import one_line


def tidy(reference: Reference) -> Reference:
    """The reference with every text as `one_line` returns it, without empty names and headings."""
    return replace(
        reference,
        **{name: _tidy(getattr(reference, name)) for name in Reference.__struct_fields__},
    )


def _tidy(value: object) -> object:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, Name):
        return Name(*(one_line(getattr(value, name)) for name in Name.__struct_fields__))
    if isinstance(value, PublicationNotice):
        names = ("date", "doi", "pmid", "source")
        return replace(value, **{name: one_line(getattr(value, name)) for name in names})
    if isinstance(value, tuple):
        return tuple(one for one in map(_tidy, value) if one not in ("", Name()))
    return value
