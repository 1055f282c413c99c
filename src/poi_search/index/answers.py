"""Which questions a unit answers by its form: what it defines and counts, and whether it is a list.

The engine keeps these as keywords, and a question of the kind raises or lowers the units that
have them. Names are stems joined by spaces, or ids of concepts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from poi_search.article import Reference
from poi_search.index.counts import counted
from poi_search.index.definitions import definitions
from poi_search.index.units import table_anchor
from poi_search.readers.matter import classify, main_part
from poi_search.results import Mark, UnitView
from poi_search.text.analysis import Token, stems
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.mentions import Mention

LISTED: Final = "listed"
"""'yes' for a list: of abbreviations, of keywords, of notes below a table."""
DEFINES: Final = "defines"
"""The names that a sentence defines, and the concepts they stand for."""
INTRODUCES: Final = "introduces"
"""The concepts that are named in full with the short form in brackets."""
COUNTS: Final = "counts"
"""What a number counts, and the concepts that this belongs to."""
FIRST_AUTHOR: Final = "first_author"
"""The family name of the first author of a reference."""
ANSWER_KEYWORDS: Final = (LISTED, DEFINES, INTRODUCES, COUNTS, FIRST_AUTHOR)


def answer_keywords(
    view: UnitView,
    sentences: tuple[Mark, ...],
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    thesaurus: Thesaurus,
) -> dict[str, list[str]]:
    """The keywords of a unit that say which questions it answers by its form."""
    if is_list(view):
        return {LISTED: ["yes"]}
    if view.reference:
        return {FIRST_AUTHOR: list(_first_author(view.reference))}
    if view.kind != "section":
        return {}
    outer = [mention for mention in mentions if not mention.inner]
    defined = definitions(view.text, sentences)
    made = {
        DEFINES: [name for span in defined for name in _names(span, tokens, outer)],
        INTRODUCES: list(_introduced(view.text, outer)),
        COUNTS: list(_counted(view.text, tokens, outer, thesaurus)),
    }
    return {name: sorted(set(values)) for name, values in made.items()}


def is_list(view: UnitView) -> bool:
    """Whether a unit is a list below or beside the prose, which names much and says little."""
    if view.kind == "table":
        return view.table is None and table_anchor(view.anchor) != ""
    title = view.section.title if view.section else ""
    return main_part(title) == "keywords" or classify(title) == "abbreviations"


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


def _counted(
    text: str, tokens: Sequence[Token], mentions: Sequence[Mention], thesaurus: Thesaurus
) -> Iterator[str]:
    for start, end in counted(text, tokens):
        yield from (token.stem for token in tokens if start <= token.start < end)
        for mention in mentions:
            if start <= mention.start and mention.end <= end:
                yield from (mention.concept, *thesaurus.broader(mention.concept))
