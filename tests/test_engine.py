"""The contract of engines: tests that run for each adapter.

To add an adapter, add a line to ENGINES, with the abilities it lacks, for example
gaps=frozenset({"coverage"}). A test that needs one of these is then expected to fail. The second
engine here, over SQLite, shows the minimum that an adapter needs.
"""

from __future__ import annotations

import math
import shutil
from array import array
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
import sqlite_engine
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from poi_search.engine import load, open_reader, open_writer
from poi_search.engine.checks import ID_BYTES, KEYWORD_BYTES, TERM_CHARACTERS
from poi_search.engine.columns import Columns
from poi_search.engine.embedded import EmbeddedReader
from poi_search.engine.nodes import (
    AllOf,
    AnyOf,
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
from poi_search.engine.postings import Postings
from poi_search.engine.seam import Engine as Adapter
from poi_search.engine.seam import (
    EngineError,
    Hit,
    IndexEntry,
    IndexReader,
    IndexWriter,
    Request,
    Scoring,
)
from poi_search.engine.whoosh import WhooshPostings
from poi_search.engine.whoosh_codec import pack, unpack


@dataclass(frozen=True)
class Engine:
    name: str
    adapter: Adapter
    gaps: frozenset[str] = frozenset()

    def open_writer(
        self,
        directory: Path,
        fields: Sequence[str],
        keywords: Sequence[str] = (),
        numbers: Sequence[str] = (),
    ) -> IndexWriter:
        return open_writer(directory, fields, keywords, numbers, engine=self.adapter)

    def open_reader(self, directory: Path, *, partial: bool = False) -> IndexReader:
        return open_reader(directory, partial=partial, engine=self.adapter)


ENGINES = [Engine("whoosh", load("whoosh")), Engine("sqlite", sqlite_engine)]

FIELDS = (("title", 2.0), ("body", 1.0))
BODY = (("body", 1.0),)

ENTRIES = [
    IndexEntry(
        "poi-1",
        {"title": ["ovary", "failure"], "body": ["il", "6", "and", "il", "8", "in", "ovary"]},
        {"kind": ["section"], "cell": ["bm", "uc"]},
        {"year": 2018},
        b"\x00one\xff",
    ),
    IndexEntry(
        "poi-2",
        {"title": ["ovaries"], "body": ["il", "8", "", "6", "mouse", "ovary"]},
        {"kind": ["section"], "cell": ["uc"]},
        {"year": 2020},
        b"two",
    ),
    IndexEntry("poi-3", {"title": [], "body": ["mouse"] * 5}, {"kind": ["table"]}, {"year": 2018}),
    IndexEntry("poi-4", {"body": ["human", "mouse", "ovary"]}, {"kind": ["table"]}, {}, b"four"),
    IndexEntry("poi-5", {}, {"kind": ["figure"], "cell": ["bm", "bm"]}, {"year": -3}, b"five"),
]


Test = TypeVar("Test", bound=Callable[..., None])


def needs(ability: str) -> Callable[[Test], Test]:
    """Mark a test of an ability that an engine may declare to lack."""

    def mark(test: Test) -> Test:
        vars(test)["needs"] = ability
        return test

    return mark


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    chosen: Engine = request.param
    ability = getattr(request.function, "needs", "")
    if ability in chosen.gaps:
        request.applymarker(pytest.mark.xfail(reason=f"declared gap: {ability}", strict=True))
    return chosen


def write(engine: Engine, directory: Path, entries: Sequence[IndexEntry]) -> IndexReader:
    directory.mkdir(exist_ok=True)
    writer = engine.open_writer(directory, ["title", "body"], ["kind", "journal"], ["year"])
    for entry in entries:
        writer.add(entry)
    writer.commit()
    return engine.open_reader(directory)


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, IndexReader]]:
    opened = {one.name: write(one, tmp_path_factory.mktemp(one.name), ENTRIES) for one in ENGINES}
    yield opened
    for one in opened.values():
        one.close()


@pytest.fixture
def reader(engine: Engine, readers: dict[str, IndexReader]) -> IndexReader:
    return readers[engine.name]


def found(reader: IndexReader, query: Query) -> list[str]:
    """The numbers of the matching units, in order of entry."""
    hits = reader.rank(Request(query, limit=100)).hits
    return sorted(hit.id.removeprefix("poi-") for hit in hits)


