"""Peculiarities of publishers, in JATS and on their pages, in small samples."""

from __future__ import annotations

from articles import authors, blocks, cited, people, prose, table
from test_read_html import page
from test_read_jats import article_of, refs

from poi_search.article import Article, Figure, Paragraph
from poi_search.readers import jats

ENTRIES = "".join(
    f"<li id='B{n}'>Doe J. Title {n}. J Test. 2001;{n}:1-2.</li>" for n in range(1, 5)
)


def list_of_references(article: Article) -> list[tuple[str, str, int | None]]:
    return [(one.title, one.journal, one.year) for one in article.references]


# JATS


def test_an_entry_both_printed_and_tagged_is_one_reference() -> None:
    entry = (
        "<ref-list><ref id='B1'><mixed-citation>SILVA, A. (2006), <italic>O livro</italic>. Rio:"
        " Casa.</mixed-citation><element-citation publication-type='book'><person-group"
        " person-group-type='author'><name><surname>Silva</surname><given-names>Ana</given-names>"
        "</name></person-group><year>2006</year><source>O livro</source></element-citation></ref>"
        "</ref-list>"
    )
    [one] = article_of("<p>x</p>", entry).references
    assert (authors(one), one.title, one.year) == (("Silva A",), "O livro", 2006)
    assert one.text == "SILVA, A. (2006), O livro. Rio: Casa."


def test_authors_tagged_without_spaces_between_them_are_cut_short_by_et_al() -> None:
    entry = (
        "<name><surname>Doe</surname><given-names>J</given-names></name>and"
        "<name><surname>Roe</surname><given-names>E</given-names></name>et al."
        " <article-title>On cells</article-title>. <source>J Test</source>. <year>2001</year>."
    )
    reference = article_of(
        "<p>Text.</p>",
        f"<ref-list><ref id='B1'><mixed-citation>{entry}</mixed-citation></ref></ref-list>",
    ).references[0]
    assert (authors(reference), reference.et_al) == (("Doe J", "Roe E"), True)


def test_references_to_chemistry_edited_books_and_web_pages() -> None:
    untitled = (
        "<ref><mixed-citation><name><surname>Ito</surname><given-names>K</given-names></name>,"
        " <source>Angew. Test</source> <year>2001</year>, <volume>4</volume>, <fpage>5</fpage>."
        "</mixed-citation></ref>"
    )
    edited = (
        "<ref><mixed-citation publication-type='book'><string-name><given-names>M.</given-names>"
        " <surname>Roe</surname></string-name>, <chapter-title>One</chapter-title>, in <source>All"
        "</source>, edited by <person-group person-group-type='editor'><string-name><surname>Poe"
        "</surname></string-name></person-group> (<year>1999</year>).</mixed-citation></ref>"
    )
    web = (
        "<ref><element-citation publication-type='web'><collab>Test Office</collab><source>Facts"
        "</source><date-in-citation>Accessed 3 May 2019</date-in-citation></element-citation></ref>"
    )
    article = article_of("<p>x</p>", f"<ref-list>{untitled}{edited}{web}</ref-list>")
    assert list_of_references(article) == [
        ("", "Angew. Test", 2001),
        ("One", "All", 1999),
        ("Facts", "", None),
    ]
    assert authors(article.references[1]) == ("Roe M",)
    assert "Accessed 3 May 2019" in article.references[2].text


def test_links_without_text_in_the_middle_of_a_range() -> None:
    link = "<xref ref-type='bibr' rid='B{}'>{}</xref>".format
    silent = "<xref ref-type='bibr' rid='B2'/><xref ref-type='bibr' rid='B3'/>"
    body = f"<p>Cells<sup>{link(1, 1)}{silent}–{link(4, 4)}</sup> grow.</p>"
    body += f"<p>Well<sup>[</sup>{link(1, '<sup>1</sup>')}<sup>]</sup> so.</p>"
    article = article_of(body, refs(4))
    assert prose(article, "s1-p1").text == "Cells[1–4] grow."
    assert cited(prose(article, "s1-p1")) == [("[1–4]", (1, 2, 3, 4))]
    assert prose(article, "s1-p2").text == "Well[1] so."


