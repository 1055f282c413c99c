"""One reader per input format, each `read(source, name, article_id)` → Article, without I/O.

`read_article` chooses the reader by the suffix and lays the side file over what it read.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from poi_search.article import Article, ReadError
from poi_search.readers.side import apply_side, read_side

MAX_BYTES = 50_000_000
MAX_ID = 100


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of one format; its module is imported only when a file needs it."""

    module: str

    def __call__(self, source: bytes, name: str, article_id: str) -> Article:
        """The article in `source`, the content of the file `name`."""
        read: Callable[[bytes, str, str], Article] = importlib.import_module(self.module).read
        return read(source, name, article_id)


_PDF_TEXT = Reader("poi_search.readers.pdftext")
_JATS = Reader("poi_search.readers.jats")
_HTML = Reader("poi_search.readers.html")

FORMATS: dict[str, Reader] = {
    ".txt": _PDF_TEXT,
    ".md": _PDF_TEXT,
    ".xml": _JATS,
    ".nxml": _JATS,
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
}


def read_article(path: Path) -> Article:
    """The article in the file at `path`, with what its side file `<stem>.toml` adds.

    Raises ReadError (file, place, problem, remedy) for a format without a reader, a source
    that cannot be read, or a side file with an unknown key or a wrong type.
    """
    reader = FORMATS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(FORMATS)
        problem = f"there is no reader for files ending in “{path.suffix}”"
        raise ReadError(path.name, "", problem, f"Article files must end in {known}")
    side = read_side(path.with_suffix(".toml"))
    plain = re.sub(r"[^a-z0-9._-]+", "-", path.stem.lower())
    identifier = plain.strip("-._")[:MAX_ID].rstrip("-._") or "article"
    article = reader(_content(path), path.name, side.texts.get("id", identifier))
    return apply_side(article, side)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            problem = f"it is larger than {MAX_BYTES // 1_000_000} MB"
            raise ReadError(path.name, "", problem, "Remove it, or split it")
        return path.read_bytes()
    except OSError as error:
        problem = f"it cannot be opened ({error.strerror})"
        raise ReadError(
            path.name, "", problem, "Check that the file is there and readable"
        ) from error
