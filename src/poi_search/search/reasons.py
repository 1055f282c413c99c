"""Why a unit was found: what was asked, how the unit answers it, and where. Pure.

The asks are those of the engine's query; they are compared with what was recorded when the unit
was indexed. An ask without a match in the unit itself is looked for around it: in its headings,
in the editorial notes on it, and in the papers it cites.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from poi_search.index.entries import SurroundingText
from poi_search.query.tree import Node, Not, Span, Words
from poi_search.results import CitationLink, How, Reason, ReferenceView
from poi_search.search.branches import failed_branches
from poi_search.search.conditions import Condition, satisfies
from poi_search.search.highlight import Found
from poi_search.search.inquiry import Inquiry
from poi_search.search.matches import Forms, printed_forms
from poi_search.search.recorded import Recorded
from poi_search.search.surroundings import Surroundings
from poi_search.text.analysis import stems

_CITED_SHOWN = 3
_CLOSEST: Sequence[How] = ("synonym", "narrower", "related")
_WHOLE = ("typed", "synonym", "narrower")


def why(
    unit: Recorded, found: Sequence[Found], forms: Forms, inquiry: Inquiry
) -> tuple[Reason, ...]:
    """The reasons why a unit was found, given its marks and their printed forms: at least one,
    without duplicates.

    A unit that nothing asked for was found because nothing excludes it.
    """
    view = unit.stored.view
    if view.reference:
        reasons = _reasons_in_entry(unit, view.reference, found, forms, inquiry)
    else:
        reasons = _reasons_in_text(forms, unit.called, inquiry)
    reasons += _reasons_around(unit, frozenset([key[1] for key in forms]), inquiry)
    for condition in inquiry.conditions:
        if satisfies(view, condition.query):
            marked = _marked_for(condition, forms, inquiry)
            reasons.append(Reason(condition.text, condition.how, condition.where, forms=marked))
    if reasons and inquiry.has_conjunctions:
        reasons = _in_satisfied_branches(reasons, unit, inquiry) or reasons
    reasons = reasons or list(_reasons_further(unit, inquiry))
    if reasons:
        return _merge(reasons) if len(reasons) > 1 else tuple(reasons)
    if not inquiry.searched.strip():
        return inquiry.filters or (Reason("", "filter", "the library"),)
    return (Reason(inquiry.searched, "filter", "what the question does not exclude"),)


def _merge(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons without duplicates: those that differ only in their forms are one."""
    merged: dict[tuple[str, How, str, str], Reason] = {}
    for each in reasons:
        key = each.text, each.how, each.where, each.concept
        known = merged.get(key)
        if known:
            merged[key] = Reason(*key, tuple(dict.fromkeys((*known.forms, *each.forms))))
        else:
            merged[key] = each
    return tuple(merged.values())


def _in_satisfied_branches(
    reasons: Sequence[Reason], unit: Recorded, inquiry: Inquiry
) -> list[Reason]:
    """The reasons without what was asked only in alternatives that the unit does not satisfy."""
    told = {reason.text for reason in reasons}

    def holds(node: Node) -> bool:
        if isinstance(node, Not):
            return not (isinstance(node.child, Words) and _says(unit, node.child.text, inquiry))
        return any(text in told and _is_in(span, node.span) for text, span in inquiry.parts)

    failed = [node.span for node in failed_branches(inquiry.tree, holds)]
    kept = {
        text for text, span in inquiry.parts if not any(_is_in(span, whole) for whole in failed)
    }
    return [reason for reason in reasons if reason.text in kept]


def told_asks(reasons: Iterable[Reason], inquiry: Inquiry) -> frozenset[int]:
    """The asks that reasons tell of, by themselves or as the value of a field."""
    texts = {reason.text for reason in reasons}
    told = [span for text, span in inquiry.parts if text in texts]
    return frozenset(
        number
        for number, expanded in enumerate(inquiry.asks)
        if any(_is_in(expanded.ask.span, span) for span in told)
    )


def _says(unit: Recorded, text: str, inquiry: Inquiry) -> bool:
    """Whether a unit, or what stands above it, has these words in sequence."""
    wordings = inquiry.excluded.get(text, ())
    headings = inquiry.surroundings(unit).headings
    return any(map(unit.has, wordings)) or any(
        any(map(heading.has, wordings)) for heading in headings
    )


def _is_in(span: Span, whole: Span) -> bool:
    return whole[0] <= span[0] and span[1] <= whole[1]


