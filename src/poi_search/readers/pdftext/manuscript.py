"""A converted article sorted into its parts, before sections and anchors are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from poi_search.article import Finding, LedgerLine, Severity
from poi_search.readers.pdftext.captions import Caption
from poi_search.readers.pdftext.headings import PrintedHeading
from poi_search.readers.pdftext.lines import PrintedLine
from poi_search.readers.pdftext.part_labels import ArticlePart

_UNKNOWN = "not understood"


@dataclass(slots=True)
class Passage:
    """A paragraph being read: its text with superscripts marked, and its lines."""

    text: str
    lines: list[int]
    heading: str = ""


@dataclass(slots=True)
class PrintedFloat:
    """A figure or table; for a table also the lines of its rows, and its notes."""

    caption: Caption
    text: str
    lines: list[int]
    rows: list[PrintedLine] = field(default_factory=list)
    notes: Passage | None = None
    anchor: str = ""


@dataclass(slots=True)
class Chapter:
    """A heading with the passages and floats under it; `level` is 0 for an unmarked one.

    `last_passage` is kept, because it is asked for at every block.
    """

    heading: PrintedHeading
    level: int = 0
    lines: list[int] = field(default_factory=list)
    items: list[Passage | PrintedFloat] = field(default_factory=list)
    last_passage: Passage | None = None

    def add_passage(self, passage: Passage) -> None:
        self.items.append(passage)
        self.last_passage = passage


@dataclass(frozen=True, slots=True)
class MatterText:
    """A block of metadata in the front or back matter."""

    kind: str
    text: str
    lines: tuple[int, ...]


@dataclass(slots=True)
class LineLedger:
    """Where each line went: its anchors and fields, or why it was set aside."""

    where: dict[int, list[str]] = field(default_factory=dict)
    aside: dict[int, str] = field(default_factory=dict)

    def record(self, lines: Iterable[int], anchor: str) -> None:
        for number in lines:
            anchors = self.where.setdefault(number, [])
            if anchor not in anchors:
                anchors.append(anchor)

    def set_aside(self, lines: Iterable[int], reason: str) -> None:
        self.aside.update(dict.fromkeys(lines, reason))

    def entries(self, lines: Iterable[PrintedLine]) -> tuple[LedgerLine, ...]:
        """An entry for every non-blank line of the source, in order."""
        return tuple(
            LedgerLine(number, tuple(self.where[number]))
            if number in self.where
            else LedgerLine(number, (), line.debris or self.aside.get(number, _UNKNOWN))
            for number, line in {line.number: line for line in lines}.items()
        )

    def lost(self, lines: Iterable[PrintedLine]) -> list[Finding]:
        """A warning for each line that was neither used nor set aside."""
        return [
            Finding("warning", f"line {entry.line}", "not understood, and not searchable")
            for entry in self.entries(lines)
            if entry.reason == _UNKNOWN
        ]


@dataclass(slots=True)
class Manuscript:
    """The blocks of the source by part of the article.

    `labels` has the lines that only name a part, by its anchor; `back` the searchable back
    matter, `matter` the metadata, `lists` the keywords and abbreviations.
    """

    title: Passage | None = None
    authors: Passage | None = None
    abstract: list[Passage] = field(default_factory=list)
    lists: dict[ArticlePart, Passage] = field(default_factory=dict)
    labels: dict[str, list[int]] = field(default_factory=dict)
    body: list[Chapter] = field(default_factory=list)
    back: list[Chapter] = field(default_factory=list)
    matter: list[MatterText] = field(default_factory=list)
    entry_lines: list[PrintedLine] = field(default_factory=list)
    ledger: LineLedger = field(default_factory=LineLedger)
    findings: list[Finding] = field(default_factory=list)

    def note_label(self, anchor: str, lines: Iterable[int]) -> None:
        self.labels.setdefault(anchor, []).extend(lines)

    def has_label(self, *anchors: str) -> bool:
        return any(anchor in self.labels for anchor in anchors)

    def last_chapter(self) -> Chapter:
        """The last section of the body; a new one without a heading if there is none."""
        if not self.body:
            self.body.append(Chapter(PrintedHeading("")))
        return self.body[-1]

    def last_passage(self) -> Passage | None:
        """The last paragraph of the body's last section."""
        return self.body[-1].last_passage if self.body else None

    def floats(self) -> list[PrintedFloat]:
        items = (item for chapter in self.body for item in chapter.items)
        return [item for item in items if isinstance(item, PrintedFloat)]

    def texts(self) -> Iterable[str]:
        """All running text and all cells of tables."""
        yield from (passage.text for passage in self.abstract)
        for chapter in (*self.body, *self.back):
            for item in chapter.items:
                yield item.text
                for line in item.rows if isinstance(item, PrintedFloat) else ():
                    yield from line.cells or (line.text,)

    def report(self, severity: Severity, place: str, message: str) -> None:
        self.findings.append(Finding(severity, place, message))
