"""The side file of an article, `<stem>.toml`: what its source lacks or gets wrong.

id = "shi-2022"
source = "Text converted from the publisher's PDF"
title = "…"            # overrides the title found by the reader
journal = "…"
year = 2022

[licence]
name = "CC BY 4.0"
url = "https://…"
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import asdict

from poi_search.article import Article
from poi_search.toml_files import Text, read_toml

Id = Annotated[
    str,
    Meta(
        pattern=r"\A[a-z0-9][a-z0-9._-]{0,99}\Z",
        title="an id of lowercase letters, digits, '-', '_' and '.'",
        examples=["shi-2022"],
    ),
]
Year = Annotated[int, Meta(ge=1600, le=2200, title="a year", examples=[2022])]


class SideLicence(Struct, frozen=True, forbid_unknown_fields=True):
    """Fields of the licence; None for those that the file does not set."""

    name: Text | None = None
    url: Text | None = None
    text: str | None = None


class Side(Struct, frozen=True, forbid_unknown_fields=True):
    """Fields of the article; None for those that the file does not set."""

    id: Id | None = None
    source: Text | None = None
    title: Text | None = None
    journal: Text | None = None
    volume: Text | None = None
    issue: Text | None = None
    pages: Text | None = None
    doi: Text | None = None
    pmid: Text | None = None
    pmcid: Text | None = None
    correspondence: Text | None = None
    year: Year | None = None
    licence: SideLicence = SideLicence()


def read_side(path: Path) -> Side:
    """The side file at `path`; an empty one if there is no such file.

    Raises ReadError, with the key, for an unknown key or a value of the wrong type.
    """
    try:
        return read_toml(path, Side)
    except FileNotFoundError:
        return Side()


def apply_side(article: Article, side: Side) -> Article:
    """The article with the fields set in its side file."""
    licence = replace(article.licence, **_set_fields(side.licence))
    return replace(article, **_set_fields(side) | {"licence": licence})


def _set_fields(struct: Struct) -> dict[str, Any]:
    return {name: value for name, value in asdict(struct).items() if value is not None}
