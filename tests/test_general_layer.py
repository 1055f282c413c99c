"""The general layer: names of a terminology below the topics, in texts and in questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from general import SmallTerminology, general, use
from homes import make_home

from poi_search import thesaurus
from poi_search.article import Abbreviation, Article, Paragraph, Prose, Section
from poi_search.cli import main
from poi_search.library import Library
from poi_search.query.reading import read
from poi_search.results import HitView
from poi_search.terminology import Terminology, packed_version
from poi_search.terminology.expansion import pack, read_content
from poi_search.text.analysis import tokenize
from poi_search.thesaurus import Concept, Thesaurus
from poi_search.thesaurus.abbreviations import AbbreviationReader, find_definitions
from poi_search.thesaurus.forms import question_forms, text_forms
from poi_search.thesaurus.layers import GeneralLayer
from poi_search.thesaurus.mentions import Lexicon
from poi_search.web import create_app

TOPICS = (
    Concept("mesh:T1", "Moths", ("moth", "night flyer"), also=("mondo:9",), broader=("mesh:T2",)),
    Concept("mesh:T2", "Flyers", ("flyer",)),
    Concept("mesh:T3", "Lamp light", ("lamp light",), unlike=("lamp light oil",)),
)
TERMINOLOGY = SmallTerminology(
    general("mesh:G1", "Fever", "fever", "pyrexia", "hot spell"),
    general("mesh:T2", "Flying things", "aviator"),
    general("mesh:G2", "Glimmer Fever", "glimmer fever", broader=("mesh:G1",)),
    general("mesh:G3", "Moth wings", "moth wing", "wing of the moth", broader=("mesh:T2",)),
    general("mesh:G4", "Moths again", "lantern bird", also=("mondo:9",)),
    general("mesh:G5", "Another flyer", "flyer", "winged thing"),
    general("mesh:G6", "Foundations", "foundation"),
    general("mesh:G7", "Light oils", "light oil"),
    general("mesh:G8", "Lamp light oil", "lamp light oil"),
    general("mesh:G9", "Oil", "oil", broader=("mesh:G10",)),
    general("mesh:G10", "Fluids", "fluid", broader=("mesh:G9",)),
    general("mesh:G11", "Hares", "hare"),
    general("mesh:G12", "Gas chromatography", "gas chromatography", ambiguous=("GC",)),
    general("hgnc:1", "BRG1", case=("KMT7",), ambiguous=("BRG",)),
    general("hgnc:2", "HLA-D", case=("HLA-DRB1",)),
    general("hgnc:3", "D gene", case=("DRB1",)),
)
CROSSING = SmallTerminology(general("mesh:G7", "Light oils", "light oil"))
LAYER = GeneralLayer(TERMINOLOGY, TOPICS)
THESAURUS = Thesaurus(TOPICS, LAYER)
LEXICON = Lexicon(text_forms(TOPICS), general=LAYER)
QUESTIONS = Lexicon(question_forms(TOPICS), general=LAYER)


def found(text: str, lexicon: Lexicon = LEXICON) -> list[tuple[str, str, bool]]:
    mentions = lexicon.find(text, tokenize(text))
    return [(m.concept, text[m.start : m.end], m.inner) for m in mentions]


def article(*texts: str) -> Article:
    paragraphs = tuple(Paragraph(f"s1-p{n}", Prose(text)) for n, text in enumerate(texts, 1))
    return Article("a", "A", sections=(Section("s1", "1", "", "", 1, paragraphs),))


def in_article(*texts: str, defined: tuple[Abbreviation, ...] = ()) -> list[str]:
    """The concepts that the last text mentions, in an article with all of them."""
    whole = article(*texts)
    reader = AbbreviationReader(THESAURUS, LEXICON)
    own = reader.own(whole, (*find_definitions(whole), *defined))
    return [m[0] for m in found(texts[-1], LEXICON.extended(own.forms, own.replaced))]


def test_general_names_are_found_besides_those_of_topics() -> None:
    assert found("Pyrexia of moths: Glimmer fevers.") == [
        ("mesh:G1", "Pyrexia", False),
        ("mesh:T1", "moths", False),
        ("mesh:G2", "Glimmer fevers", False),
        ("mesh:G1", "fevers", True),
    ]


def test_a_name_or_concept_that_a_topic_has_is_its_own() -> None:
    assert found("a flyer") == [("mesh:T2", "flyer", False)]
    assert found("a winged thing") == [("mesh:G5", "winged thing", False)]
    assert found("a lantern bird") == []  # the topic has this concept, and not this name
    assert THESAURUS.concept("mesh:G4") is None
    assert LAYER.broader("mesh:G4") == ()


def test_a_general_name_contains_one_of_a_topic_but_never_cuts_it() -> None:
    assert found("moth wings") == [("mesh:G3", "moth wings", False), ("mesh:T1", "moth", False)]
    assert found("lamp light oil")[0] == ("mesh:G8", "lamp light oil", False)
    without_unlike = (replace(TOPICS[2], unlike=()),)
    crossing = Lexicon(text_forms(without_unlike), general=GeneralLayer(CROSSING, ()))
    assert found("lamp light oil", crossing) == [("mesh:T3", "lamp light", False)]


def test_the_words_of_a_general_name_count_only_as_printed() -> None:
    assert found("it was found, with foundations") == [("mesh:G6", "foundations", False)]


def test_a_number_of_a_name_may_be_in_brackets() -> None:
    lexicon = Lexicon(text_forms([Concept("c", "Glimmerin", ("beta 2-glimmerin",))]))
    assert found("a beta(2)-glimmerin", lexicon) == [("c", "beta(2)-glimmerin", False)]
    assert found("a beta (2)-glimmerin", lexicon) == []
    assert found("a beta(2-glimmerin", lexicon) == []


@pytest.mark.parametrize(
    "text", ["the Hare Science Center", "Hare and Oil Institute", "School of Oil"]
)
def test_a_word_of_an_institution_is_not_what_it_names(text: str) -> None:
    assert found(text) == []
    assert found("Hare saw the School") != []


@pytest.mark.parametrize("text", ["Hare et al. saw it", "Hare (2002)", "Hare and Wolf, 2002"])
def test_the_name_of_an_author_is_no_general_name(text: str) -> None:
    assert found(text) == []
    assert found("A Hare and a moth")[0][0] == "mesh:G11"


def test_a_symbol_within_a_longer_one_is_a_piece_of_it() -> None:
    assert found("The HLA-DRB1 chain") == [("hgnc:2", "HLA-DRB1", False)]
    assert found("The DRB1 chain") == [("hgnc:3", "DRB1", False)]


def test_an_everyday_word_in_capitals_within_a_longer_name_is_no_short_form() -> None:
    topics = (Concept("mesh:A", "AIDS", case=("AIDS",)),)
    names = general("mesh:H", "Hearing aids", "hearing aid"), general("mesh:V", "AIDS vaccines")
    lexicon = Lexicon(text_forms(topics), general=GeneralLayer(SmallTerminology(*names), topics))
    assert found("Hearing AIDS help.", lexicon) == [("mesh:H", "Hearing AIDS", False)]
    assert ("mesh:A", "AIDS", False) in found("AIDS vaccines help.", lexicon)
    assert found("AIDS it is.", lexicon) == [("mesh:A", "AIDS", False)]


def test_broader_and_narrower_go_through_all_layers_and_cycles_once() -> None:
    assert THESAURUS.broader("mesh:G2") == ("mesh:G1",)
    assert THESAURUS.broader("mesh:G3") == ("mesh:T2",)
    assert THESAURUS.narrower("mesh:T2") == {"mesh:T2", "mesh:T1", "mesh:G3"}
    assert THESAURUS.broader("mesh:G9") == ("mesh:G10",)
    assert THESAURUS.narrower("mesh:G9") == {"mesh:G9", "mesh:G10"}
    assert THESAURUS.parents("mesh:G2") == ("mesh:G1",)
    assert THESAURUS.children("mesh:G1") == ("mesh:G2",)


def test_an_ambiguous_short_form_needs_its_long_form_in_the_article() -> None:
    assert in_article("The GC content was high.") == []
    assert in_article("Gas chromatography was used.", "The GC was new.") == ["mesh:G12"]
    assert in_article("Gas chromatography was used.", "The gc was new.") == []


def test_a_definition_comes_before_the_terminology() -> None:
    text = "Great cats (GC) purred. Gas chromatography was not used. A GC slept."
    assert "mesh:G12" not in in_article(text, "A GC slept.")


def test_what_an_article_defines_stands_for_the_general_concept() -> None:
    assert in_article("Glimmer fever (GF) is rare.", "GF and fever") == ["mesh:G2", "mesh:G1"]


def test_a_certain_symbol_is_taken_at_its_word() -> None:
    assert in_article("The killer of moths (KMT7) was cloned.", "KMT7 bound.") == ["hgnc:1"]


def test_an_ambiguous_symbol_counts_beside_a_word_for_genes() -> None:
    assert in_article("The BRG gene was cloned.") == ["hgnc:1"]
    assert in_article("The BRG was cloned.") == []
    assert in_article("Brighter-related gene (BRG) was cloned.", "BRG bound.") == ["hgnc:1"]


HOME = {
    "a.md": """# Nights

