"""No pattern of the package takes more than about linear work, whatever text it meets.

Work is counted in steps of `regex_work`, never timed. The hostile texts are derived from each
pattern: what it repeats, and what it looks for before that, over and over, ended so that the
match fails at the last moment.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from types import ModuleType
from typing import Any

import pytest
from regex_work import Groups, Program, Text, TooMuchWork, judge, parse

import poi_search

SIZES = (8, 32, 128, 512, 2048)
IDLE = 1.5
"""Steps per character of a text in which the pattern never gets on."""
MOST = 1000
"""Steps per character that are too many at any length."""
GROWTH = 6.5
"""Most steps for a text four times as long, compared with those for the text itself."""
COMMON = (" ", "1", "a", "A", ".", ",", "-", "(", "[", "\n", "<", "é", "Aa, ", " 1,", "a1", "a ",
          "1 ", "A. ", "a-", "[1", "(1", "1-", ", ", " -", "[ ", "ACGT")  # fmt: skip
MOST_OWN = 20
"""Of the texts after a pattern itself, so many are tried."""
CHARS = " 1aA.,;:-–([{)]}<>/\\\n'\"=*+~^&|?!_#%°β\ue000\ue001é"

FUNCTIONS = {"search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"}


@dataclass(frozen=True)
class Use:
    """A pattern of the package, with the way it is tried on a text."""

    place: str
    pattern: re.Pattern[Any]
    method: str

    def steps(self, text: Text, limit: int) -> int:
        """What it takes to try this pattern on a text; `limit` if it takes more."""
        program = _program(self.pattern)
        program.steps, program.limit = 0, limit
        try:
            if self.method == "finditer":
                for _ in program.finditer(text):
                    pass
            else:
                getattr(program, self.method)(text)
        except TooMuchWork:
            return limit
        return program.steps

    def found(self, text: Text) -> list[Groups]:
        """The boundaries of the matches and of their groups, by the counting matcher."""
        program = _program(self.pattern)
        program.steps, program.limit = 0, 1_000_000
        if self.method == "finditer":
            return list(program.finditer(text))
        found: Groups | None = getattr(program, self.method)(text)
        return [found] if found else []

    def expected(self, text: Text) -> list[Groups]:
        """The same by `re`."""
        if self.method == "finditer":
            matches = list(self.pattern.finditer(text))
        else:
            matches = [getattr(self.pattern, self.method)(text)]
        return [_boundaries(match) for match in matches if match]


def _boundaries(match: re.Match[Any]) -> Groups:
    groups = range(match.re.groups + 1)
    return tuple(boundary for group in groups for boundary in match.span(group))


@cache
def _program(pattern: re.Pattern[Any]) -> Program:
    return Program(pattern)


# The patterns


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(poi_search.__path__, "poi_search."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def uses() -> list[Use]:
    """Every pattern that a module compiles or hands to `re`, once for each way it is used."""
    found: dict[tuple[re.Pattern[Any], str], Use] = {}
    trees = {module: ast.parse(inspect.getsource(module)) for module in modules()}
    everywhere = _methods(*trees.values())
    for module, tree in trees.items():
        here = _methods(tree)
        for name, value in vars(module).items():
            methods = (here if name.startswith("_") else everywhere)[name] or {"finditer"}
            for pattern in _patterns(value):
                looped = _loops(tree, name, here) or {"finditer"}
                for method in methods if pattern is value else looped:
                    place = f"{module.__name__}.{name}"
                    found.setdefault((pattern, method), Use(place, pattern, method))
        for pattern, method, line in _inline(module, tree):
            place = f"{module.__name__}:{line}"
            found.setdefault((pattern, method), Use(place, pattern, method))
    return sorted(found.values(), key=lambda use: use.place)


def _patterns(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        yield from _patterns([*value.keys(), *value.values()])
    elif isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            yield from _patterns(item)


def _methods(*trees: ast.Module) -> defaultdict[str, set[str]]:
    """For each name, how it is called as a pattern: from one place only, or all through."""
    methods = defaultdict[str, set[str]](set)
    for tree in trees:
        for node in ast.walk(tree):
            if not isinstance(node, ast.Attribute) or node.attr == "pattern":
                continue
            name = getattr(node.value, "id", getattr(node.value, "attr", ""))
            if node.attr in FUNCTIONS:
                methods[name].add(_method(node.attr))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name = getattr(node.func.value, "id", getattr(node.func.value, "attr", ""))
                if node.func.attr == "match" and len(node.args) > 1:
                    methods[name].add("finditer")  # called at place after place
    return methods


def _loops(tree: ast.Module, name: str, methods: Mapping[str, set[str]]) -> set[str]:
    """How the patterns in a collection are called by the loops over it."""
    targets = [
        target
        for node in ast.walk(tree)
        if isinstance(node, ast.For | ast.comprehension)
        and name in {n.id for n in ast.walk(node.iter) if isinstance(n, ast.Name)}
        for target in ast.walk(node.target)
        if isinstance(target, ast.Name)
    ]
    return set().union(*(methods.get(target.id, set()) for target in targets))


def _method(name: str) -> str:
    return name if name in ("match", "fullmatch", "search") else "finditer"


def _inline(module: ModuleType, tree: ast.Module) -> Iterator[tuple[re.Pattern[Any], str, int]]:
    """The patterns written out in calls of `re`; none for those put together when called."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and getattr(node.func.value, "id", "") == "re"
            and node.func.attr in FUNCTIONS
        ):
            flags = [a for a in node.args[2:] + [k.value for k in node.keywords] if _is_flag(a)]
            try:
                source, *more = (_value(arg, module) for arg in (node.args[0], *flags))
                pattern = re.compile(source, *more)
            except NameError:
                continue
            yield pattern, _method(node.func.attr), node.lineno


