"""The scoring, compared with its definition, computed unit by unit in plain Python."""

from __future__ import annotations

import math
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pytest
import sqlite_engine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from oracle import FIELDS, SCORING, Oracle

from poi_search.engine import load, open_reader, open_writer, rank, score
from poi_search.engine.columns import KeywordColumn
from poi_search.engine.facets import FacetTable
from poi_search.engine.nodes import (
    AllOf,
    AnyOf,
    Boosted,
    Complement,
    Everything,
    Fuzzy,
    Keyword,
    Phrase,
    Prefix,
    Query,
    Range,
    Synonyms,
    Term,
)
from poi_search.engine.postings import Weighted, add_up
from poi_search.engine.seam import Engine, IndexEntry, IndexReader, Request

ENGINES = {"whoosh": load("whoosh"), "sqlite": cast("Engine", sqlite_engine)}
Readers = dict[str, IndexReader]
WORDS = ["a", "b", "ab", "abc", "abd", "acb", "bcd", "c", "caa", "rare"]


def build(
    entries: Sequence[IndexEntry], directory: str, engine: Engine | None = None
) -> IndexReader:
    writer = open_writer(Path(directory), FIELDS, ["kind", "cell"], ["year"], engine=engine)
    for entry in entries:
        writer.add(entry)
    writer.commit()
    return open_reader(Path(directory), SCORING, cache_bytes=20_000, engine=engine)


def build_for_each(entries: Sequence[IndexEntry], place: Path) -> Readers:
    readers = {}
    for name, engine in ENGINES.items():
        (place / name).mkdir()
        readers[name] = build(entries, str(place / name), engine)
    return readers


def check(oracle: Oracle, readers: Readers, request: Request) -> None:
    """Check that totals, ids, scores, order and counts of a request match the definition, with
    each engine."""
    scores = oracle.scores(request.query)
    passing = {
        name: [score is not None for score in oracle.scores(query)]
        for name, query in request.filters.items()
    }

    def kept(leave_out: str = "") -> list[int]:
        return [
            unit
            for unit, score in enumerate(scores)
            if score is not None and all(p[unit] for n, p in passing.items() if n != leave_out)
        ]

    expected = {str(unit): scores[unit] or 0.0 for unit in kept()}
    expected_counts = {}
    for facet, limit in request.facets.items():
        values = [v for unit in kept(facet) for v in set(oracle.entries[unit].keywords[facet])]
        counts = sorted((-values.count(value), value) for value in set(values))
        expected_counts[facet] = {value: -count for count, value in counts[:limit]}
    everything = replace(request, offset=0, limit=10**6)
    end = request.offset + request.limit
    for name, reader in readers.items():
        whole = reader.rank(everything)
        got = {hit.id: hit.score for hit in whole.hits}
        assert whole.total == len(expected), name
        assert got.keys() == expected.keys(), name
        for unit, wanted in expected.items():
            assert math.isclose(got[unit], wanted, rel_tol=1e-9, abs_tol=1e-12), (name, unit)
        in_order = sorted(got, key=order_key(oracle, request.sort, got))
        assert [hit.id for hit in whole.hits] == in_order, name
        page = reader.rank(request)
        assert page.hits == whole.hits[request.offset : end], name
        assert (page.total, page.counts) == (whole.total, whole.counts), name
        if page.cursor:
            after = reader.rank(replace(request, offset=0, after=page.cursor))
            assert after.hits == whole.hits[end : end + request.limit], name
        assert bool(page.cursor) == bool(page.hits and end < whole.total), name
        for facet, counted in expected_counts.items():
            assert page.counts[facet] == counted, name


def order_key(
    oracle: Oracle, sort: str, scores: dict[str, float]
) -> Callable[[str], tuple[float, ...]]:
    def key(unit: str) -> tuple[float, ...]:
        if not sort:
            return -scores[unit], int(unit)
        year = oracle.entries[int(unit)].numbers.get("year")
        first = math.inf if year is None else -year if sort == "-year" else year
        return first, -scores[unit], int(unit)

    return key


# Random collections, trees and requests

