"""Bare numbers in a question: a PMID if the library has a paper with it, else a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from poi_search.query import tree
from poi_search.query.fields import IDENTIFIERS
from poi_search.query.joining import join_nodes, join_side_by_side, plain_words
from poi_search.query.tree import Node

_NUMBER = re.compile(r"(?<![^\s,;])[1-9][0-9]{0,7}(?=[.:]?(?:[\s,;]|$))")
_ALONE = re.compile(r"[0-9\s,;.:]+")
_SHORTEST_AMONG_WORDS = 5
"""Shorter numbers among words are years or amounts."""
_JOINED = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)


def read_bare_numbers(node: Node, is_pmid: Callable[[str], bool]) -> Node:
    """The tree with the bare numbers that are PMIDs of the library as such."""
    match node:
        case tree.Words():
            return _in_words(node, is_pmid)
        case tree.Quoted(text) if len(text) >= _SHORTEST_AMONG_WORDS:
            alone = _NUMBER.fullmatch(text.strip())
            return tree.Value("pmid", alone[0], node.span) if alone and is_pmid(alone[0]) else node
        case tree.And(children) | tree.Or(children) | tree.Any(children):
            read = [read_bare_numbers(child, is_pmid) for child in children]
            if read == list(children):
                return node
            # Identifiers side by side mean any of them, also those that are only now recognised.
            listed = isinstance(node, tree.And) and all(map(_identifies, read))
            return join_nodes(tree.Or if listed else type(node), read)
        case tree.Not(child):
            return tree.Not(read_bare_numbers(child, is_pmid), node.span)
    return node


def _identifies(node: Node) -> bool:
    if isinstance(node, tree.Or):
        return all(map(_identifies, node.children))
    return isinstance(node, tree.Value) and node.name in IDENTIFIERS


def _in_words(node: tree.Words, is_pmid: Callable[[str], bool]) -> Node:
    numbers = list(_NUMBER.finditer(node.text))
    if not numbers:
        return node
    least = 1 if _ALONE.fullmatch(_JOINED.sub(" ", node.text)) else _SHORTEST_AMONG_WORDS
    found = [match for match in numbers if len(match[0]) >= least and is_pmid(match[0])]
    if least == 1 and any(len(match[0]) >= _SHORTEST_AMONG_WORDS for match in found):
        found = numbers  # a list of PMIDs, some of which the library does not have
    return join_side_by_side(list(_parts(node, found))) if found else node


def _parts(node: tree.Words, found: list[re.Match[str]]) -> Iterator[Node]:
    """The identifiers and the words between them."""
    start = node.span[0]
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(node.text)]
    for begin, end in zip(ends, starts, strict=True):
        if node.text[begin:end].strip(" ,;.:"):
            yield plain_words(node.text[begin:end], start + begin)
    for match in found:
        yield tree.Value("pmid", match[0], (start + match.start(), start + match.end()))
