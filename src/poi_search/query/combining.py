"""The parts of a question put together, for the engine's query and for what is named in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from poi_search.engine.nodes import AllOf, AnyOf, Complement, Everything, Query


class Part(NamedTuple):
    """The engine's query for a part of a question; `named` matches what names it in full, and is
    `query` itself unless that also finds parts of names."""

    query: Query
    named: Query


def combine(
    join: Callable[[Iterable[Query | None]], Query | None], parts: Sequence[Part | None]
) -> Part | None:
    known = [part for part in parts if part is not None]
    query = join(part.query for part in known)
    if query is None:
        return None
    if all(part.named is part.query for part in known):
        return Part(query, query)
    named = join(part.named for part in known)
    return Part(query, named or query)


def all_of(queries: Iterable[Query | None]) -> Query | None:
    kept = tuple(query for query in queries if query is not None)
    if kept and all(isinstance(query, Complement) for query in kept):
        return AllOf((Everything(), *kept))
    return AllOf(kept) if len(kept) > 1 else (kept[0] if kept else None)


def any_of(queries: Iterable[Query | None], coverage: float) -> Query | None:
    kept = tuple(query for query in queries if query is not None)
    return AnyOf(kept, coverage=coverage) if len(kept) > 1 else (kept[0] if kept else None)