def test_group_authors_editors_and_repeated_affiliations() -> None:
    front = """<contrib-group>
      <contrib contrib-type="author"><name><surname>Li</surname><given-names>Xu</given-names></name>
        <xref ref-type="aff" rid="a1">1</xref></contrib>
      <contrib contrib-type="author"><collab>Ovary Group<contrib-group><contrib><name><surname>Doe
        </surname><given-names>Jo</given-names></name></contrib></contrib-group></collab></contrib>
      </contrib-group>
      <contrib-group><contrib contrib-type="editor"><name><surname>Roe</surname></name>
        <aff>Editors' House</aff></contrib></contrib-group>
      <aff id="a1"><label>1</label>
        <institution content-type="original">University of Tests, Rua 1, Lima, Peru</institution>
        <institution content-type="orgname">University of Tests</institution>
        <country>Peru</country></aff>
      <aff id="a2"><label>2</label>
        <institution>Hospital</institution>
        <addr-line>
          <city>Lima</city>
          <state>LM</state>
        </addr-line>
        <country>Peru</country></aff>"""
    article = article_of("<p>x</p>", front=front)
    assert people(article) == ["Xu Li", "Ovary Group"]
    assert [one.text for one in article.affiliations] == [
        "University of Tests, Rua 1, Lima, Peru",
        "Hospital, Lima, LM, Peru",
    ]


def test_titles_without_note_marks_and_colons() -> None:
    mark = "<xref ref-type='fn' rid='n'><sup>a</sup></xref>"
    source = (
        "<article><front><article-meta><title-group><article-title>Cells<sup><xref ref-type='fn'"
        " rid='n'>1</xref></sup></article-title></title-group><abstract><title>Resumo:</title><sec>"
        "<title>Objetivo:</title><p>Ver.</p></sec></abstract><kwd-group><title>Palavras-chave:"
        "</title><kwd>ovário</kwd></kwd-group></article-meta></front>"
        f"<body><sec><title>Aims{mark}</title><p>x</p></sec></body></article>"
    )
    article = jats.read(source.encode(), "small.xml", "small")
    assert article.title == "Cells"
    assert [one.title for one in article.sections] == ["Resumo", "Palavras-chave", "Aims"]
    first = blocks(article)["abstract-p1"]
    assert isinstance(first, Paragraph)
    assert first.heading == "Objetivo"
    assert prose(article, "keywords").text == "ovário"


def test_notes_grants_and_terms_of_the_front() -> None:
    front = (
        "<author-notes><fn fn-type='conflict'><p><bold>Conflicts</bold></p><p>None.</p></fn>"
        "</author-notes><copyright-statement>Doe. This is an open-access article distributed under"
        " the terms of the Creative Commons Attribution License.</copyright-statement>"
        "<funding-group><award-group><funding-source>Test Fund</funding-source><award-id>7"
        "</award-id><principal-award-recipient><name><surname>Li</surname></name>"
        "</principal-award-recipient></award-group><funding-statement>The funders had no role."
        "</funding-statement></funding-group>"
    )
    note = (
        "<fn-group><fn><p><bold>Publisher’s Note</bold></p><p>We stay neutral.</p></fn></fn-group>"
    )
    article = article_of("<p>x</p>", note, front)
    assert {one.name: one.text for one in article.statements} == {
        "conflict of interest": "Conflicts None.",
        "funding": "Test Fund, 7 The funders had no role.",
        "publisher's note": "Publisher’s Note We stay neutral.",
    }
    assert article.licence.name == "CC BY"


