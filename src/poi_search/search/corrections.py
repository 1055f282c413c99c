"""Unknown words of a question, with the words of the library that were probably meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from poi_search.engine.nodes import Phrase
from poi_search.engine.seam import Request
from poi_search.query import tree
from poi_search.query.asks import Ask
from poi_search.query.slips import is_nearer_to_another
from poi_search.query.weights import SAID
from poi_search.search.absence import SPELLED_FROM
from poi_search.search.recorded import Recorded, sequence
from poi_search.search.snapshot import Snapshot
from poi_search.text.analysis import fold, stems
from poi_search.text.typography import DASH

_DASHES = re.compile(DASH)
_SHORTEST_NAME, _LONGEST_NAME = 3, 6
_LOOKED_AT = 20


class Replacement(NamedTuple):
    """The word `typed`, at `span` of a question, is replaced by `to`."""

    span: tree.Span
    typed: str
    to: str


def corrections(snapshot: Snapshot, asks: Sequence[Ask]) -> list[Replacement]:
    """Words that are neither in the library nor a term, with their probable correction."""
    found: list[Replacement] = []
    for ask, after in zip(asks, (*asks[1:], None), strict=False):
        if not _unknown(snapshot, ask):
            continue
        if found and ask.span[0] < found[-1].span[1]:
            continue  # joined with the word before
        joined = _join_words(snapshot, ask, after)
        best = _with_hyphen(snapshot, ask) if not joined else None
        if not (joined or best or snapshot.is_general(ask.text, ask.pieces[0])):
            best = _best(snapshot, ask)
        if joined:
            found.append(joined)
        elif best:
            found.append(Replacement(ask.span, ask.text, best))
    return found


def _unknown(snapshot: Snapshot, ask: Ask) -> bool:
    if ask.how != "words" or ask.within or ask.concepts or ask.part_of >= 0:
        return False
    if snapshot.knows(ask.pieces[0]):
        return False
    return fold(ask.text).isalpha()


def _join_words(snapshot: Snapshot, ask: Ask, after: Ask | None) -> Replacement | None:
    """An unknown word that forms a known one with the next word: 'gran ulosa'."""
    if after is None or after.span[0] != ask.span[1] + 1 or after.how != "words":
        return None
    candidate = snapshot.speller.join(ask.text, after.text)
    whole = (ask.span[0], after.span[1])
    if candidate is None:
        return None
    return Replacement(whole, f"{ask.text} {after.text}", candidate.form)


def _best(snapshot: Snapshot, ask: Ask) -> str | None:
    if len(ask.text) < SPELLED_FROM:
        return None
    candidate = snapshot.speller.best(ask.text)
    if candidate is None or is_nearer_to_another(ask.text, candidate.form, snapshot.is_word):
        return None
    return candidate.form


def _with_hyphen(snapshot: Snapshot, ask: Ask) -> str | None:
    """An unknown name in capitals as the texts write it, with a hyphen: HLAG is HLA-G."""
    name = ask.text
    if not (name.isupper() and _SHORTEST_NAME <= len(name) <= _LONGEST_NAME):
        return None
    for at in range(len(name) - 1, 0, -1):
        written = f"{name[:at]}-{name[at:]}"
        pieces = stems(written)
        hits = snapshot.reader.rank(Request(Phrase(pieces, SAID), limit=_LOOKED_AT)).hits
        units = [snapshot.recorded(hit.id, hit.payload) for hit in hits]
        if any(_writes(unit, pieces, written) for unit in units):
            return written
    return None


def _writes(unit: Recorded, pieces: Sequence[str], written: str) -> bool:
    text = unit.stored.view.text
    spans = sequence(unit, pieces, unit.places, unit.stems)
    return any(_DASHES.sub("-", text[start:end]) == written for start, end in spans)
