"""corpus/ → a generation of the index: read, split, analyse and write, all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from poi_search import __version__
from poi_search.article import LEFT_OUT, Article, Finding, ReadError, Reference
from poi_search.closeness import find_encoder
from poi_search.closeness.vectors import Vectors, VectorWriter
from poi_search.engine.seam import EngineUnavailable, IndexEntry, IndexWriter
from poi_search.index import corpus, entries, generations, notes, open_store, units, versions
from poi_search.index.article_checks import check_article
from poi_search.index.failures import check_ids, failure_message
from poi_search.index.kept_conversions import KeptConversions
from poi_search.index.meaning import meaningful_text
from poi_search.index.shared_entries import EntryComparison, SharedEntries
from poi_search.index.store import Card, Generation, GenerationDraft, Store, StoredArticle
from poi_search.index.units import Unit
from poi_search.terminology import packed_version
from poi_search.thesaurus import Thesaurus, home_topics
from poi_search.thesaurus.abbreviations import AbbreviationReader, find_definitions
from poi_search.thesaurus.layers import general_layer
from poi_search.thesaurus.mentions import text_lexicon

Progress = Callable[[str, int, int], None]
"""Called with the current file, the bytes of the corpus done so far, and their total."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a build: the current generation, and the files that failed."""

    generation: Generation
    built: bool
    failures: tuple[str, ...] = ()


class CorpusError(Exception):
    """A corpus that cannot be indexed: which file, where, what is wrong, and what to do."""


def fingerprint(home: Path) -> dict[str, Any]:
    """Everything a generation depends on; equal if nothing needs to be built."""
    encoder = find_encoder(home)
    return {
        "format": versions.FORMAT,
        "version": __version__,
        "thesaurus": home_topics.digest(home),
        "terminology": packed_version(),
        "corpus": corpus.digests(home / "corpus"),
        **({versions.ENCODER: encoder.name} if encoder else {}),
        **corpus.converter(home / "corpus"),
    }


def build(home: Path, *, force: bool = False, progress: Progress | None = None) -> Outcome:
    """Build a new generation from corpus/ unless the current one is up to date.

    Files that cannot be read are listed as failures, and the others are indexed. If none can be
    read, `CorpusError` is raised and the old generation stays current.
    """
    made_from = fingerprint(home)
    store = open_store(home)
    current = None if force else _current(store)
    if current and current.manifest.get("made_from") == made_from:
        return Outcome(current, False, tuple(current.manifest["failures"]))
    work = _Build(home, made_from, current, _intact(store), progress or _ignore_progress)
    generation = store.build(work.write)
    return Outcome(generation, True, tuple(generation.manifest["failures"]))


def _current(store: Store) -> Generation | None:
    """The current generation; None if it must be rebuilt completely."""
    try:
        generation = store.current()
        if generation is None or not versions.has_all_fields(generation.manifest):
            return None
        with versions.reading():
            cards, _ = generation.read_cards(), generation.read_concepts()
            generation.open_terminology()
            with closing(generation.open_reader()) as reader:
                read_unit = versions.unit_reader(generation)
                versions.try_out(generation, reader, cards[0].detail, read_unit)
    except (generations.IndexDamaged, versions.IndexUnreadable):
        return None
    return generation


def _intact(store: Store) -> Generation | None:
    """The current generation, of any version, if no file of it is damaged."""
    try:
        return store.current()
    except generations.IndexDamaged:
        return None


def _ignore_progress(_file: str, _done: int, _total: int) -> None: ...


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


