"""The topics of a home: before those that ship, strict, checked, and taken up by the next build."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result
from general import SmallTerminology, general, use
from homes import add_topic, make_home
from hypothesis import given
from hypothesis import strategies as st

from poi_search import cli, thesaurus
from poi_search.checking import check_all
from poi_search.library import Library
from poi_search.query_view import ConceptView
from poi_search.text.analysis import stems
from poi_search.thesaurus import Concept, Thesaurus, ThesaurusError, home_topics
from poi_search.thesaurus.home_findings import load_sound
from poi_search.thesaurus.home_topics import merge, taken_names
from poi_search.thesaurus.lint import lint

CELLS = """
[[concept]]
id = "local:large"
label = "Large cells"
terms = ["large cell", "oocyte"]
"""
SHIPPED = Thesaurus(
    (
        Concept(
            "mesh:A", "A", ("alpha", "first thing"), ("AL",), topic="a.toml", broader=("mesh:B",),
            beside=(("one", ("two",)),), asked=("no one",), unlike=("alpha male",), also=("hp:1",),
        ),
        Concept("mesh:B", "B", ("beta", "VEGF"), ("StAR",), topic="b.toml", ambiguous=("GC",)),
    )
)  # fmt: skip


def run(place: Path, *words: str) -> Result:
    return CliRunner().invoke(cli.main, [*words, "--home", str(place)])


# One thesaurus from two


def test_a_concept_of_the_home_adds_to_the_one_that_ships() -> None:
    own = Concept(
        "mesh:A", "Mine", ("AL", "gamma"), topic="thesaurus/m.toml", related=("mesh:B",),
        beside=(("one", ("three",)),), broader=("local:x", "mesh:B"), asked=("first thing",),
    )  # fmt: skip
    assert merge([own], SHIPPED).concepts["mesh:A"] == Concept(
        "mesh:A", "Mine", ("AL", "gamma", "alpha"), topic="thesaurus/m.toml", related=("mesh:B",),
        beside=(("one", ("three",)),), broader=("local:x", "mesh:B"), extends="a.toml",
        asked=("first thing", "no one"), unlike=("alpha male",), also=("hp:1",),
    )  # fmt: skip
    assert list(taken_names([own], SHIPPED.concepts.values())) != []


def test_or_takes_its_place() -> None:
    own = Concept("mesh:A", "Mine", ("gamma",), topic="thesaurus/m.toml", replace=True)
    merged = merge([own], SHIPPED).concepts
    assert merged["mesh:A"].names == ("gamma",)
    assert merged["mesh:A"].extends == "a.toml"
    assert merged["mesh:B"] == SHIPPED.concepts["mesh:B"]
    assert list(merged) == ["mesh:A", "mesh:B"]


@pytest.mark.parametrize(
    ("own", "rest"),
    [
        (Concept("local:x", "X", ("betas",)), ("VEGF", "StAR", "GC")),
        (Concept("local:x", "X", case=("VEGF",)), ("beta", "StAR", "GC")),
        (Concept("local:x", "X", case=("Vegf",)), ("beta", "VEGF", "StAR", "GC")),
        (Concept("local:x", "X", ("star",)), ("beta", "VEGF", "StAR", "GC")),
        (Concept("local:x", "X", beside=(("GCs", ("a",)),)), ("beta", "VEGF", "StAR")),
        (Concept("local:x", "X", asked=("beta", "StAR")), ("VEGF", "GC")),
    ],
)
def test_a_name_that_both_have_is_the_home_s(own: Concept, rest: tuple[str, ...]) -> None:
    merged = merge([own], SHIPPED)
    assert merged.concepts["local:x"] == own
    assert merged.concepts["mesh:B"].names == rest
    assert merged.concepts["mesh:A"] == SHIPPED.concepts["mesh:A"]


WORDS = st.sampled_from(["ab", "abs", "AB", "Ab", "cd ef", "cd-ef", "gh"])
NAMES = st.lists(WORDS, max_size=3, unique=True).map(tuple)
CONCEPTS = st.lists(
    st.builds(
        Concept, st.sampled_from(["local:1", "local:2", "local:3"]), st.just("L"),
        terms=NAMES, case=NAMES, ambiguous=NAMES, asked=NAMES, replace=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda concept: concept.id,
)  # fmt: skip


@given(CONCEPTS, CONCEPTS)
def test_no_name_is_lost_or_has_two_owners(own: list[Concept], shipped: list[Concept]) -> None:
    merged = merge(own, Thesaurus(shipped)).concepts
    assert set(merged) == {concept.id for concept in (*own, *shipped)}
    mine = {concept.id: concept for concept in own}
    every = {name for concept in own for name in concept.names}
    for concept in own:
        assert set(merged[concept.id].names) >= set(concept.names)
    for concept in shipped:
        here = mine.get(concept.id, Concept("local:none", "L"))
        added = set(merged[concept.id].names) - set(here.names)
        assert added.isdisjoint(every)
        assert added <= (set() if here.replace else set(concept.names))
        if not here.replace:
            assert {stems(name) for name in set(concept.names) - added} <= set(map(stems, every))


# In a home


def is_of_topic(concept: ConceptView) -> bool:
    """Whether a concept is one of a topic: the terminology knows cells as well."""
    return concept.source == "thesaurus"


@pytest.mark.usefixtures("few_concepts")
def test_each_home_has_its_own_topics(place: Path, tmp_path: Path) -> None:
    other = add_topic(make_home(tmp_path / "other", "small.md"), CELLS.replace("Large", "Huge"))
    add_topic(place, CELLS)
    plain = make_home(tmp_path / "plain", "small.md")
    opened = []
    for home in (place, other, plain):
        Library.build(home)
        opened.append(Library.open(home))
    labels = [
        [each.label for each in library.search("large cells").query.concepts if is_of_topic(each)]
        for library in opened
    ]
    assert labels == [["Large cells"], ["Huge cells"], []]
    assert not any(library.stale() for library in opened)
    found = {hit.id for hit in opened[0].search("large cell").results}
    assert "small/s1-p1" in found  # it names oocytes
    assert opened[0].concept("mesh:D051379")  # what ships is there too


@pytest.mark.usefixtures("few_concepts")
def test_a_change_makes_the_index_stale_until_the_next_build(place: Path) -> None:
    library = Library.open(place)

    def concepts() -> list[str]:
        found = library.search("large cells").query.concepts
        return [concept.id for concept in found if is_of_topic(concept)]

    def is_stale_until_built(expected: list[str]) -> None:
        before = concepts()
        assert library.stale()
        assert concepts() == before  # the generation keeps its thesaurus
        told = " ".join(run(place, "stats").stdout.split())
        assert "older than the corpus or the thesaurus: run poi-search index" in told
        assert "older than the corpus or the thesaurus" in run(place, "search", "x").stderr
        assert Library.build(place).built
        assert (library.stale(), concepts()) == (False, expected)

    add_topic(place, CELLS)
    is_stale_until_built(["local:large"])
    add_topic(place, CELLS.replace("local:large", "local:big"))
    is_stale_until_built(["local:big"])
    (place / "thesaurus" / "mine.toml").rename(place / "thesaurus" / "ours.toml")
    is_stale_until_built(["local:big"])
    (place / "thesaurus" / "ours.toml").unlink()
    is_stale_until_built([])
    assert not Library.build(place).built
    (place / "thesaurus" / ".#mine.toml").symlink_to("nowhere")  # the lock of an editor
    assert not library.stale()


@pytest.mark.usefixtures("few_concepts")
@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[concept]\n", "thesaurus/mine.toml: it is not valid TOML: "),
        ("\n\nx = [", "(at end of document). Correct it"),
        ("[[concept]]\nid = 'x:1'\nlabel = 'x'\n", "mine.toml, concept 1 (x:1), id: it is "),
        (CELLS + CELLS, "thesaurus/mine.toml: local:large is also in thesaurus/mine.toml. Keep"),
        (CELLS + "replace = 'yes'", 'is "yes", not true or false. Write it as replace = true'),
    ],
)
def test_a_broken_file_ends_in_one_line_and_the_old_index_stays(
    place: Path, content: str, says: str
) -> None:
    before = Library.open(place).generation
    add_topic(place, content)
    for command in ("index", "serve"):
        ended = run(place, command)
        assert (ended.exit_code, ended.stdout) == (1, "")
        assert ended.stderr.startswith("Error: thesaurus/mine.toml")
        assert says in ended.stderr
        assert ended.stderr.count("\n") == 1
    library = Library.open(place)
    assert (library.generation, library.stale()) == (before, True)
    assert library.search("oocytes").total


@pytest.mark.usefixtures("few_concepts")
def test_what_cannot_be_opened_is_named(place: Path) -> None:
    add_topic(place, CELLS)
    link = place / "thesaurus" / "gone.toml"
    link.symlink_to("nowhere")
    assert Library.open(place).stale()
    with pytest.raises(ThesaurusError, match=r"^thesaurus/gone\.toml: there is no such file\."):
        Library.build(place)
    link.unlink()
    link.mkdir()
    with pytest.raises(ThesaurusError, match=r"^thesaurus/gone\.toml: it cannot be opened"):
        Library.build(place)


@pytest.mark.usefixtures("few_concepts")
def test_check_reports_every_finding_on_the_topics_of_the_home(place: Path) -> None:
    add_topic(place, "nonsense", "bad.toml")
    add_topic(place, CELLS, "cells.toml")
    add_topic(place, CELLS, "same.toml")
    add_topic(
        place,
        """
