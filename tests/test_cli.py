"""The command line: every command, its output at any width, and its exit code."""

from __future__ import annotations

import gc
import json
import os
import pty
import re
import runpy
import shutil
import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import entry_points
from pathlib import Path
from urllib.parse import quote_plus
from urllib.request import urlopen

import click
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from forks import Child
from homes import make_home
from msgspec.structs import replace

from poi_search import __version__, cli
from poi_search.cli import terminal
from poi_search.cli.command import Command
from poi_search.index.file_store import GenerationFiles
from poi_search.library import Library
from poi_search.web import server

DATA = Path(__file__).parent / "data"
Run = Callable[..., Result]
ESCAPE = "\x1b"


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "POI_SEARCH_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def run(home: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line on the real review, which is opened once for all tests. An exception
    other than an exit fails the test."""
    really_open = Library.open

    def open_once(place: Path | None = None) -> Library:
        return library if place == home else really_open(place)

    monkeypatch.setattr(Library, "open", open_once)

    def go(*words: str, **env: str) -> Result:
        result = CliRunner().invoke(cli.main, ["--home", str(home), *words], env=env)
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result

    return go


def fails(result: Result, *words: str, code: int = 1) -> None:
    """Check for this exit code and one line on stderr that contains the words."""
    assert result.exit_code == code
    assert result.stderr.startswith("Error: " if code == 1 else "Usage: ")
    assert code == 2 or result.stderr.count("\n") == 1
    for word in words:
        assert word in result.stderr


COMMANDS = ("index", "search", "show", "serve", "export", "check", "evaluate", "stats", "terms")


def test_every_command_has_help_with_an_example_and_takes_a_home(run: Run) -> None:
    assert set(cli.main.commands) == set(COMMANDS)
    top = CliRunner().invoke(cli.main, ["--help"]).stdout
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", top, re.MULTILINE)
        told = run(name, "--help")
        assert told.exit_code == 0
        assert f"poi-search {name}" in told.stdout.split("Example:")[1]
        assert "--home DIR" in told.stdout


def test_options_and_their_defaults() -> None:
    options: dict[str, set[str]] = {}
    for name, command in cli.main.commands.items():
        for each in command.params:
            options.setdefault(name, set()).update(each.opts)
            told = re.search(r"\(default (.+)\)", getattr(each, "help", None) or "")
            assert told is None or told[1] == str(each.default)
    assert options == {
        "index": {"--home", "--force", "--quiet"},
        "search": {
            "--home",
            "query",
            "--kind",
            "--limit",
            "--json",
            "--no-synonyms",
            "--no-meaning",
            "--fragments",
            "--repeats",
        },
        "show": {"--home", "unit_id"},
        "serve": {"--home", "--host", "--port"},
        "export": {"--home", "query", "--format", "-o", "--output", "--repeats"},
        "check": {"--home", "--mesh", "--concepts"},
        "evaluate": {"--home", "judgments"},
        "stats": {"--home"},
        "terms": {"--home", "words", "--json"},
    }


def test_usage_errors_end_with_2(run: Run, tmp_path: Path) -> None:
    wrong = (
        ["search"], ["search", "x", "--kind", "book"], ["search", "x", "--limit", "0"],
        ["search", "x", "--limit", "many"], ["search", "x", "--colour"], ["show"],
        ["show", "a", "b"], ["export"], ["export", "--format", "docx"], ["serve", "--port", "x"],
        ["serve", "--port", "65536"], ["evaluate"], ["evaluate", str(tmp_path / "none")],
        ["check", "--mesh", str(tmp_path / "none")], ["nothing"], ["--colour"], ["stats", "more"],
        ["terms"], ["terms", "x", "--colour"],
    )  # fmt: skip
    for words in wrong:
        fails(run(*words), code=2)


def test_the_home_before_and_after_the_command(home: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    elsewhere = str(make_home(tmp_path / "bare"))
    for words in (
        ["--home", str(home), "stats"],
        ["stats", "--home", str(home)],
        ["--home", elsewhere, "stats", "--home", str(home)],
    ):
        result = runner.invoke(cli.main, words)
        assert (result.exit_code, result.stdout.split("\n")[0]) == (0, str(home))
    stated = {"POI_SEARCH_HOME": str(home)}
    assert runner.invoke(cli.main, ["stats"], env=stated).exit_code == 0
    fails(runner.invoke(cli.main, ["stats", "--home", elsewhere], env=stated), "no index yet")
    fails(runner.invoke(cli.main, ["stats", "--home", str(tmp_path)]), "no corpus/ folder")
    fails(
        runner.invoke(cli.main, ["stats", "--home", "~nobody-here"]), "contains no corpus/ folder"
    )


def test_as_a_module() -> None:
    def run() -> None:
        for name in [name for name in sys.modules if name.split(".")[0] == "poi_search"]:
            del sys.modules[name]  # imported anew, in the order of this program
        sys.argv = ["poi_search", "stats", "--home", "/nowhere"]
        runpy.run_module("poi_search", run_name="__main__", alter_sys=True)

    with Child(run) as wrong:
        printed, told = wrong.stdout.read(), wrong.stderr.read()
        assert (wrong.wait(), printed) == (1, "")
    assert told.startswith("Error: --home /nowhere: it contains no corpus/ folder.")
    assert "Traceback" not in told


# index


@pytest.mark.usefixtures("few_concepts")
def test_index(tmp_path: Path) -> None:
    place = make_home(tmp_path / "h", "small.md")

    def index(*words: str) -> Result:
        return CliRunner().invoke(cli.main, ["index", "--home", str(place), *words])

    first = index()
    counts = "1 article, 6 units (4 passages, 2 references)."
    assert (first.exit_code, first.stderr) == (0, "")
    assert re.fullmatch(rf"Built \S+: {re.escape(counts)}\n", first.stdout)
    assert index().stdout.startswith("Up to date: ")
    assert index("--force").stdout.startswith("Built ")
    assert index("--quiet", "--force").output == ""
    (place / "corpus" / "broken.xml").write_text("<article>\n<body></article>")
    for _ in range(2):
        partly = index("--quiet")
        assert partly.stdout == ""
        fails(partly, "broken.xml, line 2")
    (place / "corpus" / "small.md").unlink()
    fails(index(), "broken.xml, line 2")
    (place / "corpus" / "broken.xml").unlink()
    fails(index(), "contains no articles", ".txt")
    assert Library.open(place).search("exosomes").total  # the old one is still in use


@pytest.mark.usefixtures("few_concepts")
def test_index_reports_errors_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    place = make_home(tmp_path / "h", "small.md")
    monkeypatch.setattr(GenerationFiles, "write_cards", refuse)
    result = CliRunner().invoke(cli.main, ["index", "--home", str(place)])
    fails(result, "No space left on device", "the previous one stays in use")


# search


def test_search(run: Run) -> None:
    found = run("search", "mir21", "granuloza", "--limit", "2")
    assert found.exit_code == 0
    lines = found.stdout.split("\n")
    assert lines[:4] == [
        "Nothing contains 'granuloza'; searched for 'granulosa' instead.",
        "mir21 → MIR21 (hgnc:31586)",
        "granulosa → Granulosa Cells (mesh:D006107)",
        "30 found, 2 shown",
    ]
    assert [line[:5] for line in lines if re.match(r" +\d+  ", line)] == ["  1  ", "  2  "]
    assert "     shi-2022/s3.2-p1 · 3 The applications of MSCs in the treatment of POI" in lines
    assert ESCAPE not in found.stdout
    assert all(line == line.rstrip() for line in lines)


def test_search_without_hits_says_so(run: Run) -> None:
    nothing = run("search", "zebrafish AND POI")
    assert (nothing.exit_code, nothing.stderr) == (0, "")
    assert "Nothing found.\n  zebrafish alone: 0\n  POI alone: " in nothing.stdout


def test_search_options(run: Run) -> None:
    tables = run("search", "exosomes", "--kind", "table", "--kind", "figure", "--limit", "100")
    assert set(re.findall(r"^     shi-2022/([a-z]+)", tables.stdout, re.MULTILINE)) <= {"t", "f"}
    literal = run("search", "--no-synonyms", "early", "menopause").stdout
    assert "→" not in literal
    assert run("search", "--", "POI", "-rat").exit_code == 0
    fails(run("search", "x" * 600), "the limit is 512")
    fails(run("search", "POI \udcff"), "not valid text")


@pytest.mark.parametrize(
    ("words", "parameters"),
    [
        (["mir21", "granuloza"], "q=mir21+granuloza"),
        (["POI", "--kind", "table", "--kind", "section", "--limit", "3"],
         "q=POI&kind=table&kind=section&per_page=3"),
        (["--no-synonyms", "early menopause"], "q=early+menopause&synonyms=off"),
        (["zebrafish AND POI"], "q=zebrafish+AND+POI"),
        (["TGF-β1", '"ovarian reserve"'], "q=" + quote_plus('TGF-β1 "ovarian reserve"')),
    ],
)  # fmt: skip
def test_json_is_the_object_of_the_api(
    run: Run, client: FlaskClient, words: list[str], parameters: str
) -> None:
    printed = json.loads(run("search", "--json", *words).stdout)
    answer = client.get(f"/api/search?{parameters}")
    served = json.loads(answer.data)
    assert printed.pop("took_ms") > 0
    assert served.pop("took_ms") > 0
    assert printed == served
    assert list(printed) == list(served)


# show


def test_show_a_passage(run: Run) -> None:
    shown = run("show", "shi-2022/s3.2-p1").stdout
    assert shown.startswith("shi-2022/s3.2-p1\n3.2 Gene modification enhances")
    assert "miR-21 is involved in apoptotic regulation" in shown
    assert "  [36] Fu X, He Y, Wang X, et al. Overexpression of miR-21" in shown
    assert "shi-2022/ref-36\n" in shown


def test_show_a_row_a_table_and_a_section(run: Run) -> None:
    row = run("show", "shi-2022/t1-r10").stdout
    assert "Table 1. Studies of mesenchymal stem cells" in row
    assert "\n  hAMSC\n" in row
    assert "Note: Printed “hAMSC”" in row
    table = run("show", "shi-2022/t1").stdout
    assert re.findall(r"^shi-2022/t1-(\S+)$", table, re.MULTILINE) == [
        *(f"r{n}" for n in range(1, 17)), "notes",
    ]  # fmt: skip
    assert table.count("Studies of mesenchymal stem cells") == 1
    section = run("show", "shi-2022/s3").stdout
    shown = re.findall(r"^shi-2022/(\S+)$", section, re.MULTILINE)
    assert [a for a in shown if a[0] == "s"] == [
        "s3-p1", "s3.1-p1", "s3.1-p2", "s3.2-p1", "s3.2-p2", "s3.3-p1", "s3.4-p1", "s3.4-p2",
        "s3.4-p3", "s3.5-p1", "s3.5-p2", "s3.5-p3",
    ]  # fmt: skip
    assert "t1-r16" in shown
    only = run("show", "shi-2022/s3.4").stdout
    assert re.findall(r"^shi-2022/(\S+)$", only, re.MULTILINE) == ["s3.4-p1", "s3.4-p2", "s3.4-p3"]


@pytest.mark.usefixtures("few_concepts")
def test_show_a_reference(run: Run, tmp_path: Path) -> None:
    shown = run("show", "shi-2022/ref-36").stdout
    assert "Fu X, He Y, Wang X, et al. Overexpression of miR-21" in shown
    assert "Find in PubMed: https://pubmed.ncbi.nlm.nih.gov/" in shown.replace(":\n  ", ": ")
    assert "cited in 3.2 Gene modification" in shown
    assert "shi-2022/s3.2-p1" in shown
    place = make_home(tmp_path / "h", "small.md", "other.md", "found.nbib")
    Library.build(place)
    runner = CliRunner()
    with_record = runner.invoke(cli.main, ["show", "small/ref-1", "--home", str(place)]).stdout
    assert "Vitrification was tried." in with_record
    assert "headings: Cryopreservation" in with_record
    twice = runner.invoke(cli.main, ["show", "small/ref-2", "--home", str(place)]).stdout
    assert "also in Notes on other cells [1] other/ref-1" in twice


@pytest.mark.parametrize(
    "wrong", ["shi-2022/s9-p9", "shi-2022", "none/s1-p1", "", "/", "shi-2022/", "x\n\x1b[31my"]
)
def test_show_an_unknown_id(run: Run, wrong: str) -> None:
    result = run("show", wrong)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no such unit. An id is article/anchor, such as shi-2022/s3.2-p1" in result.stderr
    assert ESCAPE not in result.stderr
    assert result.stderr.count("\n") == 1


# export


@pytest.mark.parametrize("form", ["ris", "bibtex", "csl-json"])
def test_export_is_the_download_of_the_page(
    run: Run, client: FlaskClient, tmp_path: Path, form: str
) -> None:
    for words, parameters in ((["exosomes"], "&q=exosomes"), ([], "")):
        served = client.get(f"/export?format={form}{parameters}").text
        printed = run("export", *words, "--format", form)
        assert printed.exit_code == 0
        assert printed.stdout.rstrip("\n") == served.rstrip("\n")
        file = tmp_path / "references"
        told = run("export", *words, "--format", form, "-o", str(file))
        assert re.fullmatch(rf"{re.escape(str(file))}: \d+ references\n", told.stdout)
        assert file.read_bytes().decode() == served


def test_export_without_results_and_to_an_invalid_path(run: Run, tmp_path: Path) -> None:
    for form, empty in (("ris", ""), ("bibtex", ""), ("csl-json", "[]\n")):
        nothing = run("export", "zebrafish", "--format", form)
        assert (nothing.exit_code, nothing.stdout) == (0, empty)
        assert nothing.stderr == "0 references.\n"
    fails(run("export", "--format", "ris", "-o", str(tmp_path)), f"{tmp_path}: Is a directory")
    missing = tmp_path / "none" / "x.ris"
    fails(run("export", "--format", "ris", "-o", str(missing)), f"{missing}: No such file")


# check, evaluate, stats


def test_check(run: Run) -> None:
    sound = run("check")
    lines = sound.stdout.strip().split("\n")
    assert sound.exit_code == 0
    assert all(re.match(r"(notice|warning): \S", line) for line in lines[:-1])
    assert re.fullmatch(r"0 errors, \d+ warnings?, \d+ notices?", lines[-1])


@pytest.mark.usefixtures("few_concepts")
def test_check_ends_with_1_for_an_error(tmp_path: Path) -> None:
    place = make_home(tmp_path / "h", "small.md")

    def check(*words: str) -> Result:
        return CliRunner().invoke(cli.main, ["check", "--home", str(place), *words])

    def ends(code: int, words: str) -> None:
        result = check()
        assert (result.exit_code, result.stderr) == (code, "")
        assert words in result.stdout

    ends(1, f"error: index: {place / 'index'}: no index yet. Run: poi-search index\n")
    Library.build(place)
    ends(0, "0 errors, 0 warnings, ")
    (place / "corpus" / "broken.xml").write_text("<article>")
    ends(0, "warning: index: the index is older than the corpus")
    Library.build(place)
    ends(1, "error: corpus: broken.xml")
    (place / "index" / "CURRENT").write_text("nonsense")
    ends(1, "Run `poi-search index --force`")
    table = tmp_path / "mesh.tsv"
    table.write_text("D016649\tSomething else\n")
    assert "mesh:D018919 is not in mesh.tsv" in check("--mesh", str(table)).stdout
    table.write_bytes(b"D018919\t" + b"x" * 200_000)
    fails(check("--mesh", str(table)), f"{table}: ", "tab-separated table")


def test_check_measures_the_recognition_of_concepts(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "judged.jsonl"
    rat, dog = "Rats were seen.", f"A dog was seen{' and heard' * 20}."
    judged = ((rat, True), (dog, True), (rat, False))
    lines = ({"text": t, "concept": "mesh:D051381", "found": found} for t, found in judged)
    path.write_text("\n".join(map(json.dumps, lines)))
    told = run("check", "--concepts", str(path))
    assert told.exit_code == 0
    assert told.stdout.split("\n") == [
        f"missed: mesh:D051381: {dog}",
        f"not named: mesh:D051381: {rat}",
        "precision 0.500, recall 0.500 (3 sentences)",
        "",
    ]
    path.write_text("{}")
    fails(run("check", "--concepts", str(path)), f"{path}, line 1: ", "`text`")


def test_evaluate(run: Run, tmp_path: Path) -> None:
    report = run("evaluate", str(DATA / "judgments.jsonl"))
    assert report.exit_code == 0
    lines = report.stdout.strip().split("\n")
    assert lines[0].split() == ["type", "queries", "nDCG@10", "MAP", "recall@20", "MRR"]
    assert re.fullmatch(r"all +34( +[01]\.\d{3}){4}", lines[-1])
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text('{"qid": "a", "text": "POI", "rels": {"s1-p1": 1}}\n{"qid": 7}\n')
    fails(run("evaluate", str(wrong)), f"{wrong}, line 2")


def test_stats(run: Run, home: Path) -> None:
    told = run("stats").stdout
    assert told.startswith(f"{home}\nindex ")
    assert "up to date" in told
    assert "168 units (51 passages, 17 table rows, 2 figures, 98 references)" in told
    assert "https://doi.org/10.1097/MD.0000000000030013" in told


def test_stats_print_an_address_that_can_be_followed(
    run: Run, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = [replace(view, doi="10.1002/1(16)<1::A>3#x") for view in library.articles()]
    monkeypatch.setattr(Library, "articles", lambda _: views)
    assert "https://doi.org/10.1002/1(16)%3C1::A%3E3%23x\n" in run("stats").stdout


# Output


ALL = (
    ["search", "mir21 granuloza", "--limit", "20"], ["search", "AMH"], ["show", "shi-2022/ref-36"],
    ["show", "shi-2022/t1"], ["show", "shi-2022/s4.2"], ["stats"],
    ["terms", "AMH"],
)  # fmt: skip


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_ids_and_addresses_are_whole_at_any_width(run: Run, words: list[str]) -> None:
    whole = re.compile(r"https?://\S+|shi-2022/[a-z]+[\w.-]*|mesh:\w+|hgnc:\w+|10\.\d+/\S+")
    wide = run(*words, COLUMNS="100000").stdout
    longest = max(len(word) for word in wide.split())
    for columns in (1, 60, 80, 200):
        narrow = run(*words, COLUMNS=str(columns)).stdout
        assert sorted(whole.findall(wide)) == sorted(whole.findall(narrow))
        assert wide.split() == narrow.split()  # only the line breaks differ
        widest = max(len(line) for line in narrow.split("\n"))
        assert widest <= max(columns, 20 + terminal._UNDER_RANK, longest + 5)


def screen(*words: str, **env: str) -> str:
    """The output of the command on a terminal."""
    parent, child = pty.openpty()
    with (
        ThreadPoolExecutor(1) as pool,
        pytest.MonkeyPatch.context() as patch,
        os.fdopen(child, "w", encoding="utf-8") as written,
    ):
        shown = pool.submit(read_all, parent)
        for name, value in env.items():
            patch.setenv(name, value)
        patch.setattr(sys, "stdout", written)
        patch.setattr(sys, "stderr", written)
        cli.main.main(list(words), standalone_mode=False)
    os.close(parent)
    return shown.result().decode()


def read_all(terminal: int) -> bytes:
    shown = b""
    try:
        while block := os.read(terminal, 65536):
            shown += block
    except OSError:
        pass  # the other end was closed
    return shown


def test_a_terminal_shows_marks_and_a_pipe_has_none(run: Run, home: Path) -> None:
    question = ["search", "POI", "--limit", "3", "--home", str(home)]
    shown = screen(*question)
    assert f"{ESCAPE}[1mPOI{ESCAPE}[0m" in shown
    assert f"{ESCAPE}[4mpremature ovarian failure{ESCAPE}[0m" in shown
    found = run("check").stdout  # one line each, for programs
    assert all(re.match(r"(notice|warning): |\d+ errors", line) for line in found.splitlines())
    colours = re.compile(rf"{ESCAPE}\[[\d;]*(3|4|9)\dm")
    assert not colours.search(screen("check", "--home", str(home), NO_COLOR="1"))
    assert ESCAPE not in screen(*question, TERM="dumb")
    assert ESCAPE not in run(*question).stdout


@pytest.mark.usefixtures("few_concepts")
def test_a_progress_bar_is_drawn_only_on_a_terminal(tmp_path: Path) -> None:
    place = make_home(tmp_path / "h", "small.md")
    assert "Indexing" in screen("index", "--home", str(place))
    assert ESCAPE not in screen("index", "--force", "--quiet", "--home", str(place))


def test_a_closed_pipe_is_not_an_error(home: Path) -> None:
    read, write = os.pipe()
    os.close(read)

    def search() -> None:
        os.dup2(write, 1)
        cli.main(["search", "the", "--limit", "100", "--home", str(home)])

    with Child(search) as running:
        os.close(write)
        assert running.stderr.read() == ""
        assert running.wait() == 1


@pytest.mark.usefixtures("run")
def test_characters_that_a_terminal_lacks(home: Path) -> None:
    question = ["--home", str(home), "search", "TGF-β1", "--limit", "1"]
    simple = CliRunner(charset="ascii")
    plain_text = simple.invoke(cli.main, question)
    assert (plain_text.exit_code, plain_text.stderr) == (0, "")
    machine = simple.invoke(cli.main, [*question, "--json"])
    assert (
        json.loads(machine.stdout_bytes)["query"]["text"] == "TGF-β1"
    )  # no character is lost here


# serve


@pytest.mark.usefixtures("few_concepts")
def test_serve_builds_reports_its_address_and_ends_cleanly(tmp_path: Path) -> None:
    place = make_home(tmp_path / "h", "small.md", also={"broken.xml": "<article>"})
    for number in (signal.SIGTERM, signal.SIGINT):
        serves_until(number, place)


def serves_until(number: signal.Signals, place: Path) -> None:
    command = ["serve", "--port", "0", "--home", str(place)]
    with Child(lambda: cli.main(command)) as running:
        try:
            said = running.stdout.readline().strip()
            assert said.startswith(f"Serving {place} on http://127.0.0.1:")
            with urlopen(said.split(" on ")[1] + "/api/search?q=exosomes") as answer:
                assert json.load(answer)["total"] > 0
        finally:
            running.send_signal(number)
            running.send_signal(number)
        rest, errors = running.stdout.read(), running.stderr.read()
        assert (running.wait(), rest) == (0, "")
    assert errors.startswith("Error: broken.xml")
    assert errors.count("\n") == 1


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # waitress leaves its socket to the end
def test_serve_on_an_unusable_address(run: Run) -> None:
    def serve(host: str, port: int) -> str:
        ended = run("serve", "--host", host, "--port", str(port))
        assert (ended.exit_code, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
        return ended.stderr

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        other = port + 1 if port < 65535 else 8000
        assert serve("127.0.0.1", port) == (
            f"Error: http://127.0.0.1:{port} is in use by another program. "
            f"Stop it, or choose another port, as in --port {other}.\n"
        )
    assert "192.0.2.1:0 is not an address of this machine" in serve("192.0.2.1", 0)
    assert "300.1.1.1 cannot be resolved to an address" in serve("300.1.1.1", 0)
    gc.collect(1)


def test_every_address_served_is_reported(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Several:
        effective_listen = (("127.0.0.1", 8000), ("::1", 8000))

        def run(self) -> None:
            raise KeyboardInterrupt

        def close(self) -> None:
            said.append("closed")

    said: list[str] = []
    before = [signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)]
    monkeypatch.setattr(server, "create_server", lambda *_, **__: Several())
    try:
        server.serve(library, "localhost", 8000, said.append)
    finally:
        for one, handler in zip((signal.SIGTERM, signal.SIGINT), before, strict=True):
            signal.signal(one, handler)
    assert said == [
        f"Serving {library.home} on http://127.0.0.1:8000 and http://[::1]:8000", "closed",
    ]  # fmt: skip


def test_the_installed_command_is_the_same() -> None:
    assert shutil.which("poi-search", path=str(Path(sys.executable).parent))
    (installed,) = entry_points(group="console_scripts", name="poi-search")
    assert installed.load() is cli.main
    told = CliRunner().invoke(cli.main, ["--version"])
    assert (told.exit_code, told.stdout) == (0, f"poi-search, version {__version__}\n")


def test_a_closed_pipe_is_left_to_click() -> None:
    @click.command(cls=Command)
    def broken() -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        broken.main([], standalone_mode=False)
