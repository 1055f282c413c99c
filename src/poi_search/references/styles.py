"""The styles of reference lists, one strict rule each: entry → Reference, or None.

A rule matches only a whole entry. What no rule matches with certainty stays empty. DOI, PMID and
notes have already been removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate

from msgspec.structs import replace

from poi_search.article import Reference
from poi_search.references import books, quoted_titles, year_second
from poi_search.references.bracketed_chapters import bracketed_chapter
from poi_search.references.name_lists import parse_names
from poi_search.references.style_parts import (
    END,
    INITIALS_FIRST,
    ISSUE,
    MONTHS,
    PAGE,
    PAGES,
    VOLUME,
    YEAR,
    author_splits,
    candidates,
    parts,
    title_and_journal,
)
from poi_search.text.typography import DASH_SIGNS

# `2018;34(2):320–6.`, `2018;2018:2495848`, `2022;101:32(e30013)`, `2020: 123`, `2017;8`
_NLM_TAIL = re.compile(
    rf"(?<![\d{DASH_SIGNS}]){YEAR}{MONTHS}\s*+(?:[;,]\s*+{VOLUME}{ISSUE}?\s*+(?:[:,]\s*+{PAGES})?"
    rf"|:\s*+(?P<only_pages>{PAGE})){END}"
)
_ISSUE_THEN_ARTICLE = re.compile(
    rf"(?<!\d){YEAR}\s*+;\s*+{VOLUME}\s*+:\s*+(?P<issue>\d{{1,3}})\s*+\((?P<pages>e?\d[\w{DASH_SIGNS}]*)\){END}"
)
# `J Name 12, 34–45 (2018).`
_NATURE_TAIL = re.compile(rf"\s{VOLUME}{ISSUE}?\s*+[,:]\s*+{PAGES}\s*+\({YEAR}\){END}")
# `J Name. (2018) 12:34–45.`
_FRONTIERS_TAIL = re.compile(
    rf"(?<=[\w.)])\s+\({YEAR}\)\s*+{VOLUME}{ISSUE}?\s*+[:,]\s*+{PAGES}{END}"
)
# `J. Name 2018, 12, 34–45.`
_ACS_TAIL = re.compile(rf"\s{YEAR},\s*+{VOLUME}{ISSUE}?,\s*+{PAGES}{END}")
# `J Name 12: 34-45, 2018.`, `J Name. 12:34-45. 2018.`
_SPANDIDOS_TAIL = re.compile(rf"\s{VOLUME}{ISSUE}?\s*+:\s*+{PAGES}[,.]\s*+{YEAR}{END}")
# `J. Name 12 (2) (2018) 34–45.`
_ELSEVIER_TAIL = re.compile(rf",?\s{VOLUME}{ISSUE}?\s*+\({YEAR}\),?\s*+{PAGES}{END}")
# `bioRxiv. 2020.`
_PREPRINT_TAIL = re.compile(
    rf"(?P<journal>(?:bio|med|ar|chem|psy)\s?rxiv|research square|ssrn)[.,:]?\s*+\(?{YEAR}\)?"
    rf"{MONTHS}(?:\s*+[;:,]\s*+(?P<pages>\d[\w.]*\w))?{END}",
    re.IGNORECASE,
)

_ABBREVIATION = 12


def nlm(text: str) -> Reference | None:
    """Vancouver, AMA, BMC: `Bao R, Xu P, et al. Title. Gynecol Endocrinol. 2018;34:320–6.`"""
    tail = _ISSUE_THEN_ARTICLE.search(text) or _NLM_TAIL.search(text)
    if tail is None or text[: tail.start()].rstrip().endswith(";"):
        return None  # a publisher is before the year: `Philadelphia, PA: Acme; 2015:100-120`
    return _with_tail(text[: tail.start()], tail)


def spandidos(text: str) -> Reference | None:
    """Spandidos, Am. Physiol. Soc.: `Chen LJ, Wu Y and Kim K: Title. J Name 12: 34-45, 2018.`"""
    tail = _SPANDIDOS_TAIL.search(text)
    if tail is None:
        return None
    in_stops = text[tail.start() : tail.end("pages") + 1].endswith(".")
    return _with_tail(text[: tail.start()], tail, stop_is_own=not in_stops)


def nature(text: str) -> Reference | None:
    """`Abel, A. B. & Cain, C. Title. J. Name 12, 34–45 (2018).`"""
    tail = _NATURE_TAIL.search(text)
    return _with_tail(text[: tail.start()], tail, stop_is_own=True) if tail else None


def frontiers(text: str) -> Reference | None:
    """`Abel A, Cain C. Title. J Name. (2018) 12:34–45.`"""
    tail = _FRONTIERS_TAIL.search(text)
    return _with_tail(text[: tail.start()], tail) if tail else None


def acs(text: str) -> Reference | None:
    """MDPI, ACS: `Abel, A.B.; Cain, C. Title. J. Name 2018, 12, 34–45.`"""
    tail = _ACS_TAIL.search(text)
    return _with_tail(text[: tail.start()], tail, stop_is_own=True) if tail else None


def elsevier(text: str) -> Reference | None:
    """`A.B. Abel, C. Cain, Title, J. Name 12 (2018) 34–45.`"""
    tail = _ELSEVIER_TAIL.search(text)
    if tail is None:
        return None
    head = text[: tail.start()].strip()
    if not INITIALS_FIRST.match(head):
        return _with_tail(head, tail, stop_is_own=True)
    items = head.split(", ")
    ends = list(accumulate(len(item) + 2 for item in items[:-2]))
    for count in candidates(ends, head):
        authors = parse_names(", ".join(items[:count]))
        if authors is not None:
            return parts(tail, authors, ", ".join(items[count:-1]), items[-1])
    return None


def preprint(text: str) -> Reference | None:
    """`Abel A, Cain C. Title. bioRxiv. 2020.`"""
    tail = _PREPRINT_TAIL.search(text)
    if tail is None:
        return None
    for authors, title in author_splits(text[: tail.start()].strip()):
        found = parts(tail, authors, title.strip().rstrip("."), tail["journal"])
        return replace(found, kind="preprint")
    return None


STYLES: tuple[Callable[[str], Reference | None], ...] = (
    bracketed_chapter,
    books.chapter,
    quoted_titles.quoted,
    nlm,
    spandidos,
    nature,
    frontiers,
    acs,
    elsevier,
    year_second.year_second,
    preprint,
    books.book,
    books.book_in_list,
    year_second.loose,
)


def _with_tail(head: str, tail: re.Match[str], stop_is_own: bool = False) -> Reference | None:
    """The reference whose authors, title and journal are the sentences of `head`.

    `stop_is_own`: a full stop after the journal belongs to its abbreviation (`Nat. Ex. 12`) rather
    than to the style (`Gynecol Endocrinol. 2018`).
    """
    for authors, rest in author_splits(head):
        split = title_and_journal(rest, stop_is_own)
        if split is not None and not (INITIALS_FIRST.match(head) and _may_be_journal(split[0])):
            return parts(tail, authors, *split)
    return None


def _may_be_journal(title: str) -> bool:
    """Whether a title is rather the first word of a journal: 'J. Name' of a list without titles."""
    return " " not in title and len(title) <= _ABBREVIATION
