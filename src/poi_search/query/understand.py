"""The question's tree → the engine's query, and a list of what was asked that people can check.

A concept counts as one thing: its terms share one posting list and one document frequency.
The words as typed add a little to the score, so that the typed form ranks first and switching
synonyms off can never find more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from poi_search.engine.nodes import (
    AllOf,
    AnyOf,
    Complement,
    Everything,
    Fields,
    Fuzzy,
    Keyword,
    Phrase,
    Prefix,
    Query,
    Range,
    Synonyms,
    Term,
)
from poi_search.query import tree
from poi_search.query.fields import INITIALS, KEYWORD_FIELDS
from poi_search.query.reading import QueryName, Reading, read
from poi_search.text.analysis import tokenize
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.mentions import Lexicon

TEXT: Fields = (("body", 1.0), ("head", 0.3), ("author", 1.0), ("source", 0.6), ("cited", 0.15))
NOT_NAMES: Fields = tuple(field for field in TEXT if field[0] != "author")
NOT_PLACES: Fields = tuple(field for field in TEXT if field[0] in ("body", "head"))
CONCEPT: Fields = (
    ("concept", 1.0),
    ("broader", 0.5),
    ("concept.head", 0.3),
    ("concept.cited", 0.05),
)
EXACT: Fields = (("exact", 1.0),)
COVERAGE = 0.4
RELATED = 0.25
AS_TYPED = 0.15
IN_PARTS = 0.4
PARTS_COVERAGE = 2.0
WORD_OF_NAME = 0.08
SIDE_BY_SIDE = 0.25

How = Literal["words", "quoted", "prefix", "fuzzy"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked for: the text typed (at `span` of the question) and what answers it.

    `pieces` match in sequence: stems, or printed forms if `how` is not 'words'. `part_of` is the
    index of the ask whose concept covers this word, else -1. Words are looked for in `fields`.
    """

    text: str
    span: tree.Span
    pieces: tuple[str, ...]
    concepts: tuple[str, ...] = ()
    how: How = "words"
    part_of: int = -1
    distance: int = 0
    fields: Fields = TEXT


@dataclass(frozen=True, slots=True)
class Understanding:
    """The engine's query and everything that was asked for."""

    query: Query
    asks: tuple[Ask, ...]


@dataclass
class Understander:
    """Reads one question. `lexicon` is None where synonyms are off."""

    thesaurus: Thesaurus
    lexicon: Lexicon | None
    sentence: bool = False
    without: Collection[str] = ()
    asks: list[Ask] = field(default_factory=list)

    def understand(self, node: tree.Node) -> Understanding:
        """The query and asks of a tree; a question with nothing to look for matches nothing."""
        query = self._query(node)
        return Understanding(query or AnyOf(()), tuple(self.asks))

    def _query(self, node: tree.Node) -> Query | None:  # noqa: PLR0911  # one way per node
        match node:
            case tree.Words():
                return self._words(node)
            case tree.Quoted():
                return self._literal(node.text, node.span, "quoted")
            case tree.PrefixWord():
                return self._literal(node.text, node.span, "prefix")
            case tree.FuzzyWord():
                return self._literal(node.text, node.span, "fuzzy", node.distance)
            case tree.Between():
                return Range(node.name, node.low, node.high)
            case tree.Value():
                return Keyword(node.name, node.text)
            case tree.Field():
                return _field(node.name, node.value)
            case tree.And():
                return _all(self._query(child) for child in node.children)
            case tree.Or() | tree.Any():
                return _any(self._query(child) for child in node.children)
            case tree.Not():
                excluded = self._exclusion(node.child)
                return Complement(excluded) if excluded else None
            case tree.Empty():
                return None

    def _exclusion(self, node: tree.Node) -> Query | None:
        """What NOT excludes: only the words typed, so that synonyms never lose a hit."""
        if isinstance(node, tree.Words):
            stems = tuple(token.stem for token in tokenize(node.text))
            return _sequence(stems, TEXT, 1.0) if stems else None
        return Understander(self.thesaurus, None, self.sentence)._query(node)

    def _words(self, node: tree.Words) -> Query | None:
        reading = read(node.text, self.lexicon, sentence=self.sentence, without=self.without)
        self._note(node, reading)
        queries: list[Query] = []
        for place, mention in enumerate(reading.mentions):
            if mention.within >= 0:
                continue
            queries.append(self._concepts(mention.concepts))
            if len(mention.stems) > 1:
                queries.append(_sequence(mention.stems, TEXT, AS_TYPED))
            parts = [inner for inner in reading.mentions if inner.within == place]
            if sum(inner.content for inner in parts) == mention.content:
                # Gene-modified MSCs are also found as gene modification and MSCs, apart.
                found = tuple(self._concepts(inner.concepts) for inner in parts)
                queries.append(AnyOf(found, IN_PARTS, PARTS_COVERAGE))
        for name in reading.names:
            queries.append(_sequence(name.stems, _fields(name), self._weight(name, reading)))
        queries += [
            _sequence((*left.stems, *right.stems), TEXT, SIDE_BY_SIDE)
            for left, right in _neighbours(node.text, reading)
        ]
        return AnyOf(tuple(queries), coverage=COVERAGE) if queries else None

    def _weight(self, name: QueryName, reading: Reading) -> float:
        if name.mention < 0:
            return 1.0
        whole = len(reading.mentions[name.mention].stems) == len(name.stems)
        return AS_TYPED if whole else WORD_OF_NAME

    def _concepts(self, concepts: tuple[str, ...]) -> Query:
        terms = dict.fromkeys(concepts, 1.0)
        for concept in concepts:
            known = self.thesaurus.concepts.get(concept)
            for related in known.related if known else ():
                terms.setdefault(related, RELATED)
        found = tuple(Term(concept, CONCEPT, share) for concept, share in terms.items())
        return Synonyms(found)

    def _note(self, node: tree.Words, reading: Reading) -> None:
        base, offset = len(self.asks), node.span[0]
        for mention in reading.mentions:
            text = node.text[mention.start : mention.end]
            span = (offset + mention.start, offset + mention.end)
            part_of = base + mention.within if mention.within >= 0 else -1
            self.asks.append(Ask(text, span, mention.stems, mention.concepts, part_of=part_of))
        for name in reading.names:
            part_of = base + name.mention if name.mention >= 0 else -1
            text, span = node.text[name.start : name.end], (offset + name.start, offset + name.end)
            asked = Ask(text, span, name.stems, part_of=part_of, fields=_fields(name))
            self.asks.append(asked)

    def _literal(self, text: str, span: tree.Span, how: How, distance: int = 1) -> Query | None:
        pieces = tuple(token.exact for token in tokenize(text))
        if not pieces:
            return None
        if len(pieces) > 1:
            how = "quoted"
        self.asks.append(Ask(text, span, pieces, how=how, distance=distance))
        if how == "prefix":
            return Prefix(pieces[0], EXACT)
        if how == "fuzzy":
            return Fuzzy(pieces[0], EXACT, distance)
        return _sequence(pieces, EXACT, 1.0)


