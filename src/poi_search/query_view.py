"""What was understood of a question, in the form shared by JSON, the command line and the pages."""

from __future__ import annotations

from msgspec import Struct


class ConceptView(Struct, frozen=True):
    """A concept recognised in the question; `source` is 'thesaurus', 'terminology', or the id of
    the article that defines it."""

    id: str
    label: str
    matched: str
    terms: tuple[str, ...]
    url: str
    source: str


class Correction(Struct, frozen=True, gc=False, rename={"from_": "from"}):
    """A word that was corrected: `from` as typed, `to` as searched."""

    from_: str
    to: str


class PartCount(Struct, frozen=True, gc=False):
    """The number of units that one part of the question finds on its own."""

    text: str
    count: int


class AbsentPart(Struct, frozen=True, gc=False):
    """A part of the question that nothing in the library names; `label` is that of its concept, ''
    if it is none."""

    text: str
    label: str = ""


class Excluded(Struct, frozen=True, gc=False):
    """What a filter leaves out for want of a value: the number of units that `reason` is true of
    ('have no year')."""

    filter: str
    count: int
    reason: str


class QueryView(Struct, frozen=True):
    """The question as it was understood. `without_filters` is what it finds without its filters, if
    it finds nothing with them."""

    text: str
    searched: str
    corrections: tuple[Correction, ...] = ()
    concepts: tuple[ConceptView, ...] = ()
    notices: tuple[str, ...] = ()
    filters: dict[str, object] = {}
    parts: tuple[PartCount, ...] = ()
    absent: tuple[AbsentPart, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    without_filters: int = 0
