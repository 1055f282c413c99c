"""Relevance judgments: the grade of each judged document of a query.

A line has a query, a document and a grade, as in BEIR (whose header line is skipped), or four
columns. In the files of TREC the second of these is an iteration (`1 0 d7 2`). In the classic
`.REL` files the last two are always zero (`1 7 0 0.000000`): each line names a relevant document,
as does one of two columns. `cranqrel` has codes from 1 (a complete answer) to 4 (of minimum
interest), and -1 or 5 for none, which become grades from 4 to 1, and 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from files import CollectionError, lines

Grades = dict[str, dict[str, int]]
"""Query → document → grade."""

CODES = ("1", "2", "3", "4")
HEADER = ("query", "qid", "topic")


def read_grades(path: Path) -> Grades:
    """The grades in a file; a negative one counts as 0."""
    rows = [(number, line.split()) for number, line in lines(path)]
    if rows and rows[0][1][0].lower().startswith(HEADER):
        rows = rows[1:]
    if not rows:
        raise CollectionError(f"{path}: there are no judgments. Put one on each line.")
    number, first = rows[0]
    read = _reader(path, [row for _, row in rows])
    if read is None:
        raise _wrong(path, number, first)
    found: Grades = {}
    for number, row in rows:
        if len(row) != len(first):
            raise _wrong(path, number, row)
        try:
            query, document, grade = read(row)
        except ValueError:
            raise _wrong(path, number, row) from None
        judged = found.setdefault(query, {})
        judged[document] = max(judged.get(document, 0), grade)
    return found


Judgment = tuple[str, str, int]
Reader = Callable[[Sequence[str]], Judgment]


def _reader(
    path: Path, rows: Sequence[Sequence[str]]
) -> Callable[[Sequence[str]], Judgment] | None:
    """How the lines are to be read, which depends on the number of columns and on zeros."""
    width = len(rows[0])
    if width == 3 and path.name.lower().startswith("cranqrel"):
        return _coded
    if width == 4 and all(row[2:3] == ["0"] and "." in row[-1] for row in rows):
        return _listed
    return {2: _listed, 3: _graded, 4: _of_trec}.get(width)


def _graded(row: Sequence[str]) -> Judgment:
    return row[0], row[1], max(int(row[2]), 0)


def _of_trec(row: Sequence[str]) -> Judgment:
    return row[0], row[2], max(int(row[3]), 0)


def _listed(row: Sequence[str]) -> Judgment:
    return row[0], row[1], 1


def _coded(row: Sequence[str]) -> Judgment:
    if row[2] not in (*CODES, "5", "-1"):
        raise ValueError
    return row[0], row[1], 5 - int(row[2]) if row[2] in CODES else 0


def _wrong(path: Path, number: int, row: Sequence[str]) -> CollectionError:
    return CollectionError(
        f"{path}, line {number}: {' '.join(row)!r} is not a judgment like those before it. Write "
        "query, document and grade, or the four columns of TREC: query, 0, document and grade."
    )
