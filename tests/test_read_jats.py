"""JATS XML: every construct of the sample articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from articles import DATA, all_prose, blocks, cited, people, prose

from poi_search.article import Article, Dated, Paragraph, Statement, Table
from poi_search.readers import jats
from poi_search.readers.markup import Node, parse_xml
from poi_search.references.names import family_name

SAMPLES = ("jats-numbered.xml", "jats-superscript.xml", "jats-author-year.xml")


def read(name: str) -> Article:
    return jats.read((DATA / name).read_bytes(), name, Path(name).stem)


def article_of(body: str, back: str = "", front: str = "") -> Article:
    source = (
        "<article xmlns:xlink='x' xmlns:mml='m'><front><article-meta><title-group><article-title>T"
        f"</article-title></title-group>{front}</article-meta></front><body>{body}</body>"
        f"<back>{back}</back></article>"
    )
    return jats.read(source.encode(), "small.xml", "small")


def refs(count: int) -> str:
    entries = "".join(
        f"<ref id='B{n}'><label>{n}</label><mixed-citation>Doe J. Title {n}. J Test. 2001;{n}:1."
        "</mixed-citation></ref>"
        for n in range(1, count + 1)
    )
    return f"<ref-list>{entries}</ref-list>"


@pytest.mark.parametrize(
    ("href", "printed", "name", "url"),
    [
        ("https://x.org/terms", "Ours.", "", "https://x.org/terms"),
        ("mailto:a@x.org", '<uri xlink:href="https://x.org/a">A</uri>', "", "https://x.org/a"),
        ("javascript:alert(1)", "CC BY 4.0.", "CC BY 4.0", ""),
        ("javascript:1", "http://creativecommons.org/licenses/by/3.0/.", "CC BY 3.0",
         "http://creativecommons.org/licenses/by/3.0/"),
        ("data:creativecommons.org/licenses/by/2.0/",
         "https://creativecommons.org/publicdomain/zero/1.0/", "CC BY 2.0",
         "https://creativecommons.org/publicdomain/zero/1.0/"),
    ],
)  # fmt: skip
def test_a_licence_has_only_a_web_address(href: str, printed: str, name: str, url: str) -> None:
    inner = f'<license xlink:href="{href}"><license-p>{printed}</license-p></license>'
    licence = article_of("<p>Text.</p>", front=f"<permissions>{inner}</permissions>").licence
    assert (licence.name, licence.url) == (name, url)


def test_metadata_comes_from_the_first_front_alone() -> None:
    article = read("jats-numbered.xml")
    assert article.title == "Granulosa cells in vitro: What Ca²⁺ tells"
    assert (article.journal, article.year) == ("Journal of Test Cells", 2020)
    assert (article.volume, article.issue, article.pages) == ("12", "3", "101–109")
    assert (article.doi, article.pmid) == ("10.5555/jtc.2020.17", "1234567")
    assert article.pmcid == "PMC7654321"
    assert people(article) == [
        "Anna M. van Dam Jr",
        "Xu Li",
        "Ovary Study Group",
    ]
    first = article.authors[0]
    assert (family_name(first.name), first.degrees, first.corresponding) == ("van Dam", "MD", True)
    assert (first.affiliations, first.orcid) == (("1", "2"), "0000-0001-2345-6789")
    assert [one.text for one in article.affiliations] == [
        "Institute of Tests, Leiden, Netherlands",
        "Hospital of Examples, Wuhan, China",
    ]
    assert article.licence.name == "CC BY-NC 4.0"
    assert ("received", "2019-09-09") in [(one.event, one.date) for one in article.dates]
    statements = {one.name: one.text for one in article.statements}
    assert statements["conflict of interest"] == "The authors declare no conflict."
    assert statements["data availability"] == "All in the paper. On request."
    assert statements["funding"] == "Test Fund, 42"
    assert [(one.short, one.long) for one in article.abbreviations] == [
        ("GC", "granulosa cell"),
        ("POI", "premature ovarian insufficiency"),
    ]


@pytest.mark.parametrize(
    ("kinds", "year"),
    [
        ("epub ppub collection", 2003),
        ("epub-ppub collection", 2002),
        ("epub ppub epub-ppub", 2003),
        ("epub ppub", 2002),
        ("epub pub", 2002),
        ("other epub", 2002),
        ("other another", 2001),
    ],
)
def test_the_year_is_that_of_the_volume_not_of_the_first_publication(kinds: str, year: int) -> None:
    dates = "".join(
        f"<pub-date pub-type='{kind}'><year>{2001 + place}</year></pub-date>"
        for place, kind in enumerate(kinds.split())
    )
    assert article_of("<p>Words.</p>", front=dates).year == year


def test_a_date_that_is_also_printed_as_a_text_is_read_from_it() -> None:
    date = "<season>Spring</season><string-date>Spring 2020</string-date>"
    front = f"<pub-date pub-type='ppub'>{date}</pub-date>"
    assert article_of("<p>Text.</p>", front=front).dates == (Dated("published", "Spring 2020"),)


def test_a_table_of_two_columns_lists_abbreviations() -> None:
    rows = "<tr><td>GC</td><td>granulosa cell</td></tr><tr><td>A</td><td>b</td><td>c</td></tr>"
    table = f"<glossary><title>Abbreviations</title><table>{rows}</table></glossary>"
    listed = article_of("<p>Words.</p>", table).abbreviations
    assert [(one.short, one.long) for one in listed] == [("GC", "granulosa cell")]


def test_outline_has_structural_numbers_and_printed_labels() -> None:
    article = read("jats-numbered.xml")
    assert [(one.anchor, one.number, one.label, one.title) for one in article.sections] == [
        ("abstract", "", "", "Abstract"),
        ("author-summary", "", "", "Author summary"),
        ("graphical-abstract", "", "", "Graphical abstract"),
        ("keywords", "", "", "Keywords"),
        ("s0", "0", "", ""),
        ("s1", "1", "1", "Introduction"),
        ("s1.1", "1.1", "1.1", "Deeper"),
        ("s1.1.1", "1.1.1", "", "Third level"),
        ("s2", "2", "2", "Methods"),
        ("author-contributions", "", "", "Author contributions"),
        ("abbreviations", "", "", "Abbreviations"),
        ("acknowledgments", "", "", "Acknowledgements"),
        ("app1", "", "Appendix A", "More counts"),
        ("app1.1", "", "", "Dish list"),
        ("footnotes", "", "", "Footnotes"),
    ]
    assert prose(article, "keywords").text == "ovary, granulosa cell"
    assert prose(article, "abbreviations").text.startswith("GC, granulosa cell; POI,")
    first = blocks(article)["abstract-p1"]
    assert isinstance(first, Paragraph)
    assert first.heading == "Background"


@pytest.mark.parametrize(
    ("place", "title", "label", "rest"),
    [
        ("1", "1. Aims", "1", "Aims"),
        ("1", "1 Aims", "1", "Aims"),
        ("1", "2 Aims", "", "2 Aims"),
        ("1", "1 of 3 trials", "", "1 of 3 trials"),
        ("1", "I. Aims", "I", "Aims"),
        ("1", "2.5 million cells", "", "2.5 million cells"),
        ("1", "C. elegans", "", "C. elegans"),
        ("1", "3D culture", "", "3D culture"),
    ],
)
def test_a_number_in_a_title(place: str, title: str, label: str, rest: str) -> None:
    section = article_of(f"<sec><title>{title}</title><p>x</p></sec>").sections[-1]
    assert (section.number, section.label, section.title) == (place, label, rest)


def test_citations_in_brackets() -> None:
    assert cited(prose(read("jats-numbered.xml"), "s1-p1")) == [
        ("[1–3,5]", (1, 2, 3, 5)),
        ("[1]–[4]", (1, 2, 3, 4)),
        ("[2,3]", (2, 3)),
        ("[2–4]", (2, 3, 4)),
        ("[3-5]", (3, 4, 5)),
    ]


def test_superscripts_are_citations_or_plain_characters() -> None:
    article = read("jats-superscript.xml")
    assert prose(article, "s1-p1").text == (
        "First fact.[1,2] Second fact.[1–4] Third fact[1,3] and a fourth.[4] Touching[1,2]."
    )
    numbers = [numbers for _, numbers in cited(prose(article, "s1-p1"))]
    assert numbers == [(1, 2), (1, 2, 3, 4), (1, 3), (4,), (1, 2)]
    assert prose(article, "s1-p2").text == (
        "Powers: 10⁵ cells, Ca²⁺, CD44^high, H2O, the 5th day, cm⁻¹, x^a+b, brand®."
    )


def test_citations_by_author_and_year() -> None:
    article = read("jats-author-year.xml")
    text = prose(article, "s1-p1")
    assert cited(text) == [
        ("(Smith et al., 2010; Jones, 2012)", (1, 2)),
        ("(2012)", (2,)),
        ("2013a,b", (3, 4)),
        ("(Smith et al., 2010); Jones (2012)", (1, 2)),
    ]
    assert "α-helix & more" in prose(article, "s1-p2").text
    assert [one.place for one in article.findings] == ["line 17"]
    assert "Nobody, 1999" in article.findings[0].message


def test_labels_that_skip_a_number_name_the_right_entries() -> None:
    entries = "<ref-list>" + "".join(
        f"<ref id='B{n}'><label>{n}</label><mixed-citation>Doe J. T{n}.</mixed-citation></ref>"
        for n in (1, 3, 4, 5)
    )
    link = "<xref ref-type='bibr' rid='B{0}'>{0}</xref>".format
    body = f"<p>a [{link(1)}–{link(4)}] b [{link(5)}]</p>"
    assert cited(prose(article_of(body, entries + "</ref-list>"), "s1-p1")) == [
        ("[1–4]", (1, 2, 3)),
        ("[5]", (4,)),
    ]


def test_markers_without_links_are_read_from_the_text() -> None:
    article = article_of("<p>Known [1, 3-4], not [2018].</p>", refs(4))
    assert cited(prose(article, "s1-p1")) == [("[1, 3-4]", (1, 3, 4))]


def test_superscripts_without_links() -> None:
    body = "<p>Shown before.<sup>1,2</sup> In 30 cm<sup>2</sup> of cells<sup>3-4</sup>.</p>"
    text = prose(article_of(body, refs(4)), "s1-p1")
    assert text.text == "Shown before.[1,2] In 30 cm² of cells[3-4]."
    assert [numbers for _, numbers in cited(text)] == [(1, 2), (3, 4)]


def test_links_without_text_inside_a_range() -> None:
    body = (
        "<p>Late<sup><xref ref-type='bibr' rid='B1'>1</xref><xref ref-type='bibr' rid='B2'/>"
        "–<xref ref-type='bibr' rid='B3'>3</xref></sup> and [<xref ref-type='bibr' rid='B4'/>].</p>"
    )
    text = prose(article_of(body, refs(4)), "s1-p1")
    assert text.text == "Late[1–3] and [4]."
    assert [numbers for _, numbers in cited(text)] == [(1, 2, 3), (4,)]


def test_a_number_with_a_power_before_the_marker() -> None:
    body = "<p>10<sup>5</sup><sup><xref ref-type='bibr' rid='B2'>2</xref></sup> cells</p>"
    assert prose(article_of(body, refs(2)), "s1-p1").text == "10⁵[2] cells"


def test_paragraphs_lists_boxes_and_notes() -> None:
    article = read("jats-numbered.xml")
    texts = {
        anchor: f"<{block.heading}> {block.prose.text}" if block.heading else block.prose.text
        for anchor, block in blocks(article).items()
        if isinstance(block, Paragraph)
    }
    expected = {
        "s0-p1": "A leading remark before any section [1].",
        "s1-p3": "<Protocol> 1. Wash the dish.",
        "s1-p5": "Count again.",
        "s1-p6": "and the paragraph goes on.",
        "s1.1-p1": "The rate is e^(−kt) and x = a/b (1)",
        "s1.1-p2": "holds. TeX alone: α ≤ 1/2",
        "s1.1-p3": "a A note in the text.",
        "s2-p1": "<Box 1 Key points> A boxed thought.",
        "s2-p3": "Quoted wisdom.",
        "s2-p5": "FSH: the hormone we added",
        "s2-p6": "<Theorem 1> Every cell ends.",
        "s2-p7": "count = count + 1",
        "s2-p8": "Before the float and after it.",
        "s2-p9": "S1 File Raw counts. All dishes.",
        "acknowledgments-p1": "We thank the cells.",
        "author-contributions-p1": "AMvD wrote it. XL read it.",
        "footnotes-p1": "† Presented at a meeting.",
    }
    assert {anchor: texts[anchor] for anchor in expected} == expected


def test_ledger_accounts_for_every_element() -> None:
    for name in SAMPLES:
        article = read(name)
        known = {section.anchor for section in article.sections} | set(blocks(article))
        known |= {f"ref-{one.number}" for one in article.references}
        for line in article.ledger:
            assert line.where or line.reason
            assert all(one in known or one.startswith("metadata:") for one in line.where)
    reasons = " ".join(line.reason for line in read("jats-author-year.xml").ledger)
    assert "<sub-article>: another article in the same file (decision-letter)" in reasons


def _words(node: Node) -> Iterator[str]:
    """The words of an element, except for boilerplate, formulas and references."""
    for child in node.children:
        if isinstance(child, str):
            yield from re.findall(r"\w+", child)
        elif child.name not in (
            "ref-list",
            "alternatives",
            "math",
            "tex-math",
            "alt-text",
            "media",
        ):
            yield from _words(child)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_word_of_the_body_is_lost(name: str) -> None:
    article = read(name)
    texts = [one.text for one in all_prose(article)]
    for section in article.sections:
        texts += [section.label, section.title]
        for block in section.blocks:
            texts.append(block.heading if isinstance(block, Paragraph) else block.label)
            texts += block.header if isinstance(block, Table) else ()
    everything = re.sub(r"\W", "", "".join(texts))
    root = parse_xml((DATA / name).read_bytes(), name)
    lost = [
        word
        for part in root.elements("body", "floats-group")
        for word in _words(part)
        if word.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")) not in everything
        and word not in everything
    ]
    assert lost == []


@pytest.mark.parametrize(
    "arguments",
    [
        "<mo>(</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo>)</mo>",
        "<mfenced><mi>x</mi><mi>y</mi></mfenced>",
    ],
)
def test_arguments_in_a_formula_are_separated(arguments: str) -> None:
    formula = f"<inline-formula><math><mi>f</mi>{arguments}</math></inline-formula>"
    article = article_of(f"<sec><title>A</title><p>Let {formula} be small.</p></sec>")
    assert prose(article, "s1-p1").text == "Let f(x, y) be small."


def test_an_identifier_stays_in_the_printed_entry_only_where_it_is_announced() -> None:
    entry = "Doe J. Cells. J Test. 2001;1:1. doi: <pub-id>10.1/x</pub-id>"
    apart = "Doe J. Cells. J Test. 2001;1:1.<pub-id pub-id-type='doi'>10.1/x</pub-id>"
    texts = [
        article_of(
            "<p>A.</p>",
            f"<ref-list><ref id='B1'><mixed-citation>{printed}</mixed-citation></ref></ref-list>",
        )
        .references[0]
        .text
        for printed in (entry, apart)
    ]
    assert texts[0].endswith("doi: 10.1/x")
    assert texts[1].endswith("2001;1:1.")


def test_a_comment_on_a_reference_is_a_sentence_of_its_entry() -> None:
    work = "<source>J Test</source><year>2001</year><comment>; in press,</comment>"
    citation = f"<element-citation publication-type='journal'>{work}</element-citation>"
    back = f"<ref-list><ref id='B1'>{citation}</ref></ref-list>"
    assert article_of("<p>A.</p>", back).references[0].text == "J Test. 2001. in press."


def test_the_label_and_title_of_the_back_matter_are_not_text() -> None:
    back = (
        "<title>The back matter.</title><label>The part after the body.</label>"
        "<ack><p>Thanks to all who helped.</p></ack>"
    )
    texts = [one.text for one in all_prose(article_of("<p>Text.</p>", back))]
    assert "Thanks to all who helped." in texts
    assert not {"The back matter.", "The part after the body."} & set(texts)


def test_a_part_of_its_own_kind_is_read_apart_from_the_part_around_it() -> None:
    funding = "<sec><title>Funding</title><label>B</label><p>Paid by none.</p></sec>"
    remark = "<notes><p>A remark.</p></notes>"
    head = "<title>Declarations of all</title><label>A</label>"
    article = article_of("<p>Text.</p>", f"<sec>{head}<p>Own.</p>{funding}{remark}</sec>")
    assert article.statements == (Statement("funding", "Paid by none."),)
    assert article.sections[-1].title == "Declarations of all"
    assert [one.text for one in all_prose(article)] == ["Text.", "Own.", "A remark."]


def test_notes_are_read_one_by_one_in_any_part_without_a_kind() -> None:
    notes = "<fn fn-type='conflict'><p>None declared.</p></fn><fn><p>A remark.</p></fn>"
    for back in (
        f"<fn-group><title>Notes of all</title><label>A</label>{notes}</fn-group>",
        f"<sec><title>Notes of all</title>{notes}</sec>",
        f"<fn-group><title>Peer review</title>{notes}</fn-group>",
    ):
        article = article_of("<p>Text.</p>", back)
        assert article.statements == (Statement("conflict of interest", "None declared."),)
        assert [section.title for section in article.sections] == ["", "Footnotes"]
        assert [one.text for one in all_prose(article)] == ["Text.", "A remark."]
