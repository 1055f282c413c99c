"""Journal, year, volume and pages of an article: from its own citation, or its running heads."""

from __future__ import annotations

import re
from collections import Counter

from msgspec.structs import replace

from poi_search.article import Reference
from poi_search.readers.pdftext.lines import PrintedLine
from poi_search.readers.pdftext.plain_text import without_superscripts
from poi_search.references.printed_entries import parse_entry

_CITE_LABEL = re.compile(
    r"^(?:how to cite(?: this (?:article|paper))?|(?:please )?cite this (?:article|paper)(?: as)?"
    r"|cite as|to cite this (?:article|paper)|citation)\s*:?\s*",
    re.IGNORECASE,
)
_AUTHOR_BEFORE = re.compile(r"^(?:\d+\s+)?(?:.{2,40}? et al\.?\s*[•|:,.]?\s*)?")
_JOURNAL = r"(?P<journal>[A-Z][^()\d|•]{2,70}?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PAGES = r"(?P<pages>[A-Za-z]?\d[\w]*(?:\s?[–-]\s?\d+)?)"
_RUNNING = (
    # `Medicine (2022) 101:32`, `Int. J. Examples 2020, 12, 345`
    re.compile(
        rf"{_JOURNAL}[\s,|]*\(?{_YEAR}\)?\s*+(?:[,;]\s*+)?(?P<volume>\d{{1,4}})\s*[:,(]\s*{_PAGES}"
    ),
    # `Journal of Synthetic Biology 14 (2019) 101–110`
    re.compile(rf"{_JOURNAL}\s(?P<volume>\d{{1,4}})\s*\({_YEAR}\)\s*{_PAGES}"),
    re.compile(rf"{_JOURNAL}[\s,|]*\({_YEAR}\)"),
)


def cited_as(citation: str, lines: list[PrintedLine]) -> Reference:
    """How the article is cited: as it says itself (`citation`), else by its running heads."""
    own = parse_entry(1, _CITE_LABEL.sub("", citation))
    if own.journal:
        return own
    heads = Counter(
        without_superscripts(line.text) for line in lines if line.debris == "running head"
    )
    for text, _ in heads.most_common():
        bare = _AUTHOR_BEFORE.sub("", text)
        for pattern in _RUNNING:
            match = pattern.match(bare)
            if match is not None:
                groups = match.groupdict()
                return replace(
                    own,
                    journal=groups["journal"].strip(" ,|"),
                    year=own.year or int(groups["year"]),
                    volume=groups.get("volume") or "",
                    pages=groups.get("pages") or "",
                )
    return own
