"""Ranking times of the engine alone, compared with others: no concepts, no snippets.

    python benchmarks/engine.py [PASSAGES [ROUNDS]]

Passages consist of 80 artificial words, drawn at random with the distribution of real text: a
few are everywhere, most are rare (Zipf's law). Half of the questions consist of any words, half
of words that occur in one passage out of three to fifty.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import accumulate, product
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from passage import Engine, Passage, Ranked, Shown
from rivals import RIVALS, words
from search import SHOWN, interleaved, show

from poi_search.engine import open_reader, open_writer
from poi_search.engine.nodes import AnyOf, Term
from poi_search.engine.seam import IndexEntry, Request

FIELDS = (("text", 1.0),)
VOCABULARY = ["".join(parts) for parts in product("bdfgklmnprstv", "aeiou", repeat=3)][:200_000]
random.Random(1).shuffle(VOCABULARY)
FREQUENCIES = list(accumulate(1 / rank for rank in range(1, len(VOCABULARY) + 1)))


class OwnEngine:
    """This project's engine with the words as typed; any of the words."""

    name = "poi-search"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "ours"

    def build(self, passages: Iterable[Passage]) -> None:
        self._folder.mkdir()
        writer = open_writer(self._folder, ["text"])
        for passage in passages:
            writer.add(
                IndexEntry(passage.id, {"text": words(passage.text)}, payload=passage.text.encode())
            )
        writer.commit()

    def open(self) -> None:
        self._reader = open_reader(self._folder)

    def rank(self, question: str, depth: int) -> Ranked:
        query = AnyOf(tuple(Term(word, FIELDS) for word in words(question)))
        return [hit.id for hit in self._reader.rank(Request(query, limit=depth)).hits]

    def show(self, question: str, depth: int) -> Shown:
        return [(unit, "") for unit in self.rank(question, depth)]


def made_up(count: int) -> Iterator[Passage]:
    chance = random.Random(2)
    for number in range(count):
        drawn = chance.choices(VOCABULARY, cum_weights=FREQUENCIES, k=80)
        yield Passage(str(number), "", " ".join(drawn))


def questions(count: int = 100) -> list[str]:
    chance = random.Random(3)
    kinds = VOCABULARY[20:5000], VOCABULARY[15:300]
    return [
        " ".join(chance.sample(kinds[number % 2], chance.randint(2, 5))) for number in range(count)
    ]


def main(count: int = 20_000, rounds: int = 5) -> None:
    with TemporaryDirectory() as folder:
        engines: list[Engine] = [make(Path(folder)) for make in (OwnEngine, *RIVALS)]
        for engine in engines:
            started = perf_counter()
            engine.build(made_up(count))
            print(f"{engine.name}: {count / (perf_counter() - started):,.0f} passages a second")
            engine.open()
        asks: dict[str, Callable[[str], object]] = {
            engine.name: partial(engine.rank, depth=SHOWN) for engine in engines
        }
        show(interleaved(asks, questions(), rounds))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
