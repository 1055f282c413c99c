"""How each hit is shown: its text as HTML, its place in words, the notes on it, the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape
from msgspec import UNSET

from poi_search.references import links
from poi_search.results import CitationLink, HitView, NoteView
from poi_search.search.reasons import found_through
from poi_search.search.snippets import PAUSE
from poi_search.web import article_page, labels
from poi_search.web.annotations import KindMark

AFTER = "\u00a0…"  # never alone on a line


@dataclass(frozen=True, slots=True)
class HitDisplay:
    """A hit with its text as HTML; `cells` only for a table row.

    `cited` are the references of what is shown, `also_cited` those of the rest of the passage.
    `through` says where a hit without marks was found.
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
    through: str


def display(hit: HitView) -> HitDisplay:
    marks = [(*mark, kind) for mark, kind in zip(hit.marks, hit.kinds, strict=True)]
    text = Markup("")
    cells: tuple[Markup, ...] = ()
    if hit.table is not UNSET and hit.table.cell_spans:
        cells = tuple(article_page.excerpt(hit, span, marks) for span in hit.table.cell_spans)
    elif hit.kind == "reference":
        text = article_page.entry(hit, marks)
    else:
        text = _passage(hit, marks)
    notes, cited = _notes(hit), _shown_citations(hit)
    return HitDisplay(
        hit,
        labels.KINDS[hit.kind][0],
        text,
        cells,
        cited,
        tuple(link for link in hit.citations if link not in cited),
        _label(hit),
        notes,
        len(hit.notes) - len(notes),
        "" if hit.marks else found_through(hit.why),
    )


def _shown_citations(hit: HitView) -> tuple[CitationLink, ...]:
    """The references whose markers are in what is shown of a hit."""
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
    """'36 · Fu et al., 2017' for a reference, else where the hit is."""
    if hit.reference:
        return f"{hit.reference.number} · {links.label(hit.reference)}"
    if hit.kind == "section" and hit.section:
        return labels.place(hit.section)
    return hit.title


def _passage(hit: HitView, marks: Sequence[KindMark]) -> Markup:
    """The sentences of the snippet, with the marks and citations in them."""
    spans = hit.snippet.spans
    sentences = escape(PAUSE).join(article_page.excerpt(hit, span, marks) for span in spans)
    before = PAUSE.lstrip() if spans[0][0] else ""
    after = AFTER if spans[-1][1] < len(hit.text.rstrip()) else ""
    return before + sentences + after
