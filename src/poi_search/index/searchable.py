"""The fields that a question can name, such as `title:` or `year:`: one table for all.

A row says how the field is written in a question, and what the index keeps of a unit for it.
A new field is a new row: the grammar, the query and the index read the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from poi_search.index.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchField:
    """A field of questions and of the index.

    `value` says what is typed: words, which are looked for in the text; a keyword, which must
    be the same; or a notation that `query/fields.py` reads, for a keyword or a number.
    `short` are other names before a colon, `tags` those of PubMed, in brackets. A unit has a
    `single` value, so two of them side by side mean either. An `initials` field has names of
    people: a last word of one or two letters begins one.

    `words`, `keywords` and `number` are what the index keeps of a unit. The words of authors
    are parts of the text of a reference and come from there.
    """

    name: str
    value: Literal["words", "keyword", "years", "section", "reference", "kind"]
    example: str
    short: tuple[str, ...] = ()
    tags: str = ""
    single: bool = False
    initials: bool = False
    words: Callable[[Unit], str] | None = None
    keywords: Callable[[Unit], Iterable[str]] | None = None
    number: Callable[[Unit], int | None] | None = None


def _reference(field: str) -> Callable[[Unit], str]:
    """What a reference says in `field`; '' for units of other kinds."""
    return lambda unit: str(getattr(unit.view.reference, field, "") or "")


def _title(unit: Unit) -> str:
    if unit.view.section:
        return unit.view.section.title
    return unit.view.reference.title if unit.view.reference else ""


def _sections(unit: Unit) -> Iterable[str]:
    """The section and those around it; one without a number is known by its anchor."""
    pieces = (unit.view.section.number or unit.within).split(".") if unit.view.section else []
    return (".".join(pieces[: i + 1]) for i in range(len(pieces)))


_journal, _year = _reference("journal"), _reference("year")

SEARCH_FIELDS: Final = (
    SearchField(
        name="author",
        value="words",
        example='author:Ding or author:"Ding L"',
        short=("au",),
        tags="au, author, 1au, lastau, fau, first author, last author, full author name,"
        " author - first, author - last, author - full",
        initials=True,
    ),
    SearchField(
        name="title",
        value="words",
        example='title:ovary or title:"ovarian reserve"',
        short=("ti",),
        tags="ti, title",
        words=_title,
    ),
    SearchField(
        name="journal",
        value="words",
        example='journal:"Stem Cells"',
        short=("ta",),
        tags="ta, jour, journal, journal title abbreviation",
        single=True,
        words=_journal,
        keywords=lambda unit: (_journal(unit),),
    ),
    SearchField(
        name="article",
        value="keyword",
        example="article:smith-2020",
        single=True,
        keywords=lambda unit: (unit.view.article,),
    ),
    SearchField(
        name="year",
        value="years",
        example="year:2018, year:2018..2020 or year:>=2018",
        short=("date", "dp"),
        tags="dp, pdat, ppdat, year, date, publication date, date - publication",
        single=True,
        keywords=lambda unit: (_year(unit),),
        number=lambda unit: unit.view.reference.year if unit.view.reference else None,
    ),
    SearchField(
        name="section", value="section", example="section:3.4", single=True, keywords=_sections
    ),
    SearchField(
        name="cites",
        value="reference",
        example="cites:47",
        keywords=lambda unit: (str(citation.number) for citation in unit.view.citations),
    ),
    SearchField(
        name="kind",
        value="kind",
        example="kind:section, kind:table, kind:figure or kind:reference",
        single=True,
        keywords=lambda unit: (unit.view.kind,),
    ),
)
