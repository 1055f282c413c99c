"""The question's tree → the engine's query, and a list of what was asked that people can check.

A concept counts as one thing: its terms share one posting list and one document frequency.
The words as typed add a little to the score, so that the typed form ranks first and switching
synonyms off can never find more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from poi_search.engine.nodes import (
    AnyOf,
    Boosted,
    Complement,
    Fields,
    Fuzzy,
    Keyword,
    Prefix,
    Query,
    Range,
)
from poi_search.query import tree
from poi_search.query.asks import STAR, Ask, How, Understanding, asks_of
from poi_search.query.authors import AuthorName, find_authors
from poi_search.query.boosts import Boost, boosts, for_lists
from poi_search.query.combining import Part, all_of, any_of, combine, coverage, in_order_of
from poi_search.query.family_members import IsAbsent
from poi_search.query.in_fields import Begin, in_field, literal_pieces, phrases
from poi_search.query.joining import is_limit
from poi_search.query.letter_case import Prints, Wordings, side_by_side, typed_wordings
from poi_search.query.mention_queries import queries_of
from poi_search.query.name_queries import (
    as_typed,
    by_initials,
    fields_of,
    naming,
    or_concepts,
    or_other_words,
    said,
    standing_for,
)
from poi_search.query.reading import QueryName, Reading, read, with_authors
from poi_search.query.short_forms import Guess, GuessedName, guessed_names
from poi_search.query.weights import (
    AS_TYPED,
    CONCEPT,
    EXACT,
    PLAIN_WORD,
    SIDE_BY_SIDE,
    TEXT,
    WORD_OF_NAME,
)
from poi_search.query.whole_names import count_things, named_in_full, neighbours
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.mentions import Lexicon


@dataclass
class Understander:
    """Reads one question. `lexicon` holds the names that it may contain; without `synonyms`, or if
    its concept is one of those `without`, a name is only looked for as typed. A word that
    `is_common` tells nothing by itself if it is part of a longer name."""

    thesaurus: Thesaurus
    lexicon: Lexicon | None
    sentence: bool = False
    without: Collection[str] = ()
    synonyms: bool = True
    begin: Begin = lambda _field, _text: ()
    is_absent: IsAbsent | None = None
    is_author: Callable[[str], bool] = lambda _: False
    is_common: Callable[[str], bool] = lambda _: False
    guess: Guess | None = None
    knows: Callable[[str], bool] = lambda _: True
    prints: Prints = lambda _: False
    other_words: Callable[[str], Sequence[str]] = lambda _: ()
    asks: list[Ask] = field(default_factory=list)
    excluded: dict[str, Wordings] = field(default_factory=dict)
    strict: bool = False
    boosts: list[Boost] = field(default_factory=list)
    whole: tree.Node | None = None

    def understand(self, node: tree.Node) -> Understanding:
        """The query and asks of a tree; a question with nothing to look for matches nothing."""
        self.whole = node
        part = self._part(node)
        if part is None:
            return Understanding(AnyOf(()), tuple(self.asks), excluded=self.excluded)
        named = None if part.named is part.query else part.named
        every = None if part.every is part.query else self._preferring(part.every)
        itself = None if part.itself is part.query else part.itself
        query, asks = self._preferring(part.query), tuple(self.asks)
        return Understanding(query, asks, named, every, self.excluded, itself)

    def _preferring(self, query: Query) -> Query:
        if all(ask.within for ask in self.asks):
            return query
        return Boosted(query, (for_lists(), *self.boosts))

    def _part(self, node: tree.Node) -> Part | None:
        match node:
            case tree.Words():
                return self._words(node)
            case tree.And():
                return combine(all_of, self._strictly(node.children))
            case tree.Or() | tree.Any():
                return combine(any_of, [self._part(child) for child in node.children])
        query = self._query(node)
        return Part(query, query, query, query) if query is not None else None

    def _query(self, node: tree.Node) -> Query | None:  # noqa: PLR0911  # one way per node
        match node:
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
                return self._field(node.name, node.value)
            case tree.Not():
                excluded = self._exclusion(node.child)
                return Complement(excluded) if excluded else None
        return None

    def _strictly(self, children: Sequence[tree.Node]) -> list[Part | None]:
        """The parts between which AND is written: each has to be said by the unit or above it; the
        title of a paper that it cites is not enough."""
        several = sum(not is_limit(child) for child in children) > 1
        reader = replace(self, strict=self.strict or several)  # shares the list of asks
        return [reader._part(child) for child in children]

    def _exclusion(self, node: tree.Node) -> Query | None:
        """What NOT excludes: only the words typed, so that synonyms never lose a hit."""
        if isinstance(node, tree.Words):
            typed = self.excluded[node.text] = typed_wordings(node.text, self.prints)
            return as_typed(typed, said(TEXT), 1.0) if typed else None
        reader = Understander(
            self.thesaurus,
            None,
            self.sentence,
            begin=self.begin,
            prints=self.prints,
            strict=True,
        )
        part = reader._part(node)
        return part.query if part else None

    def _read(self, text: str, authors: Sequence[AuthorName]) -> Reading:
        reading = read(
            text,
            self.lexicon,
            sentence=self.sentence,
            counts=self._counts if self.without or not self.synonyms else None,
            is_absent=self.is_absent,
            prints=self.prints,
        )
        return with_authors(reading, authors) if authors else reading

    def _words(self, node: tree.Words) -> Part | None:
        authors = find_authors(node.text, self.is_author)
        reading = self._read(node.text, authors)
        guessed = self._guesses(node.text, reading)
        self.asks += asks_of(node, reading, guessed, len(self.asks), self._ask_fields)
        self.boosts += boosts(reading, authors, self.thesaurus, whole=node is self.whole)
        of_mentions = queries_of(reading, self.thesaurus, self._fields, related=not self.strict)
        things, pieces, wider = of_mentions.things, of_mentions.pieces, of_mentions.wider
        common: list[Query] = []
        plain = reading.plain_names()
        for name in reading.names:
            whole, weight = self._weight(name, reading, plain)
            words = as_typed(name.wordings, self._fields(fields_of(name)), weight)
            concepts = reading.general_concepts(name)
            found_by = standing_for(words, concepts, self._fields(CONCEPT)) if concepts else words
            phrases = [each.stems for each in guessed if each.name == name]
            others = self._others(name)
            if others:
                wide = or_other_words(words, others)
                more = or_concepts(wide, concepts, self._fields(CONCEPT)) if concepts else wide
                wider[found_by] = more
            if phrases:
                found_by = AnyOf((found_by, by_initials(phrases[0], self._fields(TEXT))))
            if whole:
                at = reading.mentions[name.mention] if name.mention >= 0 else name
                things.setdefault((at.start, at.end), []).append(found_by)
            else:
                (common if self._is_common(name, reading) else pieces).append(found_by)
        beside = [
            as_typed(side_by_side(left.wordings, right.wordings), self._fields(TEXT), SIDE_BY_SIDE)
            for left, right in neighbours(node.text, reading)
        ]
        every_name = [each for some in things.values() for each in some]
        if not every_name:
            return None
        whole_names, has_parts = named_in_full(reading, things, {}, self._names_itself)
        strictly, _ = named_in_full(reading, things, of_mentions.itself, self._names_itself)
        share = coverage(count_things(reading))
        query = AnyOf((*every_name, *pieces, *beside), coverage=share)
        ordered = in_order_of(query, wider) if wider else query
        every = AnyOf((*query.children, *common), coverage=share) if common else ordered
        in_full = AnyOf(tuple(whole_names)) if pieces or has_parts else ordered
        alone = in_full if strictly == whole_names else AnyOf(tuple(strictly))
        return Part(ordered, in_full, every, alone)

    def _counts(self, concept: str) -> bool:
        return self.synonyms and concept not in self.without

    def _guesses(self, text: str, reading: Reading) -> Sequence[GuessedName]:
        if not self.synonyms or self.guess is None:
            return ()
        return guessed_names(text, reading, self.guess, self.knows)

    def _others(self, name: QueryName) -> Sequence[str]:
        """The other words for a word that no topic has."""
        if not self.synonyms or name.mention >= 0 or name.author or len(name.stems) > 1:
            return ()
        return self.other_words(name.stems[0])

    def _is_common(self, name: QueryName, reading: Reading) -> bool:
        """Whether a word of the only name asked for says too little to be found by itself."""
        alone = count_things(reading) == 1 and len(name.stems) == 1
        return alone and self.is_common(name.stems[0])

    def _ask_fields(self, name: QueryName | None) -> Fields:
        return self._fields(fields_of(name) if name else TEXT)

    def _fields(self, fields: Fields) -> Fields:
        return said(fields) if self.strict else fields

    def _weight(
        self, name: QueryName, reading: Reading, plain: Sequence[QueryName]
    ) -> tuple[bool, float]:
        """Whether a name is one asked for in full, not a word of a longer one, and its weight.
        Without synonyms, every word is looked for by itself."""
        if name.mention < 0:
            return True, PLAIN_WORD if name in plain else 1.0
        mention = reading.mentions[name.mention]
        if len(mention.stems) > len(name.stems):
            return False, WORD_OF_NAME if self.synonyms else 1.0
        return True, AS_TYPED if mention.concepts else 1.0

    def _names_itself(self, concepts: tuple[str, ...]) -> Query:
        return naming(concepts, (), (), self._fields(CONCEPT))

    def _literal(self, text: str, span: tree.Span, how: How, distance: int = 1) -> Query | None:
        pieces = literal_pieces(text)
        if not pieces:
            return None
        if len(pieces) > 1:
            if how == "prefix":  # anti-fibro*: only the last word is a beginning
                pieces = (*pieces[:-1], pieces[-1] + STAR)
            how = "quoted"
        elif pieces[0].endswith(STAR):
            how, pieces = "prefix", (pieces[0].removesuffix(STAR),)
        self.asks.append(Ask(text, span, pieces, how=how, distance=distance))
        if how == "prefix":
            return Prefix(pieces[0], EXACT)
        if how == "fuzzy":
            return Fuzzy(pieces[0], EXACT, distance)
        return phrases(pieces, "exact", self.begin)

    def _field(self, name: str, value: tree.Node) -> Query | None:
        """A value looked for in one field: all of its words; a quote in sequence."""
        match value:
            case tree.And() | tree.Any():
                return all_of(self._field(name, child) for child in value.children)
            case tree.Or():
                return any_of(self._field(name, child) for child in value.children)
            case tree.Not():
                inner = replace(self, asks=[])._field(name, value.child)
                return Complement(inner) if inner else None
            case tree.Field():
                return self._field(value.name, value.value)
            case tree.Words() | tree.Quoted() | tree.PrefixWord() | tree.FuzzyWord():
                found = in_field(name, value, self.begin, self.prints)
                self.asks += found.asks if found else ()
                return found.query if found else None
        return self._query(value)