[[concept]]
id = "local:grey"
label = "Grey mice"
terms = ["mice", "mouse, grey", "large cells"]
broader = ["local:none"]
replace = true

[[concept]]
id = "mesh:D051381"
label = "Dog"
""",
        "z.toml",
    )
    add_topic(place, "", "notes.txt")
    add_topic(place, "", "README.md")
    wrong = [f for f in check_all(place) if "thesaurus" in f.place and f.severity != "notice"]
    z = "thesaurus/z.toml local:grey"
    assert [(f.severity, f.place, f.message.replace("Grey mice: ", "")) for f in wrong] == [
        ("error", "thesaurus", "thesaurus/bad.toml: it is not valid TOML: Expected '=' after a key"
         " in a key/value pair (at end of document). Correct it"),
        ("error", "thesaurus", "thesaurus/same.toml: local:large is also in thesaurus/cells.toml."
         " Keep one of them."),
        ("warning", "thesaurus/notes.txt",
         "Not read: the name of a topic file must end in .toml."),
        ("warning", z, "replace has no effect: no concept that ships has this id"),
        ("warning", "thesaurus/z.toml mesh:D051381",
         "Dog: id is that of Rats in animals.toml. Is it the right one?"),
        ("error", z, "broader names local:none, which is not a concept"),
        ("error", z, "'large cells' in terms is also in local:large"),
        ("error", z, "'mouse, grey' in terms is never found as it is written;"
         " a name ends at a sign such as a comma"),
    ]  # fmt: skip
    notices = [f.message for f in check_all(place) if f.place == z and f.severity == "notice"]
    assert notices == [
        "Grey mice: 'mice' in terms is no longer a name of Mice (mesh:D051379 in animals.toml)"
    ]
    assert run(place, "check").exit_code == 1


def test_a_thesaurus_that_is_no_folder_is_reported(place: Path) -> None:
    (place / "thesaurus").write_text("")
    findings = load_sound(place).findings
    assert [(f.place, f.message) for f in findings] == [
        ("thesaurus", "Not read: it is not a folder.")
    ]
    assert home_topics.digest(place) == thesaurus.digest()


@pytest.mark.usefixtures("few_concepts")
def test_judged_sentences_are_read_with_the_topics_of_the_home(place: Path) -> None:
    add_topic(place, CELLS)
    judged = place / "judged.jsonl"
    judged.write_text('{"text": "An oocyte grew.", "concept": "local:large", "found": true}\n')
    assert "recall 1.000" in run(place, "check", "--concepts", str(judged)).stdout


# With the general terminology


class Mesh(NamedTuple):
    name: str = "MeSH"
    version: str = "2024"


FEVERS = """
[[concept]]
id = "mesh:D9"
label = "Gnats"
terms = ["midge", "swamp fevers"]
case = ["DDT"]
asked = ["cold"]
replace = true

