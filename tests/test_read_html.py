"""HTML pages as served by PubMed Central and publishers, and pages without an article."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import (
    DATA,
    all_prose,
    authors,
    blocks,
    cited,
    damaged,
    people,
    prose,
    survives,
    table,
)

from poi_search.article import Article, Figure, Paragraph, ReadError
from poi_search.readers import html
from poi_search.references.names import family_name, full_name

SAMPLES = ("page-pmc.html", "page-pmc-old.html", "page-publisher.html")


def read(name: str) -> Article:
    return html.read((DATA / name).read_bytes(), name, Path(name).stem)


def page(body: str, head: str = "<title>T</title>") -> Article:
    source = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return html.read(source.encode(), "page.html", "page")


def test_metadata_of_the_head() -> None:
    article = read("page-pmc.html")
    assert article.title == "Cells on a page"
    assert [(full_name(one.name), family_name(one.name)) for one in article.authors] == [
        ("Anna van Dam", "van Dam"),
        ("Xu Li", "Li"),
    ]
    assert (article.journal, article.year) == ("Journal of Test Pages", 2022)
    assert (article.volume, article.issue, article.pages) == ("4", "2", "11–19")
    assert (article.doi, article.pmid, article.pmcid) == ("10.5555/page.1", "777", "PMC5550001")
    other = read("page-publisher.html")
    assert (people(other)[0], other.journal) == ("Eva Müller", "Test Press Journal")
    assert (other.doi, other.year, other.licence.name) == ("10.5555/div.2", 2019, "CC BY 4.0")


def test_a_licence_links_only_to_a_web_address() -> None:
    deed = "creativecommons.org/licenses/by/4.0/"
    for scheme, url in (("https://", f"https://{deed}"), ("javascript:", ""), ("//", "")):
        licence = page(f'<p>Text.</p><p>See <a href="{scheme}{deed}">the terms</a>.</p>').licence
        assert (licence.name, licence.url) == ("CC BY 4.0", url)


def test_outline() -> None:
    assert [(one.anchor, one.label, one.title) for one in read("page-pmc.html").sections] == [
        ("abstract", "", "Abstract"),
        ("keywords", "", "Keywords"),
        ("s1", "1", "Introduction"),
        ("s1.1", "1.1", "History"),
        ("s2", "2", "Discussion"),
        ("acknowledgments", "", "Acknowledgments"),
        ("author-contributions", "", "Author Contributions"),
    ]
    assert [one.anchor for one in read("page-publisher.html").sections] == [
        "highlights",
        "abstract",
        "keywords",
        "s1",
        "s1.1",
    ]
    first = blocks(read("page-pmc.html"))["abstract-p1"]
    assert isinstance(first, Paragraph)
    assert (first.heading, first.prose.text) == ("Background", "Pages have cells.")


def test_citations() -> None:
    article = read("page-pmc.html")
    assert cited(prose(article, "s1-p1")) == [("(1–3)", (1, 2, 3)), ("[2,3]", (2, 3))]
    assert "10⁵ words" in prose(article, "s1-p1").text
    assert cited(prose(article, "s1.1-p3")) == [("[1]", (1,))]
    other = read("page-publisher.html")
    assert prose(other, "s1-p1").text == "Loose text in a div [1, 2], with H2O and α ≤ 2."
    assert cited(prose(other, "s1-p1")) == [("[1, 2]", (1, 2))]
    assert cited(prose(other, "s1.1-p1")) == [("(Roe 2010)", (2,))]
    old = read("page-pmc-old.html")
    assert cited(prose(old, "s1-p1")) == [("[1–3]", (1, 2, 3))]


def test_floats() -> None:
    article = read("page-pmc.html")
    figure = blocks(article)["f1"]
    assert isinstance(figure, Figure)
    assert (figure.label, figure.caption.text) == ("Figure 1", "A page [2].")
    pages = table(article, "t1")
    assert (pages.label, pages.caption.text) == ("Table 1", "Pages by year.")
    assert pages.header == ("Year", "Pages / Read", "Pages / Lost")
    assert [[cell.text for cell in row.cells] for row in pages.rows] == [
        ["2001", "5", "1 [3]"],
        ["2001", "6", "0"],
    ]
    assert pages.notes is not None
    assert pages.notes.prose.text == "^a Counted by hand."
    bare = table(read("page-publisher.html"), "t1")
    assert (bare.label, bare.caption.text, bare.header) == ("Table 1", "A bare table", ("A", "B"))
    old = read("page-pmc-old.html")
    assert table(old, "t1").caption.text == "Old counts"
    picture = blocks(old)["f1"]
    assert isinstance(picture, Figure)
    assert (picture.label, picture.caption.text) == ("Figure 1", "An old picture.")


def test_references() -> None:
    first, second, third = read("page-pmc.html").references
    assert first.text == "Doe J, Roe A. On pages. J Page. 2001;1:1–9. doi: 10.5555/p1"
    assert (first.title, first.doi, first.pmid) == ("On pages", "10.5555/p1", "11111")
    assert (first.pmcid, second.pmid) == ("PMC111111", "22222")
    assert authors(third) == ("Moe M",)
    crossref = read("page-publisher.html").references[0]
    assert (crossref.text, crossref.doi) == ("Doe J. Divs. J Div. 2009;9:1-2.", "10.5555/d1")
    assert [one.text for one in read("page-pmc-old.html").references] == [
        "Abe S. Old one. J Old. 1990;1:1.",
        "Ito M. Old two. J Old. 1991;2:2.",
        "Oda N. Old three. J Old. 1992;3:3.",
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_page_furniture_is_not_read(name: str) -> None:
    article = read(name)
    text = " ".join(one.text for one in all_prose(article))
    for word in ("cookies", "tracking", "menu", "Share", "Something else", "Footer", "Open in"):
        assert word not in text
    assert all(line.where or line.reason for line in article.ledger)


def test_a_page_without_sections() -> None:
    article = page(
        "<h1>A letter</h1><p>Dear editor [1].</p><h2>References</h2><ol><li>Doe J. A.</ol>"
    )
    assert article.title == "A letter"
    assert cited(prose(article, "s1-p1")) == [("[1]", (1,))]


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (b"", "empty"),
        (b"no tags at all", "no HTML"),
        (b"<html><body><nav>menu</nav></body></html>", "does not contain the text of an article"),
        (b"<html><body><p>words without a title</p></body></html>", "no title"),
        (b"<html><body>" + b"<div>" * 150 + b"<p>deep", "nested more than"),
    ],
)
def test_unreadable_pages_are_reported(source: bytes, problem: str) -> None:
    with pytest.raises(ReadError, match=problem) as caught:
        html.read(source, "bad.html", "bad")
    assert caught.value.file == "bad.html"
    assert caught.value.remedy


@pytest.mark.parametrize(("inside", "alone"), [(59, True), (58, False)])
def test_the_article_is_the_element_with_most_of_the_text(inside: int, alone: bool) -> None:
    """The weight of a part is its letters plus one; of 100, an article needs 60."""
    article = page(
        f"<h1>A title</h1><p>{'b' * (99 - inside)}</p><article><p>{'a' * inside}</p></article>"
    )
    assert {prose.text[0] for prose in all_prose(article)} == ({"a"} if alone else {"a", "b"})


@pytest.mark.parametrize(
    ("name", "read"), [("Ito", False), ("Xu L", True), ("X" * 59, True), ("X" * 60, False)]
)
def test_authors_marked_on_the_page_have_names_of_plausible_length(name: str, read: bool) -> None:
    body = f"<h1>A title</h1><a rel='author'>{name}</a><p>Some words.</p>"
    assert bool(page(body).authors) == read


@pytest.mark.parametrize("name", SAMPLES)
def test_damaged_pages_raise_an_error_or_are_read(name: str) -> None:
    for source in damaged((DATA / name).read_bytes(), 20221123, 60):
        survives(html.read, source)
