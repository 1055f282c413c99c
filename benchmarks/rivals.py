"""Public engines in their usual setup for English text, behind one small interface."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import bm25s
import Stemmer
import tantivy
from passage import Engine, Passage, Ranked, Shown
from whoosh import index as whoosh_index
from whoosh import query as whoosh_query
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema

logging.getLogger("bm25s").setLevel(logging.WARNING)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


class Fts5:
    """SQLite FTS5 with its Porter stemmer; any of the words."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self._file = folder / "fts5.db"

    def build(self, passages: Iterable[Passage]) -> None:
        base = sqlite3.connect(self._file)
        with base:
            base.execute(
                "create virtual table p using fts5(id unindexed, text, "
                "tokenize = 'porter unicode61 remove_diacritics 2')"
            )
            rows = ((passage.id, passage.whole) for passage in passages)
            base.executemany("insert into p values (?, ?)", rows)
            base.execute("insert into p(p) values ('optimize')")
        base.close()

    def open(self) -> None:
        self._base = sqlite3.connect(self._file)

    def rank(self, question: str, depth: int) -> Ranked:
        rows = self._select(
            "select id from p where p match ? order by rank limit ?", question, depth
        )
        return [row[0] for row in rows]

    def show(self, question: str, depth: int) -> Shown:
        sql = (
            "select id, snippet(p, 1, '<mark>', '</mark>', ' … ', 40) from p "
            "where p match ? order by rank limit ?"
        )
        return list(self._select(sql, question, depth))

    def _select(self, sql: str, question: str, depth: int) -> list[Any]:
        match = " OR ".join(f'"{word}"' for word in words(question))
        return self._base.execute(sql, (match, depth)).fetchall() if match else []


class Tantivy:
    """tantivy with its English stemmer; any of the words."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "tantivy"
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
        self._schema = builder.build()

    def build(self, passages: Iterable[Passage]) -> None:
        self._folder.mkdir()
        index = tantivy.Index(self._schema, path=str(self._folder))
        writer = index.writer(128_000_000, 1)
        for passage in passages:
            writer.add_document(tantivy.Document(id=[passage.id], text=[passage.whole]))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index = tantivy.Index.open(str(self._folder))
        self._index.reload()
        self._searcher = self._index.searcher()

    def rank(self, question: str, depth: int) -> Ranked:
        return [hit["id"][0] for _, hit in self._hits(question, depth)]

    def show(self, question: str, depth: int) -> Shown:
        query = self._query(question)
        if query is None:
            return []
        maker = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")
        hits = self._hits(question, depth)
        return [(hit["id"][0], maker.snippet_from_doc(hit).to_html()) for _, hit in hits]

    def _hits(self, question: str, depth: int) -> Iterator[tuple[float, Any]]:
        query = self._query(question)
        if query is None:
            return
        for score, address in self._searcher.search(query, depth).hits:
            yield score, self._searcher.doc(address)

    def _query(self, question: str) -> Any:
        plain = " ".join(words(question))
        return self._index.parse_query(plain, ["text"]) if plain else None


class Bm25s:
    """bm25s with the Snowball English stemmer and its English stop words; it has no snippets."""

    name = "bm25s"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "bm25s"
        self._stemmer = Stemmer.Stemmer("english")

    def build(self, passages: Iterable[Passage]) -> None:
        ids, texts = [], []
        for passage in passages:
            ids.append(passage.id)
            texts.append(passage.whole)
        index = bm25s.BM25()
        index.index(self._tokens(texts), show_progress=False)
        index.save(str(self._folder))
        (self._folder / "ids").write_text("\n".join(ids), encoding="utf-8")

    def open(self) -> None:
        self._index = bm25s.BM25.load(str(self._folder))
        self._ids = (self._folder / "ids").read_text(encoding="utf-8").split("\n")

    def rank(self, question: str, depth: int) -> Ranked:
        tokens = self._tokens([question], ids=False)
        depth = min(depth, len(self._ids))
        places, scores = self._index.retrieve(tokens, k=depth, show_progress=False)
        pairs = zip(places[0], scores[0], strict=True)
        return [self._ids[place] for place, score in pairs if score > 0]

    def show(self, question: str, depth: int) -> Shown:
        return [(unit, "") for unit in self.rank(question, depth)]

    def _tokens(self, texts: Sequence[str], ids: bool = True) -> Any:
        return bm25s.tokenize(
            texts, stopwords="en", stemmer=self._stemmer, show_progress=False, return_ids=ids
        )


class StockWhoosh:
    """Whoosh as in its quick start: StemmingAnalyzer, any of the words, its own highlights."""

    name = "stock Whoosh"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "whoosh"
        self._analyzer = StemmingAnalyzer()

    def build(self, passages: Iterable[Passage]) -> None:
        self._folder.mkdir()
        schema = Schema(id=ID(stored=True), text=TEXT(analyzer=self._analyzer, stored=True))
        writer = whoosh_index.create_in(str(self._folder), schema).writer(limitmb=256)
        for passage in passages:
            writer.add_document(id=passage.id, text=passage.whole)
        writer.commit(optimize=True)

    def open(self) -> None:
        self._searcher = whoosh_index.open_dir(str(self._folder)).searcher()

    def rank(self, question: str, depth: int) -> Ranked:
        return [hit["id"] for hit in self._search(question, depth)]

    def show(self, question: str, depth: int) -> Shown:
        return [(hit["id"], hit.highlights("text")) for hit in self._search(question, depth)]

    def _search(self, question: str, depth: int) -> Any:
        terms = {token.text for token in self._analyzer(question, mode="query")}
        query = whoosh_query.Or([whoosh_query.Term("text", term) for term in sorted(terms)])
        return self._searcher.search(query, limit=depth)


RIVALS: tuple[Callable[[Path], Engine], ...] = (Fts5, Tantivy, Bm25s, StockWhoosh)