words = st.sampled_from(WORDS)
fields = st.lists(
    st.tuples(st.sampled_from(FIELDS), st.sampled_from([0.5, 1.0, 2.5])), min_size=1, max_size=3
).map(tuple)
weights = st.sampled_from([1.0, 1.0, 0.5, 3.0, 0.0])
terms = st.builds(Term, words, fields, weights)
texts = st.lists(st.one_of(words, words, st.just("")), min_size=1, max_size=12)
limits = st.one_of(
    st.builds(Keyword, st.sampled_from(["kind", "cell"]), st.sampled_from(["x", "y", "z"])),
    st.builds(Range, st.just("year"), st.none() | st.integers(0, 5), st.none() | st.integers(0, 5)),
    st.just(Everything()),
)
leaves: st.SearchStrategy[Query] = st.one_of(
    terms,
    st.builds(Synonyms, st.lists(terms, max_size=4).map(tuple), weights),
    st.builds(Phrase, st.lists(words, max_size=3).map(tuple), fields, weights),
    st.builds(Prefix, st.sampled_from(["", "a", "ab", "z"]), fields, weights, st.integers(1, 4)),
    st.builds(Fuzzy, words, fields, st.integers(0, 2), weights, st.integers(1, 4)),
)
coverages = st.sampled_from([0.0, 0.5, 1.0, 2.5])


def boosts(
    queries: st.SearchStrategy[Query],
) -> st.SearchStrategy[tuple[tuple[Query, float], ...]]:
    return st.lists(st.tuples(queries, st.sampled_from([0.0, 0.8, 2.0])), max_size=3).map(tuple)


