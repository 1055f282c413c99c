"""The side file of an article, `<stem>.toml`: what its source cannot say, or says wrongly.

id = "shi-2022"
source = "Text converted from the publisher's PDF"
title = "…"            # these override what the reader found
journal = "…"
year = 2022

[licence]
name = "CC BY 4.0"
url = "https://…"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from poi_search.article import Article, Licence, ReadError

_TEXT_KEYS = (
    "id",
    "source",
    "title",
    "journal",
    "volume",
    "issue",
    "pages",
    "doi",
    "pmid",
    "pmcid",
    "correspondence",
)
_LICENCE_KEYS = ("name", "url", "text")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_FIRST_YEAR, _LAST_YEAR = 1600, 2200


@dataclass(frozen=True, slots=True)
class Side:
    """Fields of Article and of its licence, by name; only those that the file names."""

    texts: Mapping[str, str]
    licence: Mapping[str, str]
    year: int | None = None


def read_side(path: Path) -> Side:
    """The side file at `path`; an empty one if there is no such file.

    Raises ReadError naming the key that is unknown or of the wrong type.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Side({}, {})
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(path.name, "", f"it cannot be read ({error})", "Check the file") from error
    except tomllib.TOMLDecodeError as error:
        raise ReadError(path.name, "", f"it is not valid TOML: {error}", "Correct it") from error
    return _checked(path.name, data)


def apply_side(article: Article, side: Side) -> Article:
    """The article with the fields of its side file instead of its own."""
    changes: dict[str, object] = dict(side.texts)
    if side.year is not None:
        changes["year"] = side.year
    if side.licence:
        own = article.licence
        changes["licence"] = Licence(
            name=side.licence.get("name", own.name),
            url=side.licence.get("url", own.url),
            text=side.licence.get("text", own.text),
        )
    return replace(article, **changes)  # type: ignore[arg-type]


def _checked(file: str, data: Mapping[str, object]) -> Side:
    year = data.get("year")
    if year is not None and (
        not isinstance(year, int) or isinstance(year, bool) or not _FIRST_YEAR <= year <= _LAST_YEAR
    ):
        raise ReadError(file, "year", f"it is {year!r}, not a year", "Write it as year = 2022")
    licence = data.get("licence", {})
    if not isinstance(licence, dict):
        remedy = 'Write it as a table: [licence] with name = "…"'
        raise ReadError(file, "licence", "it is not a table", remedy)
    texts = {key: data[key] for key in data if key not in ("year", "licence")}
    side = Side(
        _texts(file, texts, _TEXT_KEYS, ""), _texts(file, licence, _LICENCE_KEYS, "licence.")
    )
    if "id" in side.texts and not _ID.fullmatch(side.texts["id"]):
        remedy = "Use small letters, digits, '-', '_' and '.' only, as in id = \"shi-2022\""
        raise ReadError(file, "id", f"“{side.texts['id']}” cannot be an id", remedy)
    return replace(side, year=year if isinstance(year, int) else None)


def _texts(
    file: str, data: Mapping[str, object], known: tuple[str, ...], prefix: str
) -> dict[str, str]:
    result: dict[str, str] = {}
    for key, value in data.items():
        if key not in known:
            extra = ", year, licence" if not prefix else ""
            remedy = f"Known keys: {', '.join(known)}{extra}"
            raise ReadError(file, f"{prefix}{key}", "the key is unknown", remedy)
        if not isinstance(value, str) or (key != "text" and not value.strip()):
            remedy = f'Write it as {key} = "…"'
            raise ReadError(file, f"{prefix}{key}", f"it is {value!r}, not a text", remedy)
        result[key] = value
    return result
