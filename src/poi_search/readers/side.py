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

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeVar

from msgspec import Meta, Struct, structs

from poi_search.article import Article, ReadError
from poi_search.references.identifiers import normal_doi, normal_pmcid, normal_pmid
from poi_search.references.links import web_address
from poi_search.toml_files import Text, quote_value, read_toml

Id = Annotated[
    str,
    Meta(
        pattern=r"\A[a-z0-9][a-z0-9._-]{0,99}\Z",
        title="an id of lowercase letters, digits, '-', '_' and '.'",
        examples=["shi-2022"],
    ),
]
Year = Annotated[int, Meta(ge=1600, le=2200, title="a year", examples=[2022])]
S = TypeVar("S", bound=Struct)


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


class _Form(NamedTuple):
    """The normal form of the values of a key, with a description and an example for errors."""

    key: str
    normalise: Callable[[str], str]
    title: str
    example: str


_IDENTIFIERS = (
    _Form("doi", normal_doi, "a DOI", "10.1000/182"),
    _Form("pmid", normal_pmid, "a PMID", "12345678"),
    _Form("pmcid", normal_pmcid, "a PMCID", "PMC1234567"),
)
_ADDRESSES = (_Form("url", web_address, "an http or https address", "https://…"),)


def read_side(path: Path) -> Side:
    """The side file at `path`, its identifiers in normal form; an empty one if there is no file.

    Raises ReadError, with the key, for an unknown key, a value of the wrong type, and one that is
    not the identifier or address it should be.
    """
    try:
        side = read_toml(path, Side)
    except FileNotFoundError:
        return Side()
    licence = _normalise(side.licence, _ADDRESSES, path.name, "licence.")
    return _normalise(structs.replace(side, licence=licence), _IDENTIFIERS, path.name)


def apply_side(article: Article, side: Side) -> Article:
    """The article with the fields set in its side file."""
    licence = replace(article.licence, **_set_fields(side.licence))
    return replace(article, **_set_fields(side) | {"licence": licence})


def _normalise(struct: S, forms: Sequence[_Form], file: str, table: str = "") -> S:
    """`struct` with the values of these keys in normal form."""
    for form in forms:
        value = getattr(struct, form.key)
        if value is None:
            continue
        normal = form.normalise(value)
        if not normal:
            problem = f"it is {quote_value(value)}, not {form.title}"
            remedy = f"Write it as {form.key} = {quote_value(form.example)}"
            raise ReadError(file, f"{table}{form.key}", problem, remedy)
        struct = structs.replace(struct, **{form.key: normal})
    return struct


def _set_fields(struct: Struct) -> dict[str, Any]:
    return {name: value for name, value in structs.asdict(struct).items() if value is not None}