def branches(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    some = st.lists(children, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(AllOf, some, weights),
        st.builds(AnyOf, some, weights, coverages),
        st.builds(Boosted, children, boosts(children), weights),
        st.builds(Complement, children),
    )


trees = st.recursive(st.one_of(leaves, leaves, limits), branches, max_leaves=10)
many = st.lists(st.one_of(leaves, leaves, trees), min_size=2, max_size=13).map(tuple)
queries: st.SearchStrategy[Query] = st.one_of(
    leaves, trees, branches(trees), st.builds(AnyOf, many, weights, coverages)
)
requests = st.builds(
    Request,
    queries,
    st.dictionaries(
        st.sampled_from(["kind", "cell", "year"]), st.one_of(limits, trees), max_size=2
    ),
    st.dictionaries(st.sampled_from(["kind", "cell"]), st.integers(1, 4)),
    st.sampled_from(["", "", "year", "-year"]),
    st.integers(0, 12),
    st.integers(0, 12),
)


units = st.tuples(
    st.dictionaries(st.sampled_from(FIELDS), texts),
    st.fixed_dictionaries(
        {
            "kind": st.lists(st.sampled_from("xy"), max_size=1),
            "cell": st.lists(st.sampled_from("xyz"), max_size=3),
        }
    ),
    st.dictionaries(st.just("year"), st.integers(0, 5)),
)
collections = st.lists(units, max_size=10).map(
    lambda drawn: [IndexEntry(str(number), *unit) for number, unit in enumerate(drawn)]
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(entries=collections, asked=st.lists(requests, min_size=1, max_size=6))
def test_small_collections(entries: list[IndexEntry], asked: list[Request]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        readers = build_for_each(entries, Path(directory))
        oracle = Oracle(entries)
        for request in asked:
            check(oracle, readers, request)
        for reader in readers.values():
            reader.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Oracle, Readers]]:
    """Enough units, with frequent and rare words, for all ways of adding up and selecting."""
    rng = random.Random(20220)
    entries = [
        IndexEntry(
            str(unit),
            {
                "title": rng.choices(WORDS[:4], k=rng.randrange(3)),
                "body": rng.choices([*WORDS[:9], ""], [20, 15, 9, 6, 2, 1, 0.5, 0.3, 0.1, 3], k=9)
                + ["rare"] * (unit % 97 == 5),
            },
            {"kind": [rng.choice("xy")], "cell": rng.choices("xyz", k=rng.randrange(4))},
            {"year": rng.randrange(6)} if unit % 9 else {},
        )
        for unit in range(200)
    ]
    readers = build_for_each(entries, tmp_path_factory.mktemp("large"))
    yield Oracle(entries), readers
    for reader in readers.values():
        reader.close()


@pytest.fixture(params=[True, False], ids=["few", "many"])
def _few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Add up and select as in small collections, or as in large ones."""
    if not request.param:
        monkeypatch.setattr(score, "FEW", 0)
        monkeypatch.setattr(rank, "FEW", 0)


@pytest.mark.usefixtures("_few")
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(request=requests)
def test_a_larger_collection(large: tuple[Oracle, Readers], request: Request) -> None:
    check(*large, request)


@pytest.mark.usefixtures("_few")
@pytest.mark.parametrize("size", [2, 5, 10, 11, 16])
def test_coverage_weighs_every_kind_of_child(large: tuple[Oracle, Readers], size: int) -> None:
    first, second, rare = (Term(word, (("body", 1.0),), 0.7) for word in ("a", "bcd", "rare"))
    old, some = Range("year", high=2), Keyword("cell", "x")
    not_first, not_rare = Complement(first), Complement(rare)
    seldom = AllOf((not_first, rare))
    children: tuple[Query, ...] = (
        *(first, AllOf((old, some), 3.0), AnyOf((second, not_rare), 2.0), Complement(second)),
        *(AnyOf((first, rare), coverage=0.3), Boosted(AnyOf((seldom, old)), ((some, 2.0),), 1.5)),
        *(AnyOf((old, rare), 1.5), Keyword("kind", "y"), Term("never", (("body", 1.0),))),
        *(AnyOf((seldom, old), 0.5), Phrase(("a", "b"), (("body", 2.0),))),
        *(Term(word, (("title", 1.5), ("body", 0.5))) for word in WORDS[:7]),
    )
    for start in range(len(children)):
        chosen = (children[start:] + children[:start])[:size]
        check(*large, Request(AnyOf(chosen, coverage=0.4), limit=20))


@pytest.mark.parametrize("name", ENGINES)
def test_results_do_not_depend_on_the_cache(
    large: tuple[Oracle, Readers], name: str, tmp_path: Path
) -> None:
    """Results are identical to the bit, whatever the cache keeps or discards."""
    oracle, small = large[0], large[1][name]
    build(oracle.entries, str(tmp_path)).close()
    none, ample = (open_reader(tmp_path, SCORING, cache_bytes=size) for size in (0, 10**9))
    fields = (("title", 2.0), ("body", 1.0))
    for first in WORDS:
        for second in WORDS:
            pair = (Term(first, fields), Term(second, fields, 0.3))
            query = AnyOf((*pair, Phrase((first, second), fields), Synonyms(pair)), coverage=0.7)
            answers = [reader.rank(Request(query)) for reader in (none, small, ample, ample)]
            assert all(answer == answers[0] for answer in answers)
    none.close()
    ample.close()


@given(
    st.lists(st.dictionaries(st.integers(0, 40), st.floats(0, 9), max_size=12), max_size=12),
    st.integers(1, 3),
)
def test_adding_up_by_sorting_equals_adding_up_in_an_array(
    parts: list[dict[int, float]], at_least: int
) -> None:
    weighted = [
        Weighted(
            np.array(sorted(part), dtype=np.int64), np.array([part[unit] for unit in sorted(part)])
        )
        for part in parts
    ]
    dense, sparse = (add_up(weighted, units, at_least) for units in (41, 10**5))
    assert dense.units.tolist() == sparse.units.tolist()
    assert dense.values.tolist() == sparse.values.tolist()
    expected = [u for u in range(41) if sum(u in part for part in parts) >= at_least]
    assert dense.units.tolist() == expected


@given(st.integers(0, 2000), st.integers(0, 300), st.integers(1, 5), st.integers(0, 99))
def test_the_highest_scores_are_the_first_of_all_sorted(
    size: int, wanted: int, kinds: int, seed: int
) -> None:
    scores = np.random.default_rng(seed).integers(0, 10**kinds, size).astype(np.float64)
    expected = sorted(range(size), key=lambda place: (-scores[place], place))[:wanted]
    request = Request(Everything(), limit=wanted)
    order, more = rank._order(request, scores, None, None, None)
    assert order.tolist() == expected
    assert more == (size > wanted)


@given(
    st.lists(
        st.tuples(st.frozensets(st.sampled_from("abcdefg")), st.frozensets(st.sampled_from("xyz"))),
        max_size=12,
    ),
    st.frozensets(st.integers(0, 11)),
    st.integers(0, 8),
)
def test_facets_count_each_value_of_many_or_few(
    values: list[tuple[frozenset[str], frozenset[str]]], chosen: frozenset[int], limit: int
) -> None:
    """Keywords with several values in a unit, with more than fit into rows, and with none."""
    units = sorted(unit for unit in chosen if unit < len(values))
    limits = {"many": limit, "few": 10, "none": 3}
    columns = {
        "many": keyword_column([many for many, _ in values]),
        "few": keyword_column([few for _, few in values]),
        "none": keyword_column([frozenset() for _ in values]),
    }
    counted = FacetTable(columns, len(values)).count(np.array(units, dtype=np.int64), limits)
    for place, name in enumerate(("many", "few")):
        found = [value for unit in units for value in values[unit][place]]
        expected = sorted(set(found), key=lambda value: (-found.count(value), value))
        expected = expected[: limits[name]]
        assert list(counted[name].items()) == [(value, found.count(value)) for value in expected]
    assert counted["none"] == {}


def keyword_column(values: Sequence[frozenset[str]]) -> KeywordColumn:
    known = sorted({value for of_unit in values for value in of_unit})
    codes = [known.index(value) for of_unit in values for value in sorted(of_unit)]
    offsets = np.cumsum([0, *map(len, values)])
    return KeywordColumn(known, np.array(codes, dtype=np.int64), offsets)
