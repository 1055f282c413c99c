"""The measures, compared with values computed by hand, and invalid files of judgments."""

from __future__ import annotations

from math import log2
from pathlib import Path

import pytest

from poi_search.evaluation import Judged, JudgmentsError, evaluate, load_judgments, recall, score
from poi_search.index.units import units
from poi_search.readers import jats

JUDGMENTS = Path(__file__).parent / "data" / "judgments.jsonl"
SUBJECTS = Path(__file__).parent / "data" / "subjects"


def test_measures_by_hand() -> None:
    scores = score(["a", "x", "b"], {"a": 1, "b": 2, "c": 2, "unjudged": 0})
    ideal = 2 + 2 / log2(3) + 1 / 2
    assert scores.ndcg == pytest.approx((1 + 2 / 2) / ideal)
    assert scores.average_precision == pytest.approx((1 / 1 + 2 / 3) / 3)
    assert scores.recall == pytest.approx(2 / 3)
    assert scores.reciprocal_rank == 1


def test_depths() -> None:
    ranked = [f"x{n}" for n in range(10)] + ["a"] + [f"y{n}" for n in range(9)] + ["b"]
    scores = score(ranked, {"a": 2, "b": 1})
    assert scores.ndcg == 0  # the first relevant unit is at rank 11
    assert scores.recall == 0.5  # the second is at rank 21
    assert scores.reciprocal_rank == pytest.approx(1 / 11)
    assert scores.average_precision == pytest.approx((1 / 11 + 2 / 21) / 2)


def test_the_last_rank_within_each_depth_counts() -> None:
    at_ten = score([*(f"x{n}" for n in range(9)), "a"], {"a": 1})
    assert at_ten.ndcg == pytest.approx(1 / log2(11))
    at_twenty = score([*(f"x{n}" for n in range(19)), "a"], {"a": 1})
    assert (at_twenty.ndcg, at_twenty.recall) == (0, 1)


def test_recall_to_a_depth() -> None:
    rels = {"a": 1, "b": 2, "c": 0}
    assert [recall(["c", "a", "b"], rels, depth) for depth in (1, 2, 3)] == [0, 0.5, 1]


def test_nothing_found() -> None:
    scores = score([], {"a": 2})
    assert (scores.ndcg, scores.average_precision, scores.recall, scores.reciprocal_rank) == (
        (0.0,) * 4
    )


def test_means_by_type_and_repeated_units() -> None:
    judged = [
        Judged("1", "one", {"a": 1}, "short"),
        Judged("2", "two", {"b": 1}, "short"),
        Judged("3", "three", {"c": 1}, "long"),
    ]
    answers = {"one": ["a", "a"], "two": ["x", "x", "b"], "three": []}
    report = evaluate(judged, answers.__getitem__)
    assert list(report.by_type) == ["short", "long"]
    assert report.by_type["short"].reciprocal_rank == pytest.approx((1 + 1 / 2) / 2)
    assert report.by_type["short"].queries == 2
    assert report.all.reciprocal_rank == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert report.by_query["1"].ndcg == 1


def test_the_sample_of_judged_queries() -> None:
    judged = load_judgments(JUDGMENTS)
    best = evaluate(judged, lambda text: _ideal(judged, text))
    assert len(judged) == 34
    assert len(best.by_type) == 12
    assert best.all.ndcg == pytest.approx(1)
    assert best.all.average_precision == pytest.approx(1)


@pytest.mark.parametrize("subject", ["dogs", "insect-repellent", "mhc-genes"])
def test_the_judged_units_of_other_subjects_are_in_their_articles(subject: str) -> None:
    home = SUBJECTS / subject
    source = home / "corpus" / f"{subject}.xml"
    article = jats.read(source.read_bytes(), source.name, subject)
    known = {unit.view.anchor for unit in units(article)}
    judged = load_judgments(home / "judgments.jsonl")
    assert len(judged) == 25
    assert known >= {unit for query in judged for unit in query.rels}


def _ideal(judged: list[Judged], text: str) -> list[str]:
    rels = next(query.rels for query in judged if query.text == text)
    return sorted(rels, key=lambda unit: -rels[unit])


GOOD = '{"qid": "1", "text": "a", "rels": {"u": 1}}'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "contains no queries"),
        (f"{GOOD}\nnot json", "line 2: "),
        (f"{GOOD}\n\n{GOOD}", "line 3: '1' is already on line 1"),
        ('{"qid": "1", "text": "a"}', "line 1: .*`rels`"),
        ('{"qid": "1", "text": "a", "rels": {"u": 0}}', "no relevant unit"),
        ('{"qid": "1", "text": "a", "rels": {"u": -1}}', "line 1: Expected `int` >= 0"),
        ('{"qid": "1", "text": "a", "rels": {"u": 1}, "grade": 1}', "line 1: .*`grade`"),
    ],
)
def test_errors_in_files_name_the_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(JudgmentsError, match=message) as caught:
        load_judgments(file)
    assert str(file) in str(caught.value)


def test_a_missing_file_and_one_that_is_not_text(tmp_path: Path) -> None:
    with pytest.raises(JudgmentsError, match="cannot be read"):
        load_judgments(tmp_path / "none.jsonl")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(JudgmentsError, match="cannot be read"):
        load_judgments(tmp_path / "bytes")
