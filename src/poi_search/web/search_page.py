"""The parts of the search page around the hits: chips, corrections, filters, pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from poi_search.query_view import ConceptView, QueryView
from poi_search.references import links
from poi_search.results import FacetCount, Results, SearchRequest
from poi_search.web import labels
from poi_search.web.addresses import address

SORTS: Mapping[str, str] = {
    "relevance": "Best first",
    "-year": "Newest first",
    "year": "Oldest first",
    "order": "In reading order",
}
_SHOWN = 8
_MORE = 40


@dataclass(frozen=True, slots=True)
class Chip:
    """A concept in the question, its source, and the address of the search without it."""

    concept: ConceptView
    source: str
    off: str


@dataclass(frozen=True, slots=True)
class PageLink:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """A value to filter by; `depth` is 1 for a subsection."""

    value: str
    label: str
    count: int
    chosen: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One filter: the values shown first, and those under 'more'."""

    name: str
    title: str
    first: tuple[FacetChoice, ...]
    more: tuple[FacetChoice, ...] = ()


def chips(results: Results, request: SearchRequest) -> tuple[Chip, ...]:
    seen: dict[str, Chip] = {}
    for concept in results.query.concepts:
        without = (*request.without, concept.id)
        url = address(request, without=without)
        seen.setdefault(concept.id, Chip(concept, links.concept_source(concept.id), url))
    return tuple(seen.values())


def literal_searches(query: QueryView, request: SearchRequest) -> tuple[tuple[str, PageLink], ...]:
    """Each correction with a link to the search for the words as typed."""
    out = []
    for correction in query.corrections:
        literal = re.sub(
            rf"(?<!\w){re.escape(correction.from_)}(?!\w)", f'"{correction.from_}"', query.text
        )
        out.append((correction.to, PageLink(correction.from_, address(request, q=literal))))
    return tuple(out)


def active_filters(request: SearchRequest) -> tuple[PageLink, ...]:
    """The active filters, each with a link to the search without it."""
    out = []
    for name, word in (("kind", ""), ("section", "Section "), ("journal", ""), ("article", "")):
        values: tuple[str, ...] = getattr(request, name)
        for value in values:
            rest = tuple(other for other in values if other != value)
            shown = labels.KINDS[value][1] if name == "kind" else word + value
            changes: dict[str, Any] = {name: rest}
            out.append(PageLink(shown, address(request, **changes)))
    if request.year_from is not None or request.year_to is not None:
        out.append(
            PageLink(
                _years(request.year_from, request.year_to),
                address(request, year_from=None, year_to=None),
            )
        )
    if request.cites is not None:
        out.append(PageLink(f"Cites reference {request.cites}", address(request, cites=None)))
    return tuple(out)


def _years(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return f"{first} or later" if first is not None else f"{last} or earlier"
    return str(first) if first == last else f"{first}–{last}"


def unfiltered_address(request: SearchRequest) -> str:
    """The address of the same question without filters."""
    bare = SearchRequest(
        q=request.q,
        synonyms=request.synonyms,
        without=request.without,
        repeats=request.repeats,
    )
    return address(bare)


def journals(results: Results, request: SearchRequest) -> tuple[str, ...]:
    """The journals searched, by the names that the facet has for them."""
    names: Any = results.query.filters.get("journal", request.journal)
    return tuple(names)


def facet_groups(results: Results, request: SearchRequest) -> tuple[FacetGroup, ...]:
    facets = results.facets
    kinds = _choices(facets.kind, request.kind, {k: v[1] for k, v in labels.KINDS.items()})
    order = list(labels.KINDS)
    groups = [
        FacetGroup("kind", "Kind", tuple(sorted(kinds, key=lambda c: order.index(c.value)))),
        _cut("section", "Section", _sections(facets.section, request.section), 99),
        _cut("journal", "Journal", _choices(facets.journal, request.journal), _SHOWN),
        _cut("article", "Article", _choices(facets.article, request.article), _SHOWN),
    ]
    if len(facets.article) > 1 and len(request.article) != 1 and not request.section:
        del groups[1]  # the same number is a different section in each article
    return tuple(g for g in groups if len(g.first) > 1 or any(c.chosen for c in g.first))


def page_links(results: Results, request: SearchRequest) -> tuple[PageLink | None, ...]:
    """Links to the pages around this one, with None for a gap; empty for a single page."""
    last = max(1, -(-results.total // results.per_page))
    return number_links(last, results.page, lambda page: address(request, page=page))


def number_links(last: int, page: int, url: Callable[[int], str]) -> tuple[PageLink | None, ...]:
    """Links to the first page, the last and those around one; empty for a single page."""
    if last == 1:
        return ()
    near = {1, last, *range(max(1, page - 1), min(last, page + 1) + 1)}
    out: list[PageLink | None] = []
    for number in sorted(near):
        if out and number - 1 not in near:
            out.append(None)
        out.append(PageLink(str(number), url(number)))
    return tuple(out)


def _choices(
    counts: Iterable[FacetCount], chosen: tuple[str, ...], names: Mapping[str, str] | None = None
) -> list[FacetChoice]:
    names = names or {}
    out = [
        FacetChoice(
            str(c.value),
            c.label or names.get(str(c.value), str(c.value)),
            c.count,
            str(c.value) in chosen,
        )
        for c in counts
    ]
    there = {choice.value for choice in out}
    return out + [FacetChoice(v, names.get(v, v), 0, True) for v in chosen if v not in there]


def _sections(counts: Iterable[FacetCount], chosen: tuple[str, ...]) -> list[FacetChoice]:
    """The sections, numbers before headings, with the depth of subsections."""
    found = []
    for choice in _choices(counts, chosen):
        numbered = choice.value[:1].isdigit()
        label = choice.label
        if numbered and not label.startswith(choice.value):
            label = f"{choice.value} {label}"
        depth = choice.value.count(".") if numbered else 0
        found.append(replace(choice, label=label, depth=depth))
    return found


def _cut(name: str, title: str, choices: list[FacetChoice], shown: int) -> FacetGroup:
    first = [c for i, c in enumerate(choices) if i < shown or c.chosen]
    more = [c for i, c in enumerate(choices) if shown <= i < shown + _MORE and not c.chosen]
    return FacetGroup(name, title, tuple(first), tuple(more))
