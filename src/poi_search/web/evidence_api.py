"""What an article states about pairs of concepts, as JSON; by default those of its matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from poi_search.search.evidence import EvidenceCell
from poi_search.web import evidence_page
from poi_search.web.parameters import EvidenceParameters
from poi_search.web.problems import Problem

if TYPE_CHECKING:
    from poi_search.library import Library


class EvidenceConcept(Struct, frozen=True):
    """The concept of a row or column."""

    id: str
    label: str


class Evidence(Struct, frozen=True):
    """What an article states about pairs of concepts. `cells` has one for each row and column."""

    article: str
    rows: tuple[EvidenceConcept, ...]
    columns: tuple[EvidenceConcept, ...]
    cells: tuple[EvidenceCell, ...]


def article_evidence(library: Library, article_id: str, asked: EvidenceParameters) -> Evidence:
    """The evidence asked for. Raises Problem for a concept that is not in the library."""
    rows = asked.rows or evidence_page.source_concepts(library, article_id)
    columns = asked.columns or evidence_page.mechanism_concepts(library)
    return Evidence(
        article_id,
        tuple(_concept(library, "rows", each) for each in rows),
        tuple(_concept(library, "columns", each) for each in columns),
        library.evidence(article_id, tuple(rows), tuple(columns)),
    )


def _concept(library: Library, parameter: str, concept_id: str) -> EvidenceConcept:
    concept = library.concept(concept_id)
    if concept is None:
        raise Problem(parameter, f"There is no concept “{concept_id}” in the library.")
    return EvidenceConcept(concept_id, concept.label)
