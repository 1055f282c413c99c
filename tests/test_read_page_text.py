"""Which text of a publisher's page is the article: its title, abstract, body, tables."""

from __future__ import annotations

import pytest
from articles import blocks, people, prose, table
from test_read_html import page

from poi_search.article import Article, Figure, Paragraph, ReadError, Table

LONG = "Cells grow slowly in every dish that we have seen, and those that do not grow at all " * 2
HEAD = "<title>T | J Test</title>"
META = '<meta name="citation_journal_title" content="J Test">'


def texts(article: Article) -> list[str]:
    found = (block for section in article.sections for block in section.blocks)
    return [block.prose.text for block in found if isinstance(block, Paragraph)]


def title(heading: str, *metas: str, rest: str = "") -> str:
    head = "".join(f"<meta {meta}>" for meta in metas)
    return page(f"{heading}{rest}<h2>Aims</h2><p>x</p>", f"<title>T</title>{head}").title


# Title and metadata


def test_the_title_is_what_the_head_states() -> None:
    stated = 'name="citation_title" content="Cells of &lt;i&gt;Homo&lt;/i&gt; and others"'
    assert title("<h1>The Test Journal</h1>", stated) == "Cells of Homo and others"
    assert title("<h1>T</h1>", 'name="DC.Title" content="On cells"') == "On cells"
    shared = 'property="og:title" content="A study of cells" name="title"'
    assert page("<h1>J Test</h1><p>x</p>", f"<title>J: A study of cells</title><meta {shared}>"
                ).title == "A study of cells"  # fmt: skip


def test_the_title_as_a_heading_prints_it() -> None:
    stated = 'name="citation_title" content="Ca2+ in cells ( Homo )"'
    assert title("<h1>Ca<sup>2+</sup> in cells (<i> Homo </i>)*</h1>", stated) == (
        "Ca²⁺ in cells (Homo)"
    )
    assert page("<h1>Test Press</h1><h2>The growth of cells</h2><p>x</p>",
                "<title>The growth of cells - Test Press</title>"
                ).title == "The growth of cells"  # fmt: skip


def test_linked_data_states_what_the_head_does_not() -> None:
    data = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "name": "Page"},'
        ' {"@type": "ScholarlyArticle", "headline": "On <i>cells</i>", "author":'
        ' [{"name": "Jo Doe"}, {"name": "Al Roe"}], "datePublished": "2003-04-05", "sameAs":'
        ' "https://doi.org/10.5555/ld", "isPartOf": {"@type": "PublicationIssue", "isPartOf":'
        ' {"@type": "Periodical", "name": "J Test"}}}]}</script>'
    )
    article = page(f"<h1>Site</h1><h2>Aims</h2><p>{LONG * 5}</p>", f"<title>T</title>{data}")
    assert (article.title, article.journal, article.year) == ("On cells", "J Test", 2003)
    assert (people(article), article.doi) == (["Jo Doe", "Al Roe"], "10.5555/ld")
    damaged = page("<h1>T</h1><p>x</p>", "<script type='application/ld+json'>{</script>")
    assert damaged.title == "T"


def test_authors_in_one_value_and_entities_in_values() -> None:
    head = (
        '<meta name="citation_authors" content="Doe, Jo; Roe, Al">'
        '<meta name="citation_journal_title" content="Tests &amp;amp; Cells">'
    )
    article = page(f"<h1>T</h1><p>{LONG * 5}</p>", head)
    assert people(article) == ["Jo Doe", "Al Roe"]
    assert article.journal == "Tests & Cells"


# The part of the page with the article


def test_what_is_beside_the_running_text_is_not_the_article() -> None:
    article = page(
        "<div class='top'><h2>Journal home</h2><ul><li>Issues</li></ul><p>We use cookies.</p></div>"
        f"<div><div id='text'><h2>Aims</h2><p>{LONG}</p><h3>Acknowledgements</h3><p>We thank you."
        "</p></div><div><h2>News</h2><p>Our survey is open.</p></div></div>"
    )
    assert [one.title for one in article.sections] == ["Aims", "Acknowledgements"]


def test_back_matter_and_abstract_outside_the_running_text_are_the_article() -> None:
    article = page(
        f"<div><div class='abstract'><p>{LONG}</p></div></div><div><h2>Aims</h2><p>{LONG * 30}</p>"
        "</div><div><h2>Funding</h2><p>By the Test Fund.</p></div>"
    )
    assert [one.anchor for one in article.sections] == ["abstract", "s1"]
    assert [one.text for one in article.statements] == ["By the Test Fund."]


