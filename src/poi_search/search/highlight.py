"""Which parts of a unit answer the question. Pure: works on recorded spans.

Nothing is analysed again: the payload contains the stems and offsets of the tokens and the
concepts mentioned. A whole mention of a concept is one mark; a name is marked only where all of
it occurs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from rapidfuzz.distance import OSA

from poi_search.query.asks import STAR, Ask
from poi_search.query.fields import CAPITALS
from poi_search.results import Mark, MarkKind
from poi_search.search.expanded_asks import ExpandedAsk, is_whole
from poi_search.search.field_spans import part_span
from poi_search.search.recorded import Recorded, sequence


class Found(NamedTuple):
    """`text[start:end]` answers the ask with index `ask`, as typed or through a concept."""

    start: int
    end: int
    kind: MarkKind
    ask: int
    concept: str = ""


_found = partial(tuple.__new__, Found)  # faster than by its fields
_Span = tuple[int, int, bool, int, bool, str]
"""Start, minus the end, whether found through a concept or a guess, index of the ask, whether that
differs from what was asked for, concept. Sorting by these puts the best first."""


def find(unit: Recorded, asks: Sequence[ExpandedAsk]) -> list[Found]:
    """Where each ask is answered, in reading order; spans never overlap, the longest wins.

    Bare words count only where they stand right before what they qualify, or in a unit where
    nothing else is found.
    """
    return _apart(_spans(unit, asks))


def find_all(unit: Recorded, asks: Sequence[ExpandedAsk]) -> tuple[list[Found], list[Found]]:
    """The same, and apart the answers to whole asks that the marks of others cover: all of them to
    an ask without a mark, else what was asked for itself, not what is narrower or related."""
    spans = _spans(unit, asks)
    marks = _apart(spans)
    if len(spans) == len(marks):
        return marks, []
    ends, marked = [each[1] for each in marks], {each[3] for each in marks}
    covered: dict[int, list[_Span]] = {}
    for span in spans:
        itself = not span[2] or not span[4]
        covering = marks[bisect_right(ends, span[0])]
        if covering[3] != span[3] and (itself or span[3] not in marked):
            covered.setdefault(span[3], []).append(span)
    wholes = (number for number in covered if is_whole(asks[number].ask))
    return marks, [found for number in wholes for found in _apart(covered[number])]


def told_marks(
    found: Sequence[Found], covered: Sequence[Found], told: Collection[int]
) -> list[Found]:
    """The marks of the asks that are told of, and what the marks of others no longer cover."""
    kept = [each for each in found if each.ask in told]
    for each in covered:
        apart = all(each.end <= other.start or other.end <= each.start for other in kept)
        if each.ask in told and apart:
            kept.append(each)
    return sorted(kept)


def _spans(unit: Recorded, asks: Sequence[ExpandedAsk]) -> list[_Span]:
    spans = _find(unit, asks, bare=False)
    return spans + _qualifiers(unit, asks, spans) if spans else _find(unit, asks, bare=True)


def _qualifiers(unit: Recorded, asks: Sequence[ExpandedAsk], spans: Sequence[_Span]) -> list[_Span]:
    """Where a bare word stands as typed, right before the answer to what it qualifies."""
    found: list[_Span] = []
    for number in range(len(asks) - 1, -1, -1):
        ask, *_, first, qualified = asks[number]
        if qualified < 0 or first not in unit.places:
            continue
        starts = {span[0] - 1 for span in (*spans, *found) if span[3] == qualified}
        before = [span for span in unit.typed(ask) if span[1] in starts]
        found += _as_typed(before, number, ask)
    return found


def _find(unit: Recorded, asks: Sequence[ExpandedAsk], *, bare: bool) -> list[_Span]:
    found: list[_Span] = []
    answered: set[int] = set()
    printed: set[int] = set()
    named, places = unit.named, unit.places
    for number, (ask, concepts, _, is_bare, part_of, first, _) in enumerate(asks):
        if is_bare is not bare or part_of in answered or ask.word_of in printed:
            continue  # where the whole name was found, its parts add nothing
        if concepts:
            if not concepts.isdisjoint(named):
                here = _concept(unit, ask, number, concepts & named)
            elif ask.is_name and ask.pieces[0] in places:
                here = _as_typed(sequence(unit, ask.pieces, places, unit.stems), number, ask)
            else:
                continue
        elif first:
            if first not in places and not ask.others:
                continue
            here = _as_typed(unit.typed(ask), number, ask)
        else:
            here = _in_part(unit, ask, number) if ask.within else _literal(unit, ask, number)
        if here:
            answered.add(number)
            if ask.beside and not all(span[2] for span in here):
                printed.add(number)
            found += here
    return found


def _concept(unit: Recorded, ask: Ask, number: int, concepts: frozenset[str]) -> list[_Span]:
    """Where the concepts are mentioned; as typed if the words are the mention, or are in one of the
    concept asked for ('granulosa' in granulosa cells)."""
    typed = unit.typed(ask) if ask.pieces[0] in unit.places or ask.others else []
    spans: list[_Span] = []
    for concept in concepts:
        other = concept not in ask.concepts
        for span in unit.concepts[concept]:
            as_typed = span in typed or (not other and _has_one_of(span, typed))
            spans.append((span[0], -span[1], not as_typed, number, other, concept))
    return spans


def _has_one_of(span: Mark, parts: Sequence[Mark]) -> bool:
    first, last = span
    for start, end in parts:  # noqa: SIM110  # much faster than any()
        if first <= start and end <= last:
            return True
    return False


def _in_part(unit: Recorded, ask: Ask, number: int) -> list[_Span]:
    """Where the field that an ask names contains its words."""
    part = part_span(unit.stored.view, ask.within)
    if part is None:
        return []
    start, end = part
    return [span for span in _literal(unit, ask, number) if start <= span[0] and -span[1] <= end]


def _literal(unit: Recorded, ask: Ask, number: int) -> list[_Span]:
    if ask.is_starred:
        spans = _starred(unit, ask.pieces, unit.words() if ask.how == "words" else unit.exact())
    elif ask.how == "words":
        cased = ask.within in CAPITALS
        spans = unit.typed(ask) if cased else _in_sequence(unit, ask.pieces, unit.words())
    else:
        exact = unit.exact()
        if ask.how == "quoted":
            spans = _in_sequence(unit, ask.pieces, exact)
        else:
            word = ask.pieces[0]
            spans = [unit.spans[p] for p, form in enumerate(exact) if _like(form, word, ask)]
    return _as_typed(spans, number, ask)


def _in_sequence(unit: Recorded, pieces: Sequence[str], forms: Sequence[str]) -> list[Mark]:
    places: dict[str, list[int]] = {}
    for place, form in enumerate(forms):
        places.setdefault(form, []).append(place)
    return sequence(unit, pieces, places, forms)


def _as_typed(spans: Iterable[Mark], number: int, ask: Ask) -> list[_Span]:
    guessed = ask.how == "initials"
    return [(start, -end, guessed, number, guessed, "") for start, end in spans]


def _like(form: str, word: str, ask: Ask) -> bool:
    if ask.how == "prefix":
        return form.startswith(word)
    return OSA.distance(form, word, score_cutoff=ask.distance) <= ask.distance


def _starred(unit: Recorded, pieces: Sequence[str], forms: Sequence[str]) -> list[Mark]:
    """Where forms in sequence are the pieces, or begin with those that end with a star."""
    size = len(pieces)
    return [
        (unit.spans[place][0], unit.spans[place + size - 1][1])
        for place in range(len(forms) - size + 1)
        if all(map(_is_form, forms[place : place + size], pieces))
    ]


def _is_form(form: str, piece: str) -> bool:
    return form.startswith(piece[:-1]) if piece.endswith(STAR) else form == piece


def _apart(spans: list[_Span]) -> list[Found]:
    """Spans without overlaps: the longer one wins, then the one as typed, then the first."""
    kept: list[Found] = []
    last = end = 0
    for start, minus_end, other, ask, _, concept in sorted(spans):
        if start < end:
            if start + minus_end >= last - end:
                continue
            kept.pop()
        last, end = start, -minus_end
        kept.append(_found((start, end, "synonym" if other else "typed", ask, concept)))
    return kept
