"""Limits on entries, checked here so that all engines refuse the same ones."""

from __future__ import annotations

from collections.abc import Sequence

from .seam import EngineError, IndexEntry, IndexWriter

ID_BYTES = 512
KEYWORD_BYTES = 32_766
TERM_CHARACTERS = 8_000
"""The limits of Lucene and the engines built on it, the strictest of common engines."""

_LARGEST = 2**53
"""Numbers are sorted as floats, which are exact up to this value."""


class CheckedWriter(IndexWriter):
    """Passes entries on to a writer, or raises EngineError and leaves the index unchanged."""

    def __init__(self, writer: IndexWriter, fields: Sequence[str]) -> None:
        self._writer = writer
        self._fields = tuple(fields)
        self._ids: set[str] = set()

    def add(self, entry: IndexEntry) -> None:
        self._check(entry)
        self._writer.add(entry)
        self._ids.add(entry.id)

    def commit(self) -> None:
        self._writer.commit()

    def cancel(self) -> None:
        self._writer.cancel()

    def _check(self, entry: IndexEntry) -> None:
        _at_most(ID_BYTES, entry.id, "id")
        if entry.id in self._ids:
            raise EngineError(f"the id {entry.id!r} was added before: ids must be unique")
        for name, terms in entry.terms.items():
            if name not in self._fields:
                raise EngineError(
                    f"entry {entry.id!r} has an unknown field {name!r}: "
                    f"the index was begun with {', '.join(self._fields)}"
                )
            _check_terms(terms)
        for values in entry.keywords.values():
            for value in values:
                _at_most(KEYWORD_BYTES, value, "keyword value")
        for name, number in entry.numbers.items():
            if abs(number) > _LARGEST:
                raise EngineError(f"entry {entry.id!r}: {name} = {number} is beyond 53 bits")


def _check_terms(terms: Sequence[str]) -> None:
    longest = max(terms, key=len, default="")
    if len(longest) > TERM_CHARACTERS:
        raise EngineError(f"the term {longest[:40]!r}… has more than {TERM_CHARACTERS} characters")
    _utf8(" ".join(terms), "entry")


def _at_most(limit: int, text: str, what: str) -> None:
    if len(_utf8(text, what)) > limit:
        raise EngineError(f"the {what} {text[:40]!r}… has more than {limit} bytes")


def _utf8(text: str, what: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        near = text[max(0, error.start - 20) : error.end + 20]
        raise EngineError(f"the {what} with {near!r} is not valid Unicode text") from None
