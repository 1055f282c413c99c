"""An editorial note is shown wherever the words it is on are shown."""

from __future__ import annotations

import re
from functools import cache

import pytest
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner
from flask.testing import FlaskClient

from poi_search import cli
from poi_search.library import Library
from poi_search.results import UnitView
from poi_search.search.unit_notes import notes_on, notes_on_hit

ARTICLE = "/articles/shi-2022"
NOTED_REFERENCES = (15, 18, 24, 63)


@pytest.fixture(scope="module")
def noted(library: Library) -> list[UnitView]:
    """The units of the review with notes."""
    found = [unit for unit in library.units("shi-2022") if unit.notes]
    assert len(found) > 10
    return found


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@cache
def page(client: FlaskClient, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).text, "html.parser")


def items(client: FlaskClient, path: str, css: str) -> list[Tag]:
    return page(client, path).select(css)


def shows(item: Tag, unit: UnitView) -> tuple[set[str], set[str]]:
    """The notes of a unit that an item shows, and those whose words it shows."""
    text = plain(item.get_text())
    passage = plain(" ".join(part.get_text() for part in item.select(".passage, .words, .caption")))
    there = {note.text for note in unit.notes if plain(note.text) in text}
    due = {note.text for note in unit.notes if plain(note.quote) in passage}
    return there, due


def test_the_evidence_matrix_shows_the_notes_on_its_statements(
    client: FlaskClient, noted: list[UnitView]
) -> None:
    by_url = {unit.url: unit for unit in noted}
    shown = 0
    for item in items(client, f"{ARTICLE}/evidence", "section.cell li"):
        link = item.select_one(".actions a")
        assert link is not None
        if unit := by_url.get(str(link["href"])):
            there, due = shows(item, unit)
            assert there == due, link["href"]
            shown += len(there)
    assert shown >= 10


@pytest.mark.parametrize("number", NOTED_REFERENCES)
def test_a_reference_shows_the_notes_on_what_cites_it(
    client: FlaskClient, noted: list[UnitView], number: int
) -> None:
    by_url = {unit.url: unit for unit in noted}
    shown = 0
    for item in items(client, f"{ARTICLE}/references/{number}", ".hits li"):
        link = item.select_one(".place a")
        assert link is not None
        if unit := by_url.get(str(link["href"])):
            there, due = shows(item, unit)
            assert there == due
            left = len(unit.notes) - len(there)
            assert not left or f"{left} more editorial note" in plain(item.get_text())
            shown += len(there)
    assert shown


def test_a_hit_shows_the_notes_on_the_sentences_shown(client: FlaskClient) -> None:
    item = items(client, "/search?q=growth+factors+of+adipose-derived+MSCs", "li.hit-section")[0]
    text = plain(item.get_text())
    assert "probably human amnion-derived" in text
    assert "Printed “TGF-B”" not in text


def test_the_terminal_shows_the_same_notes(library: Library) -> None:
    question = "growth factors of adipose-derived MSCs"
    hit = next(h for h in library.search(question).results if h.anchor == "s4.2-p2")
    ran = CliRunner().invoke(cli.main, ["search", question, "--home", str(library.home)])
    printed = plain(ran.stdout)
    notes = notes_on_hit(hit)
    assert notes
    assert all(f"Note: {plain(note.text)}" in printed for note in notes)
    left = len(hit.notes) - len(notes)
    assert left
    assert f"{left} more editorial notes: poi-search show {hit.id}" in printed


def test_notes_belong_to_the_words_they_quote_or_to_the_whole_unit(
    library: Library, noted: list[UnitView]
) -> None:
    unit = next(unit for unit in noted if unit.anchor == "s4.2-p2")
    first = unit.notes[0]
    ((start, end),) = first.places
    assert notes_on(unit, [(start, end)]) == (first,)
    assert notes_on(unit, [(end, end + 1)]) == ()
    assert notes_on(unit, [(0, start)]) == ()
    assert notes_on(unit, [(start - 1, start + 1)]) == (first,)


def test_quotations_can_be_copied_with_their_notes(
    client: FlaskClient, noted: list[UnitView]
) -> None:
    """The script adds to a quotation what is marked as a note of the same unit."""
    article = page(client, ARTICLE)
    for unit in noted:
        told = [plain(note.get_text()) for note in article.select(f'[data-note="{unit.anchor}"]')]
        assert told == [plain(note.text) for note in unit.notes]
    hits = items(client, f"{ARTICLE}/references/63", ".hits li")
    assert len([note for hit in hits for note in hit.select('[data-note=""]')]) == 2


def test_a_search_of_another_site_is_not_named_as_a_record(client: FlaskClient) -> None:
    links = items(client, f"{ARTICLE}/references/61", "[data-card] a[rel~=external]")
    assert [link.get_text() for link in links] == ["Find in PubMed", "Find in Google Scholar"]
