"""Which parts of a unit answer the question. Pure: works on recorded spans.

Nothing is analysed again: the payload contains the stems and offsets of the tokens and the
concepts mentioned. A whole mention of a concept is one mark; a name is marked only where all of
it occurs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec import structs
from rapidfuzz.distance import OSA

from poi_search.index.entries import Stored
from poi_search.query.asks import STAR, Ask
from poi_search.results import Mark, MarkKind
from poi_search.search.field_spans import part_span
from poi_search.search.surroundings import Surroundings
from poi_search.text.analysis import fold
from poi_search.text.function_words import is_subject

Answers = Callable[[str], frozenset[str]]
"""A concept id → the ids of the concepts whose mentions answer a question for it."""


class Found(NamedTuple):
    """`text[start:end]` answers the ask with index `ask`, as typed or through a concept."""

    start: int
    end: int
    kind: MarkKind
    ask: int
    concept: str = ""


_Span = tuple[int, int, bool, int, bool, str]
"""Start, minus the end, whether found through a concept or a guess, index of the ask, whether that
differs from what was asked for, concept. Sorting by these puts the best first."""


class Recorded:
    """A unit's payload with its tokens and mentions arranged for look-up.

    `surroundings` are added when a reason for a hit is looked for in them.
    """

    __slots__ = (
        "concepts",
        "exact_forms",
        "fields",
        "named",
        "places",
        "spans",
        "stems",
        "stored",
        "surroundings",
    )

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self.fields = structs.asdict(stored.view)
        del self.fields["url"]  # a hit has an address of its own
        self.stems = stored.stems.split(" ") if stored.stems else []
        self.places: dict[str, list[int]] = {}
        for place, stem in enumerate(self.stems):
            self.places.setdefault(stem, []).append(place)
        self.spans: list[Mark] = list(zip(stored.starts, stored.ends, strict=True))
        self.concepts: dict[str, list[Mark]] = {}
        for concept, start, end, _inner in stored.mentions:
            self.concepts.setdefault(concept, []).append((start, end))
        self.named = frozenset(self.concepts)
        self.exact_forms: list[str] | None = None
        self.surroundings: Surroundings | None = None

    def has(self, stems: Sequence[str]) -> bool:
        """Whether its text has these stems in sequence."""
        return bool(stems) and bool(_sequence(self, stems, self.places, self.stems))

    def exact(self) -> list[str]:
        """The tokens folded (no case, no accents); made when a quote or prefix needs them."""
        if self.exact_forms is None:
            text = self.stored.view.text
            self.exact_forms = [fold(text[start:end]) for start, end in self.spans]
        return self.exact_forms


class ExpandedAsk(NamedTuple):
    """An ask with every concept whose mentions answer it, and the names of its fields.

    `bare` if it says little by itself: a word of a longer name (the *effects* of side effects), or
    one that only says what is asked (the *effect* of exosomes).
    """

    ask: Ask
    concepts: frozenset[str]
    fields: frozenset[str] = frozenset()
    bare: bool = False


def expand_asks(asks: Sequence[Ask], answers: Answers) -> list[ExpandedAsk]:
    """The asks as `find` takes them, prepared once for all units shown."""
    return [
        ExpandedAsk(
            ask,
            frozenset().union(*map(answers, ask.concepts)),
            frozenset([name for name, _ in ask.fields]),
            _is_bare(ask, asks),
        )
        for ask in asks
    ]


def _is_bare(ask: Ask, asks: Sequence[Ask]) -> bool:
    if ask.concepts or ask.how != "words" or ask.within:
        return False
    if ask.part_of >= 0:
        return ask.pieces != asks[ask.part_of].pieces
    return not is_subject(ask.text)


def find(unit: Recorded, asks: Sequence[ExpandedAsk]) -> list[Found]:
    """Where each ask is answered, in reading order; spans never overlap, the longest wins.

    Bare words count only in a unit where nothing else is found.
    """
    return _apart(_spans(unit, asks))


def find_all(unit: Recorded, asks: Sequence[ExpandedAsk]) -> tuple[list[Found], list[Found]]:
    """The same, and apart the answers to whole asks that have no mark, as those of others cover
    them."""
    spans = _spans(unit, asks)
    marks = _apart(spans)
    marked = {each.ask for each in marks}
    if len(spans) == len(marks) or all(span[3] in marked for span in spans):
        return marks, []
    covered: dict[int, list[_Span]] = {}
    for span in spans:
        if span[3] not in marked:
            covered.setdefault(span[3], []).append(span)
    wholes = (number for number in covered if _is_whole(asks[number].ask))
    return marks, [found for number in wholes for found in _apart(covered[number])]


def _is_whole(ask: Ask) -> bool:
    return ask.part_of < 0 and not ask.within


def _spans(unit: Recorded, asks: Sequence[ExpandedAsk]) -> list[_Span]:
    return _find(unit, asks, bare=False) or _find(unit, asks, bare=True)


def _find(unit: Recorded, asks: Sequence[ExpandedAsk], *, bare: bool) -> list[_Span]:
    found: list[_Span] = []
    answered: set[int] = set()
    printed: set[int] = set()
    for number, (ask, concepts, _, is_bare) in enumerate(asks):
        if is_bare is not bare or ask.part_of in answered or ask.word_of in printed:
            continue  # where the whole name was found, its parts add nothing
        if concepts:
            if concepts.isdisjoint(unit.named):
                continue
            here = _concept(unit, ask, number, concepts & unit.named)
        elif ask.within:
            here = _in_part(unit, ask, number)
        elif ask.how not in ("words", "initials") or ask.pieces[0] in unit.places:
            here = _literal(unit, ask, number)
        else:
            continue
        if here:
            answered.add(number)
            if ask.beside and not all(span[2] for span in here):
                printed.add(number)
            found += here
    return found


def _concept(unit: Recorded, ask: Ask, number: int, concepts: frozenset[str]) -> list[_Span]:
    """Where the concepts are mentioned; as typed if the words are the mention, or are in one of the
    concept asked for ('granulosa' in granulosa cells)."""
    typed = _sequence(unit, ask.pieces, unit.places, unit.stems)
    if not typed:
        return [
            (start, -end, True, number, concept not in ask.concepts, concept)
            for concept in concepts
            for start, end in unit.concepts[concept]
        ]
    spans: list[_Span] = []
    for concept in concepts:
        other = concept not in ask.concepts
        for span in unit.concepts[concept]:
            as_typed = span in typed or (not other and _has_one_of(span, typed))
            spans.append((span[0], -span[1], not as_typed, number, other, concept))
    return spans


def _has_one_of(span: Mark, parts: Sequence[Mark]) -> bool:
    return any(span[0] <= start and end <= span[1] for start, end in parts)


def _in_part(unit: Recorded, ask: Ask, number: int) -> list[_Span]:
    """Where the field that an ask names contains its words."""
    part = part_span(unit.stored.view, ask.within)
    if part is None:
        return []
    start, end = part
    return [span for span in _literal(unit, ask, number) if start <= span[0] and -span[1] <= end]


def _literal(unit: Recorded, ask: Ask, number: int) -> list[_Span]:
    if ask.is_starred:
        spans = _starred(unit, ask.pieces, unit.stems if ask.how == "words" else unit.exact())
    elif ask.how in ("words", "initials"):
        spans = _sequence(unit, ask.pieces, unit.places, unit.stems)
    else:
        exact = unit.exact()
        if ask.how == "quoted":
            places: dict[str, list[int]] = {}
            for place, form in enumerate(exact):
                places.setdefault(form, []).append(place)
            spans = _sequence(unit, ask.pieces, places, exact)
        else:
            word = ask.pieces[0]
            spans = [unit.spans[p] for p, form in enumerate(exact) if _like(form, word, ask)]
    guessed = ask.how == "initials"
    return [(start, -end, guessed, number, guessed, "") for start, end in spans]


def _like(form: str, word: str, ask: Ask) -> bool:
    if ask.how == "prefix":
        return form.startswith(word)
    return OSA.distance(form, word, score_cutoff=ask.distance) <= ask.distance


def _sequence(
    unit: Recorded, pieces: Sequence[str], places: dict[str, list[int]], forms: Sequence[str]
) -> list[Mark]:
    starts = places.get(pieces[0])
    if not starts:
        return []
    if len(pieces) == 1:
        return [unit.spans[place] for place in starts]
    size, wanted = len(pieces), list(pieces)
    return [
        (unit.spans[place][0], unit.spans[place + size - 1][1])
        for place in starts
        if forms[place : place + size] == wanted
    ]


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
    kept: list[_Span] = []
    for span in sorted(spans):
        if kept and span[0] < -kept[-1][1]:
            if span[0] + span[1] >= kept[-1][0] + kept[-1][1]:
                continue
            kept.pop()
        kept.append(span)
    return [
        Found(start, -end, "synonym" if other else "typed", ask, concept)
        for start, end, other, ask, _, concept in kept
    ]
