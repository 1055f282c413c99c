"""What a page says of its article in JSON-LD (schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from poi_search.readers.markup import Node, parse_fragment, plain, squeeze

_ARTICLES = ("scholarlyarticle", "medicalscholarlyarticle", "article", "report")
_MOST_NESTED = 6


def article_facts(root: Node) -> dict[str, list[str]]:
    """The facts of the article by the names of `meta` elements; empty if there are none."""
    for script in root.walk("script"):
        if "ld+json" in script.get("type"):
            try:
                data = json.loads("".join(script.strings()))
            except (ValueError, RecursionError):
                continue
            for one in _articles(data):
                return _facts(one)
    return {}


def _articles(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _MOST_NESTED:
        return
    if isinstance(data, list):
        for one in data:
            yield from _articles(one, depth + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type", "")
        names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
        if any(isinstance(name, str) and name.lower() in _ARTICLES for name in names):
            yield data
        for key in ("@graph", "mainEntity"):
            yield from _articles(data.get(key), depth + 1)


def _facts(data: dict[str, Any]) -> dict[str, list[str]]:
    found = {
        "title": _texts(data.get("headline")) or _texts(data.get("name")),
        "authors": _texts(data.get("author")) or _texts(data.get("creator")),
        "date": _texts(data.get("datePublished")),
        "doi": [*_texts(data.get("sameAs")), *_texts(data.get("identifier"))],
        "journal": _journal(data.get("isPartOf")),
        "first": _texts(data.get("pageStart")),
        "last": _texts(data.get("pageEnd")),
        "abstract": _texts(data.get("abstract")),
    }
    return {name: values for name, values in found.items() if values}


def _journal(part: Any) -> list[str]:
    """The journal: the outermost of article, issue and volume."""
    names: list[str] = []
    for _ in range(_MOST_NESTED):
        part = part[0] if isinstance(part, list) and part else part
        if not isinstance(part, dict):
            break
        names = _texts(part.get("name")) or names
        part = part.get("isPartOf")
    return names


def _texts(value: Any) -> list[str]:
    """A value as texts: itself, the names of its objects, or each in a list."""
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, dict):
        return _texts(value.get("name") or value.get("value") or value.get("@id"))
    return [text] if isinstance(value, str) and (text := without_markup(value)) else []


def without_markup(text: str) -> str:
    """A text that may contain elements of HTML, without them: '<i>Homo</i>' → 'Homo'."""
    return plain(parse_fragment(text)) if "<" in text and ">" in text else squeeze(text)