def test_boxes_that_float_addresses_of_parts_and_lists_of_abbreviations() -> None:
    body = (
        "<sec><title>One</title><p>See <xref ref-type='boxed-text' rid='b'>Box 1</xref>.</p>"
        "<p><bold>DOI:</bold> <ext-link>http://dx.doi.org/10.5555/t.1</ext-link></p></sec>"
        "<sec><title>Abbreviations</title><p>AMH: anti-Müllerian hormone; FSH: follicle-stimulating"
        " hormone</p></sec>"
    )
    box = "<boxed-text id='b'><label>Box 1</label><p>In the box.</p></boxed-text>"
    source = (
        "<article><front><article-meta><title-group><article-title>T</article-title></title-group>"
        f"</article-meta></front><body>{body}</body><floats-group>{box}</floats-group></article>"
    )
    article = jats.read(source.encode(), "small.xml", "small")
    assert list(blocks(article)) == ["s1-p1", "s1-p2", "s2-p1"]
    assert prose(article, "s1-p2").text == "In the box."
    assert [(one.short, one.long, one.anchor) for one in article.abbreviations] == [
        ("AMH", "anti-Müllerian hormone", "s2-p1"),
        ("FSH", "follicle-stimulating hormone", "s2-p1"),
    ]


# Pages


def test_sections_with_class_names_of_a_table_of_contents_are_kept() -> None:
    article = page(
        "<h1>T</h1><div class='toc'><a href='#a'>Aims</a></div><div class='toc-section'><h2>Aims"
        "</h2><p>Cells [<a href='#B1'>1</a>–<a href='#B3'>3</a>].</p><div class='figure'><img>"
        "<div>Download: <ul><li>PPT</li></ul></div><div class='figcaption'><span>Fig 1. </span>"
        " Ways to give cells, one by one and all together, to whoever may want them.</div></div>"
        f"</div><h2>References</h2><ol>{ENTRIES}</ol>"
    )
    assert cited(prose(article, "s1-p1")) == [("[1–3]", (1, 2, 3))]
    assert prose(article, "f1").text.startswith("Ways to give cells")


def test_floats_outside_the_text_and_repeated() -> None:
    article = page(
        "<h1>T</h1><section><h2>1 Aims</h2><p>See <a href='#g'>Figure 1</a>, <a href='#t'>Table 1"
        "</a>.</p><p>More.</p></section>"
        f"<section><h2>References</h2><ol>{ENTRIES}</ol></section><section>"
        "<div class='html-fig-wrap' id='g'><img><div class='caption'><b>Figure 1.</b> Way.</div>"
        "</div><div class='html-fig_show' id='g2'><div class='html-caption'><b>Figure 1.</b> Way."
        "</div><img></div><div class='html-table-wrap' id='t'><img><div class='caption'><b>Table 1."
        "</b> Doses.</div></div><div class='html-table_show'><div class='html-caption'><b>Table 1."
        "</b> Doses.</div><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
        "</div></section>"
    )
    section = article.sections[0]
    assert (section.label, section.title) == ("1", "Aims")
    assert [block.anchor for block in section.blocks] == ["s1-p1", "f1", "t1", "s1-p2"]
    assert table(article, "t1").header == ("A", "B")
    assert isinstance(blocks(article)["f1"], Figure)


def test_a_first_row_in_bold_is_the_header_unless_others_are_bold_too() -> None:
    def header(second: str) -> tuple[str, ...]:
        rows = f"<tr><td><b>A</b></td><td><strong>B</strong></td></tr><tr>{second}</tr>"
        return table(page(f"<h1>T</h1><h2>Aims</h2><table>{rows}</table>"), "t1").header

    assert header("<td>1</td><td>2</td>") == ("A", "B")
    assert header("<td><b>1</b></td><td><b>2</b></td>") == ()


