"""The thesaurus: strict files, mentions by the longest term, and the findings of the lint."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from poi_search import thesaurus
from poi_search.article import Abbreviation, Article, Paragraph, Prose, Section
from poi_search.text.analysis import tokenize
from poi_search.thesaurus import Concept, Thesaurus, ThesaurusError
from poi_search.thesaurus.abbreviations import AbbreviationReader, Own, find_definitions
from poi_search.thesaurus.forms import question_forms, text_forms
from poi_search.thesaurus.lint import lint, verify
from poi_search.thesaurus.mentions import Lexicon
from poi_search.thesaurus.name_list import FILE, listed_names, make_list

CONCEPTS = (
    Concept("mesh:D059630", "Mesenchymal Stem Cells", ("mesenchymal stem cell",), ("MSC",)),
    Concept(
        "local:ucmsc",
        "Umbilical cord mesenchymal stem cells",
        ("UCMSC", "umbilical cord mesenchymal stem cell", "stem cells from the umbilical cord"),
        broader=("mesh:D059630",),
    ),
    Concept("mesh:D014470", "Umbilical Cord", ("umbilical cord",)),
    Concept("mesh:D054304", "Anti-Mullerian Hormone", ("anti-Mullerian hormone",), ("AMH",)),
    Concept("local:star", "StAR", (), ("StAR",)),
)
THESAURUS = Thesaurus(CONCEPTS)
TEXT = Lexicon(text_forms(CONCEPTS))
QUESTION = Lexicon(question_forms(CONCEPTS))


def found(lexicon: Lexicon, text: str, **more: bool) -> list[tuple[str, str, bool]]:
    mentions = lexicon.find(text, tokenize(text), **more)
    return [(m.concept, text[m.start : m.end], m.inner) for m in mentions]


def test_the_longest_term_wins_and_terms_inside_it_are_inner() -> None:
    assert found(TEXT, "Human umbilical cord mesenchymal stem cells (UCMSCs)") == [
        ("local:ucmsc", "umbilical cord mesenchymal stem cells", False),
        ("mesh:D014470", "umbilical cord", True),
        ("mesh:D059630", "mesenchymal stem cells", True),
        ("local:ucmsc", "UCMSCs", False),
    ]


def test_short_forms_need_their_capitals_only_in_texts_or_if_they_are_words() -> None:
    assert found(TEXT, "a star; StAR, MSCs, msc") == [
        ("local:star", "StAR", False),
        ("mesh:D059630", "MSCs", False),
    ]
    assert [m[0] for m in found(QUESTION, "star msc", any_case=True)] == ["mesh:D059630"]


def test_a_name_does_not_cross_a_comma_or_a_sentence() -> None:
    assert found(TEXT, "in the umbilical. Cord blood; umbilical, cord") == []
    assert found(TEXT, "anti-Müllerian-hormone") == [
        ("mesh:D054304", "anti-Müllerian-hormone", False)
    ]


def test_function_words_of_a_question_are_not_part_of_a_name() -> None:
    text = "stem cells out of an umbilical cord"
    content = [t for t in tokenize(text) if t.exact not in ("out", "of", "an")]
    mentions = QUESTION.find(text, content)
    assert mentions[0].concept == "mesh:D014470" or mentions[0].concept == "local:ucmsc"
    asked = "stem cells from an umbilical cord"
    content = [t for t in tokenize(asked) if t.exact not in ("from", "an")]
    assert [m.concept for m in QUESTION.find(asked, content, inner=False)] == ["local:ucmsc"]


def test_broader_and_narrower() -> None:
    assert THESAURUS.broader("local:ucmsc") == ("mesh:D059630",)
    assert THESAURUS.narrower("mesh:D059630") == {"mesh:D059630", "local:ucmsc"}


def article(text: str, *pairs: tuple[str, str]) -> Article:
    section = Section("s1", "1", "1.", "One", 1, (Paragraph("s1-p1", Prose(text)),))
    listed = tuple(Abbreviation(short, long, "abbreviations") for short, long in pairs)
    return Article("a", "A", abbreviations=listed, sections=(section,))


def own(article: Article, readings: dict[str, str] | None = None) -> Own:
    return AbbreviationReader(THESAURUS, TEXT).own(article, find_definitions(article), readings)


def test_an_article_defines_abbreviations() -> None:
    text = "We made ovarian regenerative patches (ORP). The ORP held."
    defined = own(article(text))
    assert [(c.label, c.case, c.source) for c in defined.concepts] == [
        ("ovarian regenerative patches", ("ORP",), "a")
    ]
    lexicon = TEXT.extended(defined.forms)
    assert [m[1] for m in found(lexicon, text)] == ["ovarian regenerative patches", "ORP", "ORP"]
    assert found(lexicon, "the orp held") == []  # its capitals must match
    assert defined.findings == ()
    assert found(TEXT, text) == []


def test_a_definition_replaces_what_the_thesaurus_knows_and_is_reported() -> None:
    defined = own(
        article("", ("AMH", "automated materials handling"), ("hMSC", "mesenchymal stem cell"))
    )
    lexicon = TEXT.extended(defined.forms, defined.replaced)
    handling = "local:own/automated-materials-handling"
    assert {m[0] for m in found(lexicon, "AMH")} == {handling}
    assert {m[0] for m in found(lexicon, "automated materials handling")} == {handling}
    assert {m[0] for m in found(lexicon, "anti-Mullerian hormone")} == {"mesh:D054304"}
    assert {m[0] for m in found(lexicon, "hMSCs")} == {"mesh:D059630"}
    assert {m[0] for m in found(TEXT, "AMH")} == {"mesh:D054304"}
    assert [f.place for f in defined.findings] == ["abbreviations"]
    assert "automated materials handling" in defined.findings[0].message


def test_a_misspelt_definition_is_no_other_meaning() -> None:
    defined = own(article("The anti-Mulerian hormone (AMH) fell. The AMH rose."))
    assert (defined.concepts, defined.replaced, defined.findings) == ((), (), ())
    lexicon = TEXT.extended(defined.forms, defined.replaced)
    assert [m[0] for m in found(lexicon, "AMH")] == ["mesh:D054304"]


def test_long_forms_that_differ_in_spelling_are_one_concept() -> None:
    text = (
        "A supercritical fluid (SCF), supercritical fluids (SCFs) and supercritcal fluid (SCF), but"
        " a single cross field (SCF)."
    )
    defined = own(article(text))
    assert [(c.label, c.case) for c in defined.concepts] == [
        ("supercritical fluid", ("SCF",)),
        ("single cross field", ("SCF",)),
    ]


def test_a_reading_overrules_a_printed_definition() -> None:
    printed = article("", ("AMH", "automated materials handling"))
    defined = own(printed, {"AMH": "mesh:D054304"})
    lexicon = TEXT.extended(defined.forms, defined.replaced)
    assert [m[0] for m in found(lexicon, "AMH")] == ["mesh:D054304"]
    assert found(lexicon, "automated materials handling") == []
    assert (defined.concepts, defined.findings) == ((), ())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("The SCF rose.", set()),
        ("Stem cell factor fell. The SCF rose.", {"local:factor"}),
        ("Bound kit ligand fell. The SCF rose.", {"local:factor"}),
        (
            "Stem cell factor fell. The supercritical fluid (SCF) rose.",
            {"local:own/supercritical-fluid"},
        ),
    ],
)
def test_an_ambiguous_short_form_means_what_the_article_also_names(
    text: str, meant: set[str]
) -> None:
    concepts = (
        Concept("local:factor", "Stem Cell Factor", ("stem cell factor",), ambiguous=("SCF",)),
        Concept("local:ligand", "L", ("bound kit ligand",), broader=("local:factor",)),
    )
    lexicon, printed = Lexicon(text_forms(concepts)), article(text)
    reader = AbbreviationReader(Thesaurus(concepts), lexicon)
    defined = reader.own(printed, find_definitions(printed))
    extended = lexicon.extended(defined.forms, defined.replaced)
    assert {m[0] for m in found(extended, "SCF")} == meant


CONCEPT = "[[concept]]\nid = 'local:x'\nlabel = 'x'\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            "[[concept]]\nid = 'mesh:D1'\n",
            ', concept 1 (mesh:D1), label: it is missing. Write it as label = "…"',
        ),
        (
            "[[concept]]\nlabel = 'x'\n",
            ', concept 1, id: it is missing. Write it as id = "mesh:D016649"',
        ),
        (
            "[[concept]]\nid = 'wiki:1'\nlabel = 'x'\n",
            ', concept 1 (wiki:1), id: it is "wiki:1", not an id (mesh: with D or C and'
            " digits; hgnc:, mondo:, doid: or hp: with digits; local: with a name that does not"
            ' begin with own/). Write it as id = "mesh:D016649"',
        ),
        (
            CONCEPT.replace("local:x", "local:"),
            ', concept 1 (local:), id: it is "local:", not an id (mesh: with D or C and'
            " digits; hgnc:, mondo:, doid: or hp: with digits; local: with a name that does not"
            ' begin with own/). Write it as id = "mesh:D016649"',
        ),
        (
            CONCEPT + "term = ['x']\n",
            ", concept 1 (local:x), term: the key is unknown. Did you mean terms?"
            " Known keys: id, label, terms, case, ambiguous, beside, asked, unlike, also, broader,"
            " related, replace",
        ),
        (
            CONCEPT + "terms = 'x'\n",
            ', concept 1 (local:x), terms: it is "x", not a list of texts.'
            ' Write it as terms = ["…"]',
        ),
        (
            CONCEPT + "[[concept]]\nid = 'local:y'\nlabel = 'y'\ncase = ['Y', '']\n",
            ', concept 2 (local:y), case 2: it is "", not text. Write it as case = ["…"]',
        ),
        (
            CONCEPT + "beside = ['x']\n",
            ', concept 1 (local:x), beside: it is ["x"], not a table with a list of texts.'
            ' Write it as beside = { name = ["…"] }',
        ),
        (
            CONCEPT + "[concept.beside]\nrace = 'x'\n",
            ', concept 1 (local:x), beside: it is {"race": "x"}, not a table with a list of texts.'
            ' Write it as beside = { name = ["…"] }',
        ),
        ("title = 3", ', title: it is 3, not text. Write it as title = "…"'),
        (
            "[[concepts]]\n",
            ", concepts: the key is unknown. Did you mean concept? Known keys: title, concept",
        ),
        (
            "[concept]\nid = 'local:x'\n",
            ', concept: it is {"id": "local:x"}, not a list of tables. Begin each with [[concept]]',
        ),
        (
            CONCEPT + "terms = ['x'\n[[concept]]",
            ": it is not valid TOML: Unclosed array (at line 5, column 1). Correct it",
        ),
        (
            CONCEPT + CONCEPT,
            ": local:x is also in a.toml. Keep one of them.",
        ),
    ],
)
def test_the_error_for_an_invalid_topic_file_says_where(
    tmp_path: Path, content: str, says: str
) -> None:
    (tmp_path / "a.toml").write_text(content)
    with pytest.raises(ThesaurusError) as caught:
        thesaurus.load(tmp_path)
    assert str(caught.value) == f"a.toml{says}"


def test_a_topic_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text(CONCEPT + "terms = ['a', 'b']\nbroader = ['mesh:D1']\n")
    (tmp_path / "a.toml").write_text("title = 'A'\n" + CONCEPT.replace("local:x", "mesh:D1"))
    assert thesaurus.load(tmp_path).concepts == {
        "mesh:D1": Concept("mesh:D1", "x", topic="a.toml"),
        "local:x": Concept("local:x", "x", ("a", "b"), broader=("mesh:D1",), topic="b.toml"),
    }


def test_lint_reports_errors() -> None:
    concepts = (
        Concept("local:a", "A", ("one thing", "one things"), broader=("local:b",), topic="t.toml"),
        Concept("local:b", "B", ("One-Thing",), broader=("local:a", "local:gone")),
        Concept("local:c", "C", ("…",), related=("local:c",)),
    )
    messages = [f"{finding.severity} {finding.message}" for finding in lint(Thesaurus(concepts))]
    assert messages == [
        "error B: broader names local:gone, which is not a concept",
        "error C: related names the concept itself",
        "error A: it is both broader and narrower than local:b",
        "error B: it is both broader and narrower than local:a",
        "notice A: 'one things' in terms matches the same as 'one thing'",
        "error B: 'One-Thing' in terms is also in local:a",
        "error C: '…' in terms has no letters or digits",
    ]


@pytest.mark.parametrize(
    "concept_id",
    ["mesh:D", "mesh:M1", "mesh:D1x", "hgnc:abc", "hgnc:1 ", "mondo:x1", "doid:", "hp:-1",
     "local:own/a", " mesh:D1"],
)  # fmt: skip
def test_an_id_has_the_form_of_its_source(tmp_path: Path, concept_id: str) -> None:
    (tmp_path / "a.toml").write_text(CONCEPT.replace("local:x", concept_id))
    with pytest.raises(ThesaurusError, match=r"not an id \(mesh: with D or C"):
        thesaurus.load(tmp_path)


def test_a_topic_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(CONCEPT, encoding="utf-8-sig")
    assert set(thesaurus.load(tmp_path).concepts) == {"local:x"}


def test_function_words_alone_are_no_name() -> None:
    concept = Concept("local:a", "A", ("the", "Of a", "the end"), ("WAS", "was"), asked=("it",))
    messages = [f"{each.severity} {each.message}" for each in lint(Thesaurus([concept]))]
    only = "has only words such as 'the', which name nothing"
    assert [each for each in messages if only in each] == [
        f"error A: {name!r} in {key} {only}"
        for name, key in (("the", "terms"), ("Of a", "terms"), ("was", "case"), ("it", "asked"))
    ]


def test_of_an_extended_concept_only_the_names_written_are_checked() -> None:
    own = Concept("local:a", "A", ("one thing",))
    extended = replace(own, terms=("one thing", "one things", "a, b", "stem cells of cord"))
    other = Concept("local:b", "B", ("stem cell cord",))
    assert len(lint(Thesaurus([extended, other]))) > 2
    assert lint(Thesaurus([extended]), own=[own]) == []
    found = lint(Thesaurus([extended, other]), own=[own])
    assert {each.place for each in found} == {" local:b"}


def test_a_concept_listed_twice_is_narrower_once() -> None:
    below = Concept("local:b", "B", broader=("local:a", "local:a"))
    assert Thesaurus([Concept("local:a", "A"), below]).children("local:a") == ("local:b",)


def test_lint_reports_terms_that_collide_without_their_function_words() -> None:
    concepts = (
        Concept("local:a", "A", ("stem cells of cord",)),
        Concept("local:b", "B", ("stem cell cord", "instead of stem cells")),
        Concept("local:c", "C", ("stem cells",)),
    )
    assert [finding.message for finding in lint(Thesaurus(concepts))] == [
        "A: without its function words, 'stem cells of cord' in terms is a term of local:b",
        "B: 'stem cell cord' in terms is also read as local:a",
    ]


def test_names_under_a_condition_are_checked_as_well() -> None:
    concepts = (
        Concept("local:a", "A", ("race",), ambiguous=("GC",)),
        Concept("local:b", "B", asked=("race",), beside=(("GC", ("cell",)), ("sister", ("her",)))),
        Concept("local:c", "C", case=("…",)),
    )
    assert [finding.message for finding in lint(Thesaurus(concepts))] == [
        "B: 'GC' in beside is also in local:a",
        "B: 'race' in asked is also in local:a",
        "C: '…' in case has no letters or digits",
    ]


def test_phrases_of_one_article_are_no_terms(tmp_path: Path) -> None:
    table = tmp_path / "mesh.tsv"
    table.write_text("D1\tCells\tcells of the old cord|cord cells\n")
    concept = Concept(
        "mesh:D1",
        "Cells",
        ("cells that were put in", "cells of the old cord", "put in", "in the other cells there"),
    )
    texts = ["The cells that were put in cells of the old cord.", "Nothing, in the other"]
    shared = ["Cells there: cells that were put in."]
    assert [f.message for f in verify(Thesaurus([concept]), table, [texts])] == [
        "Cells: 'cells that were put in' is a phrase of one article, and no entry term"
    ]
    assert verify(Thesaurus([concept]), table, [texts, shared]) == []
    named = Concept("mesh:D1", "Cells", ("human cells derived from cells",))
    assert verify(Thesaurus([named]), table, [["human cells derived from cells"]]) == []


def test_ids_and_labels_are_verified_against_a_table(tmp_path: Path) -> None:
    table = tmp_path / "mesh.tsv.gz"
    rows = "mesh_id\tlabel\nD059630\tMesenchymal Stem Cells\nD014470\tCord\n"
    table.write_bytes(gzip.compress(rows.encode()))
    assert [finding.message for finding in verify(THESAURUS, table)] == [
        "Umbilical Cord: mesh:D014470 is labelled 'Cord' in mesh.tsv.gz",
        "Anti-Mullerian Hormone: mesh:D054304 is not in mesh.tsv.gz",
    ]


def test_other_ids_of_a_concept_are_verified_but_may_have_other_labels(
    tmp_path: Path,
) -> None:
    table = tmp_path / "mesh.tsv"
    table.write_text("D1\tCells\nD2\tOther cells\n")
    concepts = (
        Concept("mesh:D1", "Cells", ("cell",), also=("mesh:D2", "hp:1")),
        Concept("local:x", "Eggs", ("egg",), also=("mesh:D2", "mesh:D3")),
    )
    messages = [finding.message for finding in verify(Thesaurus(concepts), table)]
    assert messages == ["Eggs: mesh:D3 is not in mesh.tsv"]


def test_a_concept_may_have_only_short_forms_but_not_no_forms() -> None:
    named = Concept("local:a", "A", (), ("AMH",))
    nameless = Concept("local:b", "B", (), ())
    messages = [finding.message for finding in lint(Thesaurus((named, nameless)))]
    assert messages == ["B: it has no terms"]


def test_concepts_missing_from_a_corpus_are_counted_and_some_are_named() -> None:
    concepts = tuple(Concept(f"local:{n}", f"C{n}", (f"thing {n}",)) for n in range(1, 15))
    everything = Thesaurus(concepts)
    names = ", ".join(f"C{n}" for n in range(1, 13))
    assert [f.message for f in lint(everything, set())] == [
        f"14 concepts do not occur in the corpus: {names} and 2 more"
    ]
    assert [f.message for f in lint(everything, {"local:13", "local:14"})] == [
        f"12 concepts do not occur in the corpus: {names}"
    ]
    assert lint(everything, {concept.id for concept in concepts}) == []
    own = Concept("local:own", "Own", ("own",), topic="thesaurus/mine.toml")
    found = lint(Thesaurus((own, *concepts)), {"local:1", "local:2"})
    assert [(finding.place, finding.message[:32]) for finding in found] == [
        ("thesaurus/", "1 concept does not occur in the "),
        ("thesaurus", "12 concepts do not occur in the "),
    ]


def test_the_bundled_thesaurus_is_sound_and_broad() -> None:
    terms = thesaurus.load()
    assert [f for f in lint(terms) if f.severity != "notice"] == []
    assert len(terms.concepts) >= 400
    assert sum(len(c.terms) + len(c.case) for c in terms.concepts.values()) >= 2500


def named(text: str) -> list[tuple[str, str]]:
    return [(text[n.start : n.end], n.label) for n in listed_names(text, tokenize(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what is cystic fibrosis?", [("cystic fibrosis", "Cystic Fibrosis")]),
        ("Parkinson's disease", [("Parkinson's disease", "Parkinson Disease")]),
        ("lung cancer and heart failure",
         [("lung cancer", "Lung Neoplasms"), ("heart failure", "Heart Failure")]),
        ("lung, cancer; heart. failure", []),
        ("coronary-artery bypass surgery",
         [("coronary-artery bypass surgery", "Coronary Artery Bypass")]),
        ("fibrosis", []),
        ("", []),
    ],
)  # fmt: skip
def test_names_of_the_list_are_recognised(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_the_list_has_names_as_they_are_spoken() -> None:
    table = (
        "id\tlabel\tnames\tplaces\n"
        "D1\tLung Neoplasms\tNeoplasms, Lung|Cancer of the Lung|Pulmonary Tumors\tC1\n"
        "D2\tFibrosis\tCirrhosis|Scars, Old, Deep|Scar (Old)\tC2\n"
        "D3\tA Name of Six Different Whole Words\t\tC3\n"
    )
    made = gzip.decompress(make_list(table.encode())).decode().split("\n")
    assert [line.partition("\t")[0] for line in made] == [
        "lung cancer", "lung cancers", "lung neoplasms", "lung tumors", "pulmonary tumors",
    ]  # fmt: skip
    assert {line.partition("\t")[2] for line in made} == {"Lung Neoplasms"}


def test_the_list_is_in_order() -> None:
    lines = gzip.decompress(FILE.read_bytes()).decode().split("\n")
    assert lines == sorted(lines)
    assert all(line.count("\t") == 1 for line in lines)
