"""The line at the top of a first page that states the journal, the year, the volume and the pages.

`J Cells. 2021; 14: 55.`, `Cells Update, Vol.27, No.3 pp. 460–500, 2021`, `Front. Cells, 12 May
2020 | https://doi.org/…`: the name of a journal, and after it nothing but numbers and their names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from poi_search.article import Reference
from poi_search.readers.pdftext.headings import is_body_name
from poi_search.readers.pdftext.lines import PrintedLine, is_running_head
from poi_search.readers.pdftext.matter_kinds import read_matter_kind
from poi_search.readers.pdftext.part_labels import ArticlePart, read_label
from poi_search.readers.pdftext.plain_text import without_superscripts
from poi_search.text.typography import DASH_SIGNS

# Above the title there are few lines.
_TOP = 8
_MAX_LINE = 160
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_ADDRESS = re.compile(r"https?://\S+|\bdoi:?\s*(?:10\.\S+)?|\bwww\.\S+", re.IGNORECASE)
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_DATE = re.compile(
    rf"\(?(?:(?:\d{{1,2}} )?{_MONTH}(?: \d{{1,2}})?,? (?P<last>{_YEAR})"
    rf"|(?P<first>{_YEAR}),? {_MONTH}(?: \d{{1,2}})?"
    rf"|(?<![{DASH_SIGNS}])(?P<bare>{_YEAR})(?!\s?[{DASH_SIGNS}]))\)?"
)
_NUMBER = r"[A-Za-z]{0,2}\d{1,8}[a-z]?"
_RANGE = rf"{_NUMBER}(?:\s?[{DASH_SIGNS}]\s?{_NUMBER})?"
_VOLUME_NAME = re.compile(r"\bvol(?:ume)?\b\.?\s?(\d{1,4})", re.IGNORECASE)
# A volume that is the year: `Volume 2016`.
_VOLUME_WORD = re.compile(r"\bvol(?:ume)?\b\.?", re.IGNORECASE)
_ISSUE_NAME = re.compile(r"\b(?:no|issue|iss)\b\.?\s?(\d{1,4})", re.IGNORECASE)
_COUNT = re.compile(r"\b\d{1,3} pages\b|\b\d{1,3} of \d{1,3}\b", re.IGNORECASE)
_PAGES = re.compile(
    rf"(?:\bpp?\.?|\bpages?|\barticle(?: id| no\.?)?)[\s:]{{0,3}}({_RANGE})", re.IGNORECASE
)
_PLAIN = re.compile(
    rf"(?P<volume>\d{{1,4}})\s?(?:\((?P<issue>\w{{1,8}})\))?[\s:,;|()]{{0,12}}(?P<pages>{_RANGE})?"
)
# After the name and number of a volume.
_NAMED = re.compile(rf"(?:\((?P<issue>\w{{1,8}})\))?[\s:,;|()]{{0,12}}(?P<pages>{_RANGE})")
# A volume with its issue and pages needs no year: `13(2): e0191234`.
_WHOLE = re.compile(rf"\d{{1,4}}\s?\(\d{{1,4}}\)\s?:\s?{_NUMBER}")
_NAME = re.compile(
    r"(?P<name>[A-Z](?:[^\W\d]|\d(?=[A-Za-z])|[ .,&:'’-]){2,90}?)[\s.,;|(:]*+"
    r"(?=[\d(]|\bvol(?:ume)?\b|\bno\b|\bissue\b|" + _MONTH + ")",
    re.IGNORECASE,
)
_MAIN_PARTS = (ArticlePart.ABSTRACT, ArticlePart.KEYWORDS, ArticlePart.REFERENCES)
_CAPITAL = re.compile(r"[a-z]?[A-Z]")
_SEPARATOR = re.compile(rf"[\s.,;:|()/{DASH_SIGNS}]+")


def mark_journal_lines(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Mark the lines at the top that state the journal, as running heads."""
    result = list(lines)
    front = takewhile(lambda at: not _begins_part(lines[at].text), range(min(len(lines), 2 * _TOP)))
    top = [at for at in front if not lines[at].debris][:_TOP]
    # The last line is none: something is below it.
    for at in top[:-1]:
        above = at > 0 and result[at - 1].debris == "running head"
        if read_journal_line(lines[at].text) or (above and is_running_head(lines[at].text)):
            result[at] = replace(lines[at], debris="running head")
    return result


def _begins_part(text: str) -> bool:
    label = read_label(text)
    return is_body_name(text) or (label is not None and label.part in _MAIN_PARTS)


def read_journal_line(text: str) -> Reference | None:
    """The journal, year, volume, issue and pages that a line states; None if it is other text."""
    shown = without_superscripts(text).strip()
    begins = _NAME.match(shown) if len(shown) <= _MAX_LINE else None
    if begins is None or not _CAPITAL.match(shown) or read_matter_kind(shown, front=False):
        return None
    numbers = shown[begins.end() :]
    bare = _ADDRESS.sub("", numbers)
    date = _DATE.search(bare)
    rest = _COUNT.sub("", _DATE.sub(";", bare, count=1) if date else bare)
    volume, issue, pages = _VOLUME_NAME.search(bare), _ISSUE_NAME.search(rest), _PAGES.search(rest)
    for pattern in (_VOLUME_NAME, _VOLUME_WORD, _ISSUE_NAME, _PAGES):
        rest = pattern.sub(" ", rest)
    plain = (_NAMED if volume else _PLAIN).search(rest)
    left = rest if plain is None else rest[: plain.start()] + rest[plain.end() :]
    if _SEPARATOR.sub("", left) or not _is_stated(numbers, bare, date, volume or plain):
        return None
    found = plain.groupdict() if plain else {}
    found = {name: value or "" for name, value in found.items()}
    return Reference(
        0,
        "",
        journal=_journal(shown[: begins.end()]),
        year=int(date["last"] or date["first"] or date["bare"]) if date else None,
        volume=volume[1] if volume else found.get("volume", ""),
        issue=issue[1] if issue else found.get("issue", ""),
        pages=re.sub(r"\s", "", pages[1] if pages else found.get("pages", "")),
    )


def _is_stated(
    numbers: str, bare: str, date: re.Match[str] | None, volume: re.Match[str] | None
) -> bool:
    """Whether a line has enough of what only such lines have."""
    if date is None:
        return _WHOLE.search(bare) is not None
    return volume is not None or (bare != numbers and date["bare"] is None)


def _journal(name: str) -> str:
    bare = name.strip(" ,;|(:/")
    return bare if "." in bare[:-1] else bare.rstrip(".")
