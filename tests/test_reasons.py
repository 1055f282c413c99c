"""Why a unit was found: each way of answering a question, on the review and on small articles."""

from __future__ import annotations

from typing import Any

import pytest
from homes import make_home

from poi_search.library import Library
from poi_search.results import HitView, Reason, SearchRequest
from poi_search.search.interpretation import understand
from poi_search.search.reasons import found_through

POI = "mesh:D016649"
MSC = "mesh:D059630"
RECORD = """TY  - JOUR
TI  - The small cell
AU  - Li X
JO  - J Cell
PY  - 2018
KW  - Zebrafish
AB  - Nothing but idle talk of keratinocytes.
ER  -
"""
TABLES = """# Notes on tables

Cy Other

## 1. Beginnings of oophorectomy

Table 1. Doses in zebrafish.

| Cells | Thrombin |
|---|---|
| One | two |

Idle talk.[1]

## 2. Bone marrow mesenchymal stem cells among mesenchymal stem cells

More idle talk.

## 3. Mesenchymal stem cells and MSC infusions

Idle talk again.

## References

[1] Roe B. Large oocytes in 40 mice. Biol Reprod. 2012;7:12.
[2] Smith J, Brown K (2011) Small oocytes. Biol Reprod 7:12-14.
[3] Leaflet of the ministry, undated.
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Library:
    place = tmp_path_factory.mktemp("reasons") / "home"
    names = ("small.md", "small.notes.toml", "other.md", "appendix.xml")
    Library.build(make_home(place, *names, also={"small.ris": RECORD, "tables.md": TABLES}))
    return Library.open(place)


def hits(library: Library, question: str, **filters: Any) -> dict[str, HitView]:
    found = library.search(question, **{"per_page": 1000, **filters}).results
    return {hit.anchor: hit for hit in found}


def why(library: Library, question: str, anchor: str, **filters: Any) -> list[Reason]:
    return list(hits(library, question, **filters)[anchor].why)


def test_a_word_as_typed_and_by_other_names(library: Library) -> None:
    told = why(library, "POI", "t1-notes")
    assert told == [
        Reason("POI", "typed", "the notes of the table", POI, ("POI",)),
        Reason("POI", "synonym", "the notes of the table", POI, ("primary ovarian insufficiency",)),
    ]


def test_a_narrower_and_a_related_concept(library: Library) -> None:
    assert Reason("MSC", "narrower", "the row", "local:bone-marrow-msc", ("BMSCs",)) in why(
        library, "MSC", "t1-r1"
    )
    assert why(library, "fertility", "ref-47") == [
        Reason(
            "fertility",
            "narrower",
            "the title",
            "local:fertility-restoration",
            ("recover fertility",),
        ),
        Reason("fertility", "related", "the title", "local:offspring", ("offspring",)),
    ]
    concept = library.concept("mesh:D005298")
    assert concept and "local:offspring" in concept.related
    assert "local:fertility-restoration" in library.narrower("mesh:D005298")


def test_only_a_part_of_a_name(library: Library) -> None:
    assert why(library, "gene therapy", "t1-r13") == [
        Reason("gene", "fragment", "the row", "mesh:D005796", ("gene",))
    ]
    with_more = why(library, "side effects, MSCs", "ref-65")
    assert [(reason.text, reason.how) for reason in with_more] == [("MSCs", "synonym")]
    whole = why(library, "gene-modified MSCs", "s6-p3")
    assert not [reason for reason in whole if reason.how == "fragment"]


def test_a_part_of_a_name_is_no_more_wherever_it_is_found(library: Library) -> None:
    found = hits(library, "growth diferentiation factor 11")["s2-p1"]
    assert found.fragment
    assert [(reason.text, reason.how) for reason in found.why] == [("diferentiation", "fragment")]
    (told,) = why(library, "free amino acids", "t1-r2", fragments="on")
    assert (told.text, told.how) == ("free", "fragment")
    assert told.where == "what it cites: Park et al., 2019"


def test_forms_of_one_reason_are_told_together(library: Library) -> None:
    (told,) = why(library, "kidney injury", "s4.1-p2")
    assert (told.text, told.how, told.concept) == ("injury", "fragment", "local:tissue-injury")
    assert told.forms == ("injured tissue", "injured", "injured organs", "injury")


def test_words_typed_within_a_longer_mention_of_the_concept_are_typed(library: Library) -> None:
    hit = hits(library, "autophagy")["ref-78"]
    assert hit.why == (
        Reason("autophagy", "typed", "the title", "mesh:D001343", ("selective autophagy",)),
    )
    assert hit.kinds == ("typed",)
    # A longer name of a narrower concept is another thing.
    (told,) = why(library, "mesenchymal stem cells", "ref-18")
    assert (told.how, told.concept) == ("narrower", "local:bone-marrow-msc")


def test_what_a_mark_of_something_else_covers_is_told_too(library: Library) -> None:
    hit = hits(library, "placenta, mesenchymal stem cells")["t1-r8"]
    here = [(reason.text, reason.how, reason.forms) for reason in hit.why]
    assert here == [
        ("placenta", "narrower", ("hPMSCs",)),
        ("mesenchymal stem cells", "narrower", ("hPMSCs",)),
    ]
    assert {reason.where for reason in hit.why} == {"the row"}
    assert len(hit.marks) == 1
    assert [match.query for match in hit.matches] == ["placenta", "mesenchymal stem cells"]


def test_a_general_name_that_its_word_answers_is_not_looked_for_around(library: Library) -> None:
    told = why(library, "programmed cell death of follicular somatic cells", "t1-r8")
    assert [each.where for each in told if each.text == "cells"] == ["the row"]
    told = why(library, "adipose-derived cells paracrine growth factors", "t1-r12")
    assert "the caption of the table" in [each.where for each in told if each.text == "cells"]


def test_a_prefix_a_similar_word_and_a_quote(library: Library) -> None:
    assert why(library, "exos*", "ref-7") == [
        Reason("exos", "prefix", "the title", "", ("exosomes",))
    ]
    assert why(library, "granuloza~", "ref-37") == [
        Reason("granuloza", "fuzzy", "the title", "", ("granulosa",))
    ]
    assert why(library, '"granulosa cells"', "ref-37") == [
        Reason("granulosa cells", "typed", "the title", "", ("granulosa cells",))
    ]


def test_a_corrected_word_is_shown_as_typed(library: Library) -> None:
    (told,) = why(library, "granuloza", "ref-37")
    assert (told.text, told.how, told.where) == ("granuloza", "spelling", "the title")
    assert told.forms == ("granulosa cells",)
    (told,) = why(library, "granuloza", "s4.3-p2")
    assert (told.text, told.how, told.forms) == ("granuloza", "synonym", ("GCs",))
    # Other words of the question keep their text and reason, before and after the slip.
    for question in ("apoptosis granuloza", "granuloza apoptosis"):
        ways = {reason.text: reason.how for reason in why(library, question, "t1-r10")}
        assert ways == {"granuloza": "spelling", "apoptosis": "typed"}
    # Another concept, or another name, is not the word as corrected.
    names = {reason.how: reason for reason in why(library, "mesenchymall stem cells", "t1-notes")}
    assert set(names) == {"spelling", "synonym", "narrower"}
    assert {reason.text for reason in names.values()} == {"mesenchymall stem cells"}
    assert names["spelling"].forms == ("mesenchymal stem cell",)
    assert names["synonym"].forms == ("MSC",)


def test_matches_only_around_a_row(library: Library) -> None:
    told = why(library, "POI", "t1-r16", kind=("table",))
    assert [(reason.how, reason.where) for reason in told] == [
        ("heading", "the caption of the table"),
        ("heading", "the heading of the section"),
        ("cited", "what it cites: Xiao et al., 2014"),
    ]
    assert {(reason.text, reason.concept, reason.forms) for reason in told} == {("POI", POI, ())}
    assert found_through(told) == (
        "the caption of the table, the heading of the section and what it cites: Xiao et al., 2014"
    )


@pytest.mark.parametrize(
    ("question", "anchor", "where"),
    [
        ("zebrafish", "t1-r1", "the caption of the table"),
        ("thrombin", "t1-r1", "the header of the table"),
        ("oophorectomy", "t1-r1", "the heading of the section"),
        ("deeper", "s1.1-p1", "the heading of the section"),
        ("introduction", "s1.1-p1", "the heading of the section"),
        ("zebrafish", "ref-1", "the subject headings"),
    ],
)
def test_each_heading_is_named_by_its_kind(
    shelf: Library, question: str, anchor: str, where: str
) -> None:
    (told,) = why(shelf, question, anchor, article=("tables",) if anchor == "t1-r1" else ("small",))
    assert (told.text, told.how, told.where, told.forms) == (question, "heading", where, ())


def test_the_concept_asked_for_is_named_before_a_narrower_one(shelf: Library) -> None:
    (told,) = why(shelf, "MSC", "s2-p1", article=("tables",))
    assert told == Reason("MSC", "heading", "the heading of the section", MSC)
    (told,) = why(shelf, "BMSCs", "s2-p1", article=("tables",))
    assert told.concept == "local:bone-marrow-msc"
    # And a narrower one before one that is only related, though that is named first.
    (told,) = why(shelf, "stem cell therapy", "s3-p1", article=("tables",))
    assert told.concept == "mesh:D045164"


def test_matches_in_cited_papers(library: Library, shelf: Library) -> None:
    told = why(shelf, "Roe", "s1-p1", article=("other",))
    assert told == [Reason("Roe", "cited", "what it cites: Roe, 2012")]
    assert why(shelf, "2012", "s1-p1", article=("other",)) == [
        Reason("2012", "cited", "what it cites: Roe, 2012")
    ]
    many = why(library, "exosomes rats", "s5-p4")[1]
    assert (many.text, many.how) == ("rats", "cited")
    assert many.where == (
        "what it cites: Liu et al., 2015; Guan et al., 2013; Su et al., 2016 and 1 more"
    )
    # A bare number is not looked for in the titles of cited papers.
    assert [reason.text for reason in why(shelf, "40 idle", "s1-p1", article=("tables",))] == [
        "idle"
    ]


def test_what_is_in_the_unit_itself_is_not_looked_for_around_it(library: Library) -> None:
    told = why(library, "POI", "t1-r7")
    assert [reason.where for reason in told] == ["the row"]


def test_the_search_words_of_a_note(shelf: Library) -> None:
    (told,) = why(shelf, "anti-Müllerian hormone level", "s1-p1", article=("small",))[:1]
    assert (told.text, told.how, told.where) == (
        "anti-Müllerian hormone", "synonym", "the passage",
    )  # fmt: skip
    (told,) = why(shelf, "müllerian", "s1-p1", article=("small",))
    assert told == Reason("müllerian", "typed", "an editorial note")


@pytest.mark.parametrize(
    ("question", "anchor", "where"),
    [
        ("keratinocytes", "ref-1", "the abstract"),
        ("roe", "ref-2", "the authors"),
        ("oocytes", "ref-2", "the title"),
        ("2012", "ref-2", "the entry"),
        ("rare", "s2-p1", "the passage"),
    ],
)
def test_each_part_of_a_unit_is_named_by_its_kind(
    shelf: Library, question: str, anchor: str, where: str
) -> None:
    told = why(shelf, question, anchor, article=("small",))
    assert [reason.where for reason in told] == [where]


def test_words_in_several_parts_of_a_reference_are_told_part_by_part(shelf: Library) -> None:
    assert [
        (reason.text, reason.where)
        for reason in why(shelf, "oocytes roe 2012", "ref-2", article=("small",))
    ] == [("roe", "the authors"), ("oocytes", "the title"), ("2012", "the entry")]
    told = why(shelf, "oocytes roe", "ref-2", article=("small",))
    assert [reason.where for reason in told] == ["the authors", "the title"]


@pytest.mark.parametrize("question", ["mice oocytes", "oocytes mice"])
def test_reasons_are_in_the_order_of_the_question(shelf: Library, question: str) -> None:
    told = why(shelf, question, "ref-1", article=("tables",))
    assert [reason.text for reason in told] == question.split()


@pytest.mark.parametrize("word", ["leaflet", "undated"])
def test_a_reference_without_a_title_is_found_by_all_its_words(shelf: Library, word: str) -> None:
    found = shelf.search(word)
    assert [(hit.id, reason.where) for hit in found.results for reason in hit.why] == [
        ("tables/ref-3", "the entry")
    ]
    assert found.facets.journal == ()


@pytest.mark.parametrize(("question", "where"), [("brown", "the authors"), ("2011", "the entry")])
def test_a_year_before_the_title_is_not_an_author(
    shelf: Library, question: str, where: str
) -> None:
    told = why(shelf, question, "ref-2", article=("tables",))
    assert [reason.where for reason in told] == [where]


@pytest.mark.parametrize(
    ("question", "anchor", "reason"),
    [
        ("author:Roe", "ref-2", Reason("author:Roe", "field", "the authors", "", ("Roe",))),
        (
            "author:(Roe OR Ito)",
            "ref-2",
            Reason("author:(Roe OR Ito)", "field", "the authors", "", ("Roe",)),
        ),
        (
            'author:"Roe B"',
            "ref-2",
            Reason('author:"Roe B"', "field", "the authors", "", ("Roe B",)),
        ),
        ("author:Ro*", "ref-2", Reason("author:Ro*", "field", "the authors", "", ("Roe",))),
        ("author:Rob~", "ref-2", Reason("author:Rob~", "field", "the authors", "", ("Roe",))),
        ("Roe B[au]", "ref-2", Reason("Roe B[au]", "field", "the authors", "", ("Roe B",))),
        ("title:oocyte", "ref-2", Reason("title:oocyte", "field", "the title", "", ("oocytes",))),
        ("title:deeper", "s1.1-p1", Reason("title:deeper", "field", "the title")),
        (
            "journal:reprod",
            "ref-2",
            Reason("journal:reprod", "field", "the journal", "", ("Reprod",)),
        ),
        ("article:small", "ref-2", Reason("article:small", "filter", "its article")),
        ("2012[dp]", "ref-2", Reason("2012[dp]", "filter", "its year")),
        ("year:>=2012", "ref-1", Reason("year:>=2012", "filter", "its year")),
        ("section:1", "s1.1-p1", Reason("section:1", "filter", "its section")),
        ("cites:2", "s1-p1", Reason("cites:2", "filter", "what it cites")),
        ("kind:reference", "ref-1", Reason("kind:reference", "filter", "its kind")),
    ],
)
def test_conditions_on_fields_and_values(
    shelf: Library, question: str, anchor: str, reason: Reason
) -> None:
    assert why(shelf, question, anchor, article=("small",)) == [reason]


def test_a_condition_is_a_reason_only_where_it_holds(shelf: Library) -> None:
    question = "author:Roe OR journal:cell OR 2018[dp] OR kind:section OR cites:2 OR section:2"
    told = {
        anchor: {reason.text for reason in hit.why}
        for anchor, hit in hits(shelf, question, article=("small",)).items()
    }
    assert told["ref-1"] == {"journal:cell", "2018[dp]"}
    assert told["ref-2"] == {"author:Roe"}
    assert told["s1-p1"] == {"kind:section", "cites:2"}
    assert told["s2-p1"] == {"kind:section", "section:2"}
    both = "author:(Roe AND Ito) OR 2012[dp]"
    assert [reason.text for reason in why(shelf, both, "ref-2", article=("small",))] == ["2012[dp]"]
    beside = '(author:Roe OR rare) "small cell"'
    assert [reason.text for reason in why(shelf, beside, "ref-2", article=("small",))] == [
        "author:Roe"
    ]
    assert why(shelf, "author:(NOT Roe) kind:reference", "ref-1", article=("small",)) == [
        Reason("author:(NOT Roe)", "field", "the authors"),
        Reason("kind:reference", "filter", "its kind"),
    ]


def test_an_alternative_that_does_not_hold_is_no_reason(library: Library) -> None:
    def told(question: str, anchor: str) -> set[str]:
        return {reason.text for reason in why(library, question, anchor)}

    question = "(author:Ding AND year:2014) OR collagen"
    assert told(question, "ref-56") == {"author:Ding", "year:2014", "collagen"}
    assert told(question, "ref-96") == {"collagen"}
    question = "(exosomes AND author:Zhang) OR rats"
    assert told(question, "ref-46") == {"exosomes", "author:Zhang"}
    assert told(question, "ref-58") == {"rats"}
    hit = hits(library, '(MSC AND "collagen scaffold") OR (kidney AND exosomes)')["ref-84"]
    assert [hit.text[start:end] for start, end in hit.marks] == ["Exosomes", "renal"]
    assert {match.query for match in hit.matches} == {"kidney", "exosomes"}
    # Also within another AND, and side by side.
    assert told("kind:reference AND (rats OR (author:Zhang AND exosomes))", "ref-58") == {
        "kind:reference", "rats",
    }  # fmt: skip
    assert told("(author:Zhang AND exosomes) rats", "ref-58") == {"rats"}
    # What NOT excludes is looked for in the unit and above it.
    question = "(collagen AND NOT rats) OR transplantation"
    assert told(question, "ref-54") == {"collagen", "transplantation"}
    assert told(question, "ref-51") == {"transplantation"}
    # Without an AND among the alternatives, each that occurs is a reason.
    assert told("collagen OR rats OR author:Su", "ref-55") == {"collagen", "rats", "author:Su"}


def test_filters_are_the_reason_if_nothing_is_asked(shelf: Library) -> None:
    article = Reason("small", "filter", "its article")
    assert why(shelf, "", "ref-1", article=("small",)) == [article]
    filters = {"kind": ("reference", "table"), "journal": ("J Cell",), "year_to": 2020}
    assert why(shelf, " ", "ref-1", article=("small",), **filters) == [
        Reason("reference or table", "filter", "its kind"),
        article,
        Reason("J Cell", "filter", "the journal"),
        Reason("–2020", "filter", "its year"),
    ]
    assert why(shelf, "", "s1-p1", cites=1, section=("1",), article=("small",)) == [
        article,
        Reason("1", "filter", "its section"),
        Reason("1", "filter", "what it cites"),
    ]
    assert set(shelf.search("").results[0].why) == {Reason("", "filter", "the library")}
    # A question is a better reason than its filters.
    assert article not in why(shelf, "small", "ref-1", article=("small",))


def test_a_unit_that_is_merely_not_excluded(shelf: Library) -> None:
    told = why(shelf, "-granulosa", "s2-p1", article=("small",))
    assert told == [Reason("-granulosa", "filter", "what the question does not exclude")]
    both = why(shelf, "rare OR NOT granulosa", "s2-p1", article=("small",))
    assert [reason.text for reason in both] == ["rare"]


def test_found_through_skips_filters_if_there_are_other_reasons() -> None:
    kind = Reason("kind:table", "filter", "its kind")
    heading = Reason("POI", "heading", "the caption of the table")
    text = Reason("rat", "typed", "the row", "", ("rats",))
    assert found_through([kind, heading, heading]) == "the caption of the table"
    assert found_through([text, kind]) == "its kind"
    assert found_through([]) == ""


def test_corrected_words_are_known_by_their_place_in_what_is_searched(library: Library) -> None:
    question = SearchRequest(q="mesenchimal granulozza")
    asked = understand(library.snapshot(), question)
    assert [asked.searched[slice(*each.span)] for each in asked.replaced] == [
        each.to for each in asked.replaced
    ]
    assert [each.typed for each in asked.replaced] == ["mesenchimal", "granulozza"]
