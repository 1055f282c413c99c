"""What is kept between questions never changes an answer, and is not kept for another index."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from homes import make_home, text
from msgspec.structs import replace

from poi_search.library import Library
from poi_search.results import Results, SearchRequest
from poi_search.search import snapshot

REQUESTS = [
    SearchRequest(q=question, per_page=2, **options)  # type: ignore[arg-type]
    for question, options in product(
        ("ovarian failure", "oocytes exosomes", "small cells li", "granuloza", "cystic fibrosis"),
        (
            {},
            {"page": 2},
            {"synonyms": "off"},
            {"spelling": "off"},
            {"fragments": "on"},
            {"kind": ("reference",)},
            {"sort": "-year"},
        ),
    )
]


def answer(library: Library, request: SearchRequest) -> Results:
    return replace(library.search(request), took_ms=0.0)


@pytest.fixture(scope="module")
def alone(_built_once: Path) -> list[Results]:
    """The answers of libraries that were asked nothing before."""
    return [answer(Library.open(_built_once), request) for request in REQUESTS]


@pytest.mark.parametrize("kept", [4, 2048])
def test_the_order_of_questions_does_not_matter(
    place: Path, monkeypatch: pytest.MonkeyPatch, alone: list[Results], kept: int
) -> None:
    """With room for a single page, and for all of them."""
    assert len({each.results for each in alone}) > 8
    monkeypatch.setattr(snapshot, "_HITS_CACHED", kept)
    library = Library.open(place)
    for request, expected in 2 * list(zip(REQUESTS, alone, strict=True)):
        assert answer(library, request) == expected
        assert library.snapshot().shown.size <= kept


def test_empty_pages_are_not_kept_without_limit(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_HITS_CACHED", 3)
    library = Library.open(place)
    for page in range(50, 60):
        assert library.search("cells", page=page).results == ()
    assert len(library.snapshot().shown._kept) == 3


@pytest.mark.usefixtures("few_concepts")
def test_another_index_is_asked_anew(tmp_path: Path) -> None:
    place = make_home(tmp_path / "h", "small.md")
    paper = place / "corpus" / "small.md"
    paper.write_text(f"{text('small.md')}\n".replace("AMH is", "Anti-mouse heat (AMH) is"))
    Library.build(place)
    library = Library.open(place)
    before = library.search("AMH failure")
    assert [concept.label for concept in before.query.concepts] == ["Anti-mouse heat"]
    assert before.query.absent == ()
    other = text("small.md").replace("AMH is", "Actual mean height (AMH) is")
    paper.write_text(other.replace("failure", "age"))
    Library.build(place)
    after = library.search("AMH failure")
    assert [concept.label for concept in after.query.concepts] == ["Actual mean height"]
    assert [part.text for part in after.query.absent] == ["failure"]
    assert "mean height" in after.results[0].text
