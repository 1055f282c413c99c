"""Unit → entry: the terms it is found by, and the payload that a hit is shown from.

Fields (terms in order, a '' where a phrase must not run on):
  body, exact     what the unit says, stemmed and as printed     head   what it stands under
  author, source  of a reference: names; journal, year, volume
  title, journal  those of `searchable`: for questions that name the field
  cited           titles, authors and years of the references that a passage rests on
  concept, broader, concept.head, concept.cited   concept ids: named, implied, in head, in cited
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from poi_search.article import Reference
from poi_search.engine.nodes import Entry
from poi_search.index.searchable import SEARCH_FIELDS
from poi_search.index.units import Unit
from poi_search.references.identifiers import doi_key
from poi_search.references.matching import normal_title
from poi_search.references.names import short_name
from poi_search.results import UnitView
from poi_search.text.analysis import Token, stems, tokenize
from poi_search.text.sentences import sentences
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.mentions import Lexicon, Mention

FIELDS = (
    "body", "exact", "head", "author", "source",
    *(field.name for field in SEARCH_FIELDS if field.words), "cited",
    "concept", "broader", "concept.head", "concept.cited",
)  # fmt: skip
FACETS = ("kind", "year", "section", "journal", "article")
KEYWORDS = (*(field.name for field in SEARCH_FIELDS if field.keywords), "paper")
NUMBERS = ("order", *(field.name for field in SEARCH_FIELDS if field.number))


class Stored(Struct, frozen=True):
    """The payload: the unit as shown, and what was recorded of its text for marking.

    `stems` are the tokens' stems joined by spaces, `starts` and `ends` their offsets.
    """

    view: UnitView
    stems: str
    starts: list[int]
    ends: list[int]
    mentions: list[Mention]
    sentences: tuple[tuple[int, int], ...]


_decoder = msgspec.json.Decoder(Stored)


def decode(payload: bytes) -> Stored:
    return _decoder.decode(payload)


class Indexer:
    """Makes the entries of one article; what its units share is analysed once."""

    def __init__(self, lexicon: Lexicon, thesaurus: Thesaurus) -> None:
        self._lexicon, self._thesaurus = lexicon, thesaurus
        self._stems: dict[str, tuple[str, ...]] = {}
        self._found: dict[str, list[Mention]] = {}

    def entry(self, unit: Unit, order: int, extra: Sequence[str] = ()) -> Entry:
        """The entry of one unit; `extra` are further search words (of editorial notes)."""
        view = unit.view
        tokens = tokenize(view.text, unit.markers)
        parts = [
            (field, [token for token in tokens if start <= token.start < end])
            for field, start, end in unit.parts
        ]
        mentions = [
            mention
            for field, inside in parts
            if field == "body"  # a journal's name is no mention of its subject
            for mention in self._lexicon.find(view.text, inside)
        ]
        terms: dict[str, list[str]] = {field: [] for field in FIELDS}
        self._add_words(terms, parts, unit, extra)
        self._add_concepts(terms, mentions, unit, extra)
        return Entry(
            id=view.id,
            terms={field: words for field, words in terms.items() if words},
            keywords=_keywords(unit),
            numbers=_numbers(unit, order),
            payload=_payload(view, tokens, mentions),
        )

    def _add_words(
        self,
        terms: dict[str, list[str]],
        parts: Sequence[tuple[str, list[Token]]],
        unit: Unit,
        extra: Sequence[str],
    ) -> None:
        for field, inside in parts:
            _extend(terms[field], [token.stem for token in inside])
            _extend(terms["exact"], [token.exact for token in inside])
        for words in extra:
            _extend(terms["body"], stems(words))
        terms["head"] = list(self._analysed(unit.heading))
        for reference in unit.cited:
            _extend(terms["cited"], self._analysed(_summary(reference)))
        for searched in SEARCH_FIELDS:
            if searched.words:
                terms[searched.name] = list(self._analysed(searched.words(unit)))

    def _add_concepts(
        self,
        terms: dict[str, list[str]],
        mentions: Sequence[Mention],
        unit: Unit,
        extra: Sequence[str],
    ) -> None:
        for mention in (*mentions, *(m for words in extra for m in self._mentions(words))):
            terms["broader" if mention.inner else "concept"].append(mention.concept)
            terms["broader"] += self._thesaurus.broader(mention.concept)
        titles = [reference.title for reference in unit.cited]
        for field, texts in (("concept.head", [unit.heading]), ("concept.cited", titles)):
            for mention in (m for text in texts for m in self._mentions(text)):
                terms[field].append(mention.concept)
                terms[field] += self._thesaurus.broader(mention.concept)

    def _analysed(self, text: str) -> tuple[str, ...]:
        if text not in self._stems:
            self._stems[text] = stems(text)
        return self._stems[text]

    def _mentions(self, text: str) -> list[Mention]:
        if text not in self._found:
            self._found[text] = self._lexicon.find(text, tokenize(text))
        return self._found[text]


def _payload(view: UnitView, tokens: Sequence[Token], mentions: Sequence[Mention]) -> bytes:
    return msgspec.json.encode(
        Stored(
            view,
            " ".join(token.stem for token in tokens),
            [token.start for token in tokens],
            [token.end for token in tokens],
            list(mentions),
            sentences(view.text),
        )
    )


def _summary(reference: Reference) -> str:
    authors = " ".join(map(short_name, reference.names))
    return f"{authors} {reference.year or ''} {reference.title}"


def _extend(field: list[str], words: Sequence[str]) -> None:
    """Adds words behind a gap, so that no phrase runs from one part into the next."""
    if field and words:
        field.append("")
    field.extend(words)


def _keywords(unit: Unit) -> dict[str, list[str]]:
    made = {field.name: field.keywords(unit) for field in SEARCH_FIELDS if field.keywords}
    if unit.view.reference:
        made["paper"] = papers(unit.view.reference)
    words = {name: [value for value in values if value] for name, values in made.items()}
    return {name: values for name, values in words.items() if values}


def papers(reference: Reference) -> tuple[str, ...]:
    """What a paper is known by in any article: DOI, PMID, else title and year, normalised."""
    known = (("doi", doi_key(reference.doi)), ("pmid", reference.pmid))
    title = normal_title(reference.title)
    by_title = (f"title:{title} {reference.year or ''}",) if title else ()
    return (*(f"{name}:{value}" for name, value in known if value), *by_title)


def _numbers(unit: Unit, order: int) -> dict[str, int]:
    made = {field.name: field.number(unit) for field in SEARCH_FIELDS if field.number}
    return {"order": order, **{name: value for name, value in made.items() if value is not None}}
