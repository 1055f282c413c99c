"""An index that another version built: read and served if it can be, and built anew."""

from __future__ import annotations

import errno
import json
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from forks import Child
from rewritten import change_payloads, make_previous, rewrite

from poi_search import cli
from poi_search.checking import check_all
from poi_search.cli import builds
from poi_search.index import build, versions
from poi_search.library import Library, LibraryError
from poi_search.results import SearchRequest
from poi_search.web import create_app

QUESTIONS = ("exosomes", "oocytes", "zebrafish cells", "NOT mouse", "author:li", "year:2018", "")


def same_made_from(before: Any) -> Any:
    return before


# The version before


@pytest.mark.usefixtures("few_concepts")
def test_an_index_of_the_version_before_says_all_that_todays_says(place: Path) -> None:
    today = Library.open(place)
    units = [unit for view in today.articles() for unit in today.units(view.id)]
    answers = [today.search(question, per_page=100) for question in QUESTIONS]
    articles = [today.article(view.id) for view in today.articles()]
    old = make_previous(place)
    opened = Library.open(place)
    assert opened.generation == old.name
    assert opened.stale()
    assert opened.is_of_another_version()
    assert [unit for view in opened.articles() for unit in opened.units(view.id)] == units
    assert [opened.article(view.id) for view in opened.articles()] == articles
    for question, answer in zip(QUESTIONS, answers, strict=True):
        assert opened.search(question, per_page=100).results == answer.results
        assert answer.results
    assert any(unit.notes for unit in units)
    assert any(unit.reference and unit.reference.names for unit in units)


@pytest.mark.usefixtures("few_concepts")
def test_every_page_and_answer_comes_from_it(place: Path) -> None:
    make_previous(place)
    client = create_app(Library.open(place)).test_client()
    notice = "This index was built by another version"
    assert notice in client.get("/").text
    assert "another version built it" in client.get("/about").text
    assert json.loads(client.get("/healthz").data)["stale"] is True
    for address in (
        "/search?q=exosomes", "/search?q=title:ovary", "/articles/small",
        "/articles/small/citations", "/articles/small/evidence",
        "/articles/small/references/1", "/api/articles", "/api/units/small/s1-p1",
        "/api/suggest?q=ov", "/export?format=ris", "/export?format=bibtex",
    ):  # fmt: skip
        assert client.get(address).status_code == 200, address
    Library.build(place)
    assert notice not in client.get("/").text


@pytest.mark.usefixtures("few_concepts")
def test_the_commands_answer_and_say_what_to_do(place: Path) -> None:
    make_previous(place)

    def run(*words: str) -> tuple[int, str, str]:
        ended = CliRunner().invoke(cli.main, [*words, "--home", str(place)])
        return ended.exit_code, ended.stdout, ended.stderr

    said = "The index was built by another version. Run: poi-search index\n"
    for command in (["search", "exosomes"], ["show", "small/s1-p1"], ["export", "--format", "ris"]):
        code, shown, complaint = run(*command)
        assert code == 0
        assert shown
        assert complaint.startswith(said)
    assert "by another version: run poi-search index" in run("stats")[1].replace("\n", " ")
    found = [each for each in check_all(place) if each.place == "index"]
    assert [(each.severity, each.message) for each in found] == [
        ("warning", said.replace("The", "the", 1).strip())
    ]
    assert run("index", "--quiet") == (0, "", "")
    assert run("search", "exosomes")[2] == ""


@pytest.mark.usefixtures("few_concepts")
def test_serve_answers_from_it_at_once_and_takes_up_the_new_one(place: Path) -> None:
    old = make_previous(place)
    command = ["serve", "--port", "0", "--home", str(place)]
    with Child(lambda: cli.main(command)) as running:
        try:
            address = running.stdout.readline().strip().split(" on ")[1]

            def get(path: str) -> Any:
                with urlopen(address + path) as answer:  # raises for a 5xx
                    return json.load(answer)

            health = get("/healthz")
            assert (health["status"], health["stale"]) == ("ok", True)
            assert health["generation"] == old.name
            until = time.monotonic() + 60
            while (results := get("/api/search?q=exosomes"))["generation"] == old.name:
                assert results["total"] > 0
                assert time.monotonic() < until
            assert results["total"] > 0
            assert get("/healthz")["stale"] is False
            said = [running.stderr.readline() for _ in range(2)]
        finally:
            running.send_signal(signal.SIGTERM)
        rest = running.stdout.read(), running.stderr.read()
        assert (running.wait(), rest) == (0, ("", ""))
    assert said[0] == (
        "The index was built by another version. It serves while a new one is built.\n"
    )
    assert results["generation"] in said[1]


