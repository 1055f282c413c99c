"""How the parts of a question combine, side by side and within the value of a field."""

from __future__ import annotations

import re
from itertools import groupby

from poi_search.query import tree
from poi_search.query.fields import IDENTIFIERS, SINGLE, typed_value
from poi_search.query.tokens import blank_signs
from poi_search.query.tree import Node
from poi_search.text.function_words import is_subject

_OPERATOR = re.compile(r"(?<!\S)(?:AND|OR|NOT)(?!\S)")


def plain_words(text: str, start: int) -> tree.Words:
    """`text`, which begins at offset `start` of the question, as a trimmed run of words.

    Words that look like operators are put in lower case, as they are not operators here.
    """
    lead = len(text) - len(text.lstrip())
    words = _OPERATOR.sub(lambda found: found[0].lower(), text.strip())
    return tree.Words(words, (start + lead, start + lead + len(words)))


def unquote(node: Node) -> Node:
    """A phrase as plain words; any other node unchanged."""
    if not isinstance(node, tree.Quoted) or not blank_signs(node.text).strip():
        return node
    return plain_words(blank_signs(node.text), node.span[0] + 1)


def as_values(name: str, group: Node) -> Node | None:
    """The group with every word read as a value of the field `name`; None if one is not valid."""
    if isinstance(group, tree.Words | tree.Quoted):
        values = [typed_value(name, raw, group.span) for raw in group.text.split()]
        known = [value for value in values if value is not None]
        return join_nodes(tree.Or, known) if known and len(known) == len(values) else None
    if isinstance(group, tree.Or | tree.And | tree.Any):
        children = [as_values(name, child) for child in group.children]
        known = [child for child in children if child is not None]
        join = tree.And if isinstance(group, tree.And) else tree.Or
        return join_nodes(join, known) if len(known) == len(children) else None
    if isinstance(group, tree.Not):
        child = as_values(name, group.child)
        return tree.Not(child, group.span) if child is not None else None
    return None


def join_date_pairs(nodes: list[Node]) -> list[Node]:
    """Join the two dates of PubMed's `"2018"[dp] : "2020"[dp]` into one range."""
    joined: list[Node] = []
    for node in nodes:
        joined.append(node)
        if len(joined) < 3:
            continue
        low, colon, high = joined[-3:]
        if (
            isinstance(low, tree.Between)
            and isinstance(high, tree.Between)
            and low.name == high.name
            and isinstance(colon, tree.Words)
            and colon.text == ":"
            and (low.low or 0) <= (high.high or 9999)
        ):
            joined[-3:] = [tree.Between(low.name, low.low, high.high, (low.span[0], high.span[1]))]
    return joined


def is_limit(node: Node) -> bool:
    """Whether a part limits what its neighbours find instead of adding to it."""
    if isinstance(node, tree.Or | tree.And):
        return all(is_limit(child) for child in node.children)
    return isinstance(node, tree.Field | tree.Between | tree.Value | tree.Not)


def join_side_by_side(nodes: list[Node]) -> Node:
    """The parts as one node: any of the parts that find, within all of the parts that limit."""
    found = [node for node in nodes if not is_limit(node)]
    limits = sorted((node for node in nodes if is_limit(node)), key=_once)
    if limits and all(_once(node) == "identifier" for node in limits):
        found = [node for node in found if not _only_frames(node)]
    sides = [join_nodes(tree.Any, found)] if found else []
    for name, group in groupby(limits, key=_once):
        same = list(group)
        sides.extend([join_nodes(tree.Or, same)] if name else same)
    return join_nodes(tree.And, sides)


def _only_frames(node: Node) -> bool:
    """Whether words only frame or join what stands beside them ('and', 'the paper')."""
    return isinstance(node, tree.Words) and not is_subject(node.text)


def _once(node: Node) -> str:
    """What a unit has a single value of, a field or its identity; '' for every other limit."""
    if isinstance(node, tree.Value) and node.name in IDENTIFIERS:
        return "identifier"
    if isinstance(node, tree.Field | tree.Between | tree.Value) and node.name in SINGLE:
        return node.name
    return ""


def join_nodes(join: type[tree.And] | type[tree.Or] | type[tree.Any], nodes: list[Node]) -> Node:
    """The nodes under one parent; nested parents of the same kind are flattened."""
    if len(nodes) == 1:
        return nodes[0]
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.children if isinstance(node, join) else [node])
    span = (min(node.span[0] for node in flat), max(node.span[1] for node in flat))
    return join(tuple(flat), span)
