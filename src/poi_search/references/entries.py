"""One entry of a reference list, as printed → Reference."""

from __future__ import annotations

import re
from dataclasses import dataclass

from poi_search.article import Reference
from poi_search.references.styles import STYLES, Parts

_DOI = re.compile(
    r"[\[(]?\s*(?:https?://(?:dx\.)?doi\.org/|doi\s*:?\s*(?:https?://(?:dx\.)?doi\.org/)?)?"
    r"(?P<doi>10\.\d{4,9}/[^\s\"<>\[\]]+)",
    re.IGNORECASE,
)
_PMID = re.compile(r"[;,(]?\s*(?:PubMed\s+)?PMID:?\s*(?P<pmid>\d{1,8})\b\)?[.;]?", re.IGNORECASE)
_PMCID = re.compile(r"[;,(]?\s*(?:PMCID:?\s*)?\b(?P<pmcid>PMC\d{3,9})\b\)?[.;]?", re.IGNORECASE)
_LINK_WORDS = re.compile(
    r"\[\s*(?:CrossRef|Cross Ref|PubMed|Google Scholar|Medline|Web of Science|PMC free article"
    r"|DOI|Full text|ISI|Green Version)\s*\]",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\s*\[(?P<note>[^\[\]]*(?:correction|erratum|retract)[^\[\]]*)\]"
    r"|\s+(?P<tail>(?:Erratum in|Retraction in|Retracted in)\s*[:.]?\s.+)$",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    r"\s*\[(?P<medium>Internet|Epub ahead of print|in press|online ahead of print|preprint)\]"
    r"|\s+(?P<epub>Epub(?: ahead of print)?(?: (?:1[89]|20)\d\d[^.;]*)?)\.?(?=\s|$)"
    r"|\s+(?P<access>(?:Available (?:from|at|online)|Accessed|\[?cited)\b.+)$",
    re.IGNORECASE,
)
# An article number with its letter, printed twice in a row by the conversion.
_MAX_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class _Ids:
    doi: str
    pmid: str
    pmcid: str
    note: str
    rest: str


def parse_entry(number: int, text: str) -> Reference:
    """The parts of an entry printed without its number; what is not certain stays empty.

    Authors come as 'Van Balkom BWM' whatever the style; volume, issue and pages as printed.
    A published correction and the like go into `note`.
    """
    printed = re.sub(r"\s+", " ", text).strip()
    if len(printed) > _MAX_LENGTH:
        return Reference(number, printed)
    ids = _take_ids(printed)
    parts = _parse(ids.rest)
    if parts is None:
        return Reference(
            number, printed, doi=ids.doi, pmid=ids.pmid, pmcid=ids.pmcid, note=ids.note
        )
    authors = parts.authors
    return Reference(
        number,
        printed,
        authors=authors.names if authors else (),
        et_al=authors.et_al if authors else False,
        title=parts.title,
        journal=parts.journal,
        year=parts.year,
        volume=parts.volume,
        issue=parts.issue,
        pages=parts.pages,
        publisher=parts.publisher,
        doi=ids.doi,
        pmid=ids.pmid,
        pmcid=ids.pmcid,
        note=ids.note,
    )


def find_doi(text: str) -> str:
    """The first DOI in `text` without its resolver, or ''."""
    match = _DOI.search(text)
    return _bare_doi(match["doi"]) if match else ""


def _parse(text: str) -> Parts | None:
    for style in STYLES:
        parts = style(text)
        if parts is not None:
            return parts
    return None


def _take_ids(text: str) -> _Ids:
    notes: list[str] = []

    def keep(match: re.Match[str]) -> str:
        notes.append(next(group for group in match.groups() if group).strip().rstrip("."))
        return ""

    rest = _LINK_WORDS.sub("", text)
    rest = _NOTE.sub(keep, rest)
    doi = find_doi(rest)
    rest = _DOI.sub("", rest, count=1) if doi else rest
    pmid, rest = _take(_PMID, "pmid", rest)
    pmcid, rest = _take(_PMCID, "pmcid", rest)
    rest = _MEDIUM.sub(keep, rest)
    rest = re.sub(r"\s+([.,;])", r"\1", re.sub(r"\s+", " ", rest)).strip()
    rest = re.sub(r"(?:\s*[;,.]){2,}$", ".", rest)
    return _Ids(doi, pmid, pmcid.upper(), "; ".join(notes), rest)


def _take(pattern: re.Pattern[str], name: str, text: str) -> tuple[str, str]:
    match = pattern.search(text)
    if match is None:
        return "", text
    return match[name], text[: match.start()] + " " + text[match.end() :]


def _bare_doi(doi: str) -> str:
    """Without the punctuation of the sentence around it; brackets only if balanced."""
    bare = doi.rstrip(".,;:'”’")
    while bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1].rstrip(".,;:")
    return bare