@pytest.mark.parametrize(
    "furniture",
    [
        "<h2>Article tools</h2><p>Get alerts.</p>",
        "<h2>Share this article</h2><p>On sites.</p>",
        "<h2>Decision letter</h2><p>Thank you for sending it.</p>",
        "<h2>Rights and permissions</h2><ul><li><a href='/r'>Reprints</a></li></ul>",
        "<ul><li><a href='/a'>PDF (5 kB)</a></li><li><a href='/b'>Alert me</a></li></ul>",
        "<p><a href='/x'>Doe on Google Scholar</a></p>",
        "<div>Research article</div>",
        "<ul><li><a href='#a'>TOP</a></li><li><a href='#b'>AIMS</a></li><li><a href='#c'>END</a>"
        "</li></ul>",
        "<p>(12)</p>",
        "<p>Format: PDF Size: 226KB Download file</p>",
    ],
)
def test_furniture_within_the_article(furniture: str) -> None:
    article = page(f"<h1>T</h1><h2>Aims</h2><p>{LONG}</p>{furniture}<h2>Ends</h2><p>Cells end.</p>")
    assert texts(article) == [LONG.strip(), "Cells end."]


@pytest.mark.parametrize(
    "text",
    [
        "<h2>Related work</h2><p>Others saw cells.</p>",
        "<h2>Search strategy</h2><p>We looked.</p>",
        "<p><a href='#B1'>Doe (2001)</a></p>",
        "<div>x = 2y (3)</div>",
        "<p>Where:</p>",
        "<ul><li>stem cells</li></ul>",
        "<ul><li>dose<p>2 mg</p></li></ul>",
    ],
)
def test_text_that_only_looks_like_furniture(text: str) -> None:
    article = page(f"<h1>T</h1><h2>Aims</h2><p>{LONG}</p>{text}")
    assert len(texts(article)) == (3 if "dose" in text else 2)


def test_the_heading_of_a_menu_or_a_statement_ends_with_its_box() -> None:
    article = page(
        "<h1>T</h1><div><h2>Article tools</h2><p>Alert me.</p></div><div><h3>Author information"
        f"</h3><p>At the House of Tests.</p></div><div><p>{LONG}</p><p>More cells.</p></div>"
    )
    assert texts(article) == [LONG.strip(), "More cells."]


def test_a_heading_in_a_box_of_its_own_is_that_of_the_text_after_it() -> None:
    article = page(
        f"<h1>T</h1><div class='section-heading'><h2>Aims</h2></div><div><p>{LONG}</p></div>"
    )
    assert [(one.title, len(one.blocks)) for one in article.sections] == [("Aims", 1)]


def test_text_without_a_heading_keeps_its_place() -> None:
    article = page(
        f"<h1>T</h1><section><h2>Abstract</h2><p>Short.</p></section><div><p>First. {LONG}</p>"
        f"<p>Second. {LONG}</p></div><section><h2>Methods</h2><p>Third. {LONG}</p></section>"
    )
    assert [text.split()[0] for text in texts(article)] == ["Short.", "First.", "Second.", "Third."]


def test_a_heading_that_repeats_the_title_or_the_journal_heads_nothing() -> None:
    article = page(
        f"<h1>Site</h1><h2>J Test</h2><h2>On cells</h2><h3>Aims</h3><p>{LONG * 5}</p><h3>Main text"
        "</h3><h4>Methods</h4><p>x</p>",
        f'{META}<meta name="citation_title" content="On cells">',
    )
    assert [(one.title, one.level) for one in article.sections] == [("Aims", 1), ("Methods", 1)]


def test_a_list_before_the_text_does_not_end_it() -> None:
    entries = "".join(f"<li>Doe. Title {n}. 200{n}.</li>" for n in range(1, 5))
    article = page(
        f"<h1>T</h1><div class='references'><ol>{entries}</ol></div><h2>Aims</h2><p>{LONG}</p>"
        f"<h2>References</h2><ol>{entries}</ol><h2>Methods</h2><p>After the list.</p>"
        "<h2>Our journals</h2><p>Read them.</p>"
    )
    assert [one.title for one in article.sections] == ["Aims", "Methods"]


# Abstract


def test_the_abstract_is_read_once_and_without_what_is_in_its_box() -> None:
    article = page(
        f"<h1>T</h1><h2>Home</h2><p>x</p><h2>Abstract</h2><div><p>Cite this as</p><p>{LONG}</p>"
        "<p>How to cite: Doe (2001)</p><p>Copyright: © 2001 Doe.</p></div><div id='abstract'>"
        f"<p>{LONG}</p></div><h2>Aims</h2><p>{LONG * 5}</p>",
        f'<title>T</title><meta name="citation_abstract" content="{LONG}">',
    )
    assert [(one.anchor, one.title) for one in article.sections] == [
        ("abstract", "Abstract"),
        ("s1", "Aims"),
    ]
    assert prose(article, "abstract-p1").text == LONG.strip()


def test_a_heading_that_is_a_paragraph_by_its_element() -> None:
    article = page(
        f"<h1>T</h1><p class='section-title'>SUMMARY</p><p>{LONG}</p><h2>Aims</h2><p>{LONG * 5}</p>"
    )
    assert [one.anchor for one in article.sections] == ["abstract", "s1"]


