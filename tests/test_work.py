"""What a hostile question, line or article costs grows with its length, and no faster."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import ModuleType

import pytest
from work import calls, steps

from poi_search.article import Abbreviation, Article, ReadError
from poi_search.query.syntax import parse
from poi_search.readers import drafts, pdftext
from poi_search.readers.pdftext import (
    assembly,
    blocks,
    chapter_numbers,
    float_collector,
    manuscript,
    reference_lines,
)
from poi_search.readers.pdftext.headings import PrintedHeading
from poi_search.readers.pdftext.manuscript import Chapter
from poi_search.references.printed_entries import parse_entry
from poi_search.results import UnitView
from poi_search.text.sentences import sentences
from poi_search.web.article_page import article_text
from poi_search.web.short_forms import ShortForms

GROWTH = 2.6
"""Most calls for a text twice as long, compared with those for the text itself."""


STEP_GROWTH = 2.1
"""The same for the steps within a few modules, which do little for each block."""


def assert_linear(work: Callable[[int], object], size: int) -> None:
    work(size // 4)  # what is made once for all texts is not counted
    assert calls(lambda: work(2 * size)) < GROWTH * calls(lambda: work(size))


def assert_few_steps(work: Callable[[int], object], size: int, *modules: ModuleType) -> None:
    few, many = (steps(partial(work, n), *modules) for n in (size, 2 * size))
    assert 0 < many < STEP_GROWTH * few


def filled(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


@pytest.mark.parametrize(
    "unit",
    [" ", "a ", '"', "(", "(a", "a(b)", "-(", "NOT (", "a^1", "a~", "a[dp]", "2018 ", "au:", "["],
)  # fmt: skip
def test_a_question(unit: str) -> None:
    assert_linear(lambda size: parse(filled(unit, size - 7) + " b [dp]"), 256)


@pytest.mark.parametrize(
    "unit",
    ["a", " ", "1", "ACGT", "A. ", "Aa, ", " 1,", "[1]", "[", "![", "$a$ ", "MSC = cell, ",
     "(2018) ", "Fig. 1, ", "et al., ", "1. Entry A. Title. J. 2018;1:2.\n", "Some line.\n",
     "Aa Bb, Cc Dd\n"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["front", "text", "reference"])
def test_a_line_of_a_converted_text(unit: str, place: str) -> None:
    def read(size: int) -> None:
        more = {place: filled(unit, size)}
        source = (
            f"# A title\n\nJohn Smith, Ann Abel{more.get('front', '')}\n\n# 1. Introduction\n\n"
            f"Some words here. {more.get('text', '')}\n\n"
            f"# References\n\n1. Abel A, Cain C. {more.get('reference', '')} 2018;34:320-6.\n"
        )
        with suppress(ReadError):
            pdftext.read(source.encode(), "a.txt", "a")

    assert_linear(read, 700)


def converted(text: str = "Some words here.", entries: str = "") -> bytes:
    first = "1. Abel A, Cain C. A title. J Name. 2018;34:320-6."
    return (
        "# A title\n\nJohn Smith, Ann Abel\n\n## Abstract\n\nSome words.\n\n"
        f"## 1 Introduction\n\n{text}\n\n## References\n\n{first}\n{entries}"
    ).encode()


@pytest.mark.parametrize(
    "unit",
    ["## A\n\n", "## A\n\nSome words.\n\n", "## Results\n\n### A\n\n", "Table 1 A\n\n",
     "Table {n} A\n\n", "Table {n} A\n\n## B\n\n", "Table 1 A\n\nb\n\n", "b\n\n", "- a\n",
     "## Funding\n\nSome words.\n\n"],
)  # fmt: skip
def test_blocks_of_a_converted_text(unit: str) -> None:
    def read(count: int) -> None:
        text = "".join(unit.format(n=n) for n in range(1, count + 1))
        pdftext.read(converted(f"Some words here.\n\nTable 1 A\n\n{text}"), "a.md", "a")

    assert_few_steps(read, 100, assembly, chapter_numbers, float_collector, manuscript)


class Recorder:
    """A pattern, and the longest text that was searched with it."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.times = self.longest = 0
        self._pattern = pattern

    def search(self, text: str) -> object:
        return self._record(text).search(text)

    def finditer(self, text: str) -> object:
        return self._record(text).finditer(text)

    def _record(self, text: str) -> re.Pattern[str]:
        self.times += 1
        self.longest = max(self.longest, len(text))
        return self._pattern


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("_DATE", "1. A b.\n"),
        ("_ENTRY_END", "1. A b. C d. 2010;1:2.\n"),
        ("_BROKEN_ADDRESS", "1. A b.\n"),
    ],
)
def test_an_entry_of_many_lines(name: str, unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """To add a line to an entry, only the line before it is read again."""
    pattern = Recorder(getattr(reference_lines, name))
    monkeypatch.setattr(reference_lines, name, pattern)
    pdftext.read(converted(entries="2. B.\n" + unit * 100), "a.md", "a")
    assert pattern.times >= 99
    assert pattern.longest < 60


def test_a_paragraph_of_many_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a paragraph is complete is told from its end."""
    pattern = Recorder(blocks._MARKERS)
    monkeypatch.setattr(blocks, "_MARKERS", pattern)
    pdftext.read(
        converted("A paragraph that is long enough to go on\n\n" + "a 1\n\n" * 400), "a", "a"
    )
    assert pattern.times > 400
    assert pattern.longest <= 500


@pytest.mark.parametrize("printed", [(), (1,)])
@pytest.mark.parametrize("level", [0, 2])
def test_the_numbers_of_many_headings(printed: tuple[int, ...], level: int) -> None:
    headings = [PrintedHeading("Background", place=printed), *[PrintedHeading("A")] * 100]
    places = chapter_numbers.number_chapters([Chapter(heading, level) for heading in headings])
    assert len(set(places)) == len(headings)
    assert max(map(len, places)) <= 6


def test_headings_that_return_to_the_same_place() -> None:
    def number(count: int) -> None:
        places = [(1,), *[(2, n) for n in range(1, count)]]
        printed = [PrintedHeading("A", place=place) for place in places]
        chapters = [
            Chapter(one) for pair in zip(printed, bodies(count), strict=True) for one in pair
        ]
        chapter_numbers.number_chapters(chapters)

    def bodies(count: int) -> list[PrintedHeading]:
        return [PrintedHeading("Results")] * count

    assert_few_steps(number, 100, chapter_numbers)


def test_names_and_numbers_that_recur() -> None:
    def name(count: int) -> list[str]:
        slugs = drafts.Slugs()
        return [slugs.slug("Funding") for _ in range(count)]

    assert name(3) == ["funding", "funding-2", "funding-3"]
    assert_few_steps(name, 50, drafts)
    assert drafts.number_floats([2, 0, 2, 1]) == [2, 3, 4, 1]


def test_a_text_of_abbreviations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a sentence may end, what is looked at does not reach back to its beginning."""
    lengths: list[int] = []

    class Spans:
        def search(self, text: str, start: int, stop: int) -> bool:
            lengths.append(stop - start)
            return True

    monkeypatch.setattr("poi_search.text.sentences._NOT_AN_END", Spans())
    sentences("approx. Fig. A. " * 100)
    assert len(lengths) > 100
    assert max(lengths) < 10


NAMES = ("{} B", "{} B.C.", "{}, B.C.", "B.C. {}", "{} B. C.", "{} Group")
RESTS = (
    ". A title. J Name. 2018;34:320–6.",
    ", A title, J. Name 12 (2018) 34–45.",
    " A title. J. Name 12, 34–45 (2018).",
    " 2018, 12, 34–45.",
    " (2018) A title. J Name 12:3–4",
)
ENTRIES = [
    (name, ", " if (at + place) % 2 else "; ", rest)  # each name and each rest with both
    for at, name in enumerate(NAMES)
    for place, rest in enumerate(RESTS)
]


@pytest.mark.parametrize(("name", "separator", "rest"), ENTRIES)
def test_a_reference_of_many_authors(name: str, separator: str, rest: str) -> None:
    def entry(count: int) -> None:
        names = [name.format(f"A{chr(97 + n % 26)}{chr(97 + n // 26)}") for n in range(count)]
        parse_entry(1, separator.join(names) + rest)

    # Nothing is kept from one count for the other: the names at the end differ.
    assert_linear(entry, 140)


def test_a_reference_of_a_consortium() -> None:
    def entry(count: int) -> None:
        members = ", ".join(f"A{chr(97 + n % 26)}{chr(97 + n // 26)} B" for n in range(count))
        read = parse_entry(1, f"{members}, Example Consortium. A title. J Name. 2018;34:320-6.")
        assert len(read.names) == count + 1

    assert_linear(entry, 165)


def test_the_abbreviations_on_a_page() -> None:
    """What a paragraph costs does not depend on how many abbreviations the article has."""

    def page(count: int) -> Callable[[], object]:
        short = [f"AB{n}" for n in range(count)]
        article = Article(
            "a", "A", abbreviations=tuple(Abbreviation(s, f"long {s}", "x") for s in short)
        )
        text = "AB1 and AB2 are short forms."
        unit = UnitView("a/p", "section", "a", "p", "", "", None, text, ())
        read = article_text(article, [unit], {})
        read.unit("p")  # the look-up is made once for a page
        return lambda: read.unit("p")

    few, many = page(10), page(1000)
    assert str(few()).count("<abbr") == 2
    assert few() == many()
    assert calls(many) == calls(few)


def test_a_page_of_many_abbreviations_and_paragraphs() -> None:
    def page(count: int) -> None:
        short = [f"AB{n}" for n in range(count)]
        article = Article(
            "a", "A", abbreviations=tuple(Abbreviation(s, f"long {s}", "x") for s in short)
        )
        units = [
            UnitView(f"a/p{n}", "section", "a", f"p{n}", "", "", None, f"Cells of AB{n}.", ())
            for n in range(count)
        ]
        read = article_text(article, units, {})
        assert all("<abbr" in read.unit(unit.anchor) for unit in units)

    assert_linear(page, 200)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("MSC, MSCs and (MSC)", [(0, "MSC"), (15, "MSC")]),
        ("hMSC xMSC", []),
        ("TGF-β1 and TGF", [(0, "TGF"), (0, "TGF-β1"), (11, "TGF")]),
        ("TGF-β12", [(0, "TGF")]),
        ("of CD4+ cells, not CD4+x", [(3, "CD4+")]),
        ("the (R)-form", [(4, "(R)-form")]),
    ],
)
def test_short_forms_are_words_of_their_own(text: str, places: list[tuple[int, str]]) -> None:
    forms = ShortForms(["MSC", "TGF", "TGF-β1", "CD4+", "(R)-form", ""])
    assert sorted(forms.find(text)) == places


def test_an_abbreviation_is_shown_by_its_last_meaning_elsewhere() -> None:
    defined = [("SC", "stem cell", "x"), ("SC", "single cell", "y"), ("SC", "own", "p")]
    article = Article("a", "A", abbreviations=tuple(Abbreviation(*one) for one in defined))

    def shown(text: str) -> str:
        unit = UnitView("a/p", "section", "a", "p", "", "", None, text, ())
        return str(article_text(article, [unit], {}).unit("p"))

    assert shown("b-SC or SC, SC") == 'b-SC or <abbr title="single cell">SC</abbr>, SC'
    assert shown("A Single Cell (SC)") == "A Single Cell (SC)"
