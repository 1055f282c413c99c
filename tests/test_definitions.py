"""Definitions of abbreviations in running text: whole, and within a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.thesaurus.definitions import inline_definitions

WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9).filter(
    lambda word: word not in FUNCTION_WORDS
)


def defined(text: str) -> list[tuple[str, str]]:
    return [(short, long) for short, long in inline_definitions(text)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        (
            "Some women had the combined oral contraceptives (COC) for years.",
            "COC",
            "combined oral contraceptives",
        ),
        (
            "Some women had the antral and atretic follicle count (AAFC) for years.",
            "AAFC",
            "antral and atretic follicle count",
        ),
        (
            "Some women had the tissue transplantation trial (TTT) for years.",
            "TTT",
            "tissue transplantation trial",
        ),
        (
            "Some women had the premature ovarian failure (POF) for years.",
            "POF",
            "premature ovarian failure",
        ),
        (
            "In patients with primary ovarian failure (POF) it fell.",
            "POF",
            "primary ovarian failure",
        ),
        ("Growth of granulosa cells (GCs) was slow.", "GCs", "granulosa cells"),
        ("The cumulus-oocyte complex (COCs) grew.", "COCs", "cumulus-oocyte complex"),
        ("transforming growth factor-β1 (TGF-β1) rose", "TGF-β1", "transforming growth factor-β1"),
        ("smoking and subarachnoid hemorrhage (SAH)", "SAH", "subarachnoid hemorrhage"),
        ("an anti-Müllerian hormone (AMH; 2 ng/ml)", "AMH", "anti-Müllerian hormone"),
        ("COC (combined oral contraceptives) was given", "COC", "combined oral contraceptives"),
        ("POI (also called primary ovarian insufficiency)", "POI", "primary ovarian insufficiency"),
        (
            "tumor necrosis factor alpha (TNF alpha) rose",
            "TNF alpha",
            "tumor necrosis factor alpha",
        ),
        ("5-hydroxytryptamine (5HT) uptake", "5HT", "5-hydroxytryptamine"),
    ],
)
def test_a_long_form_is_found_whole(text: str, short: str, long: str) -> None:
    assert defined(text) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "It was a premature ovarian. Failure (POF) was seen.",
        "We saw primary ovarian? Insufficiency! (POI) was seen.",
        "It was measured (n = 5) in rats (Fig. 2) with a kit (Sigma), see (Table).",
        "physicochemical values (pH)",
        "the reserve (AMH) fell",
        "a lipase from fungi (lipase A)",
        "an anti-Müllerian hormone [12]",
        "premature ovarian failure (POF",
    ],
)
def test_what_defines_nothing(text: str) -> None:
    assert defined(text) == []


def test_what_is_in_brackets_is_no_part_of_a_long_form() -> None:
    text = "transthoracic echocardiography (TTE); transesophageal echocardiography (TEE)"
    assert defined(text) == [
        ("TTE", "transthoracic echocardiography"),
        ("TEE", "transesophageal echocardiography"),
    ]


@pytest.mark.parametrize("quoted", ["“granulosa cells”", "'granulosa cells'", '"granulosa cells"'])
def test_quotation_marks_are_no_part_of_a_long_form(quoted: str) -> None:
    assert defined(f"These are called {quoted} (GC).") == [("GC", "granulosa cells")]


@given(st.lists(WORD, min_size=2, max_size=6), st.sampled_from(["Some women had the", "It is a"]))
def test_initials_stand_for_all_of_their_words(words: list[str], before: str) -> None:
    short = "".join(word[0] for word in words).upper()
    long = " ".join(words)
    assert defined(f"{before} {long} ({short}) for years.") == [(short, long)]


@given(st.lists(WORD, min_size=2, max_size=6, unique=True))
def test_no_definition_crosses_the_end_of_a_sentence(words: list[str]) -> None:
    short = "".join(word[0] for word in words).upper()
    first, *rest = words
    text = f"It is {first}. {' '.join(rest).capitalize()} ({short}) was seen."
    assert all(first not in long.split() for _, long in defined(text) if long.split()[0] == first)


def test_a_long_text_of_definitions_is_read_to_its_end() -> None:
    text = "; ".join(f"premature ovarian failure {n} (POF{n})" for n in range(2000))
    assert len(text) > 80_000
    assert len(defined(text)) == 2000
