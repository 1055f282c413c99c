"""Authors that a question names."""

from __future__ import annotations

import pytest
from homes import make_home

from poi_search.library import Library
from poi_search.query.authors import find_authors
from poi_search.results import Results, SearchRequest
from poi_search.text.analysis import stems

KNOWN = {" ".join(stems(name)) for name in ("Li", "Van Balkom", "Balkom", "El-Derany", "May")}
ARTICLE = """\
# Notes

Ada Small

## Abstract

Cells of Li are studied.

## 1. Results

Li et al[2] grew cells.[1,2] Others did too.[3]

## References

[1] Roe B, Li C, Ulm D. Cells in motion. J Cell. 2018;1:1-9.
[2] Li X, Roe B. The small cell. J Cell. 2012;1:1-9.
[3] Li Y. Cells of fish. Biol Reprod. 2018;7:12.
[4] Ulm D. Salt. Li J Med. 2018;7:14.
"""


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Li et al", ["Li"]),
        ("Li et al., 2020", ["Li"]),
        ("Li 2021", ["Li"]),
        ("cells of li 2021", ["li"]),
        ("Li and Xie, 2018", ["Li"]),
        ("Van Balkom et al", ["Van Balkom"]),
        ("El-Derany 2021", ["El-Derany"]),
        ("Li 2018 or May 2019", ["Li", "May"]),
        ("Li", []),
        ("Smith et al", []),
        ("et al", []),
        ("2021", []),
        ("Li 40", []),
        ("Li 2020 mg", ["Li"]),
        ("trials in May of 2020", []),
    ],
)
def test_names_before_et_al_or_a_year(question: str, names: list[str]) -> None:
    found = find_authors(question, KNOWN.__contains__)
    assert [question[name.start : name.end] for name in found] == names


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    home = make_home(tmp_path_factory.mktemp("authors") / "h", also={"notes.md": ARTICLE})
    Library.build(home)
    return Library.open(home)


def ask(library: Library, question: str) -> Results:
    return library.search(SearchRequest(q=question, per_page=100))


def test_first_authors_come_first_and_others_after(small: Library) -> None:
    found = [hit.anchor for hit in ask(small, "Li et al").results]
    assert set(found[:2]) == {"ref-2", "ref-3"}
    assert {"ref-1", "s1-p1"} <= set(found[2:])
    assert "ref-4" not in found  # a journal


def test_the_year_decides_among_first_authors(small: Library) -> None:
    for question in ("Li 2012", "Li et al., 2012", "li et al 2012"):
        assert ask(small, question).results[0].anchor == "ref-2", question
    assert ask(small, "Li 2018").results[0].anchor == "ref-3"


def test_et_al_is_neither_searched_nor_marked(library: Library) -> None:
    found = ask(library, "Li et al")
    marked = {hit.text[start:end] for hit in found.results for start, end in hit.marks}
    assert marked == {"Li"}
    assert {(why.where, why.how) for why in found.results[0].why} == {("the authors", "typed")}