@pytest.mark.usefixtures("few_concepts")
def test_a_rebuild_that_fails_leaves_it_serving(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = make_previous(place)
    opened = Library.open(place)
    for path in (place / "corpus").iterdir():
        path.unlink()
    builds.rebuild(place)
    known = ".pdf, .xml, .html, .md, .txt"
    message = f"{place / 'corpus'}: it contains no articles. Add one ({known})."
    assert capsys.readouterr().err == f"Error: {message}\n"
    assert opened.search("exosomes").generation == old.name


@pytest.mark.usefixtures("few_concepts")
def test_only_what_another_version_built_and_can_be_read_is_served_before_a_build(
    place: Path,
) -> None:
    assert builds.library_of_another_version(place) is None
    make_previous(place)
    assert builds.library_of_another_version(place)
    rewrite(place, lambda _: None, lambda before: {**before, "format": "3"})
    assert builds.library_of_another_version(place) is None
    (place / "index" / "CURRENT").write_text("damaged")
    assert builds.library_of_another_version(place) is None


@pytest.mark.usefixtures("few_concepts")
def test_an_index_of_the_same_format_may_be_of_another_version(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Library.open(place)
    assert not opened.is_of_another_version()
    assert not opened.stale()
    for module in (versions, build):
        monkeypatch.setattr(module, "__version__", "99")
    assert opened.is_of_another_version()
    assert opened.stale()
    assert Library.open(place).search("exosomes").total
    assert Library.build(place).built
    assert not opened.is_of_another_version()


# Indexes that cannot be read


@pytest.mark.usefixtures("few_concepts")
@pytest.mark.parametrize(
    "made_from",
    [{"format": stated} for stated in (0, 3, "3 body exact", "12", None, [1])] + [{}, None, "1"],
)
def test_a_format_that_is_not_known_is_refused_and_built_anew(place: Path, made_from: Any) -> None:
    rewrite(place, lambda _: None, lambda _: made_from)
    with pytest.raises(LibraryError, match=r"built by another version\. Run: poi-search index"):
        Library.open(place)
    assert [each.severity for each in check_all(place) if each.place == "index"] == ["error"]
    assert Library.build(place).built
    assert Library.open(place).search("exosomes").total


def write(name: str, content: bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).write_bytes(content)

    return change


UNREADABLE: dict[str, Callable[[Path], None]] = {
    "cards": write("cards.json", b'[{"outline": 1}]'),
    "no cards": lambda folder: (folder / "cards.json").unlink(),
    "concepts": write("concepts.json", b"[]"),
    "articles": write("articles/other.json", b'{"article": {"id": 1}}'),
    "payloads": lambda folder: change_payloads(folder, lambda stored: [stored]),
    "columns": write("engine/columns.json", b"{}"),
    "numbers": write("engine/number-0.npz", b"PK"),
}


@pytest.mark.usefixtures("few_concepts")
@pytest.mark.parametrize("what", UNREADABLE)
def test_a_whole_index_that_does_not_decode_is_passed_over_and_built_anew(
    place: Path, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    opened = Library.open(place)
    before = opened.generation
    rewrite(place, UNREADABLE[what], same_made_from)
    for _ in range(3):
        assert opened.search("exosomes").generation == before
    assert [record.getMessage() for record in caplog.records] == [
        f"{place / 'index'}: built by another version. Run: poi-search index "
        "The index that is open stays in use."
    ]
    with pytest.raises(LibraryError, match="built by another version"):
        Library.open(place)
    assert Library.build(place).built
    assert opened.search("exosomes").generation != before


@pytest.mark.usefixtures("few_concepts")
@pytest.mark.parametrize(
    "step",
    [
        "poi_search.index.generations._verify",
        "poi_search.index.versions.try_out",
        "whoosh.filedb.filestore.FileStorage.open_index",
    ],
)
def test_what_the_system_refuses_for_a_moment_is_tried_again(
    place: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    tries = 0

    def refused(*_: object) -> None:
        nonlocal tries
        tries += 1
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(time, "monotonic", lambda: now)
    opened = Library.open(place)
    before = opened.generation
    Library.build(place, force=True)
    with monkeypatch.context() as patched:
        patched.setattr(step, refused)
        for _ in range(3):
            assert opened.generation == before
        assert tries == 1
    assert opened.generation == before
    now += 6
    assert opened.generation != before


# Indexes of today's layout with other fields


@pytest.mark.usefixtures("few_concepts")
def test_a_field_that_the_index_lacks_finds_nothing(place: Path) -> None:
    def rename(folder: Path) -> None:
        path = folder / "engine/columns.json"
        names = json.loads(path.read_bytes())
        names["fields"][names["fields"].index("title")] = "former"
        names["numbers"][names["numbers"].index("year")] = "former"
        for name in ("journal", "cites"):
            names["keywords"][f"former {name}"] = names["keywords"].pop(name)
        path.write_text(json.dumps(names))

    today = Library.open(place)
    asked = ("title:ovary", "title:ov*", "title:ovari~", 'title:"a b"', "cites:1", "year:2000..")
    total = today.search("exosomes").total
    assert all(today.search(question).total for question in ("title:ovary", "year:2000.."))
    rewrite(place, rename, lambda before: {**before, "format": f"{versions.LAYOUT} former"})
    opened = Library.open(place)
    assert opened.is_of_another_version()
    for question in asked:
        assert opened.search(question).total == 0
    assert not opened.search("exosomes", cites=1).results
    for sort in ("relevance", "year", "-year"):
        results = opened.search(SearchRequest("exosomes", sort=sort))
        assert results.total == total
        assert results.facets.journal == ()
        assert results.facets.kind
    assert Library.build(place).built
