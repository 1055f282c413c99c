"""What nothing in the library names, what only parts of a name find, and what filters leave out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient
from homes import make_home

from poi_search import cli
from poi_search.evaluation import load_judgments
from poi_search.library import Library
from poi_search.query_view import AbsentPart, Excluded
from poi_search.results import Results
from poi_search.search.filters import left_out
from poi_search.text.analysis import fold
from poi_search.web import create_app

DATA = Path(__file__).parent / "data"
ASKED = [json.loads(line) for line in (DATA / "absent.jsonl").read_text("utf-8").splitlines()]
POF = "premature ovarian failure"
OTHER = """# Lungs

Some Body

## 1. Breathing

The failure of the heart was studied, and kidney scars. Cells grew in cystic lungs.

Fibrosis of the lung, and transplantation of the kidney. Exosomal miR-21 was seen.

The Notch receptor and 1 more. An interferon kappa. NF–QY binds QZ VW.
"""


@pytest.fixture(scope="module")
def lungs(tmp_path_factory: pytest.TempPathFactory) -> Library:
    place = make_home(tmp_path_factory.mktemp("lungs") / "h", also={"lungs.md": OTHER})
    Library.build(place)
    return Library.open(place)


def absent(results: Results) -> list[str]:
    return [part.text for part in results.query.absent]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked["text"])
def test_what_is_absent_is_said_and_nothing_else(library: Library, asked: Any) -> None:
    assert absent(library.search(asked["text"])) == asked["absent"]


def test_nothing_that_a_text_names_is_called_absent(library: Library) -> None:
    texts = [f" {fold(unit.text)} " for unit in library.units("shi-2022")]
    for name in ("judgments.jsonl", "judgments-more.jsonl"):
        for judged in load_judgments(DATA / name):
            results = library.search(judged.text)
            for part in results.query.absent:
                named = [c for c in results.query.concepts if c.matched == part.text]
                terms = [part.text, *(term for concept in named for term in concept.terms)]
                found = [t for t in terms if any(f" {fold(t)} " in text for text in texts)]
                assert not found, judged.text


def test_a_label_is_that_of_a_known_concept(library: Library) -> None:
    assert library.search("zebrafish and qqqq").query.absent == (
        AbsentPart("zebrafish", "Zebrafish"),
        AbsentPart("qqqq"),
    )
    assert library.search("cystic fibrosis").query.absent == (
        AbsentPart("cystic fibrosis", "Cystic Fibrosis"),
    )
    assert absent(library.search("quantum chromodynamics, qqqq")) == [
        "quantum chromodynamics", "qqqq",
    ]  # fmt: skip


def test_filters_corrections_and_synonyms(library: Library) -> None:
    assert absent(library.search("exosomes", year_from=1990, year_to=2000)) == []
    assert absent(library.search("exosomes year:1900")) == []
    assert absent(library.search("granuloza")) == []
    assert absent(library.search("granuloza", spelling="off")) == ["granuloza"]
    assert absent(library.search("womb lining")) == []
    assert absent(library.search("womb lining", synonyms="off")) == ["womb lining"]
    assert absent(library.search("NOT zebrafish")) == []


@pytest.mark.parametrize("name", ["miR-999", "FGF21", "ERK5", "VEGF-C", "HUCMSC-99"])
def test_a_member_of_a_family_is_not_the_family(library: Library, name: str) -> None:
    results = library.search(f"{name} exosomes")
    assert absent(results) == [name]
    assert results.query.concepts
    assert absent(library.search("MSC-treated")) == []


@pytest.mark.parametrize("name", ["miR-10b", "IFN-beta", "IL-1c", "heme oxygenase-3", "MSC-QV"])
def test_a_family_is_only_a_part_of_the_name_of_a_member(library: Library, name: str) -> None:
    results = library.search(name)
    assert (results.total, absent(results), results.query.concepts) == (0, [name], ())
    assert results.withheld == results.fragments > 0
    found = library.search(name, fragments="on", per_page=100)
    assert {reason.how for hit in found.results for reason in hit.why} == {"fragment"}


@pytest.mark.parametrize("name", ["miR-21-5p", "MSC-Exos", "interferon γ", "MSC-AMH", "IL-1β"])
def test_a_member_by_another_name_and_two_names_are_none(library: Library, name: str) -> None:
    results = library.search(name)
    assert results.total and not results.query.absent and results.query.concepts


def test_a_member_is_that_of_its_family_by_any_name(lungs: Library) -> None:
    assert absent(lungs.search("IFN-κ")) == []
    assert absent(lungs.search("IFN-ω")) == ["IFN-ω"]


def test_a_member_is_absent_although_a_text_has_its_parts_near(lungs: Library) -> None:
    for question in ("Notch1", "Notch 1"):
        results = lungs.search(question)
        assert (results.total, absent(results)) == (0, [question])


def test_a_name_written_together_is_the_one_with_a_hyphen(lungs: Library) -> None:
    results = lungs.search("NFQY")
    assert [(each.from_, each.to) for each in results.query.corrections] == [("NFQY", "NF-QY")]
    assert results.total == 1 and not results.query.absent
    for question in ("QZVW", "nfqy", "NFQYNF"):  # apart, no name, and none of the texts
        assert not lungs.search(question).query.corrections
        assert absent(lungs.search(question)) == [question]
    assert absent(lungs.search("NFQY", spelling="off")) == ["NFQY"]


def test_the_year_of_an_article_is_in_the_library(library: Library) -> None:
    assert absent(library.search("Shi 2022")) == []
    assert absent(library.search("Shi 1822")) == ["1822"]


def test_a_participle_that_nothing_has_is_absent_unless_it_only_relates(lungs: Library) -> None:
    for question in ("pegylated", "pegylated cells", "cells pegylated", "pegylated or cystic"):
        assert absent(lungs.search(question)) == ["pegylated"], question
    assert absent(lungs.search("cells pegylated by miR-21")) == []
    assert absent(lungs.search("which cells were enlarged by the failure of the heart?")) == []
    (hit,) = lungs.search("studied heart").results
    assert [reason.text for reason in hit.why] == ["heart"]


NUMBERS = """# Numbers

