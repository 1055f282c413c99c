"""The quality of the ranking on judged queries, by type, compared with public engines.

    python benchmarks/quality.py [JUDGMENTS.jsonl [HOME]]

Ours is measured in full and with one part switched off: synonyms, or spelling correction.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from review import ROOT, library, passages, rivals

from poi_search.evaluation import Rank, Report, evaluate, load_judgments
from poi_search.library import Library
from poi_search.results import SearchRequest

DEPTH = 100
SAMPLE = ROOT / "tests" / "data" / "judgments.jsonl"


def main(file: Path = SAMPLE, home: Path = ROOT) -> None:
    judged = load_judgments(file)
    with library(home) as found, rivals(passages(found)) as engines:
        ranks: dict[str, Rank] = {
            "poi-search": partial(ours, found),
            "no synonyms": partial(ours, found, synonyms="off"),
            "no spelling": partial(ours, found, spelling="off"),
        }
        ranks |= {engine.name: partial(engine.rank, depth=DEPTH) for engine in engines}
        reports = {name: evaluate(judged, rank) for name, rank in ranks.items()}
    show(reports)


def ours(found: Library, question: str, **switches: str) -> list[str]:
    """The anchors of all units found, best first."""
    request = SearchRequest(q=question, per_page=DEPTH, **switches)  # type: ignore[arg-type]
    return [hit.anchor for hit in found.search(request).results]


def show(reports: Mapping[str, Report]) -> None:
    """Print nDCG@10 by type, and the means of all measures."""
    first = next(iter(reports.values()))
    print(f"{'nDCG@10':18}{'':>4}" + "".join(f"{name:>14}" for name in reports))
    for kind, scores in first.by_type.items():
        row = "".join(f"{report.by_type[kind].ndcg:14.3f}" for report in reports.values())
        print(f"{kind:18}{scores.queries:4}{row}")
    print()
    for label, name in (
        ("nDCG@10", "ndcg"),
        ("MAP", "average_precision"),
        ("recall@20", "recall"),
        ("MRR", "reciprocal_rank"),
    ):
        row = "".join(f"{getattr(report.all, name):14.3f}" for report in reports.values())
        print(f"{'all ' + label:18}{first.all.queries:4}{row}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
