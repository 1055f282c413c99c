"""The effect of each weight of the ranking: nDCG@10 if it is halved, doubled or removed.

A factor for scores is removed by setting it to 1.

python benchmarks/weights.py [JUDGMENTS.jsonl]
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from quality import SAMPLE, ours
from review import library

from poi_search.evaluation import Judged, evaluate, load_judgments
from poi_search.library import Library
from poi_search.query import boosts, combining, mention_queries, name_queries, understand
from poi_search.query import weights as named_weights
from poi_search.search import snapshot

TEXTS = ("TEXT", "NOT_NAMES", "NOT_PLACES", "AUTHORS")


def main(file: Path = SAMPLE) -> None:
    judged = load_judgments(file)
    with library() as built:
        before = ndcg(built.home, judged)
        print(f"{'weight':24}{'value':>9}{'halved':>10}{'doubled':>10}{'removed':>10}")
        for name, value in weights().items():
            print(f"{name:24}{value:9}", end="")
            for new in (0.5 * value, 2 * value, 1.0 if hasattr(boosts, name) else 0.0):
                with changed(name, new):
                    print(f"{ndcg(built.home, judged) - before:+10.3f}", end="")
            print(flush=True)


def weights() -> dict[str, float]:
    """Every weight of the ranking, by its name in ARCHITECTURE.md."""
    fields = {
        f"{group} {field}": weight
        for group in ("TEXT", "CONCEPT")
        for field, weight in getattr(named_weights, group)
    }
    both = {**vars(named_weights), **vars(boosts)}
    named = {n: v for n, v in both.items() if n.isupper() and isinstance(v, float)}
    return {"k1": snapshot.SCORING.k1, "b": snapshot.SCORING.default_b, **fields, **named}


def changed(name: str, value: float) -> ExitStack:
    """Change a weight of the ranking for the duration of the context."""
    group, _, field = name.partition(" ")
    stack = ExitStack()
    if name in ("k1", "b"):
        changes = {"k1": value} if name == "k1" else {"default_b": min(value, 0.99)}
        scoring = replace(snapshot.SCORING, **changes)  # type: ignore[arg-type]
        stack.enter_context(patch.object(snapshot, "SCORING", scoring))
    elif field:
        for each in TEXTS if group == "TEXT" else (group,):
            pairs: Any = getattr(named_weights, each)
            new = tuple((f, value if f == field else w) for f, w in pairs if f != field or value)
            _replace(stack, each, new)
    else:
        _replace(stack, name, value)
    return stack


def _replace(stack: ExitStack, name: str, value: object) -> None:
    for module in (understand, combining, mention_queries, name_queries, boosts):
        if hasattr(module, name):
            stack.enter_context(patch.object(module, name, value))
    name_queries.naming.cache_clear()


def ndcg(home: Path, judged: list[Judged]) -> float:
    """The mean of the sample, with a newly opened library, so that nothing is cached."""
    return evaluate(judged, partial(ours, Library.open(home))).all.ndcg


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
