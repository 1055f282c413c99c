"""How a run of words is understood: the names to look for and the concepts it mentions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from poi_search.query.authors import AuthorName
from poi_search.text.analysis import GREEK_NAMES, Token, tokenize
from poi_search.thesaurus.mentions import Lexicon, content

_PREFIXES = frozenset(
    "anti auto bio co counter de extra hyper hypo infra inter intra micro mini multi neo non over "
    "para peri poly post pre pro pseudo re self semi sub super supra trans ultra under".split()
)


@dataclass(frozen=True, slots=True)
class QueryName:
    """A word, or a written name whose pieces match in sequence (IL-6 is [il, 6]).

    `mention` is the index, in the reading's mentions, of the one that covers it, else -1.
    `author` if it is the name of an author.
    """

    stems: tuple[str, ...]
    start: int
    end: int
    mention: int = -1
    author: bool = False


@dataclass(frozen=True, slots=True)
class QueryMention:
    """Words that name a concept, or several if they are ambiguous.

    `within` is the index of the mention of a longer name that contains this one, else -1.
    """

    concepts: tuple[str, ...]
    stems: tuple[str, ...]
    start: int
    end: int
    within: int = -1


@dataclass(frozen=True, slots=True)
class Reading:
    """`tokens` are all tokens of the words, also those that carry no meaning."""

    names: tuple[QueryName, ...]
    mentions: tuple[QueryMention, ...]
    tokens: tuple[Token, ...] = ()


def read(
    text: str,
    lexicon: Lexicon | None,
    *,
    sentence: bool,
    without: Collection[str] = (),
    authors: Sequence[AuthorName] = (),
) -> Reading:
    """What a run of words asks for. Without a lexicon (synonyms off) there are no mentions;
    the names are the same in both cases, so that expansion can only add hits.

    `sentence` is true if the question is a full sentence; `without` lists concepts that are
    switched off; `authors` are names of people, which mention no concept.
    """
    every = tokenize(text)
    tokens = content(every, sentence=sentence)
    mentions: tuple[QueryMention, ...] = ()
    if lexicon is not None:
        # A question word may be part of a name: how cells 'find the damaged' tissue.
        named = content(every, sentence=False) if sentence else tokens
        starts = frozenset(t.start for t in tokens if not _is_author(t.start, authors))
        mentions = _mentions(text, named, starts, lexicon, without)
    names = _names(text, tokens, mentions)
    if authors:
        names = [replace(name, author=_is_author(name.start, authors)) for name in names]
    return Reading(tuple(names), mentions, tuple(every))


def _is_author(start: int, authors: Sequence[AuthorName]) -> bool:
    return any(author.start <= start < author.end for author in authors)


def _mentions(
    text: str,
    tokens: Sequence[Token],
    starts: Collection[int],
    lexicon: Lexicon,
    without: Collection[str],
) -> tuple[QueryMention, ...]:
    """Mentions that include a content word (one of `starts`) and are not switched off."""
    spans: dict[tuple[int, int, bool], list[str]] = {}
    any_case = not any(char.isupper() for char in text)
    for mention in lexicon.find(text, tokens, any_case=any_case):
        carries = any(mention.start <= start < mention.end for start in starts)
        if carries and mention.concept not in without:
            spans.setdefault((mention.start, mention.end, mention.inner), []).append(
                mention.concept
            )
    outer = [span for span in spans if not span[2]]
    return tuple(
        QueryMention(
            tuple(spans[start, end, inner]),
            tuple(t.stem for t in tokens if start <= t.start < end),
            start,
            end,
            _holder(outer, start, end) if inner else -1,
        )
        for start, end, inner in sorted(spans, key=lambda span: span[2])
    )


def _holder(outer: Sequence[tuple[int, int, bool]], start: int, end: int) -> int:
    """The index of the span that contains [start, end); -1 if it was switched off."""
    return next((i for i, span in enumerate(outer) if span[0] <= start and end <= span[1]), -1)


def _names(text: str, tokens: Sequence[Token], mentions: Sequence[QueryMention]) -> list[QueryName]:
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
        stems = tuple(token.stem for token in group)
        names.append(QueryName(stems, start, end, covering[0] if covering else -1))
    return names


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
    words = all(
        token.exact.isalpha()
        and len(token.exact) >= 4
        and token.exact not in GREEK_NAMES
        and token.exact not in _PREFIXES
        for token in group
    )
    return [[token] for token in group] if words else [group]
