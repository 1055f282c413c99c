"""JATS XML: figures, tables and references of the sample articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import DATA, authors, blocks, cited, table
from test_read_jats import article_of

from poi_search.article import Article, Figure
from poi_search.readers import jats


def read(name: str) -> Article:
    return jats.read((DATA / name).read_bytes(), name, Path(name).stem)


def test_floats_follow_the_paragraph_that_mentions_them() -> None:
    article = read("jats-numbered.xml")
    order = [anchor for anchor in blocks(article) if anchor.startswith(("s1-p", "f1", "t1"))]
    assert order[:5] == ["s1-p1", "s1-p2", "f1", "t1", "s1-p3"]
    figure = blocks(article)["f1"]
    assert isinstance(figure, Figure)
    assert (figure.label, figure.caption.text) == (
        "Figure 1",
        "Growth. Cells over time, after [2].",
    )
    group = blocks(read("jats-superscript.xml"))["f2"]
    assert isinstance(group, Figure)
    assert (group.label, group.caption.text) == ("Figure 2", "Two views.")
    supplement = blocks(read("jats-author-year.xml"))["f2"]
    assert isinstance(supplement, Figure)
    assert supplement.label == "Figure 1—figure supplement 1"


def test_tables_with_spans_and_section_rows() -> None:
    article = read("jats-numbered.xml")
    counts = table(article, "t1")
    assert counts.header == ("Dish", "Cells / Day 1", "Cells / Day 2", "Ref.")
    assert [([cell.text for cell in row.cells], row.group) for row in counts.rows] == [
        (["Mouse", "", "", ""], ""),
        (["A", "10", "20", "[1]"], "Mouse"),
        (["A", "11", "21^a", "[1]"], "Mouse"),
        (["Human", "", "", ""], ""),
        (["B", "not done", "not done", "–"], "Human"),
    ]
    assert [row.anchor for row in counts.rows][-1] == "t1-r5"
    assert cited(counts.rows[2].cells[3]) == [("[1]", (1,))]
    assert counts.notes is not None
    assert (counts.notes.anchor, counts.notes.prose.text) == ("t1-notes", "a Counted twice.")
    picture = table(article, "t2")
    assert (picture.caption.text, picture.rows) == ("Only a picture.", ())


def test_a_cell_spans_as_many_rows_as_it_states() -> None:
    body = "".join(
        f"<row>{cells}</row>"
        for cells in (
            "<entry morerows='1'>A</entry><entry morerows='0'>1</entry>",
            "<entry>2</entry>",
            "<entry>B</entry><entry>3</entry>",
        )
    )
    source = (
        "<article><front><article-meta><title-group><article-title>T</article-title></title-group>"
        "</article-meta></front><body><table-wrap><table><tgroup cols='2'>"
        f"<thead><row><entry>Name</entry><entry>Number</entry></row></thead><tbody>{body}</tbody>"
        "</tgroup></table></table-wrap></body></article>"
    )
    rows = table(jats.read(source.encode(), "cals.xml", "cals"), "t1").rows
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["A", "1"],
        ["A", "2"],
        ["B", "3"],
    ]


def test_tables_of_other_models() -> None:
    cals = table(read("jats-author-year.xml"), "t1")
    assert cals.header == ("Site", "Depth / min", "Depth / max")
    assert [cell.text for cell in cals.rows[0].cells] == ["North", "1", "9"]
    article = read("jats-superscript.xml")
    assert table(article, "t4").header == ("Name", "Value")
    grouped = table(article, "t3")
    assert (grouped.label, grouped.caption.text) == ("Table 3", "Parts of one table.")
    assert grouped.header == ("Head", "Other")


@pytest.mark.parametrize(
    ("cells", "header"),
    [
        (("<bold>Dish</bold>", "<bold>Day</bold> <bold>1</bold>"), ("Dish", "Day 1")),
        (("<bold>Dish</bold> of all", "<bold>Day</bold>"), ()),
        (("<bold>Dish</bold>", "Day"), ()),
    ],
)
def test_a_first_row_that_is_all_bold_is_the_header(
    cells: tuple[str, str], header: tuple[str, ...]
) -> None:
    first = "".join(f"<td>{cell}</td>" for cell in cells)
    article = article_of(
        f"<table-wrap><table><tbody><tr>{first}</tr><tr><td>A</td><td>1</td></tr></tbody></table>"
        "</table-wrap>"
    )
    assert table(article, "t1").header == header


def test_references_tagged_and_printed() -> None:
    first, second, third, book, double = read("jats-numbered.xml").references
    assert first.text == "Li X, Van Balkom BWM, et al. On cells. J Cell. 2010a;5(2):10–19."
    assert (authors(first), first.et_al) == (("Li X", "Van Balkom BWM"), True)
    assert (first.title, first.journal, first.printed_year) == ("On cells", "J Cell", "2010a")
    assert (first.volume, first.issue, first.pages) == ("5", "2", "10–19")
    assert (first.doi, first.pmid, first.pmcid) == ("10.5555/one", "111", "PMC222")
    assert second.text == "Roe J.-P. (2011). Follicles. Ovary 7:e12. doi: 10.5555/two"
    assert (authors(second), second.pages, second.doi) == (("Roe JP",), "e12", "10.5555/two")
    assert (authors(third), third.title, third.pages) == (
        ("Doe J", "Poe E"),
        "A plain entry",
        "4-9",
    )
    assert (book.title, book.journal, book.publisher) == ("The Book of Tests", "", "Press")
    assert double.text == "One A. Part a. J A. 2014. Two B. Part b. J B. 2015."
    assert (double.number, double.pmid) == (5, "555")
    note = read("jats-superscript.xml").references[2]
    assert note.text == "Unpublished data of the authors."
