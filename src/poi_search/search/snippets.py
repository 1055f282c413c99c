"""The sentences of a unit that best answer a question, with their marks, also as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from poi_search.results import Mark, MarkKind, Snippet
from poi_search.search.highlight import Found
from poi_search.search.recorded import Recorded

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
    text, at = shown.text, 0
    pieces: list[str] = []  # text and tags in turn
    for (start, end), kind in zip(shown.marks, shown.kinds, strict=True):
        pieces += (text[at:start], f'<mark class="{kind}">', text[start:end], "</mark>")
        at = end
    pieces.append(text[at:])
    if _has_special(text):
        pieces[::2] = map(escape, pieces[::2])
    return "".join(pieces)


def _has_special(text: str) -> bool:
    """Whether the text has a character that HTML escapes; much faster than a pattern."""
    return "&" in text or "<" in text or ">" in text or '"' in text or "'" in text


def _best(spans: Sequence[Mark], found: Sequence[Found]) -> tuple[Mark, ...]:
    """One or two sentences: the first by what it answers, the second by what it adds."""
    answers: dict[int, set[int]] = {}  # in the order of the sentences
    counts: dict[int, int] = {}
    here, final = 0, len(spans) - 1
    for start, end, _, ask, _ in found:
        while here < final and start >= spans[here + 1][0]:
            here += 1
        if end > spans[here][1]:
            continue
        if here in answers:
            answers[here].add(ask)
            counts[here] += 1
        else:
            answers[here], counts[here] = {ask}, 1
    first, most = 0, (0, 0)
    for place, asks in answers.items():
        if (len(asks), counts[place]) > most:
            first, most = place, (len(asks), counts[place])
    told = answers.get(first, set())
    second, added = None, (0, True)
    for place, asks in answers.items():
        adds = len(asks - told), place == first + 1
        if adds > added:
            second, added = place, adds
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
