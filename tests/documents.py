"""The documents of the project, taken apart for their tests; and the parts of them that are made.

python tests/documents.py              pastes the help of the commands and the API's parameters
python tests/documents.py --measure    and what the benchmarks measure now (some minutes)
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from poi_search.cli import main
from poi_search.web import openapi

CLONE = Path(__file__).resolve().parents[1]
DOCUMENTS = tuple(
    path.relative_to(CLONE).as_posix()
    for folder in (".", "corpus", "docs")
    for path in sorted((CLONE / folder).glob("*.md"))
)
COMMANDS, API, MEASUREMENTS = "docs/commands.md", "docs/json.md", "docs/measurements.md"
JUDGMENTS = {
    "quality": "tests/data/judgments.jsonl",
    "quality-more": "tests/data/judgments-more.jsonl",
}


def text(name: str) -> str:
    return (CLONE / name).read_text("utf-8")


def between(document: str, name: str) -> str:
    """The text between the markers of this name."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", document, re.DOTALL)
    assert found, f"no <!-- {name} --> … <!-- /{name} -->"
    return found[1]


def marked(document: str, prefix: str) -> dict[str, str]:
    """The texts between all markers `prefix:name`, by name."""
    names = re.findall(rf"<!-- {prefix}:(\S+) -->", document)
    return {name: between(document, f"{prefix}:{name}") for name in names}


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
    """The code blocks in this language."""
    return re.findall(rf"^```{language}\n(.*?)^```", document, re.DOTALL | re.M)


def codes(markdown: str) -> list[str]:
    """The code within its prose and tables."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", markdown, flags=re.DOTALL))


def prose(document: str) -> str:
    """The document without its tables and code blocks."""
    without_code = re.sub(r"```.*?```", "", document, flags=re.DOTALL)
    return "\n".join(line for line in without_code.splitlines() if not line.startswith("|"))


def commands(document: str) -> Iterator[list[str]]:
    """The words after `poi-search` wherever a command is shown, with a word for each blank."""
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
    """The help of every command."""
    return "\n" + "".join(f"## {name}\n\n```text\n{_help(name)}```\n\n" for name in main.commands)


def _help(name: str) -> str:
    done = CliRunner().invoke(main, [name, "--help"], prog_name="poi-search", terminal_width=80)
    assert done.exit_code == 0, done.output
    return done.output


def parameters(path: str) -> str:
    """The parameters of an address as a table."""
    listed = openapi.document()["paths"][path]["get"]["parameters"]
    lines = ["| Parameter | What it does | Values |", "|---|---|---|", *map(_parameter, listed)]
    return "".join(f"{line}\n" for line in lines)


def _parameter(stated: Mapping[str, Any]) -> str:
    schema = stated["schema"]
    value = schema.get("items", schema)
    says = stated["description"] + (" Required." if stated.get("required") else "")
    says += " Can be repeated." if stated.get("explode") else ""
    return f"| `{stated['name']}` | {says} | {_values(value)}{_default(schema)} |"


def _values(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema["type"] == "integer":
        return f"{schema['minimum']} to {schema['maximum']}"
    return f"up to {schema['maxLength']} characters" if "maxLength" in schema else "text"


def _default(schema: Mapping[str, Any]) -> str:
    default = schema.get("default")
    return f"; default `{default}`" if default else ""


def measured(benchmark: str, *arguments: str) -> str:
    """The output of a benchmark as a table; a column that has no head in it counts queries."""
    command = [sys.executable, str(CLONE / "benchmarks" / benchmark), *arguments]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [re.split(r"\s{2,}", line.strip()) for line in printed.splitlines() if line.strip()]
    width = max(map(len, lines))
    head, *body = [[row[0], *["n"] * (width - len(row)), *row[1:]] for row in lines]
    table = [head, ["---", *["--:"] * (width - 1)], *body]
    return "".join(f"| {' | '.join(row)} |\n" for row in table)


MADE: dict[str, dict[str, Callable[[], str]]] = {
    COMMANDS: {"help": helps},
    API: {
        "parameters:search": partial(parameters, "/api/search"),
        "parameters:suggest": partial(parameters, "/api/suggest"),
        "parameters:evidence": partial(parameters, "/api/articles/{article}/evidence"),
        "parameters:export": partial(parameters, "/export"),
    },
}
"""For each document, the texts between its markers that follow from the code."""

MEASURED: dict[str, dict[str, Callable[[], str]]] = {
    MEASUREMENTS: {
        **{name: partial(measured, "quality.py", file) for name, file in JUDGMENTS.items()},
        "subjects": partial(measured, "subjects.py"),
        "weights": partial(measured, "weights.py"),
        "speed": partial(measured, "search.py"),
    },
}
"""Those that take minutes, and are not the same on every machine."""


def write(made: Mapping[str, Mapping[str, Callable[[], str]]]) -> None:
    """Puts what is made between its markers."""
    for name, parts in made.items():
        document = text(name)
        for marker, make in parts.items():
            old, new = between(document, marker), make()
            document = document.replace(f"<!-- {marker} -->\n{old}", f"<!-- {marker} -->\n{new}")
        (CLONE / name).write_text(document, "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--measure"]):
        sys.exit(__doc__)
    write(MADE)
    if sys.argv[1:]:
        write(MEASURED)
