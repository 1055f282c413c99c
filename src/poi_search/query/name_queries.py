"""The engine's queries for names: where they are looked for, and what finds them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from poi_search.engine.nodes import AnyOf, Fields, Phrase, Query, Synonyms, Term
from poi_search.query.letter_case import Wordings
from poi_search.query.reading import QueryName
from poi_search.query.weights import (
    AUTHORS,
    BESIDE_WORDS,
    BY_INITIALS,
    NOT_NAMES,
    NOT_PLACES,
    OF_CITED_PAPERS,
    OTHER_WORD,
    RELATED,
    RELATED_TWICE,
    SAID,
    TEXT,
)


def fields_of(name: QueryName) -> Fields:
    """Where a name is looked for: X and LH are not an author's initials, nor 40 a volume or page,
    and an author's name is not that of a journal."""
    if name.author:
        return AUTHORS
    alone = name.stems[0] if len(name.stems) == 1 else ""
    if alone.isdigit() and len(alone) <= 3:
        return NOT_PLACES
    return NOT_NAMES if name.symbol or len(alone) == 1 else TEXT


def said(fields: Fields) -> Fields:
    """The fields of what a unit says and what is above it."""
    return tuple(field for field in fields if field[0] not in OF_CITED_PAPERS)


def as_typed(wordings: Wordings, fields: Fields, weight: float) -> Query:
    """What has any of the sequences of terms."""
    if len(wordings) == 1:
        (terms,) = wordings
        return Term(terms[0], fields, weight) if len(terms) == 1 else Phrase(terms, fields, weight)
    if len(wordings[0]) == 1:
        return Synonyms(tuple([Term(term, fields) for (term,) in wordings]), weight)
    return AnyOf(tuple([Phrase(terms, fields) for terms in wordings]), weight)


@lru_cache(maxsize=4096)
def naming(
    concepts: tuple[str, ...], related: tuple[str, ...], further: tuple[str, ...], fields: Fields
) -> Query:
    """What names any of the concepts or, at less weight, a related one, and at still less one that
    is related to these."""
    terms = dict.fromkeys((*concepts, *related, *further), RELATED_TWICE)
    terms |= dict.fromkeys((*concepts, *related), RELATED) | dict.fromkeys(concepts, 1.0)
    return Synonyms(tuple([Term(each, fields, share) for each, share in terms.items()]))


def standing_for(words: Query, concepts: tuple[str, ...], fields: Fields) -> Query:
    """What has the words of a name or, at less weight, names a concept of the general layer that
    they stand for: one thing, by whichever it is found."""
    if isinstance(words, Term):
        return Synonyms((words, *_naming_terms(concepts, fields)), words.weight)
    if isinstance(words, Synonyms):
        return Synonyms((*words.terms, *_naming_terms(concepts, fields)), words.weight)
    return or_concepts(words, concepts, fields)


def or_concepts(words: Query, concepts: tuple[str, ...], fields: Fields) -> Query:
    """What has the words or names a concept; what does both counts for both."""
    return AnyOf((words, Synonyms(_naming_terms(concepts, fields))))


def _naming_terms(concepts: tuple[str, ...], fields: Fields) -> tuple[Term, ...]:
    return tuple([Term(concept, fields, BESIDE_WORDS) for concept in concepts])


def or_other_words(words: Query, others: Sequence[str]) -> Query:
    """What has a word or, at much less weight, another one that may stand for it."""
    if not isinstance(words, Term):
        return words
    terms = (Term(other, SAID, OTHER_WORD) for other in others)
    return Synonyms((replace(words, weight=1.0), *terms), words.weight)


def by_initials(phrase: tuple[str, ...], fields: Fields) -> Query:
    """What has the phrase that a short form is taken for."""
    return Phrase(phrase, fields, BY_INITIALS)