def _is_flag(node: ast.expr) -> bool:
    return re.fullmatch(r"re\.[A-Z]+(?: \| re\.[A-Z]+)*", ast.unparse(node)) is not None


def _value(node: ast.expr, module: ModuleType) -> Any:
    return eval(compile(ast.Expression(node), "pattern", "eval"), vars(module))


# The hostile texts


class Sampler:
    """Texts made after the tree of a pattern."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self.tree = parse(pattern)
        self.bytes = isinstance(pattern.pattern, bytes)
        self.random = random.Random(str(pattern.pattern))
        self.pumps: set[tuple[str, str]] = set()
        self.chars: dict[int, list[str]] = {}
        self._collect(self.tree, "")

    def mixtures(self) -> Iterator[Text]:
        """Short texts that the pattern may match here and there."""
        for (text,) in islice(self.texts((14,)), 0, None, 47):
            shown = text.decode("latin-1") if isinstance(text, bytes) else text
            mixed = "".join(self.random.sample(shown, len(shown)))
            for one in (shown, mixed, mixed + self.sample(self.tree) + mixed):
                yield self._text(one)

    def sample(self, items: Any) -> str:
        return "".join(self._sample(str(op), value) for op, value in items)

    def _sample(self, op: str, value: Any) -> str:  # noqa: PLR0911
        match op:
            case "LITERAL":
                return chr(value)
            case "ANY" | "NOT_LITERAL" | "IN":
                return self.random.choice(self._fitting(op, value))
            case "BRANCH":
                return self.sample(self.random.choice(value[1]))
            case "SUBPATTERN":
                return self.sample(value[3])
            case "ATOMIC_GROUP":
                return self.sample(value)
            case "ASSERT" if value[0] < 0:
                return self.sample(value[1])
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                times = max(value[0], min(self.random.choice((0, 1, 2)), int(value[1])))
                return "".join(self.sample(value[2]) for _ in range(times))
        return ""

    def _fitting(self, op: str, value: Any) -> list[str]:
        key = id(value) if op == "IN" else hash((op, value))
        if key not in self.chars:
            one = judge(op, value, self.tree.state.flags & ~re.DEBUG)
            fits = [char for char in CHARS if one.match(self._text(char))]
            others = (chr(n) for n in range(256 if self.bytes else 0x3000))
            self.chars[key] = fits or [next(c for c in others if one.match(self._text(c)))]
        return self.chars[key]

    def _text(self, text: str) -> Text:
        return text.encode("latin-1", "replace") if self.bytes else text

    def _collect(self, items: Any, before: str) -> None:
        """Every beginning of the pattern, and everything that it repeats behind it."""
        for op, value in items:
            match str(op):
                case "BRANCH":
                    for branch in value[1]:
                        self._collect(branch, before)
                case "SUBPATTERN":
                    self._collect(value[3], before)
                case "ATOMIC_GROUP":
                    self._collect(value, before)
                case "ASSERT" | "ASSERT_NOT":
                    self._collect(value[1], before)
                case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                    for _ in range(3):
                        self.pumps.add((before, self.sample(value[2])))
                    self.pumps.add(("", before + self.sample(value[2])))
                    self._collect(value[2], before)
                case "IN" | "ANY" | "NOT_LITERAL":
                    for char in self._fitting(str(op), value)[:4]:
                        self.pumps.add((before, char))
            before += self._sample(str(op), value)
            self.pumps.add(("", before))

    def texts(self, sizes: Sequence[int] = SIZES) -> Iterator[Iterator[Text]]:
        """For each way to repeat something, the texts of all sizes, made as they are needed."""
        draw = random.Random(len(self.pumps))
        own = draw.sample(sorted(self.pumps), len(self.pumps))[:MOST_OWN]
        for before, unit in [*own, *(("a", unit) for unit in COMMON)]:
            end = draw.choice(("", "!x", "!x"))
            if unit:
                yield (
                    self._text((before + unit * (size // len(unit) + 1))[:size] + end)
                    for size in sizes
                )


def excess(use: Use) -> str:
    """A text at which the work of a pattern grows faster than its length; '' for none.

    A pattern with bounded repeats may need a longer text until its work grows evenly.
    """
    sampler = Sampler(use.pattern)
    for texts in sampler.texts():
        last = 0
        for text in texts:
            steps = use.steps(text, MOST * len(text))
            if steps >= MOST * len(text):
                return f"{text[:60]!r}…: over {MOST} steps per character"
            if steps <= IDLE * len(text) or steps < GROWTH * last:
                break
            last = steps
        else:
            return f"{text[:60]!r}…: {last // SIZES[-1]} steps per character"
    return ""


USES = uses()


@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.place}-{use.method}")
def test_work_is_linear(use: Use) -> None:
    assert not excess(use), use.pattern.pattern


@pytest.mark.parametrize(
    ("room", "before", "unit", "after"),
    [
        ("query.", "a", " ", "b [dp]"),
        ("query.", "a^1", "^1", "x"),
        ("readers.pdftext.", "John Smith", "1", "x"),
        ("readers.pdftext.", "", "ACGT", "-x"),
        ("readers.matter.", "key words", " ", "x"),
        ("references.", "", "Aa, ", ""),
        ("references.", "", "a, ", ""),
        ("references.", "", " 1,", ""),
        ("references.", "doi", " ", "10.1000/x"),
    ],
)
def test_twice_the_text_is_about_twice_the_work(
    room: str, before: str, unit: str, after: str
) -> None:
    """Every pattern of a room, on what once took seconds to hours."""

    def steps(use: Use, size: int) -> int:
        text = before + (unit * size)[:size] + after
        counted = use.steps(text, MOST * size)
        assert counted < MOST * size, use
        return counted

    of_room = [use for use in USES if use.place.startswith(f"poi_search.{room}")]
    assert of_room
    for use in of_room:
        assert steps(use, 960) < 2.5 * steps(use, 480), use


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s+x",
        r"\w*[A-Z]\w*[A-Z]\w*-",
        r"(?<=[a-z])((?:\d{1,2}|\*)(?:,?(?:\d{1,2}|\*))*)$",
        r"(?:,\s*\w+)*\s*[.,]?\s*$",
        r"<!--.*?-->",
        r"\[[^\]]*\]\([^)]*\)",
    ],
)
def test_too_much_work_is_seen(pattern: str) -> None:
    assert excess(Use("here", re.compile(pattern), "search"))


@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.place}-{use.method}")
def test_the_counting_matcher_finds_what_re_finds(use: Use) -> None:
    for text in Sampler(use.pattern).mixtures():
        assert use.found(text) == use.expected(text), text


@pytest.mark.parametrize(
    "pattern",
    [r"(?:a+)+b", r"(?i)(x?)(\1y)*?z", r"(?<=a)\bb*?(?!c)", r"(?>a*)ab?|a{2,3}+b", r"(?:(a)|b)*",
     r"((?:a?)*?b)*", r"(?:a*?|b)*c", r"(?:a|b){1,3}?c", r"(?m)^.$", r"(?:ab?c)*+", r"[^a]{2,}?c"],
)  # fmt: skip
def test_the_counting_matcher_backtracks_as_re_does(pattern: str) -> None:
    use = Use("here", re.compile(pattern), "finditer")
    draw = random.Random(pattern)
    for _ in range(300):
        text = "".join(draw.choices("aabbcxyzX\n", k=draw.randrange(9)))
        assert use.found(text) == use.expected(text), text
