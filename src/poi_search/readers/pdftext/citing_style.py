"""The citing style of an article, and its texts → Prose with citations.

`[1–3]` and superscript `1–3` may both occur; round brackets and numbers glued to a full
stop count only in an article without other citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from poi_search.article import Citation, Prose
from poi_search.readers.citations import parse_markers, parse_numbers, parse_round_markers
from poi_search.readers.pdftext.plain_text import (
    STATISTIC,
    STATISTIC_VALUE,
    SUPERSCRIPT,
    spell_superscript,
)

_NUMBER_BEFORE = re.compile(r"(?:^|[\s(×x~<>≥≤=±/-])\d[\d.,]*$")
_UNIT_BEFORE = re.compile(
    r"(?:^|[\s\d(/·.])(?:[cmdkµμn]?m|s|min|h|k?g|m?L|ml|dl|R|r|χ|[Cc]hi|I|η|x|y|z|p)$"
)
_STATISTIC = re.compile(rf"{STATISTIC}$")
_VALUE = re.compile(STATISTIC_VALUE)
# The symbol of an element after its mass: ¹⁸F-FDG.
_ISOTOPE = re.compile(r"[A-Z][a-z]?(?![a-z])")
_GLUED = re.compile(
    r"(?<=[a-z)\]][.,;])(?P<numbers>[1-9]\d{0,2}(?:[,–-][1-9]\d{0,2}){0,9})(?=\s+[A-Z(]|\s*$|\s+[a-z])"
)
_MOST_NAMED = 5
_BRACKETS = re.compile(r"\[[^\[\]]{1,60}\]")


@dataclass(frozen=True, slots=True)
class CitingStyle:
    """The notations that an article uses for citations, and the numbers of its references."""

    known: frozenset[int]
    raised: bool = True
    round: bool = False
    glued: bool = False

    @property
    def highest(self) -> int:
        return max(self.known, default=0)


def find_citing_style(texts: Iterable[str], known: frozenset[int]) -> CitingStyle:
    """The style of an article from its running text (superscripts still marked)."""
    texts = tuple(texts)
    style = CitingStyle(known)
    highest = style.highest
    raised = sum(
        bool(_raised_numbers(text, match, highest))
        for text in texts
        for match in SUPERSCRIPT.finditer(text)
    )
    square = sum(len(parse_markers(_without_raised(text), highest)) for text in texts)
    if square or raised:
        return CitingStyle(known, raised=raised * 3 >= square)
    needed = max(3, highest // 3)
    rounds = {
        n for text in texts for one in parse_round_markers(text, highest) for n in one.numbers
    }
    if len(rounds) >= needed:
        return CitingStyle(known, raised=False, round=True)
    runs = (parse_numbers(run["numbers"]) for text in texts for run in _GLUED.finditer(text))
    glued = {number for run in runs for number in run if number <= highest}
    return CitingStyle(known, raised=False, glued=True) if len(glued) >= needed else style


def _without_raised(text: str) -> str:
    """The text without superscripts, except those that contain a bracket."""
    return SUPERSCRIPT.sub(lambda match: match[1] if "[" in match[1] else "", text)


def make_prose(text: str, style: CitingStyle) -> Prose:
    """Plain text with its markers as `[1–3]`, each with the references that it names."""
    pieces: list[str] = []
    at = 0
    for match in SUPERSCRIPT.finditer(text):
        before = text[at : match.start()]
        at = match.end()
        content = match[1].strip()
        cites = content if content.startswith("[") else ""
        if not cites and style.raised and _raised_numbers(text, match, style.highest):
            cites = f"[{content.strip(', ')}]"
        pieces.append(before.rstrip() if cites else before)
        pieces.append(cites or spell_superscript(content))
    whole = "".join([*pieces, text[at:]])
    if style.glued:
        whole = _GLUED.sub(lambda match: _set_apart(match, style.highest), whole)
    whole = re.sub(r"\s+", " ", whole).strip()
    return Prose(whole, _citations(whole, style))


def is_reference_column(name: str) -> bool:
    """Whether the header of a column announces references."""
    return re.fullmatch(r"(?:refs?|references?|citations?)\W*", name, re.IGNORECASE) is not None


def read_bare_numbers(cell: str, style: CitingStyle) -> Prose | None:
    """A cell that contains only reference numbers without brackets: `2, 5–7`; else None."""
    text = SUPERSCRIPT.sub(lambda match: match[1], cell).strip()
    numbers = parse_numbers(text)
    if not numbers or not style.known.issuperset(numbers):
        return None
    return Prose(text, (Citation(0, len(text), numbers),))


def find_unknown_markers(text: str, known: frozenset[int]) -> list[str]:
    """What is wrong with bracketed numbers that match no reference: `[2018]`, `[2–99]`."""
    problems: list[str] = []
    for marker in (match[0] for match in _BRACKETS.finditer(text)):
        numbers = parse_numbers(marker[1:-1])
        unknown = [str(number) for number in numbers if number not in known]
        if known and len(unknown) == len(numbers) > 0:
            problems.append(f"{marker} matches no reference in the list")
        elif known and unknown:
            named = ", ".join(unknown[:_MOST_NAMED]) + (", …" if len(unknown) > _MOST_NAMED else "")
            problems.append(f"{marker} also names {named}, which is not in the list")
    return problems


def _citations(text: str, style: CitingStyle) -> tuple[Citation, ...]:
    parse = parse_round_markers if style.round else parse_markers
    named = [
        (citation, tuple(number for number in citation.numbers if number in style.known))
        for citation in parse(text, style.highest)
    ]
    return tuple(Citation(c.start, c.end, numbers) for c, numbers in named if numbers)


def _raised_numbers(text: str, match: re.Match[str], highest: int) -> tuple[int, ...]:
    """The references named by a superscript without brackets; () for an exponent."""
    content = match[1].strip().strip(",")
    numbers = parse_numbers(content)
    if not numbers or max(numbers) > highest:
        return ()
    before = text[max(0, match.start() - 20) : match.start()]
    if _NUMBER_BEFORE.search(before) and not re.search(r"[.,]$", before):
        return ()
    if before[-1:] in ("", " ", "(", "-") and _ISOTOPE.match(text, match.end()):
        return ()
    is_power = content in ("2", "3") and _UNIT_BEFORE.search(before) is not None
    is_square = content == "2" and _STATISTIC.search(before) and _VALUE.match(text, match.end())
    return () if is_power or is_square else numbers


def _set_apart(match: re.Match[str], highest: int) -> str:
    numbers = parse_numbers(match["numbers"])
    return f"[{match['numbers']}]" if numbers and max(numbers) <= highest else match[0]
