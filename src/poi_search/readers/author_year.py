"""Citations by author and year in plain text: '(Li and Roe, 2010a; Doe et al. 2012)', 'Li (2010)'.

A year is a citation if the words before it name the authors of a reference of that year, and
nothing else stands between the first author and the year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from poi_search.article import Article, Citation, Finding, Prose
from poi_search.readers.cited_entries import YEAR, CitedEntry, entries_by_year, fold_names
from poi_search.readers.untagged import change_prose, prose_texts

_MORE_LETTERS = re.compile(r" ?(?:,|;|&|and) ?([a-z])(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
# Only these, and authors of the reference, may stand between its first author and the year.
_CONNECTING = frozenset(
    "et al and und y e i colleagues coworkers co-workers collaborators others s in press jr sr"
    " ii iii".split()
)
_ET_AL = re.compile(r"\bet\s+al|colleagues|co-?workers|collaborators|\bothers\b")
_BETWEEN_YEARS = re.compile(r"[\s,;&]*(?:and\s+)?")
# A year after a bracket that closes, or in another clause, belongs to other names.
_CLAUSE = re.compile(r"[.:!?]\s+(?=[A-Z]\w{3})|[\])}]|;")
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
# Another name directly before: 'Lee and Doe (2012)' is not Doe's paper of 2012.
_NAME_BEFORE = re.compile(r"(?<![\w'\u2019-])[^\W\d_a-z][^\W\d_][\w'\u2019-]*+ ?(?:,|&|\band) $")
_UNLISTED = re.compile(
    r"(?<![\w'\u2019-])[^\W\d_][\w'\u2019-]*+ et al\b\.?(?:['\u2019]s)?,? ?[(\[]?$"
)
_INITIAL_BEFORE = re.compile(r"(?<!\w)([^\W\d_])\. ?$")
# '(Muller 2016)' and '(Muller and Roe, 2016' look like citations, whoever is in the list.
_NAMES_IN_BRACKETS = re.compile(
    r"[(\[;] ?([^\W\d_a-z][^\W\d_]{2,}+(?: (?:and|&) [^\W\d_a-z][^\W\d_]{2,}+)?+),? $"
)
_WINDOW = 200
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Found:
    """An entry named in the text from `start`; `exact` if as many authors are named as it has."""

    entry: CitedEntry
    start: int
    exact: bool


def cite_by_author_and_year(article: Article) -> Article:
    """The article with its citations by author and year, unless it cites in another way.

    A year that two references fit is not a citation, but a finding.
    """
    if not article.references or not _may_cite_so(article):
        return article
    entries = entries_by_year(article.references)
    unclear: dict[str, None] = {}
    unlisted: dict[str, None] = {}

    def mark(prose: Prose) -> Prose:
        taken = [(one.start, one.end) for one in prose.citations]
        found = _read(prose.text, entries).outside(taken)
        unclear.update(dict.fromkeys(prose.text[slice(*span)] for span in found.unclear))
        unlisted.update(dict.fromkeys(prose.text[slice(*span)] for span in found.unlisted))
        both = sorted((*prose.citations, *found.citations), key=lambda one: one.start)
        return Prose(prose.text, tuple(both)) if found.citations else prose

    sections = change_prose(article.sections, mark)
    messages = [
        *(f"the citation {text!r} fits more than one entry of the list" for text in unclear),
        *(f"the citation {text!r} does not match any entry of the list" for text in unlisted),
    ]
    findings = [Finding("warning", "citations", message) for message in messages]
    return replace(article, sections=sections, findings=(*article.findings, *findings))


def _may_cite_so(article: Article) -> bool:
    """Whether what is cited so far, if anything, is cited by year."""
    markers = [
        prose.text[one.start : one.end]
        for prose in prose_texts(article.sections)
        for one in prose.citations
    ]
    return 2 * sum(bool(YEAR.search(marker)) for marker in markers) >= len(markers)


@dataclass(frozen=True, slots=True)
class _Citations:
    """The citations in a text; the spans of those that fit several entries, or none."""

    citations: list[Citation]
    unclear: list[Span]
    unlisted: list[Span]

    def outside(self, taken: Sequence[Span]) -> _Citations:
        """Those that do not overlap a span."""

        def is_free(start: int, end: int) -> bool:
            return all(end <= first or last <= start for first, last in taken)

        return _Citations(
            [one for one in self.citations if is_free(one.start, one.end)],
            [span for span in self.unclear if is_free(*span)],
            [span for span in self.unlisted if is_free(*span)],
        )


def _read(text: str, entries: Mapping[int, Sequence[CitedEntry]]) -> _Citations:
    result = _Citations([], [], [])
    folded = ""
    names = (0, 0)
    before = 0
    for match in YEAR.finditer(text):
        folded = folded or fold_names(text)
        candidates = entries.get(int(match[1]), ())
        follows = before and _BETWEEN_YEARS.fullmatch(text, before, match.start())
        span = names if follows else (max(before, match.start() - _WINDOW), match.start())
        found = _best([one for each in candidates if (one := _find(each, folded, span))], text)
        if found:
            start = match.start() if follows else found[0].start
            names = (found[0].start, span[1])
            before = _add(result, text, (start, match), found)
        elif unlisted := _unlisted(text, span):
            result.unlisted.append((unlisted, match.end()))
    return result


def _unlisted(text: str, span: Span) -> int:
    """Where names begin that look like a citation together with the year after them; 0 if none."""
    if found := _UNLISTED.search(text, *span):
        return found.start()
    named = _NAMES_IN_BRACKETS.search(text, *span)
    return named.start(1) if named and named[1].lower() not in _MONTHS else 0


def _add(
    result: _Citations, text: str, place: tuple[int, re.Match[str]], found: Sequence[_Found]
) -> int:
    """Add the citation of a year and those of the letters after it; where they end."""
    start, year = place
    letters = [(year[2] or "", start, year.end())]
    while year[2] and (more := _MORE_LETTERS.match(text, letters[-1][2])):
        letters.append((more[1], more.start(1), more.end()))
    for letter, begin, end in letters:
        same = [one for one in found if one.entry.letter == letter]
        fitting = same or [one for one in found if not (letter and one.entry.letter)]
        printed = (begin, _with_bracket(text, begin, end))
        if len(fitting) == 1:
            result.citations.append(Citation(*printed, (fitting[0].entry.number,)))
        elif fitting:
            result.unclear.append(printed)
    return letters[-1][2]


def _with_bracket(text: str, start: int, end: int) -> int:
    """The end of a citation with the bracket that closes the one before its year."""
    inside = text[start:end]
    closing = {"(": ")", "[": "]"}
    opened = [sign for sign in closing if inside.count(sign) > inside.count(closing[sign])]
    return end + 1 if opened and text[end : end + 1] == closing[opened[0]] else end


def _find(entry: CitedEntry, text: str, span: tuple[int, int]) -> _Found | None:
    """Where the authors of an entry are named at the end of a span of the text, if they are."""
    for first in entry.first:
        at = _last_word(text, first, span)
        if at < 0:
            continue
        between = text[at + len(first) : span[1]]
        for short in entry.first[1:]:  # 'World Health Organization [WHO] 2010'
            between = between.replace(f"[{short}]", "").replace(f"({short})", "")
        if _CLAUSE.search(between):
            continue
        others = _others(entry, between)
        if others is None:
            continue
        et_al = _ET_AL.search(between) is not None
        if et_al and len(entry.families) < 2 and not entry.et_al:
            continue
        if first in _MONTHS and not (et_al or others or "(" in between or "," in between):
            continue
        count = len(entry.families)
        many = count > 2 or entry.et_al
        exact = many if et_al else others + 1 == count and not entry.et_al
        return _Found(entry, at, exact)
    return None


def _last_word(text: str, name: str, span: tuple[int, int]) -> int:
    """Where the span has the name as whole words for the last time; -1 if nowhere."""
    start, end = span
    at = text.rfind(name, start, end)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        if not (before.isalnum() or after.isalnum() or before == "-" or after == "-"):
            return at
        at = text.rfind(name, start, at + len(name) - 1)
    return -1


def _others(entry: CitedEntry, between: str) -> int | None:
    """How many further authors of the entry, in order, the words before the year name; None if
    they say anything else."""
    rest, named = between, 0
    for family in entry.families[1:]:
        at = _last_word(rest, family, (0, len(rest)))
        if at < 0 or not _connects(rest[:at]):
            break
        rest, named = rest[at + len(family) :], named + 1
    return named if _connects(rest) else None


def _connects(text: str) -> bool:
    words = _WORD.findall(text)
    return all(len(word) == 1 or word in _CONNECTING for word in words) and not re.search(
        r"\d", text
    )


def _best(found: list[_Found], text: str) -> list[_Found]:
    """Those that name most of the text, and of these those with as many authors as named."""
    first = min((one.start for one in found), default=0)
    if _NAME_BEFORE.search(text, max(0, first - _WINDOW // 4), first):
        return []
    longest = [one for one in found if one.start == first]
    exact = [one for one in longest if one.exact] or longest
    initial = _INITIAL_BEFORE.search(text, max(0, first - 4), first)
    own = [one for one in exact if initial and one.entry.initial == initial[1].lower()]
    return own or exact
