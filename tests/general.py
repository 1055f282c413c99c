"""A small terminology in memory, for tests of what lies below the topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from poi_search.thesaurus import GENERAL, Concept
from poi_search.thesaurus.forms import Form, Key, supported_forms, text_forms
from poi_search.thesaurus.layers import SourceVersion
from poi_search.thesaurus.mentions import Lexicon


def general(concept_id: str, label: str, *terms: str, **more: tuple[str, ...] | str) -> Concept:
    return Concept(concept_id, label, terms, source=GENERAL, **more)  # type: ignore[arg-type]


class SmallTerminology:
    """Concepts as a `Terminology` has them."""

    sources: Sequence[SourceVersion] = ()

    def __init__(
        self, *concepts: Concept, synonyms: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._synonyms = synonyms or {}
        self._concepts = {concept.id: concept for concept in concepts}
        self._ids = {name: each.id for each in concepts for name in (each.id, *each.also)}
        self._lexicon = Lexicon(text_forms(concepts))
        pairs = [pair for concept in concepts for pair in supported_forms(concept)]
        self._ambiguous = Lexicon(pairs)

    def forms(self, key: Key) -> Sequence[Form]:
        return self._lexicon.forms(key)

    def ambiguous(self, key: Key) -> Sequence[Form]:
        return self._ambiguous.forms(key)

    def longest(self, stem: str) -> int:
        return self._lexicon.longest(stem)

    def has_word(self, stem: str) -> bool:
        return stem in self._lexicon.words()

    def synonyms(self, stem: str) -> Sequence[str]:
        return self._synonyms.get(stem, ())

    def concept(self, concept_id: str) -> Concept | None:
        return self._concepts.get(self._ids.get(concept_id, ""))

    def broader(self, concept_id: str) -> tuple[str, ...]:
        concept = self.concept(concept_id)
        return concept.broader if concept else ()

    def narrower(self, concept_id: str) -> tuple[str, ...]:
        known = self._ids.get(concept_id, "")
        return tuple(c.id for c in self._concepts.values() if known and known in c.broader)


def use(patch: pytest.MonkeyPatch, terminology: SmallTerminology, version: str = "small") -> None:
    """Let libraries be built and opened with this terminology."""

    def opened(_folder: Path) -> SmallTerminology:
        return terminology

    for module in ("poi_search.index.file_store", "poi_search.index.build"):
        patch.setattr(f"{module}.packed_version", lambda: version)
    for module in ("index.file_store", "checking"):
        patch.setattr(f"poi_search.{module}.open_terminology", opened)
