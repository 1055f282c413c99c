"""Everyday words and the short forms that are spelled like them: a cat is no CAT."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from homes import make_home
from hypothesis import given
from hypothesis import strategies as st
from rewritten import make_previous

from poi_search.index import versions
from poi_search.index.file_store import FileStore
from poi_search.library import Library
from poi_search.query.letter_case import side_by_side, typed_wordings
from poi_search.results import HitView, SearchRequest
from poi_search.search.snapshot import SCORING
from poi_search.text.analysis import tokenize
from poi_search.text.capitals import index_terms
from poi_search.text.everyday_words import EVERYDAY_WORDS
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.text.stemming import singular_form, stem

CELLS = """# Cells of the ovary

Ann B. Doe

## 1. Introduction

Serum SOD, CAT and GPx fell.

Two cats were seen at rest.

Missing data were imputed with MICE.

The mice were old.

The WHO criteria were used.

Women who smoke were left out.

STAR binds DNA; ARMS is a tumour.

The stars of long arms.

CATs and StARs were measured.

A CAT scratch heals, and a MAP kinase acts on IT-positive cells.

The cat scratch of the map.

THE CAT AND THE MICE WERE SEEN IN ALL OF THE HOUSES.

## 2. CAT

Nothing of it is said. The RAMP trial was stopped.

## 3. Cats of the world

They eat.

## References

