"""Which editorial notes of a unit belong to the part of it that is shown, and on which retracted
papers does it rest?
"""

from __future__ import annotations

from collections.abc import Iterable

from poi_search.article import UNDATED
from poi_search.results import CitationLink, HitView, Mark, NoteView, UnitView


def notes_on(view: UnitView, spans: Iterable[Mark]) -> tuple[NoteView, ...]:
    """The notes on words in these spans of a unit's text, and those on the unit as a whole."""
    shown = tuple(spans)
    return tuple(
        note
        for note in view.notes
        if not note.places or any(a < e and s < b for s, e in note.places for a, b in shown)
    )


def notes_on_hit(hit: HitView) -> tuple[NoteView, ...]:
    """The notes on the sentences of a hit that are shown, and those that mention what was asked.

    A row, caption or reference is shown as a whole.
    """
    if hit.kind != "section" or not hit.snippet.spans:
        return hit.notes
    asked = [match.query.lower() for match in hit.matches]
    shown = notes_on(hit, hit.snippet.spans)
    return tuple(
        note
        for note in hit.notes
        if note in shown or any(query in note.text.lower() for query in asked)
    )


def shown_citations(hit: HitView) -> tuple[CitationLink, ...]:
    """The references whose markers are in the text of a hit that is shown."""
    if hit.table or not hit.snippet.spans:
        return hit.citations
    return cited_within(hit.citations, hit.snippet.spans)


def cited_within(links: Iterable[CitationLink], spans: Iterable[Mark]) -> tuple[CitationLink, ...]:
    """The references with a marker in one of these spans of a unit's text."""
    parts = tuple(spans)
    return tuple(
        link for link in links if any(a <= s < b for s, _ in link.places for a, b in parts)
    )


def retraction_lines(
    cited: Iterable[CitationLink], elsewhere: Iterable[CitationLink] = ()
) -> tuple[str, ...]:
    """'Rests on [21], retracted 2022-10-13.' for each retracted paper that a text cites.

    `elsewhere` are those cited in the rest of the passage.
    """
    return (
        *(f"Rests on {_retracted(link)}." for link in cited if link.retracted),
        *(
            f"Elsewhere, the passage rests on {_retracted(link)}."
            for link in elsewhere
            if link.retracted
        ),
    )


def retraction_lines_on_hit(hit: HitView) -> tuple[str, ...]:
    """These lines for a hit, of which a part may be shown."""
    shown = shown_citations(hit)
    return retraction_lines(shown, (link for link in hit.citations if link not in shown))


def retracted(date: str) -> str:
    """'retracted 2022-10-13', for a date as `reference.retracted` gives it."""
    return "retracted" if date == UNDATED else f"retracted {date}"


def _retracted(link: CitationLink) -> str:
    return f"[{link.number}], {retracted(link.retracted)}"
