"""The fields of the query language: their names, PubMed's tags, and what a value may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from poi_search.query.tree import Cites, Kind, Node, Or, Section, Span, YearRange
from poi_search.text.typography import DASH

TEXT_FIELDS: Final = ("author", "title", "journal", "article")
"""Fields whose value is words; those of the other names are read by `typed_value`."""

SINGLE: Final = ("journal", "article", "year", "section", "kind")
"""A unit has one value of these, so two of a name side by side mean either of them."""

FIELDS: Final[Mapping[str, str]] = {
    **{name: name for name in (*TEXT_FIELDS, "year", "section", "cites", "kind")},
    **{"au": "author", "ti": "title", "ta": "journal", "date": "year", "dp": "year"},
}

WORDS: Final = "words"
CONCEPT: Final = "concept"

_TAGS: Final[Mapping[str, str]] = {
    "author": "au, author, 1au, lastau, fau, first author, last author, full author name,"
    " author - first, author - last, author - full",
    "title": "ti, title",
    "journal": "ta, jour, journal, journal title abbreviation",
    "year": "dp, pdat, ppdat, year, date, publication date, date - publication",
    WORDS: "tiab, title/abstract, ab, abstract, tw, text word, text words, all, all fields,"
    " ot, other term, pmid, uid, aid, doi",
    CONCEPT: "mh, mesh, mesh terms, mesh major topic, majr, nm, supplementary concept",
}
TAGS: Final[Mapping[str, str]] = {
    tag: name for name, tags in _TAGS.items() for tag in tags.split(", ")
}
"""PubMed's tags: the field that each means, `WORDS` for plain words, or `CONCEPT` for words
that name a concept even if they stand in quotes."""

_KINDS: Final = {
    "section": ("section", "sections", "text", "passage", "passages", "paragraph", "paragraphs"),
    "table": ("table", "tables", "row", "rows"),
    "figure": ("figure", "figures", "fig", "figs"),
    "reference": ("reference", "references", "ref", "refs"),
}
_KIND: Final = {name: kind for kind, names in _KINDS.items() for name in names}

EXAMPLES: Final = {
    "year": "year:2018, year:2018..2020 or year:>=2018",
    "section": "section:3.4",
    "cites": "cites:47",
    "kind": "kind:section, kind:table, kind:figure or kind:reference",
    "author": 'author:Ding or author:"Ding L"',
    "title": 'title:ovary or title:"ovarian reserve"',
    "journal": 'journal:"Stem Cells"',
    "article": "article:smith-2020",
}

_ONE_YEAR = re.compile(r"([0-9]{4})(?:/[0-9]{1,2}){0,2}")
_COMPARED = re.compile(rf"(<=|>=|=<|=>|≤|≥|<|>|=)\s*{_ONE_YEAR.pattern}")
_BETWEEN = re.compile(rf"(?P<low>[0-9/]*)\s*(?:\.\.\.?|…|:|{DASH})\s*(?P<high>[0-9/]*)")
_LUCENE = re.compile(
    r"(?P<open>[\[{])\s*(?P<low>\*|[0-9/]+)\s+TO\s+(?P<high>\*|[0-9/]+)\s*(?P<close>[\]}])"
)
_YEAR_TAIL = re.compile(
    rf"(?:^|(?<=\s))(?:[0-9]{{4}}[0-9/]*)?\s*(?:\.\.|:|{DASH})?\s*(?:[0-9]{{4}}[0-9/]*)?\s*$"
)


def tag_name(text: str) -> str:
    """A tag as written between brackets, in the form in which `TAGS` has it."""
    return " ".join(re.sub(r":(noexp|~[0-9]*)\s*$", "", text.casefold()).split())


def year_tail(text: str) -> int:
    """Where the years begin that end `text`; its length if it does not end in years."""
    found = _YEAR_TAIL.search(text)
    if found is None or not any(character.isdigit() for character in found[0]):
        return len(text)
    return found.end() - len(found[0].lstrip())


def typed_value(name: str, raw: str, span: Span) -> Node | None:
    """The node for one value of year, section, cites or kind; None if it cannot be one.

    A list with commas means any of its values.
    """
    if raw[:1] not in "[{":
        raw = raw.rstrip(",;")
    reader = _READERS[name]
    values = [reader(part.strip(), span) for part in raw.split(",")]
    known = tuple(value for value in values if value is not None)
    if len(known) < len(values):
        return None
    return known[0] if len(known) == 1 else Or(known, span)


def _year(text: str) -> int | None:
    found = _ONE_YEAR.fullmatch(text)
    return int(found[1]) if found else None


def _year_range(raw: str, span: Span) -> YearRange | None:
    one = _year(raw)
    if one is not None:
        return YearRange(one, one, span)
    if found := _COMPARED.fullmatch(raw):
        return _compared(found[1], int(found[2]), span)
    exclude_low = exclude_high = False
    found = _LUCENE.fullmatch(raw)
    if found:
        exclude_low, exclude_high = found["open"] == "{", found["close"] == "}"
    else:
        found = _BETWEEN.fullmatch(raw)
    if not found:
        return None
    ends = [found["low"].replace("*", ""), found["high"].replace("*", "")]
    low, high = _year(ends[0]), _year(ends[1])
    if any(end and year is None for end, year in zip(ends, (low, high), strict=True)):
        return None
    low = low + 1 if low is not None and exclude_low else low
    high = high - 1 if high is not None and exclude_high else high
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        return None
    return YearRange(low, high, span)


def _compared(sign: str, year: int, span: Span) -> YearRange:
    if sign == "=":
        return YearRange(year, year, span)
    if sign in (">", ">=", "=>", "≥"):
        return YearRange(year + (sign == ">"), None, span)
    return YearRange(None, year - (sign == "<"), span)


def _section(raw: str, span: Span) -> Section | None:
    found = re.fullmatch(r"§?\s*([0-9]{1,3}(?:\.[0-9]{1,3}){0,5})\.?", raw)
    return Section(found[1], span) if found else None


def _cites(raw: str, span: Span) -> Cites | None:
    found = re.fullmatch(r"\[?(?:ref(?:erence)?-?|#)?0*([1-9][0-9]{0,4})\]?\.?", raw, re.IGNORECASE)
    return Cites(int(found[1]), span) if found else None


def _kind(raw: str, span: Span) -> Kind | None:
    kind = _KIND.get(raw.casefold())
    return Kind(kind, span) if kind else None  # type: ignore[arg-type]


_READERS: Final[Mapping[str, Callable[[str, Span], Node | None]]] = {
    "year": _year_range,
    "section": _section,
    "cites": _cites,
    "kind": _kind,
}
