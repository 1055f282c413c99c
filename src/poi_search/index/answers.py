"""Which questions a unit answers by its form: what it defines and counts, and whether it is a list.

The engine keeps these as terms of a field, and a question of the kind raises or lowers the units
that have them. Names are stems joined by spaces, or ids of concepts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal

from poi_search.article import Reference
from poi_search.index.counts import counted, counts_people
from poi_search.index.defining_sentences import definitions
from poi_search.index.units import table_anchor
from poi_search.readers.matter import STATEMENTS, classify, main_part
from poi_search.results import Mark, UnitView
from poi_search.text.analysis import Token, stems
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.mentions import Mention

ANSWERS: Final = "answers"
"""The field with all of these; `answer` writes its terms."""
Form = Literal["listed", "defines", "introduces", "counts", "in people", "first author"]
"""How a unit answers a question for a name:

listed        it is a list, of abbreviations, of keywords, or of notes below a table, or a statement
              of the article on itself (no name)
defines       a sentence defines the name, or the concept that it stands for
introduces    the concept is named in full, with its short form in brackets
counts        a number counts it, or what belongs to the concept: '61 patients'
in people     the concept is named in a sentence that counts people
first author  the family name of the first author of a reference
"""


def answer(form: Form, name: str = "") -> str:
    """The term for a form and a name."""
    return f"{form}: {name}"


def answers(
    view: UnitView,
    sentences: tuple[Mark, ...],
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    thesaurus: Thesaurus,
) -> tuple[str, ...]:
    """The terms of one unit, each once."""
    if is_list(view):
        return (answer("listed"),)
    if view.reference:
        return tuple(answer("first author", name) for name in _first_author(view.reference))
    if view.kind != "section":
        return ()
    outer = [mention for mention in mentions if not mention.inner]
    defined = definitions(view.text, sentences)
    counts = list(counted(view.text, tokens))
    of_people = [
        (start, end)
        for start, end in sentences
        if any(start <= place < end for place in counts_people(tokens, counts))
    ]
    made: dict[Form, Iterable[str]] = {
        "defines": (name for span in defined for name in _names(span, tokens, outer)),
        "introduces": _introduced(view.text, outer),
        "counts": (
            *(t.stem for t in tokens if any(start <= t.start < end for start, end in counts)),
            *_concepts(counts, outer, thesaurus),
        ),
        "in people": _concepts(of_people, outer, thesaurus),
    }
    values = (answer(form, name) for form, names in made.items() for name in names)
    return tuple(dict.fromkeys(values))


def is_list(view: UnitView) -> bool:
    """Whether a unit is a list below or beside the prose, or a statement of the article on itself:
    it names much, and says little of the subject."""
    if view.kind == "table":
        return not view.table and table_anchor(view.anchor) != ""
    title = view.section.title if view.section else ""
    return main_part(title) == "keywords" or classify(title) in ("abbreviations", *STATEMENTS)


def _first_author(reference: Reference) -> Iterator[str]:
    if reference.names:
        name = reference.names[0]
        yield from {" ".join(stems(part)) for part in (name.family, name.body) if part}
        if name.particle:
            yield " ".join(stems(f"{name.particle} {name.family}"))


def _names(span: Mark, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Iterator[str]:
    """The stems of a defined name, and the concepts that it stands for as a whole."""
    inside = [token for token in tokens if span[0] <= token.start < span[1]]
    if inside:
        yield " ".join(token.stem for token in inside)
        whole = inside[0].start, inside[-1].end
        yield from (m.concept for m in mentions if (m.start, m.end) == whole)


def _introduced(text: str, mentions: Sequence[Mention]) -> Iterator[str]:
    for name, short in pairwise(mentions):
        if name.concept == short.concept and text[name.end : short.start] == " (":
            yield name.concept


def _concepts(
    spans: Sequence[Mark], mentions: Sequence[Mention], thesaurus: Thesaurus
) -> Iterator[str]:
    """The concepts named within the spans, and those that they belong to."""
    for mention in mentions:
        if any(start <= mention.start and mention.end <= end for start, end in spans):
            yield from (mention.concept, *thesaurus.broader(mention.concept))
