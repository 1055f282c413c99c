"""The sorted parts of an article → its sections, with numbers, anchors and places of floats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from poi_search.article import (
    Abbreviation,
    Block,
    Figure,
    Finding,
    Paragraph,
    Prose,
    Row,
    Section,
    Table,
)
from poi_search.readers.pdftext import headings
from poi_search.readers.pdftext.captions import FloatKind, defined_in_caption, definitions, mentions
from poi_search.readers.pdftext.chapter_numbers import number_chapters
from poi_search.readers.pdftext.citing_style import (
    CitingStyle,
    is_reference_column,
    make_prose,
    numbers_alone,
    unresolved,
)
from poi_search.readers.pdftext.manuscript import Chapter, Manuscript, Passage, PrintedFloat
from poi_search.readers.pdftext.tables import TextGrid, read_grid


@dataclass(slots=True)
class Built:
    """The sections, where each line went, and what came to light on the way."""

    sections: list[Section] = field(default_factory=list)
    abbreviations: list[Abbreviation] = field(default_factory=list)
    where: dict[int, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class Builder:
    """Gives every part its anchor and turns its text into prose."""

    def __init__(self, parts: Manuscript, style: CitingStyle) -> None:
        self._parts = parts
        self._style = style
        self.built = Built()
        self._anchors: dict[int, str] = {}  # of floats, by identity

    def build(self) -> Built:
        self._name_floats()
        self._front()
        body = [chapter for chapter in self._parts.chapters if not chapter.back]
        by_paragraph = self._places(body)
        places = number_chapters(body)
        self._report_gaps(body)
        for chapter, place in zip(body, places, strict=True):
            self._chapter(chapter, place, by_paragraph)
        for chapter in self._parts.chapters:
            if chapter.back:
                self._back(chapter)
        return self.built

    # Text

    def _prose(self, text: str, anchor: str) -> Prose:
        prose = make_prose(text, self._style)
        for marker in unresolved(prose.text, self._style.known) if self._style.known else ():
            message = f"{marker} names no reference of the list"
            self.built.findings.append(Finding("warning", anchor, message))
        return prose

    def _went(self, lines: list[int] | tuple[int, ...], anchor: str) -> None:
        for number in lines:
            anchors = self.built.where.setdefault(number, [])
            if anchor not in anchors:
                anchors.append(anchor)

    def _paragraph(self, passage: Passage, anchor: str) -> Paragraph:
        self._went(passage.lines, anchor)
        return Paragraph(anchor, self._prose(passage.text, anchor), passage.heading)

    # Front and back matter

    def _front(self) -> None:
        parts = self._parts
        if parts.abstract:
            blocks = [
                self._paragraph(passage, f"abstract-p{number}")
                for number, passage in enumerate(parts.abstract, 1)
            ]
            self._section("abstract", "Abstract", tuple(blocks))
        if parts.keywords:
            self._section("keywords", "Keywords", (self._paragraph(parts.keywords, "keywords"),))
        if parts.abbreviations:
            unit = self._paragraph(parts.abbreviations, "abbreviations")
            self._section("abbreviations", "Abbreviations", (unit,))
            self.built.abbreviations += definitions(parts.abbreviations.text, "abbreviations")
        for anchor, lines in parts.labels.items():
            self._went(lines, anchor)

    def _section(self, anchor: str, title: str, blocks: tuple[Block, ...]) -> None:
        self.built.sections.append(Section(anchor, "", "", title, 1, blocks))

    def _back(self, chapter: Chapter) -> None:
        title = chapter.heading.title
        anchor = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", title.lower())).strip("-")
        taken = {section.anchor for section in self.built.sections}
        anchor = next(
            one
            for n in range(1, len(taken) + 2)
            if (one := f"{anchor}-{n}" if n > 1 else anchor) not in taken
        )
        passages = [item for item in chapter.items if isinstance(item, Passage)]
        blocks = [self._paragraph(p, f"{anchor}-p{n}") for n, p in enumerate(passages, 1)]
        self._went(chapter.lines, anchor)
        self._section(anchor, title, tuple(blocks))

    # Floats

    def _floats(self) -> Iterator[PrintedFloat]:
        for chapter in self._parts.chapters:
            yield from (item for item in chapter.items if isinstance(item, PrintedFloat))

    def _name_floats(self) -> None:
        """`t1`, `f2` by the printed number; one without, or a second one, gets the next free."""
        taken: set[str] = set()
        waiting: list[PrintedFloat] = []
        for one in self._floats():
            anchor = f"{one.caption.kind[0]}{one.caption.number}"
            if one.caption.number is None or anchor in taken:
                waiting.append(one)
                continue
            taken.add(anchor)
            self._anchors[id(one)] = anchor
        for one in waiting:
            kind = one.caption.kind[0]
            anchor = next(
                f"{kind}{n}" for n in range(1, len(taken) + 2) if f"{kind}{n}" not in taken
            )
            taken.add(anchor)
            self._anchors[id(one)] = anchor

    def _places(self, body: list[Chapter]) -> dict[int, list[PrintedFloat]]:
        """Paragraph (by identity) → the floats after it: where first mentioned, else printed."""
        first: dict[tuple[FloatKind, int], Passage] = {}
        for chapter in body:
            for item in chapter.items:
                if isinstance(item, Passage):
                    for key in mentions(item.text):
                        first.setdefault(key, item)
        placed: dict[int, list[PrintedFloat]] = {}
        for chapter in body:
            before: Passage | None = None
            for item in chapter.items:
                if isinstance(item, Passage):
                    before = item
                    continue
                number = item.caption.number
                home = first.get((item.caption.kind, number)) if number is not None else None
                placed.setdefault(id(home or before or chapter), []).append(item)
        return placed

    def _float(self, one: PrintedFloat) -> Block:
        anchor = self._anchors[id(one)]
        caption = self._prose(one.text, anchor)
        self._went(one.lines, anchor)
        self.built.abbreviations += defined_in_caption(one.text, anchor)
        if one.caption.kind == "figure":
            return Figure(anchor, one.caption.label, caption)
        grid = read_grid(one.rows) if one.rows else TextGrid((), (), ())
        if one.rows and not grid.sure:
            message = "the columns of this table are lost; each of its lines is kept as a row"
            self.built.findings.append(Finding("warning", anchor, message))
        if not grid.rows:
            self.built.findings.append(Finding("warning", anchor, "no rows found for this table"))
        rows = tuple(self._row(cells.cells, cells.lines, f"{anchor}-r{n}", grid.header)
                     for n, cells in enumerate(grid.rows, 1))  # fmt: skip
        self._went(
            [line.number for line in one.rows if line.number not in self.built.where], anchor
        )
        notes = None
        if one.notes is not None:
            notes = self._paragraph(one.notes, f"{anchor}-notes")
            self.built.abbreviations += definitions(one.notes.text, f"{anchor}-notes")
        self._uncited(anchor, rows)
        return Table(anchor, one.caption.label, caption, grid.header, rows, notes)

    def _row(
        self, cells: tuple[str, ...], lines: tuple[int, ...], anchor: str, header: tuple[str, ...]
    ) -> Row:
        self._went(lines, anchor)
        named = zip_longest(cells, header[: len(cells)], fillvalue="")
        proses = (
            (numbers_alone(cell, self._style) if is_reference_column(name) else None)
            or self._prose(cell, anchor)
            for cell, name in named
        )
        return Row(anchor, tuple(proses))

    def _uncited(self, anchor: str, rows: tuple[Row, ...]) -> None:
        """Rows without a citation, in a table whose rows mostly have one."""
        bare = [row for row in rows if not any(cell.citations for cell in row.cells)]
        if bare and 2 * len(bare) < len(rows):
            for row in bare:
                message = "this row cites nothing, unlike the others of its table"
                self.built.findings.append(Finding("notice", row.anchor, message))

    # The body

    def _chapter(
        self, chapter: Chapter, place: tuple[int, ...], floats: dict[int, list[PrintedFloat]]
    ) -> None:
        number = ".".join(map(str, place))
        blocks: list[Block] = [self._float(one) for one in floats.get(id(chapter), ())]
        count = 0
        for item in chapter.items:
            if isinstance(item, Passage):
                count += 1
                blocks.append(self._paragraph(item, f"s{number}-p{count}"))
                blocks += [self._float(one) for one in floats.get(id(item), ())]
        heading = chapter.heading
        self._went(chapter.lines, f"s{number}")
        self.built.sections.append(
            Section(f"s{number}", number, heading.label, heading.title, len(place), tuple(blocks))
        )

    def _report_gaps(self, body: list[Chapter]) -> None:
        before: tuple[int, ...] = ()
        for chapter in body:
            place = chapter.heading.place
            if not place:
                continue
            if before and not headings.follows(place, before):
                message = f"section {chapter.heading.label} does not follow on the one before it"
                where = f"line {chapter.lines[0]}" if chapter.lines else "body"
                self.built.findings.append(Finding("warning", where, message))
            before = place
