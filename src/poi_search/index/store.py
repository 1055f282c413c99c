"""What a generation contains besides the engine's index, and how to access it.

The library and the build use only these types; `file_store` keeps generations as files.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

import msgspec
from msgspec import structs

from poi_search.article import Article, Finding
from poi_search.closeness.vectors import Vectors
from poi_search.engine.seam import IndexReader, IndexWriter, Scoring
from poi_search.index.notes import Note
from poi_search.readers.conversions import Conversion
from poi_search.results import ArticleDetail, Coverage
from poi_search.thesaurus import Concept, Thesaurus
from poi_search.thesaurus.forms import Form, Key
from poi_search.thesaurus.layers import GeneralNames
from poi_search.thesaurus.mentions import Lexicon


class StoredArticle(msgspec.Struct, frozen=True):
    """An article with its editorial notes; `unmatched` lists the records of the corpus that match
    none of its references."""

    article: Article
    notes: tuple[Note, ...]
    unmatched: tuple[Finding, ...] = ()


class Card(msgspec.Struct, frozen=True):
    """The outline of an article, and the abbreviations it defines.

    `replaced` lists the short forms that the thesaurus knows as something else.
    """

    detail: ArticleDetail
    concepts: tuple[Concept, ...]
    forms: tuple[tuple[Key, Form], ...]
    replaced: tuple[str, ...] = ()

    def with_coverage(self, coverage: Coverage) -> Card:
        return structs.replace(self, detail=structs.replace(self.detail, coverage=coverage))


class StoredConcepts(msgspec.Struct, frozen=True, dict=True):
    """The thesaurus, with the forms in which a question names its concepts."""

    concepts: tuple[Concept, ...]
    forms: tuple[tuple[Key, Form], ...]

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.forms)


class Generation(Protocol):
    """A complete index: `manifest` is the data its builder recorded, `built` an ISO time."""

    @property
    def name(self) -> str: ...

    @property
    def manifest(self) -> Mapping[str, Any]: ...

    @property
    def built(self) -> str: ...

    def read_article(self, article_id: str) -> StoredArticle: ...

    def read_cards(self) -> list[Card]: ...

    def read_concepts(self) -> StoredConcepts: ...

    def open_terminology(self) -> GeneralNames | None:
        """The terminology it was built with; None if that is not the one of this version."""
        ...

    def read_vectors(self) -> Vectors | None:
        """The vectors of the units in order; None if it was built without an encoder."""
        ...

    def find_conversion(self, checksum: str) -> Conversion | None:
        """The text that the file with this SHA-256 was converted to."""
        ...

    def open_reader(
        self, scoring: Scoring | None = None, *, partial: bool = False
    ) -> IndexReader: ...


class GenerationDraft(Protocol):
    """A generation that is being written."""

    def open_terminology(self) -> GeneralNames | None:
        """The terminology to build it with."""
        ...

    def write_article(self, stored: StoredArticle) -> None: ...

    def read_article(self, article_id: str) -> StoredArticle:
        """An article that has been written."""
        ...

    def write_cards(self, cards: list[Card]) -> None: ...

    def write_concepts(self, thesaurus: Thesaurus) -> None: ...

    def write_vectors(self, vectors: Vectors) -> None: ...

    def write_conversion(self, conversion: Conversion) -> None: ...

    def open_writer(
        self, fields: Sequence[str], keywords: Sequence[str], numbers: Sequence[str]
    ) -> IndexWriter: ...


class Store(Protocol):
    """Where generations are kept, one of them current."""

    def stamp(self) -> Hashable | None:
        """A value that changes whenever another generation becomes current; None if there is none.

        Cheap enough to check at every request.
        """
        ...

    def current_name(self) -> str | None:
        """The name of the current generation, unverified."""
        ...

    def current(self) -> Generation | None:
        """The current generation, verified as far as the store can; None if there is none."""
        ...

    def build(self, write: Callable[[GenerationDraft], dict[str, Any]]) -> Generation:
        """Have `write` fill a draft and make it current, or leave everything as it was.

        `write` returns the manifest.
        """
        ...
