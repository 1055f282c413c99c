"""How much of an article the thesaurus covers: counted when it is indexed, shown by every face."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from poi_search import cli
from poi_search.index.coverage import PARTLY, WELL, CoverageTally, describe_coverage
from poi_search.library import Library
from poi_search.results import Coverage
from poi_search.text.analysis import tokenize
from poi_search.thesaurus import Concept
from poi_search.thesaurus.forms import text_forms
from poi_search.thesaurus.mentions import Lexicon
from poi_search.web import create_app

CONCEPTS = (
    Concept("local:stem", "S", ("mesenchymal stem cell", "cells of the cord")),
    Concept("local:cell", "C", ("cell",), ("IL-6",)),
)
LEXICON = Lexicon(text_forms(CONCEPTS))


def coverage(*texts: str) -> Coverage:
    tally = CoverageTally()
    for text in texts:
        tokens = tokenize(text)
        tally.add(tokens, LEXICON.find(text, tokens))
    return tally.coverage()


@pytest.mark.parametrize(
    ("texts", "words", "units", "level"),
    [
        (("Mesenchymal stem cells were seen in 12 rats.",), 3 / 5, 1, "well"),
        (("The cells of the cord.",), 1, 1, "well"),
        (("A cell, IL-6 and 7 further words that count here",), 2 / 6, 1, "partly"),
        (("One cell.", "Rats ran away fast", "Dogs barked"), 1 / 8, 1 / 3, "little"),
        (("Of the 12", ""), 0, 0, "little"),
        ((), 0, 0, "little"),
    ],
)
def test_the_words_that_are_part_of_a_name_are_counted(
    texts: tuple[str, ...], words: float, units: float, level: str
) -> None:
    found = coverage(*texts)
    assert (found.words, found.units) == (round(words, 3), round(units, 3))
    assert found.level == level


def test_each_level_has_its_meaning() -> None:
    assert 0 < PARTLY < WELL < 1
    few = coverage("One cell of many other things seen by day or night")
    assert few.meaning == "Searches there go mostly by the words themselves."
    assert describe_coverage(Coverage(0.714, 0.996, "well", "All is known.")) == (
        "Well covered by the thesaurus: 71 of 100 words that carry meaning are part of a name it"
        " knows, and 100 % of the units name a concept. All is known."
    )


def test_the_review_is_covered_well(library: Library) -> None:
    (view,) = library.articles()
    assert view.coverage
    assert (view.coverage.level, view.coverage.words > 0.6) == ("well", True)
    named = [bool(mentions) for mentions in library.mentions(view.id).values()]
    assert view.coverage.units == round(sum(named) / len(named), 3)


@pytest.mark.usefixtures("few_concepts")
def test_every_face_says_how_much_is_covered(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library.open(place)
    client = create_app(library).test_client()
    views = library.articles()
    told = [describe_coverage(view.coverage) for view in views if view.coverage]
    assert len(set(told)) == len(views) == 2
    shown = " ".join(CliRunner().invoke(cli.main, ["stats", "--home", str(place)]).stdout.split())
    for sentence in told:
        assert sentence in shown
        assert sentence in client.get("/about").text
    (first, _) = json.loads(client.get("/api/articles").data)["articles"]
    assert first["coverage"] == {
        name: getattr(views[0].coverage, name) for name in Coverage.__struct_fields__
    }
    # an index of a version that did not measure it
    unmeasured = [replace(view, coverage=None) for view in views]
    monkeypatch.setattr(Library, "articles", lambda _: unmeasured)
    assert "covered" not in create_app(library).test_client().get("/about").text
    assert "covered" not in CliRunner().invoke(cli.main, ["stats", "--home", str(place)]).stdout
