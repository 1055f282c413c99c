"""Does any text say the parts of a name close together, though not as the name is written?

'Transplantation of the kidney' names kidney transplantation, and 'exosomal miR-21' an exosomal
miRNA. A text that has the words far apart, or in different clauses, does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from poi_search.engine.nodes import AllOf, AnyOf, Term
from poi_search.engine.seam import Request
from poi_search.query.family_members import NamePart
from poi_search.query.name_queries import as_typed
from poi_search.query.weights import CONCEPT, TEXT
from poi_search.search.recorded import Recorded
from poi_search.search.snapshot import Snapshot
from poi_search.text.function_words import FUNCTION_WORDS

_BETWEEN = 2
"""At most as many other words are between the parts of a name."""
_CLAUSE_END = re.compile(r"[,;:()\[\]]|[.?!]\s")
_UNITS = 200


def lacks(snapshot: Snapshot, parts: Sequence[NamePart], in_sequence: bool = False) -> bool:
    """Whether no unit has all parts of a name close together, or in sequence, as words or as
    concepts."""
    if in_sequence and not any(concepts for _, concepts in parts):
        wordings = tuple(product(*(terms for terms, _ in parts)))
        return not snapshot.reader.count(as_typed(wordings, TEXT, 1.0))
    wanted = tuple(
        AnyOf(
            (
                *(Term(term, TEXT) for term in terms),
                *(Term(concept, CONCEPT) for concept in concepts),
            )
        )
        for terms, concepts in parts
    )
    hits = snapshot.reader.rank(Request(AllOf(wanted), limit=_UNITS)).hits
    units = (snapshot.recorded(hit.id, hit.payload) for hit in hits)
    is_name = _is_in_sequence if in_sequence else _is_name
    return not any(_has_near(unit, parts, snapshot.narrower, is_name) for unit in units)


def _has_near(
    unit: Recorded,
    parts: Sequence[NamePart],
    narrower: Callable[[str], frozenset[str]],
    is_name: Callable[[Recorded, list[int]], bool],
) -> bool:
    places = sorted(
        (place, number)
        for number, part in enumerate(parts)
        for place in _places(unit, part, narrower)
    )
    last: dict[int, int] = {}
    for place, number in places:
        last[number] = place
        if len(last) == len(parts) and is_name(unit, [last[each] for each in range(len(parts))]):
            return True
    return False


def _is_in_sequence(_unit: Recorded, places: list[int]) -> bool:
    return places == [*range(places[0], places[0] + len(places))]


def _is_name(unit: Recorded, places: list[int]) -> bool:
    """Whether parts at these places are a name: in their order, or turned round by a preposition,
    with few words between and in one clause."""
    first, end = min(places), max(places)
    if end - first >= len(places) + _BETWEEN:
        return False
    others = {unit.stems[place] for place in range(first, end) if place not in places}
    if places != sorted(places) and not others <= FUNCTION_WORDS:
        return False
    return not _CLAUSE_END.search(unit.stored.view.text, unit.spans[first][1], unit.spans[end][0])


def _places(
    unit: Recorded, part: NamePart, narrower: Callable[[str], frozenset[str]]
) -> Iterator[int]:
    """The tokens of a unit that are the word of a part, or are in a mention of its concepts."""
    terms, concepts = part
    for term in terms:
        yield from unit.places.get(term, ())
    named = frozenset().union(*map(narrower, concepts)) & unit.named
    spans = [span for concept in named for span in unit.concepts[concept]]
    for place, (start, end) in enumerate(unit.spans):
        if any(low <= start and end <= high for low, high in spans):
            yield place
