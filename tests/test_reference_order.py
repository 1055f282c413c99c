"""Lists of references that are printed out of order, or without numbers."""

from __future__ import annotations

import pytest

from poi_search.article import Reference
from poi_search.readers.pdftext import read_text

PROSE = "Cells grow with time in the ovary of the treated mice, as was seen in many studies [1]."


def entry(number: int) -> str:
    return f"Li X, Xie J. Study {number} of cells. J Immunol Res. 2002;20:15-8."


def references(*lines: str) -> tuple[tuple[Reference, ...], list[str]]:
    listed = "\n\n".join(lines)
    text = f"# On cells of the ovary\n\n## Introduction\n\n{PROSE}\n\n## References\n\n{listed}"
    found = read_text(text)
    return found.references, [finding.message for finding in found.findings]


def orders() -> list[list[int]]:
    whole = list(range(1, 25))
    return [
        whole,
        [*whole[:12], *whole[18:], *whole[12:18]],  # columns
        [*whole[12:], *whole[:12]],
        [*whole[:6], 8, 7, *whole[8:]],
        whole[::-1],
        [*whole[:8], *whole[14:]],  # a page is lost
    ]


@pytest.mark.parametrize("order", orders())
@pytest.mark.parametrize("form", ["{}. ", "[{}] ", "({}) ", "- [{}] "])
@pytest.mark.parametrize("glue", ["\n\n", "\n"])
def test_each_entry_has_its_number(order: list[int], form: str, glue: str) -> None:
    lines = [form.format(number) + entry(number) for number in order]
    found, messages = references(glue.join(lines))
    assert [one.number for one in found] == sorted(order)
    assert all(one.title == f"Study {one.number} of cells" for one in found)
    assert any("out of order" in message for message in messages) == (order != sorted(order))


def test_a_number_that_begins_a_line_within_an_entry_is_none() -> None:
    broken = "2. Li X, Xie J. Study 2 of cells. Ann Study\n7. 2002;20:15-8."
    found, _ = references(f"1. {entry(1)}\n{broken}\n3. {entry(3)}\n4. {entry(4)}")
    assert [one.number for one in found] == [1, 2, 3, 4]


def test_a_number_is_never_given_twice() -> None:
    again = [f"{number}. {entry(number)}" for number in (1, 2, 3, 4)]
    found, _ = references(*again, *again)
    assert [one.number for one in found] == [1, 2, 3, 4]


@pytest.mark.parametrize("mark", ["", "- ", "* "])
def test_entries_without_numbers_are_numbered_by_place(mark: str) -> None:
    found, _ = references(*(mark + entry(number) for number in range(1, 8)))
    assert [one.title for one in found] == [f"Study {number} of cells" for number in range(1, 8)]
    assert [one.number for one in found] == list(range(1, 8))


def test_the_list_goes_on_after_what_stands_between() -> None:
    lines = [f"{number}. {entry(number)}" for number in range(1, 7)]
    between = "Cite this article as: Doe A. On cells. J Res. 2002;2:3."
    found, _ = references(*lines[:3], between, *lines[3:])
    assert [one.number for one in found] == list(range(1, 7))
    assert all("On cells" not in one.text for one in found)


def test_the_names_of_links_are_no_part_of_an_entry() -> None:
    links = "PubMed Abstract | Publisher Full Text"
    words = ("cells", "rats", "mice", "women")
    found, _ = references(*(f"Li X. On {word}. J Res. 2002;20:15-8. {links}" for word in words))
    assert [one.title for one in found] == [f"On {word}" for word in words]
    assert {one.pages for one in found} == {"15-8"}


WITH_ADDRESSES = (
    "Adams R. (2015). Cells. Journal of Cells, 12(3), 45–67. https://doi.org/10.1000/abcd",
    "Brown K. (2016). Mice. Cell, 3, 4–5. https://example.org/a",
    "de Kretser D. (2017). Rats. Cell, 4, 5–6. https://example.org/b",
    "World Health Organization. (2018). Manual. https://example.org/c",
    "Yang M. (2019). More. Cell, 1, 9. www.example.org/d",
    "Nguyen (n.d.). Web. https://example.org/e",
    "O’Brien (in press). Last. Cell. https://example.org/f",
    "van der Berg, A., & Lee, C. (2021). Ovaries. Cell, 1, 2–3.",
    "WHO: Manual. Geneva: Acme; 2019.",
)


@pytest.mark.parametrize("glue", ["\n\n", "\n"])
def test_an_address_ends_an_entry_without_a_number(glue: str) -> None:
    found, _ = references(glue.join(WITH_ADDRESSES))
    assert [one.text for one in found] == list(WITH_ADDRESSES)


def test_a_blank_line_parts_entries_however_they_end() -> None:
    lines = ("Adams R. (2015). Cells. Oxford University Press", "Brown K. (2016). Mice. Springer")
    found, _ = references(*lines)
    assert [one.text for one in found] == list(lines)


@pytest.mark.parametrize(
    "rest", ["of the mice. Cell, 1, 9.", "part/of-it.html", "Ovary (London), 12, 9–10."]
)
def test_a_page_break_does_not_part_an_entry(rest: str) -> None:
    first = "Adams R. (2015). Cells in https://example.org/some-long-"
    found, _ = references(first if "/" in rest else "Adams R. (2015). Cells and", rest)
    assert len(found) == 1


@pytest.mark.parametrize("title", ["21st century heart solution", "3D printing of ovaries"])
def test_a_title_may_begin_with_a_number(title: str) -> None:
    lines = [f"{number}. {entry(number)}" for number in (1, 2)]
    found, _ = references("\n".join([*lines, f"3. {title}. BMJ. 2002;325:184.", f"4. {entry(4)}"]))
    assert [one.number for one in found] == [1, 2, 3, 4]
    assert found[2].text == f"{title}. BMJ. 2002;325:184."


def test_a_range_with_one_missing_reference_says_which() -> None:
    text = "## 1. Introduction\n\nCells grow [2-4], mice do not [7].\n\n## References\n\n"
    listed = "\n".join(f"{number}. {entry(number)}" for number in (1, 2, 4, 5))
    messages = [finding.message for finding in read_text(text + listed).findings]
    assert "[2-4] also names 3, which is not in the list" in messages
    assert "[7] matches no reference in the list" in messages
