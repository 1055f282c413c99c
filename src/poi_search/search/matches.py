"""The words that each part of a question matched in a unit, as printed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from poi_search.results import MarkKind, Match
from poi_search.search.highlight import ExpandedAsk, Found

Forms = dict[tuple[MarkKind, int, str], dict[str, str]]
"""Kind, index of the ask, and concept of a mark → the printed forms by their case-folded form."""


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
    return tuple(
        Match(ask.text, ask.concepts[0] if ask.concepts else None, tuple(printed.values()))
        for (ask, *_), printed in ((asks[n], matched[n]) for n in sorted(matched))
    )