def test_rows_of_one_cell_head_those_below_and_none_if_all_are_so() -> None:
    def groups(*rows: str) -> list[str]:
        cells = (f"<tr><td>{row}</td><td></td></tr>" for row in rows)
        head = "<tr><th>A</th><th>B</th></tr>"
        read = table(page(f"<h1>T</h1><h2>Aims</h2><table>{head}{''.join(cells)}</table>"), "t1")
        return [row.group for row in read.rows]

    assert groups("Mice", "one</td><td>2", "Last") == ["", "Mice", "Mice"]
    assert groups("Mice", "Rats") == ["", ""]


def test_a_caption_is_read_once_and_a_formula_in_a_table_is_not_a_table() -> None:
    article = page(
        "<h1>T</h1><h2>Aims</h2><p>Cells.</p><figure><img><figcaption class='x_caption'>Figure 1:"
        " Way.</figcaption></figure><table><tr><td></td><td><math><mi>y</mi></math></td><td>(1)"
        "</td></tr></table>"
    )
    assert prose(article, "f1").text == "Way."
    assert list(blocks(article)) == ["s1-p1", "f1", "s1-p2"]


def test_reference_lists_of_boxes_and_of_paragraphs() -> None:
    boxes = "".join(
        f"<div class='item'><div id='r{n}'><span class='label'>{n}.</span>"
        "<div class='person-group'><div class='name'><div class='surname'>Doe</div> "
        "<div class='given-names'>J</div></div>"
        f"</div>. <div class='article-title'>Title {n}</div>. <div class='source'>J Test</div> <div"
        f" class='year'>2001</div>;<div class='volume'>{n}</div>:<div class='fpage'>1</div>."
        "<div><a href='https://doi.org/10.5555/x'>Crossref</a></div></div></div>"
        for n in (1, 2)
    )
    article = page(
        "<h1>T</h1><h2>Aims</h2><p>Cells (<a href='#r2'>2</a>).</p><h2>References</h2>"
        f"<div class='list'>{boxes}</div>"
    )
    assert list_of_references(article) == [("Title 1", "J Test", 2001), ("Title 2", "J Test", 2001)]
    first = article.references[0]
    assert (authors(first), first.volume, first.doi) == (("Doe J",), "1", "10.5555/x")
    assert cited(prose(article, "s1-p1")) == [("(2)", (2,))]

    paragraphs = "".join(
        f"<p><a id='B{n}'></a>{n}. Doe J. Title {n}. J Test. 2001;{n}:1-2.</p><p><a"
        f" href='https://doi.org/10.5555/x{n}'>CrossRef Full Text</a> | <a href='g'>Google Scholar"
        "</a></p>"
        for n in (1, 2)
    )
    article = page(
        "<h1>T</h1><h2>Aims</h2><p>Cells (<a href='#B2'>2</a>).</p><h2>References</h2>"
        f"<div class='References'>{paragraphs}</div><p>Keywords: ovary, cells</p>"
    )
    assert [one.doi for one in article.references] == ["10.5555/x1", "10.5555/x2"]
    assert cited(prose(article, "s1-p1")) == [("(2)", (2,))]
    assert prose(article, "keywords").text == "ovary, cells"


def test_entries_in_boxes_without_punctuation() -> None:
    entry = (
        "<li><span class='label'><a id='ref-id-bib1' href='#b'>[1]</a></span><div>A. Doe, B. Roe"
        "</div><div>A study of cells</div><div>J. Tests, 12 (2) (2018), pp. 31-45</div><div><a"
        " href='s'>View in Scopus</a></div></li>"
    )
    article = page(
        "<h1>T</h1><h2>Aims</h2><p>Cells [<a href='#bib1'>1</a>].</p><h2>References</h2>"
        f"<ol>{entry}</ol>"
    )
    [one] = article.references
    assert (authors(one), one.title) == (("Doe A", "Roe B"), "A study of cells")
    assert (one.journal, one.volume, one.issue, one.pages) == ("J. Tests", "12", "2", "31-45")
    assert cited(prose(article, "s1-p1")) == [("[1]", (1,))]
