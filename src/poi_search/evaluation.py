"""The quality of a ranking on judged queries: nDCG@10, average precision, recall@20, MRR.

The conventions are those of trec_eval: the gain is the grade itself, the discount at rank r is
log2(r + 1), the ideal ranking contains all judged units of a query, unjudged units have grade 0,
and means are over all queries. For the binary measures, every grade above 0 is relevant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Annotated

import msgspec

Rank = Callable[[str], Sequence[str]]
"""The text of a query → the ids of units, best first."""

NDCG_DEPTH = 10
RECALL_DEPTH = 20


class JudgmentsError(Exception):
    """A file of judgments that cannot be used: which line, what is wrong, and what to do."""


class Judged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A query with the grades of its judged units; 0 means not relevant."""

    qid: str
    text: str
    rels: dict[str, Annotated[int, msgspec.Meta(ge=0)]]
    type: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over `queries` queries, each between 0 and 1."""

    queries: int
    ndcg: float
    average_precision: float
    recall: float
    reciprocal_rank: float


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of each query by qid, of each type in order of appearance, and of all."""

    by_query: Mapping[str, Scores]
    by_type: Mapping[str, Scores]
    all: Scores


def load_judgments(path: Path) -> list[Judged]:
    """The judged queries of a file with a JSON object per line; empty lines are ignored.

    Raises JudgmentsError for a file that cannot be read or has no queries, for an invalid line,
    a query without a relevant unit, and a repeated qid.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # JSON Lines are separated by \n only
    except (OSError, UnicodeDecodeError) as error:
        raise JudgmentsError(f"{path} cannot be read: {error}. It must be UTF-8 text.") from None
    judged = list(_read_queries(path, lines))
    if not judged:
        raise JudgmentsError(f"{path} contains no queries. Put a JSON object on each line.")
    return judged


def _read_queries(path: Path, lines: Iterable[str]) -> Iterator[Judged]:
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            query = msgspec.json.decode(line, type=Judged)
        except msgspec.MsgspecError as error:
            raise JudgmentsError(
                f"{path}, line {number}: {error}. Each line needs qid, text, rels (unit → grade)."
            ) from None
        if query.qid in seen:
            raise JudgmentsError(
                f"{path}, line {number}: {query.qid!r} is already on line {seen[query.qid]}. "
                "Give each query its own qid."
            )
        if not any(query.rels.values()):
            raise JudgmentsError(
                f"{path}, line {number}: {query.qid!r} has no relevant unit. Add one, or remove "
                "the query: it cannot be scored."
            )
        seen[query.qid] = number
        yield query


def evaluate(judgments: Sequence[Judged], rank: Rank) -> Report:
    """Measure `rank` on the judged queries. For a unit ranked twice, the first rank counts."""
    by_query: dict[str, Scores] = {}
    types: dict[str, list[Scores]] = {}
    for query in judgments:
        scores = score(list(dict.fromkeys(rank(query.text))), query.rels)
        by_query[query.qid] = scores
        types.setdefault(query.type, []).append(scores)
    by_type = {name: _mean(scores) for name, scores in types.items()}
    return Report(by_query, by_type, _mean(list(by_query.values())))


def score(ranked: Sequence[str], rels: Mapping[str, int]) -> Scores:
    """The measures of one ranking of distinct units."""
    grades = [rels.get(unit, 0) for unit in ranked]
    relevant = sum(grade > 0 for grade in rels.values())
    places = [place for place, grade in enumerate(grades, 1) if grade > 0]
    ideal = _dcg(sorted(rels.values(), reverse=True))
    return Scores(
        queries=1,
        ndcg=_dcg(grades) / ideal if ideal else 0.0,
        average_precision=sum(n / place for n, place in enumerate(places, 1)) / max(relevant, 1),
        recall=recall(ranked, rels, RECALL_DEPTH),
        reciprocal_rank=1 / places[0] if places else 0.0,
    )


def recall(ranked: Sequence[str], rels: Mapping[str, int], depth: int) -> float:
    """The share of the relevant units that are among the first `depth` of a ranking."""
    relevant = {unit for unit, grade in rels.items() if grade > 0}
    return len(relevant.intersection(ranked[:depth])) / max(len(relevant), 1)


def _dcg(grades: Sequence[int]) -> float:
    return sum(grade / log2(place + 1) for place, grade in enumerate(grades[:NDCG_DEPTH], 1))


def _mean(scores: Sequence[Scores]) -> Scores:
    number = len(scores)

    def mean(values: Iterable[float]) -> float:
        return sum(values) / number if number else 0.0

    return Scores(
        queries=sum(s.queries for s in scores),
        ndcg=mean(s.ndcg for s in scores),
        average_precision=mean(s.average_precision for s in scores),
        recall=mean(s.recall for s in scores),
        reciprocal_rank=mean(s.reciprocal_rank for s in scores),
    )
