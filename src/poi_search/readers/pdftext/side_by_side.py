"""Two columns of a page printed side by side, as `pdftotext -layout` does: reported, not mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from poi_search.article import Finding
from poi_search.readers.pdftext.repair import SourceLine

_HALVES = re.compile(r"^\s{0,20}(\S.{15,90}?) {3,40}(?=\S)([^|\t]{15,100})$")
_FEWEST = 6
# How many of the halves begin within a sentence; the cells of a table do not.
_WITHIN = 0.4


def find_columns(lines: Sequence[SourceLine]) -> list[Finding]:
    """A finding for the first lines that are two columns of running text."""
    solid = [line for line in lines if line.text.strip()]
    for is_pair, run in groupby(solid, lambda line: _halves(line.text) is not None):
        found = [*run] if is_pair else []
        if len(found) >= _FEWEST and _is_running(found):
            message = (
                "two columns seem to be printed side by side, so their sentences are mixed up; "
                "convert the article again without keeping the layout (pdftotext without -layout)"
            )
            return [Finding("warning", f"line {found[0].number}", message)]
    return []


def _halves(text: str) -> tuple[str, str] | None:
    found = _HALVES.match(text)
    if found is None or "   " in found[1] or "   " in found[2].strip():
        return None
    return found[1], found[2]


def _is_running(lines: Sequence[SourceLine]) -> bool:
    halves = [half for line in lines for half in _halves(line.text) or ()]
    within = sum(half[:1].islower() for half in halves)
    return within >= _WITHIN * len(halves)
