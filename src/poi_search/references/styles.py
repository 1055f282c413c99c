"""The styles of reference lists, one strict rule each: entry → Reference, or None.

A rule matches only a whole entry. What no rule matches with certainty stays empty. DOI, PMID and
notes have already been removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import accumulate, islice

from msgspec.structs import replace

from poi_search.article import Reference, WorkKind
from poi_search.references.name_lists import NameList, list_end, parse_names
from poi_search.text.typography import DASH_SIGNS, SPACE_BEFORE

# The number of places at which a list of authors is tried to end before an entry is given up.
_MOST_TRIED = 40

_YEAR = r"(?P<year>(?:1[89]|20)\d\d)[a-z]?"
_MONTH_NAME = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?(?:\s*+\d{1,2})?"
_MONTHS = rf"(?:,?\s*+{_MONTH_NAME}(?:\s*+[{DASH_SIGNS}/]\s*+(?:{_MONTH_NAME}|\d{{1,2}}))?)?"
_VOLUME = r"(?P<volume>[A-Za-z]?\d{1,4}[A-Za-z]?(?:[-/\u2013]\d{1,4})?)"
_ISSUE = (
    r"(?:\s*+\((?P<issue>[^()]{1,40})\)"
    r"|,?\s+(?P<supplement>(?:Suppl|Supplement|Spec No)\.?\s*+\w{0,4}))"
)
_PAGE = (
    rf"[A-Za-z]{{0,8}}\.?\d\w*+(?:\.\w++)*(?:\s*+[{DASH_SIGNS}]\s*+\w++)?(?:\s*+\(\d++ pages?\))?"
)
# A plausible maximum of ranges; a longer list would be matched again from every number.
_PAGES = rf"(?:pp?\.?\s*+)?(?P<pages>{_PAGE}(?:,\s*+{_PAGE}){{0,20}})"
_END = r"\s*+(?:[.,;]\s*+)?$"

# `2018;34(2):320–6.`, `2018;2018:2495848`, `2022;101:32(e30013)`, `2020: 123`, `2017;8`
_NLM_TAIL = re.compile(
    rf"(?<![\d{DASH_SIGNS}]){_YEAR}{_MONTHS}\s*+(?:[;,]\s*+{_VOLUME}{_ISSUE}?\s*+(?:[:,]\s*+{_PAGES})?"
    rf"|:\s*+(?P<only_pages>{_PAGE})){_END}"
)
_ISSUE_THEN_ARTICLE = re.compile(
    rf"(?<!\d){_YEAR}\s*+;\s*+{_VOLUME}\s*+:\s*+(?P<issue>\d{{1,3}})\s*+\((?P<pages>e?\d[\w{DASH_SIGNS}]*)\){_END}"
)
# `J Name 12, 34–45 (2018).`
_NATURE_TAIL = re.compile(rf"\s{_VOLUME}{_ISSUE}?\s*+[,:]\s*+{_PAGES}\s*+\({_YEAR}\){_END}")
# `J Name. (2018) 12:34–45.`
_FRONTIERS_TAIL = re.compile(
    rf"(?<=[\w.)])\s+\({_YEAR}\)\s*+{_VOLUME}{_ISSUE}?\s*+[:,]\s*+{_PAGES}{_END}"
)
# `J. Name 2018, 12, 34–45.`
_ACS_TAIL = re.compile(rf"\s{_YEAR},\s*+{_VOLUME}{_ISSUE}?,\s*+{_PAGES}{_END}")
# `J. Name 12 (2) (2018) 34–45.`
_ELSEVIER_TAIL = re.compile(rf",?\s{_VOLUME}{_ISSUE}?\s*+\({_YEAR}\),?\s*+{_PAGES}{_END}")
# `Authors (2018). Title. J Name 12(3):34–45.`
_YEAR_SECOND = re.compile(
    rf"(?:[.,]\s*+|{SPACE_BEFORE})\({_YEAR}{_MONTHS}\)[.,:]?\s+"
    r"|[.,]\s(?P<bare>(?:1[89]|20)\d\d)[a-z]?\.\s"
)
_PLAIN_TAIL = re.compile(
    rf",?\s(?:vol\.?\s*+)?{_VOLUME}{_ISSUE}?\s*+(?:[:,]\s*+(?:no\.\s*+\d+,\s*+)?{_PAGES})?{_END}"
)
_PREPRINT_TAIL = re.compile(
    rf"(?P<journal>(?:bio|med|ar|chem|psy)\s?rxiv|research square|ssrn)[.,:]?\s*+\(?{_YEAR}\)?"
    rf"{_MONTHS}(?:\s*+[;:,]\s*+(?P<pages>\d[\w.]*\w))?{_END}",
    re.IGNORECASE,
)
_INITIALS_FIRST = re.compile(r"(?:[^\W\d_]\.[\s-]?)+\s*+[^\W\d_]{2}")
_INITIALS_ONLY = re.compile(r"(?:^|,\s|\band\s|&\s)(?:[^\W\d_]\.[\s-]?)+\s*$")
_ABBREVIATION = 12
_LONGEST_JOURNAL = 120
_SENTENCE_END = re.compile(r"(?<=[.?!])[\"”’]?\s+")
_ABBREVIATED_WORD = re.compile(r"[^\W\d_][\w'’-]{0,11}\.")
_BOOK_TAIL = re.compile(
    rf"(?<![^.;:])(?P<place>[^.;:]++):\s*+(?P<publisher>[^.;:]+)[;,]\s*+{_YEAR}"
    rf"(?:[.,:]\s*+(?:pp?\.?\s*+(?P<pages>\d+\s*+[{DASH_SIGNS}]\s*+\d+|\d+))?)?{_END}"
)

_BRACKETED_BOOK_TAIL = re.compile(rf"\s\((?P<publisher>[^(),]+(?:, [^(),\d]+)?), {_YEAR}\){_END}")

# `A. B. Abel and C. Cain, “Title,” J. Name, vol. 12, no. 2, pp. 34–45, 2018.`
_QUOTED = re.compile(r"[“\"](?P<title>[^“”\"]+)[”\"],?\s")
_QUOTED_TAIL = re.compile(
    rf",\s(?:vol\.?\s)?{_VOLUME}(?:,\s(?:no|issue)\.?\s(?P<issue>[\w–/-]{{1,20}}))?"
    rf"(?:,\s(?:pp?\.\s|(?:art(?:icle)?\.?\s)?(?:ID|no\.)\s)(?P<pages>{_PAGE}))?"
    rf",\s(?:[^,\d]{{3,12}}\s)?{_YEAR}{_END}",
    re.IGNORECASE,
)


def ieee(text: str) -> Reference | None:
    """IEEE: `A. B. Abel and C. Cain, “Title,” J. Name, vol. 12, no. 2, pp. 34–45, 2018.`"""
    quoted = _QUOTED.search(text)
    tail = _QUOTED_TAIL.search(text, quoted.end()) if quoted else None
    authors = parse_names(text[: quoted.start()]) if quoted and tail else None
    if quoted is None or tail is None or authors is None:
        return None
    journal = text[quoted.end() : tail.start()]
    fits = 0 < len(journal) <= _LONGEST_JOURNAL and not any(map(str.isdigit, journal))
    return _parts(tail, authors, quoted["title"], journal) if fits else None


def nlm(text: str) -> Reference | None:
    """Vancouver, AMA, BMC: `Bao R, Xu P, et al. Title. Gynecol Endocrinol. 2018;34:320–6.`"""
    tail = _ISSUE_THEN_ARTICLE.search(text) or _NLM_TAIL.search(text)
    if tail is None:
        return None
    return _with_tail(text[: tail.start()], tail)


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
    if not _INITIALS_FIRST.match(head):
        return _with_tail(head, tail, stop_is_own=True)
    items = head.split(", ")
    ends = list(accumulate(len(item) + 2 for item in items[:-2]))
    for count in _candidates(ends, head):
        authors = parse_names(", ".join(items[:count]))
        if authors is not None:
            return _parts(tail, authors, ", ".join(items[count:-1]), items[-1])
    return None


def preprint(text: str) -> Reference | None:
    """`Abel A, Cain C. Title. bioRxiv. 2020.`"""
    tail = _PREPRINT_TAIL.search(text)
    if tail is None:
        return None
    for authors, title in _author_splits(text[: tail.start()].strip()):
        parts = _parts(tail, authors, title.strip().rstrip("."), tail["journal"])
        return replace(parts, kind="preprint")
    return None


def year_second(text: str) -> Reference | None:
    """Springer, Frontiers, APA, Harvard: `Abel AB, Cain C (2018) Title. J Name 12(3):34–45.`

    The year may be without brackets: `Abel, A., 2018. Title.`
    """
    year = _YEAR_SECOND.search(text)
    if year is None:
        return None
    # A bare year follows the full stop of an initial.
    names = text[: year.start() + 1] if year["bare"] else text[: year.start()]
    authors = parse_names(names.rstrip(","))
    rest = text[year.end() :]
    tail = _PLAIN_TAIL.search(rest)
    if authors is None or tail is None:
        return None
    split = _title_and_journal(rest[: tail.start()], stop_is_own=True)
    if split is None:
        return None
    return _parts(tail, authors, *split, year=int(year["year"] or year["bare"]))


def book(text: str) -> Reference | None:
    """`Abel A, Cain C. Title. 2nd ed. New York: Publisher; 2010.`, `… (Publisher, 2010).`"""
    tail = _BOOK_TAIL.search(text) or _BRACKETED_BOOK_TAIL.search(text)
    if tail is None:
        return None
    for authors, rest in _author_splits(text[: tail.start()]):
        title = rest.strip().rstrip(".")
        if title and "In: " not in rest:
            groups = tail.groupdict()
            return Reference(
                0,
                "",
                names=authors.names,
                et_al=authors.et_al,
                title=title,
                year=int(tail["year"]),
                pages=groups.get("pages") or "",
                kind="book",
                place=(groups.get("place") or "").strip(),
                publisher=tail["publisher"].strip(),
            )
    return None


STYLES: tuple[Callable[[str], Reference | None], ...] = (
    ieee,
    nlm,
    nature,
    frontiers,
    acs,
    elsevier,
    year_second,
    preprint,
    book,
)


def _with_tail(head: str, tail: re.Match[str], stop_is_own: bool = False) -> Reference | None:
    """The reference whose authors, title and journal are the sentences of `head`.

    `stop_is_own`: a full stop after the journal belongs to its abbreviation (`Nat. Ex. 12`) rather
    than to the style (`Gynecol Endocrinol. 2018`).
    """
    for authors, rest in _author_splits(head):
        split = _title_and_journal(rest, stop_is_own)
        if split is not None and not (_INITIALS_FIRST.match(head) and _may_be_journal(split[0])):
            return _parts(tail, authors, *split)
    return None


def _may_be_journal(title: str) -> bool:
    """Whether a title is rather the first word of a journal: 'J. Name' of a list without titles."""
    return " " not in title and len(title) <= _ABBREVIATION


def _author_splits(head: str) -> Iterator[tuple[NameList, str]]:
    """Each way to split `head` into authors and the rest; the longest list first."""
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    colon = head.find(": ")
    if 0 < colon < min(ends, default=len(head)):
        ends.append(colon + 2)
    initials_first = _INITIALS_FIRST.match(head) is not None
    for end in (ends[count - 1] for count in _candidates(ends, head)):
        if initials_first and _INITIALS_ONLY.search(head, 0, end):
            continue  # within a name: 'J. D.' of 'J. D. Doe'
        authors = parse_names(_without_stop(head[:end].strip().removesuffix(":")))
        if authors is not None:
            yield authors, head[end:]


def _candidates(ends: list[int], head: str) -> Iterator[int]:
    """How many of the pieces that end at `ends` may be a list of authors, in descending order."""
    last = list_end(head)
    fitting = [count for count, end in enumerate(ends, 1) if len(head[:end].rstrip(" .:,")) <= last]
    return islice(reversed(fitting), _MOST_TRIED)


def _without_stop(text: str) -> str:
    """`text` without its final full stop, unless that belongs to an initial."""
    return text.removesuffix(".") if not re.search(r"\b\w\.$", text) else text


def _title_and_journal(text: str, stop_is_own: bool) -> tuple[str, str] | None:
    """The title and the journal of 'Title. J. Name'; the journal may contain full stops."""
    sentences = [part for part in _SENTENCE_END.split(text.strip().rstrip(",. ")) if part]
    cut = len(sentences) - 1
    while cut > 1 and _ABBREVIATED_WORD.fullmatch(sentences[cut - 1]):
        cut -= 1
    title = " ".join(sentences[:cut]).strip().strip('“”"')
    title = title[:-1] if title.endswith(".") else title
    journal = " ".join(sentences[cut:]).strip(" ,")
    dotted = cut < len(sentences) - 1 or stop_is_own
    journal += "." if dotted and text.rstrip(" ,").endswith(".") else ""
    bare = journal.removeprefix("In: ")
    fits = title and bare and bare[0].isalnum() and len(bare) <= _LONGEST_JOURNAL
    return (title.rstrip(), journal) if fits else None


def _parts(
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
