"""Short forms that nothing defines: a guess at what they stand for, by their initials."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from poi_search.query.reading import QueryName, Reading
from poi_search.text.analysis import stems

_FEWEST, _MOST = 3, 6
_UNCAPITALIZED = 4
"""In a question without capitals, longer words are rather misspelled."""

Guess = Callable[[str], str]
"""Initials in small letters → the phrase of the library that has them; '' if there is none."""


class GuessedName(Struct, frozen=True, gc=False):
    """A short form of a question, and the phrase that it is taken for."""

    name: QueryName
    phrase: str

    @property
    def stems(self) -> tuple[str, ...]:
        return stems(self.phrase)


def guessed_names(
    text: str, reading: Reading, guess: Guess, knows: Callable[[str], bool]
) -> tuple[GuessedName, ...]:
    """The short forms among the names of a reading that no concept explains, where the library has
    a phrase for them. In small letters, a word that it `knows` is none."""
    found = []
    for name in reading.names:
        typed = text[name.start : name.end].removesuffix("s")
        if _is_short_form(typed, text, name, knows) and not _is_explained(name, reading):
            phrase = guess(typed.lower())
            if phrase:
                found.append(GuessedName(name, phrase))
    return tuple(found)


def _is_short_form(typed: str, text: str, name: QueryName, knows: Callable[[str], bool]) -> bool:
    if not (typed.isascii() and typed.isalpha() and _FEWEST <= len(typed) <= _MOST):
        return False
    if typed.isupper():
        return not text.isupper() or " " not in text.strip()
    return text.islower() and len(typed) <= _UNCAPITALIZED and not knows(name.stems[0])


def _is_explained(name: QueryName, reading: Reading) -> bool:
    within = (each.start <= name.start and name.end <= each.end for each in reading.general)
    return name.mention >= 0 or name.author or any(within)
