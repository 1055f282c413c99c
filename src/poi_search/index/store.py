"""What a generation keeps beside the engine's files: articles, their cards, the concepts.

articles/<id>.json   an article with its editorial notes
cards.json           what is known of every article without opening it
concepts.json        the thesaurus as it was, its terms ready for reading questions
engine/              the engine's own
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from poi_search.article import Article, Finding
from poi_search.index.notes import Note
from poi_search.results import ArticleDetail
from poi_search.thesaurus import Concept, Thesaurus
from poi_search.thesaurus.mentions import Form, Key, question_forms

ENGINE = "engine"
_ARTICLES, _CARDS, _CONCEPTS = "articles", "cards.json", "concepts.json"


class Kept(msgspec.Struct, frozen=True):
    """An article with the editorial notes on it; `unmatched` are the records of the corpus that
    none of its references matches."""

    article: Article
    notes: tuple[Note, ...]
    unmatched: tuple[Finding, ...] = ()


class Card(msgspec.Struct, frozen=True):
    """An article's outline, and the names that it defines itself."""

    detail: ArticleDetail
    concepts: tuple[Concept, ...]
    forms: tuple[tuple[Key, Form], ...]


class Concepts(msgspec.Struct, frozen=True):
    """The thesaurus, with the forms under which a question names its concepts."""

    concepts: tuple[Concept, ...]
    forms: tuple[tuple[Key, Form], ...]


def prepare(generation: Path) -> None:
    """Makes the folders of a new generation."""
    (generation / _ARTICLES).mkdir(parents=True)
    (generation / ENGINE).mkdir()


def write_kept(generation: Path, kept: Kept) -> None:
    _write(generation / _ARTICLES / f"{kept.article.id}.json", kept)


def read_kept(generation: Path, article_id: str) -> Kept:
    path = generation / _ARTICLES / f"{article_id}.json"
    return msgspec.json.decode(path.read_bytes(), type=Kept)


def write_cards(generation: Path, cards: list[Card]) -> None:
    _write(generation / _CARDS, cards)


def read_cards(generation: Path) -> list[Card]:
    return msgspec.json.decode((generation / _CARDS).read_bytes(), type=list[Card])


def write_concepts(generation: Path, thesaurus: Thesaurus) -> None:
    concepts = tuple(thesaurus.concepts.values())
    forms: Iterable[tuple[Key, Form]] = (f for c in concepts for f in question_forms(c))
    _write(generation / _CONCEPTS, Concepts(concepts, tuple(forms)))


def read_concepts(generation: Path) -> Concepts:
    return msgspec.json.decode((generation / _CONCEPTS).read_bytes(), type=Concepts)


def _write(path: Path, value: object) -> None:
    path.write_bytes(msgspec.json.encode(value))
