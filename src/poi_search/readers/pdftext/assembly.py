"""Manuscript → sections with numbers and anchors, and floats where they are first mentioned."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest

from poi_search.article import (
    Abbreviation,
    Block,
    Figure,
    Paragraph,
    Prose,
    Row,
    Section,
    Table,
)
from poi_search.readers.drafts import Draft, Slugs, number_floats
from poi_search.readers.pdftext import headings
from poi_search.readers.pdftext.captions import (
    FloatKind,
    find_mentions,
    read_caption_definitions,
    read_definitions,
)
from poi_search.readers.pdftext.chapter_numbers import number_chapters
from poi_search.readers.pdftext.citing_style import (
    CitingStyle,
    find_unknown_markers,
    is_reference_column,
    make_prose,
    read_bare_numbers,
)
from poi_search.readers.pdftext.manuscript import Chapter, Manuscript, Passage, PrintedFloat
from poi_search.readers.pdftext.part_labels import ArticlePart
from poi_search.readers.pdftext.tables import TextGrid, TextRow, read_text_grid


class Assembly:
    """Assigns anchors to the parts of a manuscript and turns its text into prose."""

    def __init__(self, manuscript: Manuscript, style: CitingStyle) -> None:
        self.abbreviations: list[Abbreviation] = []
        self._manuscript = manuscript
        self._ledger = manuscript.ledger
        self._style = style
        self._drafts: list[Draft] = []
        self._slugs = Slugs()

    def sections(self) -> tuple[Section, ...]:
        body = self._manuscript.body
        name_floats(self._manuscript.floats())
        self._add_front()
        self._report_gaps()
        for chapter, place, items in zip(
            body, number_chapters(body), place_floats(body), strict=True
        ):
            self._add_chapter(chapter, place, items)
        for chapter in self._manuscript.back:
            self._add_back(chapter)
        return tuple(draft.section() for draft in self._drafts)

    # Text

    def _prose(self, text: str, anchor: str) -> Prose:
        prose = make_prose(text, self._style)
        for problem in find_unknown_markers(prose.text, self._style.known):
            self._manuscript.report("warning", anchor, problem)
        return prose

    def _paragraph(self, passage: Passage, anchor: str) -> Paragraph:
        self._ledger.record(passage.lines, anchor)
        return Paragraph(anchor, self._prose(passage.text, anchor), passage.heading)

    def _add_section(
        self, draft: Draft, items: Iterable[Passage | PrintedFloat], heading_lines: Iterable[int]
    ) -> None:
        self._drafts.append(draft)
        paragraphs = 0
        for item in items:
            if isinstance(item, Passage):
                paragraphs += 1
                draft.blocks.append(self._paragraph(item, f"{draft.anchor}-p{paragraphs}"))
            else:
                draft.blocks.append(self._float(item))
        self._ledger.record(heading_lines, draft.anchor)

    # Front and back matter

    def _add_front(self) -> None:
        manuscript = self._manuscript
        if manuscript.abstract:
            draft = Draft(self._slugs.slug("abstract"), title="Abstract")
            self._add_section(draft, manuscript.abstract, ())
        for part in (ArticlePart.KEYWORDS, ArticlePart.ABBREVIATIONS):
            if passage := manuscript.lists.get(part):
                title = part.value.capitalize()
                anchor = self._slugs.slug(title)
                blocks: list[Block] = [self._paragraph(passage, anchor)]
                self._drafts.append(Draft(anchor, title=title, blocks=blocks))
        if passage := manuscript.lists.get(ArticlePart.ABBREVIATIONS):
            self.abbreviations += read_definitions(passage.text, "abbreviations")
        for anchor, lines in manuscript.labels.items():
            self._ledger.record(lines, anchor)

    def _add_back(self, chapter: Chapter) -> None:
        title = chapter.heading.title
        anchor = self._slugs.slug(re.sub("['’]", "", title))
        self._add_section(Draft(anchor, title=title), chapter.items, chapter.lines)

    # The body

    def _add_chapter(
        self, chapter: Chapter, place: tuple[int, ...], items: list[Passage | PrintedFloat]
    ) -> None:
        number = ".".join(map(str, place))
        heading = chapter.heading
        draft = Draft(f"s{number}", number, heading.label, heading.title, len(place))
        self._add_section(draft, items, chapter.lines)

    def _report_gaps(self) -> None:
        before: tuple[int, ...] = ()
        for chapter in self._manuscript.body:
            place = chapter.heading.place
            if before and place and not headings.follows(place, before):
                message = f"section {chapter.heading.label} does not follow the section before it"
                self._manuscript.report("warning", f"line {chapter.lines[0]}", message)
            before = place or before

    # Floats

    def _float(self, one: PrintedFloat) -> Block:
        caption = self._prose(one.text, one.anchor)
        self._ledger.record(one.lines, one.anchor)
        self.abbreviations += read_caption_definitions(one.text, one.anchor)
        if one.caption.kind == "figure":
            return Figure(one.anchor, one.caption.label, caption)
        return self._table(one, caption, read_text_grid(one.rows))

    def _table(self, one: PrintedFloat, caption: Prose, grid: TextGrid) -> Table:
        anchor = one.anchor
        if not grid.sure:
            message = (
                "the columns of this table could not be recognised; each line is kept as a row"
            )
            self._manuscript.report("warning", anchor, message)
        if not grid.rows:
            self._manuscript.report("warning", anchor, "no rows found for this table")
        rows = tuple(
            self._row(row, f"{anchor}-r{number}", grid.header)
            for number, row in enumerate(grid.rows, 1)
        )
        known = self._ledger.where
        self._ledger.record([line.number for line in one.rows if line.number not in known], anchor)
        notes = self._paragraph(one.notes, f"{anchor}-notes") if one.notes else None
        self.abbreviations += (
            read_definitions(one.notes.text, f"{anchor}-notes") if one.notes else ()
        )
        self._report_rows_without_citation(rows)
        return Table(anchor, one.caption.label, caption, grid.header, rows, notes)

    def _row(self, row: TextRow, anchor: str, header: tuple[str, ...]) -> Row:
        self._ledger.record(row.lines, anchor)
        named = zip_longest(row.cells, header, fillvalue="")
        proses = (
            (read_bare_numbers(cell, self._style) if is_reference_column(name) else None)
            or self._prose(cell, anchor)
            for cell, name in named
        )
        return Row(anchor, tuple(proses))

    def _report_rows_without_citation(self, rows: tuple[Row, ...]) -> None:
        """Report rows without a citation in a table where most rows have one."""
        bare = [row for row in rows if not any(cell.citations for cell in row.cells)]
        for row in bare if 2 * len(bare) < len(rows) else ():
            message = "this row cites nothing, unlike the others of its table"
            self._manuscript.report("notice", row.anchor, message)


def name_floats(floats: list[PrintedFloat]) -> None:
    """Set the anchors of figures (`f2`) and tables (`t1`)."""
    for kind in ("figure", "table"):
        group = [one for one in floats if one.caption.kind == kind]
        numbers = number_floats(one.caption.number or 0 for one in group)
        for one, number in zip(group, numbers, strict=True):
            one.anchor = f"{kind[0]}{number}"


def place_floats(body: list[Chapter]) -> list[list[Passage | PrintedFloat]]:
    """The items of each chapter, each float after the paragraph that first mentions it.

    A float that is never mentioned keeps its printed place.
    """
    first: dict[tuple[FloatKind, int | None], tuple[int, int]] = {}
    for at, chapter in enumerate(body):
        for index, item in enumerate(chapter.items):
            for name in find_mentions(item.text) if isinstance(item, Passage) else ():
                first.setdefault(name, (at, index))
    placed: list[tuple[tuple[int, int], Passage | PrintedFloat]] = []
    for at, chapter in enumerate(body):
        place = (at, -1)
        for index, item in enumerate(chapter.items):
            if isinstance(item, Passage):
                place = (at, index)
                placed.append((place, item))
            else:
                placed.append((first.get((item.caption.kind, item.caption.number), place), item))
    placed.sort(key=lambda one: (one[0], isinstance(one[1], PrintedFloat)))
    chapters: list[list[Passage | PrintedFloat]] = [[] for _ in body]
    for (at, _), item in placed:
        chapters[at].append(item)
    return chapters
