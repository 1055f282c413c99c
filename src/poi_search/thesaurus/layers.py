"""What a general terminology supplies, below the topics and what articles define.

A lower layer never overrules a higher one: a name or a concept that a topic or the article has is
read by it only, and a general name does not count within one of theirs or across its ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from poi_search.thesaurus import ConceptSource
from poi_search.thesaurus.forms import Form, Key


class GeneralNames(ConceptSource, Protocol):
    """The concepts of a terminology that no topic has, by id and by the stems of their names."""

    def forms(self, key: Key) -> Sequence[Form]:
        """The forms with these stems that are certain in any text."""
        ...

    def ambiguous(self, key: Key) -> Sequence[Form]:
        """The short forms with these stems that need a longer name in the same article."""
        ...

    def has_word(self, stem: str) -> bool:
        """Whether a stem is part of a name."""
        ...

    def longest(self, stem: str) -> int:
        """The number of stems in the longest form that begins with this one; 0 if none does."""
        ...
