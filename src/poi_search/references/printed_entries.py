"""An entry of a reference list, as printed → Reference."""

from __future__ import annotations

import re

from msgspec.structs import replace

from poi_search.article import Reference
from poi_search.references.identifiers import Identifiers, take_identifiers
from poi_search.references.styles import STYLES
from poi_search.text.typography import SPACE_BEFORE

_LINK_WORDS = re.compile(
    r"\[\s*(?:CrossRef|Cross Ref|PubMed|Google Scholar|Medline|Web of Science|PMC free article"
    r"|DOI|Full text|ISI|Green Version)\s*\]",
    re.IGNORECASE,
)
_LINK_NAME = (
    r"(?:Publisher Full Text|PubMed Abstract|PubMed Central Full Text|Free Full Text|Full Text"
    r"|Reference Source|Data Source|Google Scholar|CrossRef|PubMed/NCBI|PubMed|PMC free article"
    r"|View Article"
    r"|View at (?:Publisher|Google Scholar|Scopus))"
)
LINK_NAMES = re.compile(rf"{_LINK_NAME}(?:\s*+[|·•:]?\s*+{_LINK_NAME})*+\s*+[|·•]?")
"""The names of links after an entry, as pages print them: `PubMed Abstract | Full Text`."""
_LAST_LINKS = re.compile(rf"(?<=[.\d)\]]) {LINK_NAMES.pattern}$")
_NOTE = re.compile(
    rf"{SPACE_BEFORE}\[(?=[^\[\]]*+\])(?P<note>[^\[\]]*(?:correction|erratum|retract)[^\[\]]*)\]"
    r"|(?<!\s)\s++(?P<tail>(?:Erratum in|Retraction in|Retracted in)(?:\s*+[:.])?\s.+)$",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    rf"{SPACE_BEFORE}\[(?P<medium>Internet|Epub ahead of print|in press|online ahead of print"
    r"|preprint)\]"
    rf"|{SPACE_BEFORE}\((?P<language>[Ii]n [A-Z][a-z]{{3,12}}(?: with English abstract)?)\)"
    r"|(?<!\s)\s++(?P<epub>Epub(?: ahead of print)?(?: (?:1[89]|20)\d\d[^.;]*)?)\.?(?=\s|$)"
    r"|(?<!\s)\s++(?P<access>(?:Available (?:from|at|online)|Accessed|\[?cited)\b.+)$",
    re.IGNORECASE,
)
_MAX_LENGTH = 4000


def parse_entry(number: int, text: str) -> Reference:
    """The reference in `text`, an entry without its number; uncertain fields stay empty.

    Volume, issue and pages are as printed. Remarks such as a published correction go into `note`.
    """
    printed = re.sub(r"\s+", " ", text).strip()
    if len(printed) > _MAX_LENGTH:
        return Reference(number, printed)
    ids, note, rest = _take_apart(printed)
    work = _parse(rest)
    lettered = re.search(rf"\b{work.year}([a-z])\b", rest)
    return replace(
        work,
        year_suffix=lettered[1] if lettered else "",
        number=number,
        text=printed,
        doi=ids.doi,
        pmid=ids.pmid,
        pmcid=ids.pmcid,
        note=note,
    )


def _parse(text: str) -> Reference:
    for style in STYLES:
        parts = style(text)
        if parts is not None:
            return parts
    return Reference(0, text)


def _take_apart(text: str) -> tuple[Identifiers, str, str]:
    """The identifiers and notes of an entry, and the text without them."""
    notes: list[str] = []

    def keep(match: re.Match[str]) -> str:
        notes.append(next(group for group in match.groups() if group).strip().rstrip("."))
        return ""

    rest = _LAST_LINKS.sub("", _LINK_WORDS.sub("", text))
    rest = _NOTE.sub(keep, rest)
    ids, rest = take_identifiers(rest)
    rest = _MEDIUM.sub(keep, rest)
    rest = re.sub(r" ([.,;])", r"\1", re.sub(r"\s+", " ", rest)).strip()
    rest = re.sub(r"(?<![;,.])[;,.]{2,}$", ".", rest)
    return ids, "; ".join(notes), rest