OVARY, MOUSE, HUMAN = (Term(text, FIELDS) for text in ("ovary", "mouse", "human"))


@pytest.mark.parametrize(
    ("query", "units"),
    [
        (OVARY, "124"),
        (Term("ovary", (("title", 1.0),)), "1"),
        (Term("never", FIELDS), ""),
        (Term("", FIELDS), ""),
        (Term("\ud800", FIELDS), ""),
        (Synonyms((Term("ovaries", FIELDS), HUMAN)), "24"),
        (Synonyms(()), ""),
        (Phrase(("il", "6"), FIELDS), "1"),
        (Phrase(("il", "8"), FIELDS), "12"),
        (Phrase(("8", "6"), FIELDS), ""),
        (Phrase(("8", "", "6"), FIELDS), ""),
        (Phrase(("mouse",) * 5, FIELDS), "3"),
        (Phrase(("mouse",) * 6, FIELDS), ""),
        (Phrase(("failure", "il"), FIELDS), ""),
        (Phrase((), FIELDS), ""),
        (Prefix("ovar", FIELDS), "124"),
        (Prefix("ovar", (("title", 1.0),), limit=1), "2"),
        (Prefix("zz", FIELDS), ""),
        (Fuzzy("omuse", FIELDS), "234"),
        (Fuzzy("omuse", FIELDS, distance=0), ""),
        (Fuzzy("ovray", FIELDS, distance=1), "124"),
        (Keyword("cell", "uc"), "12"),
        (Keyword("cell", "zz"), ""),
        (Keyword("journal", "any"), ""),
        (Range("year"), "1235"),
        (Range("year", low=2018), "123"),
        (Range("year", high=2018), "135"),
        (Range("year", low=2019, high=10**30), "2"),
        (Everything(), "12345"),
        (Complement(OVARY), "35"),
        (Complement(Everything()), ""),
        (AllOf((OVARY, MOUSE)), "24"),
        (AllOf((OVARY, Complement(MOUSE))), "1"),
        (AllOf((Keyword("kind", "table"), Range("year"))), "3"),
        (AllOf(()), "12345"),
        (AllOf((OVARY, Term("never", FIELDS))), ""),
        (AnyOf((HUMAN, Keyword("kind", "figure"))), "45"),
        (AnyOf(()), ""),
        (AnyOf((HUMAN, Complement(Everything())), coverage=1.0), "4"),
    ],
    ids=repr,
)
def test_matching_units(reader: IndexReader, query: Query, units: str) -> None:
    assert found(reader, query) == list(units)
    assert reader.count(query) == len(units)


def test_a_hit_carries_its_payload_and_a_score(reader: IndexReader) -> None:
    ranking = reader.rank(Request(OVARY))
    assert {hit.id: hit.payload for hit in ranking.hits} == {
        "poi-1": b"\x00one\xff",
        "poi-2": b"two",
        "poi-4": b"four",
    }
    assert ranking.hits[0].id == "poi-1"
    assert all(hit.score > 0 for hit in ranking.hits)
    without = reader.rank(Request(OVARY, payloads=False)).hits
    assert without == tuple(replace(hit, payload=b"") for hit in ranking.hits)
    assert reader.get(["poi-3", "poi-1", "none"]) == {"poi-3": b"", "poi-1": b"\x00one\xff"}
    assert len(reader) == len(ENTRIES)


def test_weights_scale_the_score(reader: IndexReader) -> None:
    def scores(query: Query) -> list[float]:
        return [hit.score for hit in reader.rank(Request(query)).hits]

    once = scores(OVARY)
    assert scores(replace(OVARY, weight=3.0)) == pytest.approx([3 * score for score in once])
    assert scores(AnyOf((OVARY,), weight=3.0)) == pytest.approx([3 * score for score in once])
    assert scores(AllOf((OVARY, Keyword("kind", "section")))) == pytest.approx([once[0], once[2]])
    assert scores(Everything()) == [0.0] * len(ENTRIES)


@needs("coverage")
def test_coverage_prefers_units_with_more_of_the_question(reader: IndexReader) -> None:
    query = AnyOf((MOUSE, Term("human", FIELDS, weight=0.01)))
    assert reader.rank(Request(query)).hits[0].id == "poi-3"
    assert reader.rank(Request(replace(query, coverage=300.0))).hits[0].id == "poi-4"


