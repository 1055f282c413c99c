"""What is a word known as: each concept it can mean, where that is from, and where it occurs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from poi_search.engine.nodes import AllOf, Keyword, Query, Synonyms, Term
from poi_search.engine.seam import Request
from poi_search.index.entries import FACETS
from poi_search.index.store import Card
from poi_search.query.letter_case import terms_asked, wordings
from poi_search.query.name_queries import as_typed
from poi_search.query.reading import read
from poi_search.references.links import concept_url
from poi_search.search.absence import SPELLED_FROM
from poi_search.search.interpretation import QuestionError
from poi_search.search.snapshot import Snapshot
from poi_search.text.analysis import stems, tokenize
from poi_search.text.typography import is_valid
from poi_search.thesaurus import Concept
from poi_search.thesaurus.forms import Key
from poi_search.thesaurus.home_topics import PREFIX
from poi_search.thesaurus.printed_names import are_same_words

Layer = Literal["article", "home", "shipped", "general"]

_FIRST = 3
"""How many of the units are named for each article."""
_WORDS = (("body", 1.0), ("author", 1.0), ("source", 1.0))
"""The fields of a unit's own text."""
_NAMED, _WITHIN = "concept", "broader"


class Occurrence(Struct, frozen=True, gc=False):
    """How often an article names a concept: the number of `units` that do, the ids of the `first`
    ones, and the number of others with a narrower concept or the name within a longer one."""

    article: str
    units: int
    first: tuple[str, ...]
    others: int


class ConceptLabel(Struct, frozen=True, gc=False):
    id: str
    label: str


class KnownConcept(Struct, frozen=True):
    """A concept that a word can mean.

    `layer` says who defines it: an 'article', a topic of the 'home', one that is 'shipped', or the
    'general' terminology; `origin` names the article or file, and `extends` the topic that ships
    which it adds to or replaces. `names` are by the key of the topic file, `beside` the words next
    to which a name counts. `defined_in` lists the articles that give the word this meaning.
    """

    id: str
    label: str
    url: str
    layer: Layer
    origin: str
    extends: str
    names: dict[str, tuple[str, ...]]
    beside: dict[str, tuple[str, ...]]
    broader: tuple[ConceptLabel, ...]
    narrower: tuple[ConceptLabel, ...]
    related: tuple[ConceptLabel, ...]
    defined_in: tuple[str, ...]
    occurrences: tuple[Occurrence, ...]


class Meaning(Struct, frozen=True):
    """A word, or words that are one name: the concepts it can mean, the number of `units` that have
    the words as such, and, if nothing has them, what may be meant (else '')."""

    text: str
    concepts: tuple[KnownConcept, ...]
    units: int
    spelling: str


class Meanings(Struct, frozen=True):
    """What words are known as: `parts` has all of them as one name and, if they are none, each name
    and word among them."""

    text: str
    parts: tuple[Meaning, ...]


def meanings(snapshot: Snapshot, text: str) -> Meanings:
    """What the words are known as in this library. Raises `QuestionError` for invalid text."""
    if not is_valid(text):
        raise QuestionError("words", "The words are not valid text. Type them again.")
    cards = snapshot.generation.read_cards()
    return Meanings(
        text, tuple(_meaning(snapshot, cards, *part) for part in _parts(snapshot, cards, text))
    )


def _parts(snapshot: Snapshot, cards: Sequence[Card], text: str) -> Iterator[tuple[str, Key]]:
    """The whole text and, if it is no name, the names and words in it, each with its stems."""
    whole = stems(text)
    yield text, whole
    if _concepts(snapshot, cards, text, whole):
        return
    reading = read(text, snapshot.lexicon, sentence=False)
    general = [(m.start, m.end, m.stems) for m in reading.general]
    words = [
        (name.start, name.end, name.stems)
        for name in reading.names
        if name.mention < 0 and not reading.general_concepts(name)
    ]
    names = general + [
        (m.start, m.end, m.stems)
        for m in reading.mentions
        if m.within < 0 and not any(start <= m.start < end for start, end, _ in words + general)
    ]
    parts = [(text[start:end], key) for start, end, key in sorted((*names, *words))]
    less = [part for part in parts if part[0] != text]
    if len(less) > 1:
        yield from less


