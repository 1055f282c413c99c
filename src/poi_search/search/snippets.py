"""The sentences of a unit that best answer a question, with their marks, also as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from poi_search.results import Mark, Snippet
from poi_search.search.highlight import Found, Recorded

WHOLE = 360
"""Units up to this many characters are shown in full; of longer ones, the best sentences are."""
PAUSE = " … "


def snippet(unit: Recorded, found: Sequence[Found]) -> Snippet:
    """The whole unit if it is short; else the sentence that answers most of the question and the
    one that adds most to it, in reading order."""
    text = unit.stored.view.text
    if len(text) <= WHOLE or len(unit.stored.sentences) < 2:
        spans: tuple[Mark, ...] = ((0, len(text)),)
    else:
        spans = _best(unit.stored.sentences, found)
    return _cut(text, spans, found)


def snippet_html(shown: Snippet) -> str:
    """The snippet as escaped HTML, with marks as `<mark class="typed|synonym">`."""
    text, at = shown.text, 0
    pieces: list[str] = []
    escaped = escape if _has_special(text) else str
    for (start, end), kind in zip(shown.marks, shown.kinds, strict=True):
        pieces += escaped(text[at:start]), f'<mark class="{kind}">', escaped(text[start:end])
        pieces.append("</mark>")
        at = end
    pieces.append(escaped(text[at:]))
    return "".join(pieces)


def _has_special(text: str) -> bool:
    """Whether the text has a character that HTML escapes; much faster than a pattern."""
    return "&" in text or "<" in text or ">" in text or '"' in text or "'" in text


def _best(spans: Sequence[Mark], found: Sequence[Found]) -> tuple[Mark, ...]:
    """One or two sentences: the first by what it answers, the second by what it adds."""
    answers: list[set[int]] = [set() for _ in spans]
    counts = [0] * len(spans)
    here = 0
    for each in found:
        while here + 1 < len(spans) and each.start >= spans[here + 1][0]:
            here += 1
        if each.end <= spans[here][1]:
            answers[here].add(each.ask)
            counts[here] += 1
    _, _, first = max(zip(map(len, answers), counts, range(0, -len(spans), -1), strict=True))
    first = -first
    rest = [i for i in range(len(spans)) if i != first]
    second = max(rest, key=lambda i: (len(answers[i] - answers[first]), i == first + 1, -i))
    adds = bool(answers[second] - answers[first])
    long = spans[first][1] - spans[first][0] > WHOLE * 2 // 3
    if not adds and (long or second != first + 1):
        return (spans[first],)
    low, high = sorted((first, second))
    if high == low + 1:
        return ((spans[low][0], spans[high][1]),)
    return spans[low], spans[high]


def _cut(text: str, spans: tuple[Mark, ...], found: Sequence[Found]) -> Snippet:
    shown, marks, kinds = "", [], []
    for start, end in spans:
        shown += PAUSE if shown else ""
        shift = len(shown) - start
        shown += text[start:end]
        for each in found:
            if start <= each.start and each.end <= end:
                marks.append((each.start + shift, each.end + shift))
                kinds.append(each.kind)
    return Snippet(shown, tuple(marks), tuple(kinds), spans)
