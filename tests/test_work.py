"""What a hostile question, line or article costs grows with its length, and no faster."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from work import calls

from poi_search.article import Abbreviation, Article, ReadError
from poi_search.query.syntax import parse
from poi_search.readers import pdftext
from poi_search.references.printed_entries import parse_entry
from poi_search.results import UnitView
from poi_search.text.sentences import sentences
from poi_search.web.article_page import article_text
from poi_search.web.short_forms import ShortForms

GROWTH = 2.6
"""Most calls for a text twice as long, compared with those for the text itself."""


def assert_linear(work: Callable[[int], object], size: int) -> None:
    work(size)  # what is kept for later is not counted
    work(2 * size)
    assert calls(lambda: work(2 * size)) < GROWTH * calls(lambda: work(size))


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


def test_a_text_of_abbreviations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a sentence may end, what is looked at does not reach back to its beginning."""
    lengths: list[int] = []

    class Recorder:
        def search(self, text: str, start: int, stop: int) -> bool:
            lengths.append(stop - start)
            return True

    monkeypatch.setattr("poi_search.text.sentences._NOT_AN_END", Recorder())
    sentences("approx. Fig. A. " * 100)
    assert len(lengths) > 100
    assert max(lengths) < 10


@pytest.mark.parametrize("name", ["{} B", "{} B.C.", "{}, B.C.", "B.C. {}", "{} B. C.", "{} Group"])
@pytest.mark.parametrize("separator", [", ", "; "])
@pytest.mark.parametrize(
    "rest",
    [". A title. J Name. 2018;34:320–6.", ", A title, J. Name 12 (2018) 34–45.",
     " A title. J. Name 12, 34–45 (2018).", " 2018, 12, 34–45.", " (2018) A title. J Name 12:3–4"],
)  # fmt: skip
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
