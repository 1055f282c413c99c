"""References by year as a bar chart: the coordinates of an inline SVG, without markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

WIDTH, HEIGHT = 240, 56
_GAP = 1.0
_LEAST = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One year; coordinates are in units of the SVG's view box, from its top left."""

    year: int
    count: int
    x: float
    y: float
    width: float
    height: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Histogram:
    """`first` and `last` bound the years shown; `low` and `high` the years selected."""

    bars: tuple[Bar, ...]
    first: int
    last: int
    low: int
    high: int
    width: int = WIDTH
    height: int = HEIGHT


def histogram(
    counts: Mapping[int, int] | Iterable[tuple[int, int]],
    low: int | None = None,
    high: int | None = None,
) -> Histogram | None:
    """A bar for every year from the first to the last, including empty ones; None without data."""
    by_year = dict(counts)
    if not by_year:
        return None
    first, last = min(by_year), max(by_year)
    chosen_low, chosen_high = low if low is not None else first, high if high is not None else last
    step = WIDTH / (last - first + 1)
    top = max(by_year.values())
    bars = []
    for year in range(first, last + 1):
        count = by_year.get(year, 0)
        height = max(_LEAST, HEIGHT * count / top) if count else 0.0
        bars.append(
            Bar(
                year,
                count,
                round((year - first) * step, 2),
                round(HEIGHT - height, 2),
                round(max(step - _GAP, step * 0.6), 2),
                round(height, 2),
                chosen_low <= year <= chosen_high,
            )
        )
    return Histogram(tuple(bars), first, last, chosen_low, chosen_high)
