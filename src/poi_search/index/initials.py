"""Names that an article uses without a short form, by their initials.

The engine keeps each with its initials before it, 'wsc wolf science center', so that a question
with a short form that nothing defines finds what it may stand for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from poi_search.text.analysis import Token
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.text.typography import DASH_SIGNS

INITIALS: Final = "initials"
"""The field with these names."""
FEWEST, _MOST = 3, 6
"""The number of letters: names of two words have initials that too many others have."""
_INSIDE = 2
"""At most as many function words are within a name."""
_OFTEN = 2
"""An article repeats its names; a phrase that it uses once is none, unless it has capitals.
It counts where it is whole: before and after it is no word that may belong to it."""
_WITHIN = frozenset(("of", "and", "in", "for", "the"))
"""The function words within names, which short forms leave out."""
_BETWEEN = re.compile(rf"[ {DASH_SIGNS}]")


class InitialedName(NamedTuple):
    """The words of a name as printed but folded, and whether each begins with a capital."""

    initials: str
    words: str
    capitals: bool

    @property
    def term(self) -> str:
        return f"{self.initials} {self.words}"


def names_in(text: str, tokens: Sequence[Token]) -> Iterator[InitialedName]:
    """Every run of words in a text that may be a name, and is not part of a longer one."""
    for at, token in enumerate(tokens):
        if _is_word(token) and token.exact not in FUNCTION_WORDS:
            yield from _names_from(text, tokens, at)


def _names_from(text: str, tokens: Sequence[Token], at: int) -> Iterator[InitialedName]:
    initials, words, skipped, capitals = "", [], 0, True
    last = None
    for place, token in enumerate(tokens[at : at + _MOST + _INSIDE], at):
        if not _is_word(token) or (last and not _BETWEEN.fullmatch(text, last.end, token.start)):
            return
        last = token
        words.append(token.exact)
        if token.exact in FUNCTION_WORDS:
            skipped += 1
            if skipped > _INSIDE or token.exact not in _WITHIN:
                return
            continue
        initials += token.exact[0]
        capitals = capitals and text[token.start].isupper()
        if len(initials) > _MOST:
            return
        if len(initials) >= FEWEST and _is_whole(text, tokens, at, place, capitals):
            yield InitialedName(initials, " ".join(words), capitals)


def _is_whole(text: str, tokens: Sequence[Token], first: int, last: int, capitals: bool) -> bool:
    """Whether no word next to `tokens[first : last + 1]` may belong to the same name. A word in
    small letters does not belong to a name with capitals."""
    before = tokens[first - 1 : first] if first else ()
    return not any(
        _BETWEEN.fullmatch(text, left.end, right.start)
        and beside.exact not in FUNCTION_WORDS
        and not (capitals and text[beside.start].islower() and text[left.end] == " ")
        for left, right, beside in (
            *((word, tokens[first], word) for word in before),
            *((tokens[last], word, word) for word in tokens[last + 1 : last + 2]),
        )
    )


def repeated(names: Iterable[InitialedName]) -> frozenset[str]:
    """The terms of the names that an article repeats, or prints in capitals."""
    counts: Counter[str] = Counter()
    certain: set[str] = set()
    for name in names:
        counts[name.term] += 1
        if name.capitals:
            certain.add(name.term)
    return frozenset(certain.union(term for term, count in counts.items() if count >= _OFTEN))


def _is_word(token: Token) -> bool:
    return token.exact.isalpha()
