"""An index whose postings are kept by an adapter; columns, scoring and ranking are our own.

An adapter only has to supply `EmbeddedWriter` with a `PostingsWriter`, and `EmbeddedReader` with
`Postings`.
Columns are files in the same directory; see `columns`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from .columns import Columns
from .columns_writer import ColumnsWriter
from .nodes import Query
from .postings import CachedPostings, Postings, array_cache
from .rank import rank
from .repeats import repeats
from .score import Scorer
from .seam import EngineError, IndexEntry, IndexReader, IndexWriter, Ranking, Request, Scoring


class PostingsWriter(Protocol):
    """Writes the postings of units in the order of entry, counted from 0."""

    def add(self, terms: Mapping[str, list[str]]) -> None:
        """Add the terms of the next unit, by field; '' is a position without a term."""
        ...

    def commit(self) -> None: ...

    def cancel(self) -> None: ...


class EmbeddedWriter(IndexWriter):
    """Writes an index into an empty directory. Flushing it to disk is left to the caller."""

    def __init__(
        self,
        directory: Path,
        fields: Sequence[str],
        keywords: Sequence[str],
        numbers: Sequence[str],
        begin: Callable[[Path, Sequence[str]], PostingsWriter],
    ) -> None:
        self._postings = begin(directory, fields)
        self._columns = ColumnsWriter(directory, fields, keywords, numbers)

    def add(self, entry: IndexEntry) -> None:
        self._postings.add(entry.terms)
        self._columns.add(entry)

    def commit(self) -> None:
        self._postings.commit()
        self._columns.save()

    def cancel(self) -> None:
        with suppress(Exception):
            self._columns.close()
        self._postings.cancel()


class EmbeddedReader(IndexReader):
    """An index open for searching; raises EngineError if its parts do not fit together."""

    def __init__(
        self,
        directory: Path,
        scoring: Scoring,
        cache_bytes: int,
        partial: bool,
        open_: Callable[[Path, Sequence[str]], Postings],
    ) -> None:
        self._columns = Columns(directory, partial)
        try:
            self._source = open_(directory, self._columns.fields)
        except BaseException:
            self._columns.close()
            raise
        if len(self._source) != len(self._columns.ids):
            self.close()
            raise EngineError(f"{directory}: postings and columns differ in the number of units")
        cache = array_cache(cache_bytes)
        self._postings = CachedPostings(self._source, self._columns.fields, cache, partial)
        self._scorer = Scorer(self._postings, self._columns, scoring, cache)

    def rank(self, request: Request) -> Ranking:
        return rank(request, self._scorer, self._columns)

    def count(self, query: Query, once: str = "") -> int:
        values = self._columns.single(once) if once else None
        if values is None:
            return self._scorer.count(query)
        found = values[self._scorer.mask(query)]
        return found.size - repeats(found)

    def get(self, ids: Iterable[str]) -> dict[str, bytes]:
        places = self._columns.places
        return {name: self._columns.payload(places[name]) for name in ids if name in places}

    def known(self, fields: Sequence[str], terms: Iterable[str]) -> frozenset[str]:
        # By postings, which the search for these words reads anyway; no vocabulary is loaded.
        return frozenset(
            term
            for term in terms
            if any(self._postings.read(field, term).units.size for field in fields)
        )

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        return self._scorer.vocabulary.frequencies(field, terms)

    def prefix(self, fields: Sequence[str], text: str, limit: int) -> dict[str, int]:
        return self._scorer.vocabulary.prefix(fields, text, limit)

    def near(self, fields: Sequence[str], text: str, distance: int, limit: int) -> dict[str, int]:
        return self._scorer.vocabulary.near(fields, text, distance, limit)

    def __len__(self) -> int:
        return len(self._columns.ids)

    def close(self) -> None:
        self._source.close()
        self._columns.close()
