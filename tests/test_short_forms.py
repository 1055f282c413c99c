"""Short forms in questions: what articles define, the initials of authors, and guesses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from general import SmallTerminology, general, use
from homes import make_home

from poi_search import thesaurus
from poi_search.cli import main
from poi_search.index.initials import names_in, repeated
from poi_search.library import Library
from poi_search.query.reading import read
from poi_search.query.short_forms import guessed_names
from poi_search.results import HitView
from poi_search.text.analysis import tokenize
from poi_search.thesaurus import Concept, Thesaurus
from poi_search.thesaurus.mentions import text_lexicon
from poi_search.web import create_app

TOPICS = (
    Concept("local:kit", "KIT ligand", ("kit ligand",), case=("SCF",)),
    Concept("local:lh", "Luteinizing hormone", ("luteinizing hormone",), case=("LH",)),
)
FLUIDS = """# Fluids

Some Body

## 1. Heat

A supercritical fluid (SCF) dissolves oil. The SCF is warm.

Oil was bought and sold in the town for years, as the CDC and the keepers of the harbour wrote then.

They paid for the clean diesel car, as the clean diesel car was old: a clean diesel car.

The CDC came to the harbour once more, to buy what was left of the oil of all of its keepers.

The CDC left.

Then LH rose [1].

## References

[1] Hyman LH. Worms of the sea. J Sea. 1939;1:1-9.
[2] Roe B. A hormone, LH. J Sea. 1940;1:1-9.
"""
CELLS = """# Cells

Some Body

## 1. Cells

The kit ligand binds.
"""


def library(place: Path, patch: pytest.MonkeyPatch, **articles: str) -> Library:
    patch.setattr(thesaurus, "load", lambda: Thesaurus(TOPICS))
    use(patch, SmallTerminology(general("mesh:G1", "Fever", "fever")))
    home = make_home(place, also={f"{name}.md": text for name, text in articles.items()})
    Library.build(home)
    return Library.open(home)


@pytest.fixture(scope="module")
def fluids(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with pytest.MonkeyPatch.context() as patch:
        yield library(tmp_path_factory.mktemp("short") / "h", patch, fluids=FLUIDS)


def hits(library: Library, question: str) -> dict[str, HitView]:
    return {hit.id: hit for hit in library.search(question).results}


def names(text: str) -> set[str]:
    return {name.words for name in names_in(text, tokenize(text))}


def test_a_short_form_means_what_the_only_article_with_it_defines(fluids: Library) -> None:
    concepts = fluids.search("SCF").query.concepts
    assert [concept.label for concept in concepts] == ["supercritical fluid"]
    assert fluids.search("kit ligand").query.absent != ()


def test_a_short_form_means_both_where_both_are_mentioned(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        both = library(tmp_path / "h", patch, fluids=FLUIDS, cells=CELLS)
        labels = {concept.label for concept in both.search("SCF").query.concepts}
        assert labels == {"supercritical fluid", "KIT ligand"}
        assert {"cells/s1-p1", "fluids/s1-p1"} <= hits(both, "SCF").keys()


def test_initials_of_an_author_are_no_short_form(fluids: Library) -> None:
    assert {"fluids/s1-p6", "fluids/ref-2"} <= hits(fluids, "LH").keys()
    assert "fluids/ref-1" not in hits(fluids, "LH")
    assert "fluids/ref-1" in hits(fluids, "Hyman LH")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hyman LH (1939) Worms of the sea.", False),
        ("Roe B, Hyman LH, Ulm D (1939a) Worms.", False),
        ("The old LH (1939) was weak.", True),
        ("Serum LH (high) and LH.", True),
    ],
)
def test_initials_before_a_year_are_those_of_an_author(text: str, named: bool) -> None:
    found = text_lexicon(Thesaurus(TOPICS)).find(text, tokenize(text))
    assert [mention.concept for mention in found][:1] == ["local:lh"] * named


def test_a_guess_comes_last_and_is_called_a_guess(fluids: Library) -> None:
    found = fluids.search("CDC")
    *literal, guess = found.results
    assert {hit.id for hit in literal} == {"fluids/s1-p2", "fluids/s1-p4", "fluids/s1-p5"}
    assert (guess.id, [why.how for why in guess.why]) == ("fluids/s1-p3", ["initials"])
    said = "CDC, perhaps “clean diesel car”: a guess by its initials"
    page = create_app(fluids, testing=True).test_client().get("/search?q=CDC").text
    assert said in page
    assert "<b>CDC</b>, a guess by its initials: “clean diesel car”" in page
    told = CliRunner().invoke(main, ["search", "CDC", "--home", str(fluids.home)]).stdout
    assert said in told
    assert (
        "guess"
        not in CliRunner().invoke(main, ["search", "oil", "--home", str(fluids.home)]).stdout
    )


@pytest.mark.parametrize(
    ("text", "looked_up"),
    [
        ("CD", []),
        ("CDC", ["cdc"]),
        ("CDCs", ["cdc"]),
        ("KLMNOP", ["klmnop"]),
        ("KLMNOPQ", []),
        ("klmn", ["klmn"]),
        ("klmno", []),
        ("THE KLMN", []),
    ],
)
def test_what_has_the_length_of_a_short_form_is_looked_up(text: str, looked_up: list[str]) -> None:
    asked: list[str] = []

    def guess(initials: str) -> str:
        asked.append(initials)
        return ""

    reading = read(text, None, sentence=False)
    assert guessed_names(text, reading, guess, lambda stem: False) == ()
    assert asked == looked_up


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the clean diesel car.", "clean diesel car"),
        ("(school of light and air)", "school of light and air"),
        ("We saw the Old Keepers Club pay.", "old keepers club"),
    ],
)
def test_a_whole_name_has_initials(text: str, found: str) -> None:
    assert found in names(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("the small clean diesel car.", "clean diesel car"),
        ("the clean diesel car wash.", "clean diesel car"),
        ("the clean diesel car-wash.", "clean diesel car"),
        ("the Old Keepers Club House.", "old keepers club"),
        ("a catalyst derived from cotton.", "catalyst derived from cotton"),
        ("oils against food spoilage.", "oils against food spoilage"),
    ],
)
def test_a_part_of_a_longer_name_has_none(text: str, part: str) -> None:
    assert part not in names(text)


def test_only_whole_names_count_as_repeated() -> None:
    text = "The clean diesel car. The clean diesel car wash."
    assert repeated(names_in(text, tokenize(text))) == frozenset()
