"""A word of a question, or the short form that is spelled like it?

'CAT' asks for the short form if a text prints it. 'cat' asks for both, as people type short forms
in small letters, and 'cats' for the word only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice, product

from poi_search.text.analysis import Token, tokenize
from poi_search.text.capitals import is_everyday, printed_short_form

Prints = Callable[[str], bool]
"""Whether a text of the library prints this short form, given in capitals."""
Terms = Mapping[int, tuple[str, ...]]
"""The start of a word → the terms that it asks for, if they are not just its stem."""
Wordings = tuple[tuple[str, ...], ...]
"""Sequences of terms, each of which answers the same words; the first is the likeliest."""

_MOST = 8


def terms_asked(text: str, tokens: Iterable[Token], prints: Prints) -> dict[int, tuple[str, ...]]:
    """The terms that the words of a question ask for, where these are not just their stems."""
    asked: dict[int, tuple[str, ...]] = {}
    is_all_capitals = text.isupper() and len([*filter(str.isalpha, text.split())]) > 1
    for token in tokens:
        if _may_be_short_form(token):
            typed = "" if is_all_capitals else printed_short_form(text, token)
            if typed and prints(typed):
                asked[token.start] = (typed,)
            elif prints(token.exact.upper()):
                asked[token.start] = (token.stem, token.exact.upper())
    return asked


def as_subjects(tokens: Iterable[Token], asked: Terms) -> list[Token]:
    """The tokens, those typed as short forms with these as their exact forms, so that they are no
    function words: the WHO criteria."""
    named = {start: terms[0] for start, terms in asked.items() if len(terms) == 1}
    return [token._replace(exact=named.get(token.start, token.exact)) for token in tokens]


def wordings(
    stems: Sequence[str], tokens: Iterable[Token], asked: Terms, start: int, end: int
) -> Wordings:
    """What answers the words with these stems, which are among the tokens from `start` to `end`."""
    if not any(start <= place < end for place in asked):
        return (tuple(stems),)
    inside = iter([token for token in tokens if start <= token.start < end])
    terms = []
    for stem in stems:
        token = next((token for token in inside if token.stem == stem), None)
        terms.append(asked.get(token.start, (stem,)) if token else (stem,))
    return tuple(islice(product(*terms), _MOST))


def typed_wordings(text: str, prints: Prints) -> Wordings:
    """The wordings of a whole text of a question; () if it has no words."""
    tokens = tokenize(text)
    stems = [token.stem for token in tokens]
    asked = terms_asked(text, tokens, prints)
    return wordings(stems, tokens, asked, 0, len(text)) if tokens else ()


def either_case(tokens: Sequence[Token]) -> Wordings:
    """The wordings of words in a field, where capitals make no difference."""
    terms = [
        (token.stem, token.exact.upper()) if _may_be_short_form(token) else (token.stem,)
        for token in tokens
    ]
    return tuple(islice(product(*terms), _MOST))


def side_by_side(left: Wordings, right: Wordings) -> Wordings:
    """The wordings of one thing followed by those of another."""
    return tuple(islice(((*a, *b) for a, b in product(left, right)), _MOST))


def _may_be_short_form(token: Token) -> bool:
    return len(token.exact) > 1 and is_everyday(token.exact)
