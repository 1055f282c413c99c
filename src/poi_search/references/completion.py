"""Filling the gaps in a reference: from another source of the same work, or by inference."""

from __future__ import annotations

from msgspec.structs import fields, replace

from poi_search.article import Reference, WorkKind
from poi_search.references.publication_notices import merge_notices

# The number and the printed text always come from the entry itself.
_STATED = tuple(
    field for field in fields(Reference) if field.name not in ("number", "text", "notices")
)


def complete(reference: Reference, other: Reference) -> Reference:
    """`reference` with its missing fields taken from `other`, and the notices of both."""
    missing = {
        field.name: getattr(other, field.name)
        for field in _STATED
        if getattr(reference, field.name) == field.default != getattr(other, field.name)
    }
    if other.notices:
        missing["notices"] = merge_notices(reference.notices, other.notices)
    return replace(reference, **missing) if missing else reference


def infer_kind(reference: Reference) -> WorkKind:
    """The kind of a work whose source does not state it."""
    if reference.journal:
        return "article"
    return "book" if reference.publisher else "other"
