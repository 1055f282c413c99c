"""The title and the journal of an entry, by what it prints in italics or in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poi_search.article import Reference
from poi_search.readers.markup import Node, squeeze

_NAMES = ("i", "em", "cite")
_OPEN, _CLOSE = "\ue000", "\ue001"
# `Abel, A. (2004). Title. J Name, 9, 34–45.`, with what is in italics in brackets.
_AFTER_YEAR = re.compile(
    rf"^[^({_OPEN}]{{3,400}}\((?P<year>(?:1[89]|20)\d\d)[a-z]?(?:, [^()]{{3,20}})?\)[.,:]?\s*+"
    rf"(?P<title>[^{_OPEN}]*+){_OPEN}(?P<slanted>[^{_CLOSE}]+){_CLOSE}(?P<rest>.*)$"
)
_QUOTED = re.compile(
    rf"“(?P<title>[^“”]{{8,400}})”(?:,? in:? {_OPEN}(?P<container>[^{_CLOSE}]{{4,200}}){_CLOSE})?"
)
_VOLUME = re.compile(rf"^[\s.,{_OPEN}]*(?:vol\.?\s*)?\d")
_LEAST = 8


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
    found = _AFTER_YEAR.match(text)
    if found is None:
        return Reference(0, "")
    year = int(found["year"])
    slanted = found["slanted"].strip(" .,")
    title = re.sub(rf"[{_OPEN}{_CLOSE}]", "", found["title"]).strip(" .,;:“”\"'")
    if len(title) >= _LEAST and _VOLUME.match(found["rest"]):
        return Reference(0, "", title=title, journal=slanted, year=year, kind="article")
    if not title and len(slanted) >= _LEAST and not _VOLUME.match(found["rest"]):
        return Reference(0, "", title=slanted, year=year, kind="book")
    return Reference(0, "")


def _marked(node: Node, slanted: bool = False) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.name in _NAMES and not slanted:
            yield f"{_OPEN}{''.join(_marked(child, True))}{_CLOSE}"
        elif child.name not in ("ul", "ol"):
            yield from _marked(child, slanted)
