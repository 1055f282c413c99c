"""The fields of the query language: their names, PubMed's tags for them, and the notation of
their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from poi_search.index.searchable import SEARCH_FIELDS
from poi_search.query.tree import Between, Node, Or, Span, Value
from poi_search.references.identifiers import doi_key, normal_pmcid, normal_pmid
from poi_search.text.typography import DASH

TEXT_FIELDS: Final = frozenset(f.name for f in SEARCH_FIELDS if f.value in ("words", "keyword"))
"""Fields whose value is typed as words; `typed_value` reads the values of all others."""

KEYWORD_FIELDS: Final = frozenset(f.name for f in SEARCH_FIELDS if f.value == "keyword")
CAPITALS: Final = frozenset(f.name for f in SEARCH_FIELDS if f.capitals)
INITIALS: Final = frozenset(f.name for f in SEARCH_FIELDS if f.initials)

IDENTIFIERS: Final = frozenset(f.name for f in SEARCH_FIELDS if f.value in ("doi", "pmid", "pmcid"))
"""A list of identifiers means any of them, also if they are of several kinds."""

SINGLE: Final = frozenset(f.name for f in SEARCH_FIELDS if f.single)
"""A unit has one value of each of these, so two values side by side mean either of them."""

FIELDS: Final = {name: f.name for f in SEARCH_FIELDS for name in (f.name, *f.short)}
EXAMPLES: Final = {f.name: f.example for f in SEARCH_FIELDS}

WORDS: Final = "words"
CONCEPT: Final = "concept"

_TAGS: Final[Mapping[str, str]] = {
    **{f.name: f.tags for f in SEARCH_FIELDS if f.tags},
    WORDS: "tw, text word, text words, all, all fields, tiab, title/abstract, ab, abstract,"
    " ot, other term",
    CONCEPT: "mh, mesh, mesh terms, mesh major topic, majr, nm, supplementary concept",
}
TAGS: Final[Mapping[str, str]] = {
    tag: name for name, tags in _TAGS.items() for tag in tags.split(", ")
}
"""PubMed's tags and the field that each stands for: `WORDS` for plain words, `CONCEPT` for words
that name a concept even in quotation marks."""
OTHER_TAGS: Final = frozenset(
    "ad affiliation book cn crdt edat filter gr grant ip ir is isbn jid la lang language lr mhda"
    " pg pl pt ps pubn rn sb sh si subset vi".split()
) | {"publication type"}
"""PubMed's tags for what is not kept here."""
_TITLE_ABSTRACT: Final = frozenset(("tiab", "title/abstract", "ab", "abstract", "ot", "other term"))
_NEAR = re.compile(r":~[0-9]*\s*$")

_KINDS: Final = {
    "section": ("section", "sections", "text", "passage", "passages", "paragraph", "paragraphs"),
    "table": ("table", "tables", "row", "rows"),
    "figure": ("figure", "figures", "fig", "figs"),
    "reference": ("reference", "references", "ref", "refs"),
}
_KIND: Final = {name: kind for kind, names in _KINDS.items() for name in names}

_ONE_YEAR = re.compile(r"([0-9]{4})(?:/[0-9]{1,2}){0,2}")
_COMPARED = re.compile(rf"(<=|>=|=<|=>|≤|≥|<|>|=)\s*{_ONE_YEAR.pattern}")
_BETWEEN = re.compile(rf"(?P<low>[0-9/]*)\s*(?:\.\.\.?|…|:|{DASH})\s*(?P<high>[0-9/]*)")
_LUCENE = re.compile(
    r"(?P<open>[\[{])\s*(?P<low>\*|[0-9/]+)\s+TO\s+(?P<high>\*|[0-9/]+)\s*(?P<close>[\]}])"
)
_DATE = r"[0-9]{4}[0-9/]*+"
_TO = rf"(?:\.\.|:|{DASH})\s*+"
_YEAR_TAIL = re.compile(rf"(?<!\S)(?:{_DATE}\s*+(?:{_TO})?(?:{_DATE})?|{_TO}{_DATE})\s*+$")


