"""Journal, year, volume and pages of an article, from its own citation or its running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from poi_search.article import Author, Dated, Reference
from poi_search.readers.pdftext.journal_line import read_journal_line
from poi_search.readers.pdftext.lines import PrintedLine
from poi_search.readers.pdftext.manuscript import Chapter, Manuscript
from poi_search.readers.pdftext.plain_text import without_superscripts
from poi_search.references.identifiers import find_doi
from poi_search.references.printed_entries import parse_entry

_CITE_LABEL = re.compile(
    r"^(?:how to cite(?: this (?:article|paper))?|(?:please )?cite this (?:article|paper)(?: as)?"
    r"|cite as|to cite this (?:article|paper)|citation)\s*:?\s*",
    re.IGNORECASE,
)
_AUTHOR_BEFORE = re.compile(r"^(?:\d+\s+)?(?:.{2,40}? et al\.?\s*[•|:,.]?\s*)?")
# A digit may be part of a word: F1000Research.
_JOURNAL = r"(?P<journal>[A-Z](?:[^()\d|•]|(?<=[A-Za-z])\d{1,4}(?=[A-Za-z])){2,70}?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PAGES = r"(?P<pages>[A-Za-z]?\d[\w]*(?:\s?[–-]\s?\d+)?)"
_RUNNING = (
    # `Medicine (2022) 101:32`, `Int. J. Examples 2020, 12, 345`
    re.compile(
        rf"{_JOURNAL}[\s,|]*\(?{_YEAR}\)?\s*+(?:[,;]\s*+)?(?P<volume>\d{{1,4}})\s*[:,(]\s*{_PAGES}"
    ),
    # `Journal of Synthetic Biology 14 (2019) 101–110`
    re.compile(rf"{_JOURNAL}\s(?P<volume>\d{{1,4}})\s*\({_YEAR}\)\s*{_PAGES}"),
    re.compile(rf"{_JOURNAL}[\s,|]*\({_YEAR}\)"),
)


_STATED = ("journal", "year", "volume", "issue", "pages")
_YEAR_ALONE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PART_OF_ARTICLE = re.compile(r"[./][tgs]\d{1,3}$")
_COPYRIGHT_YEAR = re.compile(
    rf"(?:©|\(c\)|\bcopyright\b|\bThe Authors?(?:\(s\))?)[^\d]{{0,60}}{_YEAR}(?!\d)",
    re.IGNORECASE,
)
_VOLUME_YEAR = re.compile(rf"\bvol(?:ume)?\.? [^()]{{0,20}}{_YEAR}(?!\d)", re.IGNORECASE)


def find_citation(citation: str, lines: list[PrintedLine]) -> Reference:
    """The article as a reference, from its own `citation`, else from its running heads."""
    own = parse_entry(1, _CITE_LABEL.sub("", citation))
    if own.journal:
        return own
    heads = Counter(
        without_superscripts(line.text) for line in lines if line.debris == "running head"
    )
    stated = next(filter(None, map(read_journal_line, heads)), None)
    if stated is not None:
        return replace(
            own, **{name: getattr(own, name) or getattr(stated, name) for name in _STATED}
        )
    texts = (_AUTHOR_BEFORE.sub("", text) for text, _ in heads.most_common())
    matches = (pattern.match(text) for text in texts for pattern in _RUNNING)
    match = next(filter(None, matches), None)
    if match is None:
        return own
    return replace(
        own,
        journal=match["journal"].strip(" ,|®\ufffd"),
        year=own.year or int(match["year"]),
        volume=match.groupdict().get("volume", ""),
        pages=match.groupdict().get("pages", ""),
    )


def without_authors(journal: str, authors: Iterable[Author]) -> str:
    """The name of a journal without the authors before it: `Doe and Evans Journal of Cells`."""
    families = "|".join(re.escape(author.name.family) for author in authors if author.name.family)
    if not families:
        return journal
    before = rf"(?:{families})(?:,? (?:and|&) (?:{families})| et al\.?,?)?[.:]? (?=[A-Z])"
    return re.sub(f"^{before}", "", journal)


def top_texts(manuscript: Manuscript, lines: list[PrintedLine]) -> list[str]:
    """The running heads, and what is printed above the text of the body."""
    body = (number for chapter in manuscript.body for number in _chapter_lines(chapter))
    end = min(body, default=0)
    heads = [line for line in lines if line.debris == "running head"]
    above = [line for line in lines if line.number < end and not line.debris]
    return [without_superscripts(line.text) for line in (*heads, *above)]


def _chapter_lines(chapter: Chapter) -> list[int]:
    return [*chapter.lines, *(number for item in chapter.items for number in item.lines)]


def first_doi(texts: Iterable[str]) -> str:
    """The first DOI that is not the one of a table, figure or supplement."""
    found = filter(None, map(find_doi, texts))
    return next((doi for doi in found if not _PART_OF_ARTICLE.search(doi)), "")


def stated_year(dates: Iterable[Dated], texts: Iterable[str]) -> int | None:
    """The year of publication: that of the date, of the copyright notice, of the volume."""
    for dated in dates:
        if dated.event.startswith(("published", "first published", "available online", "advance")):
            return int(_YEAR_ALONE.findall(dated.date)[-1])
    texts = list(texts)
    for pattern in (_COPYRIGHT_YEAR, _VOLUME_YEAR):
        found = next(filter(None, map(pattern.search, texts)), None)
        if found:
            return int(found["year"])
    accepted = [one for one in dates if one.event.startswith("accepted")]
    return int(_YEAR_ALONE.findall(accepted[0].date)[-1]) if accepted else None
