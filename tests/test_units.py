"""The facts of the real review, read from the JSON API."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from poi_search.readers.citations import parse_numbers

DATA = Path(__file__).parent / "data"
Json = dict[str, Any]


def facts(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def get(client: FlaskClient, address: str) -> Json:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text)
    found: Json = json.loads(answer.data)
    return found


@pytest.fixture(scope="module")
def units(client: FlaskClient) -> dict[str, Json]:
    """Every unit by its anchor, each requested from its address."""
    anchors = get(client, "/api/articles/shi-2022")["anchors"]
    return {anchor: get(client, f"/api/units/shi-2022/{anchor}") for anchor in anchors}


def without_markers(unit: Json) -> str:
    places = sorted({tuple(place) for one in unit["citations"] for place in one["places"]})
    text: str = unit["text"]
    for start, end in reversed(places):
        text = text[:start] + text[end:]
    return text


def test_all_units_are_available_by_id(units: dict[str, Json]) -> None:
    kinds = [unit["kind"] for unit in units.values()]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "section": 51, "figure": 2, "table": 17, "reference": 98,
    }  # fmt: skip
    for anchor, unit in units.items():
        assert (unit["id"], unit["anchor"]) == (f"shi-2022/{anchor}", anchor)
        assert unit["url"] == f"/articles/shi-2022#{anchor}"
        assert unit["text"].strip()
        assert unit["title"]


def test_paragraphs_begin_end_and_cite_as_printed(units: dict[str, Json]) -> None:
    for fact in facts("shi-2022.paragraphs.tsv"):
        unit = units[fact["anchor"]]
        words = without_markers(unit).split()
        assert " ".join(words[:6]) == fact["first words"]
        assert " ".join(words[-5:]) == fact["last words"]
        markers: dict[tuple[int, int], list[int]] = {}
        for one in unit["citations"]:
            for start, end in one["places"]:
                markers.setdefault((start, end), []).append(one["number"])
        printed = fact["citation markers, in order"].split()
        assert [sorted(numbers) for _, numbers in sorted(markers.items())] == [
            sorted(map(int, marker.split(","))) for marker in printed
        ]


def test_every_place_of_a_citation_is_a_marker_that_cites_it(units: dict[str, Json]) -> None:
    for unit in units.values():
        for one in unit["citations"]:
            assert one["places"]
            for start, end in one["places"]:
                marker = unit["text"][start:end]
                assert re.fullmatch(r"\[[\d,–-]+\]", marker)
                assert one["number"] in parse_numbers(marker.strip("[]"))


def test_rows_contain_their_cells(units: dict[str, Json]) -> None:
    rows = facts("shi-2022.rows.tsv")
    for fact in rows:
        unit = units[f"t1-r{fact['row']}"]
        source, outcome, cited = unit["table"]["cells"]
        assert source == fact["source"]
        assert outcome.startswith(fact["first words"])
        assert outcome.endswith(fact["last words"])
        numbers = [str(one["number"]) for one in unit["citations"]]
        assert ",".join(numbers) == fact["references"]
        assert [unit["text"][a:b] for a, b in unit["table"]["cell_spans"]] == [
            source, outcome, cited,
        ]  # fmt: skip
        assert unit["table"]["label"] == "Table 1"
    assert len(rows) == 16


def test_references_are_as_printed_and_each_is_cited(units: dict[str, Json]) -> None:
    printed = facts("shi-2022.references.tsv")
    assert [fact["number"] for fact in printed] == [str(number) for number in range(1, 99)]
    for fact in printed:
        unit = units[f"ref-{fact['number']}"]
        reference = unit["reference"]
        assert reference["authors"] == fact["authors"].split(";")
        assert reference["et_al"] == bool(fact["et al"])
        assert reference["title"].endswith(fact["last words of the title"])
        for name in ("journal", "volume", "pages"):
            assert reference[name] == fact[name]
        assert str(reference["year"]) == fact["year"]
        assert reference["links"]["scholar"].startswith("https://scholar.google.com/")
        assert reference["links"]["pubmed"].startswith("https://pubmed.ncbi.nlm.nih.gov/")
        assert reference["cited_by"]


def test_citations_and_cited_by_are_the_same_pairs(units: dict[str, Json]) -> None:
    forward = {
        (unit["id"], one["id"])
        for unit in units.values()
        for one in unit["citations"]
        if one["url"] == f"/articles/shi-2022/references/{one['number']}"
    }
    backward = {
        (link["id"], unit["id"])
        for unit in units.values()
        if "reference" in unit
        for link in unit["reference"]["cited_by"]
    }
    assert forward == backward
    assert len({reference for _, reference in forward}) == 98


def test_sections_list_their_units_in_reading_order(
    client: FlaskClient, units: dict[str, Json]
) -> None:
    article = get(client, "/api/articles/shi-2022")
    held = [anchor for section in article["sections"] for anchor in section["anchors"]]
    assert held == [anchor for anchor in units if not anchor.startswith("ref-")]
    for section in article["sections"]:
        for anchor in section["anchors"]:
            place = units[anchor]["section"]
            assert place["number"] == section["number"]
            assert place["path"][-1] == section["title"]
            assert len(place["path"]) == section["level"]


def test_search_returns_the_same_units(client: FlaskClient, units: dict[str, Json]) -> None:
    found = get(client, "/api/search?q=mir21+granuloza&per_page=100")
    assert found["query"]["searched"] == "mir21 granulosa"
    assert found["total"] == len(found["results"]) > 20
    for hit in found["results"]:
        unit = units[hit["anchor"]]
        assert {**unit, "url": hit["url"]} == {name: hit[name] for name in unit}