def tag_name(text: str) -> str:
    """The text between the brackets of a tag, normalised to a key of `TAGS`."""
    return " ".join(re.sub(r":(noexp|~[0-9]*)\s*$", "", text.casefold()).split())


def tag_notice(text: str) -> str:
    """What is read differently from PubMed in the text between the brackets of a known tag, to
    follow the tag in a notice; '' if nothing is."""
    if _NEAR.search(text):
        return "does not limit the distance of words here: they were searched wherever they are."
    if re.search(r":noexp\s*$", text.casefold()):
        return "was read without :noexp: narrower concepts are always searched."
    if tag_name(text) in _TITLE_ABSTRACT:
        return "means the whole text here, not only titles and abstracts."
    return ""


def is_proximity(text: str) -> bool:
    """Whether a tag asks for words near each other, as `[tiab:~5]` does."""
    return _NEAR.search(text) is not None


def year_tail(text: str) -> int:
    """The offset of the years at the end of `text`; its length if it does not end in years."""
    found = _YEAR_TAIL.search(text)
    return found.start() if found else len(text)


def typed_value(name: str, raw: str, span: Span) -> Node | None:
    """The node for a value of a field with its own notation; None if the value is not valid.

    A comma-separated list means any of its values.
    """
    if raw[:1] not in "[{":
        raw = raw.rstrip(",;")
    reader = _READERS[name]
    if (whole := reader(name, raw, span)) is not None:
        return whole
    values = [reader(name, part.strip(), span) for part in raw.split(",")]
    known = tuple(value for value in values if value is not None)
    if len(known) < len(values):
        return None
    return known[0] if len(known) == 1 else Or(known, span)


def _year(text: str) -> int | None:
    found = _ONE_YEAR.fullmatch(text)
    return int(found[1]) if found else None


def _years(name: str, raw: str, span: Span) -> Between | None:
    one = _year(raw)
    if one is not None:
        return Between(name, one, one, span)
    if found := _COMPARED.fullmatch(raw):
        return Between(name, *_comparison(found[1], int(found[2])), span)
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
    return Between(name, low, high, span)


def _comparison(sign: str, year: int) -> tuple[int | None, int | None]:
    if sign == "=":
        return year, year
    if sign in (">", ">=", "=>", "≥"):
        return year + (sign == ">"), None
    return None, year - (sign == "<")


def _section(name: str, raw: str, span: Span) -> Value | None:
    found = re.fullmatch(r"§?\s*([0-9]{1,3}(?:\.[0-9]{1,3}){0,5})\.?", raw)
    return Value(name, found[1], span) if found else None


def _reference(name: str, raw: str, span: Span) -> Value | None:
    found = re.fullmatch(r"\[?(?:ref(?:erence)?-?|#)?0*([1-9][0-9]{0,4})\]?\.?", raw, re.IGNORECASE)
    return Value(name, found[1], span) if found else None


def _doi(name: str, raw: str, span: Span) -> Value | None:
    doi = doi_key(raw)
    return Value(name, doi, span) if doi else None


def _pmid(name: str, raw: str, span: Span) -> Value | None:
    pmid = normal_pmid(raw)
    return Value(name, pmid, span) if pmid else None


def _pmcid(name: str, raw: str, span: Span) -> Value | None:
    pmcid = normal_pmcid(raw)
    return Value(name, pmcid, span) if pmcid else None


def _kind(name: str, raw: str, span: Span) -> Value | None:
    kind = _KIND.get(raw.casefold())
    return Value(name, kind, span) if kind else None


_NOTATIONS: Final[Mapping[str, Callable[[str, str, Span], Node | None]]] = {
    "years": _years,
    "section": _section,
    "reference": _reference,
    "kind": _kind,
    "doi": _doi,
    "pmid": _pmid,
    "pmcid": _pmcid,
}
_READERS: Final = {f.name: _NOTATIONS[f.value] for f in SEARCH_FIELDS if f.value in _NOTATIONS}
