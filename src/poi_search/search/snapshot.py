"""One generation of the index, open: its units, articles, concepts and spelling."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, TypeVar

from poi_search.closeness import Encoder
from poi_search.closeness.vectors import Closeness
from poi_search.engine.nodes import Prefix, Query, Term
from poi_search.engine.seam import Request, Scoring
from poi_search.index import versions
from poi_search.index.answers import ANSWERS, answer
from poi_search.index.entries import FACETS, SurroundingText
from poi_search.index.initials import INITIALS
from poi_search.index.store import Generation, StoredArticle
from poi_search.lru import LruCache
from poi_search.query.spelling import Speller
from poi_search.query.syntax import LIMITS, Limits
from poi_search.query.weights import CONCEPT
from poi_search.query_view import ConceptView
from poi_search.references import links
from poi_search.results import UnitView
from poi_search.search.recorded import Recorded
from poi_search.search.surroundings import Surroundings
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.forms import has_capitals
from poi_search.thesaurus.layers import general_layer
from poi_search.thesaurus.library_forms import question_lexicon

T = TypeVar("T")

SCORING = Scoring(k1=1.2, default_b=0.7)
_QUESTIONS_CACHED = 512
_HITS_CACHED = 2048
_UNITS_CACHED = 4096
_ARTICLES_CACHED = 16
_WORDS_SPELLED = 250_000
"""The speller knows this many of the most frequent words. It compares words by sound as well as
by letters, which an engine cannot look up."""
_WORD_FIELDS = ("body", "head", "author", "source", "cited")
_CONCEPT_FIELDS = tuple(name for name, _ in CONCEPT)
_COMMON = 0.2
"""Words in more than this share of the units are common, if there are more than a few units."""
_FEW = 10
_PHRASES = 20
"""The most frequent phrases with the same initials, one of which is taken."""
_FORMS = Prefix("", ()).limit


class Snapshot:
    """An open generation. It never changes, and is closed when its last user is done."""

    def __init__(
        self,
        generation: Generation,
        limits: Limits = LIMITS,
        encoder: Encoder | None = None,
    ) -> None:
        self.generation, self.limits = generation, limits
        self.manifest: Mapping[str, Any] = generation.manifest
        partial = not versions.has_all_fields(generation.manifest)
        self.reader = generation.open_reader(SCORING, partial=partial)
        # At exit the system closes it; a thread may still be reading until then.
        weakref.finalize(self, self.reader.close).atexit = False
        cards = generation.read_cards()
        terms = generation.read_concepts()
        self.details = {card.detail.id: card.detail for card in cards}
        own = [concept for card in cards for concept in card.concepts]
        general = general_layer(generation.open_terminology(), terms.concepts)
        self.thesaurus = Thesaurus([*terms.concepts, *own], general)
        self._encoder = encoder
        defined = [form for card in cards for form in card.forms]
        self.lexicon = question_lexicon(defined, terms.lexicon, self._mentioned).above(general)
        self.narrower = cache(self.thesaurus.narrower)
        self.asked = LruCache(_QUESTIONS_CACHED)
        self.shown = LruCache(_HITS_CACHED, size=lambda hits: len(hits) + 1)
        self.read_unit = versions.unit_reader(generation)
        self._units = LruCache(_UNITS_CACHED)
        self._articles = LruCache(_ARTICLES_CACHED)
        self._answers: dict[str, frozenset[str]] = {}
        self._named: dict[str, bool] = {}
        self._concepts: dict[str, ConceptView] = {}
        self._made: dict[Callable[[Snapshot], Any], Any] = {}

    def recorded(self, unit_id: str, payload: bytes = b"") -> Recorded:
        """A unit of the index, decoded; its payload is read if it is not given, and needed."""

        def decode() -> Recorded:
            stored = payload or self.reader.get((unit_id,))[unit_id]
            return Recorded(self.read_unit(unit_id, stored))

        return self._units.get(unit_id, decode)

    def article(self, article_id: str) -> StoredArticle | None:
        if article_id not in self.details:
            return None
        return self._articles.get(article_id, lambda: self.generation.read_article(article_id))

    def unit(self, unit_id: str) -> Recorded | None:
        payload = self.reader.get((unit_id,)).get(unit_id)
        return None if payload is None else self.recorded(unit_id, payload)

    def surroundings(self, unit: Recorded) -> Surroundings:
        """The texts around a unit, collected on first use."""
        if unit.surroundings is None:
            unit.surroundings = Surroundings.of(unit.stored, self._summary)
        return unit.surroundings

    def _summary(self, unit_id: str) -> SurroundingText | None:
        paper = self.unit(unit_id)
        return paper.stored.summary if paper else None

    def view(self, unit_id: str) -> UnitView | None:
        """One unit in full."""
        unit = self.unit(unit_id)
        return unit.stored.view if unit else None

    def units(self, article_id: str) -> list[Recorded]:
        detail = self.details.get(article_id)
        ids = [f"{article_id}/{anchor}" for anchor in detail.anchors] if detail else []
        payloads = self.reader.get(ids)
        return [self.recorded(unit_id, payloads[unit_id]) for unit_id in ids]

    def answers(self, concept_id: str) -> frozenset[str]:
        """The concepts whose mentions answer a question for this one: itself, narrower concepts,
        and its related concepts."""
        if concept_id not in self._answers:
            asked = (concept_id, *self.thesaurus.related(concept_id))
            self._answers[concept_id] = frozenset().union(*map(self.narrower, asked))
        return self._answers[concept_id]

    def _mentioned(self, concepts: Iterable[str]) -> frozenset[str]:
        return self.reader.known(_CONCEPT_FIELDS, concepts)

    def further(self, concept_id: str) -> frozenset[str]:
        """The concepts related to its related ones, and those below them: they find a unit, but do
        not answer the question."""
        _, further = self.thesaurus.related_twice((concept_id,))
        return frozenset().union(*map(self.narrower, further))

    def names(self, concept_id: str) -> bool:
        """Whether a unit, or a text around it, names a concept or a narrower one."""
        if concept_id not in self._named:
            self._named[concept_id] = bool(self.reader.known(_CONCEPT_FIELDS, (concept_id,)))
        return self._named[concept_id]

    def concept(self, concept_id: str) -> ConceptView | None:
        """A concept as shown, whatever was typed for it."""
        known = concept_id in self._concepts
        concept = None if known else self.thesaurus.concept(concept_id)
        if concept:
            url = links.concept_url(concept_id)
            view = ConceptView(concept_id, concept.label, "", concept.names, url, concept.source)
            self._concepts[concept_id] = view
        return self._concepts.get(concept_id)

    def once(self, make: Callable[[Snapshot], T]) -> T:
        """The result of `make` for this generation, computed on first use."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def begin(self, field: str, text: str) -> Sequence[str]:
        """The most frequent terms of a field that begin with `text`, as many as `word*` finds, and
        short forms that do."""
        words, short_forms = (
            self.reader.prefix((field,), some, _FORMS) for some in (text, text.upper())
        )
        return (*words, *short_forms) if text != text.upper() else tuple(words)

    def knows(self, stem: str) -> bool:
        """Whether a stem occurs anywhere in the library or in a term."""
        return stem in self._term_words or bool(self.reader.known(_WORD_FIELDS, (stem,)))

    def prints(self, short_form: str) -> bool:
        """Whether a text has a short form, in capitals, that is spelled like an everyday word."""
        return bool(self.reader.known(_WORD_FIELDS, (short_form,)))

    def is_general(self, word: str, stem: str) -> bool:
        """Whether a word is part of a name of the general layer, or one of its everyday words. In
        small letters it is no short form that the library never uses: *damge* is a slip for damage,
        not DAMGE."""
        general = self.lexicon.general
        if general is None or not general.has_word(stem):
            return general is not None and bool(general.synonyms(stem))
        forms = general.forms((stem,)) if word.islower() else ()
        symbols = [form.concept for form in forms if has_capitals(form.term)]
        return not symbols or len(symbols) < len(forms) or any(map(self.names, symbols))

    def other_words(self, stem: str) -> tuple[str, ...]:
        """The other everyday words for a word that any text of the library has."""
        general = self.lexicon.general
        others = general.synonyms(stem) if general else ()
        known = self.reader.frequencies("body", tuple(others)) if others else {}
        return tuple(other for other in others if known.get(other))

    def is_common(self, stem: str) -> bool:
        """Whether a word occurs in so many units that it tells little of what they are about."""
        count = self.reader.frequencies("body", (stem,)).get(stem, 0)
        return count > max(_FEW, _COMMON * self._count)

    def phrase_for(self, initials: str) -> str:
        """The phrase that most likely has these initials: one of an article that also has them as
        a word, then the most frequent; '' if there is none."""
        found = self.reader.prefix((INITIALS,), f"{initials} ", _PHRASES)
        if not found:
            return ""
        here = self._articles_with(Term(initials, (("exact", 1.0),)))
        best = max(
            found,
            key=lambda term: (
                not here.isdisjoint(self._articles_with(Term(term, ((INITIALS, 1.0),)))),
                found[term],
            ),
        )
        return best.partition(" ")[2]

    def _articles_with(self, query: Query) -> frozenset[str]:
        asked = Request(query, facets={"article": FACETS["article"]}, limit=1)
        return frozenset(self.reader.rank(asked).counts["article"])

    def is_author(self, key: str) -> bool:
        """Whether the stems are the family name of the first author of a reference."""
        return bool(self.reader.known((ANSWERS,), (answer("first author", key),)))

    @cached_property
    def closeness(self) -> Closeness | None:
        """The vectors of all units, with the encoder that made them; None without either."""
        encoder = self._encoder
        if encoder is None or encoder.name != versions.encoder_name(self.generation):
            return None
        vectors = self.generation.read_vectors()
        if vectors is None:
            return None
        units = (
            f"{name}/{anchor}" for name, detail in self.details.items() for anchor in detail.anchors
        )
        return Closeness(encoder, vectors.values, units)

    @cached_property
    def _count(self) -> int:
        """The number of units."""
        return sum(len(detail.anchors) for detail in self.details.values())

    @cached_property
    def _term_words(self) -> frozenset[str]:
        return frozenset(self.lexicon.words())

    @cached_property
    def sections(self) -> frozenset[str]:
        """The numbers of all sections, and the names of those without one."""
        every = (section for detail in self.details.values() for section in detail.sections)
        return frozenset(section.number or section.anchor for section in every)

    @cached_property
    def section_titles(self) -> Mapping[str, str]:
        """Section headings by number; empty unless there is exactly one article."""
        if len(self.details) != 1:
            return {}
        (detail,) = self.details.values()
        return {section.number or section.anchor: section.title for section in detail.sections}

    @cached_property
    def speller(self) -> Speller:
        """Offers the words of the library, those of the names of what it names, and every term
        that is one word: a word of a phrase for something else would find nothing."""
        concepts = self.thesaurus.concepts
        named = self._mentioned(concepts)
        terms = (
            term
            for concept in concepts.values()
            for term in concept.names
            if " " not in term or concept.id in named
        )
        return Speller(self.reader.prefix(("exact",), "", _WORDS_SPELLED), terms)
