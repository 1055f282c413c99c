"""The general layer of names, below those of topics and articles.

A lower layer never overrules a higher one: a name or a concept that a topic or the article has is
read by it only, and a general name does not count within one of theirs or across its ends.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from poi_search.thesaurus import ConceptSource, Thesaurus
from poi_search.thesaurus.forms import Form, Key, short_forms


class Terminology(ConceptSource, Protocol):
    """A general terminology: its concepts by id, and its forms by their stems."""

    def forms(self, key: Key) -> Sequence[Form]:
        """The forms with these stems that are certain in any text."""
        ...

    def ambiguous(self, key: Key) -> Sequence[Form]:
        """The short forms with these stems that need a longer name in the same article."""
        ...

    def longest(self, stem: str) -> int:
        """The number of stems in the longest form that begins with this one; 0 if none does."""
        ...


@dataclass(frozen=True, slots=True)
class GeneralLayer:
    """A terminology, without the concepts that the topics have."""

    terminology: Terminology
    holds: Callable[[str], bool]
    """Whether a topic has the concept with this id."""

    @classmethod
    def of(cls, terminology: Terminology | None, topics: Thesaurus) -> GeneralLayer | None:
        """The layer below these topics; None without a terminology."""
        return cls(terminology, topics.holds) if terminology else None

    def forms(self, key: Key, replaced: Collection[str] = ()) -> list[Form]:
        """The forms with these stems; none with a short form that is `replaced`."""
        return list(self._open(self.terminology.forms(key), replaced))

    def ambiguous(self, key: Key) -> list[Form]:
        """The short forms with these stems that need a longer name in the same article."""
        return list(self._open(self.terminology.ambiguous(key), ()))

    def _open(self, forms: Iterable[Form], replaced: Collection[str]) -> Iterable[Form]:
        for form in forms:
            if not self.holds(form.concept) and short_forms(form.term).isdisjoint(replaced):
                yield form
