"""How each hit is displayed: its text as HTML, its location, its notes and the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape
from msgspec import UNSET

from poi_search.references import links
from poi_search.results import CitationLink, HitView, NoteView
from poi_search.search.reasons import found_through, guesses
from poi_search.search.snippets import PAUSE
from poi_search.search.unit_notes import notes_on_hit, retraction_lines_on_hit, shown_citations
from poi_search.web import article_page, labels
from poi_search.web.annotations import KindMark

AFTER = "\u00a0…"  # never on a line of its own


@dataclass(frozen=True, slots=True)
class HitDisplay:
    """A hit with its text as HTML; only table rows have `cells`.

    `cited` are the references cited in the text shown, `also_cited` those in the rest of the
    passage; `retractions` says which of them are retracted. `through` says where a hit without
    marks was found, `guesses` what short forms were taken for.
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
    retractions: tuple[str, ...]
    through: str
    guesses: tuple[str, ...]


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
    notes, cited = notes_on_hit(hit), shown_citations(hit)
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
        retraction_lines_on_hit(hit),
        "" if hit.marks else found_through(hit.why),
        guesses(hit.why),
    )


def _label(hit: HitView) -> str:
    """'36 · Fu et al., 2017' for a reference, else the location of the hit."""
    if hit.reference:
        return f"{hit.reference.number} · {links.label(hit.reference)}"
    if hit.kind == "section" and hit.section:
        return labels.place(hit.section)
    return hit.title


def _passage(hit: HitView, marks: Sequence[KindMark]) -> Markup:
    """The sentences of the snippet, with their marks and citations."""
    spans = hit.snippet.spans
    sentences = escape(PAUSE).join(article_page.excerpt(hit, span, marks) for span in spans)
    before = PAUSE.lstrip() if spans[0][0] else ""
    after = AFTER if spans[-1][1] < len(hit.text.rstrip()) else ""
    return before + sentences + after
