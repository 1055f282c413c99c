"""The words that each part of a question matched in a unit, as printed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from poi_search.results import MarkKind, Match
from poi_search.search.expanded_asks import ExpandedAsk
from poi_search.search.highlight import Found

MarkKey = tuple[MarkKind, int, str]
"""The kind of a mark, the index of its ask, and its concept."""
Forms = dict[MarkKey, dict[str, str]]
"""The printed forms of marks, by their case-folded form."""


def printed_forms(text: str, found: Iterable[Found]) -> Forms:
    """The words marked in a text, each form once, ignoring case."""
    forms: Forms = {}
    for start, end, kind, ask, concept in found:
        printed, key = text[start:end], (kind, ask, concept)
        if key in forms:
            forms[key].setdefault(printed.casefold(), printed)
        else:
            forms[key] = {printed.casefold(): printed}
    return forms


def matches(asks: Sequence[ExpandedAsk], forms: Forms) -> tuple[Match, ...]:
    """What each ask matched; a part of a name is not the name."""
    matched: dict[int, dict[str, str]] = {}
    for (_, asked, _), printed in forms.items():
        matched[asked] = {**matched[asked], **printed} if asked in matched else printed
    told = []
    for asked in sorted(matched):
        ask = asks[asked].ask
        concept = ask.concepts[0] if ask.concepts else None
        told.append(Match(ask.text, concept, tuple(matched[asked].values())))
    return tuple(told)
