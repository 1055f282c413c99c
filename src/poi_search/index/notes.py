"""Editorial notes: where the print of an article is wrong or odd, `<stem>.notes.toml`.

    [[note]]
    anchor = "s4.2-p2"
    quote = "automated materials handling"
    kind = "misprint"
    note = "Printed …; probably … is meant, because …"
    search = ["anti-Müllerian hormone"]

The text of the article stays as printed; a note is shown beside it, and its search words find
the unit it is on.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from msgspec import structs

from poi_search.article import Article, Finding, ReadError
from poi_search.index import units
from poi_search.index.units import Unit
from poi_search.results import NoteView

_REQUIRED = ("anchor", "quote", "kind", "note")


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on `quote`, words of the unit `anchor`; '' for the unit as a whole.

    `kind` says in a word what is odd; `search` are further words that find the unit.
    """

    anchor: str
    quote: str
    kind: str
    note: str
    search: tuple[str, ...] = ()


def load(path: Path, article: Article) -> tuple[tuple[Note, ...], tuple[Finding, ...]]:
    """The notes of the file at `path` that fit `article`, and a finding for each that does not.

    Raises ReadError for a file that is not TOML, an unknown or missing key, a wrong type.
    """
    return fit(read(path), article, path.name)


def read(path: Path) -> tuple[Note, ...]:
    """The notes of a file, checked in themselves; none if there is no such file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(path.name, "", f"it cannot be read ({error})", "Check the file") from error
    except tomllib.TOMLDecodeError as error:
        raise ReadError(path.name, "", f"it is not valid TOML: {error}", "Correct it") from error
    entries = data.get("note", [])
    unknown = sorted(set(data) - {"note"})
    if unknown or not isinstance(entries, list):
        place = unknown[0] if unknown else "note"
        problem = "the key is unknown" if unknown else "it is not a list of tables"
        raise ReadError(path.name, place, problem, "Write each note under [[note]]")
    return tuple(_note(path.name, at, entry) for at, entry in enumerate(entries, 1))


def fit(
    notes: tuple[Note, ...], article: Article, file: str
) -> tuple[tuple[Note, ...], tuple[Finding, ...]]:
    """The notes whose anchor and quoted words stand in the article, and findings on the rest."""
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


def attached(found: list[Unit], notes: tuple[Note, ...]) -> list[Unit]:
    """The units with the notes on them, each with the places of the words that it quotes."""
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


def _note(file: str, number: int, entry: object) -> Note:
    place = f"note {number}"
    if not isinstance(entry, Mapping):
        raise ReadError(file, place, "it is not a table", "Write each note under [[note]]")
    for key in entry:
        if key not in (*_REQUIRED, "search"):
            known = ", ".join((*_REQUIRED, "search"))
            raise ReadError(file, f"{place}, {key}", "the key is unknown", f"Known keys: {known}")
    for key in _REQUIRED:
        value = entry.get(key)
        if not isinstance(value, str) or (not value.strip() and key != "quote"):
            raise ReadError(file, f"{place}, {key}", "it is not text", f'Write it as {key} = "…"')
    search = entry.get("search", [])
    if not isinstance(search, list) or not all(isinstance(word, str) for word in search):
        remedy = 'Write it as search = ["…"]'
        raise ReadError(file, f"{place}, search", "it is not a list of texts", remedy)
    fields = {key: str(entry[key]).strip() for key in _REQUIRED}
    return Note(**fields, search=tuple(search))
