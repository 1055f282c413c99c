"""The text that is made of the layout of a PDF's pages."""

from __future__ import annotations

from typing import Any

import pytest
from pdf_layouts import LAYOUT, LEFT, WIDTH, box, line, page, span

from poi_search.readers.pdf import read_converted
from poi_search.readers.pdf.columns import in_reading_order
from poi_search.readers.pdf.page_text import pages_text
from poi_search.readers.pdf.spans import line_text, mend_characters
from poi_search.readers.pdftext.plain_text import CONTINUES, WRAP


def text_of(*boxes: dict[str, Any]) -> list[str]:
    """The blocks of a third page, where headings within a paragraph are looked for."""
    return blocks(pages_text([page(), page(), page(*boxes)]).split("\f")[3])


def blocks(text: str) -> list[str]:
    return [block for block in text.split("\n\n") if block.strip()]


def test_an_article_is_read_with_its_pages() -> None:
    article = read_converted(pages_text(LAYOUT), "cells.pdf", "cells")
    assert article.title == "Growth of cells in the treated ovary of mice"
    assert [author.name.family for author in article.authors] == ["Doe", "Evans"]
    assert (article.journal, article.year, article.doi) == ("J Cells", 2019, "10.1000/cells.7")
    assert [section.title for section in article.sections] == [
        "Abstract",
        "Introduction",
        "Results",
    ]
    assert [one.title for one in article.references] == ["Study of cells", "Study of rats"]
    where = {anchor: entry.line for entry in article.ledger for anchor in entry.where}
    assert article.place_of(where["s1-p1"]).startswith("p. 1, line ")
    assert article.place_of(where["ref-2"]).startswith("p. 2, line ")


def test_printed_lines_are_joined_and_their_ends_marked() -> None:
    assert text_of(box("text", "The follow-", "up of women")) == [f"The follow-{WRAP}up of women\n"]


@pytest.mark.parametrize(
    ("kind", "level", "shown"),
    [
        ("title", 1, "# Cells"),
        ("section-header", 3, "### Cells"),
        ("section-header", 9, "###### Cells"),
        ("caption", 1, "Cells"),
        ("list-item", 1, "- Cells"),
        ("page-footer", 1, "<!-- running head: Cells -->"),
        ("picture", 1, "<!-- picture: Cells -->"),
    ],
)
def test_kinds_of_boxes(kind: str, level: int, shown: str) -> None:
    assert text_of(box(kind, "Cells", header_level=level)) == [f"{shown}\n"]


def test_a_framed_text_is_text_and_not_a_picture() -> None:
    frame = box("picture", *["It has a text of sentences as prose"] * 3)
    assert text_of(frame)[0].startswith("It has a text")


def test_the_type_of_article_is_no_part_of_the_title() -> None:
    assert text_of(box("title", "Research Article", "Cells and rats")) == [
        "Research Article",
        "# Cells and rats\n",
    ]


def test_an_indented_line_begins_a_paragraph_and_a_hanging_one_an_entry() -> None:
    flush, indented = line("It was so."), line("And then no more.", x=LEFT + 10)
    prose = box("text", flush, flush, flush, indented, flush, flush)
    assert [block.count(WRAP) for block in text_of(prose)] == [2, 2]
    entries = box("text", flush, indented, flush, indented, indented)
    assert [block.count(WRAP) for block in text_of(entries)] == [1, 2]


def test_an_indented_line_within_a_sentence_begins_nothing() -> None:
    prose = box("text", *["it goes on and"] * 4, line("on and on", x=LEFT + 10), "and on")
    assert len(text_of(prose)) == 1


def test_the_next_number_begins_an_entry() -> None:
    entries = box("text", "[1] Li X. Cells", "[3] and no entry", "[2] Wu Y. Rats", "3. too")
    assert [block[:3] for block in text_of(entries)] == ["[1]", "[2]", "3. "]


def test_an_entry_ends_with_the_names_of_its_links() -> None:
    entries = box("text", "Li X. Cells. 2001.", "PubMed Abstract | Publisher Full Text", "Wu Y.")
    assert [block.strip() for block in text_of(entries)][1] == "Wu Y."


def bold(text: str, **more: Any) -> dict[str, Any]:
    return span(text, font="Serif-Bold", **more)


@pytest.mark.parametrize(
    ("label", "rest", "found"),
    [
        (bold("Statistical analysis"), "We used means of them all.", "###### Statistical analysis"),
        (span("2.1. Soil.", font="Serif-It"), "Samples were taken.", "###### 2.1. Soil."),
        (span("Conclusions", font="Other"), "It was so in all.", "###### Conclusions"),
        (span("Canis lupus", font="Serif-It"), "was seen in all of it.", ""),
        (span("Nothing known", font="Other"), "It was so in all.", ""),
        (bold("Table 1"), "Doses that were given.", ""),
        (bold("Li X, Wu Y."), "Cells of rats in the ovary.", ""),
    ],
)
def test_a_heading_in_other_type_before_its_paragraph(
    label: dict[str, Any], rest: str, found: str
) -> None:
    shown = text_of(box("text", line(label, span(rest, label["bbox"][2] + 5))))
    assert (shown[0] if len(shown) > 1 else "") == found


