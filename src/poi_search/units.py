"""Article → units: the passages, table rows, captions and references that can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from msgspec import structs

from poi_search import links
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
from poi_search.results import (
    ArticleDetail,
    CitationLink,
    Kind,
    Links,
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
    """A unit before it is analysed.

    `parts` are the spans of the text by the field they are searched in; `heading` is what it
    stands under (section titles, or a table's caption and header).
    """

    view: UnitView
    parts: tuple[tuple[str, int, int], ...]
    heading: str
    markers: tuple[tuple[int, int], ...] = ()
    cited: tuple[Reference, ...] = ()


def article_url(article_id: str) -> str:
    return f"/articles/{quote(article_id, safe='')}"


def reference_url(article_id: str, number: int) -> str:
    return f"{article_url(article_id)}/references/{number}"


def units(article: Article) -> list[Unit]:
    """Every unit of an article: sections with their floats in reading order, then references."""
    body = [unit for section in article.sections for unit in _of_section(article, section)]
    return body + _references(article, body)


def detail(article: Article, found: list[UnitView]) -> ArticleDetail:
    """The article as its page and the JSON show it."""
    counts: dict[str, int] = {}
    for view in found:
        counts[view.kind] = counts.get(view.kind, 0) + 1
    held: dict[str, list[str]] = {section.anchor: [] for section in article.sections}
    for section in article.sections:
        held[section.anchor] += [unit.view.anchor for unit in _of_section(article, section)]
    return ArticleDetail(
        id=article.id,
        title=article.title,
        authors=tuple(author.name for author in article.authors),
        journal=article.journal,
        year=article.year,
        doi=article.doi,
        licence=article.licence.name or article.licence.text,
        url=article_url(article.id),
        counts=counts,
        sections=tuple(
            SectionView(s.anchor, s.number, s.heading, s.level, tuple(held[s.anchor]))
            for s in article.sections
        ),
        anchors=tuple(view.anchor for view in found),
    )


def _of_section(article: Article, section: Section) -> Iterator[Unit]:
    place = _place(article, section)
    for block in section.blocks:
        match block:
            case Paragraph():
                title = ": ".join(filter(None, (section.heading, block.heading)))
                unit = _prose(article, "section", block.anchor, title, block.prose, place)
                yield replace(unit, heading=_under(*place.path, block.heading))
            case Figure():
                heading = f"{block.label} · {section.heading}"
                yield _prose(article, "figure", block.anchor, heading, block.caption, place)
            case Table():
                yield from _of_table(article, block, place)


def _of_table(article: Article, table: Table, place: Place) -> Iterator[Unit]:
    about = (table.caption.text, *table.header)
    if not table.rows and table.caption.text:
        yield _prose(article, "table", table.anchor, table.label, table.caption, place)
    for position, row in enumerate(table.rows, 1):
        prose, spans = joined(row)
        unit = _prose(article, "table", row.anchor, f"{table.label}, row {position}", prose, place)
        cells = tuple(cell.text for cell in row.cells)
        shown = TableView(table.label, table.caption.text, table.header, cells, spans)
        yield replace(
            unit,
            view=structs.replace(unit.view, table=shown),
            parts=tuple(("body", start, end) for start, end in spans),
            heading=_under(*about, row.group, place.title),
        )
    if table.notes:
        note = table.notes
        unit = _prose(article, "table", note.anchor, f"{table.label}, notes", note.prose, place)
        yield replace(unit, heading=_under(*about, place.title))


def _under(*headings: str) -> str:
    """What a unit stands under, as one text in which no name runs from one heading on."""
    return " · ".join(filter(None, headings))


def joined(row: Row) -> tuple[Prose, tuple[tuple[int, int], ...]]:
    """The cells of a row as one text, and where each cell stands in it."""
    text, spans, citations = "", [], []
    for position, cell in enumerate(row.cells):
        text += CELL_BREAK if position else ""
        start = len(text)
        text += cell.text
        spans.append((start, len(text)))
        citations += [Citation(start + c.start, start + c.end, c.numbers) for c in cell.citations]
    return Prose(text, tuple(citations)), tuple(spans)


def _prose(
    article: Article, kind: Kind, anchor: str, title: str, prose: Prose, place: Place
) -> Unit:
    numbers = dict.fromkeys(n for citation in prose.citations for n in citation.numbers)
    known = {reference.number: reference for reference in article.references}
    view = UnitView(
        id=f"{article.id}/{anchor}",
        kind=kind,
        article=article.id,
        anchor=anchor,
        url=f"{article_url(article.id)}#{anchor}",
        title=title,
        section=place,
        text=prose.text,
        citations=tuple(
            _citation(article.id, known[n], prose.citations) for n in numbers if n in known
        ),
    )
    return Unit(
        view=view,
        parts=(("body", 0, len(prose.text)),),
        heading=_under(*place.path),
        markers=tuple((c.start, c.end) for c in prose.citations),
        cited=tuple(known[n] for n in numbers if n in known),
    )


def _citation(
    article_id: str, reference: Reference, citations: tuple[Citation, ...]
) -> CitationLink:
    number = reference.number
    return CitationLink(
        number=number,
        id=f"{article_id}/ref-{number}",
        label=links.label(reference),
        url=reference_url(article_id, number),
        places=tuple((c.start, c.end) for c in citations if number in c.numbers),
    )


def _references(article: Article, body: list[Unit]) -> list[Unit]:
    citing: dict[int, list[UnitLink]] = {}
    for unit in body:
        for citation in unit.view.citations:
            link = UnitLink(unit.view.id, unit.view.url, unit.view.title)
            citing.setdefault(citation.number, []).append(link)
    return [
        _reference(article.id, reference, tuple(citing.get(reference.number, ())))
        for reference in article.references
    ]


def _reference(article_id: str, reference: Reference, cited_by: tuple[UnitLink, ...]) -> Unit:
    anchor = f"ref-{reference.number}"
    text = reference.text + (f"\n\n{reference.abstract}" if reference.abstract else "")
    shown = ReferenceView(
        number=reference.number,
        authors=reference.authors,
        et_al=reference.et_al,
        title=reference.title,
        journal=reference.journal,
        year=reference.year,
        volume=reference.volume,
        issue=reference.issue,
        pages=reference.pages,
        doi=reference.doi,
        pmid=reference.pmid,
        links=Links(links.pubmed(reference), links.doi(reference), links.scholar(reference)),
        cited_by=cited_by,
        pmcid=reference.pmcid,
        publisher=reference.publisher,
        note=reference.note,
        abstract=reference.abstract,
        headings=reference.headings,
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
    return Unit(view, _reference_parts(reference, text), _under(*reference.headings))


def _reference_parts(reference: Reference, text: str) -> tuple[tuple[str, int, int], ...]:
    """Authors, title and source of a printed entry; all of it is title where none is known."""
    start = text.find(reference.title) if reference.title else -1
    if start < 0:
        return (("body", 0, len(text)),)
    end, entry = start + len(reference.title), len(reference.text)
    parts = (("author", 0, start), ("body", start, end), ("source", end, entry))
    return tuple(p for p in (*parts, ("body", entry, len(text))) if p[1] < p[2])


def _place(article: Article, section: Section) -> Place:
    """The section with the headings above it, found by level in reading order."""
    above: list[Section] = []
    for other in article.sections:
        while above and above[-1].level >= other.level:
            above.pop()
        above.append(other)
        if other is section:
            break
    return Place(section.number, section.heading, tuple(s.heading for s in above))


def table_anchor(anchor: str) -> str:
    """The table that a row or its notes belong to: 't1' of 't1-r4' and 't1-notes'; else ''."""
    found = re.fullmatch(r"(t\d+)-(?:r\d+|notes)", anchor)
    return found[1] if found else ""
