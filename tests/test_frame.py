"""Which words of a question carry its subject, for questions by different kinds of people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poi_search.text.analysis import tokenize
from poi_search.text.function_words import (
    FUNCTION_WORDS,
    QUESTION_WORDS,
    content_mask,
    is_sentence,
    is_subject,
)

SENTENCES = {
    # patients
    "What causes early menopause in young women?": "causes early menopause young women",
    "is it safe to inject cells into the ovary": "safe inject cells ovary",
    "I want to know if I can have a baby": "baby",
    "Can premature menopause be inherited?": "premature menopause inherited",
    "how long do the cells survive after the injection": "cells survive injection",
    "Why can't T cells attack the graft?": "t cells attack graft",
    "What's the best source of stem cells?": "source stem cells",
    "Does it hurt when they take the eggs out?": "hurt eggs out",
    # clinicians
    "Which chemotherapy drugs damage the primordial follicles most?": (
        "chemotherapy drugs damage primordial follicles"
    ),
    "How many patients with hypothyroidism got pregnant?": "patients hypothyroidism pregnant",
    "Are there clinical trials in humans": "clinical trials humans",
    "does vitamin A protect the ovary?": "vitamin a protect ovary",
    "Is a phase I trial under way for cord MSCs?": "phase i trial under cord mscs",
    "what are the side effects of hormone replacement": "side effects hormone replacement",
    # students
    "Explain how exosomes reduce apoptosis of granulosa cells": (
        "exosomes reduce apoptosis granulosa cells"
    ),
    "what is the role of miR-21": "mir 21",
    "What is the difference between BMSCs and UCMSCs?": "bmscs ucmscs",
    "tell me about collagen type I scaffolds": "collagen type i scaffolds",
    "how high is FSH": "fsh",
    "do stem cells work in type 1 diabetes?": "stem cells type 1 diabetes",
    # librarians and authors
    "Who supervised the work and who drafted the manuscript?": "supervised drafted manuscript",
    "What does this review say about funding?": "funding",
    "Which case reports describe a live birth?": "case reports live birth",
    "In which countries were the trials conducted?": "countries trials conducted",
    "is there evidence from animal studies that oestrogen rises": "animal studies oestrogen rises",
}
PHRASES = {
    "stem cells from the umbilical cord": "stem cells umbilical cord",
    "evidence for autoimmune causes": "evidence autoimmune causes",
    "case report of pregnancy": "case report pregnancy",
    "activin A in granulosa cells": "activin a granulosa cells",
    "vitamin a": "vitamin a",
    "WHO classification": "classification",
    "type i interferon": "type i interferon",
    "how": "how",
    "of the": "of the",
}


def content(question: str, sentence: bool) -> str:
    words = [token.exact for token in tokenize(question)]
    mask = content_mask(words, sentence)
    return " ".join(word for word, counts in zip(words, mask, strict=True) if counts)


@pytest.mark.parametrize("question", SENTENCES)
def test_sentences_lose_their_frame(question: str) -> None:
    assert is_sentence(question)
    assert content(question, True) == SENTENCES[question]


@pytest.mark.parametrize("question", PHRASES)
def test_phrases_lose_function_words_only(question: str) -> None:
    assert not is_sentence(question)
    assert content(question, False) == PHRASES[question]


def test_two_words_may_be_a_sentence_and_one_is_not() -> None:
    assert is_sentence("why infertility")
    assert not is_sentence("why")
    assert is_sentence("why?")


def test_questions_of_frame_words_only() -> None:
    assert content("What is known?", True) == "known"
    assert content("What is it?", True) == "what is it"


def test_subject_words_always_count() -> None:
    subjects = "ovary cells treat cause safe inherited supervised drafted risk review pregnancy"
    assert not set(subjects.split()) & (FUNCTION_WORDS | QUESTION_WORDS)


@given(st.lists(st.sampled_from([*sorted(FUNCTION_WORDS | QUESTION_WORDS), "ovary", "i", "s"])))
def test_some_word_always_counts(words: list[str]) -> None:
    for sentence in (True, False):
        mask = content_mask(words, sentence)
        assert len(mask) == len(words)
        assert any(mask) or not words
        assert all(counts for word, counts in zip(words, mask, strict=True) if word == "ovary")


def test_a_word_counts_unless_it_begins_a_preposition_of_several_words() -> None:
    words = "pregnancy prior to chemotherapy".split()
    assert content_mask(words, sentence=False) == [True, False, False, True]
    assert content_mask(["prior", "pregnancy"], sentence=False) == [True, True]


def test_what_is_said_of_a_subject_is_none_in_any_form() -> None:
    said = "lets leads back missing articles keeps".split()
    assert [word for word in said if is_subject(word)] == []
    assert all(map(is_subject, ("leaders", "cells", "backing", "loss")))


@pytest.mark.parametrize("word", ["hooded", "pegylated", "treated", "fried", "increased"])
def test_a_participle_before_a_word_is_part_of_the_subject(word: str) -> None:
    assert is_subject(word, "seal")


def test_a_participle_that_only_relates_two_things_is_no_subject() -> None:
    for word, after in (("treated", "with"), ("fried", "in"), ("grown", "of"), ("cloned", "from")):
        assert is_subject(word, after) is (word == "grown"), word
    assert is_subject("fried", "and") and is_subject("fried")
    for word in ("improved", "caused", "stopped", "carried"):  # said of any subject
        assert not is_subject(word), word
    for word in ("used", "reported", "recently", "effectively"):
        assert not is_subject(word, "seal"), word