Some Body

## 1. Heat

Pyrexia was seen in three keepers, and it passed.

Nothing else was seen in the keepers, who slept well.

## 2. Rest

The fever of one keeper was high. Glimmer fever is another thing, said the Old Keepers Club.

The moths rested. The Old Keepers Club paid.
""",
    "b.md": """# Days

Other Body

## 1. Light

The OKC was asked. Old kites can fly, and old kites can fall. The lamp was out.
""",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    place = make_home(tmp_path_factory.mktemp("general") / "h", also=HOME)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thesaurus, "load", lambda: Thesaurus(TOPICS))
        use(patch, TERMINOLOGY)
        Library.build(place)
        yield Library.open(place)


def hits(library: Library, question: str, **more: str) -> dict[str, HitView]:
    return {hit.id: hit for hit in library.search(question, **more).results}


def test_another_name_is_found_and_marked_as_a_synonym(library: Library) -> None:
    by_id = hits(library, "fever")
    assert list(by_id) == ["a/s2-p1", "a/s1-p1"]
    assert [w.how for w in by_id["a/s1-p1"].why] == ["synonym"]
    assert by_id["a/s1-p1"].why[0].forms == ("Pyrexia",)
    assert by_id["a/s1-p1"].kinds == ("synonym",)
    assert by_id["a/s2-p1"].why[0].how == "typed"
    assert [c.label for c in library.search("fever").query.concepts] == ["Fever"]
    assert list(hits(library, "fever", synonyms="off")) == ["a/s2-p1"]
    assert "a/s1-p1" not in {h.id for h in library.search("fever", without=("mesh:G1",)).results}


def test_page_and_terminal_name_the_concept(library: Library) -> None:
    shown = create_app(library, testing=True).test_client().get("/search?q=fever").text
    assert "From the general terminology" in shown and "As defined in the article" not in shown
    arguments = ["search", "fever", "--home", str(library.home)]
    assert "fever → Fever (mesh:G1)" in CliRunner().invoke(main, arguments).stdout


def test_the_words_count_in_full_beside_the_concept(library: Library) -> None:
    by_id = hits(library, "glimmer fever")
    reasons = [(w.text, w.how) for w in by_id["a/s2-p1"].why]
    assert reasons == [("glimmer fever", "typed")]  # and not its words once more
    by_id = hits(library, "glimmer pyrexia")
    assert list(by_id) == ["a/s1-p1", "a/s2-p1"] or list(by_id) == ["a/s2-p1", "a/s1-p1"]
    assert ("glimmer", "typed") in [(w.text, w.how) for w in by_id["a/s2-p1"].why]


def test_a_narrower_concept_is_found_by_the_tree(library: Library) -> None:
    reasons = hits(library, "hot spell")["a/s2-p1"].why
    assert {(w.how, w.concept) for w in reasons} >= {("narrower", "mesh:G2")}


def test_another_name_is_not_absent(library: Library) -> None:
    assert library.search("hot spell").query.absent == ()
    assert [p.label for p in library.search("winged thing").query.absent] == ["Another flyer"]
    assert library.search("winged thing").query.concepts == ()


def test_a_word_of_the_terminology_is_not_corrected(library: Library) -> None:
    assert library.search("fevar").query.searched == "fever"
    assert library.search("hares").query.corrections == ()


def test_the_phrase_with_its_initials_is_found_and_called_a_guess(library: Library) -> None:
    by_id = hits(library, "OKC")
    assert [w.how for w in by_id["b/s1-p1"].why] == ["typed"]
    assert [(w.how, w.forms) for w in by_id["a/s2-p2"].why] == [("initials", ("Old Keepers Club",))]
    assert by_id["a/s2-p2"].kinds == ("synonym",)
    assert library.search("OKC").query.absent == ()
    assert list(hits(library, "OKC", synonyms="off")) == ["b/s1-p1"]
    assert library.search("OKX").query.absent != ()


def test_another_terminology_makes_the_index_stale(tmp_path: Path) -> None:
    place = make_home(tmp_path / "h", "small.md")
    with pytest.MonkeyPatch.context() as patch:
        use(patch, TERMINOLOGY, "one")
        assert Library.build(place).built
        assert not Library.build(place).built
        use(patch, TERMINOLOGY, "two")
        stale = Library.open(place)
        assert stale.stale()
        assert stale.snapshot().lexicon.general is None
        assert Library.build(place).built


def test_a_damaged_package_is_one_error_of_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_home(tmp_path / "h", "small.md")
    Library.build(place)
    opened = Library.open(place)
    Library.build(place, force=True)
    packed = tmp_path / "terms.pack"
    packed.write_bytes(pack(b"")[:-9])

    def damaged(folder: Path) -> Terminology:
        return Terminology(read_content(folder, packed), packed_version(packed), packed)

    monkeypatch.setattr("poi_search.index.file_store.open_terminology", damaged)
    for command in (["search", "oocytes"], ["index"], ["index", "--force"]):
        ran = CliRunner().invoke(main, [*command, "--home", str(place)])
        assert ran.exit_code == 1
        assert ran.stderr.endswith(f"Error: {packed} is damaged. Install poi-search again.\n")
    assert opened.search("oocytes").total  # what is open stays in use


def test_a_build_leaves_one_file_of_the_terminology(tmp_path: Path) -> None:
    place = make_home(tmp_path / "h", "small.md")
    old = place / "index" / "terms-0123456789abcdef.bin"
    old.parent.mkdir()
    old.write_bytes(b"")
    assert not Library.build(place).failures
    assert not old.exists()


def test_what_is_related_to_what_is_related_only_orders_the_hits(tmp_path: Path) -> None:
    chain = (
        Concept("local:a", "Tea", ("tea", "black tea"), related=("local:b",)),
        Concept("local:b", "Pot", ("pot",), related=("local:c",)),
        Concept("local:c", "Clay", ("clay",), related=("local:d",)),
        Concept("local:d", "Soil", ("soil",)),
    )
    said = ("The clay is red.", "The pot is old.", "The soil is wet.", "A black night.")
    text = "\n\n".join(("# A", "Some Body", "## 1. B", *said, ""))
    more = "\n\n".join(("# A", "Some Body", "## 1. B", "Soil with tea.", "Clay with tea.", ""))
    place = make_home(tmp_path / "h", also={"a.md": text})
    other = make_home(tmp_path / "g", also={"a.md": text, "b.md": more})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thesaurus, "load", lambda: Thesaurus(chain))
        use(patch, TERMINOLOGY)
        Library.build(place)
        Library.build(other)
        library = Library.open(place)
        by_id = hits(library, "tea")
        below = {key: hit.fragment for key, hit in hits(library, "black tea").items()}
        named = hits(Library.open(other), "tea")
    assert [(key, hit.fragment, hit.why[0].how) for key, hit in by_id.items()] == [
        ("a/s1-p2", True, "related")
    ]
    assert below == {"a/s1-p2": True}
    assert [(key, hit.fragment) for key, hit in named.items()] == [
        ("b/s1-p2", False), ("b/s1-p1", False), ("a/s1-p2", False),
    ]  # fmt: skip
    assert [named["b/s1-p2"].text[a:b] for a, b in named["b/s1-p2"].marks] == ["tea"]


def test_what_is_only_related_does_not_satisfy_and(tmp_path: Path) -> None:
    pair = (
        Concept("local:a", "Tea", ("tea",), related=("local:b",)),
        Concept("local:b", "Pot", ("pot",)),
    )
    said = ("The pot is old and red.", "The tea is red.")
    text = "\n\n".join(("# A", "Some Body", "## 1. B", *said, ""))
    place = make_home(tmp_path / "h", also={"a.md": text})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thesaurus, "load", lambda: Thesaurus(pair))
        use(patch, TERMINOLOGY)
        Library.build(place)
        library = Library.open(place)
        assert list(hits(library, "tea AND red")) == ["a/s1-p2"]
        assert list(hits(library, "tea red")) == ["a/s1-p2", "a/s1-p1"]


def test_broad_concepts_are_not_related_twice() -> None:
    chain = [
        Concept("local:a", "Tea", related=("local:b",)),
        Concept("local:b", "Pot", related=("local:c",)),
        Concept("local:c", "Clay"),
    ]
    kinds = [Concept(f"local:c{n}", "", broader=("local:c",)) for n in range(21)]
    related = ("local:b",)
    for below in ([], kinds[1:]):
        found = Thesaurus([*chain, *below]).related_twice(("local:a",))
        assert found == (related, ("local:c",))
    assert Thesaurus([*chain, *kinds]).related_twice(("local:a",)) == (related, ())


def test_a_plain_word_counts_less_where_most_words_have_a_concept() -> None:
    reading = read("rare fever", QUESTIONS, sentence=False)
    assert reading.plain_names() == [reading.names[0]]
    reading = read("rare old fever", QUESTIONS, sentence=False)
    assert not reading.plain_names()


NAMES = SmallTerminology(
    general("mesh:N1", "Vitamin Q", "vitamin Q", "quinamine"),
    general("mesh:N2", "Errata coli", "E. coli"),
    general("mesh:N3", "Gum disease", "gum disease"),
    general("mesh:N4", "MTH2", case=("MTH2",), broader=("mesh:M",)),
    general("mesh:N5", "MTH3", case=("MTH3",), broader=("mesh:M",)),
    general("mesh:N6", "Bread analogue", case=("BRAED",)),
    general("mesh:N7", "Vitamin analogue", case=("QUENA",)),
)
NAMING = """# Names

