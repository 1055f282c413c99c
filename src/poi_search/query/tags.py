"""PubMed's tags, which follow what they limit: `Ding L[au]`, `2018:2020[dp]`."""

from __future__ import annotations

import re

from poi_search.query import tree
from poi_search.query.fields import CONCEPT, IDENTIFIERS, TEXT_FIELDS, WORDS, typed_value, year_tail
from poi_search.query.joining import join_side_by_side, unquote
from poi_search.query.lexer import Lexer
from poi_search.query.tokens import QuestionToken, quote_part
from poi_search.query.tree import Node
from poi_search.text.typography import DASH_SIGNS, SPACE_BEFORE


def apply_tag(lexer: Lexer, nodes: list[Node], tag: QuestionToken) -> list[Node]:
    """The nodes before a tag, limited by it; unchanged and with a notice if they do not fit it."""
    if tag.text == WORDS:
        return nodes
    if tag.text == CONCEPT:
        return [unquote(node) for node in nodes]
    if tag.text in IDENTIFIERS:
        return _apply_identifier_tag(lexer, nodes, tag)
    if tag.text not in TEXT_FIELDS:
        return _apply_date_tag(lexer, nodes, tag)
    value = join_side_by_side(nodes)
    span = (value.span[0], tag.end)
    return [tree.Field(tag.text, value, span)]


def _apply_date_tag(lexer: Lexer, nodes: list[Node], tag: QuestionToken) -> list[Node]:
    """`2018:2020[dp]`; words before the years remain words."""
    *rest, last = nodes
    if isinstance(last, tree.Words | tree.Quoted):
        start = 0 if isinstance(last, tree.Quoted) else year_tail(last.text)
        raw = re.sub(rf"{SPACE_BEFORE}([:{DASH_SIGNS}]|\.\.)\s*", r"\1", last.text[start:].strip())
        years = typed_value(tag.text, raw, (last.span[0] + start, tag.end))
        if years is not None:
            before = last.text[:start].rstrip()
            words = [tree.Words(before, (last.span[0], last.span[0] + len(before)))]
            return [*rest, *(words if before else []), years]
    part = quote_part(lexer.text[nodes[0].span[0] : tag.end])
    lexer.notices.append(
        f"{part} was searched as plain words: there is no year before the tag. Write it"
        " as 2018[dp] or 2018:2020[dp]."
    )
    return nodes


def _apply_identifier_tag(lexer: Lexer, nodes: list[Node], tag: QuestionToken) -> list[Node]:
    """`23000001[pmid]`; words before the identifier remain words."""
    *rest, last = nodes
    if isinstance(last, tree.Value) and last.name in IDENTIFIERS:
        return nodes  # a DOI is recognised without its tag
    if isinstance(last, tree.Words | tree.Quoted):
        before, _, raw = last.text.strip().rpartition(" ")
        before = before.rstrip()
        shift = last.span[0] + isinstance(last, tree.Quoted)
        value = typed_value(tag.text, raw, (shift + len(last.text) - len(raw), tag.end))
        if value is not None:
            words = [tree.Words(before, (shift, shift + len(before)))]
            return [*rest, *(words if before else []), value]
    part = quote_part(lexer.text[nodes[0].span[0] : tag.end])
    lexer.notices.append(
        f"{part} was searched as plain words: there is no {tag.text.upper()} before the tag."
    )
    return nodes
