"""PDFs in the corpus: converted once, with pages; refused with the reason; served."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from homes import make_home
from msgspec import UNSET
from pdf_layouts import LAYOUT, PROSE, simple_pdf

from poi_search.article import ReadError
from poi_search.checking import check_all
from poi_search.cli import main
from poi_search.index import corpus
from poi_search.library import Library
from poi_search.readers import pdf, read_article
from poi_search.readers.pdf import worker, worker_process
from poi_search.readers.pdf.page_text import FORMAT
from poi_search.web import create_app

PDF = simple_pdf([PROSE, PROSE])
OTHER = simple_pdf([PROSE])
needs_converter = pytest.mark.skipif(
    not worker_process.converter_name(), reason="the converter of PDFs is not installed"
)


class Conversions:
    """Stands for the converter, and counts how often it was used."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: list[str] = []
        self._monkeypatch = monkeypatch
        monkeypatch.setattr(pdf, "convert_layout", self._convert)
        self.use("pymupdf4llm 2.0")

    def use(self, name: str) -> None:
        self._monkeypatch.setattr(pdf, "converter_name", lambda: name)

    def _convert(self, source: bytes, name: str) -> list[dict[str, Any]]:
        self.names.append(name)
        return LAYOUT


@pytest.fixture
def conversions(monkeypatch: pytest.MonkeyPatch) -> Conversions:
    return Conversions(monkeypatch)


@pytest.fixture
def library(conversions: Conversions, tmp_path: Path) -> Library:
    home = make_home(tmp_path / "home", "small.md", also={"cells.pdf": PDF})
    Library.build(home)
    return Library.open(home)


@pytest.fixture
def client(library: Library) -> Iterator[FlaskClient]:
    yield create_app(library, testing=True).test_client()


def test_hits_have_the_page_they_begin_on(library: Library) -> None:
    hits = {hit.id: hit for hit in library.search("follicles", article=("cells",)).results}
    assert hits["cells/s2-p1"].page == 2
    pages = {unit.anchor: unit.page for unit in library.units("cells")}
    assert (pages["abstract-p1"], pages["s1-p1"], pages["ref-1"]) == (1, 1, 2)
    assert all(unit.page is UNSET for unit in library.units("small"))


def test_a_pdf_is_converted_once(library: Library, conversions: Conversions) -> None:
    assert conversions.names == ["cells.pdf"]
    Library.build(library.home, force=True)
    (library.home / "corpus" / "small.md").unlink()
    Library.build(library.home)
    (library.home / "corpus" / "cells.pdf").rename(library.home / "corpus" / "renamed.pdf")
    Library.build(library.home)
    Library.build(library.home, force=True)
    assert conversions.names == ["cells.pdf"]
    assert [article.id for article in library.articles()] == ["renamed"]


def test_another_pdf_and_another_converter_convert_again(
    library: Library, conversions: Conversions
) -> None:
    (library.home / "corpus" / "cells.pdf").write_bytes(OTHER)
    Library.build(library.home)
    conversions.use("pymupdf4llm 2.1")
    assert library.stale()
    Library.build(library.home)
    assert conversions.names == ["cells.pdf"] * 3
    conversions.use("")  # what was converted stays readable
    Library.build(library.home, force=True)
    assert conversions.names == ["cells.pdf"] * 3
    assert "pymupdf4llm 2.1" in str(library.article("cells"))


def test_a_damaged_index_is_built_from_the_files(
    library: Library, conversions: Conversions
) -> None:
    for kept in (library.home / "index").glob("*/conversions/*.json"):
        kept.write_text("{}")
    Library.build(library.home, force=True)
    assert conversions.names == ["cells.pdf"] * 2


def test_a_conversion_is_dropped_with_its_file(library: Library) -> None:
    (library.home / "corpus" / "cells.pdf").unlink()
    outcome = Library.build(library.home)
    folder = library.home / "index" / outcome.generation.name
    assert not (folder / "conversions").exists()


def test_findings_and_ledger_name_the_page(library: Library) -> None:
    article = library.article("cells")
    assert article is not None
    assert article.converter == f"pymupdf4llm 2.0, {FORMAT}"
    assert len(article.page_lines) == 2
    assert article.place_of(article.page_lines[1]) == f"p. 2, line {article.page_lines[1]}"
    page = create_app(library, testing=True).test_client().get("/about?article=cells").text
    assert "pymupdf4llm 2.0" in page
    assert "p. 2, line" in page


def test_pages_link_to_the_pdf(client: FlaskClient) -> None:
    found = client.get("/search?q=follicles&article=cells").text
    assert 'href="/files/cells.pdf#page=2"' in found
    assert "p. 2 of the PDF" in found
    article = client.get("/articles/cells").text
    assert 'href="/files/cells.pdf#page=1"' in article
    assert "p. 1 of the PDF" in article
    assert "/files/" not in client.get("/articles/small").text


def test_the_api_and_the_commands_name_the_page(client: FlaskClient, library: Library) -> None:
    results = client.get("/api/search?q=follicles&article=cells").json
    assert results is not None
    assert results["results"][0]["page"] == 2
    assert "page" not in (client.get("/api/units/small/s1-p1").json or {"page": 0})
    for command in (["search", "follicles"], ["show", "cells/s2-p1"]):
        shown = CliRunner().invoke(main, ["--home", str(library.home), *command])
        assert "cells/s2-p1 · p. 2" in shown.output


