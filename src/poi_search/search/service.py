"""Question → results: the service behind the web pages, the API and the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from time import perf_counter
from typing import Any
from urllib.parse import quote_plus

from msgspec.structs import replace

from poi_search.engine.nodes import Keyword, Query
from poi_search.engine.seam import Hit, Ranking, Request
from poi_search.index.entries import FACETS
from poi_search.query import tree
from poi_search.query.asks import Ask
from poi_search.query.syntax import Parsed
from poi_search.query_view import ConceptView, PartCount, QueryView
from poi_search.results import (
    FacetCount,
    Facets,
    HitView,
    Reason,
    Results,
    SearchRequest,
    UnitView,
)
from poi_search.search import filters, highlight, matches, reasons, snippets
from poi_search.search.expanded_asks import expand_asks
from poi_search.search.highlight import Found
from poi_search.search.inquiry import Inquiry
from poi_search.search.interpretation import (
    Asked,
    everything_found,
    first_listed,
    interpret,
    listing_query,
    understand,
)
from poi_search.search.marking import telling_marks
from poi_search.search.reordering import Reordering, ranked
from poi_search.search.snapshot import Snapshot

_AT_ONCE = 200
"""The number of hits fetched at a time when all of them are needed."""


def search(snapshot: Snapshot, request: SearchRequest) -> Results:
    """The results of a search. Raises `QuestionError` for a question over the limits or an unknown
    filter value."""
    started = perf_counter()
    filters.check(snapshot, request)
    asked = understand(snapshot, request)
    found = ranked(snapshot, request, asked, _engine_request(request, asked))
    ranking = found.ranking
    withheld = _withheld(snapshot, request, asked, ranking)
    return Results(
        query=_query_view(snapshot, request, asked, ranking),
        total=ranking.total,
        page=request.page,
        per_page=request.per_page,
        took_ms=round((perf_counter() - started) * 1000, 3),
        generation=snapshot.generation.name,
        facets=_facets(snapshot, ranking),
        results=_hits(snapshot, request, asked, found),
        fragments=ranking.total - ranking.ahead + withheld,
        withheld=withheld,
        repeats=ranking.repeats,
    )


def found_units(snapshot: Snapshot, request: SearchRequest) -> Iterator[UnitView]:
    """Every unit that a search finds, in order; the page of the request is ignored."""
    filters.check(snapshot, request)
    asked = understand(snapshot, request)
    wanted = replace(
        _engine_request(request, asked), facets={}, offset=0, limit=_AT_ONCE, payloads=True
    )
    while True:
        ranking = ranked(snapshot, request, asked, wanted).ranking
        for hit in ranking.hits:
            yield snapshot.recorded(hit.id, hit.payload).stored.view
        if not ranking.cursor:
            return
        wanted = replace(wanted, after=ranking.cursor)


def marks(
    snapshot: Snapshot, article_id: str, request: SearchRequest
) -> dict[str, tuple[Found, ...]]:
    """Where each unit of an article answers the question, by anchor, the best answer first."""
    understanding = understand(snapshot, request).understanding
    wanted = expand_asks(understanding.asks, snapshot.answers)
    units = {unit.stored.view.id: unit for unit in snapshot.units(article_id)}
    found = {unit_id: highlight.find(unit, wanted) for unit_id, unit in units.items()}
    shown = telling_marks(found, wanted, len(units))
    within = {"article": Keyword("article", article_id)}
    ranking = snapshot.reader.rank(Request(understanding.query, within, limit=len(units)))
    best_first = dict.fromkeys((*(hit.id for hit in ranking.hits), *units))
    return {units[each].stored.view.anchor: shown[each] for each in best_first if each in shown}


def _engine_request(request: SearchRequest, asked: Asked) -> Request:
    """What names something asked for comes first; what only names parts of it comes last, or not at
    all if nothing names it in full, unless that is asked for. If nothing names it, but something
    related, that comes last."""
    return Request(
        query=listing_query(request, asked),
        filters=filters.queries(request),
        facets=FACETS,
        sort="" if request.sort == "relevance" else request.sort,
        offset=_offset(request),
        limit=request.per_page,
        ahead=first_listed(asked),
        payloads=False,
        once=filters.once(request),
    )


def _offset(request: SearchRequest) -> int:
    return (request.page - 1) * request.per_page


def _withheld(snapshot: Snapshot, request: SearchRequest, asked: Asked, ranking: Ranking) -> int:
    """The number of units that have only a part of a name and are not listed."""
    every = everything_found(asked.understanding)
    if listing_query(request, asked) is every:
        return 0
    found = filters.limit(every, request)
    return snapshot.reader.count(found, filters.once(request)) - ranking.total


def _hits(
    snapshot: Snapshot, request: SearchRequest, asked: Asked, found: Reordering
) -> tuple[HitView, ...]:
    """The hits as shown. They are cached, as the same page is often shown again."""
    return snapshot.shown.get(request, lambda: _show_hits(snapshot, request, asked, found))


def _show_hits(
    snapshot: Snapshot, request: SearchRequest, asked: Asked, found: Reordering
) -> tuple[HitView, ...]:
    inquiry = _inquiry(snapshot, asked, tuple(filters.reasons(request)))
    marked_by = f"?q={quote_plus(request.q)}" if request.q.strip() else ""
    ahead = found.ranking.ahead - _offset(request)
    shown = [
        _hit(snapshot, inquiry, hit, marked_by, place >= ahead)
        for place, hit in enumerate(found.ranking.hits)
    ]
    if found.lifted:
        meant = Reason(asked.searched, "meaning", "the question as a whole")
        shown = [
            replace(hit, why=(*hit.why, meant)) if hit.id in found.lifted else hit for hit in shown
        ]
    return tuple(shown)


def _inquiry(snapshot: Snapshot, asked: Asked, stated: tuple[Reason, ...]) -> Inquiry:
    asks = expand_asks(asked.understanding.asks, snapshot.answers)
    return Inquiry(asked, asks, snapshot.narrower, snapshot.further, snapshot.surroundings, stated)


def _hit(snapshot: Snapshot, inquiry: Inquiry, hit: Hit, marked_by: str, fragment: bool) -> HitView:
    """The unit as a hit; its address carries the question, so that the page highlights it."""
    unit = snapshot.recorded(hit.id)
    found, covered = highlight.find_all(unit, inquiry.asks)
    answers = found + covered if covered else found
    forms = matches.printed_forms(unit.stored.view.text, answers)
    why = reasons.why(unit, answers, forms, inquiry)
    if inquiry.has_conjunctions:  # what is no reason is not marked either
        told = reasons.told_asks(why, inquiry)
        found = highlight.told_marks(found, covered, told)
        forms = {key: printed for key, printed in forms.items() if key[1] in told}
    if fragment:
        why = reasons.of_fragment(why)
    shown = snippets.snippet(unit, found)
    whole = shown.text is unit.stored.view.text
    fields: tuple[Any, ...] = (
        *unit.before_url,
        f"{unit.page}{marked_by}{unit.place}",
        *unit.after_url,
        round(hit.score, 6),
        shown,
        snippets.snippet_html(shown),
        matches.matches(inquiry.asks, forms),
        shown.marks if whole else tuple([each[:2] for each in found]),
        shown.kinds if whole else tuple([each[2] for each in found]),
        why,
        fragment,
    )
    return HitView(*fields)  # much faster than by their names


def _query_view(
    snapshot: Snapshot, request: SearchRequest, asked: Asked, ranking: Ranking
) -> QueryView:
    found = listing_query(request, asked)
    return QueryView(
        text=request.q,
        searched=asked.searched,
        corrections=asked.corrections,
        concepts=tuple(_concepts(snapshot, asked.understanding.asks)),
        notices=asked.parsed.notices,
        filters=filters.stated(snapshot, request),
        parts=_parts(snapshot, request, asked) if not ranking.total else (),
        absent=asked.absent,
        excluded=tuple(filters.excluded(snapshot, request, asked)),
        without_filters=_without_filters(snapshot, request, found) if not ranking.total else 0,
    )


def _without_filters(snapshot: Snapshot, request: SearchRequest, found: Query) -> int:
    limited = bool(filters.queries(request))
    return snapshot.reader.count(found, filters.once(request)) if limited else 0


def _concepts(snapshot: Snapshot, asks: tuple[Ask, ...]) -> list[ConceptView]:
    """The concepts asked for; those of the general layer only if the library has them."""
    views: dict[str, ConceptView] = {}
    for ask in (ask for ask in asks if ask.part_of < 0):
        for concept_id in ask.concepts:
            if ask.beside and not snapshot.names(concept_id):
                continue
            concept = snapshot.concept(concept_id)
            if concept and concept_id not in views:
                views[concept_id] = replace(concept, matched=ask.text)
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
            found = interpret(snapshot, request, alone)
            query = found.itself or found.query
            counts.append(PartCount(text, snapshot.reader.count(query, filters.once(request))))
    return tuple(counts)


def _facets(snapshot: Snapshot, ranking: Ranking) -> Facets:
    counts = ranking.counts
    sections, titles = counts["section"], snapshot.section_titles
    return Facets(
        kind=_counts(counts["kind"]),
        year=tuple([FacetCount(int(year), n) for year, n in sorted(counts["year"].items())]),
        section=tuple(
            [
                FacetCount(value, sections[value], titles.get(value, ""))
                for value in sorted(sections, key=_by_number)
            ]
        ),
        journal=_counts(counts["journal"]),
        article=tuple(
            FacetCount(value, count, snapshot.details[value].title)
            for value, count in counts["article"].items()
        ),
    )


def _counts(counts: Mapping[str, int]) -> tuple[FacetCount, ...]:
    return tuple(map(FacetCount, counts.keys(), counts.values()))


@lru_cache(maxsize=4096)
def _by_number(number: str) -> tuple[bool, list[int], str]:
    """A sort key: numbered sections in order, then the others by name."""
    pieces = number.split(".")
    numbered = all(piece.isdecimal() for piece in pieces)
    return not numbered, [int(piece) for piece in pieces] if numbered else [], number
