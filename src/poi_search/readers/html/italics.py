"""The title and the journal of an entry, by what it prints in italics or in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poi_search.article import Reference
from poi_search.readers.markup import Node, squeeze

_NAMES = ("i", "em", "cite")
_OPEN, _CLOSE = "\ue000", "\ue001"
# `Abel, A. (2004). ` and `Abel, A., 2004. `
_YEAR = re.compile(
    r"(?:\(|,\s)(?P<year>(?:1[89]|20)\d\d)[a-z]?(?:, [^()]{3,20}|\s\[[^\]]{3,40}\])?"
    r"(?:\)[.,:]?|\.)\s"
)
_SLANTED = re.compile(rf"{_OPEN}([^{_OPEN}{_CLOSE}]+){_CLOSE}")
_QUOTED = re.compile(
    rf"“(?P<title>[^“”]{{8,400}})(?:[,.?!]”|”[,.])"
    rf"(?: in:? {_OPEN}(?P<container>[^{_CLOSE}]{{4,200}}){_CLOSE})?"
)
_VOLUME = re.compile(
    rf"[\s.,{_OPEN}]{{0,4}}(?:\[[^\]]{{2,20}}\],?\s?)?(?:vol\.?\s)?"
    r"(?:\(?\d{1,4}(?!\d|st|nd|rd|th)|in press)",
    re.IGNORECASE,
)
_LEAST = 8
_LONGEST_NAMES = 1000


def work_in_italics(item: Node) -> Reference:
    """What the print of an entry shows of its work; an empty Reference if nothing.

    The only words in quotation marks are the title, and what is in italics after them contains the
    work. After a year, a journal in italics comes before its volume, and what is between is the
    title; a book in italics follows the year.
    """
    text = squeeze("".join(_marked(item)))
    quoted = _QUOTED.findall(text)
    if len(quoted) == 1:
        title, container = (
            re.sub(rf"[{_OPEN}{_CLOSE}]", "", one).strip(" .,") for one in quoted[0]
        )
        return Reference(0, "", title=title, journal=container)
    year = _YEAR.search(text, 3, _LONGEST_NAMES)
    for found in _SLANTED.finditer(text, year.end()) if year else ():
        title = re.sub(rf"[{_OPEN}{_CLOSE}]", "", text[year.end() : found.start()] if year else "")
        ended = title.rstrip(" ”\"'").endswith((".", "?", "!", ","))
        title, slanted = title.strip(" .,;:“”\"'"), found[1].strip(" .,")
        has_volume = _VOLUME.match(text, found.end()) is not None
        number = int(year["year"]) if year else None
        if len(title) >= _LEAST and ended and has_volume:
            return Reference(0, "", title=title, journal=slanted, year=number, kind="article")
        if not title and len(slanted) >= _LEAST and not has_volume:
            return Reference(0, "", title=slanted, year=number, kind="book")
    return Reference(0, "")


def _marked(node: Node, slanted: bool = False) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.name in _NAMES and not slanted:
            yield f"{_OPEN}{''.join(_marked(child, True))}{_CLOSE}"
        elif child.name not in ("ul", "ol"):
            yield from _marked(child, slanted)
