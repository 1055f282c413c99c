"""Fixtures that several modules share: a home with the real review, built once."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from homes import make_home
from hypothesis import HealthCheck, settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from poi_search import thesaurus
from poi_search.article import Finding
from poi_search.index.file_store import GenerationFiles
from poi_search.index.store import StoredConcepts
from poi_search.library import Library
from poi_search.terminology import open_terminology
from poi_search.thesaurus import Concept
from poi_search.thesaurus.collisions import collisions
from poi_search.thesaurus.forms import Form, Key, question_forms
from poi_search.thesaurus.mentions import text_lexicon
from poi_search.web import create_app

CLONE = Path(__file__).resolve().parents[1]
FEW = 40
MEMORY = Path("/dev/shm")
ROOM = 2**28
"""Several times the bytes that the tests write."""

settings.register_profile(
    "poi",
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.register_profile("thorough", settings.get_profile("poi"), max_examples=300)
settings.load_profile("poi")


def pytest_configure() -> None:
    """Look for garbage more rarely, and write temporary files to memory if it has enough room."""
    gc.set_threshold(200_000, 20, 100)
    usable = "TMPDIR" not in os.environ and MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    if usable and shutil.disk_usage(MEMORY).free > ROOM:
        tempfile.tempdir = str(MEMORY)


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays to the end."""
    gc.freeze()


def pytest_unconfigure() -> None:
    """Collect the garbage once: pytest does so five times, each over all that is left."""
    gc.collect()
    gc.freeze()


_whole_thesaurus = cache(thesaurus.load)


@cache
def _forms(concepts: tuple[Concept, ...]) -> tuple[tuple[Key, Form], ...]:
    return tuple(question_forms(concepts))


def _collisions(
    terms: thesaurus.Thesaurus, own: tuple[thesaurus.Concept, ...] = ()
) -> tuple[Finding, ...]:
    return tuple(collisions(terms, own))


def _reading_once(
    read: Callable[[GenerationFiles], StoredConcepts],
) -> Callable[[GenerationFiles], StoredConcepts]:
    """The same file of concepts is read once for all generations."""
    known: dict[bytes, StoredConcepts] = {}

    def read_concepts(generation: GenerationFiles) -> StoredConcepts:
        content = (generation.path / "concepts.json").read_bytes()
        if content not in known:
            known[content] = read(generation)
        return known[content]

    return read_concepts


class CompiledTemplates(BytecodeCache):
    """The templates of all applications, each compiled once."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def _shortcuts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Read the thesaurus and the templates once, as they stay the same, and do not wait for the
    disk, as no power cut is tested."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thesaurus, "load", _whole_thesaurus)
        patch.setattr(thesaurus, "digest", cache(thesaurus.digest))
        shared = cache(text_lexicon)
        for module in ("index.build", "thesaurus.recognition"):
            patch.setattr(f"poi_search.{module}.text_lexicon", shared)
        for module in ("index.file_store", "thesaurus.collisions"):
            patch.setattr(f"poi_search.{module}.question_forms", lambda every: _forms((*every,)))
        patch.setattr("poi_search.thesaurus.lint.collisions", cache(_collisions))
        read_once = _reading_once(GenerationFiles.read_concepts)
        patch.setattr(GenerationFiles, "read_concepts", read_once)
        expanded = tmp_path_factory.mktemp("terminology")
        shared_terms = cache(lambda: open_terminology(expanded))
        for module in ("index.file_store", "checking"):
            patch.setattr(f"poi_search.{module}.open_terminology", lambda _: shared_terms())
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": CompiledTemplates()})
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a copy of the project's corpus, indexed. Tests must not change it."""
    place = tmp_path_factory.mktemp("home")
    shutil.copytree(CLONE / "corpus", place / "corpus")
    Library.build(place)
    return place


@pytest.fixture(scope="session")
def library(home: Path) -> Library:
    return Library.open(home)


@pytest.fixture(scope="session")
def client(library: Library) -> FlaskClient:
    """A client of the application of the real review."""
    return create_app(library, testing=True).test_client()


@cache
def _few_concepts() -> thesaurus.Thesaurus:
    whole = _whole_thesaurus().concepts.values()
    return thesaurus.Thesaurus(
        [replace(concept, broader=(), related=()) for concept in islice(whole, FEW)]
    )


@pytest.fixture(scope="session")
def few_terms() -> thesaurus.Thesaurus:
    return _few_concepts()


@pytest.fixture
def few_concepts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build with only a few concepts, which takes a tenth of the time."""
    monkeypatch.setattr(thesaurus, "load", _few_concepts)


@pytest.fixture(scope="session")
def _built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = make_home(
        tmp_path_factory.mktemp("small") / "h",
        *("small.md", "small.notes.toml", "other.md", "found.nbib"),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thesaurus, "load", _few_concepts)
        Library.build(place)
    return place


@pytest.fixture
def place(_built_once: Path, tmp_path: Path) -> Path:
    """An indexed home of small articles with a few concepts, which a test may change."""
    return shutil.copytree(_built_once, tmp_path / "h")
