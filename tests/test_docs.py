"""The documents say what is so: commands, addresses, questions, files, weights, figures.

What of it is made, `python tests/documents.py` makes again.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from documents import (
    CLONE,
    DOCUMENTS,
    anchors,
    between,
    blocks,
    codes,
    commands,
    helps,
    rows,
    section,
    text,
)

import poi_search
from poi_search.cli import main
from poi_search.evaluation import evaluate, load_judgments
from poi_search.library import Library
from poi_search.query import understand
from poi_search.results import SearchRequest
from poi_search.search.snapshot import SCORING
from poi_search.web import create_app

PACKAGE = CLONE / "src" / "poi_search"
PROJECT = tomllib.loads(text("pyproject.toml"))["project"]

each_document = pytest.mark.parametrize("name", DOCUMENTS)


def test_every_command_is_documented_as_it_is() -> None:
    assert between(text("README.md"), "help") == helps(), "run: python tests/documents.py"


@each_document
def test_every_command_shown_can_be_typed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CLONE)
    for command, *words in commands(text(name)):
        main.commands[command].make_context(command, words, parent=click.Context(main))


def normal(address: str) -> str:
    """An address without the names of its parameters, query and fragment."""
    return re.sub(r"<[^>]*>", "<>", re.split("[?#]", address)[0])


def test_every_address_is_documented_and_no_other(library: Library) -> None:
    shown = [row[0] for row in rows(section(text("README.md"), "JSON"))]
    rules = create_app(library).url_map.iter_rules()
    there = {normal(rule.rule) for rule in rules if rule.endpoint != "static"}
    assert {normal(code) for cell in shown for code in codes(cell)} == there


def test_the_parameters_of_a_search_are_documented() -> None:
    told = next(row for row in rows(text("README.md")) if row[0] == "`/api/search`")
    assert tuple(codes(told[1])) == SearchRequest.__struct_fields__


def test_addresses_to_fetch_are_answered(library: Library) -> None:
    client = create_app(library, testing=True).test_client()
    paths = re.findall(r"http://127\.0\.0\.1:8000(/[^\s'\"]+)", text("README.md"))
    assert paths
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_questions_shown_find_something_as_they_are_meant(library: Library) -> None:
    shown = [row[2] for row in rows(section(text("README.md"), "Search"))]
    questions = [code for cell in shown for code in codes(cell)]
    assert len(questions) > 15
    for question in questions:
        results = library.search(question)
        assert results.total, question
        assert not results.query.notices, question


def test_the_python_shown_runs(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(home)
    monkeypatch.delenv("POI_SEARCH_HOME", raising=False)
    (code,) = blocks(text("README.md"), "python")
    exec(compile(code, "README.md", "exec"), {})
    assert "premature ovarian" in capsys.readouterr().out


@each_document
def test_links_lead_somewhere(name: str) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text(name)):
        path, _, fragment = link.partition("#")
        assert (CLONE / path).exists(), link
        assert not fragment or fragment in anchors(text(path or name)), link


NAMED = re.compile(r"[\w.-]+(?:/[\w.-]+)*(?:\.(?:py|toml|md|txt|jsonl|html|js|css)|/)")
ELSEWHERE = frozenset("name.toml name.md name.txt name.html name.notes.toml".split())
"""Files of a user's own."""


@each_document
def test_files_named_are_there(name: str) -> None:
    for code in codes(text(name)):
        if NAMED.fullmatch(code) and code not in ELSEWHERE:
            assert any((root / code).exists() for root in (CLONE, PACKAGE)), code


@each_document
def test_make_targets_named_are_there(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.M))
    shown = [line for block in blocks(text(name), "sh") for line in block.splitlines()]
    named = {
        found[1]
        for line in (*shown, *codes(text(name)))
        if (found := re.match(r"make (\w+)", line))
    }
    assert named <= targets


def test_every_module_is_named_in_the_architecture() -> None:
    told = set(codes(text("ARCHITECTURE.md")))
    there = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")}
    assert {module.replace("__init__.py", "") for module in there} - {""} <= told


def test_every_library_has_its_reason() -> None:
    told = rows(section(text("ARCHITECTURE.md"), "Libraries and why"))
    needed = [re.split("[<>=]", requirement)[0] for requirement in PROJECT["dependencies"]]
    assert [codes(row[0])[0] for row in told] == needed


def test_weights_are_told_as_they_are() -> None:
    told = {codes(row[0])[0]: row[1] for row in rows(between(text("ARCHITECTURE.md"), "weights"))}
    named = {name: value for name, value in vars(understand).items() if name.isupper()}
    weights = {name: value for name, value in named.items() if isinstance(value, float)}
    for group in (understand.TEXT, understand.CONCEPT):
        name = "TEXT" if group is understand.TEXT else "CONCEPT"
        weights |= {f"{name} {field}": weight for field, weight in group}
    weights |= {"k1": SCORING.k1, "b": SCORING.default_b}
    assert {name: float(value) for name, value in told.items()} == weights


def test_the_ranking_is_as_good_as_told(library: Library) -> None:
    def rank(question: str) -> list[str]:
        hits = library.search(SearchRequest(q=question, per_page=100)).results
        return [hit.anchor for hit in hits]

    report = evaluate(load_judgments(CLONE / "tests" / "data" / "judgments.jsonl"), rank)
    found = {kind: scores.ndcg for kind, scores in report.by_type.items()}
    found["all nDCG@10"] = report.all.ndcg
    told = {row[0]: float(row[2]) for row in rows(between(text("README.md"), "quality"))}
    for kind, ndcg in found.items():
        assert told[kind] == pytest.approx(ndcg, abs=0.006), (
            f"{kind}: run python tests/documents.py --measure"
        )


def test_versions_agree() -> None:
    first = re.search(r"^## (\S+)", text("CHANGELOG.md"), re.M)
    assert first
    assert first[1] == poi_search.__version__ == PROJECT["version"]


def test_the_bare_import_is_cheap() -> None:
    code = "import poi_search, sys, json; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"flask", "msgspec", "numpy", "whoosh"} & set(json.loads(done.stdout))
