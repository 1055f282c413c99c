"""The results of a search, in the form shared by the JSON API, the command line and the pages.

Field names and nesting are public: `poi_search.web`, `poi-search search --json` and
`/openapi.json` are all based on these classes. Offsets are in code points of `text`.
`gc=False` exempts the many small objects, which cannot form cycles, from garbage collection.
"""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from poi_search.article import Reference
from poi_search.query_view import QueryView

Kind = Literal["section", "table", "figure", "reference"]
Sort = Literal["relevance", "year", "-year", "order"]
Mark = tuple[int, int]
MarkKind = Literal["typed", "synonym"]
How = Literal[
    "typed", "synonym", "narrower", "related", "field", "heading", "cited", "filter", "prefix",
    "fuzzy", "spelling", "identifier", "initials", "meaning", "fragment",
]  # fmt: skip


class Place(Struct, frozen=True, gc=False):
    """A section: its number, heading and anchor; `path` lists the headings above it and its own."""

    number: str
    title: str
    path: tuple[str, ...]
    anchor: str = ""


class CitationLink(Struct, frozen=True, gc=False):
    """A reference that a unit cites. `places` are the spans of the markers in the unit's text;
    `printed`, parallel to them, are the spans of the number or range that cites it there.
    `retracted` is the date of its retraction, 'undated' if that is not known, '' if there is none.
    """

    number: int
    id: str
    label: str
    url: str
    places: tuple[Mark, ...] = ()
    printed: tuple[Mark, ...] = ()
    retracted: str = ""


class UnitLink(Struct, frozen=True, gc=False):
    id: str
    url: str
    label: str


class TableView(Struct, frozen=True, gc=False):
    """A row and its table. `header` is empty if none is printed; `cell_spans` are in `text`.

    `group` is the text of the group headings above the row.
    """

    label: str
    caption: str
    header: tuple[str, ...]
    cells: tuple[str, ...]
    cell_spans: tuple[Mark, ...] = ()
    group: str = ""


class Links(Struct, frozen=True, gc=False):
    """External links to a work, built without network access; '' if there is no data for one."""

    pubmed: str
    doi: str
    scholar: str


class ReferenceView(Reference, frozen=True):
    """A reference with its links. `authors` are its `names` as printed in reference lists."""

    authors: tuple[str, ...] = ()
    links: Links = Links("", "", "")
    cited_by: tuple[UnitLink, ...] = ()
    same_as: tuple[UnitLink, ...] = ()
    retracted: str = ""


class NoteView(Struct, frozen=True, gc=False):
    """An editorial note: the words as printed, the kind of note, and its text."""

    quote: str
    kind: str
    text: str
    places: tuple[Mark, ...] = ()


class Snippet(Struct, frozen=True, gc=False):
    """The best sentences of a unit. `marks` are spans of `text`; `kinds`, parallel to them, tell
    whether a mark is a word as typed or was found through a concept. `spans` are the parts of the
    unit's text that were combined, separated by ' … ' where text was left out."""

    text: str
    marks: tuple[Mark, ...]
    kinds: tuple[MarkKind, ...] = ()
    spans: tuple[Mark, ...] = ()


class Match(Struct, frozen=True, gc=False):
    """A part of the question that matched in a hit: the words asked, their concept, and the
    forms found."""

    query: str
    concept: str | None
    forms: tuple[str, ...]


class Reason(Struct, frozen=True, gc=False):
    """A reason why a unit was found: what was asked (`text`), how it was answered, and where.

    `concept` is the id of the concept found, '' if a word was found; `forms` are the words as
    printed in the unit, empty if the match is in the text around it.
    """

    text: str
    how: How
    where: str
    concept: str = ""
    forms: tuple[str, ...] = ()


class ArticleIdentifiers(Struct, frozen=True, gc=False):
    """The identifiers of an article; '' for one that it does not have."""

    doi: str
    pmid: str
    pmcid: str


class UnitView(Struct, frozen=True):
    """One unit, as returned by `/api/units/<article>/<anchor>`. The first unit of an article has
    the article's `identifiers`, and is found by them. `page` is where it begins in a PDF."""

    id: str
    kind: Kind
    article: str
    anchor: str
    url: str
    title: str
    section: Place | None
    text: str
    citations: tuple[CitationLink, ...]
    notes: tuple[NoteView, ...] = ()
    table: TableView | UnsetType = UNSET
    reference: ReferenceView | UnsetType = UNSET
    identifiers: ArticleIdentifiers | UnsetType = UNSET
    page: int | UnsetType = UNSET


