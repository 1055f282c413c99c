"""The types of articles and of results: what a source or a search does not state is empty."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import msgspec

from poi_search import article, results


def defaults(kind: type) -> Iterator[tuple[str, object]]:
    if dataclasses.is_dataclass(kind):
        for field in dataclasses.fields(kind):
            if field.default is not dataclasses.MISSING:
                yield f"{kind.__name__}.{field.name}", field.default
    elif issubclass(kind, msgspec.Struct):
        for stated in msgspec.structs.fields(kind):
            if stated.default is not msgspec.NODEFAULT:
                yield f"{kind.__name__}.{stated.name}", stated.default


def is_empty(value: object) -> bool:
    if value is msgspec.UNSET or not value:
        return True
    if dataclasses.is_dataclass(value) or isinstance(value, msgspec.Struct):
        return all(is_empty(inner) for inner in msgspec.to_builtins(value).values())
    return False


def test_what_is_not_stated_is_empty() -> None:
    kinds = [kind for kind in (vars(article) | vars(results)).values() if isinstance(kind, type)]
    filled = {
        name: value for kind in kinds for name, value in defaults(kind) if not is_empty(value)
    }
    assert filled == {
        "Reference.kind": "other",
        "ReferenceView.kind": "other",
        "SearchRequest.synonyms": "on",
        "SearchRequest.spelling": "on",
        "SearchRequest.meaning": "on",
        "SearchRequest.fragments": "off",
        "SearchRequest.repeats": "off",
        "SearchRequest.sort": "relevance",
        "SearchRequest.page": 1,
        "SearchRequest.per_page": 10,
    }
