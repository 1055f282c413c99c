"""The documents are correct: commands, addresses, parameters, questions, files, figures.

`python tests/documents.py` updates the parts that are generated from the code.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import msgspec
import pytest
from documents import (
    API,
    CLONE,
    DOCUMENTS,
    JUDGMENTS,
    MADE,
    MEASURED,
    MEASUREMENTS,
    anchors,
    between,
    blocks,
    codes,
    commands,
    marked,
    prose,
    rows,
    section,
    text,
)
from flask.testing import FlaskClient
from homes import make_home
from trees import nodes

import poi_search
from poi_search import readers, results, thesaurus
from poi_search.checking import check_all
from poi_search.cli import main
from poi_search.engine.nodes import Prefix
from poi_search.evaluation import evaluate, load_judgments
from poi_search.index.corpus import RECORDS
from poi_search.library import Library
from poi_search.query import boosts, weights
from poi_search.query.fields import FIELDS as FIELD_NAMES
from poi_search.query.fields import TAGS
from poi_search.query.syntax import LIMITS
from poi_search.results import SearchRequest
from poi_search.search import evidence, meanings
from poi_search.search.snapshot import SCORING
from poi_search.thesaurus import Thesaurus, home_topics
from poi_search.thesaurus.lint import lint
from poi_search.web import openapi, problems

PACKAGE = CLONE / "src" / "poi_search"
PROJECT = tomllib.loads(text("pyproject.toml"))["project"]

each_document = pytest.mark.parametrize("name", DOCUMENTS)


MADE_PARTS = [(name, marker) for name, parts in MADE.items() for marker in parts]


@pytest.mark.parametrize(("name", "marker"), MADE_PARTS)
def test_generated_parts_match_the_code(name: str, marker: str) -> None:
    assert between(text(name), marker) == MADE[name][marker](), "run: python tests/documents.py"


def test_every_command_is_listed() -> None:
    listed = [codes(row[0])[0] for row in rows(text("docs/commands.md"))]
    assert listed == list(main.commands)


@each_document
def test_every_command_shown_is_valid(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CLONE)
    for command, *words in commands(text(name)):
        main.commands[command].make_context(command, words, parent=click.Context(main))


def normal(address: str) -> str:
    """An address without its query, its fragment and the names of its parameters."""
    return re.sub(r"<[^>]*>", "<>", re.split("[?#]", address)[0])


def test_exactly_the_existing_addresses_are_documented(client: FlaskClient) -> None:
    shown = [row[0] for row in rows(section(text(API), "Addresses"))]
    rules = client.application.url_map.iter_rules()
    there = {normal(rule.rule) for rule in rules if rule.endpoint != "static"}
    assert {normal(code) for cell in shown for code in codes(cell)} == there


TERMS = text("docs/terms.md")
FIELDS = marked(text(API), "fields") | marked(TERMS, "fields")


@pytest.mark.parametrize("struct", FIELDS)
def test_exactly_the_existing_fields_are_documented(struct: str) -> None:
    kind = next(
        found
        for module in (results, openapi, evidence, meanings)
        if (found := getattr(module, struct, None))
    )
    inherited = set(results.UnitView.__struct_fields__) if struct == "HitView" else set()
    told = [code for row in rows(FIELDS[struct]) for code in codes(row[0])]
    assert sorted(told) == sorted(set(kind.__struct_fields__) - inherited)


def test_the_statuses_of_errors_are_documented() -> None:
    assert [int(row[0]) for row in rows(between(text(API), "errors"))] == list(problems.KINDS)


@each_document
def test_addresses_to_fetch_are_answered(name: str, client: FlaskClient) -> None:
    for path in re.findall(r"http://127\.0\.0\.1:8000(/[^\s'\"]+)", text(name)):
        assert client.get(path).status_code == 200, path


LANGUAGE = text("docs/query-language.md")


def test_questions_shown_are_understood_and_find_something(library: Library) -> None:
    titles = ("Words and phrases", "Operators", "Fields")
    shown = [row[2] for title in titles for row in rows(section(LANGUAGE, title))]
    shown += [row[0] for row in rows(section(text("README.md"), "In the browser"))]
    questions = [code for cell in shown for code in codes(cell)]
    assert len(questions) > 25
    for question in questions:
        found = library.search(question)
        assert found.total, question
        assert not found.query.notices, question


def test_every_field_of_the_language_is_documented() -> None:
    told = {code for row in rows(section(LANGUAGE, "Fields")) for code in codes(row[0])}
    named = {code.rstrip(":") for code in told if code.endswith(":")}
    assert named == set(FIELD_NAMES.values())
    assert {TAGS[code.strip("[]")] for code in told - {f"{name}:" for name in named}} <= named


def test_the_limits_of_the_language_are_documented() -> None:
    told = [int(number) for number in re.findall(r"\d+", section(LANGUAGE, "Limits"))]
    assert told == [LIMITS.characters, LIMITS.clauses, LIMITS.depth, Prefix("", ()).limit]


@pytest.mark.parametrize("name", ["README.md", "docs/python.md"])
def test_the_python_shown_runs(
    name: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(home)
    monkeypatch.delenv("POI_SEARCH_HOME", raising=False)
    code = "".join(blocks(text(name), "python"))
    exec(compile(code, name, "exec"), {})
    assert "ovarian" in capsys.readouterr().out


def test_the_methods_of_a_library_are_documented() -> None:
    told = {codes(row[0])[0].partition("(")[0] for row in rows(text("docs/python.md"))}
    public = {name for name, member in vars(Library).items() if name[0] != "_" and callable(member)}
    assert told == public - {"build", "snapshot", "stale", "is_of_another_version"}


def test_the_files_of_a_corpus_are_documented() -> None:
    corpus = text("docs/corpus.md")
    told = [code for row in rows(section(corpus, "Articles")) for code in codes(row[0])]
    assert sorted(told) == sorted(readers.formats_by_suffix())
    records = {
        c for row in rows(section(corpus, "Records of the references")) for c in codes(row[0])
    }
    assert records == {*RECORDS, ".xml"}
    listed = rows(section(text("README.md"), "Add your own review"))
    named = [code.removeprefix("name") for row in listed for code in codes(row[0])]
    assert sorted(named) == sorted(readers.formats_by_suffix())


def test_the_side_files_shown_can_be_read(tmp_path: Path) -> None:
    about, notes = blocks(text("docs/corpus.md"), "toml")
    also = {"other.toml": about, "other.notes.toml": notes}
    home = make_home(tmp_path / "home", "other.md", also=also)
    assert not Library.build(home).failures
    article = Library.open(home).article("my-review")
    assert article
    assert article.licence.name in about
    assert "s4.2-p2" in [finding.place for finding in article.findings]  # there is none in it


def test_the_topics_shown_can_be_used(tmp_path: Path) -> None:
    example, form = blocks(TERMS, "toml")
    for folder in ("corpus", "thesaurus"):
        (tmp_path / folder).mkdir()
    (tmp_path / "thesaurus" / "example.toml").write_text(example)
    (tmp_path / "form.toml").write_text(form)
    (concept,) = thesaurus.load(tmp_path).concepts.values()
    keys = {each.encode_name for each in msgspec.structs.fields(thesaurus._ConceptTable)}
    assert set(tomllib.loads(form)["concept"][0]) == keys
    own = thesaurus.load(tmp_path / "thesaurus").concepts
    assert lint(Thesaurus([each for each in own.values() if each.id != concept.id])) == []
    assert [each for each in check_all(tmp_path) if each.place.startswith("thesaurus/")] == []
    merged = home_topics.load(tmp_path).concepts
    assert "tired ovaries" in merged[concept.id].names
    assert len(merged[concept.id].names) > len(concept.names)


@each_document
def test_links_have_targets(name: str) -> None:
    folder = Path(name).parent
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text(name)):
        path, _, fragment = link.partition("#")
        target = (folder / path).as_posix() if path else name
        assert (CLONE / target).exists(), link
        assert not fragment or fragment in anchors(text(target)), link


NAMED = re.compile(r"[\w.-]+(?:/[\w.-]+)*(?:\.(?:py|toml|md|txt|jsonl|html|js|css)|/)")
ELSEWHERE = re.compile(r"name\.|\.")
"""Files of users, and suffixes."""


@each_document
def test_files_mentioned_exist(name: str) -> None:
    for code in codes(text(name)):
        if NAMED.fullmatch(code) and not ELSEWHERE.match(code):
            roots = (CLONE, PACKAGE, (CLONE / name).parent)
            assert any((root / code).exists() for root in roots), code


@each_document
def test_make_targets_mentioned_exist(name: str) -> None:
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


def test_rooms_import_only_from_those_after_an_arrow() -> None:
    (graph,) = blocks(section(text("ARCHITECTURE.md"), "Rooms"), "text")
    steps = [step.replace(",", " ").split() for step in graph.split("→")]
    step_of = {room: number for number, rooms in enumerate(steps) for room in rooms}
    modules = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py")]
    room_of = {module: module.parts[0].removesuffix(".py") for module in modules}
    assert set(step_of) == {*room_of.values()} - {"__init__", "__main__"}
    for module, room in room_of.items():
        for other in imported_rooms(PACKAGE / module) & step_of.keys() - {room}:
            assert step_of.get(room, -1) < step_of[other], f"{module} imports {other}"


def imported_rooms(path: Path) -> set[str]:
    """The rooms that a module imports from, wherever in it."""
    imports = [node for node in nodes(path) if isinstance(node, ast.ImportFrom)]
    absolute = [node for node in imports if (node.module or "").split(".")[0] == "poi_search"]
    names = {f"{node.module}.{alias.name}" for node in absolute for alias in node.names}
    return {name.split(".")[1] for name in names}


def test_every_library_has_its_reason() -> None:
    told = rows(section(text("ARCHITECTURE.md"), "Libraries and why"))
    needed = [re.split("[<>=]", requirement)[0] for requirement in PROJECT["dependencies"]]
    assert [codes(row[0])[0] for row in told] == needed


def test_documented_weights_are_current() -> None:
    told = {codes(row[0])[0]: row[1] for row in rows(between(text("ARCHITECTURE.md"), "weights"))}
    both = {**vars(weights), **vars(boosts)}
    named = {name: value for name, value in both.items() if name.isupper()}
    current = {name: value for name, value in named.items() if isinstance(value, float)}
    for group in (weights.TEXT, weights.CONCEPT):
        name = "TEXT" if group is weights.TEXT else "CONCEPT"
        current |= {f"{name} {field}": weight for field, weight in group}
    current |= {"k1": SCORING.k1, "b": SCORING.default_b}
    assert {name: float(value) for name, value in told.items()} == current


@pytest.mark.parametrize("table", JUDGMENTS)
def test_the_ranking_is_as_good_as_documented(table: str, library: Library) -> None:
    def rank(question: str) -> list[str]:
        hits = library.search(SearchRequest(q=question, per_page=100)).results
        return [hit.anchor for hit in hits]

    report = evaluate(load_judgments(CLONE / JUDGMENTS[table]), rank)
    found = {kind: scores.ndcg for kind, scores in report.by_type.items()}
    found["all nDCG@10"] = report.all.ndcg
    told = {row[0]: float(row[2]) for row in rows(between(text(MEASUREMENTS), table))}
    for kind, ndcg in found.items():
        assert told[kind] == pytest.approx(ndcg, abs=0.006), (
            f"{kind}: run python tests/documents.py --measure"
        )


def test_every_weight_is_measured() -> None:
    told = [row[0] for row in rows(between(text("ARCHITECTURE.md"), "weights"))]
    measured = [f"`{row[0]}`" for row in rows(between(text(MEASUREMENTS), "weights"))]
    assert sorted(measured) == sorted(told)


FIGURE = re.compile(r"\b0\.\d{3}\b|(?:nDCG|MAP|MRR|recall)[^.\n]{0,80}?\b0\.\d+")


@each_document
def test_measured_figures_are_only_in_their_tables(name: str) -> None:
    """A figure in a sentence would be forgotten when the table is updated."""
    assert not FIGURE.findall(prose(text(name)))


def test_every_measurement_has_a_section() -> None:
    for name, parts in MEASURED.items():
        for marker in parts:
            assert rows(between(text(name), marker)), marker


def test_versions_agree() -> None:
    released = re.search(r"^## (?!Unreleased$)(\S+)", text("CHANGELOG.md"), re.M)
    assert released
    assert released[1] == poi_search.__version__ == PROJECT["version"]


def test_a_bare_import_is_cheap() -> None:
    code = "import poi_search, sys, json; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"flask", "msgspec", "numpy", "whoosh"} & set(json.loads(done.stdout))
