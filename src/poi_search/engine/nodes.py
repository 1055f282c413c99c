"""What an engine is given and what it gives back: terms, trees, ids and scores.

Nothing here knows about biology, HTML or citations. An adapter turns these into what its
engine wants; `tests/test_engine.py` holds every adapter to the same contract.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol


class EngineError(ValueError):
    """What was asked of an engine cannot be done: an unknown field, facet or number, an id
    added twice, a value out of range, an index that does not hold together."""


Fields = tuple[tuple[str, float], ...]
"""Field names with their weights in BM25F; a weight of 0 is not allowed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit as an engine stores it.

    terms     field → terms in order; the place in the list is the position for phrases, and
              '' is a place without a term: no phrase goes across it, and it has no length
    keywords  name → values, for filters and facets (a unit may have several values)
    numbers   name → a number, for ranges and sorting
    payload   bytes given back with a hit, opaque to the engine
    """

    id: str
    terms: Mapping[str, list[str]]
    keywords: Mapping[str, list[str]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    payload: bytes = b""


@dataclass(frozen=True, slots=True)
class Scoring:
    """The parameters of BM25F, the same for every question to an open index.

    k1  how soon further occurrences stop adding: a frequency of k1 gives half the most
    b   field → how much the length of the field counts, from 0 (not at all) to 1
    """

    k1: float = 1.2
    b: Mapping[str, float] = field(default_factory=dict)
    default_b: float = 0.75


@dataclass(frozen=True, slots=True)
class Term:
    """A term in any of `fields`, scored with BM25F: one document frequency over them all."""

    text: str
    fields: Fields
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Several terms that count as one thing: their frequencies are added up (each times its
    own weight), and the document frequency is that of their union."""

    terms: tuple[Term, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms next to each other in one of `fields`; its frequency is the number of places."""

    terms: tuple[str, ...]
    fields: Fields
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Terms that begin with `text`; at most `limit` of them, the most frequent first (the
    units with it, added over `fields`; ties by code point). Scored as Synonyms."""

    text: str
    fields: Fields
    weight: float = 1.0
    limit: int = 200


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Terms at most `distance` edits (Damerau–Levenshtein, restricted) away from `text`; at
    most `limit` of them, the nearest first, then the most frequent. Scored as Synonyms."""

    text: str
    fields: Fields
    distance: int = 1
    weight: float = 1.0
    limit: int = 200


@dataclass(frozen=True, slots=True)
class Keyword:
    """Units with this value of a keyword; scores nothing."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Range:
    """Units whose number lies in [low, high], either end open; scores nothing."""

    name: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Everything:
    """All units; scores nothing."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Units that match every child (without children: all units); scores add up."""

    children: tuple[Query, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Units that match at least one child (without children: none); scores add up.

    With `coverage` > 0 the sum is multiplied by (matched / total) ** coverage, where matched
    is the importance of the children a unit matches and total that of all children which
    match any unit at all, whatever the filters; children that match nothing do not count.
    A child's importance is its weight times its idf. The idf of AllOf and AnyOf is the largest
    among the scoring nodes (Term, Synonyms, Phrase, Prefix, Fuzzy) below that match
    a unit by themselves, those under a Not left aside; where there is none it is 1. Keyword,
    Range, Everything and Not have an importance of 1.
    """

    children: tuple[Query, ...]
    weight: float = 1.0
    coverage: float = 0.0


@dataclass(frozen=True, slots=True)
class Not:
    """Units that do not match the child; scores nothing."""

    child: Query


Query = (
    Term | Synonyms | Phrase | Prefix | Fuzzy | Keyword | Range | Everything | AllOf | AnyOf | Not
)


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    score: float
    payload: bytes


@dataclass(frozen=True, slots=True)
class Ranking:
    """`total` counts all matches; `hits` is the page asked for; `counts` are the facets, the
    most frequent value first, then by code point; values without a unit are left out."""

    total: int
    hits: tuple[Hit, ...]
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Request:
    """A query with its filters and what is wanted of the ranking.

    filters  facet name → a query that limits the units; all of them apply to the hits, and
             the counts of a facet leave out the filter of the same name, so that a face can
             show what choosing another value would give
    sort     '' by score (falling), else the name of a number, '-' before it for falling;
             units without it come last; ties are broken by score, then by order of entry
    """

    query: Query
    filters: Mapping[str, Query] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: str = ""
    offset: int = 0
    limit: int = 10


class Reader(Protocol):
    """An open index. Safe to use from several threads; `close` when its last user is done."""

    def rank(self, request: Request) -> Ranking: ...

    def count(self, query: Query) -> int:
        """How many units match."""
        ...

    def get(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Payloads by id; unknown ids are left out."""
        ...

    def vocabulary(self, field: str) -> Mapping[str, int]:
        """Every term of a field with its document frequency."""
        ...

    def __len__(self) -> int: ...

    def close(self) -> None: ...


class Writer(Protocol):
    """Writes a new index, entry by entry. Nothing can be read before `commit`."""

    def add(self, entry: Entry) -> None: ...

    def commit(self) -> None: ...

    def cancel(self) -> None: ...