Some Body

## 1. Counting

Before the age of 40, at P = 0.008, in 20,000 cells of class II.

Aged 40 and of class 3, at 8.008 and 3 ± 5.

Long before, in terms of effects.
"""


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Library:
    place = make_home(tmp_path_factory.mktemp("numbers") / "h", also={"n.md": NUMBERS})
    Library.build(place)
    return Library.open(place)


@pytest.mark.parametrize(
    ("question", "found", "missing"),
    [
        ("age 40", ["1", "2"], []),  # no text has the two side by side
        ("class 3", ["2"], []),  # one text has
        ("class 2", ["1"], []),  # as a Roman numeral
        ("class 4", ["1", "2"], ["4"]),
        ("0.008", ["1"], []),
        ("20000", ["1"], []),
        ("20%", [], ["20"]),
        ("3.5", [], ["3.5"]),
        ("under 40", ["1", "2"], []),
    ],
)
def test_a_number_after_a_word_and_a_decimal_one(
    numbers: Library, question: str, found: list[str], missing: list[str]
) -> None:
    results = numbers.search(question)
    assert sorted(hit.id.removeprefix("n/s1-p") for hit in results.results) == found
    assert absent(results) == missing
    assert all(reason.how != "filter" for hit in results.results for reason in hit.why)


def test_words_are_looked_for_if_nothing_names_them_and_nothing_is_absent(
    library: Library, numbers: Library
) -> None:
    results = library.search("long term effects")
    assert results.total and not absent(results)
    assert all(hit.fragment for hit in results.results)
    results = numbers.search("long term effects")
    assert (results.total, absent(results)) == (0, ["long term effects"])


def test_a_part_is_quoted_as_typed(library: Library) -> None:
    assert absent(library.search('title:"cystic fibrosis"')) == ['title:"cystic fibrosis"']
    assert absent(library.search('"cystic fibrosis"')) == ["cystic fibrosis"]
    assert absent(library.search("doi:10.1234/none.")) == ["doi:10.1234/none"]


def test_without_synonyms_words_are_words_if_the_library_knows_the_name(library: Library) -> None:
    plain = library.search("programmed cell death", synonyms="off", per_page=1000)
    assert absent(plain) == ["programmed cell death"]
    assert plain.total == len(plain.results) > 0
    assert plain.fragments == plain.withheld and not any(hit.fragment for hit in plain.results)
    # What has more of the words comes first, whether or not the name stands in full elsewhere.
    first = library.search("oxidative stress damage", synonyms="off").results[0]
    assert "oxidative stress" in first.text
    # A name that the library has in no form is still not found in parts, except on request.
    none = library.search("cystic fibrosis", synonyms="off")
    assert none.total == 0 and none.fragments > 0
    asked_for = library.search("cystic fibrosis", synonyms="off", fragments="on")
    assert asked_for.total and all(hit.fragment for hit in asked_for.results)


def test_a_name_may_be_said_with_other_words_between(lungs: Library) -> None:
    for question in ("heart failure", "kidney transplantation", "exosomal miRNA", "lung fibrosis"):
        assert absent(lungs.search(question)) == [], question
    for question in ("cystic fibrosis", "kidney failure", "heart transplantation"):
        assert absent(lungs.search(question)) == [question]


@pytest.mark.parametrize("question", ["lung cancer", "kidney transplantation"])
def test_parts_of_an_absent_name_are_found_only_on_request(library: Library, question: str) -> None:
    found = library.search(question)
    assert (found.total, found.results) == (0, ())
    listed = library.search(question, per_page=100, fragments="on")
    assert listed.total == listed.fragments == found.fragments > 0
    for hit in listed.results:
        assert hit.fragment
        assert {reason.how for reason in hit.why} <= {"fragment", "heading", "cited"}
        assert question not in {match.query for match in hit.matches}


def test_parts_of_a_name_come_last_whatever_the_order(library: Library) -> None:
    for sort in ("relevance", "year", "-year", "order"):
        found = library.search(POF, per_page=1000, sort=sort, fragments="on")
        parts = [hit.fragment for hit in found.results]
        assert parts == sorted(parts)
        assert 0 < sum(parts) == found.fragments < found.total
        paged = [
            (hit.id, hit.fragment)
            for number in range(1, found.total // 7 + 2)
            for hit in library.search(
                POF, per_page=7, page=number, sort=sort, fragments="on"
            ).results
        ]
        assert paged == [(hit.id, hit.fragment) for hit in found.results]
    for hit in found.results:
        whole = any(reason.how not in ("fragment", "cited", "heading") for reason in hit.why)
        assert not (hit.fragment and whole)


def ids(results: Results) -> set[str]:
    return {hit.id for hit in results.results}


def test_names_of_one_thing_find_the_same(library: Library) -> None:
    """A word as common as 'effects' says nothing of side effects."""
    side = library.search("side effects", per_page=1000)
    assert ids(side) == ids(library.search("adverse events", per_page=1000))
    assert "adverse" in " ".join(hit.text for hit in side.results)
    every = library.search("side effects", per_page=1000, fragments="on")
    assert side.withheld == every.total - side.total > 0
    assert ids(every) > ids(side) >= ids(library.search("side effects", synonyms="off"))
    rest = [hit for hit in every.results if hit.id not in ids(side)]
    assert rest == [hit for hit in every.results if hit.fragment]
    assert all({reason.text for reason in hit.why} == {"effects"} for hit in rest)


def test_common_words_count_unless_they_are_parts_of_names(library: Library) -> None:
    effects = library.search("effects", per_page=1000)
    assert effects.withheld == 0 and effects.total > 45
    both = library.search("effects adverse events", per_page=1000)
    assert ids(both) >= ids(effects) and both.withheld == 0


def test_in_a_small_library_no_word_is_common(lungs: Library) -> None:
    found = lungs.search("lung fibrosis", per_page=1000)
    assert found.withheld == 0 and found.fragments > 0


def test_only_asking_for_a_part_finds_it_as_such(library: Library) -> None:
    both = library.search("cystic fibrosis OR apoptosis", per_page=100)
    assert absent(both) == ["cystic fibrosis"]
    real = [hit for hit in both.results if not hit.fragment]
    assert {hit.id for hit in real} == {
        hit.id for hit in library.search("apoptosis", per_page=100).results
    }
    assert library.search("cystic fibrosis AND apoptosis").total == 0
    (concept,) = library.search("fibrosis").query.concepts
    assert concept.label == "Fibrosis"
    for hit in library.search("cystic fibrosis", fragments="on").results:
        assert all(match.concept is None for match in hit.matches)


# Switching a concept off


def test_what_only_a_concept_finds_goes_with_it(library: Library) -> None:
    on = library.search("early menopause", per_page=1000)
    off = library.search("early menopause", per_page=1000, without=("mesh:D016649",))
    assert off.query.concepts == ()
    assert off.total < 10 < on.total
    typed = library.search("early menopause", per_page=1000, synonyms="off")
    assert [hit.id for hit in off.results] == [hit.id for hit in typed.results]
    some = library.search("early menopause apoptosis", per_page=1000, without=("mesh:D016649",))
    assert [concept.label for concept in some.query.concepts] == ["Apoptosis"]


def test_a_section_or_reference_that_does_not_exist_is_absent(library: Library) -> None:
    assert absent(library.search("exosomes section:9")) == ["section:9"]
    assert absent(library.search("cites:999")) == ["cites:999"]
    assert absent(library.search("exosomes section:3 cites:47 year:1700")) == []


# AND and NOT


def test_a_cited_title_does_not_satisfy_and(library: Library) -> None:
    for hit in library.search("exosomes AND mice", per_page=100).results:
        told = {reason.text: reason.how for reason in hit.why}
        assert {"exosomes", "mice"} <= told.keys()
        assert "cited" not in told.values()
    assert library.search("exosomes AND rats").total == 0
    assert library.search("exosomes rats").total > 0
    # A filter in the question is no part that has to be said.
    filtered = library.search("exosomes", kind=("section",), per_page=100)
    stated = library.search("exosomes AND kind:section", per_page=100)
    assert [hit.id for hit in stated.results] == [hit.id for hit in filtered.results]


def test_a_cited_title_does_not_satisfy_not(library: Library) -> None:
    kept = {hit.id for hit in library.search("exosomes NOT rats", per_page=100).results}
    cited_only = {
        hit.id
        for hit in library.search("exosomes rats", per_page=100).results
        if {reason.how for reason in hit.why if reason.text == "rats"} == {"cited"}
        and {reason.how for reason in hit.why if reason.text == "exosomes"}
    }
    assert cited_only
    assert cited_only <= kept


# Filters


def test_what_has_no_value_for_a_filter_is_counted(library: Library) -> None:
    everything = library.search("exosomes").total
    found = library.search("exosomes", year_from=2018, year_to=2020)
    papers = library.search("exosomes", kind=("reference",)).total
    assert found.query.excluded == (Excluded("year", everything - papers, "have no year"),)
    typed = library.search("exosomes year:2018..2020")
    assert typed.query.excluded == found.query.excluded
    assert typed.total == found.total
    only = library.search("exosomes", year_from=2018, kind=("reference",))
    assert only.query.excluded == ()
    assert library.search("exosomes", section=("3.4",)).query.excluded == (
        Excluded("section", papers, "are in no section"),
    )
    (journal,) = library.search("exosomes", journal=("Stem Cell Res Ther",)).query.excluded
    assert (journal.count, journal.reason) == (everything - papers, "have no journal")
    assert library.search("exosomes").query.excluded == ()


def test_nothing_because_of_a_filter(library: Library) -> None:
    found = library.search("exosomes", year_from=1990, year_to=2000)
    assert (found.total, found.query.without_filters) == (0, library.search("exosomes").total)
    assert library.search("exosomes").query.without_filters == 0
    assert library.search("zebrafish", year_from=1990).query.without_filters == 0


@pytest.mark.parametrize(
    ("limited", "filters"),
    [
        ("exosomes section:3", {"section": ("3",)}),
        ("exosomes section:3 section:4", {"section": ("3", "4")}),
        ('exosomes journal:"Life Sci"', {"journal": ("Life Sci",)}),
    ],
)
def test_a_field_of_the_question_says_what_it_leaves_out(
    library: Library, limited: str, filters: Any
) -> None:
    excluded = library.search(limited).query.excluded
    assert excluded
    assert excluded == library.search("exosomes", **filters).query.excluded
    assert library.search("section:3").query.excluded == ()
    assert library.search("exosomes OR section:3").query.excluded == ()


def test_a_filter_is_not_blamed_for_what_is_absent(library: Library) -> None:
    results = library.search("cystic fibrosis", year_from=2020)
    assert (results.total, results.fragments) == (0, 1)
    assert (results.query.excluded, results.query.without_filters) == ((), 0)
    assert library.search("cystic fibrosis year:2020").query.excluded == ()
    results = library.search("cystic fibrosis", year_from=2020, fragments="on")
    assert results.total == 1
    assert results.query.excluded == (Excluded("year", 3, "have no year"),)


def test_an_exclusion_is_a_sentence() -> None:
    assert left_out(Excluded("year", 16, "have no year")) == (
        "16 results that have no year are left out by the year filter."
    )
    assert left_out(Excluded("section", 1, "are in no section")) == (
        "1 result that is in no section is left out by the section filter."
    )


# Page and terminal


@cache
def client_of(library: Library) -> FlaskClient:
    return create_app(library, testing=True).test_client()


def page(library: Library, query: str) -> BeautifulSoup:
    response = client_of(library).get(f"/search?{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.text, "lxml")


def words(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(tag.get_text().split()) for tag in soup.select(selector)]


def test_the_page_says_what_is_absent(library: Library) -> None:
    soup = page(library, "q=kidney+transplantation")
    assert words(soup, ".absent") == ["Nothing here mentions kidney transplantation."]
    assert words(soup, ".hit") == []
    assert "Nothing in the library contains" not in soup.get_text()
    (link,) = soup.select(".fragments a")
    listed = page(library, str(link["href"]).partition("?")[2])
    assert words(listed, ".fragments") == [
        "These results mention only a part of a name that was asked for, or what is related to it."
    ]
    assert listed.select(".hit")
    assert words(page(library, "q=zebrafish+in+malaria,+qqqq"), ".absent") == [
        "Nothing here mentions zebrafish, malaria or qqqq."
    ]


def test_the_page_draws_the_line_before_parts_of_names(library: Library) -> None:
    found = library.search(POF, fragments="on")
    real = found.total - found.fragments
    shown = f"fragments=on&per_page=100&page={real // 100 + 1}"
    soup = page(library, f"q=premature+ovarian+failure&{shown}")
    lists = soup.select("ol.hits")
    assert len(lists) == 2
    assert len(lists[0].select(".hit")) == real % 100
    assert lists[1]["start"] == str(real + 1)
    assert soup.select_one(".fragments + ol.hits") == lists[1]
    assert not soup.select(".fragments a")
    soup = page(library, "q=premature+ovarian+failure")
    (link,) = soup.select(".fragments a")
    assert link.text == f"Show the {found.fragments} results that mention only a part of a name"
    assert "fragments=on" in link["href"]


def test_the_page_blames_the_filter(library: Library) -> None:
    soup = page(library, "q=exosomes&year_from=1990&year_to=2000")
    count = library.search("exosomes").total
    assert f"Without the filters, there are {count} results" in words(soup, ".none")[0]
    assert "Nothing in the library contains" not in soup.get_text()
    assert words(page(library, "q=exosomes&year_from=2018"), ".excluded")[0].endswith(
        "results that have no year are left out by the year filter."
    )


def test_the_terminal_says_the_same(home: Path) -> None:
    def run(*words: str) -> str:
        return CliRunner().invoke(cli.main, ["search", "--home", str(home), *words]).stdout

    told = run("kidney transplantation")
    assert "Nothing here mentions 'kidney transplantation'." in told
    assert "Only a part of a name: " in told
    listed = run("kidney transplantation", "--fragments")
    assert listed.count("What follows mentions only a part of a name") == 1
    assert "What follows" not in run("apoptosis")
    assert "results that have no year are left out" in run("exosomes year:2018..2020")
    assert json.loads(run("cystic fibrosis", "--json"))["query"]["absent"] == [
        {"text": "cystic fibrosis", "label": "Cystic Fibrosis"}
    ]
    assert "Without the filters: " in run("author:Ding", "--kind", "table")


def test_the_title_and_the_authors_of_an_article_are_in_the_library(lungs: Library) -> None:
    for question in ("Some Body", "lungs", "lung", "body AND zebrafish"):
        assert set(absent(lungs.search(question))) <= {"zebrafish"}, question


@pytest.mark.parametrize(("others", "named"), [("bdfghjmnp", []), ("bdfghjmnpr", ["cels"])])
def test_a_slip_is_looked_for_among_the_ten_nearest_words(
    tmp_path: Path, others: str, named: list[str]
) -> None:
    more = f"Seen were {' '.join(f'{letter}el' for letter in others)}.\n"
    text = f"# A\n\n## 1. B\n\nThe cell grew.\n\n{more}\n{more}"
    place = make_home(tmp_path / "h", also={"a.md": text})
    Library.build(place)
    assert absent(Library.open(place).search("cels grew")) == named
