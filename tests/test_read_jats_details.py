"""JATS: group authors, notes and code in a sentence, several articles, ids, supplements."""

from __future__ import annotations

import pytest
from articles import blocks, cited, people, prose

from poi_search.article import LEFT_OUT, Article, Figure
from poi_search.readers import jats

REFERENCE = (
    "<ref id='B1' hwp:id='ref-9'><label>1</label><element-citation publication-type='journal'>"
    "<name><surname>Li</surname><given-names>X</given-names></name><article-title>Cells"
    "</article-title><source>J X</source><year>2015a</year></element-citation></ref>"
)
MEMBER_OF = "rid='{}'"


def article(body: str = "<p>Ovary.</p>", groups: str = "") -> str:
    return (
        "<article xmlns:hwp='http://example.org/hwp'><front><article-meta><title-group>"
        f"<article-title>Ovaries</article-title></title-group>{groups}</article-meta></front>"
        f"<body><sec><title>A</title>{body}</sec></body><back><ref-list>{REFERENCE}</ref-list>"
        "</back></article>"
    )


def read(source: str) -> Article:
    return jats.read(source.encode(), "small.xml", "small")


def person(name: str, attributes: str = "") -> str:
    return (
        f"<contrib contrib-type='author' {attributes}><name><surname>{name}</surname>"
        "<given-names>Ann</given-names></name></contrib>"
    )


@pytest.mark.parametrize(
    "members",
    [
        f"<contrib-group content-type='collab-list'>{person('Member')}</contrib-group>",
        f"<contrib-group content-type='collaborators'>{person('Member', MEMBER_OF.format('x'))}"
        "</contrib-group>",
        f"<contrib-group>{person('Member', MEMBER_OF.format('body'))}</contrib-group>",
        f"<contrib-group content-type='non-byline-authors'>{person('Member')}</contrib-group>",
        f"<contrib-group content-type='editors'>{person('Editor')}</contrib-group>",
    ],
)
def test_members_of_a_group_author_are_no_authors(members: str) -> None:
    body = "<contrib contrib-type='author' id='body'><collab>The Consortium</collab></contrib>"
    groups = f"<contrib-group content-type='authors'>{person('Doe')}{body}</contrib-group>"
    assert people(read(article(groups=groups + members))) == ["Ann Doe", "The Consortium"]


def test_a_second_group_of_authors_has_authors() -> None:
    groups = f"<contrib-group>{person('Doe')}</contrib-group>"
    assert people(read(article(groups=groups + groups.replace("Doe", "Roe")))) == [
        "Ann Doe",
        "Ann Roe",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Cells grow<fn><p>In mice.</p></fn> and divide.</p>",
         ["Cells grow and divide.", "In mice."]),
        ("<p>One.<fn><label>a</label><p>In mice.</p></fn> Two.<fn><p>In rats.</p></fn> Three.</p>",
         ["One. Two. Three.", "a In mice.", "In rats."]),
        ("<p>Run <code>x = 1</code>, then stop.</p>", ["Run x = 1, then stop."]),
        ("<p>Run <code>x = 1\ny = 2</code> then stop.</p>", ["Run", "x = 1 y = 2", "then stop."]),
    ],
)  # fmt: skip
def test_a_note_or_a_word_of_code_does_not_cut_a_paragraph(body: str, expected: list[str]) -> None:
    found = read(article(body))
    assert [prose(found, anchor).text for anchor in blocks(found)] == expected


def test_a_citation_after_a_note_is_kept() -> None:
    body = "<p>Grow<fn><p>No.</p></fn> here <xref ref-type='bibr' rid='B1'>1</xref>.</p>"
    assert cited(prose(read(article(body)), "s1-p1")) == [("1", (1,))]


@pytest.mark.parametrize("wrapper", ["pmc-articleset", "records"])
def test_articles_after_the_first_of_a_file_are_named(wrapper: str) -> None:
    others = "".join(article().replace("Ovaries", title) for title in ("Kidneys", "Livers"))
    found = read(f"<{wrapper}>{article()}\n{others}</{wrapper}>")
    assert found.title == "Ovaries"
    assert [(one.severity, one.place) for one in found.findings] == [("warning", LEFT_OUT)] * 2
    assert ["'Kidneys' in line 2" in one.message for one in found.findings] == [True, False]
    assert not read(article()).findings


@pytest.mark.parametrize("order", ["id='B1' hwp:id='ref-9'", "hwp:id='ref-9' id='B1'"])
def test_an_attribute_of_another_vocabulary_is_not_the_id(order: str) -> None:
    source = article("<p>So <xref ref-type='bibr' rid='B1' hwp:rel-id='z'>1</xref>.</p>")
    found = read(source.replace("id='B1' hwp:id='ref-9'", order))
    assert cited(prose(found, "s1-p1")) == [("1", (1,))]


def test_the_letter_of_a_year_is_kept() -> None:
    reference = read(article()).references[0]
    assert (reference.year, reference.year_suffix) == (2015, "a")
    assert reference.text == "Li X. Cells. J X. 2015a."


def test_supplements_of_a_figure_are_not_in_its_caption() -> None:
    inner = (
        "<p>Whole.</p><p><supplementary-material><label>Figure 1—source data 1.</label><caption>"
        "<title>Counts.</title></caption></supplementary-material></p>"
    )
    figure = f"<fig id='f'><label>Figure 1.</label><caption><title>Main.</title>{inner}"
    found = blocks(read(article(f"{figure}</caption></fig>")))
    main, supplement = found["f1"], found["f1.1"]
    assert isinstance(main, Figure)
    assert isinstance(supplement, Figure)
    assert (main.label, main.caption.text) == ("Figure 1", "Main. Whole.")
    assert (supplement.label, supplement.caption.text) == ("Figure 1—source data 1", "Counts.")


def test_a_supplement_without_a_label_stays_in_the_caption() -> None:
    inner = "<p><media><caption><p>A film.</p></caption></media></p>"
    figure = f"<fig id='f'><caption><title>Main.</title>{inner}</caption></fig>"
    found = blocks(read(article(figure)))
    assert [(anchor, prose(read(article(figure)), anchor).text) for anchor in found] == [
        ("f1", "Main. A film.")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cells grew.<sup>1,2</sup> More<sup>1–2</sup> cells.",
         [("[1,2]", (1, 2)), ("[1–2]", (1, 2))]),
        ("In rats<sup>[1]</sup> too.", [("[1]", (1,))]),
        ("An area of 5 cm<sup>2</sup> and 10<sup>1</sup> cells.", []),
    ],
)  # fmt: skip
def test_raised_numbers_that_are_not_links(
    text: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    other = REFERENCE.replace("id='B1'", "id='B2'").replace("<label>1<", "<label>2<")
    source = article(f"<p>{text}</p>").replace(REFERENCE, REFERENCE + other)
    assert cited(prose(read(source), "s1-p1")) == expected
