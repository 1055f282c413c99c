"""MeSH descriptors: one line each of a table of id, label, entry terms and tree numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .vocabulary import SourceConcept

NAME = "MeSH"


def mesh_concepts(lines: Iterable[str]) -> Iterator[SourceConcept]:
    """The descriptors of a table. A descriptor is below those whose tree numbers begin its own."""
    rows = [line.rstrip("\n").split("\t") for line in lines]
    owner = {tree: row[0] for row in rows for tree in _parts(row[3])}
    for identifier, label, terms, trees, *_ in rows:
        above = {owner.get(tree.rpartition(".")[0], "") for tree in _parts(trees)}
        yield SourceConcept(
            f"mesh:{identifier}",
            label,
            (label, *_parts(terms)),
            broader=tuple(sorted(f"mesh:{each}" for each in above - {"", identifier})),
            source=NAME,
        )


def _parts(cell: str) -> list[str]:
    return cell.split("|") if cell else []
