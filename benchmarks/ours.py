"""The analysis, concepts, engine and scoring of this project over arbitrary passages."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from passage import Passage, Ranked, Shown

from poi_search import engine, thesaurus
from poi_search.article import Article, Paragraph, Prose, Section
from poi_search.closeness import find_encoder
from poi_search.closeness.vectors import Closeness, VectorWriter
from poi_search.engine.seam import Request
from poi_search.index import entries
from poi_search.index.file_store import GenerationFiles
from poi_search.index.meaning import meaningful_text
from poi_search.index.units import Unit, units
from poi_search.query.syntax import Limits
from poi_search.results import SearchRequest
from poi_search.search.interpretation import listing_query, understand
from poi_search.search.reordering import ranked
from poi_search.search.service import search as full_search
from poi_search.search.snapshot import Snapshot
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.forms import text_forms
from poi_search.thesaurus.layers import general_layer
from poi_search.thesaurus.mentions import Lexicon

Switch = Literal["on", "off"]
UNLIMITED = Limits(*[sys.maxsize] * 3)


class Ours:
    """Each passage is a paragraph under its title. Questions may have any length, as those of the
    public engines. The encoder that POI_SEARCH_ENCODER names, if any, takes part in the order."""

    name = "poi-search"
    _closeness: Closeness | None = None

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
        encoder = find_encoder(self._files.path)
        vectors = VectorWriter(encoder, None) if encoder else None
        ids = []
        for order, passage in enumerate(passages):
            unit = _unit(passage)
            writer.add(indexer.entry(unit, order))
            ids.append(unit.view.id)
            if vectors:
                vectors.add([meaningful_text(unit)])
        writer.commit()
        if encoder and vectors:
            self._closeness = Closeness(encoder, vectors.vectors().values, ids)

    def open(self) -> None:
        self._snapshot = Snapshot(self._files, UNLIMITED)
        self._snapshot.closeness = self._closeness

    def rank(self, question: str, depth: int) -> Ranked:
        request = self._request(question)
        asked = understand(self._snapshot, request)
        wanted = Request(
            listing_query(request, asked), limit=depth, ahead=asked.understanding.named
        )
        ranking = ranked(self._snapshot, request, asked, wanted).ranking
        return [hit.id.partition("/")[2] for hit in ranking.hits]

    def show(self, question: str, depth: int) -> Shown:
        """Prepare everything that an interface shows: snippets, facets, matches, links."""
        results = full_search(self._snapshot, self._request(question, depth))
        return [(hit.id.partition("/")[2], hit.snippet_html) for hit in results.results]

    def _request(self, question: str, depth: int = 10) -> SearchRequest:
        return SearchRequest(
            q=question, per_page=depth, synonyms=self._synonyms, spelling=self._spelling
        )


def _unit(passage: Passage) -> Unit:
    paragraph = Paragraph(passage.id, Prose(passage.text))
    section = Section("s", "", "", passage.title, 1, (paragraph,))
    return units(Article("b", "", sections=(section,)))[0]
