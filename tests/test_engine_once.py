"""Units with the same value of a keyword as one hit: compared with all hits, taken one by one."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from test_engine import ENGINES, Engine

from poi_search.engine.nodes import AllOf, AnyOf, Everything, Keyword, Query, Range, Term
from poi_search.engine.seam import EngineError, Hit, IndexEntry, IndexReader, Request

BODY = (("body", 1.0),)
WORDS = ("ovary", "mouse", "cell")
# More values of a keyword than are spread out in a table.
WIDE = ("a", "b", "c", "d", "e", "f")


@st.composite
def entries(draw: st.DrawFn) -> list[IndexEntry]:
    unit = st.tuples(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
        st.sampled_from(("", "p", "q", "r")),
        st.lists(st.sampled_from(("x", "y")), max_size=2),
        st.lists(st.sampled_from(WIDE), max_size=6),
        st.none() | st.integers(2018, 2020),
    )
    return [
        IndexEntry(
            f"u{place}",
            {"body": words},
            {"paper": [paper] if paper else [], "kind": kinds, "topic": topics},
            {} if year is None else {"year": year},
        )
        for place, (words, paper, kinds, topics, year) in enumerate(
            draw(st.lists(unit, max_size=12))
        )
    ]


QUERIES: list[Query] = [
    Everything(),
    Term("ovary", BODY),
    AnyOf(tuple(Term(word, BODY) for word in WORDS)),
    Range("year"),
]
REQUESTS = st.builds(
    Request,
    st.sampled_from(QUERIES),
    filters=st.sampled_from(
        [{}, {"kind": Keyword("kind", "x")}, {"kind": Keyword("kind", "y"), "year": Range("year")}]
    ),
    facets=st.just({"kind": 9, "topic": 9}),
    sort=st.sampled_from(("", "year", "-year")),
    limit=st.just(100),
    ahead=st.sampled_from((None, Term("mouse", BODY))),
    once=st.just("paper"),
)


def index(engine: Engine, folder: Path, units: list[IndexEntry]) -> IndexReader:
    keywords = ["paper", "kind", "topic"]
    writer = engine.open_writer(folder, ["body"], keywords, ["year"])
    for unit in units:
        writer.add(unit)
    writer.commit()
    return engine.open_reader(folder)


def each_once(hits: tuple[Hit, ...], units: Mapping[str, IndexEntry]) -> list[Hit]:
    first = {paper(units[hit.id]): hit for hit in reversed(hits)}
    return [hit for hit in hits if first[paper(units[hit.id])] is hit]


def paper(unit: IndexEntry) -> str:
    return "".join(unit.keywords["paper"]) or unit.id


def counts(hits: tuple[Hit, ...], units: Mapping[str, IndexEntry], facet: str) -> dict[str, int]:
    papers: dict[str, set[str]] = defaultdict(set)
    for hit in hits:
        for value in units[hit.id].keywords[facet]:
            papers[value].add(paper(units[hit.id]))
    return {
        value: len(papers[value]) for value in sorted(papers, key=lambda v: (-len(papers[v]), v))
    }


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@given(found=entries(), request_=REQUESTS)
def test_each_paper_is_one_hit(engine: Engine, found: list[IndexEntry], request_: Request) -> None:
    units = {unit.id: unit for unit in found}
    with tempfile.TemporaryDirectory() as folder:
        reader = index(engine, Path(folder), found)
        every = reader.rank(replace(request_, once=""))
        once = reader.rank(request_)
        expected = each_once(every.hits, units)
        assert list(once.hits) == expected
        assert (once.total, once.repeats) == (len(expected), every.total - len(expected))
        assert once.cursor == ""
        assert once.ahead == len(each_once(every.hits[: every.ahead], units))
        others = replace(
            request_, once="", filters={k: v for k, v in request_.filters.items() if k != "kind"}
        )
        unfiltered = reader.rank(others)
        assert list(once.counts["kind"].items()) == list(
            counts(unfiltered.hits, units, "kind").items()
        )
        assert list(once.counts["topic"].items()) == list(
            counts(every.hits, units, "topic").items()
        )
        for limit in (1, 2, 3):
            step = reader.rank(replace(request_, limit=limit))
            hits = list(step.hits)
            while step.cursor:
                step = reader.rank(replace(request_, limit=limit, after=step.cursor))
                assert (step.total, step.repeats) == (once.total, once.repeats)
                hits += step.hits
            assert hits == expected
            assert (
                list(reader.rank(replace(request_, offset=1, limit=limit)).hits)
                == (expected[1 : 1 + limit])
            )
        query = AllOf((request_.query, *request_.filters.values()))
        assert reader.count(query, "paper") == len(expected)
        assert reader.count(query) == every.total
        reader.close()


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_a_unit_has_at_most_one_value(engine: Engine, tmp_path: Path) -> None:
    unit = IndexEntry("u", {}, {"paper": ["p", "q"], "kind": [], "topic": []})
    reader = index(engine, tmp_path, [unit])
    with pytest.raises(EngineError, match="several values of the keyword 'paper'"):
        reader.rank(Request(Everything(), once="paper"))
    with pytest.raises(EngineError, match="unknown keyword"):
        reader.rank(Request(Everything(), once="colour"))
    reader.close()


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_an_older_index_without_the_keyword_lists_every_unit(
    engine: Engine, tmp_path: Path
) -> None:
    index(engine, tmp_path, [IndexEntry("u", {}), IndexEntry("v", {})]).close()
    reader = engine.open_reader(tmp_path, partial=True)
    ranking = reader.rank(Request(Everything(), facets={"kind": 9}, once="colour"))
    assert (ranking.total, ranking.repeats, reader.count(Everything(), "colour")) == (2, 0, 2)
    reader.close()
