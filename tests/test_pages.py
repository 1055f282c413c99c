"""The pages, parsed: what a reader finds on them, and what holds for all of them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from poi_search.article import Licence
from poi_search.library import Library
from poi_search.results import SearchRequest
from poi_search.text.sentences import sentences
from poi_search.web import create_app, evidence_page, examples, labels
from poi_search.web.article_page import citing_place
from poi_search.web.histogram import histogram
from poi_search.web.hits import display

ARTICLE = "/articles/shi-2022"
PAGES = (
    "/",
    "/search?q=mir21+granulosa",
    "/search?q=POI&kind=reference&year_from=2018&sort=-year",
    "/search?q=IL-99",
    "/search?q=POI&sort=bad",
    "/articles",
    ARTICLE,
    f"{ARTICLE}?q=mir21",
    f"{ARTICLE}/references/35",
    f"{ARTICLE}/citations",
    f"{ARTICLE}/evidence",
    "/about",
    "/api",
    "/nowhere",
)


def fetch(client: FlaskClient, address: str) -> tuple[TestResponse, BeautifulSoup]:
    response = client.get(address)
    return response, BeautifulSoup(response.text, "lxml")


fetch_once = cache(fetch)


def page(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    """A page, which other tests may share."""
    response, soup = fetch_once(client, address)
    assert response.status_code == status, response.text[:500]
    return soup


def text(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text().split())


def hits(soup: BeautifulSoup) -> list[dict[str, Any]]:
    return [
        {
            "kind": text(hit.select_one(".kind")),
            "url": href(hit.select_one(".place a")),
            "marks": [mark.text for mark in hit.select("mark")],
        }
        for hit in soup.select("li.hit")
    ]


def href(tag: Tag | None) -> str:
    assert tag is not None
    return str(tag["href"])


def asked(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


class Site:
    """The pages requested by tests, each fetched and parsed once."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        self._ids: dict[str, list[str]] = {}
        self._statuses: dict[str, int] = {}

    def get(self, address: str) -> tuple[TestResponse, BeautifulSoup]:
        return fetch_once(self._client, address)

    def ids(self, address: str) -> list[str]:
        """The ids of the elements of a page."""
        if address not in self._ids:
            self._ids[address] = [str(tag["id"]) for tag in self.get(address)[1](id=True)]
        return self._ids[address]

    def status(self, address: str) -> int:
        if address not in self._statuses:
            self._statuses[address] = self._client.get(address).status_code
        return self._statuses[address]


@pytest.fixture(scope="module")
def site(client: FlaskClient) -> Site:
    return Site(client)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_sound(site: Site, address: str) -> None:
    response, soup = site.get(address)
    ids = site.ids(address)
    assert len(ids) == len(set(ids))
    assert len(soup("h1")) == 1
    levels = [int(tag.name[1]) for tag in soup(["h1", "h2", "h3", "h4", "h5", "h6"])]
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))
    assert not soup("style") + soup("script", src=False) + soup(style=True)
    assert not [a for tag in soup(True) for a in tag.attrs if a.startswith("on")]
    own = [tag.get("src") or tag.get("href") for tag in soup(["script", "link", "img"])]
    assert all(str(url).startswith("/") for url in own)
    assert response.headers["Content-Security-Policy"].split("; ") == [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
        "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'",
        "frame-ancestors 'none'",
    ]  # fmt: skip
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("address", PAGES)
def test_internal_links_have_targets(site: Site, address: str) -> None:
    _, soup = site.get(address)
    inside = set(site.ids(address))
    links = [str(a["href"]) for a in soup("a", href=True)]
    assert [url for url in links if url.startswith("#") and url[1:] not in inside] == []
    anchors = set(site.ids(ARTICLE))
    to_article = [urlsplit(url) for url in links if urlsplit(url).path == ARTICLE]
    assert [u.fragment for u in to_article if u.fragment and u.fragment not in anchors] == []
    paths = {urlsplit(url).path for url in links if url.startswith("/")}
    paths -= {"/openapi.json", "/export"}
    assert [path for path in sorted(paths)[:40] if site.status(path) != 200] == []


