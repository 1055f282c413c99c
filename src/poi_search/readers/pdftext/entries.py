"""The reference list of a converted article: lines → entries with their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from msgspec.structs import replace

from poi_search.article import Finding, Reference
from poi_search.readers.pdftext.lines import Line
from poi_search.readers.pdftext.markup import without_superscripts
from poi_search.references.identifiers import find_doi, identifiers_of_address
from poi_search.references.name_lists import parse_names

_BRACKETED = re.compile(r"^\[(\d{1,4})\]\.?\s*(?=\S)|^\((\d{1,4})\)\s*(?=\S)")
_STOPPED = re.compile(r"^(\d{1,4})[.)]\s*(?=[^\W\d]|[“\"‘'])")
_BARE = re.compile(r"^(\d{1,4})\s+(?=[^\W\d_])")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


@dataclass(slots=True)
class Entry:
    """An entry as printed: its number (None until one is given by its place) and its lines."""

    number: int | None
    text: str
    lines: list[int] = field(default_factory=list)


def looks_like_entry(line: Line) -> bool:
    """Whether a line may well begin or be part of a reference."""
    text = without_superscripts(line.text)
    numbered = _BRACKETED.match(text) or _STOPPED.match(text)
    return bool(numbered) or line.bullet or _YEAR.search(text) is not None


def linked(reference: Reference, raw: str) -> Reference:
    """With the DOI and the PMID that stand only in the addresses of an entry's links."""
    return replace(
        reference,
        doi=reference.doi or find_doi(raw),
        pmid=reference.pmid or identifiers_of_address(raw).pmid,
    )


def read_entries(lines: list[Line]) -> tuple[list[Entry], list[Finding]]:
    """The entries in order. An entry that lost its number gets the one its place gives it."""
    entries: list[Entry] = []
    numbered = any(_printed_number(line, None) is not None for line in lines)
    last = 0
    for line in lines:
        text = without_superscripts(line.text)
        found = _printed_number(line, last)
        if found is not None:
            last, text = found
            entries.append(Entry(last, text, [line.number]))
        elif not entries or _begins(line, entries[-1], numbered):
            entries.append(Entry(None, text, [line.number]))
            last += 1
        else:
            entries[-1].text = _joined(entries[-1].text, text)
            entries[-1].lines.append(line.number)
    return _placed(entries)


def _printed_number(line: Line, last: int | None) -> tuple[int, str] | None:
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


def _begins(line: Line, before: Entry, numbered: bool) -> bool:
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


def _joined(first: str, second: str) -> str:
    if re.search(r"[^\W\d_]-$", first) and second[:1].islower():
        return first + second
    if re.search(r"(?:/|\d[-–])$", first) and second[:1].isalnum():
        return first + second
    return f"{first} {second}"


def _placed(entries: list[Entry]) -> tuple[list[Entry], list[Finding]]:
    """Every entry with a number, and what is odd about them."""
    findings: list[Finding] = []
    printed = [entry for entry in entries if entry.number is not None]
    before = 0
    for index, entry in enumerate(entries):
        if entry.number is None:
            after = next((e.number for e in entries[index:] if e.number is not None), None)
            entry.number = before + 1
            if printed:
                fits = after is None or after > entry.number
                message = "printed without its number, which its place in the list gives"
                if not fits:
                    message = "printed without a number, and its place in the list leaves none"
                findings.append(
                    Finding("notice" if fits else "warning", f"ref-{entry.number}", message)
                )
        before = _report_gap(entry.number, before, findings)
    return _distinct(entries, findings), findings


def _report_gap(number: int, before: int, findings: list[Finding]) -> int:
    if number > before + 1:
        missing = f"{before + 1}" if number == before + 2 else f"{before + 1}–{number - 1}"
        message = f"the list goes from {before} to {number}: reference {missing} is missing"
        findings.append(Finding("warning", f"ref-{number}", message))
    return max(number, before)


def _distinct(entries: list[Entry], findings: list[Finding]) -> list[Entry]:
    """Entries with the same number become one: their texts are the parts of one entry."""
    kept: dict[int, Entry] = {}
    for entry in entries:
        number = entry.number or 0
        if number in kept:
            kept[number].text += f" {entry.text}"
            kept[number].lines += entry.lines
            message = "two entries of the list come to the same number; kept together"
            findings.append(Finding("warning", f"ref-{number}", message))
        else:
            kept[number] = entry
    return sorted(kept.values(), key=lambda one: one.number or 0)
