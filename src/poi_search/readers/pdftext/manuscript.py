"""The parts an article is sorted into, before anchors are given."""

from __future__ import annotations

from dataclasses import dataclass, field

from poi_search.article import Finding
from poi_search.readers.pdftext.captions import Caption
from poi_search.readers.pdftext.headings import PrintedHeading
from poi_search.readers.pdftext.lines import PrintedLine


@dataclass(slots=True)
class Passage:
    """A paragraph in the making: text with superscripts marked, and the lines it came from."""

    text: str
    lines: list[int]
    heading: str = ""


@dataclass(slots=True)
class PrintedFloat:
    """A figure or table; for a table the lines of its rows and the notes below it."""

    caption: Caption
    text: str
    lines: list[int]
    rows: list[PrintedLine] = field(default_factory=list)
    notes: Passage | None = None


@dataclass(slots=True)
class Chapter:
    """A heading and what stands under it; `back` for back matter that is searched."""

    heading: PrintedHeading
    level: int
    lines: list[int]
    back: bool = False
    items: list[Passage | PrintedFloat] = field(default_factory=list)

    @property
    def last_passage(self) -> Passage | None:
        return next((item for item in reversed(self.items) if isinstance(item, Passage)), None)


@dataclass(slots=True)
class Statement:
    """A piece of metadata: which, its text without its label, its lines."""

    kind: str
    text: str
    lines: list[int]


@dataclass(slots=True)
class Manuscript:
    """Every block of the source in its place; `aside` says why a line is in none."""

    title: Passage | None = None
    authors: Passage | None = None
    abstract: list[Passage] = field(default_factory=list)
    keywords: Passage | None = None
    abbreviations: Passage | None = None
    labels: dict[str, list[int]] = field(default_factory=dict)
    chapters: list[Chapter] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    entry_lines: list[PrintedLine] = field(default_factory=list)
    aside: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
