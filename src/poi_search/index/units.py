"""Article → units: the passages, table rows, captions and references that can be found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
from poi_search.references import links
from poi_search.references.names import full_name, short_name
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
    stands under (section titles, or a table's caption and header); `within` is the anchor of
    its section, '' for a reference.
    """

    view: UnitView
    parts: tuple[tuple[str, int, int], ...]
    heading: str
    within: str = ""
    markers: tuple[tuple[int, int], ...] = ()
    cited: tuple[Reference, ...] = ()


class _Cited:
    """The references of an article, each labelled once."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.known = {reference.number: reference for reference in article.references}
        self.labels = {number: links.label(each) for number, each in self.known.items()}

    def link(self, number: int, citations: tuple[Citation, ...]) -> CitationLink:
        return CitationLink(
            number=number,
            id=f"{self.article.id}/ref-{number}",
            label=self.labels[number],
            url=reference_url(self.article.id, number),
            places=tuple((c.start, c.end) for c in citations if number in c.numbers),
        )


def article_url(article_id: str) -> str:
    return f"/articles/{quote(article_id, safe='')}"


def reference_url(article_id: str, number: int) -> str:
    return f"{article_url(article_id)}/references/{number}"


def units(article: Article) -> list[Unit]:
    """Every unit of an article: sections with their floats in reading order, then references."""
    cited = _Cited(article)
    body = [unit for placed in _placed(article) for unit in _of_section(*placed, cited)]
    return body + _references(article, body)


def detail(article: Article, found: Sequence[Unit]) -> ArticleDetail:
    """The article as its page and the JSON show it."""
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


def _of_section(section: Section, place: Place, cited: _Cited) -> Iterator[Unit]:
    for block in section.blocks:
        match block:
            case Paragraph():
                title = _titled(section.heading, block.heading)
                unit = _prose("section", block.anchor, title, block.prose, place, cited)
                found: Iterable[Unit] = [replace(unit, heading=_under(*place.path, block.heading))]
            case Figure():
                title = f"{block.label} · {section.heading}"
                found = [_prose("figure", block.anchor, title, block.caption, place, cited)]
            case Table():
                found = _of_table(block, place, cited)
        yield from (replace(unit, within=section.anchor) for unit in found)


def _of_table(table: Table, place: Place, cited: _Cited) -> Iterator[Unit]:
    about = (table.caption.text, *table.header)
    if not table.rows and table.caption.text:
        yield _prose("table", table.anchor, table.label, table.caption, place, cited)
    for position, row in enumerate(table.rows, 1):
        prose, spans = joined(row)
        title = f"{table.label}, row {position}"
        unit = _prose("table", row.anchor, title, prose, place, cited)
        cells = tuple(cell.text for cell in row.cells)
        shown = TableView(table.label, table.caption.text, table.header, cells, spans)
        yield replace(
            unit,
            view=structs.replace(unit.view, table=shown),
            parts=tuple(("body", start, end) for start, end in spans),
            heading=_under(*about, row.group, place.title),
        )
    if table.notes:
        note, title = table.notes, f"{table.label}, notes"
        unit = _prose("table", note.anchor, title, note.prose, place, cited)
        yield replace(unit, heading=_under(*about, place.title))


def _titled(*titles: str) -> str:
    return ": ".join(filter(None, titles))


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


def _prose(kind: Kind, anchor: str, title: str, prose: Prose, place: Place, cited: _Cited) -> Unit:
    every = dict.fromkeys(n for citation in prose.citations for n in citation.numbers)
    numbers = [number for number in every if number in cited.known]
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
        citations=tuple(cited.link(number, prose.citations) for number in numbers),
    )
    return Unit(
        view=view,
        parts=(("body", 0, len(prose.text)),),
        heading=_under(*place.path),
        markers=tuple((c.start, c.end) for c in prose.citations),
        cited=tuple(cited.known[number] for number in numbers),
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
    start = reference.text.find(reference.title) if reference.title else -1
    if start < 0:
        return (("body", 0, len(text)),)
    end, entry = start + len(reference.title), len(reference.text)
    parts = (("author", 0, start), ("body", start, end), ("source", end, entry))
    return tuple(p for p in (*parts, ("body", entry, len(text))) if p[1] < p[2])


def _placed(article: Article) -> Iterator[tuple[Section, Place]]:
    """Each section with the headings above it, found by level in reading order."""
    above: list[Section] = []
    for section in article.sections:
        while above and above[-1].level >= section.level:
            above.pop()
        above.append(section)
        path = tuple(each.heading for each in above)
        yield section, Place(section.number, section.heading, path)


def table_anchor(anchor: str) -> str:
    """The table that a row or its notes belong to: 't1' of 't1-r4' and 't1-notes'; else ''."""
    found = re.fullmatch(r"(t\d+)-(?:r\d+|notes)", anchor)
    return found[1] if found else ""
