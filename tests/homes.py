"""Homes made for a test, from the small articles of tests/data/corpus."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

CORPUS = Path(__file__).parent / "data" / "corpus"


def make_home(place: Path, *names: str, also: Mapping[str, str | bytes] | None = None) -> Path:
    """A home with these files of tests/data/corpus, and with those whose content is given."""
    (place / "corpus").mkdir(parents=True)
    for name in names:
        shutil.copy(CORPUS / name, place / "corpus" / name)
    for name, content in (also or {}).items():
        stored = content if isinstance(content, bytes) else content.encode()
        (place / "corpus" / name).write_bytes(stored)
    return place


def add_topic(place: Path, content: str, name: str = "mine.toml") -> Path:
    """The home, with a topic file of this content."""
    (place / "thesaurus").mkdir(exist_ok=True)
    (place / "thesaurus" / name).write_text(content)
    return place


def text(name: str) -> str:
    """A small article's text."""
    return (CORPUS / name).read_text(encoding="utf-8")
