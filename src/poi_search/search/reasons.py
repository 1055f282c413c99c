"""Why a unit was found: what was asked, how the unit answers it, and where. Pure.

The asks are those of the engine's query; they are compared with what was recorded when the unit
was indexed. An ask without a match in the unit itself is looked for around it: in its headings,
in the editorial notes on it, and in the papers it cites.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from poi_search.index.entries import SurroundingText
from poi_search.index.units import table_anchor
from poi_search.query.replacing import replace_words
from poi_search.results import CitationLink, How, MarkKind, Reason, ReferenceView, UnitView
from poi_search.search.conditions import Condition, satisfies
from poi_search.search.highlight import ExpandedAsk, Forms, Found, Recorded, printed_forms
from poi_search.search.interpretation import Replacement
from poi_search.search.surroundings import Surroundings
from poi_search.text.analysis import stems

_CITED_SHOWN = 3
_WORD = re.compile(r"\w+")
_MATCHED: dict[str, How] = {"prefix": "prefix", "fuzzy": "fuzzy"}
_WHOLE = {"table": "the row", "figure": "the caption"}

Narrower = Callable[[str], frozenset[str]]
"""A concept id → this id and those of all narrower concepts."""


@dataclass(frozen=True)
class Inquiry:
    """A question as sent to the engine: what it asks for, and the filters that limit it.

    `replaced` lists the corrected words, with their spans in `searched`.
    """

    searched: str
    asks: Sequence[ExpandedAsk]
    narrower: Narrower
    surroundings: Callable[[Recorded], Surroundings]
    conditions: Sequence[Condition] = ()
    filters: tuple[Reason, ...] = ()
    replaced: Sequence[Replacement] = ()

    @cached_property
    def corrections(self) -> Mapping[int, Sequence[Replacement]]:
        """The corrections of each ask that has any, by its index."""
        spans = {number: expanded.ask.span for number, expanded in enumerate(self.asks)}
        found = {
            number: [each for each in self.replaced if each.span[0] < end and start < each.span[1]]
            for number, (start, end) in spans.items()
        }
        return {number: corrections for number, corrections in found.items() if corrections}

    @cached_property
    def texts(self) -> Sequence[str]:
        """Each ask in the words as typed."""
        return [self._text(number) for number in range(len(self.asks))]

    def _text(self, number: int) -> str:
        ask, corrections = self.asks[number].ask, self.corrections.get(number)
        if not corrections:
            return ask.text
        start = min(ask.span[0], corrections[0].span[0])
        end = max(ask.span[1], corrections[-1].span[1])
        words = [(each.span[0] - start, each.span[1] - start, each.typed) for each in corrections]
        return replace_words(self.searched[start:end], words)

    @cached_property
    def words(self) -> Sequence[tuple[int, int, frozenset[str], str]]:
        """The asks for words: their index, that of the whole name, concepts and first stem."""
        return [
            (number, expanded.ask.part_of, expanded.concepts, expanded.ask.pieces[0])
            for number, expanded in enumerate(self.asks)
            if expanded.ask.how == "words" and not expanded.ask.within
        ]

    @cached_property
    def as_typed(self) -> Sequence[How]:
        """How the words of each ask answer the question: in full, or as part of a longer name."""
        asks = [expanded.ask for expanded in self.asks]
        wholes = [asks[ask.part_of] if ask.part_of >= 0 else ask for ask in asks]
        return [
            "fragment" if len(ask.pieces) < len(whole.pieces) else "typed"
            for ask, whole in zip(asks, wholes, strict=True)
        ]

    @cached_property
    def _hows(self) -> dict[tuple[int, MarkKind, str], How]:
        return {}

    def how(self, number: int, kind: MarkKind, concept: str) -> How:
        """How a mark answers an ask, apart from corrections."""
        key = number, kind, concept
        how = self._hows.get(key)
        if how is None:
            ask = self.asks[number].ask
            if self.as_typed[number] == "fragment":
                how = "fragment"  # also by another name: it is not what was asked for
            elif kind == "synonym":
                how = self.relation(concept, ask.concepts)
            else:
                how = "prefix" if ask.is_starred else _MATCHED.get(ask.how, "typed")
            self._hows[key] = how
        return how

    def relation(self, found: str, asked: Sequence[str]) -> How:
        if found in asked:
            return "synonym"
        return (
            "narrower" if any(found in self.narrower(concept) for concept in asked) else "related"
        )


def why(
    unit: Recorded, found: Sequence[Found], forms: Forms, inquiry: Inquiry
) -> tuple[Reason, ...]:
    """The reasons why a unit was found, given its marks and their printed forms: at least one,
    without duplicates.

    A unit that nothing asked for was found because nothing excludes it.
    """
    view = unit.stored.view
    if view.reference:
        reasons = _reasons_in_entry(view.text, view.reference, found, forms, inquiry)
    else:
        reasons = _reasons_in_text(forms, _place(view), inquiry)
    reasons += _reasons_around(unit, {key[1] for key in forms}, inquiry)
    for condition in inquiry.conditions:
        if satisfies(view, condition.query):
            marked = _marked_for(condition, forms, inquiry)
            reasons.append(Reason(condition.text, condition.how, condition.where, forms=marked))
    if reasons:
        return tuple(dict.fromkeys(reasons))
    if not inquiry.searched.strip():
        return inquiry.filters or (Reason("", "filter", "the library"),)
    return (Reason(inquiry.searched, "filter", "what the question does not exclude"),)


def _marked_for(condition: Condition, forms: Forms, inquiry: Inquiry) -> tuple[str, ...]:
    """The forms marked because they are in the field that a condition names."""
    start, end = condition.span
    marked: dict[str, str] = {}
    for (_, number, _), printed in forms.items():
        ask = inquiry.asks[number].ask
        if ask.within and start <= ask.span[0] and ask.span[1] <= end:
            marked |= printed
    return tuple(marked.values())


def found_through(reasons: Iterable[Reason]) -> str:
    """Where a unit without marks was found, in words: 'the caption of the table'."""
    around = [reason for reason in reasons if not reason.forms]
    named = [reason for reason in around if reason.how != "filter"] or around
    *all_but_last, last = dict.fromkeys(reason.where for reason in named) or [""]
    return " and ".join(filter(None, (", ".join(all_but_last), last)))


def _reasons_in_entry(
    text: str,
    reference: ReferenceView,
    found: Sequence[Found],
    forms: Forms,
    inquiry: Inquiry,
) -> list[Reason]:
    """The reasons behind the marks in a reference, by the part that contains them."""
    parts: dict[str, list[Found]] = {}
    for each in found:
        parts.setdefault(_part(text, reference, each.start, each.end), []).append(each)
    if len(parts) == 1:
        return _reasons_in_text(forms, next(iter(parts)), inquiry)
    reasons = [
        _reasons_in_text(printed_forms(text, inside), part, inquiry)
        for part, inside in parts.items()
    ]
    return [reason for inside in reasons for reason in inside]


def _reasons_in_text(forms: Forms, where: str, inquiry: Inquiry) -> list[Reason]:
    """The reasons behind the marks, in the order asked."""
    reasons = []
    for key in sorted(forms, key=_by_ask) if len(forms) > 1 else forms:
        kind, ask, concept = key
        if inquiry.asks[ask].ask.within:
            continue  # told by the condition that it belongs to
        how, text, printed = inquiry.how(ask, kind, concept), inquiry.texts[ask], forms[key]
        if ask not in inquiry.corrections or how in ("narrower", "related"):
            reasons.append(Reason(text, how, where, concept, tuple(printed.values())))
            continue
        corrected = set(inquiry.asks[ask].ask.pieces)
        hows: dict[How, list[str]] = {}
        for form in printed.values():
            hows.setdefault("spelling" if corrected <= set(stems(form)) else how, []).append(form)
        reasons += [Reason(text, how, where, concept, tuple(some)) for how, some in hows.items()]
    return reasons


_by_ask = itemgetter(1)


def _place(view: UnitView) -> str:
    """What a unit other than a reference is called."""
    if view.kind == "table" and not view.table:
        return "the notes of the table" if table_anchor(view.anchor) else "the caption of the table"
    return _WHOLE.get(view.kind, "the passage")


def _part(text: str, reference: ReferenceView, start: int, end: int) -> str:
    """The part of a reference, printed as `text`, that contains a mark."""
    title = reference.title
    title_start = text.find(title) if title else -1
    if 0 <= title_start <= start and end <= title_start + len(title):
        return "the title"
    if end <= title_start:
        authors = " ".join(reference.authors)
        if all(word in authors for word in _WORD.findall(text[start:end])):
            return "the authors"
    return "the abstract" if start >= len(text) - len(reference.abstract) else "the entry"


def _reasons_around(unit: Recorded, answered: set[int], inquiry: Inquiry) -> list[Reason]:
    """Reasons around the unit for each ask that the unit itself does not answer.

    Words of a longer name are skipped if anything else was found.
    """
    reasons: list[Reason] = []
    around = inquiry.surroundings(unit)
    for number, part_of, concepts, piece in inquiry.words:
        if number in answered or part_of in answered:
            continue
        if answered and inquiry.asks[number].bare:
            continue
        if piece in around.stems or not concepts.isdisjoint(around.concepts):
            more = list(_reasons_for(number, around, inquiry))
            if more:
                answered.add(number)
                reasons += more
    return reasons


def _reasons_for(number: int, around: Surroundings, inquiry: Inquiry) -> Iterator[Reason]:
    expanded, text = inquiry.asks[number], inquiry.texts[number]
    for note in around.notes:
        concept = _answer(note, expanded, "body")
        if concept is not None:
            how = inquiry.as_typed[number]
            if concept and how == "typed":
                how = inquiry.relation(concept, expanded.ask.concepts)
            yield Reason(text, how, note.where, concept)
    for heading in around.headings:
        concept = _answer(heading, expanded, "head")
        if concept is not None:
            yield Reason(text, "heading", heading.where, concept)
    cited = [
        (link, concept)
        for link, paper in (around.papers if "cited" in expanded.fields else ())
        if (concept := _answer(paper, expanded, "cited")) is not None
    ]
    if cited:
        yield Reason(text, "cited", _papers([link for link, _ in cited]), cited[0][1])


def _answer(text: SurroundingText, expanded: ExpandedAsk, field: str) -> str | None:
    """The concept through which a text answers an ask, preferably the one asked for; '' if its
    words do; None if nothing does."""
    if not expanded.concepts.isdisjoint(text.concepts):
        named = [concept for concept in text.concepts if concept in expanded.concepts]
        return next((concept for concept in named if concept in expanded.ask.concepts), named[0])
    return "" if field in expanded.fields and text.has(expanded.ask.pieces) else None


def _papers(links: Sequence[CitationLink]) -> str:
    more = f" and {len(links) - _CITED_SHOWN} more" if len(links) > _CITED_SHOWN else ""
    return f"what it cites: {'; '.join(link.label for link in links[:_CITED_SHOWN])}{more}"
