"""Styles that print the year after the authors: Harvard, APA, Springer, Frontiers, Elsevier."""

from __future__ import annotations

import re

from msgspec.structs import replace

from poi_search.article import Reference, WorkKind
from poi_search.references.name_lists import NameList, parse_names
from poi_search.references.style_parts import (
    END,
    ISSUE,
    MONTHS,
    PAGES,
    VOLUME,
    YEAR,
    YEAR_SECOND,
    parts,
    title_and_journal,
)

# `J Name 12(3):34–45.`, `J Name, 12(3), pp. 34–45.`, `J Name, vol. 12, no. 3, pp. 34–45.`
_PLAIN_TAIL = re.compile(
    rf",?\s(?:vol\.?\s*+)?{VOLUME}{ISSUE}?\s*+(?:[:,]\s*+(?:no\.\s*+(?P<number>\d+),\s*+)?"
    rf"(?:[Aa]rticle(?: ID| [Nn]o\.)?\s)?{PAGES})?{END}"
)
# `Authors, 2018. Title.`, `Authors 2018, ‘Title’`, `Authors. 2018 Title.`
_BARE_YEAR = re.compile(rf"[,.]?\s{YEAR}{MONTHS}(?:[.,:]\s+|\s(?=[A-Z“‘]))")
_QUOTED_TITLE = re.compile(r"[‘'“\"](?P<title>[^‘“”\"]{5,400}?)[,.]?[’'”\"][,.]?\s+(?=[A-Z])")
_FIRST_SENTENCE = re.compile(r"(?<=[a-z0-9)\]”’\".][a-z0-9)\]”’\"]\.)(?:\s+(?=[A-Z(])|$)")
_EDITION = re.compile(r"[.,]?\s\(?(\d{1,2}(?:st|nd|rd|th))\s[Ee]d(?:n|ition)?\b\.?\)?")
# `(3rd ed., Vol. 2)`, `(Vol. 2)`
_VOLUME_OF_BOOK = re.compile(r"\s\([Vv]ol\.\s(\d{1,3})\)$|,\s[Vv]ol\.\s(\d{1,3})(?=\)$)")
# `[Doctoral dissertation, Acme University]`
_DEGREE = re.compile(r"\s\[[^\[\]]{0,40}(?:thesis|dissertation)\b[^\[\]]{0,80}\]$", re.IGNORECASE)
_THESIS = re.compile(r"\b(?:thesis|dissertation)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|\bwww\.")
_PUBLISHED = re.compile(r"(?P<place>[^.:()\d]{3,60}):\s+(?P<publisher>[^.:()\d]{3,80})\.?$")
# How many years are looked at for one that follows the authors.
_MOST_YEARS = 3


def split_at_year(text: str) -> tuple[NameList, int, str] | None:
    """The authors, the year after them, and the rest of an entry; None if it has no such year."""
    bracketed = YEAR_SECOND.search(text)
    if bracketed is not None:
        authors = parse_names(text[: bracketed.start()])
        if authors is None:
            return None
        return authors, int(bracketed["year"]), text[bracketed.end() :]
    for count, found in enumerate(_BARE_YEAR.finditer(text)):
        authors = parse_names(text[: found.start()]) if count < _MOST_YEARS else None
        if authors is not None:
            return authors, int(found["year"]), text[found.end() :]
    return None


def year_second(text: str) -> Reference | None:
    """`Abel AB, Cain C (2018) Title. J Name 12(3):34–45.`"""
    split = split_at_year(text)
    tail = _PLAIN_TAIL.search(split[2]) if split else None
    if split is None or tail is None:
        return None
    authors, year, rest = split
    head = rest[: tail.start()]
    quoted = _QUOTED_TITLE.match(head)
    named = (
        (quoted["title"], head[quoted.end() :].rstrip(", "))
        if quoted
        else title_and_journal(head, stop_is_own=True)
    )
    if named is None or not named[1]:
        return None
    found = parts(tail, authors, *named, year=year)
    return replace(found, issue=found.issue or tail["number"] or "")


def loose(text: str) -> Reference | None:
    """The authors, year and title of a work that is no article: a book, a thesis, a program.

    What follows the title is only taken apart as `Place: Publisher`.
    """
    split = split_at_year(text)
    if split is None:
        return None
    authors, year, rest = split
    title, after = _first_sentence(rest)
    if not title:
        return None
    volume = _VOLUME_OF_BOOK.search(title)
    title = title[: volume.start()] + title[volume.end() :] if volume else title
    degree = _DEGREE.search(title)
    title = title[: degree.start()] if degree else title
    edition = _EDITION.search(title)
    published = _PUBLISHED.search(after)
    return Reference(
        0,
        "",
        names=authors.names,
        et_al=authors.et_al,
        title=_EDITION.sub("", title).strip(),
        edition=edition[1] if edition else "",
        year=year,
        volume=volume[1] or volume[2] if volume else "",
        kind="thesis" if degree else _kind(after, any((published, edition, volume))),
        place=published["place"].strip() if published else "",
        publisher=published["publisher"].strip() if published else "",
    )


def _first_sentence(text: str) -> tuple[str, str]:
    quoted = _QUOTED_TITLE.match(text)
    if quoted:
        return quoted["title"], text[quoted.end() :]
    end = _FIRST_SENTENCE.search(text)
    if end is None:
        return "", text
    return text[: end.start()].strip().rstrip("."), text[end.end() :]


def _kind(after: str, published: bool) -> WorkKind:
    if _THESIS.search(after):
        return "thesis"
    if published:
        return "book"
    return "web" if _ADDRESS.search(after) else "other"