def _concepts(snapshot: Snapshot, cards: Iterable[Card], text: str, key: Key) -> list[str]:
    """The concepts that have these stems as a name, under whatever condition."""
    forms = [form for form in snapshot.lexicon.forms(key) if not form.unlike]
    forms += [form for card in cards for own, form in card.forms if own == key]
    general = snapshot.lexicon.general
    if key and not forms and general:
        found = (*general.forms(key), *general.ambiguous(key))
        forms += [form for form in found if are_same_words(form.term, text)]
    return list(dict.fromkeys(form.concept for form in forms))


def _meaning(snapshot: Snapshot, cards: Sequence[Card], text: str, key: Key) -> Meaning:
    found = map(snapshot.thesaurus.concept, _concepts(snapshot, cards, text, key))
    concepts = tuple(_known_concept(snapshot, cards, each, key) for each in found if each)
    units = snapshot.reader.count(_as_words(snapshot, text, key)) if key else 0
    return Meaning(text, concepts, units, "" if concepts else _spelling(snapshot, text, key))


def _as_words(snapshot: Snapshot, text: str, key: Key) -> Query:
    tokens = tokenize(text)
    asked = terms_asked(text, tokens, snapshot.prints)
    return as_typed(wordings(key, tokens, asked, 0, len(text)), _WORDS, 1.0)


def _spelling(snapshot: Snapshot, text: str, key: Key) -> str:
    if len(key) != 1 or len(text) < SPELLED_FROM or snapshot.knows(key[0]):
        return ""
    candidate = snapshot.speller.best(text)
    return candidate.form if candidate else ""


def _known_concept(
    snapshot: Snapshot, cards: Sequence[Card], concept: Concept, key: Key
) -> KnownConcept:
    thesaurus = snapshot.thesaurus
    layer = _layer(snapshot, concept)
    names: dict[str, tuple[str, ...]] = {}
    for name, listed in concept.names_with_keys().items():
        names[listed] = (*names.get(listed, ()), name)

    def labels(ids: Iterable[str]) -> tuple[ConceptLabel, ...]:
        found = ((each, thesaurus.concept(each)) for each in dict.fromkeys(ids))
        return tuple(ConceptLabel(each, other.label if other else each) for each, other in found)

    return KnownConcept(
        id=concept.id,
        label=concept.label,
        url=concept_url(concept.id),
        layer=layer,
        origin=concept.source if layer == "article" else concept.topic or concept.source,
        extends=concept.extends,
        names=names,
        beside=dict(concept.beside),
        broader=labels(thesaurus.parents(concept.id)),
        narrower=labels(thesaurus.children(concept.id)),
        related=labels(concept.related),
        defined_in=tuple(
            card.detail.id
            for card in cards
            if any(own == key and form.concept == concept.id for own, form in card.forms)
        ),
        occurrences=tuple(_occurrences(snapshot, concept.id)),
    )


def _layer(snapshot: Snapshot, concept: Concept) -> Layer:
    """Which layer a concept is from, by its source and, if it is from a topic, by the file."""
    if concept.source == "thesaurus":
        return "home" if concept.topic.startswith(PREFIX) else "shipped"
    return "article" if concept.source in snapshot.details else "general"


def _occurrences(snapshot: Snapshot, concept_id: str) -> Iterator[Occurrence]:
    """Where a concept is named, for each article in the order of the library."""
    named = Term(concept_id, ((_NAMED, 1.0),))
    every = Synonyms((named, Term(concept_id, ((_WITHIN, 1.0),))))
    direct, total = (_by_article(snapshot, query) for query in (named, every))
    for article in snapshot.details:
        if article in total:
            units = direct.get(article, 0)
            within = AllOf((named, Keyword("article", article)))
            hits = snapshot.reader.rank(Request(within, sort="order", limit=_FIRST)).hits
            ids = tuple(hit.id for hit in hits)
            yield Occurrence(article, units, ids, total[article] - units)


def _by_article(snapshot: Snapshot, query: Query) -> dict[str, int]:
    request = Request(query, facets={"article": FACETS["article"]}, limit=0)
    return dict(snapshot.reader.rank(request).counts["article"])
