"""Question → results: the service behind the web pages, the API and the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from time import perf_counter
from urllib.parse import urlencode

from poi_search.engine.nodes import AnyOf, Keyword, Query, Range
from poi_search.engine.seam import Hit, Ranking, Request
from poi_search.index.entries import FACETS
from poi_search.query import tree
from poi_search.query.syntax import Parsed
from poi_search.query.understand import Ask
from poi_search.references import links
from poi_search.results import (
    ConceptView,
    FacetCount,
    Facets,
    HitView,
    PartCount,
    QueryView,
    Reason,
    Results,
    SearchRequest,
    UnitView,
)
from poi_search.search import highlight, reasons, snippets
from poi_search.search.highlight import Found
from poi_search.search.interpretation import Asked, QuestionError, interpret, understand
from poi_search.search.reasons import Inquiry
from poi_search.search.snapshot import Snapshot

_AT_ONCE = 200
"""The number of hits fetched at a time when all of them are needed."""


def search(snapshot: Snapshot, request: SearchRequest) -> Results:
    """The results of a search. Raises `QuestionError` for a question over the limits or an unknown
    filter value."""
    started = perf_counter()
    _check(snapshot, request)
    asked = understand(snapshot, request)
    ranking = snapshot.reader.rank(_engine_request(request, asked.understanding.query))
    marked_by = f"?{urlencode({'q': request.q})}" if request.q.strip() else ""
    wanted = highlight.expand_asks(asked.understanding.asks, snapshot.answers)
    filters = tuple(_filter_reasons(request))
    inquiry = Inquiry(
        asked.searched,
        wanted,
        snapshot.narrower,
        snapshot.surroundings,
        asked.conditions,
        filters,
        asked.replaced,
    )
    hits = tuple(_hit(snapshot, inquiry, hit, marked_by) for hit in ranking.hits)
    return Results(
        query=_query_view(snapshot, request, asked, ranking.total),
        total=ranking.total,
        page=request.page,
        per_page=request.per_page,
        took_ms=round((perf_counter() - started) * 1000, 3),
        generation=snapshot.generation.name,
        facets=_facets(snapshot, ranking),
        results=hits,
    )


def found_units(snapshot: Snapshot, request: SearchRequest) -> Iterator[UnitView]:
    """Every unit that a search finds, in order; the page of the request is ignored."""
    _check(snapshot, request)
    query = understand(snapshot, request).understanding.query
    wanted = replace(_engine_request(request, query), facets={}, offset=0, limit=_AT_ONCE)
    while True:
        ranking = snapshot.reader.rank(wanted)
        for hit in ranking.hits:
            yield snapshot.recorded(hit.id, hit.payload).stored.view
        if not ranking.cursor:
            return
        wanted = replace(wanted, after=ranking.cursor)


def marks(
    snapshot: Snapshot, article_id: str, request: SearchRequest
) -> dict[str, tuple[Found, ...]]:
    """Where each unit of an article answers the question, by anchor."""
    asks = understand(snapshot, request).understanding.asks
    wanted = highlight.expand_asks(asks, snapshot.answers)
    found = {
        unit.stored.view.anchor: tuple(highlight.find(unit, wanted))
        for unit in snapshot.units(article_id)
    }
    return {anchor: spans for anchor, spans in found.items() if spans}


def _check(snapshot: Snapshot, request: SearchRequest) -> None:
    """Reject filters for values that do not exist; a mistyped one would just find nothing."""
    for name in ("page", "per_page"):
        if getattr(request, name) < 1:
            raise QuestionError(name, f"{name} is {getattr(request, name)}; it starts at 1.")
    for article in request.article:
        if article not in snapshot.details:
            known = ", ".join(list(snapshot.details)[:5])
            raise QuestionError("article", f"There is no article {article!r}. Known: {known}.")
    for number in request.section:
        if number not in snapshot.sections:
            raise QuestionError("section", f"There is no section {number!r} in the library.")
    for journal in request.journal:
        if not snapshot.reader.count(Keyword("journal", journal)):
            raise QuestionError("journal", f"There is no reference from the journal {journal!r}.")
    if request.cites is not None:
        last = max(detail.counts.get("reference", 0) for detail in snapshot.details.values())
        if request.cites > last:
            problem = f"There is no reference {request.cites}; the last is {last}."
            raise QuestionError("cites", problem)


def _engine_request(request: SearchRequest, query: Query) -> Request:
    filters: dict[str, Query] = {}
    for name in ("kind", "article", "section", "journal"):
        values = getattr(request, name)
        if values:
            filters[name] = AnyOf(tuple(Keyword(name, value) for value in values))
    if request.year_from is not None or request.year_to is not None:
        filters["year"] = Range("year", request.year_from, request.year_to)
    if request.cites is not None:
        filters["cites"] = Keyword("cites", str(request.cites))
    return Request(
        query=query,
        filters=filters,
        facets=FACETS,
        sort="" if request.sort == "relevance" else request.sort,
        offset=(request.page - 1) * request.per_page,
        limit=request.per_page,
    )


def _hit(snapshot: Snapshot, inquiry: Inquiry, hit: Hit, marked_by: str) -> HitView:
    """The unit as a hit; its address carries the question, so that the page highlights it."""
    unit = snapshot.recorded(hit.id, hit.payload)
    found = highlight.find(unit, inquiry.asks)
    forms = highlight.printed_forms(unit.stored.view.text, found)
    shown = snippets.snippet(unit, found)
    page, _, anchor = unit.stored.view.url.partition("#")
    return HitView(
        **unit.fields,
        url=f"{page}{marked_by}#{anchor}",
        score=round(hit.score, 6),
        snippet=shown,
        snippet_html=snippets.snippet_html(shown),
        matches=highlight.matches(inquiry.asks, forms),
        marks=tuple([each[:2] for each in found]),
        kinds=tuple([each.kind for each in found]),
        why=reasons.why(unit, found, forms, inquiry),
    )


def _filter_reasons(request: SearchRequest) -> Iterator[Reason]:
    """A reason for each filter of a request; they hold for every hit."""
    places = ("kind", "its kind"), ("article", "its article"), ("section", "its section")
    for name, where in (*places, ("journal", "the journal")):
        values = getattr(request, name)
        if values:
            yield Reason(" or ".join(values), "filter", where)
    if request.year_from is not None or request.year_to is not None:
        years = f"{request.year_from or ''}–{request.year_to or ''}"
        yield Reason(years, "filter", "its year")
    if request.cites is not None:
        yield Reason(str(request.cites), "filter", "what it cites")


def _query_view(snapshot: Snapshot, request: SearchRequest, asked: Asked, total: int) -> QueryView:
    return QueryView(
        text=request.q,
        searched=asked.searched,
        corrections=asked.corrections,
        concepts=tuple(_concepts(snapshot, asked.understanding.asks)),
        notices=asked.parsed.notices,
        filters=_filters(request),
        parts=_parts(snapshot, request, asked) if not total else (),
    )


def _filters(request: SearchRequest) -> dict[str, object]:
    default = SearchRequest()
    names = ("kind", "article", "section", "journal", "year_from", "year_to", "cites", "synonyms",
             "spelling", "without")  # fmt: skip
    given = {name: getattr(request, name) for name in names}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in given.items()
        if value != getattr(default, name)
    }


def _concepts(snapshot: Snapshot, asks: tuple[Ask, ...]) -> list[ConceptView]:
    views: dict[str, ConceptView] = {}
    for ask in (ask for ask in asks if ask.part_of < 0):
        for concept_id in ask.concepts:
            concept = snapshot.thesaurus.concepts.get(concept_id)
            if concept and concept_id not in views:
                views[concept_id] = ConceptView(
                    id=concept.id,
                    label=concept.label,
                    matched=ask.text,
                    terms=concept.names,
                    url=links.concept_url(concept.id),
                    source=concept.source,
                )
    return list(views.values())


def _parts(snapshot: Snapshot, request: SearchRequest, asked: Asked) -> tuple[PartCount, ...]:
    """The number of units that each part of a question without hits finds on its own."""
    node = asked.parsed.tree
    children = node.children if isinstance(node, tree.And | tree.Or | tree.Any) else (node,)
    counts = []
    for child in children:
        alone = Parsed(child, ())
        text = asked.searched[child.span[0] : child.span[1]]
        if text:
            query = interpret(snapshot, request, alone).query
            counts.append(PartCount(text, snapshot.reader.count(query)))
    return tuple(counts)


def _facets(snapshot: Snapshot, ranking: Ranking) -> Facets:
    counts = ranking.counts
    return Facets(
        kind=_counts(counts["kind"]),
        year=tuple(
            FacetCount(int(value), count) for value, count in sorted(counts["year"].items())
        ),
        section=tuple(
            FacetCount(value, counts["section"][value], snapshot.section_titles.get(value, ""))
            for value in sorted(counts["section"], key=_by_number)
        ),
        journal=_counts(counts["journal"]),
        article=tuple(
            FacetCount(value, count, snapshot.details[value].title)
            for value, count in counts["article"].items()
        ),
    )


def _counts(counts: Mapping[str, int]) -> tuple[FacetCount, ...]:
    return tuple([FacetCount(value, count) for value, count in counts.items()])


@lru_cache(maxsize=4096)
def _by_number(number: str) -> tuple[bool, list[int], str]:
    """A sort key: numbered sections in order, then the others by name."""
    pieces = number.split(".")
    numbered = all(piece.isdecimal() for piece in pieces)
    return not numbered, [int(piece) for piece in pieces] if numbered else [], number
