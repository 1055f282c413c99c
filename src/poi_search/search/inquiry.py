"""A question as it is compared with each hit: what it asks for, prepared once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from poi_search.query.asks import Ask
from poi_search.query.replacing import replace_words
from poi_search.query.tree import Span
from poi_search.results import How, Reason
from poi_search.search.branches import has_conjunctions
from poi_search.search.corrections import Replacement
from poi_search.search.expanded_asks import ExpandedAsk
from poi_search.search.interpretation import Asked
from poi_search.search.matches import MarkKey
from poi_search.search.recorded import Recorded
from poi_search.search.surroundings import Surroundings

_MATCHED: dict[str, How] = {"prefix": "prefix", "fuzzy": "fuzzy"}

AskedWords = tuple[int, int, int, frozenset[str], frozenset[str]]
"""An ask for words: its index, those of the whole name and of the general name that it is in or -1,
its concepts and the first stems of its wordings."""
Narrower = Callable[[str], frozenset[str]]
"""A concept id → this id and those of all narrower concepts."""


class Inquiry:
    """A question as sent to the engine: what it asks for, and the filters that limit it.

    tree         that of `searched`
    replaced     the corrected words, with their spans in `searched`
    corrections  those of each ask that has any, by its index
    texts        each ask in the words as typed
    words        the asks for words
    within       the asks that belong to a condition, by their index
    as_typed     how the words of each ask answer it: in full, or as part of a longer name
    hows         how marks answer their asks, as far as `how` was asked
    """

    def __init__(
        self,
        asked: Asked,
        asks: Sequence[ExpandedAsk],
        narrower: Narrower,
        further: Narrower,
        surroundings: Callable[[Recorded], Surroundings],
        filters: tuple[Reason, ...],
    ) -> None:
        self.searched, self.tree = asked.searched, asked.parsed.tree
        self.conditions, self.replaced = asked.conditions, asked.replaced
        self.asks, self.filters = asks, filters
        self.narrower, self.further = narrower, further
        self.surroundings = surroundings
        self.excluded = asked.understanding.excluded
        self.corrections = _corrections(asks, self.replaced) if self.replaced else {}
        self.texts = [each.ask.text for each in asks]
        for number, corrections in self.corrections.items():
            self.texts[number] = self._typed_text(asks[number].ask, corrections)
        self.words: Sequence[AskedWords] = [
            (number, each.part_of, each.ask.word_of, each.concepts, _first_stems(each.ask))
            for number, each in enumerate(asks)
            if each.first
        ]
        self._same = {
            each.ask.word_of: number
            for number, each in enumerate(asks)
            if each.ask.word_of >= 0 and each.ask.pieces == asks[each.ask.word_of].ask.pieces
        }
        self.within = {number for number, each in enumerate(asks) if each.ask.within}
        self._left: dict[frozenset[int], Sequence[AskedWords]] = {}
        self.as_typed = [_as_typed(each.ask, asks) for each in asks]
        self.has_conjunctions = has_conjunctions(self.tree)
        self.hows: dict[MarkKey, How] = {}

    def _typed_text(self, ask: Ask, corrections: Sequence[Replacement]) -> str:
        """An ask in the words as typed, before these corrections."""
        start = min(ask.span[0], corrections[0].span[0])
        end = max(ask.span[1], corrections[-1].span[1])
        words = [(each.span[0] - start, each.span[1] - start, each.typed) for each in corrections]
        return replace_words(self.searched[start:end], words)

    @cached_property
    def parts(self) -> Sequence[tuple[str, Span]]:
        """What reasons may name: every ask and condition, with its span."""
        asks = [expanded.ask.span for expanded in self.asks]
        fields = [(condition.text, condition.span) for condition in self.conditions]
        return [*zip(self.texts, asks, strict=True), *fields]

    def words_left(self, answered: frozenset[int]) -> Sequence[AskedWords]:
        """The asks for words that are not answered, nor is the whole name; a general name of one
        word is answered by the word."""
        left = self._left.get(answered)
        if left is None:
            left = [
                words
                for words in self.words
                if answered.isdisjoint(words[:3]) and self._same.get(words[0]) not in answered
            ]
            self._left[answered] = left
        return left

    def how(self, key: MarkKey) -> How:
        """How a mark answers an ask, apart from corrections."""
        kind, number, concept = key
        how = self.hows.get(key)
        if how is None:
            ask = self.asks[number].ask
            if self.as_typed[number] == "fragment":
                how = "fragment"  # also by another name: it is not what was asked for
            elif ask.how == "initials":
                how = "initials"
            elif kind == "synonym":
                how = self.relation(concept, ask.concepts)
            else:
                how = "prefix" if ask.is_starred else _MATCHED.get(ask.how, "typed")
            self.hows[key] = how
        return how

    def relation(self, found: str, asked: Sequence[str]) -> How:
        if found in asked:
            return "synonym"
        return (
            "narrower" if any(found in self.narrower(concept) for concept in asked) else "related"
        )


def _first_stems(ask: Ask) -> frozenset[str]:
    return frozenset([first for first, *_ in ask.wordings])


def _corrections(
    asks: Sequence[ExpandedAsk], replaced: Sequence[Replacement]
) -> Mapping[int, Sequence[Replacement]]:
    spans = {number: expanded.ask.span for number, expanded in enumerate(asks)}
    found = {
        number: [each for each in replaced if each.span[0] < end and start < each.span[1]]
        for number, (start, end) in spans.items()
    }
    return {number: corrections for number, corrections in found.items() if corrections}


def _as_typed(ask: Ask, asks: Sequence[ExpandedAsk]) -> How:
    whole = asks[ask.part_of].ask if ask.part_of >= 0 else ask
    if ask.how == "initials":
        return "initials"
    return "fragment" if len(ask.pieces) < len(whole.pieces) else "typed"
