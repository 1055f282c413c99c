"""Lines → blocks: wrapped lines joined into headings, paragraphs, captions and so on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from poi_search.readers.pdftext.captions import parse_caption
from poi_search.readers.pdftext.headings import is_body_name, looks_numbered
from poi_search.readers.pdftext.hyphens import LineJoiner
from poi_search.readers.pdftext.lines import PrintedLine
from poi_search.readers.pdftext.matter_kinds import read_matter_kind
from poi_search.readers.pdftext.part_labels import names_part, read_run_in_label
from poi_search.readers.pdftext.plain_text import END, SUPERSCRIPT

# A line this long is a whole paragraph, not a line of a column.
_WHOLE_PARAGRAPH = 200
_MARKERS = re.compile(
    r"(?:(?<!\s)\s++(?=[\ue000\[]))?(?:\ue000[^\ue000\ue001]*+\ue001|\[[\d,;\s–-]++\]"
    r"|(?<=[.!?])\s?\([\d,;\s–-]++\)|(?<=[a-z)][.!?])\d[\d,–-]*+)+"
)
_MARKER_ENDS = f"{END}]),–-"
"""What markers may end with, besides a digit."""
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")
_ABBREVIATION_END = re.compile(
    r"(?:^|[\s(])(?:et al|e\.g|i\.e|vs|[Ff]igs?|approx|cf|ca|spp?|No|[Dd]r|resp|incl)\.$"
)
# No markers at the end of a sentence are longer: a paragraph is asked for its end at every
# block that may continue it, so no more of it is read.
_END = 500
# A line of this length is rather one of a paragraph than the rest of a heading.
_LONG_LINE = 60
# Kinds of metadata that begin on a new line.
_ONE_LINE = (
    "doi",
    "dates",
    "copyright",
    "how to cite",
    "issn",
    "affiliations",
    "equal contribution",
    "author information",
)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Consecutive lines and their joined text, superscripts still marked."""

    lines: tuple[PrintedLine, ...]
    text: str

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(line.number for line in self.lines)

    @property
    def head(self) -> PrintedLine:
        return self.lines[0]


def is_ended(text: str) -> bool:
    """Whether a text ends with a full sentence, citation markers disregarded."""
    bare = text[-_END:].rstrip()
    if bare[-1:].isalpha():
        return False
    if bare[-1:].isdecimal() or bare[-1:] in _MARKER_ENDS:
        for markers in _MARKERS.finditer(bare):
            if markers.end() == len(bare):
                bare = bare[: markers.start()]
    ends = _ENDED.search(bare) is not None
    return ends and _ABBREVIATION_END.search(bare) is None


def split_blocks(lines: list[PrintedLine], joiner: LineJoiner) -> list[TextBlock]:
    """The blocks of an article in order; debris is left out and does not split a block."""
    groups: list[list[PrintedLine]] = []
    broken = True
    for line in lines:
        if line.debris:
            broken = broken or line.first
            continue
        if broken or not groups or _begins_block(groups[-1], line):
            groups.append([line])
        else:
            groups[-1].append(line)
        broken = False
    return [_join_lines(group, joiner) for group in groups]


def _join_lines(lines: list[PrintedLine], joiner: LineJoiner) -> TextBlock:
    text = lines[0].text
    for line in lines[1:]:
        text = joiner.join(text, line.text, line.number)
    return TextBlock(tuple(lines), text)


def _begins_block(group: list[PrintedLine], line: PrintedLine) -> bool:
    """Whether `line` begins a new block after the lines of `group`."""
    before = group[-1]
    if line.first or line.level or line.bold or line.bullet or before.level or before.bold:
        return True
    if line.is_row or before.is_row:
        return line.is_row != before.is_row
    kinds = read_matter_kind(before.text, False), read_matter_kind(line.text, False)
    if _is_name(before) or _is_name(line) or kinds[0] == "doi" or kinds[1] in _ONE_LINE:
        return True
    text = " ".join(one.text for one in group[-2:])
    if not is_ended(text):
        return len(group) == 1 and _is_heading_above(before, line)
    return (
        len(before.text) >= _WHOLE_PARAGRAPH
        or parse_caption(line.text) is not None
        or looks_numbered(line) is not None
        or read_run_in_label(line.text)[0] is not None
        or kinds[1] != ""
    )


def _is_name(line: PrintedLine) -> bool:
    text = SUPERSCRIPT.sub("", line.text)
    if len(text) >= 60 or not text[:1].isupper():
        return False
    return names_part(text)


def _is_heading_above(before: PrintedLine, line: PrintedLine) -> bool:
    """Whether a line is a numbered heading, and `line` is not the rest of it but the text below.

    The rest of a heading would have been printed beside it if there had been room.
    """
    heading = looks_numbered(before)
    if heading is None:
        return False
    next_heading = looks_numbered(line)
    below = next_heading is not None and next_heading.place[:-1] == heading.place
    if is_body_name(heading.title) or below:
        return True
    if not line.text[:1].isupper():
        return False
    if is_ended(line.text) or len(line.text) > _LONG_LINE:
        return True
    first_word = line.text.split(" ", 1)[0]
    had_room = len(before.text) + 1 + len(first_word) <= len(line.text)
    return had_room and not _is_in_capitals(line.text)


def _is_in_capitals(text: str) -> bool:
    """Whether the words begin with capitals, as in the headings of some journals."""
    words: list[str] = re.findall(r"[^\W\d_]{4,}", text)
    return 2 * sum(word[0].isupper() for word in words) > len(words)
