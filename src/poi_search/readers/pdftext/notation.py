"""The frames that converters put around parts of a page → the notations the reader knows.

Empty anchors, HTML pages around a table, and the environments of LaTeX: headings, captions,
tables. Every line keeps its number; what was only a frame becomes blank.
"""

from __future__ import annotations

import html
import re

from poi_search.readers.pdftext.repair import SourceLine
from poi_search.text.typography import SPACE_BEFORE

_ANCHOR = re.compile(r"<(span|a)\s+(?:id|name)=\"[^\"<>]*\"\s*>\s*</\1>", re.IGNORECASE)
_PAGE = re.compile(r"</?(?:html|body)>(?=\s*(?:<|$))", re.IGNORECASE)
_NOTHING = re.compile(r"\{\s*\}\s*(?=[\^_])")
_HEADING = re.compile(
    r"^\s*\\(?P<name>title|section|subsection|subsubsection)\*?\{(?P<text>.*)\}\s*$"
)
_LEVELS = {"title": "#", "section": "##", "subsection": "###", "subsubsection": "####"}
_CAPTION = re.compile(r"^\s*\\caption\*?\{(?P<text>.*)\}\s*$")
_ABSTRACT = re.compile(r"^\s*\\begin\{abstract\}\s*")
_FRAME = re.compile(
    r"^\s*\\(?:(?:begin|end)\{(?:table|figure|center|abstract|document|longtable|itemize|enumerate)"
    r"\*?\}(?:\[[^\]]*\])?|captionsetup\{[^{}]*\}|includegraphics(?:\[[^\]]*\])?\{[^{}]*\}"
    r"|centering|maketitle)\s*$"
)
_BEGIN, _END = re.compile(r"\\begin\{tabular\}"), re.compile(r"\\end\{tabular\}")
_SPEC = re.compile(r"^\s*(?:\[[^\]]*\])?\{(?:[^{}]|\{[^{}]*\})*\}")
_RULES = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|c(?:mid)?rule\{[^{}]*\}|cline\{[^{}]*\})"
)
_SPAN = re.compile(
    r"^\s*\\multi(?P<way>column|row)\{(?P<count>\d{1,2})\}\{(?:[^{}]|\{[^{}]*\})*\}"
    r"\{(?P<text>.*)\}\s*$"
)
_BREAK = re.compile(rf"{SPACE_BEFORE}<br\s*/?>\s*", re.IGNORECASE)
_MAX_LINES = 400
# How far from the top the front matter is looked for.
_FRONT = 40


def known_notation(lines: tuple[SourceLine, ...]) -> tuple[SourceLine, ...]:
    """The lines with frames taken off, LaTeX headings as `##` and its tables as HTML."""
    result: list[SourceLine] = []
    index = 0
    while index < len(lines):
        end = _end_of_table(lines, index)
        if end:
            result += _table(lines[index:end])
            index = end
        else:
            text = _line(lines[index].text)
            number = lines[index].number
            # Authors and affiliations are set below each other, parted by no more than a break.
            pieces = _BREAK.split(text) if number <= _FRONT and _is_text(text) else [text]
            for piece in pieces[:-1]:
                result += [SourceLine(number, piece), SourceLine(number, "")]
            result.append(SourceLine(number, pieces[-1]))
            index += 1
    return tuple(result)


def _is_text(line: str) -> bool:
    return not re.match(r"\s*(?:[|#]|</?t)", line)


def _line(text: str) -> str:
    if "<" in text:
        text = _PAGE.sub("", _ANCHOR.sub("", text))
    if "\\" not in text and "{" not in text:
        return text
    if match := _HEADING.match(text):
        return f"{_LEVELS[match['name']]} {match['text']}"
    if match := _CAPTION.match(text):
        return match["text"]
    if _FRAME.match(text) and not _ABSTRACT.match(text):
        return ""
    return _NOTHING.sub("", _ABSTRACT.sub("## Abstract ", text).rstrip())


def _end_of_table(lines: tuple[SourceLine, ...], start: int) -> int:
    """The index after the table that begins in a line; 0 if none does."""
    if not _BEGIN.search(lines[start].text):
        return 0
    for index in range(start, min(start + _MAX_LINES, len(lines))):
        if _END.search(lines[index].text):
            return index + 1
    return 0


def _table(lines: tuple[SourceLine, ...]) -> list[SourceLine]:
    """A `tabular` as an HTML table on its first line, the others as empty rows of it."""
    source = "\n".join(line.text for line in lines)
    inner = _END.split(_BEGIN.split(source, maxsplit=1)[1], maxsplit=1)[0]
    inner = _RULES.sub(" ", _NOTHING.sub("", _SPEC.sub("", inner, count=1)))
    rows = re.split(r"\\\\(?:\[[^\[\]]*\])?|\\tabularnewline\b", inner)
    markup = "".join(f"<tr>{_cells(row)}</tr>" for row in rows if row.strip())
    first = SourceLine(lines[0].number, f"<table>{markup}</table>")
    return [first, *(SourceLine(line.number, "<tr></tr>") for line in lines[1:])]


def _cells(row: str) -> str:
    return "".join(_cell(cell) for cell in re.split(r"(?<!\\)&", row))


def _cell(text: str) -> str:
    match = _SPAN.match(text)
    if match is None:
        return f"<td>{html.escape(text.strip())}</td>"
    name = "colspan" if match["way"] == "column" else "rowspan"
    return f'<td {name}="{match["count"]}">{html.escape(match["text"].strip())}</td>'
