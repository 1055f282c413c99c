"""The parts of pages that are made from data alone: filters, hits, tags, the citation map."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from shelf import ARTICLE, SmallLibrary

from poi_search.article import (
    Abbreviation,
    Affiliation,
    Article,
    Author,
    Name,
    Paragraph,
    Prose,
    Reference,
    Row,
    Section,
    Table,
)
from poi_search.index.units import detail, units
from poi_search.query_view import ConceptView, Correction, QueryView
from poi_search.results import (
    CitationLink,
    FacetCount,
    Facets,
    HitView,
    Match,
    NoteView,
    Place,
    Reason,
    ReferenceView,
    Results,
    SearchRequest,
    Snippet,
    TableView,
    UnitLink,
)
from poi_search.web import search_page
from poi_search.web.addresses import address, export_address
from poi_search.web.article_page import (
    ArticleText,
    article_text,
    citing_place,
    entry,
    notes_within,
    short_place,
    unit_line,
)
from poi_search.web.citation_map import citation_map
from poi_search.web.citation_tags import coins, highwire
from poi_search.web.histogram import Bar, histogram
from poi_search.web.hits import display
from poi_search.web.search_page import FacetChoice, PageLink
from poi_search.web.short_forms import ShortForms

ASKED = SearchRequest(q="cells")
NO_FACETS, CELLS = Facets(), QueryView("cells", "cells")


def results(facets: Facets = NO_FACETS, query: QueryView = CELLS, **values: int) -> Results:
    counts = {"total": 95, "page": 1, "per_page": 10} | values
    return Results(query, **counts, took_ms=1.0, generation="g", facets=facets, results=())


def test_chips_of_concepts() -> None:
    def concept(name: str) -> ConceptView:
        return ConceptView(name, name.upper(), name, (), "", "thesaurus")

    query = QueryView("a", "a", concepts=(concept("a"), concept("b"), concept("a")))
    found = search_page.chips(results(query=query), SearchRequest(q="a", without=("c",), page=3))
    assert [(chip.concept.id, chip.off) for chip in found] == [
        ("a", "/search?q=a&without=c&without=a"),
        ("b", "/search?q=a&without=c&without=b"),
    ]


def test_links_to_the_words_as_typed() -> None:
    query = QueryView(
        "celsl xcelsl", "cells", corrections=(Correction("celsl", "cells"), Correction("y", "z"))
    )
    assert search_page.literal_searches(query, ASKED) == (
        ("cells", PageLink("celsl", "/search?q=%22celsl%22+xcelsl")),
        ("z", PageLink("y", "/search?q=celsl+xcelsl")),
    )


def test_links_without_each_filter() -> None:
    asked = SearchRequest(
        q="c", kind=("table", "figure"), section=("3.4",), journal=("J Cell",), article=("a-1",),
        year_from=2001, year_to=2003, cites=7, page=2,
    )  # fmt: skip
    found = {link.text: dict(parse_qsl(link.url.partition("?")[2])) for link in
             search_page.active_filters(asked)}  # fmt: skip
    whole = dict(parse_qsl(address(asked, page=1).partition("?")[2]))
    assert {name: sorted(whole.items() - rest.items()) for name, rest in found.items()} == {
        "Table rows": [],
        "Figures": [("kind", "figure")],
        "Section 3.4": [("section", "3.4")],
        "J Cell": [("journal", "J Cell")],
        "a-1": [("article", "a-1")],
        "2001–2003": [("year_from", "2001"), ("year_to", "2003")],
        "Cites reference 7": [("cites", "7")],
    }
    assert found["Table rows"]["kind"] == "figure"
    assert found["Figures"]["kind"] == "table"
    assert search_page.active_filters(ASKED) == ()


@pytest.mark.parametrize(
    ("years", "shown"),
    [
        ((2001, None), "2001 or later"),
        ((None, 2003), "2003 or earlier"),
        ((2001, 2001), "2001"),
        ((0, 2003), "0–2003"),
    ],
)
def test_filters_of_years(years: tuple[int | None, int | None], shown: str) -> None:
    (link,) = search_page.active_filters(SearchRequest(year_from=years[0], year_to=years[1]))
    assert link == PageLink(shown, "/search")


def test_the_same_question_without_filters() -> None:
    asked = SearchRequest(q="c", kind=("table",), synonyms="off", without=("a",), page=2)
    assert search_page.unfiltered_address(asked) == "/search?q=c&synonyms=off&without=a"


def test_groups_of_filters() -> None:
    facets = Facets(
        kind=(FacetCount("reference", 9), FacetCount("section", 5)),
        section=(FacetCount("3.4", 2, "Cells"), FacetCount("abstract", 1, "Abstract"),
                 FacetCount("3", 2, "3 Effects")),
        journal=tuple(FacetCount(f"J{n}", 60 - n) for n in range(60)),
        article=(FacetCount("a", 5), FacetCount("b", 1)),
    )  # fmt: skip
    kind, journal, article = search_page.facet_groups(results(facets), ASKED)
    assert [(c.value, c.label, c.count, c.chosen) for c in kind.first] == [
        ("section", "Passages", 5, False),
        ("reference", "References", 9, False),
    ]
    assert (kind.name, kind.title, kind.more) == ("kind", "Kind", ())
    assert (journal.name, journal.title) == ("journal", "Journal")
    assert [c.value for c in journal.first] == [f"J{n}" for n in range(8)]
    assert [c.value for c in journal.more] == [f"J{n}" for n in range(8, 48)]
    assert (article.name, article.title, len(article.first)) == ("article", "Article", 2)
    asked = SearchRequest(q="c", article=("a",), journal=("J20", "Other"))
    _, section, journal, _ = search_page.facet_groups(results(facets), asked)
    assert section.title == "Section"
    assert section.first == (
        FacetChoice("3.4", "3.4 Cells", 2, False, 1),
        FacetChoice("abstract", "Abstract", 1, False),
        FacetChoice("3", "3 Effects", 2, False),
    )
    assert [(c.value, c.count) for c in journal.first[8:]] == [("J20", 40), ("Other", 0)]
    assert all(c.chosen == (c.value in ("J20", "Other")) for c in journal.first)
    assert "J20" not in {c.value for c in journal.more}
    asked = SearchRequest(q="c", section=("3",))
    names = [group.name for group in search_page.facet_groups(results(facets), asked)]
    assert names == ["kind", "section", "journal", "article"]


def test_a_filter_with_one_value_is_offered_only_if_it_is_chosen() -> None:
    one = results(Facets(journal=(FacetCount("J", 3),)))
    assert search_page.facet_groups(one, ASKED) == ()
    chosen = search_page.facet_groups(one, SearchRequest(journal=("J",)))
    assert [group.name for group in chosen] == ["journal"]


@pytest.mark.parametrize(
    ("page", "total", "links"),
    [
        (1, 95, "1 2 … 10"),
        (3, 95, "1 2 3 4 … 10"),
        (5, 95, "1 … 4 5 6 … 10"),
        (10, 95, "1 … 9 10"),
        (1, 11, "1 2"),
        (1, 20, "1 2"),
        (1, 10, ""),
        (1, 0, ""),
    ],
)
def test_links_to_pages(page: int, total: int, links: str) -> None:
    found = search_page.page_links(results(page=page, total=total), ASKED)
    assert " ".join(link.text if link else "…" for link in found) == links
    assert {link.text: link.url for link in found if link}.get("2", "") in (
        "", "/search?q=cells&page=2"
    )  # fmt: skip


def test_addresses() -> None:
    assert address(SearchRequest()) == "/search"
    asked = SearchRequest(q="a b", kind=("table", "figure"), page=3, sort="year")
    assert address(asked) == "/search?q=a+b&kind=table&kind=figure&sort=year&page=3"
    assert address(asked, sort="relevance") == "/search?q=a+b&kind=table&kind=figure"
    assert address(asked, path="/api/search", page=2).startswith("/api/search?q=a+b&kind=table")
    assert export_address(asked, "ris") == (
        "/export?q=a+b&kind=table&kind=figure&cited=on&format=ris"
    )


# Hits


TEXT = "Cells die.[1] They do so often. Others live.[2]"
LINKS = (
    CitationLink(1, "a/ref-1", "Li, 2020", "/r/1", ((10, 13),), ((11, 12),)),
    CitationLink(2, "a/ref-2", "Roe, 2021", "/r/2", ((44, 47),), ((45, 46),)),
)


def hit(**values: object) -> HitView:
    stated: dict[str, object] = {
        "id": "a/s3.4-p1", "kind": "section", "article": "a", "anchor": "s3.4-p1", "url": "",
        "title": "Title", "text": TEXT, "citations": LINKS,
        "section": Place("3.4", "3.4 Cells", ("3 Effects", "3.4 Cells")),
        "marks": ((0, 5),), "kinds": ("typed",),
        "snippet": Snippet("Cells die.[1]", ((0, 5),), ("typed",), ((0, 13),)),
    }  # fmt: skip
    return HitView(**(stated | values))  # type: ignore[arg-type]


def test_a_passage_as_a_hit() -> None:
    notes = (
        NoteView("die", "misprint", "They live.", ((6, 9),)),
        NoteView("live", "misprint", "Said of cells.", ((39, 43),)),
        NoteView("live", "misprint", "Other.", ((39, 43),)),
    )
    shown = display(hit(notes=notes, matches=(Match("Cells", None, ()),)))
    assert (shown.kind, shown.label, shown.through) == ("Passage", "3.4 › Cells", "")
    assert str(shown.text) == (
        '<mark class="typed">Cells</mark> die.<sup class="cite">[<a href="/r/1"'
        ' role="doc-biblioref" data-refs="1">1</a>]</sup>\u00a0…'
    )
    assert (shown.cited, shown.also_cited, shown.cells) == (LINKS[:1], LINKS[1:], ())
    assert (shown.notes, shown.more_notes) == (notes[:2], 1)


def test_sentences_of_a_hit() -> None:
    ends = Snippet("", (), (), ((0, 13), (32, 47)))
    assert display(hit(snippet=ends)).text.striptags() == "Cells die.[1] … Others live.[2]"
    last = Snippet("", (), (), ((32, 47),))
    assert display(hit(snippet=last)).text.striptags() == "… Others live.[2]"


def test_a_row_and_a_reference_as_hits() -> None:
    table = TableView("Table 1", "Sizes", (), ("Cells die.[1]", ""), ((0, 13), (13, 13)))
    row = display(hit(kind="table", table=table, title="Table 1, row 1"))
    assert [cell.striptags() for cell in row.cells] == ["Cells die.[1]", ""]
    assert (row.kind, row.label, row.cited) == ("Table row", "Table 1, row 1", LINKS)
    reference = ReferenceView(7, TEXT, (Name("Li", "X"),), title="They do", year=2020)
    why = (Reason("x", "synonym", "the subject headings"),)
    paper = display(hit(kind="reference", reference=reference, marks=(), kinds=(), why=why))
    assert (paper.kind, paper.label) == ("Reference", "7 · Li, 2020")
    assert paper.through == "the subject headings"
    assert '<span class="ref-title">They do</span> so' in paper.text
    assert display(hit(section=None)).label == "Title"


# Text of an article


def test_lines_with_what_cites() -> None:
    view = hit()
    assert citing_place(view, 2).html.striptags() == "Others live.[2]"
    assert '<mark class="here">' in citing_place(view, 2).html
    table = TableView("Table 1", "Sizes", (), ("a", "", "b"), ((0, 5), (5, 5), (6, 10)))
    row = hit(kind="table", table=table)
    assert unit_line(row, ()).striptags() == "Cells · die."
    assert unit_line(view, ()).striptags() == TEXT
    assert citing_place(hit(kind="figure"), 1).html.striptags() == TEXT


def test_an_entry_without_its_abstract() -> None:
    reference = ReferenceView(1, "", title="Absent")
    view = hit(text="Li X. Cells.\n\nAbstract.", reference=reference, citations=())
    assert entry(view, [(0, 2, "typed")]) == '<mark class="typed">Li</mark> X. Cells.'


@pytest.mark.parametrize(
    ("unit_id", "shown"),
    [("a/s3.2-p1", "3.2 ¶1"), ("a/abstract-p1", "Its label"), ("a/t1-r4", "Its label")],
)
def test_short_places(unit_id: str, shown: str) -> None:
    assert short_place(UnitLink(unit_id, "", "Its label")) == shown


def test_notes_of_a_part_keep_their_numbers() -> None:
    notes = [NoteView("a", "k", "t", ((2, 4), (6, 9))), NoteView("b", "k", "u", ((0, 2),))]
    assert [note.places for note in notes_within(notes, 2, 8)] == [((0, 2),), ()]


def test_cells_that_repeat_the_row_above_are_not_marked() -> None:
    rows = tuple(
        Row(f"t1-r{n}", (Prose(first), Prose("B"))) for n, first in enumerate(("A", "A", "C"), 1)
    )
    table = Table("t1", "Table 1", Prose("Caption"), (), rows)
    article = Article("a", "T", sections=(Section("s1", "1", "", "S", 1, (table,)),))
    views = [unit.view for unit in units(article)]
    marks = {view.anchor: [(0, 1, "typed"), (2, 3, "typed")] for view in views}
    page = article_text(article, views, marks)
    assert page.repeats == {"t1-r2"}
    cells = [[str(cell) for cell in page.cells(row)] for row in rows]
    assert [first for first, _ in cells] == [
        '<mark class="typed">A</mark>', "A", '<mark class="typed">C</mark>',
    ]  # fmt: skip
    assert page.count == 5
    bare = ArticleText(article, {})
    assert (bare.cells(rows[0]), bare.unit("t1-r1"), bare.reference(1)) == (("A", "B"), "", None)
    assert (page.heading_id("t1-r1"), page.heading_id("s1")) == ("", "s1")
    assert page.notes("t1-r1") == page.notes("none") == ()


def test_abbreviations_are_explained_at_their_first_use() -> None:
    text = "The GC and anti-GC and OC of granulosa cells (XC); OC again."
    article = Article(
        "a",
        "T",
        abbreviations=(
            Abbreviation("GC", "granulosa cell", "s2"),
            Abbreviation("OC", "oocyte", "s2"),
            Abbreviation("OC", "oocyte cell", "s3"),
            Abbreviation("XC", "unknown", "s1-p1"),
        ),
        sections=(Section("s1", "1", "", "S", 1, (Paragraph("s1-p1", Prose(text)),)),),
    )
    page = article_text(article, [unit.view for unit in units(article)], {})
    assert page.unit("s1-p1") == text.replace(
        "and OC", 'and <abbr title="oocyte cell">OC</abbr>', 1
    )


def test_short_forms_are_whole_words() -> None:
    found = ShortForms(["GC", "GC-1", "(x)"]).find("GC GCs GC-1 aGC (x) GC")
    assert list(found) == [(0, "GC"), (7, "GC"), (7, "GC-1"), (16, "(x)"), (20, "GC")]


# Tags, the map, the years


def test_tags_of_an_article() -> None:
    article = Article(
        "a", "T", (Author(Name("Li", "Xu"), affiliations=("1", "3")), Author(Name(body="WHO"))),
        (Affiliation("1", "First\n place"), Affiliation("2", "Second"), Affiliation("3", "Third")),
        "", "J", 2020, "5", "2", "11–19", "10.1/a", "77",
    )  # fmt: skip
    assert highwire(article) == [
        ("citation_title", "T"),
        ("citation_author", "Li, Xu"),
        ("citation_author_institution", "First place"),
        ("citation_author_institution", "Third"),
        ("citation_author", "WHO"),
        ("citation_journal_title", "J"),
        ("citation_publication_date", "2020"),
        ("citation_volume", "5"),
        ("citation_issue", "2"),
        ("citation_firstpage", "11"),
        ("citation_lastpage", "19"),
        ("citation_doi", "10.1/a"),
        ("citation_pmid", "77"),
    ]
    assert highwire(Article("a", "T")) == [("citation_title", "T")]


def tags(kind: str, **values: object) -> list[tuple[str, str]]:
    reference = Reference(
        1, "", (Name("Li", "X"), Name(body="WHO")), title="T", journal="J", year=2020, volume="5",
        issue="2", pages="11-19", kind=kind, publisher="P", place="L", **values,  # type: ignore[arg-type]
    )  # fmt: skip
    return parse_qsl(coins(reference))


def test_tags_of_a_reference() -> None:
    assert tags("article", doi="10.1/a", pmid="77") == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
        ("rft.atitle", "T"),
        ("rft.jtitle", "J"),
        ("rft.date", "2020"),
        ("rft.volume", "5"),
        ("rft.issue", "2"),
        ("rft.spage", "11"),
        ("rft.epage", "19"),
        ("rft_id", "info:doi/10.1/a"),
        ("rft_id", "info:pmid/77"),
        ("rft.au", "Li, X."),
        ("rft.aucorp", "WHO"),
    ]
    assert tags("book")[1:7] == [
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "book"),
        ("rft.btitle", "T"),
        ("rft.btitle", "J"),
        ("rft.pub", "P"),
        ("rft.place", "L"),
    ]
    for kind, genre in (("chapter", "bookitem"), ("conference", "proceeding")):
        assert tags(kind)[2:5] == [("rft.genre", genre), ("rft.atitle", "T"), ("rft.btitle", "J")]
    unknown = parse_qsl(coins(Reference(1, "", title="T")))
    assert unknown[2:] == [("rft.genre", "unknown"), ("rft.atitle", "T")]


def test_the_citation_map() -> None:
    views = [unit.view for unit in units(ARTICLE)]
    library = SmallLibrary()
    found = library.detail(ARTICLE.id)
    assert found == detail(ARTICLE, units(ARTICLE))
    assert found is not None
    shown = citation_map(ARTICLE, found.sections, views)
    (line,) = shown.lines
    assert (line.section.anchor, line.middle_year) == ("s1", 2020)
    assert [c.reference.number for c in line.cited] == [1, 2, 3]
    assert [(c.label, c.units, c.sections) for c in shown.columns] == [
        ("Li et al., 2020", 1, 1),
        ("Lötvall, 2019", 1, 1),
        ("Li, 2020", 1, 1),
    ]
    years = [(year, [row.cited.reference.number for row in rows]) for year, rows in shown.by_year]
    assert years == [(2019, [2]), (2020, [1, 3])]
    first = shown.by_year[1][1][0]
    assert [[unit.anchor for unit in cell] for cell in first.cells] == [["s1-p1"]]
    assert shown.most_cited == ()
    assert shown.histogram is not None
    assert [(bar.year, bar.count) for bar in shown.histogram.bars] == [(2019, 1), (2020, 2)]


def test_bars_of_years() -> None:
    shown = histogram({2001: 1, 2003: 56}, 2002, None)
    assert shown is not None
    assert shown.bars == (
        Bar(2001, 1, 0.0, 54.0, 79.0, 2.0, chosen=False),
        Bar(2002, 0, 80.0, 56.0, 79.0, 0.0, chosen=True),
        Bar(2003, 56, 160.0, 0.0, 79.0, 56.0, chosen=True),
    )
    assert (shown.first, shown.last, shown.low, shown.high) == (2001, 2003, 2002, 2003)
    narrow = histogram(((year, 1) for year in range(1900, 2020)), high=1950)
    assert narrow is not None
    assert (narrow.bars[1].x, narrow.bars[1].width) == (2.0, 1.2)
    assert (narrow.low, narrow.high) == (1900, 1950)
    assert histogram({}) is None
