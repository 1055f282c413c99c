"""What articles state about pairs of concepts: exactly what names both, and in which direction."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from flask.testing import FlaskClient
from homes import make_home

from poi_search.library import Library
from poi_search.search.evidence import EvidenceCell
from poi_search.text.sentences import sentences
from poi_search.web import create_app, evidence_page

TRUTH: Mapping[str, Any] = tomllib.loads(
    (Path(__file__).parent / "data" / "evidence-shi-2022.toml").read_text(encoding="utf-8")
)
CORD, MARROW, PLACENTA = (
    "local:umbilical-cord-msc", "local:bone-marrow-msc", "local:placenta-msc",
)  # fmt: skip
VESSELS, APOPTOSIS, FIBROSIS = "mesh:D018919", "mesh:D017209", "mesh:D005355"
ANTIOXIDANTS, STRESS, HOMING = "mesh:D000975", "mesh:D018384", "mesh:D002465"

TEXT = """# On cells

Ada Small

## 1. Beginning

BMSCs reduce apoptosis.[1] Fibrosis fell. UCMSCs act on angiogenesis and fibrosis.[2] BMSCs grow.

UCMSCs meet fibrosis.[1,2] MSCs meet angiogenesis. BMSCs inhibit oxidative stress.

BMSCs = bone mesenchymal stem cells, UCMSCs = umbilical cord cells, and apoptosis = cell death.

## 2. Homing and anti-fibrotic effects of cells

UCMSCs settled in the ovary. They reduce scars.

UCMSCs exerted anti-fibrotic effects.

## References

[1] Li X. The cell. J Cell. 2018;1:1-9.
[2] Roe B. UCMSCs reduce apoptosis in mice. Biol Reprod. 2012;7:12.
"""
NOTES = """[[note]]
anchor = "s1-p1"
quote = "act on"
kind = "misprint"
note = "Perhaps “reduce”."

[[note]]
anchor = "s1-p1"
quote = "grow"
kind = "misprint"
note = "Perhaps “glow”."
"""
TABLES = """<article><front><article-meta>
<title-group><article-title>Tables</article-title></title-group></article-meta></front>
<body><sec><title>Placental stem cells</title>
<table-wrap><label>Table 1</label><caption><p>What BMSCs do</p></caption><table>
<thead><tr><th>Place</th><th>Finding</th></tr></thead>
<tbody><tr><td>Ovary</td><td>Reduced apoptosis</td></tr>
<tr><td>Uterus</td><td>Increased apoptosis was not seen</td></tr></tbody></table></table-wrap>
<table-wrap><label>Table 2</label><caption><p>Cells</p></caption><table>
<thead><tr><th>Cells</th><th>Apoptosis</th><th>Angiogenesis</th><th>Fibrosis</th></tr></thead>
<tbody><tr><td>UCMSCs</td><td>decreased</td><td>significantly increased</td><td>studied</td></tr>
</tbody></table></table-wrap>
<table-wrap><label>Table 3</label><caption><p>Findings</p></caption><table>
<thead><tr><th>Finding</th><th>UCMSCs</th><th>BMSCs</th></tr></thead>
<tbody><tr><td>Apoptosis</td><td>↓</td><td>↑</td></tr>
<tr><td>Other</td><td>inhibited fibrosis</td><td>promoted fibrosis</td></tr></tbody></table>
</table-wrap></sec></body></article>"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    files = {"a.md": TEXT, "a.notes.toml": NOTES, "t.xml": TABLES}
    place: Path = make_home(tmp_path_factory.mktemp("evidence") / "h", also=files)
    Library.build(place)
    return Library.open(place)


def found(library: Library, article: str, row: str, column: str) -> list[tuple[str, str]]:
    (cell,) = library.evidence(article, (row,), (column,))
    assert cell.count == len(cell.statements)
    return [(statement.text, statement.direction) for statement in cell.statements]


def test_a_sentence_counts_where_both_are_named(small: Library) -> None:
    assert found(small, "a", MARROW, APOPTOSIS) == [("BMSCs reduce apoptosis.[1]", "lowers")]
    assert found(small, "a", CORD, VESSELS) == [
        ("UCMSCs act on angiogenesis and fibrosis.[2]", "not said")
    ]
    assert found(small, "a", MARROW, FIBROSIS) == []
    assert found(small, "none", MARROW, FIBROSIS) == []


def test_narrower_concepts_count_and_broader_ones_do_not(small: Library) -> None:
    texts = [text for text, _ in found(small, "a", "mesh:D059630", VESSELS)]
    assert texts == ["UCMSCs act on angiogenesis and fibrosis.[2]", "MSCs meet angiogenesis."]
    assert found(small, "a", MARROW, ANTIOXIDANTS) == [
        ("BMSCs inhibit oxidative stress.", "not said")  # an effect of antioxidants, not fewer
    ]
    assert found(small, "a", MARROW, STRESS) == [("BMSCs inhibit oxidative stress.", "lowers")]


