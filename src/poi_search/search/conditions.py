"""Which fields and values a question asks for, and whether a unit has them.

A condition is a part of a question that names a field (`author:Ding`, `2018[dp]`): it marks no
words, but it can be the reason why a unit was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from poi_search.engine import (
    AllOf,
    AnyOf,
    Everything,
    Fuzzy,
    Keyword,
    Not,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)
from poi_search.index.entries import Surrounding
from poi_search.query import tree
from poi_search.results import UnitView
from poi_search.text.analysis import stems

_PLACES = {
    "author": "the authors",
    "title": "the title",
    "journal": "the journal",
    "article": "its article",
}
_FILTERS = {
    tree.YearRange: "its year",
    tree.Section: "its section",
    tree.Cites: "what it cites",
    tree.Kind: "its kind",
}


class Condition(NamedTuple):
    """A part of a question that asks for the value of a field, and the engine's query for it."""

    text: str
    how: Literal["field", "filter"]
    where: str
    query: Query


def conditions(
    node: tree.Node, question: str, query: Callable[[tree.Node], Query]
) -> Iterator[Condition]:
    """Every condition of a question, but for those that it excludes."""
    text = question[slice(*node.span)]
    match node:
        case tree.Field():
            how: Literal["field", "filter"] = "filter" if node.name == "article" else "field"
            yield Condition(text, how, _PLACES[node.name], query(node))
        case tree.YearRange() | tree.Section() | tree.Cites() | tree.Kind():
            yield Condition(text, "filter", _FILTERS[type(node)], query(node))
        case tree.And() | tree.Or() | tree.Any():
            for child in node.children:
                yield from conditions(child, question, query)


def satisfies(view: UnitView, query: Query) -> bool:
    """Whether a unit has what the query of a condition asks for."""
    match query:
        case AllOf(children=children):
            return all(satisfies(view, child) for child in children)
        case AnyOf(children=children):
            return any(satisfies(view, child) for child in children)
        case Not(child=child):
            return not satisfies(view, child)
        case Term() | Phrase() | Prefix() | Fuzzy():
            return any(_matches(_field(view, name), query) for name, _ in query.fields)
        case Range(low=low, high=high):
            year = view.reference.year if view.reference else None
            return year is not None and (low or 0) <= year <= (high or 9999)
    return isinstance(query, Everything) or _has(view, query)


def _has(view: UnitView, query: Query) -> bool:
    if not isinstance(query, Keyword):
        return False
    name, value = query.name, query.value
    match name:
        case "kind" | "article":
            return bool(getattr(view, name) == value)
        case "section":
            return view.section is not None and f"{view.section.number}.".startswith(f"{value}.")
        case "cites":
            return value in {str(link.number) for link in view.citations}
        case _:
            return False


def _field(view: UnitView, name: str) -> Surrounding:
    """What a unit has in a field that can be searched by its name."""
    text = ""
    if view.reference:
        title = view.reference.title
        start = max(view.text.find(title), 0) if title else 0
        fields = {"author": view.text[:start], "title": title, "journal": view.reference.journal}
        text = fields.get(name, "")
    elif view.section and name == "title":
        text = view.section.title
    return Surrounding(name, " ".join(stems(text)), ())


def _matches(text: Surrounding, leaf: Term | Phrase | Prefix | Fuzzy) -> bool:
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
