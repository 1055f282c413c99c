"""Entries of the same paper: what proves it, and what does not."""

from __future__ import annotations

from poi_search.article import Name, Reference
from poi_search.references.same_papers import ListedPaper, group_papers

TITLE = "largeoocytesinmice"


def listed(
    id: str, doi: str = "", pmid: str = "", title: str = TITLE, **known: object
) -> ListedPaper:
    """An entry of the list that its id begins with."""
    told = {"year": 2012, "author": "roe", **known}
    return ListedPaper(id, id[0], doi, pmid, title, **told)  # type: ignore[arg-type]


def groups(*papers: ListedPaper) -> list[str]:
    return [" ".join(ids) for ids in group_papers(papers).every]


def test_a_shared_identifier_proves_it() -> None:
    one, two = listed("a1", doi="10.1/x", title=""), listed("b1", doi="10.1/x", year=2013)
    three, four = listed("b2", pmid="7", title="one"), listed("c1", pmid="7", title="another")
    assert groups(one, three, four, two) == ["a1 b1", "b2 c1"]
    assert group_papers((one, three, four, two)).by_identifier == (("a1", "b1"), ("b2", "c1"))
    # also within one list, and from entry to entry
    assert groups(listed("a1", doi="10.1/x"), listed("a2", doi="10.1/x", title="")) == ["a1 a2"]
    chain = (
        listed("a1", "10.1/x", "", ""),
        listed("b1", "10.1/x", "7", ""),
        listed("c1", "", "7", ""),
    )
    assert groups(*chain) == ["a1 b1 c1"]


def test_an_identifier_given_to_another_paper_by_mistake_does_not() -> None:
    right, wrong = listed("a1", "10.1/x", "7"), listed("b1", "10.1/x", "8", "anothertitle")
    assert groups(right, wrong) == []
    assert groups(right, wrong, listed("c1", "10.1/x", "8", "anothertitle")) == ["b1 c1"]
    # the misprint is in the identifier where the titles are the same
    assert groups(right, listed("b1", "10.1/x", "8")) == ["a1 b1"]
    assert groups(listed("a1", "10.1/x", "7", ""), listed("b1", "10.1/x", "8", "")) == []


def test_title_and_year_prove_it_where_nothing_differs() -> None:
    assert groups(listed("a1"), listed("b1")) == ["a1 b1"]
    assert groups(listed("a1", doi="10.1/x"), listed("b1", pmid="7")) == ["a1 b1"]
    assert groups(listed("a1", author=""), listed("b1")) == ["a1 b1"]
    assert groups(listed("a1", author="vanberg"), listed("b1", author="berg")) == ["a1 b1"]
    assert group_papers((listed("a1"), listed("b1"))).by_identifier == ()


def test_what_title_and_year_do_not_prove() -> None:
    one = listed("a1", doi="10.1/x", pmid="7")
    for other in (
        listed("b1", doi="10.1/y"),
        listed("b1", pmid="8"),
        listed("b1", author="poe"),
        listed("b1", year=2013),
        listed("b1", title="largeoocytes"),
        listed("a2"),  # the authors of one list mean two works
    ):
        assert groups(one, other) == [], other
    assert groups(listed("a1", title="editorial"), listed("b1", title="editorial")) == []
    assert groups(listed("a1", year=None), listed("b1", year=None)) == []


def test_a_title_of_several_papers_does_not_say_which() -> None:
    one, two = listed("a1", doi="10.1/x"), listed("b1", doi="10.1/y")
    assert groups(one, two, listed("c1")) == []
    # but the author may
    by_poe = listed("b1", doi="10.1/y", author="poe")
    assert groups(one, by_poe, listed("c1"), listed("d1", author="")) == ["a1 c1"]


def test_what_an_entry_says_is_compared_in_one_form() -> None:
    entry = Reference(
        1,
        "",
        (Name("Müller", "A", "von"),),
        title="TGF-β in Mice!",
        year=2012,
        doi="10.1/AB",
        pmid="7",
    )
    assert ListedPaper.of("a/ref-1", "a", entry) == (
        "a/ref-1", "a", "10.1/ab", "7", "tgfbetainmice", 2012, "vonmuller"
    )  # fmt: skip
    assert ListedPaper.of("a/ref-2", "a", Reference(2, "")) == (
        "a/ref-2",
        "a",
        "",
        "",
        "",
        None,
        "",
    )
