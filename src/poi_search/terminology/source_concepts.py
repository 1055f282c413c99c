"""A concept as a vocabulary states it, before anything is left out."""

from __future__ import annotations

from dataclasses import dataclass

MeshFields = frozenset[str]


@dataclass(frozen=True, slots=True)
class SourceConcept:
    """`names` are found in any case, `symbols` by their capitals; an `approved` symbol is the one
    in use. `also` and `broader` are ids of concepts that need not exist. `fields` are the parts of
    the tree of MeSH that it belongs to, or would belong to: C04 has the neoplasms.
    """

    id: str
    label: str
    source: str
    fields: MeshFields
    names: tuple[str, ...] = ()
    approved: str = ""
    symbols: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
