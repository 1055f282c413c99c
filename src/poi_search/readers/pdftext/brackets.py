"""Brackets that converters put where none are printed: around raised signs, and in links.

pymupdf4llm prints a raised part as `[6]`, each sign of a range apart: `[1][–][3]`. Marker escapes
round brackets, also within links, as `\\(3\\)`, which is also how LaTeX begins a formula.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from poi_search.readers.pdftext.plain_text import STATISTIC, STATISTIC_VALUE
from poi_search.readers.pdftext.repair import SourceLine
from poi_search.text.typography import DASH_SIGNS

_ESCAPED_ROUND = re.compile(r"\\([()])")
# What only a formula has.
_FORMULA = re.compile(r"\\\((?:(?!\\[()])[^()^_{\\]){0,200}(?:\\[A-Za-z]|[\^_{])")
_LINK_TEXT = re.compile(
    r"(?<!!)\[((?:[^\[\]\\]|\\.){1,200})\](?=\((?:https?://|mailto:|#|\.{0,2}/))"
)
# `[1][–][3]`, `[5][,][7]`: one marker in pieces.
_PIECES = re.compile(
    rf"\[\d{{1,4}}\](?:\[[{DASH_SIGNS},;]\](?:\[\d{{1,4}}\])?)+|\[\d{{1,4}}[{DASH_SIGNS},;]\](?:\[\d{{1,4}}\])+"
)
_SIGNED = rf"[+{DASH_SIGNS}]"
# `10[−][6]` and `Ca[2][+]`: one raised part in pieces.
_PARTED_POWER = re.compile(rf"(?<=[A-Za-z\d])\[([{DASH_SIGNS}])\]\[(\d{{1,2}})\]")
_PARTED_CHARGE = re.compile(r"(?<=[A-Za-z\d])\[(\d)\]\[([+\u2212])\](?!\[\d)")
# What in brackets is no marker, by what is before or after it.
_RAISED = (
    re.compile(rf"(?<=(?<![\w.])10)\[({_SIGNED}?\d{{1,2}})\]"),
    re.compile(
        r"(?<![^\W\d_])(?P<unit>(?:[cmdkµμn]?m|s|min|h|k?g|m?L|ml|dl|mol|R|r|χ|η))"
        rf"\[({_SIGNED}\d|[23])\]"
    ),
    re.compile(rf"(?<=[A-Za-z\d])\[({_SIGNED}\d{{1,2}}|\d?{_SIGNED}|{_SIGNED}/{_SIGNED}|[®™©])\]"),
    re.compile(rf"(?P<unit>{STATISTIC})\[(2)\](?={STATISTIC_VALUE})"),
    re.compile(r"(?<=\d)\[(st|nd|rd|th)\]"),
    # `[18]F-FDG`, `[99m]Tc`: the mass of an isotope.
    re.compile(r"(?<![\w.,;:!?\])])\[(\d{1,3}m?)\](?=[A-Z][a-z]?(?![a-z]))"),
)


def read_brackets(lines: Sequence[SourceLine]) -> tuple[SourceLine, ...]:
    """The lines with round brackets as printed, and raised parts as `<sup>`."""
    has_formulas = any(_FORMULA.search(_LINK_TEXT.sub("", line.text)) for line in lines)
    return tuple(SourceLine(one.number, _read_line(one.text, has_formulas)) for one in lines)


def _read_line(text: str, has_formulas: bool) -> str:
    if "\\" in text:
        text = _LINK_TEXT.sub(_unescape_link, text)
        text = text if has_formulas else _ESCAPED_ROUND.sub(r"\1", text)
    if "[" not in text:
        return text
    text = _PARTED_CHARGE.sub(r"[\1\2]", _PARTED_POWER.sub(r"[\1\2]", text))
    text = _PIECES.sub(lambda match: f"[{re.sub(r'[^0-9,;]', _sign, match[0])}]", text)
    for pattern in _RAISED:
        text = pattern.sub(_raise, text)
    return text


def _unescape_link(match: re.Match[str]) -> str:
    return f"[{_ESCAPED_ROUND.sub(chr(92) + '1', match[1])}]"


def _sign(match: re.Match[str]) -> str:
    return "" if match[0] in "[]" else match[0]


def _raise(match: re.Match[str]) -> str:
    unit = match.groupdict().get("unit") or ""
    return f"{unit}<sup>{match[match.lastindex or 1]}</sup>"
