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
_ADDITION = re.compile(r"\s*\([^()]*\)|\s+[:=/]\s.*|\s*:\s.*")
# How a word ends that is printed in full; an abbreviation mostly ends before a vowel.
_WHOLE = re.compile(r".*(?:[aeoyshk]|ion|ment|ing|al|ic|er|or|ar|an|ist)")
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
            full = [name for name in some if name != short and _abbreviates(short, name)]
            if full and not _is_ambiguous(full) and not _is_doubtful(short, full, some):
                yield from ((short, name) for name in full)


def can_stand_for(name: str, other: str) -> bool:
    """Whether a name is another one without an addition, or in a shorter form of any kind."""
    one, two = words(_ADDITION.sub("", name)), words(_ADDITION.sub("", other))
    if len(one) == len(two):
        return all(map(_is_within, one, two))
    letters = "".join(word[0] for word in two)
    return len(one) == 1 and len(one[0]) >= _SHORTEST_ACRONYM and letters.startswith(one[0])


def _abbreviates(short: Words, full: Words) -> bool:
    return all(map(_is_abbreviation, short, full))


def _is_abbreviation(short: str, full: str) -> bool:
    if short == full:
        return True
    if len(full) - len(short) < 2 or not _WHOLE.fullmatch(full):
        return False
    is_contraction = len(short) > 2 and short[-1] == full[-1] and full.startswith(short[:-1])
    return full.startswith(short) or is_contraction


def _is_ambiguous(full: list[Words]) -> bool:
    """Whether two of the names are not forms of each other."""
    return any(
        not _abbreviates(one, two) and not _abbreviates(two, one)
        for place, one in enumerate(full)
        for two in full[:place]
    )


def _is_doubtful(short: Words, full: list[Words], alike: list[Words]) -> bool:
    """Whether a name cuts a word earlier than another abbreviation does: 'Dis' is hardly
    'Discovery' where that is 'Discov'."""
    others = [(name, other) for name in full for other in alike if _abbreviates(other, name)]
    return any(
        len(set(forms)) > 2
        for name, other in others
        for forms in zip(short, other, name, strict=True)
    )


def _is_within(short: str, full: str) -> bool:
    """Whether the letters of one word are in another in sequence, from the first on."""
    rest = iter(full)
    return short[:1] == full[:1] and all(letter in rest for letter in short)
