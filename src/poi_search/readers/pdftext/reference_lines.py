"""The reference list of a converted article: lines → entries with their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from msgspec import structs

from poi_search.article import Reference
from poi_search.readers.pdftext.blocks import TextBlock
from poi_search.readers.pdftext.captions import parse_caption
from poi_search.readers.pdftext.labels import Part, read_label, read_run_in_label
from poi_search.readers.pdftext.lines import PrintedLine
from poi_search.readers.pdftext.manuscript import Manuscript
from poi_search.readers.pdftext.matter_kinds import metadata_kind
from poi_search.readers.pdftext.plain_text import without_superscripts
from poi_search.references.identifiers import find_doi, identifiers_of_address
from poi_search.references.name_lists import parse_names
from poi_search.references.printed_entries import parse_entry

_BRACKETED = re.compile(r"^\[(\d{1,4})\]\.?\s*(?=\S)|^\((\d{1,4})\)\s*(?=\S)")
_STOPPED = re.compile(r"^(\d{1,4})[.)]\s*(?=[^\W\d]|[“\"‘'])")
_BARE = re.compile(r"^(\d{1,4})\s+(?=[^\W\d_])")
_MAX_LABEL = 90
_MAX_MARKED = 120
_AFTER_REFERENCES = (Part.KEYWORDS, Part.ABBREVIATIONS, Part.BACK, Part.MATTER)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


@dataclass(slots=True)
class ListedEntry:
    """An entry as printed: its number (0 until its place gives it one) and its lines."""

    number: int
    text: str
    lines: list[int]


def looks_like_entry(line: PrintedLine) -> bool:
    """Whether a line may well begin or be part of a reference."""
    text = without_superscripts(line.text)
    numbered = _BRACKETED.match(text) or _STOPPED.match(text)
    return bool(numbered) or line.bullet or _YEAR.search(text) is not None


def is_caption(block: TextBlock) -> bool:
    """Whether a block is a caption, which may be printed amid the references."""
    return parse_caption(block.text) is not None and not block.head.bullet


def belongs_to_references(block: TextBlock) -> bool:
    """Whether a block after references is one; not a label, a heading or metadata."""
    line, text = block.head, block.text
    label = read_label(text) if len(text) < _MAX_LABEL and text[:1].isupper() else None
    if label is not None and not line.bullet and label.part in _AFTER_REFERENCES:
        return False
    if read_run_in_label(text)[0] is not None:
        return False
    if looks_like_entry(line):
        return True
    marked = (line.level > 0 or line.bold) and len(text) < _MAX_MARKED
    return not marked and not metadata_kind(text, False)


def read_references(
    manuscript: Manuscript, raw: Mapping[int, str]
) -> tuple[tuple[Reference, ...], dict[int, list[int]]]:
    """The references, and the lines of each by its number; `raw` has the lines with their links.

    An entry that lost its number gets the one that its place gives it.
    """
    entries = _split_entries(manuscript.entry_lines)
    _number_entries(entries, manuscript)
    joined = _join_doubles(entries, manuscript)
    references = (
        _add_links(parse_entry(one.number, one.text), " ".join(raw[at] for at in one.lines))
        for one in joined
    )
    return tuple(references), {one.number: one.lines for one in joined}


def _add_links(reference: Reference, raw: str) -> Reference:
    """With the DOI and the PMID that are only in the addresses of an entry's links."""
    return structs.replace(
        reference,
        doi=reference.doi or find_doi(raw),
        pmid=reference.pmid or identifiers_of_address(raw).pmid,
    )


def _split_entries(lines: list[PrintedLine]) -> list[ListedEntry]:
    entries: list[ListedEntry] = []
    numbered = any(_printed_number(line, None) is not None for line in lines)
    last = 0
    for line in lines:
        text = without_superscripts(line.text)
        found = _printed_number(line, last)
        if found is not None:
            last, text = found
            entries.append(ListedEntry(last, text, [line.number]))
        elif not entries or _begins(line, entries[-1], numbered):
            entries.append(ListedEntry(0, text, [line.number]))
            last += 1
        else:
            entries[-1].text = _join_lines(entries[-1].text, text)
            entries[-1].lines.append(line.number)
    return entries


def _printed_number(line: PrintedLine, last: int | None) -> tuple[int, str] | None:
    """The number an entry begins with, and the rest; None if it cannot be its number.

    A number without brackets may be a part of the entry before, so it must be the next one.
    """
    text = without_superscripts(line.text)
    match = _BRACKETED.match(text)
    slack = 10
    if match is None:
        match = _STOPPED.match(text)
        slack = 3
    if match is None and not line.bullet:
        match = _BARE.match(text)
        slack = 1
    if match is None:
        return None
    number = int(next(group for group in match.groups() if group))
    if last is not None and not last < number <= last + slack:
        return None
    return number, text[match.end() :].strip()


def _begins(line: PrintedLine, before: ListedEntry, numbered: bool) -> bool:
    """Whether a line without a number begins an entry."""
    if line.bullet:
        return True
    text = without_superscripts(line.text)
    if not before.text.rstrip().endswith((".", "]", ")")) and _YEAR.search(before.text) is None:
        return False
    complete = before.text.rstrip()[-1:] in ".])" or re.search(r"\d$", before.text.rstrip())
    if not complete or not _YEAR.search(before.text):
        return False
    first = re.split(r"(?<=[^\W\d_]{2}\.)\s|(?<=[A-Z])\.\s|\s\(|:\s", text)[0]
    by_authors = parse_names(first) is not None
    return by_authors if numbered or not line.first else line.first or by_authors


def _join_lines(first: str, second: str) -> str:
    if re.search(r"[^\W\d_]-$", first) and second[:1].islower():
        return first + second
    if re.search(r"(?:/|\d[-–])$", first) and second[:1].isalnum():
        return first + second
    return f"{first} {second}"


def _number_entries(entries: list[ListedEntry], manuscript: Manuscript) -> None:
    """Gives every entry a number, and reports those without one and gaps."""
    numbered = any(entry.number for entry in entries)
    before = 0
    for entry, after in zip(entries, _following_numbers(entries), strict=True):
        if not entry.number:
            entry.number = before + 1
            if numbered and (not after or after > entry.number):
                message = "printed without its number, which its place in the list gives"
                manuscript.report("notice", f"ref-{entry.number}", message)
            elif numbered:
                message = "printed without a number, and its place in the list leaves none"
                manuscript.report("warning", f"ref-{entry.number}", message)
        if entry.number > before + 1:
            missing = "–".join(map(str, dict.fromkeys((before + 1, entry.number - 1))))
            message = (
                f"the list goes from {before} to {entry.number}: reference {missing} is missing"
            )
            manuscript.report("warning", f"ref-{entry.number}", message)
        before = max(entry.number, before)


def _following_numbers(entries: list[ListedEntry]) -> list[int]:
    """For each entry the number that it has, or else the next one printed after it, or 0."""
    numbers = list(accumulate(reversed(entries), lambda after, one: one.number or after, initial=0))
    return numbers[:0:-1]


def _join_doubles(entries: list[ListedEntry], manuscript: Manuscript) -> list[ListedEntry]:
    """Entries with the same number become one: their texts are the parts of one entry."""
    kept: dict[int, ListedEntry] = {}
    for entry in entries:
        first = kept.setdefault(entry.number, entry)
        if first is not entry:
            first.text += f" {entry.text}"
            first.lines += entry.lines
            message = "two entries of the list come to the same number; kept together"
            manuscript.report("warning", f"ref-{entry.number}", message)
    return sorted(kept.values(), key=lambda one: one.number)