def of_fragment(why: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The reasons for a unit that has only a part of what is asked for: nothing in it is that."""
    if all(reason.how not in _WHOLE for reason in why):
        return why
    return tuple(
        [
            Reason(r.text, "fragment", r.where, r.concept, r.forms) if r.how in _WHOLE else r
            for r in why
        ]
    )


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
    around = [reason for reason in reasons if not reason.forms and reason.how != "meaning"]
    named = [reason for reason in around if reason.how != "filter"] or around
    *all_but_last, last = dict.fromkeys(reason.where for reason in named) or [""]
    return " and ".join(filter(None, (", ".join(all_but_last), last)))


def guesses(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """The phrases for which short forms were taken, each with a warning that this is a guess."""
    return tuple(
        f"{reason.text}, perhaps “{reason.forms[0]}”: a guess by its initials"
        for reason in reasons
        if reason.how == "initials" and reason.forms
    )


def _reasons_in_entry(
    unit: Recorded,
    reference: ReferenceView,
    found: Sequence[Found],
    forms: Forms,
    inquiry: Inquiry,
) -> list[Reason]:
    """The reasons behind the marks in a reference, by the part that contains them."""
    parts: dict[str, list[Found]] = {}
    part = unit.entry(reference).part
    for each in found:
        parts.setdefault(part(each[0], each[1]), []).append(each)
    if len(parts) == 1:
        return _reasons_in_text(forms, next(iter(parts)), inquiry)
    text = unit.stored.view.text
    reasons = []
    for where, inside in parts.items():
        reasons += _reasons_in_text(printed_forms(text, inside), where, inquiry)
    return reasons


def _reasons_in_text(forms: Forms, where: str, inquiry: Inquiry) -> list[Reason]:
    """The reasons behind the marks, in the order asked."""
    reasons = []
    texts, corrections, known = inquiry.texts, inquiry.corrections, inquiry.hows
    for key in sorted(forms, key=_by_ask) if len(forms) > 1 else forms:
        _, ask, concept = key
        if ask in inquiry.within:
            continue  # told by the condition that it belongs to
        how, text, printed = known.get(key) or inquiry.how(key), texts[ask], forms[key]
        if ask not in corrections or how in ("narrower", "related", "fragment"):
            reasons.append(Reason(text, how, where, concept, tuple(printed.values())))
            continue
        corrected = set(inquiry.asks[ask].ask.pieces)
        spelled: dict[How, list[str]] = {}
        for form in printed.values():
            kind = "spelling" if corrected <= set(stems(form)) else how
            spelled.setdefault(kind, []).append(form)
        reasons += [
            Reason(text, kind, where, concept, tuple(some)) for kind, some in spelled.items()
        ]
    return reasons


_by_ask = itemgetter(1)


def _reasons_around(unit: Recorded, marked: frozenset[int], inquiry: Inquiry) -> list[Reason]:
    """Reasons around the unit for each ask that the unit itself does not answer.

    Words of a longer name are skipped if anything else was found.
    """
    reasons: list[Reason] = []
    left = inquiry.words_left(marked)
    if not left:
        return reasons
    around = inquiry.surroundings(unit)
    answered = set(marked)
    for number, part_of, word_of, concepts, firsts in left:
        if part_of in answered or word_of in answered:
            continue
        if answered and inquiry.asks[number].bare:
            continue
        if not firsts.isdisjoint(around.stems) or not concepts.isdisjoint(around.concepts):
            more = list(_reasons_for(number, around, inquiry))
            if more:
                answered.add(number)
                reasons += more
    return reasons


def _reasons_further(unit: Recorded, inquiry: Inquiry) -> Iterator[Reason]:
    """Reasons for a unit that names only what is related to the related concepts."""
    around = inquiry.surroundings(unit)
    papers = ((_papers([link]), text.concepts) for link, text in around.papers)
    places = (
        (unit.called, unit.named),
        *((text.where, text.concepts) for text in (*around.notes, *around.headings)),
        *papers,
    )
    for number, expanded in enumerate(inquiry.asks):
        for asked in expanded.ask.concepts:
            further = inquiry.further(asked)
            for where, named in places:
                concept = min(further.intersection(named), default="")
                if concept:
                    yield Reason(inquiry.texts[number], "related", where, concept)
                    break


def _reasons_for(number: int, around: Surroundings, inquiry: Inquiry) -> Iterator[Reason]:
    expanded, text = inquiry.asks[number], inquiry.texts[number]
    as_typed = inquiry.as_typed[number]
    for note in around.notes:
        concept = _answer(note, number, inquiry, "body")
        if concept is not None:
            how = as_typed
            if concept and how == "typed":
                how = inquiry.relation(concept, expanded.ask.concepts)
            yield Reason(text, how, note.where, concept)
    for heading in around.headings:
        concept = _answer(heading, number, inquiry, "head")
        if concept is not None:
            yield Reason(text, _around("heading", as_typed), heading.where, concept)
    cited = [
        (link, concept)
        for link, paper in (around.papers if "cited" in expanded.fields else ())
        if (concept := _answer(paper, number, inquiry, "cited")) is not None
    ]
    if cited:
        where = _papers([link for link, _ in cited])
        yield Reason(text, _around("cited", as_typed), where, cited[0][1])


def _around(how: How, as_typed: How) -> How:
    """A part of a longer name is no more than that, wherever it is found."""
    return as_typed if as_typed == "fragment" else how


def _answer(text: SurroundingText, number: int, inquiry: Inquiry, field: str) -> str | None:
    """The concept through which a text answers an ask, preferably the one asked for, or a narrower
    one; '' if its words do; None if nothing does."""
    expanded = inquiry.asks[number]
    if not expanded.concepts.isdisjoint(text.concepts):
        named = [concept for concept in text.concepts if concept in expanded.concepts]
        asked = expanded.ask.concepts
        return min(named, key=lambda concept: _CLOSEST.index(inquiry.relation(concept, asked)))
    said = field in expanded.fields and any(map(text.has, expanded.ask.wordings))
    return "" if said else None


def _papers(links: Sequence[CitationLink]) -> str:
    more = f" and {len(links) - _CITED_SHOWN} more" if len(links) > _CITED_SHOWN else ""
    return f"what it cites: {'; '.join(link.label for link in links[:_CITED_SHOWN])}{more}"
