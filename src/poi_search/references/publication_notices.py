"""Notices on a paper that appeared after it: retractions, corrections, expressions of concern.

PubMed's records cite such a notice in a field of its own, in the words 'Retraction in' on its
pages, and publishers put 'RETRACTED ARTICLE:' before the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import structs

from poi_search.article import NoticeKind, PublicationNotice, Reference
from poi_search.references.identifiers import (
    doi_key,
    doi_url,
    pubmed_url,
    take_identifiers,
)
from poi_search.text.typography import one_line

RETRACTED = "Retracted Publication"
"""PubMed's type of a paper that was retracted."""
_LABELS: Mapping[str, NoticeKind] = {
    "retraction": "retraction", "retracted and republished": "retraction",
    "partial retraction": "partial retraction", "erratum": "correction",
    "correction": "correction", "corrected and republished": "correction",
    "expression of concern": "concern",
}  # fmt: skip
_WORDS: Mapping[NoticeKind, str] = {
    "retraction": "Retracted",
    "partial retraction": "Partly retracted",
    "correction": "Corrected",
    "concern": "Expression of concern",
}
_KINDS = {word: kind for kind, word in _WORDS.items()}
_CITED = re.compile(rf"({'|'.join(_LABELS)}) in\b:?\s*(.*)", re.IGNORECASE | re.DOTALL)
_STATED = re.compile(
    rf"({'|'.join(_KINDS)})(?: \((\d{{4}}(?:-\d\d){{0,2}})\))?(?:[.;](.*))?", re.DOTALL
)
_TITLE = re.compile(r"\[?RETRACTED(?: (?:ARTICLE|PAPER|CHAPTER))?(?:\]:?|:\]?)\s*", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"\b(?P<year>(?:19|20)\d\d)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?!\d)"
    rf"|\s+(?P<name>{'|'.join(_MONTHS)})[a-z]*(?:\s+(?P<of>\d{{1,2}})\b)?)?",
    re.IGNORECASE,
)


def cited_notice(kind: NoticeKind, citation: str, pmid: str = "") -> PublicationNotice:
    """The notice that a record cites: 'Lancet. 2010 Feb 6;375:445. doi: 10.… PMID: …'."""
    found, rest = take_identifiers(one_line(citation))
    source = rest.rstrip(" .;,")
    return PublicationNotice(kind, _date(source), found.doi, pmid or found.pmid, source)


def noticed_work(notice: Reference, date: str, link: PublicationNotice) -> Reference:
    """What the record of a `notice` of this date says of a work: only that there is the notice."""
    stated = PublicationNotice(link.kind, _date(date), notice.doi, notice.pmid)
    return Reference(0, link.source, pmid=link.pmid, doi=link.doi, notices=(stated,))


def stated_notice(text: str) -> PublicationNotice | None:
    """The notice that a note states: 'Retraction in: Lancet. 2010 …', 'Retracted (2010-02-06)'."""
    text = text.strip()
    if cited := _CITED.match(text):
        return cited_notice(_LABELS[cited[1].lower()], cited[2])
    if not (stated := _STATED.fullmatch(text)):
        return None
    found, _ = take_identifiers(stated[3] or "")
    return PublicationNotice(_KINDS[stated[1]], stated[2] or "", found.doi, found.pmid)


def bare_title(title: str) -> str:
    """A title without the words 'RETRACTED ARTICLE:' before it."""
    return _TITLE.sub("", title, count=1) if _TITLE.match(title) else title


def with_retraction(
    notices: Iterable[PublicationNotice], retracted: bool
) -> tuple[PublicationNotice, ...]:
    """The notices, with one of a retraction if a paper is said to be `retracted`."""
    return merge_notices(notices, (PublicationNotice("retraction"),) if retracted else ())


def merge_notices(
    notices: Iterable[PublicationNotice], others: Iterable[PublicationNotice]
) -> tuple[PublicationNotice, ...]:
    """Both, with those of one kind that contradict each other in nothing as one notice."""
    merged: list[PublicationNotice] = []
    for notice in (*notices, *others):
        at = next((at for at, one in enumerate(merged) if _may_be_same(one, notice)), None)
        if at is None:
            merged.append(notice)
        else:
            merged[at] = _filled(merged[at], notice)
    return tuple(merged)


def notice_date(notice: PublicationNotice) -> str:
    """'Retracted (2022-10-13)'; 'Retracted' if no date is known."""
    return _WORDS[notice.kind] + (f" ({notice.date})" if notice.date else "")


def notice_address(notice: PublicationNotice) -> str:
    """The address of the notice, by DOI or PMID; '' if neither is known."""
    return doi_url(notice.doi) or pubmed_url(notice.pmid)


def notice_line(notice: PublicationNotice) -> str:
    """'Retracted (2022-10-13). Notice: https://doi.org/… PMID: …'; `stated_notice` reads it."""
    known = (doi_url(notice.doi), f"PMID: {notice.pmid}" if notice.pmid else "")
    where = " ".join(filter(None, known))
    return f"{notice_date(notice)}. Notice: {where}" if where else notice_date(notice)


def _may_be_same(one: PublicationNotice, other: PublicationNotice) -> bool:
    if one.kind != other.kind:
        return False
    pairs = ((doi_key(one.doi), doi_key(other.doi)), (one.pmid, other.pmid))
    if any(a and b and a != b for a, b in pairs):
        return False
    return one.date.startswith(other.date) or other.date.startswith(one.date)


def _filled(one: PublicationNotice, other: PublicationNotice) -> PublicationNotice:
    date = max(one.date, other.date, key=len)
    names = ("doi", "pmid", "source")
    known = {name: getattr(one, name) or getattr(other, name) for name in names}
    return structs.replace(one, date=date, **known)


def _date(citation: str) -> str:
    """The date in a citation of PubMed, as far as it is given: '2022-10-13', '2022-10', '2022'."""
    found = _DATE.search(citation)
    if not found:
        return ""
    month = int(found["month"] or 0)
    if found["name"]:
        month = _MONTHS.index(found["name"].lower()) + 1
    day = int(found["day"] or found["of"] or 0)
    parts = [found["year"], *([f"{month:02}"] if month else []), *([f"{day:02}"] if day else [])]
    return "-".join(parts)
