"""The quality of the ranking on articles about other subjects, compared with public engines.

    python benchmarks/subjects.py            the means by type
    python benchmarks/subjects.py --below N  our queries with an nDCG@10 below N

Each folder in tests/data/subjects is a library of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from quality import DEPTH, ours, show
from review import ROOT, library, passages, rivals

from poi_search.evaluation import Judged, Rank, evaluate, load_judgments

SUBJECTS = ROOT / "tests" / "data" / "subjects"


def main() -> None:
    judged, ranked = rank_all()
    show({name: evaluate(judged, lists.__getitem__) for name, lists in ranked.items()})


def show_below(limit: float) -> None:
    judged, ranked = rank_all()
    scores = evaluate(judged, ranked["poi-search"].__getitem__).by_query
    for query in judged:
        ndcg = scores[query.qid].ndcg
        if ndcg < limit:
            print(f"{ndcg:6.3f}  {query.qid}  {query.type:18}{query.text}")


def rank_all() -> tuple[list[Judged], dict[str, dict[str, list[str]]]]:
    """All queries, and the rankings of every engine by the text of the query."""
    judged: list[Judged] = []
    ranked: dict[str, dict[str, list[str]]] = {}
    for home in sorted(path.parent for path in SUBJECTS.glob("*/judgments.jsonl")):
        queries = load_judgments(home / "judgments.jsonl")
        judged += queries
        for name, lists in _rank(home, queries):
            ranked.setdefault(name, {}).update(lists)
    return judged, ranked


def _rank(home: Path, queries: list[Judged]) -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    with library(home) as found, rivals(passages(found)) as engines:
        ranks: dict[str, Rank] = {
            "poi-search": partial(ours, found),
            "no synonyms": partial(ours, found, synonyms="off"),
        }
        ranks |= {engine.name: partial(engine.rank, depth=DEPTH) for engine in engines}
        for name, rank in ranks.items():
            yield name, {query.text: list(rank(query.text)) for query in queries}


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            main()
        case ["--below", limit]:
            show_below(float(limit))
        case _:
            sys.exit(__doc__)
