"""The corpus of the project, indexed in a separate folder for benchmarks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from passage import Engine, Passage
from rivals import RIVALS

from poi_search.library import Library
from poi_search.results import UnitView

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def library(home: Path = ROOT) -> Iterator[Library]:
    """A library of the corpus of a home, built elsewhere; the index of the home is left alone."""
    with TemporaryDirectory() as place:
        shutil.copytree(home / "corpus", Path(place) / "corpus")
        Library.build(place)
        yield Library.open(place)


def passages(found: Library) -> list[Passage]:
    """Every unit with the headings above it, as passed to public engines; ids are anchors."""
    views = [view for article in found.articles() for view in found.units(article.id)]
    return [Passage(view.anchor, heading(view), text(view)) for view in views]


def heading(view: UnitView) -> str:
    """The sections that contain a unit; for a row, also the caption and header of its table."""
    above = view.section.path if view.section else ()
    table = (view.table.caption, *view.table.header) if view.table else ()
    return " · ".join(filter(None, (*table, *above)))


def text(view: UnitView) -> str:
    """The searchable text of a reference, without volume and pages, which helps all engines."""
    if not view.reference:
        return view.text
    shown = view.reference
    return " ".join((*shown.authors, shown.title, shown.journal, str(shown.year or "")))


@contextmanager
def rivals(texts: list[Passage]) -> Iterator[list[Engine]]:
    """The public engines, open."""
    with TemporaryDirectory() as place:
        engines = [make(Path(place)) for make in RIVALS]
        for engine in engines:
            engine.build(texts)
            engine.open()
        yield engines
