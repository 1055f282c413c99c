"""References as CSL-JSON, which citation processors read."""

from __future__ import annotations

import json
from typing import Any

from poi_search.article import Reference
from poi_search.export.formats import Format, Keys, References, filled
from poi_search.references.printed import (
    Name,
    author_names,
    entry_kind,
    full_pages,
    one_line,
    spaced_initials,
)

_TYPES = {"article": "article-journal", "book": "book", "other": "document"}


def csl_json(references: References, _: Keys) -> str:
    """A list of items, each with its unit id."""
    items = [_item(*item) for item in references]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(unit_id: str, reference: Reference) -> dict[str, Any]:
    names = [_name(name) for name in author_names(reference)]
    if reference.et_al:
        names.append({"literal": "others"})  # what pandoc and Zotero make of 'and others'
    return filled(
        {
            "id": one_line(unit_id),
            "type": _TYPES[entry_kind(reference)],
            "title": reference.title or reference.text,
            "author": names,
            "container-title": reference.journal,
            "issued": {"date-parts": [[reference.year]]} if reference.year else None,
            "volume": reference.volume,
            "issue": reference.issue,
            "page": full_pages(reference.pages, "-"),
            "publisher": reference.publisher,
            "DOI": reference.doi,
            "PMID": reference.pmid,
            "PMCID": reference.pmcid,
            "abstract": reference.abstract,
            "keyword": ", ".join(reference.headings),
            "note": reference.note,
        }
    )


def _name(name: Name) -> dict[str, str]:
    if name.group:
        return {"literal": name.family}
    parts = {"family": name.family, "given": spaced_initials(name.given), "suffix": name.suffix}
    return filled(parts)


FORMAT = Format("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", csl_json)
