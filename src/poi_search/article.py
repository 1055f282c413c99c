"""What an article is: plain data, made by the readers and read by everything else.

Offsets are counted in Unicode code points of the text they belong to. Citation markers
stay in the text as printed (`… and so on.[1–3]`); a `Citation` says where they stand.
The kinds of block are tagged structs, so that an article read back knows them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

Severity = Literal["notice", "warning", "error"]
WorkKind = Literal[
    "article", "chapter", "book", "thesis", "conference", "software", "data", "web", "preprint",
    "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation marker: `text[start:end]` names the references `numbers`, ranges expanded."""

    start: int
    end: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of plain text with the citation markers in it."""

    text: str
    citations: tuple[Citation, ...] = ()


class Paragraph(Struct, frozen=True, tag=True):
    """One paragraph; `heading` is a run-in heading such as 'Methods' in a structured abstract."""

    anchor: str
    prose: Prose
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A body row of a table, every cell filled, with what it inherits from the rows above.

    `group` is the text of the section row that it stands under, if the table has such rows.
    """

    anchor: str
    cells: tuple[Prose, ...]
    group: str = ""


class Table(Struct, frozen=True, tag=True):
    """`header` has a text per column, several header rows joined; empty if none is printed."""

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
    """A heading and what stands under it, up to the next heading of any level.

    `number` is the place in the article ('3.4'; '' for front and back matter), `label` the
    number as printed ('' where the source prints none), `level` 1 for a top section.
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
    """A person, or a body such as 'WHO Working Group', which has nothing but `body`.

    `given` holds given names or initials, whichever the source has; `particle` ('van der')
    precedes the family name and is ignored in sorting.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    body: str = ""


class Reference(Struct, frozen=True):
    """An entry of a reference list, or what a record says of a paper (then `number` is 0).

    `number` is its place in the list, from 1; `text` the entry as printed, without its number.
    `names` are the authors, `et_al` tells that their list is cut short; `journal` is the title
    of what contains the work, be it a journal or a book. `accessed` is an ISO date. `note`
    holds e.g. a published correction. What the source does not state is empty.
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
    """`name` in short ('CC BY 4.0'), `url` where it is set out, `text` as printed."""

    name: str = ""
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """What happened ('received', 'accepted', 'published', …) and when, as printed or ISO."""

    event: str
    date: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Front or back matter that is not searched: 'funding', 'conflict of interest', …"""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """What the article itself defines, and the unit where it does."""

    short: str
    long: str
    anchor: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What became of one line (or, in a marked-up source, one element) of the source.

    `where` lists anchors of units and `metadata:<field>`; empty when it was set aside,
    and then `reason` says why.
    """

    line: int
    where: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """Damage from the conversion that was mended, because only one reading is possible."""

    line: int
    printed: str
    repaired: str
    rule: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at; `place` is an anchor, a line ('line 84') or a file."""

    severity: Severity
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Article:
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


class ReadError(Exception):
    """A source that cannot be read: which file, where in it, what is wrong, what to do."""

    def __init__(self, file: str, place: str, problem: str, remedy: str) -> None:
        self.file, self.place, self.problem, self.remedy = file, place, problem, remedy
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {problem}. {remedy}")
