"""The grammar of a question: text → tree. Every text has a tree.

    question  = either
    either    = both { OR both }
    both      = without { [AND] without }         the second with NOT if AND is left out
    without   = [NOT] side
    side      = part { part }                     side by side: any of them
    part      = [-] ( words | word* | word~ | "phrase" | (either) | field:value | identifier ) [tag]

NOT binds closer than AND, and AND closer than OR, whatever their order (`a OR b AND c` means
`a OR (b AND c)`; PubMed, in contrast, reads from left to right). Parts side by side bind
closest: `POI AND mouse model` is `POI AND (mouse model)`. Fields and exclusions side
by side with words limit what the words find: `mouse kind:table -rat` is `mouse AND
kind:table AND NOT rat`; two values of a field with a single value per unit mean either of them.
Operators are in capitals; `&&`, `||` and `!` are accepted as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from poi_search.query import tree
from poi_search.query.fields import EXAMPLES, TEXT_FIELDS, typed_value
from poi_search.query.groups import make_well_formed
from poi_search.query.joining import (
    as_values,
    join_date_pairs,
    join_nodes,
    join_side_by_side,
    plain_words,
)
from poi_search.query.lexer import Lexer
from poi_search.query.tags import apply_tag
from poi_search.query.tokens import QuestionToken, TokenKind, blank_signs, quote_part
from poi_search.query.tree import Node
from poi_search.text.typography import APOSTROPHE_SIGNS

_MAX_NOTICES: Final = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """The size limits of a question: code points, clauses (leaves of the tree; a run of plain
    words is one), and levels of nested parentheses."""

    characters: int = 512
    clauses: int = 32
    depth: int = 16


LIMITS: Final = Limits()


class QuestionLimit(ValueError):  # noqa: N818  # the name that callers rely on
    """A question that is too long or too complex; `parameter` is the one at fault."""

    parameter = "q"

    def __init__(self, what: str, found: int, limit: int) -> None:
        self.found, self.limit = found, limit
        super().__init__(f"The question has {found} {what}; the limit is {limit}. Shorten it.")


_PLAIN: Final = re.compile(rf"\s*([^\W_]+(?:(?:,? |[{APOSTROPHE_SIGNS}-])[^\W_]+)*)(\??)\s*")
_NOT_PLAIN: Final = re.compile(
    r"(?:^|[ -])(?:(?:AND|OR|NOT|NEAR|NEXT|SAME|XOR|ANDNOT|(?i:adj))(?:$|[ -])"
    r"|(?i:adj|near|pmids?|pmc ?(?:ids?)?|pubmed ?(?:ids?)?)[ -]?[0-9])"
)
"""Operators and identifiers without a sign."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """`notices` are sentences that say what was not read as typed, and why."""

    tree: Node
    notices: tuple[str, ...] = ()


def parse(text: str, limits: Limits = LIMITS) -> Parsed:
    """Parse a question. The only error is `QuestionLimit`, whatever the text."""
    if len(text) > limits.characters:
        raise QuestionLimit("characters", len(text), limits.characters)
    plain = _PLAIN.fullmatch(text)
    if plain and not _NOT_PLAIN.search(plain[1]):  # most questions need no grammar
        return Parsed(tree.Words(plain[1] + plain[2], (plain.start(1), plain.end(2))))
    return _parse_grammar(text, limits)


def _parse_grammar(text: str, limits: Limits) -> Parsed:
    lexer = Lexer(text)
    tokens, depth = make_well_formed(lexer)
    if depth > limits.depth:
        raise QuestionLimit("levels of parentheses", depth, limits.depth)
    root = _Parser(lexer, tokens).either() if tokens else tree.Empty((0, len(text)))
    clauses = len(tree.leaves(root))
    if clauses > limits.clauses:
        raise QuestionLimit("clauses", clauses, limits.clauses)
    return Parsed(root, _few(lexer.notices))


def _few(notices: list[str]) -> tuple[str, ...]:
    distinct = tuple(dict.fromkeys(notices))
    if len(distinct) <= _MAX_NOTICES:
        return distinct
    return (*distinct[:_MAX_NOTICES], f"And {len(distinct) - _MAX_NOTICES} similar notices.")


@dataclass(slots=True)
class _Part:
    """A part of a side. A tag applies to the `run` parts before it, or to the `one` before it."""

    node: Node
    tag: str


class _Parser:
    """Recursive descent over well-formed tokens; each method consumes what it returns."""

    def __init__(self, lexer: Lexer, tokens: list[QuestionToken]) -> None:
        self.lexer, self.tokens, self.place = lexer, tokens, 0

    def _kind(self, ahead: int = 0) -> TokenKind | None:
        place = self.place + ahead
        return self.tokens[place].kind if place < len(self.tokens) else None

    def _take(self) -> QuestionToken:
        self.place += 1
        return self.tokens[self.place - 1]

    def either(self) -> Node:
        children = [self._both()]
        while self._kind() == "or":
            self._take()
            children.append(self._both())
        return join_nodes(tree.Or, children)

    def _both(self) -> Node:
        children = [self._without()]
        while self._kind() in ("and", "not"):
            if self._kind() == "and":
                self._take()
            children.append(self._without())
        return join_nodes(tree.And, children)

    def _without(self) -> Node:
        if self._kind() != "not":
            return self._side()
        start = self._take().start
        child = self._side()
        return tree.Not(child, (start, child.span[1]))

    def _side(self) -> Node:
        parts: list[_Part] = []
        while self._kind() not in ("and", "or", "not", "close", None):
            if self._kind() == "tag":
                self._tag(parts)
            else:
                parts.append(self._part())
        return join_side_by_side(join_date_pairs([part.node for part in parts]))

    def _part(self) -> _Part:
        kind = self._kind()
        if kind == "minus":
            return self._minus()
        if kind == "field":
            return _Part(self._field(), "no")
        if kind == "open":
            return _Part(self._group(), "one")
        if kind == "quote":
            return _Part(self._quote(), "one")
        if kind == "identifier":
            token = self._take()
            name, _, value = token.text.partition(":")
            return _Part(tree.Value(name, value, (token.start, token.end)), "one")
        return _Part(self._words(), "run")

    def _group(self) -> Node:
        self._take()
        inner = self.either()
        self._take()
        return inner

    def _quote(self) -> tree.Quoted:
        token = self._take()
        return tree.Quoted(token.text, (token.start, token.end))

    def _words(self, most: int | None = None) -> Node:
        """A run of plain words, at most `most`; or one `word*` or `word~`."""
        first = last = self._take()
        if first.kind == "prefix":
            return tree.PrefixWord(first.text, (first.start, first.end))
        if first.kind == "fuzzy":
            return tree.FuzzyWord(first.text, first.distance, (first.start, first.end))
        while self._kind() == "word" and most != 1:
            last = self._take()
        return self._plain(first.start, last.end)

    def _plain(self, start: int, end: int) -> tree.Words:
        return plain_words("".join(self.lexer.clean[start:end]), start)

    def _minus(self) -> _Part:
        start = self._take().start
        if self._kind() == "field":
            node = self._field()
        else:
            ahead = 0
            while self._kind(ahead) in ("word", "prefix", "fuzzy"):
                ahead += 1
            parts: list[_Part] = []
            if ahead and self._kind(ahead) == "tag":
                while self._kind() != "tag":
                    parts.append(self._part())
            else:
                parts.append(_Part(self._words(most=1), "run") if ahead else self._part())
            if self._kind() == "tag":
                self._tag(parts)
            node = join_side_by_side([part.node for part in parts])
        return _Part(tree.Not(node, (start, node.span[1])), "no")

    def _field(self) -> Node:
        name = self._take()
        kind, value = self._kind(), self.tokens[self.place]
        if kind == "raw":
            self._take()
            return self._value(name, value, value.text)
        if name.text not in TEXT_FIELDS:
            if kind == "quote":
                self._take()
                return self._value(name, value, value.text.strip())
            return self._value_group(name)
        if kind == "open":
            node = self._group()
        else:
            node = self._quote() if kind == "quote" else self._words(most=1)
        span = (name.start, max(node.span[1], self.tokens[self.place - 1].end))
        return tree.Field(name.text, node, span)

    def _value(self, name: QuestionToken, value: QuestionToken, raw: str) -> Node:
        node = typed_value(name.text, raw, (name.start, value.end))
        return node or self._bad_value(name, value.end)

    def _bad_value(self, name: QuestionToken, end: int) -> tree.Words:
        self.lexer.notices.append(
            f"{quote_part(self.lexer.text[name.start : end])} was searched as plain words: its"
            f" value is not valid. Write it as {EXAMPLES[name.text]}."
        )
        self.lexer.clean[name.start : end] = blank_signs(self.lexer.text[name.start : end])
        return self._plain(name.start, end)

    def _value_group(self, name: QuestionToken) -> Node:
        """`kind:(table OR figure)`: every word in the group is a value of the field."""
        group = self._group()
        end = self.tokens[self.place - 1].end
        node = as_values(name.text, group)
        return node or self._bad_value(name, end)

    def _tag(self, parts: list[_Part]) -> None:
        """Apply a PubMed tag to the words, the phrase or the group before it."""
        tag = self._take()
        taken: list[Node] = []
        while parts and (parts[-1].tag == "run" or (parts[-1].tag == "one" and not taken)):
            run = parts[-1].tag == "run"
            taken.insert(0, parts.pop().node)
            if not run or (parts and parts[-1].tag != "run"):
                break
        if not taken:
            part = quote_part(self.lexer.text[tag.start : tag.end])
            self.lexer.notices.append(f"There is nothing before the tag {part} for it to limit.")
            return
        parts.extend(_Part(node, "no") for node in apply_tag(self.lexer, taken, tag))
