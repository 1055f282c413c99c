"""MeSH descriptors: one line each of a table of id, label, entry terms and tree numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .vocabulary import SourceConcept

NAME = "MeSH"
_PUBLICATION_TYPES = "V"
_FIELD = 3
"""The length of the first part of a tree number: C04.588.033"""


def mesh_concepts(lines: Iterable[str]) -> Iterator[SourceConcept]:
    """The descriptors of a table, without publication types, which papers are, not what they name.

    A descriptor is below those whose tree numbers begin its own.
    """
    rows = [line.rstrip("\n").split("\t") for line in lines]
    owner = {tree: row[0] for row in rows for tree in _parts(row[3])}
    for identifier, label, terms, trees, *_ in rows:
        fields = frozenset(tree[:_FIELD] for tree in _parts(trees))
        above = {owner.get(tree.rpartition(".")[0], "") for tree in _parts(trees)}
        if {field[0] for field in fields} != {_PUBLICATION_TYPES}:
            yield SourceConcept(
                f"mesh:{identifier}",
                label,
                NAME,
                fields,
                (label, *_parts(terms)),
                broader=tuple(sorted(f"mesh:{each}" for each in above - {"", identifier})),
            )


def _parts(cell: str) -> list[str]:
    return cell.split("|") if cell else []
