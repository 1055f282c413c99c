"""One reader per input format, each `read(source, name, article_id)` → Article, without I/O.

Each package in this folder is a format: it defines `read`, and `SUFFIXES`, the suffixes of its
files. `read_article` chooses the reader by suffix and applies the side file to the article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from poi_search.article import Article, ReadError
from poi_search.readers.author_year import cite_by_author_and_year
from poi_search.readers.conversions import (
    Conversions,
    NoConversions,
    conversion_of,
    is_converted,
)
from poi_search.readers.side import apply_side, read_side

MAX_BYTES = 50_000_000
MAX_ID = 100


@cache
def formats_by_suffix() -> Mapping[str, ModuleType]:
    """The packages by the suffix of the files they read; imported on the first call, as only a
    build needs them."""
    packages = [module.name for module in iter_modules(__path__) if module.ispkg]
    formats = [import_module(f"{__name__}.{name}") for name in packages]
    return {suffix: form for form in formats for suffix in form.SUFFIXES}


def read_article(path: Path, conversions: Conversions | None = None) -> Article:
    """The article in the file at `path`, with the changes of its side file, `<stem>.toml`.

    A file that must be converted first is converted only if `conversions` do not have its text.

    Raises ReadError (file, place, problem, remedy) for a format without a reader, a source
    that cannot be read, or a side file with an unknown key or a value of the wrong type.
    """
    formats = formats_by_suffix()
    form = formats.get(path.suffix.lower())
    if form is None:
        known = ", ".join(formats)
        problem = f"there is no reader for files ending in “{path.suffix}”"
        raise ReadError(path.name, "", problem, f"Article files must end in {known}")
    side = read_side(path.with_suffix(".toml"))
    plain = re.sub(r"[^a-z0-9._-]+", "-", path.stem.lower())
    identifier = plain.strip("-._")[:MAX_ID].rstrip("-._") or "article"
    article = _read(form, path, side.id or identifier, conversions or NoConversions())
    return apply_side(cite_by_author_and_year(article), side)


def _read(form: ModuleType, path: Path, identifier: str, conversions: Conversions) -> Article:
    content = _content(path)
    if not is_converted(form):
        article: Article = form.read(content, path.name, identifier)
        return article
    found = conversion_of(form, content, path.name, conversions)
    converted: Article = form.read_converted(found.text, path.name, identifier)
    return replace(converted, converter=found.converter)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            problem = f"it is larger than {MAX_BYTES // 1_000_000} MB"
            raise ReadError(path.name, "", problem, "Remove it, or split it")
        return path.read_bytes()
    except OSError as error:
        problem = f"it cannot be opened ({error.strerror})"
        raise ReadError(
            path.name, "", problem, "Check that the file exists and is readable"
        ) from error
