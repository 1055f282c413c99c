"""Values of fields and phrases: the engine's query, and what to mark for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from poi_search.engine.nodes import (
    AllOf,
    AnyOf,
    Fields,
    Fuzzy,
    Keyword,
    Phrase,
    Prefix,
    Query,
    Term,
)
from poi_search.query import tree
from poi_search.query.asks import STAR, Ask
from poi_search.query.fields import CAPITALS, INITIALS, KEYWORD_FIELDS
from poi_search.query.letter_case import Prints, Wordings, either_case, terms_asked, wordings
from poi_search.query.name_queries import as_typed
from poi_search.text.analysis import Token, tokenize

Begin = Callable[[str, str], Sequence[str]]
"""A field and a beginning → the terms in the field that begin with it."""
FieldLeaf = tree.Words | tree.Quoted | tree.PrefixWord | tree.FuzzyWord


class FieldPart(NamedTuple):
    query: Query
    asks: tuple[Ask, ...] = ()


def in_field(name: str, value: FieldLeaf, begin: Begin, prints: Prints) -> FieldPart | None:
    """What finds a value in the field `name`, and what to mark in it."""
    if name in KEYWORD_FIELDS:
        return FieldPart(Keyword(name, value.text.strip()))
    tokens = tokenize(value.text)
    if not tokens:
        return None
    fields: Fields = ((name, 1.0),)
    # These fields contain stems, so the word itself is looked up by its stem as well.
    found = _wordings(name, value.text, tokens, prints)
    word, form = as_typed(found, fields, 1.0), tokens[0].exact
    if len(tokens) == 1 and isinstance(value, tree.PrefixWord):
        ask = Ask(value.text, value.span, (form,), how="prefix", fields=(), within=name)
        return FieldPart(AnyOf((word, *_prefixes(form, fields))), (ask,))
    if len(tokens) == 1 and isinstance(value, tree.FuzzyWord):
        distance = value.distance
        ask = Ask(value.text, value.span, (form,), (), "fuzzy", -1, distance, (), name)
        return FieldPart(AnyOf((word, Fuzzy(form, fields, distance))), (ask,))
    if isinstance(value, tree.Words):
        return _all_words(name, value, tokens, prints)
    pieces = _starred(value.text, tokens, [*found[0]])
    query = word if pieces == found[0] else phrases(pieces, name, begin)
    if isinstance(value, tree.PrefixWord):
        pieces = (*pieces[:-1], tokens[-1].exact + STAR)
        query = AnyOf((query, phrases(pieces, name, begin)))
    ask = Ask(value.text, value.span, pieces, within=name, others=found[1:])
    return FieldPart(query, (ask,))


def _all_words(name: str, value: tree.Words, tokens: Sequence[Token], prints: Prints) -> FieldPart:
    """All of the words; of a person's name, the last of one or two letters begins the initials."""
    fields: Fields = ((name, 1.0),)
    last = tokens[-1].stem
    initials = name in INITIALS and len(tokens) > 1 and len(last) <= 2
    words = tokens[:-1] if initials else tokens
    found = [_wordings(name, value.text, (token,), prints) for token in words]
    queries = [as_typed(each, fields, 1.0) for each in found]
    asks: list[Ask] = []
    if initials:
        queries.append(AnyOf(_prefixes(last, fields)))
        pieces = (*(token.stem for token in words), last + STAR)
        asks.append(Ask(value.text, value.span, pieces, fields=(), within=name))
    for token, (terms, *others) in zip(words, found, strict=True):
        span = (value.span[0] + token.start, value.span[0] + token.end)
        text = value.text[token.start : token.end]
        asks.append(Ask(text, span, terms, within=name, others=tuple(others)))
    return FieldPart(queries[0] if len(queries) == 1 else AllOf(tuple(queries)), tuple(asks))


def _wordings(name: str, text: str, tokens: Sequence[Token], prints: Prints) -> Wordings:
    """What answers a value of a field. An author's name may be typed in capitals."""
    stems = [token.stem for token in tokens]
    if name in CAPITALS:
        return wordings(stems, tokens, terms_asked(text, tokens, prints), 0, len(text))
    return either_case(tokens) if name in INITIALS else (tuple(stems),)


def _prefixes(form: str, fields: Fields) -> tuple[Prefix, Prefix]:
    """What begins with a form, and short forms that do."""
    return Prefix(form, fields), Prefix(form.upper(), fields)


def literal_pieces(text: str) -> tuple[str, ...]:
    """The printed forms in a quotation; a star after the last one that has it is kept."""
    tokens = tokenize(text)
    return _starred(text, tokens, [token.exact for token in tokens])


def _starred(text: str, tokens: Sequence[Token], forms: list[str]) -> tuple[str, ...]:
    ends = [place for place, token in enumerate(tokens) if text[token.end : token.end + 1] == STAR]
    if ends:
        forms[ends[-1]] = tokens[ends[-1]].exact + STAR
    return tuple(forms)


def phrases(pieces: tuple[str, ...], field: str, begin: Begin) -> Query:
    """The pieces in sequence; one with a star in each of the forms that begin with it."""
    fields: Fields = ((field, 1.0),)
    starred = [place for place, piece in enumerate(pieces) if piece.endswith(STAR)]
    if not starred:
        return Term(pieces[0], fields) if len(pieces) == 1 else Phrase(pieces, fields)
    (place,) = starred
    forms = begin(field, pieces[place].removesuffix(STAR))
    made = tuple(_sequence((*pieces[:place], form, *pieces[place + 1 :]), fields) for form in forms)
    return made[0] if len(made) == 1 else AnyOf(made)


def _sequence(pieces: tuple[str, ...], fields: Fields) -> Query:
    return Term(pieces[0], fields) if len(pieces) == 1 else Phrase(pieces, fields)
