"""What a run of words asks for: its names, and the concepts that it mentions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poi_search.engine.nodes import AllOf, AnyOf, Boosted, Fuzzy, Phrase, Prefix, Query, Term
from poi_search.query.reading import Reading, read
from poi_search.query.syntax import parse
from poi_search.query.understand import Understander
from poi_search.thesaurus import Concept, Thesaurus
from poi_search.thesaurus.forms import question_forms
from poi_search.thesaurus.mentions import Lexicon

CONCEPTS = (
    Concept("msc", "Mesenchymal stem cells", ("mesenchymal stem cell",), ("MSC",)),
    Concept("ucmsc", "UCMSC", ("umbilical cord mesenchymal stem cell",), ("UCMSC",)),
    Concept("cord", "Umbilical cord", ("umbilical cord",)),
    Concept("blood", "Cord blood", ("blood of the cord",)),
    Concept("homing", "Homing", ("find the damaged",)),
    Concept("hormone", "Hormone", ("anti-Mullerian hormone",), ("AMH",)),
    Concept("handling", "Handling", ("materials handling",), ("AMH",)),
)
LEXICON = Lexicon(question_forms(CONCEPTS))


def reading(text: str, *without: str, sentence: bool = False) -> Reading:
    return read(text, LEXICON, sentence=sentence, counts=lambda each: each not in without)


def names(text: str, *, sentence: bool = False) -> list[str]:
    return [" ".join(name.stems) for name in reading(text, sentence=sentence).names]


def mentions(text: str, *without: str, sentence: bool = False) -> list[tuple[str, str, int]]:
    """Concepts, the words that name them, and the place of the longer name around them."""
    found = reading(text, *without, sentence=sentence).mentions
    return [("/".join(m.concepts), text[m.start : m.end], m.within) for m in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IL-6", ["il 6"]),
        ("IL6 IL-8", ["il 6", "il 8"]),
        ("hUC-MSCs", ["huc msc"]),
        ("factor 11 in rats", ["factor 11", "rat"]),
        ("Ding 2018", ["ding", "2018"]),
        ("6 rats", ["6", "rat"]),
        ("IL-6 12", ["il 6 12"]),
        ("cells,  11", ["cell", "11"]),
        ("TNF alpha", ["tnf alpha"]),
        ("TNF-α TNFα", ["tnf alpha", "tnf alpha"]),
        ("β-catenin", ["beta catenin"]),
        ("beta", ["beta"]),
        ("placenta-derived cells", ["placenta", "deriv", "cell"]),
        ("anti-apoptotic", ["anti apoptotic"]),
        ("PI3K/AKT", ["pi 3 k", "akt"]),
        ("of the rat in it", ["rat"]),
        ("in the", ["in", "the"]),
        ("out-of-date kits", ["out of date", "kit"]),
        ("", []),
        ("- … /", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_words_of_asking_fall_out_of_a_sentence_only() -> None:
    assert names("what does the review say about rats", sentence=True) == ["rat"]
    assert names("review say rats") == ["review", "say", "rat"]


def test_the_longest_name_holds_those_within_it() -> None:
    assert mentions("rat umbilical cord mesenchymal stem cells") == [
        ("ucmsc", "umbilical cord mesenchymal stem cells", -1),
        ("cord", "umbilical cord", 0),
        ("msc", "mesenchymal stem cells", 0),
    ]
    here = reading("rat umbilical cord mesenchymal stem cells")
    assert [name.mention for name in here.names] == [-1, 0, 0, 0, 0, 0]


def test_a_name_switched_off_is_a_name_without_concepts_within_it() -> None:
    text = "umbilical cord mesenchymal stem cells"
    (whole,) = reading(text, "ucmsc").mentions
    assert (whole.concepts, whole.stems) == (
        (),
        ("umbilical", "cord", "mesenchymal", "stem", "cell"),
    )
    assert mentions(text, "cord") == [("ucmsc", text, -1), ("msc", "mesenchymal stem cells", 0)]


def test_function_words_are_no_part_of_a_name() -> None:
    assert mentions("blood from the cord") == [("blood", "blood from the cord", -1)]
    assert mentions("blood and cord") == []
    assert mentions("the umbilical, cord") == []


def test_a_function_word_of_a_compound_is_no_name() -> None:
    assert names("insulin-like growth") == ["insulin like", "growth"]
    assert names("placenta-derived growth") == ["placenta", "deriv", "growth"]


def test_a_word_of_asking_may_be_part_of_a_name() -> None:
    text = "how do they find the damaged site"
    assert mentions(text, sentence=True) == [("homing", "find the damaged", -1)]
    assert names(text, sentence=True) == ["damag", "site"]
    assert mentions("how do we find it", sentence=True) == []


def test_capitals_count_if_there_are_any_and_short_names_may_have_two_meanings() -> None:
    assert mentions("amh") == [("hormone/handling", "amh", -1)]
    assert mentions("AMH in rats") == [("hormone/handling", "AMH", -1)]
    assert mentions("amh of Ding") == []


WORDS = st.sampled_from(
    "umbilical cord mesenchymal stem cells MSC amh IL-6 blood of the find damaged what 11 β".split()
)


@given(st.lists(WORDS, max_size=8).map(" ".join), st.booleans())
def test_names_are_the_same_without_synonyms(text: str, sentence: bool) -> None:
    on = reading(text, sentence=sentence)
    off = read(text, LEXICON, sentence=sentence, counts=lambda _: False)
    whole = [mention for mention in on.mentions if mention.within < 0]
    assert [(m.start, m.end) for m in off.mentions] == [(m.start, m.end) for m in whole]
    assert not any(mention.concepts for mention in off.mentions)
    assert [(n.stems, n.start, n.end) for n in on.names] == [
        (n.stems, n.start, n.end) for n in off.names
    ]
    for name in on.names:
        if name.mention >= 0:
            around = on.mentions[name.mention]
            assert around.start <= name.start < name.end <= around.end


def query(text: str) -> Query:
    return Understander(Thesaurus(()), None).understand(parse(text).tree).query


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("cell", "body head author source cited"),
        ("x", "body head source cited"),  # not an author's initial
        ("40", "body head"),  # not a volume or a page
        ("320", "body head"),
        ("2018", "body head author source cited"),
    ],
)
def test_where_a_name_is_looked_for(text: str, fields: str) -> None:
    found = query(text)
    assert isinstance(found, Boosted)
    assert isinstance(found.child, AnyOf)
    (term,) = found.child.children
    assert isinstance(term, Term)
    assert " ".join(name for name, _ in term.fields) == fields


def test_what_a_field_is_asked_for() -> None:
    title, author = (("title", 1.0),), (("author", 1.0),)
    transplant = Term("transplant", title)
    assert query("title:transplantation") == transplant
    assert query('title:"stem cells"') == Phrase(("stem", "cell"), title)
    initials = AnyOf((Prefix("l", author), Prefix("L", author)))  # LAP is a word as well
    assert query("Ding L[au]") == AllOf((Term("ding", author), initials))
    compound = query("title:il-6*")
    assert isinstance(compound, AnyOf)
    assert compound.children[0] == Phrase(("il", "6"), title)  # and what begins with it
    for near, other in (
        (
            "title:transplantation*",
            (Prefix("transplantation", title), Prefix("TRANSPLANTATION", title)),
        ),
        ("title:transplantation~2", (Fuzzy("transplantation", title, 2),)),
    ):
        found = query(near)
        assert isinstance(found, AnyOf)
        assert found.children == (transplant, *other)  # never fewer than the word alone
