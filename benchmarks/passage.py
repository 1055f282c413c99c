"""What every engine of a benchmark is given, and what it returns."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Protocol


class Passage(NamedTuple):
    """What is indexed: `title` is above `text` (a heading, or the title of a document)."""

    id: str
    title: str
    text: str

    @property
    def whole(self) -> str:
        return f"{self.title}\n{self.text}" if self.title else self.text


Ranked = list[str]
"""Ids, best first."""

Shown = list[tuple[str, str]]
"""Ids with snippets in which the words of the question are marked."""


class Engine(Protocol):
    """An engine with its folder: built once, then opened and queried."""

    name: str

    def __init__(self, folder: Path) -> None: ...

    def build(self, passages: Iterable[Passage]) -> None: ...

    def open(self) -> None: ...

    def rank(self, question: str, depth: int) -> Ranked: ...

    def show(self, question: str, depth: int) -> Shown: ...
