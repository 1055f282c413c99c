"""Which editorial notes of a unit belong to the part of it that is shown?"""

from __future__ import annotations

from collections.abc import Iterable

from poi_search.results import HitView, Mark, NoteView, UnitView


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
