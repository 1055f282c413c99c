"""Text with spans → HTML: marks, citations, editorial notes, abbreviations, emphasis.

Spans come from different sources and may overlap. They are laid in layers, the outer ones
first; a span that crosses the border of an outer one is cut there. So the result is always
well nested, and its text is always the text that came in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from poi_search.results import CitationLink, Mark, NoteView, Snippet
from poi_search.text.typography import DASH, DASH_SIGNS

KindMark = tuple[int, int, str]
"""Start, end and what the mark shows: 'typed' or 'synonym'."""

Href = Callable[[int], str]
"""The address of a reference, given its number."""

_ITEM = re.compile(rf"(\d+)(?:\s*{DASH}\s*(\d+))?")
_RAISED = re.compile(rf"[\[(]?[\d\s,;{DASH_SIGNS}]+[\])]?")


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` stands between the tags `before` and `after`."""

    start: int
    end: int
    before: Markup
    after: Markup


@dataclass(frozen=True, slots=True)
class More:
    """What else `markup` may need.

    href           address of a reference; by default the one its `CitationLink` gives
    note_id        prefix of the ids that the notes' links lead to (`<note_id>-1`, …)
    abbreviations  spans with what they stand for, as `abbr`
    emphasis       spans with a class, as `span`
    """

    href: Href | None = None
    note_id: str = "note"
    abbreviations: Sequence[tuple[int, int, str]] = ()
    emphasis: Sequence[tuple[Mark, str]] = ()


def markup(
    text: str,
    marks: Iterable[KindMark] = (),
    citations: Iterable[CitationLink] = (),
    notes: Sequence[NoteView] = (),
    more: More = More(),
) -> Markup:
    """The text as HTML with everything that is said about parts of it."""
    markers, items = _citations(text, citations, more.href)
    layers = (
        _notes(notes, more.note_id),
        markers,
        items,
        [_tagged(s, e, "span", {"class": name}) for (s, e), name in more.emphasis],
        [_tagged(s, e, "abbr", {"title": long}) for s, e, long in more.abbreviations],
        [_tagged(s, e, "mark", {"class": kind}) for s, e, kind in marks],
    )
    return weave(text, layers)


def kind_marks(snippet: Snippet) -> tuple[KindMark, ...]:
    """The marks of a snippet with their kinds; one without a kind counts as typed."""
    kinds = (*snippet.kinds, *["typed"] * (len(snippet.marks) - len(snippet.kinds)))
    return tuple((*mark, kind) for mark, kind in zip(snippet.marks, kinds, strict=False))


def weave(text: str, layers: Sequence[Sequence[Span]]) -> Markup:
    """Escape `text` and put the spans' tags into it, earlier layers outside later ones.

    Spans may overlap, even within a layer (the later one then begins where the earlier ends);
    spans outside the text are cut to it, empty ones dropped.
    """
    ordered = [sorted(layer, key=lambda span: (span.start, -span.end)) for layer in layers]
    return Markup("").join(_woven(text, 0, len(text), ordered))


def shifted(spans: Iterable[KindMark], start: int, end: int) -> tuple[KindMark, ...]:
    """The marks that touch `[start, end)`, cut to it and counted from `start`."""
    return tuple(
        (max(s, start) - start, min(e, end) - start, kind)
        for s, e, kind in spans
        if s < end and e > start
    )


def moved(links: Iterable[CitationLink], start: int, end: int) -> tuple[CitationLink, ...]:
    """The citations with the places that lie in `[start, end)`, counted from `start`."""
    out = []
    for link in links:
        places = tuple((s - start, e - start) for s, e in link.places if start <= s and e <= end)
        if places:
            out.append(CitationLink(link.number, link.id, link.label, link.url, places))
    return tuple(out)


def _woven(text: str, low: int, high: int, layers: Sequence[Sequence[Span]]) -> Iterable[Markup]:
    if not layers:
        yield escape(text[low:high])
        return
    at = low
    for span in layers[0]:
        start, end = max(span.start, at), min(span.end, high)
        if start >= end:
            continue
        yield from _woven(text, at, start, layers[1:])
        yield span.before
        yield from _woven(text, start, end, layers[1:])
        yield span.after
        at = end
    yield from _woven(text, at, high, layers[1:])


def _tagged(start: int, end: int, tag: str, attributes: Mapping[str, str]) -> Span:
    pairs = Markup("").join(Markup(' {}="{}"').format(*pair) for pair in attributes.items())
    return Span(start, end, Markup("<{}{}>").format(tag, pairs), Markup("</{}>").format(tag))


def _notes(notes: Sequence[NoteView], prefix: str) -> list[Span]:
    """The words a note is on, followed by a link to it that has no text of its own."""
    before = Markup('<span class="noted">')
    after = Markup(
        '</span><a class="note-link" href="#{}-{}" aria-label="Editorial note on “{}”"></a>'
    )
    return [
        Span(start, end, before, after.format(prefix, number, note.quote))
        for number, note in enumerate(notes, 1)
        for start, end in note.places
    ]


def _citations(
    text: str, links: Iterable[CitationLink], href: Href | None
) -> tuple[list[Span], list[Span]]:
    """The markers, and the links in them: one for each number or range that is printed."""
    at: dict[Mark, dict[int, str]] = {}
    for link in links:
        for place in link.places:
            at.setdefault(place, {})[link.number] = href(link.number) if href else link.url
    markers, items = [], []
    for (start, end), addresses in sorted(at.items()):
        tag = "sup" if _RAISED.fullmatch(text[start:end]) else "span"
        markers.append(_tagged(start, end, tag, {"class": "cite"}))
        items += _links(text[start:end], start, addresses)
    return markers, items


def _links(marker: str, offset: int, addresses: dict[int, str]) -> list[Span]:
    printed: list[tuple[Mark, list[int]]] = []
    for match in _ITEM.finditer(marker):
        first, last = int(match[1]), int(match[2] or match[1])
        numbers = [n for n in addresses if first <= n <= last]
        if numbers:
            printed.append((match.span(), numbers))
    if {n for _, numbers in printed for n in numbers} != set(addresses):
        printed = [((0, len(marker)), list(addresses))]
    return [
        _tagged(
            offset + start,
            offset + end,
            "a",
            {
                "href": addresses[numbers[0]],
                "role": "doc-biblioref",
                "data-refs": " ".join(map(str, numbers)),
            },
        )
        for (start, end), numbers in printed
    ]
