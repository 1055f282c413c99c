"""Tables of JATS: groups, labels that go on, several headers in one frame, headers that fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import blocks
from homes import make_home

from poi_search.article import Article, Table
from poi_search.library import Library
from poi_search.readers import jats
from poi_search.web import create_app


def source_of(tables: str) -> str:
    return (
        "<article><front><article-meta><title-group><article-title>T</article-title></title-group>"
        "</article-meta></front><body><sec><title>A</title><table-wrap id='t'>"
        f"<label>Table 1</label><caption><p>Doses.</p></caption>{tables}</table-wrap></sec></body>"
        "</article>"
    )


def read(tables: str) -> Article:
    return jats.read(source_of(tables).encode(), "tables.xml", "tables")


def tables(source: str) -> list[Table]:
    return [block for block in blocks(read(source)).values() if isinstance(block, Table)]


def row(*cells: str, name: str = "td") -> str:
    """A row of cells; a text that is an element is one already."""
    inner = (one if one.startswith("<") else f"<{name}>{one}</{name}>" for one in cells)
    return f"<tr>{''.join(inner)}</tr>"


def grid(*rows: str, head: str = "") -> str:
    return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"


def lines(source: str) -> list[tuple[str, ...]]:
    """The cells of each row of the first table, the group before them."""
    return [(line.group, *(cell.text for cell in line.cells)) for line in tables(source)[0].rows]


HEAD = row("Food", "A", "B", name="th")


def test_a_blank_row_ends_a_group() -> None:
    rows = ("Men", "", ""), ("old", "1", "2"), ("", "", ""), ("All", "3", "4")
    assert lines(grid(*(row(*cells) for cells in rows), head=HEAD)) == [
        ("", "Men", "", ""),
        ("Men", "old", "1", "2"),
        ("", "All", "3", "4"),
    ]


def test_a_blank_row_under_its_heading_ends_nothing() -> None:
    rows = ("Men", "", ""), ("", "", ""), ("old", "1", "2"), ("young", "1", "2")
    assert [line[0] for line in lines(grid(*(row(*cells) for cells in rows), head=HEAD))] == [
        "",
        "Men",
        "Men",
    ]


@pytest.mark.parametrize(
    "indented",
    ["<td>\u2003old</td>", "<td>&#160;&#160;old</td>", "<td style='padding-left:10pt'>old</td>"],
)
def test_a_label_that_is_not_indented_ends_a_group_of_indented_ones(indented: str) -> None:
    rows = (
        row("Men", "", ""),
        row(indented, "1", "2"),
        row(indented, "5", "6"),
        row("All", "3", "4"),
    )
    assert [line[0] for line in lines(grid(*rows, head=HEAD))] == ["", "Men", "Men", ""]


def test_a_group_of_labels_that_are_not_indented_goes_on() -> None:
    rows = row("Men", "", ""), row("old", "1", "2"), row("All", "3", "4")
    assert [line[0] for line in lines(grid(*rows, head=HEAD))] == ["", "Men", "Men"]


def test_a_heading_over_the_other_columns_is_a_group_and_stands_once() -> None:
    rows = row("", "<td colspan='2'>Fruits (g)</td>"), row("Apple", "3", "4")
    assert lines(grid(*rows, head=HEAD)) == [
        ("", "", "Fruits (g)", ""),
        ("Fruits (g)", "Apple", "3", "4"),
    ]


def test_a_heading_beside_a_label_that_spans_rows_is_a_group() -> None:
    rows = (
        row("<td rowspan='3'>2019</td>", "<td colspan='2'>Men</td>"),
        row("1", "2"),
        row("3", "4"),
    )
    assert lines(grid(*rows, head=HEAD)) == [
        ("", "2019", "Men", ""),
        ("Men", "2019", "1", "2"),
        ("Men", "2019", "3", "4"),
    ]


def test_a_cell_over_some_columns_is_in_each_of_them() -> None:
    rows = row("Apple", "<td colspan='2'>not given</td>"), row("Pear", "1", "2")
    assert lines(grid(*rows, head=HEAD))[0] == ("", "Apple", "not given", "not given")


def test_headings_of_another_kind_directly_below_one_are_within_it() -> None:
    rows = (
        row("<td colspan='3'>Panel A</td>"),
        row("Men", "", ""),
        row("old", "1", "2"),
        row("Women", "", ""),
        row("old", "3", "4"),
        row("<td colspan='3'>Panel B</td>"),
        row("old", "5", "6"),
    )
    assert [line[0] for line in lines(grid(*rows, head=HEAD))] == [
        "",
        "Panel A",
        "Panel A: Men",
        "Panel A",
        "Panel A: Women",
        "",
        "Panel B",
    ]


def test_a_blank_label_means_the_one_above() -> None:
    rows = row("Sex", "male", "4"), row("", "female", "5"), row("Stage", "I", "6")
    assert [line[1:] for line in lines(grid(*rows, head=HEAD))] == [
        ("Sex", "male", "4"),
        ("Sex", "female", "5"),
        ("Stage", "I", "6"),
    ]


def test_several_blank_labels_mean_those_above_each_of_its_column() -> None:
    rows = row("Acute", "rat", "1"), row("", "dog", "2"), row("", "", "3")
    assert [line[1:] for line in lines(grid(*rows, head=HEAD))] == [
        ("Acute", "rat", "1"),
        ("Acute", "dog", "2"),
        ("Acute", "dog", "3"),
    ]


@pytest.mark.parametrize(
    "last",
    [("", "Total", "9"), ("", "p = 0.03", ""), ("", "", "0.03")],
    ids=["a total", "a test", "a value for several rows"],
)
def test_a_blank_label_that_may_mean_something_else_stays_and_is_reported(
    last: tuple[str, str, str],
) -> None:
    above = row("male", "4", "") if not last[1] else row("male", "4", "5")
    article = read(grid(row("male", "3", "2"), above, row(*last), head=HEAD))
    [table] = [block for block in blocks(article).values() if isinstance(block, Table)]
    assert tuple(cell.text for cell in table.rows[-1].cells) == last
    [finding] = article.findings
    assert (finding.severity, finding.place) == ("notice", "t1")
    assert finding.message.startswith("1 of 3 rows have no label in their first column")


def test_a_first_row_without_a_label_is_no_continuation() -> None:
    article = read(grid(row("", "mg", "g"), row("Apple", "3", "4"), head=HEAD))
    assert not article.findings
    [table] = [block for block in blocks(article).values() if isinstance(block, Table)]
    assert table.rows[0].cells[0].text == ""


def test_labels_do_not_go_on_after_a_blank_row_or_a_heading() -> None:
    for between in (row("", "", ""), row("Women", "", "")):
        found = lines(grid(row("Sex", "m", "4"), between, row("", "f", "5"), head=HEAD))
        assert found[-1][1:] == ("", "f", "5")


def test_the_groups_are_above_a_row_on_the_page(tmp_path: Path) -> None:
    rows = row("Men", "", ""), row("old", "1", "2"), row("young", "3", "4")
    place = make_home(tmp_path / "h", also={"t.xml": source_of(grid(*rows, head=HEAD))})
    Library.build(place)
    client = create_app(Library.open(place)).test_client()
    page = client.get("/search?q=young").text
    assert '<th scope="rowgroup" colspan="3" class="group">Men</th>' in page
    [found] = client.get("/api/search?q=young").get_json()["results"]
    assert found["table"]["group"] == "Men"
    assert "rowgroup" not in client.get("/search?q=food&kind=reference").text


SECOND = row("Drug", "Dose", "n", name="th")


@pytest.mark.parametrize(
    "source",
    [
        grid(row("Apple", "1", "2"), head=HEAD) + grid(row("Aspirin", "8", "9"), head=SECOND),
        grid(row("Apple", "1", "2"), SECOND, row("Aspirin", "8", "9"), head=HEAD),
        grid(HEAD, row("Apple", "1", "2"), SECOND, row("Aspirin", "8", "9")),
        "<table><tgroup cols='3'><thead><row><entry>Food</entry><entry>A</entry><entry>B</entry>"
        "</row></thead><tbody><row><entry>Apple</entry><entry>1</entry><entry>2</entry></row>"
        "</tbody></tgroup><tgroup cols='3'><thead><row><entry>Drug</entry><entry>Dose</entry>"
        "<entry>n</entry></row></thead><tbody><row><entry>Aspirin</entry><entry>8</entry>"
        "<entry>9</entry></row></tbody></tgroup></table>",
    ],
    ids=["two tables", "header within the body", "headers without a head", "two groups of CALS"],
)
def test_a_second_header_heads_a_table_of_its_own(source: str) -> None:
    first, second = tables(source + "<table-wrap-foot><p>Means.</p></table-wrap-foot>")
    assert (first.anchor, first.label, first.header) == ("t1", "Table 1", ("Food", "A", "B"))
    assert [line.anchor for line in first.rows] == ["t1-r1"]
    assert (second.anchor, second.label) == ("t1.2", "Table 1, part 2")
    assert second.caption.text == "Doses."
    assert second.header == ("Drug", "Dose", "n")
    assert [(line.anchor, line.cells[0].text) for line in second.rows] == [("t1.2-r1", "Aspirin")]
    assert (first.notes, second.notes and second.notes.prose.text) == (None, "Means.")


@pytest.mark.parametrize("head", [HEAD, ""], ids=["the same header", "no header"])
def test_a_second_table_with_the_same_columns_goes_on_with_the_first(head: str) -> None:
    source = grid(row("Apple", "1", "2"), head=HEAD) + grid(row("Pear", "3", "4"), head=head)
    [table] = tables(source)
    assert [(line.anchor, line.cells[0].text) for line in table.rows] == [
        ("t1-r1", "Apple"),
        ("t1-r2", "Pear"),
    ]


def test_a_second_table_of_another_width_has_no_header() -> None:
    first, second = tables(grid(row("Apple", "1", "2"), head=HEAD) + grid(row("Pear", "3")))
    assert (first.header, second.header) == (("Food", "A", "B"), ())


def test_a_header_narrower_than_every_row_names_no_column() -> None:
    [table] = tables(grid(row("Apple", "1", "2"), head=row("A", "B", name="th")))
    assert table.header == ()
    assert [[cell.text for cell in line.cells] for line in table.rows] == [
        ["A", "B", ""],
        ["Apple", "1", "2"],
    ]


def test_a_header_of_names_and_values_is_a_row() -> None:
    head = row("Mean", "0.81", "SD", "7.1E-003", name="th")
    [table] = tables(grid(row("C.V.", "1.2", "PRESS", "3"), head=head))
    assert table.header == ()
    assert table.rows[0].cells[1].text == "0.81"


def test_doses_in_a_header_name_columns() -> None:
    head = row("Dose", "0.5", "1.0", "2.0", name="th")
    [table] = tables(grid(row("Rats", "1", "2", "3"), head=head))
    assert table.header == ("Dose", "0.5", "1.0", "2.0")


def test_a_heading_over_some_columns_of_the_header_is_in_each_of_them() -> None:
    head = row("", "<th colspan='2'>Cells</th>", name="th") + row("Dish", "day 1", "day 2")
    [table] = tables(grid(row("A", "1", "2"), head=head))
    assert table.header == ("Dish", "Cells / day 1", "Cells / day 2")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Pregnancies<xref ref-type='table-fn' rid='n'>e</xref>", "Pregnancies^e"),
        ("35%<xref ref-type='fn' rid='n'>1</xref>", "35%¹"),
        ("Live <xref ref-type='table-fn' rid='n'>e</xref>", "Live e"),
        ("See <xref ref-type='table-fn' rid='n'>the note</xref>", "See the note"),
        ("Live<xref ref-type='table-fn' rid='n'><sup>e</sup></xref>", "Live^e"),
    ],
)
def test_the_sign_of_a_note_does_not_run_into_the_word(cell: str, expected: str) -> None:
    [table] = tables(grid(row(f"<td>{cell}</td>", "1", "2"), head=HEAD))
    assert table.rows[0].cells[0].text == expected


def test_a_raised_number_in_the_notes_on_a_table_is_the_sign_of_a_note() -> None:
    source = (
        "<article><front><article-meta><title-group><article-title>T</article-title></title-group>"
        "</article-meta></front><body><p>Cells grow here.<sup>1</sup></p><table-wrap>"
        + grid(row("Apple", "1", "2"), head=HEAD)
        + "<table-wrap-foot><p>Adjusted for age. <sup>1</sup> Only women.</p></table-wrap-foot>"
        "</table-wrap></body><back><ref-list><ref id='r'><label>1</label><mixed-citation>Li X."
        " Cells. J X. 2020;1:2-3.</mixed-citation></ref></ref-list></back></article>"
    )
    found = blocks(jats.read(source.encode(), "notes.xml", "notes"))
    table = next(block for block in found.values() if isinstance(block, Table))
    assert table.notes is not None
    assert table.notes.prose.text == "Adjusted for age. ¹ Only women."
    assert not table.notes.prose.citations


def test_rows_that_are_all_in_the_head_are_rows() -> None:
    rows = row("Source", "BM") + row("Dose", "low")
    [table] = tables(f"<table><thead>{rows}</thead></table>")
    assert table.header == ()
    assert [[cell.text for cell in line.cells] for line in table.rows] == [
        ["Source", "BM"],
        ["Dose", "low"],
    ]


def test_a_second_head_in_one_table_heads_what_follows_it() -> None:
    first = f"<thead>{HEAD}</thead><tbody>{row('Apple', '1', '2')}</tbody>"
    second = f"<thead>{SECOND}</thead><tbody>{row('Aspirin', '8', '9')}</tbody>"
    assert [
        (one.header, one.rows[0].cells[0].text) for one in tables(f"<table>{first}{second}</table>")
    ] == [
        (("Food", "A", "B"), "Apple"),
        (("Drug", "Dose", "n"), "Aspirin"),
    ]


@pytest.mark.parametrize(
    ("label", "group"),
    [
        (row("AMH", ""), ""),
        (row("<td><bold>Hormones</bold></td>", ""), "Hormones"),
        (row("<td colspan='2'>Hormones</td>"), "Hormones"),
    ],
    ids=["a missing value", "in bold", "over both columns"],
)
def test_a_label_alone_in_two_columns_is_a_group_only_if_it_is_told(label: str, group: str) -> None:
    found = lines(grid(row("FSH", "1"), label, row("KIT", "2"), head=row("Gene", "n", name="th")))
    assert found[-1] == (group, "KIT", "2")


def test_an_indented_row_below_tells_a_group_in_two_columns() -> None:
    rows = row("Hormones", ""), row("<td>\u2003AMH</td>", "2")
    found = lines(grid(*rows, head=row("Gene", "n", name="th")))
    assert found[-1] == ("Hormones", "AMH", "2")


def test_a_header_of_one_text_over_two_columns_heads_the_rows() -> None:
    rows = row("Temperature", "9"), row("<td colspan='2'>Second-order</td>"), row("Time", "4")
    [table] = tables(grid(*rows, head=row("Main effects", name="th")))
    assert table.header == ()
    assert [(line.group, line.cells[0].text) for line in table.rows] == [
        ("Main effects", "Temperature"),
        ("", "Second-order"),
        ("Second-order", "Time"),
    ]
