"""Routes for programs: JSON, exports, health, metrics and descriptions of the API."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, TypeVar
from xml.etree import ElementTree as ET

import msgspec
from flask import Blueprint, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from poi_search.export import export as exported
from poi_search.export import formats, selection
from poi_search.export.formats import Keys
from poi_search.library import EngineUnavailable, QuestionError
from poi_search.results import ArticleView
from poi_search.web import metrics, openapi
from poi_search.web.current import library
from poi_search.web.evidence_api import article_evidence
from poi_search.web.openapi import JSON, ArticleList, Health, Suggestions
from poi_search.web.parameters import (
    EvidenceParameters,
    NoParameters,
    SuggestParameters,
    export_request,
    parameters,
    search_request,
)
from poi_search.web.problems import RETRY_AFTER, UNAVAILABLE, Problem, problem

if TYPE_CHECKING:
    from poi_search.library import Library

T = TypeVar("T")

blueprint = bp = Blueprint("api", __name__)

_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_MACHINE = frozenset({"/export", "/openapi.json", "/opensearch.xml", "/healthz", "/metrics"})


def _units() -> int:
    return sum(sum(view.counts.values()) for view in library().articles())


metrics.watch(bp, lambda: (_units(), library().generation))


@bp.get("/api/search")
def search() -> Response:
    asked = search_request(request.args)
    return _answer(lambda: _json(library().search(asked)))


@bp.get("/api/suggest")
def suggest() -> Response:
    asked = parameters(SuggestParameters, request.args)
    return _answer(
        lambda: _json(Suggestions(asked.q, tuple(library().suggest(asked.q, asked.limit))))
    )


@bp.get("/api/articles")
def articles() -> Response:
    parameters(NoParameters, request.args)
    return _answer(lambda: _json(ArticleList(tuple(map(_without_details, library().articles())))))


@bp.get("/api/articles/<article>")
def article(article: str) -> Response:
    parameters(NoParameters, request.args)
    return _answer(lambda: _json(_require(library().detail(article), f"article “{article}”")))


@bp.get("/api/articles/<article>/evidence")
def evidence(article: str) -> Response:
    stated = parameters(EvidenceParameters, request.args)

    def answer() -> Response:
        _require(library().detail(article), f"article “{article}”")
        return _json(article_evidence(library(), article, stated))

    return _answer(answer)


@bp.get("/api/units/<article>/<anchor>")
def unit(article: str, anchor: str) -> Response:
    parameters(NoParameters, request.args)
    name = f"{article}/{anchor}"
    return _answer(lambda: _json(_require(library().unit(name), f"unit “{name}”")))


@bp.get("/export")
def export() -> Response:
    stated, asked = export_request(request.args)

    def file() -> Response:
        if stated.id:
            found = selection.named_references(library(), stated.id)
        else:
            found = selection.found_references(library(), asked, stated.cited == "on")
        text = exported(found, stated.format, _keys(library(), stated.format))
        form = formats.load(stated.format)
        response = Response(text, content_type=_content_type(form.media_type))
        name = f"references.{form.suffix}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return _answer(file)


@bp.get("/openapi.json")
def description() -> Response:
    return _answer_by_digest(_json(openapi.document()))


@bp.get("/api")
def page() -> str:
    return render_template("api.html", document=openapi.document())


@bp.get("/opensearch.xml")
def opensearch() -> Response:
    """The OpenSearch description, with which browsers add this site as a search engine."""
    root = ET.Element("OpenSearchDescription", xmlns=_OPENSEARCH)
    ET.SubElement(root, "ShortName").text = "poi-search"
    ET.SubElement(root, "Description").text = "Search a review article and its references"
    ET.SubElement(root, "InputEncoding").text = "UTF-8"
    for kind, path in (("text/html", "search"), (JSON, "api/search")):
        template = f"{request.url_root}{path}?q={{searchTerms}}&page={{startPage?}}"
        ET.SubElement(root, "Url", type=kind, method="get", template=template)
    text = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return _answer_by_digest(Response(text, mimetype="application/opensearchdescription+xml"))


@bp.get("/healthz")
def health() -> Response:
    served = library()
    state = Health("ok", served.generation, str(served.built), served.stale(), _units())
    return _answer_by_digest(_json(state))


@bp.get("/metrics")
def figures() -> Response:
    return metrics.answer()


def _without_details(view: ArticleView) -> ArticleView:
    """The article without the fields that only `/api/articles/<article>` returns."""
    return ArticleView(**{name: getattr(view, name) for name in ArticleView.__struct_fields__})


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), mimetype=JSON)


def _require(value: T | None, name: str) -> T:
    if value is None:
        raise NotFound(f"There is no {name} in the library.")
    return value


def _content_type(media_type: str) -> str:
    """The media type with a charset, which JSON types do not have."""
    return media_type if media_type.endswith("json") else f"{media_type}; charset=utf-8"


@cache
def _version() -> str:
    return version("poi-search")


def _keys(library: Library, format: str) -> Keys | None:
    """The citation keys of a format for the whole library, made once per generation."""
    make_keys = formats.load(format).make_keys
    if make_keys is None:
        return None
    kept: tuple[str, Keys] = current_app.extensions.get(f"{format}_keys", ("", {}))
    if kept[0] != library.generation:
        kept = (library.generation, make_keys(selection.all_references(library)))
        current_app.extensions[f"{format}_keys"] = kept
    return kept[1]


def _answer(make: Callable[[], Response]) -> Response:
    """The response with its ETag, or 304 if the client already has it.

    The generation is read first: if a new one becomes current meanwhile, its response carries the
    old tag and is requested again, never the reverse.
    """
    wanted = request.if_none_match
    args = sorted(request.args.items(multi=True), key=lambda pair: pair[0])
    said = repr((_version(), library().generation, request.path, args))
    tag = hashlib.sha256(said.encode()).hexdigest()[:32]
    known = not wanted.star_tag and wanted.contains_weak(tag)
    response = Response(status=304) if known else make()
    if wanted.star_tag:
        response = Response(status=304)
    response.set_etag(tag)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _answer_by_digest(response: Response) -> Response:
    """The response with an ETag of its content, or 304 if the client already has it."""
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    conditional = response.make_conditional(request)
    return conditional if isinstance(conditional, Response) else response


def _is_machine_path() -> bool:
    return request.path.startswith("/api/") or request.path in _MACHINE


@bp.before_app_request
def refuse() -> Response | None:
    """Report unknown addresses and methods as problem details to programs."""
    error = request.routing_exception
    if not isinstance(error, (NotFound, MethodNotAllowed)) or not _is_machine_path():
        return None
    return _problem_of(error)


@bp.after_app_request
def share(response: Response) -> Response:
    """Allow pages from any origin to read the API."""
    if request.path.startswith("/api/") or request.path == "/openapi.json":
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
            response.headers["Access-Control-Max-Age"] = "86400"
    return response


@bp.errorhandler(Problem)
def bad_parameter(error: Problem) -> Response:
    return problem(400, error.detail, error.parameter)


@bp.errorhandler(QuestionError)
def bad_question(error: QuestionError) -> Response:
    return problem(400, error.detail, error.parameter)


@bp.errorhandler(selection.UnknownIdError)
def unknown_id(error: selection.UnknownIdError) -> Response:
    return problem(400, f"There is no “{error}” in the library.", "id")


@bp.errorhandler(EngineUnavailable)
def unavailable(error: EngineUnavailable) -> Response:
    current_app.logger.error("%s %s: %s", request.method, request.path, error)
    answer = problem(503, UNAVAILABLE)
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


@bp.errorhandler(HTTPException)
def _problem_of(error: HTTPException) -> Response:
    answer = problem(error.code or 500, error.description or error.name)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


@bp.errorhandler(Exception)
def fault(error: Exception) -> Response:
    current_app.logger.exception("%s %s failed", request.method, request.path, exc_info=error)
    return problem(500, "The server failed to answer this request. Its log says why.")
