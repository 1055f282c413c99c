"""Editorial notes on errors and oddities in an article as printed: `<stem>.notes.toml`.

    [[note]]
    anchor = "s4.2-p2"
    quote = "automated materials handling"
    kind = "misprint"
    note = "Printed …; probably … is meant, because …"
    search = ["anti-Müllerian hormone"]
    reading = "mesh:D054304"

The text of the article stays as printed; notes are shown next to it, and their search words
find the unit they are on. A `reading` is the concept that a short form means where its printed
definition, which the note quotes, is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import Struct, structs

from poi_search.article import Abbreviation, Article, Finding
from poi_search.index import units
from poi_search.index.units import Unit
from poi_search.results import NoteView
from poi_search.text.analysis import fold
from poi_search.thesaurus import ConceptId
from poi_search.toml_files import Text, read_toml


class Note(Struct, frozen=True, forbid_unknown_fields=True):
    """A note on `quote`, words in the unit `anchor`; '' if it is on the unit as a whole.

    `kind` classifies it in a word; `search` lists further words that find the unit. `reading` is
    what the short form defined in the quoted words means in this article.
    """

    anchor: Text
    quote: str
    kind: Text
    note: Text
    search: tuple[str, ...] = ()
    reading: ConceptId | None = None


class _NotesFile(Struct, frozen=True, forbid_unknown_fields=True):
    note: tuple[Note, ...] = ()


def load(path: Path, article: Article) -> tuple[tuple[Note, ...], tuple[Finding, ...]]:
    """The notes in the file at `path` that fit `article`, and a finding for each that does not.

    Raises ReadError for a file that is not TOML, for an unknown or missing key, and for a value
    of the wrong type.
    """
    return fit(read(path), article, path.name)


def read(path: Path) -> tuple[Note, ...]:
    """The notes in a file, without comparing them to an article; none if there is no such file."""
    try:
        return tuple(map(_trim, read_toml(path, _NotesFile).note))
    except FileNotFoundError:
        return ()


def _trim(note: Note) -> Note:
    """The note without the line breaks around multi-line TOML strings."""
    texts = {name: getattr(note, name).strip() for name in ("anchor", "quote", "kind", "note")}
    return structs.replace(note, **texts)


def fit(
    notes: tuple[Note, ...], article: Article, file: str
) -> tuple[tuple[Note, ...], tuple[Finding, ...]]:
    """The notes whose anchor and quoted words occur in the article, and findings on the rest."""
    if not notes:
        return (), ()
    texts = {unit.view.anchor: unit.view.text for unit in units.units(article)}
    kept: list[Note] = []
    findings: list[Finding] = []
    for note in notes:
        if note.anchor not in texts:
            message = f"{file}: a note is on “{note.anchor}”, which is not a unit of the article"
            findings.append(Finding("warning", note.anchor, message))
        elif note.quote not in texts[note.anchor]:
            message = f"{file}: a note quotes “{note.quote}”, which does not occur there"
            findings.append(Finding("warning", note.anchor, message))
        else:
            kept.append(note)
    return tuple(kept), tuple(findings)


def search_words(notes: tuple[Note, ...]) -> dict[str, list[str]]:
    """The further words that find a unit, by anchor."""
    words: dict[str, list[str]] = {}
    for note in notes:
        words.setdefault(note.anchor, []).extend(note.search)
    return words


def readings(
    notes: tuple[Note, ...], defined: Sequence[Abbreviation], known: Container[str]
) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """The concepts that short forms mean by the notes, and findings on notes without effect."""
    meant: dict[str, str] = {}
    findings: list[Finding] = []
    for note in notes:
        quote = fold(note.quote)
        shorts = [p.short for p in defined if p.short == note.quote or fold(p.long) in quote]
        if note.reading and note.reading in known and shorts:
            meant.update(dict.fromkeys(shorts, note.reading))
        elif note.reading:
            problem = (
                f"“{note.quote}” neither is nor defines a short form of the article"
                if note.reading in known
                else f"{note.reading} is not a concept of the thesaurus"
            )
            message = f"a note has a reading without effect: {problem}"
            findings.append(Finding("warning", note.anchor, message))
    return meant, tuple(findings)


def attach(found: list[Unit], notes: tuple[Note, ...]) -> list[Unit]:
    """The units with the notes on them; each note has the spans of the words it quotes."""
    by_anchor: dict[str, list[Note]] = {}
    for note in notes:
        by_anchor.setdefault(note.anchor, []).append(note)
    return [_with_notes(unit, by_anchor.get(unit.view.anchor, [])) for unit in found]


def _with_notes(unit: Unit, notes: list[Note]) -> Unit:
    if not notes:
        return unit
    views = tuple(
        NoteView(note.quote, note.kind, note.note, _places(unit.view.text, note.quote))
        for note in notes
    )
    return replace(unit, view=structs.replace(unit.view, notes=views))


def _places(text: str, quote: str) -> tuple[tuple[int, int], ...]:
    found = re.finditer(re.escape(quote), text) if quote else ()
    return tuple(match.span() for match in found)
