"""How a run of words is understood: the names to look for and the concepts it mentions."""

from __future__ import annotations

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
    """`tokens` are all tokens of the words, also those that carry no meaning. `general` are the
    mentions of the general layer, which count beside the names instead of covering them."""

    names: tuple[QueryName, ...]
    mentions: tuple[QueryMention, ...]
    tokens: tuple[Token, ...] = ()
    general: tuple[QueryMention, ...] = ()


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
    if lexicon is not None:
        bare = content(every, sentence=False)
        starts = frozenset(token.start for token in tokens)
        edited = _find(text, every, bare, lexicon)
        mentions = _mentions(edited, starts, bare)
        general = _mentions(_general(text, every, edited, lexicon), starts, bare)
        if is_absent:
            mentions = _with_absent_names(mentions, general, text, every, is_absent)
        if without or not synonyms:
            mentions = _switched_on(mentions, lambda each: synonyms and each not in without)
            general = _switched_on(general, lambda each: synonyms and each not in without)
    names = tuple(_names(text, tokens, mentions))
    return Reading(names, mentions, tuple(every), _counting(general, mentions))


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
    is_absent: IsAbsent,
) -> tuple[QueryMention, ...]:
    """The mentions, with those inside a longer name replaced by it if no text has its words."""
    absent = [
        name
        for name in listed_names(text, tokens)
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
    any_case = not any(char.isupper() for char in text)
    names: dict[tuple[int, int], list[_Found]] = {}
    within = [token for token in every if bare[0].start <= token.start <= bare[-1].start]
    for tokens in (every, bare) if len(bare) < len(within) else (every,):
        for span, inside in _by_name(lexicon.find_edited(text, tokens, any_case=any_case)).items():
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
    any_case = not any(char.isupper() for char in text)
    found = lexicon.find_general(text, every, known, inner=False, any_case=any_case)
    return [(mention, every) for mention in found]


def _counting(
    general: Sequence[QueryMention], mentions: Sequence[QueryMention]
) -> tuple[QueryMention, ...]:
    """The general mentions that have concepts and are no name of which there is nothing."""
    absent = [each for each in mentions if each.label]
    return tuple(
        each
        for each in general
        if each.concepts and not any(a.start <= each.start and each.end <= a.end for a in absent)
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
    found: Sequence[_Found], starts: Collection[int], bare: Sequence[Token]
) -> tuple[QueryMention, ...]:
    """Mentions that include a content word (one of `starts`), whole names first."""
    spans: dict[tuple[bool, int, int], list[_Found]] = {}
    for mention, tokens in found:
        if any(mention.start <= start < mention.end for start in starts):
            span = (mention.inner, mention.start, mention.end)
            spans.setdefault(span, []).append((mention, tokens))
    outer = [(start, end) for inner, start, end in sorted(spans) if not inner]
    return tuple(
        QueryMention(
            tuple(mention.concept for mention, _ in here),
            tuple(token.stem for token in here[0][1] if start <= token.start < end),
            start,
            end,
            _holder(outer, start, end) if inner else -1,
            sum(start <= token.start < end for token in bare),
        )
        for (inner, start, end), here in sorted(spans.items(), key=lambda item: item[0])
    )


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
