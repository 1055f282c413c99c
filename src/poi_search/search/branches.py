"""Which alternatives of a question a unit does not satisfy. Pure.

In `(exosomes AND rats) OR collagen`, a unit with exosomes but no rats was found for its collagen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from poi_search.query import tree

Holds = Callable[[tree.Node], bool]
"""Whether a unit satisfies a part of a question that is neither AND nor OR."""


def has_conjunctions(node: tree.Node) -> bool:
    """Whether one of several alternatives consists of parts that must all be satisfied."""
    match node:
        case tree.Or() | tree.Any():
            return any(isinstance(each, tree.And) for each in tree.walk(node))
        case tree.And():
            return any(has_conjunctions(child) for child in node.children)
    return False


def failed_branches(
    node: tree.Node, holds: Holds, *, alternative: bool = False
) -> Iterator[tree.Node]:
    """The conjunctions among alternatives that a unit does not satisfy; the question as a whole is
    satisfied."""
    match node:
        case tree.Or() | tree.Any():
            for child in node.children:
                yield from failed_branches(child, holds, alternative=True)
        case tree.And():
            if alternative and not _holds(node, holds):
                yield node
                return
            for child in node.children:
                yield from failed_branches(child, holds)


def _holds(node: tree.Node, holds: Holds) -> bool:
    match node:
        case tree.And():
            return all(_holds(child, holds) for child in node.children)
        case tree.Or() | tree.Any():
            return any(_holds(child, holds) for child in node.children)
    return holds(node)