def test_a_heading_names_a_concept_for_the_sentences_below_it(small: Library) -> None:
    (cell,) = small.evidence("a", (CORD,), (HOMING,))
    shown = [(one.text, one.direction, one.above, one.above_concept) for one in cell.statements]
    assert shown == [
        (text, "not said", "the heading of the section", HOMING)
        for text in ("UCMSCs settled in the ovary.", "UCMSCs exerted anti-fibrotic effects.")
    ]
    (cell,) = small.evidence("a", (CORD,), (FIBROSIS,))
    assert [(one.text, one.direction, one.above) for one in cell.statements] == [
        ("UCMSCs act on angiogenesis and fibrosis.[2]", "not said", ""),
        ("UCMSCs meet fibrosis.[1,2]", "not said", ""),
        ("UCMSCs settled in the ovary.", "not said", "the heading of the section"),
        ("UCMSCs exerted anti-fibrotic effects.", "lowers", ""),
    ]


def test_a_row_inherits_from_its_caption_and_its_header(small: Library) -> None:
    assert found(small, "t", MARROW, APOPTOSIS) == [
        ("Ovary | Reduced apoptosis", "lowers"),
        ("Uterus | Increased apoptosis was not seen", "not said"),
        ("Apoptosis | ↓ | ↑", "raises"),
    ]
    row = "UCMSCs | decreased | significantly increased | studied"
    assert found(small, "t", CORD, APOPTOSIS) == [(row, "lowers"), ("Apoptosis | ↓ | ↑", "lowers")]
    assert found(small, "t", CORD, VESSELS) == [(row, "raises")]
    other = "Other | inhibited fibrosis | promoted fibrosis"
    assert found(small, "t", CORD, FIBROSIS) == [(row, "not said"), (other, "lowers")]
    assert found(small, "t", MARROW, FIBROSIS) == [(other, "raises")]
    (cell,) = small.evidence("t", (PLACENTA,), (APOPTOSIS,))
    assert {one.direction for one in cell.statements} == {"not said"}  # the section is too far off


def test_statements_say_where_they_are_and_what_is_wrong_there(small: Library) -> None:
    (cell,) = small.evidence("a", (CORD,), (VESSELS,))
    (one,) = cell.statements
    unit = small.unit(one.id)
    assert unit is not None
    assert unit.text[one.start : one.end] == one.text
    assert [one.text[start:end] for start, end in one.marks] == ["UCMSCs", "angiogenesis"]
    assert [link.number for link in one.citations] == [2]
    assert [note.text for note in one.notes] == ["Perhaps “reduce”."]


def test_the_direction_of_a_cell_is_that_of_its_statements(small: Library) -> None:
    cells = small.evidence("t", (CORD, MARROW), (APOPTOSIS, FIBROSIS))
    assert [(cell.row, cell.column, cell.direction) for cell in cells] == [
        (CORD, APOPTOSIS, "lowers"),
        (CORD, FIBROSIS, "lowers"),
        (MARROW, APOPTOSIS, "both"),
        (MARROW, FIBROSIS, "raises"),
    ]


# ---- The shipped review, read by hand ----


@pytest.fixture(scope="module")
def cells(library: Library) -> tuple[EvidenceCell, ...]:
    return library.evidence("shi-2022", TRUTH["rows"], TRUTH["columns"])


def test_the_review_states_what_a_reader_finds_in_it(cells: tuple[EvidenceCell, ...]) -> None:
    expected = {
        (pair["row"], pair["column"]): [_read(*known) for known in pair["statements"]]
        for pair in TRUTH["pair"]
    }
    assert len(expected) == len(TRUTH["pair"])
    for cell in cells:
        pair = cell.row, cell.column
        known = expected.pop(pair, [])
        assert len(cell.statements) == len(known), pair
        for statement, (anchor, start, direction, above) in zip(
            cell.statements, known, strict=True
        ):
            assert statement.text.startswith(start), pair
            assert (statement.anchor, statement.direction) == (anchor, direction), pair
            assert statement.above or not above, pair
    assert not expected


def test_every_source_named_in_the_review_is_in_the_table_of_truth(library: Library) -> None:
    shown = evidence_page.source_concepts(library, "shi-2022")
    stated = {c.row for c in library.evidence("shi-2022", shown, TRUTH["columns"]) if c.count}
    assert stated <= set(TRUTH["rows"])
    assert set(evidence_page.mechanism_concepts(library)) <= set(TRUTH["columns"])


