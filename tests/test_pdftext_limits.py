"""Limits of the reader of converted text: lengths and counts at each, and just over it."""

from __future__ import annotations

import pytest

from poi_search.article import Article, Paragraph, ReadError, Table
from poi_search.readers.pdftext import MAX_LINE, read_text

PROSE = "Cells that were given to animals with damaged ovaries helped their follicles to grow."
ENTRIES = "\n".join(f"[{n}] Doe J. Title {n}. J Test. 2001;{n}:1-9." for n in (1, 2, 3))


def article(*parts: str) -> Article:
    """An article of these parts under one heading, with three references."""
    return read_text(
        "\n\n".join(("# On cells", "## 1. Beginning", *parts, "## References", ENTRIES))
    )


def texts(found: Article) -> list[str]:
    blocks = (block for section in found.sections for block in section.blocks)
    return [block.prose.text for block in blocks if isinstance(block, Paragraph)]


def titles(found: Article) -> list[str]:
    return [section.title for section in found.sections]


def reasons(found: Article) -> set[str]:
    return {line.reason for line in found.ledger if line.reason}


def of(size: int, start: str = "Words", end: str = "") -> str:
    """Words of exactly this many characters."""
    line = f"{start} {'of it ' * (size // 6 + 1)}"[: size - len(end)]
    return (line[:-1] + "x" if line.endswith(" ") else line) + end


def test_the_longest_line() -> None:
    with pytest.raises(ReadError, match="line 1: it has 50001 characters"):
        read_text("x" * (MAX_LINE + 1))
    assert read_text("# On cells\n\n## Introduction\n\n" + of(MAX_LINE)).sections


@pytest.mark.parametrize(("size", "kept"), [(39, False), (40, True)])
def test_a_few_words_are_no_paragraph(size: int, kept: bool) -> None:
    found = article(PROSE, of(size), f"## 2. Next\n\n{PROSE}")
    assert (of(size) in texts(found)) == kept
    assert reasons(found) == (set() if kept else {"a few words that are not part of a paragraph"})


@pytest.mark.parametrize(("size", "joined"), [(39, False), (40, True)])
def test_a_paragraph_without_an_end_goes_on(size: int, joined: bool) -> None:
    found = article(PROSE, of(size, end=":")[:-1] + "y", PROSE)
    assert any(text.endswith(f"y {PROSE}") for text in texts(found)) == joined


@pytest.mark.parametrize(("size", "shown"), [(80, of(80)), (81, of(81)[:80] + "…")])
def test_what_is_set_aside_is_quoted(size: int, shown: str) -> None:
    text = f"# On cells\n\n## 1. Beginning\n\n{PROSE}\n\n## References\n\n{ENTRIES}\n\n"
    found = read_text(f"{text}Funding: By nobody.\n\n{of(size)}")
    odd = [one for one in found.findings if "set aside" in one.message]
    assert [(one.severity, one.place) for one in odd] == [("warning", "line 15")]
    assert odd[0].message == f"set aside, part of no known section: “{shown}”"


@pytest.mark.parametrize(
    ("line", "after", "is_heading"),
    [
        ("Growth of cells", PROSE, True),
        ("Growth of cells", of(79, end="."), False),
        ("Growth of cells", of(80, end="."), True),
        ("growth of cells", PROSE, False),
        ("Growth of cells.", PROSE, False),
        ("Growth of cells:", PROSE, False),
        ("Growth of cells¹", PROSE, False),
        ("Growth " + "x" * 93, PROSE, True),
        ("Growth " + "x" * 94, PROSE, False),
        ("Of a b c d e f g h i j k l m", PROSE, True),
        ("Of a b c d e f g h i j k l m n", PROSE, False),
        ("Growth of cells", "small letters " * 8, False),
    ],
)
def test_a_short_line_before_a_paragraph_is_a_heading(
    line: str, after: str, is_heading: bool
) -> None:
    text = f"On cells\n\nIntroduction\n\n{PROSE}\n\n{line}\n\n{after}\n\nReferences\n\n{ENTRIES}"
    assert (line in titles(read_text(text))) == is_heading


