"""The data model of an article: plain data, made by the readers and used everywhere else.

Offsets are in Unicode code points of the text they belong to. Citation markers stay in the
text as printed (`… and so on.[1–3]`); a `Citation` gives their position. The kinds of block
are tagged structs, so that decoding an article can tell them apart.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

LEFT_OUT = "left out"
Severity = Literal["notice", "warning", "error"]
WorkKind = Literal[
    "article", "chapter", "book", "thesis", "conference", "software", "data", "web", "preprint",
    "other",
]  # fmt: skip
NoticeKind = Literal["retraction", "partial retraction", "correction", "concern"]
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation marker: `text[start:end]` cites the references `numbers`, ranges expanded."""

    start: int
    end: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of plain text with its citation markers."""

    text: str
    citations: tuple[Citation, ...] = ()


class Paragraph(Struct, frozen=True, tag=True):
    """One paragraph; `heading` is a run-in heading such as 'Methods' in a structured abstract."""

    anchor: str
    prose: Prose
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A body row of a table, with every cell filled, inherited values included.

    `group` is the text of the group heading above it, if the table has group headings.
    """

    anchor: str
    cells: tuple[Prose, ...]
    group: str = ""


class Table(Struct, frozen=True, tag=True):
    """`header` has a text per column, with several header rows joined; empty if none is printed."""

    anchor: str
    label: str
    caption: Prose
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: Paragraph | None = None


class Figure(Struct, frozen=True, tag=True):
    anchor: str
    label: str
    caption: Prose


Block = Paragraph | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the blocks under it, up to the next heading of any level.

    `number` is the position in the article ('3.4'; '' for front and back matter), `label` the
    number as printed ('' if none is), `level` is 1 for a top-level section.
    """

    anchor: str
    number: str
    label: str
    title: str
    level: int
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> str:
        return f"{self.label} {self.title}".strip()


class Name(Struct, frozen=True, gc=False, omit_defaults=True):
    """A person, or a body such as 'WHO Working Group', which has only `body`.

    `given` contains given names or initials, whichever the source has; `particle` ('van der')
    precedes the family name and is ignored in sorting.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    body: str = ""


class PublicationNotice(Struct, frozen=True, gc=False, omit_defaults=True):
    """A notice on a paper that appeared after it, with its ISO date as far as that is known."""

    kind: NoticeKind
    date: str = ""
    doi: str = ""
    pmid: str = ""
    source: str = ""


class Reference(Struct, frozen=True):
    """An entry in a reference list, or the record of a paper (then `number` is 0).

    `number` is its position in the list, from 1; `text` is the entry as printed, without its
    number. `names` are the authors; `et_al` is true if their list is incomplete. `year_suffix` is
    the letter of '2015a'. `journal` is the title of the journal or book that contains the work.
    `accessed` is an ISO date. What the source does not state is empty.
    """

    number: int
    text: str
    names: tuple[Name, ...] = ()
    et_al: bool = False
    title: str = ""
    journal: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    kind: WorkKind = "other"
    editors: tuple[Name, ...] = ()
    edition: str = ""
    place: str = ""
    publisher: str = ""
    url: str = ""
    accessed: str = ""
    note: str = ""
    abstract: str = ""
    headings: tuple[str, ...] = ()
    year_suffix: str = ""
    notices: tuple[PublicationNotice, ...] = ()

    @property
    def retracted(self) -> str:
        """The date of its retraction, 'undated' if none is known, '' if it is not retracted."""
        dates = [notice.date for notice in self.notices if notice.kind == "retraction"]
        return next(filter(None, dates), UNDATED if dates else "")

    @property
    def printed_year(self) -> str:
        """'2015a', '2015' or ''."""
        return f"{self.year or ''}{self.year_suffix}"


@dataclass(frozen=True, slots=True)
class Author:
    name: Name
    degrees: str = ""
    affiliations: tuple[str, ...] = ()
    corresponding: bool = False
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class Affiliation:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: short `name` ('CC BY 4.0'), `url` of its terms, and `text` as printed."""

    name: str = ""
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """An event ('received', 'accepted', 'published', …) and its date, as printed or ISO."""

    event: str
    date: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Front or back matter that is not searched: 'funding', 'conflict of interest', …"""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation that the article defines, and the unit that defines it."""

    short: str
    long: str
    anchor: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What happened to one line (or, in a marked-up source, one element) of the source.

    `where` lists anchors of units and `metadata:<field>`. It is empty if the line was set aside;
    then `reason` says why.
    """

    line: int
    where: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """Conversion damage that was repaired, as only one reading is possible."""

    line: int
    printed: str
    repaired: str
    rule: str


@dataclass(frozen=True, slots=True)
class Finding:
    """An issue to look at; `place` is an anchor, a line ('line 84') or a file.

    It is `LEFT_OUT` for what is in the file of an article but was not read.
    """

    severity: Severity
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Article:
    """If the article was a PDF, `converter` made its text; `page_lines` says where pages begin."""

    id: str
    title: str
    authors: tuple[Author, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    correspondence: str = ""
    journal: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    licence: Licence = Licence()
    source: str = ""
    dates: tuple[Dated, ...] = ()
    statements: tuple[Statement, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    sections: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()
    page_lines: tuple[int, ...] = ()
    converter: str = ""

    def place_of(self, line: int) -> str:
        """'line 84', after the page if the article was a PDF: 'p. 3, line 84'."""
        page = bisect_right(self.page_lines, line)
        return f"p. {page}, line {line}" if page else f"line {line}"


class ReadError(Exception):
    """A source that cannot be read: which file, where, what is wrong, and what to do."""

    def __init__(self, file: str, place: str, problem: str, remedy: str) -> None:
        self.file, self.place, self.problem, self.remedy = file, place, problem, remedy
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {problem}. {remedy}")
