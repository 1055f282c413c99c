"""A second engine: postings in an SQLite database, everything else from `embedded`.

Only for tests: it shows how small an adapter is, and that the contract does not depend on Whoosh.
"""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from poi_search.engine.columns import Ints
from poi_search.engine.embedded import EmbeddedReader, EmbeddedWriter
from poi_search.engine.postings import NOTHING, PLACE_BITS, Weighted
from poi_search.engine.seam import IndexReader, IndexWriter, Scoring

_FILE = "postings.sqlite"
_TABLES = """
    PRAGMA synchronous = OFF;
    CREATE TABLE posting (field TEXT, term TEXT, unit INTEGER, positions BLOB,
                          PRIMARY KEY (field, term, unit)) WITHOUT ROWID;
    CREATE TABLE unit (unit INTEGER PRIMARY KEY);
"""


def open_writer(
    directory: Path,
    fields: Sequence[str],
    keywords: Sequence[str] = (),
    numbers: Sequence[str] = (),
) -> IndexWriter:
    return EmbeddedWriter(directory, fields, keywords, numbers, SqlitePostingsWriter)


def open_reader(directory: Path, scoring: Scoring, cache_bytes: int, partial: bool) -> IndexReader:
    return EmbeddedReader(directory, scoring, cache_bytes, partial, SqlitePostings)


class SqlitePostingsWriter:
    def __init__(self, directory: Path, _fields: Sequence[str]) -> None:
        self._database = sqlite3.connect(directory / _FILE)
        self._database.executescript(_TABLES)
        self._units = 0

    def add(self, terms: Mapping[str, list[str]]) -> None:
        rows = []
        for field, found in terms.items():
            positions: dict[str, array[int]] = {}
            for position, term in enumerate(found):
                if term:
                    positions.setdefault(term, array("q")).append(position)
            rows += [(field, term, self._units, at.tobytes()) for term, at in positions.items()]
        self._database.executemany("INSERT INTO posting VALUES (?, ?, ?, ?)", rows)
        self._database.execute("INSERT INTO unit VALUES (?)", (self._units,))
        self._units += 1

    def commit(self) -> None:
        self._database.commit()
        self._database.close()

    def cancel(self) -> None:
        self._database.close()


class SqlitePostings:
    def __init__(self, directory: Path, _fields: Sequence[str]) -> None:
        self._database = sqlite3.connect(directory / _FILE, check_same_thread=False)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return int(self._rows("SELECT count(*) FROM unit")[0][0])

    def read(self, field: str, term: str) -> Weighted:
        lists = self._lists("length(positions) / 8", field, term)
        if not lists:
            return NOTHING
        units, counts = zip(*lists, strict=True)
        return Weighted(np.array(units), np.array(counts, dtype=np.float64))

    def places(self, field: str, term: str) -> Ints:
        places = [
            (unit << PLACE_BITS) + np.frombuffer(at, np.int64)
            for unit, at in self._lists("positions", field, term)
        ]
        return np.concatenate([NOTHING.units, *places])

    def terms(self, field: str) -> Mapping[str, int]:
        counted = "SELECT term, count(*) FROM posting WHERE field = ? GROUP BY term ORDER BY term"
        return dict(self._rows(counted, field))

    def close(self) -> None:
        self._database.close()

    def _lists(self, told: str, field: str, term: str) -> list[tuple[Any, ...]]:
        """The units with what is `told` of the term in each, ascending."""
        if any("\ud800" <= letter <= "\udfff" for letter in term):
            return []  # SQLite accepts only valid Unicode
        sql = f"SELECT unit, {told} FROM posting WHERE field = ? AND term = ? ORDER BY unit"
        return self._rows(sql, field, term)

    def _rows(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._database.execute(sql, values).fetchall()
