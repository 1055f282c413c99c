"""How much a function does, counted in calls of Python and C functions instead of in time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from cProfile import Profile
from types import FrameType, ModuleType
from typing import Any


def calls(function: Callable[[], object]) -> int:
    """The calls that a run of `function` makes, its own among them."""
    profile = Profile(subcalls=False)
    profile.runcall(function)
    return sum(entry.callcount for entry in profile.getstats())


def steps(function: Callable[[], object], *modules: ModuleType) -> int:
    """The lines and calls of `modules` that `function` runs, each turn of a loop anew."""
    names = {module.__name__ for module in modules}
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event in ("line", "call")
        return trace if frame.f_globals.get("__name__") in names else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function()
    finally:
        sys.settrace(before)
    return count
