"""Units that count as one: those with the same value of a keyword."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .columns import Bools, Ints


def repeated(values: Ints) -> Bools:
    """Which of the values occur more than once; 0 is no value."""
    times = np.bincount(values)
    times[:1] = 0
    several: Bools = times[values] > 1
    return several


def repeats(values: Ints) -> int:
    """How many of the values have occurred before; 0 is no value."""
    times = np.bincount(values)[1:]
    return int(times.sum()) - int(np.count_nonzero(times))


def first_of_each(values: Ints, order: Ints) -> Ints:
    """Ascending places in `values`, without those that are not the first of their value in
    `order`, which has the places of all values that occur more than once."""
    _, first = np.unique(values[order], return_index=True)
    left = np.ones(values.size, dtype=np.bool_)
    left[order] = False
    left[order[first]] = True
    return left.nonzero()[0]
