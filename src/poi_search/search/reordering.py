"""The first hits in the order of words and meaning together.

Only the order changes, and only for a question in plain words: what is found, and why, is for the
words to say. The less of a question the thesaurus knows, the more the meaning counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from msgspec import structs

from poi_search.closeness.vectors import Closeness
from poi_search.engine.seam import Hit, Ranking, Request
from poi_search.query import tree
from poi_search.query.asks import Ask
from poi_search.results import SearchRequest
from poi_search.search.interpretation import Asked
from poi_search.search.snapshot import Snapshot
from poi_search.text.analysis import tokenize

DEPTH = 100
KNOWN = 0.6
"""A question is known if more than this share of its words names concepts."""
OF_A_KNOWN_QUESTION = 0.1
OF_ANOTHER_QUESTION = 0.5


@dataclass(frozen=True, slots=True)
class Reordering:
    """A page of a ranking, and the ids of the hits that are higher up than by words alone."""

    ranking: Ranking
    lifted: frozenset[str] = frozenset()


def ranked(snapshot: Snapshot, request: SearchRequest, asked: Asked, wanted: Request) -> Reordering:
    """The page that is wanted."""
    closeness = snapshot.closeness if _applies(request, asked, wanted) else None
    if closeness is None:
        return Reordering(snapshot.reader.rank(wanted))
    start, end = wanted.offset, wanted.offset + wanted.limit
    every = structs.replace(wanted, offset=0, limit=max(DEPTH, end))
    ranking = snapshot.reader.rank(every)
    first = ranking.hits[:DEPTH]
    weight = OF_A_KNOWN_QUESTION if known_share(asked) > KNOWN else OF_ANOTHER_QUESTION
    places = _order(closeness, asked.searched, first, ranking.ahead, weight)
    hits = (*(first[place] for place in places), *ranking.hits[DEPTH:])
    lifted = frozenset(first[place].id for new, place in enumerate(places) if new < place)
    return Reordering(structs.replace(ranking, hits=hits[start:end]), lifted)


def _applies(request: SearchRequest, asked: Asked, wanted: Request) -> bool:
    return (
        request.meaning == "on"
        and not wanted.sort
        and wanted.offset < DEPTH
        and isinstance(asked.parsed.tree, tree.Words)
        and bool(asked.understanding.asks)
    )


def known_share(asked: Asked) -> float:
    """The share of the words asked for that lie in the name of a concept."""
    inside = [
        any(ask.concepts for ask in asks)
        for token in tokenize(asked.searched)
        if (asks := _asks_at(token.start, asked.understanding.asks))
    ]
    return sum(inside) / len(inside) if inside else 0.0


def _asks_at(place: int, asks: tuple[Ask, ...]) -> list[Ask]:
    return [ask for ask in asks if ask.span[0] <= place < ask.span[1]]


def _order(
    closeness: Closeness, question: str, hits: tuple[Hit, ...], ahead: int, weight: float
) -> list[int]:
    """The places of the hits in their new order. What names something asked for stays ahead."""
    if not hits:
        return []
    scores = np.array([hit.score for hit in hits])
    highest = scores.max() or 1.0
    values = scores / highest + weight * closeness.similarities(question, [h.id for h in hits])
    return sorted(range(len(hits)), key=lambda place: (place >= ahead, -values[place], place))
