"""The analysis, concepts, engine and scoring of this project over arbitrary passages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from rivals import Passage, Ranked, Shown

from poi_search import engine, thesaurus
from poi_search.article import Article, Paragraph, Prose, Section
from poi_search.engine.seam import Request
from poi_search.index import entries
from poi_search.index.file_store import GenerationFiles
from poi_search.index.units import Unit, units
from poi_search.query.syntax import LIMITS
from poi_search.results import SearchRequest
from poi_search.search.interpretation import understand
from poi_search.search.service import search as full_search
from poi_search.search.snapshot import Snapshot
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.forms import text_forms
from poi_search.thesaurus.layers import general_layer
from poi_search.thesaurus.mentions import Lexicon

Switch = Literal["on", "off"]


class Ours:
    """Each passage is a paragraph that begins with its title; overlong questions are truncated."""

    name = "poi-search"

    def __init__(self, folder: Path, synonyms: Switch = "on", spelling: Switch = "on") -> None:
        self._files = GenerationFiles(folder / "ours", engine.load())
        self._synonyms, self._spelling = synonyms, spelling

    def build(self, passages: Iterable[Passage]) -> None:
        topics = tuple(thesaurus.load().concepts.values())
        general = general_layer(self._files.open_terminology(), topics)
        terms = Thesaurus(topics, general)
        lexicon = Lexicon(text_forms(topics), general=general)
        self._files.path.mkdir()
        self._files.write_cards([])
        self._files.write_concepts(terms)
        indexer = entries.Indexer(lexicon, terms)
        writer = self._files.open_writer(entries.FIELDS, entries.KEYWORDS, entries.NUMBERS)
        for order, passage in enumerate(passages):
            writer.add(indexer.entry(_unit(passage), order))
        writer.commit()

    def open(self) -> None:
        self._snapshot = Snapshot(self._files)

    def rank(self, question: str, depth: int) -> Ranked:
        query = understand(self._snapshot, self._request(question)).understanding.query
        ranking = self._snapshot.reader.rank(Request(query, limit=depth))
        return [hit.id.partition("/")[2] for hit in ranking.hits]

    def show(self, question: str, depth: int) -> Shown:
        """Prepare everything that an interface shows: snippets, facets, matches, links."""
        results = full_search(self._snapshot, self._request(question, depth))
        return [(hit.id.partition("/")[2], hit.snippet_html) for hit in results.results]

    def _request(self, question: str, depth: int = 10) -> SearchRequest:
        if len(question) > LIMITS.characters:
            question = question[: LIMITS.characters + 1].rpartition(" ")[0]
        return SearchRequest(
            q=question, per_page=depth, synonyms=self._synonyms, spelling=self._spelling
        )


def _unit(passage: Passage) -> Unit:
    prose = Prose(passage.whole)
    section = Section("s", "", "", "", 1, (Paragraph(passage.id, prose),))
    return units(Article("b", "", sections=(section,)))[0]
