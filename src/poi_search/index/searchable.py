"""The table of fields that a question can name, such as `title:` or `year:`.

A row defines how the field is written in a question, and what the index keeps for it.
To add a field, add a row: the grammar, the query and the index read the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from poi_search.references.identifiers import doi_key

if TYPE_CHECKING:
    from poi_search.results import UnitView


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchField:
    """A field of questions and of the index.

    `value` is what is typed: words, which are looked for in the text; a keyword, which must be
    equal; or a notation read by `query/fields.py`, for a keyword or a number. `place` is the
    name of the field in reasons. `short` lists other names before a colon, `tags` the tags of
    PubMed, in brackets. A unit has one value of a `single` field, so two of them side by side
    mean either. An `initials` field contains names of people: a last word of one or two letters
    is the start of one. In one with `capitals`, they tell short forms from words (CAT from cat).

    `words`, `keywords` and `number` compute what the index keeps of a unit. The words of authors
    are taken from the text of a reference.
    """

    name: str
    value: Literal[
        "words", "keyword", "years", "section", "reference", "kind", "doi", "pmid", "pmcid"
    ]
    place: str
    example: str
    short: tuple[str, ...] = ()
    tags: str = ""
    single: bool = False
    initials: bool = False
    capitals: bool = False
    words: Callable[[UnitView], str] | None = None
    keywords: Callable[[UnitView], Iterable[str]] | None = None
    number: Callable[[UnitView], int | None] | None = None


def _reference(field: str) -> Callable[[UnitView], str]:
    """A function that returns `field` of a reference; '' for units of other kinds."""
    return lambda unit: str(getattr(unit.reference, field, "") or "")


def _title(unit: UnitView) -> str:
    return unit.section.title if unit.section else _reference("title")(unit)


def _sections(unit: UnitView) -> Iterable[str]:
    """The section and those that contain it; one without a number goes by its anchor."""
    pieces = (unit.section.number or unit.section.anchor).split(".") if unit.section else []
    return (".".join(pieces[: i + 1]) for i in range(len(pieces)))


def _identifier(name: str, key: Callable[[str], str] = str) -> Callable[[UnitView], Iterable[str]]:
    """A function that returns the identifier of a paper or, for the first unit of an article, that
    of the article."""

    def values(unit: UnitView) -> Iterable[str]:
        bearer = unit.reference or unit.identifiers
        return (key(getattr(bearer, name)),) if bearer else ()

    return values


_journal, _year = _reference("journal"), _reference("year")

SEARCH_FIELDS: Final = (
    SearchField(
        name="author",
        value="words",
        place="the authors",
        example='author:Ding or author:"Ding L"',
        short=("au",),
        tags="au, author, 1au, lastau, fau, first author, last author, full author name,"
        " author - first, author - last, author - full",
        initials=True,
    ),
    SearchField(
        name="title",
        value="words",
        place="the title",
        example='title:ovary or title:"ovarian reserve"',
        short=("ti",),
        tags="ti, title",
        capitals=True,
        words=_title,
    ),
    SearchField(
        name="journal",
        value="words",
        place="the journal",
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
        place="its article",
        example="article:smith-2020",
        single=True,
        keywords=lambda unit: (unit.article,),
    ),
    SearchField(
        name="year",
        value="years",
        place="its year",
        example="year:2018, year:2018..2020 or year:>=2018",
        short=("date", "dp"),
        tags="dp, pdat, ppdat, year, date, publication date, date - publication",
        single=True,
        keywords=lambda unit: (_year(unit),),
        number=lambda unit: unit.reference.year if unit.reference else None,
    ),
    SearchField(
        name="section",
        value="section",
        place="its section",
        example="section:3.4",
        single=True,
        keywords=_sections,
    ),
    SearchField(
        name="cites",
        value="reference",
        place="what it cites",
        example="cites:47",
        keywords=lambda unit: (str(citation.number) for citation in unit.citations),
    ),
    SearchField(
        name="kind",
        value="kind",
        place="its kind",
        example="kind:section, kind:table, kind:figure or kind:reference",
        single=True,
        keywords=lambda unit: (unit.kind,),
    ),
    SearchField(
        name="doi",
        value="doi",
        place="its DOI",
        example="doi:10.1002/sctm.16-0352",
        tags="doi, aid, article identifier, lid, location id",
        single=True,
        keywords=_identifier("doi", doi_key),
    ),
    SearchField(
        name="pmid",
        value="pmid",
        place="its PMID",
        example="pmid:28024772",
        tags="pmid, uid",
        single=True,
        keywords=_identifier("pmid"),
    ),
    SearchField(
        name="pmcid",
        value="pmcid",
        place="its PMCID",
        example="pmcid:PMC5442713",
        short=("pmc",),
        tags="pmcid, pmc",
        single=True,
        keywords=_identifier("pmcid"),
    ),
)
