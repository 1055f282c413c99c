"""The pages for people: each route gathers the data of its template."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, cast

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    make_response,
    render_template,
    request,
)
from flask.blueprints import BlueprintSetupState
from msgspec.structs import replace
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from poi_search.article import Article
from poi_search.export import formats
from poi_search.export.citation import copy_citation, quotation
from poi_search.library import EngineUnavailable, QuestionError
from poi_search.references.identifiers import doi_url
from poi_search.references.links import web_address
from poi_search.references.names import family_name
from poi_search.results import SearchRequest
from poi_search.web import (
    about_page,
    addresses,
    article_page,
    citation_map,
    citation_tags,
    evidence_page,
    examples,
    hits,
    labels,
    search_page,
)
from poi_search.web.current import library
from poi_search.web.histogram import histogram
from poi_search.web.parameters import AboutParameters, parameters, search_request
from poi_search.web.problems import RETRY_AFTER, UNAVAILABLE, Problem

blueprint = Blueprint("pages", __name__)

EXPORTS = tuple((name, formats.load(name).label) for name in formats.NAMES)


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    state.app.jinja_env.filters.update(labels.FILTERS)


@blueprint.app_context_processor
def _template_globals() -> dict[str, Any]:
    return {
        "address": addresses.address,
        "coins": citation_tags.coins,
        "doi_url": doi_url,
        "web_address": web_address,
        "EXPORTS": EXPORTS,
        "has_matrix": _has_matrix,
        "source": _source,
        "KINDS": labels.KINDS,
        "ARROWS": labels.ARROWS,
        "concept_label": _concept_label,
        "nothing": SearchRequest(),
        "short_place": article_page.short_place,
        "stale": _stale(),
        "library": library(),
    }


@blueprint.before_request
def _unchanged_page() -> Response | None:
    """304 if the reader already has this page: same templates, generation and request."""
    said = (current_app.extensions["look"], library().generation, _stale())
    g.tag = sha256(repr((*said, request.full_path)).encode()).hexdigest()[:32]
    known = request.if_none_match.contains_weak(g.tag)
    return _tag(Response(status=304)) if known else None


@blueprint.after_request
def _tag(response: Response) -> Response:
    if response.status_code in (200, 304):
        response.set_etag(g.tag, weak=True)
        response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/")
@blueprint.get("/search")
def search() -> str | tuple[str, int]:
    """The search page, or the home page if nothing is asked."""
    try:
        asked = search_request(request.args)
        if asked == SearchRequest():
            return render_template(
                "home.html", asked=asked, articles=library().articles(), examples=_examples()
            )
        results = library().search(asked)
        # Journals as in the facet, whatever name of them was given.
        asked = replace(asked, journal=search_page.journals(results, asked))
    except (Problem, QuestionError) as error:
        question = SearchRequest(q=request.args.get("q", ""))
        return render_template("refused.html", asked=question, error=error), 400
    years = {int(c.value): c.count for c in results.facets.year}
    return render_template(
        "search.html",
        asked=asked,
        results=results,
        hits=[hits.display(hit) for hit in results.results],
        chips=search_page.chips(results, asked),
        off=[_switch_on_link(asked, concept_id) for concept_id in asked.without],
        literal_searches=search_page.literal_searches(results.query, asked),
        active_filters=search_page.active_filters(asked),
        unfiltered=search_page.unfiltered_address(asked),
        facet_groups=search_page.facet_groups(results, asked),
        years=histogram(years, asked.year_from, asked.year_to),
        page_links=search_page.page_links(results, asked),
        sorts=search_page.SORTS,
        exports=[(name, addresses.export_address(asked, key)) for key, name in EXPORTS],
        several=len(library().articles()) > 1,
        article_name=_article_name,
    )


@blueprint.get("/articles")
def articles() -> str:
    return render_template("articles.html", articles=library().articles())


@blueprint.get("/articles/<article_id>")
def article(article_id: str) -> str | tuple[str, int]:
    """The article to read; `?q=` highlights the words of a question."""
    found = _article(article_id)
    error: Problem | QuestionError | None = None
    asked, marks = SearchRequest(), {}
    try:
        asked = search_request(request.args)
        if asked.q:
            found_in = library().marks(article_id, asked)
            marks = {anchor: [mark[:3] for mark in found_in[anchor]] for anchor in found_in}
    except (Problem, QuestionError) as refused:
        error = refused
    page = article_page.article_text(found, library().units(article_id), marks)
    html = render_template(
        "article.html",
        article=found,
        page=page,
        asked=asked,
        error=error,
        tags=citation_tags.highwire(found),
        copy_citation=copy_citation,
    )
    return (html, 400) if error else html


@blueprint.get("/articles/<article_id>/references/<int:number>")
def reference(article_id: str, number: int) -> str:
    found = _article(article_id)
    view = library().unit(f"{article_id}/ref-{number}")
    if view is None or not view.reference:
        abort(404, f"{found.title} has {len(found.references)} references, and no number {number}.")
    places = [library().unit(link.id) for link in view.reference.cited_by]
    return render_template(
        "reference.html",
        article=found,
        view=view,
        entry=article_page.entry(view),
        citation=copy_citation(found.references[number - 1]),
        places=[article_page.citing_place(place, number) for place in places if place],
    )


@blueprint.get("/articles/<article_id>/citations")
def citations(article_id: str) -> str:
    found = _article(article_id)
    detail = library().detail(article_id)
    sections = detail.sections if detail else ()
    view = citation_map.citation_map(found, sections, library().units(article_id))
    return render_template("citations.html", article=found, map=view)


@blueprint.get("/articles/<article_id>/evidence")
def evidence_matrix(article_id: str) -> str:
    found = _article(article_id)
    matrix = evidence_page.matrix(library(), article_id)
    return render_template("evidence.html", article=found, matrix=matrix)


@blueprint.get("/about")
def about() -> str:
    """The corpus: its sources, and what happened to each of their lines."""
    try:
        asked = parameters(AboutParameters, request.args)
        told = about_page.about(library(), asked.article, asked.page, _once)
    except Problem as error:
        abort(400, str(error))
    return render_template("about.html", **told)


@blueprint.app_errorhandler(HTTPException)
def _error(error: HTTPException) -> Response:
    code = error.code or 500
    page = render_template("error.html", code=code, error=error, asked=SearchRequest())
    return make_response(page, code)


@blueprint.app_errorhandler(EngineUnavailable)
def _unavailable(error: EngineUnavailable) -> Response:
    current_app.logger.error("%s %s: %s", request.method, request.path, error)
    g.stale = False  # it cannot be determined now, and does not matter here
    told = ServiceUnavailable(UNAVAILABLE)
    response = _error(told)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _stale() -> bool:
    """Whether the index is out of date; checked once per request, as it reads the corpus."""
    if "stale" not in g:
        g.stale = library().stale()
    return bool(g.stale)


def _article(article_id: str) -> Article:
    found: Article | None = library().article(article_id)
    if found is None:
        abort(404, f"There is no article “{article_id}” in this library.")
    return found


def _once(what: str, make: Callable[[], Any]) -> Any:
    """The result of `make`, computed once per generation."""
    generation = library().generation
    kept = current_app.extensions.get("made", (None, {}))
    if kept[0] != generation:
        kept = current_app.extensions["made"] = (generation, {})
    if what not in kept[1]:
        kept[1][what] = make()
    return kept[1][what]


def _examples() -> tuple[examples.Example, ...]:
    return cast(
        "tuple[examples.Example, ...]", _once("examples", lambda: examples.examples(library()))
    )


def _has_matrix(article_id: str) -> bool:
    return bool(
        _once(f"matrix {article_id}", lambda: evidence_page.has_matrix(library(), article_id))
    )


def _concept_label(concept_id: str) -> str:
    concept = library().concept(concept_id)
    return concept.label if concept else concept_id


def _switch_on_link(asked: SearchRequest, concept_id: str) -> search_page.PageLink:
    rest = tuple(other for other in asked.without if other != concept_id)
    return search_page.PageLink(_concept_label(concept_id), addresses.address(asked, without=rest))


def _article_name(article_id: str) -> str:
    """'Shi et al., 2022'."""
    found = library().article(article_id)
    if found is None or not found.authors:
        return found.title if found else article_id
    family = family_name(found.authors[0].name)
    return f"{family}{' et al.' if len(found.authors) > 1 else ''}, {found.year or 'n.d.'}"


def _source(article_id: str, place: str, page: int | None = None) -> str:
    """The source line of a quotation."""
    found = library().article(article_id)
    where = f"{place}, p. {page} of the PDF" if page else place
    return quotation("", found, where).partition("\n")[2] if found else ""
