"""Citations by author and year that are not links."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import cited, prose
from hypothesis import given
from hypothesis import strategies as st

from poi_search.article import Article, Name, Paragraph, Prose, Reference, Section
from poi_search.readers import read_article
from poi_search.readers.author_year import cite_by_author_and_year
from poi_search.references.names import parse_name


def paper(number: int, authors: str, year: int, letter: str = "", et_al: bool = False) -> Reference:
    names = tuple(map(parse_name, authors.split(", ")))
    return Reference(
        number, f"{authors}. {year}.", names, year=year, year_suffix=letter, et_al=et_al
    )


PAPERS = (
    paper(1, "Li X, Roe A", 2010, "a"),
    paper(2, "Li X, Roe A", 2010, "b"),
    paper(3, "Doe J, Li X, Poe E", 2012),
    paper(4, "Doe J", 2012),
    paper(5, "van der Berg A, Müller B", 2015),
    Reference(6, "WHO. 2011.", (Name(body="World Health Organization"),), year=2011),
    paper(7, "Smith-Jones K", 2000),
    paper(8, "O'Brien T, Lee H, Kim S", 2001),
    paper(9, "May R", 2010),
    paper(10, "Kim S", 2019),
    paper(11, "Kim S", 2019),
    paper(12, "Long A", 2014, et_al=True),
    Reference(13, "Unparsed, B. and others. Something. 1998."),
    paper(14, "Smith J", 2016),
    paper(15, "Smith K", 2016),
    Reference(16, "", (Name("García López", "A"),), year=2017),
)


def read(text: str, references: tuple[Reference, ...] = PAPERS) -> Article:
    block = Paragraph("s1-p1", Prose(text))
    section = Section("s1", "1", "", "A", 1, (block,))
    article = Article("a", "A", sections=(section,), references=references)
    return cite_by_author_and_year(article)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cells die (Li and Roe, 2010a; Doe et al., 2012).",
         [("Li and Roe, 2010a", 1), ("Doe et al., 2012", 3)]),
        ("As Doe (2012) showed", [("Doe (2012)", 4)]),
        ("As Doe [2012] showed", [("Doe [2012]", 4)]),
        ("Doe, Li, and Poe (2012)", [("Doe, Li, and Poe (2012)", 3)]),
        ("Doe et al.'s (2012) work", [("Doe et al.'s (2012)", 3)]),
        ("Doe and colleagues (2012)", [("Doe and colleagues (2012)", 3)]),
        ("DOE (2012)", [("DOE (2012)", 4)]),
        ("(Li & Roe 2010a,b)", [("Li & Roe 2010a", 1), ("b", 2)]),
        ("(Li and Roe 2010a, b, Doe 2012)", [("Li and Roe 2010a", 1), ("b", 2), ("Doe 2012", 4)]),
        ("(Li and Roe, 2010a, 2010b)", [("Li and Roe, 2010a", 1), ("2010b", 2)]),
        ("(van der Berg and Muller 2015)", [("van der Berg and Muller 2015", 5)]),
        ("(see Berg & Müller, 2015, for more)", [("Berg & Müller, 2015", 5)]),
        ("World Health Organization (2011)", [("World Health Organization (2011)", 6)]),
        ("(WHO 2011)", [("WHO 2011", 6)]),
        ("Smith-Jones (2000)", [("Smith-Jones (2000)", 7)]),
        ("Smith–Jones (2000)", [("Smith–Jones (2000)", 7)]),
        ("O’Brien et al. 2001", [("O’Brien et al. 2001", 8)]),
        ("(O'Brien, Lee, & Kim, 2001)", [("O'Brien, Lee, & Kim, 2001", 8)]),
        ("May (2010)", [("May (2010)", 9)]),
        ("(Long et al. 2014)", [("Long et al. 2014", 12)]),
        ("(Unparsed 1998)", [("Unparsed 1998", 13)]),
        ("(Li X and Roe A, 2010b)", [("Li X and Roe A, 2010b", 2)]),
        ("(J. Smith 2016)", [("Smith 2016", 14)]),
        ("K. Smith (2016)", [("Smith (2016)", 15)]),
        ("(García López, 2017)", [("García López, 2017", 16)]),
        ("(García-López, 2017)", [("García-López, 2017", 16)]),
        ("(Garcia 2017)", [("Garcia 2017", 16)]),
        ("(World Health Organization [WHO], 2011)", [("World Health Organization [WHO], 2011", 6)]),
    ],
)  # fmt: skip
def test_names_and_a_year_cite_a_reference(text: str, expected: list[tuple[str, int]]) -> None:
    article = read(text)
    assert cited(prose(article, "s1-p1")) == [(printed, (number,)) for printed, number in expected]
    assert not article.findings


@pytest.mark.parametrize(
    "text",
    [
        "In May 2010 we began.",
        "As in 2012, Doe said so.",
        "Roe (2010a) is not a first author.",
        "Lee and Doe (2012) are not in the list.",
        "Lee, Doe (2012) neither.",
        "Doe found it. In other work of 2012 it was lost.",
        "Doe (2011) is of another year.",
        "Doe and Smith (2012) is by others.",
        "Doe's 14 rats of 2012",
        "Doe et al. grew cells (unpublished); in 2012 they died.",
        "Room 12.2012 of Doe",
        "Smith (2000), Jones (2000)",
    ],
)
def test_anything_else_with_a_year_does_not(text: str) -> None:
    article = read(text)
    assert not prose(article, "s1-p1").citations
    assert not article.findings


@pytest.mark.parametrize("text", ["Kim 2019", "Li and Roe, 2010", "Li and Roe (2010)"])
def test_what_fits_two_references_is_reported_and_not_cited(text: str) -> None:
    article = read(f"So ({text}) it is.")
    assert not prose(article, "s1-p1").citations
    assert [finding.message for finding in article.findings] == [
        f"the citation {text!r} fits more than one entry of the list"
    ]


def test_et_al_without_an_entry_is_reported() -> None:
    [finding] = read("So it is (Nobody et al., 2012; Doe 2012).").findings
    message = "the citation 'Nobody et al., 2012' does not match any entry of the list"
    assert finding.message == message


@pytest.mark.parametrize("text", ["Muller 2016", "Muller and Roe, 2016", "Muller & Roe 2016"])
def test_names_in_brackets_without_an_entry_are_reported(text: str) -> None:
    [finding] = read(f"So it is ({text}).").findings
    assert finding.message == f"the citation {text!r} does not match any entry of the list"
    assert not read(f"In those years ({text.replace('Muller', 'in')}) it was so.").findings


def test_a_letter_that_only_one_unlettered_entry_fits_cites_it() -> None:
    article = read("(Doe 2012a)")
    assert cited(prose(article, "s1-p1")) == [("Doe 2012a", (4,))]


def test_an_article_that_cites_by_numbers_is_left_alone(tmp_path: Path) -> None:
    text = (
        "# On cells\n\nAnn Doe\n\n## Introduction\n\nCells die [1], said Doe (2012).\n\n"
        "## References\n\n1. Doe J. Cells. J X. 2012;1:2-3.\n2. Roe A. Rats. J X. 2013;1:4-5.\n"
    )
    (tmp_path / "numbers.md").write_text(text)
    assert cited(prose(read_article(tmp_path / "numbers.md"), "s1-p1")) == [("[1]", (1,))]


def test_every_format_is_read_so(tmp_path: Path) -> None:
    reference = "Doe J. Cells of the ovary. J X. 2012;1:2-3."
    jats = (
        "<article><front><article-meta><title-group><article-title>On cells</article-title>"
        "</title-group></article-meta></front><body><sec><title>A</title><p>Cells die (Doe 2012)."
        f"</p></sec></body><back><ref-list><ref><mixed-citation>{reference}</mixed-citation></ref>"
        "</ref-list></back></article>"
    )
    (tmp_path / "a.xml").write_text(jats)
    (tmp_path / "a.md").write_text(
        "# On cells\n\nAnn Doe\n\n## Introduction\n\nCells die, as we know (Doe 2012).\n\n"
        f"## References\n\n{reference}\n\nRoe A. Rats. J X. 2013;1:4-5.\n"
    )
    for name in ("a.xml", "a.md"):
        article = read_article(tmp_path / name)
        assert cited(prose(article, "s1-p1")) == [("Doe 2012", (1,))], name


WORDS = st.sampled_from(
    "Doe Li Roe Kim ( ) , ; and et al. & 2010 2010a b 2012 2019 [ ] . in van der Berg 2015".split()
)


@given(st.lists(WORDS, max_size=40))
def test_citations_are_within_the_text_in_order_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    citations = prose(read(text), "s1-p1").citations
    ends = [0]
    for one in citations:
        assert ends[-1] <= one.start < one.end <= len(text)
        [number] = one.numbers
        assert str(PAPERS[number - 1].year) in text
        ends.append(one.end)
