"""Headings of a converted text: how their lines are read, and how they are numbered."""

from __future__ import annotations

import pytest

from poi_search.article import Finding, Paragraph
from poi_search.readers.pdftext import read_text
from poi_search.readers.pdftext.chapter_numbers import number_chapters
from poi_search.readers.pdftext.headings import PrintedHeading
from poi_search.readers.pdftext.lines import read_lines
from poi_search.readers.pdftext.manuscript import Chapter
from poi_search.readers.pdftext.repair import SourceLine


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("A B S T R A C T", "ABSTRACT"),
        ("A R T I C L E  I N F O", "ARTICLE INFO"),
        ("A R T I C L E   I N F O", "ARTICLE INFO"),
        ("A B C", "A B C"),
        ("A B S T", "ABST"),
    ],
)
def test_capitals_set_apart_are_words(printed: str, text: str) -> None:
    (line,) = read_lines([SourceLine(1, printed)])
    assert line.text == text


def places(*headings: tuple[str, str, int]) -> list[str]:
    """The places of headings, each a printed number ('' without one), a title and a level."""
    chapters = []
    for number, title, level in headings:
        place = tuple(map(int, number.split("."))) if number else ()
        chapters.append(Chapter(PrintedHeading(title, number, place), level=level))
    return [".".join(map(str, place)) for place in number_chapters(chapters)]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        # Printed numbers are kept, however they count.
        ([("1", "Introduction", 0), ("3", "Results", 0)], ["1", "3"]),
        # The same number twice: the second gets the next free one.
        ([("1", "Introduction", 0), ("1", "Cells", 0)], ["1", "1.1"]),
        # Amid numbered headings a part of an article stands alone, any other is below the last.
        ([("2", "Effects", 0), ("", "Growth in vitro", 0)], ["2", "2.1"]),
        ([("2", "Effects", 0), ("", "Discussion", 0)], ["2", "3"]),
        ([("2", "Effects", 2), ("", "Growth in vitro", 2)], ["2", "2.1"]),
        ([("2", "Effects", 2), ("", "Growth in vitro", 1)], ["2", "3"]),
        # One before the first number is no part of it.
        ([("", "Growth in vitro", 0), ("1", "Introduction", 0)], ["0", "1"]),
        ([("", "Growth in vitro", 0), ("2", "Introduction", 0)], ["1", "2"]),
        ([("3", "Effects", 0), ("", "Others", 0), ("4", "End", 0)], ["3", "3.1", "4"]),
        ([("2", "B", 0), ("1.1", "C", 0), ("", "Results", 0)], ["2", "1.1", "3"]),
        # No deeper than six levels.
        ([("1.1.1.1.1", "A", 0), ("", "B", 0)], ["1.1.1.1.1", "1.1.1.1.1.1"]),
        ([("1.1.1.1.1.1", "A", 0), ("", "B", 0)], ["1.1.1.1.1.1", "1.1.1.1.1.2"]),
        # Without numbers, marks tell the depth; what a mark meant before, it means again.
        ([("", "A", 2), ("", "B", 3), ("", "C", 3), ("", "D", 2)], ["1", "1.1", "1.2", "2"]),
        ([("", "A", 2), ("", "B", 4), ("", "C", 3), ("", "D", 4)], ["1", "1.1", "1.2", "1.3"]),
        ([("", "A", 3), ("", "B", 2), ("", "C", 3)], ["1", "2", "3"]),
        # Capitals rank above others, if all are marked alike.
        ([("", "CELLS", 0), ("", "Growth", 0), ("", "MICE", 0)], ["1", "1.1", "2"]),
        ([("", "CELLS", 1), ("", "Growth", 2), ("", "MICE", 2)], ["1", "1.1", "1.2"]),
        # Without any, only sections that have subsections everywhere get them.
        ([("", "Methods", 0), ("", "Animals", 0), ("", "Results", 0)], ["1", "1.1", "2"]),
        ([("", "Cells", 0), ("", "Animals", 0)], ["1", "2"]),
    ],
)  # fmt: skip
def test_places_of_headings(headings: list[tuple[str, str, int]], expected: list[str]) -> None:
    assert places(*headings) == expected


def test_findings_say_where() -> None:
    text = "Cells of the ovary age, as has been shown by many in the past.[2]\n"
    article = read_text(f"# On cells\n\n## 1. Cells\n\n{text}\n## References\n\n[1] Doe J.\n")
    assert Finding("warning", "s1-p1", "[2] matches no reference in the list") in article.findings


INTEGRIN = (
    "The effect was mediated through the inhibition of integrin\n"
    "in stromal cells and in the ovary of mice that were given\n"
    "cyclophosphamide, and the follicles grew [1]."
)


def sections(body: str) -> list[tuple[str, str]]:
    """The heading and the text of each section after the abstract."""
    front = "Cells of the ovary: a review\n\nAnn B. Doe, Carl Evans\n\nAbstract\nThe review.\n\n"
    article = read_text(f"{front}{body}\n\nReferences\n1. Li X. Cells. J Res. 2003;20:15-8.\n")
    return [
        (one.heading, " ".join(p.prose.text for p in one.blocks if isinstance(p, Paragraph)))
        for one in article.sections[1:]
    ]


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        (
            f"1. Introduction\n{INTEGRIN}\n\n2. Sources of cells\n{INTEGRIN}",
            ["1 Introduction", "2 Sources of cells"],
        ),
        (
            f"1 Introduction\n{INTEGRIN}\n1.1 Cells of mice\n{INTEGRIN}",
            ["1 Introduction", "1.1 Cells of mice"],
        ),
        (
            "1. Introduction\nCells grew [1]. Mice did not.\n\n2. Cells\nCells grew [1].",
            ["1 Introduction", "2 Cells"],
        ),
        (
            f"1. Introduction\nCells grew.\n\n2. Cells\n2.1. Sources\n{INTEGRIN}",
            ["1 Introduction", "2 Cells", "2.1 Sources"],
        ),
        # The rest of a heading is no text.
        (
            f"1. Introduction\nCells grew.\n\n2. Effects of cells from the bone marrow on the\n"
            f"follicles of mice\n\n{INTEGRIN}",
            ["1 Introduction", "2 Effects of cells from the bone marrow on the follicles of mice"],
        ),
        (
            f"1. Introduction\nCells grew.\n\n2. The Role of Cells\n"
            f"Derived from Bone Marrow in Mice\n\n{INTEGRIN}",
            ["1 Introduction", "2 The Role of Cells Derived from Bone Marrow in Mice"],
        ),
    ],
)
def test_a_numbered_heading_right_above_its_text(body: str, titles: list[str]) -> None:
    found = sections(body)
    assert [heading for heading, _ in found] == titles
    assert found[-1][1].endswith("grew [1].")