[[concept]]
id = "mesh:D10"
label = "None"

[[concept]]
id = "hp:10"
label = "None either"
"""


@pytest.fixture
def fevers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminology of which a topic takes names."""
    terms = SmallTerminology(
        general("mesh:D9", "Gnats", "midges", "gnat"),
        general("mesh:D8", "Swamp Fever", "swamp fever", topic="MeSH"),
        general("mesh:D7", "Chlorophenothane", case=("DDT",), topic="MeSH"),
        general("mesh:D6", "Ddt genes", case=("Ddt",), topic="MeSH"),
        general("mesh:D5", "Common Cold", ambiguous=("cold",), topic="MeSH"),
    )
    terms.sources = (Mesh(),)
    use(monkeypatch, terms)


@pytest.mark.usefixtures("few_concepts", "fevers")
@pytest.mark.parametrize("built", [True, False])
def test_check_knows_the_general_concepts_with_and_without_an_index(
    tmp_path: Path, built: bool
) -> None:
    place = add_topic(make_home(tmp_path / "h", "small.md"), FEVERS)
    if built:
        Library.build(place)
    of_topics = [f for f in check_all(place) if f.place.startswith("thesaurus/mine.toml")]
    assert [(f.severity, f.message) for f in of_topics] == [
        ("warning", "None: mesh:D10 is not in MeSH 2024 as it ships: is it right?"),
        ("notice", "Gnats: 'swamp fevers' in terms is no longer a name of Swamp Fever"
         " (mesh:D8 in MeSH)"),
        ("notice", "Gnats: 'DDT' in case is no longer a name of Chlorophenothane"
         " (mesh:D7 in MeSH)"),
        ("notice", "Gnats: 'cold' in asked is no longer a name of Common Cold (mesh:D5 in MeSH)"
         " in questions"),
        ("error", "None: it has no terms"),
        ("error", "None either: it has no terms"),
    ]  # fmt: skip


