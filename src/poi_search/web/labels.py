"""Template filters that format numbers, dates and names for readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from poi_search.index.coverage import describe_coverage
from poi_search.references.links import outward_links
from poi_search.references.names import full_name
from poi_search.references.publication_notices import notice_address, notice_date, notice_line
from poi_search.results import ArticleView, Place
from poi_search.search.evidence import CellDirection
from poi_search.search.filters import left_out
from poi_search.search.reason_texts import answer, reading
from poi_search.search.unit_notes import retracted

KINDS: Mapping[str, tuple[str, str]] = {
    "section": ("Passage", "Passages"),
    "table": ("Table row", "Table rows"),
    "figure": ("Figure", "Figures"),
    "reference": ("Reference", "References"),
}


def number(value: int) -> str:
    """12 345, with a narrow no-break space."""
    return f"{value:,}".replace(",", "\u202f")


def day(moment: str) -> str:
    """An ISO date or time as '22 November 2026, 15:10'; anything else unchanged."""
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{at.day} {at:%B %Y}" + (f", {at:%H:%M}" if "T" in moment else "")


def people(names: Sequence[str]) -> str:
    """At most three names: 'Lan Shi, Zhifen Zhang, Miao Deng and 3 others'."""
    rest = len(names) - 3
    shown = ", ".join(names[:3])
    return f"{shown} and {rest} {'other' if rest == 1 else 'others'}" if rest > 0 else shown


def total_counts(articles: Iterable[ArticleView]) -> Mapping[str, int]:
    """The number of units of some articles by kind."""
    total: Counter[str] = Counter()
    for article in articles:
        total.update(article.counts)
    return total


def count_list(counts: Mapping[str, int]) -> str:
    """'46 passages, 17 table rows, 2 figures and 98 references'."""
    parts = [
        f"{number(counts[kind])} {names[counts[kind] != 1].lower()}"
        for kind, names in KINDS.items()
        if counts.get(kind)
    ]
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:]))) or "nothing yet"


def place(section: Place) -> str:
    """'3.4 › The application of …', or only the heading if it has no number."""
    heading = section.title.removeprefix(section.number).lstrip(". ") if section.number else ""
    return f"{section.number} › {heading}" if heading else section.title


def slug(value: str) -> str:
    """A value in a form suitable for ids."""
    return re.sub(r"\W+", "-", value).strip("-").lower()


ARROWS: Mapping[CellDirection, str] = {
    "raises": "↑",
    "lowers": "↓",
    "both": "↑↓",
    "not said": "",
}


_ALL = (
    number, day, full_name, people, total_counts, count_list, place, reading, slug, answer,
    outward_links, left_out, describe_coverage, notice_address, notice_date, notice_line, retracted,
)  # fmt: skip
FILTERS = {function.__name__: function for function in _ALL}
