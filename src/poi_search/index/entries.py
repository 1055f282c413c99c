"""Unit → entry: the terms that find it, and the payload from which a hit is shown.

Fields (terms in order, with '' where a phrase must not continue):
  body, exact     the text of the unit, stemmed and as printed   head   the headings above it
  author, source  of a reference: names; journal, year, volume
  title, journal  those of `searchable`, for questions that name the field
  cited           titles, authors and years of the references that a passage cites
  concept, broader, concept.head, concept.cited   concept ids: named, implied, in head, in cited
  answers         what the unit defines and counts; see `answers`
  initials        names that the article repeats, each with its initials; see `initials`
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec
from msgspec import Struct

from poi_search.article import Reference
from poi_search.engine.checks import KEYWORD_BYTES, TERM_CHARACTERS
from poi_search.engine.seam import IndexEntry
from poi_search.index.answers import ANSWERS, answers
from poi_search.index.coverage import CoverageTally
from poi_search.index.initials import INITIALS, InitialedName, names_in, repeated
from poi_search.index.searchable import SEARCH_FIELDS
from poi_search.index.shared_entries import JOURNAL_FORM, PAPER, SharedEntries
from poi_search.index.units import Unit
from poi_search.references.names import short_name
from poi_search.results import UnitView
from poi_search.text.analysis import Token, stems, tokenize
from poi_search.text.capitals import index_terms
from poi_search.text.sentences import sentences
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.mentions import Lexicon, Mention

FIELDS = (
    "body", "exact", "head", "author", "source",
    *(field.name for field in SEARCH_FIELDS if field.words), "cited",
    "concept", "broader", "concept.head", "concept.cited", ANSWERS, INITIALS,
)  # fmt: skip
LACKS, MAY_LACK = "lacks", ("year", "journal", "section")
"""The keyword for the filters that a unit has no value of, and those that it may lack."""
FACET_VALUES = 10_000
"""The number of values counted for a facet: more than any interface shows."""
FACETS = dict.fromkeys(("kind", "year", "section", "journal", "article"), FACET_VALUES)
KEYWORDS = (*(field.name for field in SEARCH_FIELDS if field.keywords), JOURNAL_FORM, PAPER, LACKS)
NUMBERS = ("order", *(field.name for field in SEARCH_FIELDS if field.number))


class SurroundingText(Struct, frozen=True, gc=False):
    """A text around a unit that also finds it: `where` names it, with its stems and concepts.

    Stems are joined by spaces, or by two spaces where a phrase must not continue.
    """

    where: str
    stems: str
    concepts: tuple[str, ...]

    def has(self, stems: Sequence[str]) -> bool:
        """Whether it contains these stems in sequence."""
        return f" {' '.join(stems)} " in f" {self.stems} "


class Stored(Struct, frozen=True):
    """The payload: the unit as shown, and what highlighting needs to know about its text.

    `stems` are the tokens' stems joined by spaces, `starts` and `ends` their offsets.
    `headings` are the headings above the unit, `notes` the search words of its editorial notes.
    `summary` is the text of a reference that finds the passages citing it: authors, year, title.
    """

    view: UnitView
    stems: str
    starts: list[int]
    ends: list[int]
    mentions: list[Mention]
    sentences: tuple[tuple[int, int], ...]
    headings: tuple[SurroundingText, ...] = ()
    notes: tuple[SurroundingText, ...] = ()
    summary: SurroundingText | None = None


_decoder = msgspec.json.Decoder(Stored)


def decode(payload: bytes) -> Stored:
    return _decoder.decode(payload)


class Indexer:
    """Makes the entries of one article; texts shared by its units are analysed once.

    `tally` counts how much of the text the thesaurus knows.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        thesaurus: Thesaurus,
        units: Sequence[Unit] = (),
        terms: Callable[[str, Iterable[Token]], tuple[str, ...]] = index_terms,
        shared: SharedEntries = SharedEntries(),  # noqa: B008  # never changes
    ) -> None:
        """Begin an article with these units, which say which names it repeats. `terms` gives those
        of the tokens of a text; `shared` is what its references have in common with others."""
        self._lexicon, self._thesaurus = lexicon, thesaurus
        self._terms_in, self._shared = terms, shared
        self._tokens = {unit.view.id: tokenize(unit.view.text, unit.markers) for unit in units}
        self._names = {unit.view.id: self._names_in(unit) for unit in units}
        self._repeated = repeated(name for names in self._names.values() for name in names)
        self._terms: dict[str, tuple[str, ...]] = {}
        self._stems: dict[str, tuple[str, ...]] = {}
        self._found: dict[str, list[Mention]] = {}
        self.tally = CoverageTally()

    def entry(self, unit: Unit, order: int, extra: Sequence[str] = ()) -> IndexEntry:
        """The entry of one unit; `extra` holds further search words (of editorial notes)."""
        view = unit.view
        tokens = self._tokens.get(view.id) or tokenize(view.text, unit.markers)
        parts = _parts(unit, tokens)
        # The name of a journal does not mention its subject.
        bodies = [inside for field, inside in parts if field == "body"]
        mentions = [m for inside in bodies for m in self._lexicon.find(view.text, inside)]
        self.tally.add([token for inside in bodies for token in inside], mentions)
        spans = sentences(view.text)
        terms: dict[str, list[str]] = {field: [] for field in FIELDS}
        self._add_words(terms, parts, unit, extra)
        self._add_concepts(terms, mentions, unit, extra)
        terms[ANSWERS] += answers(view, spans, tokens, mentions, self._thesaurus)
        terms[INITIALS] = sorted(self._repeated & {n.term for n in self._names.get(view.id, ())})
        return IndexEntry(
            id=view.id,
            terms={field: _within_limit(words) for field, words in terms.items() if words},
            keywords=_keywords(view, self._shared),
            numbers=_numbers(view, order),
            payload=self._payload(unit, tokens, mentions, spans, extra),
        )

    def _names_in(self, unit: Unit) -> list[InitialedName]:
        parts = _parts(unit, self._tokens[unit.view.id])
        bodies = [inside for field, inside in parts if field == "body"]
        return [name for inside in bodies for name in names_in(unit.view.text, inside)]

    def _payload(
        self,
        unit: Unit,
        tokens: Sequence[Token],
        mentions: Sequence[Mention],
        spans: tuple[tuple[int, int], ...],
        extra: Sequence[str],
    ) -> bytes:
        headings: dict[str, list[str]] = {}
        for where, text in unit.headings:
            headings.setdefault(where, []).append(text)
        stored = Stored(
            unit.view,
            " ".join(self._terms_in(unit.view.text, tokens)),
            [token.start for token in tokens],
            [token.end for token in tokens],
            list(mentions),
            spans,
            tuple(self._surrounding_text(where, texts) for where, texts in headings.items()),
            (self._surrounding_text("an editorial note", extra),) if extra else (),
            self._cited_paper(unit.paper) if unit.paper else None,
        )
        return msgspec.json.encode(stored)

    def _cited_paper(self, paper: Reference) -> SurroundingText:
        stems = " ".join(self._terms_of(_summary(paper)))
        return SurroundingText("what it cites", stems, self._concepts([paper.title]))

    def _surrounding_text(self, where: str, texts: Sequence[str]) -> SurroundingText:
        stems = "  ".join(" ".join(self._terms_of(text)) for text in texts)
        return SurroundingText(where, stems, self._concepts(texts))

    def _concepts(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The concepts mentioned in these texts, each once."""
        return tuple(dict.fromkeys(m.concept for text in texts for m in self._mentions(text)))

    def _add_words(
        self,
        terms: dict[str, list[str]],
        parts: Sequence[tuple[str, list[Token]]],
        unit: Unit,
        extra: Sequence[str],
    ) -> None:
        for field, inside in parts:
            _extend(terms[field], self._terms_in(unit.view.text, inside))
            _extend(terms["exact"], [token.exact for token in inside])
        for words in extra:
            _extend(terms["body"], self._terms_of(words))
        for heading in unit.headings:
            _extend(terms["head"], self._terms_of(heading.text))
        for reference in unit.cited:
            _extend(terms["cited"], self._terms_of(_summary(reference)))
        for searched in SEARCH_FIELDS:
            if searched.words:
                text = searched.words(unit.view)
                of = self._terms_of if searched.capitals else self._stems_of
                terms[searched.name] = list(of(text))

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
        headings = [heading.text for heading in unit.headings]
        for field, texts in (("concept.head", headings), ("concept.cited", titles)):
            for mention in (m for text in texts for m in self._mentions(text)):
                terms[field].append(mention.concept)
                terms[field] += self._thesaurus.broader(mention.concept)

    def _stems_of(self, text: str) -> tuple[str, ...]:
        if text not in self._stems:
            self._stems[text] = stems(text)
        return self._stems[text]

    def _terms_of(self, text: str) -> tuple[str, ...]:
        if text not in self._terms:
            self._terms[text] = self._terms_in(text, tokenize(text))
        return self._terms[text]

    def _mentions(self, text: str) -> list[Mention]:
        if text not in self._found:
            self._found[text] = self._lexicon.find(text, tokenize(text))
        return self._found[text]


def _parts(unit: Unit, tokens: Sequence[Token]) -> list[tuple[str, list[Token]]]:
    """The tokens of a unit by the field that they belong to."""
    return [
        (field, [token for token in tokens if start <= token.start < end])
        for field, start, end in unit.parts
    ]


def _summary(reference: Reference) -> str:
    authors = " ".join(map(short_name, reference.names))
    return f"{authors} {reference.year or ''} {reference.title}"


def _within_limit(words: list[str]) -> list[str]:
    """The words, with a gap for each that is too long for engines.

    Nobody searches for a run of thousands of letters, and phrases must not cross it.
    """
    return [word if len(word) <= TERM_CHARACTERS else "" for word in words]


def _extend(field: list[str], words: Sequence[str]) -> None:
    """Append words after a gap, so that no phrase continues from one part into the next."""
    if field and words:
        field.append("")
    field.extend(words)


def _keywords(view: UnitView, shared: SharedEntries) -> dict[str, list[str]]:
    made = {field.name: field.keywords(view) for field in SEARCH_FIELDS if field.keywords}
    made |= shared.keywords(view)
    words = {name: [v for v in values if _is_keyword(v)] for name, values in made.items()}
    words[LACKS] = [name for name in MAY_LACK if not words[name]]
    return {name: values for name, values in words.items() if values}


def _is_keyword(value: str) -> bool:
    """Whether engines accept the value: a misread source may have a whole page as a title."""
    return 0 < len(value.encode()) <= KEYWORD_BYTES


def _numbers(view: UnitView, order: int) -> dict[str, int]:
    made = {field.name: field.number(view) for field in SEARCH_FIELDS if field.number}
    return {"order": order, **{name: value for name, value in made.items() if value is not None}}
