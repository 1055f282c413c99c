"""The files of the SMART system, as which MED, CISI and Cranfield are distributed.

`.I 7` begins a document or query. After it, `.T` on a line of its own begins the title and `.W` the
text; the lines of other fields (authors, source, cross-references) are not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from files import CollectionError, lines

_ID = re.compile(r"\.I\s+(\S+)\s*")
_FIELD = re.compile(r"\.([A-Z])\s*")


class Record(NamedTuple):
    """A document or query; `line` is that of its `.I`."""

    line: int
    id: str
    title: str
    text: str


def read_records(path: Path) -> Iterator[Record]:
    """The records of a file. A number may have leading zeros (`.I 001`): they are removed."""
    line, name, field = 0, "", ""
    found: dict[str, list[str]] = {}
    for number, text in lines(path):
        begins, named = _ID.fullmatch(text), _FIELD.fullmatch(text)
        if begins:
            if name:
                yield _record(line, name, found)
            line, name, field, found = number, begins[1], "", {}
        elif not name or (named and named[1] == "I"):
            raise CollectionError(
                f"{path}, line {number}: a record must begin with its number, as in '.I 1'. "
                "Add it, or remove what stands before the first record."
            )
        elif named:
            field = named[1]
        elif not field:
            raise CollectionError(
                f"{path}, line {number}: there is text between '.I {name}' and its first field. "
                "Put '.T' before a title and '.W' before a text."
            )
        else:
            found.setdefault(field, []).append(text.strip())
    if name:
        yield _record(line, name, found)


def _record(line: int, name: str, found: dict[str, list[str]]) -> Record:
    plain = name.lstrip("0") or "0" if name.isdigit() else name
    return Record(line, plain, " ".join(found.get("T", ())), "\n".join(found.get("W", ())))
