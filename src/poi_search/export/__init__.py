"""References for other programs: RIS, BibTeX and CSL-JSON.

Text goes out as UTF-8 with its diacritics. No field can hold a line break or a control
character, so that nothing printed in a reference can end a record or begin another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import rispy

from poi_search.article import Name, Reference, WorkKind
from poi_search.export.bibtex import bibtex, bibtex_keys
from poi_search.export.citation import copy_citation, quotation
from poi_search.export.tidy import tidy
from poi_search.references.names import family_name, inverted_name, spaced_initials
from poi_search.references.page_ranges import full_pages, page_ranges
from poi_search.text.typography import one_line

__all__ = ["FORMATS", "Format", "bibtex_keys", "copy_citation", "export", "quotation"]

Format = Literal["ris", "bibtex", "csl-json"]
FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA_TYPES: Mapping[str, str] = {
    "ris": "application/x-research-info-systems",
    "bibtex": "application/x-bibtex",
    "csl-json": "application/vnd.citationstyles.csl+json",
}
SUFFIXES: Mapping[str, str] = {"ris": "ris", "bibtex": "bib", "csl-json": "json"}

References = Sequence[tuple[str, Reference]]
"""References with their unit ids."""

ABRIDGED = "The author list ends in 'et al.' where it was printed."

_RIS_TYPES: Mapping[WorkKind, str] = {
    "article": "JOUR", "chapter": "CHAP", "book": "BOOK", "thesis": "THES", "conference": "CPAPER",
    "software": "COMP", "data": "DATA", "web": "ELEC", "preprint": "JOUR", "other": "GEN",
}  # fmt: skip
_CSL_TYPES: Mapping[WorkKind, str] = {
    "article": "article-journal", "chapter": "chapter", "book": "book", "thesis": "thesis",
    "conference": "paper-conference", "software": "software", "data": "dataset", "web": "webpage",
    "preprint": "article-journal", "other": "document",
}  # fmt: skip


def export(references: References, format: str, keys: Mapping[str, str] | None = None) -> str:
    """The references in `format`, one of `FORMATS`; a reference given twice comes once.

    `keys` are BibTeX keys by unit id, from `bibtex_keys` over the whole library, so that a
    paper has the same key in every export; without them keys are made for these alone.
    Raises ValueError for an unknown format.
    """
    once = [(unit_id, tidy(reference)) for unit_id, reference in dict(references).items()]
    match format:
        case "ris":
            return str(rispy.dumps([_ris(*item) for item in once], implementation=_RisWriter))
        case "bibtex":
            return bibtex(once, keys or bibtex_keys(once))
        case "csl-json":
            return json.dumps([_csl(*item) for item in once], ensure_ascii=False, indent=2) + "\n"
        case _:
            raise ValueError(f"unknown format {format!r}: use one of {', '.join(FORMATS)}")


class _RisWriter(rispy.RisWriter):  # type: ignore[misc]
    """Records without the running number that rispy puts before each."""

    def set_header(self, count: int) -> str:
        return ""


def _filled(pairs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pairs.items() if value not in ("", None, [])}


def _ris(unit_id: str, reference: Reference) -> dict[str, Any]:
    first, last = _first_and_last(reference.pages)
    notes = [reference.note, ABRIDGED if reference.et_al else ""]
    return _filled(
        {
            "type_of_reference": _RIS_TYPES[reference.kind],
            "id": one_line(unit_id),
            "authors": [inverted_name(name) for name in reference.names],
            "title": reference.title or reference.text,
            "secondary_title": reference.journal,
            "year": str(reference.year or ""),
            "volume": reference.volume,
            "number": reference.issue,
            "start_page": first,
            "end_page": last,
            "secondary_authors": [inverted_name(name) for name in reference.editors],
            "edition": reference.edition,
            "place_published": reference.place,
            "publisher": reference.publisher,
            "urls": [reference.url] if reference.url else [],
            "access_date": reference.accessed.replace("-", "/"),
            "doi": reference.doi,
            "accession_number": reference.pmid,
            "custom2": reference.pmcid,
            "abstract": reference.abstract,
            "keywords": list(reference.headings),
            "notes": [note for note in notes if note],
        }
    )


def _first_and_last(pages: str) -> tuple[str, str]:
    """First and last page of all ranges; no last page where only one page is printed."""
    ranges = page_ranges(pages) or [("", "")]
    first, (start, end) = ranges[0][0], ranges[-1]
    return first, end or ("" if len(ranges) == 1 else start)


def _csl(unit_id: str, reference: Reference) -> dict[str, Any]:
    names = [_csl_name(name) for name in reference.names]
    if reference.et_al:
        names.append({"literal": "others"})  # what pandoc and Zotero make of 'and others'
    return _filled(
        {
            "id": one_line(unit_id),
            "type": _CSL_TYPES[reference.kind],
            "title": reference.title or reference.text,
            "author": names,
            "container-title": reference.journal,
            "issued": {"date-parts": [[reference.year]]} if reference.year else None,
            "volume": reference.volume,
            "issue": reference.issue,
            "page": full_pages(reference.pages, "-"),
            "editor": [_csl_name(name) for name in reference.editors],
            "edition": reference.edition,
            "publisher": reference.publisher,
            "publisher-place": reference.place,
            "URL": reference.url,
            "accessed": _csl_date(reference.accessed),
            "DOI": reference.doi,
            "PMID": reference.pmid,
            "PMCID": reference.pmcid,
            "abstract": reference.abstract,
            "keyword": ", ".join(reference.headings),
            "note": reference.note,
        }
    )


def _csl_name(name: Name) -> dict[str, str]:
    if name.body:
        return {"literal": name.body}
    given, suffix = spaced_initials(name.given), name.suffix.rstrip(".")
    return _filled({"family": family_name(name), "given": given, "suffix": suffix})


def _csl_date(iso: str) -> dict[str, Any] | None:
    return {"date-parts": [[int(part) for part in iso.split("-")]]} if iso else None
