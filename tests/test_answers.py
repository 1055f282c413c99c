"""What a passage defines and counts."""

from __future__ import annotations

import pytest
from articles import DATA

from poi_search.index.answers import is_list
from poi_search.index.counts import counted, counts_people
from poi_search.index.defining_sentences import definitions
from poi_search.index.units import units
from poi_search.readers import read_article
from poi_search.text.analysis import tokenize
from poi_search.text.sentences import sentences


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Autophagy is a process of recycling.", ["Autophagy"]),
        ("Heat pumps are electric machines that move heat.", ["Heat pumps"]),
        ("A supercritical fluid (SCF) is a fluid above a point.", ["supercritical fluid", "SCF"]),
        (
            "Sun disease (SD), also known as bright fever (BF), refers to a fever.",
            ["Sun disease", "SD", "BF", "bright fever"],
        ),
        ("However, in birds, the gizzard is one of two stomachs.", ["gizzard"]),
        ("N,N-dimethylfoo, which smells, was among the first baits.", ["N,N-dimethylfoo"]),
        ("CIITA therefore can be regarded as a switch.", ["CIITA"]),
        ("Torpor is defined as rest. Sopor means deep sleep.", ["Torpor", "Sopor"]),
        ("The loss of heat is the problem.", ["loss"]),
        ("Mixtures of esters are named biodiesel.", ["biodiesel"]),
    ],
)
def test_names_that_are_defined(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in definitions(text, sentences(text))] == names


@pytest.mark.parametrize(
    "text",
    [
        "It is a process.",
        "These are old machines.",
        "Cats and dogs are a burden.",
        "MSCs are easy to isolate.",
        "MSCs are known to have limits.",
        "Patients are treated with drugs.",
        "Rats were treated.",
        "If heat is lost, it is a problem.",
        "Young et al. found that it is the cause.",
        "One two three four five six seven eight nine is a long name.",
        "",
    ],
)
def test_sentences_that_define_nothing(text: str) -> None:
    assert not list(definitions(text, sentences(text)))


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("We saw 61 patients diagnosed with it.", ["patients"]),
        ("In 4 of the young patients who ate", ["young patients"]),
        ("more than 300 trials applying cells", ["trials"]),
        ("5% to 30% of patients with it", ["patients"]),
        ("Hundreds of clinical trials, two women", ["clinical trials", "women"]),
        ("four (8%) of the women", ["women"]),
        ("20 injected rats", ["injected rats"]),
        ("In 2018 patients came", []),
        ("Table 2 patients", []),
        ("a 0.5 dose, IL-6 levels, miR-21 genes, a 3-line text", []),
        ("factor 11 protein, 3 α chains", []),
        ("7. Patients came in 8, patients left with 9 and", []),
        ("at the age of 40 characterized by", []),
    ],
)
def test_what_is_counted(text: str, things: list[str]) -> None:
    assert [text[start:end] for start, end in counted(text, tokenize(text))] == things


def test_counts_of_people() -> None:
    text = "Of 61 patients, 4 were well; 9 mice died, and 2 groups of women"
    tokens = tokenize(text)
    people = counts_people(tokens, list(counted(text, tokens)))
    assert [text[start:].split(maxsplit=1)[0] for start in people] == ["patients,", "groups"]


def test_notes_of_tables_abbreviations_and_keywords_are_lists() -> None:
    article = read_article(DATA / "jats-numbered.xml")
    lists = [unit.view.anchor for unit in units(article) if is_list(unit.view)]
    statements = ["conflict-of-interest-p1", "funding-p1", "ethics-p1", "data-availability-p1"]
    assert lists == ["keywords", "t1-notes", "abbreviations", *statements]
