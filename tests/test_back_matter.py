"""Statements of an article on itself, in all formats and places."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from articles import blocks
from homes import make_home

from poi_search.article import Article, LedgerLine, Paragraph, Prose, Section, Statement, Table
from poi_search.library import Library
from poi_search.readers import read_article
from poi_search.readers.back_matter import arrange_back_matter


def section(anchor: str, title: str, level: int = 1, text: str = "Nothing.") -> Section:
    number = anchor.removeprefix("s")
    return Section(
        anchor, number, "", title, level,
        (Paragraph(f"{anchor}-p1", Prose(text)),) if text else (),
    )  # fmt: skip


def outline(*sections: Section) -> list[str]:
    arranged = arrange_back_matter(Article("a", "A", sections=sections))
    return [f"{one.anchor} {one.title}" for one in arranged.sections]


INTRODUCTION = section("s1", "Introduction")


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Competing interests", "conflict-of-interest"),
        ("Conflict of Interest Statement", "conflict-of-interest"),
        ("Funding", "funding"),
        ("Ethics statement", "ethics"),
        ("Availability of data and materials", "data-availability"),
        ("Authors’ contributions", "author-contributions"),
        ("Acknowledgements", "acknowledgments"),
    ],
)
def test_a_section_of_the_text_that_is_a_statement_comes_last(title: str, anchor: str) -> None:
    found = outline(INTRODUCTION, section("s2", title), section("s3", "Conclusion"))
    assert found == ["s1 Introduction", "s3 Conclusion", f"{anchor} {title}"]


def test_a_statement_below_the_conclusion_is_none_of_its_parts() -> None:
    parts = section("s2", "Conclusions"), section("s2.1", "Ethical standards", 2)
    assert outline(*parts) == ["s2 Conclusions", "ethics Ethical standards"]


def test_declarations_are_taken_apart() -> None:
    parts = (
        section("s2", "Declarations", text=""),
        section("s2.1", "Funding", 2),
        section("s2.2", "Competing interests", 2),
        section("s3", "Appendix"),
    )
    assert outline(INTRODUCTION, *parts) == [
        "s1 Introduction",
        "s3 Appendix",
        "conflict-of-interest Competing interests",
        "funding Funding",
    ]


@pytest.mark.parametrize(
    "sections",
    [
        (section("s2", "Methods"), section("s2.1", "Ethics statement", 2)),
        (section("s2", "Methods"), section("s2.1", "Data availability", 2)),
        (section("s2", "Funding"), section("s2.1", "Sources of money", 2)),
        (section("s2", "The ethics of stem cells in the clinic today"),),
    ],
    ids=["ethics of methods", "data of methods", "has subsections", "a subject"],
)
def test_what_belongs_to_the_text_stays(sections: tuple[Section, ...]) -> None:
    assert outline(*sections) == [f"{one.anchor} {one.title}" for one in sections]


def test_a_section_with_a_table_stays() -> None:
    table = Table("t1", "Table 1", Prose("Funds"), (), ())
    funding = section("s2", "Funding")
    assert outline(replace(funding, blocks=(*funding.blocks, table))) == ["s2 Funding"]


def test_the_same_words_stand_once_and_the_ledger_follows() -> None:
    article = Article(
        "a",
        "A",
        sections=(INTRODUCTION, section("s2", "Competing interests", text="None.")),
        statements=(Statement("conflict of interest", "None."), Statement("copyright", "Ours")),
        ledger=(
            LedgerLine(1, ("s1-p1",)),
            LedgerLine(2, ("s2",)),
            LedgerLine(3, ("s2-p1",)),
            LedgerLine(4, ("metadata:statements:conflict of interest",)),
            LedgerLine(5, (), "a page number"),
        ),
    )
    arranged = arrange_back_matter(article)
    assert list(blocks(arranged)) == ["s1-p1", "conflict-of-interest-p1"]
    assert arranged.statements == (Statement("copyright", "Ours"),)
    assert [line.where for line in arranged.ledger] == [
        ("s1-p1",),
        ("conflict-of-interest",),
        ("conflict-of-interest-p1",),
        ("conflict-of-interest-p1",),
        (),
    ]


JATS = """<article><front><article-meta><title-group><article-title>Ovary</article-title>
</title-group></article-meta></front><body><sec><title>A</title><p>Cells are given.</p></sec>
</body><back><fn-group><fn fn-type="data-availability"><p>Cells are in GEO, GSE12345.</p></fn>
</fn-group></back></article>"""
HTML = """<html><head><meta name="citation_title" content="Ovary"></head><body><article>
<h1>Ovary</h1><h2>A</h2><p>Cells are given, as the whole text says in this paragraph.</p>
<h2>Data availability</h2><p>Cells are in GEO, GSE12345.</p></article></body></html>"""
TEXT = """# Ovary

Ann Doe

## Introduction

Cells are given in all of the trials that we know of, as is told below.

## Data availability

Cells are in GEO, GSE12345.
"""


@pytest.mark.parametrize(("name", "source"), [("a.xml", JATS), ("a.html", HTML), ("a.md", TEXT)])
def test_an_accession_number_is_found_below_the_text(
    tmp_path: Path, name: str, source: str
) -> None:
    place = make_home(tmp_path / "h", also={name: source})
    assert list(blocks(read_article(place / "corpus" / name)))[-1] == "data-availability-p1"
    Library.build(place)
    library = Library.open(place)
    [hit] = library.search("GSE12345").results
    assert (hit.anchor, hit.title) == ("data-availability-p1", "Data availability")
    assert [hit.anchor for hit in library.search("cells").results][-1] == "data-availability-p1"
