"""Which names WordNet adds to concepts of the terminology, and which it must not add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from poi_search.terminology.everyday_names import EverydayNames
from poi_search.terminology.naming import words_of
from poi_search.thesaurus import Concept

FIELDS = {
    "mesh:D1": frozenset(("A03",)),
    "mesh:D2": frozenset(("C10",)),
    "mesh:D3": frozenset(("D01",)),
    "mesh:C4": frozenset(("D01",)),
    "mesh:D5": frozenset(("C10",)),
}
CONCEPTS = (
    Concept("mesh:D1", "Intestines", ("Intestines",)),
    Concept("mesh:D2", "Epilepsy", ("Epilepsy",), ambiguous=("GUT",)),
    Concept("mesh:D3", "Iron", ("Iron",)),
    Concept("mesh:C4", "isinglass", ("isinglass",)),
    Concept("mesh:D5", "idle disease", ("idle disease",)),
)
_ACT, _BODY, _STATE, _THING, _PERSON, _SUBSTANCE = "04", "08", "26", "06", "18", "27"

Meanings = Sequence[tuple[str, str, int, int]]
"""Words or phrases, each with file, set of synonyms and number among its meanings."""


def senses(meanings: Meanings, *others: str) -> list[str]:
    nouns = [
        f"{name.replace(' ', '_')}%1:{file}:00:: {synset:08} {number} 0"
        for name, file, synset, number in meanings
    ]
    return [*nouns, *others]


def belonging(word: str, *synsets: int) -> tuple[str, str]:
    """A word that belongs to nouns, as lines of the index of senses and of the adjectives."""
    pointers = " ".join(f"\\ {synset:08} n 0101" for synset in synsets)
    sense = f"{word}%3:01:00:: 09000000 1 0"
    return sense, f"09000000 01 a 01 {word} 0 {len(synsets):03} {pointers} | of it"


def added(
    index: Sequence[str], adjectives: Sequence[str] = (), concepts: Sequence[Concept] = CONCEPTS
) -> Mapping[str, tuple[str, ...]]:
    found = EverydayNames(index, adjectives, FIELDS, words_of).added_to(concepts)
    return {
        after.id: after.terms[len(before.terms) :]
        for before, after in zip(concepts, found, strict=True)
        if before != after
    }


INTESTINE: Meanings = (("intestine", _BODY, 1, 1), ("bowel", _BODY, 1, 1))


def test_a_noun_of_the_same_set() -> None:
    assert added(senses(INTESTINE)) == {"mesh:D1": ("bowel",)}


@pytest.mark.parametrize(
    "meanings",
    [
        pytest.param((*INTESTINE, ("bowel", _THING, 2, 2)), id="another kind of meaning"),
        pytest.param((*INTESTINE[:1], ("bowel", _BODY, 1, 2)), id="not its commonest meaning"),
        pytest.param((("intestine", _BODY, 1, 2), INTESTINE[1]), id="nor that of the known name"),
        pytest.param((("intestine", _THING, 1, 1), ("bowel", _THING, 1, 1)), id="no body"),
        pytest.param((*INTESTINE[:1], ("gut", _BODY, 1, 1), ("epilepsy", _BODY, 1, 1)), id="two"),
        pytest.param((*INTESTINE[:1], ("bow", _BODY, 1, 1)), id="short"),
        pytest.param((*INTESTINE[:1], ("genus bowel", _BODY, 1, 1)), id="of a list"),
        pytest.param((*INTESTINE[:1], ("bowel i", _BODY, 1, 1)), id="with a letter"),
        pytest.param((*INTESTINE[:1], ("bows", _BODY, 1, 1), ("bow", _ACT, 2, 1)), id="plural"),
        pytest.param((("isinglass", _SUBSTANCE, 3, 1), ("mica", _SUBSTANCE, 3, 1)), id="C4"),
        pytest.param((*INTESTINE, ("bowel", _STATE, 2, 1), ("epilepsy", _STATE, 2, 1)), id="both"),
    ],
)
def test_other_nouns_are_not_added(meanings: Meanings) -> None:
    assert added(senses(meanings)) == {}


def test_a_short_form_of_another_concept_is_no_obstacle() -> None:
    assert added(senses((*INTESTINE, ("guts", _BODY, 1, 1))))["mesh:D1"] == ("bowel", "guts")


EPILEPSY: Meanings = (("epilepsy", _STATE, 2, 1),)


def test_an_adjective_of_the_noun() -> None:
    sense, line = belonging("epileptic", 2)
    assert added(senses(EPILEPSY, sense), [line, "  1 the licence"]) == {"mesh:D2": ("epileptic",)}
    # Someone who has epilepsy is an epileptic.
    person = senses((*EPILEPSY, ("epileptic", _PERSON, 5, 1)), sense)
    assert added(person, [line]) == {"mesh:D2": ("epileptic",)}


def test_an_adjective_of_a_label_with_many_meanings() -> None:
    heart = Concept("mesh:D1", "Heart", ambiguous=("heart",))
    sense, line = belonging("cardiac", 7)
    assert added(senses((("heart", _BODY, 7, 2),), sense), [line], [heart]) == {
        "mesh:D1": ("cardiac",)
    }


@pytest.mark.parametrize(
    ("word", "synsets", "others"),
    [
        ("epileptic", (2, 3), ()),  # of something else as well
        ("epileptoid", (2,), ()),
        ("intraleptic", (2,), ()),  # long, and begins otherwise
        ("aleptic", (2,), ("leptic%3:01:00:: 09000001 1 0",)),  # without it
        ("epileptic", (2,), ("epileptic%2:30:00:: 09000001 1 0",)),
        ("epileptic", (2,), ("epileptic%3:00:00:: 09000001 2 0",) * 2),
        ("epileptic", (2,), ("epileptic%1:06:00:: 09000001 1 0",) * 2),
        ("ferric", (3,), ()),  # of a substance
    ],
)
def test_other_adjectives_are_not_added(
    word: str, synsets: Sequence[int], others: Sequence[str]
) -> None:
    sense, line = belonging(word, *synsets)
    index = senses((*EPILEPSY, ("iron", _SUBSTANCE, 3, 1)), sense, *others)
    assert added(index, [line]) == {}


def test_a_word_of_the_label_is_not_added() -> None:
    sense, line = belonging("idle", 4)
    other, other_line = belonging("idleic", 4)
    index = senses((("idle disease", _STATE, 4, 1),), sense, other)
    assert added(index, [line, other_line]) == {"mesh:D5": ("idleic",)}