1. Cat A, Xie IT. A study of CAT. STEM CELLS. 2020;20:35-8.
2. WHO. Guidelines for all. Geneva; 2010.
"""
ACRONYM = ["s1-p1", "s1-p9", "s1-p10", "s2-p1", "ref-1"]
ANIMAL = ["s1-p2", "s1-p11", "s1-p12", "s3-p1"]


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> Library:
    place = make_home(tmp_path_factory.mktemp("cells") / "h", also={"g.md": CELLS})
    Library.build(place)
    return Library.open(place)


def hits(library: Library, text: str, synonyms: str = "off") -> dict[str, HitView]:
    request = SearchRequest(q=text, per_page=1000, synonyms=synonyms)  # type: ignore[arg-type]
    return {hit.anchor: hit for hit in library.search(request).results}


def marked(hit: HitView) -> list[str]:
    return [hit.text[start:end] for start, end in hit.marks]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cats", [*ANIMAL, "ref-1"]),  # by its author
        ("CAT", ACRONYM),
        ("CATs", ACRONYM),
        ("cat", [*ACRONYM, *ANIMAL]),
        ("Cat", [*ACRONYM, *ANIMAL]),
        ("mice", ["s1-p4", "s1-p12"]),
        ("mouse", ["s1-p4", "s1-p12"]),
        ("MICE", ["s1-p3"]),
        ("WHO", ["s1-p5", "ref-2"]),
        ("who", ["s1-p5", "s1-p6", "ref-2"]),
        ("star", ["s1-p7", "s1-p8", "s1-p9"]),
        ("stars", ["s1-p8"]),
        ("StAR", ["s1-p7", "s1-p9"]),
        ("arm", ["s1-p8"]),
        ("arms", ["s1-p8"]),  # the limbs, as this is their name
        ("ARMS", ["s1-p7"]),
        ("MOUSE", ["s1-p4", "s1-p12"]),  # no text has such a short form
        ('"cat scratch"', ["s1-p10", "s1-p11"]),
        ('"CAT scratch"', ["s1-p10", "s1-p11"]),
        ("map-kinase", ["s1-p10"]),
        ("IT-positive", ["s1-p10"]),
        ("mic*", ["s1-p3", "s1-p4", "s1-p12"]),
        ("section:1 NOT CAT AND NOT cats NOT mic*", ["s1-p5", "s1-p6", "s1-p7", "s1-p8"]),
        ("criteria NOT who", []),
        ("(old AND mice) OR (criteria AND NOT WHO)", ["s1-p4"]),
        ("title:cats", ["s3-p1"]),
        ("title:CAT", ["s2-p1", "ref-1"]),
        ("title:cat", ["s2-p1", "s3-p1", "ref-1"]),
        ('title:"study of CAT"', ["ref-1"]),
        ('title:"study of ca*"', ["ref-1"]),
        ('title:"study of cats"', []),
        ("author:CAT", ["ref-1"]),
        ("author:Xie it", ["ref-1"]),
        ('author:"Xie IT"', ["ref-1"]),
        ("author:(Xie I)", ["ref-1"]),
        ('journal:"Stem Cells"', ["ref-1"]),
    ],
)
def test_a_question_asks_for_a_word_or_a_short_form(
    cells: Library, text: str, found: list[str]
) -> None:
    assert sorted(hits(cells, text)) == sorted(found)
    assert set(hits(cells, text)) <= set(hits(cells, text, "on"))


def test_only_what_is_asked_for_is_marked(cells: Library) -> None:
    assert marked(hits(cells, "cat")["ref-1"]) == ["Cat", "CAT"]
    assert marked(hits(cells, "cats")["ref-1"]) == ["Cat"]
    assert marked(hits(cells, "CAT")["ref-1"]) == ["CAT"]
    assert marked(hits(cells, "title:CAT")["ref-1"]) == ["CAT"]
    assert marked(hits(cells, "WHO criteria")["s1-p5"]) == ["WHO", "criteria"]
    assert marked(hits(cells, "cat scratch")["s1-p10"]) == ["CAT", "scratch"]


def test_every_hit_has_its_reason(cells: Library) -> None:
    for text in ("cat", "CAT", "cats", "title:cat", "title:cats", "author:Xie it", "WHO 2010"):
        for anchor, hit in hits(cells, text).items():
            assert "the question does not exclude" not in str(hit.why), (text, anchor)
    for text, told in (("CAT", ("s2-p1",)), ("cats", ("s3-p1",)), ("cat", ("s2-p1", "s3-p1"))):
        for anchor in told:
            assert [reason.how for reason in hits(cells, text)[anchor].why] == ["heading"]


def test_the_word_of_a_short_form_is_absent(cells: Library) -> None:
    named = ("RAMP", "ramp", "RAMPs", "MICE", "WHO criteria", "map kinase", "cat scratch", "a cat")
    absent = {
        text: [part.text for part in cells.search(text).query.absent] for text in (*named, "ramps")
    }
    assert absent == {**{text: [] for text in named}, "ramps": ["ramps"]}
    assert cells.search("ramps").query.corrections == ()


def test_a_question_in_capitals_asks_for_words(cells: Library) -> None:
    assert set(hits(cells, "CAT MICE")) >= set(hits(cells, "cat mice")) > set(hits(cells, "CAT"))


def test_the_units_of_a_word_are_counted_as_they_are_found(cells: Library) -> None:
    for text in ("cat", "CAT", "cats", "WHO"):
        (meaning,) = cells.meanings(text).parts
        assert meaning.units == sum(bool(hit.marks) for hit in hits(cells, text).values())


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("SOD, CAT and GPx", "sod CAT and gpx"),
        ("a CAT", "a CAT"),
        ("CAT", "CAT"),
        ("the MoMs and cAMP", "the MOM and CAMP"),
        ("CATS, CATs", "CATS CAT"),
        ("Cat and Who", "cat and who"),
        ("A CAT SCANNER. It hums", "a cat scanner it hum"),
        ("THE CAT SAT", "the cat sat"),
        ("BACKGROUND AND AIM: the WHO", "background and aim the WHO"),
        ("in STEM CELLS 2020", "in stem cell 2020"),
        ("the SIN3 and MAP-kinase", "the SIN 3 and MAP kinas"),
    ],
)
def test_which_tokens_are_short_forms(text: str, terms: str) -> None:
    assert " ".join(index_terms(text, tokenize(text))) == terms


def test_wordings_are_few() -> None:
    texts = " ".join(["cat", "mat", "map", "star", "set"])
    assert len(typed_wordings(texts, lambda _: True)) == 8
    assert typed_wordings(texts, lambda _: False) == (("cat", "mat", "map", "star", "set"),)
    assert typed_wordings("", lambda _: True) == ()
    one, two = typed_wordings("cat", str.isupper), typed_wordings("of map", "MAP".__eq__)
    assert side_by_side(one, two) == (
        ("cat", "of", "map"), ("cat", "of", "MAP"), ("CAT", "of", "map"), ("CAT", "of", "MAP"),
    )  # fmt: skip


def test_units_of_the_version_before_have_the_stems_that_its_engine_has(tmp_path: Path) -> None:
    place = make_home(tmp_path / "h", also={"g.md": CELLS})
    Library.build(place)
    assert "CAT" in stems_of_first(place)
    make_previous(place)
    assert "CAT" not in stems_of_first(place)
    assert "cat" in stems_of_first(place)


def stems_of_first(place: Path) -> list[str]:
    generation = FileStore(place / "index").current()
    assert generation is not None
    payload = generation.open_reader(SCORING, partial=True).get(("g/s1-p1",))["g/s1-p1"]
    return versions.unit_reader(generation)("g/s1-p1", payload).stems.split()


WORDS = sorted(word for word in EVERYDAY_WORDS - FUNCTION_WORDS if word == singular_form(word))
SAMPLE = random.Random(9).sample(WORDS, 80)


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Library:
    lines = ["# Words", "Ann B. Doe", "## 1. Introduction"]
    for word in SAMPLE:
        lines += [f"There was {word.upper()} in serum.", f"There was a {word}."]
    place = make_home(tmp_path_factory.mktemp("words") / "h", also={"w.md": "\n\n".join(lines)})
    Library.build(place)
    return Library.open(place)


@given(st.sampled_from(SAMPLE))
def test_no_inflected_word_finds_a_short_form(dictionary: Library, word: str) -> None:
    capitals, small = word.upper(), {word, word.capitalize()}

    def found(text: str) -> set[str]:
        return {form for hit in hits(dictionary, text).values() for form in marked(hit)}

    assert found(capitals) == {capitals}
    assert capitals in found(word)
    assert found(word) & small
    for inflected in (f"{word}s", f"{word}ing"):
        if inflected not in EVERYDAY_WORDS and stem(inflected) == stem(word):
            assert found(inflected)
            assert not any(form.isupper() for form in found(inflected))
