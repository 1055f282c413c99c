"""Which names of concepts a run of words contains, whole names first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from poi_search.query.letter_case import Wordings
from poi_search.text.analysis import Token
from poi_search.thesaurus.forms import is_counter
from poi_search.thesaurus.mentions import Lexicon, Mention

_Found = tuple[Mention, Sequence[Token]]
"""A mention, and the tokens in which it was found."""


class QueryMention(Struct, frozen=True, gc=False):
    """Words that name a concept, or several if they are ambiguous; none if they are switched off.

    `within` is the index of the mention of a longer name that contains this one, else -1.
    `content` is the number of its words that are no function words. `label` is that of a name
    which the thesaurus does not have. `terms` are its wordings if they are not just its stems.
    """

    concepts: tuple[str, ...]
    stems: tuple[str, ...]
    start: int
    end: int
    within: int = -1
    content: int = 0
    label: str = ""
    terms: Wordings = ()

    @property
    def wordings(self) -> Wordings:
        """The sequences of terms that answer it as typed."""
        return self.terms or (self.stems,)


def concepts_in(
    text: str,
    every: Sequence[Token],
    bare: Sequence[Token],
    starts: tuple[Sequence[int], Sequence[int]],
    lexicon: Lexicon,
) -> tuple[tuple[QueryMention, ...], tuple[QueryMention, ...]]:
    """The mentions of topics and articles, and those of the general layer beside them.

    `every` are all tokens, `bare` those without function words. `starts` are those of the content
    words, of which a mention has one, and of the bare tokens.
    """
    edited = _find(text, every, bare, lexicon)
    general = _general(text, every, edited, lexicon)
    if general:
        edited = [each for each in edited if not any(_is_member(each, name) for name in general)]
    return _mentions(edited, *starts), _mentions(general, *starts)


def switched_on(
    mentions: Sequence[QueryMention], counts: Callable[[str], bool]
) -> tuple[QueryMention, ...]:
    """The mentions with those of their concepts that count.

    A longer name of which none counts is still one name, whose parts are not concepts either.
    """
    kept = [
        replace(each, concepts=tuple(filter(counts, each.concepts)))
        for each in mentions
        if each.within < 0
    ]
    for each in mentions:
        concepts = tuple(filter(counts, each.concepts))
        if each.within >= 0 and concepts and kept[each.within].concepts:
            kept.append(replace(each, concepts=concepts))
    return tuple(kept)


def counting(
    general: Sequence[QueryMention], mentions: Sequence[QueryMention]
) -> tuple[QueryMention, ...]:
    """The general mentions that have concepts and are no name of which there is nothing."""
    absent = [each for each in mentions if each.label]
    return tuple(
        each
        for each in general
        if each.concepts and not any(a.start <= each.start and each.end <= a.end for a in absent)
    )


def _find(
    text: str, every: Sequence[Token], bare: Sequence[Token], lexicon: Lexicon
) -> list[_Found]:
    """The terms in a run of words, each with the tokens in which it was found: all of them, or
    those without function words ('cells of the cord'). Where the two differ, the longer name
    counts."""
    if not bare:
        return []
    names: dict[tuple[int, int], list[_Found]] = {}
    within = [token for token in every if bare[0].start <= token.start <= bare[-1].start]
    for tokens in (every, bare) if len(bare) < len(within) else (every,):
        found = lexicon.find_edited(text, tokens, any_case=text.islower())
        for span, inside in _by_name(found).items():
            names.setdefault(span, [(mention, tokens) for mention in inside])
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(names, key=lambda span: span[0] - span[1]):
        if all(stop <= start or end <= first for first, stop in chosen):
            chosen.append((start, end))
    return [found for span in sorted(chosen) for found in names[span]]


def _general(
    text: str, every: Sequence[Token], edited: Sequence[_Found], lexicon: Lexicon
) -> list[_Found]:
    """The names of the general layer in a run of words, without those inside longer ones."""
    known = [mention for mention, _ in edited]
    found = lexicon.find_general(text, every, known, inner=False, any_case=text.islower())
    return [(mention, every) for mention in found]


def _is_member(family: _Found, name: _Found) -> bool:
    """Whether a longer name is that of one member of a family: TLR2, hepatitis B."""
    (_, start, end, _), (member, tokens) = family[0], name
    after = [token.exact for token in tokens if end <= token.start < member.end]
    return (
        member.start == start
        and bool(after)
        and all(is_counter(piece) or len(piece) == 1 for piece in after)
    )


def _by_name(mentions: Sequence[Mention]) -> dict[tuple[int, int], list[Mention]]:
    """Mentions by the longest name that contains them."""
    names: dict[tuple[int, int], list[Mention]] = {}
    span = (0, 0)
    for mention in mentions:
        span = span if mention.inner else (mention.start, mention.end)
        names.setdefault(span, []).append(mention)
    return names


def _mentions(
    found: Sequence[_Found], starts: Sequence[int], bare: Sequence[int]
) -> tuple[QueryMention, ...]:
    """Mentions that include a content word, which begins at one of `starts`, whole names first.
    `bare` are the starts of all words that are no function words."""
    spans: dict[tuple[bool, int, int], list[_Found]] = {}
    for mention, tokens in found:
        _, start, end, inner = mention
        if _count(starts, start, end):
            spans.setdefault((inner, start, end), []).append((mention, tokens))
    in_order = sorted(spans)
    outer = [(start, end) for inner, start, end in in_order if not inner]
    mentions = []
    for inner, start, end in in_order:
        here = spans[inner, start, end]
        concepts = tuple([mention.concept for mention, _ in here])
        stems = tuple([token.stem for token in here[0][1] if start <= token.start < end])
        within = _holder(outer, start, end) if inner else -1
        words = _count(bare, start, end)
        mentions.append(QueryMention(concepts, stems, start, end, within, words))
    return tuple(mentions)


def _count(starts: Sequence[int], start: int, end: int) -> int:
    """The number of starts in [start, end)."""
    return bisect_left(starts, end) - bisect_left(starts, start)


def _holder(outer: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """The index of the span that contains [start, end)."""
    return next(i for i, span in enumerate(outer) if span[0] <= start and end <= span[1])
