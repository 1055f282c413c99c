"""References as CSL-JSON, which citation processors read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from poi_search.article import Name, Reference, WorkKind
from poi_search.export.formats import Format, Keys, References, drop_empty
from poi_search.references.names import family_name, spaced_initials
from poi_search.references.page_ranges import full_pages
from poi_search.references.publication_notices import notice_line
from poi_search.text.typography import one_line

_TYPES: Mapping[WorkKind, str] = {
    "article": "article-journal", "chapter": "chapter", "book": "book", "thesis": "thesis",
    "conference": "paper-conference", "software": "software", "data": "dataset", "web": "webpage",
    "preprint": "article-journal", "other": "document",
}  # fmt: skip


def csl_json(references: References, _: Keys) -> str:
    """A list of items, identified by their unit ids."""
    items = [_item(*item) for item in references]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(unit_id: str, reference: Reference) -> dict[str, Any]:
    names = [_name(name) for name in reference.names]
    if reference.et_al:
        names.append({"literal": "others"})  # as pandoc and Zotero convert 'and others'
    notices = [f"{notice_line(notice)}." for notice in reference.notices]
    return drop_empty(
        {
            "id": one_line(unit_id),
            "type": _TYPES[reference.kind],
            "title": reference.title or reference.text,
            "author": names,
            "container-title": reference.journal,
            "issued": {"date-parts": [[reference.year]]} if reference.year else None,
            "volume": reference.volume,
            "issue": reference.issue,
            "page": full_pages(reference.pages, "-"),
            "editor": [_name(name) for name in reference.editors],
            "edition": reference.edition,
            "publisher": reference.publisher,
            "publisher-place": reference.place,
            "URL": reference.url,
            "accessed": _date(reference.accessed),
            "DOI": reference.doi,
            "PMID": reference.pmid,
            "PMCID": reference.pmcid,
            "abstract": reference.abstract,
            "keyword": ", ".join(reference.headings),
            "status": "retracted" if reference.retracted else "",
            "note": " ".join(filter(None, (reference.note, *notices))),
        }
    )


def _name(name: Name) -> dict[str, str]:
    if name.body:
        return {"literal": name.body}
    given, suffix = spaced_initials(name.given), name.suffix.rstrip(".")
    return drop_empty({"family": family_name(name), "given": given, "suffix": suffix})


def _date(iso: str) -> dict[str, Any] | None:
    return {"date-parts": [[int(part) for part in iso.split("-")]]} if iso else None


FORMAT = Format("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", csl_json)
