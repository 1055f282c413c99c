"""Where a line of the source can be made wrong, and how.

Left out is what no behaviour depends on: docstrings and other bare strings, imports,
annotations (but for the limits that `Meta` states in them), `Literal` and `TypeVar`
definitions, blocks under `TYPE_CHECKING`, `__all__`, what declares data as frozen or slotted,
and messages to people. A message is an f-string, a string with a space between two words, and
anything within `raise` or under one of the keywords in `_TEXTS`. Nor are arguments swapped
where their order does not matter.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
_DECLARATIONS = frozenset(("frozen", "slots", "gc", "kw_only", "forbid_unknown_fields", "strict"))
_TEXTS = frozenset(("help", "description", "examples", "metavar"))
_TYPES = frozenset(("Literal", "TypeVar", "isinstance", "issubclass", "cast"))
_COMMUTATIVE = frozenset(("max", "min"))
# Functions that take several names of elements, in any order.
_OF_NAMES = frozenset("elements walk first find outermost children_without plain".split())
_PROSE = re.compile(r"\w[,.:;’]? +\w")
_SKIPPED = (ast.Import, ast.ImportFrom, ast.JoinedStr, ast.Raise, ast.Global, ast.Nonlocal)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One change: the characters from `start` to `end` of a module become `after`."""

    module: str
    line: int
    start: int
    end: int
    operator: str
    before: str
    after: str
    text: str
    """The line, stripped: with module and change it names the place while lines move."""
    statement: tuple[int, int]
    """The first and last line of what runs or does not run with it."""

    @property
    def change(self) -> str:
        return f"{_one_line(self.before)} → {_one_line(self.after)}"

    def applied(self, source: str) -> str:
        return source[: self.start] + self.after + source[self.end :]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def places(module: str, source: str) -> list[Place]:
    """Every change that can be made to a module, in order."""
    return sorted(set(_Finder(module, source, ast.parse(source)).find()))


def is_another_program(place: Place, source: str) -> bool:
    """Whether the module can still be parsed with this change, and says something else."""
    try:
        changed = ast.parse(place.applied(source))
    except SyntaxError:
        return False
    return ast.dump(changed) != ast.dump(ast.parse(source))


