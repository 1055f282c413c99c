"""How much of an article's text is known to the thesaurus, and what that means for a search."""

from __future__ import annotations

from collections.abc import Sequence

from poi_search.results import Coverage, CoverageLevel
from poi_search.text.analysis import Token
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.thesaurus.mentions import Mention

WELL, PARTLY = 0.5, 0.2
"""The shares of words from which an article is covered well, or partly. Where editors have worked
on the subject, seven of ten words are known; elsewhere, two to five, by the terminology."""
_MEANINGS: dict[CoverageLevel, str] = {
    "well": "A search finds most of its subjects under any of their names.",
    "partly": "A search finds some of its subjects under any of their names, and the others by"
    " the words themselves.",
    "little": "Searches there go mostly by the words themselves.",
}


class CoverageTally:
    """Counts the words of an article, and those that are part of the name of a concept.

    Function words and numbers do not count.
    """

    def __init__(self) -> None:
        self._words = self._known = self._units = self._naming = 0

    def add(self, tokens: Sequence[Token], mentions: Sequence[Mention]) -> None:
        """Count a unit; `mentions` are in the order of the tokens."""
        self._units += 1
        self._naming += bool(mentions)
        outer = iter([mention for mention in mentions if not mention.inner])
        here = next(outer, None)
        for token in tokens:
            while here and here.end <= token.start:
                here = next(outer, None)
            if token.exact not in FUNCTION_WORDS and not token.exact.isdigit():
                self._words += 1
                self._known += here is not None and here.start <= token.start

    def coverage(self) -> Coverage:
        words = _share(self._known, self._words)
        level: CoverageLevel = (
            "well" if words >= WELL else "partly" if words >= PARTLY else "little"
        )
        return Coverage(words, _share(self._naming, self._units), level, _MEANINGS[level])


def describe_coverage(coverage: Coverage) -> str:
    """Two sentences: how much is covered, and what that means."""
    words, units = (round(100 * share) for share in (coverage.words, coverage.units))
    return (
        f"{coverage.level.capitalize()} covered by the thesaurus: {words} of 100 words that carry"
        f" meaning are part of a name it knows, and {units} % of the units name a concept."
        f" {coverage.meaning}"
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
