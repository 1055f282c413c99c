"""Which units a question prefers for their form: definitions, counts, works of an author."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from poi_search.engine.nodes import AllOf, AnyOf, Fields, Query, Synonyms, Term
from poi_search.index.answers import ANSWERS, Form, answer
from poi_search.query.authors import AuthorName
from poi_search.query.purpose import asked_to_count, asked_to_define, asks_whether, asks_why
from poi_search.query.reading import Reading
from poi_search.thesaurus import Thesaurus

OF_A_LIST = 0.7
OF_A_DEFINITION = 2.0
OF_AN_INTRODUCTION = 1.5
OF_A_COUNT = 2.0
SEEN_IN_PEOPLE = 1.5
TO_YES_OR_NO = 3.0
OF_A_CAUSE = 2.0
OF_A_FIRST_AUTHOR = 4.0

_FIELD: Fields = ((ANSWERS, 1.0),)

_CAUSES = Term("mesh:D015984", (("concept", 1.0),))
"""Units that speak of causes, by the concept Causality of MeSH."""

Boost = tuple[Query, float]
"""A query, and the factor for the scores of the units that match it."""


def for_lists() -> Boost:
    """Lists name everything and explain nothing, so any question prefers prose."""
    return Term(answer("listed"), _FIELD), OF_A_LIST


def boosts(
    reading: Reading,
    authors: Sequence[AuthorName],
    thesaurus: Thesaurus,
    *,
    whole: bool,
) -> Iterator[Boost]:
    """The boosts for some words of a question; `whole` if it consists of nothing else."""
    if authors:
        yield _any("first author", tuple(author.key for author in authors)), OF_A_FIRST_AUTHOR
    counted = asked_to_count(reading)
    if counted:
        yield _any("counts", counted), OF_A_COUNT
    elif whole:
        defined = asked_to_define(reading)
        yield _any("defines", defined), OF_A_DEFINITION
        if len(defined) > 1:
            yield _any("introduces", defined[1:]), OF_AN_INTRODUCTION
    if asks_why(reading):
        yield _CAUSES, OF_A_CAUSE
    asked = [each.concepts for each in reading.mentions if each.within < 0]
    if asked and asks_whether(reading):
        # An answer is what was seen in people of all that the question names.
        seen = tuple([_in_people(_nearby(concepts, thesaurus)) for concepts in asked])
        yield AllOf(seen) if len(seen) > 1 else seen[0], TO_YES_OR_NO
    elif len(asked) == 1 and all(name.mention >= 0 for name in reading.names):
        yield _in_people(_nearby(asked[0], thesaurus)), SEEN_IN_PEOPLE


def _nearby(concepts: Sequence[str], thesaurus: Thesaurus) -> tuple[str, ...]:
    """The concepts and those related to them."""
    return tuple([other for each in concepts for other in (each, *thesaurus.related(each))])


@lru_cache(maxsize=4096)
def _in_people(concepts: tuple[str, ...]) -> Query:
    """Sentences about people that name any of the concepts."""
    names = dict.fromkeys(concepts)
    return Synonyms(tuple([Term(answer("in people", name), _FIELD) for name in names]))


def _any(form: Form, names: tuple[str, ...]) -> Query:
    """Units that answer by this form for any of the names."""
    queries = tuple(Term(answer(form, name), _FIELD) for name in dict.fromkeys(names))
    return queries[0] if len(queries) == 1 else AnyOf(queries)
