"""Addresses of searches: `SearchRequest` → path and query string."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from msgspec.structs import asdict, replace

from poi_search.results import SearchRequest

_DEFAULTS = asdict(SearchRequest())


def address(request: SearchRequest, path: str = "/search", **changes: Any) -> str:
    """The address of a search with some fields changed; any change goes back to page 1."""
    if changes:
        request = replace(request, **{"page": 1, **changes})
    pairs = pairs_of(request)
    return f"{path}?{urlencode(pairs)}" if pairs else path


def pairs_of(request: SearchRequest) -> list[tuple[str, str]]:
    """The names and values of all fields that differ from the defaults, in a fixed order."""
    pairs: list[tuple[str, str]] = []
    for name, value in asdict(request).items():
        if value != _DEFAULTS[name]:
            values = value if isinstance(value, tuple) else (value,)
            pairs += [(name, str(each)) for each in values]
    return pairs


def export_address(request: SearchRequest, file_format: str) -> str:
    """The address of a file with the references found by a search or cited by its passages."""
    whole = replace(request, page=1, per_page=10, sort="relevance")
    return "/export?" + urlencode([*pairs_of(whole), ("cited", "on"), ("format", file_format)])
