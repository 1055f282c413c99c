"""What does a sentence or table row say about a concept: that it rises, that it falls, or neither?

In a table, the header of a column or a heading of the rows may name one of the two concepts; the
wording of the cell decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import UNSET

from poi_search.index.unit_headings import HEADER, SECTION
from poi_search.results import Mark, TableView
from poi_search.search.named_passages import EvidenceTopic, NamedPassage, outermost
from poi_search.text import change_words as vocabulary
from poi_search.text.analysis import stems
from poi_search.text.clauses import SentenceWords
from poi_search.text.direction import direction
from poi_search.text.typography import DASH

Direction = Literal["raises", "lowers", "not said"]

_ANTI = re.compile(rf"anti(?:{DASH}|\s)?", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_LONGEST_CELL = 6
_LONGEST_PASSAGE = 4000
"""Longer rows are not read for a direction: they are pages set as a table."""
_SAYS: Mapping[int, Direction] = {1: "raises", -1: "lowers", 0: "not said"}


def what_is_said(passage: NamedPassage, agent: EvidenceTopic, outcome: EvidenceTopic) -> Direction:
    """What a passage that names both says of the outcome.

    The heading of a section is too far away to be the subject of a sentence.
    """
    if len(passage.text) > _LONGEST_PASSAGE:
        return "not said"
    agents = passage.spans(agent.concepts)
    outcomes = _outcome_spans(passage, outcome)
    missing = outcome if agents else agent
    if agents and passage.spans(outcome.concepts):
        return _SAYS[direction(passage.text, outcomes, agents)]
    table, where = passage.stored.view.table, passage.place_above(missing.concepts)
    if table is UNSET or where == SECTION:
        return "not said"
    if where == HEADER:
        return _SAYS[_cell_direction(table, missing, outcomes)]
    if agents:
        return _SAYS[_only(bare_direction(cell) for cell in table.cells[1:])]
    return _SAYS[direction(passage.text, outcomes, (), agent_above=True)]


def bare_direction(cell: str) -> int:
    """What a cell says that is little else than 'Decreased', 'higher' or '↑ (p < 0.05)'."""
    words = SentenceWords(cell)
    said = {sign for arrow, sign in vocabulary.ARROWS.items() if arrow in cell}
    if len(words) <= _LONGEST_CELL and not words.is_negated(len(words)):
        first = words.between(0, 2)
        said |= {vocabulary.COMPARED[word] for word in first if word in vocabulary.COMPARED}
        changes = [words.change(at) for at in range(2)]
        said |= {c.sign for c in changes if c and c.form in ("ed", "noun") and not c.judging}
    return _only(said)


def _cell_direction(table: TableView, topic: EvidenceTopic, outcomes: list[Mark]) -> int:
    """What the cells say whose header names the topic."""
    columns = zip(table.header, table.cells, table.cell_spans, strict=False)
    said = []
    for header, cell, (start, end) in columns:
        if topic.is_named(header):
            inside = [(low - start, high - start) for low, high in outcomes if start <= low < end]
            worded = direction(cell, inside, (), agent_above=True) if inside else 0
            said.append(worded or bare_direction(cell))
    return _only(said)


def _only(said: Iterable[int]) -> int:
    """The sign that is said; 0 if none is, or both are."""
    signs = {sign for sign in said if sign}
    return signs.pop() if len(signs) == 1 else 0


def _outcome_spans(passage: NamedPassage, outcome: EvidenceTopic) -> list[Mark]:
    spans = outermost(passage.spans(outcome.concepts))
    return [core for span in spans if (core := _core(passage.text, span, outcome))]


def _core(text: str, span: Mark, topic: EvidenceTopic) -> Mark | None:
    """The part of a mention that names the concept itself, without words of rising and falling:
    'fibrotic' of 'anti-fibrotic', 'angiogenesis' of 'promote angiogenesis'.

    Without such a part nothing can be said: 'inhibiting oxidative stress' names antioxidants, but
    does not say that they fall.
    """
    start, end = span
    anti = _ANTI.match(text, start, end)
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    plain = [word for word in words if text[slice(*word)].lower() not in vocabulary.CHANGE_WORDS]
    starts = [*([anti.end()] if anti else []), *(low for low, _ in plain)]
    parts = [(low, high) for low in starts for _, high in reversed(plain) if low < high]
    return next(
        (
            part
            for names in (topic.own_names, topic.names)
            for part in parts
            if stems(text[slice(*part)]) in names
        ),
        None,
    )
