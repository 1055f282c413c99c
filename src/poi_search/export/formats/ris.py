"""References as RIS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import rispy

from poi_search.article import Reference, WorkKind
from poi_search.export.formats import Format, Keys, References, drop_empty
from poi_search.references.names import inverted_name
from poi_search.references.page_ranges import page_ranges
from poi_search.references.publication_notices import RETRACTED, notice_line
from poi_search.text.typography import one_line

ABRIDGED = "The printed author list ends in 'et al.'"

_TYPES: Mapping[WorkKind, str] = {
    "article": "JOUR", "chapter": "CHAP", "book": "BOOK", "thesis": "THES", "conference": "CPAPER",
    "software": "COMP", "data": "DATA", "web": "ELEC", "preprint": "JOUR", "other": "GEN",
}  # fmt: skip


class _RisWriter(rispy.RisWriter):  # type: ignore[misc]
    """A writer without the running number that rispy puts before each record."""

    def set_header(self, count: int) -> str:
        return ""


def ris(references: References, _: Keys) -> str:
    """The records, identified by their unit ids."""
    return str(rispy.dumps([_record(*item) for item in references], implementation=_RisWriter))


def _record(unit_id: str, reference: Reference) -> dict[str, Any]:
    first, last = _first_and_last(reference.pages)
    notices = map(notice_line, reference.notices)
    notes = [*notices, reference.note, ABRIDGED if reference.et_al else ""]
    return drop_empty(
        {
            "type_of_reference": _TYPES[reference.kind],
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
            "type_of_work": RETRACTED if reference.retracted else "",
            "abstract": reference.abstract,
            "keywords": list(reference.headings),
            "notes": [note for note in notes if note],
        }
    )


def _first_and_last(pages: str) -> tuple[str, str]:
    """The first and the last page of all ranges; no last page if only one page is printed."""
    ranges = page_ranges(pages) or [("", "")]
    first, (start, end) = ranges[0][0], ranges[-1]
    return first, end or ("" if len(ranges) == 1 else start)


FORMAT = Format("RIS", "application/x-research-info-systems", "ris", ris)
