"""The evidence matrix: what an article says of each source of cells and each mechanism.

A sentence or a table row counts for a cell when both a source and a mechanism are named in
it, by whatever words. Nothing is inferred: a cell without such a sentence is empty.
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
from poi_search.web import article_page, markup

if TYPE_CHECKING:
    from poi_search.library import Library

_LISTS = ("abbreviations", "keywords")


class Mechanism(Struct, frozen=True, forbid_unknown_fields=True):
    label: Text
    concepts: tuple[Text, ...]


class Design(Struct, frozen=True, forbid_unknown_fields=True):
    """What `evidence.toml` declares: the concept above all sources, what below it is none."""

    sources: Text
    without: tuple[Text, ...]
    mechanisms: tuple[Mechanism, ...] = field(name="mechanism")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or row that names both, as HTML, with the unit it stands in."""

    unit: UnitView
    html: Markup


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands where a row and a column meet; `id` is its place on the page."""

    id: str
    source: str
    mechanism: str
    statements: tuple[Statement, ...]
    references: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    mechanisms: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]

    @property
    def filled(self) -> tuple[Cell, ...]:
        return tuple(cell for _, cells in self.rows for cell in cells if cell.statements)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence or row with the concepts named in it and where."""

    unit: UnitView
    start: int
    end: int
    mentions: tuple[tuple[str, int, int], ...]


def design() -> Design:
    """The rows and columns, as `evidence.toml` declares them."""
    return read_toml(Path(__file__).with_name("evidence.toml"), Design)


def matrix(library: Library, article_id: str) -> Matrix:
    """The matrix of one article; a mechanism that the thesaurus lacks has no column."""
    plan = design()
    passages = _passages(library, article_id)
    named = {concept for passage in passages for concept, _, _ in passage.mentions}
    sources = _sources(library, plan, named)
    columns = [(m.label, _closure(library, m.concepts)) for m in plan.mechanisms]
    columns = [(label, concepts) for label, concepts in columns if concepts]
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    for label, source in sources:
        cells = [
            _cell(f"e{len(rows) + 1}-{i}", (label, source), column, passages)
            for i, column in enumerate(columns, 1)
        ]
        if any(cell.statements for cell in cells):
            rows.append((label, tuple(cells)))
    return Matrix(tuple(label for label, _ in columns), tuple(rows))


def applies(library: Library, article_id: str) -> bool:
    """Whether an article names any source of cells at all, so that a matrix is worth a look."""
    plan = design()
    known = library.narrower(plan.sources) - {plan.sources} - _closure(library, plan.without)
    return any(m.concept in known for unit in library.mentions(article_id).values() for m in unit)


def _sources(library: Library, plan: Design, named: set[str]) -> list[tuple[str, frozenset[str]]]:
    """Each source named in the article with what is narrower, the most general first."""
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


def _passages(library: Library, article_id: str) -> list[_Passage]:
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
                out.append(_Passage(unit, start, end, inside))
    return out


def _is_notes(unit: UnitView) -> bool:
    return unit.kind == "table" and not unit.table


def _cell(
    cell_id: str,
    source: tuple[str, frozenset[str]],
    mechanism: tuple[str, frozenset[str]],
    passages: Iterable[_Passage],
) -> Cell:
    statements = []
    references: dict[int, str] = {}
    for passage in passages:
        named = {concept for concept, _, _ in passage.mentions}
        if named & source[1] and named & mechanism[1]:
            statements.append(Statement(passage.unit, _written(passage, source[1] | mechanism[1])))
            references |= _cited(passage)
    return Cell(
        cell_id, source[0], mechanism[0], tuple(statements), tuple(sorted(references.items()))
    )


def _written(passage: _Passage, concepts: frozenset[str]) -> Markup:
    marks = [(s, e, "synonym") for concept, s, e in passage.mentions if concept in concepts]
    if passage.unit.table:
        return article_page.whole(passage.unit, marks)
    return article_page.part(passage.unit, (passage.start, passage.end), marks)


def _cited(passage: _Passage) -> Mapping[int, str]:
    inside = markup.moved(passage.unit.citations, passage.start, passage.end)
    return {link.number: link.label for link in inside}
