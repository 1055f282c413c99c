"""Article → units: the passages, table rows, captions and references that a search can find."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from msgspec import structs

from poi_search.article import (
    Article,
    Citation,
    Figure,
    Paragraph,
    Prose,
    Reference,
    Row,
    Section,
    Table,
)
from poi_search.index.unit_headings import (
    UnitHeading,
    row_headings,
    section_headings,
    subject_headings,
)
from poi_search.index.unit_pages import unit_pages
from poi_search.readers.citations import printed_spans
from poi_search.references import links
from poi_search.references.names import full_name, short_name
from poi_search.results import (
    ArticleDetail,
    ArticleIdentifiers,
    CitationLink,
    Kind,
    Links,
    Mark,
    Place,
    ReferenceView,
    SectionView,
    TableView,
    UnitLink,
    UnitView,
)

CELL_BREAK = " | "


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit before analysis.

    `parts` are spans of the text with the field in which each is searched; `headings` are the
    texts above it (section titles, or the caption and header of a table); `within` is the anchor
    of its section, '' for a reference; `cited` holds the references it cites; `paper` is the
    reference itself, if the unit is one.
    """

    view: UnitView
    parts: tuple[tuple[str, int, int], ...]
    headings: tuple[UnitHeading, ...]
    within: str = ""
    markers: tuple[tuple[int, int], ...] = ()
    cited: tuple[Reference, ...] = ()
    paper: Reference | None = None


