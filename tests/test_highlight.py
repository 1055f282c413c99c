"""Marks, snippets and matches in handmade units that consist only of text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from poi_search.index.entries import Stored
from poi_search.query.asks import Ask, How
from poi_search.results import Snippet, UnitView
from poi_search.search.expanded_asks import expand_asks
from poi_search.search.highlight import find, find_all
from poi_search.search.matches import matches, printed_forms
from poi_search.search.recorded import Recorded
from poi_search.search.snippets import WHOLE, snippet, snippet_html
from poi_search.text.analysis import Token, stems, tokenize
from poi_search.text.sentences import sentences
from poi_search.thesaurus.mentions import Mention

FILLER = "Nothing of it is told in all of these many and rather idle words. " * 4


def unit(text: str, *named: tuple[str, str]) -> Recorded:
    """A unit with this text, in which these words mention these concepts, at each occurrence."""
    tokens = tokenize(text)
    mentions = [
        Mention(concept, at, at + len(words))
        for concept, words in named
        for at in range(len(text))
        if text.startswith(words, at)
    ]
    view = UnitView("a/p1", "section", "a", "p1", "/articles/a#p1", "P", None, text, ())
    stored = Stored(
        view,
        " ".join(token.stem for token in tokens),
        [token.start for token in tokens],
        [token.end for token in tokens],
        mentions,
        sentences(text),
    )
    return Recorded(stored)


def words(text: str, *concepts: str, part_of: int = -1) -> Ask:
    return Ask(text, (0, len(text)), stems(text), concepts, part_of=part_of)


def literal(text: str, how: How, distance: int = 0) -> Ask:
    pieces = tuple(token.exact for token in tokenize(text))
    return Ask(text, (0, len(text)), pieces, how=how, distance=distance)


def only(concept: str) -> frozenset[str]:
    return frozenset((concept,))


def marked(here: Recorded, *asks: Ask) -> list[tuple[str, str]]:
    """The words marked, and the kinds of the marks."""
    found = find(here, expand_asks(asks, only))
    return [(here.stored.view.text[f.start : f.end], f.kind) for f in found]


def test_a_mention_is_one_mark_typed_or_synonym() -> None:
    here = unit(
        "POI, or ovarian failure; poi is no mention.", ("c", "POI"), ("c", "ovarian failure")
    )
    assert marked(here, words("poi", "c")) == [("POI", "typed"), ("ovarian failure", "synonym")]
    assert marked(here, words("ovarian failures", "c")) == [
        ("POI", "synonym"),
        ("ovarian failure", "typed"),
    ]
    assert marked(here, words("poi", "other")) == []


def test_words_typed_inside_a_mention_of_their_concept_are_typed() -> None:
    here = unit("Human granulosa cells", ("c", "Human granulosa cells"))
    assert marked(here, words("granulosa", "c")) == [("Human granulosa cells", "typed")]
    assert marked(here, words("granulosa theca", "c")) == [("Human granulosa cells", "synonym")]
    asks = expand_asks([words("granulosa", "w")], lambda concept: frozenset((concept, "c")))
    assert [found.kind for found in find(here, asks)] == ["synonym"]


def test_a_name_of_several_words_is_found_by_them_too() -> None:
    here = unit("Stromal cell spheroids of a stem cell.", ("other", "Stromal cell spheroids"))
    asks = expand_asks([words("stromal cell", "c"), words("spheroids", "other")], only)
    marks, covered = find_all(here, asks)
    assert [(f.ask, f.concept) for f in marks] == [(1, "other")]
    assert [(f.ask, f.kind, f.concept) for f in covered] == [(0, "typed", "")]
    inner = [words("old stem cell", "c"), words("stem cell", "d", part_of=0)]
    assert marked(here, *inner) == []


def test_a_mark_has_both_brackets_or_none() -> None:
    here = unit("Cells (MSC)-derived and beta(2) (or so).", ("c", "MSC)-derived"), ("d", "MSC"))
    assert marked(here, words("vesicles", "c")) == [("(MSC)-derived", "synonym")]
    assert marked(here, words("MSC", "d")) == [("MSC", "typed")]
    assert marked(here, words("beta 2")) == [("beta(2)", "typed")]


def test_answers_that_others_cover_are_kept_apart() -> None:
    here = unit("MSC collagen gel", ("c", "MSC collagen"), ("m", "MSC"), ("g", "collagen gel"))
    asks = [words("x", "c"), words("y", "m"), words("collagen"), words("MSC", part_of=2)]
    marks, covered = find_all(here, expand_asks(asks, only))
    assert [(each.ask, each.start, each.end) for each in marks] == [(0, 0, 12)]
    assert [(each.ask, each.start, each.end) for each in covered] == [(1, 0, 3), (2, 4, 12)]
    assert find_all(here, expand_asks([words("x", "c")], only))[1] == []


def test_an_answer_that_another_covers_is_kept_apart_beside_a_mark_elsewhere() -> None:
    here = unit("Heme oxygenase-1 and heme oxygenase.", ("one", "Heme oxygenase-1"))
    asks = expand_asks([words("HO-1", "one"), words("heme oxygenase")], only)
    marks, covered = find_all(here, asks)
    assert [(f.start, f.ask) for f in marks] == [(0, 0), (21, 1)]
    assert [(f.start, f.ask) for f in covered] == [(0, 1)]


def test_concepts_that_answer_for_another_are_marked() -> None:
    here = unit("UCMSCs heal.", ("narrow", "UCMSCs"))
    asks = expand_asks([words("MSC", "wide")], lambda concept: frozenset((concept, "narrow")))
    assert [(f.start, f.end, f.kind, f.ask) for f in find(here, asks)] == [(0, 6, "synonym", 0)]


def test_a_name_is_marked_only_where_all_of_it_occurs() -> None:
    here = unit("IL-8, IL6, 6 IL, TGFβ1 and TGF-β2")
    assert marked(here, words("IL-6")) == [("IL6", "typed")]
    assert marked(here, words("tgf beta 1")) == [("TGFβ1", "typed")]


def test_parts_of_a_name_are_marked_only_without_the_whole() -> None:
    asks = (words("ovarian failure", "c"), words("ovarian", part_of=0), words("failure", part_of=0))
    named = unit("Ovarian failure is a failure.", ("c", "Ovarian failure"))
    assert marked(named, *asks) == [("Ovarian failure", "typed")]
    assert marked(unit("Ovarian reserve; a failure."), *asks) == [
        ("Ovarian", "typed"),
        ("failure", "typed"),
    ]


def test_of_overlapping_marks_the_longest_wins_and_of_equal_ones_the_typed() -> None:
    assert marked(unit("Human stem cell line"), words("human-stem"), words("stem cell line")) == [
        ("stem cell line", "typed")
    ]
    here = unit("human stem cells", ("s", "stem cells"), ("h", "human stem"), ("x", "stem cells"))
    assert marked(here, words("human"), words("MSC", "s")) == [
        ("human", "typed"),
        ("stem cells", "synonym"),
    ]
    assert marked(here, words("embryo", "h"), words("stem cell"), words("MSC", "x")) == [
        ("human stem", "synonym")
    ]
    assert marked(here, words("MSC", "x"), words("stem cell", "s")) == [("stem cells", "typed")]


def test_quotes_prefixes_and_similar_words_match_the_printed_form() -> None:
    here = unit("Cells and a cell, naïve granulosa")
    assert marked(here, literal("cell", "quoted")) == [("cell", "typed")]
    assert marked(here, literal("a cell", "quoted")) == [("a cell", "typed")]
    assert marked(here, literal("cel", "prefix")) == [("Cells", "typed"), ("cell", "typed")]
    assert marked(here, literal("granuloza", "fuzzy", 1)) == [("granulosa", "typed")]
    assert marked(here, literal("granuloca", "fuzzy", 0), literal("naive", "quoted")) == [
        ("naïve", "typed")
    ]


WORDS = st.sampled_from("abc")
RUNS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
ASKS = st.builds(words, RUNS, *[st.sampled_from("xyz")] * 2, part_of=st.integers(-1, 2))


@given(
    st.lists(WORDS, max_size=12).map(" ".join),
    st.lists(st.tuples(st.sampled_from("xyz"), RUNS), max_size=4),
    st.lists(st.one_of(ASKS, RUNS.map(words)), max_size=4),
)
def test_marks_never_overlap(text: str, named: Sequence[tuple[str, str]], asks: list[Ask]) -> None:
    here = unit(text, *named)
    ready = expand_asks(asks, only)
    found = find(here, ready)
    ends = [0, *(each.end for each in found)]
    assert all(end <= each.start < each.end for end, each in zip(ends, found, strict=False))
    assert [*find(here, ready)] == found
    shown = snippet(here, found)
    assert shown.marks == tuple((each.start, each.end) for each in found)


def shown_of(text: str, *asks: Ask) -> Snippet:
    here = unit(text)
    return snippet(here, find(here, expand_asks(asks, only)))


def test_a_short_unit_is_its_own_snippet() -> None:
    assert shown_of("") == Snippet("", (), (), ((0, 0),))
    assert shown_of("Mice ran. Rats too.", words("rat")) == Snippet(
        "Mice ran. Rats too.", ((10, 14),), ("typed",), ((0, 19),)
    )


def test_a_long_unit_shows_the_best_sentence_and_the_one_that_adds_most() -> None:
    text = f"A rat ran. {FILLER}Mice and cells lived. {FILLER}Rats and cells died. A rat."
    assert len(text) > WHOLE
    shown = shown_of(text, words("mouse"), words("cell"), words("rat"))
    assert shown.text == "A rat ran. … Mice and cells lived."
    assert [shown.text[a:b] for a, b in shown.marks] == ["rat", "Mice", "cells"]
    assert " … ".join(text[a:b] for a, b in shown.spans) == shown.text
    assert shown_of(text, words("cell")).text.startswith("Mice and cells lived. Nothing")
    assert shown_of(text).text.startswith("A rat ran. Nothing")


def test_a_text_without_sentences_is_shown_in_part() -> None:
    text = f"{'idle words ' * 300}rat {'and so on ' * 300}"
    shown = shown_of(text, words("rat"))
    assert [shown.text[a:b] for a, b in shown.marks] == ["rat"]
    assert len(shown.text) <= 1000


def test_html_is_escaped_around_and_within_marks() -> None:
    assert snippet_html(shown_of("<b>p<0.05 & rat's</b>")) == (
        "&lt;b&gt;p&lt;0.05 &amp; rat&#x27;s&lt;/b&gt;"
    )
    here = Snippet("a <b> c", ((2, 5), (6, 7)), ("typed", "synonym"))
    assert snippet_html(here) == (
        'a <mark class="typed">&lt;b&gt;</mark> <mark class="synonym">c</mark>'
    )


def test_matches_have_the_words_asked_and_each_form_once() -> None:
    here = unit("Ovarian failure, POI, poi. POI! An ovarian cyst.", ("c", "POI"))
    asks = [words("ovarian failure", "c"), words("cyst"), words("ovarian", part_of=0)]
    ready = expand_asks(asks, only)
    told = matches(ready, printed_forms(here.stored.view.text, find(here, ready)))
    assert [(match.query, match.concept, match.forms) for match in told] == [
        ("ovarian failure", "c", ("POI",)),
        ("cyst", None, ("cyst",)),
    ]
    unnamed = unit("An ovarian vein, Ovarian")
    told = matches(ready, printed_forms(unnamed.stored.view.text, find(unnamed, ready)))
    assert [(match.query, match.forms) for match in told] == [("ovarian", ("ovarian",))]


def test_a_word_of_a_longer_name_is_marked_only_where_nothing_else_is_found() -> None:
    asks = [words("ovarian failure", "c"), words("cyst"), words("ovarian", part_of=0)]
    ready = expand_asks(asks, only)

    def marked(text: str) -> list[str]:
        here = unit(text)
        return [text[each.start : each.end] for each in find(here, ready)]

    assert marked("An ovarian cyst") == ["cyst"]
    assert marked("An ovarian vein") == ["ovarian"]


def test_a_word_that_only_asks_is_marked_only_where_nothing_else_is_found() -> None:
    ready = expand_asks([words("effect"), words("cyst")], only)
    for text, marked in {"The effect of a cyst": ["cyst"], "No effect": ["effect"]}.items():
        assert [text[each.start : each.end] for each in find(unit(text), ready)] == marked


def asked(text: str) -> list[Ask]:
    """An ask for each word of a question."""
    return [
        Ask(token.exact, (token.start, token.end), (token.stem,), after=after.exact)
        for token, after in pairwise((*tokenize(text), Token("", "", 0, 0, False)))
    ]


def test_a_common_word_is_marked_where_it_qualifies_what_is_asked_for() -> None:
    asks = asked("other long hair")
    assert marked(unit("Long ago, the other long-hair and hair, long."), *asks) == [
        ("other", "typed"), ("long", "typed"), ("hair", "typed"), ("hair", "typed"),
    ]  # fmt: skip
    assert marked(unit("Long ago."), *asks) == [("Long", "typed")]


def test_a_participle_is_marked_unless_it_only_relates_two_things() -> None:
    here = unit("The hooded seal, and hooded ones.")
    assert marked(here, *asked("hooded seal")) == [
        ("hooded", "typed"), ("seal", "typed"), ("hooded", "typed"),
    ]  # fmt: skip
    assert marked(here, *asked("seal hooded by")) == [("seal", "typed")]
