"""The authors that a question names: 'Li et al', 'Li 2021', 'Ding and Yan, 2018'."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from poi_search.text.analysis import Token, tokenize

_NEXT_TO_AUTHOR = re.compile(r"\bet al\b|\b(?:19|20)\d\d\b", re.IGNORECASE)
_MOST_WORDS = 3
"""The number of words of the longest family name, such as 'van der Berg'."""


class AuthorName(NamedTuple):
    """`text[start:end]` is the family name of a first author; `key` has its stems."""

    key: str
    start: int
    end: int


def find_authors(text: str, is_author: Callable[[str], bool]) -> tuple[AuthorName, ...]:
    """Names before 'et al' or a year that are family names of first authors."""
    if not _NEXT_TO_AUTHOR.search(text):
        return ()
    tokens = tokenize(text)
    found = {
        name.end: name
        for stop in _ends_of_names(tokens)
        for name in _name_before(tokens, stop, is_author)
    }
    return tuple(found.values())


def _ends_of_names(tokens: Sequence[Token]) -> Iterator[int]:
    """The places in `tokens` before which the name of an author may end."""
    words = [token.exact for token in tokens]
    for place in range(1, len(words)):
        if words[place : place + 2] == ["et", "al"]:
            yield place
        elif _is_year(words[place]) and not tokens[place].tight:
            yield place
            if place > 2 and words[place - 2] == "and":
                yield place - 2


def _name_before(
    tokens: Sequence[Token], stop: int, is_author: Callable[[str], bool]
) -> Iterator[AuthorName]:
    """The longest known name that ends before `stop`, if there is one."""
    for start in range(max(stop - _MOST_WORDS, 0), stop):
        name = tokens[start:stop]
        key = " ".join(token.stem for token in name)
        if not name[0].tight and is_author(key):
            yield AuthorName(key, name[0].start, name[-1].end)
            return


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")
