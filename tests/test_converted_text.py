"""Text as converters leave it: hyphens at line ends, raised signs, brackets, pictures, numbers."""

from __future__ import annotations

import pytest
from articles import cited

from poi_search.article import Article, Paragraph
from poi_search.readers.pdftext import read_text
from poi_search.readers.pdftext.hyphens import LineJoiner
from poi_search.readers.pdftext.margin_numbers import without_margin_numbers
from poi_search.readers.pdftext.plain_text import WRAP

ENTRIES = "\n".join(
    f"{number}. Li X, Xie J. Study number {number} of cells. J Immunol Res. 20{number:02};20:15-8."
    for number in range(1, 31)
)


def article(text: str) -> Article:
    return read_text(
        "# Stem cells for the ovary: a review\n\nAnn B. Doe, Carl Evans\n\n## Abstract\n\n"
        "The review covers signalling in the ovary.\n\n## 1. Introduction\n\n"
        f"{text}\n\n## References\n\n{ENTRIES}"
    )


def paragraphs(text: str) -> list[Paragraph]:
    sections = [one for one in article(text).sections if one.anchor != "abstract"]
    assert [one.title for one in sections] == ["Introduction"]
    return [block for block in sections[0].blocks if isinstance(block, Paragraph)]


def read(text: str) -> str:
    (paragraph,) = paragraphs(text)
    return paragraph.prose.text


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("Levels of IL-\n6 fell in the ovary.", "Levels of IL-6 fell in the ovary."),
        ("Most were CD34-\nnegative in both groups.", "Most were CD34-negative in both groups."),
        ("The dose was 10-\n20 mg in all women.", "The dose was 10-20 mg in all women."),
        ("They came to the follow-\nup visit late.", "They came to the follow-up visit late."),
        ("A placebo-\ncontrolled trial began.", "A placebo-controlled trial began."),
        ("It was a cross-\nsectional study.", "It was a cross-sectional study."),
        (
            "A double-\nblind study of the age-\nmatched.",
            "A double-blind study of the age-matched.",
        ),
        ("Women of pre-\nand postmenopausal age.", "Women of pre- and postmenopausal age."),
        ("Cells from mid-\nto late-stage follicles.", "Cells from mid- to late-stage follicles."),
        ("It was up-\nto-date in the end.", "It was up-to-date in the end."),
        ("The granu\u00ad\nlosa cells grew there.", "The granulosa cells grew there."),
        ("The prolif\u00ad\neration of them grew.", "The proliferation of them grew."),
        ("The fol‐\nlicle grew. A follicle is small.", "The follicle grew. A follicle is small."),
        ("The folli¬\ncle grew in the group.", "The follicle grew in the group."),
        ("The gran-\nulosa cells of it grew.", "The granulosa cells of it grew."),
        ("It demon-\nstrated much. We demonstrate it.", "It demonstrated much. We demonstrate it."),
        ("A short-\nened word, shortened.", "A shortened word, shortened."),
        ("The treat-\nment of the women.", "The treatment of the women."),
    ],
)
def test_hyphens_at_line_ends(printed: str, shown: str) -> None:
    assert read(printed) == shown


def test_a_kept_hyphen_that_may_be_of_the_line_is_reported() -> None:
    joiner = LineJoiner(["the well-", "meaning one"])
    assert joiner.join("the well-", "meaning one", 2) == "the well-meaning one"
    assert [finding.place for finding in joiner.findings] == ["line 2"]
    assert not joiner.repairs


def test_an_address_is_joined_where_a_line_ends() -> None:
    joiner = LineJoiner([])
    assert joiner.join("doi: 10.1000/j.x.2003.", "10.008", 2) == "doi: 10.1000/j.x.2003.10.008"
    assert joiner.join("doi: 10.1000/j.x.2003.", "Smith J.", 2) == "doi: 10.1000/j.x.2003. Smith J."


def test_a_long_wrapped_line_is_joined_as_its_pieces_are() -> None:
    joiner = LineJoiner(["a follicle"])
    line = f"the fol-{WRAP}licle and{WRAP}the end"
    assert joiner.unwrap(line, 3) == "the follicle and the end"
    assert [(one.line, one.printed) for one in joiner.repairs] == [(3, "fol-|licle")]


