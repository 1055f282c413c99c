"""The lines of a converted article: their markup, columns, and whether they are debris.

The parts of an article are recognised in other modules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from poi_search.readers.pdftext.plain_text import (
    CONTINUES,
    RUNNING_HEAD,
    is_bold,
    plain,
    without_superscripts,
)
from poi_search.readers.pdftext.repair import SourceLine

_HASHES = re.compile(r"^\s{0,3}(#{1,6})\s+(?=\S)|^\s*<h([1-6])[^>]*>", re.IGNORECASE)
_PAUSE = re.compile(r"(?<!\W)[^\w.:;,!?]*+[.:;,!?]\W*$")
_BULLET = re.compile(r"^\s*(?:[-*+•‣▪●○◦■·–—]|&bull;)\s+(?=\S)")
_RULE_LINE = re.compile(r"^[\s\-_=*~.·•|\\/<>]{1,}$")
_HTML_TABLE = re.compile(r"\s*</?(?:table|thead|tbody|tr|td|th)\b", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*<!--.*-->\s*$")
# pymupdf4llm: where a picture was, and the words in it.
_PLACEHOLDER = re.compile(r"==> picture\b.{0,80}\bomitted <==")
_PICTURE_BEGINS = re.compile(r"-- ?Start of picture text ?--", re.IGNORECASE)
_PICTURE_ENDS = re.compile(r"-- ?End of picture text ?--", re.IGNORECASE)
_MOST_IN_PICTURE = 400
_MARKED_HEAD = re.compile(re.escape(RUNNING_HEAD).replace(r"\{\}", "(.*)"))
_IMAGE_LINE = re.compile(r"^\s*(?:!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>)\s*$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"^(?:page)?\s*+(?:[-–—|]\s*+)?(?:\d{1,5}|[ivxl]{1,6})\s*+(?:[-–—|]\s*+)?(?:(?:of|/)\s*\d{1,5})?$"
    r"|^\{?\d+\}?-{8,}$|^\[?page(?: break)?[\s:]*\d*\]?$",
    re.IGNORECASE,
)
_RUNNING_HEAD = re.compile(
    r"^(?:www\.\S+|https?://(?:www\.)?[\w.-]+/?)(?:\s+\d+)?$"
    r"|^(?:\d+\s+)?[^\W\d_][\w’'-]++(?:\s[^\W\d_][\w’'-]++)?,?\s+et al\.?(?:[\s.•|:,]*+"
    r"(?:page \d+|\d+|[A-Z][\w .&•|]*?(?<![\s(,])[\s(,]*+(?:19|20)\d\d\)?[\s;:,\d()/-]*+"
    r"(?:www\.\S+)?))?$"
    r"|^(?:\d+\s+)?[A-Z][\w .&,|]{2,60}?[\s|(,]++(?:19|20)\d\d\)?[\s;,|]*+"
    r"(?:vol(?:ume)?\.?\s*+)?\d++[\s;:,(]*+[\w\s();:,/|–-]{0,40}(?:www\.\S+)?(?:\s\d+ of \d+)?$"
    r"|^(?:downloaded|author manuscript|nih-pa|europe pmc|this (?:pdf|page) )\b.{0,200}$"
    r"|^.{3,80}\|\s*(?:www\.\S+|volume \d+).{0,80}$"
    r"|^\((?:continued on next|continued from previous|continued) ?(?:page)?\)$"
    r"|^(?:contents lists? available (?:at|online)|journal home ?page|available online at www"
    r"|view (?:article|metadata)|submit your (?:next )?(?:article|manuscript)s?"
    r"|see discussions, stats)\b.*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|doi:?\s*10\.|www\.)", re.IGNORECASE)
_SPACED_CAPITALS = re.compile(r"^(?:[A-Z] ){3,}[A-Z]$")
# Parts of an article that may repeat: captions, numbered headings, whole sentences.
_PART = re.compile(r"(?:fig|table|\d+\.\d|.*(?<!et al)\.$)", re.IGNORECASE)
_ADVERT = re.compile(r"submit your (?:next )?(?:article|manuscript)s?\b", re.IGNORECASE)
_IN_PICTURE = "words in a picture"
_MAX_OFFER = 100
_MAX_HEAD = 150


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A non-blank line; `text` has superscripts as `markup.SUP…END`.

    `level` is that of a marked heading, else 0; `cells` are the columns of a line set in
    columns; `debris` is the reason why the line is not part of the article; `first` is true
    for a line after a blank line or at the beginning of the file; `continues` for one that, by its
    layout, goes on with the paragraph before it.
    """

    number: int
    text: str
    level: int = 0
    bold: bool = False
    bullet: bool = False
    cells: tuple[str, ...] = ()
    debris: str = ""
    first: bool = True
    raw: str = ""
    continues: bool = False

    @property
    def in_pipes(self) -> bool:
        """Whether the line belongs to a table drawn with `|`."""
        return self.raw.lstrip().startswith("|")

    @property
    def in_html(self) -> bool:
        """Whether the line belongs to an HTML table."""
        return _HTML_TABLE.match(self.raw) is not None

    @property
    def is_row(self) -> bool:
        """Whether the line is set in columns or belongs to a table."""
        return len(self.cells) > 1 or self.in_html


def read_lines(lines: Iterable[SourceLine]) -> list[PrintedLine]:
    """The non-blank lines in order, running heads marked as debris."""
    result: list[PrintedLine] = []
    blank = True
    for line in lines:
        if not line.text.strip():
            blank = True
            continue
        result.append(_line(line, blank))
        blank = False
    apart = _mark_adverts(_mark_pictures(_unmark_dashes(result)))
    return _mark_repeated_heads(_mark_isolated_heads(apart))