@dataclass
class _Build:
    """One build; `write` fills the draft of the new generation."""

    home: Path
    made_from: dict[str, Any]
    previous: Generation | None
    intact: Generation | None
    progress: Progress
    sizes: dict[str, int] = field(default_factory=dict)
    done: int = 0

    def write(self, draft: GenerationDraft) -> dict[str, Any]:
        self._prepare(draft)
        counts: Counter[str] = Counter()
        encoder = find_encoder(self.home)
        vectors = VectorWriter(encoder, self._vectors_before()) if encoder else None
        writer = draft.open_writer(entries.FIELDS, entries.KEYWORDS, entries.NUMBERS)
        try:
            unmatched = self._index(draft, writer, vectors, counts)
            writer.commit()
        except BaseException:
            writer.cancel()
            raise
        if not self.cards:
            raise CorpusError("\n".join(self.failures) or self._empty_message())
        draft.write_cards(self.cards)
        if vectors:
            draft.write_vectors(vectors.vectors())
        self.findings += sorted(unmatched, key=lambda odd: (odd.message, odd.place))
        return {
            "made_from": self.made_from,
            "articles": self.articles,
            "counts": dict(counts),
            "failures": self.failures,
            "findings": msgspec.to_builtins(self.findings),
        }

    def _prepare(self, draft: GenerationDraft) -> None:
        """Open the thesaurus, and what the previous generation has of unchanged articles."""
        terminology = draft.open_terminology()
        topics = home_topics.load(self.home, terminology)
        general = general_layer(terminology, topics.concepts.values())
        self.thesaurus = Thesaurus(topics.concepts.values(), general)
        self.lexicon = text_lexicon(topics).above(general)
        self.abbreviations = AbbreviationReader(self.thesaurus, self.lexicon)
        self.failures: list[str] = []
        self.findings: list[Finding] = []
        self.articles: dict[str, dict[str, str]] = {}
        self.cards: list[Card] = []
        self.current = self.previous
        self.conversions = KeptConversions(self.intact, draft)
        if self.previous and self._stale_code():
            self.previous = None  # its content differs from what would be built now
        before = self.previous.read_cards() if self.previous else []
        self.before = {card.detail.id: card for card in before}
        listed = self.previous.manifest["articles"] if self.previous else {}
        self.unchanged = {(each["file"], each["digest"]): name for name, each in listed.items()}
        draft.write_concepts(self.thesaurus)

    def _index(
        self,
        draft: GenerationDraft,
        writer: IndexWriter,
        vectors: VectorWriter | None,
        counts: Counter[str],
    ) -> set[Finding]:
        """Write the entries of all articles; findings on the records that match none of them."""
        unmatched: set[Finding] | None = None
        read, shared = self._compare(draft)
        for card in read:
            self._begin(self.articles[card.detail.id]["file"])
            stored = draft.read_article(card.detail.id)
            lexicon = self.lexicon.extended(card.forms, card.replaced)
            found = list(map(shared.attach, units.units(stored.article)))
            attached = notes.attach(found, stored.notes)
            indexer = entries.Indexer(lexicon, self.thesaurus, attached, shared=shared)
            for entry in _entries(indexer, stored, attached, counts.total()):
                writer.add(entry)
            if vectors:
                vectors.add(map(meaningful_text, found))
            counts.update(card.detail.counts)
            self.cards.append(card.with_coverage(indexer.tally.coverage()))
            here = set(stored.unmatched)
            unmatched = here if unmatched is None else unmatched & here
        return unmatched or set()

    def _vectors_before(self) -> Vectors | None:
        """The vectors of the current generation, if the same encoder made them."""
        before = self.current
        is_same = before and versions.encoder_name(before) == self.made_from[versions.ENCODER]
        return before.read_vectors() if before and is_same else None

    def _empty_message(self) -> str:
        known = ".pdf, .xml, .html, .md, .txt"
        return f"{self.home / 'corpus'}: it contains no articles. Add one ({known})."

    def _compare(self, draft: GenerationDraft) -> tuple[list[Card], SharedEntries]:
        """The outline of every article that can be read, and what their references share."""
        comparison, read = EntryComparison(), []
        for article, card in self._read_all(draft):
            comparison.add(article)
            read.append(card)
        return read, comparison.shared()

    def _read_all(self, draft: GenerationDraft) -> Iterator[tuple[Article, Card]]:
        files = corpus.sources(self.home / "corpus", self.made_from["corpus"])
        self.findings += corpus.strays(self.home / "corpus", self.made_from["corpus"])
        known = tuple(self._records())
        self.sizes = {source.path.name: _size(source.path) for source in files}
        for source in files:
            self._begin(source.path.name)
            try:
                stored, card = self._reuse(source) or self._read(source, known)
            except EngineUnavailable:
                raise
            except Exception as error:  # one file must not cost the others
                self.failures.append(failure_message(source.path, error))
                continue
            article_id = stored.article.id
            if article_id in self.articles:
                other = self.articles[article_id]["file"]
                self.failures.append(
                    f"{source.path.name}: the article id {article_id!r} is also that of {other}. "
                    "Rename one of the files, or set another id in its side file."
                )
                continue
            self.articles[article_id] = {"file": source.path.name, "digest": source.digest}
            self.findings += [
                Finding(one.severity, source.path.name, one.message)
                for one in stored.article.findings
                if one.place == LEFT_OUT
            ]
            draft.write_article(stored)
            yield stored.article, card

    def _begin(self, file: str) -> None:
        """Tell that a file is being read or, after all have been, indexed."""
        self.progress(file, self.done, 2 * sum(self.sizes.values()))
        self.done += self.sizes[file]

    def _records(self) -> Iterator[Reference]:
        """The records of all files that can be read."""
        folder = self.home / "corpus"
        for path in corpus.record_files(folder, self.made_from["corpus"]):
            try:
                yield from corpus.read_records(path)
            except ReadError as error:
                self.failures.append(str(error))

    def _reuse(self, source: corpus.Source) -> tuple[StoredArticle, Card] | None:
        """The article from the previous generation, if nothing it is made from has changed."""
        article_id = self.unchanged.get((source.path.name, source.digest))
        if not self.previous or article_id is None:
            return None
        stored = self.previous.read_article(article_id)
        if stored.article.converter:
            self.conversions.carry_over(self.made_from["corpus"][source.path.name])
        return stored, self.before[article_id]

    def _stale_code(self) -> bool:
        before = self.previous.manifest["made_from"] if self.previous else {}
        parts = ("format", "version", "thesaurus", "terminology")
        return any(before.get(part) != self.made_from[part] for part in parts)

    def _read(
        self, source: corpus.Source, known: tuple[Reference, ...]
    ) -> tuple[StoredArticle, Card]:
        read = corpus.read(source, known, self.conversions)
        defined = find_definitions(read.article)
        readings, odd = notes.readings(read.notes, defined, self.thesaurus.concepts)
        own = self.abbreviations.own(read.article, defined, readings)
        findings = (*check_article(read.article), *read.article.findings, *own.findings, *odd)
        article = replace(read.article, findings=findings)
        found = units.units(article)
        check_ids(source.path.name, found)
        card = Card(units.detail(article, found), own.concepts, own.forms, own.replaced)
        return StoredArticle(article, read.notes, read.unmatched), card


def _entries(
    indexer: entries.Indexer, stored: StoredArticle, found: list[Unit], order: int
) -> Iterator[IndexEntry]:
    words = notes.search_words(stored.notes)
    for position, unit in enumerate(found):
        yield indexer.entry(unit, order + position, words.get(unit.view.anchor, ()))
