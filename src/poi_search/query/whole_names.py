"""What names the things that are asked for in full, where a question has longer names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from poi_search.engine.nodes import AllOf, AnyOf, Query
from poi_search.query.reading import QueryName, Reading

Span = tuple[int, int]


def named_in_full(
    reading: Reading,
    things: Mapping[Span, Sequence[Query]],
    closely: Mapping[Query, Query],
    concepts: Callable[[tuple[str, ...]], Query],
) -> tuple[list[Query], bool]:
    """What names each of the `things` in full, given what finds it, or finds it more `closely`, and
    whether some are only parts of a longer name of the general layer: this is named by all its
    parts, or by its concept."""
    parts: dict[Span, list[Query]] = {}
    whole: list[Query] = []
    for span, queries in things.items():
        found = [closely.get(query, query) for query in queries]
        if not found:
            continue
        around = next((name for name in reading.wholes if _is_part(span, name)), None)
        if around:
            parts.setdefault(around, []).append(_any(found))
        else:
            whole += found
    for span, found in parts.items():
        known = (each.concepts for each in reading.general if (each.start, each.end) == span)
        together = [AllOf(tuple(found))] if len(found) > 1 else []
        whole.append(_any([*together, *map(concepts, known)] or found))
    return whole, bool(parts)


def neighbours(text: str, reading: Reading) -> Iterator[tuple[QueryName, QueryName]]:
    """Adjacent names outside any concept, which may belong together."""
    for left, right in pairwise(reading.names):
        apart = text[left.end : right.start].strip(" -")
        if left.mention < 0 and right.mention < 0 and not apart:
            yield left, right


def count_things(reading: Reading) -> int:
    """The number of things that words ask for: concepts, and names without one."""
    mentions = sum(mention.within < 0 for mention in reading.mentions)
    return mentions + sum(name.mention < 0 for name in reading.names)


def _any(found: Sequence[Query]) -> Query:
    return AnyOf(tuple(found)) if len(found) > 1 else found[0]


def _is_part(span: Span, name: Span) -> bool:
    return name[0] <= span[0] and span[1] <= name[1] and span != name
