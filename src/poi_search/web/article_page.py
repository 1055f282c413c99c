"""The text of an article as HTML, with marks, citations, notes and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from markupsafe import Markup, escape

from poi_search.article import Abbreviation, Article, Row, Table
from poi_search.results import Mark, NoteView, ReferenceView, UnitLink, UnitView
from poi_search.search.unit_notes import cited_within, notes_on, retraction_lines
from poi_search.text.sentences import sentences
from poi_search.web.annotations import (
    Annotations,
    KindMark,
    annotate,
    citations_within,
    marks_within,
)
from poi_search.web.short_forms import ShortForms

Marks = Mapping[str, Sequence[KindMark]]


@dataclass(frozen=True)
class ArticleText:
    """The units of an article by anchor, rendered for its page."""

    article: Article
    units: Mapping[str, UnitView]
    marks: Marks = field(default_factory=dict)

    def unit(self, anchor: str) -> Markup:
        """The text of a unit: a paragraph, a caption, or the notes under a table."""
        view = self.units.get(anchor)
        return self._annotate(view, 0, len(view.text)) if view else Markup("")

    def cells(self, row: Row) -> tuple[Markup, ...]:
        """The cells of a row; a first cell repeated from the row above is left unmarked."""
        view = self.units.get(row.anchor)
        if view is None or not view.table:
            return tuple(annotate(cell.text) for cell in row.cells)
        cells = [self._annotate(view, *span) for span in view.table.cell_spans]
        if row.anchor in self.repeats:
            cells[0] = annotate(row.cells[0].text)
        return tuple(cells)

    def entry(self, number: int) -> Markup:
        """A reference as printed, with its title emphasised."""
        view = self.units[f"ref-{number}"]
        return entry(view, self.marks.get(view.anchor, ()))

    def reference(self, number: int) -> ReferenceView | None:
        view = self.units.get(f"ref-{number}")
        return view.reference or None if view else None

    def pdf_page(self, anchor: str) -> int | None:
        """The page of the PDF on which a unit begins, if it was read from one."""
        view = self.units.get(anchor)
        return view.page or None if view else None

    def notes(self, anchor: str) -> tuple[NoteView, ...]:
        return self.units[anchor].notes if anchor in self.units else ()

    def retractions(self, anchor: str) -> tuple[str, ...]:
        """Which retracted papers a unit rests on."""
        return retraction_lines(self.units[anchor].citations) if anchor in self.units else ()

    def heading_id(self, anchor: str) -> str:
        """The id of the heading of a section; '' if a unit uses it, as ids must be unique."""
        return "" if anchor in self.units else anchor

    @property
    def count(self) -> int:
        """The number of marks on the page."""
        return sum(len(marks) for marks in self.marks.values()) - sum(
            start < view.table.cell_spans[0][1]
            for view in (self.units[anchor] for anchor in self.repeats)
            if view.table
            for start, _, _ in self.marks.get(view.anchor, ())
        )

    @property
    def answers(self) -> tuple[str, ...]:
        """The anchors of the units with marks, the best answer first."""
        return tuple(anchor for anchor, marks in self.marks.items() if marks)

    @cached_property
    def repeats(self) -> frozenset[str]:
        """The rows whose first cell repeats that of the row above."""
        tables = (b for s in self.article.sections for b in s.blocks if isinstance(b, Table))
        return frozenset(
            row.anchor
            for table in tables
            for above, row in pairwise(table.rows)
            if row.anchor in self.units and row.cells[:1] == above.cells[:1] != ()
        )

    def _annotate(self, view: UnitView, start: int, end: int) -> Markup:
        text = view.text[start:end]
        more = Annotations(
            href=_anchor_of,
            note_id=f"note-{view.anchor}",
            abbreviations=self._abbreviations(text, view.anchor),
        )
        return annotate(
            text,
            marks_within(self.marks.get(view.anchor, ()), start, end),
            citations_within(view.citations, start, end),
            notes_within(view.notes, start, end),
            more,
        )

    def _abbreviations(self, text: str, anchor: str) -> list[tuple[int, int, str]]:
        """The first use of each abbreviation in a text, unless the text itself explains it."""
        uses: dict[str, int] = {}
        for start, short in self._short_forms.find(text):
            if text[start - 1 : start] != "-":
                uses.setdefault(short, start)
        lower = text.lower()
        return [
            (start, start + len(short), long)
            for short, start in uses.items()
            if (long := self._long(short, anchor)) and long.lower() not in lower
        ]

    def _long(self, short: str, anchor: str) -> str:
        """What a short form means, by its last definition outside this unit."""
        defined = reversed(self._defined[short])
        return next((one.long for one in defined if one.anchor != anchor), "")

    @cached_property
    def _defined(self) -> Mapping[str, Sequence[Abbreviation]]:
        defined: dict[str, list[Abbreviation]] = {}
        for abbreviation in self.article.abbreviations:
            defined.setdefault(abbreviation.short, []).append(abbreviation)
        return defined

    @cached_property
    def _short_forms(self) -> ShortForms:
        return ShortForms(self._defined)


def article_text(article: Article, units: Iterable[UnitView], marks: Marks) -> ArticleText:
    return ArticleText(article, {unit.anchor: unit for unit in units}, marks)


def entry(view: UnitView, marks: Sequence[KindMark] = ()) -> Markup:
    """A reference as printed, with its title emphasised and without its abstract."""
    text = view.text.partition("\n\n")[0]
    more = Annotations(emphasis=title_span(view))
    return annotate(text, marks_within(marks, 0, len(text)), more=more)


def title_span(view: UnitView) -> list[tuple[Mark, str]]:
    """The span of the title in the printed entry of a reference."""
    if not view.reference or not view.reference.title:
        return []
    at = view.text.find(view.reference.title)
    return [((at, at + len(view.reference.title)), "ref-title")] if at >= 0 else []


@dataclass(frozen=True, slots=True)
class CitingPlace:
    """A unit that cites a reference: its citing sentences as HTML, with the notes on them and the
    retracted papers they rest on.
    """

    unit: UnitView
    html: Markup
    notes: tuple[NoteView, ...]
    retractions: tuple[str, ...]


def citing_place(view: UnitView, number: int) -> CitingPlace:
    """The sentences of a unit that cite a reference, with the citation markers highlighted."""
    places = [mark for link in view.citations if link.number == number for mark in link.places]
    marks = [(start, end, "here") for start, end in places]
    if view.kind != "section":
        retractions = retraction_lines(view.citations)
        return CitingPlace(view, unit_line(view, marks), view.notes, retractions)
    spans = [
        span for span in sentences(view.text) if any(span[0] <= at < span[1] for at, _ in places)
    ]
    html = escape(" … ").join(excerpt(view, span, marks) for span in spans)
    retractions = retraction_lines(cited_within(view.citations, spans))
    return CitingPlace(view, html, notes_on(view, spans), retractions)


def unit_line(view: UnitView, marks: Sequence[KindMark]) -> Markup:
    """A unit on one line, with the cells of a row separated by middle dots."""
    if not view.table or not view.table.cell_spans:
        return excerpt(view, (0, len(view.text)), marks)
    cells = (excerpt(view, span, marks) for span in view.table.cell_spans if span[0] < span[1])
    return escape(" · ").join(cells)


def excerpt(view: UnitView, span: Mark, marks: Sequence[KindMark]) -> Markup:
    """A part of a unit with its marks and citations."""
    return annotate(
        view.text[slice(*span)],
        marks_within(marks, *span),
        citations_within(view.citations, *span),
    )


def short_place(link: UnitLink) -> str:
    """'3.2 ¶1' for a passage, else the link's own label ('Table 1, row 4')."""
    paragraph = re.search(r"/s([\d.]+)-p(\d+)$", link.id)
    if paragraph:
        return f"{paragraph[1]} ¶{paragraph[2]}"
    return link.label


def notes_within(notes: Iterable[NoteView], start: int, end: int) -> tuple[NoteView, ...]:
    """The notes with their places in `[start, end)`, relative to `start`.

    Notes without such places are kept, so that the numbering of the others does not change.
    """
    return tuple(
        NoteView(
            note.quote,
            note.kind,
            note.text,
            tuple((s - start, e - start) for s, e in note.places if start <= s and e <= end),
        )
        for note in notes
    )


def _anchor_of(number: int) -> str:
    return f"#ref-{number}"
