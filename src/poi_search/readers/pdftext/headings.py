"""Headings of a converted article: marked, numbered, or known by name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from poi_search.readers.pdftext.lines import PrintedLine
from poi_search.readers.pdftext.plain_text import without_superscripts

_NUMBERED = re.compile(
    r"^(?:(?P<label>\d{1,2}(?:\.\d{1,2}){1,4}|\d{1,2}|[IVX]{1,5})(?P<stop>\.?)\s+(?P<title>\S.*)"
    r"|(?P<tight>\d{1,2}(?:\.\d{1,2}){0,4})[.|]\s*(?P<rest>[^\W\d_]\S*.*))$"
)
_BODY_NAMES = re.compile(
    r"(?:introduction|background|(?:patients?|materials?|subjects?|data|participants?)?(?: and )?"
    r"methods?(?: and materials?)?|methodology|search strategy|literature search|results?"
    r"|results? and discussion|findings|discussions?|discussions? and conclusions?"
    r"|conclusions?|concluding remarks|conclusions? and (?:future )?(?:perspectives?|directions?"
    r"|prospects?|outlook)|summary(?: and (?:conclusions?|outlook|perspectives?))?|limitations?"
    r"|(?:future )?(?:perspectives?|directions|prospects|outlook)|case (?:report|presentation)s?"
    r"|main text|overview|recommendations)",
    re.IGNORECASE,
)
_ABSTRACT_PARTS = re.compile(
    r"(?:(?:background|objectives?|aims?|purpose|(?:materials? and )?methods?|results?|findings"
    r"|conclusions?|interpretation|design|settings?|patients|participants|interventions?"
    r"|main (?:body|outcome measures?)|measurements?|introduction|significance|recent findings"
    r"|scope|rationale|study design|data sources|trial registration|context|importance)"
    r"(?: and (?:aims?|objectives?|purpose|methods|results|design|significance|conclusions?))?)",
    re.IGNORECASE,
)
_ROMAN = {"I": 1, "V": 5, "X": 10}
_STOPS = "".join(char for char in map(chr, range(0x3001)) if char.isspace()) + ":."
MAX_HEADING = 180
# Headings that are only bold rank below all marked ones.
BOLD_LEVEL = 7


@dataclass(frozen=True, slots=True)
class PrintedHeading:
    """`label` is the printed number without its last stop; `place` its parts: 3.4 → (3, 4)."""

    title: str
    label: str = ""
    place: tuple[int, ...] = ()


def bare_name(text: str) -> str:
    """A heading without its number, colon and marks, to compare with known names."""
    name = re.sub(r"^[■▪●•*\s]+", "", without_superscripts(text))
    name = name.rstrip(_STOPS)
    return re.sub(r"^(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.|]?\s+", "", name)


def is_body_name(text: str) -> bool:
    return _BODY_NAMES.fullmatch(bare_name(text)) is not None


def is_abstract_part(text: str) -> bool:
    return _ABSTRACT_PARTS.fullmatch(bare_name(text)) is not None


def parse_heading(text: str) -> PrintedHeading:
    """A line read as a heading: its number, if it has one, and its title."""
    shown = without_superscripts(text).strip()
    match = _NUMBERED.match(shown)
    if match is None:
        return PrintedHeading(shown.rstrip(":").rstrip())
    label = match["label"] or match["tight"]
    title = (match["title"] or match["rest"]).strip().rstrip(":").rstrip()
    place = tuple(int(part) for part in label.split(".")) if label[0].isdigit() else ()
    if not place:
        number = _roman(label)
        if not number or not match["stop"]:
            return PrintedHeading(shown)
        place = (number,)
    return PrintedHeading(title, label, place)


def looks_numbered(line: PrintedLine) -> PrintedHeading | None:
    """The heading in a plain line: a number, then a short title that is not a sentence."""
    heading = parse_heading(line.text)
    title = heading.title
    if not heading.place or len(title) > MAX_HEADING or len(title.split()) > 24:
        return None
    if re.search(r"[.;,]$", title) and not (line.level or line.bold):
        return None
    return heading if any(char.isalpha() for char in title[:4]) and not line.cells else None


def follows(place: tuple[int, ...], before: tuple[int, ...], slack: int = 0) -> bool:
    """Whether a heading numbered `place` can come after one numbered `before`.

    It must be the first below it, or the next at its depth or above. `slack` is how many
    headings the conversion may have lost between them.
    """
    if len(place) > len(before):
        new = place[len(before) :]
        return place[: len(before)] == before and all(1 <= part <= 1 + slack for part in new)
    depth = len(place) - 1
    step = place[depth] - before[depth]
    return place[:depth] == before[:depth] and 1 <= step <= 1 + slack


def _roman(label: str) -> int:
    values = [_ROMAN[letter] for letter in label]
    number = sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
    return number if 0 < number < 30 else 0
