"""What a search answers, in the very shape that the JSON endpoint, the CLI and the pages give.

Field names and nesting are the public contract: `poi_search.web`, `poi-search search --json`
and `/openapi.json` are all made from these classes. Offsets count code points of `text`.
`gc=False` spares the garbage collector the many small ones, which can be in no cycle.
"""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from poi_search.article import Reference

Kind = Literal["section", "table", "figure", "reference"]
Sort = Literal["relevance", "year", "-year", "order"]
Mark = tuple[int, int]


class Place(Struct, frozen=True, gc=False):
    """A section by its number and heading; `path` has the headings above it and its own."""

    number: str
    title: str
    path: tuple[str, ...]


class CitationLink(Struct, frozen=True, gc=False):
    """A reference that a unit cites; `places` are the markers' spans in the unit's text."""

    number: int
    id: str
    label: str
    url: str
    places: tuple[Mark, ...] = ()


class UnitLink(Struct, frozen=True, gc=False):
    id: str
    url: str
    label: str


class TableView(Struct, frozen=True, gc=False):
    """A row with its table: `header` is empty if none is printed; `cell_spans` lie in `text`."""

    label: str
    caption: str
    header: tuple[str, ...]
    cells: tuple[str, ...]
    cell_spans: tuple[Mark, ...] = ()


class Links(Struct, frozen=True, gc=False):
    """Links out that need no network here; '' where there is nothing to build one from."""

    pubmed: str
    doi: str
    scholar: str


class ReferenceView(Reference, frozen=True):
    """A reference with where it leads: `authors` are its `names` as lists print them."""

    authors: tuple[str, ...] = ()
    links: Links = Links("", "", "")
    cited_by: tuple[UnitLink, ...] = ()
    same_as: tuple[UnitLink, ...] = ()


class NoteView(Struct, frozen=True, gc=False):
    """An editorial note: the words printed, what kind of oddity, and what is probably meant."""

    quote: str
    kind: str
    text: str
    places: tuple[Mark, ...] = ()


class Snippet(Struct, frozen=True, gc=False):
    """The best sentences. `marks` are spans of `text`; `kinds` says per mark what it shows:
    a word as typed, or one found through a concept. `spans` are the parts of the unit's text
    that it is made of, parted by ' … ' where they are not neighbours."""

    text: str
    marks: tuple[Mark, ...]
    kinds: tuple[Literal["typed", "synonym"], ...] = ()
    spans: tuple[Mark, ...] = ()


class Match(Struct, frozen=True, gc=False):
    """What of the question matched in a hit: the words asked, the concept, the forms found."""

    query: str
    concept: str | None
    forms: tuple[str, ...]


class UnitView(Struct, frozen=True):
    """One unit, as `/api/units/<article>/<anchor>` gives it."""

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


class HitView(UnitView, frozen=True):
    """A unit found: `marks` are spans of the whole `text`, the snippet's of the snippet's."""

    score: float = 0.0
    snippet: Snippet = Snippet("", ())
    snippet_html: str = ""
    matches: tuple[Match, ...] = ()
    marks: tuple[Mark, ...] = ()


class ConceptView(Struct, frozen=True):
    """A concept understood; `source` is 'thesaurus' or the id of the article that defines it."""

    id: str
    label: str
    matched: str
    terms: tuple[str, ...]
    url: str
    source: str


class Correction(Struct, frozen=True, gc=False, rename={"from_": "from"}):
    """A word that was searched as another: `from` as typed, `to` as searched."""

    from_: str
    to: str


class PartCount(Struct, frozen=True, gc=False):
    """How many units one part of the question finds alone."""

    text: str
    count: int


class QueryView(Struct, frozen=True):
    text: str
    searched: str
    corrections: tuple[Correction, ...] = ()
    concepts: tuple[ConceptView, ...] = ()
    notices: tuple[str, ...] = ()
    filters: dict[str, object] = {}
    parts: tuple[PartCount, ...] = ()


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
    """`took_ms` is the time spent on the search in milliseconds, ranking to snippets."""

    query: QueryView
    total: int
    page: int
    per_page: int
    took_ms: float
    generation: str
    facets: Facets
    results: tuple[HitView, ...]


class SearchRequest(Struct, frozen=True):
    """A question with its filters; the same fields as the parameters of `/api/search`.

    `without` names concept ids that are switched off for this question; `spelling` 'off'
    searches every word as it is typed.
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
    without: tuple[str, ...] = ()
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = 10


class SectionView(Struct, frozen=True, gc=False):
    """A section in reading order; `anchors` are the units in it, up to the next heading."""

    anchor: str
    number: str
    title: str
    level: int
    anchors: tuple[str, ...]


class ArticleView(Struct, frozen=True):
    """One article, as `/api/articles` lists it; `counts` are its units by kind."""

    id: str
    title: str
    authors: tuple[str, ...]
    journal: str
    year: int | None
    doi: str
    licence: str
    url: str
    counts: dict[str, int]


class ArticleDetail(ArticleView, frozen=True):
    sections: tuple[SectionView, ...] = ()
    anchors: tuple[str, ...] = ()


class Suggestion(Struct, frozen=True, gc=False):
    """What to type or open next: `value` completes the question, `url` (if any) opens a page,
    `label` says what it is ('MeSH D016649', 'section 3.4', 'reference 47')."""

    kind: Literal["concept", "section", "author", "title"]
    text: str
    label: str
    value: str
    url: str = ""
