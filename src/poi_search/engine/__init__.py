"""How are the units found that match, and in which order?

An engine takes entries (terms, keywords, numbers, an opaque payload) and trees of nodes, and
gives back ids, scores and counts. `nodes` is the seam, `whoosh` the adapter.
"""

from .nodes import (
    AllOf,
    AnyOf,
    EngineError,
    Entry,
    Everything,
    Fields,
    Fuzzy,
    Hit,
    Keyword,
    Not,
    Phrase,
    Prefix,
    Query,
    Range,
    Ranking,
    Reader,
    Request,
    Scoring,
    Synonyms,
    Term,
    Writer,
)
from .whoosh import open_reader, open_writer

__all__ = [
    "AllOf",
    "AnyOf",
    "EngineError",
    "Entry",
    "Everything",
    "Fields",
    "Fuzzy",
    "Hit",
    "Keyword",
    "Not",
    "Phrase",
    "Prefix",
    "Query",
    "Range",
    "Ranking",
    "Reader",
    "Request",
    "Scoring",
    "Synonyms",
    "Term",
    "Writer",
    "open_reader",
    "open_writer",
]