@pytest.mark.parametrize(("marked", "is_heading"), [(2, True), (3, False)])
def test_unmarked_headings_only_where_few_are_marked(marked: int, is_heading: bool) -> None:
    heads = [f"{'## ' if n <= marked else ''}Part {'abc'[n - 1]} of it" for n in (1, 2, 3)]
    text = "\n\n".join(f"{head}\n\n{PROSE}" for head in (*heads, "Growth of cells"))
    found = read_text(f"On cells\n\nIntroduction\n\n{PROSE}\n\n{text}\n\nReferences\n\n{ENTRIES}")
    assert ("Growth of cells" in titles(found)) == is_heading


@pytest.mark.parametrize(("words", "is_heading"), [(15, True), (16, False)])
def test_a_bold_line_is_a_heading_if_it_is_short(words: int, is_heading: bool) -> None:
    line = " ".join(["Growth", *["of"] * (words - 1)])
    assert (line in titles(article(PROSE, f"**{line}**", PROSE))) == is_heading


@pytest.mark.parametrize(("size", "is_heading"), [(180, True), (181, False)])
def test_a_marked_heading_may_be_long(size: int, is_heading: bool) -> None:
    line = of(size, "Growth")
    assert (line in titles(article(PROSE, f"### {line}", PROSE))) == is_heading


@pytest.mark.parametrize(("size", "header"), [(60, True), (61, False)])
def test_the_names_of_columns_are_short(size: int, header: bool) -> None:
    rows = f"Cells\t{of(size, 'Dose')}\nCord\t5\nFat\t7"
    found = article("The doses are in Table 1.[1]", f"Table 1. Doses\n{rows}", PROSE)
    (table,) = (b for s in found.sections for b in s.blocks if isinstance(b, Table))
    assert bool(table.header) == header
    assert len(table.rows) == (2 if header else 3)


@pytest.mark.parametrize(("size", "rows"), [(89, 2), (90, 0)])
def test_short_lines_below_a_caption_are_its_rows(size: int, rows: int) -> None:
    found = article("See Table 1.[1]", "Table 1. Doses", of(size, "Cells"), of(size, "Doses"))
    (table,) = (b for s in found.sections for b in s.blocks if isinstance(b, Table))
    assert len(table.rows) == rows


@pytest.mark.parametrize(
    ("line", "times", "heads"),
    [
        ("Cells of it 1", 3, True),
        ("Cells of it 1", 2, False),
        ("Cel 1", 3, False),
        ("x" * 100, 3, True),
        ("x" * 101, 3, False),
        ("Table of it", 3, False),
    ],
)
def test_short_lines_that_repeat_are_running_heads(line: str, times: int, heads: bool) -> None:
    pages = [part for n in range(times) for part in (line, f"On page {n} {PROSE}")]
    assert ("running head" in reasons(article(*pages))) == heads


@pytest.mark.parametrize(("size", "found"), [(200, False), (201, True)])
def test_a_long_paragraph_in_front_is_the_abstract(size: int, found: bool) -> None:
    text = of(size, end=".")
    front = f"# On small cells\n\nAnn Abel and Bo Cain\n\n{text}\n\n## 1. Introduction\n\n{PROSE}"
    read = read_text(f"{front}\n\n## References\n\n{ENTRIES}")
    assert (text in texts(read)) == found
    assert ("Abstract" in titles(read)) == found


@pytest.mark.parametrize(("size", "body"), [(200, False), (201, True)])
def test_a_long_paragraph_after_the_keywords_begins_the_body(size: int, body: bool) -> None:
    text = of(size, end=".")
    front = f"# On small cells\n\nAbstract\n\n{PROSE}\n\nKeywords: cells; ovaries\n\n{text}"
    read = read_text(f"{front}\n\n## 1. Introduction\n\n{PROSE}\n\n## References\n\n{ENTRIES}")
    assert any(text in block for block in texts(read)) == body


