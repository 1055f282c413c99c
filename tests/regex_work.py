"""A backtracking matcher that counts its steps, to test how the work of a pattern grows.

It runs the tree that the standard library parses a pattern into and backtracks in the same
order as `re`, so it finds the same matches. A step is one look at a character, an anchor or
an assertion, or one return to an earlier choice. Single characters and anchors are judged by
`re` itself, as are runs of a repeated character. Places where no match can begin, and where
what follows a repeated character does not fit, are one step each.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

_PARSER: Any = importlib.import_module("re._parser")
_COMPILER: Any = importlib.import_module("re._compiler")
_SINGLE = ("LITERAL", "NOT_LITERAL", "ANY", "IN")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_GLOBAL_FLAGS = re.DEBUG

Text = str | bytes
Groups = tuple[int, ...]


class TooMuchWork(Exception):  # noqa: N818  # says what happened
    """The matcher was stopped at its limit of steps."""


def parse(pattern: re.Pattern[Any]) -> Any:
    """The tree of a compiled pattern."""
    return _PARSER.parse(pattern.pattern, pattern.flags & ~_GLOBAL_FLAGS)


class Fits(dict[Any, bool]):
    """Whether a character is one that an item stands for, found out once."""

    def __init__(self, test: re.Pattern[Any] | None = None) -> None:
        self._test = test

    def __missing__(self, char: Text) -> bool:
        assert self._test
        self[char] = fits = self._test.match(char) is not None
        return fits


class Beginnings(dict[Any, bool]):
    """Whether a match may begin with a character, found out once."""

    def __init__(self, firsts: list[Node]) -> None:
        self._firsts = firsts

    def __missing__(self, char: Text) -> bool:
        self[char] = begins = any(one.fits[char] for one in self._firsts)
        return begins


@dataclass(slots=True, eq=False)
class Node:
    """One instruction, and the one that follows it."""

    op: str
    next: Node | None = None
    test: re.Pattern[Any] | None = None
    fits: Fits = field(default_factory=Fits)
    run: Callable[[Any, int], re.Match[Any] | None] | None = None
    inner: Node | None = None
    branches: tuple[Node, ...] = ()
    ways: dict[Any, tuple[Node, ...]] = field(default_factory=dict)
    least: int = 0
    most: int = 0
    number: int = 0
    flags: int = 0
    ahead: Fits | None = None
    """What the character after a repeat must be; None if there need not be one."""

    cost: int = 1
    """The steps from a place where that does not fit to the next: ends of groups are passed."""

    def __post_init__(self) -> None:
        node = self.next
        while node and node.op == "SAVE":
            node, self.cost = node.next, self.cost + 1
        if node and node.op == "ONE":
            self.ahead = node.fits
            self.cost += self.cost > 1


_END = Node("END")


class Program:
    """A pattern as instructions; `search`, `match` and `finditer` count the steps they take."""

    def __init__(self, pattern: re.Pattern[Any], limit: int = 2_000_000) -> None:
        tree = parse(pattern)
        self.limit = limit
        self.steps = 0
        self._loops = 0
        self._size = 2 * (pattern.groups + 1)
        whole = self._sequence(tree, pattern.flags & ~_GLOBAL_FLAGS, _END)
        self._start = Node("BRANCH", branches=(whole,))
        firsts = _firsts(whole)
        self._begins = None if firsts is None else Beginnings(firsts)

    def match(self, text: Text, start: int = 0) -> Groups | None:
        """The boundaries of a match that begins at `start`, and of its groups."""
        return self._match(text, start, range(len(text) + 1))

    def fullmatch(self, text: Text) -> Groups | None:
        """The boundaries of a match of the whole of `text`, and of its groups."""
        return self._match(text, 0, range(len(text), len(text) + 1))

    def search(self, text: Text) -> Groups | None:
        """The boundaries of the first match in `text`, and of its groups."""
        return next(self.finditer(text), None)

    def finditer(self, text: Text) -> Iterator[Groups]:
        """All matches that do not overlap, as `re.finditer` finds them."""
        at, least, size = 0, 0, len(text)
        begins = self._begins
        while at <= size:
            if begins is not None:
                before = at
                while at < size and not begins[text[at : at + 1]]:
                    at += 1
                self.steps += at - before
                least = max(least, at)
            found = self._match(text, at, range(least, len(text) + 1))
            if found:
                yield found
                # After an empty match, the next one at this place must not be empty.
                least = found[1] + (found[1] == found[0])
                at = found[1]
            else:
                at += 1
                least = at

    def _match(self, text: Text, start: int, ends: range) -> Groups | None:
        blank, loops = (-1,) * self._size, (0, -1) * self._loops
        found = self._run(self._start, text, start, blank, loops, ends)
        return (start, found[0], *found[1][2:]) if found else None

    # From the tree to instructions, back to front

    def _sequence(self, items: Any, flags: int, after: Node) -> Node:
        for op, value in reversed(list(items)):
            after = self._node(str(op), value, flags, after)
        return after

    def _node(self, op: str, value: Any, flags: int, after: Node) -> Node:  # noqa: PLR0911
        match op:
            case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN":
                return _one("ONE", after, judge(op, value, flags))
            case "AT":
                return Node("AT", after, judge(op, value, flags))
            case "BRANCH":
                branches = tuple(self._sequence(b, flags, after) for b in value[1])
                return Node("BRANCH", branches=branches)
            case "SUBPATTERN":
                group, added, removed, items = value
                inner = (flags | added) & ~removed
                if group is None:
                    return self._sequence(items, inner, after)
                close = Node("SAVE", after, number=2 * group + 1)
                return Node("SAVE", self._sequence(items, inner, close), number=2 * group)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return self._repeat(op, value, flags, after)
            case "ATOMIC_GROUP":
                return Node("ATOMIC", after, inner=self._sequence(value, flags, _END))
            case "ASSERT" | "ASSERT_NOT":
                back = value[1].getwidth()[0] if value[0] < 0 else 0
                inner_node = self._sequence(value[1], flags, _END)
                return Node(op, after, inner=inner_node, number=back)
            case "GROUPREF":
                return Node(op, after, number=value, flags=flags)
            case "FAILURE":
                return Node(op)
        raise NotImplementedError(f"{op} in a pattern")

    def _repeat(self, op: str, value: Any, flags: int, after: Node) -> Node:
        least, most, items = value
        if len(items) == 1 and str(items[0][0]) in _SINGLE:
            test = judge(str(items[0][0]), items[0][1], flags)
            node = _one(f"{op}_ONE", after, test)
            run = least if op == "MIN_REPEAT" else most
            node.run = _compiled(_item("MAX_REPEAT", (0, run, items)), flags).match
            node.least, node.most = least, int(most)
            return node
        if op == "POSSESSIVE_REPEAT":
            inner = self._sequence(items, flags, _END)
            return Node(op, after, inner=inner, least=least, most=int(most))
        loop = Node(op, after, least=least, most=int(most), number=2 * self._loops)
        self._loops += 1
        loop.inner = self._sequence(items, flags, loop)
        return Node("ENTER", loop, number=loop.number)

    # The run

    def _run(  # noqa: PLR0912, PLR0915
        self,
        node: Node | None,
        text: Text,
        pos: int,
        groups: Groups,
        loops: Groups,
        ends: range | None = None,
    ) -> tuple[int, Groups] | None:
        size = len(text)
        steps, limit = self.steps, self.limit
        # What is left to try: an instruction with its state, and, for a repeated character,
        # the last place (greedy: first place) down (up) to which it may be taken up again.
        stack: list[tuple[Node | None, int, Groups, Groups, int]] = []
        while True:
            failed = False
            assert node is not None
            steps += 1
            if steps > limit:
                raise TooMuchWork
            op = node.op
            if op == "ONE":
                if pos < size and node.fits[text[pos : pos + 1]]:
                    node, pos = node.next, pos + 1
                else:
                    failed = True
            elif op == "END":
                if ends is None or pos in ends:
                    self.steps = steps
                    return pos, groups
                failed = True
            elif op in ("MAX_REPEAT_ONE", "POSSESSIVE_REPEAT_ONE"):
                taken = _taken(node, text, pos)
                steps += taken
                if taken < node.least:
                    failed = True
                else:
                    if op == "MAX_REPEAT_ONE" and taken > node.least:
                        state = (pos + taken - 1, groups, loops, pos + node.least)
                        stack.append((node, *state))
                    node, pos = node.next, pos + taken
            elif op == "MIN_REPEAT_ONE":
                least, most = node.least, node.most
                taken = _taken(node, text, pos)
                steps += taken
                if taken < least:
                    failed = True
                else:
                    stack.append((node, pos + least, groups, loops, pos + most))
                    node, pos = node.next, pos + least
            elif op == "AT":
                assert node.test
                if node.test.match(text, pos):
                    node = node.next
                else:
                    failed = True
            elif op == "BRANCH":
                ways = _ways(node, text[pos : pos + 1])
                stack += [(other, pos, groups, loops, -1) for other in ways[:0:-1]]
                node = ways[0] if ways else _NEVER
            elif op == "SAVE":
                at = node.number
                groups = (*groups[:at], pos, *groups[at + 1 :])
                node = node.next
            elif op == "ENTER":
                at = node.number
                loops = (*loops[:at], 0, -1, *loops[at + 2 :])
                node = node.next
            elif op in ("MAX_REPEAT", "MIN_REPEAT"):
                at = node.number
                count, last = loops[at], loops[at + 1]
                again = count < node.most and (count < node.least or pos != last)
                more = (*loops[:at], count + 1, pos, *loops[at + 2 :])
                if count < node.least:
                    node, loops = node.inner, more
                elif not again:
                    node = node.next
                elif op == "MAX_REPEAT":
                    stack.append((node.next, pos, groups, loops, -1))
                    node, loops = node.inner, more
                else:
                    stack.append((node.inner, pos, groups, more, -1))
                    node = node.next
            elif op == "POSSESSIVE_REPEAT":
                count, here = 0, (pos, groups)
                while count < node.most:
                    self.steps = steps
                    found = self._run(node.inner, text, *here, loops)
                    steps = self.steps
                    if found is None or (count >= node.least and found[0] == here[0]):
                        break
                    count, here = count + 1, found
                if count < node.least:
                    failed = True
                else:
                    node, (pos, groups) = node.next, here
            elif op in ("ATOMIC", "ASSERT", "ASSERT_NOT"):
                start = pos - node.number
                self.steps = steps
                found = self._run(node.inner, text, start, groups, loops) if start >= 0 else None
                steps = self.steps
                if (found is None) != (op == "ASSERT_NOT"):
                    failed = True
                else:
                    if found:
                        groups = found[1]
                        pos = found[0] if op == "ATOMIC" else pos
                    node = node.next
            elif op == "GROUPREF":
                first, past = groups[2 * node.number : 2 * node.number + 2]
                length = past - first
                steps += _alike(text[first:past], text[pos : pos + max(length, 0)])
                if past < 0 or not _same(text[first:past], text[pos : pos + length], node.flags):
                    failed = True
                else:
                    node, pos = node.next, pos + length
            else:
                failed = True
            if failed:
                if not stack:
                    self.steps = steps
                    return None
                node, pos, groups, loops, other = stack.pop()
                if node and node.op == "MAX_REPEAT_ONE" and other >= 0:
                    ahead, start = node.ahead, pos
                    while ahead is not None and not (pos < size and ahead[text[pos : pos + 1]]):
                        pos -= 1
                        if pos < other:
                            break
                    steps += node.cost * (start - pos)
                    if pos > other:
                        stack.append((node, pos - 1, groups, loops, other))
                    node = node.next if pos >= other else _NEVER
                elif node and node.op == "MIN_REPEAT_ONE" and other >= 0:
                    ahead, start, fits, cost = node.ahead, pos, node.fits, node.cost
                    end = other if other < size else size
                    while pos < end and fits[text[pos : pos + 1]]:
                        pos += 1
                        if ahead is None or (pos < size and ahead[text[pos : pos + 1]]):
                            stack.append((node, pos, groups, loops, other))
                            node = node.next
                            break
                    else:
                        node = _NEVER
                    steps += cost * (pos - start)


_NEVER = Node("FAILURE")


def _taken(node: Node, text: Text, pos: int) -> int:
    """How many characters from `pos` a repeat takes: all it may, or if lazy, all it must."""
    run = node.run(text, pos) if node.run else None
    return run.end() - pos if run else 0


def judge(op: str, value: Any, flags: int) -> re.Pattern[Any]:
    """A pattern of the one item, compiled from its tree."""
    return _compiled(_item(op, value), flags)


def _item(op: str, value: Any) -> tuple[Any, Any]:
    return getattr(importlib.import_module("re._constants"), op), value


_known: dict[tuple[str, int], re.Pattern[Any]] = {}


def _compiled(item: tuple[Any, Any], flags: int) -> re.Pattern[Any]:
    """A pattern of the one item; most items stand in many patterns."""
    key = repr(item), flags
    if key not in _known:
        state = _PARSER.State()
        state.flags = flags
        _known[key] = _COMPILER.compile(_PARSER.SubPattern(state, [item]), flags)
    return _known[key]


def _one(op: str, after: Node, test: re.Pattern[Any]) -> Node:
    return Node(op, after, test, Fits(test))


def _ways(node: Node, char: Text) -> tuple[Node, ...]:
    """The branches that `char` can begin, which `re` looks up as well."""
    ways = node.ways.get(char)
    if ways is None:
        firsts = [(branch, _firsts(branch)) for branch in node.branches]
        ways = node.ways[char] = tuple(
            branch
            for branch, first in firsts
            if first is None or (char and any(one.fits[char] for one in first))
        )
    return ways


def _firsts(start: Node) -> list[Node] | None:
    """The characters that can come first; None if there need not be one."""
    found: list[Node] = []
    node: Node | None = start
    while node is not None:
        if node.op in ("ONE", "MAX_REPEAT_ONE", "MIN_REPEAT_ONE", "POSSESSIVE_REPEAT_ONE"):
            found.append(node)
            if node.op == "ONE" or node.least:
                return found
        elif node.op == "BRANCH":
            parts = [_firsts(branch) for branch in node.branches]
            return None if None in parts else [*found, *(one for p in parts if p for one in p)]
        elif node.op == "ENTER" and (loop := node.next) and loop.least:
            node = loop.inner
            continue
        elif node.op not in ("AT", "SAVE", "ASSERT_NOT"):
            return None
        node = node.next
    return None


def _alike(first: Text, second: Text) -> int:
    """How many characters are compared until two differ."""
    pairs = enumerate(zip(first, second, strict=False), 1)
    return next((at for at, (one, other) in pairs if one != other), min(len(first), len(second)))


def _same(first: Text, second: Text, flags: int) -> bool:
    return first.lower() == second.lower() if flags & re.IGNORECASE else first == second
