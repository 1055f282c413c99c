"""Short forms with several meanings: which of them an article uses for a concept it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from poi_search.text.analysis import stems, tokenize
from poi_search.text.stemming import stem
from poi_search.text.typography import DASH_SIGNS
from poi_search.thesaurus import Concept, Thesaurus
from poi_search.thesaurus.forms import (
    Form,
    Key,
    short_form,
    short_forms,
    supported_forms,
    text_forms,
)
from poi_search.thesaurus.mentions import Lexicon

_WORD = re.compile(rf"\b[^\W_][\w{DASH_SIGNS}]{{1,9}}\b")
"""What may be a short form, if it has a capital."""
GENE_WORDS = frozenset(
    map(stem, "gene protein mrna transcript allele locus promoter homolog isoform".split())
)
"""What is next to the symbol of a gene."""


class AmbiguousForms:
    """The ambiguous short forms of the concepts of a thesaurus and of its general layer."""

    def __init__(self, thesaurus: Thesaurus, lexicon: Lexicon) -> None:
        self._thesaurus, self._lexicon = thesaurus, lexicon

    def used(self, texts: Sequence[str], defined: Collection[str]) -> Iterator[tuple[Key, Form]]:
        """The short forms in the texts of an article for concepts that it names otherwise, and the
        symbols of genes, which count beside a word that says so. Those `defined` are left out."""
        everything = "\n".join(texts)
        used = {
            concept.id: names
            for concept, names in self._edited
            if any(name in everything for name in names)
        }
        used |= self._general(everything)
        named = self._named(texts, used) if used else set()
        for concept_id in used:
            for key, form in self._forms(concept_id):
                if short_form(form.term) in defined:
                    continue
                if concept_id in named:
                    yield key, form
                elif self.genes(key) == (concept_id,):
                    yield key, replace(form, beside=tuple(sorted(GENE_WORDS)))

    def genes(self, key: Key) -> tuple[str, ...]:
        """The gene of the general layer with this ambiguous symbol; none if there are several."""
        general = self._lexicon.general
        concepts = {form.concept for form in general.ambiguous(key)} if general and key else set()
        one = len(concepts) == 1 and all(each.startswith("hgnc:") for each in concepts)
        return tuple(concepts) if one else ()

    def _general(self, text: str) -> dict[str, tuple[str, ...]]:
        """The concepts of the general layer for which a word in capitals may be a short form."""
        general = self._lexicon.general
        if general is None:
            return {}
        words = {word for word in set(_WORD.findall(text)) if word != word.lower()}
        keys = set(map(stems, words))
        concepts = {form.concept for key in keys if key for form in general.ambiguous(key)}
        known = filter(None, map(general.concept, sorted(concepts)))
        return {concept.id: concept.ambiguous for concept in known}

    def _forms(self, concept_id: str) -> Iterator[tuple[Key, Form]]:
        """The ambiguous forms of a concept; of the general layer, those that no topic has."""
        concept = self._thesaurus.concept(concept_id)
        for key, form in supported_forms(concept) if concept else ():
            if self._is_edited(concept_id) or not self._lexicon.forms(key):
                yield key, form

    def _named(self, texts: Iterable[str], used: Mapping[str, Iterable[str]]) -> set[str]:
        """Those of the concepts used that the texts name, or narrower concepts, without doubt."""
        broader: dict[str, set[str]] = {}
        doubtful = {short_form(name) for names in used.values() for name in names}
        for concept_id in used:
            for narrower in self._narrower(concept_id):
                broader.setdefault(narrower, set()).add(concept_id)
        every = text_forms(filter(None, map(self._thesaurus.concept, broader)))
        certain = [
            (key, form)
            for key, form in every
            if not form.beside and doubtful.isdisjoint(short_forms(form.term))
        ]
        lexicon = Lexicon(certain)
        found = {m.concept for text in texts for m in lexicon.find(text, tokenize(text))}
        return {above for concept in found for above in broader[concept]}

    def _narrower(self, concept_id: str) -> Iterable[str]:
        """The concepts whose names are long forms of this one. Of the general layer, whose short
        forms have more meanings, only the concept itself."""
        if self._is_edited(concept_id):
            return self._thesaurus.narrower(concept_id)
        return (concept_id,)

    def _is_edited(self, concept_id: str) -> bool:
        return concept_id in self._thesaurus.concepts

    @cached_property
    def _edited(self) -> tuple[tuple[Concept, tuple[str, ...]], ...]:
        concepts = self._thesaurus.concepts.values()
        return tuple((concept, concept.ambiguous) for concept in concepts if concept.ambiguous)
