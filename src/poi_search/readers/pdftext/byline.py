"""Authors, affiliations and dates of the front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from poi_search.article import Affiliation, Author, Dated, Name
from poi_search.readers.pdftext.blocks import TextBlock
from poi_search.readers.pdftext.lines import PrintedLine
from poi_search.readers.pdftext.matter_kinds import EVENT
from poi_search.readers.pdftext.plain_text import END, SUP, without_superscripts
from poi_search.references.names import PARTICLES, is_organisation, parse_full_name
from poi_search.text.typography import SPACE_BEFORE

_BETWEEN_AUTHORS = re.compile(
    rf"{SPACE_BEFORE}[,;]\s*(?:and|&)?\s+|(?<!\s)\s++(?:and|&)\s+|,(?=[A-Z])"
)
_FOR_GROUP = re.compile(r"^(?:and )?(?:on behalf of|for) (?:the )?|^the ", re.IGNORECASE)
_DEGREE = re.compile(
    r"(?:M\.?D\.?|Ph\.?\s?D\.?|M\.?Sc\.?|B\.?Sc\.?|M\.?S\.?|B\.?S\.?|MBBS|MBChB|M\.?P\.?H\.?|D\.?Phil"
    r"\.?|FRCOG|FACOG|RN|PharmD|DVM|DDS|MBA|BA|MA|FRCP|MRCOG|Dr\.?|Prof\.?|MMed|MM|BM|DSc|ScD|MHS)",
)
# `Ali,¹ Sutradhar,²`: the comma belongs after the marks.
_COMMA_FIRST = re.compile(rf",({SUP}[^{SUP}{END}]*{END})(?=\s)")
# Raised marks that a converter prints in brackets: `Doe[1,*]`.
_BRACKETED_MARKS = re.compile(r" ?\[([\da-z*†‡§¶#](?:[ ,;]{0,2}[\da-z*†‡§¶#]){0,8})\]")
_MARKS = re.compile(rf"{SUP}([^{SUP}{END}]*){END}")
_TRAILING_MARKS = re.compile(r"(?<=[^\W\d_.])\s?([\d*†‡§¶#✉](?:(?:,\s?|\s,?\s?)?[\d*†‡§¶#✉])*)$")
_LETTER_MARKS = re.compile(r"(?<=[^\W\d_.])\s([a-z](?:\s?,\s?[a-z*†‡§¶#])*(?:\s?,?\s?[*†‡])?)$")
_MARK = re.compile(r"[a-z]{1,2}|\d{1,2}|[*†‡§¶#✉]+")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_DATE = re.compile(
    rf"(?P<event>{EVENT})(?:\s+on)?\s*+(?::\s*+)?"
    r"(?P<date>\d{1,2}(?:st|nd|rd|th)?[ -][A-Z][a-z]{2,8}\.?,?[ -]\d{4}"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}"
    r"|\d{4} [A-Z][a-z]{2,8}\.? \d{1,2}|[A-Z][a-z]{2,8} \d{4})",
    re.IGNORECASE,
)
_FORMATS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y-%m-%d", "%Y %b %d", "%Y %B %d")
_AFFILIATION_START = re.compile(
    rf"(?:^|(?<=[.;,])\s*+|(?<!\s)\s++){SUP}([^{SUP}{END}]{{1,6}}){END}\s*"
)
_PLAIN_START = re.compile(r"^(\d{1,2}|[a-z])\)?[\s.]\s*(?=[A-Z])")


def parse_author_line(text: str) -> tuple[Author, ...]:
    """The authors of a line, or () if an item in it is neither a name nor a degree.

    `affiliations` are the marks in order; a mark in round brackets after another mark stands
    for an icon and is left out.
    """
    text = _BRACKETED_MARKS.sub(rf"{SUP}\1{END}", text)
    flat = re.sub(rf"{END}\s*,\s*(?={SUP})", END, _COMMA_FIRST.sub(r"\1,", text))
    held = _MARKS.sub(lambda match: SUP + re.sub(rf"{SPACE_BEFORE},\s*", ";", match[1]) + END, flat)
    items = _BETWEEN_AUTHORS.split(held)
    authors: list[Author] = []
    for item in items:
        bare, marks = _split_marks(item)
        if not bare and authors and marks:
            authors[-1] = _add_marks(authors[-1], marks)
        elif _DEGREE.fullmatch(bare) and authors:
            degrees = ", ".join(filter(None, (authors[-1].degrees, bare)))
            authors[-1] = _add_marks(authors[-1], marks, degrees)
        elif _is_name(bare):
            authors.append(_add_marks(Author(parse_full_name(bare)), marks))
        elif authors and is_organisation(group := _FOR_GROUP.sub("", bare)):
            authors.append(_add_marks(Author(Name(body=group)), marks))
        elif bare:
            return ()
    return tuple(authors)


def has_icons(text: str) -> bool:
    """Whether a superscript letter follows a group of marks: `MD^a^(b)`."""
    return re.search(rf"{SUP}[^{SUP}{END}]*{END}{SUP}[a-z]{END}", text) is not None


def split_people(block: TextBlock) -> list[TextBlock]:
    """Split a block that contains a line of authors: title, authors, each line after them."""
    people = [bool(parse_author_line(line.text)) for line in block.lines]
    if len(block.lines) == 1 or not any(people):
        return [block]
    at = end = people.index(True)
    while end < len(people) and parse_author_line(_join_texts(block.lines[at : end + 1])):
        end += 1
    rest = [block.lines[i : i + 1] for i in range(end, len(people))]
    pieces = [block.lines[:at], block.lines[at:end], *rest]
    return [TextBlock(lines, _join_texts(lines)) for lines in pieces if lines]


def _join_texts(lines: Iterable[PrintedLine]) -> str:
    return " ".join(line.text for line in lines)


def parse_affiliations(text: str) -> tuple[Affiliation, ...]:
    """`ᵃ The School…, ᵇ Department…` → one for each mark; a single one without marks."""
    starts = list(_AFFILIATION_START.finditer(text))
    if starts:
        ends = [start.start() for start in starts[1:]] + [len(text)]
        pieces = [
            (start[1].strip("[]() "), text[start.end() : end])
            for start, end in zip(starts, ends, strict=True)
        ]
        return tuple(Affiliation(label, _tidy(piece)) for label, piece in pieces if piece.strip())
    match = _PLAIN_START.match(text)
    label, rest = (match[1], text[match.end() :]) if match else ("", text)
    return (Affiliation(label, _tidy(rest)),)


def parse_dates(text: str) -> tuple[Dated, ...]:
    """'Received: 12 April 2022 / Accepted: 1 June 2022', ISO where a date can be read."""
    return tuple(
        Dated(match["event"].lower(), _iso(match["date"])) for match in _DATE.finditer(text)
    )


def _iso(printed: str) -> str:
    bare = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|[.,]", "", printed).replace("-", " ", 2)
    bare = bare if not re.match(r"\d{4} ", bare) else printed
    for pattern in _FORMATS:
        try:
            return datetime.strptime(bare.title(), pattern).date().isoformat()
        except ValueError:
            continue
    return printed


def _split_marks(item: str) -> tuple[str, list[str]]:
    groups = [match[1] for match in _MARKS.finditer(item)]
    bare = _ORCID.sub("", _MARKS.sub("", item)).strip(" .,")
    trailing = _TRAILING_MARKS.search(bare) or _LETTER_MARKS.search(bare)
    if trailing:
        groups.append(trailing[1].replace(" ", ""))
        bare = bare[: trailing.start()].strip()
    stars = re.search(r"(?<![*†‡§¶#✉])[*†‡§¶#✉]+$", bare)
    if stars:
        groups.append(stars[0])
        bare = bare[: stars.start()].strip()
    # `^a^(b)`: a letter after a group of marks is not another mark.
    marks = _MARK.findall(groups[0]) if groups else []
    for group in groups[1:]:
        marks += [mark for mark in _MARK.findall(group) if not mark.isalpha() or mark in marks]
    return bare, list(dict.fromkeys(marks))


def _is_name(bare: str) -> bool:
    words = bare.split()
    if not 2 <= len(words) <= 6 or any(char.isdigit() for char in bare):
        return False
    if not all(word[0].isupper() or word.lower() in PARTICLES for word in words):
        return False
    return all(re.fullmatch(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*\.?", word) for word in words)


def _add_marks(author: Author, marks: list[str], degrees: str = "") -> Author:
    labels = [mark for mark in marks if mark.isalnum()]
    return Author(
        author.name,
        degrees=degrees or author.degrees,
        affiliations=tuple(dict.fromkeys((*author.affiliations, *labels))),
        corresponding=author.corresponding or any("*" in m or "✉" in m for m in marks),
    )


def _tidy(text: str) -> str:
    return without_superscripts(text).strip(" ,;.")
