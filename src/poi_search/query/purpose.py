"""What a question wants to know: what something is, how many there are, why or if it is so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from poi_search.query.reading import Reading
from poi_search.text.function_words import AUXILIARIES

_ASKS_FOR_COUNT = frozenset(
    {("how", "many"), ("number", "of"), ("numbers", "of"), ("percentage", "of")}
    | {("percent", "of"), ("proportion", "of"), ("fraction", "of"), ("share", "of")}
)


def asked_to_define(reading: Reading) -> tuple[str, ...]:
    """The name and concepts that a question consists of: 'what is POI', or just 'POI'."""
    stems = [stem for name in reading.names for stem in name.stems]
    whole = [mention for mention in reading.mentions if mention.within < 0]
    covered = len(whole) == 1 and all(name.mention >= 0 for name in reading.names)
    return (" ".join(stems), *(whole[0].concepts if covered else ()))


def asked_to_count(reading: Reading) -> tuple[str, ...]:
    """The noun and concepts after 'how many' or 'number of'; () if nothing is to be counted."""
    starts = [
        second.end for first, second in pairwise(reading.tokens)
        if (first.exact, second.exact) in _ASKS_FOR_COUNT
    ]  # fmt: skip
    return _first_after(starts[0], reading) if starts else ()


def asks_whether(reading: Reading) -> bool:
    """Whether a question is to be answered with yes or no: 'is it safe'."""
    return len(reading.tokens) > 1 and reading.tokens[0].exact in AUXILIARIES


def asks_why(reading: Reading) -> bool:
    """Whether a question asks for a cause: 'why do ovaries fail early'."""
    return len(reading.tokens) > 1 and reading.tokens[0].exact == "why"


def _first_after(start: int, reading: Reading) -> tuple[str, ...]:
    names = [name for name in reading.names if name.start >= start]
    if not names:
        return ()
    mentions = [each for each in reading.mentions if each.start == names[0].start]
    stems: Sequence[str] = mentions[0].stems if mentions else names[0].stems
    return (stems[-1], *(concept for each in mentions for concept in each.concepts))
