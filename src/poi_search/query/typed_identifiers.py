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
    r"(?P<doi>doi\s*+[:=.]?\s*+(?=https?://|(?:dx\.)?doi\.org/|10\.[0-9]{4,9}(?:\.[0-9]+)*(?:/|%2F)))"
    r"|(?P<pmid>(?:PubMed\s?(?:ID|PMID)?|PMID)\s*+[:=]?\s*+(?=[0-9]{1,8}+(?!\w|,\w)))"
    r"|(?P<pmcid>(?:PMC\s?ID\s*+[:=]?|PMC\s*+[:=])\s*+(?=(?:PMC)?[0-9]{1,9}+(?!\w|,\w)))",
    re.IGNORECASE,
)
_BARE_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*(?:/|%2F)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.|(?:[a-z0-9-]+\.){1,5}[a-z]{2,6}/)", re.IGNORECASE)
_AFTER_DOI = re.compile(r"/(?:full|fulltext|abstract|summary|pdf|epdf|html|epub|references|meta)$")
_AFTER_PATH = re.compile("[?#]")
_PMCID = re.compile(r"PMC[0-9]{3,9}\b", re.IGNORECASE)
_SENTENCE = ".,;:?!"


class TypedIdentifier(NamedTuple):
    """An identifier by the name of its field, in the form in which it is indexed."""

    name: str
    value: str


def prefix_length(text: str, at: int) -> int:
    """The length of a prefix such as 'PMID: ' here, before an identifier; 0 if there is none."""
    found = _PREFIXED.match(text, at)
    return found.end() - at if found else 0


def read_identifier(prefix: str, word: str) -> TypedIdentifier | None:
    """The identifier that a word is, with the prefix before it; None if it is something else."""
    kind = prefix.casefold()
    if kind.startswith(("pmid", "pubmed")):
        return _known("pmid", normal_pmid(word.rstrip(_SENTENCE)))
    if kind.startswith("pmc") or _PMCID.match(word):
        return _known("pmcid", normal_pmcid(word.rstrip(_SENTENCE)))
    if _BARE_DOI.match(word):
        return _known("doi", doi_key(word))
    return _of_address(word) if _ADDRESS.match(word) else None


def _of_address(word: str) -> TypedIdentifier | None:
    stated = identifiers_of_address(word)
    doi = stated.doi or find_doi(_AFTER_DOI.sub("", _AFTER_PATH.split(unquote(word))[0]))
    return (
        _known("doi", doi.lower()) or _known("pmid", stated.pmid) or _known("pmcid", stated.pmcid)
    )


def _known(name: str, value: str) -> TypedIdentifier | None:
    return TypedIdentifier(name, value) if value else None
