"""What a page says of the works in its list: in its head, by classes, in links, as printed."""

from __future__ import annotations

import pytest
from articles import authors, cited, prose
from test_read_html import page

from poi_search.article import Reference

TEXT = "<h1>T</h1><h2>Aims</h2><p>Cells grow.</p>"


def listed(*entries: str, head: str = "", kind: str = "li") -> tuple[Reference, ...]:
    items = "".join(f"<{kind} id='B{n}'>{text}</{kind}>" for n, text in enumerate(entries, 1))
    return page(f"{TEXT}<h2>References</h2><ol>{items}</ol>", head + "<title>T</title>").references


def only(entry: str, head: str = "") -> Reference:
    [one] = listed(entry, head=head)
    return one


def states(*works: str) -> str:
    return "".join(f'<meta name="citation_reference" content="{work}">' for work in works)


# The head


def test_the_head_completes_entries_that_do_not_print_their_parts() -> None:
    one = only(
        "Doe J and others, cells again, J Odd (somewhere)",
        states(
            "citation_title=Cells again; citation_author=J. Doe; citation_author=A. Roe;"
            " citation_journal_title=J Odd; citation_year=2011; citation_volume=4;"
            " citation_firstpage=5; citation_lastpage=9; citation_doi=10.5555/x"
        ),
    )
    assert (one.title, one.journal, one.year, one.volume) == ("Cells again", "J Odd", 2011, "4")
    assert (authors(one), one.pages, one.doi) == (("Doe J", "Roe A"), "5–9", "10.5555/x")
    assert one.text == "Doe J and others, cells again, J Odd (somewhere)"


def test_works_of_the_head_are_matched_if_some_are_missing() -> None:
    entries = ("Cells, one by one. Doe.", "A note of ours.", "Cells, all together. Roe.")
    head = states(
        "citation_title=Cells, one by one;citation_year=2001",
        "citation_title=Cells, all together;citation_year=2003",
    )
    assert [one.year for one in listed(*entries, head=head)] == [2001, None, 2003]


def test_a_work_of_the_head_that_contradicts_the_entry_is_not_its_work() -> None:
    head = states("citation_title=Quite another work;citation_year=1999;citation_doi=10.5555/b")
    one = only("Doe. <a href='https://doi.org/10.5555/a'>CrossRef</a>", head)
    assert (one.title, one.year, one.doi) == ("", None, "10.5555/a")


def test_the_head_is_the_list_if_the_page_prints_none() -> None:
    head = states(
        "citation_title=Cells; citation_author=Doe, J; citation_year=2001",
        "Roe A. On more cells. J Test. 2002;2:3-4.",
    )
    text = "<h1>T</h1><h2>Aims</h2><p>Cells [1, 2].</p>"
    article = page(text, head + "<title>T</title>")
    assert [one.title for one in article.references] == ["Cells", "On more cells"]
    assert article.references[0].text == "Doe J. Cells. 2001."
    assert cited(prose(article, "s1-p1")) == [("[1, 2]", (1, 2))]


# Classes and links


@pytest.mark.parametrize("prefix", ["", "cit-", "NLM_", "reference-", "ref-"])
def test_class_names_with_the_prefix_of_a_publisher(prefix: str) -> None:
    def part(name: str, text: str) -> str:
        return f"<span class='{prefix}{name}'>{text}</span>"

    one = only(
        f"{part('surname', 'Doe')} {part('given-names', 'J')} | {part('article-title', 'On cells')}"
        f" | {part('source', 'J Test')} | {part('year', '2001')} | {part('volume', '7')} |"
        f" {part('fpage', '11')}"
    )
    assert (one.title, one.journal, one.year) == ("On cells", "J Test", 2001)
    assert (one.volume, one.pages) == ("7", "11")


def test_a_class_on_the_whole_entry_is_no_part_of_it() -> None:
    one = only(
        "<div class='cit ref-cit ref-journal'>Doe J | On cells | <abbr class='cit-jnl-abbrev'>J"
        " Test</abbr> | <span class='cit-pub-date'>2001</span> | <span class='cit-vol'>7</span> |"
        " <span class='cit-fpage'>11</span></div>"
    )
    assert (one.journal, one.year, one.volume) == ("J Test", 2001, "7")


def test_authors_title_and_journal_as_the_items_of_a_list() -> None:
    parts = (
        "<ul class='reference'><li class='referenceLabel'><a class='label' href='#b5'>Doe and Roe,"
        " 2004</a></li><li class='author'>J. Doe, A.B. Roe</li><li class='title'><p>On cells</p>"
        "</li><li class='source'><p>J. Test, 24 (2004), pp. 12–16</p></li></ul>"
    )
    article = page(
        "<h1>T</h1><h2>Aims</h2><p>Cells (<a href='#b5'>Doe and Roe, 2004</a>).</p><h2>References"
        f"</h2>{parts}"
    )
    [one] = article.references
    assert (authors(one), one.title, one.year) == (("Doe J", "Roe AB"), "On cells", 2004)
    assert one.journal == "J. Test"
    assert len(prose(article, "s1-p1").citations) == 1