def test_pages_are_small(client: FlaskClient) -> None:
    soup = page(client, "/search?q=mir21+granulosa")
    parts = [
        str(tag.get("src") or tag["href"]) for tag in soup.select("script, link[rel~=stylesheet]")
    ]
    assert len(parts) == 2
    sizes = [
        len(client.get(url, buffered=True).data) for url in ("/search?q=mir21+granulosa", *parts)
    ]
    assert sum(sizes) < 100_000


def test_results_show_kind_place_and_marks(client: FlaskClient, library: Library) -> None:
    soup = page(client, "/search?q=mir21+granulosa")
    found = library.search("mir21 granulosa")
    shown = hits(soup)
    assert [hit["url"] for hit in shown] == [hit.url for hit in found.results]
    assert {hit["kind"] for hit in shown} <= {"Passage", "Table row", "Figure", "Reference"}
    assert {"miR-21", "MicroRNA 21"} <= {mark for hit in shown for mark in hit["marks"]}
    assert text(soup.select_one("h1")).startswith(f"{found.total} results")
    assert soup.title is not None
    assert soup.title.text == f"mir21 granulosa: {found.total} results · POI search"


def test_typed_words_and_synonyms_are_marked_differently(client: FlaskClient) -> None:
    soup = page(client, "/search?q=POI&per_page=50")
    kinds = {(mark["class"][0], mark.text) for mark in soup.select("mark")}
    assert ("typed", "POI") in kinds
    assert ("synonym", "premature ovarian failure") in {(k, t.lower()) for k, t in kinds}


def test_each_concept_can_be_switched_off(client: FlaskClient, library: Library) -> None:
    soup = page(client, "/search?q=POI+granulosa")
    chips = [
        {"text": text(chip.select_one("summary")), "off": href(chip.select_one(".off"))}
        for chip in soup.select(".chip")
    ]
    first = library.search("POI granulosa").query.concepts[0]
    assert chips[0]["text"].startswith(f"{first.matched} → {first.label}")
    assert asked(chips[0]["off"])["without"] == [first.id]
    without = page(client, chips[0]["off"])
    off = [
        (text(c.select_one("s")), asked(href(c.select_one("a"))))
        for c in without.select(".chip-off")
    ]
    assert off == [(first.label, {"q": ["POI granulosa"]})]
    assert [i["value"] for i in without.select("input[name=without]")] == [first.id]


def test_a_correction_says_so_and_offers_the_words_as_typed(client: FlaskClient) -> None:
    soup = page(client, "/search?q=granuloza+proliferation")
    notice = soup.select_one(".notice")
    assert text(notice).startswith(
        "Nothing contains granuloza; showing results for granulosa instead."
    )
    assert notice is not None
    assert asked(str(href(notice.select_one("a"))))["q"] == ['"granuloza" proliferation']


def test_without_hits_each_part_is_counted(client: FlaskClient) -> None:
    soup = page(client, "/search?q=IL-8+AND+scaffold")
    parts = [
        (text(li.select_one("a")), text(li).rpartition(": ")[2]) for li in soup.select(".none li")
    ]
    assert [part for part, _ in parts] == ["IL-8", "scaffold"]
    assert all(int(count) > 0 for _, count in parts)


def test_a_hit_without_marks_says_how_it_was_found(client: FlaskClient, library: Library) -> None:
    soup = page(client, "/search?q=POI&kind=table&per_page=50")
    found = library.search(SearchRequest(q="POI", kind=("table",), per_page=50)).results
    told = [hit.select_one(".found") for hit in soup.select("li.hit")]
    assert [tag is None for tag in told] == [bool(hit.matches) for hit in found]
    assert all("caption of the table" in text(tag) for tag in told if tag)
    assert not page(client, "/search?q=&cites=47").select(".found")


def test_a_row_of_a_table_is_shown_in_cells_or_as_text_not_both(library: Library) -> None:
    found = library.search(SearchRequest(q="POI", kind=("table",), per_page=50)).results
    shown = [display(hit) for hit in found]
    assert any(one.cells for one in shown)
    assert not any(one.cells and one.text for one in shown)


