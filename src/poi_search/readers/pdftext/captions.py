"""Captions of figures and tables, mentions of them in the text, and definitions in notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from poi_search.article import Abbreviation
from poi_search.readers.matter import split_definitions
from poi_search.readers.pdftext.plain_text import END, SUP, without_superscripts

FloatKind = Literal["figure", "table"]

_CAPTION = re.compile(
    r"^(?P<word>Fig(?:ure)?s?|FIG(?:URE)?|Table|TABLE|Tab|Scheme|SCHEME)\b\.?\s*"
    r"(?P<number>[A-Z]?\d{1,3}|[IVX]{1,5}(?![a-z]))(?P<stop>\s*[.:|—–-]+\s*|\s+|$)(?P<rest>.*)$"
)
# A sentence about a float, not its caption: `Figure 1 shows…`, `Table 2 and Table 3 list…`
_SENTENCE = re.compile(
    r"(?:and|or|to|in|of|is|was|are|were|also|shows?|showed|summari[sz]es?|lists?|presents?"
    r"|illustrates?|depicts?|provides?|describes?|gives?|contains?|outlines?|displays?|indicates?"
    r"|demonstrates?|reveals?|details|compares?|highlights?|reports?|\(?[a-z])\b",
)
_CONTINUED = re.compile(r"^\W*(?:continued|cont(?:inued|['’]d)?\.?|cont\.)\W*$", re.IGNORECASE)
_CONTINUED_END = re.compile(r"\((?:continued|cont['’.]?d?\.?)\)\W*$", re.IGNORECASE)
_MENTION = re.compile(
    r"\b(?P<word>Fig(?:ure)?s?|FIG(?:URE)?S?|Tables?|TABLES?|Schemes?)\.?\s*"
    r"(?P<numbers>[A-Z]?\d{1,3}[A-Za-z]?(?:(?:\s*+(?:,|and|&|to|[–—-]))+\s*+\d{1,3}[A-Za-z]?(?!\d))*)"
)
_TAIL_DEFINITIONS = re.compile(r"(?:^|(?<=[.;]))\s++(?=[^\s.;:,]{2,12}[:,] [^.;]{3,80}(?:;|\.?$))")
_NOTE_LABEL = re.compile(
    r"(?:abbreviations?|notes?|footnotes?|source|legend|key)\b\s*[:.]", re.IGNORECASE
)
_NOTE_MARK = re.compile(rf"(?:{SUP}[^{END}]{{1,4}}{END}|[*†‡§¶#])\s*\S")
_MIN_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Caption:
    """The label as printed ('Table 1'), its number if it is one, and what follows it."""

    kind: FloatKind
    label: str
    number: int | None
    text: str
    continued: bool = False


def parse_caption(text: str) -> Caption | None:
    """The caption in a block; None if there is none, as in a sentence about a figure."""
    match = _CAPTION.match(text)
    if match is None:
        return None
    rest = match["rest"].strip()
    stopped = bool(match["stop"].strip())
    continued = _CONTINUED.match(rest) is not None or _CONTINUED_END.search(rest) is not None
    if rest and not continued and not stopped and (_SENTENCE.match(rest) or rest[0] in ",;)("):
        return None
    number = int(match["number"]) if match["number"].isdigit() else None
    word = match["word"].capitalize()
    stop = "." if text[len(match["word"]) :].startswith(".") and word in ("Fig", "Tab") else ""
    return Caption(_kind(word), f"{word}{stop} {match['number']}", number, rest, continued)


def find_mentions(text: str) -> list[tuple[FloatKind, int]]:
    """The floats that a paragraph mentions, in order: 'Figs. 1 and 3' → figures 1 and 3."""
    found: list[tuple[FloatKind, int]] = []
    for match in _MENTION.finditer(text):
        numbers = [int(number) for number in re.findall(r"\d+", match["numbers"])]
        if len(numbers) == 2 and re.search(r"\d[A-Za-z]?\s*(?:to|[–—-])\s*\d", match["numbers"]):
            numbers = list(range(numbers[0], min(numbers[1], numbers[0] + 20) + 1))
        found += [(_kind(match["word"]), number) for number in numbers]
    return found


def _kind(word: str) -> FloatKind:
    return "table" if word.lower().startswith("tab") else "figure"


def read_definitions(text: str, anchor: str) -> tuple[Abbreviation, ...]:
    """The abbreviations defined in a list or in the notes of a table."""
    bare = _NOTE_LABEL.sub("", without_superscripts(text).strip(), count=1)
    pairs = split_definitions(bare.strip())
    return tuple(Abbreviation(short, long, anchor) for short, long in pairs)


def read_caption_definitions(text: str, anchor: str) -> tuple[Abbreviation, ...]:
    """The definitions at the end of a caption: 'MSC = mesenchymal…', 'VDR: vitamin D…; …'."""
    start = text.find(" = ")
    if start < 0:
        tail = _TAIL_DEFINITIONS.search(text)
        found = read_definitions(text[tail.end() :], anchor) if tail else ()
        return tuple(one for one in found if sum(map(str.isupper, one.short)) >= _MIN_LETTERS)
    begin = max(text.rfind(". ", 0, start), text.rfind(": ", 0, start), text.rfind("; ", 0, start))
    return read_definitions(text[begin + 1 :].strip(" :;"), anchor)


def looks_like_notes(text: str) -> bool:
    """Whether a block after a table contains its notes: definitions, 'Note:', footnote marks."""
    marked = _NOTE_MARK.match(text) and len(text) < 1000
    lettered = re.match(r"[a-z]\s+[A-Z]", text) and len(text) < 300
    equal = len(re.findall(r"\w\s*=\s*\w", text)) >= 2
    if _NOTE_LABEL.match(text) or marked or lettered or equal:
        return True
    pairs = re.findall(r"(?:^|[;,.]\s+)[A-Za-z0-9/αβγ-]{2,12}\s*[:,]\s+[a-z]", text)
    return len(pairs) >= min(2 + text.count(". "), 3) and len(pairs) * 120 > len(text)
