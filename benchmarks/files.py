"""Lines of the files of a judged collection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


class CollectionError(Exception):
    """A collection that cannot be used: which file and line, what is wrong, and what to do."""


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, each with its number."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CollectionError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        number = error.object.count(b"\n", 0, error.start) + 1
        raise CollectionError(
            f"{path}, line {number}: this is not UTF-8. Convert the file: "
            f"iconv -f latin1 -t utf8 {path.name}"
        ) from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line.rstrip("\r")