def test_citations_of_the_sentences_shown_come_before_those_of_the_rest(
    client: FlaskClient, library: Library
) -> None:
    soup = page(client, "/search?q=arterial+injection")
    hit = library.search("arterial injection").results[0]
    cites = soup.select("li.hit")[0].select_one(".cites")
    assert isinstance(cites, Tag)
    shown = {
        str(link.number)
        for link in hit.citations
        if any(a <= s < b for s, _ in link.places for a, b in hit.snippet.spans)
    }
    rest = cites.select("details:last-of-type a[data-refs]")
    numbers = {str(a["data-refs"]) for a in cites.select("a[data-refs]")}
    assert numbers == {str(link.number) for link in hit.citations}
    assert {str(a["data-refs"]) for a in rest} == numbers - shown != set()


def test_filters_keep_the_selection(client: FlaskClient) -> None:
    soup = page(client, "/search?q=POI&kind=reference&year_from=2018&year_to=2020")
    boxes = [(i["name"], i["value"]) for i in soup.select("input[type=checkbox][checked]")]
    assert boxes == [("kind", "reference")]
    assert {hit["kind"] for hit in hits(soup)} == {"Reference"}
    applied = [
        (text(s).removesuffix(" ×"), asked(href(s.select_one("a"))))
        for s in soup.select(".applied li:has(.off)")
    ]
    assert applied == [
        ("References", {"q": ["POI"], "year_from": ["2018"], "year_to": ["2020"]}),
        ("2018–2020", {"q": ["POI"], "kind": ["reference"]}),
    ]
    bars = list(soup.select(".bars g[data-year]"))
    left_out = {int(str(g["data-year"])) for g in bars if g.select(".left-out")}
    assert left_out and not left_out & {2018, 2019, 2020}
    rows = {text(tr.th): text(tr.td) for tr in soup.select(".years tbody tr")}
    assert set(rows) == {str(g["data-year"]) for g in bars if g.select(".bar")}


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, "1 2 … 10 Next"),
        (2, "Previous 1 2 3 … 10 Next"),
        (3, "Previous 1 2 3 4 … 10 Next"),
        (5, "Previous 1 … 4 5 6 … 10 Next"),
        (9, "Previous 1 … 8 9 10 Next"),
        (10, "Previous 1 … 9 10"),
    ],
)
def test_links_to_neighbouring_first_and_last_pages(
    client: FlaskClient, number: int, shown: str
) -> None:
    soup = page(client, f"/search?kind=reference&per_page=10&page={number}")
    pager = soup.select_one(".pages")
    assert pager is not None
    assert [text(li) for li in pager.select("li")] == shown.split()
    assert text(pager.select_one("[aria-current]")) == str(number)
    for link in pager.select("a"):
        step = {"Previous": number - 1, "Next": number + 1}.get(link.text)
        assert asked(href(link)).get("page", ["1"]) == [str(step or int(link.text))]


def test_a_single_page_has_no_page_links(client: FlaskClient, library: Library) -> None:
    found = library.search("vitrification OR fibrosis").total
    assert 1 < found < 100
    query = "/search?q=vitrification+OR+fibrosis&per_page="
    assert not page(client, f"{query}{found}").select(".pages")
    two = page(client, f"{query}{found - 1}").select(".pages li")
    assert [text(li) for li in two] == ["1", "2", "Next"]


def test_an_invalid_parameter_is_explained(client: FlaskClient) -> None:
    soup = page(client, "/search?q=POI&sort=bad", 400)
    assert text(soup.select_one("#fault")).startswith("sort: “bad” is not valid")
    assert [field["value"] for field in soup.select("#q")] == ["POI"]
    deep = page(client, "/search?q=" + "(" * 40 + "a" + ")" * 40, 400)
    assert text(deep.select_one("#fault")).startswith("q: ")