def test_the_file_is_served_whole_in_part_and_only_if_it_is_new(client: FlaskClient) -> None:
    with client.get("/files/cells.pdf") as whole:
        assert (whole.status_code, whole.data) == (200, PDF)
        assert whole.content_type == "application/pdf"
        assert whole.headers["Content-Disposition"] == "inline"
        assert whole.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in whole.headers["Content-Security-Policy"]
        tag = {"If-None-Match": whole.headers["ETag"]}
    with client.get("/files/cells.pdf", headers=tag) as same:
        assert same.status_code == 304
    with client.get("/files/cells.pdf", headers={"Range": "bytes=0-4"}) as part:
        assert (part.status_code, part.data) == (206, b"%PDF-")


@pytest.mark.parametrize(
    "address",
    [
        "/files/none.pdf",
        "/files/small.pdf",
        "/files/small.md",
        "/files/../corpus/cells.pdf",
        "/files/..%2Fcorpus%2Fcells.pdf",
        "/files/.pdf",
        "/files/%2Fetc%2Fpasswd.pdf",
    ],
)
def test_nothing_else_is_served(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert b"%PDF" not in answer.data


def test_a_pdf_beside_its_text_is_shown_and_not_read(
    conversions: Conversions, tmp_path: Path
) -> None:
    home = make_home(tmp_path / "home", "small.md", also={"small.PDF": PDF})
    outcome = Library.build(home)
    assert (outcome.failures, conversions.names) == ((), [])
    client = create_app(Library.open(home), testing=True).test_client()
    with client.get("/files/small.pdf") as served:
        assert served.data == PDF
    assert 'href="/files/small.pdf"' in client.get("/articles/small").text


def test_without_the_converter_each_file_is_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for module in (pdf, worker_process):
        monkeypatch.setattr(module, "converter_name", lambda: "")
    home = make_home(tmp_path / "home", "small.md", also={"cells.pdf": PDF})
    outcome = Library.build(home)
    (failure,) = outcome.failures
    assert failure.startswith("cells.pdf: ")
    assert "pip install 'poi-search[pdf]'" in failure
    assert any("poi-search[pdf]" in finding.message for finding in check_all(home))
    shown = CliRunner().invoke(main, ["--home", str(home), "index", "--force"])
    assert "poi-search[pdf]" in shown.output
    # It is read as soon as the converter is there.
    Conversions(monkeypatch)
    assert Library.open(home).stale()
    assert Library.build(home).failures == ()


def test_a_corpus_without_pdfs_does_not_ask_for_the_converter(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", "small.md")
    assert corpus.converter(home / "corpus") == {}


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (worker.BROKEN, "damaged"),
        (worker.ENCRYPTED, "password"),
        (worker.TOO_LONG, f"more than {worker.MAX_PAGES} pages"),
        (worker.WITHOUT_TEXT, "ocrmypdf"),
        (worker.NO_PAGES, "no pages"),
        (-24, "longer than 15 minutes"),
        (1, "the converter failed (it is out of ink)"),
        (-11, "the converter failed (it is out of ink)"),
        (0, "the converter failed (it is out of ink)"),
    ],
)
def test_what_cannot_be_converted_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, status: int, told: str
) -> None:
    def fail(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, status, b"", b"much\nit is out of ink\n")

    monkeypatch.setattr(worker_process, "converter_name", lambda: "pymupdf4llm 2.0")
    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(ReadError, match=r"cells\.pdf") as refused:
        worker_process.convert_layout(PDF, "cells.pdf")
    assert told in str(refused.value)


def test_a_conversion_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(command: list[str], timeout: float, **_: Any) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(worker_process, "converter_name", lambda: "pymupdf4llm 2.0")
    monkeypatch.setattr(subprocess, "run", wait)
    with pytest.raises(ReadError, match="longer than"):
        worker_process.convert_layout(PDF, "cells.pdf")


def test_what_is_no_pdf_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_process, "converter_name", lambda: "pymupdf4llm 2.0")
    monkeypatch.setattr(subprocess, "run", None)
    with pytest.raises(ReadError, match="not a PDF"):
        worker_process.convert_layout(b"<html>not found</html>", "cells.pdf")


@needs_converter
def test_a_real_pdf_is_converted(tmp_path: Path) -> None:
    place = tmp_path / "cells.pdf"
    place.write_bytes(
        simple_pdf(
            [
                ("Growth of cells in the treated ovary", "", "Abstract", "", *PROSE),
                ("1. Introduction", "", *PROSE, "", "References", "", "1. Li X. Cells. 2001."),
            ]
        )
    )
    article = read_article(place)
    assert len(article.page_lines) == 2
    text = " ".join(
        block.prose.text
        for section in article.sections
        for block in section.blocks
        if hasattr(block, "prose")
    )
    assert "treated mice, as was seen in many studies before this one" in text


LOCKED = "/Encrypt << /Filter /Standard /V 1 /R 2 /O <{0}> /U <{0}> /P -4 >> /ID [<00> <00>]"


@needs_converter
@pytest.mark.parametrize(
    ("source", "told"),
    [
        (b"%PDF-1.4\nnothing of it", "damaged"),
        (simple_pdf([(), ()]), "scanned"),
        (simple_pdf([PROSE], LOCKED.format("41" * 32)), "password"),
        (simple_pdf([]), "no pages"),
    ],
)
def test_real_pdfs_that_are_refused(source: bytes, told: str) -> None:
    with pytest.raises(ReadError, match=told):
        worker_process.convert_layout(source, "cells.pdf")


def test_the_worker_is_found_from_any_folder(tmp_path: Path) -> None:
    shutil.copy(__file__, tmp_path / "json.py")  # not the module that it means
    done = subprocess.run(
        [sys.executable, *worker_process.OPTIONS, "-m", worker.__name__],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert b"main() missing 2 required positional arguments" in done.stderr
