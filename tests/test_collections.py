"""Judged collections are read as they are distributed, or refused with what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from collection_files import Collection, read_collection
from files import CollectionError
from ours import Ours
from passage import Passage

Write = Callable[[Mapping[str, str]], Path]

BEIR = {
    "corpus.jsonl": '{"_id": "d1", "title": "Lens", "text": "Of the eye."}\n'
    '{"_id": "d2", "title": "", "text": "Of a camera."}\n',
    "queries.jsonl": '{"_id": "q1", "text": "eyes"}\n{"_id": "q2", "text": "films"}\n',
    "qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td2\t0\n",
}
MED = {
    "MED.ALL": ".I 1\r\n.W\r\nglucose in\r\nplasma .\r\n.I 2\r\n.T\r\nLungs\r\n.W\r\ntissue\r\n",
    "MED.QRY": ".I 1\n.W\n the lung.\n",
    "MED.REL": "1 0 2 1\n",
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / "small" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        return tmp_path / "small"

    return write


def grades(found: Collection) -> dict[str, dict[str, int]]:
    return {query.qid: query.rels for query in found.judged}


def test_beir(write: Write) -> None:
    found = read_collection(write(BEIR))
    assert found.name == "small"
    assert found.passages == (
        Passage("d1", "Lens", "Of the eye."),
        Passage("d2", "", "Of a camera."),
    )
    assert grades(found) == {"q1": {"d1": 2, "d2": 0}}, "q2 has no relevant document"
    assert found.judged[0].text == "eyes"
    assert found.missing == 0


def test_the_simple_form_with_judgments_of_trec(write: Write) -> None:
    files = {
        "docs.jsonl": '{"id": 1, "text": "lens"}\n\n{"id": 2, "text": "iris"}\n',
        "queries.jsonl": '{"id": "q1", "text": "eyes"}',
        "qrels.txt": "q1 0 1 -1\nq1 0 2 3\nq1 0 9 1\n",
    }
    found = read_collection(write(files))
    assert [passage.id for passage in found.passages] == ["1", "2"]
    assert grades(found) == {"q1": {"1": 0, "2": 3, "9": 1}}
    assert found.missing == 1, "9 is relevant, but not among the documents"


def test_smart(write: Write) -> None:
    found = read_collection(write(MED))
    assert found.passages == (
        Passage("1", "", "glucose in\nplasma ."),
        Passage("2", "Lungs", "tissue"),
    )
    assert [query.text for query in found.judged] == ["the lung."]
    assert grades(found) == {"1": {"2": 1}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 2 1\n", {"2": 1}),
        ("1 1\n1 2\n", {"1": 1, "2": 1}),
        ("     1     2\t0\t0.000000\n", {"2": 1}),
        ("1 Q0 2 2\n1 Q0 1 0\n", {"2": 2, "1": 0}),
        ("1 2 1\n1 2 0\n", {"2": 1}),
    ],
)
def test_judgments(write: Write, text: str, expected: dict[str, int]) -> None:
    assert grades(read_collection(write(MED | {"MED.REL": text}))) == {"1": expected}


def test_other_fields_of_smart_are_not_text(write: Write) -> None:
    text = ".I 1\n.T\nTitle\nin two lines\n.A\nSmith, J.\n.W\nText.\n.X\n1 5 1\n.I 2\n"
    found = read_collection(write(MED | {"MED.ALL": text}))
    assert found.passages == (Passage("1", "Title in two lines", "Text."), Passage("2", "", ""))


def test_cranfield_counts_its_queries_and_has_codes(write: Write) -> None:
    files = {
        "cran.all.1400": ".I 1\n.W\nwing\n.I 2\n.W\njet\n.I 3\n.W\nflow\n",
        "cran.qry": ".I 001\n.W\nwings\n.I 004\n.W\njets\n",
        "cranqrel": "1 1 1 \n1 2 4 \n1 3 -1\n2 2 2\n2 3 5\n",
        "cranqrel.readme": "What the codes mean.",
    }
    found = read_collection(write(files))
    assert grades(found) == {"1": {"1": 4, "2": 1, "3": 0}, "4": {"2": 3, "3": 0}}


@pytest.mark.parametrize(
    ("base", "change", "message"),
    [
        (BEIR, {"corpus.jsonl": "{}\n"}, "corpus.jsonl, line 1: there is no id. Each line needs"),
        (BEIR, {"corpus.jsonl": '{"_id": "d1", "text": ""}'}, "line 1: there is no text"),
        (BEIR, {"corpus.jsonl": '{"_id": "d1", "text": [1]}'}, "line 1: title and text must be"),
        (BEIR, {"corpus.jsonl": '\n{"_id": "d1"'}, "corpus.jsonl, line 2: this is not JSON"),
        (BEIR, {"corpus.jsonl": "[1]"}, "line 1: this is not a JSON object"),
        (BEIR, {"queries.jsonl": '{"_id": "q1", "text": "a"}\n' * 2}, "line 2: q1 is already"),
        (BEIR, {"queries.jsonl": "\n"}, "queries.jsonl: there is nothing in it"),
        (BEIR, {"qrels/test.tsv": "q1 d1 1\nq1 d2\n"}, "line 2: 'q1 d2' is not a judgment"),
        (BEIR, {"qrels/test.tsv": "q1 d1 high\n"}, "line 1: 'q1 d1 high' is not a judgment"),
        (BEIR, {"qrels/test.tsv": "q1\n"}, "test.tsv, line 1: 'q1' is not a judgment"),
        (BEIR, {"qrels/test.tsv": "query-id corpus-id score\n"}, "there are no judgments"),
        (BEIR, {"qrels/test.tsv": "q7 d1 1\n"}, "query q7 is not in"),
        (BEIR, {"qrels/test.tsv": "q1 x1 1\n"}, "none of the documents it judges is in"),
        (BEIR, {"qrels/test.tsv": "q1 d1 0\n"}, "no query has a relevant document"),
        (MED, {"MED.ALL": ".X\n.I 1\n.W\ntext\n"}, "line 1: a record must begin with its"),
        (MED, {"MED.ALL": ".I 1\n.W\ntext\n.I\n"}, "MED.ALL, line 4: a record must begin"),
        (MED, {"MED.ALL": ".I 1\ntext\n"}, "MED.ALL, line 2: there is text between '.I 1' and its"),
        (MED, {"MED.REL": "1 2 1\n1 0 2 1\n"}, "MED.REL, line 2: '1 0 2 1' is not a judgment"),
        (MED, {"MED.REL.QREL": "", "OLD.REL": "1 2 1"}, "MED.REL, OLD.REL: keep one file"),
    ],
)  # fmt: skip
def test_faults(
    write: Write, base: Mapping[str, str], change: Mapping[str, str], message: str
) -> None:
    with pytest.raises(CollectionError) as caught:
        read_collection(write({**base, **change}))
    assert message in str(caught.value)


def test_a_code_that_cranfield_does_not_have(write: Write) -> None:
    files = {"cran.all": ".I 1\n.W\nwing\n", "cran.qry": ".I 1\n.W\nwings\n", "cranqrel": "1 1 7\n"}
    with pytest.raises(CollectionError, match="cranqrel, line 1: '1 1 7'"):
        read_collection(write(files))


def test_a_missing_file_or_folder(write: Write, tmp_path: Path) -> None:
    folder = write({"docs.jsonl": '{"id": "1", "text": "a"}'})
    with pytest.raises(CollectionError, match="there is no file of queries"):
        read_collection(folder)
    with pytest.raises(CollectionError, match="there is no such folder"):
        read_collection(tmp_path / "nowhere")


def test_a_file_that_is_not_utf_8(write: Write) -> None:
    folder = write(MED)
    (folder / "MED.QRY").write_bytes(".I 1\n.W\ncafé\n".encode("latin1"))
    with pytest.raises(CollectionError, match=r"MED.QRY, line 3: this is not UTF-8. .*iconv"):
        read_collection(folder)


def test_titles_are_headings_and_no_question_is_cut(tmp_path: Path) -> None:
    engine = Ours(tmp_path)
    engine.build([Passage("a", "Zebras", "stripes"), Passage("b", "", "zebras and lions")])
    engine.open()
    assert engine.rank("zebras", 10) == ["b", "a"], "a heading finds a passage, but weighs less"
    assert engine.rank("giraffe " * 200 + "stripes", 10) == ["a"]