@needs("ahead")
def test_some_units_come_ahead_of_all_others(reader: IndexReader) -> None:
    either = AnyOf((OVARY, MOUSE))
    plain = reader.rank(Request(either))
    assert plain.ahead == plain.total == 4
    for sort in ("", "year", "-year"):
        request = Request(either, ahead=AllOf((MOUSE, Complement(HUMAN))), sort=sort)
        whole = reader.rank(request)
        assert (whole.total, whole.ahead) == (4, 2)
        assert {hit.id for hit in whole.hits[:2]} == {"poi-2", "poi-3"}
        each = [reader.rank(replace(request, offset=at, limit=1)).hits[0] for at in range(4)]
        assert each == list(whole.hits)
        following: list[Hit] = []
        cursor = ""
        while not following or cursor:
            step = reader.rank(replace(request, limit=1, after=cursor))
            following += step.hits
            cursor = step.cursor
        assert following == list(whole.hits)
    nothing = reader.rank(Request(either, ahead=Term("never", FIELDS)))
    assert (nothing.ahead, nothing.hits) == (0, plain.hits)


@needs("facets without their own filter")
def test_facets_ignore_their_own_filter(reader: IndexReader) -> None:
    ranking = reader.rank(
        Request(
            AnyOf((OVARY, MOUSE)),
            filters={"kind": Keyword("kind", "table"), "year": Range("year", 2018, 2018)},
            facets={"kind": 9, "cell": 9, "journal": 9},
        )
    )
    assert [hit.id for hit in ranking.hits] == ["poi-3"]
    assert ranking.total == 1
    assert ranking.counts == {
        "kind": {"section": 1, "table": 1},
        "cell": {},
        "journal": {},
    }
    everything = reader.rank(Request(Everything(), facets={"kind": 9, "cell": 9}, limit=0))
    assert (everything.total, everything.hits) == (5, ())
    assert list(everything.counts["kind"].items()) == [("section", 2), ("table", 2), ("figure", 1)]
    assert everything.counts["cell"] == {"bm": 2, "uc": 2}


def test_a_facet_counts_its_most_frequent_values(reader: IndexReader) -> None:
    def counts(query: Query, **limits: int) -> list[list[tuple[str, int]]]:
        ranking = reader.rank(Request(query, facets=limits, limit=0))
        return [list(facet.items()) for facet in ranking.counts.values()]

    section, table = ("section", 2), ("table", 2)
    no_section, no_bm = (Complement(Keyword(*at)) for at in (("kind", "section"), ("cell", "bm")))
    assert counts(Everything(), kind=2, cell=1) == [[section, table], [("bm", 2)]]
    assert counts(no_section, kind=1, cell=1) == [[table], [("bm", 1)]]
    assert counts(no_bm, kind=3, cell=0) == [[table, ("section", 1)], []]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("", "12345"), ("year", "51324"), ("-year", "21354")],
)
def test_sorting_and_paging(reader: IndexReader, sort: str, order: str) -> None:
    def page(offset: int, limit: int) -> str:
        request = Request(Everything(), sort=sort, offset=offset, limit=limit)
        assert reader.rank(request).total == len(ENTRIES)
        return "".join(hit.id[-1] for hit in reader.rank(request).hits)

    assert page(0, 10) == order
    assert page(0, 2) + page(2, 2) + page(4, 2) == order
    assert page(9, 10) == ""


@pytest.mark.parametrize("sort", ["", "year", "-year"])
@pytest.mark.parametrize("query", [Everything(), AnyOf((MOUSE, OVARY)), Term("never", FIELDS)])
def test_a_cursor_leads_through_all_hits_once(reader: IndexReader, sort: str, query: Query) -> None:
    request = Request(query, sort=sort, limit=100)
    whole = reader.rank(request)
    assert whole.cursor == ""
    for limit in (1, 2, 3):
        ranking = reader.rank(replace(request, limit=limit))
        hits = list(ranking.hits)
        while ranking.cursor:
            ranking = reader.rank(replace(request, limit=limit, after=ranking.cursor))
            assert ranking.total == whole.total
            assert ranking.hits
            hits += ranking.hits
        assert tuple(hits) == whole.hits
    paged = reader.rank(replace(request, limit=2, offset=1))
    if paged.cursor:
        rest = reader.rank(replace(request, after=paged.cursor))
        assert rest.hits == whole.hits[3:]


