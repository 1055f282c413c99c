"""The tree of a question, as parsed by the grammar: plain data, before any analysis.

Every node has its `span` (start, end) in the question, in code points. Spans are left out of
comparisons, so that two texts with the same meaning have equal trees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Empty:
    """A question without content."""

    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Words:
    """A run of plain words, to be analysed as a whole, so that a concept may span words.

    `text` is as long as the span and as typed, except that signs without meaning are blank
    and a stray operator is in lower case: offsets in `text` plus `span[0]` are offsets in
    the question.
    """

    text: str
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Literal words in order. `span` includes the quotes: `text` begins at `span[0] + 1`."""

    text: str
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class PrefixWord:
    """Words that begin with `text`."""

    text: str
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class FuzzyWord:
    """Words at most `distance` (1 or 2) edits away from `text`."""

    text: str
    distance: int
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Between:
    """Numbers of the field `name` from `low` to `high`, both included; one may be None, for an
    open end."""

    name: str
    low: int | None
    high: int | None
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the field `name` as stored in the index: a section '3.4', a kind 'table'."""

    name: str
    text: str
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """`value` looked for in one field only; a field within `value` takes precedence."""

    name: str
    value: Node
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class And:
    children: tuple[Node, ...]
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple[Node, ...]
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but the child. `Words` below it count as one phrase, as typed together."""

    child: Node
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Any:
    """Parts side by side without an operator: any of them; the more, the better."""

    children: tuple[Node, ...]
    span: Span = field(default=(0, 0), compare=False)


Leaf = Words | Quoted | PrefixWord | FuzzyWord | Between | Value
Node = Empty | Leaf | Field | And | Or | Not | Any


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents first, in the order of the question."""
    yield node
    if isinstance(node, And | Or | Any):
        for child in node.children:
            yield from walk(child)
    elif isinstance(node, Not):
        yield from walk(node.child)
    elif isinstance(node, Field):
        yield from walk(node.value)


def leaves(node: Node) -> tuple[Leaf, ...]:
    """The clauses of a question: a run of words is one, a quote, a year range and so on."""
    return tuple(each for each in walk(node) if isinstance(each, Leaf))
