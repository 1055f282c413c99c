"""JATS XML: broken and hostile files, and real examples if their folder is given."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from articles import DATA, all_prose, blocks, damaged, survives

from poi_search.article import Figure, ReadError, Table
from poi_search.readers import jats

SAMPLES = ("jats-numbered.xml", "jats-superscript.xml", "jats-author-year.xml")


@pytest.mark.parametrize(
    ("source", "place", "problem"),
    [
        (b"", "", "empty"),
        (b"<article><front></article>", "line 1", "broken XML"),
        (b"<article>\n<body>&nosuch;</body></article>", "line 2", "broken XML"),
        (
            b"<!DOCTYPE article SYSTEM 'a.dtd'>\n<article>&nosuch;</article>",
            "line 2",
            "not defined",
        ),
        (b"<html><p>No article</p></html>", "line 1", "does not contain a JATS article"),
        (b"<article><body><p>Untitled</p></body></article>", "line 1", "no title"),
        (b"<?xml version='1.0' encoding='ascii'?>\n<a>\xe9</a>", "line 2", "encoding"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "line 1", "encoding"),
        (b"<a>" * 200 + b"</a>" * 200, "line 1", "nested more than"),
        (b"plain words", "line 1", "broken XML"),
    ],
)
def test_unreadable_files_are_reported(source: bytes, place: str, problem: str) -> None:
    with pytest.raises(ReadError) as caught:
        jats.read(source, "bad.xml", "bad")
    assert caught.value.file == "bad.xml"
    assert caught.value.place == place
    assert problem in caught.value.problem
    assert caught.value.remedy


def test_entities_are_never_expanded_and_nothing_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    laughs = f"<!DOCTYPE article [{declared}]><article>&e9;</article>"
    external = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{tmp_path.as_uri()}/secret.txt">]><a>&x;</a>'
    for source in (laughs, external):
        with pytest.raises(ReadError, match="declares entities"):
            jats.read(source.encode(), "bad.xml", "bad")


@pytest.mark.parametrize("name", SAMPLES)
def test_damaged_files_raise_an_error_or_are_read(name: str) -> None:
    for source in damaged((DATA / name).read_bytes(), 20221122, 120):
        survives(jats.read, source)


EXAMPLES = os.environ.get("POI_SEARCH_EXAMPLES", "")
on_examples = pytest.mark.skipif(not EXAMPLES, reason="POI_SEARCH_EXAMPLES is not set")
# By file: sections of the body, tables, body rows, figures, references, and references in
# citations (each occurrence, ranges expanded), counted in the XML independently of the reader. One
# row of mex.2020.101188 is in the head of its table, but has names and values.
EXPECTED = {
    "10.1002_ece3.1429.xml": (14, 5, 67, 5, 26, 68),
    "10.1016_j.mex.2020.101188.xml": (14, 12, 93, 6, 26, 33),
    "10.1155_2016_1404567.xml": (16, 4, 48, 7, 57, 98),
    "10.1186_1756_3305_7_173.xml": (10, 1, 21, 1, 43, 57),
    "10.1186_s12944_017_0487_5.xml": (27, 4, 57, 3, 46, 50),
    "10.1371_journal.pone.0116596.xml": (14, 2, 23, 5, 31, 56),
    "10.1371_journal.pone.0118792.xml": (16, 1, 18, 6, 51, 83),
    "10.3389_fimmu.2011.00048.xml": (8, 0, 0, 2, 98, 164),
    "10.3389_fpsyg.2014.01582.xml": (9, 0, 0, 4, 97, 132),
    "10.3390_molecules17078696.xml": (11, 1, 11, 8, 93, 114),
    "10.3390_polym14010210.xml": (14, 12, 93, 13, 39, 56),
}


@on_examples
@pytest.mark.parametrize("name", EXPECTED)
def test_example(name: str) -> None:
    article = jats.read((Path(EXAMPLES) / name).read_bytes(), name, "example")
    kinds = Counter(type(block) for block in blocks(article).values())
    rows = sum(len(block.rows) for block in blocks(article).values() if isinstance(block, Table))
    numbered = [one for one in article.sections if re.fullmatch(r"[1-9][\d.]*", one.number)]
    named = sum(len(c.numbers) for one in all_prose(article) for c in one.citations)
    assert (
        len(numbered),
        kinds[Table],
        rows,
        kinds[Figure],
        len(article.references),
        named,
    ) == EXPECTED[name]
    assert article.title
    assert article.doi
    assert article.licence.text
    assert article.findings == ()
    assert all(one.title or one.text for one in article.references)


@on_examples
@pytest.mark.parametrize("name", EXPECTED)
def test_damaged_example(name: str) -> None:
    for source in damaged((Path(EXAMPLES) / name).read_bytes(), 7, 12):
        survives(jats.read, source)
