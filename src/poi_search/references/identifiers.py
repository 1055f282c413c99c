"""DOIs, PMIDs and PMCIDs: finding them in text, normalizing them, and linking to them.

A DOI may contain any printable character, including brackets and `;:<>`. It therefore ends where
something cannot belong to it: a space, a quotation mark, an unopened closing bracket, or the
punctuation of the surrounding sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from poi_search.text.typography import BRACKETS, QUOTE_SIGNS

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"

_RESOLVER = r"(?:https?://)?(?:www\.|dx\.){0,3}doi\.org/"
_LABEL = r"doi\s*+(?:[:.]\s*+)?"
# Signs without width, with which converters and web pages allow a line break.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BREAK = f"[{_INVISIBLE}]?"
_PLAIN = str.maketrans({"\u2010": "-", "\u2011": "-"} | dict.fromkeys(_INVISIBLE, ""))
_DOI = re.compile(
    rf"(?P<lead>(?:[\[(<]\s*)?(?:(?:{_LABEL})?(?P<address>{_RESOLVER})(?:doi:)?|{_LABEL})?)"
    rf"(?<!\d)(?P<doi>10\.{_BREAK}\d{{4,9}}(?:\.\d++){{0,9}}{_BREAK}(?:/|%2F)"
    rf"[^\s{QUOTE_SIGNS}]+)",
    re.IGNORECASE,
)
_STATED_DOI = re.compile(
    rf"\s*+(?:(?:{_LABEL})?{_RESOLVER}|{_LABEL})?\s*+(10\.\d++(?:\.\d++)*/\S+)\s*+",
    re.IGNORECASE,
)
# A DOI in the query or the path of an address of a publisher or an indexing service.
_DOI_OF_ADDRESS = re.compile(
    r"(?:doi\.org/|[?&]doi=|crossref\.org/)(10\.\d{4,9}(?:/|%2F)[^\s?#&]+)", re.IGNORECASE
)
# What may follow a DOI without a space: another identifier, an HTML tag, a link in brackets
# such as '[CrossRef]', a marker such as '[12]'. A tag followed by a letter or digit, and letters
# in brackets followed by a digit, are part of the DOI.
_NEXT = re.compile(
    r"[;,.|]?(?:PMC?ID\b|https?:|doi:|doi\.org)|[;,.|](?:PMC\d|PubMed\b|Epub\b)"
    r"|<(?:br/?|/[a-z][a-z0-9]*)>|<[a-z][a-z0-9]*/?>(?!\w)"
    r"|\[(?=[a-z][^\d:\[\]]*+(?:\](?!\d)|$))|\[[\d,\u2013-]+\]",
    re.IGNORECASE,
)
_TRAILING = ".,;:'\u2018\u2019\u201c\u201d" + _INVISIBLE
_CLOSING = {closing: opening for opening, closing in BRACKETS.items()}

_PMID = re.compile(
    r"(?:[;,(]\s*)?(?:PubMed\s+)?PMID:?\s*0*+(?P<id>[1-9]\d{0,7})\b\)?[.;]?", re.IGNORECASE
)
_PMCID = re.compile(
    r"(?:[;,(]\s*)?(?:PMCID:?\s*)?\bPMC0*+(?P<id>[1-9]\d{2,8})\b\)?[.;]?", re.IGNORECASE
)
_PMID_OF_ADDRESS = re.compile(
    r"(?:pubmed(?:\.ncbi\.nlm\.nih\.gov|\.gov)?/(?:\?term=)?|list_uids=|articles/pmid/"
    r"|europepmc\.org/(?:article|abstract)/med/)0*+([1-9]\d{0,7})(?![\d%+])",
    re.IGNORECASE,
)
_PMCID_OF_ADDRESS = re.compile(r"(?<![A-Z0-9])PMC/?0*+([1-9]\d{0,8})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identifiers:
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""


def find_doi(text: str) -> str:
    """The first DOI in `text` as a bare '10.…', or ''."""
    return next((doi for doi, _, _ in _dois(text)), "")


def normal_doi(text: str) -> str:
    """A DOI given bare, with a prefix or as an address, as '10.…'; else ''."""
    stated = _STATED_DOI.fullmatch(text.translate(_PLAIN))
    return find_doi(text) or (stated[1] if stated else "")


def normal_pmid(text: str) -> str:
    """The digits of a PMID given bare, with a prefix or as an address; else ''."""
    digits = re.fullmatch(r"\s*(?:PMID:?\s*)?0*+([1-9]\d{0,7})\s*", text, re.IGNORECASE)
    found = digits or _PMID_OF_ADDRESS.search(text)
    return found[1] if found else ""


def normal_pmcid(text: str) -> str:
    """'PMC123' for 'PMC123', 'pmc123', '123', 'PMCID: PMC123' or an address; else ''."""
    digits = re.fullmatch(r"\s*(?:PMCID:?\s*)?0*+([1-9]\d{0,8})\s*", text, re.IGNORECASE)
    found = digits or _PMCID_OF_ADDRESS.search(text)
    return f"PMC{found[1]}" if found else ""


def take_identifiers(text: str) -> tuple[Identifiers, str]:
    """The first identifier of each kind in a printed entry, and the text without them."""
    doi = ""
    if found := next(_dois(text), None):
        doi, start, end = found
        text = text[:start] + re.sub(r"^[.,;:]+(?=\s|$)", "", text[end:])
    pmid, text = _take(_PMID, text)
    pmcid, text = _take(_PMCID, text)
    return Identifiers(doi, pmid, f"PMC{pmcid}" if pmcid else ""), text


def identifiers_of_address(text: str) -> Identifiers:
    """The identifiers in `text`, the addresses of one or more links."""
    doi = _DOI_OF_ADDRESS.search(text)
    pmid = _PMID_OF_ADDRESS.search(text)
    pmcid = _PMCID_OF_ADDRESS.search(text)
    return Identifiers(
        find_doi(unquote(doi[1])) if doi else "",
        pmid[1] if pmid else "",
        f"PMC{pmcid[1]}" if pmcid else "",
    )


def doi_key(doi: str) -> str:
    """The form of a DOI for comparison, which ignores case."""
    return normal_doi(doi).lower()


def doi_url(doi: str) -> str:
    """The address of a DOI in any form; '' if it is not valid."""
    bare = normal_doi(doi)
    return f"https://doi.org/{quote(bare, safe='/:;()')}" if bare else ""


def pubmed_url(pmid: str) -> str:
    """The address of the PubMed record for a PMID in any form; '' if it is not valid."""
    digits = normal_pmid(pmid)
    return f"{PUBMED}{digits}/" if digits else ""


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.search(text)
    if match is None:
        return "", text
    return match["id"], text[: match.start()] + " " + text[match.end() :]


def _dois(text: str) -> Iterator[tuple[str, int, int]]:
    """The DOIs in `text`, each with the offsets of its beginning (label included) and its end."""
    for match in _DOI.finditer(text):
        doi, end = _read_doi(match)
        if doi.partition("/")[2]:
            yield doi, match.start(), end


def _read_doi(match: re.Match[str]) -> tuple[str, int]:
    """The DOI of a match, and the offset in the text at which it ends."""
    printed = match["doi"]
    if following := _NEXT.search(printed):
        printed = printed[: following.start()]
    bare = _cut_at_stray_bracket(printed).rstrip(_TRAILING)
    end = match.start("doi") + len(bare)
    closing = BRACKETS.get(match["lead"][:1], "")
    if closing and match.string.startswith(closing, end):
        end += 1
    # Addresses are percent-encoded; elsewhere only a slash is.
    if match["address"] or "/" not in bare:
        bare = unquote(bare)
    return bare.translate(_PLAIN), end


def _cut_at_stray_bracket(printed: str) -> str:
    """`printed` up to the first closing bracket that was not opened."""
    opened: list[str] = []
    for place, sign in enumerate(printed):
        if sign in BRACKETS:
            opened.append(sign)
        elif sign in _CLOSING and (not opened or opened.pop() != _CLOSING[sign]):
            return printed[:place]
    return printed.rstrip("".join(BRACKETS))