def test_a_search_finds_nothing_that_is_not_stated(
    library: Library, cells: tuple[EvidenceCell, ...]
) -> None:
    mentions = library.mentions("shi-2022")
    for cell in (cell for cell in cells if not cell.count):
        row, column = (library.concept(each) for each in (cell.row, cell.column))
        assert row and column
        question = f"{_name(row.terms)} {_name(column.terms)}"
        rows, columns = library.narrower(cell.row), library.narrower(cell.column)
        for hit in library.search(question, kind=("section", "table", "figure")).results:
            if " = " in hit.text:
                continue  # a list of abbreviations
            for start, end in [(0, len(hit.text))] if hit.table else sentences(hit.text):
                inside = (m for m in mentions[hit.anchor] if start <= m.start and m.end <= end)
                named = {mention.concept for mention in inside}
                assert not (named & rows and named & columns), (question, hit.id)


def _read(anchor: str, start: str, direction: str, above: str = "") -> tuple[str, str, str, bool]:
    return anchor, start, direction, above == "above"


def _name(terms: tuple[str, ...]) -> str:
    return next((term for term in terms if " " in term), terms[0])


# ---- As JSON ----


def fetch(client: FlaskClient, path: str, status: int = 200) -> Any:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.json


@pytest.fixture(scope="module")
def client(small: Library) -> FlaskClient:
    return create_app(small, testing=True).test_client()


def test_the_pairs_asked_for_are_returned_as_json(client: FlaskClient, small: Library) -> None:
    path = f"/api/articles/a/evidence?rows={CORD}&rows={MARROW}&columns={APOPTOSIS}"
    answer = fetch(client, path)
    assert answer["article"] == "a"
    assert [row["id"] for row in answer["rows"]] == [CORD, MARROW]
    assert answer["columns"] == [{"id": APOPTOSIS, "label": "Apoptosis"}]
    cells = small.evidence("a", (CORD, MARROW), (APOPTOSIS,))
    assert answer["cells"] == msgspec.json.decode(msgspec.json.encode(cells))
    assert answer["cells"][1]["statements"][0]["direction"] == "lowers"


def test_by_default_the_pairs_of_the_matrix_are_returned(client: FlaskClient) -> None:
    answer = fetch(client, "/api/articles/a/evidence")
    assert [row["id"] for row in answer["rows"]] == [CORD, MARROW]
    assert {VESSELS, APOPTOSIS, "mesh:D049109"} < {each["id"] for each in answer["columns"]}
    assert len(answer["cells"]) == len(answer["rows"]) * len(answer["columns"])


def test_unknown_articles_and_concepts_are_errors(client: FlaskClient) -> None:
    fetch(client, "/api/articles/none/evidence", 404)
    for name in ("rows", "columns"):
        refused = fetch(client, f"/api/articles/a/evidence?{name}=mesh:X", 400)
        assert refused["parameter"] == name
        assert "mesh:X" in refused["detail"]


# ---- On the page ----


def test_the_page_joins_the_concepts_of_a_mechanism(small: Library) -> None:
    matrix = evidence_page.matrix(small, "a")
    shown = {
        (label, cell.mechanism): ([one.unit.anchor for one in cell.statements], cell.says)
        for label, cells in matrix.rows
        for cell in cells
        if cell.statements
    }
    cord, marrow = "Umbilical cord mesenchymal stem cells", "Bone marrow mesenchymal stem cells"
    assert shown[marrow, "Apoptosis"] == (["s1-p1"], ("Apoptosis: lowered",))
    assert shown[marrow, "Autophagy and oxidative stress"] == (
        ["s1-p2"],
        ("Oxidative Stress: lowered",),
    )
    assert shown[cord, "Homing"] == (["s2-p1", "s2-p2"], ())
    assert shown[cord, "Fibrosis and inflammation"] == (
        ["s1-p1", "s1-p2", "s2-p1", "s2-p2"],
        ("Fibrosis: lowered",),
    )
    (homing,) = (cell for cell in matrix.filled_cells if cell.mechanism == "Homing")
    assert {one.above for one in homing.statements} == {
        "Cell Movement is named in the heading of the section"
    }
    noted = {(cell.source, cell.mechanism) for cell in matrix.filled_cells if cell.noted}
    assert noted == {(cord, "Angiogenesis"), (cord, "Fibrosis and inflammation")}


def test_a_matrix_is_worth_a_look_where_a_source_is_named(small: Library) -> None:
    assert evidence_page.has_matrix(small, "a")
    assert not evidence_page.has_matrix(small, "none")


def test_what_meets_in_a_cell_is_marked_and_nothing_else(small: Library) -> None:
    (cell,) = (
        cell
        for cell in evidence_page.matrix(small, "a").filled_cells
        if cell.mechanism == "Angiogenesis"
    )
    html = str(cell.statements[0].html)
    assert '<mark class="synonym">UCMSCs</mark>' in html
    assert '<mark class="synonym">angiogenesis</mark>' in html
    assert html.count("<mark") == 2
    assert [(link.number, link.label) for link in cell.references] == [(2, "Roe, 2012")]