class HitView(UnitView, frozen=True):
    """A unit that was found. `marks` are spans of the whole `text`, with parallel `kinds`; those of
    the snippet are spans of its own text. `why` contains at least one reason. A `fragment` names
    only a part of a name that was asked for."""

    score: float = 0.0
    snippet: Snippet = Snippet("", ())
    snippet_html: str = ""
    matches: tuple[Match, ...] = ()
    marks: tuple[Mark, ...] = ()
    kinds: tuple[MarkKind, ...] = ()
    why: tuple[Reason, ...] = ()
    fragment: bool = False


class FacetCount(Struct, frozen=True, gc=False):
    value: str | int
    count: int
    label: str = ""


class Facets(Struct, frozen=True):
    kind: tuple[FacetCount, ...] = ()
    year: tuple[FacetCount, ...] = ()
    section: tuple[FacetCount, ...] = ()
    journal: tuple[FacetCount, ...] = ()
    article: tuple[FacetCount, ...] = ()


class Results(Struct, frozen=True):
    """The results of a search. `took_ms` is the time it took, in milliseconds.

    `fragments` counts the units that name only a part of a name. They are the last ones of `total`,
    but for the `withheld` ones, which are listed only on request: all of them if nothing names what
    was asked for, else those that have only a common word of the name. `repeats` counts the entries
    of reference lists that are left out because another one of the same paper is listed.
    """

    query: QueryView
    total: int
    page: int
    per_page: int
    took_ms: float
    generation: str
    facets: Facets
    results: tuple[HitView, ...]
    fragments: int = 0
    withheld: int = 0
    repeats: int = 0


class SearchRequest(Struct, frozen=True):
    """A question with its filters, with the fields of the parameters of `/api/search`.

    `without` lists the ids of concepts to ignore; with `spelling` 'off' every word is searched
    as typed; with `meaning` 'off' an encoder has no say in the order; with `fragments` 'on', all
    units that name only a part of what was asked for are found, also if nothing names all of it;
    with `repeats` 'on', each entry of a paper that is in several reference lists is a result.
    """

    q: str = ""
    kind: tuple[Kind, ...] = ()
    article: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    journal: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    cites: int | None = None
    synonyms: Literal["on", "off"] = "on"
    spelling: Literal["on", "off"] = "on"
    meaning: Literal["on", "off"] = "on"
    without: tuple[str, ...] = ()
    fragments: Literal["on", "off"] = "off"
    repeats: Literal["on", "off"] = "off"
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = 10


class SectionView(Struct, frozen=True, gc=False):
    """A section; `anchors` lists its units in reading order, up to the next heading."""

    anchor: str
    number: str
    title: str
    level: int
    anchors: tuple[str, ...]


CoverageLevel = Literal["well", "partly", "little"]


class Coverage(Struct, frozen=True, gc=False):
    """How much of an article the thesaurus covers.

    `words` is the share of its words, apart from function words and numbers, that are part of the
    name of a concept, `units` the share of its units that name one. `meaning` says what the `level`
    means for a search.
    """

    words: float
    units: float
    level: CoverageLevel
    meaning: str


class ArticleView(Struct, frozen=True):
    """One article, as listed by `/api/articles`; `counts` has the number of units by kind.

    `coverage` is None if the index is of a version that did not measure it.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    journal: str
    year: int | None
    doi: str
    licence: str
    url: str
    counts: dict[str, int]
    coverage: Coverage | None = None


class ArticleDetail(ArticleView, frozen=True):
    sections: tuple[SectionView, ...] = ()
    anchors: tuple[str, ...] = ()


class Suggestion(Struct, frozen=True, gc=False):
    """A suggestion: `value` completes the question, `url` (if any) is the address of a page, and
    `label` says what it is ('MeSH D016649', 'section 3.4', 'reference 47')."""

    kind: Literal["concept", "section", "author", "title"]
    text: str
    label: str
    value: str
    url: str = ""
