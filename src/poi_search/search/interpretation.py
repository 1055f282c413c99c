"""How a library understands a question: parsed, corrected and expanded."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from poi_search.engine.nodes import AnyOf, Everything, Keyword, Query
from poi_search.query import tree
from poi_search.query.asks import Understanding
from poi_search.query.bare_numbers import read_bare_numbers
from poi_search.query.replacing import replace_words
from poi_search.query.syntax import Limits, Parsed, QuestionLimit, parse
from poi_search.query.understand import Understander
from poi_search.query_view import AbsentPart, Correction
from poi_search.results import SearchRequest
from poi_search.search.absence import absent_parts
from poi_search.search.conditions import Condition, conditions
from poi_search.search.corrections import Replacement, corrections
from poi_search.search.nearness import lacks
from poi_search.search.snapshot import Snapshot
from poi_search.text.function_words import is_sentence
from poi_search.text.typography import is_valid

_UNLIMITED = Limits(characters=4096, clauses=256, depth=256)
"""Limits for corrected questions: a correction must not make a question too long."""


class QuestionError(ValueError):
    """A question or filter that cannot be answered; `parameter` is the one at fault."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter, self.detail = parameter, detail


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood, after corrections.

    `conditions` are the fields and values asked for; `replaced` lists the corrected words, each
    with its span in `searched`; `absent` lists what nothing in the library names. `unnamed` is true
    if nothing names what is asked for in full and some of it is absent, so that units have at most
    parts of it; `related` if nothing does, but there are units that name something related.
    """

    parsed: Parsed
    understanding: Understanding
    searched: str
    corrections: tuple[Correction, ...]
    conditions: tuple[Condition, ...] = ()
    replaced: tuple[Replacement, ...] = ()
    absent: tuple[AbsentPart, ...] = ()
    unnamed: bool = False
    related: bool = False


def understand(snapshot: Snapshot, request: SearchRequest) -> Asked:
    """The question as understood, with unknown words corrected where the correction is safe.

    Results are cached, as paging, filtering and opening a hit repeat the same question.
    """
    return snapshot.asked.get(question_key(request), lambda: _understand(snapshot, request))


def listing_query(request: SearchRequest, asked: Asked, part: Understanding | None = None) -> Query:
    """What finds the units to list for a question, or for a part of it. Unless they are asked for,
    those that have only parts of a name are left out if nothing names it in full; else, those that
    have only a common word of it."""
    understanding = part or asked.understanding
    if request.fragments == "on":
        return everything_found(understanding)
    return ((asked.unnamed or asked.related) and understanding.named) or understanding.query


def everything_found(understanding: Understanding) -> Query:
    """What finds all units that have any part of what is asked for."""
    return understanding.every or understanding.query


def question_key(request: SearchRequest) -> Hashable:
    """Everything in a request on which the reading of its question depends."""
    return request.q, request.synonyms, request.spelling, request.without


def _understand(snapshot: Snapshot, request: SearchRequest) -> Asked:
    parsed = _parse(snapshot, request.q)
    understanding = interpret(snapshot, request, parsed)
    slips = corrections(snapshot, understanding.asks) if request.spelling == "on" else []
    searched = request.q
    if slips:
        searched = replace_words(request.q, [(*slip.span, slip.to) for slip in slips])
        parsed = _with_pmids(snapshot, parse(searched, _UNLIMITED))
        understanding = interpret(snapshot, request, parsed)
    found = tuple(_conditions(snapshot, request, parsed, searched))
    unnamed = _is_unnamed(snapshot, understanding.named)
    related = not unnamed and _is_unnamed(snapshot, understanding.itself)
    if request.synonyms == "off":
        # Words are words then, also those of a name, if it is in the library by any other name.
        known = replace(request, synonyms="on")
        unnamed = unnamed and _is_unnamed(snapshot, interpret(snapshot, known, parsed).named)
        understanding = understanding if unnamed else replace(understanding, named=None)
    absent = absent_parts(
        snapshot,
        searched,
        understanding.asks,
        found,
        lambda: snapshot.reader.count(everything_found(understanding)) > 0,
    )
    return Asked(
        parsed,
        understanding,
        searched,
        tuple(Correction(slip.typed, slip.to) for slip in slips),
        found,
        tuple(_place_after(request.q, slips, place) for place in range(len(slips))),
        absent,
        unnamed and bool(absent),
        related,
    )


def first_listed(asked: Asked) -> Query | None:
    """What finds the units to list before all others; None if it would find all of them."""
    understanding = asked.understanding
    return understanding.itself if asked.related else understanding.named


def _is_unnamed(snapshot: Snapshot, named: Query | None) -> bool:
    """Whether nothing names what is asked for in full, so that only parts of it can be found."""
    if named is None:
        return False
    names = named.children if isinstance(named, AnyOf) else (named,)
    return not any(map(snapshot.reader.count, names))


def _conditions(
    snapshot: Snapshot, request: SearchRequest, parsed: Parsed, text: str
) -> Iterator[Condition]:
    return conditions(
        parsed.tree, text, lambda node: interpret(snapshot, request, Parsed(node, ())).query
    )


def _place_after(question: str, slips: Sequence[Replacement], place: int) -> Replacement:
    """A replacement with the span of the new words, after all replacements before it."""
    start, end = (
        len(replace_words(question, [(*slip.span, slip.to) for slip in slips[:made]]))
        - (len(question) - offset)
        for made, offset in zip((place, place + 1), slips[place].span, strict=True)
    )
    return slips[place]._replace(span=(start, end))


def _with_pmids(snapshot: Snapshot, parsed: Parsed) -> Parsed:
    def is_pmid(number: str) -> bool:
        return snapshot.reader.count(Keyword("pmid", number)) > 0

    return Parsed(read_bare_numbers(parsed.tree, is_pmid), parsed.notices)


def _parse(snapshot: Snapshot, text: str) -> Parsed:
    if not is_valid(text):
        raise QuestionError("q", "The question is not valid text. Type it again.")
    try:
        return _with_pmids(snapshot, parse(text, snapshot.limits))
    except QuestionLimit as error:
        raise QuestionError("q", str(error)) from None


def interpret(snapshot: Snapshot, request: SearchRequest, parsed: Parsed) -> Understanding:
    """What a parsed question means in this library, without correction."""
    reader = Understander(
        snapshot.thesaurus,
        snapshot.lexicon,
        is_sentence(request.q),
        frozenset(request.without),
        request.synonyms == "on",
        snapshot.begin,
        lambda parts, in_sequence: lacks(snapshot, parts, in_sequence),
        snapshot.is_author,
        snapshot.is_common,
        snapshot.phrase_for,
        snapshot.knows,
        snapshot.prints,
        snapshot.other_words,
    )
    understanding = reader.understand(parsed.tree)
    if isinstance(parsed.tree, tree.Empty) and not request.q.strip():
        return Understanding(Everything(), ())
    return understanding
