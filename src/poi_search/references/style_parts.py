"""What the styles of reference lists share: years, volumes, pages, authors, titles, journals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from poi_search.article import Reference, WorkKind
from poi_search.references.name_lists import NameList, list_end, parse_names
from poi_search.text.typography import DASH_SIGNS, SPACE_BEFORE

# The number of places at which a list of authors is tried to end before an entry is given up.
_MOST_TRIED = 40

YEAR = r"(?P<year>(?:1[89]|20)\d\d)[a-z]?"
_MONTH_NAME = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?(?:\s*+\d{1,2})?"
MONTHS = rf"(?:,?\s*+{_MONTH_NAME}(?:\s*+[{DASH_SIGNS}/]\s*+(?:{_MONTH_NAME}|\d{{1,2}}))?)?"
VOLUME = r"(?P<volume>[A-Za-z]?\d{1,4}[A-Za-z]?(?:[-/\u2013]\d{1,4})?)"
ISSUE = (
    r"(?:\s*+\((?P<issue>[^()]{1,40})\)"
    r"|,?\s+(?P<supplement>(?:Suppl|Supplement|Spec No)\.?\s*+\w{0,4}))"
)
PAGE = (
    rf"[A-Za-z]{{0,8}}\.?\d\w*+(?:\.\w++)*(?:\s*+[{DASH_SIGNS}]\s*+\w++)?(?:\s*+\(\d++ pages?\))?"
)
# A plausible maximum of ranges; a longer list would be matched again from every number.
PAGES = rf"(?:pp?\.?\s*+)?(?P<pages>{PAGE}(?:,\s*+{PAGE}){{0,20}})"
END = r"\s*+(?:[.,;]\s*+)?$"

_INITIALS_ONLY = re.compile(r"(?:^|,\s|\band\s|&\s)(?:[^\W\d_]\.[\s-]?)+\s*$")
INITIALS_FIRST = re.compile(r"(?:[^\W\d_]\.[\s-]?)+\s*+[^\W\d_]{2}")
_SENTENCE_END = re.compile(r"(?<=[.?!])[\"”’]?\s+")
_ABBREVIATED_WORD = re.compile(r"[^\W\d_][\w'’-]{0,11}\.")
# A piece of an abbreviated journal, `Trends Cogn.`: few words with capitals, the last one short.
_ABBREVIATED_WORDS = re.compile(
    r"(?!(?:A|An|The)\s)(?:(?:[A-Z][\w'’-]{0,11}\.?|&|of|the|and)\s){0,4}[A-Z][a-z'’-]{0,6}\."
)
# `Authors (2018). Title.`, `Authors, 2018. Title.`, `Authors 2018, ‘Title’`
YEAR_SECOND = re.compile(rf"(?:[.,]\s*+|{SPACE_BEFORE})\({YEAR}{MONTHS}\)[.,:]?\s+")


def author_splits(head: str) -> Iterator[tuple[NameList, str]]:
    """Each way to split `head` into authors and the rest; the longest list first."""
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    colon = head.find(": ")
    if 0 < colon < min(ends, default=len(head)):
        ends.append(colon + 2)
    initials_first = INITIALS_FIRST.match(head) is not None
    for end in (ends[count - 1] for count in candidates(ends, head)):
        if initials_first and _INITIALS_ONLY.search(head, 0, end):
            continue  # within a name: 'J. D.' of 'J. D. Doe'
        authors = parse_names(without_stop(head[:end].strip()))
        if authors is not None:
            yield authors, head[end:]


def candidates(ends: list[int], head: str) -> Iterator[int]:
    """How many of the pieces that end at `ends` may be a list of authors, in descending order."""
    last = list_end(head)
    fitting = [count for count, end in enumerate(ends, 1) if len(head[:end].rstrip(" .:,")) <= last]
    return islice(reversed(fitting), _MOST_TRIED)


def without_stop(text: str) -> str:
    """`text` without its final full stop, unless that belongs to an initial."""
    return text.removesuffix(".") if not re.search(r"\b\w\.$", text) else text


def title_and_journal(text: str, stop_is_own: bool) -> tuple[str, str] | None:
    """The title and the journal of 'Title. J. Name'; the journal may contain full stops."""
    sentences = [part for part in _SENTENCE_END.split(text.strip().rstrip(",. ")) if part]
    cut = len(sentences) - 1
    while cut > 1 and _is_abbreviated(sentences[cut - 1]):
        cut -= 1
    title = " ".join(sentences[:cut]).strip().strip('“”"')
    title = title[:-1] if title.endswith(".") else title
    journal = " ".join(sentences[cut:]).strip(" ,")
    dotted = cut < len(sentences) - 1 or stop_is_own
    journal += "." if dotted and text.rstrip(" ,").endswith(".") else ""
    bare = journal.removeprefix("In: ")
    fits = title and bare and bare[0].isalnum() and len(bare) <= 120
    return (title.rstrip(), journal) if fits else None


def _is_abbreviated(text: str) -> bool:
    """Whether a sentence is rather a piece of an abbreviated journal."""
    return bool(_ABBREVIATED_WORD.fullmatch(text) or _ABBREVIATED_WORDS.fullmatch(text))


def parts(
    tail: re.Match[str], authors: NameList, title: str, journal: str, year: int | None = None
) -> Reference:
    groups = tail.groupdict()
    container = journal.removeprefix("In: ")
    kind: WorkKind = "article" if container == journal else "chapter"
    return Reference(
        0,
        "",
        names=authors.names,
        et_al=authors.et_al,
        title=title.strip().strip('“”"').rstrip(","),
        journal=container.strip().rstrip(","),
        year=year or int(groups["year"]),
        volume=groups.get("volume") or "",
        issue=(groups.get("issue") or groups.get("supplement") or "").strip(),
        pages=re.sub(r"\s+", " ", groups.get("pages") or groups.get("only_pages") or ""),
        kind=kind,
    )
