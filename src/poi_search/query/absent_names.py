"""Names of which the library has nothing, read as one name instead of by their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from poi_search.query.family_members import IsAbsent, NamePart, member_names
from poi_search.query.letter_case import Terms
from poi_search.query.named_concepts import QueryMention
from poi_search.text.analysis import Token
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.thesaurus.mentions import Lexicon
from poi_search.thesaurus.name_list import ListedName, listed_names


def with_absent_names(
    found: tuple[tuple[QueryMention, ...], tuple[QueryMention, ...]],
    text: str,
    tokens: Sequence[Token],
    lexicon: Lexicon,
    is_absent: IsAbsent,
    asked: Terms,
) -> tuple[QueryMention, ...]:
    """The mentions (`found` are they and the general ones), with those inside a longer name
    replaced by it if no text has its words. A family stays a part of the name of a member."""
    mentions, general = found
    absent = [
        name
        for name in _longer_names(text, tokens, general, lexicon)
        if not any(_reaches_out(mention, name) for mention in mentions)
        and is_absent(_parts(name, tokens, (*mentions, *general), asked), False)
    ]
    members = [
        (name, family)
        for name, family in member_names(text, tokens, (*mentions, *general), is_absent)
        if not any(each.start <= name.start < each.end for each in absent)
    ]
    if not absent and not members:
        return mentions
    # What a family has is all that a member of which there is nothing can be found by.
    names = [(name, len(name.stems)) for name in absent]
    names += [(name, family.content) for name, family in members]
    kept = [
        place
        for place, mention in enumerate(mentions)
        if mention.within < 0
        and not any(name.start <= mention.start < name.end for name, _ in names)
    ]
    outer = [mentions[place] for place in kept]
    whole = [
        QueryMention((), name.stems, name.start, name.end, -1, words, name.label)
        for name, words in names
    ]
    inner = [
        replace(mention, within=kept.index(mention.within))
        for mention in mentions
        if mention.within in kept
    ]
    families = [
        replace(family, within=len(outer) + len(absent) + place)
        for place, (_, family) in enumerate(members)
    ]
    return (*outer, *whole, *inner, *families)


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
    name: ListedName, tokens: Sequence[Token], mentions: Iterable[QueryMention], asked: Terms
) -> list[NamePart]:
    """The words of a name, and the concepts by which a text may name them in other words."""
    concepts: dict[int, tuple[str, ...]] = {}
    for mention in mentions:
        for token in tokens:
            if mention.within < 0 and mention.start <= token.start < mention.end:
                concepts[token.start] = (*concepts.get(token.start, ()), *mention.concepts)
    inside = [token for token in tokens if name.start <= token.start < name.end]
    return [
        (asked.get(token.start, (token.stem,)), concepts.get(token.start, ())) for token in inside
    ]


def _reaches_out(mention: QueryMention, name: ListedName) -> bool:
    """Whether a mention covers a name, or a part of it and something else."""
    if mention.end <= name.start or name.end <= mention.start:
        return False
    start, end = mention.start - name.start, mention.end - name.end
    return start < 0 or end > 0 or start == end == 0
