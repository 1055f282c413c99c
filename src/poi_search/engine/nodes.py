"""The nodes of a query: what a unit must contain, and how much that counts.

Nothing here depends on biology, HTML or citations. `tests/test_engine.py` checks that engines
interpret the nodes as documented. Nodes are keys of caches, so each keeps its hash.
"""

from __future__ import annotations

from msgspec import Struct

Fields = tuple[tuple[str, float], ...]
"""Field names with their weights in BM25F; a weight of 0 is not allowed."""


class Term(Struct, frozen=True, gc=False, cache_hash=True):
    """A term in any of `fields`, scored with BM25F: one document frequency over all of them."""

    text: str
    fields: Fields
    weight: float = 1.0


class Synonyms(Struct, frozen=True, gc=False, cache_hash=True):
    """Several terms that count as one thing: their frequencies are added up (each times its
    weight), and the document frequency is that of their union."""

    terms: tuple[Term, ...]
    weight: float = 1.0


class Phrase(Struct, frozen=True, gc=False, cache_hash=True):
    """Terms next to each other in one of `fields`; its frequency is the number of occurrences."""

    terms: tuple[str, ...]
    fields: Fields
    weight: float = 1.0


class Prefix(Struct, frozen=True, gc=False, cache_hash=True):
    """Terms that begin with `text`; at most `limit` of them, the most frequent first (by
    units, added over `fields`; ties by code point). Scored as Synonyms."""

    text: str
    fields: Fields
    weight: float = 1.0
    limit: int = 200


class Fuzzy(Struct, frozen=True, gc=False, cache_hash=True):
    """Terms at most `distance` edits (Damerau–Levenshtein, restricted) away from `text`; at
    most `limit` of them, the nearest first, then the most frequent. Scored as Synonyms."""

    text: str
    fields: Fields
    distance: int = 1
    weight: float = 1.0
    limit: int = 200


class Keyword(Struct, frozen=True, gc=False, cache_hash=True):
    """Units with this value of a keyword; scores nothing."""

    name: str
    value: str


class Range(Struct, frozen=True, gc=False, cache_hash=True):
    """Units whose number is in [low, high], either end open; scores nothing."""

    name: str
    low: int | None = None
    high: int | None = None


class Everything(Struct, frozen=True, gc=False, cache_hash=True):
    """All units; scores nothing."""


class AllOf(Struct, frozen=True, gc=False, cache_hash=True):
    """Units that match every child (without children: all units); scores add up."""

    children: tuple[Query, ...]
    weight: float = 1.0


class AnyOf(Struct, frozen=True, gc=False, cache_hash=True):
    """Units that match at least one child (without children: none); scores add up.

    With `coverage` > 0 the sum is multiplied by (matched / total) ** coverage, where matched
    is the importance of the children a unit matches and total that of all children which
    match any unit at all, whatever the filters; children that match nothing do not count.
    A child's importance is its weight times its idf. The idf of AllOf and AnyOf is the largest
    among the scoring nodes below them (Term, Synonyms, Phrase, Prefix, Fuzzy) that match any
    unit on their own, except those under a Complement; it is 1 if there is none. Keyword, Range,
    Everything and Complement have an importance of 1.
    """

    children: tuple[Query, ...]
    weight: float = 1.0
    coverage: float = 0.0


class Boosted(Struct, frozen=True, gc=False, cache_hash=True):
    """Units that match the child, each with its score multiplied by the factors (0 or more) of
    all `boosts` that it matches. The idf is that of the child."""

    child: Query
    boosts: tuple[tuple[Query, float], ...]
    weight: float = 1.0


class Complement(Struct, frozen=True, gc=False, cache_hash=True):
    """Units that do not match the child; scores nothing."""

    child: Query


Query = (
    Term
    | Synonyms
    | Phrase
    | Prefix
    | Fuzzy
    | Keyword
    | Range
    | Everything
    | AllOf
    | AnyOf
    | Boosted
    | Complement
)
