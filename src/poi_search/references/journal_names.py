"""Which printed names are the same journal? Only what a library itself shows is used, no list.

Names that differ in case, stops, spaces, accents, a leading 'The' or '&' for 'and' are the same.
So is an abbreviation by the rules of ISO 4 and the full name (see `abbreviated_names`), and what
two lists print for the same paper, if one name can stand for the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from poi_search.references.abbreviated_names import (
    Words,
    abbreviation_pairs,
    can_stand_for,
    words,
)
from poi_search.references.matching import normal_title

_FEWEST = 2


class Journal(NamedTuple):
    """`name` is the most frequent of its names, the first printed of those that are as frequent;
    `forms` are the keys of all."""

    name: str
    forms: tuple[str, ...]


class PrintedJournal(NamedTuple):
    """A journal as an entry of a reference list prints it."""

    name: str
    year: int | None = None
    volume: str = ""


def journal_key(name: str) -> str:
    """The same for all forms of a name that differ only in how it is written."""
    return normal_title(" ".join(_plain_words(name)))


def find_journals(
    printed: Iterable[PrintedJournal], same_papers: Iterable[Sequence[str]] = ()
) -> dict[str, Journal]:
    """The journal of each printed name. `same_papers` has the names printed for the same paper."""
    volumes: dict[str, list[PrintedJournal]] = defaultdict(list)
    keys: dict[str, str] = {}
    for each in printed:
        if each.name not in keys:
            keys[each.name] = journal_key(each.name)
        if keys[each.name]:
            volumes[keys[each.name]].append(each)
    journals = _Journals(volumes)
    for names in same_papers:
        journals.join_alike([name for name in dict.fromkeys(names) if keys.get(name)], keys)
    forms: dict[Words, str] = {}
    for name, key in keys.items():
        if key:
            journals.join(forms.setdefault(words(name), key), key)
    for short, full in abbreviation_pairs(forms):
        journals.join(forms[short], forms[full])
    return journals.by_name(keys)


def _plain_words(name: str) -> list[str]:
    plain = [word for word in name.casefold().replace("&", " and ").split() if word != "and"]
    return plain[1:] if plain[:1] == ["the"] and len(plain) > 1 else plain


class _Journals:
    """The journals found so far, each a set of keys."""

    def __init__(self, volumes: Mapping[str, list[PrintedJournal]]) -> None:
        self._volumes = volumes
        self._keys = {key: [key] for key in volumes}

    def join_alike(self, names: Sequence[str], keys: Mapping[str, str]) -> None:
        for place, name in enumerate(names):
            for other in names[:place]:
                if can_stand_for(name, other) or can_stand_for(other, name):
                    self.join(keys[name], keys[other])

    def join(self, key: str, other: str) -> None:
        """Make the journals of two keys one, unless their volumes are counted from other years."""
        one, two = self._keys[key], self._keys[other]
        if one is two or _differ(self._first_years(one), self._first_years(two)):
            return
        one += two
        for each in two:
            self._keys[each] = one

    def by_name(self, keys: Mapping[str, str]) -> dict[str, Journal]:
        counts = Counter(each.name for listed in self._volumes.values() for each in listed)
        found: dict[str, Journal] = {}
        for name in sorted(filter(keys.get, keys), key=lambda name: -counts[name]):
            forms = self._keys[keys[name]]
            if forms[0] not in found:
                found |= dict.fromkeys(forms, Journal(name, tuple(forms)))
        return {name: found[key] for name, key in keys.items() if key}

    def _first_years(self, keys: Iterable[str]) -> set[int]:
        """The years in which the volumes would be the first, if there were one in each year."""
        first_years = {
            each.year: each.year - int(each.volume)
            for key in keys
            for each in self._volumes[key]
            if each.year and each.volume.isdecimal()
        }
        return set(first_years.values()) if len(first_years) >= _FEWEST else set()


def _differ(years: set[int], others: set[int]) -> bool:
    """Whether both journals have a volume a year, and count them from different years."""
    if not years or not others or any(max(some) - min(some) > 1 for some in (years, others)):
        return False
    return min(years) > max(others) + 1 or min(others) > max(years) + 1