@pytest.mark.parametrize(
    "line",
    [
        "Roe AB. Two. J Two. 2002;2:3.",
        "Roe, A. Two. J Two. 2002;2:3.",
        "Roe A (2002) Two. J Two 2:3.",
        "Roe A: Two. J Two. 2002;2:3.",
    ],
)
def test_an_entry_that_lost_its_number_begins_with_authors(line: str) -> None:
    entries = f"[1] Doe J. One. J One. 2001;1:2.\n{line}\n[3] Poe E. Three. J Three. 2003;3:4."
    found = read_text(f"# On cells\n\n## Introduction\n\n{PROSE}\n\n## References\n\n{entries}")
    assert [(one.number, one.text) for one in found.references][1] == (2, line)
    messages = {one.place: one.message for one in found.findings}
    assert messages["ref-2"] == "printed without a number; numbered by its place in the list"


@pytest.mark.parametrize(
    "line", ["See also Two, 2002.", "2nd edition, 2002. Berlin.", "Two (2002)."]
)
def test_a_line_without_authors_continues_the_entry(line: str) -> None:
    entries = f"[1] Doe J. One. J One. 2001;1:2.\n{line}\n[2] Poe E. Three. J Three. 2003;3:4."
    found = read_text(f"# On cells\n\n## Introduction\n\n{PROSE}\n\n## References\n\n{entries}")
    assert found.references[0].text == f"Doe J. One. J One. 2001;1:2. {line}"


@pytest.mark.parametrize(
    ("entries", "numbers"),
    [
        ("Doe J. One. 2001.\n\nRoe A. Two. 2002.", [1, 2]),
        ("Doe J. One. 2001.\nRoe A. Two. 2002.", [1, 2]),
        ("Doe J. One\nin two lines. 2001.\nRoe A. Two. 2002.", [1, 2]),
        ("[1] Doe J. One. 2001.\n[1] Roe A. Two. 2002.", [1]),
        ("[2] Doe J. One. 2001.\n[12] Roe A. Two. 2002.", [2, 12]),
        ("1. Doe J. One. 2001.\n4. Roe A. Two. 2002.", [1, 4]),
        ("1. Doe J. One. 2001.\n5. Roe A. Two. 2002.", [1]),
        ("1 Doe J. One. 2001.\n2 Roe A. Two. 2002.", [1, 2]),
        ("1 Doe J. One. 2001.\n3 Roe A. Two. 2002.", [1]),
        ("(1) Doe J. One. 2001.\n(2) Roe A. Two. 2002.", [1, 2]),
    ],
)
def test_numbers_of_entries(entries: str, numbers: list[int]) -> None:
    found = read_text(f"# On cells\n\n## Introduction\n\n{PROSE}\n\n## References\n\n{entries}")
    assert [one.number for one in found.references] == numbers


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("A broken-", "hearted title. 2001.", "A broken-hearted title. 2001."),
        ("A broken-", "Hearted title. 2001.", "A broken-Hearted title. 2001."),
        ("Title. 2001;1:2-", "9.", "Title. 2001;1:2-9."),
        ("Title. 2001. https://x.org/", "a", "Title. 2001. https://x.org/a"),
        ("Title. 2001. https://x.org/", "(a", "Title. 2001. https://x.org/ (a"),
        ("Title of", "it. 2001.", "Title of it. 2001."),
    ],
)
def test_lines_of_an_entry_are_joined(first: str, second: str, whole: str) -> None:
    entries = f"[1] Doe J. {first}\n{second}\n[2] Poe E. Three. J Three. 2003;3:4."
    found = read_text(f"# On cells\n\n## Introduction\n\n{PROSE}\n\n## References\n\n{entries}")
    assert found.references[0].text == f"Doe J. {whole}"


