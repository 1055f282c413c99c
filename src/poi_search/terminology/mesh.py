"""MeSH: one line for each descriptor, with id, label, entry terms and tree numbers, and one for
each supplementary concept, with the ids of the descriptors that it is mapped to instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from csv import reader

from .everyday import EverydayEnglish
from .source_concepts import MeshFields, SourceConcept

NAME = "MeSH"
_PUBLICATION_TYPES = "V"
_SUBSTANCES = "D"
_PLAIN_NAME = re.compile(r"[a-z]{5,}")
_PARTS = frozenset({"D022082"})
"""Cellular structures are parts of cells, not kinds: who asks for cells does not mean chromatin."""
_FIELD = 3
"""The length of the first part of a tree number: C04.588.033"""


def mesh_concepts(lines: Iterable[str]) -> Iterator[SourceConcept]:
    """The descriptors of a table, without publication types, which papers are, not what they name.

    A descriptor is below those whose tree numbers begin its own, unless it is a part of theirs.
    """
    rows = list(reader(lines, delimiter="\t"))
    owner = {tree: row[0] for row in rows for tree in _parts(row[3])}
    for identifier, label, terms, trees, *_ in rows:
        fields = frozenset(tree[:_FIELD] for tree in _parts(trees))
        above = {owner.get(tree.rpartition(".")[0], "") for tree in _parts(trees)}
        above = set() if identifier in _PARTS else above
        if {field[0] for field in fields} != {_PUBLICATION_TYPES}:
            yield SourceConcept(
                f"mesh:{identifier}",
                label,
                NAME,
                fields,
                (label, *_parts(terms)),
                broader=tuple(sorted(f"mesh:{each}" for each in above - {"", identifier})),
            )


def supplementary_concepts(
    lines: Iterable[str], descriptors: Mapping[str, MeshFields], english: EverydayEnglish
) -> Iterator[SourceConcept]:
    """The supplementary concepts that have a plain name, as drugs do: a word in small letters that
    in English, if it is a word there, is something made.

    Each is below the descriptors it is mapped to, and belongs to their fields.
    """
    for identifier, label, terms, mapped in reader(lines, delimiter="\t"):
        above = tuple(f"mesh:{each}" for each in mapped.split(",") if f"mesh:{each}" in descriptors)
        fields = frozenset().union(*(descriptors[each] for each in above))
        plain = _PLAIN_NAME.fullmatch(label) and (
            label not in english or english.meanings(label).made
        )
        if plain and _SUBSTANCES in {field[0] for field in fields}:
            names = (label, *_parts(terms))
            yield SourceConcept(f"mesh:{identifier}", label, NAME, fields, names, broader=above)


def _parts(cell: str) -> list[str]:
    return cell.split("|") if cell else []
