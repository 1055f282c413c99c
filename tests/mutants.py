"""Wrong lines drawn by a seed, and the tests that notice them: `make mutants SEED=1 COUNT=100`.

mutmut copies the source into the tree and changes functions only; cosmic-ray changes the tree
in place and runs the whole suite each time; neither draws a sample by a seed, and neither swaps
arguments and deletes statements both.

Lines are drawn uniformly over all lines of src/ that can be made wrong (`mutation/places.py`),
then one change of the line. Each is made in a copy of the source outside of the tree. The tests
that run its statement are tried one after the other, the quickest before the others; all tests,
if it runs at import or in another process. The first that fails, or takes ten times as long as it
should, has killed the mutant. Which test runs which line is recorded once and kept by content, as
is each outcome, so that a run that was broken off goes on where it was. Mutants of
tests/data/equivalent-mutants.toml cannot be noticed and are counted apart.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from queue import SimpleQueue

from mutation import IMPORT, TIME_OUT
from mutation.places import Place, is_another_program, places

CLONE = Path(__file__).resolve().parents[1]
KEPT = CLONE / ".mutants"
EQUIVALENT = CLONE / "tests" / "data" / "equivalent-mutants.toml"
PROCESSES = 2
SURVIVED, SAME = "SURVIVED", "equivalent"
_LINKED = ("templates", "static", "corpus", "index")
_MEMORY = 6 * 2**30
_FEW = 40  # tests that are tried first, as those that notice most: fewer files to import


@dataclass(frozen=True)
class Recorded:
    """Which tests run which lines, and in how many seconds."""

    seconds: dict[str, float]
    fixtures: dict[str, list[str]]
    lines: dict[str, dict[str, list[str]]]

    def of(self, place: Place) -> list[str]:
        """The tests that run the place's statement, by themselves or through a shared fixture;
        then all others, if it runs at import."""
        lines = self.lines.get(place.module, {})
        first, last = place.statement
        contexts = {one for at in range(first, last + 1) for one in lines.get(str(at), ())}
        shared = {one.removeprefix("fixture ") for one in contexts if one not in self.seconds}
        tests = {one for one in contexts if one in self.seconds}
        tests |= {name for name, uses in self.fixtures.items() if shared.intersection(uses)}
        at_import = IMPORT in contexts or place.line < first  # as a decorator does
        others = set() if tests and not at_import else self.seconds.keys() - tests
        return [*self._by_cost(tests), *self._by_cost(others)]

    def _by_cost(self, tests: Iterable[str]) -> list[str]:
        """The quickest first, those that need the real library after the others."""
        return sorted(tests, key=lambda t: ("home" in self.fixtures[t], self.seconds[t], t))


@dataclass
class Copy:
    """A copy of the source in which one line at a time is wrong."""

    root: Path
    runs: int = 0

    @classmethod
    def make(cls, root: Path) -> Copy:
        shutil.copytree(CLONE / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
        for name in _LINKED:
            (root / name).symlink_to(CLONE / name)
        return cls(root)

    @property
    def package(self) -> Path:
        return self.root / "src" / "poi_search"

    def change(self, place: Place, source: str) -> None:
        path = self.package / place.module
        path.write_text(source, encoding="utf-8")
        self.runs += 1
        os.utime(path, (self.runs, self.runs))  # so that no compiled file is taken for another

    def pytest(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        own = {
            "PYTHONPATH": os.pathsep.join((str(self.root / "src"), str(CLONE / "tests"))),
            "MUTATION_SOURCE": str(self.package),
            "MUTATION_STATE": str(self.root / "state"),
        }
        inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "mutation.plugin", *words],
            cwd=CLONE, env={**inherited, **own, **env}, capture_output=True, text=True, check=False,
            preexec_fn=_limit_memory,
        )  # fmt: skip


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


@dataclass
class Run:
    """One run over a sample: what is known of the tests, and the outcomes so far."""

    base: str = "--ignore=tests/browser"
    outcomes: dict[str, dict[str, str]] = field(default_factory=dict)

    @cached_property
    def content(self) -> str:
        """The checksum of source and tests."""
        found = hashlib.sha256()
        for folder in ("src", "tests", "templates", "static", "corpus"):
            for path in sorted((CLONE / folder).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts and path != EQUIVALENT:
                    found.update(path.read_bytes())
        return found.hexdigest()[:16]

    def tests(self, copy: Copy) -> Recorded:
        kept = KEPT / f"lines-{self.content}.json"
        if not kept.exists():
            print("Recording which test runs which line …", flush=True)
            out = copy.root / "lines.json"
            run = copy.pytest("-q", self.base, MUTATION_LINES=str(out))
            if run.returncode:
                sys.exit(f"Without a mutant all tests must pass:\n{run.stdout[-3000:]}{run.stderr}")
            recorded = json.loads(out.read_text(encoding="utf-8"))
            prefix = f"{copy.package}{os.sep}"
            recorded["lines"] = {
                file.removeprefix(prefix): lines for file, lines in recorded["lines"].items()
            }
            for old in KEPT.glob("lines-*.json"):
                old.unlink()
            kept.write_text(json.dumps(recorded), encoding="utf-8")
        return Recorded(**json.loads(kept.read_text(encoding="utf-8")))

    def killer(self, copy: Copy, place: Place, tests: Recorded, hint: str = "") -> str:
        """The test that fails for this mutant, or SURVIVED."""
        source = (CLONE / "src" / "poi_search" / place.module).read_text(encoding="utf-8")
        copy.change(place, place.applied(source))
        try:
            first = [hint] if hint in tests.seconds else []
            names = [name for name in tests.of(place) if name not in first]
            for group in (first, names[:_FEW], names[_FEW:]):
                failing = self._failing(copy, group, tests)
                if failing:
                    return failing
            return SURVIVED
        finally:
            copy.change(place, source)

    def _failing(self, copy: Copy, names: Sequence[str], tests: Recorded) -> str:
        """The first of the tests that fails, and does so again when it is run alone."""
        while names:
            failed = self._first_failing(copy, names, tests)
            test = failed.removesuffix(TIME_OUT)
            if test not in names or len(names) == 1 or self._first_failing(copy, [test], tests):
                return failed
            names = names[names.index(test) + 1 :]
        return ""

    def _first_failing(self, copy: Copy, names: Sequence[str], tests: Recorded) -> str:
        listed, state = copy.root / "tests.json", copy.root / "state"
        limits = {name: 20 + 10 * tests.seconds[name] for name in names}
        listed.write_text(json.dumps(limits), encoding="utf-8")
        state.write_text("")
        files = sorted({name.split("::")[0] for name in names})
        run = copy.pytest("-x", "-q", "--no-header", *files, MUTATION_TESTS=str(listed))
        if run.returncode == 0:
            return ""
        return state.read_text(encoding="utf-8") or f"no test could run: exit {run.returncode}"


def sample(seed: int, count: int, begins: str = "") -> list[Place]:
    """Lines drawn uniformly over all modules (whose path begins so), and one change of each."""
    package = CLONE / "src" / "poi_search"
    lines: dict[tuple[str, int], list[Place]] = {}
    for path in sorted(package.rglob("*.py")):
        module = path.relative_to(package).as_posix()
        if not module.startswith(begins):
            continue
        for place in places(module, path.read_text(encoding="utf-8")):
            lines.setdefault((module, place.line), []).append(place)
    chance = random.Random(seed)
    order = chance.sample(sorted(lines), len(lines))
    drawn: list[Place] = []
    for module, line in order:
        found = lines[module, line]
        source = (package / module).read_text(encoding="utf-8")
        for place in chance.sample(found, len(found)):
            if len(drawn) < count and is_another_program(place, source):
                drawn.append(place)
                break
    return drawn


def equivalents() -> dict[tuple[str, str, str], str]:
    """Module, line and change of the mutants that behave as the program does, and why; without
    a change, every change of the line is one."""
    with EQUIVALENT.open("rb") as file:
        listed = tomllib.load(file).get("mutant", [])
    return {(one["module"], one["line"], one.get("change", "")): one["reason"] for one in listed}


def main() -> None:
    parser = argparse.ArgumentParser(description="Put wrong lines into the source.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--module", default="", help="only modules whose path begins so")
    stated = parser.parse_args()
    drawn = sample(stated.seed, stated.count, stated.module)
    KEPT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        report(drawn, run_all(drawn, Path(place)), stated.seed)


def run_all(drawn: Sequence[Place], folder: Path) -> dict[Place, str]:
    run, known = Run(), equivalents()
    copies: SimpleQueue[Copy] = SimpleQueue()
    made = [Copy.make(folder / str(number)) for number in range(PROCESSES)]
    tests = run.tests(made[0])
    for copy in made:
        copies.put(copy)
    kept = KEPT / "outcomes.jsonl"
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    before = {tuple(one[:3]): (str(one[3]), str(one[4])) for one in map(json.loads, lines)}

    def outcome(place: Place) -> str:
        name = (place.module, place.text, place.change)
        if name in known or (*name[:2], "") in known:
            return SAME
        killer, content = before.get(name, ("", ""))
        if content != run.content:
            copy = copies.get()
            try:
                killer = run.killer(copy, place, tests, killer)
            finally:
                copies.put(copy)
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps([*name, killer, run.content]) + "\n")
        print(row(place, killer), flush=True)
        return killer

    with ThreadPoolExecutor(PROCESSES) as pool:
        return dict(zip(drawn, pool.map(outcome, drawn), strict=True))


def row(place: Place, outcome: str) -> str:
    where = f"{place.module}:{place.line}"
    return f"{where:42} {place.operator:18} {place.change[:60]:60} {outcome[:110]}"


def report(drawn: Sequence[Place], outcomes: dict[Place, str], seed: int) -> None:
    print(f"\nSeed {seed}:")
    for place in sorted(drawn):
        print(row(place, outcomes[place]))
        if outcomes[place] == SURVIVED:
            print(f"    {place.text}")
    counts = Counter(outcomes.values())
    survived, same = counts[SURVIVED], counts[SAME]
    real = len(drawn) - same
    share = f"{(real - survived) / real:.0%}" if real else "none"
    print(f"{len(drawn)} mutants, {same} equivalent; {real - survived} of {real} killed: {share}")


if __name__ == "__main__":
    main()
