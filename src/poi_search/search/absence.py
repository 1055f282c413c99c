"""Which parts of a question does nothing in the library name?

A part is named if its words occur in sequence in any unit, or one of its concepts by any name. It
does not count if only a part of it is named, nor do filters, except by a number that nothing has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from poi_search.engine.nodes import Keyword
from poi_search.index import versions
from poi_search.index.entries import SurroundingText
from poi_search.query.asks import STAR, Ask
from poi_search.query.family_members import NamePart
from poi_search.query.in_fields import phrases
from poi_search.query.name_queries import as_typed
from poi_search.query.slips import slip_cost
from poi_search.query.tokens import QUOTES
from poi_search.query.weights import TEXT
from poi_search.query_view import AbsentPart
from poi_search.search.conditions import Condition
from poi_search.search.nearness import lacks
from poi_search.search.snapshot import Snapshot
from poi_search.text.analysis import stems as stems_of
from poi_search.text.analysis import tokenize
from poi_search.text.function_words import FUNCTION_WORDS, is_subject

SPELLED_FROM = 5
"""Shorter words are never corrected: too many words differ from them in one letter."""
_NEAR = 10
_OF_AUTHORS = ("author", "cited")
"""Fields with the names of authors: of a paper, and of those that a passage cites."""
_SLIGHT = 0.4
"""The cost of a single letter for a double one, or the reverse; see `slip_cost`."""
_NUMBERED = ("section", "cites")


def absent_parts(
    snapshot: Snapshot,
    question: str,
    asks: Sequence[Ask],
    conditions: Iterable[Condition],
    finds: Callable[[], bool],
) -> tuple[AbsentPart, ...]:
    """The parts that nothing names, in the order of the question, each once. What is all but named
    counts as named if the question `finds` anything."""
    unnamed = list(_unnamed(snapshot, asks))
    absent = [ask for ask in unnamed if not _is_all_but_named(snapshot, ask, asks)]
    if unnamed and not absent and not finds():
        absent = unnamed
    spans = [(*ask.span, _label(snapshot, ask)) for ask in absent]
    spans += [
        (*condition.span, "") for condition in conditions if _is_absent_value(snapshot, condition)
    ]
    joined: list[tuple[int, int, str]] = []
    for start, end, label in sorted(spans):
        last = joined[-1] if joined else (0, 0, "-")
        if not label and not last[2] and question[last[1] : start] in (" ", "-"):
            joined[-1] = (last[0], end, "")  # unknown words side by side are one name
        else:
            joined.append((start, end, label))
    return tuple(
        dict.fromkeys(AbsentPart(_without_signs(question[s:e]), label) for s, e, label in joined)
    )


def _without_signs(typed: str) -> str:
    """A part of a question without quotation marks around it or punctuation after it."""
    typed = typed.strip(" ,;.")
    return typed.strip(QUOTES) if typed[:1] in (*QUOTES,) else typed


def _is_all_but_named(snapshot: Snapshot, ask: Ask, asks: Sequence[Ask]) -> bool:
    """Whether a text says a name in other words, or almost has the word."""
    if ask.concepts and len(ask.pieces) == 1:
        return False
    if ask.concepts:
        parts = _parts(asks, asks.index(ask))
        telling = [part for part in parts if is_subject(part[0][0])]
        numbers = bool(telling) and all(terms[0].isdigit() for terms, _ in telling)
        return not lacks(snapshot, telling if numbers else parts)  # 'under 40'
    return _is_slip(snapshot, ask)


def _unnamed(snapshot: Snapshot, asks: Sequence[Ask]) -> Iterator[Ask]:
    whole = [ask for ask in asks if ask.part_of < 0 and not ask.within]
    # A general name stands for its words, but if it has function words, only where it is named.
    names = [
        ask
        for ask in whole
        if ask.beside and (FUNCTION_WORDS.isdisjoint(ask.pieces) or _is_named(snapshot, ask))
    ]
    inside = [ask for ask in whole if any(_is_within(ask, name) for name in names)]
    whole = [ask for ask in whole if ask not in inside and (ask in names or not ask.beside)]
    for ask in asks:
        if ask not in whole or _is_named(snapshot, ask) or _is_in_imprints(snapshot, ask):
            continue
        # A compound that contains a name as well (MSC-treated) is not a name by itself.
        within = any(each is not ask and _overlap(each, ask) for each in whole)
        said = ask.concepts or ask.label or ask.how != "words" or ask.is_subject
        if said and not within:
            yield ask


def _parts(asks: Sequence[Ask], number: int) -> list[NamePart]:
    """The words of a name, with the concepts that they name within it."""
    inner = [ask for ask in asks if ask.part_of == number]
    return [
        (
            tuple(dict.fromkeys(terms)),
            tuple(c for ask in inner if terms[0] in ask.pieces for c in ask.concepts),
        )
        for terms in zip(*asks[number].wordings, strict=True)
    ]


def _is_slip(snapshot: Snapshot, ask: Ask) -> bool:
    """Whether a word too short to be corrected is all but a word of the library ('cels')."""
    word = ask.pieces[0]
    if ask.how != "words" or ask.concepts or len(ask.pieces) > 1 or len(word) >= SPELLED_FROM:
        return False
    near = snapshot.reader.near(("exact",), word, 1, _NEAR)
    return any(slip_cost(word, form) <= _SLIGHT for form in near)


def _is_within(ask: Ask, name: Ask) -> bool:
    return ask is not name and name.span[0] <= ask.span[0] and ask.span[1] <= name.span[1]


def _overlap(one: Ask, other: Ask) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _is_named(snapshot: Snapshot, ask: Ask) -> bool:
    reader = snapshot.reader
    first = ask.pieces[0]
    if any(map(snapshot.names, ask.concepts)):
        return True
    match ask.how:
        case "prefix":
            return bool(reader.prefix(("exact",), first, 1))
        case "fuzzy":
            return bool(reader.near(("exact",), first, ask.distance, 1))
        case "quoted":
            return reader.count(phrases(ask.pieces, "exact", snapshot.begin)) > 0
    fields = ask.fields or TEXT
    if ask.concepts and ask.text.islower():  # the wolf is not a Dr Wolf
        fields = tuple(field for field in fields if field[0] not in _OF_AUTHORS)
    if not reader.known([name for name, _ in fields], [terms[0] for terms in ask.wordings]):
        return False
    return len(ask.pieces) == 1 or reader.count(as_typed(ask.wordings, fields, 1.0)) > 0


def _is_in_imprints(snapshot: Snapshot, ask: Ask) -> bool:
    """Whether the title, the authors, the journal or the year of an article name it, which are no
    units."""
    if ask.how not in ("words", "quoted"):
        return False
    stems = tuple(stem for piece in ask.pieces for stem in stems_of(piece.removesuffix(STAR)))
    return any(
        imprint.has(stems) or not set(ask.concepts).isdisjoint(imprint.concepts)
        for imprint in snapshot.once(_imprints)
    )


def _imprints(snapshot: Snapshot) -> tuple[SurroundingText, ...]:
    found = []
    for detail in snapshot.details.values():
        text = "; ".join((detail.title, *detail.authors, detail.journal, str(detail.year or "")))
        tokens = tokenize(text)
        concepts = tuple(mention.concept for mention in snapshot.lexicon.find(text, tokens))
        stems = " ".join(token.stem for token in tokens)
        found.append(SurroundingText("the article", stems, concepts))
    return tuple(found)


def _is_absent_value(snapshot: Snapshot, condition: Condition) -> bool:
    """Whether no unit has the value that a condition asks for in a field of texts or identifiers,
    or the section or reference that it names.

    An index of another version may lack the identifiers that its papers have.
    """
    query = condition.query
    if condition.how == "filter" and not (isinstance(query, Keyword) and query.name in _NUMBERED):
        return False
    if condition.how == "identifier" and not versions.has_all_fields(snapshot.manifest):
        return False
    return not snapshot.reader.count(condition.query)


def _label(snapshot: Snapshot, ask: Ask) -> str:
    known = [snapshot.thesaurus.concept(concept) for concept in ask.concepts]
    return next((concept.label for concept in known if concept), ask.label)
