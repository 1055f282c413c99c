"""The library: its articles and units, and the answers to questions.

    from poi_search import Library
    library = Library.open()
    for hit in library.search("mir21 granulosa").results:
        print(hit.title, hit.snippet.text)

A library picks up new generations automatically. Each call sees a single generation.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Hashable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from poi_search.article import Article, Finding
from poi_search.closeness import Encoder, EncoderError, find_encoder
from poi_search.engine.seam import EngineUnavailable
from poi_search.home import find_home
from poi_search.index import corpus, open_store, versions
from poi_search.index.build import Outcome, Progress, build, fingerprint
from poi_search.index.generations import IndexDamaged
from poi_search.index.store import Generation, Store
from poi_search.results import (
    ArticleDetail,
    ArticleView,
    Results,
    SearchRequest,
    Suggestion,
    UnitView,
)
from poi_search.search import evidence, service
from poi_search.search.highlight import Found
from poi_search.search.interpretation import QuestionError
from poi_search.search.meanings import Meanings, meanings
from poi_search.search.snapshot import Snapshot
from poi_search.search.suggestions import Suggester
from poi_search.terminology import TerminologyError
from poi_search.thesaurus import Concept
from poi_search.thesaurus.mentions import Mention

__all__ = ["EngineUnavailable", "Library", "LibraryError", "QuestionError"]

_SECONDS_TO_NEXT_TRY = 5.0
_log = logging.getLogger(__name__)


class LibraryError(Exception):
    """There is no index to open; the message says what is missing, and what to do."""


class Library:
    """The library of a home. Methods may be called from several threads."""

    def __init__(
        self, home: Path, store: Store, snapshot: Snapshot, stamp: Hashable | None = None
    ) -> None:
        self.home = home
        self._store = store
        self._snapshot = snapshot
        self._stamp = stamp
        self._lock = threading.Lock()
        self._next_try = 0.0

    @classmethod
    def open(cls, home: str | Path | None = None) -> Library:
        """The library of a home, which is found as on the command line, as last built.

        Raises `LibraryError` if there is no index, or a version whose indexes cannot be read built
        it; `HomeError` if there is no home; `IndexDamaged` if the generation has changed since it
        was built; `TerminologyError` if the package is damaged.
        """
        place = find_home(home)
        store = open_store(place)
        stamp = store.stamp()
        return cls(place, store, _open(store, place), stamp)

    @staticmethod
    def build(
        home: str | Path | None = None, *, force: bool = False, progress: Progress | None = None
    ) -> Outcome:
        """Build a new generation from the corpus of a home, unless it is up to date."""
        return build(find_home(home), force=force, progress=progress)

    def snapshot(self) -> Snapshot:
        """The current generation; a new one is opened as soon as it becomes current.

        If it cannot be opened, the error is logged and the open one stays in use. If the error may
        be temporary, opening is tried again a little later.
        """
        stamp = self._store.stamp()
        if stamp != self._stamp and stamp is not None:
            with self._lock:
                if stamp != self._stamp and time.monotonic() >= self._next_try:
                    self._take_up(stamp)
        return self._snapshot

    def _take_up(self, stamp: Hashable) -> None:
        try:
            if self._store.current_name() != self._snapshot.generation.name:
                self._snapshot = _open(self._store, self.home)
        except (IndexDamaged, LibraryError, EncoderError, TerminologyError, OSError) as error:
            _log.error("%s The index that is open stays in use.", error)
            if _is_passing(error):
                self._next_try = time.monotonic() + _SECONDS_TO_NEXT_TRY
                return
        self._stamp = stamp

    @property
    def generation(self) -> str:
        return self.snapshot().generation.name

    @property
    def built(self) -> str:
        """When the generation was built (ISO 8601, UTC)."""
        return self.snapshot().generation.built

    def stale(self) -> bool:
        """Whether the corpus, the thesaurus or the version has changed since the generation was
        built."""
        return bool(self.snapshot().manifest.get("made_from") != fingerprint(self.home))

    def is_of_another_version(self) -> bool:
        """Whether another version built the generation, so that it may lack some of the data."""
        return not versions.is_current(self.snapshot().manifest)

    def search(self, question: str | SearchRequest = "", **filters: Any) -> Results:
        """Ranked, highlighted results; `filters` are the other fields of `SearchRequest`.

        Raises `QuestionError` for a question over the limits and a filter of the wrong type.
        """
        asked = SearchRequest(q=question) if isinstance(question, str) else question
        return service.search(self.snapshot(), _with_filters(asked, filters) if filters else asked)

    def found_units(self, request: SearchRequest) -> Iterator[UnitView]:
        """Every unit that a search finds, in order; the page of the request is ignored."""
        return service.found_units(self.snapshot(), request)

    def marks(self, article_id: str, request: SearchRequest) -> dict[str, tuple[Found, ...]]:
        """Where each unit of an article answers the question, by anchor."""
        return service.marks(self.snapshot(), article_id, request)

    def suggest(self, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of `text`: concepts, sections, authors and titles that begin with it."""
        return self.snapshot().once(Suggester.of).suggest(text, limit)

    def meanings(self, words: str) -> Meanings:
        """What words are known as: the concepts, where these are from, and where they occur."""
        return meanings(self.snapshot(), words)

    def unit(self, unit_id: str) -> UnitView | None:
        """One unit by its id, such as 'shi-2022/s3.2-p1'."""
        return self.snapshot().view(unit_id)

    def units(self, article_id: str) -> list[UnitView]:
        """Every unit of an article in reading order; none if there is no such article."""
        return [unit.stored.view for unit in self.snapshot().units(article_id)]

    def article(self, article_id: str) -> Article | None:
        stored = self.snapshot().article(article_id)
        return stored.article if stored else None

    def articles(self) -> list[ArticleView]:
        return list(self.snapshot().details.values())

    def detail(self, article_id: str) -> ArticleDetail | None:
        return self.snapshot().details.get(article_id)

    def pdf(self, article_id: str) -> Path | None:
        """The PDF of an article, if the corpus has it."""
        listed = self.snapshot().manifest["articles"].get(article_id)
        return corpus.pdf_of(self.home / "corpus" / listed["file"]) if listed else None

    def concept(self, concept_id: str) -> Concept | None:
        return self.snapshot().thesaurus.concept(concept_id)

    def narrower(self, concept_id: str) -> frozenset[str]:
        """The concept itself and all narrower ones."""
        return self.snapshot().thesaurus.narrower(concept_id)

    def mentions(self, article_id: str) -> dict[str, tuple[Mention, ...]]:
        """The concepts named in each unit of an article, by anchor."""
        return {
            unit.stored.view.anchor: tuple(unit.stored.mentions)
            for unit in self.snapshot().units(article_id)
        }

    def evidence(
        self, article_id: str, rows: Sequence[str], columns: Sequence[str]
    ) -> tuple[evidence.EvidenceCell, ...]:
        """What an article states about each pair of concepts; `rows` and `columns` are ids."""
        snapshot = self.snapshot()
        units = [unit.stored for unit in snapshot.units(article_id)]
        return evidence.evidence(units, snapshot.thesaurus, rows, columns)

    def corpus_findings(self) -> tuple[Finding, ...]:
        """Issues with the corpus as a whole, found when it was indexed."""
        return msgspec.convert(self.snapshot().manifest["findings"], type=tuple[Finding, ...])


