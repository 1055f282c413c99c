"""Sentences and table rows with the concepts that they, and what stands above them, name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgspec import UNSET

from poi_search.index.entries import Stored
from poi_search.results import Mark
from poi_search.text.analysis import stems
from poi_search.thesaurus import Concept, Thesaurus
from poi_search.thesaurus.forms import Key
from poi_search.thesaurus.mentions import Mention

_LISTS = frozenset(("abbreviations", "keywords"))
_DEFINES = " = "


@dataclass(frozen=True, slots=True)
class EvidenceTopic:
    """A concept with all narrower ones; `names` are the stems of their terms, and `own_names`
    those of the concept itself."""

    id: str
    concepts: frozenset[str]
    own_names: frozenset[Key]
    names: frozenset[Key]

    def is_named(self, text: str) -> bool:
        """Whether one of the names is all of a text or a part of it."""
        found = stems(text)
        sizes = {len(name) for name in self.names}
        return any(
            found[at : at + size] in self.names for at in range(len(found)) for size in sizes
        )


@dataclass(frozen=True, slots=True)
class NamedPassage:
    """A sentence or row, `[start, end)` of its unit, with the mentions of concepts in it.

    `above` lists the headings, caption or header above it, each with the concepts it names.
    """

    stored: Stored
    start: int
    end: int
    mentions: tuple[Mention, ...]
    named: frozenset[str]
    above: tuple[tuple[str, frozenset[str]], ...]

    @property
    def text(self) -> str:
        return self.stored.view.text[self.start : self.end]

    def spans(self, concepts: frozenset[str]) -> list[Mark]:
        """The spans of its text that name one of the concepts, in reading order."""
        found = [m for m in self.mentions if m.concept in concepts]
        return sorted({(m.start - self.start, m.end - self.start) for m in found})

    def place_above(self, concepts: frozenset[str]) -> str:
        """Where one of the concepts is named above it; '' if it is not."""
        return next((where for where, named in self.above if named & concepts), "")


def evidence_topics(thesaurus: Thesaurus, ids: Sequence[str]) -> list[EvidenceTopic]:
    """The concepts with these ids, as topics."""
    return [_topic(thesaurus, concept_id) for concept_id in ids]


def named_passages(unit: Stored) -> Iterator[NamedPassage]:
    """The sentences of a unit, or its row as a whole, that name any concept.

    References and lists of abbreviations or keywords state nothing.
    """
    view = unit.view
    if view.kind == "reference" or view.anchor in _LISTS:
        return
    above = tuple((each.where, frozenset(each.concepts)) for each in unit.headings)
    spans = ((0, len(view.text)),) if view.table is not UNSET else unit.sentences
    for start, end in spans:
        if view.text.count(_DEFINES, start, end) > 1:
            continue
        inside = tuple(m for m in unit.mentions if start <= m.start and m.end <= end)
        if inside:
            named = frozenset(mention.concept for mention in inside)
            yield NamedPassage(unit, start, end, inside, named, above)


def outermost(spans: Iterable[Mark]) -> list[Mark]:
    """The spans that are not within another, in reading order."""
    found: list[Mark] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or end > found[-1][1]:
            found.append((start, end))
    return found


def _topic(thesaurus: Thesaurus, concept_id: str) -> EvidenceTopic:
    concepts = thesaurus.narrower(concept_id)
    names = {each: _names(thesaurus.concept(each)) for each in concepts}
    return EvidenceTopic(
        concept_id, concepts, names[concept_id], frozenset().union(*names.values())
    )


def _names(concept: Concept | None) -> frozenset[Key]:
    terms = (*concept.terms, *concept.case, *concept.ambiguous) if concept else ()
    return frozenset(map(stems, terms)) - {()}
