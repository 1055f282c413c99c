"""A paper in several reference lists is one result, and the names of a journal are one value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from homes import make_home

from poi_search import cli, thesaurus
from poi_search.export import selection
from poi_search.library import Library, QuestionError
from poi_search.query_view import Excluded
from poi_search.results import FacetCount, Results, SearchRequest
from poi_search.web import create_app

HEAD = "# On {name} cells\n\nAda Small\n\n## 1. Text\n\n{text}\n\n## References\n\n{list}\n"
LISTS = {
    "ants": [
        "Li X. The small cell. PLoS One. 2018;1:1-9. doi:10.1000/small",
        "Roe B. Large oocytes in mice. J Biol Chem. 2012;7:12.",
        "Ito M. Zebrafish ovaries. PLoS ONE. 2020;3:30.",
    ],
    "bees": [
        "Roe B. Large oocytes in mice. Journal of Biological Chemistry. 2012;7:12.",
        "Poe C. Bees as cells. J Biol Chem. 2013;8:1.",
        "Roe B. Large oocytes in mice, again. J Cell. 2014;9:2.",
    ],
    "cats": [
        "Li X. The small cell of zebrafish. PLOS ONE. 2018;1:1-9. doi:10.1000/small",
        "Roe B. Large oocytes in mice. J Biol Chem. 2012;7:12.",
        "Li X. A book of cells. PLOS ONE. 2019;2:1.",
    ],
}
TEXTS = {
    "ants": "Cells of ants are small.[1,2] Others differ.[3]",
    "bees": "Cells of bees are large.[1] Others differ.[2,3]",
    "cats": "Cells of cats are few.[1-3]",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, few_terms: thesaurus.Thesaurus) -> Path:
    files = {
        f"{name}.md": HEAD.format(
            name=name,
            text=TEXTS[name],
            list="\n".join(f"[{n}] {entry}" for n, entry in enumerate(entries, 1)),
        )
        for name, entries in LISTS.items()
    }
    place = make_home(tmp_path_factory.mktemp("repeats") / "h", also=files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thesaurus, "load", lambda *_: few_terms)
        Library.build(place)
    return place


@pytest.fixture(scope="module")
def three(home: Path) -> Library:
    return Library.open(home)


def references(library: Library, question: str = "", **filters: Any) -> tuple[list[str], Results]:
    found = library.search(question, kind=("reference",), per_page=100, **filters)
    return [hit.id for hit in found.results], found


def counts(facet: tuple[FacetCount, ...]) -> dict[str | int, int]:
    return {each.value: each.count for each in facet}


def test_a_paper_is_one_result_that_names_its_other_places(three: Library) -> None:
    ids, found = references(three)
    assert ids == [
        "ants/ref-1", "ants/ref-2", "ants/ref-3", "bees/ref-2", "bees/ref-3", "cats/ref-3"
    ]  # fmt: skip
    assert (found.total, found.repeats) == (6, 3)
    also = [[link.id for link in hit.reference.same_as] for hit in found.results if hit.reference]
    assert also == [["cats/ref-1"], ["bees/ref-1", "cats/ref-2"], [], [], [], []]
    (link, _) = found.results[1].reference.same_as if found.results[1].reference else ()
    assert (link.label, link.url) == ("On bees cells [1]", "/articles/bees/references/1")


def test_each_entry_is_a_result_on_request(three: Library) -> None:
    ids, found = references(three, repeats="on")
    assert ids == [f"{name}/ref-{n}" for name in LISTS for n in (1, 2, 3)]
    assert (found.total, found.repeats, found.query.filters["repeats"]) == (9, 0, "on")
    assert counts(found.facets.article) == {"ants": 3, "bees": 3, "cats": 3}


def test_facets_count_a_paper_once_for_each_value(three: Library) -> None:
    _, found = references(three)
    assert counts(found.facets.kind) == {"reference": 6, "section": 3}
    assert counts(found.facets.article) == {"ants": 3, "bees": 3, "cats": 3}
    assert counts(found.facets.year) == {2012: 1, 2013: 1, 2014: 1, 2018: 1, 2019: 1, 2020: 1}
    for value, count in counts(found.facets.article).items():
        assert references(three, article=(value,))[1].total == count
    for value, count in counts(found.facets.journal).items():
        assert references(three, journal=(value,))[1].total == count


def test_the_entry_that_a_filter_or_the_question_leaves_stands_for_the_paper(
    three: Library,
) -> None:
    assert references(three, "oocytes", article=("cats",))[0] == ["cats/ref-2"]
    ids, found = references(three, "oocytes", article=("bees", "cats"))
    assert sorted(ids) == ["bees/ref-1", "bees/ref-3"]
    assert found.repeats == 1
    assert sorted(references(three, "zebrafish")[0]) == ["ants/ref-3", "cats/ref-1"]


@pytest.mark.parametrize("sort", ["relevance", "year", "-year", "order"])
@pytest.mark.parametrize("question", ["", "cells", "oocytes small cells"])
def test_pages_and_exports_have_each_paper_once(three: Library, question: str, sort: Any) -> None:
    asked = SearchRequest(q=question, sort=sort, per_page=100)
    every = [hit.id for hit in three.search(asked).results]
    assert len(set(every)) == three.search(asked).total
    for size in (1, 2, 5):
        pages = range(1, len(every) // size + 2)
        shown = [three.search(asked, page=n, per_page=size).results for n in pages]
        assert [hit.id for page in shown for hit in page] == every
    assert [view.id for view in three.found_units(asked)] == every


def test_an_export_has_each_paper_once(three: Library) -> None:
    def ids(cited: bool = False, **asked: Any) -> list[str]:
        found = selection.found_references(three, SearchRequest(**asked), cited)
        return [unit_id for unit_id, _ in found]

    every = [f"{name}/ref-{n}" for name in LISTS for n in (1, 2, 3)]
    once = [each for each in every if each not in ("bees/ref-1", "cats/ref-1", "cats/ref-2")]
    assert ids() == ids(True) == once
    assert ids(repeats="on") == every
    # the lists of two passages
    cited: dict[str, Any] = {"q": "bees OR ants", "kind": ("section",)}
    assert ids(**cited) == []
    assert sorted(ids(True, **cited)) == once[:5]
    assert sorted(ids(True, repeats="on", **cited)) == every[:6]


def test_what_a_filter_leaves_out_is_counted_in_papers(three: Library) -> None:
    (left_out,) = three.search("", year_from=2013).query.excluded
    assert left_out == Excluded("year", 3, "have no year")  # the passages
    (left_out,) = three.search("", journal=("PLoS One",)).query.excluded
    assert left_out == Excluded("journal", 3, "have no journal")
    (left_out,) = three.search("", section=("1",)).query.excluded
    assert left_out == Excluded("section", 6, "are in no section")
    (left_out,) = three.search("", section=("1",), repeats="on").query.excluded
    assert left_out.count == 9


def test_the_names_of_a_journal_are_one_value(three: Library) -> None:
    found = references(three, repeats="on")[1]
    assert counts(found.facets.journal) == {"PLOS ONE": 4, "J Biol Chem": 4, "J Cell": 1}
    assert counts(references(three)[1].facets.journal) == {
        "PLOS ONE": 3, "J Biol Chem": 2, "J Cell": 1
    }  # fmt: skip
    printed = [hit.reference.journal for hit in found.results if hit.reference]
    assert printed[:4] == ["PLoS One", "J Biol Chem", "PLoS ONE", "Journal of Biological Chemistry"]


@pytest.mark.parametrize("name", ["PLoS One", "PLoS ONE", "PLOS ONE", "plos-one", "The PLOS One"])
def test_a_filter_takes_any_name_of_a_journal(three: Library, name: str) -> None:
    found = three.search("cells", journal=(name,), repeats="on", per_page=100)
    same = three.search("cells", journal=("PLOS ONE",), repeats="on", per_page=100)
    assert [hit.id for hit in found.results] == [hit.id for hit in same.results]
    assert found.results
    assert found.query.filters["journal"] == ["PLOS ONE"]
    long = three.search("", journal=("Journal of Biological Chemistry",))
    assert [hit.id for hit in long.results] == ["ants/ref-2", "bees/ref-2"]
    both = three.search("", journal=("J. Biol. Chem.", name, "PLOS ONE"))
    assert both.query.filters["journal"] == ["J Biol Chem", "PLOS ONE"]
    with pytest.raises(QuestionError, match="no reference from the journal 'J Biol'"):
        three.search("", journal=("J Biol",))


def test_the_page_says_so_and_offers_each(three: Library) -> None:
    client = create_app(three, testing=True).test_client()

    def page(address: str) -> BeautifulSoup:
        return BeautifulSoup(client.get(address).data, "lxml")

    def words(soup: BeautifulSoup, where: str) -> list[str]:
        return [" ".join(each.text.split()) for each in soup.select(where)]

    once = page("/search?q=small&kind=reference")
    told = "2 entries of the same paper are shown as one. Show each"
    assert words(once, ".meaning") == [told]
    assert words(once, ".hit .cites") == ["Also in On cats cells [1]"]
    (link,) = once.select(".meaning a")
    each = page(str(link["href"]))
    assert words(each, ".meaning") == ["Each entry of a paper is listed. List each paper once"]
    assert len(each.select(".hit")) == len(once.select(".hit")) + 1
    assert each.select_one("input[name=repeats][value=on]")
    assert once.select_one("input[name=repeats]") is None
    assert words(page("/search?q=cells+OR+oocytes"), ".meaning") == [
        "3 more entries of papers that are listed are not shown. Show each"
    ]
    assert words(page("/search?q=bees"), ".meaning") == []
    chosen = page("/search?q=cells&journal=PLoS+One&journal=plos+one")
    assert words(chosen, ".applied li")[:1] == ["PLOS ONE ×"]
    assert [box["value"] for box in chosen.select("input[name=journal][checked]")] == ["PLOS ONE"]


def test_the_commands_say_so_and_offer_each(home: Path) -> None:
    def run(*words: str) -> str:
        done = CliRunner().invoke(cli.main, ["--home", str(home), *words])
        assert done.exit_code == 0, done.output
        return " ".join(done.stdout.split())

    once = run("search", "small", "--kind", "reference")
    assert "2 entries of the same paper are shown as one; --repeats shows each." in once
    assert "also in On cats cells [1] cats/ref-1" in once
    assert "--repeats" not in run("search", "small", "--kind", "reference", "--repeats")
    assert "3 more entries of papers that are listed are not shown" in run(
        "search", "cells", "OR", "oocytes"
    )
    exported = [json.loads(run("export", *o, "--format", "csl-json")) for o in ((), ("--repeats",))]
    assert [len(each) for each in exported] == [6, 9]
    found = [
        json.loads(run("export", "oocytes", *o, "--format", "csl-json"))
        for o in ((), ("--repeats",))
    ]
    assert [len(each) for each in found] == [2, 4]
