"""The question as it is put to a library: parsed, its slips mended, understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from poi_search.engine import Everything
from poi_search.query import tree
from poi_search.query.replacing import replace_words
from poi_search.query.syntax import Limits, Parsed, QuestionLimit, parse
from poi_search.query.understand import Ask, Understander, Understanding
from poi_search.results import Correction, SearchRequest
from poi_search.search.snapshot import Snapshot
from poi_search.text.analysis import fold
from poi_search.text.function_words import is_sentence

_SPELLED_FROM = 5
"""Shorter words are never corrected: too much is one letter away from them."""
_UNLIMITED = Limits(characters=4096, clauses=256, depth=256)
"""A correction must not push a question over the limits."""


class QuestionError(ValueError):
    """A question or filter that cannot be answered; `parameter` is the one at fault."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter, self.detail = parameter, detail


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood, after corrections."""

    parsed: Parsed
    understanding: Understanding
    searched: str
    corrections: tuple[Correction, ...]


class Replacement(NamedTuple):
    """`typed`, which stands at `span` of the question, is read as `to`."""

    span: tree.Span
    typed: str
    to: str


def understand(library: Snapshot, request: SearchRequest) -> Asked:
    """The question read, its unknown words corrected where that is certain enough.

    Held, as paging, filtering and opening a hit ask the same question again.
    """
    key = (request.q, request.synonyms, request.spelling, request.without)
    asked: Asked = library.asked.get(key, lambda: _understand(library, request))
    return asked


def _understand(library: Snapshot, request: SearchRequest) -> Asked:
    parsed = _parse(request.q)
    understanding = interpret(library, request, parsed)
    slips = _corrections(library, understanding.asks) if request.spelling == "on" else []
    if not slips:
        return Asked(parsed, understanding, request.q, ())
    searched = replace_words(request.q, [(*slip.span, slip.to) for slip in slips])
    corrected = parse(searched, _UNLIMITED)
    return Asked(
        corrected,
        interpret(library, request, corrected),
        searched,
        tuple(Correction(slip.typed, slip.to) for slip in slips),
    )


def _parse(text: str) -> Parsed:
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise QuestionError("q", "The question is not valid text. Type it again.")
    try:
        return parse(text)
    except QuestionLimit as error:
        raise QuestionError("q", str(error)) from None


def interpret(library: Snapshot, request: SearchRequest, parsed: Parsed) -> Understanding:
    """What a parsed question asks of this library, without any correction."""
    reader = Understander(
        library.thesaurus,
        library.lexicon if request.synonyms == "on" else None,
        is_sentence(request.q),
        frozenset(request.without),
    )
    understanding = reader.understand(parsed.tree)
    if isinstance(parsed.tree, tree.Empty) and not request.q.strip():
        return Understanding(Everything(), ())
    return understanding


def _corrections(library: Snapshot, asks: Sequence[Ask]) -> list[Replacement]:
    """Words that occur nowhere and are no term, with the form that was probably meant."""
    found: list[Replacement] = []
    for ask, after in zip(asks, (*asks[1:], None), strict=False):
        if not _unknown(library, ask):
            continue
        if found and ask.span[0] < found[-1].span[1]:
            continue  # joined with the word before
        joined = _joined(library, ask, after)
        best = None if joined else _best(library, ask)
        if joined:
            found.append(joined)
        elif best:
            found.append(Replacement(ask.span, ask.text, best))
    return found


def _unknown(library: Snapshot, ask: Ask) -> bool:
    if ask.how != "words" or ask.concepts or ask.part_of >= 0 or library.knows(ask.pieces[0]):
        return False
    return fold(ask.text).isalpha()


def _joined(library: Snapshot, ask: Ask, after: Ask | None) -> Replacement | None:
    """An unknown word that makes a known one with the next: 'gran ulosa'."""
    if after is None or after.span[0] != ask.span[1] + 1 or after.how != "words":
        return None
    candidate = library.speller.join(ask.text, after.text)
    whole = (ask.span[0], after.span[1])
    if candidate is None:
        return None
    return Replacement(whole, f"{ask.text} {after.text}", candidate.form)


def _best(library: Snapshot, ask: Ask) -> str | None:
    if len(ask.text) < _SPELLED_FROM:
        return None
    candidate = library.speller.best(ask.text)
    return candidate.form if candidate else None
