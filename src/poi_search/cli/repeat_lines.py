"""How does the terminal say that a paper is in several reference lists?"""

from __future__ import annotations

from poi_search.results import HitView, Results

_SHOWN = 3


def repeats_line(results: Results) -> str:
    """How many entries are not listed because another one of the same paper is."""
    if results.repeats == 1:
        return "2 entries of the same paper are shown as one; --repeats shows each."
    return (
        f"{results.repeats} more entries of papers that are listed are not shown; --repeats shows"
        " each."
    )


def also_in_line(hit: HitView) -> str:
    """The other reference lists that have the paper; '' if none has."""
    others = hit.reference.same_as if hit.reference else ()
    shown = [f"{link.label} {link.id}" for link in others[:_SHOWN]]
    more = [f"{len(others) - _SHOWN} more"] if len(others) > _SHOWN else []
    return f"also in {'; '.join((*shown, *more))}" if others else ""
