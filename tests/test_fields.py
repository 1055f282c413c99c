"""Every field of the query language: its names, its tags, and what it says of itself."""

from __future__ import annotations

import pytest

from poi_search.index.searchable import SEARCH_FIELDS
from poi_search.query.fields import SINGLE
from poi_search.query.syntax import parse
from poi_search.query.tree import Any, Between, Field, Or, Quoted, Value, Words

PLACES = {
    "author": "the authors", "title": "the title", "journal": "the journal",
    "article": "its article", "year": "its year", "section": "its section",
    "cites": "what it cites", "kind": "its kind", "doi": "its DOI", "pmid": "its PMID",
    "pmcid": "its PMCID",
}  # fmt: skip
SHORT = {"au": "author", "ti": "title", "ta": "journal", "date": "year", "dp": "year"}
IDENTIFIERS = {"doi": "10.5555/a", "pmid": "77", "pmcid": "PMC77"}
TAGS = {
    "author": "au, author, 1au, lastau, fau, first author, last author, full author name,"
    " author - first, author - last, author - full",
    "title": "ti, title",
    "journal": "ta, jour, journal, journal title abbreviation",
    "year": "dp, pdat, ppdat, year, date, publication date, date - publication",
    "words": "tw, text word, text words, all, all fields",
    "titles and abstracts": "tiab, title/abstract, ab, abstract, ot, other term",
    "doi": "doi, aid, article identifier, lid, location id",
    "pmid": "pmid, uid",
    "pmcid": "pmcid, pmc",
    "concept": "mh, mesh, mesh terms, mesh major topic, majr, nm, supplementary concept",
}
KINDS = {
    "section": "section sections text passage passages paragraph paragraphs",
    "table": "table tables row rows",
    "figure": "figure figures fig figs",
    "reference": "reference references ref refs",
}


def test_places_of_fields() -> None:
    assert {field.name: field.place for field in SEARCH_FIELDS} == PLACES


@pytest.mark.parametrize("short", SHORT)
def test_short_names_of_fields(short: str) -> None:
    found = parse(f"{short}:2018").tree
    assert isinstance(found, Field | Between)
    assert found.name == SHORT[short]
    assert parse("pmc:PMC77").tree == Value("pmcid", "PMC77")


@pytest.mark.parametrize(("name", "tag"), [(n, t) for n in TAGS for t in TAGS[n].split(", ")])
def test_tags(name: str, tag: str) -> None:
    typed = IDENTIFIERS.get(name, "2018")
    parsed = parse(f'"{typed}"[{tag}]')
    plain = {
        "words": Quoted("2018"),
        "titles and abstracts": Quoted("2018"),
        "concept": Words("2018"),
        "year": Between("year", 2018, 2018),
        **{each: Value(each, value) for each, value in IDENTIFIERS.items()},
    }
    assert parsed.tree == plain.get(name, Field(name, Quoted("2018")))
    assert len(parsed.notices) == (name == "titles and abstracts")
    assert parse(f'"{typed}"[{tag.upper()}:noexp]').tree == parsed.tree


@pytest.mark.parametrize(("kind", "word"), [(k, w) for k in KINDS for w in KINDS[k].split()])
def test_words_for_kinds(kind: str, word: str) -> None:
    assert parse(f"kind:{word}").tree == Value("kind", kind)


def test_fields_with_one_value_a_unit_are_alternatives() -> None:
    assert {"journal", "article", "year", "section", "kind", *IDENTIFIERS} == SINGLE
    assert parse("article:a article:b").tree == Or(
        (Field("article", Words("a")), Field("article", Words("b")))
    )


def test_a_node_made_without_a_span_has_an_empty_one() -> None:
    for node in (Words("a"), Quoted("a"), Value("a", "b"), Between("a", 1, 2), Any(())):
        assert node.span == (0, 0)
