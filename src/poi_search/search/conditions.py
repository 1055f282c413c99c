"""Which fields and values a question asks for, and whether a unit has them.

A condition is a part of a question that names a field (`author:Ding`, `2018[dp]`). It does not
highlight words, but it can be the reason why a unit was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from poi_search.engine.nodes import (
    AllOf,
    AnyOf,
    Complement,
    Everything,
    Fuzzy,
    Keyword,
    Phrase,
    Prefix,
    Query,
    Range,
    Synonyms,
    Term,
)
from poi_search.index.entries import SurroundingText
from poi_search.index.searchable import SEARCH_FIELDS
from poi_search.query import tree
from poi_search.query.fields import IDENTIFIERS
from poi_search.results import UnitView
from poi_search.search.field_spans import part_span
from poi_search.text.analysis import stems, tokenize
from poi_search.text.capitals import index_terms

ConditionKind = Literal["field", "filter", "identifier"]
_FIELDS = {field.name: field for field in SEARCH_FIELDS}


class Condition(NamedTuple):
    """A part of a question that asks for the value of a field, with the engine's query for it."""

    text: str
    how: ConditionKind
    where: str
    query: Query
    span: tree.Span = (0, 0)


def conditions(
    node: tree.Node, question: str, query: Callable[[tree.Node], Query]
) -> Iterator[Condition]:
    """Every condition of a question except those under NOT."""
    text = question[slice(*node.span)]
    match node:
        case tree.Field(name):
            field = _FIELDS[name]
            how: ConditionKind = "field" if field.value == "words" else "filter"
            yield Condition(text, how, field.place, query(node), node.span)
        case tree.Between(name) | tree.Value(name):
            how = "identifier" if name in IDENTIFIERS else "filter"
            yield Condition(text, how, _FIELDS[name].place, query(node), node.span)
        case tree.And() | tree.Or() | tree.Any():
            for child in node.children:
                yield from conditions(child, question, query)


def satisfies(view: UnitView, query: Query) -> bool:
    """Whether a unit satisfies the query of a condition."""
    match query:
        case AllOf(children=children):
            return all(satisfies(view, child) for child in children)
        case AnyOf(children=children) | Synonyms(terms=children):
            return any(satisfies(view, child) for child in children)
        case Complement(child=child):
            return not satisfies(view, child)
        case Term() | Phrase() | Prefix() | Fuzzy():
            return any(_matches(_words(view, name), query) for name, _ in query.fields)
        case Range() | Keyword():
            return _has(view, query)
    return isinstance(query, Everything)


def _has(view: UnitView, query: Range | Keyword) -> bool:
    field = _FIELDS[query.name]
    if isinstance(query, Keyword):
        return field.keywords is not None and query.value in field.keywords(view)
    number = field.number(view) if field.number else None
    return number is not None and (query.low or number) <= number <= (query.high or number)


def _words(view: UnitView, name: str) -> SurroundingText:
    """The stems of a unit in a field that can be searched by name."""
    field = _FIELDS.get(name)
    text = field.words(view) if field and field.words else ""
    if name == "author":
        text = view.text[slice(*part_span(view, name) or (0, 0))]
    words = index_terms(text, tokenize(text)) if field and field.capitals else stems(text)
    return SurroundingText(name, " ".join(words), ())


def _matches(text: SurroundingText, leaf: Term | Phrase | Prefix | Fuzzy) -> bool:
    match leaf:
        case Term():
            return text.has((leaf.text,))
        case Phrase():
            return text.has(leaf.terms)
        case Prefix():
            return any(stem.startswith(leaf.text) for stem in text.stems.split())
        case Fuzzy():
            most = leaf.distance
            distances = (OSA.distance(stem, leaf.text) for stem in text.stems.split())
            return any(distance <= most for distance in distances)
