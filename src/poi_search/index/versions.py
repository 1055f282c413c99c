"""Which version built an index, and can this one read it?

The format in a manifest consists of a layout and the fields of the index. The current layout and
that of the previous version can be read, also with other fields: nothing is found in a field that
the index does not have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec

from poi_search import __version__
from poi_search.engine.seam import EngineUnavailable, IndexReader
from poi_search.index import entries, previous
from poi_search.index.entries import Stored
from poi_search.index.store import Generation, StoredArticle
from poi_search.results import ArticleDetail
from poi_search.terminology import TerminologyError

LAYOUT = "2"
"""Raised when the content of a generation changes, so that older ones are rebuilt."""
TERMS = "short forms, numbers, spelling 2"
"""What the terms of words are besides their stems, and the rules of these; an index with others has
another format."""
FORMAT = " ".join((LAYOUT, TERMS, *entries.FIELDS, *entries.KEYWORDS, *entries.NUMBERS))
"""An index with other fields has another format."""
UnitReader = Callable[[str, bytes], Stored]
"""Returns a unit, from its id and payload."""
ENCODER = "encoder"
"""What a manifest calls the name of the encoder in `made_from`."""
_MANIFEST = ("made_from", "articles", "counts", "failures", "findings")


class IndexUnreadable(Exception):  # noqa: N818  # says what happened
    """A generation is intact, but this version cannot read its layout."""


def is_current(manifest: Mapping[str, Any]) -> bool:
    """Whether this version built the index."""
    made_from = _made_from(manifest)
    return made_from.get("format") == FORMAT and made_from.get("version") == __version__


def is_readable(manifest: Mapping[str, Any]) -> bool:
    """Whether the index has the current layout or that of the previous version."""
    return _layout(manifest) in (LAYOUT, previous.LAYOUT)


def has_all_fields(manifest: Mapping[str, Any]) -> bool:
    """Whether the index has the current layout and fields."""
    return _made_from(manifest).get("format") == FORMAT


def terminology(manifest: Mapping[str, Any]) -> str:
    """The version of the terminology that the index was built with; '' if it was built without."""
    return str(_made_from(manifest).get("terminology", ""))


def encoder_name(generation: Generation) -> str:
    """The name of the encoder that made the vectors; '' if there are none."""
    return str(_made_from(generation.manifest).get(ENCODER, ""))


def decode_article(content: bytes, manifest: Mapping[str, Any]) -> StoredArticle:
    """An article, as stored by the version that built the index."""
    if _layout(manifest) == previous.LAYOUT:
        return previous.decode_article(content)
    return msgspec.json.decode(content, type=StoredArticle)


def unit_reader(generation: Generation) -> UnitReader:
    """The function that returns the units of this generation."""
    if _layout(generation.manifest) == previous.LAYOUT:
        return previous.RemadeUnits(generation).read
    return lambda _id, payload: entries.decode(payload)


def try_out(
    generation: Generation, reader: IndexReader, detail: ArticleDetail, read_unit: UnitReader
) -> None:
    """Read the manifest and an article with its first and last unit.

    Raises any exception if they do not have the shape that the format promises.
    """
    for part in _MANIFEST:
        generation.manifest[part]
    generation.read_article(detail.id)
    ids = [f"{detail.id}/{anchor}" for anchor in (*detail.anchors[:1], *detail.anchors[-1:])]
    for unit_id, payload in reader.get(ids).items():
        read_unit(unit_id, payload)


@contextmanager
def reading() -> Iterator[None]:
    """Read what another version may have written; raises IndexUnreadable for any failure.

    Failures that no build mends are raised unchanged: an engine that cannot be reached, a damaged
    package, a system error.
    """
    try:
        yield
    except (EngineUnavailable, TerminologyError):
        raise
    except Exception as error:
        for reason in (error, error.__cause__):
            if isinstance(reason, OSError) and not isinstance(reason, FileNotFoundError):
                raise reason from None
        raise IndexUnreadable(str(error)) from error


def _layout(manifest: Mapping[str, Any]) -> str:
    return str(_made_from(manifest).get("format", "")).partition(" ")[0]


def _made_from(manifest: Mapping[str, Any]) -> dict[str, Any]:
    found = manifest.get("made_from")
    return found if isinstance(found, dict) else {}
