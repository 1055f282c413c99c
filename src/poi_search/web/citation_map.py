"""The citation map: which sections of an article cite which references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median_low

from poi_search.article import Article, Reference
from poi_search.references import links
from poi_search.results import SectionView, UnitView
from poi_search.web.histogram import Histogram, histogram

_MOST_CITED = 12


@dataclass(frozen=True, slots=True)
class CitedReference:
    """A reference with the number of units that cite it, and of the sections they are in."""

    reference: Reference
    label: str
    units: int
    sections: int


@dataclass(frozen=True, slots=True)
class MapLine:
    """One section: the references it cites, by number, and their median year."""

    section: SectionView
    cited: tuple[CitedReference, ...]
    middle_year: int | None


@dataclass(frozen=True, slots=True)
class MapRow:
    """One reference: for each line of the map, the units that cite it."""

    cited: CitedReference
    cells: tuple[tuple[UnitView, ...], ...]


@dataclass(frozen=True, slots=True)
class CitationMap:
    """`lines` are the sections with citations; `by_year` has all references, oldest first."""

    lines: tuple[MapLine, ...]
    by_year: tuple[tuple[int | None, tuple[MapRow, ...]], ...]
    columns: tuple[CitedReference, ...]
    most_cited: tuple[CitedReference, ...]
    histogram: Histogram | None


def citation_map(
    article: Article, sections: Iterable[SectionView], units: Iterable[UnitView]
) -> CitationMap:
    """The map of one article; sections without citations are left out."""
    known = {unit.anchor: unit for unit in units if unit.citations}
    held = {s: [known[anchor] for anchor in s.anchors if anchor in known] for s in sections}
    held = {section: group for section, group in held.items() if group}
    places = Counter(link.number for group in held.values() for u in group for link in u.citations)
    spread = Counter(number for group in held.values() for number in _numbers(group))
    columns = tuple(
        CitedReference(ref, links.label(ref), places[ref.number], spread[ref.number])
        for ref in article.references
    )
    rows = [
        MapRow(cited, tuple(_units_citing(group, cited) for group in held.values()))
        for cited in columns
    ]
    rows.sort(key=lambda row: (row.cited.reference.year or 9999, row.cited.reference.number))
    most = sorted(columns, key=lambda c: (-c.units, -c.sections, c.reference.number))
    return CitationMap(
        tuple(_line(section, group, columns) for section, group in held.items()),
        tuple((year, tuple(run)) for year, run in groupby(rows, lambda r: r.cited.reference.year)),
        columns,
        tuple(c for c in most[:_MOST_CITED] if c.units > 1),
        histogram(Counter(r.year for r in article.references if r.year is not None)),
    )


def _numbers(units: Iterable[UnitView]) -> set[int]:
    return {link.number for unit in units for link in unit.citations}


def _units_citing(units: Iterable[UnitView], cited: CitedReference) -> tuple[UnitView, ...]:
    return tuple(unit for unit in units if cited.reference.number in _numbers((unit,)))


def _line(
    section: SectionView, units: Sequence[UnitView], columns: Sequence[CitedReference]
) -> MapLine:
    numbers = _numbers(units)
    cited = tuple(c for c in columns if c.reference.number in numbers)
    years = [c.reference.year for c in cited if c.reference.year is not None]
    return MapLine(section, cited, median_low(years) if years else None)