def test_the_article_has_every_unit_and_every_marker(client: FlaskClient, library: Library) -> None:
    soup = page(client, ARTICLE)
    ids = {tag["id"] for tag in soup.select("[id]")}
    units = library.units("shi-2022")
    assert [unit.anchor for unit in units if unit.anchor not in ids] == []
    for unit in units:
        if unit.kind == "reference" or unit.table:
            continue
        shown = soup.find(id=unit.anchor)
        assert isinstance(shown, Tag)
        cited = {n for a in shown.select("a[data-refs]") for n in str(a["data-refs"]).split()}
        assert cited == {str(link.number) for link in unit.citations}
        assert " ".join(unit.text.split()) in text(shown)


def test_marks_in_the_article_are_those_of_the_question(
    client: FlaskClient, library: Library
) -> None:
    soup = page(client, f"{ARTICLE}?q=mir21#s3.2-p1")
    unit = soup.find(id="s3.2-p1")
    assert isinstance(unit, Tag)
    found = library.marks("shi-2022", SearchRequest(q="mir21"))["s3.2-p1"]
    assert len(unit.select("mark")) == len(found)
    assert {mark.text for mark in unit.select("mark")} == {"MicroRNA-21", "miR-21"}


def test_abbreviations_are_explained_in_place(client: FlaskClient) -> None:
    soup = page(client, ARTICLE)
    told = {(abbr.text, abbr["title"]) for abbr in soup.select("abbr")}
    assert ("GCs", "granulosa cells") in told
    for abbr in soup.select("abbr"):
        around = abbr.find_parent(["p", "td", "figcaption", "caption", "div"])
        assert isinstance(around, Tag)
        assert str(abbr["title"]).lower() not in text(around).lower()


def test_a_reference_lists_the_places_that_cite_it(client: FlaskClient, library: Library) -> None:
    soup = page(client, f"{ARTICLE}/references/49")
    unit = library.unit("shi-2022/ref-49")
    assert unit is not None and unit.reference
    assert [hit["url"] for hit in hits(soup)] == [link.url for link in unit.reference.cited_by]
    assert all("49" in " ".join(hit["marks"]) for hit in hits(soup) if hit["kind"] == "Passage")
    page(client, f"{ARTICLE}/references/999", 404)


def test_a_passage_is_cut_to_the_sentences_that_cite(library: Library) -> None:
    reference = library.unit("shi-2022/ref-49")
    assert reference is not None and reference.reference
    cut = 0
    for link in reference.reference.cited_by:
        passage = library.unit(link.id)
        if passage is None or passage.kind != "section":
            continue
        places = [at for one in passage.citations if one.number == 49 for at, _ in one.places]
        shown = BeautifulSoup(citing_place(passage, 49).html, "html.parser").get_text()
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            assert (sentence in shown) == any(start <= at < end for at in places)
            cut += sentence not in shown
    assert cut


def test_styles_and_scripts_of_a_page_are_delivered(client: FlaskClient) -> None:
    soup = page(client, "/")
    assets = {str(tag["href"]) for tag in soup.select("link[rel=stylesheet]")}
    assets |= {str(tag["src"]) for tag in soup.select("script[src]")}
    assert assets
    for address, status in (*((asset, 200) for asset in assets), ("/static/__init__.py", 404)):
        with client.get(address) as response:
            assert response.status_code == status


@pytest.mark.parametrize(
    ("doi", "url", "addresses"),
    [
        ("10.1002/1(16)<1::A>3#x", "https://x.org/by?a=1",
         ["https://doi.org/10.1002/1(16)%3C1::A%3E3%23x", "https://x.org/by?a=1"]),
        ("abc", "javascript:alert(1)", []),
        ("", "//x.org/by", []),
    ],
)  # fmt: skip
def test_the_imprint_links_only_to_web_addresses(
    client: FlaskClient,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    doi: str,
    url: str,
    addresses: list[str],
) -> None:
    found = library.article("shi-2022")
    assert found is not None
    changed = replace(found, doi=doi, licence=Licence("CC BY", url))
    monkeypatch.setattr(Library, "article", lambda *_: changed)
    imprint = fetch(client, ARTICLE)[1].select_one(".imprint")
    assert imprint is not None
    assert [href(link) for link in imprint.select("a")] == addresses
    assert "CC BY" in text(imprint)