@pytest.mark.parametrize(
    ("printed", "shown", "numbers"),
    [
        (
            "In rats.[1][–][3] And mice.[5][,][7]",
            "In rats.[1–3] And mice.[5,7]",
            [(1, 2, 3), (5, 7)],
        ),
        ("In rats.[1][,][2][–][4] Then.", "In rats.[1,2–4] Then.", [(1, 2, 3, 4)]),
        (
            "We gave 5 × 10[6] cells and 10[5] more.[4]",
            "We gave 5 × 10⁶ cells and 10⁵ more.[4]",
            [(4,)],
        ),
        ("At 20 mg/m[2] and 3 cm[3] a day.[4]", "At 20 mg/m² and 3 cm³ a day.[4]", [(4,)]),
        ("A rate of 10 s[−1] and Ca[2+] ions.[4]", "A rate of 10 s⁻¹ and Ca²⁺ ions.[4]", [(4,)]),
        ("Uptake of [18]F-FDG fell there.[4]", "Uptake of ¹⁸F-FDG fell there.[4]", [(4,)]),
        ("At 1 day[−1] in CD4[+] cells.[4]", "At 1 day⁻¹ in CD4⁺ cells.[4]", [(4,)]),
        ("On the 5[th] day of it.[4]", "On the 5th day of it.[4]", [(4,)]),
        ("At 10[−][6] M and 10[-][3] M.[4]", "At 10⁻⁶ M and 10⁻³ M.[4]", [(4,)]),
        ("At 10 s[−][1] and m[−][2] of it.[4]", "At 10 s⁻¹ and m⁻² of it.[4]", [(4,)]),
        ("Of Ca[2][+] and Na[+] ions.[4]", "Of Ca²⁺ and Na⁺ ions.[4]", [(4,)]),
        ("It was I[2] = 50%, Tau[2] = 0.3.[4]", "It was I² = 50%, Tau² = 0.3.[4]", [(4,)]),
        ("The I[2] statistic, I[2] 50%.[4]", "The I² statistic, I² 50%.[4]", [(4,)]),
        (
            "Vitamin D[2] and collagen I[2] rose.",
            "Vitamin D[2] and collagen I[2] rose.",
            [(2,)] * 2,
        ),
    ],
)
def test_raised_signs_in_brackets(printed: str, shown: str, numbers: list[tuple[int, ...]]) -> None:
    (paragraph,) = paragraphs(printed)
    assert paragraph.prose.text == shown
    assert [each for _, each in cited(paragraph.prose)] == numbers


def test_squares_among_raised_citations() -> None:
    (paragraph,) = paragraphs("It fell^2^ and Tau^2^ = 0.3, C^2^ = 5 in mice.^3^ In A^2^ too.")
    assert paragraph.prose.text == "It fell[2] and Tau² = 0.3, C² = 5 in mice.[3] In A[2] too."
    assert [each for _, each in cited(paragraph.prose)] == [(2,), (3,), (2,)]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (
            r"As before [\(Brown et al.,](#page-12-0) [2020\)](#page-12-0).",
            "As before (Brown et al., 2020).",
        ),
        (
            r"In mice \(n = 5\) and rats \(p < 0.05\) it grew.",
            "In mice (n = 5) and rats (p < 0.05) it grew.",
        ),
        (r"With \(n = 5\) and \(\beta\) it grew.", "With n = 5 and β it grew."),
        (r"With \(\beta\) \(see Section 2\) it grew.", "With β (see Section 2) it grew."),
    ],
)
def test_escaped_round_brackets(printed: str, shown: str) -> None:
    assert read(printed) == shown


def test_markers_in_links_with_escaped_brackets() -> None:
    printed = (
        r"Cells grow [\(3\)](#page-1-0), [\(1,](#page-1-0) [2\)](#page-1-0), and "
        r"[\(5–](#page-1-0)[7\)](#page-1-0), [\(8\)](#page-1-0), [\(9–11\)](#page-1-0), "
        r"[\(12\)](#page-1-0), [\(13\)](#page-1-0) and [\(14\)](#page-1-0)."
    )
    (paragraph,) = paragraphs(printed)
    assert paragraph.prose.text.startswith("Cells grow (3), (1, 2), and (5–7), (8), (9–11),")
    assert [each for _, each in cited(paragraph.prose)][:3] == [(3,), (1, 2), (5, 6, 7)]


PICTURES = (
    "**==> picture [234 x 56] intentionally omitted <==**",
    "<!-- ==> picture [436 x 292] intentionally omitted <== -->",
    "**----- Start of picture text -----**<br>\nBone marrow<br>Fat<br>\n"
    "**----- End of picture text -----**<br>",
    "<!-- Start of picture text -->\nBone marrow<br>Fat<br><!-- End of picture text -->",
)


@pytest.mark.parametrize("picture", PICTURES)
def test_places_of_pictures_and_the_words_in_them(picture: str) -> None:
    found = article(f"Cells grew in mice.[4]\n\n{picture}\n\nAnd again.[5]")
    (section,) = [one for one in found.sections if one.anchor == "s1"]
    texts = [block.prose.text for block in section.blocks if isinstance(block, Paragraph)]
    assert texts == ["Cells grew in mice.[4]", "And again.[5]"]
    reasons = {entry.reason for entry in found.ledger if not entry.where}
    assert reasons <= {"place of a picture", "words in a picture", "comment of the converter"}


