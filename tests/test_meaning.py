"""Closeness of meaning changes the order of the first hits, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from homes import make_home
from msgspec.structs import replace
from onnx_files import write_encoder

import poi_search.index.build as building
from poi_search import closeness
from poi_search import library as libraries
from poi_search.cli import main
from poi_search.closeness import Vector
from poi_search.closeness.vectors import Closeness
from poi_search.engine.seam import Hit
from poi_search.library import Library
from poi_search.results import HitView, Reason, SearchRequest
from poi_search.search import reordering
from poi_search.search.interpretation import understand
from poi_search.search.reasons import found_through
from poi_search.web import create_app

QUESTION = "what is known of tired worn ovaries"
TEXTS = [
    f"Paragraph {letter} is on ovaries{' and more' * (ord(letter) % 5)}." for letter in "abcdefgh"
]
ARTICLE = "# A review\n\n## 1. Introduction\n\n" + "\n\n".join(TEXTS) + "\n"


class Letters:
    """Texts are close that have the same letters; it counts what it is asked."""

    name = "letters"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, text: str) -> Vector:
        self.asked.append(text)
        counts = np.bincount(np.frombuffer(text.encode(), np.uint8) % 32, minlength=32)
        return np.asarray(counts / np.linalg.norm(counts), dtype=np.float32)


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> Letters:
    made = Letters()
    monkeypatch.setattr(building, "find_encoder", lambda _home: made)
    monkeypatch.setattr(libraries, "find_encoder", lambda _home: made)
    return made


@pytest.fixture
def home(tmp_path: Path, encoder: Letters) -> Path:
    place = make_home(tmp_path / "home", also={"review.md": ARTICLE})
    Library.build(place)
    return place


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    yield Library.open(home)


def without_meaning(hit: HitView) -> HitView:
    return replace(hit, why=tuple(each for each in hit.why if each.how != "meaning"))


def test_only_the_order_differs_and_lifted_hits_say_so(library: Library) -> None:
    by_words = library.search(QUESTION, per_page=50, meaning="off")
    by_both = library.search(QUESTION, per_page=50)
    before = [hit.id for hit in by_words.results]
    after = [hit.id for hit in by_both.results]
    assert before != after and sorted(before) == sorted(after)
    assert (by_words.total, by_words.facets) == (by_both.total, by_both.facets)
    same = {hit.id: hit for hit in by_words.results}
    for place, hit in enumerate(by_both.results):
        assert without_meaning(hit) == same[hit.id]
        lifted = [each.text for each in hit.why if each.how == "meaning"]
        assert lifted == ([QUESTION] if place < before.index(hit.id) else [])
    assert all(without_meaning(hit) == hit for hit in by_words.results)


def test_pages_and_exports_have_the_same_order(library: Library) -> None:
    whole = [hit.id for hit in library.search(QUESTION, per_page=50).results]
    paged = [
        hit.id
        for page in range(1, 5)
        for hit in library.search(QUESTION, per_page=3, page=page).results
    ]
    assert paged == whole[:12]
    assert [view.id for view in library.found_units(SearchRequest(q=QUESTION))] == whole


def test_beyond_the_depth_nothing_moves(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reordering, "DEPTH", 3)
    by_words = [hit.id for hit in library.search(QUESTION, per_page=50, meaning="off").results]
    by_both = [hit.id for hit in library.search(QUESTION, per_page=50).results]
    assert by_both[3:] == by_words[3:] and sorted(by_both[:3]) == sorted(by_words[:3])
    later = library.search(QUESTION, per_page=3, page=2).results
    assert [hit.id for hit in later] == by_words[3:6]


@pytest.mark.parametrize("question", ["", '"ovaries"', "ovaries OR cells", "kind:section ovaries"])
def test_only_plain_words_are_encoded(library: Library, encoder: Letters, question: str) -> None:
    encoder.asked.clear()
    library.search(question)
    assert not encoder.asked


def test_a_sorted_or_repeated_question_is_not_encoded(library: Library, encoder: Letters) -> None:
    encoder.asked.clear()
    library.search(QUESTION, sort="order")
    assert not encoder.asked
    library.search(QUESTION)
    library.search(QUESTION, per_page=20)
    assert encoder.asked == [QUESTION]


def test_a_rebuild_encodes_what_is_new(home: Path, encoder: Letters) -> None:
    encoder.asked.clear()
    (home / "corpus" / "other.md").write_text("# Other\n\n## 1. New\n\nIt is new.\n", "utf-8")
    assert Library.build(home).built
    assert encoder.asked and all("new" in text.lower() for text in encoder.asked)
    library = Library.open(home)
    assert [hit.article for hit in library.search("new").results] == ["other"]


def test_another_encoder_makes_the_index_stale_and_its_vectors_are_ignored(
    home: Path, encoder: Letters
) -> None:
    encoder.name = "other letters"
    library = Library.open(home)
    assert library.stale()
    assert library.search(QUESTION).results == library.search(QUESTION, meaning="off").results
    encoder.asked.clear()
    Library.build(home)
    assert len(encoder.asked) == len({*encoder.asked}) >= len(TEXTS)


def test_without_an_encoder_nothing_changes(
    home: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = library.search(QUESTION, meaning="off").results
    monkeypatch.setattr(building, "find_encoder", lambda _home: None)
    monkeypatch.setattr(libraries, "find_encoder", lambda _home: None)
    assert Library.open(home).search(QUESTION).results == expected
    assert Library.build(home).built
    assert Library.open(home).snapshot().closeness is None


def test_commands_go_on_without_onnxruntime(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_home(tmp_path / "home", also={"review.md": ARTICLE})
    folder = write_encoder(place / "encoder", [[0.0]])
    monkeypatch.delenv("POI_SEARCH_ENCODER", raising=False)
    monkeypatch.setattr(closeness, "find_spec", lambda _name: None)

    def warnings(*command: str) -> int:
        ran = CliRunner().invoke(main, [*command, "--home", str(place)])
        assert ran.exit_code == 0, ran.output
        return ran.stderr.count(f"{folder}: the encoder is not used")

    assert [warnings("index"), warnings("index", "--quiet")] == [1, 0]
    assert [warnings("search", "ovaries"), warnings("search", "ovaries", "--no-meaning")] == [1, 0]
    assert warnings("stats") == 0
    assert not Library.open(place).stale()


def test_the_page_says_so_and_switches(library: Library) -> None:
    client = create_app(library, testing=True).test_client()

    def page(**more: str) -> BeautifulSoup:
        return BeautifulSoup(
            client.get("/search", query_string={"q": QUESTION} | more).text, "lxml"
        )

    ordered = page()
    (notice,) = ordered.select("p.meaning")
    assert notice.get_text() == "Ordered by words and meaning. Order by words alone"
    assert "meaning=off" in str(notice.a)
    assert "close in meaning: the question as a whole" in ordered.get_text()
    off = page(meaning="off")
    (notice,) = off.select("p.meaning")
    assert notice.get_text() == "In the order of words alone. Order by meaning too"
    assert "meaning=" not in str(notice.a)
    (kept,) = off.select("input[name=meaning]")
    assert kept["value"] == "off"
    assert "close in meaning" not in off.get_text()
    assert not page(sort="order").select("p.meaning")


def test_a_hit_is_never_found_through_its_meaning(library: Library) -> None:
    meant = Reason("worn", "meaning", "the question as a whole")
    heading = Reason("ovaries", "heading", "the heading of the section")
    assert found_through([heading, meant]) == "the heading of the section"


def test_an_encoder_that_cannot_be_used_is_reported_in_a_line(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", also={"review.md": ARTICLE})
    variables = {"POI_SEARCH_ENCODER": str(tmp_path)}
    result = CliRunner().invoke(main, ["--home", str(home), "index"], env=variables)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {tmp_path}: an encoder ")
    assert result.stderr.count("\n") == 1


def test_fragments_stay_behind() -> None:
    places = reordering._order(Fixed(), "q", hits(3.0, 2.0, 1.0), 2, 5.0)
    assert places == [1, 0, 2], "the last is the closest, but names only a part"


def test_the_less_is_known_of_a_question_the_more_meaning_counts(library: Library) -> None:
    snapshot = library.snapshot()

    def share(question: str) -> float:
        return reordering.known_share(understand(snapshot, SearchRequest(q=question)))

    assert share("ovary") == 1
    assert share("ovary paragraph") == 0.5
    assert share("paragraph") == share("") == 0


class Fixed(Closeness):
    """The last unit is the closest."""

    def __init__(self) -> None: ...

    def similarities(self, _question: str, units: Sequence[str]) -> Vector:
        return np.arange(len(units), dtype=np.float32)


def hits(*scores: float) -> tuple[Hit, ...]:
    return tuple(Hit(str(score), score, b"") for score in scores)
