"""Which version built an index, and can this one read it?

The format that a manifest states is a layout and the fields of its index. The layouts of today
and of the version before are read; of either, an index with other fields too: what a question
asks of a field that the index lacks is not found in it.
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

LAYOUT = "2"
"""Raised whenever what a generation holds changes, so that older ones are built anew."""
FORMAT = " ".join((LAYOUT, *entries.FIELDS, *entries.KEYWORDS, *entries.NUMBERS))
"""An index with other fields is of another format."""
UnitReader = Callable[[str, bytes], Stored]
"""What makes a unit of its id and payload."""
_MANIFEST = ("made_from", "articles", "counts", "failures", "findings")


class IndexUnreadable(Exception):  # noqa: N818  # says what happened
    """A generation is whole, but not laid out as this version reads it."""


def is_current(manifest: Mapping[str, Any]) -> bool:
    """Whether this very version built the index."""
    made_from = _made_from(manifest)
    return made_from.get("format") == FORMAT and made_from.get("version") == __version__


def is_readable(manifest: Mapping[str, Any]) -> bool:
    """Whether the index is laid out as today, or as in the version before."""
    return _layout(manifest) in (LAYOUT, previous.LAYOUT)


def has_all_fields(manifest: Mapping[str, Any]) -> bool:
    """Whether the index is laid out as today, with the fields of today."""
    return _made_from(manifest).get("format") == FORMAT


def decode_article(content: bytes, manifest: Mapping[str, Any]) -> StoredArticle:
    """An article as the version stored it that built the index."""
    if _layout(manifest) == previous.LAYOUT:
        return previous.decode_article(content)
    return msgspec.json.decode(content, type=StoredArticle)


def unit_reader(generation: Generation) -> UnitReader:
    """What makes the units of this generation."""
    if _layout(generation.manifest) == previous.LAYOUT:
        return previous.RemadeUnits(generation).read
    return lambda _id, payload: entries.decode(payload)


def try_out(
    generation: Generation, reader: IndexReader, detail: ArticleDetail, read_unit: UnitReader
) -> None:
    """Read the manifest, and an article with its first and last unit: fails, in whatever way,
    where these are not of the shape that the format announces."""
    for part in _MANIFEST:
        generation.manifest[part]
    generation.read_article(detail.id)
    ids = [f"{detail.id}/{anchor}" for anchor in (*detail.anchors[:1], *detail.anchors[-1:])]
    for unit_id, payload in reader.get(ids).items():
        read_unit(unit_id, payload)


@contextmanager
def reading() -> Iterator[None]:
    """Read what another version may have written: whatever goes wrong is IndexUnreadable.

    Only what may pass is raised as it is: an engine out of reach, an error of the system.
    """
    try:
        yield
    except EngineUnavailable:
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
