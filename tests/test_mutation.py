"""The wrong lines that `make mutants` draws from: each operator's, and none where nothing can go
wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from mutants import Recorded, equivalents
from mutation.places import is_another_program, places

PACKAGE = Path(__file__).parents[1] / "src" / "poi_search"


def changes(source: str) -> list[tuple[str, str]]:
    return [
        (place.operator, place.change)
        for place in places("m.py", source)
        if is_another_program(place, source)
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a < b", [("comparison", "< → <=")]),
        ("x = a not in b", [("comparison", "not in → in")]),
        ("x = a is b == c", [("comparison", "is → is not"), ("comparison", "== → !=")]),
        ("é = a > 2", [("comparison", "> → >="), ("boundary", "2 → 1"), ("boundary", "2 → 3")]),
        ("x = a[1:]", [("boundary", "1 → 0"), ("boundary", "1 → 2")]),
        ("x = 0.5", [("constant", "0.5 → 1.5")]),
        ("x = True", [("constant", "True → False")]),
        ("x = 'ab'", [("constant", "'ab' → \"\"")]),
        ("x = ''", [("constant", "'' → \"x\"")]),
        ("x = a and b or c", [("boolean", "and → or"), ("boolean", "or → and")]),
        ("x = not (a)", [("boolean", "not (a) → (a)")]),
        ("f(a, b)", [
            ("deleted statement", "f(a, b) → pass"), ("swapped arguments", "a, b → b, a"),
        ]),
        ("x.y += z", [("deleted statement", "x.y += z → pass")]),
        ("x.y = z", [("deleted statement", "x.y = z → pass")]),
        ("def f(a: Annotated[int, Meta(ge=1, description='x')]): ...", [("constant", "1 → 2")]),
    ],
)  # fmt: skip
def test_what_each_operator_changes(source: str, expected: list[tuple[str, str]]) -> None:
    assert changes(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        '"""A text."""',
        "import a",
        "__all__ = ['a']",
        "Kind = Literal['a', 'b']",
        "x: Map[str, 'y'] = z",
        "if TYPE_CHECKING:\n    x = 1",
        "@dataclass(frozen=True)\nclass A: ...",
        "x = 'words for people'",
        "x = f'{1}'",
        "x = isinstance(a, b)",
        "x = max(a, b)",
        "x = node.walk(*a, *b)",
        "x = a.walk('words for', 'people also')",
        "x = y",
    ],
)
def test_where_nothing_can_go_wrong(source: str) -> None:
    assert changes(source) == []


def test_a_place_knows_its_line_and_is_applied_there() -> None:
    source = "é = 'ü'\n\nif ä:\n    x = ö < 3  # why\n"
    (place,) = (one for one in places("m.py", source) if one.after == "<=")
    assert (place.line, place.text) == (4, "x = ö < 3  # why")
    assert place.applied(source) == source.replace("<", "<=")


def test_a_place_knows_the_statement_it_runs_with() -> None:
    source = "def f(a=1):\n    if (a\n            > 2):\n        return g(\n            3)\n"
    statements = {one.before: one.statement for one in places("m.py", source)}
    assert statements == {"1": (2, 5), ">": (2, 3), "2": (2, 3), "3": (4, 5)}


def test_what_cannot_be_noticed_is_still_in_the_source() -> None:
    for module, line, change in equivalents():
        source = (PACKAGE / module).read_text(encoding="utf-8")
        changes = {place.change for place in places(module, source) if place.text == line}
        assert change in changes if change else changes, (module, line)


def test_the_tests_that_run_a_statement() -> None:
    source = "a = h(lambda x: b, 1)\n@d(3)\ndef f():\n    return g(\n        2)\n"
    constants = [one for one in places("m.py", source) if one.operator == "constant"]
    outer, decorator, inner = sorted(constants)
    tests = Recorded(
        seconds={"slow": 2.0, "quick": 1.0, "home": 0.1, "other": 0.5},
        fixtures={"slow": ["shared"], "quick": [], "home": ["home"], "other": []},
        lines={"m.py": {"1": ["import", "quick"], "4": ["fixture shared", "home"], "5": []}},
    )
    assert tests.of(inner) == ["slow", "home"]
    assert tests.of(decorator) == ["slow", "home", "other", "quick"]
    assert tests.of(outer) == ["quick", "other", "slow", "home"]
    assert sorted(replace(tests, lines={}).of(inner)) == ["home", "other", "quick", "slow"]
