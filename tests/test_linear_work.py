"""No pattern of the package takes more than about linear work, whatever text it meets.

Work is counted in steps of `regex_work`, never timed. The hostile texts are derived from each
pattern: what it repeats, and what it looks for before that, over and over, ended so that the
match fails at the last moment.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from regex_work import Groups, Program, Text, TooMuchWork, judge, parse
from trees import nodes

import poi_search

SIZES = (8, 32, 128, 512, 1024)
IDLE = 1.5
"""Steps per character of a text in which the pattern never gets on."""
MOST = 1000
"""Steps per character that are too many at any length."""
GROWTH = 1.35
"""The power of its length with which the steps for a text may grow at most."""
COMMON = (" ", "1", "a", "A", ".", ",", "-", "(", "[", "\n", "<", "é", "Aa, ", " 1,", "a1", "a ",
          "1 ", "A. ", "a-", "[1", "(1", "1-", ", ", " -", "[ ", "ACGT")  # fmt: skip
MOST_OWN = 20
"""Of the texts after a pattern itself, so many are tried."""
CHARS = " 1aA.,;:-–([{)]}<>/\\\n'\"=*+~^&|?!_#%°β\ue000\ue001é"

FUNCTIONS = {"search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"}


@dataclass(frozen=True)
class Use:
    """A pattern of the package, with the way it is tried on a text."""

    module: str
    name: str
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
    sources = [Source(module) for module in modules()]
    everywhere = defaultdict[str, set[str]](set)
    for source in sources:
        for name, methods in source.methods.items():
            everywhere[name] |= methods
    for source in sources:
        module, here = source.module, source.methods
        for name, value in vars(module).items():
            methods = (here if name.startswith("_") else everywhere)[name] or {"finditer"}
            for pattern in _patterns(value):
                chosen = source.loops(name) | here.get(name, set()) or {"finditer"}
                for method in methods if pattern is value else chosen:
                    use = Use(module.__name__, name, pattern, method)
                    found.setdefault((pattern, method), use)
        for pattern, method, line in source.inline():
            use = Use(module.__name__, f"line {line}", pattern, method)
            found.setdefault((pattern, method), use)
    return sorted(found.values(), key=lambda use: (use.module, use.name, use.method))


def _patterns(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        yield from _patterns([*value.keys(), *value.values()])
    elif isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            yield from _patterns(item)


class Source:
    """What the source of a module does with patterns."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        every = nodes(Path(str(module.__file__)))
        self._calls = [n for n in every if isinstance(n, ast.Call)]
        self._loops = [
            (_names(node.iter), _names(node.target))
            for node in every
            if isinstance(node, ast.For | ast.comprehension)
        ]
        self.methods = defaultdict[str, set[str]](set)
        """For each name, how it is called as a pattern."""
        for node in every:
            if isinstance(node, ast.Attribute) and node.attr in FUNCTIONS:
                self.methods[_name(node.value)].add(_method(node.attr))
        for call in self._calls:
            function = call.func
            if isinstance(function, ast.Attribute) and function.attr == "match" and call.args[1:]:
                self.methods[_name(function.value)].add("finditer")  # called at place after place

    def loops(self, name: str) -> set[str]:
        """How the patterns in a collection are called by the loops over it."""
        targets = [one for over, names in self._loops if name in over for one in names]
        return set().union(*(self.methods.get(target, set()) for target in targets))

    def inline(self) -> Iterator[tuple[re.Pattern[Any], str, int]]:
        """The patterns written out in calls of `re`; none for those put together when called."""
        for call in self._calls:
            function = call.func
            if (
                isinstance(function, ast.Attribute)
                and getattr(function.value, "id", "") == "re"
                and function.attr in FUNCTIONS
            ):
                flags = [a for a in call.args[2:] + [k.value for k in call.keywords] if _is_flag(a)]
                try:
                    source, *more = (_value(arg, self.module) for arg in (call.args[0], *flags))
                    pattern = re.compile(source, *more)
                except NameError:
                    continue
                yield pattern, _method(function.attr), call.lineno


def _names(node: ast.expr) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _name(node: ast.expr) -> str:
    """The name of a pattern, or of the table that it is looked up in."""
    node = node.value if isinstance(node, ast.Subscript) else node
    return str(getattr(node, "id", getattr(node, "attr", "")))


def _method(name: str) -> str:
    return name if name in ("match", "fullmatch", "search") else "finditer"


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
        for text, size, before in zip(texts, SIZES, (1, *SIZES), strict=False):
            steps = use.steps(text, MOST * len(text))
            if steps >= MOST * len(text):
                return f"{text[:60]!r}…: over {MOST} steps per character"
            if steps <= IDLE * len(text) or steps < last * (size / before) ** GROWTH:
                break
            last = steps
        else:
            return f"{text[:60]!r}…: {last // SIZES[-1]} steps per character"
    return ""


USES = uses()
BY_MODULE = {module: [*of_it] for module, of_it in groupby(USES, lambda use: use.module)}


@pytest.mark.parametrize("module", BY_MODULE)
def test_work_is_linear(module: str) -> None:
    for use in BY_MODULE[module]:
        assert not excess(use), use


@pytest.mark.parametrize(
    ("room", "before", "unit", "after"),
    [
        ("query", "a", " ", "b [dp]"),
        ("query", "a^1", "^1", "x"),
        ("readers.pdftext", "John Smith", "1", "x"),
        ("readers.pdftext", "", "ACGT", "-x"),
        ("readers.matter", "key words", " ", "x"),
        ("references", "", "Aa, ", ""),
        ("references", "", "a, ", ""),
        ("references", "", " 1,", ""),
        ("references", "doi", " ", "10.1000/x"),
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

    of_room = [use for use in USES if use.module.startswith(f"poi_search.{room}")]
    assert of_room
    for use in of_room:
        assert steps(use, 600) < 2.5 * steps(use, 300), use


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
    assert excess(Use("here", "it", re.compile(pattern), "search"))


@pytest.mark.parametrize("module", BY_MODULE)
def test_the_counting_matcher_finds_what_re_finds(module: str) -> None:
    for use in BY_MODULE[module]:
        for text in Sampler(use.pattern).mixtures():
            assert use.found(text) == use.expected(text), (use, text)


@pytest.mark.parametrize(
    "pattern",
    [r"(?:a+)+b", r"(?i)(x?)(\1y)*?z", r"(?<=a)\bb*?(?!c)", r"(?>a*)ab?|a{2,3}+b", r"(?:(a)|b)*",
     r"((?:a?)*?b)*", r"(?:a*?|b)*c", r"(?:a|b){1,3}?c", r"(?m)^.$", r"(?:ab?c)*+", r"[^a]{2,}?c"],
)  # fmt: skip
def test_the_counting_matcher_backtracks_as_re_does(pattern: str) -> None:
    use = Use("here", "it", re.compile(pattern), "finditer")
    draw = random.Random(pattern)
    for _ in range(300):
        text = "".join(draw.choices("aabbcxyzX\n", k=draw.randrange(9)))
        assert use.found(text) == use.expected(text), text
