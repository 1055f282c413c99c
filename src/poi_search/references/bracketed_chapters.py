"""Chapters whose editors and publisher are in brackets, as Nature prints them; often untitled."""

from __future__ import annotations

import re

from poi_search.article import Reference
from poi_search.references.name_lists import NameList, parse_names
from poi_search.references.style_parts import END, YEAR, author_splits
from poi_search.text.typography import DASH_SIGNS

_CHAPTER = re.compile(
    r"(?P<work>.{3,600}?)\s[Ii]n\s(?P<book>[A-Z][^()]{2,200}?)"
    r"(?:,? (?:Vol\.|vol\.) (?P<volume>\d{1,4}))?\s\([Ee]ds?\.?\s(?P<editors>[^()]{3,300})\)"
    rf"(?P<rest>[^()]{{0,60}})\((?P<publisher>[^(),]{{2,80}}(?:, [^(),\d]{{2,40}})?), {YEAR}\){END}"
)
_PAGES = re.compile(rf"\d{{1,5}}\s?[{DASH_SIGNS}]\s?\d{{1,5}}")


def bracketed_chapter(text: str) -> Reference | None:
    """`Abel, A. & Cain, C. Title. in Book (eds Dean, D. & Eve, E.) 15–20 (Publisher, 2007).`"""
    found = _CHAPTER.match(text)
    editors = parse_names(found["editors"]) if found else None
    work = _work(found["work"]) if found else None
    if found is None or editors is None or work is None:
        return None
    pages = _PAGES.search(found["rest"])
    return Reference(
        0,
        "",
        names=work[0].names,
        et_al=work[0].et_al,
        title=work[1],
        journal=found["book"].strip(" ,"),
        year=int(found["year"]),
        volume=found["volume"] or "",
        pages=re.sub(r"\s", "", pages[0]) if pages else "",
        kind="chapter",
        editors=editors.names,
        publisher=found["publisher"].strip(),
    )


def _work(text: str) -> tuple[NameList, str] | None:
    """The authors of a chapter and its title, '' if none is printed."""
    authors = parse_names(text)
    if authors is not None:
        return authors, ""
    splits = ((names, rest.strip(" .“”")) for names, rest in author_splits(f"{text} "))
    return next(((names, title) for names, title in splits if title), None)
