"""The OpenAPI 3.1 description of the API, made from the types of its requests and responses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec
from msgspec import Struct

from poi_search.export import formats
from poi_search.results import ArticleDetail, ArticleView, Results, Suggestion, UnitView
from poi_search.web import problems
from poi_search.web.evidence_api import Evidence
from poi_search.web.parameters import (
    EvidenceParameters,
    ExportParameters,
    NoParameters,
    SearchParameters,
    SuggestParameters,
)
from poi_search.web.problems import ProblemDetails

Json = dict[str, Any]

JSON = "application/json"


class ArticleList(Struct, frozen=True):
    """The articles of the library."""

    articles: tuple[ArticleView, ...]


class Suggestions(Struct, frozen=True):
    """Suggestions for the text typed so far, best first."""

    q: str
    suggestions: tuple[Suggestion, ...]


class Health(Struct, frozen=True):
    """The state of the server; `stale` if the corpus or the version has changed since the build."""

    status: str
    generation: str
    built: str
    stale: bool
    units: int


@dataclass(frozen=True, slots=True)
class Operation:
    """An address of the API: the parameters it takes, and the type or media types it returns.

    If `checked`, unknown parameters are refused; if `tagged`, responses have an ETag.
    """

    path: str
    name: str
    summary: str
    takes: type[Struct] = NoParameters
    returns: type[Struct] | tuple[str, ...] = ()
    in_path: tuple[tuple[str, str], ...] = ()
    checked: bool = True
    tagged: bool = True

    @property
    def fails(self) -> tuple[str, ...]:
        """The statuses of its errors, except 405, 500 and 503."""
        refused = ("400",) if self.checked else ()
        return (*refused, "404") if self.in_path else refused


_ARTICLE = ("article", "The id of an article.")
OPERATIONS = (
    Operation("/api/search", "search", "Search passages, table rows, captions and references.",
              SearchParameters, Results),
    Operation("/api/suggest", "suggest", "Suggest concepts, sections, authors and titles.",
              SuggestParameters, Suggestions),
    Operation("/api/articles", "articles", "List the articles of the library.",
              returns=ArticleList),
    Operation("/api/articles/{article}", "article", "Get an article: its sections and units.",
              returns=ArticleDetail, in_path=(_ARTICLE,)),
    Operation("/api/articles/{article}/evidence", "evidence",
              "Get what an article states about pairs of concepts.",
              EvidenceParameters, Evidence, in_path=(_ARTICLE,)),
    Operation("/api/units/{article}/{anchor}", "unit", "Get a passage, row, caption or reference.",
              returns=UnitView,
              in_path=(_ARTICLE, ("anchor", "The unit's anchor in the article's page."))),
    Operation("/export", "export", "Export references for a reference manager.",
              ExportParameters, tuple(formats.load(name).media_type for name in formats.NAMES)),
    Operation("/healthz", "health", "Report whether the server is healthy and what it serves.",
              returns=Health, checked=False),
    Operation("/metrics", "metrics", "Report metrics for Prometheus.", returns=("text/plain",),
              checked=False, tagged=False),
    Operation("/openapi.json", "openapi", "Describe this API.", returns=(JSON,), checked=False),
    Operation("/opensearch.xml", "opensearch", "Describe the search as a browser plug-in.",
              returns=("application/opensearchdescription+xml",), checked=False),
)  # fmt: skip


@cache
def document() -> Json:
    """The description of every address in `OPERATIONS`."""
    takes = {operation.takes for operation in OPERATIONS}
    returns = {o.returns for o in OPERATIONS if not isinstance(o.returns, tuple)}
    types = sorted(takes | returns | {ProblemDetails}, key=lambda kind: kind.__name__)
    _, schemas = msgspec.json.schema_components(
        types, schema_hook=_any_value, ref_template="#/components/schemas/{name}"
    )
    stated = {kind: schemas.pop(kind.__name__) for kind in takes}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "poi-search",
            "version": version("poi-search"),
            "summary": "Search a review article and its references by concept.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": {o.path: {"get": _operation(o, stated[o.takes])} for o in OPERATIONS},
        "components": {
            "schemas": schemas,
            "responses": {status: _failure(text) for status, text in _FAILURES.items()},
        },
    }


def _any_value(kind: type) -> Json:
    """The schema of `object`, which stands for any JSON value."""
    if kind is object:
        return {"description": "Any JSON value."}
    raise NotImplementedError(kind)


_FAILURES = {
    "400": "A parameter is unknown or has an invalid value; `parameter` names it.",
    "404": "Nothing in the library has this id.",
    "405": "The method is not GET, HEAD or OPTIONS.",
    "500": "The server failed. Its log says why.",
    "503": "The search engine cannot be reached; `Retry-After` says when to try again.",
}


def _failure(description: str) -> Json:
    schema = {"$ref": "#/components/schemas/ProblemDetails"}
    return {"description": description, "content": {problems.MEDIA_TYPE: {"schema": schema}}}


def _operation(operation: Operation, stated: Json) -> Json:
    failures = {
        status: {"$ref": f"#/components/responses/{status}"}
        for status in (*operation.fails, "405", "500", "503")
    }
    unchanged = {"304": {"description": "Not modified since the `ETag` given in `If-None-Match`."}}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*map(_in_path, operation.in_path), *_in_query(stated)],
        "responses": {
            "200": _success(operation),
            **(unchanged if operation.tagged else {}),
            **failures,
        },
    }


def _success(operation: Operation) -> Json:
    if isinstance(operation.returns, tuple):
        content: Json = {media_type: {} for media_type in operation.returns}
    else:
        reference = f"#/components/schemas/{operation.returns.__name__}"
        content = {JSON: {"schema": {"$ref": reference}}}
    answer: Json = {"description": operation.summary, "content": content}
    if operation.tagged:
        tag = "Changes whenever the response does."
        answer["headers"] = {"ETag": {"description": tag, "schema": {"type": "string"}}}
    return answer


def _in_path(item: tuple[str, str]) -> Json:
    name, description = item
    schema = {"type": "string", "minLength": 1}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": schema,
    }


def _in_query(stated: Json) -> list[Json]:
    """The parameters in the schema of a struct; arrays are parameters that may be repeated."""
    parameters = []
    for name, schema in stated["properties"].items():
        shown = _without_null(schema)
        described = {"name": name, "in": "query", "description": shown.pop("description", "")}
        if name in stated.get("required", ()):
            described["required"] = True
        if shown.get("type") == "array":
            described |= {"style": "form", "explode": True}
        parameters.append(described | {"schema": shown})
    return parameters


def _without_null(schema: Json) -> Json:
    """The schema of a value in a query string, which cannot be null."""
    shown = {name: value for name, value in schema.items() if name not in ("anyOf", "default")}
    for choice in schema.get("anyOf", ()):
        if choice != {"type": "null"}:
            shown |= choice
    default = schema.get("default")
    return shown if default in (None, []) else shown | {"default": default}
