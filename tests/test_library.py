"""The library as a whole: homes, builds, errors in a corpus, and which index is current."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from forks import Child
from homes import make_home, text

import poi_search
from poi_search import home, readers
from poi_search.article import Article, Paragraph, Prose, Reference
from poi_search.checking import check_all
from poi_search.engine.checks import ID_BYTES, KEYWORD_BYTES, TERM_CHARACTERS
from poi_search.home import HomeError, find_home
from poi_search.index import build, generations, versions
from poi_search.index.build import CorpusError, Outcome
from poi_search.index.entries import Indexer
from poi_search.index.file_store import GenerationFiles
from poi_search.index.generations import BuildFailed, IndexDamaged
from poi_search.index.store import Card
from poi_search.index.units import units
from poi_search.library import Library, LibraryError
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.mentions import Lexicon
from poi_search.web import create_app

BROKEN = b'<?xml version="1.0"?>\n<article>\n<front></body>\n</article>'


pytestmark = pytest.mark.usefixtures("few_concepts")


def ids(opened: Library, question: str, **filters: Any) -> list[str]:
    return [hit.id for hit in opened.search(question, per_page=100, **filters).results]


def built(place: Path) -> tuple[Outcome, Library]:
    outcome = Library.build(place)
    return outcome, Library.open(place)


# Homes


def test_a_home_is_specified_or_is_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, stated, here, clone = (make_home(tmp_path / name) for name in ("a", "b", "c", "d"))
    monkeypatch.setattr(home, "CLONE", clone)
    monkeypatch.chdir(here)
    assert find_home(named, {"POI_SEARCH_HOME": str(stated)}) == named
    assert find_home(None, {"POI_SEARCH_HOME": str(stated)}) == stated
    assert find_home(None, {"POI_SEARCH_HOME": ""}) == here
    assert find_home("../a", {}) == named
    monkeypatch.chdir(tmp_path)
    assert find_home(None, {}) == clone
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_home("~/a", {}) == named


def test_a_home_without_a_corpus_is_never_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "corpus").touch()
    monkeypatch.chdir(make_home(tmp_path / "here"))
    for wrong in ("none", "file", "odd", "~nobody-of-this-name"):
        with pytest.raises(HomeError, match=f"--home .*{wrong}: it contains no corpus/ folder"):
            find_home(tmp_path / wrong if wrong[0] != "~" else wrong, {})
        with pytest.raises(HomeError, match=r"POI_SEARCH_HOME .*: it contains no corpus/ folder"):
            find_home(None, {"POI_SEARCH_HOME": str(tmp_path / wrong)})
    monkeypatch.setattr(home, "CLONE", tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(HomeError, match="--home or POI_SEARCH_HOME"):
        find_home(None, {})


# Builds


def test_nothing_is_built_twice_and_only_what_changed_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = readers.read_article

    def counted(path: Path, *conversions: Any) -> Article:
        read.append(path.name)
        return real(path, *conversions)

    def told(force: bool = False) -> tuple[bool, list[str]]:
        read.clear()
        return Library.build(place, force=force).built, sorted(read)

    monkeypatch.setattr(readers, "read_article", counted)

    place = make_home(tmp_path / "h", "small.md", "other.md")
    assert told() == (True, ["other.md", "small.md"])
    assert told() == (False, [])
    (place / "corpus" / "other.md").write_text(text("other.md").replace("Zebrafish", "Medaka"))
    assert Library.open(place).stale()
    assert told() == (True, ["other.md"])
    opened = Library.open(place)
    assert not opened.stale()
    assert set(ids(opened, "medaka")) == {"other/s1-p1", "other/ref-2"}
    assert ids(opened, "zebrafish", spelling="off") == []
    assert ids(opened, "exosomes")  # in the article that was not read again
    shutil.copy(tmp_path / "h/corpus/small.md", tmp_path / "h/corpus/copy.txt")
    assert told() == (True, ["copy.txt"])
    (place / "corpus" / "copy.txt").unlink()
    assert told() == (True, [])
    (place / "corpus" / "other.toml").write_text('title = "Fish"')
    assert told() == (True, ["other.md"])
    shutil.copy(Path(__file__).parent / "data/corpus/found.nbib", place / "corpus")
    assert told() == (True, ["other.md", "small.md"])
    assert told(force=True) == (True, ["other.md", "small.md"])
    monkeypatch.setattr(build, "__version__", "99")
    assert Library.open(place).stale()
    assert told() == (True, ["other.md", "small.md"])


def test_an_up_to_date_index_is_rebuilt_only_on_demand(tmp_path: Path) -> None:
    place = make_home(tmp_path, "small.md")
    assert [build.build(place).built for _ in range(2)] == [True, False]
    assert build.build(place, force=True).built


def test_an_index_of_another_version_is_refused_and_rebuilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_home(tmp_path / "h", "small.md")
    with pytest.raises(LibraryError, match=r"no index yet\. Run: poi-search index"):
        Library.open(place)
    Library.build(place)
    monkeypatch.setattr(versions, "LAYOUT", "another")
    monkeypatch.setattr(versions, "FORMAT", f"another {versions.FORMAT}")
    with pytest.raises(LibraryError, match=r"another version\. Run: poi-search index"):
        Library.open(place)
    assert [f.message for f in check_all(place) if f.severity == "error"] == [
        f"{place / 'index'}: built by another version. Run: poi-search index"
    ]

    def unreadable(_generation: GenerationFiles) -> list[Card]:
        raise AssertionError("what another version wrote may have another shape")

    monkeypatch.setattr(GenerationFiles, "read_cards", unreadable)
    Library.build(place)
    monkeypatch.undo()
    assert Library.build(place).built  # and back


def test_a_rebuild_is_picked_up_atomically_while_threads_search(tmp_path: Path) -> None:
    place = make_home(tmp_path / "h", "small.md", "other.md")
    _, opened = built(place)
    totals = {opened.generation: opened.search("oocytes").total}
    seen: set[tuple[str, int, int]] = set()
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            results = opened.search("oocytes")
            unit = opened.unit("small/s1-p1")
            assert unit is not None
            seen.add((results.generation, results.total, len(results.results)))
            over.wait(0.005)

    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask) for _ in range(3)]
        try:
            for round_ in range(4):
                path = place / "corpus" / "more.md"
                if round_ % 2:
                    path.unlink()
                else:
                    path.write_text(text("other.md"))
                name = Library.build(place).generation.name
                totals[name] = Library.open(place).search("oocytes").total
        finally:
            over.set()
        for each in asking:
            each.result()
    assert len(set(totals.values())) == 2
    assert len({generation for generation, _, _ in seen}) > 1
    assert seen <= {(name, total, total) for name, total in totals.items()}
    assert opened.generation == name


def build_and_die(place: Path, at: int) -> None:
    """Build in a process that is killed at a step; if it is not, print how many steps it took."""
    seen = 0

    def step(event: str, args: tuple[Any, ...]) -> None:
        nonlocal seen
        if event in {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"}:
            seen += str(place / "index") in str(args[0])
            if seen == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(step)
    Library.build(place)
    print(seen)


def test_a_build_killed_at_any_step_leaves_the_old_index_in_use(tmp_path: Path) -> None:
    place = make_home(tmp_path / "h", "small.md")
    before = Library.build(place).generation.name
    opened = Library.open(place)
    shutil.copytree(place, tmp_path / "trial")
    (place / "corpus" / "more.md").write_text(text("other.md"))
    shutil.copytree(place / "corpus", tmp_path / "trial" / "corpus", dirs_exist_ok=True)
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    with Child(lambda: build_and_die(tmp_path / "trial", -1)) as whole:
        steps = int(whole.stdout.read())
    assert steps > 20
    for at in sorted(random.Random(seed).sample(range(1, steps), 5)):
        with Child(lambda at=at: build_and_die(place, at)) as killed:  # type: ignore[misc]
            assert killed.wait() == -signal.SIGKILL
        now = Library.open(place)
        if now.generation != before:  # killed while it removed old generations
            assert ids(now, "zebrafish")
            break
        assert ids(now, "exosomes") == ids(opened, "exosomes")
        assert now.stale()
    Library.build(place)
    assert ids(opened, "zebrafish")
    assert len(list((place / "index").glob("2*"))) == 2
    assert not (place / "index" / ".building").exists()


# Errors in a corpus


def test_an_unreadable_file_does_not_affect_the_others(tmp_path: Path) -> None:
    place = make_home(
        tmp_path / "h",
        "small.md",
        "other.md",
        "found.nbib",
        also={
            "broken.xml": BROKEN,
            "bytes.txt": b"# A title\n\nabc \xff\xfe def\n",
            "empty.md": b"",
            "other.toml": "titel = 'x'",
            "bad.nbib": b"nothing of the kind",
            "._other.nbib": b"\x00\x05\x16\x07",
            "\udcff.md": b"# Whatever",
        },
    )
    (place / "corpus" / "gone.xml").symlink_to("nowhere.xml")
    (place / "corpus" / "folder.ris").mkdir()
    os.mkfifo(place / "corpus" / "pipe.txt")
    outcome, opened = built(place)
    assert [view.id for view in opened.articles()] == ["small"]
    assert ids(opened, "vitrification") == ["small/ref-1"]  # the other records are read
    failures = {failure.split(",")[0].split(":")[0]: failure for failure in outcome.failures}
    assert sorted(failures) == [
        "bad.nbib", "broken.xml", "bytes.txt", "empty.md", "gone.xml", "other.toml",
    ]  # fmt: skip
    assert "line 3" in failures["broken.xml"]
    assert "titel: the key is unknown" in failures["other.toml"]
    assert "No such file" in failures["gone.xml"]
    again = Library.build(place)
    assert (again.built, again.failures) == (False, outcome.failures)
    errors = [finding.message for finding in check_all(place) if finding.severity == "error"]
    assert errors == list(outcome.failures)
    left = {f.place for f in opened.corpus_findings() if "Not read" in f.message}
    assert left == {"folder.ris", "\\udcff.md"}


def test_a_file_without_read_permission_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def refused(self: Path, *args: Any, **options: Any) -> Any:
        if self.name in ("other.md", "found.nbib"):
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return real(self, *args, **options)

    place = make_home(tmp_path / "h", "small.md", "other.md", "found.nbib")
    monkeypatch.setattr(Path, "open", refused)
    outcome, _ = built(place)
    assert [failure.split(". ")[0] for failure in outcome.failures] == [
        "found.nbib: it cannot be opened (Permission denied)",
        "other.md: it cannot be opened (Permission denied)",
    ]
    monkeypatch.undo()
    assert Library.build(place).failures == ()


def test_a_bug_in_a_reader_is_reported_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> None:
        raise IndexError("list index out of range")

    place = make_home(tmp_path / "h", "small.md", "appendix.xml")
    monkeypatch.setattr("poi_search.readers.jats.read", fault)
    assert Library.build(place).failures == (
        "appendix.xml: reading it failed (IndexError: list index out of range). "
        "Remove it, and please report this.",
    )


def test_article_ids_are_unique(tmp_path: Path) -> None:
    place = make_home(tmp_path / "h", "small.md", also={"Small.txt": text("other.md")})
    outcome, opened = built(place)
    assert len(opened.articles()) == 1
    assert outcome.failures == (
        "small.md: the article id 'small' is also that of Small.txt. "
        "Rename one of the files, or set another id in its side file.",
    )
    (place / "corpus" / "Small.toml").write_text('id = "tall"')
    assert Library.build(place).failures == ()
    assert [view.id for view in opened.articles()] == ["tall", "small"]


@pytest.mark.parametrize(
    ("file", "article_id"),
    [
        ("Été 2020 (final).md", "ete-2020-final"),
        ("日本.md", "riben-cf2abf"),
        ("a.b..c.md", "a.b..c"),
        ("-_search_-.md", "search"),
        ("100%25#?&.md", "100-25"),
        ("x" * 240 + ".md", "x" * 100),
    ],
)
def test_every_file_name_yields_an_id_that_works_in_addresses(
    tmp_path: Path, file: str, article_id: str
) -> None:
    _, opened = built(make_home(tmp_path / "h", also={file: text("small.md")}))
    assert [view.id for view in opened.articles()] == [article_id]
    client = create_app(opened).test_client()
    for hit in opened.search("cells", per_page=100).results:
        assert client.get(f"/api/units/{hit.id}").status_code == 200
        assert client.get(hit.url).status_code == 200
    assert client.get(f"/articles/{article_id}/references/1").status_code == 200


@pytest.mark.parametrize("wrong", ["a/b", "../a", "A", "", "a b", "x" * 101])
def test_an_id_that_does_not_work_in_addresses_is_refused(tmp_path: Path, wrong: str) -> None:
    place = make_home(tmp_path / "h", "small.md", also={"small.toml": f'id = "{wrong}"'})
    with pytest.raises(CorpusError, match=r"small\.toml, id: "):
        Library.build(place)
    assert not (place / "index" / "CURRENT").exists()


def test_a_corpus_without_articles_says_what_to_do(tmp_path: Path) -> None:
    place = make_home(tmp_path / "h", "small.md", also={"README.md": "# About"})
    _, opened = built(place)
    (place / "corpus" / "small.md").unlink()
    with pytest.raises(CorpusError, match=r"it contains no articles. Add one \(\.pdf"):
        Library.build(place)
    assert ids(Library.open(place), "exosomes") == ids(opened, "exosomes")


def test_stray_files_are_reported(tmp_path: Path) -> None:
    names = ("figure.png", "gone.toml", "gone.notes.toml", "LICENSE", ".hidden")
    also = dict.fromkeys(names, "")
    _, opened = built(make_home(tmp_path / "h", "small.md", also=also))
    assert {(f.place, f.message.split(":")[0]) for f in opened.corpus_findings()} == {
        ("figure.png", "Not read"),
        ("gone.toml", "There is no article gone for this file."),
        ("gone.notes.toml", "There is no article gone for this file."),
    }


def test_records_and_notes_find_the_units_they_belong_to(tmp_path: Path) -> None:
    names = ("small.md", "small.notes.toml", "other.md", "found.nbib")
    _, opened = built(make_home(tmp_path / "h", *names))
    (hit,) = opened.search("vitrification").results
    assert hit.id == "small/ref-1"
    assert hit.reference
    assert (hit.reference.pmid, hit.reference.headings) == ("111", ("Cryopreservation",))
    assert hit.reference.abstract == "Vitrification was tried."
    assert "Vitrification" in [hit.text[start:end] for start, end in hit.marks]
    # A record that belongs to one article is not missing from the others.
    assert [f.place for f in opened.corpus_findings() if "record" in f.message] == ["PMID 333"]
    (noted, *_) = opened.search("anti-Müllerian hormone").results
    assert noted.id == "small/s1-p1"
    assert [(n.kind, noted.text[slice(*n.places[0])]) for n in noted.notes] == [
        ("misprint", "automated handling")
    ]
    assert opened.article("small") is not None
    assert "hormone" not in noted.text  # the text stays as printed


# What engines do not accept


def test_a_run_of_letters_too_long_for_a_word_leaves_a_gap(tmp_path: Path) -> None:
    run = "acgt" * (TERM_CHARACTERS // 4) + "a"
    long = text("other.md").replace("Zebrafish", f"Medaka {run} zebrafish")
    opened = built(make_home(tmp_path / "h", also={"long.md": long}))[1]
    assert ids(opened, "medaka zebrafish")
    assert ids(opened, '"medaka zebrafish"') == []
    assert ids(opened, "acgtacgt*") == []
    fits = text("other.md").replace("Zebrafish", f"Medaka {run[1:]} zebrafish")
    opened = built(make_home(tmp_path / "f", also={"fits.md": fits}))[1]
    assert ids(opened, "cgtacgt*")


def test_an_overlong_value_is_not_a_keyword() -> None:
    page = "J" * (KEYWORD_BYTES + 1)
    listed = Reference(1, page, title=page, journal=page, doi="10.1/x")
    (unit,) = units(Article("long", "", references=(listed,)))
    entry = Indexer(Lexicon(), Thesaurus([])).entry(unit, 0)
    assert "journal" not in entry.keywords
    assert entry.keywords["doi"] == ["10.1/x"]
    assert entry.keywords["lacks"] == ["year", "journal", "section"]


def test_an_overlong_id_fails_only_its_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_home(tmp_path / "h", "small.md", "other.md")
    real = readers.read_article

    def read(path: Path, *conversions: Any) -> Article:
        article = real(path, *conversions)
        return replace(article, id="i" * ID_BYTES) if path.name == "other.md" else article

    monkeypatch.setattr(readers, "read_article", read)
    outcome, opened = built(place)
    assert [view.id for view in opened.articles()] == ["small"]
    assert len(outcome.failures) == 1
    assert outcome.failures[0].startswith("other.md, ")
    assert "more than 512 bytes" in outcome.failures[0]


def test_an_overlong_anchor_is_named_by_its_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_home(tmp_path / "h", "small.md", "other.md")
    real = readers.read_article

    def read(path: Path, *conversions: Any) -> Article:
        article = real(path, *conversions)
        if path.name != "other.md":
            return article
        first, *others = article.sections
        long = Paragraph("abcde" * ID_BYTES, Prose("Text."))
        return replace(article, sections=(replace(first, blocks=(long,)), *others))

    monkeypatch.setattr(readers, "read_article", read)
    (failure,) = built(place)[0].failures
    assert failure.startswith(f"other.md, {'abcde' * 8}: the id of this part has more than")


# Errors of the system


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_failing_disk_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    place = make_home(tmp_path / "h", "small.md")
    before = Library.build(place).generation.name

    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number), "cards.json")

    monkeypatch.setattr(GenerationFiles, "write_cards", refused)
    with pytest.raises(BuildFailed, match=f"{os.strerror(number)}.*the previous one stays in use"):
        Library.build(place, force=True)
    assert Library.open(place).generation == before
    assert not (place / "index" / ".building").exists()


def test_a_damaged_index_is_refused_with_advice(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = make_home(tmp_path / "h", "small.md")
    _, opened = built(place)
    found = ids(opened, "exosomes")
    generation = Library.build(place, force=True).generation
    damaged = place / "index" / generation.name / "concepts.json"
    damaged.write_bytes(damaged.read_bytes()[:-9])
    with pytest.raises(
        IndexDamaged, match=r"concepts\.json: has changed .* `poi-search index --force`"
    ):
        Library.open(place)
    assert ids(opened, "exosomes") == found  # the open index stays in use
    (record,) = caplog.records
    assert "concepts.json: has changed" in record.getMessage()
    assert record.getMessage().endswith(" The index that is open stays in use.")
    ids(opened, "exosomes")
    assert len(caplog.records) == 1  # logged once, not at every question
    assert [f.place for f in check_all(place) if f.severity == "error"] == ["index"]
    assert Library.build(place).built  # a damaged index is not up to date
    assert opened.generation == generations.current_name(place / "index")


def test_the_package_exports_the_library_and_is_cheap_to_import() -> None:
    assert poi_search.Library is Library
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        poi_search.Nothing  # noqa: B018
    loaded = "import sys, poi_search; print(sorted(m for m in sys.modules if '.' not in m))"
    modules = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    ).stdout
    assert not {"numpy", "whoosh", "flask", "msgspec", "click"} & set(eval(modules))