class _Finder:
    def __init__(self, module: str, source: str, tree: ast.Module) -> None:
        self._module, self._source, self._tree = module, source, tree
        self._lines = source.splitlines()
        self._statement = (1, 1)
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def find(self) -> Iterator[Place]:
        yield from self._inside(self._tree, bound=False)

    def _inside(self, node: ast.AST, *, bound: bool) -> Iterator[Place]:
        """The places in a node; `bound` says that its numbers are a boundary."""
        if isinstance(node, ast.stmt):
            self._statement = _statement(node)
        if isinstance(node, _SKIPPED) or _is_for_types(node):
            if isinstance(node, ast.Raise):
                yield from self._deleted(node)
            return
        if isinstance(node, ast.stmt):
            yield from self._deleted(node)
        if isinstance(node, ast.Compare):
            yield from self._comparison(node)
        elif isinstance(node, ast.BoolOp | ast.UnaryOp):
            yield from self._boolean(node)
        elif isinstance(node, ast.Call):
            yield from self._swapped(node)
        elif isinstance(node, ast.Constant):
            yield from self._constant(node, bound)
        bound = bound or isinstance(node, ast.Compare | ast.Slice) or _is_range(node)
        statement = self._statement
        for child in _children(node):
            self._statement = statement
            yield from self._inside(child, bound=bound)

    def _comparison(self, node: ast.Compare) -> Iterator[Place]:
        operands = [node.left, *node.comparators]
        for place, operator in enumerate(node.ops):
            old, new = _COMPARISONS[type(operator)]
            yield from self._between(operands[place], operands[place + 1], "comparison", old, new)

    def _boolean(self, node: ast.BoolOp | ast.UnaryOp) -> Iterator[Place]:
        if isinstance(node, ast.BoolOp):
            old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            for left, right in zip(node.values, node.values[1:], strict=False):
                yield from self._between(left, right, "boolean", old, new)
        elif isinstance(node.op, ast.Not):
            start, end = self._span(node)[0], self._span(node.operand)[0]
            without = self._source[start:end].replace("not", "", 1).lstrip()
            rest = self._source[end : self._span(node)[1]]
            yield self._place(start, self._span(node)[1], "boolean", without + rest)

    def _between(
        self, left: ast.expr, right: ast.expr, operator: str, old: str, new: str
    ) -> Iterator[Place]:
        """An operator has no place of its own: it is what stands between its operands."""
        start, end = self._span(left)[1], self._span(right)[0]
        pattern = old.replace(" ", r"\s+")
        word = rf"\b{pattern}\b" if old[0].isalpha() else pattern
        found = re.search(word, self._source[start:end])
        if found:
            at = start + found.start()
            yield self._place(at, start + found.end(), operator, new)

    def _swapped(self, node: ast.Call) -> Iterator[Place]:
        for left, right in zip(node.args, node.args[1:], strict=False):
            if not _is_unordered(node, left, right):
                (start, mid), (later, end) = self._span(left), self._span(right)
                first, gap = self._source[start:mid], self._source[mid:later]
                swapped = self._source[later:end] + gap + first
                yield self._place(start, end, "swapped arguments", swapped)

    def _constant(self, node: ast.Constant, bound: bool) -> Iterator[Place]:
        start, end = self._span(node)
        value = node.value
        if isinstance(value, bool):
            yield self._place(start, end, "constant", repr(not value))
        elif isinstance(value, int | float):
            yield self._place(start, end, "boundary" if bound else "constant", f"{value + 1}")
            if bound:
                yield self._place(start, end, "boundary", f"{value - 1}")
        elif isinstance(value, str) and not _PROSE.search(value):
            yield self._place(start, end, "constant", '""' if value else '"x"')

    def _deleted(self, node: ast.stmt) -> Iterator[Place]:
        """Statements without which the rest still runs."""
        told = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        assigned = isinstance(node, ast.Assign) and isinstance(
            node.targets[0], ast.Attribute | ast.Subscript
        )
        if assigned or isinstance(
            node, ast.Expr | ast.AugAssign | ast.Raise | ast.Continue | ast.Break | ast.Delete
        ):
            start, end = self._span(node)
            if not told:
                yield self._place(start, end, "deleted statement", "pass")

    def _place(self, start: int, end: int, operator: str, after: str) -> Place:
        line = self._source.count("\n", 0, start) + 1
        before = self._source[start:end]
        text = self._lines[line - 1].strip()
        return Place(self._module, line, start, end, operator, before, after, text, self._statement)

    def _span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return (
            self._offset(node.lineno, node.col_offset),
            self._offset(node.end_lineno, node.end_col_offset),
        )

    def _offset(self, line: int, column: int) -> int:
        """Python counts columns in bytes of UTF-8."""
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:column].decode())


def _statement(node: ast.stmt) -> tuple[int, int]:
    """The lines of a statement, without those of its blocks; of a function those of its body, as
    a default or decorator runs at import and shows when the body runs."""
    assert node.end_lineno is not None
    if isinstance(node, ast.FunctionDef):
        return node.body[0].lineno, node.end_lineno
    if isinstance(node, ast.If | ast.For | ast.While | ast.With):
        return node.lineno, max(node.lineno, node.body[0].lineno - 1)
    return node.lineno, node.end_lineno


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST):
                continue
            if name in ("annotation", "returns", "type_params"):
                yield from _limits(child)
            elif not (isinstance(child, ast.keyword) and child.arg in _DECLARATIONS | _TEXTS):
                yield child


def _limits(annotation: ast.AST) -> Iterator[ast.AST]:
    """What `Meta(…)` in an annotation demands of a value."""
    for node in ast.walk(annotation):
        if isinstance(node, ast.Call) and _name(node.func) == "Meta":
            yield node


def _is_for_types(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return _name(node.test) == "TYPE_CHECKING"
    if isinstance(node, ast.Assign):
        return any(_name(target) in ("__all__", "__version__") for target in node.targets)
    if isinstance(node, ast.Subscript):
        return _name(node.value) in _TYPES
    return isinstance(node, ast.Call) and _name(node.func) in _TYPES


def _is_unordered(call: ast.Call, left: ast.expr, right: ast.expr) -> bool:
    """Whether the order of two arguments does not matter, or cannot be changed."""
    kinds = {type(left), type(right)}
    if ast.Starred in kinds or _name(call.func) in _COMMUTATIVE:
        return True
    return kinds == {ast.Constant} and _name(call.func) in _OF_NAMES


def _is_range(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _name(node.func) in ("range", "islice")


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
