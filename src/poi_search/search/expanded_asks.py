"""What a question asks for, prepared once to be looked for in every unit shown. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from poi_search.engine.nodes import Fields
from poi_search.query.asks import Ask

Answers = Callable[[str], frozenset[str]]
"""A concept id → the ids of the concepts whose mentions answer a question for it."""


class ExpandedAsk(NamedTuple):
    """An ask with every concept whose mentions answer it, and the names of its fields.

    `bare` if it says little by itself: a word of a longer name (the *effects* of side effects), or
    one that only says what is asked (the *effect* of exosomes). `first` is the first of its stems
    if it is looked for by them, else ''. `qualifies` is the index of the ask for the word that
    such a word stands before (*long* hair), else -1.
    """

    ask: Ask
    concepts: frozenset[str]
    fields: frozenset[str]
    bare: bool
    part_of: int
    first: str
    qualifies: int = -1


def expand_asks(asks: Sequence[Ask], answers: Answers) -> list[ExpandedAsk]:
    """The asks as `find` takes them, prepared once for all units shown."""
    return [
        ExpandedAsk(
            ask,
            _united([answers(concept) for concept in ask.concepts]),
            _names(ask.fields),
            _is_bare(ask, asks),
            ask.part_of,
            ask.pieces[0] if ask.how in ("words", "initials") and not ask.within else "",
            _word_after(ask, asks) if _is_bare(ask, asks) else -1,
        )
        for ask in asks
    ]


def _united(sets: Sequence[frozenset[str]]) -> frozenset[str]:
    return sets[0] if len(sets) == 1 else frozenset().union(*sets)


@lru_cache(maxsize=64)
def _names(fields: Fields) -> frozenset[str]:
    return frozenset([name for name, _ in fields])


def _is_bare(ask: Ask, asks: Sequence[Ask]) -> bool:
    if ask.concepts or ask.how != "words" or ask.within:
        return False
    if ask.part_of >= 0:
        return ask.pieces != asks[ask.part_of].pieces
    return not (ask.is_subject or ask.is_short_form)


def _word_after(ask: Ask, asks: Sequence[Ask]) -> int:
    """The index of the ask for what was typed right after a whole one, else -1."""
    after = (n for n, each in enumerate(asks) if each.span[0] == ask.span[1] + 1)
    return next((n for n in after if is_whole(asks[n])), -1) if is_whole(ask) else -1


def is_whole(ask: Ask) -> bool:
    """Whether it is asked for itself, not a part of a longer name or the value of a field."""
    return ask.part_of < 0 and not ask.within