def test_equal_years_are_sorted_by_score(reader: IndexReader) -> None:
    request = Request(AnyOf((MOUSE, OVARY)), sort="year")
    assert [hit.id for hit in reader.rank(request).hits] == ["poi-3", "poi-1", "poi-2", "poi-4"]


def test_term_look_up(reader: IndexReader) -> None:
    asked = ["ovary", "failure", "human", "never", "", "\ud800"]
    assert reader.known(("title",), asked) == {"ovary", "failure"}
    assert reader.known(("title", "body"), asked) == {"ovary", "failure", "human"}
    assert reader.known((), asked) == frozenset()
    assert reader.frequencies("title", asked) == {"ovary": 1, "failure": 1}
    assert reader.frequencies("body", asked) == {"ovary": 3, "human": 1}


def test_checking_a_term_does_not_load_a_vocabulary(
    reader: IndexReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_all(*_: object) -> None:
        raise AssertionError("every term of a field was read")

    for postings in (WhooshPostings, sqlite_engine.SqlitePostings):
        monkeypatch.setattr(postings, "terms", load_all)
    assert reader.known(("title", "body"), ["human", "never"]) == {"human"}


def test_prefix_look_up(reader: IndexReader) -> None:
    both = ("title", "body")
    assert list(reader.prefix(both, "ovar", 9).items()) == [("ovary", 4), ("ovaries", 1)]
    assert reader.prefix(both, "ovar", 1) == {"ovary": 4}
    assert reader.prefix(("title",), "", 9) == {"failure": 1, "ovaries": 1, "ovary": 1}
    assert list(reader.prefix(("body",), "", 3)) == ["mouse", "ovary", "6"]
    assert reader.prefix(both, "zz", 9) == {}


def test_similar_term_look_up(reader: IndexReader) -> None:
    both = ("title", "body")
    assert reader.near(both, "ovray", 1, 9) == {"ovary": 4}
    assert list(reader.near(both, "ovarys", 3, 9).items()) == [("ovary", 4), ("ovaries", 1)]
    assert reader.near(both, "ovarys", 3, 1) == {"ovary": 4}
    assert reader.near(("title",), "mouse", 2, 9) == {}
    assert list(reader.near(both, "ovarie", 2, 9)) == ["ovaries", "ovary"]
    assert list(reader.near(("body",), "7", 1, 9)) == ["6", "8"]


def test_what_a_partial_index_lacks_is_empty(engine: Engine, tmp_path: Path) -> None:
    write(engine, tmp_path, ENTRIES).close()
    lacking = (("abstract", 1.0),)
    with closing(engine.open_reader(tmp_path, partial=True)) as reader:
        for query in (
            Term("ovary", lacking),
            Phrase(("il", "6"), lacking),
            Phrase((), lacking),
            Prefix("ov", lacking),
            Fuzzy("ovary", lacking),
            Keyword("colour", "red"),
            Range("height"),
        ):
            assert found(reader, query) == []
        one, both = (
            reader.rank(Request(Term("ovary", fields))) for fields in (BODY, (*BODY, *lacking))
        )
        assert both.hits == one.hits
        every = reader.rank(Request(Everything(), facets={"colour": 9, "kind": 9}, sort="height"))
        assert (every.total, every.counts["colour"]) == (len(ENTRIES), {})
        assert every.counts["kind"] == {"section": 2, "table": 2, "figure": 1}
        assert found(reader, Range("height", None, 9**9)) == found(reader, Range("height", 0)) == []
        some = reader.rank(Request(Keyword("cell", "uc"), facets={"colour": 9}))
        assert (some.total, some.counts) == (2, {"colour": {}})
        assert reader.known(("abstract",), ("ovary",)) == frozenset()
        assert reader.frequencies("abstract", ("ovary",)) == {}
        assert reader.prefix(("abstract",), "o", 9) == reader.near(("abstract",), "o", 1, 9) == {}


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (Request(Term("a", (("abstract", 1.0),))), "unknown field 'abstract'.*title, body"),
        (Request(Prefix("a", (("abstract", 1.0),))), "unknown field 'abstract'"),
        (Request(Phrase((), (("abstract", 1.0),))), "unknown field 'abstract'"),
        (Request(Everything(), facets={"colour": 9}), "unknown keyword or facet 'colour'"),
        (Request(Keyword("colour", "red")), "unknown keyword or facet 'colour'"),
        (Request(Range("height", 1)), "unknown number 'height'"),
        (Request(Everything(), sort="-height"), "unknown number 'height'"),
        (Request(Everything(), offset=-1), "offset -1"),
        (Request(Everything(), facets={"kind": -1}), "limit of facet 'kind' is -1"),
        (Request(Everything(), offset=1, after="x"), "either an offset or a cursor"),
        (Request(Everything(), after="next"), "'next' is not a cursor"),
        (Request(Term("ovary", (("title", 0.0),))), "weight of field 'title'"),
        (Request(replace(OVARY, weight=math.nan)), "weight of nan"),
        (Request(AnyOf((OVARY,), coverage=-1.0)), "coverage of -1"),
        (Request(AnyOf((OVARY,), weight=math.inf)), "weight of inf"),
    ],
    ids=lambda value: None if isinstance(value, Request) else value,
)
def test_an_invalid_request_is_refused_with_the_reason(
    reader: IndexReader, request_: Request, message: str
) -> None:
    with pytest.raises(EngineError, match=message):
        reader.rank(request_)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (IndexEntry("poi-1", {}), "'poi-1' was added before"),
        (IndexEntry("new", {"abstract": ["a"]}), "unknown field 'abstract'"),
        (IndexEntry("new", {}, numbers={"year": 2**53 + 1}), "beyond 53 bits"),
        (IndexEntry("new", {}, numbers={"year": -(2**53) - 1}), "beyond 53 bits"),
        (IndexEntry("new", {"body": ["\ud800"]}), "not valid Unicode"),
        (IndexEntry("new", {}, {"kind": ["\ud800"]}), "not valid Unicode"),
        (IndexEntry("\ud800", {}), "not valid Unicode"),
        (IndexEntry("é" * (ID_BYTES // 2) + "x", {}), "id 'é.*more than 512 bytes"),
        (IndexEntry("new", {}, {"kind": ["x" * (KEYWORD_BYTES + 1)]}), "more than 32766 bytes"),
        (IndexEntry("new", {"body": ["x" * (TERM_CHARACTERS + 1)]}), "more than 8000 characters"),
    ],
    ids=lambda value: None if isinstance(value, IndexEntry) else value,
)
def test_an_invalid_entry_is_refused_and_leaves_no_trace(
    engine: Engine, tmp_path: Path, entry: IndexEntry, message: str
) -> None:
    writer = engine.open_writer(tmp_path, ["title", "body"], [], [])
    writer.add(ENTRIES[0])
    with pytest.raises(EngineError, match=message):
        writer.add(entry)
    writer.add(ENTRIES[1])
    writer.commit()
    reader = engine.open_reader(tmp_path)
    assert found(reader, Everything()) == ["1", "2"]
    assert reader.count(Keyword("kind", "section")) == 2
    reader.close()


def test_values_of_maximum_length_are_found(engine: Engine, tmp_path: Path) -> None:
    name, word, value = "i" * ID_BYTES, "é" * TERM_CHARACTERS, "k" * KEYWORD_BYTES
    entry = IndexEntry(name, {"body": [word]}, {"kind": [value]}, {"year": 2**53})
    reader = write(engine, tmp_path, [entry])
    query = AllOf((Term(word, BODY), Keyword("kind", value), Range("year", 2**53, 2**53)))
    assert [hit.id for hit in reader.rank(Request(query)).hits] == [name]
    reader.close()


def test_entries_may_add_names(engine: Engine, tmp_path: Path) -> None:
    reader = write(engine, tmp_path, [*ENTRIES, IndexEntry("poi-6", {}, {"late": ["x"]}, {"n": 1})])
    assert found(reader, Keyword("late", "x")) == ["6"]
    assert found(reader, Range("n")) == ["6"]
    reader.close()


def test_an_empty_index_can_be_opened(engine: Engine, tmp_path: Path) -> None:
    reader = write(engine, tmp_path, [])
    ranking = reader.rank(
        Request(AnyOf((OVARY, Prefix("o", FIELDS), Everything())), facets={"kind": 9}, sort="year")
    )
    assert (ranking.total, ranking.hits, ranking.counts) == (0, (), {"kind": {}})
    assert len(reader) == 0
    reader.close()


def test_nothing_is_overwritten_or_readable_before_commit(engine: Engine, tmp_path: Path) -> None:
    cancelled = tmp_path / "cancelled"
    cancelled.mkdir()
    writer = engine.open_writer(cancelled, ["body"], [], [])
    writer.add(IndexEntry("a", {"body": ["a"]}))
    with pytest.raises(EngineError):
        engine.open_reader(cancelled)
    writer.cancel()
    with pytest.raises(EngineError):
        engine.open_reader(cancelled)
    with pytest.raises(EngineError, match="not empty"):
        engine.open_writer(cancelled, ["body"], [], [])


@needs("reading without the directory")
def test_an_open_reader_works_without_its_directory(engine: Engine, tmp_path: Path) -> None:
    """Builds remove old directories while readers may still use them."""
    reader = write(engine, tmp_path / "index", ENTRIES)
    shutil.rmtree(tmp_path / "index")
    query = AllOf((Prefix("ov", FIELDS), Phrase(("il", "6"), FIELDS), Keyword("kind", "section")))
    assert found(reader, query) == ["1"]
    assert reader.rank(Request(query, sort="year")).hits[0].payload == b"\x00one\xff"
    assert reader.frequencies("title", ["ovary"]) == {"ovary": 1}
    reader.close()


def test_threads_share_a_reader(reader: IndexReader) -> None:
    requests = [
        Request(query, filters={"kind": Keyword("kind", kind)}, facets={"kind": 9, "cell": 9})
        for query in (OVARY, Phrase(("il", "8"), BODY), Prefix("o", FIELDS), AnyOf((MOUSE, HUMAN)))
        for kind in ("section", "table")
    ]
    alone = [reader.rank(request) for request in requests]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(reader.rank, requests * 100))
    assert together == alone * 100


