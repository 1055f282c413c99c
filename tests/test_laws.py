"""Properties that hold for every question to the real review."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from poi_search.library import Library, QuestionError
from poi_search.results import Results, SearchRequest
from poi_search.search.snippets import PAUSE
from poi_search.text.analysis import fold, tokenize

WORDS = st.sampled_from(
    "POI premature ovarian failure insufficiency MSC MSCs mesenchymal stem cells UCMSC hUC-MSC "
    "bone marrow umbilical cord blood exosomes EVs secretome apoptosis autophagy granulosa GCs "
    "theca follicle oocyte AMH FSH estrogen TGF-β1 tgf beta 1 IL-6 IL-8 PI3K/AKT Wnt β-catenin "
    "miR-21 mir21 rat mice women babies side effects safe early menopause causes inherited "
    "collagen scaffold Ding 2018 Schrepfer lung kidney of the in and what is how zzzzqx "
    "granuloza exosoms".split()
)
PHRASES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
TEXTS = st.one_of(
    PHRASES,
    st.lists(
        st.one_of(WORDS, st.sampled_from(["AND", "OR", "NOT", "-rat", '"stem cells"', "(", ")"])),
        min_size=1,
        max_size=7,
    ).map(" ".join),
    st.text(max_size=40),
)


def ask(library: Library, text: str, **more: object) -> Results:
    return library.search(SearchRequest(q=text, per_page=1000, **more))  # type: ignore[arg-type]


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results.results]


@given(TEXTS)
@example("NOT premature ovarian failure")
@example("mesenchymal stem cells -rat")
@example("growth factor 11 in rats")
def test_expansion_never_loses_a_hit(library: Library, text: str) -> None:
    on, off = ask(library, text), ask(library, text, synonyms="off")
    assert on.total >= off.total
    assert set(ids(off)) <= set(ids(on))


@given(TEXTS)
@example("early menopause")
@example("umbilical cord mesenchymal stem cells in rats")
def test_a_concept_switched_off_finds_nothing_more(library: Library, text: str) -> None:
    on = ask(library, text)
    for concept in on.query.concepts:
        off = ask(library, text, without=(concept.id,))
        assert set(ids(off)) <= set(ids(on))
        assert concept.id not in {each.id for each in off.query.concepts}
        # No other concept takes its place.
        assert {each.id for each in off.query.concepts} <= {each.id for each in on.query.concepts}


@given(TEXTS)
def test_parts_of_names_come_last_and_are_counted(library: Library, text: str) -> None:
    found = ask(library, text)
    parts = [hit.fragment for hit in found.results]
    assert parts == sorted(parts)
    assert sum(parts) == found.fragments - found.withheld
    listed = ask(library, text, fragments="on")
    assert listed.total == found.total + found.withheld
    assert set(ids(found)) <= set(ids(listed))
    for hit in listed.results:
        if any(reason.how in ("typed", "synonym", "narrower") for reason in hit.why):
            assert not hit.fragment


@given(TEXTS)
def test_totals_and_pages_agree(library: Library, text: str) -> None:
    everything = ask(library, text)
    assert everything.total == len(everything.results) == len(set(ids(everything)))
    assert sum(facet.count for facet in everything.facets.kind) == everything.total
    paged: list[str] = []
    for page in range(1, everything.total // 7 + 2):
        paged += ids(library.search(SearchRequest(q=text, page=page, per_page=7)))
    assert paged == ids(everything)
    assert ids(ask(library, text)) == ids(everything)


@given(TEXTS)
def test_marks_are_within_the_text_separate_and_answer_the_question(
    library: Library, text: str
) -> None:
    results = ask(library, text)
    for hit in results.results:
        _apart(hit.marks, len(hit.text))
        _apart(hit.snippet.marks, len(hit.snippet.text))
        assert len(hit.snippet.kinds) == len(hit.snippet.marks)
        forms = {fold(form) for match in hit.matches for form in match.forms}
        for start, end in hit.marks:
            assert fold(hit.text[start:end]) in forms
        shown = {fold(hit.snippet.text[start:end]) for start, end in hit.snippet.marks}
        assert shown <= forms


def pieces(forms: Iterable[str]) -> set[str]:
    return {token.exact for form in forms for token in tokenize(form)}


@given(TEXTS)
@example("POI kind:table")
@example("author:Ding OR cites:47")
@example("exosomes OR NOT rat")
@example("2018[dp] -rat")
@example("proliferation granuloza")
@example("TGF be*")  # the β of TGF-β1
@example("(MSC AND author:Ding) OR rats OR (kidney AND exosomes)")
@example('POI -A"OR PREMATUR')  # what is told of is covered by a mark that is not
def test_every_hit_has_a_reason_and_every_mark_a_kind(library: Library, text: str) -> None:
    for hit in ask(library, text).results:
        assert hit.why
        assert len(set(hit.why)) == len(hit.why)
        assert len(hit.kinds) == len(hit.marks)
        printed = {form.casefold() for reason in hit.why for form in reason.forms}
        marked = {hit.text[start:end].casefold() for start, end in hit.marks}
        assert marked <= printed
        # What has no mark of its own is inside the marks of something else that was asked.
        assert pieces(printed) <= pieces(marked)
        if not hit.marks:
            where = {reason.where for reason in hit.why}
            assert (where == {"what the question does not exclude"}) <= bool(
                re.search(r"NOT|-|!", text)
            )


@given(TEXTS)
def test_marks_of_a_snippet_are_those_of_the_hit(library: Library, text: str) -> None:
    for hit in ask(library, text).results:
        kinds = dict(zip(hit.marks, hit.kinds, strict=True))
        expected, before = [], 0
        for start, end in hit.snippet.spans:
            expected += [
                ((s - start + before, e - start + before), kind)
                for (s, e), kind in kinds.items()
                if start <= s and e <= end
            ]
            before += end - start + len(PAUSE)
        shown = zip(hit.snippet.marks, hit.snippet.kinds, strict=True)
        assert list(shown) == expected


def _apart(marks: Iterable[tuple[int, int]], length: int) -> None:
    last = 0
    for start, end in marks:
        assert last <= start < end <= length
        last = end


@given(st.lists(st.one_of(WORDS, WORDS.map('"{}"'.format)), min_size=2, max_size=5))
def test_a_longer_conjunction_never_finds_more(library: Library, words: list[str]) -> None:
    totals = [ask(library, " AND ".join(words[:count])).total for count in range(1, len(words) + 1)]
    assert totals == sorted(totals, reverse=True)


@pytest.mark.parametrize("synonyms", ["on", "off"])
@pytest.mark.parametrize(
    "forms",
    [
        ("TGF-β1", "TGFβ1", "tgf beta 1", "TGF-beta-1"),
        ("IL-6", "IL6", "il 6"),
        ("miR-21", "mir21", "MIR-21"),
        ("hUC-MSCs", "huc-msc"),
    ],
)
def test_all_spellings_of_a_name_find_the_same(
    library: Library, forms: tuple[str, ...], synonyms: str
) -> None:
    found = [ids(ask(library, form, synonyms=synonyms)) for form in forms]
    assert found[0] or synonyms == "off"
    assert all(sorted(hits) == sorted(found[0]) for hits in found)


def test_names_that_differ_by_a_number_share_no_hit_by_name(library: Library) -> None:
    """The review mentions IL-8 and IL-6 in one sentence, and neither anywhere else."""
    for one, other in (("IL-6", "IL-8"), ("miR-21", "miR-10a")):
        for hit in ask(library, one, synonyms="off").results:
            assert one.replace("-", "").casefold() in fold(hit.text).replace(" ", "")
            marked = {fold(hit.text[start:end]) for start, end in hit.marks}
            assert fold(other) not in marked
    assert ask(library, "IL-7", synonyms="off").total == 0


@given(st.data())
def test_quoted_text_is_literal(library: Library, data: st.DataObject) -> None:
    view = data.draw(st.sampled_from(library.units("shi-2022")))
    markers = [place for citation in view.citations for place in citation.places]
    tokens = tokenize(view.text, markers)
    start = data.draw(st.integers(0, len(tokens) - 1))
    words = [token.exact for token in tokens[start : start + data.draw(st.integers(1, 6))]]
    results = ask(library, f'"{" ".join(words)}"')
    for hit in results.results:
        skip = [place for citation in hit.citations for place in citation.places]
        text = [token.exact for token in tokenize(hit.text, skip)]
        assert any(text[at : at + len(words)] == words for at in range(len(text)))
    if view.table is None and view.kind != "reference":
        assert view.id in ids(results)


@given(st.text(max_size=600))
def test_every_text_is_answered_or_refused_with_a_reason(library: Library, text: str) -> None:
    try:
        results = ask(library, text)
    except QuestionError as error:
        assert error.parameter == "q"
        assert error.detail.endswith(".")
    else:
        assert results.query.text == text
