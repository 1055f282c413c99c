"""How is an index of the previous version read?

Its engine files, cards and concepts are unchanged. Its articles differ: people's names were stored
as printed, and references had no kind. Articles are therefore converted, and the units that are
shown are made from the article again, as a build would.

This is needed only until the new index has been built. When the layout changes again, this module
is replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import msgspec
from msgspec import structs

from poi_search.article import Name, Reference
from poi_search.index import notes, units
from poi_search.index.entries import Indexer, Stored, decode
from poi_search.index.shared_entries import EntryComparison, SharedEntries
from poi_search.index.store import Card, Generation, StoredArticle
from poi_search.index.units import Unit
from poi_search.lru import LruCache
from poi_search.references.completion import infer_kind
from poi_search.references.names import parse_full_name, parse_name, tagged_name
from poi_search.text.analysis import Token
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.layers import GeneralLayer, general_layer
from poi_search.thesaurus.mentions import Lexicon, text_lexicon

LAYOUT = "1"
_ARTICLES_CACHED = 16

Json = Mapping[str, Any]


def decode_article(content: bytes) -> StoredArticle:
    """An article as the previous version stored it."""
    stored = msgspec.json.decode(content)
    article = stored["article"]
    upgraded = {
        **article,
        "authors": [{**each, "name": _author_name(each)} for each in article["authors"]],
        "references": [_reference(each) for each in article["references"]],
    }
    return msgspec.convert({**stored, "article": upgraded}, StoredArticle, from_attributes=True)


def _author_name(author: Json) -> Name:
    if author["family"]:
        return tagged_name(author["family"], author["given"])
    return parse_full_name(author["name"])


def _reference(stored: Json) -> Reference:
    names = tuple(map(parse_name, stored["authors"]))
    reference = msgspec.convert({**stored, "names": names}, Reference, from_attributes=True)
    return structs.replace(reference, kind=infer_kind(reference))


def _stems(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(token.stem for token in tokens)


class RemadeUnits:
    """The units of a generation, made from its articles on demand."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._articles = LruCache(_ARTICLES_CACHED)

    def read(self, unit_id: str, _payload: bytes) -> Stored:
        """A unit as the current version would store it."""
        article_id, _, anchor = unit_id.partition("/")
        found, words, indexer = self._articles.get(article_id, lambda: self._open(article_id))
        return decode(indexer.entry(found[anchor], 0, words.get(anchor, ())).payload)

    def _open(self, article_id: str) -> tuple[dict[str, Unit], dict[str, list[str]], Indexer]:
        stored = self._generation.read_article(article_id)
        every = map(self._shared.attach, units.units(stored.article))
        found = notes.attach(list(every), stored.notes)
        card = self._cards[article_id]
        lexicon = self._lexicon.extended(card.forms, card.replaced)
        # Its engine has the stems of words for the short forms that are spelled like them.
        indexer = Indexer(lexicon, self._thesaurus, terms=lambda _, tokens: _stems(tokens))
        by_anchor = {unit.view.anchor: unit for unit in found}
        return by_anchor, notes.search_words(stored.notes), indexer

    @cached_property
    def _shared(self) -> SharedEntries:
        comparison = EntryComparison()
        for article_id in self._cards:
            comparison.add(self._generation.read_article(article_id).article)
        return comparison.shared()

    @cached_property
    def _cards(self) -> dict[str, Card]:
        return {card.detail.id: card for card in self._generation.read_cards()}

    @cached_property
    def _thesaurus(self) -> Thesaurus:
        return Thesaurus(self._generation.read_concepts().concepts, self._general)

    @cached_property
    def _lexicon(self) -> Lexicon:
        return text_lexicon(self._thesaurus).above(self._general)

    @cached_property
    def _general(self) -> GeneralLayer | None:
        terminology = self._generation.open_terminology()
        return general_layer(terminology, self._generation.read_concepts().concepts)
