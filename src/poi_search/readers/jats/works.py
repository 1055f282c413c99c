"""The citation elements of JATS → Reference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from msgspec import structs

from poi_search.article import Reference, WorkKind
from poi_search.readers.jats.cited_names import citation_names
from poi_search.readers.markup import Node, plain
from poi_search.references.completion import infer_kind
from poi_search.references.identifiers import (
    find_doi,
    identifiers_of_address,
    normal_pmcid,
    normal_pmid,
)
from poi_search.references.links import web_address

_YEAR = re.compile(r"((?:1[5-9]|20)\d\d)([a-z]\b)?")
_IDS = {"doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "pmc": "pmcid"}
_KINDS: Mapping[str, WorkKind] = {
    "journal": "article", "article": "article", "book": "book", "chapter": "chapter",
    "thesis": "thesis", "dissertation": "thesis", "confproc": "conference",
    "conf-proceedings": "conference", "conference": "conference", "software": "software",
    "computer-program": "software", "data": "data", "dataset": "data", "database": "data",
    "web": "web", "website": "web", "webpage": "web", "preprint": "preprint",
}  # fmt: skip
# Sites where works are looked up, rather than the works themselves.
_LOOK_UP = re.compile(r"scholar\.google\.|crossref\.org|pubmed|ncbi\.nlm\.nih\.gov/entrez")


def read_work(node: Node) -> Reference:
    """The work in a citation with tagged parts, without its number and text."""
    people = citation_names(node)
    part = _text(node, "article-title", "chapter-title", "data-title", "part-title", "version")
    source = _text(node, "source", "conf-name", "std")
    # References in chemistry omit titles: 'Angew. Chem. 2001, 1, 5' is a journal article.
    in_volume = not _type(node) and bool(_text(node, "volume")) and bool(_pages(node))
    journal = source if part or _type(node) == "journal" or in_volume else ""
    accessed = next(node.walk("date-in-citation"), None)
    # The date of access is not the date of publication.
    dated = replace(node, children=tuple(one for one in node.children if one is not accessed))
    year = _YEAR.search(_text(dated, "year") or _text(dated, "date"))
    ids = {"doi": "", "pmid": "", "pmcid": ""}
    for found in node.walk("pub-id", "object-id"):
        field = _IDS.get(found.get("pub-id-type").lower(), "")
        if field and not ids[field]:
            ids[field] = plain(found)
    work = Reference(
        0,
        "",
        names=people.authors,
        et_al=people.et_al,
        title=part or ("" if journal else source),
        journal=journal,
        year=int(year[1]) if year else None,
        volume=_text(node, "volume"),
        issue=_text(node, "issue") or _text(node, "supplement"),
        pages=_pages(node),
        doi=_doi(ids["doi"], node),
        pmid=normal_pmid(ids["pmid"]),
        pmcid=normal_pmcid(ids["pmcid"]),
        editors=people.editors,
        edition=_text(node, "edition"),
        place=_text(node, "publisher-loc"),
        publisher=_text(node, "publisher-name"),
        url=_address(node),
        accessed=_day(accessed) if accessed else "",
        year_suffix=(year[2] or "") if year else "",
        note="; ".join(plain(one) for one in node.walk("comment") if "rratum" in plain(one)),
    )
    return structs.replace(work, kind=_kind(node, work))


def _type(node: Node) -> str:
    return node.get("publication-type") or node.get("citation-type")


def _kind(node: Node, work: Reference) -> WorkKind:
    """The tagged kind; a chapter or a conference paper by what else is tagged."""
    kind = _KINDS.get(_type(node).lower(), "other")
    if node.find("conf-name") is not None and kind in ("book", "other"):
        return "conference"
    if kind == "book" and work.title and work.journal:
        return "chapter"
    return kind if kind != "other" else infer_kind(work)


def _text(node: Node, *names: str) -> str:
    return next((text for name in names if (text := plain(node.find(name)).rstrip(" .,;:"))), "")


def _pages(node: Node) -> str:
    first, last = _text(node, "fpage"), _text(node, "lpage")
    if first:
        return f"{first}–{last}" if last and last != first else first
    return _text(node, "page-range") or _text(node, "elocation-id")


def _doi(tagged: str, node: Node) -> str:
    if doi := find_doi(tagged):
        return doi
    for link in node.walk("ext-link", "uri", "comment"):
        if doi := find_doi(link.get("href")) or find_doi(plain(link)):
            return doi
    return find_doi(plain(node))


def _address(node: Node) -> str:
    """The address of the work itself, other than by its DOI or PMID."""
    for link in node.walk("ext-link", "uri"):
        address = web_address(link.get("href") or plain(link))
        known = identifiers_of_address(address)
        if address and not (known.doi or known.pmid or known.pmcid or _LOOK_UP.search(address)):
            return address
    return ""


def _day(node: Node) -> str:
    """An ISO date from year, month and day or from an attribute; '' if it is incomplete."""
    parts = [plain(node.first(name)) for name in ("year", "month", "day")]
    try:
        if all(parts):
            return date(*map(int, parts)).isoformat()
        return date.fromisoformat(node.get("iso-8601-date")).isoformat()
    except ValueError:
        return ""
