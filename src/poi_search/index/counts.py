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
_SKIPPED = frozenset("of the these all our different".split())
_BETWEEN = re.compile(r"[\s%]*")
_DECIMAL = re.compile(r"\.\d|\D?\d+\.\d")
_MOST_WORDS = 4


def counted(text: str, tokens: Sequence[Token]) -> Iterator[Mark]:
    """The span of what each number in `text` counts: the words after it that form a name."""
    for place, token in enumerate(tokens):
        if _is_count(text, tokens, place):
            yield from _name_after(text, tokens, place, token.end)


def _is_count(text: str, tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.exact in _WORDS:
        return not token.tight
    if not token.exact.isdigit() or token.tight or _is_year(token.exact):
        return False
    if _DECIMAL.match(text, max(token.start - 1, 0)):
        return False
    return not place or tokens[place - 1].exact not in _LABELS


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("18", "19", "20")


def _name_after(text: str, tokens: Sequence[Token], place: int, end: int) -> Iterator[Mark]:
    named: list[Token] = []
    for token in tokens[place + 1 :]:
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
