"""The costs of a library as it grows, compared with public engines.

    python benchmarks/scale.py FOLDER [UNITS…]

Libraries of 1,000, 10,000 and 100,000 units (or as given) are made from the articles in
FOLDER, with their sentences recombined at random. Measured are the build (files to index), the
size on disk, and start-up time and memory in a separate process (Linux); then, in one process and
all engines in turn, 200 questions made from the text: ranking alone, and with everything shown.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

import recombine
from passage import Engine, Passage, Ranked, Shown
from review import heading, text
from rivals import RIVALS
from search import interleaved

from poi_search.engine.seam import Request
from poi_search.library import Library
from poi_search.results import SearchRequest
from poi_search.search.interpretation import understand

Asks = dict[str, Callable[[str], object]]

SIZES = (1_000, 10_000, 100_000)
SHOWN = 10
ROUNDS = 3


class Home:
    """This project as it is used: files in corpus/, a generation built and opened."""

    name = "poi-search"

    def __init__(self, folder: Path) -> None:
        self._home = folder / "home"

    def fill(self, drawn: recombine.Pool, size: int) -> None:
        recombine.write(drawn, self._home / "corpus", size)

    def build(self, passages: Iterable[Passage] = ()) -> None:
        Library.build(self._home)

    def open(self) -> None:
        self._library = Library.open(self._home)

    def passages(self) -> Iterator[Passage]:
        """Every unit, as passed to the other engines."""
        for article in self._library.articles():
            for view in self._library.units(article.id):
                yield Passage(view.id, heading(view), text(view))

    def rank(self, question: str, depth: int) -> Ranked:
        snapshot = self._library.snapshot()
        asked = understand(snapshot, SearchRequest(q=question))
        ranking = snapshot.reader.rank(Request(asked.understanding.query, limit=depth))
        return [hit.id for hit in ranking.hits]

    def show(self, question: str, depth: int) -> Shown:
        results = self._library.search(SearchRequest(q=question, per_page=depth))
        return [(hit.id, hit.snippet_html) for hit in results.results]


ENGINES: dict[str, Callable[[Path], Engine]] = {Home.name: Home}
ENGINES |= {make.name: make for make in RIVALS}  # type: ignore[attr-defined]


def main(folder: Path, sizes: Iterable[int]) -> None:
    drawn = recombine.pool(folder)
    if not drawn.sentences or not drawn.references:
        sys.exit(f"{folder}: no article with text and references in it can be read.")
    for size in sizes:
        with TemporaryDirectory() as place:
            measure(drawn, size, Path(place))


def measure(drawn: recombine.Pool, size: int, place: Path) -> None:
    """Print the table for one size."""
    asked = recombine.questions(drawn)
    engines, built = build(drawn, size, place)
    figures = {name: _alone(name, place / name, asked) for name in engines}
    ranked = interleaved(
        {n: partial(e.rank, depth=SHOWN) for n, e in engines.items()}, asked, ROUNDS
    )
    shown = interleaved(
        {n: partial(e.show, depth=SHOWN) for n, e in engines.items()}, asked, ROUNDS
    )
    print(f"\n{size:,} units")
    print(f"{'':14}{'units/s':>9}{'MB':>8}{'start s':>9}{'MiB':>7}"
          f"{'rank p50':>10}{'p95 ms':>8}{'show p50':>10}{'p95 ms':>8}")  # fmt: skip
    for name, seconds in built.items():
        start, memory = figures[name]
        times = "".join(
            f"{median(t) * 1e3:10.2f}{quantiles(t, n=20)[-1] * 1e3:8.2f}"
            for t in (ranked[name], shown[name])
        )
        rate, disk = size / seconds, _megabytes(place / name)
        print(f"{name:14}{rate:9,.0f}{disk:8.1f}{start:9.2f}{memory:7.0f}{times}", flush=True)


def build(
    drawn: recombine.Pool, size: int, place: Path
) -> tuple[dict[str, Engine], dict[str, float]]:
    """All engines open over the same units, and the seconds each took to build."""
    engines, seconds = {}, {}
    passages: list[Passage] = []
    for name, make in ENGINES.items():
        (place / name).mkdir()
        engine = make(place / name)
        if isinstance(engine, Home):
            engine.fill(drawn, size)
        started = perf_counter()
        engine.build(passages)
        seconds[name] = perf_counter() - started
        engine.open()
        if isinstance(engine, Home):
            passages = list(engine.passages())
        engines[name] = engine
    return engines, seconds


def _alone(name: str, folder: Path, asked: list[str]) -> tuple[float, float]:
    """Seconds from opening to the first result, and peak memory in MiB, in a new process."""
    command = [sys.executable, __file__, "--alone", name, str(folder)]
    done = subprocess.run(
        command, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True
    )
    start, memory = json.loads(done.stdout)
    return start, memory


def alone(name: str, folder: Path, asked: list[str]) -> None:
    """The process started by `_alone`: open, answer every question, report."""
    engine = ENGINES[name](folder)
    started = perf_counter()
    engine.open()
    engine.show(asked[0], SHOWN)
    ready = perf_counter() - started
    for question in asked:
        engine.show(question, SHOWN)
    print(json.dumps([ready, _peak_memory()]))


def _peak_memory() -> float:
    """Peak memory in MiB, with the libraries of all engines loaded. (getrusage would report the
    peak of the parent process if that was larger.)"""
    status = Path("/proc/self/status").read_text("utf-8")
    (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def _megabytes(folder: Path) -> float:
    """Size on disk, without the articles themselves."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files if "corpus" not in path.parts) / 1e6


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        alone(sys.argv[2], Path(sys.argv[3]), json.load(sys.stdin))
    elif len(sys.argv) < 2:
        sys.exit(__doc__)
    else:
        main(Path(sys.argv[1]), map(int, sys.argv[2:]) if sys.argv[2:] else SIZES)