def test_cold_threads_share_a_reader(engine: Engine, tmp_path: Path) -> None:
    words = [f"w{number}" for number in range(200)]
    reader = write(
        engine,
        tmp_path,
        [IndexEntry(str(unit), {"body": words[unit % 7 :: 3]}) for unit in range(50)],
    )
    queries = [
        Phrase((first, second), BODY) for first, second in zip(words, words[3:], strict=False)
    ]
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(reader.count, queries * 2))
    expected = [
        sum(1 for unit in range(50) if number >= unit % 7 and (number - unit % 7) % 3 == 0)
        for number in range(197)
    ]
    assert counts == expected * 2
    reader.close()


def test_an_engine_is_loaded_by_name() -> None:
    assert load() is load("whoosh")
    for name in ("columns", "none", "whoosh.none"):
        with pytest.raises(EngineError, match=f"no engine '{name}'"):
            load(name)


lists = st.dictionaries(
    st.integers(0, 2**32 - 1),
    st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=5),
    max_size=20,
)


@given(lists, st.sampled_from([1, 2**8, 2**16, 2**24]))
def test_posting_lists_are_unpacked_as_packed(stored: dict[int, list[int]], divisor: int) -> None:
    units = sorted({unit // divisor for unit in stored})
    positions = [[place // divisor for place in places] for places in stored.values()]
    positions = positions[: len(units)]
    counts = [len(places) for places in positions]
    flat = [place for places in positions for place in places]
    packed = b"before" + pack(array("I", units), array("I", counts), array("I", flat))
    unpacked = unpack(lambda at, length: packed[at : at + length], len(b"before"))
    assert [part.tolist() for part in unpacked] == [units, counts, flat]


@pytest.mark.parametrize("largest", [2**8 - 1, 2**8, 2**16 - 1, 2**16, 2**32 - 1])
def test_the_largest_value_of_each_width_is_kept(largest: int) -> None:
    packed = pack(array("I", [largest]), array("I", [1]), array("I", [largest]))
    unpacked = unpack(lambda at, length: packed[at : at + length], 0)
    assert [part.tolist() for part in unpacked] == [[largest], [1], [largest]]


def test_columns_are_closed_if_the_postings_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = open_writer(tmp_path, ["title", "body"], ["kind", "journal"], ["year"])
    writer.add(ENTRIES[0])
    writer.commit()
    closed: list[Columns] = []
    monkeypatch.setattr(Columns, "close", lambda columns: closed.append(columns))  # noqa: PLW0108

    def fail(_directory: Path, _fields: Sequence[str]) -> Postings:
        raise OSError("no more open files")

    with pytest.raises(OSError, match="no more open files"):
        EmbeddedReader(tmp_path, Scoring(), 1000, False, fail)
    assert len(closed) == 1
