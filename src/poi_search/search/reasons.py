"""Why a unit was found: what was asked, how the unit answers it, and where. Pure.

The asks are those of the engine's query; they are compared with what was recorded when the unit
was indexed. An ask without a match in the unit itself is looked for around it: in its headings,
in the editorial notes on it, and in the papers it cites.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from poi_search.index.entries import SurroundingText
from poi_search.index.units import table_anchor
from poi_search.query.replacing import replace_words
from poi_search.query.understand import Ask
from poi_search.results import CitationLink, How, Reason
from poi_search.search.conditions import Condition, satisfies
from poi_search.search.highlight import ExpandedAsk, Found, Recorded
from poi_search.search.interpretation import Replacement
from poi_search.text.analysis import stems

_CITED_SHOWN = 3
_WHOLE = {"table": "the row", "figure": "the caption", "reference": "the entry"}

Narrower = Callable[[str], frozenset[str]]
"""A concept id → this id and those of all narrower concepts."""
Summary = Callable[[str], SurroundingText | None]
"""The unit id of a reference → the text through which units that cite it are found."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as sent to the engine: what it asks for, and the filters that limit it.

    `replaced` lists the corrected words, with their spans in `searched`.
    """

    searched: str
    asks: Sequence[ExpandedAsk]
    narrower: Narrower
    summary: Summary
    conditions: Sequence[Condition] = ()
    filters: tuple[Reason, ...] = ()
    replaced: Sequence[Replacement] = ()


def why(unit: Recorded, found: Sequence[Found], inquiry: Inquiry) -> tuple[Reason, ...]:
    """The reasons why a unit was found: at least one, without duplicates.

    A unit that nothing asked for was found because nothing excludes it.
    """
    reasons = [
        *_reasons_in_text(unit, found, inquiry),
        *_reasons_around(unit, frozenset(each.ask for each in found), inquiry),
        *(
            Reason(condition.text, condition.how, condition.where)
            for condition in inquiry.conditions
            if satisfies(unit.stored.view, condition.query)
        ),
    ]
    if not reasons and not inquiry.searched.strip():
        return inquiry.filters or (Reason("", "filter", "the library"),)
    unexcluded = Reason(inquiry.searched, "filter", "what the question does not exclude")
    return tuple(dict.fromkeys(reasons)) or (unexcluded,)


def found_through(reasons: Iterable[Reason]) -> str:
    """Where a unit without marks was found, in words: 'the caption of the table'."""
    around = [reason for reason in reasons if not reason.forms]
    named = [reason for reason in around if reason.how != "filter"] or around
    *all_but_last, last = dict.fromkeys(reason.where for reason in named) or [""]
    return " and ".join(filter(None, (", ".join(all_but_last), last)))


def _reasons_in_text(unit: Recorded, found: Sequence[Found], inquiry: Inquiry) -> list[Reason]:
    """The reasons behind the marks, in the order asked; each form once, ignoring case."""
    forms: dict[tuple[int, How, str, str], dict[str, str]] = {}
    for each in found:
        printed = unit.stored.view.text[each.start : each.end]
        key = (each.ask, _how(each, printed, inquiry), _place(unit, each), each.concept)
        forms.setdefault(key, {}).setdefault(printed.casefold(), printed)
    in_order = sorted(forms.items(), key=lambda item: item[0][0])
    return [
        Reason(_question_text(inquiry, ask), how, where, concept, tuple(printed.values()))
        for (ask, how, where, concept), printed in in_order
    ]


def _how(found: Found, printed: str, inquiry: Inquiry) -> How:
    ask = inquiry.asks[found.ask].ask
    if found.kind == "synonym" and found.concept not in ask.concepts:
        return _relation(found.concept, ask.concepts, inquiry.narrower)
    if _corrections(inquiry, found.ask) and set(ask.pieces) <= set(stems(printed)):
        return "spelling"
    if found.kind == "synonym":
        return "synonym"
    if ask.how in ("prefix", "fuzzy"):
        return "prefix" if ask.how == "prefix" else "fuzzy"
    return _as_typed(ask, inquiry)


def _as_typed(ask: Ask, inquiry: Inquiry) -> How:
    """How the words of an ask answer the question: in full, or as part of a longer name."""
    whole = inquiry.asks[ask.part_of].ask if ask.part_of >= 0 else ask
    return "fragment" if len(ask.pieces) < len(whole.pieces) else "typed"


def _relation(found: str, asked: Sequence[str], narrower: Narrower) -> How:
    if found in asked:
        return "synonym"
    return "narrower" if any(found in narrower(concept) for concept in asked) else "related"


def _place(unit: Recorded, found: Found) -> str:
    """The part of the unit that contains a mark."""
    view = unit.stored.view
    if view.reference:
        title = view.reference.title
        start = view.text.find(title) if title else -1
        if 0 <= start <= found.start and found.end <= start + len(title):
            return "the title"
        authors = set(stems(" ".join(view.reference.authors)))
        if found.end <= start and authors.issuperset(stems(view.text[found.start : found.end])):
            return "the authors"
        entry = len(view.text) - len(view.reference.abstract)
        return "the abstract" if found.start >= entry else "the entry"
    if view.kind == "table" and not view.table:
        return "the notes of the table" if table_anchor(view.anchor) else "the caption of the table"
    return _WHOLE.get(view.kind, "the passage")


def _reasons_around(
    unit: Recorded,
    answered: frozenset[int],
    inquiry: Inquiry,
) -> Iterator[Reason]:
    """Reasons around the unit for each ask that the unit itself does not answer.

    Words of a longer name are skipped if anything else was found.
    """
    seen = set(answered)
    for number, expanded in enumerate(inquiry.asks):
        if number in seen or expanded.ask.part_of in seen or expanded.ask.how != "words":
            continue
        if expanded.bare and seen:
            continue
        for reason in _ask_around(unit, expanded, inquiry, _question_text(inquiry, number)):
            seen.add(number)
            yield reason


def _ask_around(
    unit: Recorded, expanded: ExpandedAsk, inquiry: Inquiry, text: str
) -> Iterator[Reason]:
    ask = expanded.ask
    for note in unit.stored.notes:
        concept = _answer(note, expanded, "body")
        if concept is not None:
            named = concept and _relation(concept, ask.concepts, inquiry.narrower)
            yield Reason(text, named or _as_typed(ask, inquiry), note.where, concept)
    for heading in unit.stored.headings:
        concept = _answer(heading, expanded, "head")
        if concept is not None:
            yield Reason(text, "heading", heading.where, concept)
    cited = [
        (link, concept)
        for link in unit.stored.view.citations
        if (paper := inquiry.summary(link.id)) is not None
        and (concept := _answer(paper, expanded, "cited")) is not None
    ]
    if cited:
        yield Reason(text, "cited", _papers([link for link, _ in cited]), cited[0][1])


def _answer(text: SurroundingText, expanded: ExpandedAsk, field: str) -> str | None:
    """The concept through which a text answers an ask, preferably the one asked for; '' if its
    words do; None if nothing does."""
    if not expanded.concepts.isdisjoint(text.concepts):
        named = [concept for concept in text.concepts if concept in expanded.concepts]
        return next((concept for concept in named if concept in expanded.ask.concepts), named[0])
    searched = any(name == field for name, _ in expanded.ask.fields)
    return "" if searched and text.has(expanded.ask.pieces) else None


def _papers(links: Sequence[CitationLink]) -> str:
    more = f" and {len(links) - _CITED_SHOWN} more" if len(links) > _CITED_SHOWN else ""
    return f"what it cites: {'; '.join(link.label for link in links[:_CITED_SHOWN])}{more}"


def _corrections(inquiry: Inquiry, number: int) -> list[Replacement]:
    if not inquiry.replaced:
        return []
    start, end = inquiry.asks[number].ask.span
    return [each for each in inquiry.replaced if each.span[0] < end and start < each.span[1]]


def _question_text(inquiry: Inquiry, number: int) -> str:
    """What was asked, in the words as typed."""
    ask = inquiry.asks[number].ask
    corrections = _corrections(inquiry, number)
    if not corrections:
        return ask.text
    start = min(ask.span[0], corrections[0].span[0])
    end = max(ask.span[1], corrections[-1].span[1])
    words = [(each.span[0] - start, each.span[1] - start, each.typed) for each in corrections]
    return replace_words(inquiry.searched[start:end], words)
