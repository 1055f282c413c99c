"""Unit → entry: the terms it is found by, and the payload that a hit is shown from.

Fields (terms in order, a '' where a phrase must not run on):
  body, exact     what the unit says, stemmed and as printed     head   what it stands under
  author, source  of a reference: names; journal, year, volume   title, journal  for field search
  cited           titles, authors and years of the references that a passage rests on
  concept, broader, concept.head, concept.cited   concept ids: named, implied, in head, in cited
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from poi_search.article import Reference
from poi_search.engine.nodes import Entry
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
    "body", "exact", "head", "author", "source", "title", "journal", "cited",
    "concept", "broader", "concept.head", "concept.cited",
)  # fmt: skip
FACETS = ("kind", "year", "section", "journal", "article")
KEYWORDS = (*FACETS, "cites", "paper")
NUMBERS = ("order", "year")


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
            keywords=_keywords(view, unit.within),
            numbers=_numbers(view, order),
            payload=_payload(view, tokens, mentions),
        )

    def _add_words(
        self,
        terms: dict[str, list[str]],
        parts: Sequence[tuple[str, list[Token]]],
        unit: Unit,
        extra: Sequence[str],
    ) -> None:
        view = unit.view
        for field, inside in parts:
            _extend(terms[field], [token.stem for token in inside])
            _extend(terms["exact"], [token.exact for token in inside])
        for words in extra:
            _extend(terms["body"], stems(words))
        terms["head"] = list(self._analysed(unit.heading))
        for reference in unit.cited:
            _extend(terms["cited"], self._analysed(_summary(reference)))
        if view.reference:
            terms["title"] = list(stems(view.reference.title))
            terms["journal"] = list(self._analysed(view.reference.journal))
        elif view.section:
            terms["title"] = list(self._analysed(view.section.title))

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


def _keywords(view: UnitView, within: str) -> dict[str, list[str]]:
    """`within` is the anchor of its section, which is known by it where it has no number."""
    words: dict[str, list[str]] = {"kind": [view.kind], "article": [view.article]}
    if view.section:
        pieces = (view.section.number or within).split(".")
        words["section"] = [".".join(pieces[: i + 1]) for i in range(len(pieces))]
    if view.reference:
        if view.reference.journal:
            words["journal"] = [view.reference.journal]
        words["paper"] = list(papers(view.reference))
        if view.reference.year is not None:
            words["year"] = [str(view.reference.year)]
    if view.citations:
        words["cites"] = [str(citation.number) for citation in view.citations]
    return words


def papers(reference: Reference) -> tuple[str, ...]:
    """What a paper is known by in any article: DOI, PMID, else title and year, normalised."""
    known = (("doi", doi_key(reference.doi)), ("pmid", reference.pmid))
    title = normal_title(reference.title)
    by_title = (f"title:{title} {reference.year or ''}",) if title else ()
    return (*(f"{name}:{value}" for name, value in known if value), *by_title)


def _numbers(view: UnitView, order: int) -> dict[str, int]:
    numbers = {"order": order}
    if view.reference and view.reference.year is not None:
        numbers["year"] = view.reference.year
    return numbers
