"""Which alternatives of a question are judged one by one."""

from __future__ import annotations

import pytest

from poi_search.query.syntax import parse
from poi_search.query.tree import Node, Words
from poi_search.search.branches import failed_branches, has_conjunctions


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("exosomes", False),
        ("exosomes OR rats", False),
        ("exosomes AND rats", False),
        ("(exosomes AND rats) OR collagen", True),
        ("mice AND ((exosomes AND rats) OR collagen)", True),
    ],
)
def test_only_conjunctions_among_alternatives_can_fail(question: str, expected: bool) -> None:
    assert has_conjunctions(parse(question).tree) is expected


def test_the_alternative_that_does_not_hold() -> None:
    def holds(node: Node) -> bool:
        return isinstance(node, Words) and node.text != "rats"

    question = "(exosomes AND rats) OR (exosomes AND collagen)"
    (failed,) = failed_branches(parse(question).tree, holds)
    assert question[slice(*failed.span)].strip("()") == "exosomes AND rats"
    assert not list(failed_branches(parse("exosomes AND rats").tree, holds))
