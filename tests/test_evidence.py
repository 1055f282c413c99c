"""The evidence matrix of a small article: exactly the sentences and rows that name both."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import make_home

from poi_search.library import Library
from poi_search.web import evidence

TEXT = """# On cells

Ada Small

## 1. Beginning

BMSCs reduce apoptosis.[1] Fibrosis fell. UCMSCs act on angiogenesis and fibrosis.[2] BMSCs grow.

UCMSCs meet fibrosis.[1,2] MSCs meet angiogenesis.

## References

[1] Li X. The cell. J Cell. 2018;1:1-9.
[2] Roe B. Large oocytes in mice. Biol Reprod. 2012;7:12.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    place: Path = make_home(tmp_path_factory.mktemp("evidence") / "h", also={"a.md": TEXT})
    Library.build(place)
    return Library.open(place)


def test_a_sentence_counts_where_it_names_a_source_and_a_mechanism(library: Library) -> None:
    found = {
        (label, cell.mechanism): (
            [statement.html.striptags() for statement in cell.statements],
            [number for number, _ in cell.references],
        )
        for label, cells in evidence.matrix(library, "a").rows
        for cell in cells
        if cell.statements
    }
    both = "UCMSCs act on angiogenesis and fibrosis.[2]"
    cord, marrow = "Umbilical cord mesenchymal stem cells", "Bone marrow mesenchymal stem cells"
    assert found == {
        (cord, "Angiogenesis"): ([both], [2]),
        (cord, "Fibrosis and inflammation"): ([both, "UCMSCs meet fibrosis.[1,2]"], [1, 2]),
        (marrow, "Apoptosis"): (["BMSCs reduce apoptosis.[1]"], [1]),
    }
    assert next(iter(found))[0] == cord  # the source with most below it comes first


def test_a_matrix_is_worth_a_look_where_a_source_is_named(library: Library) -> None:
    assert evidence.has_matrix(library, "a")
    assert not evidence.has_matrix(library, "none")


def test_what_meets_in_a_cell_is_marked_and_nothing_else(library: Library) -> None:
    (cell,) = (
        cell
        for _, cells in evidence.matrix(library, "a").rows
        for cell in cells
        if cell.statements and cell.mechanism == "Angiogenesis"
    )
    html = str(cell.statements[0].html)
    assert '<mark class="synonym">UCMSCs</mark>' in html
    assert '<mark class="synonym">angiogenesis</mark>' in html
    assert html.count("<mark") == 2