@pytest.mark.parametrize(("size", "ends"), [(119, True), (120, False)])
def test_a_marked_line_after_the_references_ends_them(size: int, ends: bool) -> None:
    text = f"# On cells\n\n## 1. Beginning\n\n{PROSE}\n\n## References\n\n{ENTRIES}\n\n"
    found = read_text(f"{text}### {of(size, 'Afterwards')}\n\n{PROSE}")
    assert (of(size, "Afterwards") in titles(found)) == ends


@pytest.mark.parametrize("mark", ["", "## "])
@pytest.mark.parametrize(("between", "is_part"), [(1, True), (13, True), (14, False)])
def test_headings_inside_an_abstract(mark: str, between: int, is_part: bool) -> None:
    parts = [f"{mark}Methods", *[PROSE] * between, "Keywords: cells; ovaries"]
    front = "\n\n".join(("# On small cells", f"{mark}Abstract", PROSE, *parts))
    found = read_text(f"{front}\n\n{mark}1. Introduction\n\n{PROSE}\n\n## References\n\n{ENTRIES}")
    assert ("Methods" in titles(found)) != is_part
    headings = [b.heading for b in found.sections[0].blocks if isinstance(b, Paragraph)]
    assert headings == (["", "Methods", *[""] * (between - 1)] if is_part else [""])


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("ovaries; mice", "cells; ovaries; mice"),
        (of(100, "ovaries"), f"cells; {of(100, 'ovaries')}"),
        (of(101, "Ovaries"), "cells"),
    ],
)
def test_keywords_may_go_on_in_a_short_block(after: str, expected: str) -> None:
    front = f"# On small cells\n\nAbstract\n\n{PROSE}\n\nKeywords: cells\n\n{after}"
    found = read_text(f"{front}\n\n## 1. Introduction\n\n{PROSE}\n\n## References\n\n{ENTRIES}")
    keywords = {s.anchor: s for s in found.sections}["keywords"].blocks[0]
    assert isinstance(keywords, Paragraph)
    assert keywords.prose.text == expected


def test_an_abstract_named_again_is_text() -> None:
    again = f"Abstract: Again. {PROSE}"
    assert again in texts(article(PROSE, again))
    front = f"# On small cells\n\nAbstract\n\n{PROSE}\n\n{again}"
    found = read_text(f"{front}\n\n## 1. Introduction\n\n{PROSE}\n\n## References\n\n{ENTRIES}")
    assert again in texts(found)


@pytest.mark.parametrize(
    ("label", "in_body", "in_front"),
    [
        ("Highlights", False, True),
        ("How to cite", False, True),
        ("Copyright", False, True),
        ("Editors", False, True),
        ("Funding", True, True),
    ],
)
def test_labels_that_are_also_words_count_in_front_or_if_marked(
    label: str, in_body: bool, in_front: bool
) -> None:
    def is_matter(text: str) -> bool:
        return any(PROSE in one.text for one in read_text(text).statements)

    end = f"## References\n\n{ENTRIES}"
    body = f"# On cells\n\n## 1. Beginning\n\nOther. {PROSE}\n\n{{}}{label}\n\n{PROSE}\n\n{end}"
    assert is_matter(body.format("")) == in_body
    assert is_matter(body.format("## "))
    front = f"# On small cells\n\n{label}\n\n{PROSE}\n\n## 1. Beginning\n\nOther.\n\n{end}"
    assert is_matter(front) == in_front


@pytest.mark.parametrize(
    ("third", "gap"), [("3. Next", False), ("2.1. Within", False), ("4. Next", True)]
)
def test_a_gap_in_the_numbers_of_sections_is_reported(third: str, gap: bool) -> None:
    found = article(PROSE, f"## 2. Middle\n\n{PROSE}", f"## {third}\n\n{PROSE}")
    messages = [one.message for one in found.findings]
    assert ("section 4 does not follow the section before it" in messages) == gap
