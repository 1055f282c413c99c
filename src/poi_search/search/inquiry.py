"""A question as it is compared with each hit: what it asks for, prepared once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from poi_search.query.replacing import replace_words
from poi_search.query.tree import Node, Span
from poi_search.results import How, MarkKind, Reason
from poi_search.search.branches import has_conjunctions
from poi_search.search.conditions import Condition
from poi_search.search.highlight import ExpandedAsk, Recorded
from poi_search.search.interpretation import Replacement
from poi_search.search.surroundings import Surroundings

_MATCHED: dict[str, How] = {"prefix": "prefix", "fuzzy": "fuzzy"}

Narrower = Callable[[str], frozenset[str]]
"""A concept id → this id and those of all narrower concepts."""


@dataclass(frozen=True)
class Inquiry:
    """A question as sent to the engine: what it asks for, and the filters that limit it.

    `tree` is that of `searched`; `replaced` lists the corrected words, with their spans in it.
    """

    searched: str
    tree: Node
    asks: Sequence[ExpandedAsk]
    narrower: Narrower
    surroundings: Callable[[Recorded], Surroundings]
    conditions: Sequence[Condition] = ()
    filters: tuple[Reason, ...] = ()
    replaced: Sequence[Replacement] = ()

    @cached_property
    def corrections(self) -> Mapping[int, Sequence[Replacement]]:
        """The corrections of each ask that has any, by its index."""
        spans = {number: expanded.ask.span for number, expanded in enumerate(self.asks)}
        found = {
            number: [each for each in self.replaced if each.span[0] < end and start < each.span[1]]
            for number, (start, end) in spans.items()
        }
        return {number: corrections for number, corrections in found.items() if corrections}

    @cached_property
    def texts(self) -> Sequence[str]:
        """Each ask in the words as typed."""
        return [self._text(number) for number in range(len(self.asks))]

    def _text(self, number: int) -> str:
        ask, corrections = self.asks[number].ask, self.corrections.get(number)
        if not corrections:
            return ask.text
        start = min(ask.span[0], corrections[0].span[0])
        end = max(ask.span[1], corrections[-1].span[1])
        words = [(each.span[0] - start, each.span[1] - start, each.typed) for each in corrections]
        return replace_words(self.searched[start:end], words)

    @cached_property
    def has_conjunctions(self) -> bool:
        return has_conjunctions(self.tree)

    @cached_property
    def parts(self) -> Sequence[tuple[str, Span]]:
        """What reasons may name: every ask and condition, with its span."""
        asks = [expanded.ask.span for expanded in self.asks]
        fields = [(condition.text, condition.span) for condition in self.conditions]
        return [*zip(self.texts, asks, strict=True), *fields]

    @cached_property
    def words(self) -> Sequence[tuple[int, tuple[int, int], frozenset[str], str]]:
        """The asks for words: their index, those of the names they are in, concepts and first
        stem."""
        return [
            (number, (ask.part_of, ask.word_of), expanded.concepts, ask.pieces[0])
            for number, expanded in enumerate(self.asks)
            if (ask := expanded.ask).how in ("words", "initials") and not ask.within
        ]

    @cached_property
    def as_typed(self) -> Sequence[How]:
        """How the words of each ask answer the question: in full, or as part of a longer name."""
        asks = [expanded.ask for expanded in self.asks]
        wholes = [asks[ask.part_of] if ask.part_of >= 0 else ask for ask in asks]
        return [
            "fragment" if len(ask.pieces) < len(whole.pieces)
            else "initials" if ask.how == "initials"
            else "typed"
            for ask, whole in zip(asks, wholes, strict=True)
        ]  # fmt: skip

    @cached_property
    def _hows(self) -> dict[tuple[int, MarkKind, str], How]:
        return {}

    def how(self, number: int, kind: MarkKind, concept: str) -> How:
        """How a mark answers an ask, apart from corrections."""
        key = number, kind, concept
        how = self._hows.get(key)
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
            self._hows[key] = how
        return how

    def relation(self, found: str, asked: Sequence[str]) -> How:
        if found in asked:
            return "synonym"
        return (
            "narrower" if any(found in self.narrower(concept) for concept in asked) else "related"
        )
