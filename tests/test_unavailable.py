"""An engine that cannot be reached for a while: what each face says, and how it comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from homes import text

from poi_search import library
from poi_search.cli import main
from poi_search.engine import load
from poi_search.engine.seam import Engine, EngineUnavailable, IndexReader, IndexWriter, Scoring
from poi_search.index.file_store import FileStore, GenerationFiles
from poi_search.library import Library
from poi_search.results import SearchRequest
from poi_search.web import create_app

pytestmark = pytest.mark.usefixtures("few_concepts")

REASON = "https://search:9200 refused the connection"


class Switch:
    """On or off; while off, whatever passes through it fails."""

    def __init__(self) -> None:
        self.on = True

    def passed(self, value: Any) -> Any:
        if not self.on:
            raise EngineUnavailable(REASON)
        return value


class RemoteReader:
    """A reader behind a switch."""

    def __init__(self, reader: IndexReader, switch: Switch) -> None:
        self._reader, self._switch = reader, switch

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._reader, name)
        return method if name == "close" else lambda *values: self._switch.passed(method(*values))


class RemoteEngine:
    """The embedded engine as if it ran elsewhere."""

    def __init__(self, switch: Switch) -> None:
        self._switch = switch

    def open_writer(
        self,
        directory: Path,
        fields: Sequence[str],
        keywords: Sequence[str] = (),
        numbers: Sequence[str] = (),
    ) -> IndexWriter:
        writer: IndexWriter = self._switch.passed(load()).open_writer(
            directory, fields, keywords, numbers
        )
        return writer

    def open_reader(
        self, directory: Path, scoring: Scoring, cache_bytes: int, partial: bool
    ) -> IndexReader:
        engine: Engine = self._switch.passed(load())
        reader = engine.open_reader(directory, scoring, cache_bytes, partial)
        return RemoteReader(reader, self._switch)


class RemoteStore(FileStore):
    """A store whose pointer is behind the same switch."""

    def __init__(self, directory: Path, switch: Switch) -> None:
        super().__init__(directory, RemoteEngine(switch))
        self._switch = switch

    def stamp(self) -> Any:
        return self._switch.passed(super().stamp())


@pytest.fixture(params=["engine", "store"])
def switch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Switch:
    """Libraries opened from now on have their engine, or engine and pointer, elsewhere."""
    made = Switch()

    def open_store(home: Path) -> FileStore:
        if request.param == "store":
            return RemoteStore(home / "index", made)
        return FileStore(home / "index", RemoteEngine(made))

    monkeypatch.setattr(library, "open_store", open_store)
    return made


def test_the_library_lets_it_through_and_goes_on_afterwards(place: Path, switch: Switch) -> None:
    opened = Library.open(place)
    asks: list[Callable[[], Any]] = [
        lambda: opened.search("exosmes oocytes").total,
        lambda: opened.suggest("zebra"),
        lambda: opened.unit("small/s1-p1"),
        lambda: list(opened.found_units(SearchRequest(q="oocytes"))),
    ]
    switch.on = False
    for ask in asks:
        with pytest.raises(EngineUnavailable, match="refused the connection"):
            ask()
    switch.on = True
    assert opened.search("exosmes oocytes").query.corrections
    assert all(ask() for ask in asks)


def test_a_new_generation_is_taken_up_once_it_can_be(place: Path, switch: Switch) -> None:
    opened = Library.open(place)
    before = opened.generation
    (place / "corpus" / "other.md").write_text(text("other.md").replace("Zebrafish", "Medaka"))
    Library.build(place)
    switch.on = False
    with pytest.raises(EngineUnavailable):
        opened.search("medaka")
    switch.on = True
    assert opened.search("medaka").total
    assert opened.generation != before


def test_programs_and_people_get_a_503(
    place: Path, switch: Switch, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(Library.open(place))
    app.logger.disabled = False  # all apps share it
    client = app.test_client()
    assert client.get("/search?q=oocytes").status_code == 200
    switch.on = False
    answer = client.get("/api/search?q=oocytes")
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.json is not None
    assert answer.json["type"] == "/api#unavailable"
    assert int(answer.headers["Retry-After"]) > 0
    shown = client.get("/search?q=oocytes")
    assert shown.status_code == 503
    assert int(shown.headers["Retry-After"]) > 0
    heading = BeautifulSoup(shown.text, "lxml").h1
    assert heading is not None
    assert heading.text == "The search engine cannot be reached"
    assert "9200" not in answer.text + shown.text
    assert [record.getMessage().replace(REASON, "…") for record in caplog.records] == [
        "GET /api/search: …",
        "GET /search: …",
    ]
    switch.on = True
    assert 'id="unavailable"' in client.get("/api").text
    assert client.get("/search?q=oocytes").status_code == 200


def test_the_terminal_says_it_in_one_line(place: Path, switch: Switch) -> None:
    switch.on = False
    ended = CliRunner().invoke(main, ["search", "oocytes", "--home", str(place)])
    assert ended.exit_code == 1
    assert ended.stderr == f"Error: The search engine cannot be reached: {REASON}\n"


def test_a_build_does_not_take_it_for_a_fault_of_the_files(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: object) -> None:
        raise EngineUnavailable(REASON)

    before = Library.open(place).generation
    (place / "corpus" / "more.md").write_text(text("other.md"))
    monkeypatch.setattr(GenerationFiles, "read_article", unreachable)
    with pytest.raises(EngineUnavailable):
        Library.build(place)
    monkeypatch.undo()
    assert Library.open(place).generation == before
