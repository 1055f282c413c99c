"""Which headings is a unit found by, besides its own text?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from poi_search.article import Table
from poi_search.results import Place

_CAPTION = "the caption of the table"
_HEADER = "the header of the table"
_GROUP = "the heading of the rows"
_SECTION = "the heading of the section"
_PARAGRAPH = "the heading of the paragraph"
_SUBJECTS = "the subject headings"


class UnitHeading(NamedTuple):
    """A text above a unit, and what it is to the unit: 'the caption of the table'."""

    where: str
    text: str


def above(place: Place, paragraph: str = "") -> tuple[UnitHeading, ...]:
    """The headings of the sections that a passage is in, and its own."""
    return _named(*((_SECTION, title) for title in place.path), (_PARAGRAPH, paragraph))


def above_row(table: Table, place: Place, group: str = "") -> tuple[UnitHeading, ...]:
    """The caption and header of a row's table, and the headings that both are under."""
    header = ((_HEADER, column) for column in table.header)
    return _named((_CAPTION, table.caption.text), *header, (_GROUP, group), (_SECTION, place.title))


def subjects(headings: Iterable[str]) -> tuple[UnitHeading, ...]:
    """The subject headings of a paper."""
    return _named(*((_SUBJECTS, heading) for heading in headings))


def _named(*found: tuple[str, str]) -> tuple[UnitHeading, ...]:
    return tuple(UnitHeading(where, text) for where, text in found if text)