@pytest.mark.parametrize("picture", PICTURES)
def test_a_sentence_that_a_picture_cuts(picture: str) -> None:
    found = article(f"Cells grew in\n\n{picture}\n\nmice and in rats.[5]")
    (section,) = [one for one in found.sections if one.anchor == "s1"]
    texts = [block.prose.text for block in section.blocks if isinstance(block, Paragraph)]
    assert texts == ["Cells grew in mice and in rats.[5]"]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("The speci/uniFB01c work/uniFB02ow was seen.", "The specific workflow was seen."),
        ("The /uniFB01 eld of in/uniFB02 ammation.", "The field of inflammation."),
        ("A speci ﬁ c e ﬀ ect. The specific effect.", "A specific effect. The specific effect."),
        ("It was o ﬀ the mark, and oﬀ.", "It was off the mark, and off."),
        ("A xqz ﬁ wvk was seen in it.", "A xqz fi wvk was seen in it."),
        ("The /uni03B1 cells were seen.", "The α cells were seen."),
    ],
)
def test_ligatures(printed: str, shown: str) -> None:
    assert read(printed) == shown


LINES = (
    "The effect was mediated through the inhibition of expression of integrin",
    "in stromal cells and in the ovary of mice that were given chemotherapy, and",
    "the follicles grew. In a later study the same was seen in rats [1]. The number",
    "of follicles rose by 5 in each group and the hormone levels were restored to",
    "those of the control group [2].",
)


@pytest.mark.parametrize("first", [1, 118])
def test_numbers_of_lines_in_the_margin(first: int) -> None:
    numbered = "\n".join(f"{number} {line}" for number, line in enumerate(LINES, first))
    assert read(numbered) == " ".join(LINES)


@pytest.mark.parametrize("space", [" ", "     "])
def test_numbers_of_lines_in_the_right_margin(space: str) -> None:
    lines = [*LINES[:4], *LINES]
    numbered = "\n".join(f"{line}{space}{number}" for number, line in enumerate(lines, 118))
    assert read(numbered) == " ".join(lines)


def test_numbers_at_the_ends_of_rows_stay() -> None:
    rows = [f"{name} {number}" for number, name in enumerate("abcdefgh", 1)]
    assert without_margin_numbers(rows) == rows
    contents = [
        f"Chapter {name} of the book on cells and their mice {n}" for n, name in enumerate(rows)
    ]
    assert without_margin_numbers(contents) == contents


def test_the_number_of_every_fifth_line_of_a_short_text() -> None:
    lines = [*LINES[1:4]] * 5
    numbered = [f"{n} {one}" if n % 5 == 0 else one for n, one in enumerate(lines, 1)]
    assert without_margin_numbers(numbered) == lines
    other = [f"{n + 2} {one}" if n % 5 == 0 else one for n, one in enumerate(lines, 1)]
    assert without_margin_numbers(other) == other


def test_the_number_of_every_fifth_line() -> None:
    lines = [*LINES[1:4]] * 8
    numbered = [f"{n} {one}" if n % 5 == 0 else one for n, one in enumerate(lines, 1)]
    assert without_margin_numbers(numbered) == lines


@pytest.mark.parametrize(
    "lines",
    [
        [f"{number} Li X. Study of cells. J Res. 2001." for number in range(1, 9)],
        ["1 and so on", "2 and so on", "4 and so on", "5 and so on"],
        ["1 and so on", "2 and so on", "3 and so on"],
    ],
)
def test_other_numbers_at_the_beginning_of_lines_stay(lines: list[str]) -> None:
    assert without_margin_numbers(lines) == lines


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        ("*Notes:* BM, bone marrow.", [("BM", "bone marrow")]),
        ("Notes: BM: bone marrow; UC: cord.", [("BM", "bone marrow"), ("UC", "cord")]),
        ("*Notes*. BM, bone marrow; UC, cord.", [("BM", "bone marrow"), ("UC", "cord")]),
        ("Key: BM = bone marrow; UC = cord.", [("BM", "bone marrow"), ("UC", "cord")]),
        ("Abbreviations: BM, bone marrow.", [("BM", "bone marrow")]),
    ],
)
def test_the_word_before_the_notes_of_a_table(notes: str, found: list[tuple[str, str]]) -> None:
    rows = "| Source | Dose |\n|---|---|\n| BM-MSC | low |\n| UC-MSC | high |"
    text = f"Cells were given [1].\n\n**Table 1** Doses of cells\n\n{rows}\n\n{notes}"
    assert [(one.short, one.long) for one in article(text).abbreviations] == found


def test_columns_side_by_side_are_reported() -> None:
    pairs = zip(LINES * 2, reversed(LINES * 2), strict=True)
    mixed = "\n".join(f"{left[:60]:64}{right[:60]}" for left, right in pairs)
    text = "## 1. Introduction\n\n{}\n\n## References\n\n1. Li X. Cells. J Res. 2003;20:15-8."
    places = [
        one.place for one in read_text(text.format(mixed)).findings if "columns" in one.message
    ]
    assert places == ["line 3"]
    rows = "\n".join(f"Umbilical cord of women {n}     Grew in mice and rats {n}" for n in range(9))
    findings = read_text(text.format(rows)).findings
    assert not any("side by side" in one.message for one in findings)
