"""The parts of a question put together, for the engine's query and for what is named in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from poi_search.engine.nodes import AllOf, AnyOf, Complement, Everything, Query
from poi_search.query.weights import COVERAGE, COVERAGE_SHARE


class Part(NamedTuple):
    """The engine's query for a part of a question.

    `named` matches what names it in full; `every` also matches what has only a common word of its
    name. Both are `query` itself if they match the same.
    """

    query: Query
    named: Query
    every: Query


def combine(
    join: Callable[[Iterable[Query | None]], Query | None], parts: Sequence[Part | None]
) -> Part | None:
    known = [part for part in parts if part is not None]
    query = join(part.query for part in known)
    if query is None:
        return None
    named = every = query
    if any(part.named is not part.query for part in known):
        named = join(part.named for part in known) or query
    if any(part.every is not part.query for part in known):
        every = join(part.every for part in known) or query
    return Part(query, named, every)


def all_of(queries: Iterable[Query | None]) -> Query | None:
    kept = tuple(query for query in queries if query is not None)
    if kept and all(isinstance(query, Complement) for query in kept):
        return AllOf((Everything(), *kept))
    return AllOf(kept) if len(kept) > 1 else (kept[0] if kept else None)


def any_of(queries: Iterable[Query | None]) -> Query | None:
    kept = tuple(query for query in queries if query is not None)
    if len(kept) < 2:
        return kept[0] if kept else None
    return AnyOf(kept, coverage=coverage(len(kept)))


def in_order_of(query: AnyOf, wider: Mapping[Query, Query]) -> Query:
    """The units that a query finds, in the order in which it would rank them with `wider` queries
    in the place of some of its parts."""
    parts = tuple([wider.get(part, part) for part in query.children])
    return AllOf((AnyOf(parts, coverage=query.coverage), Complement(Complement(query))))


def coverage(things: int) -> float:
    """How much it counts that a unit has all of what is asked: less if that is much, as few units
    have nearly all of a long question."""
    return min(COVERAGE, COVERAGE_SHARE / max(things, 1))