def test_parts_headed_like_the_title_and_the_abstract_in_another_language() -> None:
    article = page(
        f"<h1>T</h1><div><div><h1>Abstract</h1><p>{LONG}</p></div><div><h1>Resumo</h1><p>Crescem."
        f"</p></div><div><h1>Introduction</h1><p>{LONG * 5}</p></div></div>"
    )
    assert [one.title for one in article.sections] == ["Abstract", "Resumo", "Introduction"]
    assert article.sections[2].anchor == "s1"


# Tables, figures, keywords


ROWS = "<tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr>"


def test_a_hidden_table_is_read() -> None:
    article = page(
        "<h1>T</h1><h2>Aims</h2><p>Cells.</p><div class='table-wrap'><p>Table 1. Doses.</p><table"
        f" style='display: none'>{ROWS}</table></div>"
    )
    assert table(article, "t1").header == ("A", "B")


def test_a_table_in_a_list_of_definitions() -> None:
    article = page(
        "<h1>T</h1><h2>Aims</h2><p>Cells.</p><dl class='table'><dd><div class='caption'><span>Table"
        f" 1. </span><p>Doses.</p></div></dd><dd><table>{ROWS}</table></dd></dl>"
    )
    read = table(article, "t1")
    assert (read.caption.text, [[c.text for c in row.cells] for row in read.rows]) == (
        "Doses.",
        [["1", "2"]],
    )


def test_a_table_after_the_list_takes_the_place_of_its_label() -> None:
    entries = "".join(f"<li id='B{n}'>Doe. 200{n}.</li>" for n in range(1, 4))
    article = page(
        "<h1>T</h1><h2>Aims</h2><p>See <a href='#T1'>Table 1</a>.</p><div class='table' id='T1'>"
        "<img><div class='caption'>Table 1. Doses.</div></div><p>More.</p><h2>References</h2><ol>"
        f"{entries}</ol><div class='hidden'><table><caption><h3>Table 1. Doses.</h3></caption>"
        f"{ROWS}</table></div>"
    )
    assert list(blocks(article)) == ["s1-p1", "t1", "s1-p2"]
    assert len(table(article, "t1").rows) == 1
    assert len(article.references) == 3


def test_a_picture_laid_out_in_a_table_is_a_figure() -> None:
    article = page(
        "<h1>T</h1><h2>Aims</h2><p>Cells.</p><table><tr><td><img></td></tr><tr><td><b>Fig. 1</b>"
        " Ways to give cells.</td><td></td></tr></table>"
    )
    figure = blocks(article)["f1"]
    assert isinstance(figure, Figure)
    assert figure.caption.text == "Ways to give cells."
    assert not any(isinstance(block, Table) for block in blocks(article).values())


def test_keywords_in_elements_of_their_own() -> None:
    article = page(
        "<h1>T</h1><div class='keywords'><span class='Keyword'>ovary</span> <span class='Keyword'>"
        "stem cells</span></div><h2>Aims</h2><p>x</p>"
    )
    assert prose(article, "keywords").text == "ovary, stem cells"


# Pages without an article

FULL = "Save the page that shows the full text, or use the article's PDF or JATS"


@pytest.mark.parametrize(
    ("body", "head", "problem", "remedy"),
    [
        (f"<h1>T</h1><h2>Abstract</h2><p>{LONG}</p>", HEAD,
         "the page contains only the abstract of the article", FULL),
        (f"<h1>T</h1><h2>Abstract</h2><p>{LONG}</p><p>Purchase instant access</p>", HEAD,
         "the page offers access to the article, but does not contain its full text",
         "Open the full text with your access to the journal, and save that page"),
        ("<h1>T</h1><p>Volume 3</p><p>Download</p>", META,
         "the page describes the article, but lacks its text", FULL),
        ("<h1>Sign in</h1><p>Your name.</p>", "<title>Sign in</title>",
         "the page asks to sign in", "Open the article in a browser, and save the page again"),
        ("<h1>Just a moment...</h1><p>Checking.</p>", "<title>Just a moment...</title>",
         "the page reports an error (“Just a moment... Just a moment...”)",
         "Open the article in a browser, and save the page again"),
        (f"<h1>Search results</h1><p>{LONG}</p>", "<title>Search results</title>",
         "the page lists articles", "Open the article itself, and save that page"),
    ],
)  # fmt: skip
def test_a_page_without_the_text_is_refused_with_the_reason(
    body: str, head: str, problem: str, remedy: str
) -> None:
    with pytest.raises(ReadError) as error:
        page(body, head)
    assert (error.value.problem, error.value.remedy) == (problem, remedy)


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Error in cells</h1><h2>Aims</h2><p>{LONG * 15}</p>",
        "<h1>T</h1><h2>Letter</h2><p>We saw it.</p><p>It grew well.</p><p>It ended there.</p>",
        "<h1>T</h1><h2>Note</h2><p>Cells [<a href='#B1'>1</a>].</p><h2>References</h2><ol><li"
        " id='B1'>Doe. 2001.</li></ol>",
    ],
)
def test_short_articles_are_read(body: str) -> None:
    assert texts(page(body, META))