def test_on_a_title_page_only_names_of_parts_are_headings() -> None:
    first = box("text", line(bold("Published by"), " The Press of it all"))
    second = box("text", line(bold("Abstract"), " The review covers cells"))
    shown = blocks(pages_text([page(first, second)]))
    assert [one.strip() for one in shown] == [
        "Published by The Press of it all",
        "###### Abstract",
        "The review covers cells",
    ]


def test_a_column_that_begins_without_an_indent_goes_on() -> None:
    def column(indent: float, x: float) -> dict[str, Any]:
        first = line("It was so", x=x + indent)
        lines = [first, line("and more", x=x), line("and more.", x=x)]
        return box("text", *lines, x0=x, x1=x + WIDTH)

    left = [column(10, LEFT) for _ in range(10)]
    shown = text_of(*left, column(0, LEFT + 2 * WIDTH), column(10, LEFT + 2 * WIDTH))
    assert [block.startswith(CONTINUES) for block in shown] == [*[False] * 10, True, False]


def placed(text: str, x: float, y: float, kind: str = "text", width: float = WIDTH) -> Any:
    return box(kind, text, x0=x, x1=x + width, y0=y, y1=y + 10)


RIGHT = 300.0


@pytest.mark.parametrize(
    ("more", "order"),
    [
        ([], "left1 left2 right1 right2"),
        ([placed("wide", LEFT, 115, "table", 500)], "left1 right1 wide left2 right2"),
        ([placed("head", RIGHT, 10, "page-header")], "head left1 left2 right1 right2"),
        ([placed("low", LEFT, 300), placed("end", RIGHT, 300)],
         "left1 left2 right1 right2 low end"),
        ([placed("side", 200, 300)], "left1 right1 left2 right2 side"),
    ],
)  # fmt: skip
def test_columns_are_read_one_after_the_other(more: list[Any], order: str) -> None:
    rows = [placed("left1", LEFT, 100), placed("right1", RIGHT, 100)]
    rows += [placed("left2", LEFT, 130), placed("right2", RIGHT, 130)]
    read = in_reading_order({"boxes": [*rows, *more], "width": 600.0})
    assert " ".join(one["textlines"][0]["spans"][0]["text"] for one in read) == order


def test_one_column_beside_a_margin_stays_in_order() -> None:
    boxes = [placed(str(number), 200.0, 100.0 - number, width=350.0) for number in range(4)]
    assert in_reading_order({"boxes": boxes, "width": 600.0}) == boxes


def test_numbers_in_the_margin_are_left_out() -> None:
    words = ("The effect was", "mediated by cells", "in the mice and", "in rats of both", "groups.")
    glued = box("text", *(f"{number} {text}" for number, text in enumerate(words, 7)))
    apart = box("text", *(line(f"{n}", span(t, LEFT + 30)) for n, t in enumerate(words, 12)))
    column = box("text", *map(str, range(17, 25)))
    whole = WRAP.join(words)
    aside = "<!-- margin: 17 18 19 20 21 22 23 24 -->\n"
    assert text_of(glued, apart, column) == [whole, whole, aside]


def test_a_table_is_one_block_with_its_line_ends() -> None:
    table = {"html": "<table><tr><th>A<br/>b</th></tr>\n<tr><td>1</td></tr></table>"}
    assert text_of(box("table", table=table)) == [
        f"<table><tr><th>A{WRAP}b</th></tr> <tr><td>1</td></tr></table>\n"
    ]
    grid = {"extract": [["A", "B|c"], [None, "1\n2"]]}
    assert text_of(box("table", table=grid)) == [f"|A|B\\|c|\n|---|---|\n||1{WRAP}2|\n"]
    assert text_of(box("table", table={"extract": []})) == []


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ((span("cells", 50, right=75), span("2", 75, 96, flags=1)), "cells<sup>2</sup>"),
        ((span("Dodd", 50, right=75), span("1", 75, 96, size=6)), "Dodd<sup>1</sup>"),
        ((span("H", 50, right=55), span("2", 55, 102, size=6)), "H2"),
        ((span("fib", 50, right=65), span("rosis", 65)), "fibrosis"),
        ((span("of", 50, right=60), span("rats", 64)), "of rats"),
        ((span("P* of a_b at $5", 50),), r"P\* of a\_b at \$5"),
    ],
)
def test_the_text_of_a_line(spans: tuple[dict[str, Any], ...], shown: str) -> None:
    assert line_text(line(*spans)) == shown


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("W. R¨omer", "W. Römer"),
        ("Rodr´ıguez", "Rodríguez"),
        ("Do¨rr", "Dörr"),
        ("Carra´ A, Sa´ JC", "Carrá A, Sá JC"),
        ("Pedro´s, M¨ uller, Ju¨ rgens", "Pedrós, Müller, Jürgens"),
        ("Espan˜a, Espa˜na", "España, España"),
        ("\U0001d443 < 0.05", "P < 0.05"),
        ("a\u0007b\ue123c", "abc"),
        ("´x", "´x"),
    ],
)
def test_characters_of_odd_fonts(printed: str, shown: str) -> None:
    assert mend_characters(printed) == shown