def test_a_general_concept_adds_only_names_that_the_home_lacks() -> None:
    terms = SmallTerminology(general("mesh:D9", "Gnats", "midges", "gnat", also=("doid:9",)))
    own = Concept("doid:9", "Gnats", ("midge",))
    other = Concept("local:x", "X", ("gnats",))
    merged = merge([own, other], Thesaurus(()), terms).concepts
    assert {key: each.terms for key, each in merged.items()} == {
        "doid:9": ("midge",), "local:x": ("gnats",),
    }  # fmt: skip


@pytest.mark.usefixtures("few_concepts")
def test_a_build_says_how_many_errors_check_finds(place: Path) -> None:
    add_topic(place, CELLS)
    assert "thesaurus/" not in run(place, "index").stderr
    add_topic(place, CELLS + 'broader = ["local:none"]\n')
    ended = run(place, "index")
    assert (ended.exit_code, ended.stdout[:5]) == (0, "Built")
    told = "There is 1 error in thesaurus/, which poi-search check lists."
    assert ended.stderr.splitlines()[-1] == told


# Collisions


@pytest.mark.parametrize(
    ("concept", "says"),
    [
        (Concept("x", "X", ("cells, big",)), "error X: 'cells, big' in terms is never found as it"
         " is written; a name ends at a sign such as a comma"),
        (Concept("x", "X", case=("cell-stems",)), "warning X: 'cell-stems' in case is also read as"
         " y"),
        (Concept("x", "X", ("stem cell to be",)), ""),
        (Concept("x", "X", asked=("stem cells too",)), ""),
        (Concept("x", "X", case=("SC",), beside=(("SC", ("niche",)),)), ""),
        (Concept("x", "X", ambiguous=("SC",)), ""),
        (Concept("x", "X", ("stem cells",)), "error X: 'stem cells' in terms is also in y"),
    ],
)  # fmt: skip
def test_a_name_is_read_as_its_concept_or_the_collision_is_named(
    concept: Concept, says: str
) -> None:
    other = Concept("y", "Y", ("stem cell", "cell stem"), ("Sc",))
    found = [f"{each.severity} {each.message}" for each in lint(Thesaurus((other, concept)))]
    assert "".join(found) == says
