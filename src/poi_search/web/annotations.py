"""Text with annotations → HTML: marks, citations, editorial notes, abbreviations, emphasis.

All spans come with the data; nothing is looked for in the text. Spans may overlap: they are
arranged in layers, the outer ones first, and a span that crosses the border of an outer one is
split there. The result is therefore always well nested, and its text is always the input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape
from msgspec import structs

from poi_search.results import CitationLink, Mark, NoteView
from poi_search.search.unit_notes import retracted

KindMark = tuple[int, int, str]
"""The start, end and class of a mark: 'typed', 'synonym' or 'here'."""

Href = Callable[[int], str]
"""The number of a reference → its address."""


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` is enclosed in the tags `before` and `after`."""

    start: int
    end: int
    before: Markup
    after: Markup


@dataclass(frozen=True, slots=True)
class Annotations:
    """Further annotations for `annotate`.

    href           the address of a reference; by default that of its `CitationLink`
    note_id        the prefix of the ids of notes, as link targets (`<note_id>-1`, …)
    abbreviations  spans with their expansions, as `abbr`
    emphasis       spans with a class, as `span`
    """

    href: Href | None = None
    note_id: str = "note"
    abbreviations: Sequence[tuple[int, int, str]] = ()
    emphasis: Sequence[tuple[Mark, str]] = ()


def annotate(
    text: str,
    marks: Iterable[KindMark] = (),
    citations: Iterable[CitationLink] = (),
    notes: Sequence[NoteView] = (),
    more: Annotations = Annotations(),
) -> Markup:
    """The text as HTML with all of its annotations."""
    markers, links = _citation_layers(text, citations, more.href)
    layers = (
        _note_layer(notes, more.note_id),
        markers,
        links,
        [_tag(s, e, "span", {"class": name}) for (s, e), name in more.emphasis],
        [_tag(s, e, "abbr", {"title": long}) for s, e, long in more.abbreviations],
        [_tag(s, e, "mark", {"class": kind}) for s, e, kind in marks],
    )
    return weave(text, layers)


def weave(text: str, layers: Sequence[Sequence[Span]]) -> Markup:
    """Escape `text` and insert the tags of the spans, with earlier layers outside later ones.

    Spans may overlap, even within a layer (the later one then begins where the earlier one ends).
    Spans are clipped to the text, and empty ones dropped.
    """
    ordered = [sorted(layer, key=lambda span: (span.start, -span.end)) for layer in layers]
    return Markup("").join(_weave(text, 0, len(text), ordered))


def marks_within(marks: Iterable[KindMark], start: int, end: int) -> tuple[KindMark, ...]:
    """The marks that overlap `[start, end)`, clipped to it and relative to `start`."""
    return tuple(
        (max(s, start) - start, min(e, end) - start, kind)
        for s, e, kind in marks
        if s < end and e > start
    )


def citations_within(
    links: Iterable[CitationLink], start: int, end: int
) -> tuple[CitationLink, ...]:
    """The citations with a place in `[start, end)`, with those places relative to `start`."""
    out = []
    for link in links:
        inside = [
            (place, printed)
            for place, printed in zip(link.places, link.printed, strict=True)
            if start <= place[0] and place[1] <= end
        ]
        if inside:
            places, printed = zip(*inside, strict=True)
            out.append(
                structs.replace(
                    link, places=_shift(places, -start), printed=_shift(printed, -start)
                )
            )
    return tuple(out)


def _shift(spans: Iterable[Mark], by: int) -> tuple[Mark, ...]:
    return tuple((start + by, end + by) for start, end in spans)


def _weave(text: str, low: int, high: int, layers: Sequence[Sequence[Span]]) -> Iterable[Markup]:
    if not layers:
        yield escape(text[low:high])
        return
    at = low
    for span in layers[0]:
        start, end = max(span.start, at), min(span.end, high)
        if start >= end:
            continue
        yield from _weave(text, at, start, layers[1:])
        yield span.before
        yield from _weave(text, start, end, layers[1:])
        yield span.after
        at = end
    yield from _weave(text, at, high, layers[1:])


def _tag(start: int, end: int, tag: str, attributes: Mapping[str, str]) -> Span:
    pairs = Markup("").join(Markup(' {}="{}"').format(*pair) for pair in attributes.items())
    return Span(start, end, Markup("<{}{}>").format(tag, pairs), Markup("</{}>").format(tag))


def _note_layer(notes: Sequence[NoteView], prefix: str) -> list[Span]:
    """The words that a note is on, followed by a link to the note without text."""
    before = Markup('<span class="noted">')
    after = Markup(
        '</span><a class="note-link" href="#{}-{}" aria-label="Editorial note on “{}”"></a>'
    )
    return [
        Span(start, end, before, after.format(prefix, number, note.quote))
        for number, note in enumerate(notes, 1)
        for start, end in note.places
    ]


def _citation_layers(
    text: str, links: Iterable[CitationLink], href: Href | None
) -> tuple[list[Span], list[Span]]:
    """The markers, and the links in them: one for each printed number or range."""
    markers: dict[Mark, Span] = {}
    addresses: dict[Mark, dict[int, str]] = {}
    told: dict[Mark, list[str]] = {}
    for link in links:
        for (start, end), printed in zip(link.places, link.printed, strict=True):
            raised = not any(letter.isalpha() for letter in text[max(start, 0) : end])
            tag = "sup" if raised else "span"
            markers[start, end] = _tag(start, end, tag, {"class": "cite"})
            address = href(link.number) if href else link.url
            addresses.setdefault(printed, {})[link.number] = address
            if link.retracted:
                told.setdefault(printed, []).append(f"[{link.number}] {retracted(link.retracted)}")
    spans = [_link(*place, there, told.get(place, ())) for place, there in addresses.items()]
    return list(markers.values()), spans


def _link(start: int, end: int, addresses: Mapping[int, str], told: Sequence[str]) -> Span:
    """A link to the first of the references cited here; `data-refs` lists all of them.

    Its title tells which of them are retracted.
    """
    attributes = {
        "href": next(iter(addresses.values())),
        "role": "doc-biblioref",
        "data-refs": " ".join(map(str, addresses)),
        **({"class": "retracted", "title": "; ".join(told)} if told else {}),
    }
    return _tag(start, end, "a", attributes)
