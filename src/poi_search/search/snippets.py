"""The sentences of a unit that best answer a question, with their marks, also as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from poi_search.results import Mark, MarkKind, Snippet
from poi_search.search.highlight import Found, Recorded

WHOLE = 360
"""Units up to this many characters are shown in full; of longer ones, the best sentences are."""
PAUSE = " … "


def snippet(unit: Recorded, found: Sequence[Found]) -> Snippet:
    """The whole unit if it is short; else the sentence that answers most of the question and the
    one that adds most to it, in reading order."""
    text, sentences = unit.stored.view.text, unit.stored.sentences
    if len(text) > WHOLE and len(sentences) > 1:
        return _cut(text, _best(sentences, found), found)
    marks = tuple([(start, end) for start, end, *_ in found])
    return Snippet(text, marks, tuple([kind for _, _, kind, *_ in found]), ((0, len(text)),))


def snippet_html(shown: Snippet) -> str:
    """The snippet as escaped HTML, with marks as `<mark class="typed|synonym">`."""
    text, html, at = shown.text, "", 0
    escaped = escape if _has_special(text) else str
    for (start, end), kind in zip(shown.marks, shown.kinds, strict=True):
        before, marked = escaped(text[at:start]), escaped(text[start:end])
        html += f'{before}<mark class="{kind}">{marked}</mark>'
        at = end
    return html + escaped(text[at:])


def _has_special(text: str) -> bool:
    """Whether the text has a character that HTML escapes; much faster than a pattern."""
    return "&" in text or "<" in text or ">" in text or '"' in text or "'" in text


def _best(spans: Sequence[Mark], found: Sequence[Found]) -> tuple[Mark, ...]:
    """One or two sentences: the first by what it answers, the second by what it adds."""
    answers: dict[int, set[int]] = {}
    counts: dict[int, int] = {}
    here = 0
    for start, end, _, ask, _ in found:
        while here + 1 < len(spans) and start >= spans[here + 1][0]:
            here += 1
        if end <= spans[here][1]:
            answers.setdefault(here, set()).add(ask)
            counts[here] = counts.get(here, 0) + 1
    first = max(answers, key=lambda i: (len(answers[i]), counts[i], -i), default=0)
    here_answered = answers.get(first, set())
    second = max(
        (i for i in answers if not answers[i] <= here_answered),
        key=lambda i: (len(answers[i] - here_answered), i == first + 1, -i),
        default=None,
    )
    if second is None:
        long = spans[first][1] - spans[first][0] > WHOLE * 2 // 3
        if long or first + 1 == len(spans):
            return (spans[first],)
        second = first + 1
    low, high = sorted((first, second))
    if high == low + 1:
        return ((spans[low][0], spans[high][1]),)
    return spans[low], spans[high]


def _cut(text: str, spans: tuple[Mark, ...], found: Sequence[Found]) -> Snippet:
    shown = ""
    marks: list[Mark] = []
    kinds: list[MarkKind] = []
    for first, last in spans:
        shown += PAUSE if shown else ""
        shift = len(shown) - first
        shown += text[first:last]
        for start, end, kind, _, _ in found:
            if first <= start and end <= last:
                marks.append((start + shift, end + shift))
                kinds.append(kind)
    return Snippet(shown, tuple(marks), tuple(kinds), spans)
