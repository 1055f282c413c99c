"""A unit as recorded in the index, arranged for look-up. Nothing of it is analysed again."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from poi_search.index.entries import Stored
from poi_search.index.units import table_anchor
from poi_search.query.asks import Ask
from poi_search.results import Mark, ReferenceView, UnitView
from poi_search.search.field_spans import PrintedEntry
from poi_search.search.surroundings import Surroundings
from poi_search.text.analysis import fold
from poi_search.text.stemming import stem

_FIELDS = UnitView.__struct_fields__
_WHOLE = {"table": "the row", "figure": "the caption"}


class Recorded:
    """A unit's payload with its tokens and mentions arranged for look-up.

    `called` is what a reason calls it: 'the passage'. `surroundings` are added when a reason for a
    hit is looked for in them.
    """

    __slots__ = (
        "_entry",
        "after_url",
        "before_url",
        "called",
        "concepts",
        "exact_forms",
        "named",
        "page",
        "place",
        "places",
        "spans",
        "stems",
        "stored",
        "surroundings",
    )

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        # A hit has the same fields, but an address of its own.
        every = structs.astuple(stored.view)
        at = _FIELDS.index("url")
        self.before_url, self.after_url = every[:at], every[at + 1 :]
        self.page, sign, anchor = stored.view.url.partition("#")
        self.place = sign + anchor
        self.called = _called(stored.view)
        self.stems = stored.stems.split(" ") if stored.stems else []
        self.places: dict[str, list[int]] = {}
        for place, term in enumerate(self.stems):
            self.places.setdefault(term, []).append(place)
        self.spans: list[Mark] = list(zip(stored.starts, stored.ends, strict=True))
        self.concepts: dict[str, list[Mark]] = {}
        for concept, start, end, _inner in stored.mentions:
            span = _with_brackets(stored.view.text, start, end)
            self.concepts.setdefault(concept, []).append(span)
        self.named = frozenset(self.concepts)
        self.exact_forms: list[str] | None = None
        self.surroundings: Surroundings | None = None
        self._entry: PrintedEntry | None = None

    def has(self, stems: Sequence[str]) -> bool:
        """Whether its text has these stems in sequence."""
        return bool(stems) and bool(sequence(self, stems, self.places, self.stems))

    def entry(self, reference: ReferenceView) -> PrintedEntry:
        """The parts of the printed `reference` that it is; made when a mark is in it."""
        if self._entry is None:
            self._entry = PrintedEntry(self.stored.view.text, reference)
        return self._entry

    def exact(self) -> list[str]:
        """The tokens folded (no case, no accents); made when a quote or prefix needs them."""
        if self.exact_forms is None:
            text = self.stored.view.text
            self.exact_forms = [fold(text[start:end]) for start, end in self.spans]
        return self.exact_forms

    def words(self) -> list[str]:
        """The stems of its words, also of those printed as short forms: the fields have these."""
        return [stem(term.lower()) if term.isupper() else term for term in self.stems]

    def typed(self, ask: Ask) -> list[Mark]:
        """Where it has the words of an ask, in any of their wordings."""
        found = sequence(self, ask.pieces, self.places, self.stems)
        for other in ask.others:
            found = found + sequence(self, other, self.places, self.stems)
        return found


def _called(view: UnitView) -> str:
    """What a unit other than a reference is called."""
    if view.kind == "table" and not view.table:
        return "the notes of the table" if table_anchor(view.anchor) else "the caption of the table"
    return _WHOLE.get(view.kind, "the passage")


def sequence(
    unit: Recorded, pieces: Sequence[str], places: dict[str, list[int]], forms: Sequence[str]
) -> list[Mark]:
    """Where the pieces are in sequence, given the places of each of the forms."""
    starts = places.get(pieces[0])
    if not starts:
        return []
    if len(pieces) == 1:
        return [unit.spans[place] for place in starts]
    size, wanted, text = len(pieces), list(pieces), unit.stored.view.text
    return [
        _with_brackets(text, unit.spans[place][0], unit.spans[place + size - 1][1])
        for place in starts
        if forms[place : place + size] == wanted
    ]


def _with_brackets(text: str, start: int, end: int) -> Mark:
    """A span with the bracket just outside it whose other half it contains: of '(MSC)-derived', not
    'MSC)-derived'."""
    inside = text[start:end]
    opened, closed = inside.count("("), inside.count(")")
    if closed > opened and text[start - 1 : start] == "(":
        return start - 1, end
    if opened > closed and text[end : end + 1] == ")":
        return start, end + 1
    return start, end
