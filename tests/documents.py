"""The documents of the project, taken apart for their tests; and what in them is made.

python tests/documents.py              pastes the help of every command into README.md
python tests/documents.py --measure    and what the benchmarks measure now (some minutes)
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from poi_search.cli import main

CLONE = Path(__file__).resolve().parents[1]
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "NOTICE.md")
MEASURED = {"quality": "quality.py", "speed": "search.py"}


def text(name: str) -> str:
    return (CLONE / name).read_text("utf-8")


def between(document: str, name: str) -> str:
    """What stands between the markers of this name."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", document, re.DOTALL)
    assert found, f"no <!-- {name} --> … <!-- /{name} -->"
    return found[1]


def section(document: str, title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", document, re.DOTALL | re.M)
    assert found, f"no section {title!r}"
    return found[1]


def rows(markdown: str) -> list[list[str]]:
    """The cells of the body rows of all tables in it."""
    lines = [line for line in markdown.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rules = [at for at, row in enumerate(cells) if set("".join(row)) <= set("-:")]
    heads = {*rules, *(at - 1 for at in rules)}
    return [row for at, row in enumerate(cells) if at not in heads]


def blocks(document: str, language: str) -> list[str]:
    """The code in this language that is set apart."""
    return re.findall(rf"^```{language}\n(.*?)^```", document, re.DOTALL | re.M)


def codes(markdown: str) -> list[str]:
    """The code within its prose and tables."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", markdown, flags=re.DOTALL))


def commands(document: str) -> Iterator[list[str]]:
    """The words after `poi-search` wherever a command is shown, with something for each blank."""
    lines = [line for block in blocks(document, "sh") for line in block.splitlines()]
    for line in (*lines, *codes(document)):
        if line.startswith("poi-search "):
            words = shlex.split(line, comments=True)[1:]
            yield [{"…": "word", "FILE": "README.md", "DIR": "."}.get(word, word) for word in words]


def anchors(document: str) -> set[str]:
    """The fragments that a page of this Markdown has, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", document, flags=re.DOTALL), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def helps() -> str:
    """The help of every command, as README.md has it."""
    shown = (
        f"<!-- help:{name} -->\n```text\n{_help(name)}```\n<!-- /help:{name} -->\n\n"
        for name in main.commands
    )
    return "\n" + "".join(shown)


def _help(name: str) -> str:
    done = CliRunner().invoke(main, [name, "--help"], prog_name="poi-search", terminal_width=80)
    assert done.exit_code == 0, done.output
    return done.output


def measured(benchmark: str) -> str:
    """What a benchmark prints, as a table; its first column is the first 18 characters."""
    command = [sys.executable, str(CLONE / "benchmarks" / benchmark)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [re.split(r"\s{2,}", line.strip()) for line in printed.splitlines() if line.strip()]
    width = max(map(len, lines))
    head, *body = [[row[0], *["n"] * (width - len(row)), *row[1:]] for row in lines]
    table = [head, ["---", *["--:"] * (width - 1)], *body]
    return "".join(f"| {' | '.join(row)} |\n" for row in table)


def write(measure: bool) -> None:
    """Puts into README.md what is made."""
    made = {"help": helps()}
    if measure:
        made |= {name: measured(benchmark) for name, benchmark in MEASURED.items()}
    readme = text("README.md")
    for name, new in made.items():
        old = between(readme, name)
        readme = readme.replace(f"<!-- {name} -->\n{old}", f"<!-- {name} -->\n{new}")
    (CLONE / "README.md").write_text(readme, "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--measure"]):
        sys.exit(__doc__)
    write(bool(sys.argv[1:]))
