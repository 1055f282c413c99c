"""The evidence matrix: what an article states about each source of cells and each mechanism.

`search/evidence.py` finds the statements for pairs of concepts. A mechanism may be several
concepts; its column joins their cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct, field

from poi_search.results import CitationLink, NoteView, UnitView
from poi_search.search.evidence import CellDirection, EvidenceCell, EvidenceStatement, overall
from poi_search.search.evidence_direction import Direction
from poi_search.search.unit_notes import retraction_lines
from poi_search.toml_files import Text, read_toml
from poi_search.web import article_page
from poi_search.web.annotations import citations_within

if TYPE_CHECKING:
    from poi_search.library import Library


_WORDS: Mapping[Direction, str] = {"raises": "raised", "lowers": "lowered"}


class Mechanism(Struct, frozen=True, forbid_unknown_fields=True):
    label: Text
    concepts: tuple[Text, ...]


class Design(Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `evidence_page.toml`: the concept that is broader than all sources, the
    narrower ones that are not sources, and the mechanisms.
    """

    sources: Text
    without: tuple[Text, ...]
    mechanisms: tuple[Mechanism, ...] = field(name="mechanism")


@dataclass(frozen=True, slots=True)
class MatrixStatement:
    """A sentence or row that names both, as HTML, with its unit, the notes on it, and the retracted
    papers it rests on.

    `says` lists what it says of which concept: 'Apoptosis: lowered'. `above` says which concept is
    named above it, and where.
    """

    unit: UnitView
    html: Markup
    says: tuple[str, ...]
    above: str
    notes: tuple[NoteView, ...]
    retractions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The cell at a row and a column; `id` is its id on the page."""

    id: str
    source: str
    mechanism: str
    direction: CellDirection
    statements: tuple[MatrixStatement, ...]
    references: tuple[CitationLink, ...]

    @property
    def says(self) -> tuple[str, ...]:
        """What its statements say, each once."""
        return tuple(dict.fromkeys(said for each in self.statements for said in each.says))

    @property
    def noted(self) -> bool:
        """Whether there is an editorial note on one of the statements."""
        return any(statement.notes for statement in self.statements)

    @property
    def retracted(self) -> bool:
        """Whether one of the statements rests on a retracted paper."""
        return any(statement.retractions for statement in self.statements)


@dataclass(frozen=True, slots=True)
class Matrix:
    mechanisms: tuple[str, ...]
    rows: tuple[tuple[str, tuple[MatrixCell, ...]], ...]

    @property
    def filled_cells(self) -> tuple[MatrixCell, ...]:
        return tuple(cell for _, cells in self.rows for cell in cells if cell.statements)

    @property
    def retracted(self) -> bool:
        """Whether a statement in it rests on a retracted paper."""
        return any(cell.retracted for cell in self.filled_cells)


def design() -> Design:
    """The rows and columns declared in `evidence_page.toml`."""
    return read_toml(Path(__file__).with_name("evidence_page.toml"), Design)


def matrix(library: Library, article_id: str) -> Matrix:
    """The matrix of one article; mechanisms missing from the thesaurus have no column."""
    mechanisms = _mechanisms(library)
    sources = source_concepts(library, article_id)
    columns = [concept for mechanism in mechanisms for concept in mechanism.concepts]
    stated = {(c.row, c.column): c for c in library.evidence(article_id, sources, columns)}
    units = {unit.id: unit for unit in library.units(article_id)}
    rows: list[tuple[str, tuple[MatrixCell, ...]]] = []
    for source in sources:
        cells = tuple(
            _join_cells(
                library,
                f"e{len(rows) + 1}-{position}",
                mechanism.label,
                [stated[source, concept] for concept in mechanism.concepts],
                units,
            )
            for position, mechanism in enumerate(mechanisms, 1)
        )
        if any(cell.statements for cell in cells):
            rows.append((_label(library, source), cells))
    return Matrix(tuple(mechanism.label for mechanism in mechanisms), tuple(rows))


def has_matrix(library: Library, article_id: str) -> bool:
    """Whether an article names any source of cells, so that it has a matrix to show."""
    return bool(source_concepts(library, article_id))


def source_concepts(library: Library, article_id: str) -> list[str]:
    """The sources of cells named in an article, the most general first."""
    plan = design()
    mentions = library.mentions(article_id).values()
    named = {mention.concept for unit in mentions for mention in unit}
    excluded = {below for each in plan.without for below in library.narrower(each)}
    sources = [
        (-len(below), concept.label, concept_id)
        for concept_id in library.narrower(plan.sources) - {plan.sources} - excluded
        if (concept := library.concept(concept_id))
        and (below := library.narrower(concept_id)) & named
    ]
    return [concept_id for _, _, concept_id in sorted(sources)]


def mechanism_concepts(library: Library) -> list[str]:
    """The concepts of all mechanisms, in the order of the columns."""
    return [concept for mechanism in _mechanisms(library) for concept in mechanism.concepts]


def _mechanisms(library: Library) -> list[Mechanism]:
    """The mechanisms with those of their concepts that are in the thesaurus."""
    plan = design().mechanisms
    known = [Mechanism(m.label, tuple(filter(library.concept, m.concepts))) for m in plan]
    return [mechanism for mechanism in known if mechanism.concepts]


def _label(library: Library, concept_id: str) -> str:
    concept = library.concept(concept_id)
    return concept.label if concept else concept_id


def _join_cells(
    library: Library,
    cell_id: str,
    mechanism: str,
    cells: Sequence[EvidenceCell],
    units: Mapping[str, UnitView],
) -> MatrixCell:
    """One cell of the page, from those of all concepts of a mechanism, in reading order."""
    order = {unit_id: position for position, unit_id in enumerate(units)}
    places: dict[tuple[int, int], list[tuple[EvidenceCell, EvidenceStatement]]] = {}
    for cell in cells:
        for statement in cell.statements:
            places.setdefault((order[statement.id], statement.start), []).append((cell, statement))
    statements, references = [], dict[int, CitationLink]()
    for _, same in sorted(places.items()):
        unit, (_, first) = units[same[0][1].id], same[0]
        statements.append(_statement(library, unit, same))
        inside = citations_within(unit.citations, first.start, first.end)
        references |= {link.number: link for link in inside}
    return MatrixCell(
        cell_id,
        _label(library, cells[0].row),
        mechanism,
        overall(s.direction for cell in cells for s in cell.statements),
        tuple(statements),
        tuple(link for _, link in sorted(references.items())),
    )


def _statement(
    library: Library, unit: UnitView, same: Sequence[tuple[EvidenceCell, EvidenceStatement]]
) -> MatrixStatement:
    """A statement as shown, from what it is for each concept of a mechanism."""
    first = same[0][1]
    marks = [
        (first.start + start, first.start + end, "synonym")
        for start, end in sorted({mark for _, statement in same for mark in statement.marks})
    ]
    span = first.start, first.end
    html = (
        article_page.unit_line(unit, marks)
        if unit.table
        else article_page.excerpt(unit, span, marks)
    )
    said = [
        f"{_label(library, cell.column)}: {_WORDS[statement.direction]}"
        for cell, statement in same
        if statement.direction in _WORDS
    ]
    in_text = any(not statement.above for _, statement in same)
    above = "" if in_text else f"{_label(library, first.above_concept)} is named in {first.above}"
    retractions = retraction_lines(first.citations)
    return MatrixStatement(unit, html, tuple(said), above, first.notes, retractions)
