"""Which alternatives of a question are judged one by one."""

from __future__ import annotations

import pytest

from poi_search.query.syntax import parse
from poi_search.query.tree import Node, Words, walk
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


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("(exosomes AND rats) OR (exosomes AND collagen)", ["exosomes rats"]),
        ("(exosomes AND (rats OR mice)) OR collagen", []),
        ("(exosomes AND (rats OR pigs)) OR collagen", ["exosomes rats pigs"]),
        ("mice AND ((exosomes AND rats) OR collagen)", ["exosomes rats"]),
        ("exosomes AND rats", []),
    ],
)
def test_the_alternatives_that_do_not_hold(question: str, expected: list[str]) -> None:
    def holds(node: Node) -> bool:
        assert isinstance(node, Words)
        return node.text not in ("rats", "pigs")

    def words(node: Node) -> str:
        return " ".join(each.text for each in walk(node) if isinstance(each, Words))

    assert list(map(words, failed_branches(parse(question).tree, holds))) == expected
