"""nDCG@10 and MAP on a judged collection, compared with public engines.

    python benchmarks/collection.py FOLDER

The folder contains docs.jsonl ({"id", "title", "text"}), queries.jsonl ({"id", "text"}) and
qrels.tsv (query id, document id, grade; a header line is skipped). Queries without a
relevant document are left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from ours import Ours
from rivals import Bm25s, Engine, Fts5, Passage

from poi_search.evaluation import Judged, evaluate

DEPTH = 1000
ENGINES: tuple[type[Engine], ...] = (Ours, Bm25s, Fts5)


def main(folder: Path) -> None:
    judged = list(judgments(folder))
    print(f"{folder.name}: {len(judged)} queries with a relevant document")
    print(f"{'':24}{'nDCG@10':>9}{'MAP':>9}")
    for engine in ENGINES:
        with TemporaryDirectory() as place:
            made = engine(Path(place))
            made.build(documents(folder))
            made.open()
            report = evaluate(judged, lambda text, made=made: made.rank(text, DEPTH))  # type: ignore[misc]
            means = report.all
            print(f"{made.name:24}{means.ndcg:9.3f}{means.average_precision:9.3f}", flush=True)


def documents(folder: Path) -> Iterator[Passage]:
    """The documents, one at a time."""
    for row in _rows(folder / "docs.jsonl"):
        yield Passage(str(row["id"]), row.get("title") or "", row.get("text") or "")


def judgments(folder: Path) -> Iterator[Judged]:
    """The queries with a relevant document, with the grades of all judged documents."""
    rels: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_lines(folder / "qrels.tsv"), 1):
        fields = line.split()
        if len(fields) != 3 or not fields[2].lstrip("-").isdigit():
            if number == 1:
                continue
            sys.exit(f"{folder / 'qrels.tsv'}, line {number}: expected query, document and grade.")
        rels.setdefault(fields[0], {})[fields[1]] = max(int(fields[2]), 0)
    for row in _rows(folder / "queries.jsonl"):
        found = rels.get(str(row["id"]), {})
        if any(found.values()):
            yield Judged(str(row["id"]), row["text"], found)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    for number, line in enumerate(_lines(path), 1):
        try:
            yield json.loads(line)
        except json.JSONDecodeError as error:
            sys.exit(f"{path}, line {number}: {error}")


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        sys.exit(f"{path}: there is no such file; see the head of this program for what it needs.")
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
