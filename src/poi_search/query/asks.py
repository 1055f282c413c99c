"""What a question asks for: each thing by itself, and what answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from poi_search.engine.nodes import Fields, Query
from poi_search.query import tree
from poi_search.query.letter_case import Wordings
from poi_search.query.named_concepts import QueryMention
from poi_search.query.reading import QueryName, Reading
from poi_search.query.short_forms import GuessedName
from poi_search.text.analysis import Token
from poi_search.text.function_words import is_subject

STAR = "*"

How = Literal["words", "quoted", "prefix", "fuzzy", "initials"]


class Ask(Struct, frozen=True, gc=False):
    """One thing asked for: the text typed (at `span` of the question) and what answers it.

    `pieces` match in sequence: stems, or printed forms if `how` is not 'words'; one that ends with
    a star is the beginning of a form. `part_of` is the index of the ask for the longer name that
    this is a part of, else -1. Words are looked for in `fields`, or only in the part of a unit
    that the field `within` names. `label` is that of a name which the thesaurus does not have.
    `beside` if it is a name of the general layer, or a phrase for a short form, and what was typed
    is asked for as well; `word_of` is the index of such an ask for the word that was typed, else
    -1. `others` are further sequences of stems that answer it as `pieces` do. `after` is the
    next word of the question, '' if none is known.
    """

    text: str
    span: tree.Span
    pieces: tuple[str, ...]
    concepts: tuple[str, ...] = ()
    how: How = "words"
    part_of: int = -1
    distance: int = 0
    fields: Fields = ()
    within: str = ""
    label: str = ""
    beside: bool = False
    word_of: int = -1
    others: Wordings = ()
    after: str = ""

    @property
    def is_subject(self) -> bool:
        """Whether its words may be what a library is about, and do not only frame the question."""
        return is_subject(self.text, self.after)

    @property
    def wordings(self) -> Wordings:
        """The sequences of terms that answer it."""
        return (self.pieces, *self.others) if self.others else (self.pieces,)

    @property
    def is_short_form(self) -> bool:
        """Whether it is a short form that is spelled like a word: the WHO."""
        return self.how == "words" and self.pieces[0].isupper()

    @property
    def is_name(self) -> bool:
        """Whether it is a whole name of several words, which finds a unit by them as well."""
        return len(self.pieces) > 1 and self.part_of < 0 and not self.beside

    @property
    def is_starred(self) -> bool:
        """Whether one of several pieces is only the beginning of a form."""
        return (self.how == "quoted" or bool(self.within)) and any(
            piece.endswith(STAR) for piece in self.pieces
        )


class Understanding(Struct, frozen=True, gc=False):
    """The engine's query and everything that was asked for.

    `named` matches the units that name what is asked for; the others that `query` matches name only
    parts of it ('fibrosis' of cystic fibrosis). `every` also matches those that have only a common
    word of a name ('effects' of side effects), and `itself` only those that name what is asked for,
    not something related to it. Each is None if it would match the same as `query`.
    `excluded` are the wordings of the words after NOT.
    """

    query: Query
    asks: tuple[Ask, ...]
    named: Query | None = None
    every: Query | None = None
    excluded: Mapping[str, Wordings] = {}
    itself: Query | None = None


def asks_of(
    words: tree.Words,
    reading: Reading,
    guessed: Sequence[GuessedName],
    first: int,
    fields: Callable[[QueryName | None], Fields],
) -> Iterator[Ask]:
    """What some words of a question ask for, where the asks before it are the `first` ones: names
    of concepts, those of the general layer and the phrases guessed, then every name. `fields` says
    where a name is looked for, or any (None)."""

    def asked(at: QueryMention | QueryName) -> tuple[str, tree.Span, tuple[str, ...]]:
        start, pieces = words.span[0], at.wordings[0]
        return words.text[at.start : at.end], (start + at.start, start + at.end), pieces

    anywhere = fields(None)
    for each in reading.mentions:
        part_of = first + each.within if each.within >= 0 else -1
        known = each.concepts
        yield Ask(
            *asked(each),
            known,
            part_of=part_of,
            fields=anywhere,
            label=each.label,
            others=each.wordings[1:],
        )
    for each in reading.general:
        others = each.wordings[1:]
        yield Ask(*asked(each), each.concepts, fields=anywhere, beside=True, others=others)
    for guess in guessed:
        text, span, _ = asked(guess.name)
        yield Ask(text, span, guess.stems, how="initials", fields=anywhere, beside=True)
    wider: list[QueryMention | QueryName] = [*reading.general, *(each.name for each in guessed)]
    for name in reading.names:
        part_of = first + name.mention if name.mention >= 0 else -1
        around = _around(name, wider)
        word_of = first + len(reading.mentions) + around if around >= 0 else -1
        yield Ask(
            *asked(name),
            part_of=part_of,
            fields=fields(name),
            word_of=word_of,
            others=name.wordings[1:],
            after=_word_after(name, reading.tokens),
        )


def _word_after(name: QueryName, tokens: Sequence[Token]) -> str:
    return next((token.exact for token in tokens if token.start >= name.end), "")


def _around(name: QueryName, wider: Sequence[QueryMention | QueryName]) -> int:
    """The index of the one that a name is in, else -1."""
    inside = (each.start <= name.start and name.end <= each.end for each in wider)
    return next((place for place, here in enumerate(inside) if here), -1)