def test_reference_managers_find_article_and_references(client: FlaskClient) -> None:
    soup = page(client, ARTICLE)
    tags: dict[str, list[str]] = {}
    for meta in soup.select("meta[name^=citation_]"):
        tags.setdefault(str(meta["name"]), []).append(str(meta["content"]))
    assert len(tags["citation_author"]) == 6
    assert tags["citation_author"][0] == "Shi, Lan"
    assert tags["citation_doi"] == ["10.1097/MD.0000000000030013"]
    assert tags["citation_publication_date"] == ["2022"]
    spans = [parse_qs(str(span["title"])) for span in soup.select(".Z3988")]
    assert len(spans) == 98
    assert spans[34]["rft.jtitle"] == ["J Immunol Res"]
    assert spans[34]["rft.au"][0] == "Li, X."


def test_the_citation_map_has_every_citation(client: FlaskClient, library: Library) -> None:
    soup = page(client, f"{ARTICLE}/citations")
    rows = soup.select("table.map tbody tr")
    assert len(rows) == 98
    sums = {text(tr.select_one(".nr")): text(tr.select_one(".sum")) for tr in rows}
    for unit in library.units("shi-2022"):
        if unit.reference:
            number = str(unit.reference.number)
            assert sums[number] == str(len(unit.reference.cited_by))
    cells = sum(len(tr.select("td a")) for tr in rows)
    rests = [int(text(tr.select_one(".figure"))) for tr in soup.select("table.rests tbody tr")]
    assert cells == sum(rests)


def test_the_most_cited_references_are_cited_in_several_places(
    client: FlaskClient, library: Library
) -> None:
    heading = page(client, f"{ARTICLE}/citations").find("h2", string="Most cited")
    assert isinstance(heading, Tag)
    listed = heading.find_next("table")
    assert isinstance(listed, Tag)
    shown = [[text(cell) for cell in tr.select("th, td")] for tr in listed.select("tbody tr")]
    detail = library.detail("shi-2022")
    assert detail is not None
    cited: dict[int, tuple[int, int]] = {}
    for unit in library.units("shi-2022"):
        if unit.reference:
            places = {link.id.split("/")[1] for link in unit.reference.cited_by}
            sections = [s for s in detail.sections if places.intersection(s.anchors)]
            cited[unit.reference.number] = len(places), len(sections)
    most = sorted(cited, key=lambda n: (-cited[n][0], -cited[n][1], n))
    expected = [n for n in most if cited[n][0] > 1][:12]
    assert len(expected) == 12
    assert [(int(units), int(sections)) for _, units, sections in shown] == [
        cited[n] for n in expected
    ]


def test_the_evidence_matrix_counts_its_statements(client: FlaskClient) -> None:
    soup = page(client, f"{ARTICLE}/evidence")
    table = soup.select_one("table.matrix")
    assert table is not None
    assert [text(th) for th in table.select("thead th")][1:] == [
        "Angiogenesis",
        "Apoptosis",
        "Immunity",
        "Autophagy and oxidative stress",
        "Fibrosis and inflammation",
        "Differentiation",
        "Homing",
        "Secretion",
        "Proliferation",
    ]
    for link in table.select("td a"):
        section = soup.find(id=str(link["href"])[1:])
        assert isinstance(section, Tag)
        assert len(section.select("li")) == int(link.text.split()[0])
    empty = [text(td.select_one(".unseen")) for td in table.select("td:not(:has(a))")]
    assert set(empty) == {"not stated in this review"}


def test_about_shows_what_happened_to_the_source(client: FlaskClient, library: Library) -> None:
    soup = page(client, "/about")
    article = library.article("shi-2022")
    assert article is not None
    shown = [text(li) for li in soup.select(".findings li")]
    assert len(shown) == len(article.findings) + len(library.corpus_findings())
    assert library.generation in text(soup.select_one(".facts"))
    ledger = soup.select("table:has(td) tbody tr")
    assert len(ledger) == len(article.ledger) + len(article.repairs)