LOOK_UPS = {
    "scholar": "<a href='https://scholar.google.com/scholar_lookup?title=On+cells&author=J.+Doe"
    "&publication_year=2001&journal=J+Test&volume=7&pages=11-12'>Google Scholar</a>",
    "within another": "<a href='/go?url=http%3A%2F%2Fscholar.google.com%2Fscholar_lookup%3Fvolume"
    "%3D7%26publication_year%3D2001%26pages%3D11-12%26journal%3DJ%2BTest%26author%3DJ%2BDoe%26title%3D"
    "On%2Bcells&amp;doi=10.5555/own'>Google Scholar</a>",
    "openurl": "<a href='{openurl}?query=rft.jtitle%253DJ%252BTest%26rft.atitle%253DOn%252Bcells%26"
    "rft.date%253D2001%26rft.volume%253D7%26rft.spage%253D11%26rft.epage%253D12'>OpenUrl</a>",
    "coins": "<span class='Z3988' title='rft.atitle=On cells&rft.jtitle=J Test&rft.date=2001"
    "&rft.volume=7&rft.spage=11&rft.epage=12&rft.aulast=Doe&rft.aufirst=J.'></span>",
}  # fmt: skip


@pytest.mark.parametrize("link", LOOK_UPS.values(), ids=LOOK_UPS)
def test_a_link_to_a_look_up_states_the_work(link: str) -> None:
    one = only(f"Doe, J.: cells, J Test 7. {link}")
    assert (one.title, one.journal, one.year) == ("On cells", "J Test", 2001)
    assert (one.volume, one.pages) == ("7", "11–12")
    assert one.text == "Doe, J.: cells, J Test 7."


def test_a_list_without_titles_gets_none_from_its_punctuation() -> None:
    one = only(
        "<span class='author'>H. J. Doe</span>, <span class='author'>J. D. Roe</span>, <span"
        " class='journalTitle'>J. Test B</span> <span class='pubYear'>1976</span>, <span"
        " class='vol'>13</span>, <span class='pageFirst'>5188</span>."
    )
    assert (one.title, one.journal, one.year) == ("", "J. Test B", 1976)
    assert only("J. D. Doe and A. Roe, Nat. Test. 13, 481 (2014).").title == ""
    assert only("M. S. Doe: J. Test., 2004, 104, 42–43.").title == ""


# As printed


WORDS = [
    "Publisher Full Text", "PubMed Abstract", "PubMed Central Full Text", "CrossRef", "OpenUrl",
    "View at Google Scholar", "Web of Science® Times Cited: 12", "Search ADS", "View Article",
    "ACS Full Text", "PublisherFullText",
]  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_words_of_links_are_no_part_of_an_entry(words: str) -> None:
    one = only(f"Doe J: On cells. J Test 2001, 1:2. <a href='x'>{words}</a> | <a href='y'>PDF</a>")
    assert (one.title, one.year) == ("On cells", 2001)
    assert one.text == "Doe J: On cells. J Test 2001, 1:2."


@pytest.mark.parametrize(
    ("entry", "year"),
    [
        ("Doe J. Cells of 2001, a report", 2001),
        ("Doe J. The cells of 1999 (2004) and others", 2004),
        ("Doe J. Cells of 1999 and 2004", None),
        ("Doe J. Cells. Pages 1990–1999 of 2004", 2004),
        ("Doe J. Cells. http://example.org/1998/x Accessed 3 May 2019", None),
    ],
)
def test_the_only_year_of_an_entry(entry: str, year: int | None) -> None:
    assert only(entry).year == year


@pytest.mark.parametrize(
    ("entry", "title", "journal"),
    [
        ("A. B. Doe and C. Roe, “On cells,” J Test, vol. 3, no. 4, pp. 5–6, 2001.",
         "On cells", "J Test"),
        ("Doe, J. “Small cells,” in <i>All Cells</i>, ed. R. Poe (Oslo: House), 2–9.",
         "Small cells", "All Cells"),
        ("Doe, J. (2001). Cells: a view. <i>J of Tests</i>, <i>9</i>, 1–2, and more.",
         "Cells: a view", "J of Tests"),
        ("DOE, J. and ROE, A., 2001. Cells of <i>Homo</i> sp. <i>J of Tests</i>, vol. 4, no. 1.",
         "Cells of Homo sp", "J of Tests"),
        ("Doe, J. (2001). <i>The book of cells</i> (2nd ed.). Oslo: House.", "The book of cells",
         ""),
        ("Doe J, Roe A, et al.: On cells. Test J. 2001; 5(2): 3–4.", "On cells", "Test J"),
        ("Doe, A.S. & Roe, B. 1996. On small cells. Test Journal, 7: 43-51.",
         "On small cells", "Test Journal"),
        ("Doe J. The “lonely” cells of man", "", ""),
    ],
)  # fmt: skip
def test_titles_by_quotation_marks_italics_and_punctuation(
    entry: str, title: str, journal: str
) -> None:
    one = only(entry)
    assert (one.title, one.journal) == (title, journal)


