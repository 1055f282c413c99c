"""Whoever sees something that rests on a retracted paper is told so."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner
from flask.testing import FlaskClient
from homes import make_home

from poi_search import cli
from poi_search.article import Name, PublicationNotice, Reference
from poi_search.export import export
from poi_search.export.citation import copy_citation
from poi_search.index.build import build
from poi_search.library import Library
from poi_search.results import CitationLink, HitView, Snippet
from poi_search.search.unit_notes import retraction_lines, retraction_lines_on_hit
from poi_search.web.annotations import annotate

ARTICLE = "/articles/shi-2022"
RETRACTED = {21: "2022-10-13", 23: "2022-09-14"}
RESTING = {"t1-r8": 21, "t1-r9": 23}
NOTICE = "https://doi.org/10.1186/s13287-022-03173-8"


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@cache
def page(client: FlaskClient, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).text, "html.parser")


def told(number: int) -> str:
    return f"Rests on [{number}], retracted {RETRACTED[number]}."


def run(library: Library, *arguments: str) -> str:
    ran = CliRunner().invoke(cli.main, [*arguments, "--home", str(library.home)])
    assert ran.exit_code == 0, ran.output
    return plain(ran.stdout)


def test_two_papers_of_the_review_are_retracted(library: Library) -> None:
    article = library.article("shi-2022")
    assert article
    assert {r.number: r.retracted for r in article.references if r.retracted} == RETRACTED
    resting = {
        unit.anchor: link.number
        for unit in library.units("shi-2022")
        for link in unit.citations
        if link.retracted
    }
    assert resting == RESTING


def test_every_record_of_the_review_matches_a_reference_and_says_where_it_was_seen(
    library: Library,
) -> None:
    path = library.home / "corpus" / "shi-2022-references.ris"
    records = re.findall(r"^TY  - .*?^ER  - $", path.read_text(), re.MULTILINE | re.DOTALL)
    assert len(records) == 50
    assert all("N1  - Seen with this title at http" in record for record in records)
    assert not any("AB  - " in record for record in records)
    assert not any("does not match" in finding.message for finding in library.corpus_findings())
    article = library.article("shi-2022")
    assert article
    assert sum(bool(reference.doi) for reference in article.references) == 48
    assert sum(bool(reference.pmid) for reference in article.references) == 13


def test_json(client: FlaskClient) -> None:
    for number, date in RETRACTED.items():
        reference = client.get(f"/api/units/shi-2022/ref-{number}").json["reference"]  # type: ignore[index]
        assert reference["retracted"] == date
        assert reference["notices"][0]["kind"] == "retraction"
    assert client.get("/api/units/shi-2022/ref-22").json["reference"]["retracted"] == ""  # type: ignore[index]
    for anchor, number in RESTING.items():
        unit = client.get(f"/api/units/shi-2022/{anchor}").json
        assert unit
        dates = {link["number"]: link["retracted"] for link in unit["citations"]}
        assert {n: date for n, date in dates.items() if date} == {number: RETRACTED[number]}
    found = client.get("/api/search?q=hPMSCs+Th17&kind=table").json
    assert found
    assert found["results"][0]["citations"][-1]["retracted"] == RETRACTED[23]


def test_a_hit(client: FlaskClient) -> None:
    (row,) = page(client, "/search?q=hPMSCs+Th17+Tc17&kind=table").select("li.hit")[:1]
    text = plain(row.get_text())
    assert told(23) in text
    assert "Yin et al., 2018 (retracted 2022-09-14)" in text
    assert "Cho et al., 2021;" in text
    (paper,) = page(client, "/search?q=hPMSC+Th17+Tc17&kind=reference").select("li.hit")[:1]
    assert "Retracted (2022-09-14)." in plain(paper.get_text())
    assert paper.select_one(f'a[href="{NOTICE}"]')


def test_the_rest_of_a_passage_is_told_apart() -> None:
    text = "Cells die.[1] Mice live.[2]"
    links = tuple(
        CitationLink(n, f"a/ref-{n}", "X", "", ((at, at + 3),), ((at + 1, at + 2),), date)
        for n, at, date in ((1, 10, "undated"), (2, 24, "2020"))
    )
    fields = ("a/s1-p1", "section", "a", "s1-p1", "/a", "T", None, text, links)
    hit = HitView(*fields, snippet=Snippet(text[:13], (), (), ((0, 13),)))  # type: ignore[arg-type]
    assert retraction_lines_on_hit(hit) == (
        "Rests on [1], retracted.",
        "Elsewhere, the passage rests on [2], retracted 2020.",
    )
    assert retraction_lines(links[1:]) == ("Rests on [2], retracted 2020.",)
    html = str(annotate(text, citations=links))
    assert 'class="retracted" title="[1] retracted"' in html
    assert 'title="[2] retracted 2020"' in html


def test_a_marker_of_a_sound_paper_says_nothing() -> None:
    link = CitationLink(1, "a/ref-1", "X", "/r", ((0, 3),), ((1, 2),))
    assert "retracted" not in str(annotate("[1]", citations=(link,)))
    assert retraction_lines((link,)) == ()


def test_the_page_of_an_article(client: FlaskClient) -> None:
    article = page(client, ARTICLE)
    for anchor, number in RESTING.items():
        marker = article.select_one(f"#{anchor} a.retracted")
        assert marker
        assert f"[{number}] retracted {RETRACTED[number]}" in str(marker["title"])
        (line,) = article.select(f'[data-retraction="{anchor}"]')
        assert line.get_text() == told(number)
        assert line.parent
        assert plain(line.parent.get_text()) == f"Row {anchor[4:]}: {told(number)}"
    assert len(article.select("a.retracted")) == len(article.select("[data-retraction]")) == 2


@pytest.mark.parametrize("number", RETRACTED)
def test_the_card_of_a_citation_and_the_copied_entry(client: FlaskClient, number: int) -> None:
    """The script shows and copies what is in the element with `data-card`."""
    for path in (ARTICLE, f"{ARTICLE}/references/{number}"):
        (card,) = page(client, path).select(f'[data-card="{number}"]')
        (notice,) = card.select("[data-notice]")
        assert f"Retracted ({RETRACTED[number]})." in plain(notice.get_text())
        assert str(notice["data-notice"]).startswith(f"Retracted ({RETRACTED[number]})")
    (button,) = page(client, f"{ARTICLE}/references/{number}").select('[data-copy="text"]')
    assert f"Retracted ({RETRACTED[number]})." in str(button["data-text"])


@pytest.mark.parametrize("number", RETRACTED)
def test_what_cites_a_retracted_paper(client: FlaskClient, number: int) -> None:
    places = page(client, f"{ARTICLE}/references/{number}").select(".hits li")
    assert places
    for place in places:
        (line,) = place.select("[data-retraction]")
        assert line.get_text() == told(number)


def test_the_evidence_matrix(client: FlaskClient) -> None:
    evidence = page(client, f"{ARTICLE}/evidence")
    statements = evidence.select("section.cell li")
    resting = {f"{ARTICLE}#{anchor}": number for anchor, number in RESTING.items()}
    shown: list[Tag] = []
    for item in statements:
        link = item.select_one(".actions a")
        assert link
        lines = [line.get_text() for line in item.select("[data-retraction]")]
        number = resting.get(str(link["href"]))
        assert lines == ([told(number)] if number else [])
        shown += [item] if number else []
    assert shown
    cells = {f"#{item.find_parent('section')['id']}" for item in shown}  # type: ignore[index]
    for link in evidence.select(".matrix td a"):
        rests = str(link["href"]) in cells
        assert ("†" in link.get_text()) == rests
        assert ("Rests on a retracted paper" in str(link["aria-label"])) == rests
    assert "† that a statement rests on a retracted paper" in plain(evidence.get_text())
    for anchor in cells:
        (cites,) = evidence.select(f"{anchor} .cites")
        assert "(retracted 2022-" in plain(cites.get_text())


def test_the_evidence_as_json(client: FlaskClient) -> None:
    answer = client.get(f"/api{ARTICLE}/evidence").json
    assert answer
    found = {
        (statement["anchor"], link["number"], link["retracted"])
        for cell in answer["cells"]
        for statement in cell["statements"]
        for link in statement["citations"]
        if link["retracted"]
    }
    assert found
    assert found <= {(anchor, n, RETRACTED[n]) for anchor, n in RESTING.items()}


def test_the_citation_map(client: FlaskClient) -> None:
    citations = page(client, f"{ARTICLE}/citations")
    for number, date in RETRACTED.items():
        names = citations.select(f'th a[data-refs="{number}"], td a[data-refs="{number}"]')
        assert len(names) >= 2
        for name in names:
            assert name.parent
            assert f"{name.get_text()} (retracted {date})" in plain(name.parent.get_text())
    assert len(citations.select('td a[aria-label*="(retracted 2022-"]')) == 2


def test_the_terminal(library: Library) -> None:
    row = run(library, "search", "hPMSCs Th17 Tc17", "--kind", "table", "--limit", "1")
    assert told(23) in row
    assert "[23] Yin et al., 2018 (retracted 2022-09-14)" in row
    paper = run(library, "search", "hPMSC Th17 Tc17", "--kind", "reference", "--limit", "1")
    assert f"Retracted (2022-09-14). Notice: {NOTICE}." in paper
    shown = run(library, "show", "shi-2022/t1-r8")
    assert told(21) in shown
    assert "(retracted 2022-10-13) shi-2022/ref-21" in shown
    assert "Retracted (2022-10-13)." in run(library, "show", "shi-2022/ref-21")
    assert "etracted" not in run(library, "show", "shi-2022/t1-r7")


def test_check(library: Library) -> None:
    checked = run(library, "check")
    assert "warning: shi-2022 ref-21: Retracted (2022-10-13); cited in t1-r8" in checked
    second = f"Retracted (2022-09-14). Notice: {NOTICE}; cited in t1-r9"
    assert f"warning: shi-2022 ref-23: {second}" in checked
    assert "notice: shi-2022 ref-27: Corrected (2017-03-08); cited in" in checked


def test_exports_and_citations() -> None:
    notice = PublicationNotice("retraction", "2010-02-06", "10.5555/n_1", "9")
    work = Reference(1, "", (Name("Li", "X"),), title="Cells", year=2008, notices=(notice,))
    line = "Retracted (2010-02-06). Notice: https://doi.org/10.5555/n_1 PMID: 9"
    one = [("a/ref-1", work)]
    written = export(one, "ris")
    assert f"N1  - {line}\n" in written
    assert "M3  - Retracted Publication\n" in written
    (item,) = json.loads(export(one, "csl-json"))
    assert (item["status"], item["note"]) == ("retracted", f"{line}.")
    assert line.replace("_", r"\_") in export(one, "bibtex")
    assert copy_citation(work).endswith(f" {line}.")
    assert copy_citation(Reference(1, "Li X. Cells.", notices=(notice,))).endswith(f" {line}.")
    concern = Reference(1, "", title="Cells", notices=(PublicationNotice("concern"),))
    (item,) = json.loads(export([("a/ref-1", concern)], "csl-json"))
    assert "status" not in item
    assert "M3" not in export([("a/ref-1", concern)], "ris")


def test_the_export_of_a_row(client: FlaskClient) -> None:
    for name, said in (
        ("ris", "M3  - Retracted Publication"),
        ("bibtex", "Retracted (2022-10-13)"),
        ("csl-json", '"status": "retracted"'),
    ):
        assert said in client.get(f"/export?format={name}&id=shi-2022/t1-r8").text


JATS = """<article><front><article-meta><title-group><article-title>On cells</article-title>
    </title-group></article-meta></front><body><sec><title>Results</title><p>Cells die [<xref
    ref-type="bibr" rid="r1">1</xref>].</p></sec></body><back><ref-list><ref id="r1">
    <element-citation publication-type="journal"><name><surname>Li</surname>
    <given-names>X</given-names></name><article-title>How cells die</article-title>
    <source>J Cells</source><year>2008</year>
    </element-citation></ref></ref-list></back></article>"""
RECORD = """PMID- 7
TI  - How cells die.
DP  - 2008 May
PT  - Retracted Publication
"""


def test_a_record_of_pubmed_tells_of_a_retraction(tmp_path: Path) -> None:
    place = make_home(tmp_path / "home", also={"a.xml": JATS, "a.nbib": RECORD})
    build(place)
    library = Library.open(place)
    (link,) = next(unit.citations for unit in library.units("a") if unit.citations)
    assert link.retracted == "undated"
    unit = library.unit("a/ref-1")
    assert unit
    assert unit.reference
    assert (unit.reference.retracted, unit.reference.pmid) == ("undated", "7")
    (hit,) = library.search("cells die", kind=("section",)).results
    assert retraction_lines_on_hit(hit) == ("Rests on [1], retracted.",)
