"""Judged collections as they are distributed: BEIR, SMART, TREC, or the simple form.

A folder has documents, queries and judgments, each in one of these files:

    corpus.jsonl (BEIR: "_id"), docs.jsonl ("id"), *.ALL, cran.all.1400
    queries.jsonl, *.QRY
    qrels/test.tsv, qrels.tsv, qrels.txt, *.REL, cranqrel
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from files import CollectionError, lines
from passage import Passage
from qrels import Grades, read_grades
from smart_files import Record, read_records

from poi_search.evaluation import Judged

_DOCUMENTS = (r"corpus\.jsonl", r"docs\.jsonl", r".*\.all(\.\d+)?")
_QUERIES = (r"queries\.jsonl", r".*\.qry")
_JUDGMENTS = (r"qrels/test\.tsv", r"qrels\.(tsv|txt)", r".*\.rel", r"cranqrel(\.txt)?")


@dataclass(frozen=True, slots=True)
class Collection:
    """The documents, and the queries that have a relevant document, with all their grades.

    `missing` is the number of relevant documents that are not among the documents.
    """

    name: str
    passages: tuple[Passage, ...]
    judged: tuple[Judged, ...]
    missing: int


def read_collection(folder: Path) -> Collection:
    """The collection in a folder. Raises CollectionError if it has none, or a faulty one."""
    documents = _the_file(folder, "documents", _DOCUMENTS)
    queries = _the_file(folder, "queries", _QUERIES)
    judgments = _the_file(folder, "judgments", _JUDGMENTS)
    passages = tuple(Passage(row.id, row.title, row.text) for row in _rows(documents))
    asked = {row.id: row.text or row.title for row in _rows(queries)}
    grades = read_grades(judgments)
    if queries.suffix.lower() == ".qry":
        grades = _by_number(grades, list(asked))
    _require_known(queries, judgments, grades, asked)
    known = {passage.id for passage in passages}
    judged = tuple(
        Judged(query, text, grades[query])
        for query, text in asked.items()
        if any(grades.get(query, {}).values())
    )
    missing = _missing(judged, known)
    if missing and not any(unit in known for query in judged for unit in query.rels):
        raise CollectionError(
            f"{judgments}: none of the documents it judges is in {documents}. "
            "Use the judgments of this collection."
        )
    if not judged:
        raise CollectionError(
            f"{judgments}: no query has a relevant document. "
            "A relevant document has a grade above 0."
        )
    return Collection(folder.resolve().name, passages, judged, missing)


def _missing(judged: Iterable[Judged], known: set[str]) -> int:
    relevant = (unit for query in judged for unit, grade in query.rels.items() if grade)
    return sum(unit not in known for unit in relevant)


def _the_file(folder: Path, what: str, names: Iterable[str]) -> Path:
    """The file of a folder whose name matches; for several patterns, the first that any does."""
    if not folder.is_dir():
        raise CollectionError(f"{folder}: there is no such folder.")
    files = [path for path in (*folder.iterdir(), *folder.glob("qrels/*")) if path.is_file()]
    for name in names:
        found = [
            path
            for path in files
            if re.fullmatch(name, path.relative_to(folder).as_posix(), re.IGNORECASE)
        ]
        if len(found) > 1:
            listed = ", ".join(sorted(path.name for path in found))
            raise CollectionError(f"{folder}: {listed}: keep one file of {what}.")
        if found:
            return found[0]
    raise CollectionError(
        f"{folder}: there is no file of {what}. See `python benchmarks/collection.py --help` "
        "for the names that are read."
    )


def _by_number(grades: Grades, queries: list[str]) -> Grades:
    """The grades by the ids of the queries. The judgments of Cranfield count its queries from 1,
    whatever their ids are."""
    if set(grades) <= set(queries) or not all(query.isdigit() for query in grades):
        return grades
    numbers = {str(number): query for number, query in enumerate(queries, 1)}
    return {numbers.get(query, query): judged for query, judged in grades.items()}


def _require_known(
    queries: Path, judgments: Path, grades: Grades, asked: Mapping[str, str]
) -> None:
    for query in grades:
        if query not in asked:
            raise CollectionError(
                f"{judgments}: query {query} is not in {queries}. Remove its judgments, or add it."
            )


def _rows(path: Path) -> Iterator[Record]:
    """The documents or queries of a file."""
    read: Callable[[Path], Iterator[Record]] = (
        _json_records if path.suffix.lower() == ".jsonl" else read_records
    )
    seen: dict[str, int] = {}
    for record in read(path):
        if record.id in seen:
            raise CollectionError(
                f"{path}, line {record.line}: {record.id} is already on line {seen[record.id]}. "
                "Give each its own id."
            )
        seen[record.id] = record.line
        yield record
    if not seen:
        raise CollectionError(f"{path}: there is nothing in it.")


def _json_records(path: Path) -> Iterator[Record]:
    for number, line in lines(path):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            _refuse(path, number, f"this is not JSON ({error}).")
        if not isinstance(row, dict):
            _refuse(path, number, "this is not a JSON object.")
        name = row.get("_id", row.get("id"))
        if not isinstance(name, str | int) or name == "":
            _refuse(path, number, "there is no id.")
        title, text = row.get("title") or "", row.get("text") or ""
        if not isinstance(title, str) or not isinstance(text, str):
            _refuse(path, number, "title and text must be strings.")
        if not title and not text:
            _refuse(path, number, "there is no text.")
        yield Record(number, str(name), title, text)


def _refuse(path: Path, number: int, fault: str) -> NoReturn:
    raise CollectionError(
        f"{path}, line {number}: {fault} Each line needs an object with id (or _id) and text; "
        "title is optional."
    )