def test_home_suggests_questions_with_results(client: FlaskClient) -> None:
    soup = page(client, "/")
    links = [str(a["href"]) for a in soup.select(".examples a")]
    assert len(links) == 6
    totals = [text(page(client, link).select_one("h1")) for link in links]
    assert not [total for total in totals if not re.match(r"[1-9]", total)]


def test_examples_are_chosen_once_for_each_generation(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[str] = []
    monkeypatch.setattr(examples, "examples", lambda library: chosen.append(library.generation))
    client = create_app(library, testing=True).test_client()
    for generation in ("one", "one", "two", "two"):
        monkeypatch.setattr(Library, "generation", generation)
        fetch(client, "/")
    assert chosen == ["one", "two"]


def test_the_references_are_offered_in_each_format(client: FlaskClient) -> None:
    links = page(client, "/search?q=POI&kind=reference").select(".export a")
    assert [text(link) for link in links] == ["BibTeX", "CSL-JSON", "RIS"]
    for link, type_ in zip(links, ("x-bibtex", "citationstyles", "x-research-info"), strict=True):
        exported = client.get(str(link["href"]))
        assert type_ in exported.content_type


def test_an_outdated_index_is_announced(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not page(client, "/").select(".stale")
    monkeypatch.setattr(Library, "stale", lambda self: True)
    assert text(fetch(client, "/")[1].select_one(".stale")).startswith(
        "The corpus or the thesaurus has changed"
    )


def test_an_internal_error_is_admitted(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Library, request: SearchRequest) -> None:
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(Library, "search", broken)
    app = create_app(library)
    monkeypatch.setattr(app.logger, "disabled", True)
    soup = page(app.test_client(), "/search?q=POI", 500)
    assert text(soup.select_one("h1")) == "Something went wrong"
    assert "disk" not in soup.get_text()


def test_a_page_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/search?q=POI")
    again = client.get("/search?q=POI", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/search?q=MSC", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_every_mechanism_of_the_matrix_is_in_the_thesaurus(library: Library) -> None:
    plan = evidence_page.design()
    named = [plan.sources, *plan.without, *(c for m in plan.mechanisms for c in m.concepts)]
    assert [concept for concept in named if library.concept(concept) is None] == []


def test_numbers_and_dates_are_formatted_for_readers() -> None:
    assert labels.number(12345) == "12\u202f345"
    assert labels.day("2026-11-22T15:46:49+00:00") == "22 November 2026, 15:46"
    assert labels.people(["A", "B", "C", "D"]) == "A, B, C and 1 other"
    assert (
        labels.count_list({"table": 1, "section": 2, "figure": 0}) == "2 passages and 1 table row"
    )
    assert labels.count_list({}) == "nothing yet"


def test_an_id_has_words_between_hyphens() -> None:
    assert labels.slug("(Stem cells & more)") == "stem-cells-more"


def test_the_histogram_includes_every_year() -> None:
    drawn = histogram({2018: 2, 2021: 4}, 2019, None)
    assert drawn is not None
    assert [(bar.year, bar.count, bar.chosen) for bar in drawn.bars] == [
        (2018, 2, False),
        (2019, 0, True),
        (2020, 0, True),
        (2021, 4, True),
    ]
    assert [bar.height for bar in drawn.bars] == [28.0, 0.0, 0.0, 56.0]
    assert histogram({}) is None


def test_every_filter_offered_can_be_selected(client: FlaskClient) -> None:
    soup = page(client, "/search?q=POI")
    for box in soup.select("input[type=checkbox]"):
        count = text(box.find_next(class_="count"))
        query = urlencode({"q": "POI", str(box["name"]): str(box["value"])})
        shown = client.get(f"/search?{query}").text
        heading = BeautifulSoup(shown[shown.index("<h1") : shown.index("</h1>")], "lxml")
        assert text(heading.h1).split()[0] == count