def test_what_follows_the_list_or_is_a_button_in_it_is_no_entry() -> None:
    article = page(
        f"{TEXT}<h2>References</h2><ul><li><a href='#'>original order</a></li></ul><ol><li"
        " id='B1'>Doe J. Cells. 2001.</li><li id='B2'>Roe A. More. 2002.</li><li id='B3'>Poe."
        " 2003.</li></ol><p>a Instrumental broadening</p><ul><li><a href='/p'>Privacy Policy</a>"
        "</li></ul><p>All content is licensed under a licence.</p>"
    )
    assert [one.year for one in article.references] == [2001, 2002, 2003]


def test_a_list_shown_twice_is_one_and_an_entry_printed_twice_is_two() -> None:
    entries = [f"<li id='%s{n}'>Doe J. Title {n}. J Test. 2001;{n}:1.</li>" for n in range(1, 5)]
    first, second = ("".join(one % name for one in entries) for name in ("a", "b"))
    article = page(
        f"<h1>T</h1><div class='references'><ol>{first}</ol></div><h2>Aims</h2><p>Cells [<a"
        f" href='#b2'>2</a>].</p><h2>References</h2><ol>{second}</ol>"
    )
    assert len(article.references) == 4
    assert cited(prose(article, "s1-p1")) == [("[2]", (2,))]
    assert len(listed("Doe. 2001.", "Roe. 2002.", "Doe. 2001.")) == 3


def test_other_lists_that_a_class_calls_references_are_not() -> None:
    article = page(
        "<h1>T</h1><h2>Aims</h2><p>Cells grow.</p><h2>Edited by</h2><div class='ref-list'><ul><li>"
        "Section Editor: A. Poe</li></ul></div><h2>References</h2><ol><li>Doe. 2001.</li></ol>"
    )
    assert [one.text for one in article.references] == ["Doe. 2001."]


# Citations

MARKS = {
    "rid": "<a data-jats-rid='B2' href='http://example.org'>Doe, 2002</a>",
    "xml": "<a data-xml-rid='B2' href='#core-B2'>Doe, 2002</a>",
    "collateral": "<a href='#core-collateral-B2'>Doe, 2002</a>",
    "rel": "<a rel='references:#B2 #B3' href='#none'>Doe, 2002, 2003</a>",
    "fragment": "<a href='#B2 B3'>Doe, 2002, 2003</a>",
    "script": "<a onclick=\"showRef(event, 'B2 B3'); return false;\" href='JavaScript:void(0);'>"
    "Doe, 2002, 2003</a>",
    "page": "<a href='/articles/x#B2'>Doe, 2002</a>",
}  # fmt: skip


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_ways_in_which_links_name_entries(mark: str) -> None:
    numbers = (2, 3) if "2003" in mark else (2,)
    items = "".join(f"<li id='B{n}'>Doe J. 200{n}.</li>" for n in range(1, 4))
    article = page(
        f"<h1>T</h1><h2>Aims</h2><p>Cells ({mark}).</p><h2>References</h2><ol>{items}</ol>"
    )
    assert [one for _, one in cited(prose(article, "s1-p1"))] == [numbers]


def test_a_box_with_the_whole_entry_beside_a_marker() -> None:
    entry = "Doe J, Roe A. On small cells that grow slowly. J Test. 2001;1:2-3."
    article = page(
        f"<h1>T</h1><h2>Aims</h2><p>As <span class='r'><strong>Doe (2001)</strong><span>{entry}"
        f"</span></span> say.</p><h2>References</h2><ul><li>{entry}</li></ul>"
    )
    assert prose(article, "s1-p1").text == "As Doe (2001) say."
    assert cited(prose(article, "s1-p1")) == [("Doe (2001)", (1,))]


def test_a_link_to_an_entry_of_several_works() -> None:
    article = page(
        "<h1>T</h1><h2>Aims</h2><p>Cells [<a href='#bib1'>1</a>].</p><h2>References</h2><ol><li"
        " id='bib1a'>Doe. 2001.</li><li id='bib1b'>Roe. 2002.</li><li id='bib2'>Poe. 2003.</li>"
        "</ol>"
    )
    assert [one for _, one in cited(prose(article, "s1-p1"))] == [(1, 2)]


def test_items_that_a_click_shows_are_entries() -> None:
    items = "".join(
        f"<div role='listitem'{' hidden' if n > 1 else ''}><div id='r{n}'>Doe. Title {n}. 200{n}."
        "</div></div>"
        for n in range(1, 4)
    )
    article = page(f"{TEXT}<h2>References</h2><div>{items}</div>")
    assert [one.year for one in article.references] == [2001, 2002, 2003]