class _Cited:
    """The references of an article with their labels."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.known = {reference.number: reference for reference in article.references}
        self.labels = {number: links.label(each) for number, each in self.known.items()}

    def links(self, prose: Prose) -> tuple[CitationLink, ...]:
        """A link for each known reference that is cited, in order of first mention."""
        places: dict[int, list[Mark]] = {}
        printed: dict[int, list[Mark]] = {}
        for start, end, numbers in ((c.start, c.end, c.numbers) for c in prose.citations):
            known = [number for number in numbers if number in self.known]
            for number, span in printed_spans(prose.text[start:end], known).items():
                places.setdefault(number, []).append((start, end))
                printed.setdefault(number, []).append((start + span[0], start + span[1]))
        cited = dict.fromkeys(n for c in prose.citations for n in c.numbers if n in places)
        return tuple(
            CitationLink(
                number=number,
                id=f"{self.article.id}/ref-{number}",
                label=self.labels[number],
                url=reference_url(self.article.id, number),
                places=tuple(places[number]),
                printed=tuple(printed[number]),
                retracted=self.known[number].retracted,
            )
            for number in cited
        )


def article_url(article_id: str) -> str:
    return f"/articles/{quote(article_id, safe='')}"


def reference_url(article_id: str, number: int) -> str:
    return f"{article_url(article_id)}/references/{number}"


def units(article: Article) -> list[Unit]:
    """All units of an article: sections with their floats in reading order, then references."""
    cited = _Cited(article)
    body = [
        unit for placed in _sections_with_places(article) for unit in _section_units(*placed, cited)
    ]
    pages = unit_pages(article)
    found = _with_identifiers(article, body) + _references(article, body)
    return [_with_page(unit, pages) for unit in found] if pages else found


def _with_page(unit: Unit, pages: Mapping[str, int]) -> Unit:
    page = pages.get(unit.view.anchor)
    return replace(unit, view=structs.replace(unit.view, page=page)) if page else unit


def _with_identifiers(article: Article, body: list[Unit]) -> list[Unit]:
    """The units, of which the first one bears the identifiers of the article."""
    known = ArticleIdentifiers(article.doi, article.pmid, article.pmcid)
    if not body or not (known.doi or known.pmid or known.pmcid):
        return body
    first, *rest = body
    return [replace(first, view=structs.replace(first.view, identifiers=known)), *rest]


def detail(article: Article, found: Sequence[Unit]) -> ArticleDetail:
    """The outline of an article, as shown by its page and the API."""
    counts: Counter[str] = Counter(unit.view.kind for unit in found)
    held: dict[str, list[str]] = {section.anchor: [] for section in article.sections}
    for unit in found:
        if unit.within:
            held[unit.within].append(unit.view.anchor)
    return ArticleDetail(
        id=article.id,
        title=article.title,
        authors=tuple(full_name(author.name) for author in article.authors),
        journal=article.journal,
        year=article.year,
        doi=article.doi,
        licence=article.licence.name or article.licence.text,
        url=article_url(article.id),
        counts=dict(counts),
        sections=tuple(
            SectionView(s.anchor, s.number, s.heading, s.level, tuple(held[s.anchor]))
            for s in article.sections
        ),
        anchors=tuple(unit.view.anchor for unit in found),
    )


def _section_units(section: Section, place: Place, cited: _Cited) -> Iterator[Unit]:
    for block in section.blocks:
        match block:
            case Paragraph():
                title = _join_titles(section.heading, block.heading)
                unit = _prose("section", block.anchor, title, block.prose, place, cited)
                found: Iterable[Unit] = [
                    replace(unit, headings=section_headings(place, block.heading))
                ]
            case Figure():
                title = f"{block.label} · {section.heading}"
                found = [_prose("figure", block.anchor, title, block.caption, place, cited)]
            case Table():
                found = _table_units(block, place, cited)
        yield from (replace(unit, within=section.anchor) for unit in found)


def _table_units(table: Table, place: Place, cited: _Cited) -> Iterator[Unit]:
    if not table.rows and table.caption.text:
        yield _prose("table", table.anchor, table.label, table.caption, place, cited)
    for position, row in enumerate(table.rows, 1):
        prose, spans = join_cells(row)
        title = f"{table.label}, row {position}"
        unit = _prose("table", row.anchor, title, prose, place, cited)
        cells = tuple(cell.text for cell in row.cells)
        shown = TableView(table.label, table.caption.text, table.header, cells, spans, row.group)
        yield replace(
            unit,
            view=structs.replace(unit.view, table=shown),
            parts=tuple(("body", start, end) for start, end in spans),
            headings=row_headings(table, place, row.group),
        )
    if table.notes:
        note, title = table.notes, f"{table.label}, notes"
        unit = _prose("table", note.anchor, title, note.prose, place, cited)
        yield replace(unit, headings=row_headings(table, place))


def _join_titles(*titles: str) -> str:
    return ": ".join(filter(None, titles))


def join_cells(row: Row) -> tuple[Prose, tuple[tuple[int, int], ...]]:
    """The cells of a row as one text, and the span of each cell in it."""
    text, spans, citations = "", [], []
    for position, cell in enumerate(row.cells):
        text += CELL_BREAK if position else ""
        start = len(text)
        text += cell.text
        spans.append((start, len(text)))
        citations += [Citation(start + c.start, start + c.end, c.numbers) for c in cell.citations]
    return Prose(text, tuple(citations)), tuple(spans)


def _prose(kind: Kind, anchor: str, title: str, prose: Prose, place: Place, cited: _Cited) -> Unit:
    citations = cited.links(prose)
    article_id = cited.article.id
    view = UnitView(
        id=f"{article_id}/{anchor}",
        kind=kind,
        article=article_id,
        anchor=anchor,
        url=f"{article_url(article_id)}#{anchor}",
        title=title,
        section=place,
        text=prose.text,
        citations=citations,
    )
    return Unit(
        view=view,
        parts=(("body", 0, len(prose.text)),),
        headings=section_headings(place),
        markers=tuple((c.start, c.end) for c in prose.citations),
        cited=tuple(cited.known[link.number] for link in citations),
    )


def _references(article: Article, body: list[Unit]) -> list[Unit]:
    citing: dict[int, list[UnitLink]] = {}
    for unit in body:
        link = UnitLink(unit.view.id, unit.view.url, unit.view.title)
        for citation in unit.view.citations:
            citing.setdefault(citation.number, []).append(link)
    return [
        _reference(article.id, reference, tuple(citing.get(reference.number, ())))
        for reference in article.references
    ]


def _reference(article_id: str, reference: Reference, cited_by: tuple[UnitLink, ...]) -> Unit:
    anchor = f"ref-{reference.number}"
    text = reference.text + (f"\n\n{reference.abstract}" if reference.abstract else "")
    shown = ReferenceView(
        **structs.asdict(reference),
        authors=tuple(map(short_name, reference.names)),
        links=Links(links.pubmed(reference), links.doi(reference), links.scholar(reference)),
        cited_by=cited_by,
        retracted=reference.retracted,
    )
    view = UnitView(
        id=f"{article_id}/{anchor}",
        kind="reference",
        article=article_id,
        anchor=anchor,
        url=f"{article_url(article_id)}#{anchor}",
        title=f"[{reference.number}] {links.label(reference)}",
        section=None,
        text=text,
        citations=(),
        reference=shown,
    )
    parts = _reference_parts(reference, text)
    return Unit(view, parts, subject_headings(reference.headings), paper=reference)


def _reference_parts(reference: Reference, text: str) -> tuple[tuple[str, int, int], ...]:
    """Authors, title and source of a printed entry; all of it is body if the title is unknown."""
    start = reference.text.find(reference.title) if reference.title else -1
    if start < 0:
        return (("body", 0, len(text)),)
    end, entry = start + len(reference.title), len(reference.text)
    parts = (("author", 0, start), ("body", start, end), ("source", end, entry))
    return tuple(p for p in (*parts, ("body", entry, len(text))) if p[1] < p[2])


def _sections_with_places(article: Article) -> Iterator[tuple[Section, Place]]:
    """Each section with the headings above it, determined by level in reading order."""
    above: list[Section] = []
    for section in article.sections:
        while above and above[-1].level >= section.level:
            above.pop()
        above.append(section)
        path = tuple(each.heading for each in above)
        yield section, Place(section.number, section.heading, path, section.anchor)


def table_anchor(anchor: str) -> str:
    """The anchor of the table of a row or notes: 't1' for 't1-r4', 't1.2' for 't1.2-notes'."""
    found = re.fullmatch(r"(t\d+(?:\.\d+)?)-(?:r\d+|notes)", anchor)
    return found[1] if found else ""
