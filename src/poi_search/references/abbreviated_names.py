"""When does one name of a journal abbreviate another?

By ISO 4, an abbreviation keeps the order of the words, drops articles, conjunctions and
prepositions, and cuts off at least two letters of a word, or all letters between its beginning and
its last one ('Natl'); a name of one word is not abbreviated.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

_DROPPED = frozenset(
    "and the of in for on to at by de del della der des die das du di da do dos el et fur"
    " il la las le les los und".split()
)
_WORD = re.compile(r"[^\W_]+")
_ADDITION = re.compile(r"\([^()]*\)|:\s.*|\s[=/]\s.*")
# How a word ends that is printed in full; an abbreviation mostly ends before a vowel.
_WHOLE = re.compile(r".*(?:[aeoyshkwx]|ion|ment|ing|al|ic|er|or|ar|an|ist|ed|land|tin)")
_SHORTEST_ACRONYM = 3

Words = tuple[str, ...]


def words(name: str) -> Words:
    """The words of a name without case and accents, and without those that are not abbreviated."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    found = [word for word in _WORD.findall(plain) if word not in _DROPPED]
    return tuple(found) or tuple(_WORD.findall(plain))


def abbreviation_pairs(names: Iterable[Words]) -> Iterator[tuple[Words, Words]]:
    """Abbreviations with the names that they stand for, as far as these names leave no doubt."""
    alike: dict[Words, list[Words]] = defaultdict(list)
    for name in names:
        if len(name) > 1:
            alike[tuple(word[0] for word in name)].append(name)
    for some in alike.values():
        for short in some:
            longer = [name for name in some if name != short and _shortens(short, name)]
            if longer and not _is_ambiguous(longer) and not _is_doubtful(short, longer):
                yield from ((short, name) for name in longer if _is_full(short, name))


def can_stand_for(name: str, other: str) -> bool:
    """Whether a name is another one without an addition, or in a shorter form of any kind."""
    one, two = words(_ADDITION.sub("", name)), words(_ADDITION.sub("", other))
    if len(one) == len(two):
        return all(map(_is_within, one, two))
    letters = "".join(word[0] for word in two)
    return len(one) == 1 and len(one[0]) >= _SHORTEST_ACRONYM and letters.startswith(one[0])


def _shortens(short: Words, name: Words) -> bool:
    return all(map(_is_abbreviation, short, name))


def _is_abbreviation(short: str, word: str) -> bool:
    if len(word) - len(short) < 2:
        return short == word
    if word.startswith(short):
        return True
    is_contraction = len(short) > 2 and short[-1] == word[-1] and word.startswith(short[:-1])
    return is_contraction and _WHOLE.fullmatch(word) is not None


def _is_full(short: Words, name: Words) -> bool:
    """Whether the words that are cut in one name look whole in the other."""
    return all(cut == word or _WHOLE.fullmatch(word) for cut, word in zip(short, name, strict=True))


def _is_ambiguous(longer: list[Words]) -> bool:
    """Whether two of the names are not forms of each other."""
    return any(
        not _shortens(one, two) and not _shortens(two, one)
        for place, one in enumerate(longer)
        for two in longer[:place]
    )


def _is_doubtful(short: Words, longer: list[Words]) -> bool:
    """Whether a name cuts a word earlier than another abbreviation does: 'Dis' is hardly
    'Discovery' where that is 'Discov'."""
    return any(
        len(cut) < len(other) < len(word) and _shortens(between, name)
        for name in longer
        for between in longer
        for cut, other, word in zip(short, between, name, strict=True)
    )


def _is_within(short: str, full: str) -> bool:
    """Whether the letters of one word are in another in sequence, from the first on."""
    rest = iter(full)
    return short[:1] == full[:1] and all(letter in rest for letter in short)
