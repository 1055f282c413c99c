"""Citation links in a finished text → citations, with their lists, ranges and brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from poi_search.article import Citation, Prose
from poi_search.readers.citations import MAX_RANGE, parse_numbers
from poi_search.text.typography import BRACKETS, DASH

# Between the links of one marker: a separator, within brackets or between two of them.
_LIST_GAP = re.compile(r"\s*+(?:\]\s*+(?:[,;]\s*+)?\[|\)\s*+(?:[,;]\s*+)?\(|[,;])?\s*+")
_RANGE_GAP = re.compile(rf"\s*(?:\]\s*{DASH}\s*\[|\)\s*{DASH}\s*\(|{DASH})\s*")
MARKER_BRACKETS = {opening: BRACKETS[opening] for opening in "[("}


@dataclass(frozen=True, slots=True)
class Numbering:
    """The places of references in the list, by the id in a link and by the printed number."""

    by_id: Mapping[str, int] = field(default_factory=dict)
    by_label: Mapping[int, int] = field(default_factory=dict)

    def of_ids(self, ids: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.by_id[one] for one in ids if one in self.by_id))

    def of_labels(self, text: str) -> tuple[int, ...]:
        """The references with these printed numbers ('12–15'); () if one is unknown."""
        labels = parse_numbers(text)
        known = [self.by_label[label] for label in labels if label in self.by_label]
        return tuple(known) if len(known) == len(labels) else ()


@dataclass(slots=True)
class Mark:
    """The span of a link in the text, and the ids that it names."""

    start: int
    end: int
    ids: tuple[str, ...]


def cite(text: str, marks: list[Mark], numbering: Numbering) -> tuple[Prose, tuple[str, ...]]:
    """The text with its citations, and the texts of links without a matching reference."""
    citations: list[Citation] = []
    unknown: list[str] = []
    for run in _runs(text, marks):
        first, last = run[0].start, run[-1].end
        start, end = _with_brackets(text, first, last)
        numbers = _numbers(text, run, numbering)
        if any(char.isdigit() for char in text[start:first] + text[last:end]):
            numbers |= dict.fromkeys(numbering.of_labels(text[start:end].strip("[]() ")))
        if numbers:
            citations.append(Citation(start, end, tuple(numbers)))
        else:
            unknown.append(text[start:end])
    return Prose(text, tuple(citations)), tuple(unknown)


def _runs(text: str, marks: list[Mark]) -> list[list[Mark]]:
    """The marks, grouped where only separators, brackets or dashes are between them."""
    runs: list[list[Mark]] = []
    for mark in marks:
        gap = text[runs[-1][-1].end : mark.start] if runs else "."
        if _LIST_GAP.fullmatch(gap) or _RANGE_GAP.fullmatch(gap):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return runs


def _numbers(text: str, run: list[Mark], numbering: Numbering) -> dict[int, None]:
    numbers: dict[int, None] = {}
    for index, mark in enumerate(run):
        own = numbering.of_ids(mark.ids)
        if index and _RANGE_GAP.fullmatch(text[run[index - 1].end : mark.start]):
            printed = (_label(text, run[index - 1]), _label(text, mark))
            numbers |= dict.fromkeys(_inner_references(numbers, own, printed, numbering))
        # One link may cover a whole range (`12–15`) and name only its first reference.
        inner = numbering.of_labels(_label(text, mark))
        numbers |= dict.fromkeys(own if own and len(inner) < 2 else (*own, *inner))
    return numbers


def _label(text: str, mark: Mark) -> str:
    return text[mark.start : mark.end].strip("[]() ")


def _inner_references(
    before: Mapping[int, None], after: tuple[int, ...], printed: tuple[str, str], of: Numbering
) -> tuple[int, ...]:
    """The references inside a range of which only the ends are links."""
    ends = [parse_numbers(label) for label in printed]
    if not before or not after or not ends[0] or not ends[1]:
        return ()
    first, last = ends[0][-1], ends[1][0]
    if not 0 < last - first < MAX_RANGE:
        return ()
    return tuple(of.by_label[label] for label in range(first + 1, last) if label in of.by_label)


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a marker, extended over the brackets around it and plain numbers in them."""
    opening = max(text.rfind("[", 0, start), text.rfind("(", 0, start))
    if opening < 0 or text[start] in MARKER_BRACKETS:
        return start, end
    closing = text.find(MARKER_BRACKETS[text[opening]], max(end - 1, opening))
    if closing < 0:
        return start, end
    left, right = text[opening + 1 : start], text[end:closing]
    if re.fullmatch(rf"(?:[\d\s,;]|{DASH})*", left + right):
        return opening, max(end, closing + 1)
    return start, end
