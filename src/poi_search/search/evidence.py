"""What do articles state about pairs of concepts, in which direction? Pure: works on recorded data.

A sentence or table row states a pair if both concepts, or narrower ones, are named in it or in
what stands directly above it (headings, caption, header, row group), and at least one of them in
the sentence or row itself. Nothing is inferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from poi_search.index.entries import Stored
from poi_search.results import CitationLink, Mark, NoteView
from poi_search.search.evidence_direction import Direction, what_is_said
from poi_search.search.named_passages import (
    EvidenceTopic,
    NamedPassage,
    evidence_topics,
    named_passages,
    outermost,
)
from poi_search.search.unit_notes import notes_on
from poi_search.thesaurus import Thesaurus

CellDirection = Literal["raises", "lowers", "both", "not said"]


class EvidenceStatement(Struct, frozen=True):
    """A sentence or table row that names both concepts: `text` is `[start, end)` of its unit.

    `direction` is what it says of the column's concept; `marks` are spans of `text`. `above` says
    where the concept `above_concept` is named, if the sentence or row itself does not name it.
    """

    id: str
    anchor: str
    url: str
    title: str
    text: str
    start: int
    end: int
    direction: Direction
    marks: tuple[Mark, ...] = ()
    above: str = ""
    above_concept: str = ""
    citations: tuple[CitationLink, ...] = ()
    notes: tuple[NoteView, ...] = ()


class EvidenceCell(Struct, frozen=True):
    """What is stated about the concept of a row and the concept of a column."""

    row: str
    column: str
    count: int
    direction: CellDirection
    statements: tuple[EvidenceStatement, ...]


def evidence(
    units: Iterable[Stored], thesaurus: Thesaurus, rows: Sequence[str], columns: Sequence[str]
) -> tuple[EvidenceCell, ...]:
    """A cell for each row and column, row by row; rows and columns are ids of concepts."""
    passages = [passage for unit in units for passage in named_passages(unit)]
    outcomes = evidence_topics(thesaurus, columns)
    return tuple(
        _cell(agent, outcome, passages)
        for agent in evidence_topics(thesaurus, rows)
        for outcome in outcomes
    )


def overall(directions: Iterable[Direction]) -> CellDirection:
    """The direction of several statements together; those that do not say it do not count."""
    said = {each for each in directions if each != "not said"}
    return "both" if len(said) > 1 else next(iter(said), "not said")


def _cell(
    agent: EvidenceTopic, outcome: EvidenceTopic, passages: Iterable[NamedPassage]
) -> EvidenceCell:
    found = (_statement(passage, agent, outcome) for passage in passages)
    statements = tuple(statement for statement in found if statement is not None)
    together = overall(statement.direction for statement in statements)
    return EvidenceCell(agent.id, outcome.id, len(statements), together, statements)


def _statement(
    passage: NamedPassage, agent: EvidenceTopic, outcome: EvidenceTopic
) -> EvidenceStatement | None:
    missing = [topic for topic in (agent, outcome) if passage.named.isdisjoint(topic.concepts)]
    if len(missing) > 1:
        return None
    above = [passage.place_above(topic.concepts) for topic in missing]
    if not all(above):
        return None
    view, start, end = passage.stored.view, passage.start, passage.end
    return EvidenceStatement(
        id=view.id,
        anchor=view.anchor,
        url=view.url,
        title=view.title,
        text=passage.text,
        start=start,
        end=end,
        direction=what_is_said(passage, agent, outcome),
        marks=tuple(outermost(passage.spans(agent.concepts | outcome.concepts))),
        above="".join(above),
        above_concept="".join(topic.id for topic in missing),
        citations=tuple(link for link in view.citations if _is_cited(link, start, end)),
        notes=notes_on(view, ((start, end),)),
    )


def _is_cited(link: CitationLink, start: int, end: int) -> bool:
    return any(start <= low and high <= end for low, high in link.places)
