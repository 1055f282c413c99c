"""Names in a list that says their common beginning once: HLA-A, -B, and -C."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from poi_search.text.typography import DASH

_END = r"[^\W_]{1,4}"
_LIST = re.compile(
    rf"(?<![\w-])([^\W_]{{2,}}){DASH}{_END}(?:(?:,|/|,? (?:and|or|&)) ?{DASH}{_END}(?![\w-]))+"
)
_SHORTENED = re.compile(rf"(?<=[ ,/])({DASH})({_END})(?!\w)")


def coordinated_names(
    text: str, readings: Callable[[str], tuple[str, ...]]
) -> Iterator[tuple[str, int, int]]:
    """The concepts of names that are printed without their beginning, each with the span of what
    is printed. `readings` says which concepts a whole name stands for."""
    for whole in _LIST.finditer(text):
        for ending in _SHORTENED.finditer(text, whole.end(1) + 1, whole.end()):
            for concept in readings(f"{whole[1]}-{ending[2]}"):
                yield concept, ending.start(2), ending.end()
