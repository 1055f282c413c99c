"""The headings that find a unit in addition to its own text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from poi_search.article import Table
from poi_search.results import Place

CAPTION = "the caption of the table"
HEADER = "the header of the table"
GROUP = "the heading of the rows"
SECTION = "the heading of the section"
_PARAGRAPH = "the heading of the paragraph"
_SUBJECTS = "the subject headings"


class UnitHeading(NamedTuple):
    """A text above a unit, and its relation to the unit: 'the caption of the table'."""

    where: str
    text: str


def section_headings(place: Place, paragraph: str = "") -> tuple[UnitHeading, ...]:
    """The headings of the sections that contain a passage, and its own."""
    return _label_headings(*((SECTION, title) for title in place.path), (_PARAGRAPH, paragraph))


def row_headings(table: Table, place: Place, group: str = "") -> tuple[UnitHeading, ...]:
    """The caption and header of the table of a row, and the headings above both."""
    header = ((HEADER, column) for column in table.header)
    caption, section = (CAPTION, table.caption.text), (SECTION, place.title)
    return _label_headings(caption, *header, (GROUP, group), section)


def subject_headings(headings: Iterable[str]) -> tuple[UnitHeading, ...]:
    """The subject headings of a paper."""
    return _label_headings(*((_SUBJECTS, heading) for heading in headings))


def _label_headings(*found: tuple[str, str]) -> tuple[UnitHeading, ...]:
    return tuple(UnitHeading(where, text) for where, text in found if text)
