"""How a run of words is understood: the names to look for and the concepts it mentions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from poi_search.query.absent_names import with_absent_names
from poi_search.query.authors import AuthorName
from poi_search.query.family_members import IsAbsent, NamePart, is_short_number, number_terms
from poi_search.query.letter_case import Prints, Terms, Wordings, as_subjects, terms_asked, wordings
from poi_search.query.named_concepts import QueryMention, concepts_in, counting, switched_on
from poi_search.text.analysis import GREEK_NAMES, Token, tokenize
from poi_search.text.function_words import FUNCTION_WORDS, is_subject
from poi_search.text.stemming import singular_form
from poi_search.thesaurus.forms import content
from poi_search.thesaurus.mentions import Lexicon

_PREFIXES = frozenset(
    "anti auto bio co counter de extra hyper hypo infra inter intra micro mini multi neo non over "
    "para peri poly post pre pro pseudo re self semi sub super supra trans ultra under".split()
)


_SYMBOL = re.compile(r"[A-Z]{2,3}")
"""A short form that could be the initials of an author."""


class QueryName(Struct, frozen=True, gc=False):
    """A word, or a written name whose pieces match in sequence (IL-6 is [il, 6]).

    `mention` is the index, in the reading's mentions, of the one that covers it, else -1.
    `author` if it is the name of an author, `symbol` if it is a short form that mentions a concept:
    it is not the initials of one. `terms` are its wordings if they are not just its stems.
    """

    stems: tuple[str, ...]
    start: int
    end: int
    mention: int = -1
    author: bool = False
    symbol: bool = False
    terms: Wordings = ()

    @property
    def wordings(self) -> Wordings:
        """The sequences of terms that answer it as typed."""
        return self.terms or (self.stems,)


class Reading(Struct, frozen=True, gc=False):
    """`tokens` are all tokens of the words, also those that carry no meaning. `general` are the
    mentions of the general layer, which count beside the names instead of covering them; `wholes`
    are the spans of such names of several words, also of those that are switched off."""

    names: tuple[QueryName, ...]
    mentions: tuple[QueryMention, ...]
    tokens: tuple[Token, ...] = ()
    general: tuple[QueryMention, ...] = ()
    wholes: tuple[tuple[int, int], ...] = ()

    def plain_names(self) -> Sequence[QueryName]:
        """The names that are words without a concept, if most of what is asked has one."""
        known = sum([bool(each.concepts) and each.within < 0 for each in self.mentions])
        plain = [e for e in self.names if e.mention < 0 and not self.general_concepts(e)]
        if len(plain) > known + len(self.general):
            return ()
        return [each for each in plain if not each.author]

    def general_concepts(self, name: QueryName) -> tuple[str, ...]:
        """The concepts of the general layer for the words that a name is among."""
        if name.mention >= 0 or not self.general:
            return ()
        within = (m for m in self.general if m.start <= name.start and name.end <= m.end)
        return tuple([concept for mention in within for concept in mention.concepts])


def read(
    text: str,
    lexicon: Lexicon | None,
    *,
    sentence: bool,
    counts: Callable[[str], bool] | None = None,
    is_absent: IsAbsent | None = None,
    prints: Prints = lambda _: False,
) -> Reading:
    """What a run of words asks for. Mentions have those concepts that count, or all; the names are
    the same in any case, so that expansion can only add hits.

    `sentence` is true if the question is a full sentence. A name that the thesaurus does not have
    is one name if `is_absent` says that no text has all its words. `prints` says which short forms
    that are spelled like words the texts have.
    """
    every = tokenize(text)
    asked: Terms = terms_asked(text, every, prints)
    every = as_subjects(every, asked)
    tokens = content(every, sentence=sentence)
    mentions: tuple[QueryMention, ...] = ()
    general: tuple[QueryMention, ...] = ()
    written: tuple[QueryMention, ...] = ()
    wholes: tuple[tuple[int, int], ...] = ()
    if lexicon is not None:
        bare = content(every, sentence=False) if sentence else tokens
        starts, bare_starts = ([token.start for token in some] for some in (tokens, bare))
        mentions, general = concepts_in(text, every, bare, (starts, bare_starts), lexicon)
        written = (*mentions, *general)
        asked = _without_inflected(asked, every, written)
        if is_absent:
            found = (mentions, general)
            mentions = with_absent_names(found, text, every, lexicon, is_absent, asked)
        wholes = tuple((e.start, e.end) for e in counting(general, mentions) if e.content > 1)
        if counts:
            mentions, general = switched_on(mentions, counts), switched_on(general, counts)
    named = (*mentions, *general)
    names = tuple(
        replace(name, symbol=True) if _is_symbol(text, name, named) else name
        for name in _names(text, tokens, mentions, written, is_absent)
    )
    reading = Reading(names, mentions, tuple(every), counting(general, mentions), wholes)
    return _with_terms(reading, asked) if asked else reading


def _without_inflected(
    asked: Terms, tokens: Sequence[Token], mentions: Sequence[QueryMention]
) -> Terms:
    """The terms without the short forms that are spelled like the plural of a name: the mice are
    no MICE."""
    if not asked:
        return asked
    plurals = {
        token.start
        for token in tokens
        if len(asked.get(token.start, ())) > 1
        and singular_form(token.exact) != token.exact
        and any(each.start <= token.start < each.end for each in mentions)
    }
    return {start: terms for start, terms in asked.items() if start not in plurals}


def _with_terms(reading: Reading, asked: Terms) -> Reading:
    """The reading with the terms that its names and mentions ask for."""

    def terms(at: QueryName | QueryMention) -> Wordings:
        return wordings(at.stems, reading.tokens, asked, at.start, at.end)

    return Reading(
        tuple(replace(name, terms=name.terms or terms(name)) for name in reading.names),
        tuple(replace(each, terms=terms(each)) for each in reading.mentions),
        reading.tokens,
        tuple(replace(each, terms=terms(each)) for each in reading.general),
        reading.wholes,
    )


def _is_symbol(text: str, name: QueryName, mentions: Sequence[QueryMention]) -> bool:
    return bool(_SYMBOL.fullmatch(text, name.start, name.end)) and any(
        mention.start <= name.start and name.end <= mention.end for mention in mentions
    )


def with_authors(reading: Reading, authors: Sequence[AuthorName]) -> Reading:
    """The reading with these names read as those of people, which mention no concept."""

    def is_author(start: int) -> bool:
        return any(author.start <= start < author.end for author in authors)

    kept = [place for place, each in enumerate(reading.mentions) if not is_author(each.start)]
    now_at = {before: after for after, before in enumerate(kept)}
    mentions = (reading.mentions[place] for place in kept)
    return Reading(
        tuple(
            replace(each, mention=now_at.get(each.mention, -1), author=is_author(each.start))
            for each in reading.names
        ),
        tuple(replace(each, within=now_at.get(each.within, -1)) for each in mentions),
        reading.tokens,
        tuple(each for each in reading.general if not is_author(each.start)),
        tuple(span for span in reading.wholes if not is_author(span[0])),
    )


def _names(
    text: str,
    tokens: Sequence[Token],
    mentions: Sequence[QueryMention],
    written: Sequence[QueryMention],
    is_absent: IsAbsent | None,
) -> list[QueryName]:
    """The names to look for. `written` are all mentions, also those that do not count."""
    groups: list[list[Token]] = []
    for token in tokens:
        if groups and _joins(text, groups[-1], token, mentions, is_absent):
            groups[-1].append(token)
        else:
            groups.append([token])
    names = []
    for group in (part for joined in groups for part in _split_compound(joined)):
        start, end = group[0].start, group[-1].end
        covering = [
            i for i, m in enumerate(mentions) if m.within < 0 and m.start <= start and end <= m.end
        ]
        stems = tuple([token.stem for token in group])
        terms = ((*stems[:-1], number) for number in number_terms(group[-1]))
        numbered = tuple(terms) if len(group) > 1 and not group[-1].tight else ()
        mention = covering[0] if covering else -1
        names.append(QueryName(stems, start, end, mention, terms=numbered))
    return _with_letters(names, written)


def _with_letters(names: Sequence[QueryName], written: Sequence[QueryMention]) -> list[QueryName]:
    """The names, each single letter of a longer one with the word beside it: it says nothing by
    itself (vitamin A, E. coli)."""
    if not any(map(_is_letter, names)):
        return list(names)
    joined: list[QueryName] = []
    for name in names:
        last = joined[-1] if joined else name
        if (_is_letter(last) or _is_letter(name)) and any(
            each.start <= last.start < name.start and name.end <= each.end for each in written
        ):
            same = last.mention if last.mention == name.mention else -1
            stems = last.stems + name.stems
            joined[-1] = replace(last, stems=stems, end=name.end, mention=same)
        else:
            joined.append(name)
    return joined


def _is_letter(name: QueryName) -> bool:
    return len(name.stems) == 1 and len(name.stems[0]) == 1 and name.stems[0].isalpha()


def _joins(
    text: str,
    group: Sequence[Token],
    token: Token,
    mentions: Sequence[QueryMention],
    is_absent: IsAbsent | None,
) -> bool:
    """Whether a piece belongs to the preceding name: written as one word, or a Greek letter after a
    word ('TNF alpha'), or a number that a name or a text has there ('factor 11'). A year does
    not."""
    word = group[0].exact
    if token.tight:
        return True
    if text[group[-1].end : token.start] != " " or not word.isalpha():
        return False
    if not is_short_number(token):
        return token.exact in GREEK_NAMES
    if is_absent is None:
        return True
    start = group[0].start
    if is_subject(word) and any(e.start <= start and token.end <= e.end for e in mentions):
        return True
    parts: list[NamePart] = [((piece.stem,), ()) for piece in group]
    return not is_absent([*parts, (number_terms(token), ())], True)


def _split_compound(group: Sequence[Token]) -> list[Sequence[Token]]:
    """Split a compound of full words into its words: 'placenta-derived', but not 'hUC-MSC', nor one
    with a function word, which says nothing by itself: 'insulin-like'."""
    if len(group) == 1:
        return [group]
    words = all(
        token.exact.isalpha()
        and len(token.exact) >= 4
        and token.exact not in GREEK_NAMES
        and token.exact not in _PREFIXES
        and token.exact not in FUNCTION_WORDS
        for token in group
    )
    return [[token] for token in group] if words else [group]
