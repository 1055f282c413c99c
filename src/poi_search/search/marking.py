"""Which marks help someone who reads a whole article. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from poi_search.search.expanded_asks import ExpandedAsk
from poi_search.search.highlight import Found

_MOST = 0.5
"""What is in more than this share of the units is on every page, and shows nothing."""


def telling_marks(
    found: Mapping[str, Sequence[Found]], asks: Sequence[ExpandedAsk], units: int
) -> dict[str, tuple[Found, ...]]:
    """The marks without those of bare words, then without those of what most of the `units` name,
    as long as some are left. `found` has the marks of each unit by its id."""
    bare = {number for number, ask in enumerate(asks) if ask.bare}
    kept = _without(found, bare)
    named_in = Counter(ask for spans in kept.values() for ask in {each.ask for each in spans})
    return _without(kept, {ask for ask, count in named_in.items() if count > _MOST * units})


def _without(
    found: Mapping[str, Sequence[Found]], dropped: set[int]
) -> dict[str, tuple[Found, ...]]:
    kept = {
        unit: tuple(each for each in spans if each.ask not in dropped)
        for unit, spans in found.items()
    }
    left = {unit: spans for unit, spans in kept.items() if spans}
    return left or {unit: tuple(spans) for unit, spans in found.items() if spans}
