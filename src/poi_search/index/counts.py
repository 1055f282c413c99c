"""Which things a passage counts: '61 patients', '4 of the women', 'hundreds of clinical trials'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poi_search.results import Mark
from poi_search.text.analysis import GREEK_NAMES, Token
from poi_search.text.function_words import FUNCTION_WORDS

_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty"
    " seventy eighty ninety hundred hundreds thousand thousands million millions"
    " dozen dozens".split()
)
_LABELS = frozenset(
    "fig figs figure figures table tables section chapter ref refs type types phase stage grade"
    " class group factor day week month no part step level number version supplement".split()
)
_PEOPLE = frozenset(
    "patient patients woman women man men person persons people participant participants subject"
    " subjects individual individuals volunteer volunteers child children infant infants newborn"
    " newborns adult adults girl girls boy boys mother mothers father fathers couple couples donor"
    " donors recipient recipients case cases student students".split()
)
_SKIPPED = frozenset("of the these all our different".split())
_BETWEEN = re.compile(r"[\s%]*")
_SHARE = re.compile(r"\s?\(\d[\d.]*\s?%\)")
_MOST_WORDS = 4


def counted(text: str, tokens: Sequence[Token]) -> Iterator[Mark]:
    """The span of what each number in `text` counts: the words after it that form a name."""
    for place, token in enumerate(tokens):
        if _is_count(text, tokens, place):
            yield from _name_after(text, tokens, place, token.end)


def counts_people(tokens: Sequence[Token], counts: Sequence[Mark]) -> Iterator[int]:
    """The offset of each count of people: '61 patients', '4 of the POI patients'."""
    for start, end in counts:
        if any(start <= token.start < end and token.exact in _PEOPLE for token in tokens):
            yield start


def _is_count(text: str, tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.exact in _WORDS:
        return not token.tight
    if not token.exact.isdigit() or token.tight or _is_year(token.exact):
        return False
    if _is_decimal(text, token):
        return False
    return not place or tokens[place - 1].exact not in _LABELS


def _is_decimal(text: str, token: Token) -> bool:
    """Whether a number is a part of one like 0.5."""
    after = text[token.end : token.end + 2]
    return text[token.start - 1 : token.start] == "." or (after[:1] == "." and after[1:].isdigit())


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("18", "19", "20")


def _name_after(text: str, tokens: Sequence[Token], place: int, end: int) -> Iterator[Mark]:
    named: list[Token] = []
    share = _SHARE.match(text, end)
    end = share.end() if share else end
    for token in tokens[place + 1 :]:
        if token.start < end:
            continue
        if not _BETWEEN.fullmatch(text, end, token.start) or len(named) == _MOST_WORDS:
            break
        end = token.end
        if token.exact in _SKIPPED:
            continue
        ends = token.exact in FUNCTION_WORDS or token.exact in GREEK_NAMES or token.exact.isdigit()
        if ends or token.tight or (named and _is_participle(token)):
            break
        named.append(token)
    if named and not _is_participle(named[-1]):
        yield named[0].start, named[-1].end


def _is_participle(token: Token) -> bool:
    return token.exact.endswith(("ing", "ed"))
