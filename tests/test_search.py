"""Questions to the real review, and to a library of small articles: the results, and why."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from homes import make_home

from poi_search.library import Library, QuestionError
from poi_search.query_view import PartCount
from poi_search.results import HitView, Results, SearchRequest, Suggestion
from poi_search.search.snippets import WHOLE
from poi_search.search.suggestions import Completion, Suggester

EVERYTHING = {"per_page": 1000}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Library:
    place = tmp_path_factory.mktemp("shelf") / "home"
    names = ("small.md", "small.notes.toml", "other.md", "appendix.xml")
    Library.build(make_home(place, *names))
    return Library.open(place)


def every(library: Library, question: str = "", **filters: Any) -> tuple[HitView, ...]:
    return library.search(question, **{**filters, **EVERYTHING}).results


def ids(library: Library, question: str = "", **filters: Any) -> list[str]:
    return [hit.id for hit in every(library, question, **filters)]


# Filters, facets, order, pages


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"kind": ("table",)},
        {"kind": ("section", "reference"), "year_from": 2019},
        {"section": ("3.4", "4")},
        {"journal": ("Stem Cell Res Ther",), "year_from": 2018, "year_to": 2020},
        {"kind": ("reference",), "section": ("3",)},
    ],
)
@pytest.mark.parametrize("question", ["", "exosomes OR apoptosis"])
def test_a_facet_counts_what_choosing_it_would_find(
    library: Library, question: str, filters: dict[str, Any]
) -> None:
    facets = library.search(question, **filters).facets
    for name in ("kind", "section", "journal", "article"):
        for each in getattr(facets, name):
            chosen = {**filters, name: (each.value,)}
            assert library.search(question, **chosen).total == each.count
    for each in facets.year:
        chosen = {**filters, "year_from": each.value, "year_to": each.value}
        assert library.search(question, **chosen).total == each.count


def test_facets_are_in_order_and_named(library: Library) -> None:
    facets = library.search("").facets
    assert [each.value for each in facets.year] == sorted(each.value for each in facets.year)
    assert sum(each.count for each in facets.year) == 98
    numbers = [str(each.value) for each in facets.section]
    assert numbers[:4] == ["1", "2", "2.1", "2.2"]
    assert set(numbers[-8:]) == {
        "abstract", "keywords", "abbreviations", "acknowledgments", "author-contributions",
        "conflict-of-interest", "funding", "data-availability",
    }  # fmt: skip
    labels = {each.value: each.label for each in facets.section}
    assert labels["3.4"] == "3.4 The application of MSCs-derived extracellular vesicles in POI"
    assert {each.value: each.count for each in facets.kind} == {
        "section": 51, "table": 17, "figure": 2, "reference": 98,
    }  # fmt: skip
    by_count = [each.count for each in facets.journal]
    assert by_count == sorted(by_count, reverse=True)


def test_every_filter_finds_the_units_with_its_value(library: Library) -> None:
    units = {unit.anchor: unit for unit in library.units("shi-2022")}
    assert sorted(ids(library)) == sorted(unit.id for unit in units.values())
    for number in range(1, 99):
        citing = [u.id for u in units.values() if number in {c.number for c in u.citations}]
        assert sorted(ids(library, cites=number)) == sorted(citing)
    detail = library.detail("shi-2022")
    assert detail
    for section in detail.sections:
        name = section.number or section.anchor
        below = [
            f"shi-2022/{anchor}"
            for other in detail.sections
            if f"{other.number or other.anchor}.".startswith(f"{name}.")
            for anchor in other.anchors
        ]
        assert below
        assert sorted(ids(library, section=(name,))) == sorted(below)
    for low, high in ((2018, 2019), (None, 2012), (2021, None), (2020, 2019)):
        found = [
            unit.id
            for unit in units.values()
            if unit.reference and (low or 0) <= (unit.reference.year or 0) <= (high or 9999)
        ]
        assert sorted(ids(library, year_from=low, year_to=high)) == sorted(found)


def test_a_filter_and_the_question_may_both_name_a_value(library: Library) -> None:
    assert ids(library, "section:3.4") == ids(library, section=("3.4",))
    assert ids(library, "cites:47") == ids(library, cites=47)
    assert ids(library, "exosomes kind:table") == ids(library, "exosomes", kind=("table",))
    assert set(ids(library, "2018:2019[dp]")) == set(ids(library, year_from=2018, year_to=2019))
    assert library.search("x", kind=("table",), cites=3, synonyms="off").query.filters == {
        "kind": ["table"], "cites": 3, "synonyms": "off",
    }  # fmt: skip


def test_order(library: Library, shelf: Library) -> None:
    assert ids(library, sort="order") == [unit.id for unit in library.units("shi-2022")]
    references = every(library, kind=("reference",), sort="year")
    years = [hit.reference.year for hit in references if hit.reference]
    assert years == sorted(years, key=lambda year: year or 0)
    assert len(years) == 98
    newest = [hit.reference and hit.reference.year for hit in every(library, sort="-year")]
    assert newest[:98] == years[::-1]  # units without a year come last in both orders
    assert not any(newest[98:])
    oldest = [hit.reference and hit.reference.year for hit in every(library, sort="year")]
    assert oldest[:98] == years
    scores = [hit.score for hit in every(library, "mir21 granulosa")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0
    articles = [hit.article for hit in every(shelf, sort="order")]
    assert articles == sorted(articles)


@pytest.mark.parametrize("sort", ["relevance", "year", "-year", "order"])
@pytest.mark.parametrize("question", ["", "POI", "-rat"])
def test_pages_together_are_the_whole_ranking(library: Library, sort: Any, question: str) -> None:
    whole = ids(library, question, sort=sort)
    pages: list[Results] = []
    while not pages or pages[-1].results:
        pages.append(library.search(question, sort=sort, page=len(pages) + 1, per_page=13))
    assert [hit.id for page in pages for hit in page.results] == whole
    assert {page.total for page in pages} == {len(whole)}
    assert len(set(whole)) == len(whole)


# What was understood, and why units were found


def test_a_concept_has_its_label_and_the_words_it_matched(library: Library) -> None:
    results = library.search("early menopause")
    (concept,) = results.query.concepts
    assert (concept.id, concept.matched, concept.source) == (
        "mesh:D016649", "early menopause", "thesaurus",
    )  # fmt: skip
    assert "premature ovarian failure" in concept.terms
    assert concept.url.startswith("https://")
    assert concept.url.endswith("D016649")
    for hit in results.results:
        (match,) = hit.matches
        assert (match.query, match.concept) == ("early menopause", "mesh:D016649")
        assert all(form in hit.text for form in match.forms)
        assert len({form.casefold() for form in match.forms}) == len(match.forms)
        assert set(hit.snippet.kinds) == {"synonym"}


def test_typed_words_and_synonyms_have_different_kinds(library: Library) -> None:
    hit = next(hit for hit in every(library, "POI") if hit.anchor == "s1-p1")
    marked = {hit.text[start:end] for start, end in hit.marks}
    assert {"POI", "Primary ovarian insufficiency", "premature ovarian failure"} <= marked
    kinds = {
        hit.snippet.text[start:end]: kind
        for (start, end), kind in zip(hit.snippet.marks, hit.snippet.kinds, strict=True)
    }
    assert kinds["POI"] == "typed"
    assert kinds["premature ovarian failure"] == "synonym"
    assert '<mark class="typed">POI</mark>' in hit.snippet_html
    assert '<mark class="synonym">premature ovarian failure</mark>' in hit.snippet_html
    off = library.search("POI", synonyms="off")
    assert off.query.concepts == ()
    assert {kind for hit in off.results for kind in hit.snippet.kinds} == {"typed"}


def test_a_year_finds_what_was_published_in_it(library: Library) -> None:
    papers = [hit for hit in every(library, kind=("reference",)) if hit.reference]
    of_2018 = {hit.id for hit in papers if hit.reference and hit.reference.year == 2018}
    assert len(of_2018) > 5
    assert of_2018 <= set(ids(library, "2018"))


def test_a_concept_can_be_ignored(library: Library) -> None:
    (concept,) = library.search("AMH").query.concepts
    assert (concept.id, concept.source) == ("mesh:D054304", "thesaurus")
    assert "automated materials handling" not in concept.terms  # the print is wrong
    rest = library.search("AMH", without=("mesh:D054304",))
    assert rest.query.concepts == ()
    assert rest.query.filters == {"without": ["mesh:D054304"]}
    assert rest.total <= library.search("AMH").total
    first = library.search('"anti-Müllerian hormone" OR anti-Müllerian').results[0]
    assert first.notes  # its words occur only in an editorial note
    assert "Müllerian" not in first.text


def test_corrections_are_made_reported_and_can_be_switched_off(library: Library) -> None:
    query = library.search("granuloza apoptozis").query
    assert [(c.from_, c.to) for c in query.corrections] == [
        ("granuloza", "granulosa"), ("apoptozis", "apoptosis"),
    ]  # fmt: skip
    assert (query.text, query.searched) == ("granuloza apoptozis", "granulosa apoptosis")
    right = ids(library, "granulosa apoptosis")
    assert ids(library, "granuloza apoptozis") == right
    assert library.search("gran ulosa").query.searched == "granulosa"
    refused = library.search("granuloza", spelling="off")
    assert (refused.total, refused.query.corrections) == (0, ())
    assert library.search('"granuloza"').query.corrections == ()
    assert library.search("zebrafish").query.corrections == ()  # a word, though not in the review
    assert library.search("menopas").query.corrections == ()  # similar to a stem, but not to a word


def test_without_hits_each_part_is_counted_on_its_own(library: Library) -> None:
    found = library.search("zebrafish AND POI AND (rat OR mice)")
    assert found.total == 0
    assert [(part.text, part.count) for part in found.query.parts] == [
        ("zebrafish", 0),
        ("POI", library.search("POI").total),
        ("rat OR mice", library.search("rat OR mice").total),
    ]
    assert library.search("POI").query.parts == ()


def test_there_is_a_notice_for_what_is_not_read_as_typed(library: Library) -> None:
    (notice,) = library.search("(POI").query.notices
    assert "never closed" in notice
    assert ids(library, "(POI") == ids(library, "POI")
    assert library.search("").total == library.search("   ").total == 168
    for nothing in ('""', "()", "...", "-", "\0"):
        found = library.search(nothing)
        assert (found.total, found.query.parts) == (0, (PartCount(nothing, 0),))


@pytest.mark.parametrize(
    ("question", "printed", "part"),
    [
        ("title:exosomes", {"exosomes"}, "title"),
        ('title:"stem cell"', {"stem cell", "stem cells"}, "title"),
        ("title:exosom*", {"exosomes", "exosome", "exosomal"}, "title"),
        ("title:granuloza~", {"granulosa"}, "title"),
        ('author:"Ding L"', {"ding l"}, "authors"),
        ("Ding L[au]", {"ding l"}, "authors"),
        ('journal:"Stem Cells"', {"stem cells", "stem cell"}, "journal"),
    ],
)
def test_what_is_found_in_a_field_is_marked_there_as_typed(
    library: Library, question: str, printed: set[str], part: str
) -> None:
    found = every(library, question, kind=("reference",))
    assert found
    for hit in found:
        assert hit.reference
        assert hit.marks
        marked = [hit.text[start:end] for start, end in hit.marks]
        assert {words.casefold() for words in marked} <= printed
        assert set(hit.kinds) == {"typed"}
        assert [match.forms for match in hit.matches]
        title = hit.text.find(hit.reference.title)
        after = title + len(hit.reference.title)
        for _, end in hit.marks:
            here = "authors" if end <= title else "title" if end <= after else "journal"
            assert here == part
        (told,) = hit.why
        assert (told.text, told.how) == (question, "field")
        assert {form.casefold() for form in told.forms} == {word.casefold() for word in marked}


def test_a_star_in_quotation_marks_stands_for_the_rest_of_a_word(library: Library) -> None:
    forms = ids(library, '"mesenchymal stem cell" OR "mesenchymal stem cells"')
    starred = every(library, '"mesenchymal stem cell*"')
    assert {hit.id for hit in starred} == set(forms)
    assert len(forms) > 50
    for hit in starred:
        assert {hit.text[start:end].casefold() for start, end in hit.marks} <= {
            "mesenchymal stem cell", "mesenchymal stem cells",
        }  # fmt: skip
        assert {reason.how for reason in hit.why} == {"prefix"}
    titles = ids(library, '"stem cell*"[ti]')
    assert set(ids(library, '"stem cells"[ti]')) <= set(titles)
    assert set(ids(library, '"stem cell*"')) >= set(ids(library, '"stem cells"'))
    assert ids(library, '"exosom*"') == ids(library, "exosom*")
    assert ids(library, '"mesenchymal zzz*"') == []


@pytest.mark.parametrize("question", ["wom?n", "ov*ry", "gran$losa", "title:ov?ry"])
def test_no_letters_are_left_of_a_word_with_a_sign_in_it(library: Library, question: str) -> None:
    found = library.search(question)
    assert (found.total, len(found.query.notices)) == (0, 1)
    beside = library.search(f"apoptosis {question}")
    assert ids(library, f"apoptosis {question}") == ids(library, "apoptosis")
    assert beside.query.notices == found.query.notices


@pytest.mark.parametrize("question", ["POI", "mir21 granulosa", '"umbilical cord"', "apop*", ""])
def test_snippets_are_the_unit_or_its_best_sentences(library: Library, question: str) -> None:
    for hit in every(library, question):
        shown = hit.snippet
        assert shown.text == " … ".join(hit.text[start:end] for start, end in shown.spans)
        assert len(shown.marks) == len(shown.kinds)
        inside = [m for m in hit.marks if any(s <= m[0] and m[1] <= e for s, e in shown.spans)]
        assert [shown.text[a:b] for a, b in shown.marks] == [hit.text[a:b] for a, b in inside]
        if len(hit.text) <= WHOLE:
            assert shown.text == hit.text
        else:
            assert len(shown.spans) <= 2
        assert not hit.marks or shown.marks  # the part shown is one with an answer


def test_the_address_of_a_hit_carries_the_question(library: Library) -> None:
    hit = library.search("TGF-β & more").results[0]
    assert hit.url == f"/articles/shi-2022?q=TGF-%CE%B2+%26+more#{hit.anchor}"
    assert library.search("").results[0].url == "/articles/shi-2022#abstract-p1"


# Limits


@pytest.mark.parametrize(
    ("request_", "parameter", "detail"),
    [
        (SearchRequest(q="x" * 513), "q", "513 characters; the limit is 512"),
        (
            SearchRequest(q=" OR ".join("abcdefgh"[i % 8] * 3 for i in range(33))),
            "q",
            "limit is 32",
        ),
        (SearchRequest(q="(" * 17 + "a b" + ")" * 17), "q", "limit is 16"),
        (SearchRequest(q="POI \udcff"), "q", "not valid text"),
        (SearchRequest(article=("none",)), "article", "no article 'none'. Known: shi-2022"),
        (SearchRequest(section=("9.9",)), "section", "no section '9.9'"),
        (SearchRequest(section=("3", "s3")), "section", "no section 's3'"),
    ],
)
def test_a_question_over_the_limits_is_refused(
    library: Library, request_: SearchRequest, parameter: str, detail: str
) -> None:
    with pytest.raises(QuestionError) as refused:
        library.search(request_)
    assert refused.value.parameter == parameter
    assert detail in refused.value.detail


@pytest.mark.parametrize(
    ("filters", "parameter"),
    [
        ({"kind": "reference"}, "kind"),
        ({"kind": ("book",)}, "kind"),
        ({"sort": "age"}, "sort"),
        ({"year_from": "2018"}, "year_from"),
    ],
)
def test_a_filter_of_the_wrong_type_is_refused(
    library: Library, filters: dict[str, Any], parameter: str
) -> None:
    with pytest.raises(QuestionError) as refused:
        library.search("mouse", **filters)
    assert refused.value.parameter == parameter


def test_filters_can_be_added_to_a_request(library: Library) -> None:
    asked, only = SearchRequest(q="mouse", per_page=100), ("table",)
    limited = library.search(asked, kind=only)
    assert [hit.id for hit in limited.results] == ids(library, "mouse", kind=only)
    assert 0 < limited.total < library.search(asked).total


def test_a_correction_never_makes_a_question_too_long(library: Library) -> None:
    long = " ".join(["granuloza"] * 51)
    assert len(long) < 512
    assert library.search(long).query.corrections


# The shelf: several articles


def test_a_paper_cited_by_two_articles_links_to_the_other(shelf: Library) -> None:
    here, there = shelf.unit("small/ref-2"), shelf.unit("other/ref-1")
    assert here and here.reference and there and there.reference
    (link,) = here.reference.same_as
    assert (link.id, link.url) == ("other/ref-1", "/articles/other/references/1")
    assert link.label == "Notes on other cells [1]"
    assert [one.id for one in there.reference.same_as] == ["small/ref-2"]
    lone = shelf.unit("other/ref-2")
    assert lone and lone.reference and lone.reference.same_as == ()
    assert shelf.unit("other/ref-3") is shelf.unit("none/ref-1") is shelf.unit("") is None


def test_sections_without_a_number_can_be_selected(shelf: Library) -> None:
    facets = {each.value: each.count for each in shelf.search("vascularity").facets.section}
    assert facets == {"app1": 3, "app1.1": 1}
    for name, count in facets.items():
        assert shelf.search("vascularity", section=(str(name),)).total == count
    with pytest.raises(QuestionError):
        shelf.search("vascularity", section=("t1-r1",))


def test_an_article_can_be_selected_and_is_counted(shelf: Library) -> None:
    facets = shelf.search("oocytes", article=("other",)).facets
    assert {each.value: each.count for each in facets.article} == {"small": 3, "other": 2}
    assert {each.value: each.label for each in facets.article}["other"] == "Notes on other cells"
    assert {hit.article for hit in every(shelf, "oocytes", article=("other",))} == {"other"}
    assert sorted(ids(shelf, "oocytes", article=("other", "small"))) == sorted(
        ids(shelf, "oocytes")
    )


# Marks, mentions, suggestions


def test_marks_of_an_article_are_those_of_its_hits(library: Library) -> None:
    question = SearchRequest(q="exosomes apoptosis")
    marks = library.marks("shi-2022", question)
    hits = {hit.anchor: hit.marks for hit in every(library, "exosomes apoptosis")}
    assert {a: tuple((f.start, f.end) for f in spans) for a, spans in marks.items()} == {
        anchor: spans for anchor, spans in hits.items() if spans
    }
    assert library.marks("shi-2022", SearchRequest(q="zebrafish")) == {}
    assert library.marks("none", question) == {}
    assert library.units("none") == []
    assert library.article("none") is None
    assert library.detail("none") is None


def test_mentions_cover_forms_of_their_concept(library: Library) -> None:
    mentions = library.mentions("shi-2022")
    texts = {unit.anchor: unit.text for unit in library.units("shi-2022")}
    assert mentions.keys() == texts.keys()
    printed = {
        texts[anchor][one.start : one.end].lower()
        for anchor, found in mentions.items()
        for one in found
        if one.concept == "mesh:D016649"
    }
    assert {"poi", "pof", "premature ovarian failure"} <= printed
    for found in mentions.values():
        assert all(library.concept(one.concept) for one in found)


def test_narrower_concepts_answer_for_a_concept(library: Library) -> None:
    below = library.narrower("mesh:D059630")  # mesenchymal stem cells
    assert "mesh:D059630" in below
    assert len(below) > 5
    narrow = next(iter(below - {"mesh:D059630"}))
    assert "mesh:D059630" not in library.narrower(narrow)
    assert library.narrower("none:1") == {"none:1"}
    assert set(ids(library, "umbilical cord MSC")) <= set(ids(library, "MSC"))


@pytest.mark.parametrize(
    "text", ["gran", "mir", "li", "exo", "the app", "3.4", "POI", "tgf-β", "w"]
)
def test_every_suggestion_begins_with_the_text_and_finds_something(
    library: Library, text: str
) -> None:
    found = library.suggest(text)
    assert found
    assert len(found) <= 8
    assert len({(one.kind, one.value) for one in found}) == len(found)
    for one in found:
        assert library.search(SearchRequest(q=one.value, spelling="off")).total > 0
        if one.url.startswith("/articles/"):
            assert one.kind in ("section", "title")


def test_sections_are_suggested_with_their_number_if_they_have_one(library: Library) -> None:
    assert [one.label for one in library.suggest("abbrev")] == ["section"]
    assert [one.label for one in library.suggest("3.4")] == ["section 3.4"]


@pytest.mark.parametrize(("limit", "of_a_kind"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_at_most_half_of_the_suggestions_are_of_one_kind(limit: int, of_a_kind: int) -> None:
    both: tuple[Literal["concept", "title"], ...] = ("concept", "title")
    entries = [
        Completion(f"mouse {n}", rank, f"{kind} {n}", Suggestion(kind, f"mouse {n}", kind, "mouse"))
        for rank, kind in enumerate(both)
        for n in range(6)
    ]
    found = Suggester(entries).suggest("mou", limit)
    kinds = [one.kind for one in found]
    assert kinds == ["concept"] * of_a_kind + ["title"] * (limit - of_a_kind)


def test_the_number_of_suggestions_is_limited(library: Library) -> None:
    assert library.suggest("") == library.suggest("   ") == library.suggest("zzzz") == ()
    assert len(library.suggest("m", 3)) == 3
    assert len({one.kind for one in library.suggest("m", 8)}) > 1
    assert library.suggest("m" * 5000) == ()
    (author,) = library.suggest("fu x")
    assert (author.kind, author.value) == ("author", 'author:"Fu X"')
    assert "shi-2022/ref-36" in ids(library, author.value)


@pytest.mark.parametrize("name", ["page", "per_page"])
@pytest.mark.parametrize("number", [0, -1])
def test_pages_are_counted_from_one(library: Library, name: str, number: int) -> None:
    with pytest.raises(QuestionError, match=f"{name} is {number}; it starts at 1") as refused:
        library.search("cells", **{name: number})
    assert refused.value.parameter == name


def test_a_concept_that_does_not_exist_cannot_be_switched_off(library: Library) -> None:
    with pytest.raises(QuestionError, match="There is no concept 'mesh:none'"):
        library.search("stem cells", without=("mesh:none",))


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("stem-cell*", '"stem cell*"'),
        ("MSC-deriv*", '"MSC deriv*"'),
        ("anti-fibro*", "anti-fibro*"),
    ],
)
def test_a_star_after_a_compound_stands_for_the_rest(
    library: Library, question: str, quoted: str
) -> None:
    results = library.search(question, per_page=1000)
    assert results.total
    assert {hit.id for hit in results.results} == {
        hit.id for hit in library.search(quoted, per_page=1000).results
    }
    assert library.search("title:anti-fibro*").total == 1
    assert {reason.how for hit in results.results for reason in hit.why} == {"prefix"}
