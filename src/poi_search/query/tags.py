"""PubMed's tags, which stand behind what they limit: `Ding L[au]`, `2018:2020[dp]`."""

from __future__ import annotations

import re

from poi_search.query import tree
from poi_search.query.fields import CONCEPT, TEXT_FIELDS, WORDS, typed_value, year_tail
from poi_search.query.joining import side_by_side, unquoted
from poi_search.query.lexer import Lexer, Token, shown
from poi_search.query.tree import Node
from poi_search.text.typography import DASH_SIGNS, SPACE_BEFORE


def tagged(lexer: Lexer, nodes: list[Node], tag: Token) -> list[Node]:
    """What stands before a tag, as the tag means it; with a notice if it cannot be meant so."""
    if tag.text == WORDS:
        return nodes
    if tag.text == CONCEPT:
        return [unquoted(node) for node in nodes]
    if tag.text not in TEXT_FIELDS:
        return _dated(lexer, nodes, tag)
    value = side_by_side(nodes)
    span = (value.span[0], tag.end)
    return [tree.Field(tag.text, value, span)]


def _dated(lexer: Lexer, nodes: list[Node], tag: Token) -> list[Node]:
    """`2018:2020[dp]`; words before the years stay words."""
    *rest, last = nodes
    if isinstance(last, tree.Words | tree.Quoted):
        start = 0 if isinstance(last, tree.Quoted) else year_tail(last.text)
        raw = re.sub(rf"{SPACE_BEFORE}([:{DASH_SIGNS}]|\.\.)\s*", r"\1", last.text[start:].strip())
        years = typed_value(tag.text, raw, (last.span[0] + start, tag.end))
        if years is not None:
            before = last.text[:start].rstrip()
            words = [tree.Words(before, (last.span[0], last.span[0] + len(before)))]
            return [*rest, *(words if before else []), years]
    part = shown(lexer.text[nodes[0].span[0] : tag.end])
    lexer.notices.append(
        f"{part} was searched as plain words: there is no year before the tag. Write it"
        " as 2018[dp] or 2018:2020[dp]."
    )
    return nodes
