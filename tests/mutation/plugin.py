"""What pytest does for a mutation run, by the environment: tells which tests run which lines
(MUTATION_LINES), or runs the tests of a list in its order until one fails (MUTATION_TESTS)."""

from __future__ import annotations

import faulthandler
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

from mutation import IMPORT, TIME_OUT

LINES, TESTS = os.environ.get("MUTATION_LINES"), os.environ.get("MUTATION_TESTS")
STATE = os.environ.get("MUTATION_STATE", os.devnull)


def pytest_sessionstart() -> None:
    settings.register_profile(
        "mutation",
        settings.get_profile("poi"),
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],  # a failure need not be made small
    )
    settings.load_profile("mutation")


class Recording:
    """Notes the lines that each test and each shared fixture runs, and how long a test takes."""

    def __init__(self, out: Path) -> None:
        from coverage import Coverage  # noqa: PLC0415

        self._out = out
        self._coverage = Coverage(data_file=None, source=[os.environ["MUTATION_SOURCE"]])
        self._test = ""
        self._seconds: dict[str, float] = {}
        self._fixtures: dict[str, list[str]] = {}
        self._coverage.start()
        self._coverage.switch_context(IMPORT)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._test, began = item.nodeid, time.perf_counter()
        self._fixtures[item.nodeid] = list(getattr(item, "fixturenames", ()))
        self._coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self._seconds[item.nodeid] = time.perf_counter() - began
            self._coverage.switch_context(IMPORT)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        self._coverage.switch_context(f"fixture {fixturedef.argname}")
        try:
            return (yield)
        finally:
            self._coverage.switch_context(self._test)

    def pytest_sessionfinish(self) -> None:
        self._coverage.stop()
        data = self._coverage.get_data()
        lines: dict[str, dict[int, list[str]]] = defaultdict(dict)
        for file in data.measured_files():
            for line, contexts in data.contexts_by_lineno(file).items():
                lines[file][line] = [one for one in contexts if one]
        recorded = {
            "seconds": self._seconds,
            "fixtures": self._fixtures,
            "lines": lines,
        }
        self._out.write_text(json.dumps(recorded), encoding="utf-8")


RECORDING = Recording(Path(LINES)) if LINES else None  # before anything imports the package


class Listed:
    """Runs the listed tests, each within its time, and notes the one that runs or failed."""

    def __init__(self, listed: Path) -> None:
        self._limits: dict[str, float] = json.loads(listed.read_text(encoding="utf-8"))
        self._failed = False

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        known = {item.nodeid: item for item in items}
        items[:] = [known[name] for name in self._limits if name in known]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        self._failed = False
        Path(STATE).write_text(f"{item.nodeid}{TIME_OUT}", encoding="utf-8")
        faulthandler.dump_traceback_later(self._limits[item.nodeid], exit=True)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._failed = self._failed or report.failed
        Path(STATE).write_text(report.nodeid if self._failed else "", encoding="utf-8")

    def pytest_sessionfinish(self) -> None:
        faulthandler.cancel_dump_traceback_later()


def pytest_configure(config: pytest.Config) -> None:
    if RECORDING:
        config.pluginmanager.register(RECORDING)
    if TESTS:
        config.pluginmanager.register(Listed(Path(TESTS)))
