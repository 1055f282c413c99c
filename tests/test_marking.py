"""The marks on the page of an article."""

from __future__ import annotations

from poi_search.library import Library
from poi_search.query.asks import Ask
from poi_search.results import SearchRequest
from poi_search.search.expanded_asks import expand_asks
from poi_search.search.highlight import Found
from poi_search.search.marking import telling_marks
from poi_search.search.service import marks

ASKS = expand_asks(
    [
        Ask("side effects", (0, 12), ("side", "effect"), ("c",)),
        Ask("effects", (5, 12), ("effect",), part_of=0),
        Ask("cells", (13, 18), ("cell",)),
    ],
    lambda concept: frozenset((concept,)),
)
WHOLE, BARE, COMMON = (Found(0, 4, "typed", number) for number in range(3))


def test_bare_words_are_dropped_where_any_unit_has_more() -> None:
    assert telling_marks({"a": [WHOLE], "b": [BARE]}, ASKS, 9) == {"a": (WHOLE,)}
    assert telling_marks({"a": [BARE], "b": []}, ASKS, 9) == {"a": (BARE,)}


def test_what_is_in_most_units_is_dropped_unless_it_is_all() -> None:
    found = {"a": [WHOLE, COMMON], "b": [COMMON], "c": [COMMON], "d": []}
    assert telling_marks(found, ASKS, 4) == {"a": (WHOLE,)}
    assert telling_marks(found, ASKS, 6)["b"] == (COMMON,)
    assert telling_marks({"a": [COMMON], "b": [COMMON]}, ASKS, 2)["b"] == (COMMON,)


def marked(library: Library, question: str) -> list[str]:
    """What is marked in the review, the best answer first."""
    snapshot = library.snapshot()
    found = marks(snapshot, "shi-2022", SearchRequest(q=question))
    texts = {unit.stored.view.anchor: unit.stored.view.text for unit in snapshot.units("shi-2022")}
    return [texts[anchor][e.start : e.end] for anchor, spans in found.items() for e in spans]


def test_the_words_of_a_name_and_common_words_are_not_marked_in_the_review(
    library: Library,
) -> None:
    assert "effects" not in marked(library, "side effects")
    assert not {"cell", "cells", "Cell", "Cells"} & set(marked(library, "cell dose"))
    assert "cells" in marked(library, "cells")


def test_the_best_answer_comes_first(library: Library) -> None:
    found = library.search(SearchRequest(q="exosomes", per_page=100)).results
    shown = marks(library.snapshot(), "shi-2022", SearchRequest(q="exosomes"))
    assert list(shown) == [hit.anchor for hit in found if hit.marks]
