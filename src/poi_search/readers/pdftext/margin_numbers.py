"""The numbers of lines in the margin, as manuscripts and preprints have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBERED = re.compile(r"^\s*+(\d{1,4})\s++(?=\S)")
_FEWEST = 4
# How many of the lines begin within a sentence; the entries of a list never do.
_WITHIN = 0.25
_STEP = 5


def without_margin_numbers(lines: Sequence[str]) -> list[str]:
    """The lines without the numbers in their margin: of each line, or of every fifth one."""
    result = list(lines)
    solid = [at for at, line in enumerate(lines) if line.strip()]
    for step in (1, _STEP):
        for run in _runs(lines, solid, step):
            if _is_prose([lines[at] for at in run]):
                for at in run:
                    result[at] = _NUMBERED.sub("", lines[at], count=1)
    return result


def _runs(lines: Sequence[str], solid: list[int], step: int) -> list[list[int]]:
    """The longest sequences of lines, each `step` lines and `step` numbers after the one before."""
    numbers = [int(match[1]) if (match := _NUMBERED.match(lines[at])) else None for at in solid]
    runs: list[list[int]] = []
    used: set[int] = set()
    for start, number in enumerate(numbers):
        if number is None or start in used:
            continue
        run = [start]
        while numbers[run[-1] + step : run[-1] + step + 1] == [number + step * len(run)]:
            run.append(run[-1] + step)
        used.update(run)
        if len(run) >= _FEWEST:
            runs.append([solid[at] for at in run])
    return runs


def _is_prose(lines: list[str]) -> bool:
    within = sum(_NUMBERED.sub("", line, count=1)[:1].islower() for line in lines)
    return within >= _WITHIN * len(lines)
