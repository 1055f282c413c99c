"""Which units a question prefers for their form: definitions, counts, works of an author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from poi_search.engine.nodes import AnyOf, Keyword, Query
from poi_search.index.answers import COUNTS, DEFINES, FIRST_AUTHOR, INTRODUCES, LISTED
from poi_search.query.authors import AuthorName
from poi_search.query.purpose import asked_to_count, asked_to_define
from poi_search.query.reading import Reading

OF_A_LIST = 0.8
OF_A_DEFINITION = 2.0
OF_AN_INTRODUCTION = 1.2
OF_A_COUNT = 2.0
OF_A_FIRST_AUTHOR = 4.0

Boost = tuple[Query, float]
"""A query, and the factor for the scores of the units that match it."""

FOR_LISTS: Boost = (Keyword(LISTED, "yes"), OF_A_LIST)
"""Lists name everything and explain nothing, so any question prefers prose."""


def boosts(
    text: str, reading: Reading, authors: Sequence[AuthorName], *, whole: bool
) -> Iterator[Boost]:
    """The boosts for some words of a question; `whole` if it consists of nothing else."""
    if authors:
        yield _any(FIRST_AUTHOR, (author.key for author in authors)), OF_A_FIRST_AUTHOR
    counted = asked_to_count(text, reading)
    if counted:
        yield _any(COUNTS, counted), OF_A_COUNT
    elif whole:
        defined = asked_to_define(reading)
        yield _any(DEFINES, defined), OF_A_DEFINITION
        if len(defined) > 1:
            yield _any(INTRODUCES, defined[1:]), OF_AN_INTRODUCTION


def _any(keyword: str, values: Iterable[str]) -> Query:
    queries = tuple(Keyword(keyword, value) for value in dict.fromkeys(values))
    return queries[0] if len(queries) == 1 else AnyOf(queries)