def _fields(name: QueryName) -> Fields:
    """Where a name is looked for: X is not an author's initial, nor 40 a volume or page."""
    alone = name.stems[0] if len(name.stems) == 1 else ""
    if alone.isdigit() and len(alone) <= 3:
        return NOT_PLACES
    return NOT_NAMES if len(alone) == 1 else TEXT


def _field(name: str, value: tree.Node) -> Query | None:
    """A value looked for in one field: all of its words; a quote in sequence."""
    match value:
        case tree.And() | tree.Any():
            return _all(_field(name, child) for child in value.children)
        case tree.Or():
            return _any(_field(name, child) for child in value.children)
        case tree.Not():
            inner = _field(name, value.child)
            return Complement(inner) if inner else None
        case tree.Field():
            return _field(value.name, value.value)
        case tree.Words() | tree.Quoted() | tree.PrefixWord() | tree.FuzzyWord():
            return _in_field(name, value)
        case _:
            return Understander(Thesaurus(()), None)._query(value)


def _in_field(
    name: str, value: tree.Words | tree.Quoted | tree.PrefixWord | tree.FuzzyWord
) -> Query | None:
    if name in KEYWORD_FIELDS:
        return Keyword(name, value.text.strip())
    fields: Fields = ((name, 1.0),)
    tokens = tokenize(value.text)
    if not tokens:
        return None
    stems = tuple(token.stem for token in tokens)
    # These fields contain stems, so the word itself is looked up by its stem as well.
    word, form = Term(stems[0], fields), tokens[0].exact
    if len(tokens) == 1 and isinstance(value, tree.PrefixWord):
        return _any((word, Prefix(form, fields)))
    if len(tokens) == 1 and isinstance(value, tree.FuzzyWord):
        return _any((word, Fuzzy(form, fields, value.distance)))
    if not isinstance(value, tree.Words):
        return _sequence(stems, fields, 1.0)
    initials = name in INITIALS and len(stems) > 1 and len(stems[-1]) <= 2
    words = stems[:-1] if initials else stems
    first = Prefix(stems[-1], fields) if initials else None
    return _all((*(Term(word, fields) for word in words), first))


def _sequence(stems: tuple[str, ...], fields: Fields, weight: float) -> Query:
    if len(stems) == 1:
        return Term(stems[0], fields, weight)
    return Phrase(stems, fields, weight)


def _neighbours(text: str, reading: Reading) -> list[tuple[QueryName, QueryName]]:
    """Adjacent names outside any concept, which may belong together."""
    return [
        (left, right)
        for left, right in pairwise(reading.names)
        if left.mention < 0 and right.mention < 0 and not text[left.end : right.start].strip(" -")
    ]


def _all(queries: Iterable[Query | None]) -> Query | None:
    kept = tuple(query for query in queries if query is not None)
    if kept and all(isinstance(query, Complement) for query in kept):
        return AllOf((Everything(), *kept))
    return AllOf(kept) if len(kept) > 1 else (kept[0] if kept else None)


def _any(queries: Iterable[Query | None]) -> Query | None:
    kept = tuple(query for query in queries if query is not None)
    return AnyOf(kept, coverage=COVERAGE) if len(kept) > 1 else (kept[0] if kept else None)
