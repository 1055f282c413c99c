"""The interface of engines: what goes in and what comes out, whichever engine is used.

An engine takes entries (terms, keywords, numbers and an opaque payload) and answers queries with
ids, scores and counts. It never parses a question, analyses text, highlights or formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from .nodes import Query


class EngineError(ValueError):
    """A request that an engine cannot carry out: an unknown field, facet or number, an id
    added twice, a value out of range, or an inconsistent index."""


class EngineUnavailable(Exception):  # noqa: N818  # says what happened
    """The engine cannot be reached at the moment; trying again later may succeed."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A unit as an engine stores it.

    terms     field → terms in order; the index in the list is the position for phrases, and
              '' is a position without a term: no phrase crosses it, and it adds no length
    keywords  name → values, for filters and facets (a unit may have several values)
    numbers   name → a number, for ranges and sorting
    payload   bytes returned with a hit, opaque to the engine
    """

    id: str
    terms: Mapping[str, list[str]]
    keywords: Mapping[str, list[str]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    payload: bytes = b""


@dataclass(frozen=True, slots=True)
class Scoring:
    """The parameters of BM25F, the same for every query to an open index.

    k1  how soon further occurrences stop adding: a frequency of k1 scores half the maximum
    b   field → how much the length of the field counts, from 0 (not at all) to 1
    """

    k1: float = 1.2
    b: Mapping[str, float] = field(default_factory=dict)
    default_b: float = 0.75


class Request(Struct, frozen=True, gc=False):
    """A query with its filters, and what the ranking should contain.

    filters  facet name → a query that limits the units; all of them apply to the hits, and
             the counts of a facet ignore the filter of the same name, so that an interface
             can show what choosing another value would find
    facets   facet name → the maximum number of values to count, the most frequent first
    sort     '' by score (descending), else the name of a number, with '-' for descending;
             units without it come last; ties are broken by score, then by order of entry
    offset   the number of hits to skip, for numbered pages
    ahead    a query whose units come before all others, whatever the sort; None for no such units
    after    the cursor of a ranking of the same request: returns the hits that follow it, in
             the same order, each once at any depth; cannot be combined with an offset
    payloads whether hits carry their payloads; else b'', for a caller that keeps what it has read
    once     a keyword of which a unit has at most one value; '' for none. Of the units found that
             have the same value, only the first in the ranking is a hit, and they count as one in
             the total and for each value of a facet
    """

    query: Query
    filters: Mapping[str, Query] = {}
    facets: Mapping[str, int] = {}
    sort: str = ""
    offset: int = 0
    limit: int = 10
    after: str = ""
    ahead: Query | None = None
    payloads: bool = True
    once: str = ""


class Hit(Struct, frozen=True, gc=False):
    id: str
    score: float
    payload: bytes


class Ranking(Struct, frozen=True, gc=False):
    """`total` counts all matches; `hits` is the requested page; `counts` are the facets, the
    most frequent value first, then by code point; values without units are left out.
    `cursor` leads to the hits that follow these in the same open index; '' at the end. `ahead` is
    the number of matches that come before all others; all of them if the request names none.
    `repeats` is the number of units left out because of `once`."""

    total: int
    hits: tuple[Hit, ...]
    counts: Mapping[str, Mapping[str, int]]
    cursor: str = ""
    ahead: int = 0
    repeats: int = 0


class IndexReader(Protocol):
    """An open index. Safe to use from several threads; `close` it when the last user is done.

    Every method but `close` raises EngineUnavailable if the engine cannot be reached.
    """

    def rank(self, request: Request) -> Ranking: ...

    def count(self, query: Query, once: str = "") -> int:
        """The number of matching units; those with the same value of the keyword `once` are one."""
        ...

    def get(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Payloads by id; unknown ids are left out."""
        ...

    def known(self, fields: Sequence[str], terms: Iterable[str]) -> frozenset[str]:
        """Those of `terms` that occur in any of the fields of any unit."""
        ...

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """The number of units in whose field each of `terms` occurs; unknown terms are left out."""
        ...

    def prefix(self, fields: Sequence[str], text: str, limit: int) -> dict[str, int]:
        """Terms that begin with `text` and their frequencies added over the fields: the
        `limit` most frequent, ties by code point."""
        ...

    def near(self, fields: Sequence[str], text: str, distance: int, limit: int) -> dict[str, int]:
        """Terms at most `distance` edits (Damerau–Levenshtein, restricted) from `text` and their
        frequencies added over the fields: the first `limit` of them, the nearest first, then
        the most frequent, then by code point."""
        ...

    def __len__(self) -> int: ...

    def close(self) -> None: ...


class IndexWriter(Protocol):
    """Writes a new index, entry by entry. Nothing can be read before `commit`."""

    def add(self, entry: IndexEntry) -> None: ...

    def commit(self) -> None: ...

    def cancel(self) -> None: ...


class Engine(Protocol):
    """An adapter: a module with these two functions."""

    def open_writer(
        self,
        directory: Path,
        fields: Sequence[str],
        keywords: Sequence[str] = (),
        numbers: Sequence[str] = (),
    ) -> IndexWriter:
        """Begin an index in an empty directory.

        `fields` lists all fields. `keywords` and `numbers` name those that a query may use even if
        no entry has them; entries may add others.
        """
        ...

    def open_reader(
        self, directory: Path, scoring: Scoring, cache_bytes: int, partial: bool
    ) -> IndexReader:
        """Open an index for searching; `cache_bytes` limits what is kept in memory.

        A field, keyword or number that the index lacks raises EngineError, or counts as empty if
        the index is `partial`, i.e. may have been built before it was introduced.
        """
        ...
