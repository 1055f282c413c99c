"""Styles that print titles in quotation marks: IEEE, Hindawi, Chicago, MLA."""

from __future__ import annotations

import re

from poi_search.article import Reference, WorkKind
from poi_search.references.name_lists import parse_names
from poi_search.text.typography import DASH_SIGNS

QUOTED = re.compile(r"[“\"](?P<title>[^“”\"]{5,400}?)[,.]?[”\"][,.]?\s+")
_NUMBERS = re.compile(
    r",?\s(?:vol\.|no\.|pp?\.|art\.|article\b|article id\b|\d|[ivx]+,|\()", re.IGNORECASE
)
_VOLUME = re.compile(r"\bvol\.\s?(\w{1,8})")
_ISSUE = re.compile(rf"\bno\.\s?(\w{{1,8}}(?:[{DASH_SIGNS}/]\w{{1,8}})?)")
_RANGE = rf"[A-Za-z]{{0,3}}\d{{1,7}}(?:\s?[{DASH_SIGNS}]\s?[A-Za-z]{{0,3}}\d{{1,7}})?"
_PAGES = re.compile(
    rf"(?:\bpp?\.\s?|\b[Aa]rticle(?: ID| no\.)?\s|\bArt\. no\.\s|\)\s?:\s?)({_RANGE})"
)
_BARE_VOLUME = re.compile(r"\s(\d{1,4})(?:,|\s\(|\.\d)")
_YEAR = re.compile(r"(?<![\d/.])((?:1[89]|20)\d\d)[a-z]?(?![\d/])")
_ADDRESS = re.compile(r"https?://|\bwww\.")


def quoted(text: str) -> Reference | None:
    """`A. Abel and C. Cain, “Title,” J. Name, vol. 12, no. 3, pp. 34–45, 2018.`"""
    title = QUOTED.search(text)
    if title is None:
        return None
    authors = parse_names(text[: title.start()].rstrip(" ,.:"))
    rest = text[title.end() :]
    years = _YEAR.findall(_ADDRESS.split(rest)[0])
    if authors is None or not years:
        return None
    journal, kind = _journal(rest)
    volume = _VOLUME.search(rest) or (_BARE_VOLUME.search(rest) if journal else None)
    issue, pages = _ISSUE.search(rest), _PAGES.search(rest)
    return Reference(
        0,
        "",
        names=authors.names,
        et_al=authors.et_al,
        title=title["title"].strip(),
        journal=journal,
        year=int(years[-1]),
        volume=volume[1] if volume else "",
        issue=issue[1] if issue else "",
        pages=re.sub(r"\s", "", pages[1]) if pages else "",
        kind=kind,
    )


def _journal(rest: str) -> tuple[str, WorkKind]:
    """The journal before the numbers, if the rest of an entry has one, and the kind of work."""
    numbers = _NUMBERS.search(rest)
    name = rest[: numbers.start()].strip(" ,") if numbers else ""
    if not name[:1].isupper() or len(name) > 120 or _YEAR.search(name):
        return "", "web" if _ADDRESS.search(rest) else "other"
    return name, "article"
