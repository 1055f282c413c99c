"""Generations kept as files; each is a folder of the index directory, see `generations`.

articles/<id>.json   an article with its editorial notes
cards.json           the outline of every article, available without opening it
concepts.json        the thesaurus at the time, with its terms prepared for questions
engine/              the files of the engine
conversions/         the text of files that were converted, by their SHA-256
vectors.npy          with an encoder: the vectors of all units, and in vector-keys.npy the keys
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from poi_search import engine
from poi_search.closeness.vectors import Vectors
from poi_search.engine.seam import Engine, IndexReader, IndexWriter, Scoring
from poi_search.index import generations, versions
from poi_search.index.store import (
    Card,
    Generation,
    GenerationDraft,
    Store,
    StoredArticle,
    StoredConcepts,
)
from poi_search.readers.conversions import Conversion
from poi_search.terminology import open_terminology, packed_version, remove_others
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.forms import question_forms
from poi_search.thesaurus.layers import GeneralNames

_ARTICLES, _CARDS, _CONCEPTS, _ENGINE = "articles", "cards.json", "concepts.json", "engine"
_CONVERSIONS = "conversions"
_VECTORS, _VECTOR_KEYS = "vectors.npy", "vector-keys.npy"


@dataclass(frozen=True, slots=True)
class GenerationFiles:
    """The files of one generation: written as a `GenerationDraft`, read as a `Generation`."""

    path: Path
    adapter: Engine
    manifest: Mapping[str, Any] = field(default_factory=dict)
    built: str = ""

    @property
    def name(self) -> str:
        return self.path.name

    def read_article(self, article_id: str) -> StoredArticle:
        path = self.path / _ARTICLES / f"{article_id}.json"
        return versions.decode_article(path.read_bytes(), self.manifest)

    def read_cards(self) -> list[Card]:
        return msgspec.json.decode((self.path / _CARDS).read_bytes(), type=list[Card])

    def read_concepts(self) -> StoredConcepts:
        return msgspec.json.decode((self.path / _CONCEPTS).read_bytes(), type=StoredConcepts)

    def open_terminology(self) -> GeneralNames | None:
        if self.manifest and versions.terminology(self.manifest) != packed_version():
            return None
        return open_terminology(self.path.parent)

    def read_vectors(self) -> Vectors | None:
        if not (self.path / _VECTORS).is_file():
            return None
        keys = np.load(self.path / _VECTOR_KEYS, mmap_mode="r", allow_pickle=False)
        return Vectors(keys, np.load(self.path / _VECTORS, mmap_mode="r", allow_pickle=False))

    def find_conversion(self, checksum: str) -> Conversion | None:
        path = self.path / _CONVERSIONS / f"{checksum}.json"
        if not path.is_file():
            return None
        return msgspec.json.decode(path.read_bytes(), type=Conversion)

    def open_reader(self, scoring: Scoring | None = None, *, partial: bool = False) -> IndexReader:
        folder = self.path / _ENGINE
        return engine.open_reader(folder, scoring, partial=partial, engine=self.adapter)

    def write_article(self, stored: StoredArticle) -> None:
        folder = self.path / _ARTICLES
        folder.mkdir(exist_ok=True)
        _write(folder / f"{stored.article.id}.json", stored)

    def write_cards(self, cards: list[Card]) -> None:
        _write(self.path / _CARDS, cards)

    def write_concepts(self, thesaurus: Thesaurus) -> None:
        concepts = tuple(thesaurus.concepts.values())
        _write(self.path / _CONCEPTS, StoredConcepts(concepts, tuple(question_forms(concepts))))

    def write_vectors(self, vectors: Vectors) -> None:
        np.save(self.path / _VECTORS, vectors.values, allow_pickle=False)
        np.save(self.path / _VECTOR_KEYS, vectors.keys, allow_pickle=False)

    def write_conversion(self, conversion: Conversion) -> None:
        folder = self.path / _CONVERSIONS
        folder.mkdir(exist_ok=True)
        _write(folder / f"{conversion.checksum}.json", conversion)

    def open_writer(
        self, fields: Sequence[str], keywords: Sequence[str], numbers: Sequence[str]
    ) -> IndexWriter:
        folder = self.path / _ENGINE
        folder.mkdir()
        return engine.open_writer(folder, fields, keywords, numbers, engine=self.adapter)


class FileStore(Store):
    """The generations of an index directory."""

    def __init__(self, directory: Path, adapter: Engine | None = None) -> None:
        self._directory, self._adapter = directory, adapter or engine.load()

    def stamp(self) -> Hashable | None:
        return generations.stamp(self._directory)

    def current_name(self) -> str | None:
        return generations.current_name(self._directory)

    def current(self) -> Generation | None:
        folder = generations.current(self._directory)
        return self._generation(folder) if folder else None

    def build(self, write: Callable[[GenerationDraft], dict[str, Any]]) -> Generation:
        built = generations.build(
            self._directory,
            lambda folder: write(GenerationFiles(folder, self._adapter)),
            lambda folder: GenerationFiles(folder, self._adapter).open_reader().close(),
        )
        remove_others(self._directory)
        return self._generation(built)

    def _generation(self, folder: generations.GenerationFolder) -> Generation:
        return GenerationFiles(folder.path, self._adapter, folder.manifest, folder.built)


def _write(path: Path, value: object) -> None:
    path.write_bytes(msgspec.json.encode(value))
