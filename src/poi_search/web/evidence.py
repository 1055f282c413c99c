"""The evidence matrix: what an article says about each source of cells and each mechanism.

A sentence or table row belongs to a cell if it names both the source and the mechanism, in
whatever words. Nothing is inferred: a cell without such a statement is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct, field

from poi_search.results import UnitView
from poi_search.text.sentences import sentences
from poi_search.toml_files import Text, read_toml
from poi_search.web import article_page
from poi_search.web.annotations import citations_within

if TYPE_CHECKING:
    from poi_search.library import Library

_LISTS = ("abbreviations", "keywords")


class Mechanism(Struct, frozen=True, forbid_unknown_fields=True):
    label: Text
    concepts: tuple[Text, ...]


class Design(Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `evidence.toml`: the concept that is broader than all sources, the narrower
    ones that are not sources, and the mechanisms.
    """

    sources: Text
    without: tuple[Text, ...]
    mechanisms: tuple[Mechanism, ...] = field(name="mechanism")


@dataclass(frozen=True, slots=True)
class MatrixStatement:
    """A sentence or row that names both, as HTML, with its unit."""

    unit: UnitView
    html: Markup


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The cell at a row and a column; `id` is its id on the page."""

    id: str
    source: str
    mechanism: str
    statements: tuple[MatrixStatement, ...]
    references: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    mechanisms: tuple[str, ...]
    rows: tuple[tuple[str, tuple[MatrixCell, ...]], ...]

    @property
    def filled_cells(self) -> tuple[MatrixCell, ...]:
        return tuple(cell for _, cells in self.rows for cell in cells if cell.statements)


@dataclass(frozen=True, slots=True)
class _NamedPassage:
    """A sentence or row with the mentions of concepts in it."""

    unit: UnitView
    start: int
    end: int
    mentions: tuple[tuple[str, int, int], ...]


def design() -> Design:
    """The rows and columns declared in `evidence.toml`."""
    return read_toml(Path(__file__).with_name("evidence.toml"), Design)


def matrix(library: Library, article_id: str) -> Matrix:
    """The matrix of one article; mechanisms missing from the thesaurus have no column."""
    plan = design()
    passages = _passages(library, article_id)
    named = {concept for passage in passages for concept, _, _ in passage.mentions}
    sources = _sources(library, plan, named)
    columns = [(m.label, _closure(library, m.concepts)) for m in plan.mechanisms]
    columns = [(label, concepts) for label, concepts in columns if concepts]
    rows: list[tuple[str, tuple[MatrixCell, ...]]] = []
    for label, source in sources:
        cells = [
            _cell(f"e{len(rows) + 1}-{i}", (label, source), column, passages)
            for i, column in enumerate(columns, 1)
        ]
        if any(cell.statements for cell in cells):
            rows.append((label, tuple(cells)))
    return Matrix(tuple(label for label, _ in columns), tuple(rows))


def has_matrix(library: Library, article_id: str) -> bool:
    """Whether an article names any source of cells, so that it has a matrix to show."""
    plan = design()
    known = library.narrower(plan.sources) - {plan.sources} - _closure(library, plan.without)
    return any(m.concept in known for unit in library.mentions(article_id).values() for m in unit)


def _sources(library: Library, plan: Design, named: set[str]) -> list[tuple[str, frozenset[str]]]:
    """Each source named in the article with its narrower concepts, the most general first."""
    found = []
    below_it = library.narrower(plan.sources) - {plan.sources}
    for concept_id in below_it - _closure(library, plan.without):
        concept = library.concept(concept_id)
        below = frozenset(library.narrower(concept_id))
        if concept and below & named:
            found.append((concept.label, below))
    return sorted(found, key=lambda row: (-len(row[1]), row[0]))


def _closure(library: Library, concepts: Iterable[str]) -> frozenset[str]:
    known = [concept for concept in concepts if library.concept(concept)]
    return frozenset(below for concept in known for below in library.narrower(concept))


def _passages(library: Library, article_id: str) -> list[_NamedPassage]:
    mentions = library.mentions(article_id)
    out = []
    for unit in library.units(article_id):
        if unit.kind not in ("section", "table") or unit.anchor in _LISTS or _is_notes(unit):
            continue
        found = [(m.concept, m.start, m.end) for m in mentions.get(unit.anchor, ())]
        whole = unit.kind == "table"
        for start, end in [(0, len(unit.text))] if whole else sentences(unit.text):
            inside = tuple(m for m in found if start <= m[1] and m[2] <= end)
            if len(inside) > 1:
                out.append(_NamedPassage(unit, start, end, inside))
    return out


def _is_notes(unit: UnitView) -> bool:
    return unit.kind == "table" and not unit.table


def _cell(
    cell_id: str,
    source: tuple[str, frozenset[str]],
    mechanism: tuple[str, frozenset[str]],
    passages: Iterable[_NamedPassage],
) -> MatrixCell:
    statements = []
    references: dict[int, str] = {}
    for passage in passages:
        named = {concept for concept, _, _ in passage.mentions}
        if named & source[1] and named & mechanism[1]:
            statements.append(
                MatrixStatement(passage.unit, _statement_html(passage, source[1] | mechanism[1]))
            )
            references |= _references(passage)
    return MatrixCell(
        cell_id, source[0], mechanism[0], tuple(statements), tuple(sorted(references.items()))
    )


def _statement_html(passage: _NamedPassage, concepts: frozenset[str]) -> Markup:
    marks = [(s, e, "synonym") for concept, s, e in passage.mentions if concept in concepts]
    if passage.unit.table:
        return article_page.unit_line(passage.unit, marks)
    return article_page.excerpt(passage.unit, (passage.start, passage.end), marks)


def _references(passage: _NamedPassage) -> Mapping[int, str]:
    inside = citations_within(passage.unit.citations, passage.start, passage.end)
    return {link.number: link.label for link in inside}
