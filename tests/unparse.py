"""From the tree of a question back to a text that must parse to an equal tree."""

from __future__ import annotations

import re
from collections.abc import Iterable

from poi_search.query import tree
from poi_search.query.tree import Node

_OR, _AND, _NOT, _SIDE, _PART = range(5)
_SIMPLE = re.compile(r"\w+")


def unparse(node: Node) -> str:
    """A question that parses to an equal tree, in canonical form."""
    return _written(node)[0]


def _written(node: Node) -> tuple[str, int]:  # noqa: PLR0911  # one way per node
    """The text of a node, and its precedence."""
    match node:
        case tree.Words(text=text):
            return text, _SIDE
        case tree.Or(children=children):
            return " OR ".join(_held(child, _AND) for child in children), _OR
        case tree.And(children=children):
            return " AND ".join(_held(child, _NOT) for child in children), _AND
        case tree.Not(child=child):
            return f"NOT {_held(child, _SIDE)}", _NOT
        case tree.Any(children=children):
            return _side(children), _SIDE
        case tree.Field(name=name, value=value):
            return f"{name}:{_value(value)}", _PART
    return _leaf(node), _PART


def _held(node: Node, least: int) -> str:
    text, held = _written(node)
    return text if held >= least else f"({text})"


def _side(children: Iterable[Node]) -> str:
    """Parts side by side; parentheses separate adjacent runs of words."""
    texts: list[str] = []
    before: Node | None = None
    for child in children:
        apart = isinstance(child, tree.Words) and isinstance(before, tree.Words)
        text = _held(child, _SIDE)
        texts.append(f"({text})" if apart else text)
        before = child
    return " ".join(texts)


def _value(node: Node) -> str:
    text = _written(node)[0]
    if isinstance(node, tree.Words | tree.PrefixWord | tree.FuzzyWord):
        return text if _SIMPLE.fullmatch(node.text) else f"({text})"
    return text if isinstance(node, tree.Quoted) else f"({text})"


def _leaf(node: Node) -> str:  # noqa: PLR0911  # one way per node
    match node:
        case tree.Quoted(text=text):
            return f'"{text}"'
        case tree.PrefixWord(text=text):
            return f"{text}*"
        case tree.FuzzyWord(text=text, distance=distance):
            return f"{text}~{distance}"
        case tree.Between(name=name, low=low, high=high):
            if low == high:
                return f"{name}:{low}"
            return f"{name}:{_year(low)}..{_year(high)}"
        case tree.Value(name=name, text=text):
            return f"{name}:{text}"
    return ""


def _year(year: int | None) -> str:
    return "" if year is None else f"{year:04}"