def _unmark_dashes(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Unmark bullets that are dashes inside a sentence, at the beginning of a line."""
    result: list[PrintedLine] = []
    in_list = False
    for line in lines:
        in_list = in_list and not line.first
        before = result[-1].text if result else ""
        if line.bullet and not (line.first or in_list or _PAUSE.search(before)):
            result.append(replace(line, bullet=False, text=plain(line.raw)))
        else:
            result.append(line)
        in_list = in_list or result[-1].bullet
    return result


def _line(source: SourceLine, first: bool) -> PrintedLine:
    raw = source.text
    if head := _MARKED_HEAD.match(raw):
        return PrintedLine(source.number, plain(head[1]), debris="running head", raw=raw)
    continues = raw.startswith(CONTINUES)
    raw = raw.removeprefix(CONTINUES)
    hashes = _HASHES.match(raw)
    bullet = _BULLET.match(raw)
    bare = raw[hashes.end() :] if hashes else raw[bullet.end() :] if bullet else raw
    bare = re.sub(r"</h[1-6]>\s*$|(?<!\s)\s++#++\s*$", "", bare) if hashes else bare
    text = plain(bare)
    if _SPACED_CAPITALS.match(text):
        text = " ".join(re.sub(r" ", "", part) for part in re.split(r"\s{2,}", bare.strip()))
    level = (len(hashes[1]) if hashes[1] else int(hashes[2])) if hashes else 0
    return PrintedLine(
        source.number,
        text,
        level=level,
        bold=is_bold(raw),
        bullet=bullet is not None and not is_bold(raw),
        cells=_cells(raw),
        debris=_debris(raw, text),
        first=first,
        raw=raw,
        continues=continues,
    )


def _cells(raw: str) -> tuple[str, ...]:
    """The columns of a table line, separated by tabs, pipes or runs of spaces."""
    if raw.lstrip().startswith("|") and raw.count("|") >= 2:
        bare = raw.strip().removeprefix("|")
        bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
        return tuple(plain(cell) for cell in re.split(r"(?<!\\)\|", bare))
    if "\t" in raw:
        return tuple(plain(cell) for cell in raw.rstrip("\n\r").split("\t"))
    columns = re.split(r" {3,}", raw.strip())
    return tuple(plain(cell) for cell in columns) if len(columns) > 1 else ()


def _debris(raw: str, text: str) -> str:
    if _PLACEHOLDER.search(raw):
        return "place of a picture"
    if _COMMENT.match(raw):
        return "comment of the converter"
    if _IMAGE_LINE.match(raw):
        return "image"
    if not text or (_RULE_LINE.match(raw) and "|" not in raw):
        return "no text"
    if raw.lstrip().startswith("|"):
        return ""
    return "page number" if _PAGE_NUMBER.match(without_superscripts(text)) else ""


def _mark_pictures(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Mark the words in pictures, between the marks of their converter."""
    result = list(lines)
    begins = None
    for at, line in enumerate(lines):
        begins = at if _PICTURE_BEGINS.search(line.raw) else begins
        if _PICTURE_BEGINS.search(line.raw) or _PICTURE_ENDS.search(line.raw):
            result[at] = replace(line, debris=_IN_PICTURE)
        if begins is not None and _PICTURE_ENDS.search(line.raw):
            if at - begins <= _MOST_IN_PICTURE:
                inside = lines[begins : at + 1]
                result[begins : at + 1] = [replace(one, debris=_IN_PICTURE) for one in inside]
            begins = None
    return result


def _mark_adverts(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Mark an invitation to submit manuscripts, with the list of what is offered."""
    result: list[PrintedLine] = []
    in_advert = False
    for line in lines:
        begins = line.first and _ADVERT.match(line.text) is not None
        in_advert = begins or (in_advert and line.bullet and len(line.text) < _MAX_OFFER)
        result.append(replace(line, debris="advertisement") if in_advert else line)
    return result


def _mark_isolated_heads(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Mark separate lines that look like running heads; inside a block they may be text."""
    return [
        replace(line, debris="running head") if _is_isolated_head(line, after) else line
        for line, after in zip_longest(lines, lines[1:])
    ]


def _is_isolated_head(line: PrintedLine, after: PrintedLine | None) -> bool:
    if not line.first or line.level or line.bold or line.debris or line.bullet:
        return False
    alone = after is None or after.first or _ADDRESS.match(after.text) is not None
    return alone and is_running_head(line.text)


def is_running_head(text: str) -> bool:
    """Whether a line has the form of a running head."""
    shown = without_superscripts(text)
    return len(shown) <= _MAX_HEAD and _RUNNING_HEAD.match(shown) is not None


def _mark_repeated_heads(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Mark short lines that occur at least three times, page numbers aside, as running heads."""
    shapes = [_shape(line) if _may_run(line) else None for line in lines]
    counts = Counter(shapes)
    return [
        replace(line, debris="running head") if shape is not None and counts[shape] >= 3 else line
        for line, shape in zip(lines, shapes, strict=True)
    ]


def _may_run(line: PrintedLine) -> bool:
    """Whether a line may be a running head: short, not in a table, with enough letters."""
    in_table = line.in_pipes or "\t" in line.raw or "<t" in line.raw
    if in_table or line.bullet or line.debris or _PART.match(line.text):
        return False
    return 4 <= sum(map(str.isalpha, line.text)) <= 100


def _shape(line: PrintedLine) -> str:
    return re.sub(r"\d+|\W+", " ", line.text).strip().lower()
