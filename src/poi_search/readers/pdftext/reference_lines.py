"""The reference list of a converted article: lines → entries with their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import structs

from poi_search.article import Reference
from poi_search.readers.pdftext.blocks import TextBlock
from poi_search.readers.pdftext.captions import parse_caption
from poi_search.readers.pdftext.hyphens import LineJoiner
from poi_search.readers.pdftext.lines import PrintedLine
from poi_search.readers.pdftext.manuscript import Manuscript
from poi_search.readers.pdftext.matter_kinds import read_matter_kind
from poi_search.readers.pdftext.part_labels import ArticlePart, read_label, read_run_in_label
from poi_search.readers.pdftext.plain_text import without_superscripts
from poi_search.readers.pdftext.reference_numbers import (
    begins_with_number,
    number_of,
    places_out_of_order,
    printed_number,
)
from poi_search.references.identifiers import find_doi, identifiers_of_address
from poi_search.references.name_lists import parse_names
from poi_search.references.names import is_organisation
from poi_search.references.printed_entries import LINK_NAMES, parse_entry

_NUMBER_BY_PLACE = "printed without a number; numbered by its place in the list"
_MAX_LABEL = 90
_MAX_MARKED = 120
_AFTER_REFERENCES = (
    ArticlePart.KEYWORDS,
    ArticlePart.ABBREVIATIONS,
    ArticlePart.BACK,
    ArticlePart.MATTER,
)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
# Instead of a year: `(n.d.)`, `(in press)`.
_NO_YEAR = r"(?:n\.\s?d\.|in press|forthcoming|undated)"
_DATE = re.compile(rf"{_YEAR.pattern}|\({_NO_YEAR}", re.IGNORECASE)
# `Doe A, Roe B. (2018)`, `World Health Organization (n.d.)`
_DATED_NAMES = re.compile(
    rf"(?P<names>[^()]{{2,200}}?)[.,]?\s\((?:{_YEAR.pattern}[a-z]?[,)]|{_NO_YEAR})", re.IGNORECASE
)
# `WHO: Manual.`, `WHO. Manual.`
_BODY = re.compile(r"[A-Z]{3,8}[:.]\s[A-Z]")
_ENTRY_END = re.compile(
    rf"\b10\.\d{{4,9}}/\S{{2,80}}$|(?:https?://|www\.)\S{{4,300}}$|[.\])\d]\s*$"
    rf"|(?<=[.\d)\]]) {LINK_NAMES.pattern}$"
    rf"|^{LINK_NAMES.pattern}$"
)
_BROKEN_ADDRESS = re.compile(r"(?:/|\d[-–])$")


@dataclass(slots=True)
class ListedEntry:
    """An entry as printed; if no number is `printed`, it has that of its place.

    `pieces` are its text; `dated` is true once one of them has a year. So an entry of many lines
    is never searched or copied whole to add one more.
    """

    number: int
    printed: bool = True
    pieces: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    dated: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, text: str, line: int, joiner: LineJoiner) -> None:
        if self.pieces and _BROKEN_ADDRESS.search(self.pieces[-1]) and text[:1].isalnum():
            self.pieces.append(text)
        else:
            joiner.extend(self.pieces, text, line)
        self.lines.append(line)
        self.dated = self.dated or _DATE.search(text) is not None


def looks_like_entry(line: PrintedLine) -> bool:
    """Whether a line looks like the beginning or a part of a reference."""
    text = without_superscripts(line.text)
    numbered = begins_with_number(text)
    return bool(numbered) or line.bullet or _YEAR.search(text) is not None


def is_caption(block: TextBlock) -> bool:
    """Whether a block is a caption, which may be printed between references."""
    return parse_caption(block.text) is not None and not block.head.bullet


def resumes_list(block: TextBlock, lines: list[PrintedLine]) -> bool:
    """Whether a block has a number that the list in `lines` lacks, after one that it has."""
    number = number_of(block.head)
    if number is None:
        return False
    listed = set(map(number_of, lines))
    return number - 1 in listed and number not in listed


def belongs_to_references(block: TextBlock) -> bool:
    """Whether a block after references is one too, not a label, heading or metadata."""
    line, text = block.head, block.text
    label = read_label(text) if len(text) < _MAX_LABEL and text[:1].isupper() else None
    if label is not None and not line.bullet and label.part in _AFTER_REFERENCES:
        return False
    if read_run_in_label(text)[0] is not None:
        return False
    if looks_like_entry(line):
        return True
    marked = (line.level > 0 or line.bold) and len(text) < _MAX_MARKED
    return not marked and not read_matter_kind(text, False)


def read_references(
    manuscript: Manuscript, joiner: LineJoiner, raw: Mapping[int, str]
) -> tuple[Reference, ...]:
    """The references; `raw` has the lines with their links, by number.

    An entry that lost its number gets the one that follows from its place in the list.
    """
    printed = _split_entries(manuscript.entry_lines, joiner)
    entries = sorted(printed, key=lambda entry: entry.number)
    if entries != printed:
        message = "the list was printed out of order; sorted by its numbers"
        manuscript.report("notice", "references", message)
    _report_numbers(entries, manuscript)
    for one in entries:
        manuscript.ledger.record(one.lines, f"ref-{one.number}")
    return tuple(_parse(one, " ".join(raw[number] for number in one.lines)) for one in entries)


def _parse(entry: ListedEntry, raw: str) -> Reference:
    """An entry, with the DOI and the PMID that are only in the addresses of its links."""
    reference = parse_entry(entry.number, entry.text)
    return structs.replace(
        reference,
        doi=reference.doi or find_doi(raw),
        pmid=reference.pmid or identifiers_of_address(raw).pmid,
    )


def _split_entries(lines: list[PrintedLine], joiner: LineJoiner) -> list[ListedEntry]:
    """The entries as printed, each number once."""
    jumps = places_out_of_order(lines)
    entries: list[ListedEntry] = []
    numbered = any(printed_number(line, None) is not None for line in lines)
    last, listed = 0, set[int]()
    for at, line in enumerate(lines):
        text = without_superscripts(line.text)
        found = printed_number(line, None if at in jumps else last)
        if found is not None and found[0] not in listed:
            last, text = found
            entries.append(ListedEntry(last))
        elif not entries or _begins(line, entries[-1], numbered):
            last = max((last, *listed)) + 1
            entries.append(ListedEntry(last, printed=False))
        listed.add(last)
        entries[-1].add(text, line.number, joiner)
    return entries


def _begins(line: PrintedLine, before: ListedEntry, numbered: bool) -> bool:
    """Whether a line without a number begins an entry."""
    if line.bullet:
        return True
    text = without_superscripts(line.text)
    if not before.dated:
        return False
    dated = None if numbered else _DATED_NAMES.match(text)
    by_names = dated is not None and _is_named(dated["names"])
    if line.first and by_names:
        return True  # however the entry before ends
    if not _ENTRY_END.search(before.pieces[-1]):
        return False
    if by_names:
        return True
    first = re.split(r"(?<=[^\W\d_]{2}\.)\s|(?<=[A-Z])\.\s|\s\(|:\s", text)[0]
    by_authors = parse_names(first) is not None or _BODY.match(text) is not None
    apart = line.first and not numbered and not text[:1].islower()
    return apart or by_authors


def _is_named(text: str) -> bool:
    """Whether a text has nothing but the names of authors."""
    bare = text.strip()
    one = re.fullmatch(r"(?:[a-z]{1,3} ){0,2}[^\W\d_a-z]['’]?[^\W\d_]+(?:-[^\W\d_]+)?", bare)
    return one is not None or is_organisation(bare) or parse_names(bare) is not None


def _report_numbers(entries: list[ListedEntry], manuscript: Manuscript) -> None:
    """Report missing numbers and gaps."""
    numbered = any(entry.printed for entry in entries)
    before = 0
    for entry in entries:
        if numbered and not entry.printed:
            manuscript.report("notice", f"ref-{entry.number}", _NUMBER_BY_PLACE)
        if entry.number > before + 1:
            missing = "–".join(map(str, dict.fromkeys((before + 1, entry.number - 1))))
            message = (
                f"the list goes from {before} to {entry.number}: reference {missing} is missing"
            )
            manuscript.report("warning", f"ref-{entry.number}", message)
        before = entry.number
