"""One reader per input format, each `read(source, name, article_id)` → Article, without I/O.

Each package in this folder is a format: it defines `read`, and `SUFFIXES`, the suffixes of its
files. `read_article` chooses the reader by suffix and applies the side file to the article.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from poi_search.article import Article, ReadError
from poi_search.readers.author_year import cite_by_author_and_year
from poi_search.readers.back_matter import arrange_back_matter
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
    article = _read(form, path, side.id or id_of_name(path.stem), conversions or NoConversions())
    return apply_side(arrange_back_matter(cite_by_author_and_year(article)), side)


def _read(form: ModuleType, path: Path, identifier: str, conversions: Conversions) -> Article:
    content = _content(path)
    if not is_converted(form):
        article: Article = form.read(content, path.name, identifier)
        return article
    found = conversion_of(form, content, path.name, conversions)
    converted: Article = form.read_converted(found.text, path.name, identifier)
    return replace(converted, converter=found.converter)


def id_of_name(stem: str) -> str:
    """The id of an article by the name of its file, in lowercase letters, digits and '-_.'.

    A name in another script than Latin is spelled in Latin letters, with digits that tell it from
    others that sound like it: 'zongshu-1f0c2b'.
    """
    # Imported here, as only a build needs its tables.
    from anyascii import anyascii  # noqa: PLC0415

    name = unicodedata.normalize("NFC", stem)
    spelled = re.sub(r"[^a-z0-9._-]+", "-", anyascii(name).lower()).strip("-._")
    if spelled and all(char.isascii() or _is_latin(char) for char in name):
        return spelled[:MAX_ID].rstrip("-._")
    digits = sha256(name.encode(errors="surrogateescape")).hexdigest()[:6]
    return f"{spelled[: MAX_ID - 7].rstrip('-._') or 'article'}-{digits}"


def _is_latin(char: str) -> bool:
    return not char.isalpha() or unicodedata.name(char, "").startswith("LATIN")


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
