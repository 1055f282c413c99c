"""The numbers of lines in the margin, as manuscripts and preprints have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

# At the left of a line, or at its right.
_LEFT = re.compile(r"^\s*+(\d{1,4})\s++(?=\S)")
_RIGHT = re.compile(r"(?<=\S)\s+(\d{1,4})\s*$")
_FEWEST = 4
# Three that count by fives, from a multiple of five, five lines apart, are no coincidence.
_FEWEST_FIVES = 3
# Other lines, such as those of a table, may end with numbers, so more of them must be there.
_FEWEST_RIGHT = 6
_LONG = 30
# How many of the lines begin within a sentence; the entries of a list never do.
_WITHIN = 0.25
_STEP = 5


def without_margin_numbers(lines: Sequence[str]) -> list[str]:
    """The lines without the numbers in their margin: of each line, or of every fifth one."""
    result = list(lines)
    solid = [at for at, line in enumerate(lines) if line.strip()]
    for pattern in (_LEFT, _RIGHT):
        for step in (1, _STEP):
            for run in _runs(lines, solid, step, pattern):
                bare = [pattern.sub("", lines[at], count=1) for at in run]
                if _is_prose(bare, pattern):
                    for at, text in zip(run, bare, strict=True):
                        result[at] = text
    return result


def _runs(
    lines: Sequence[str], solid: list[int], step: int, pattern: re.Pattern[str]
) -> list[list[int]]:
    """The longest sequences of lines, each `step` lines and `step` numbers after the one before."""
    numbers = [int(match[1]) if (match := pattern.search(lines[at])) else None for at in solid]
    runs: list[list[int]] = []
    used: set[int] = set()
    for start, number in enumerate(numbers):
        if number is None or start in used:
            continue
        run = [start]
        while numbers[run[-1] + step : run[-1] + step + 1] == [number + step * len(run)]:
            run.append(run[-1] + step)
        used.update(run)
        by_fives = step == _STEP and number % _STEP == 0
        if len(run) >= (_FEWEST_FIVES if by_fives else _FEWEST):
            runs.append([solid[at] for at in run])
    return runs


def _is_prose(lines: list[str], pattern: re.Pattern[str]) -> bool:
    within = sum(line.lstrip()[:1].islower() for line in lines)
    if pattern is _RIGHT:
        long = sum(len(line.strip()) >= _LONG for line in lines)
        if len(lines) < _FEWEST_RIGHT or 2 * long < len(lines):
            return False
    return within >= _WITHIN * len(lines)
