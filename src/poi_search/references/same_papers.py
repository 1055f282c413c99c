"""Which entries of reference lists are the same paper?

A shared DOI or PMID proves it, unless what else is known of the two differs. Without a shared one,
the title and year do, if no identifier and no first author differs; but not for two entries of one
list, whose authors mean two works, and not where the title and year also fit a different paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from poi_search.article import Reference
from poi_search.references.identifiers import doi_key
from poi_search.references.matching import MIN_TITLE, normal_title
from poi_search.references.names import family_name


class ListedPaper(NamedTuple):
    """What an entry says of its paper: `id` is that of the entry, `list` that of its article.

    The title and the first author are in a form for comparison; '' for what is unknown.
    """

    id: str
    list: str
    doi: str = ""
    pmid: str = ""
    title: str = ""
    year: int | None = None
    author: str = ""

    @classmethod
    def of(cls, id: str, list: str, reference: Reference) -> ListedPaper:
        author = normal_title(family_name(reference.names[0])) if reference.names else ""
        title = normal_title(reference.title)
        doi = doi_key(reference.doi)
        return cls(id, list, doi, reference.pmid, title, reference.year, author)


Groups = tuple[tuple[str, ...], ...]
"""The ids of entries of the same paper, in the order of the lists."""


class PaperGroups(NamedTuple):
    """`by_identifier` has the groups that a DOI or PMID proves, `every` those that a title and year
    prove as well."""

    by_identifier: Groups
    every: Groups


def group_papers(listed: Sequence[ListedPaper]) -> PaperGroups:
    grouping = _Grouping(listed)
    grouping.join_by_identifiers()
    by_identifier = grouping.groups()
    grouping.join_by_titles()
    return PaperGroups(by_identifier, grouping.groups())


class _Grouping:
    """Entries in groups, each with the place of an earlier one of its group, or its own."""

    def __init__(self, listed: Sequence[ListedPaper]) -> None:
        self._listed = listed
        self._earlier = list(range(len(listed)))

    def join_by_identifiers(self) -> None:
        for name in ("doi", "pmid"):
            for places in self._alike(name):
                self._join_compatible(places)

    def join_by_titles(self) -> None:
        for places in self._alike("title", "year"):
            self._join_by_title(places)

    def groups(self) -> Groups:
        groups: dict[int, list[str]] = {}
        for place, paper in enumerate(self._listed):
            groups.setdefault(self._root(place), []).append(paper.id)
        return tuple(tuple(ids) for ids in groups.values() if len(ids) > 1)

    def _alike(self, *names: str) -> list[list[int]]:
        """The places of entries that have the same values, none of them unknown."""
        alike: dict[tuple[object, ...], list[int]] = {}
        for place, paper in enumerate(self._listed):
            values = tuple(getattr(paper, name) for name in names)
            if all(values):
                alike.setdefault(values, []).append(place)
        return [places for places in alike.values() if len(places) > 1]

    def _join_compatible(self, places: Iterable[int]) -> None:
        """Join each entry with the first that it can be the same paper as."""
        firsts: list[int] = []
        for place in places:
            one = self._listed[place]
            same = next((at for at in firsts if _can_share(self._listed[at], one)), None)
            if same is None:
                firsts.append(place)
            else:
                self._join(same, place)

    def _join_by_title(self, places: list[int]) -> None:
        """Join the entries with the same title and year, or those of them by one author, if they
        cannot be different papers."""
        if len(self._listed[places[0]].title) < MIN_TITLE or self._join_all(places):
            return
        by_author: dict[str, list[int]] = {}
        for place in places:
            by_author.setdefault(self._listed[place].author, []).append(place)
        for author, written in by_author.items():
            if author:
                self._join_all(written)

    def _join_all(self, places: Sequence[int]) -> bool:
        pairs = combinations(places, 2)
        if any(self._root(a) != self._root(b) and self._differ(a, b) for a, b in pairs):
            return False
        for place in places[1:]:
            self._join(places[0], place)
        return True

    def _differ(self, place: int, other: int) -> bool:
        one, two = self._listed[place], self._listed[other]
        return (
            one.list == two.list
            or _unlike(one.doi, two.doi)
            or _unlike(one.pmid, two.pmid)
            or not (one.author.endswith(two.author) or two.author.endswith(one.author))
        )

    def _join(self, place: int, other: int) -> None:
        first, second = sorted((self._root(place), self._root(other)))
        self._earlier[second] = first

    def _root(self, place: int) -> int:
        while self._earlier[place] != place:
            self._earlier[place] = place = self._earlier[self._earlier[place]]
        return place


def _can_share(one: ListedPaper, other: ListedPaper) -> bool:
    """Whether two entries with the same DOI or PMID can be one paper: a misprint may give an
    identifier to another one."""
    differs = _unlike(one.doi, other.doi) or _unlike(one.pmid, other.pmid)
    return not differs or (one.title == other.title and one.title != "")


def _unlike(one: str, other: str) -> bool:
    return bool(one and other) and one != other
