"""What words are known as: `poi-search terms`, and `Library.meanings`."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from homes import add_topic, make_home
from hypothesis import example, given
from hypothesis import strategies as st

from poi_search import cli, thesaurus
from poi_search.cli.meaning_lines import print_meanings
from poi_search.library import Library
from poi_search.search.meanings import (
    ConceptLabel,
    KnownConcept,
    Meaning,
    Meanings,
    Occurrence,
)
from poi_search.text.analysis import stems
from poi_search.thesaurus import Thesaurus

TOPIC = """
[[concept]]
id = "local:large"
label = "Large cells"
terms = ["large cell", "oocyte"]
case = ["GC"]
ambiguous = ["LC"]
asked = ["big ones"]
unlike = ["cell count"]
broader = ["mesh:D000818", "local:none"]
related = ["local:tiny"]

[concept.beside]
giant = ["cell", "egg"]

[[concept]]
id = "local:tiny"
label = "Tiny cells"
terms = ["small cell"]
broader = ["local:large"]

[[concept]]
id = "mesh:D051379"
label = "Mice"
terms = ["mousekin"]
"""
ARTICLE = """# On largeness

Ada Small

## 1. Text

Oocytes and mice. Grey cords (GC) are cords. The GC is old. Large cells here.

A small cell count. Small cells.
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, few_terms: Thesaurus) -> Library:
    place = make_home(
        tmp_path_factory.mktemp("m") / "h", "small.md", "other.md", also={"large.md": ARTICLE}
    )
    add_topic(place, TOPIC)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thesaurus, "load", lambda: few_terms)
        assert not Library.build(place).failures
    return Library.open(place)


def only(library: Library, words: str) -> Meaning:
    (part,) = library.meanings(words).parts
    return part


def concept(library: Library, words: str) -> KnownConcept:
    (found,) = only(library, words).concepts
    return found


def test_a_concept_of_the_home(opened: Library) -> None:
    found = concept(opened, "Large-Cells")
    assert (found.id, found.layer, found.origin) == ("local:large", "home", "thesaurus/mine.toml")
    assert (found.label, found.url, found.extends) == ("Large cells", "", "")
    assert found.names == {
        "terms": ("large cell", "oocyte"), "case": ("GC",), "ambiguous": ("LC",),
        "beside": ("giant",), "asked": ("big ones",),
    }  # fmt: skip
    assert found.beside == {"giant": ("cell", "egg")}
    assert [each.label for each in found.broader] == ["Animals", "local:none"]
    assert [each.label for each in found.narrower] == ["Tiny cells"]
    assert [(each.id, each.label) for each in found.related] == [("local:tiny", "Tiny cells")]
    assert [(o.article, o.units, o.others) for o in found.occurrences] == [
        ("large", 1, 1), ("other", 2, 0), ("small", 2, 2),
    ]  # fmt: skip
    assert found.occurrences[0].first == ("large/s1-p1",)


def test_three_of_the_units_that_name_a_concept_are_listed(library: Library) -> None:
    (found,) = concept(library, "apoptosis").occurrences
    assert found.units > 3
    assert len(found.first) == 3


def test_every_name_leads_to_its_concept_whatever_its_condition(opened: Library) -> None:
    for name in ("oocytes", "LC", "giant", "big ones"):
        assert concept(opened, name).id == "local:large"
    assert [each.id for each in only(opened, "GC").concepts] == [
        "local:large", "local:own/grey-cords",
    ]  # fmt: skip
    unlike = opened.meanings("cell count").parts  # in which the concept is not named
    assert "local:large" not in {each.id for part in unlike for each in part.concepts}


def test_concepts_of_an_article_and_those_that_ship(opened: Library) -> None:
    own = concept(opened, "grey cords")
    assert (own.layer, own.origin, own.defined_in) == ("article", "large", ("large",))
    shipped = concept(opened, "zebrafish")
    assert (shipped.layer, shipped.origin) == ("shipped", "animals.toml")
    assert shipped.url.endswith("ui=D015027")
    both = concept(opened, "mousekin")
    assert (both.layer, both.origin, both.extends) == (
        "home", "thesaurus/mine.toml", "animals.toml",
    )  # fmt: skip
    assert concept(opened, "murine") == both


