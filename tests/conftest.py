"""Fixtures that several modules share: a home with the real review, built once."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from poi_search import thesaurus
from poi_search.library import Library

CLONE = Path(__file__).resolve().parents[1]
FEW = 40

settings.register_profile(
    "poi", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("poi")


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


_whole_thesaurus = cache(thesaurus.load)


@pytest.fixture
def few_concepts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build with only a few concepts, which takes a tenth of the time."""
    whole = _whole_thesaurus()
    concepts = [
        replace(concept, broader=(), related=()) for concept in islice(whole.concepts.values(), FEW)
    ]
    few = thesaurus.Thesaurus(concepts)
    monkeypatch.setattr(thesaurus, "load", lambda: few)