def _with_filters(request: SearchRequest, filters: dict[str, Any]) -> SearchRequest:
    """The request with these fields, type-checked: a wrong type would just find nothing."""
    try:
        return msgspec.convert(structs.asdict(structs.replace(request, **filters)), SearchRequest)
    except msgspec.ValidationError as error:
        detail, _, place = str(error).partition(" - at `$.")
        raise QuestionError(re.split(r"\W", place)[0], f"{place.rstrip('`')}: {detail}.") from None


def _open(store: Store, home: Path) -> Snapshot:
    generation = store.current()
    if generation is None:
        raise LibraryError(f"{home / 'index'}: no index yet. Run: poi-search index")
    try:
        return _read(generation, find_encoder(home))
    except versions.IndexUnreadable as error:
        message = f"{home / 'index'}: built by another version. Run: poi-search index"
        raise LibraryError(message) from error


def _read(generation: Generation, encoder: Encoder | None = None) -> Snapshot:
    if not versions.is_readable(generation.manifest):
        raise versions.IndexUnreadable(generation.name)
    with versions.reading():
        snapshot = Snapshot(generation, encoder=encoder)
        for detail in islice(snapshot.details.values(), 1):
            versions.try_out(generation, snapshot.reader, detail, snapshot.read_unit)
    return snapshot


def _is_passing(error: Exception) -> bool:
    """Whether the system refused what it may grant later, such as one more open file."""
    return isinstance(error, OSError) or isinstance(error.__cause__, OSError)