Q E Body

## 1. Letters

The E and the Q of a vitamin. The coli of E.

Cells of E. coli grew, and quinamine fed them.

The gum was old. A disease is a disease. MTH3 was seen, and so was MTH.

The mouldy bread and its moulds were grey, as QUENA is. The quern stood.
"""


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    place = make_home(tmp_path_factory.mktemp("names") / "h", also={"n.md": NAMING})
    with pytest.MonkeyPatch.context() as patch:
        family = Concept("mesh:M", "Mth", case=("MTH",))
        elsewhere = Concept("mesh:Q", "Flange", ("grumbling flangent", "flangette"))
        patch.setattr(thesaurus, "load", lambda: Thesaurus((family, elsewhere)))
        use(patch, NAMES)
        Library.build(place)
        yield Library.open(place)


@pytest.mark.parametrize("synonyms", ["on", "off"])
def test_a_letter_of_a_name_is_not_looked_for_by_itself(names: Library, synonyms: str) -> None:
    found = {"on": ["n/s1-p2"], "off": []}[synonyms]
    assert list(hits(names, "vitamin Q", synonyms=synonyms)) == found
    assert list(hits(names, "E. coli", synonyms=synonyms)) == ["n/s1-p2"]
    assert "n/s1-p1" in hits(names, "Q and E", synonyms=synonyms)


def test_parts_of_a_general_name_that_nothing_names_are_withheld(names: Library) -> None:
    results = names.search("gum disease")
    assert (results.total, results.fragments) == (0, 1)
    assert [(p.text, p.label) for p in results.query.absent] == [("gum disease", "Gum disease")]
    listed = names.search("gum disease", fragments="on").results
    assert [hit.id for hit in listed if hit.fragment] == ["n/s1-p3"]


def test_a_member_is_not_found_by_its_family_or_by_other_members(names: Library) -> None:
    results = names.search("MTH2")
    assert results.total == 0
    assert [part.text for part in results.query.absent] == ["MTH2"]
    assert list(hits(names, "MTH3")) == list(hits(names, "MTH")) == ["n/s1-p3"]
    assert [c.id for c in names.search("MTH3").query.concepts] == ["mesh:N5"]


def test_a_word_that_is_almost_one_of_the_library_is_absent_if_nothing_is_found(
    names: Library,
) -> None:
    assert [p.text for p in names.search("gumm").query.absent] == ["gumm"]
    assert names.search("gumm vitamin").query.absent == ()
    assert names.search("gum year:1900").query.absent == ()


def test_spellings_and_invisible_characters_are_no_other_words(names: Library) -> None:
    assert list(hits(names, "mold")) == ["n/s1-p4"]
    for char in "\u00ad\u200b\u200c\u200d\u2060\ufeff":
        for question in (f"quin{char}amine", f'"quin{char}amine"'):
            assert list(hits(names, question)) == ["n/s1-p2"]


def test_a_short_form_in_small_letters_is_a_slip_unless_the_library_has_it(names: Library) -> None:
    def read(question: str) -> tuple[list[str], list[str]]:
        query = names.search(question).query
        return [each.to for each in query.corrections], [each.text for each in query.absent]

    assert read("mouldy braed") == (["bread"], [])
    assert read("mouldy BRAED") == ([], ["BRAED"])
    assert read("mouldy quena") == ([], [])


def test_a_word_for_what_the_library_lacks_is_no_correction(names: Library) -> None:
    assert names.search("mouldy flangant").query.corrections == ()  # a word of a phrase
    assert names.search("mouldy flangete").query.corrections == ()  # a name
