"""How a run of words is understood: the names to look for and the concepts it mentions."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from poi_search.query.authors import AuthorName
from poi_search.query.named_concepts import QueryMention, concepts_in, counting, switched_on
from poi_search.text.analysis import GREEK_NAMES, Token, tokenize
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.thesaurus.forms import content
from poi_search.thesaurus.mentions import Lexicon
from poi_search.thesaurus.name_list import ListedName, listed_names

_PREFIXES = frozenset(
    "anti auto bio co counter de extra hyper hypo infra inter intra micro mini multi neo non over "
    "para peri poly post pre pro pseudo re self semi sub super supra trans ultra under".split()
)


_SYMBOL = re.compile(r"[A-Z]{2,3}")
"""A short form that could be the initials of an author."""

NamePart = tuple[str, tuple[str, ...]]
"""The stem of a word, and the concepts that it names, alone or with the words around it."""
IsAbsent = Callable[[list[NamePart]], bool]
"""The parts of a name → whether no text has all of them."""


class QueryName(Struct, frozen=True, gc=False):
    """A word, or a written name whose pieces match in sequence (IL-6 is [il, 6]).

    `mention` is the index, in the reading's mentions, of the one that covers it, else -1.
    `author` if it is the name of an author, `symbol` if it is a short form that mentions a concept:
    it is not the initials of one.
    """

    stems: tuple[str, ...]
    start: int
    end: int
    mention: int = -1
    author: bool = False
    symbol: bool = False


class Reading(Struct, frozen=True, gc=False):
    """`tokens` are all tokens of the words, also those that carry no meaning. `general` are the
    mentions of the general layer, which count beside the names instead of covering them."""

    names: tuple[QueryName, ...]
    mentions: tuple[QueryMention, ...]
    tokens: tuple[Token, ...] = ()
    general: tuple[QueryMention, ...] = ()

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
    without: Collection[str] = (),
    synonyms: bool = True,
    is_absent: IsAbsent | None = None,
) -> Reading:
    """What a run of words asks for. Without `synonyms` no mention has concepts; the names are the
    same in both cases, so that expansion can only add hits.

    `sentence` is true if the question is a full sentence; `without` lists concepts that are
    switched off. A name that the thesaurus does not have is one name if `is_absent` says that no
    text has all its words.
    """
    every = tokenize(text)
    tokens = content(every, sentence=sentence)
    mentions: tuple[QueryMention, ...] = ()
    general: tuple[QueryMention, ...] = ()
    written: tuple[QueryMention, ...] = ()
    if lexicon is not None:
        bare = content(every, sentence=False) if sentence else tokens
        starts, bare_starts = ([token.start for token in some] for some in (tokens, bare))
        mentions, general = concepts_in(text, every, bare, (starts, bare_starts), lexicon)
        written = (*mentions, *general)
        if is_absent:
            mentions = _with_absent_names(mentions, general, text, every, lexicon, is_absent)
        if without or not synonyms:
            mentions = switched_on(mentions, lambda each: synonyms and each not in without)
            general = switched_on(general, lambda each: synonyms and each not in without)
    named = (*mentions, *general)
    names = tuple(
        replace(name, symbol=True) if _is_symbol(text, name, named) else name
        for name in _names(text, tokens, mentions, written)
    )
    return Reading(names, mentions, tuple(every), counting(general, mentions))


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
    )


def _with_absent_names(
    mentions: tuple[QueryMention, ...],
    general: tuple[QueryMention, ...],
    text: str,
    tokens: Sequence[Token],
    lexicon: Lexicon,
    is_absent: IsAbsent,
) -> tuple[QueryMention, ...]:
    """The mentions, with those inside a longer name replaced by it if no text has its words."""
    absent = [
        name
        for name in _longer_names(text, tokens, general, lexicon)
        if not any(_reaches_out(mention, name) for mention in mentions)
        and is_absent(_parts(name, tokens, (*mentions, *general)))
    ]
    if not absent:
        return mentions
    kept = [
        place
        for place, mention in enumerate(mentions)
        if mention.within < 0 and not any(name.start <= mention.start < name.end for name in absent)
    ]
    outer = [mentions[place] for place in kept]
    whole = [
        QueryMention((), name.stems, name.start, name.end, -1, len(name.stems), name.label)
        for name in absent
    ]
    inner = [
        replace(mention, within=kept.index(mention.within))
        for mention in mentions
        if mention.within in kept
    ]
    return (*outer, *whole, *inner)


def _longer_names(
    text: str, tokens: Sequence[Token], general: Sequence[QueryMention], lexicon: Lexicon
) -> Iterator[ListedName]:
    """The names of several words that the general layer has, and those of the list apart from
    them. A general name with function words may be said in other words."""
    known = []
    for each in general:
        concept = lexicon.general.concept(each.concepts[0]) if lexicon.general else None
        if concept and len(each.stems) > 1 and FUNCTION_WORDS.isdisjoint(each.stems):
            known.append(ListedName(each.start, each.end, each.stems, concept.label))
    yield from known
    for name in listed_names(text, tokens):
        if not any(each.start < name.end and name.start < each.end for each in known):
            yield name


def _parts(
    name: ListedName, tokens: Sequence[Token], mentions: Iterable[QueryMention]
) -> list[NamePart]:
    """The words of a name, and the concepts by which a text may name them in other words."""
    concepts: dict[int, tuple[str, ...]] = {}
    for mention in mentions:
        for token in tokens:
            if mention.within < 0 and mention.start <= token.start < mention.end:
                concepts[token.start] = (*concepts.get(token.start, ()), *mention.concepts)
    inside = [token for token in tokens if name.start <= token.start < name.end]
    return [(token.stem, concepts.get(token.start, ())) for token in inside]


def _reaches_out(mention: QueryMention, name: ListedName) -> bool:
    """Whether a mention covers a name, or a part of it and something else."""
    if mention.end <= name.start or name.end <= mention.start:
        return False
    start, end = mention.start - name.start, mention.end - name.end
    return start < 0 or end > 0 or start == end == 0


def _names(
    text: str,
    tokens: Sequence[Token],
    mentions: Sequence[QueryMention],
    written: Sequence[QueryMention],
) -> list[QueryName]:
    """The names to look for. `written` are all mentions, also those that do not count."""
    groups: list[list[Token]] = []
    for token in tokens:
        if groups and _joins(text, groups[-1], token):
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
        names.append(QueryName(stems, start, end, covering[0] if covering else -1))
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


def _joins(text: str, group: Sequence[Token], token: Token) -> bool:
    """Whether a piece belongs to the preceding name: written as one word, or a number or Greek
    letter after a word ('factor 11', 'TNF alpha'). A year does not."""
    if token.tight:
        return True
    if text[group[-1].end : token.start] != " " or not group[0].exact.isalpha():
        return False
    return token.exact in GREEK_NAMES or (token.exact.isdigit() and len(token.exact) <= 3)


def _split_compound(group: Sequence[Token]) -> list[Sequence[Token]]:
    """Split a compound of full words into its words: 'placenta-derived', but not 'hUC-MSC'."""
    if len(group) == 1:
        return [group]
    words = all(
        token.exact.isalpha()
        and len(token.exact) >= 4
        and token.exact not in GREEK_NAMES
        and token.exact not in _PREFIXES
        for token in group
    )
    return [[token] for token in group] if words else [group]
