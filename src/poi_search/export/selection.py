"""Choosing the references of an export: by a search, by id, or all of them.

References come with their unit ids, in the order of the results, the ids or the lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Protocol

from msgspec.structs import replace

from poi_search.article import Article, Reference
from poi_search.results import ArticleView, SearchRequest, UnitView

ReferenceList = list[tuple[str, Reference]]


class Shelf(Protocol):
    """The part of a library that is needed here."""

    def found_units(self, request: SearchRequest, /) -> Iterator[UnitView]: ...

    def unit(self, id: str, /) -> UnitView | None: ...

    def article(self, id: str, /) -> Article | None: ...

    def articles(self) -> list[ArticleView]: ...


class UnknownIdError(LookupError):
    """There is no unit with this id in the library."""


def all_references(shelf: Shelf) -> ReferenceList:
    """Every reference of every article."""
    lists = (_Lists(shelf).of(view.id) for view in shelf.articles())
    return [item for numbered in lists for item in numbered.values()]


def named_references(shelf: Shelf, ids: Iterable[str]) -> ReferenceList:
    """The references with these ids; for any other unit, the references it cites.

    Raises UnknownIdError for an id that is not in the library.
    """
    lists, found = _Lists(shelf), []
    for unit_id in ids:
        view = shelf.unit(unit_id)
        if view is None:
            raise UnknownIdError(unit_id)
        found += lists.at(view, cited=True)
    return list(dict(found).items())


def found_references(shelf: Shelf, request: SearchRequest, cited: bool = False) -> ReferenceList:
    """All references found by a search; an empty search finds every reference.

    With `cited`, also those that the passages, rows and captions found cite. A paper that is in
    several lists is one reference, unless the search asks for each entry.
    """
    if replace(request, repeats="off") == SearchRequest():
        request = replace(request, kind=("reference",))
    lists, found = _Lists(shelf), []
    for view in shelf.found_units(request):
        found += lists.at(view, cited)
    every = list(dict(found).items())
    return lists.without_repeats(every) if cited and request.repeats == "off" else every


class _Lists:
    """The reference lists of the articles, each read once."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._read: dict[str, dict[int, tuple[str, Reference]]] = {}

    def of(self, article_id: str) -> dict[int, tuple[str, Reference]]:
        if article_id not in self._read:
            article = self._shelf.article(article_id)
            references = article.references if article else ()
            self._read[article_id] = {
                r.number: (f"{article_id}/ref-{r.number}", r) for r in references
            }
        return self._read[article_id]

    def at(self, view: UnitView, cited: bool) -> ReferenceList:
        """The reference that the unit is, or, if `cited`, those it cites."""
        if view.reference:
            numbers = [view.reference.number]
        else:
            numbers = [citation.number for citation in view.citations] if cited else []
        numbered = self.of(view.article) if numbers else {}
        return [numbered[number] for number in numbers if number in numbered]

    def without_repeats(self, found: ReferenceList) -> ReferenceList:
        """The first reference to each paper."""
        kept: dict[str, tuple[str, Reference]] = {}
        for unit_id, reference in found:
            kept.setdefault(self._first_entry(unit_id), (unit_id, reference))
        return list(kept.values())

    def _first_entry(self, unit_id: str) -> str:
        """The id of the first entry of the same paper in the library."""
        view = self._shelf.unit(unit_id)
        others = view.reference.same_as[:1] if view and view.reference else ()
        return min((unit_id, *(link.id for link in others)), key=self._place)

    def _place(self, unit_id: str) -> tuple[int, int]:
        article, _, anchor = unit_id.partition("/")
        return self._order[article], int(anchor.removeprefix("ref-"))

    @cached_property
    def _order(self) -> dict[str, int]:
        return {view.id: place for place, view in enumerate(self._shelf.articles())}
