"""DOIs, PMIDs and PMCIDs in a question: bare, with a prefix, or as an address."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from poi_search.references.identifiers import (
    doi_key,
    find_doi,
    identifiers_of_address,
    normal_pmcid,
    normal_pmid,
)

_PREFIXED = re.compile(
    r"(?P<doi>(?:urn:|info:)?doi\s*+[:=./\uff1a]?\s*+(?=https?://|(?:dx\.)?doi\.org/|10\.[0-9]{4,9}(?:\.[0-9]+)*(?:/|%2F)))"
    r"|(?P<pmid>(?:PubMed\s?(?:IDs?|PMIDs?)?|PMIDs?)\s*+[:=#\uff1a]?\s*+(?=[0-9]{1,8}+(?!\w|,\w)))"
    r"|(?P<pmcid>(?:PMC\s?IDs?\s*+[:=#\uff1a]?|PMC\s*+[:=\uff1a])\s*+(?=(?:PMC)?[0-9]{1,9}+(?!\w|,\w)))",
    re.IGNORECASE,
)
_BARE_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*(?:/|%2F)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.|(?:[a-z0-9-]+\.){1,5}[a-z]{2,6}/)", re.IGNORECASE)
_AFTER_DOI = re.compile(
    r"(?:/(?:full|fulltext|abstract|summary|pdf|epdf|html|epub|references|meta)"
    r"|\.(?:full|full\.pdf|full-text|pdf))?/*$"
)
_VERSION = re.compile(r"^(10\.(?:1101|64898|48550)/.*[0-9])v[0-9]{1,2}$", re.IGNORECASE)
"""Preprint servers that write the version after the DOI, which is the same for all versions."""
_AFTER_PATH = re.compile("[?#&]")
_PMCID = re.compile(r"PMC[0-9]{3,9}\b", re.IGNORECASE)
_SENTENCE = ".,;:?!"
_LEAD = re.compile("[\\[<{\u00ad\u200b\u2060\ufeff]+")
_CLOSING = "]>}"
_NEXT_DOI = re.compile(
    r"[;,|](?=(?:https?://|(?:dx\.)?doi\.org/|doi:)?(?:[a-z.]+/)?10\.[0-9]{4,9}/)", re.IGNORECASE
)


class TypedIdentifier(NamedTuple):
    """An identifier by the name of its field, in the form in which it is indexed."""

    name: str
    value: str


def prefix_length(text: str, at: int) -> int:
    """The length of a prefix such as 'PMID: ' here, before an identifier; 0 if there is none."""
    found = _PREFIXED.match(text, at)
    return found.end() - at if found else 0


def lead_length(text: str, at: int) -> int:
    """The length of opening brackets and signs without width here, before an identifier."""
    found = _LEAD.match(text, at)
    return found.end() - at if found else 0


def next_doi(text: str, start: int, end: int) -> int:
    """The end of the sign between the identifier at `start` and a DOI written close to it; `end` if
    there is none before it."""
    found = _NEXT_DOI.search(text, start, end)
    return found.end() if found else end


def read_identifier(prefix: str, word: str) -> TypedIdentifier | None:
    """The identifier that a word is, with the prefix before it; None if it is something else."""
    kind = prefix.casefold()
    number = word.rstrip(_SENTENCE + _CLOSING)
    if kind.startswith(("pmid", "pubmed")):
        return _known("pmid", normal_pmid(number))
    if kind.startswith("pmc") or _PMCID.match(word):
        return _known("pmcid", normal_pmcid(number))
    if _BARE_DOI.match(word):
        return _known("doi", _of_any_version(doi_key(word)))
    return _of_address(word) if _ADDRESS.match(word) else None


def _of_address(word: str) -> TypedIdentifier | None:
    stated = identifiers_of_address(word)
    path, *others = _AFTER_PATH.split(unquote(word))
    found = (find_doi(_AFTER_DOI.sub("", path)), *(find_doi(each) for each in others))
    doi = stated.doi or next(filter(None, found), "")
    return (
        _known("doi", _of_any_version(doi.lower()))
        or _known("pmid", stated.pmid)
        or _known("pmcid", stated.pmcid)
    )


def _of_any_version(doi: str) -> str:
    return _VERSION.sub(r"\1", doi.rstrip("/"))


def _known(name: str, value: str) -> TypedIdentifier | None:
    return TypedIdentifier(name, value) if value else None
