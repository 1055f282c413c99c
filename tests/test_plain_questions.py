"""Plain questions: the passage that answers them is among the first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from homes import make_home

from poi_search.evaluation import load_judgments
from poi_search.library import Library
from poi_search.results import SearchRequest

DATA = Path(__file__).parent / "data"
KNOWN, MORE = (
    load_judgments(DATA / f"{name}.jsonl") for name in ("plain-questions", "plain-questions-more")
)


def anchors(library: Library, question: str) -> list[str]:
    found = library.search(SearchRequest(q=question, per_page=100)).results
    return [hit.anchor for hit in found]


def rank(library: Library, question: str, right: Mapping[str, int]) -> int:
    """The place of the first right unit, from 1; 999 if none is found."""
    found = anchors(library, question)
    return next((place for place, anchor in enumerate(found, 1) if anchor in right), 999)


@pytest.mark.parametrize("asked", KNOWN, ids=lambda asked: asked.text)
def test_the_right_unit_is_among_the_first_three(library: Library, asked: object) -> None:
    assert rank(library, asked.text, asked.rels) <= 3  # type: ignore[attr-defined]


def test_other_questions_that_were_written_before_any_search(library: Library) -> None:
    ranks = {asked.text: rank(library, asked.text, asked.rels) for asked in MORE}
    assert sum(place == 1 for place in ranks.values()) >= 25, ranks
    assert sum(place <= 3 for place in ranks.values()) >= 28, ranks


LONG = """which was written down at length by those who came later, in many letters and in \
diaries of which few were kept, and none was printed before the end of the great war"""
ARTICLE = f"""\
# Glimmer fever and its keepers

Ada Small

## Abstract

Glimmer fever (GF) is studied here. We ask what is known.

**Keywords:** glimmer fever, moon tea, keepers

## 1. Background

Keepers of moths have had glimmer fever, and glimmer fever returns. Glimmer fever!

Glimmer fever (GF) is a disease of moths with a long course, {LONG}.

## 2. Trials

Moon tea was given to moths. Keepers asked for moon tea, and moon tea was sold to keepers.

Moon tea was given to 34 keepers, of whom none complained, {LONG}.

Safety is rare. The safety of moon tea was praised: safe, and again safe.

Among 12 patients who drank it for years it was safe, {LONG}.

## 3. Helpers

Lamp oil was burnt. Lamp oil is cheap, and lamp oil was sold.

They burnt lamp oil (LO) in summer, {LONG}.

## 4. Lanterns

Lanterns stood there. A lantern is bright, and lanterns were lit.

The leading cause of a dull lantern is damp, {LONG}.

## Abbreviations

GF = glimmer fever, MT = moon tea, LO = lamp oil.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    home = make_home(tmp_path_factory.mktemp("plain") / "h", also={"fever.md": ARTICLE})
    Library.build(home)
    return Library.open(home)


@pytest.mark.parametrize(
    "question",
    ["what is glimmer fever", "glimmer fever", "What is GF?", "definition of glimmer fever"],
)
def test_what_defines_a_name_comes_first(small: Library, question: str) -> None:
    assert anchors(small, question)[0] == "s1-p2"


def test_a_definition_is_preferred_only_if_nothing_else_is_asked(small: Library) -> None:
    assert anchors(small, "glimmer fever of keepers")[0] == "s1-p1"


def test_what_introduces_a_short_form_comes_before_mere_mentions(small: Library) -> None:
    assert anchors(small, "lamp oil") == ["s3-p2", "s3-p1", "abbreviations"]


@pytest.mark.parametrize("question", ["how many keepers drank moon tea", "number of keepers"])
def test_what_counts_comes_first(small: Library, question: str) -> None:
    assert anchors(small, question)[0] == "s2-p2"
    assert anchors(small, "keepers, moon tea")[0] == "s2-p1"


def test_what_was_seen_in_people_answers_yes_or_no(small: Library) -> None:
    assert anchors(small, "is it safe")[0] == "s2-p4"
    assert anchors(small, "safety")[0] == "s2-p3"


def test_what_speaks_of_causes_answers_why(small: Library) -> None:
    assert anchors(small, "why do lanterns fail")[0] == "s4-p2"
    assert anchors(small, "do lanterns fail")[0] == "s4-p1"
    assert anchors(small, "lanterns, and why")[0] == "s4-p1"


def test_lists_come_after_prose_that_says_as_much(small: Library) -> None:
    found = anchors(small, "moon tea")
    assert found.index("keywords") > found.index("s2-p2")
    assert found.index("abbreviations") > found.index("s2-p2")
