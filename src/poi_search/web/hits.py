"""Hits in shape: each with its text as HTML, its place in words, and the notes on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape
from msgspec import UNSET

from poi_search.references import links
from poi_search.results import CitationLink, HitView, NoteView, Snippet
from poi_search.web import article_page, labels, markup

GAP = " … "
AFTER = "\u00a0…"  # never alone on a line


@dataclass(frozen=True, slots=True)
class Shaped:
    """A hit with its text as HTML; `cells` only for a table row.

    `cited` are the references of what is shown, `also_cited` those of the rest of the passage.
    """

    hit: HitView
    kind: str
    text: Markup
    cells: tuple[Markup, ...]
    cited: tuple[CitationLink, ...]
    also_cited: tuple[CitationLink, ...]
    label: str
    notes: tuple[NoteView, ...]
    more_notes: int


def shape(hit: HitView) -> Shaped:
    marks = whole_marks(hit)
    text = Markup("")
    cells: tuple[Markup, ...] = ()
    if hit.table is not UNSET and hit.table.cell_spans:
        cells = tuple(article_page.part(hit, span, marks) for span in hit.table.cell_spans)
    elif hit.kind == "reference":
        text = article_page.entry(hit, marks)
    else:
        text = _passage(hit)
    kind, notes = labels.KINDS[hit.kind][0], _notes(hit)
    rest = len(hit.notes) - len(notes)
    cited = _cited(hit)
    also = tuple(link for link in hit.citations if link not in cited)
    return Shaped(hit, kind, text, cells, cited, also, _label(hit), notes, rest)


def _cited(hit: HitView) -> tuple[CitationLink, ...]:
    """The references whose markers stand in what is shown of a hit."""
    if hit.table or not hit.snippet.spans:
        return hit.citations
    return tuple(
        link
        for link in hit.citations
        if any(a <= s < b for s, _ in link.places for a, b in hit.snippet.spans)
    )


def _notes(hit: HitView) -> tuple[NoteView, ...]:
    """The notes on what is shown of a hit, and those that speak of what was asked."""
    if hit.kind != "section" or not hit.snippet.spans:
        return hit.notes
    asked = [match.query.lower() for match in hit.matches]
    return tuple(
        note
        for note in hit.notes
        if any(a <= s < b for s, _ in note.places for a, b in hit.snippet.spans)
        or any(query in note.text.lower() for query in asked)
    )


def _label(hit: HitView) -> str:
    """'36 · Fu et al., 2017' for a reference, else where the hit stands."""
    if hit.reference:
        return f"{hit.reference.number} · {links.label(hit.reference)}"
    if hit.kind == "section" and hit.section:
        return labels.placed(hit.section)
    return hit.title


def whole_marks(hit: HitView) -> tuple[markup.KindMark, ...]:
    """The marks of the whole text, with kinds as far as the snippet knows them."""
    known = {(s, e): kind for s, e, kind in _snippet_marks(hit.snippet)}
    typed = {word for match in hit.matches for word in match.query.lower().split()}
    return tuple((s, e, known.get((s, e)) or _kind(hit.text[s:e], typed)) for s, e in hit.marks)


def _snippet_marks(snippet: Snippet) -> Iterator[markup.KindMark]:
    """The marks of a snippet, counted in the unit's text."""
    offset = 0
    for start, end in snippet.spans:
        size = end - start
        for s, e, kind in markup.shifted(markup.kind_marks(snippet), offset, offset + size):
            yield s + start, e + start, kind
        offset += size + len(GAP)


def _passage(hit: HitView) -> Markup:
    """The sentences of the snippet, with the citations in them."""
    if not hit.snippet.spans:
        return markup.markup(hit.snippet.text, markup.kind_marks(hit.snippet))
    marks = tuple(_snippet_marks(hit.snippet))
    parts = escape(GAP).join(article_page.part(hit, span, marks) for span in hit.snippet.spans)
    before = GAP.lstrip() if hit.snippet.spans[0][0] else ""
    after = AFTER if hit.snippet.spans[-1][1] < len(hit.text.rstrip()) else ""
    return before + parts + after


def _kind(printed: str, typed: set[str]) -> str:
    return "typed" if set(printed.lower().split()) <= typed else "synonym"
