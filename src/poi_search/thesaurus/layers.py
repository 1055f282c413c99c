"""The general layer: the names of a terminology, below the topics and what articles define.

A lower layer never overrules a higher one: a name or a concept that a topic or the article has is
read by it only, and a general name does not count within one of theirs or across its ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from poi_search.thesaurus import Concept, ConceptSource
from poi_search.thesaurus.forms import Form, Key


class SourceVersion(Protocol):
    """A vocabulary that a terminology was compiled from."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...


class GeneralNames(ConceptSource, Protocol):
    """The concepts of a terminology, by id and by the stems of their names."""

    @property
    def sources(self) -> Sequence[SourceVersion]: ...

    def forms(self, key: Key) -> Sequence[Form]:
        """The forms with these stems that are certain in any text."""
        ...

    def ambiguous(self, key: Key) -> Sequence[Form]:
        """The short forms with these stems that need a longer name in the same article."""
        ...

    def longest(self, stem: str) -> int:
        """The number of stems in the longest form that begins with this one; 0 if none does."""
        ...

    def has_word(self, stem: str) -> bool:
        """Whether a stem is part of a name."""
        ...

    def synonyms(self, stem: str) -> Sequence[str]:
        """The stems of other everyday words for one."""
        ...


def general_layer(
    terminology: GeneralNames | None, topics: Iterable[Concept]
) -> GeneralLayer | None:
    """The layer below these topics; None without a terminology."""
    return GeneralLayer(terminology, topics) if terminology else None


class GeneralLayer:
    """A terminology without the concepts that the `edited` ones already are; broader and narrower
    ones are these where they are among them."""

    def __init__(self, names: GeneralNames, edited: Iterable[Concept]) -> None:
        self._names = names
        self._edited = {name: each.id for each in edited for name in (*each.also, each.id)}
        self._known: dict[str, str] = {}
        self.longest, self.has_word, self.synonyms = names.longest, names.has_word, names.synonyms

    def forms(self, key: Key) -> Sequence[Form]:
        return self._left(self._names.forms(key))

    def ambiguous(self, key: Key) -> Sequence[Form]:
        return self._left(self._names.ambiguous(key))

    def concept(self, concept_id: str) -> Concept | None:
        return None if self._as_edited(concept_id) else self._names.concept(concept_id)

    def broader(self, concept_id: str) -> tuple[str, ...]:
        return self._named(self._names.broader(concept_id))

    def narrower(self, concept_id: str) -> tuple[str, ...]:
        return self._named(self._names.narrower(concept_id))

    def _left(self, forms: Sequence[Form]) -> Sequence[Form]:
        return [form for form in forms if not self._as_edited(form.concept)] if forms else forms

    def _named(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._as_edited(each) or each for each in ids))

    def _as_edited(self, concept_id: str) -> str:
        """The id of the edited concept that this one is, by any of its ids; '' if none is."""
        if concept_id not in self._known:
            found = self._names.concept(concept_id)
            ids = (concept_id, found.id, *found.also) if found else (concept_id,)
            self._known[concept_id] = next(filter(None, map(self._edited.get, ids)), "")
        return self._known[concept_id]