def test_a_concept_of_the_general_terminology(
    opened: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    concepts = opened.snapshot().thesaurus.concepts
    sheep = replace(concepts["mesh:D012756"], source="terminology", topic="MeSH")
    monkeypatch.setitem(concepts, sheep.id, sheep)
    monkeypatch.setattr(Library, "open", lambda _: opened)
    found = concept(opened, "sheep")
    assert (found.layer, found.origin) == ("general", "MeSH")
    assert "  from the general terminology (MeSH)\n" in run(opened, "sheep").stdout


def test_words_that_are_no_name(opened: Library) -> None:
    unknown = only(opened, "studied")
    assert (unknown.concepts, unknown.units, unknown.spelling) == ((), 1, "")
    assert only(opened, "zebrafsh").spelling == "zebrafish"
    assert only(opened, "zebrafsh").units == 0
    assert only(opened, "…").units == 0
    whole, *rest = opened.meanings("wavering oocytes").parts
    assert (whole.text, whole.concepts, whole.units) == ("wavering oocytes", (), 0)
    assert [(part.text, len(part.concepts)) for part in rest] == [("wavering", 0), ("oocytes", 1)]
    assert [part.text for part in opened.meanings("GC-99").parts] == ["GC-99"]


@given(st.lists(st.sampled_from("large cells oocyte GC of mice zebrafsh IL-6 “ 7".split())))
@example(["cells", "7"])
def test_the_parts_are_words_of_the_text_in_order(opened: Library, words: list[str]) -> None:
    text = " ".join(words)
    whole, *rest = opened.meanings(text).parts
    assert whole.text == text
    assert not (rest and whole.concepts)
    places = [text.find(part.text) for part in rest]
    assert min(places, default=0) >= 0
    assert len(rest) != 1
    every = list(stems(text))
    for part in rest:
        assert set(stems(part.text)) <= set(every)
    assert all(one.text != text for one in rest)
    assert all(one != other or one.text == other.text for one, other in pairwise(rest))


# The command


def run(library: Library, *words: str) -> Result:
    return CliRunner().invoke(cli.main, ["terms", *words, "--home", str(library.home)])


def test_the_command_prints_it_all(opened: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    told = run(opened, "oocyte")
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.split("\n") == [
        "oocyte → Large cells",
        "  local:large",
        "  from thesaurus/mine.toml in this home",
        "  names: large cell, oocyte",
        "  with these capitals: GC",
        "  if the article names it otherwise, with these capitals: LC",
        "  in questions: big ones",
        "  next to cell, egg: giant",
        "  broader: Animals, local:none",
        "  narrower: Tiny cells",
        "  related: Tiny cells",
        "  large: named in 1 unit (large/s1-p1); a narrower concept, or a longer name, in 1 more",
        "  other: named in 2 units (other/s1-p1, other/ref-1)",
        "  small: named in 2 units (small/s1-p1, small/ref-2); a narrower concept, or a longer"
        " name, in 2 more",
        "",
    ]
    assert (
        "from thesaurus/mine.toml in this home, on top of animals.toml"
        in run(opened, "mice").stdout
    )
    assert "  defined in the article large\n" in run(opened, "grey", "cords").stdout
    assert "  from animals.toml, which ships with poi-search\n" in run(opened, "sheep").stdout
    assert "  no article names it\n" in run(opened, "sheep").stdout


def test_the_command_says_what_is_unknown(opened: Library) -> None:
    told = run(opened, "zebrafsh")
    assert told.exit_code == 0
    assert told.stdout.split("\n") == [
        "'zebrafsh' is not a name that the thesaurus knows.",
        "  No unit has the words as such.",
        "  Did you mean zebrafish?",
        "",
    ]
    assert (
        "  1 unit has the words as such: poi-search search studied\n"
        in run(opened, "studied").stdout
    )


def test_json_is_what_the_library_returns(opened: Library) -> None:
    printed = json.loads(run(opened, "large", "cell", "--json").stdout)
    assert printed["text"] == "large cell"
    assert printed["parts"][0]["concepts"][0]["occurrences"][0] == {
        "article": "large", "units": 1, "first": ["large/s1-p1"], "others": 1,
    }  # fmt: skip


def test_long_lists_are_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    many = tuple(ConceptLabel(f"local:{n}", f"L{n}") for n in range(13))
    places = tuple(Occurrence(f"a{n}", 4, ("x/1", "x/2", "x/3"), 0) for n in range(14))
    first = KnownConcept(
        "mesh:D1", "One", "https://example.org/1", "home", "thesaurus/m.toml", "a.toml", {}, {}, (),
        many, (), ("b", "c"), places,
    )  # fmt: skip
    second = KnownConcept("local:2", "Two", "", "article", "b", "", {}, {}, (), (), (), ("b",), ())
    print_meanings(Meanings("x", (Meaning("x", (first, second), 3, ""),)))
    assert capsys.readouterr().out.split("\n") == [
        "x → One",
        "  mesh:D1 https://example.org/1",
        "  from thesaurus/m.toml in this home, on top of a.toml, which ships with poi-search;"
        " also as defined in b, c",
        "  narrower: L0, L1, L2, L3, L4, L5, L6, L7, L8, L9, L10, L11 and 1 more",
        *(f"  a{n}: named in 4 units (x/1, x/2, x/3, …)" for n in range(12)),
        "  and in 2 more articles",
        "",
        "x → Two",
        "  local:2",
        "  defined in the article b",
        "  no article names it",
        "",
    ]


def test_what_is_no_text_is_refused(opened: Library) -> None:
    refused = run(opened, "POI \udcff", "--json")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "Error: The words are not valid text. Type them again.\n"


def test_without_an_index_the_command_says_what_to_do(tmp_path: Path) -> None:
    place = make_home(tmp_path / "h", "small.md")
    ended = CliRunner().invoke(cli.main, ["terms", "x", "--home", str(place)])
    assert (ended.exit_code, ended.stderr.count("\n")) == (1, 1)
    assert "no index yet" in ended.stderr
