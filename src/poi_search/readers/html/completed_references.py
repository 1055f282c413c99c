"""The references of a page, with what it states about them besides the printed entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from poi_search.article import Reference
from poi_search.references.completion import complete
from poi_search.references.printed_entries import parse_entry

_ADDRESS = re.compile(r"https?://\S+|\b10\.\d{4,9}/\S+|\bdoi:\s*+\S+", re.IGNORECASE)
_VISIT = re.compile(r"\b(?:accessed|retrieved|viewed|cited)\b[^.;]{0,40}", re.IGNORECASE)
_BRACKETED = re.compile(r"\(((?:1[89]|20)\d\d)[a-z]?(?:, [^()\d]{3,12}\d{0,2})?\)")
_YEAR = re.compile(r"(?<![\d–:/-])((?:1[89]|20)\d\d)[a-z]?(?![\d–/-])")


def complete_references(
    entries: Iterable[Reference],
    tagged: set[int],
    stated: Mapping[int, list[Reference]],
    slanted: Mapping[int, Reference],
) -> tuple[Reference, ...]:
    """The entries, completed by other sources on the same works, by number.

    What an entry marks itself (`tagged`) takes precedence, then what is `stated` of it elsewhere,
    then what its italics and quotation marks (`slanted`) show, then its punctuation.
    """
    none = Reference(0, "")
    return tuple(
        _completed(
            entry,
            entry.number in tagged,
            [*stated.get(entry.number, ()), slanted.get(entry.number, none)],
        )
        for entry in entries
    )


def _completed(entry: Reference, is_tagged: bool, others: list[Reference]) -> Reference:
    printed = parse_entry(entry.number, entry.text) if is_tagged else entry
    if is_tagged and entry.names and entry.volume and not entry.title:
        # A list without titles, all of whose parts are marked.
        printed = replace(printed, title="")
    if is_tagged and not entry.journal and entry.title == printed.journal != "":
        # Only the journal is marked.
        entry = replace(entry, title="", journal=entry.title)
    first = entry if is_tagged else Reference(entry.number, entry.text)
    for other in (*others, printed):
        first = complete(first, other)
    # A look-up may name only the first author.
    if len(printed.names) > len(first.names):
        first = replace(first, names=printed.names, et_al=printed.et_al)
    if first.year is None:
        first = replace(first, year=sole_year(entry.text))
    return first


def sole_year(text: str) -> int | None:
    """The year of an entry that prints one only, or one only in brackets."""
    bare = _VISIT.sub(" ", _ADDRESS.sub(" ", text))
    for pattern in (_BRACKETED, _YEAR):
        years = set(pattern.findall(bare))
        if len(years) == 1:
            return int(years.pop())
    return None
