"""Citation markers: numbers and ranges, and brackets that are not citations."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poi_search.readers.citations import (
    parse_markers,
    parse_numbers,
    parse_round_markers,
    printed_spans,
)

DASHES = "-‐‑‒–—−"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("30-32,51–56,96", (30, 31, 32, 51, 52, 53, 54, 55, 56, 96)),
        ("1 – 3", (1, 2, 3)),
        (" 5 , 6 ", (5, 6)),
        ("1;2", (1, 2)),
        ("3,3,1", (3, 1)),
        ("12", (12,)),
        ("", ()),
        ("0", ()),
        ("007", ()),
        ("9-7", ()),
        ("1-900", ()),
        ("Z20200007", ()),
        ("No. WKJ-ZJ-2010", ()),
        ("1,2-b", ()),
        ("0.5–1.2", ()),
        ("20189", ()),
    ],
)
def test_numbers(text: str, numbers: tuple[int, ...]) -> None:
    assert parse_numbers(text) == numbers


@given(
    st.lists(st.tuples(st.integers(1, 900), st.integers(0, 20)), min_size=1, max_size=8),
    st.sampled_from(DASHES),
    st.sampled_from([",", ", ", " ,", ";"]),
)
def test_printed_ranges_are_read_back(
    ranges: list[tuple[int, int]], dash: str, separator: str
) -> None:
    written = separator.join(
        f"{first}{dash}{first + more}" if more else str(first) for first, more in ranges
    )
    meant = [n for first, more in ranges for n in range(first, first + more + 1)]
    assert parse_numbers(written) == tuple(dict.fromkeys(meant))


def test_a_range_has_up_to_300_references() -> None:
    assert parse_numbers("1-300") == tuple(range(1, 301))
    assert parse_numbers("1-301") == ()
    assert [c.numbers for c in parse_markers("[1]–[300]")] == [tuple(range(1, 301))]
    assert [c.numbers for c in parse_markers("[1]–[301]")] == [(1,), (301,)]


def test_markers_in_text() -> None:
    text = "Shown before.[1–3] Liu et al[31] and others [12]–[15], not [Z20200007] or [2018]."
    found = parse_markers(text, highest=98)
    assert [text[c.start : c.end] for c in found] == ["[1–3]", "[31]", "[12]–[15]"]
    assert [c.numbers for c in found] == [(1, 2, 3), (31,), (12, 13, 14, 15)]


@pytest.mark.parametrize("text", ["95% CI [1, 3]", "IQR: [2–4]", "x = [1,2]", "imidazo[1,2-a]"])
def test_an_interval_is_not_a_citation(text: str) -> None:
    assert parse_markers(text, highest=9) == ()


def test_round_markers() -> None:
    text = "Shown (1, 2) in five (n = 5) trials (2018) of (3–4)."
    assert [c.numbers for c in parse_round_markers(text, highest=5)] == [(1, 2), (3, 4)]


@given(st.text(alphabet="[]()0123456789,–- aZ", max_size=60), st.integers(1, 99))
def test_offsets_point_to_a_marker(text: str, highest: int) -> None:
    found = parse_markers(text, highest)
    assert all(text[c.start] == "[" and text[c.end - 1] == "]" for c in found)
    assert all(1 <= number <= highest for c in found for number in c.numbers)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("marker", "numbers", "spans"),
    [
        ("[30–32,51]", (30, 31, 32, 51), [(1, 6), (1, 6), (1, 6), (7, 9)]),
        ("[1\u22123]", (1, 2, 3), [(1, 4)] * 3),
        ("[12]–[14]", (12, 13, 14), [(1, 8)] * 3),
        ("[5, 6]", (5, 6), [(1, 2), (4, 5)]),
        ("7", (7,), [(0, 1)]),
        ("[3–4]", (4,), [(1, 4)]),
        ("(Smith, 2010)", (2, 5), [(0, 13), (0, 13)]),
        ("[5, x]", (5, 6), [(0, 6), (0, 6)]),
    ],
)
def test_each_reference_has_the_span_that_prints_it(
    marker: str, numbers: tuple[int, ...], spans: list[tuple[int, int]]
) -> None:
    assert [printed_spans(marker, numbers)[number] for number in numbers] == spans
