"""How a run of words is understood: the names to look for and the concepts it mentions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from poi_search.query.authors import AuthorName
from poi_search.text.analysis import GREEK_NAMES, Token, tokenize
from poi_search.thesaurus.forms import content
from poi_search.thesaurus.mentions import Lexicon, Mention
from poi_search.thesaurus.name_list import ListedName, listed_names

_PREFIXES = frozenset(
    "anti auto bio co counter de extra hyper hypo infra inter intra micro mini multi neo non over "
    "para peri poly post pre pro pseudo re self semi sub super supra trans ultra under".split()
)


NamePart = tuple[str, tuple[str, ...]]
"""The stem of a word, and the concepts that it names, alone or with the words around it."""
_Found = tuple[Mention, Sequence[Token]]
"""A mention, and the tokens in which it was found."""
IsAbsent = Callable[[list[NamePart]], bool]
"""The parts of a name → whether no text has all of them."""


class QueryName(Struct, frozen=True, gc=False):
    """A word, or a written name whose pieces match in sequence (IL-6 is [il, 6]).

    `mention` is the index, in the reading's mentions, of the one that covers it, else -1.
    `author` if it is the name of an author.
    """

    stems: tuple[str, ...]
    start: int
    end: int
    mention: int = -1
    author: bool = False


class QueryMention(Struct, frozen=True, gc=False):
    """Words that name a concept, or several if they are ambiguous; none if they are switched off.

    `within` is the index of the mention of a longer name that contains this one, else -1.
    `content` is the number of its words that are no function words. `label` is that of a name
    which the thesaurus does not have.
    """

    concepts: tuple[str, ...]
    stems: tuple[str, ...]
    start: int
    end: int
    within: int = -1
    content: int = 0
    label: str = ""


class Reading(Struct, frozen=True, gc=False):
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
    if lexicon is not None:
        bare = content(every, sentence=False) if sentence else tokens
        starts, bare_starts = ([token.start for token in some] for some in (tokens, bare))
        found = _mentions(_find(text, every, bare, lexicon), starts, bare_starts)
        if is_absent:
            found = _with_absent_names(found, text, every, is_absent)
        mentions = found
        if without or not synonyms:
            mentions = _switched_on(found, lambda concept: synonyms and concept not in without)
    return Reading(tuple(_names(text, tokens, mentions)), mentions, tuple(every))


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
    )


def _with_absent_names(
    mentions: tuple[QueryMention, ...], text: str, tokens: Sequence[Token], is_absent: IsAbsent
) -> tuple[QueryMention, ...]:
    """The mentions, with those inside a longer name replaced by it if no text has its words."""
    absent = [
        name
        for name in listed_names(text, tokens)
        if not any(_reaches_out(mention, name) for mention in mentions)
        and is_absent(_parts(name, tokens, mentions))
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


def _parts(
    name: ListedName, tokens: Sequence[Token], mentions: Iterable[QueryMention]
) -> list[NamePart]:
    """The words of a name, and the concepts by which a text may name them in other words."""
    concepts = {
        token.start: mention.concepts
        for mention in mentions
        for token in tokens
        if mention.within < 0 and mention.start <= token.start < mention.end
    }
    inside = [token for token in tokens if name.start <= token.start < name.end]
    return [(token.stem, concepts.get(token.start, ())) for token in inside]


def _reaches_out(mention: QueryMention, name: ListedName) -> bool:
    """Whether a mention covers a name, or a part of it and something else."""
    if mention.end <= name.start or name.end <= mention.start:
        return False
    start, end = mention.start - name.start, mention.end - name.end
    return start < 0 or end > 0 or start == end == 0


def _switched_on(
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


def _find(
    text: str, every: Sequence[Token], bare: Sequence[Token], lexicon: Lexicon
) -> list[_Found]:
    """The terms in a run of words, each with the tokens in which it was found: all of them, or
    those without function words ('cells of the cord'). Where the two differ, the longer name
    counts."""
    if not bare:
        return []
    any_case = text.islower() or not any(char.isupper() for char in text)
    names: dict[tuple[int, int], list[_Found]] = {}
    within = [token for token in every if bare[0].start <= token.start <= bare[-1].start]
    for tokens in (every, bare) if len(bare) < len(within) else (every,):
        for span, inside in _by_name(lexicon.find(text, tokens, any_case=any_case)).items():
            names.setdefault(span, [(mention, tokens) for mention in inside])
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(names, key=lambda span: span[0] - span[1]):
        if all(stop <= start or end <= first for first, stop in chosen):
            chosen.append((start, end))
    return [found for span in sorted(chosen) for found in names[span]]


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
        stems = tuple([token.stem for token in group])
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
