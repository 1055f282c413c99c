"""Lines → blocks: wrapped lines joined into headings, paragraphs, captions and so on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from poi_search.readers.pdftext.captions import parse_caption
from poi_search.readers.pdftext.headings import looks_numbered
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
        return looks_numbered(before) is not None and len(group) == 1 and _starts_sentence(line)
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


def _starts_sentence(line: PrintedLine) -> bool:
    return line.text[:1].isupper() and len(line.text) > 60
