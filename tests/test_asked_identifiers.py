"""Questions for a DOI, PMID or PMCID find exactly what bears it, and say if nothing does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from homes import make_home
from rewritten import rewrite

from poi_search.library import Library
from poi_search.query.typed_identifiers import read_identifier
from poi_search.results import Reason
from poi_search.web import create_app

DOI = "10.5555/j.x.2013.06.014"
ARTICLE = f"""<article><front><article-meta>
<article-id pub-id-type="doi">10.5555/Rev.1</article-id>
<article-id pub-id-type="pmid">31000001</article-id>
<title-group><article-title>Cells of the ovary</article-title></title-group></article-meta></front>
<body><sec><title>A</title><p>Cells at 10 and 06 and 14 days, and 2013 more
[<xref ref-type="bibr" rid="B1">1</xref>].</p><p>23 and 5555 others.</p></sec></body>
<back><ref-list><ref id="B1"><label>1</label><element-citation publication-type="journal">
<name><surname>Li</surname><given-names>X</given-names></name>
<article-title>A study of cells</article-title><source>J X</source><year>2013</year>
<volume>1</volume><fpage>2</fpage><pub-id pub-id-type="doi">{DOI}</pub-id>
<pub-id pub-id-type="pmid">23000001</pub-id><pub-id pub-id-type="pmcid">PMC3000001</pub-id>
</element-citation></ref><ref id="B2"><label>2</label><element-citation
publication-type="journal"><article-title>Of cells</article-title><source>J X</source>
<year>2014</year><pub-id pub-id-type="pmid">77</pub-id></element-citation></ref>
</ref-list></back></article>"""


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> Library:
    place: Path = make_home(tmp_path_factory.mktemp("cells") / "h", also={"cells.xml": ARTICLE})
    Library.build(place)
    return Library.open(place)


def anchors(library: Library, question: str) -> list[str]:
    return [hit.anchor for hit in library.search(question).results]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (DOI, ["ref-1"]),
        (f"https://doi.org/{DOI.upper()}", ["ref-1"]),
        (f"{DOI}[doi]", ["ref-1"]),
        ("23000001", ["ref-1"]),
        ("PMID: 23000001", ["ref-1"]),
        ("pmcid:3000001", ["ref-1"]),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC3000001/", ["ref-1"]),
        ("doi:10.5555/rev.1", ["s1-p1"]),
        ("31000001", ["s1-p1"]),
        ("31000001, 23000001", ["s1-p1", "ref-1"]),
        (f"31000001 PMC3000001 {DOI}", ["s1-p1", "ref-1"]),
        ("77", ["ref-2"]),
        ("2013", ["ref-1", "s1-p1"]),
        ("77 cells", ["s1-p1", "ref-1", "ref-2"]),
        ("cells 23000001", ["ref-1"]),
        (f"cells NOT {DOI}", ["s1-p1", "ref-2"]),
        ("10.5555/j.x.2013", []),
        ("PMID: 10", []),
        ("pmid:2013", []),
        ("10.1234/none", []),
        # Closing signs, brackets, quotation marks and signs without width
        (f"https://doi.org/{DOI}/", ["ref-1"]),
        (f"<{DOI}>", ["ref-1"]),
        (f"[doi: {DOI}]", ["ref-1"]),
        (f'"{DOI}"', ["ref-1"]),
        (f"“https://doi.org/{DOI}”", ["ref-1"]),
        (f"\u200b{DOI}\u200b", ["ref-1"]),
        ('"23000001"', ["ref-1"]),
        ("23000001.", ["ref-1"]),
        ("[PMID: 23000001]", ["ref-1"]),
        ("PMID：23000001", ["ref-1"]),  # as an input method writes it
        ("PMID#23000001", ["ref-1"]),
        ("PMIDs 23000001, 77", ["ref-1", "ref-2"]),
        # Addresses of publishers
        (f"https://journals.example.org/one/article?id={DOI}&type=x", ["ref-1"]),
        (f"https://link.example.com/content/pdf/{DOI}.pdf", ["ref-1"]),
        (f"urn:doi:{DOI}", ["ref-1"]),
        (f"info:doi/{DOI}", ["ref-1"]),
        # Several
        (f"{DOI};10.5555/rev.1", ["ref-1", "s1-p1"]),
        (f"{DOI},https://doi.org/10.5555/rev.1", ["ref-1", "s1-p1"]),
        ("31000001 and 23000001", ["ref-1", "s1-p1"]),
        (f"{DOI} and 10.5555/rev.1", ["ref-1", "s1-p1"]),
        ("23000001 99999999", ["ref-1"]),
        # Quotations of something else
        ('"2013"', ["ref-1", "s1-p1"]),
        ('title:"10.5555/rev.1"', []),
    ],
)
def test_an_identifier_finds_exactly_what_bears_it(
    cells: Library, question: str, found: list[str]
) -> None:
    assert sorted(anchors(cells, question)) == sorted(found)


def test_the_reason_names_the_identifier(cells: Library) -> None:
    (hit,) = cells.search(DOI).results
    assert hit.why == (Reason(DOI, "identifier", "its DOI"),)
    (hit,) = cells.search("31000001").results
    assert hit.why == (Reason("31000001", "identifier", "its PMID"),)
    assert hit.identifiers
    assert (hit.identifiers.doi, hit.identifiers.pmid) == ("10.5555/Rev.1", "31000001")
    rest = [hit for hit in cells.search("cells").results if hit.anchor != "s1-p1"]
    assert rest
    assert not any(hit.identifiers for hit in rest)


@pytest.mark.parametrize("question", ["10.1234/none", "PMID: 999", "doi:10.1234/none"])
def test_an_identifier_that_nothing_bears_is_said_to_be_absent(
    cells: Library, question: str
) -> None:
    found = cells.search(question)
    assert found.total == 0
    assert [(part.text, part.label) for part in found.query.absent] == [(question, "")]
    page = (
        create_app(cells, testing=True).test_client().get("/search", query_string={"q": question})
    )
    assert f"Nothing here mentions <i>{question}</i>." in page.text
    beside = cells.search(f"cells OR {question}")
    assert [part.text for part in beside.query.absent] == [question]


def test_a_list_of_identifiers_says_which_are_absent(cells: Library) -> None:
    found = cells.search("23000001 99999999")
    assert [part.text for part in found.query.absent] == ["99999999"]
    found = cells.search(f"{DOI} 10.1234/none, PMID: 77")
    assert {hit.anchor for hit in found.results} == {"ref-1", "ref-2"}
    assert [part.text for part in found.query.absent] == ["10.1234/none"]


def test_an_index_of_the_version_before_finds_no_identifiers_but_calls_none_absent(
    cells: Library, tmp_path: Path
) -> None:
    home = shutil.copytree(cells.home, tmp_path / "h")
    rewrite(home, _without_identifiers, lambda made_from: {**made_from, "format": "2 body"})
    before = Library.open(home)
    found = before.search(DOI)
    assert (found.total, found.query.absent) == (0, ())
    assert before.search("cells").total == cells.search("cells").total
    assert before.search("77").total == 0
    Library.build(home)
    assert before.search(DOI).total == 1


def test_the_version_of_a_preprint_is_not_part_of_its_doi() -> None:
    for typed in (
        "10.1101/2020.01.02.123456v2",
        "https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2.full.pdf",
        "https://www.biorxiv.org/content/10.1101/2020.01.02.123456v1",
    ):
        found = read_identifier("", typed)
        assert found
        assert found.value == "10.1101/2020.01.02.123456"
    found = read_identifier("", "10.21203/rs.3.rs-1/v2")
    assert found
    assert found.value == "10.21203/rs.3.rs-1/v2"


def _without_identifiers(folder: Path) -> None:
    path = folder / "engine/columns.json"
    columns = json.loads(path.read_text())
    new = ("doi", "pmid", "pmcid")
    columns["keywords"] = {
        f"other-{name}" if name in new else name: values
        for name, values in columns["keywords"].items()
    }
    path.write_text(json.dumps(columns))
