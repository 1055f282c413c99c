"""The embedded engine: Whoosh keeps the postings, with positions; the scoring is our own.

With `whoosh_codec` the only module that imports Whoosh, and only what is sound in it: its
writer and its table of terms with their postings. It gets lists of terms, never text. Its
collectors are left alone, as with a limit they return a wrong top for nested and weighted
queries.

Whoosh's files hold pickles: check a directory's checksums before opening it, and never open
one that came from elsewhere.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import numpy as np
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import TermNotFound

from .columns import Columns, Ints, mapped, unmap
from .columns_writer import ColumnsWriter, utf8
from .nodes import EngineError, Entry, Query, Ranking, Reader, Request, Scoring, Writer
from .postings import NOTHING, PLACE_BITS, Cache, Weighted
from .rank import rank
from .score import Scorer
from .whoosh_codec import ArrayCodec, Places, PostingList

_CACHE_BYTES = 128 * 2**20
_SORT_MEMORY_MB = 128


class WhooshWriter(Writer):
    """Writes an index into an empty directory; nothing is flushed to disk or made visible."""

    def __init__(
        self,
        directory: Path,
        fields: Sequence[str],
        keywords: Sequence[str] = (),
        numbers: Sequence[str] = (),
    ) -> None:
        if any(directory.iterdir()):
            raise EngineError(f"{directory} is not empty: an index is written in a new directory")
        self._directory = directory
        self._names = {field: f"f{place}" for place, field in enumerate(fields)}
        self._vocabulary: dict[str, dict[str, int]] = {field: {} for field in fields}
        self._storage = FileStorage(str(directory))
        schema = Schema(**{name: FieldType(Places(), None) for name in self._names.values()})
        index = self._storage.create_index(schema)
        self._writer = index.writer(codec=ArrayCodec(), limitmb=_SORT_MEMORY_MB)
        self._columns = ColumnsWriter(directory, fields, keywords, numbers)

    def add(self, entry: Entry) -> None:
        self._columns.check(entry)
        distinct = {field: set(terms) - {""} for field, terms in entry.terms.items()}
        for field, terms in distinct.items():
            for term in terms.difference(self._vocabulary[field]):
                utf8(term, "term")
        for field, terms in distinct.items():
            known = self._vocabulary[field]
            known.update((term, known.get(term, 0) + 1) for term in terms)
        self._writer.add_document(**{self._names[name]: v for name, v in entry.terms.items()})
        self._columns.add(entry)

    def commit(self) -> None:
        self._writer.commit(optimize=True)
        self._columns.save()
        for field, terms in self._vocabulary.items():
            path = self._directory / f"vocabulary-{self._names[field]}.json"
            path.write_bytes(msgspec.json.encode(dict(sorted(terms.items()))))
        self._storage.close()

    def cancel(self) -> None:
        # Whoosh's own cancelling fails after a failed commit, and would hide why that failed.
        with suppress(Exception):
            self._columns.close()
        with suppress(Exception):
            self._writer.cancel()
        self._storage.close()


class _Postings:
    """Whoosh's postings as arrays. One thread reads at a time: Whoosh's files have a cursor."""

    def __init__(self, directory: Path, fields: Sequence[str]) -> None:
        self._names = {field: f"f{place}" for place, field in enumerate(fields)}
        # Mapped now and read when asked for: by then the directory may be gone.
        self._stored = {
            field: mapped(directory / f"vocabulary-{name}.json")
            for field, name in self._names.items()
        }
        self._vocabulary: dict[str, dict[str, int]] = {}
        self._storage = FileStorage(str(directory), readonly=True)
        try:
            self._index = self._storage.open_index()
            self._reader = self._index.reader()
        except Exception as error:  # a pickle that does not fit may raise anything
            raise EngineError(f"{directory}: Whoosh cannot open it ({error})") from error
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return int(self._reader.doc_count_all())

    def postings(self, field: str, term: str) -> Weighted:
        found = self._read(field, term)
        return Weighted(found.units, found.counts.astype(np.float64)) if found else NOTHING

    def places(self, field: str, term: str) -> Ints:
        found = self._read(field, term)
        if not found:
            return NOTHING.units
        return np.repeat(found.units << PLACE_BITS, found.counts) + found.positions

    def vocabulary(self, field: str) -> Mapping[str, int]:
        if field not in self._names:
            raise EngineError(f"unknown field {field!r}; the index has {', '.join(self._names)}")
        if field not in self._vocabulary:
            stored = self._stored[field][:]
            self._vocabulary[field] = msgspec.json.decode(stored, type=dict[str, int])
        return self._vocabulary[field]

    def close(self) -> None:
        for stored in self._stored.values():
            unmap(stored)
        self._reader.close()
        self._index.close()
        self._storage.close()

    def _read(self, field: str, term: str) -> PostingList | None:
        try:
            term.encode()
        except UnicodeEncodeError:
            return None
        with self._lock:
            try:
                found: PostingList = self._reader.postings(self._names[field], term)
            except TermNotFound:
                return None
        return found


class WhooshReader(Reader):
    """An index open for searching; raises EngineError where its parts do not fit together."""

    def __init__(self, directory: Path, scoring: Scoring, cache_bytes: int) -> None:
        self._columns = Columns(directory)
        try:
            self._postings = _Postings(directory, self._columns.fields)
        except BaseException:
            self._columns.close()
            raise
        if len(self._postings) != len(self._columns.ids):
            self.close()
            raise EngineError(f"{directory}: postings and columns differ in the number of units")
        self._scorer = Scorer(self._postings, self._columns, scoring, Cache(cache_bytes))

    def rank(self, request: Request) -> Ranking:
        return rank(request, self._scorer, self._columns)

    def count(self, query: Query) -> int:
        return int(self._scorer.score(query).units.size)

    def get(self, ids: Iterable[str]) -> dict[str, bytes]:
        places = self._columns.places
        return {name: self._columns.payload(places[name]) for name in ids if name in places}

    def vocabulary(self, field: str) -> Mapping[str, int]:
        return self._postings.vocabulary(field)

    def __len__(self) -> int:
        return len(self._columns.ids)

    def close(self) -> None:
        self._postings.close()
        self._columns.close()


def open_writer(
    directory: Path,
    fields: Sequence[str],
    keywords: Sequence[str] = (),
    numbers: Sequence[str] = (),
) -> Writer:
    """Begin an index in an empty directory.

    `fields` are all the fields there will be. `keywords` and `numbers` name what a question
    may ask for even if no entry has it; entries may add others.
    """
    return WhooshWriter(directory, fields, keywords, numbers)


def open_reader(
    directory: Path, scoring: Scoring | None = None, cache_bytes: int = _CACHE_BYTES
) -> Reader:
    """Open an index for searching; `cache_bytes` bounds the postings kept in memory."""
    return WhooshReader(directory, scoring or Scoring(), cache_bytes)
