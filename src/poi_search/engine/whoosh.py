"""The embedded engine: Whoosh keeps the postings, with positions; scoring is our own.

Only this module and `whoosh_codec` import Whoosh, and they use only its writer and its table of
terms with their postings. Whoosh is passed lists of terms, never text. Its collectors are not
used: with a limit they return wrong top hits for nested and weighted queries.

Whoosh's files contain pickles: verify the checksums of a directory before opening it, and never
open one from another source.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import numpy as np
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import TermNotFound

from .columns import Ints, map_file, unmap
from .embedded import EmbeddedReader, EmbeddedWriter, PostingsWriter
from .postings import NOTHING, PLACE_BITS, Postings, Weighted
from .seam import EngineError, IndexReader, IndexWriter, Scoring
from .whoosh_codec import ArrayCodec, Places, PostingList

_SORT_MEMORY_MB = 128


def open_writer(
    directory: Path,
    fields: Sequence[str],
    keywords: Sequence[str] = (),
    numbers: Sequence[str] = (),
) -> IndexWriter:
    return EmbeddedWriter(directory, fields, keywords, numbers, WhooshPostingsWriter)


def open_reader(directory: Path, scoring: Scoring, cache_bytes: int, partial: bool) -> IndexReader:
    return EmbeddedReader(directory, scoring, cache_bytes, partial, WhooshPostings)


class WhooshPostingsWriter(PostingsWriter):
    """Lets Whoosh sort and merge the postings, and counts the terms of each field."""

    def __init__(self, directory: Path, fields: Sequence[str]) -> None:
        self._directory = directory
        self._names = {field: f"f{place}" for place, field in enumerate(fields)}
        self._vocabulary: dict[str, dict[str, int]] = {field: {} for field in fields}
        self._storage = FileStorage(str(directory))
        schema = Schema(**{name: FieldType(Places(), None) for name in self._names.values()})
        index = self._storage.create_index(schema)
        self._writer = index.writer(codec=ArrayCodec(), limitmb=_SORT_MEMORY_MB)

    def add(self, terms: Mapping[str, list[str]]) -> None:
        for field, found in terms.items():
            known = self._vocabulary[field]
            known.update((term, known.get(term, 0) + 1) for term in set(found) - {""})
        self._writer.add_document(**{self._names[field]: found for field, found in terms.items()})

    def commit(self) -> None:
        self._writer.commit(optimize=True)
        for field, terms in self._vocabulary.items():
            path = self._directory / f"vocabulary-{self._names[field]}.json"
            path.write_bytes(msgspec.json.encode(dict(sorted(terms.items()))))
        self._storage.close()

    def cancel(self) -> None:
        # After a failed commit Whoosh's cancel fails too, and would hide the first error.
        with suppress(Exception):
            self._writer.cancel()
        self._storage.close()


class WhooshPostings(Postings):
    """Whoosh's postings as arrays. One thread reads at a time: Whoosh's files have a cursor."""

    def __init__(self, directory: Path, fields: Sequence[str]) -> None:
        self._names = {field: f"f{place}" for place, field in enumerate(fields)}
        # Mapped now and read on demand: the directory may have been removed by then.
        self._stored = {
            field: map_file(directory / f"vocabulary-{name}.json")
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

    def read(self, field: str, term: str) -> Weighted:
        found = self._list(field, term)
        return Weighted(found.units, found.counts.astype(np.float64)) if found else NOTHING

    def places(self, field: str, term: str) -> Ints:
        found = self._list(field, term)
        if not found:
            return NOTHING.units
        return np.repeat(found.units << PLACE_BITS, found.counts) + found.positions

    def terms(self, field: str) -> Mapping[str, int]:
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

    def _list(self, field: str, term: str) -> PostingList | None:
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
