"""Search times on the corpus, with everything a results page shows, compared with others.

    python benchmarks/search.py [ROUNDS]

Ours finds concepts, corrects spelling, counts facets, marks words, makes snippets and resolves
citations; the others rank and make snippets (bm25s has none). Every question goes to every
engine in turn, in an order that changes from round to round, so that other load on the machine
affects all of them.
"""

from __future__ import annotations

import gc
import random
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from review import ROOT, library, passages, rivals

from poi_search.evaluation import load_judgments
from poi_search.library import Library
from poi_search.results import SearchRequest

SHOWN = 10
BASELINE = "SQLite FTS5"


def main(rounds: int = 20) -> None:
    questions = [query.text for query in load_judgments(ROOT / "tests/data/judgments.jsonl")]
    with library() as found, rivals(passages(found)) as engines:
        asks: dict[str, Callable[[str], object]] = {
            "poi-search": lambda text: found.search(SearchRequest(q=text, per_page=SHOWN)),
            "  new question": partial(search_anew, found, scorer_of(found), count(1)),
        }
        asks |= {engine.name: partial(engine.show, depth=SHOWN) for engine in engines}
        times = interleaved(asks, questions, rounds)
    show(times)


def search_anew(found: Library, scorer: Any, turns: Iterator[int], text: str) -> object:
    """A search for a question that was not asked before, as far as caches can tell: each time with
    another number of spaces after it, and scored without the results of earlier questions."""
    scorer._boosted = scorer._boost
    try:
        return found.search(SearchRequest(q=text + " " * (next(turns) % 97 + 1), per_page=SHOWN))
    finally:
        del scorer._boosted


def scorer_of(found: Library) -> Any:
    return found.snapshot().reader._scorer  # type: ignore[attr-defined]


def interleaved(
    asks: dict[str, Callable[[str], object]], questions: list[str], rounds: int
) -> dict[str, list[float]]:
    """Seconds per question and engine, after an uncounted warm-up round."""
    chance = random.Random(1)
    times: dict[str, list[float]] = {name: [] for name in asks}
    names = list(asks)
    gc.collect()
    for turn in range(rounds + 1):
        for question in questions:
            chance.shuffle(names)
            for name in names:
                started = perf_counter()
                asks[name](question)
                spent = perf_counter() - started
                if turn:
                    times[name].append(spent)
    return times


def show(times: dict[str, list[float]]) -> None:
    """Print medians and 95th percentiles in milliseconds, and multiples of FTS5's median."""
    base = median(times[BASELINE])
    print(f"{'ms':16}{'p50':>9}{'p95':>9}{'of FTS5':>9}")
    for name, spent in times.items():
        middle, high = median(spent), quantiles(spent, n=20)[-1]
        print(f"{name:16}{middle * 1e3:9.3f}{high * 1e3:9.3f}{middle / base:9.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
