"""Small readings of a converted text: labels, captions, bylines, notations, ends of sentences."""

from __future__ import annotations

import pytest

from poi_search.article import Affiliation, Dated
from poi_search.readers.matter import split_definitions
from poi_search.readers.pdftext.blocks import is_ended, split_blocks
from poi_search.readers.pdftext.byline import (
    has_icons,
    parse_affiliations,
    parse_author_line,
    parse_dates,
)
from poi_search.readers.pdftext.captions import (
    find_mentions,
    looks_like_notes,
    parse_caption,
    read_caption_definitions,
)
from poi_search.readers.pdftext.headings import follows, parse_heading
from poi_search.readers.pdftext.hyphens import LineJoiner
from poi_search.readers.pdftext.lines import PrintedLine, read_lines
from poi_search.readers.pdftext.matter_kinds import read_matter_kind
from poi_search.readers.pdftext.part_labels import is_article_type, read_label, read_run_in_label
from poi_search.readers.pdftext.plain_text import END, SUP, is_bold, plain, spell_superscript
from poi_search.readers.pdftext.repair import SourceLine
from poi_search.references.names import full_name


@pytest.mark.parametrize(
    ("printed", "part", "kind"),
    [
        ("Abstract", "abstract", ""),
        ("KEYWORDS:", "keywords", ""),
        ("7. References", "references", ""),
        ("List of abbreviations", "abbreviations", ""),
        ("Acknowledgement", "back matter that is searched", ""),
        ("Authors’ contributions", "back matter that is searched", ""),
        ("CRediT authorship contribution statement", "back matter that is searched", ""),
        ("Sources of funding", "metadata", "funding"),
        ("Declaration of competing interest", "metadata", "conflict of interest"),
        ("Data availability statement", "metadata", "data availability"),
        ("Informed consent", "metadata", "ethics"),
        ("Authors and affiliations", "metadata", "author information"),
        ("* Correspondence to", "metadata", "correspondence"),
        ("How to cite this article", "metadata", "how to cite"),
        ("Open Access", "metadata", "copyright"),
        ("Publisher’s note", "metadata", "publisher's note"),
        ("Supplementary information", "metadata", "supplementary material"),
        ("Declarations", "metadata", "declarations"),
        ("Edited by", "metadata", "editors"),
        ("Highlights", "metadata", "highlights"),
        ("Declaration of generative AI", "metadata", "declaration of generative AI"),
        ("Funding of cells", "", ""),
        ("Copyright law", "", ""),
    ],
)
def test_what_a_line_announces(printed: str, part: str, kind: str) -> None:
    label = read_label(printed)
    assert (label.part.value if label else "", label.kind if label else "") == (part, kind)


@pytest.mark.parametrize(
    ("printed", "name", "rest"),
    [
        ("Funding: By nobody.", "Funding", "By nobody."),
        ("Keywords— one, two", "Keywords", "one, two"),
        ("Acknowledgments. We thank all.", "Acknowledgments", "We thank all."),
        ("Highlights – Short.", "Highlights", "Short."),
        ("Funding.By nobody.", "", ""),
        ("References: none", "", ""),
        (f"ABSTRACT Cells {'of the ovary ' * 12}", "ABSTRACT", f"Cells {'of the ovary ' * 12}"),
        ("ABSTRACT Cells of the ovary", "", ""),
    ],
)
def test_a_label_before_its_text(printed: str, name: str, rest: str) -> None:
    label, text = read_run_in_label(printed)
    assert (label.name if label else "", text) == (name, rest or printed)


@pytest.mark.parametrize("printed", ["Review", "MINI-REVIEW", "Original article", "Article info"])
def test_types_of_articles(printed: str) -> None:
    assert is_article_type(printed)
    assert not is_article_type(f"{printed} of cells")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("doi: 10.5555/a.1", "doi"),
        ("https://doi.org/10.5555/a.1", "doi"),
        ("The authors declare that there are no conflicts of interest.", "conflict of interest"),
        ("Nothing to disclose.", "conflict of interest"),
        ("This work was supported by grants of the state.", "funding"),
        ("The authors received no specific funding.", "funding"),
        ("Data sharing not applicable.", "data availability"),
        ("All data are available upon reasonable request.", "data availability"),
        ("*Correspondence: A. Abel", "correspondence"),
        ("e-mail: a@x.org", "correspondence"),
        ("© 2020 The Authors", "copyright"),
        ("Published by Elsevier Ltd", "copyright"),
        ("Citation: Abel A.", "how to cite"),
        ("Received: 1 May 2020", "dates"),
        ("Published online May 2, 2020", "dates"),
        ("These authors contributed equally", "equal contribution"),
        ("Edited by: Jane Roe", "editors"),
        ("Publisher's note All claims", "publisher's note"),
        ("Full list of author information is at the end", "author information"),
        ("ISSN 1234-5678", "issn"),
        ("received: 1 May 2020", ""),
        ("Received by all.", ""),
        ("We declare that cells have interests.", ""),
    ],
)
def test_metadata_is_known_by_how_it_begins(text: str, kind: str) -> None:
    assert read_matter_kind(text, front=False) == kind


@pytest.mark.parametrize(
    ("text", "front", "inside"),
    [
        (f"{SUP}1{END} Department of Biology", "affiliations", "affiliations"),
        ("1 Department of Biology", "affiliations", ""),
        ("a Department of Biology", "affiliations", ""),
        ("Department of Biology, Oslo, Norway", "affiliations", ""),
        ("From the Hospital, Zhejiang 310000", "affiliations", ""),
        ("Department of Biology in the past", "", ""),
        (f"Department of {'x' * 120}, Norway", "affiliations", ""),
        (f"{'x' * 130} Department, Norway", "", ""),
        (f"Department {'x' * 1200}, Norway", "", ""),
    ],
)
def test_affiliations_without_a_mark_are_looked_for_in_front(
    text: str, front: str, inside: str
) -> None:
    found = (read_matter_kind(text, front=True), read_matter_kind(text, front=False))
    assert found == (front, inside)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Figure 1. Cells.", ("figure", "Figure 1", 1, "Cells.", False)),
        ("FIG. 2 | Cells", ("figure", "Fig. 2", 2, "Cells", False)),
        ("Tab. 3: Doses", ("table", "Tab. 3", 3, "Doses", False)),
        ("TABLE IV — Doses", ("table", "Table IV", None, "Doses", False)),
        ("Table S1 Doses", ("table", "Table S1", None, "Doses", False)),
        ("Scheme 5", ("figure", "Scheme 5", 5, "", False)),
        ("Table 1 (continued)", ("table", "Table 1", 1, "(continued)", True)),
        ("Table 1. cont'd", ("table", "Table 1", 1, "cont'd", True)),
        ("Figure 1. Shows cells", ("figure", "Figure 1", 1, "Shows cells", False)),
        ("Figure 1 shows cells", None),
        ("Figure 1, which is here", None),
        ("Table 2 and others", None),
        ("Figures of cells", None),
    ],
)
def test_captions(printed: str, expected: tuple[object, ...] | None) -> None:
    found = parse_caption(printed)
    values = found and (found.kind, found.label, found.number, found.text, found.continued)
    assert values == expected


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("See Figs. 1 and 3.", [("figure", 1), ("figure", 3)]),
        ("See Figures 2–4 and Table 1.", [*(("figure", n) for n in (2, 3, 4)), ("table", 1)]),
        ("See Fig. 1a to 3b.", [("figure", 1), ("figure", 2), ("figure", 3)]),
        ("See Table 1, 2 & 5.", [("table", 1), ("table", 2), ("table", 5)]),
        ("See Tables 1-99.", [("table", n) for n in range(1, 22)]),
        ("Scheme 2 of figures.", [("figure", 2)]),
    ],
)
def test_mentions_of_figures_and_tables(text: str, mentioned: list[tuple[str, int]]) -> None:
    assert find_mentions(text) == mentioned


@pytest.mark.parametrize(
    ("text", "are_notes"),
    [
        ("Note: all were young.", True),
        ("Abbreviations. GC, granulosa cell.", True),
        ("* Twice.", True),
        (f"{SUP}a{END} Twice.", True),
        ("a Measured twice.", True),
        ("a " + "Measured twice. " * 20, False),
        ("GC = granulosa cell; OC = oocyte", True),
        ("GC = granulosa cell", False),
        ("GC: granulosa cell; OC: oocyte", True),
        ("Cells were measured.", False),
    ],
)
def test_what_may_be_notes_of_a_table(text: str, are_notes: bool) -> None:
    assert looks_like_notes(text) == are_notes


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("How cells grow. GC = granulosa cell, OC = oocyte cell.", ["GC", "OC"]),
        ("How cells grow: GC = granulosa cell.", ["GC"]),
        ("How cells grow. VDR: vitamin D receptor; GC: granulosa cell.", ["VDR", "GC"]),
        ("How cells grow. Left: before; right: after.", []),
        ("How cells grow.", []),
    ],
)
def test_what_a_caption_defines(caption: str, expected: list[str]) -> None:
    found = read_caption_definitions(caption, "f1")
    assert [one.short for one in found] == expected
    assert {one.anchor for one in found} <= {"f1"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"Ann Abel{SUP}1,2{END}, Bo Cain{SUP}2*{END}", ["Ann Abel 1 2", "Bo Cain 2 *"]),
        ("Ann Abel1,2*, Bo Cain2 and Di Dee", ["Ann Abel 1 2 *", "Bo Cain 2", "Di Dee"]),
        ("Ann Abel a,b,*, Bo Cain b", ["Ann Abel a b *", "Bo Cain b"]),
        ("Ann Abel, MD, PhD & Bo Cain", ["Ann Abel (MD, PhD)", "Bo Cain"]),
        (f"Ann Abel{SUP}a{END}{SUP}b{END}; Bo van der Cain{SUP}b{END}",
         ["Ann Abel a", "Bo van der Cain b"]),
        ("Ann Abel 0000-0002-1825-0097, Bo Cain", ["Ann Abel", "Bo Cain"]),
        ("Ann Abel✉, Bo Cain†", ["Ann Abel *", "Bo Cain"]),
        (f"Ann Abel{SUP}1{END},{SUP}2{END}, Bo Cain", ["Ann Abel 1 2", "Bo Cain"]),
        ("Ann Abel, of Oslo", []),
        ("Ann Abel, cells in the ovary", []),
        ("Abel", []),
        ("One Two Three Four Five Six Seven", []),
        ("Ann Abel, Room 5", []),
    ],
)  # fmt: skip
def test_lines_of_authors(line: str, expected: list[str]) -> None:
    found = [
        " ".join(
            [
                full_name(one.name),
                *([f"({one.degrees})"] if one.degrees else []),
                *one.affiliations,
                *(["*"] if one.corresponding else []),
            ]
        )
        for one in parse_author_line(line)
    ]
    assert found == expected


def test_a_letter_after_marks_is_taken_for_an_icon() -> None:
    assert has_icons(f"Ann Abel{SUP}1{END}{SUP}b{END}")
    assert not has_icons(f"Ann Abel{SUP}1{END}, Bo Cain{SUP}b{END}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{SUP}1{END} School A, Rome; {SUP}2{END} B.", [("1", "School A, Rome"), ("2", "B")]),
        (f"{SUP}[a]{END}School A", [("a", "School A")]),
        ("2 School B", [("2", "School B")]),
        ("a) School C", [("a", "School C")]),
        ("School of 5", [("", "School of 5")]),
    ],
)
def test_affiliations(text: str, expected: list[tuple[str, str]]) -> None:
    assert parse_affiliations(text) == tuple(Affiliation(*one) for one in expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Received: 12 April 2022 / Accepted: 1 June 2022",
         [("received", "2022-04-12"), ("accepted", "2022-06-01")]),
        ("Published online on 3rd May 2021", [("published online", "2021-05-03")]),
        ("Revised May 3, 2021", [("revised", "2021-05-03")]),
        ("Submitted: 2021-05-03", [("submitted", "2021-05-03")]),
        ("Accepted: 3-May-2021", [("accepted", "2021-05-03")]),
        ("Accepted: 3 Sep. 2021", [("accepted", "2021-09-03")]),
        ("Accepted: 3/5/2021", [("accepted", "3/5/2021")]),
        ("Accepted: May 2021", [("accepted", "May 2021")]),
        ("Accepted by all", []),
    ],
)  # fmt: skip
def test_dates(text: str, expected: list[tuple[str, str]]) -> None:
    assert parse_dates(text) == tuple(Dated(*one) for one in expected)


def sup(text: str) -> str:
    return text.replace("⟨", SUP).replace("⟩", END)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a <b>bold</b> <i>word</i>", "a bold word"),
        ("one<br/>two", "one two"),
        ("H<sub>2</sub>O, cells<sup>1, 2</sup>", "H2O, cells⟨1, 2⟩"),
        ("[link](https://x.org/a) and ![image](a.png)here", "link and here"),
        ("![image](a.png)first", "first"),
        ("[not](a link)", "[not](a link)"),
        ("![broken](no end", "![broken](no end"),
        (r"\(\alpha\) and $\beta$, $5 and $6", "α and β, $5 and $6"),
        ("$P<0.05$ and $n = 3$", "P<0.05 and n = 3"),
        (r"$10^{5}$ \(\mu\mathrm{M}\)", "10⟨5⟩ μM"),
        (r"$\mathrm{CD4}_{2}$", "CD42"),
        ("cells^[1] and^{2} or^3", "cells⟨[1]⟩ and⟨2⟩ or⟨3⟩"),
        ("cells^1,2^ rise", "cells⟨1,2⟩ rise"),
        ("cells¹,²", "cells⟨1,2⟩"),
        ("5^th^ day", "5⟨th⟩ day"),
        ("*one* **two** ***three*** _four_ __five__", "one two three four five"),
        ("2*3*4 and a_b_c", "2*3*4 and a_b_c"),
        (r"5 \* 3 \[a\]", "5 * 3 [a]"),
        ("ﬁrst &amp; soft\u00adly\u00a0so", "first & softly so"),
        ("cells<sup>1</sup>,<sup>2</sup> die", "cells⟨1,2⟩ die"),
        ("cells<sup>1,</sup><sup>2</sup>", "cells⟨1,2⟩"),
        ("many    spaces\there", "many spaces here"),
    ],
)
def test_notations_of_converters(source: str, text: str) -> None:
    assert plain(source) == sup(text)


@pytest.mark.parametrize(
    ("line", "bold"),
    [
        ("**All bold**", True),
        ("## **All bold:**", True),
        ("__All bold__:", True),
        ("<b>All bold</b>", True),
        ("<strong>All bold</strong>:", True),
        ("**Part** bold", False),
        ("**One** and **two**", False),
        ("<b>All</strong>", False),
        ("plain", False),
    ],
)
def test_bold_lines(line: str, bold: bool) -> None:
    assert is_bold(line) == bold


def test_superscripts_in_characters() -> None:
    assert [spell_superscript(one) for one in ("2", "+", "−1", "2–3", "th", "a,b")] == [
        "²", "⁺", "⁻¹", "²⁻³", "th", "a,b",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Cells die.", True),
        ("Do they?", True),
        ("They do! [1,2]", True),
        ("They do.[1–3]", True),
        ("They do.12", True),
        (sup("They do.⟨4⟩"), True),
        ("They do. (1, 2)", True),
        ("They “do.”", True),
        ("They do", False),
        ("as shown by Liu et al.", False),
        ("e.g.", False),
        ("see Fig.", False),
        ("cells, [1]", False),
    ],
)
def test_ends_of_sentences(text: str, ended: bool) -> None:
    assert is_ended(text) == ended


@pytest.mark.parametrize(
    ("printed", "label", "place", "title"),
    [
        ("3.4. Cells", "3.4", (3, 4), "Cells"),
        ("3 Cells", "3", (3,), "Cells"),
        ("IV. Cells", "IV", (4,), "Cells"),
        ("IX. Cells", "IX", (9,), "Cells"),
        ("IX Cells", "", (), "IX Cells"),
        ("2.1.Cells", "2.1", (2, 1), "Cells"),
        ("2|Cells", "2", (2,), "Cells"),
        ("2.5", "", (), "2.5"),
        ("Cells", "", (), "Cells"),
    ],
)
def test_headings(printed: str, label: str, place: tuple[int, ...], title: str) -> None:
    found = parse_heading(printed)
    assert (found.label, found.place, found.title) == (label, place, title)


@pytest.mark.parametrize(
    ("place", "before", "slack", "right"),
    [
        ((2,), (1,), 0, True),
        ((3,), (1,), 0, False),
        ((2, 1), (2,), 0, True),
        ((2, 2), (2,), 0, False),
        ((2, 2), (2, 1), 0, True),
        ((2, 3), (2, 1), 0, False),
        ((2, 3), (2, 1), 2, True),
        ((3,), (2, 4, 1), 0, True),
        ((2,), (2,), 0, False),
        ((1,), (2,), 0, False),
    ],
)
def test_which_number_follows(
    place: tuple[int, ...], before: tuple[int, ...], slack: int, right: bool
) -> None:
    assert follows(place, before, slack) == right


def lines(*texts: str) -> list[PrintedLine]:
    return read_lines([SourceLine(number, text) for number, text in enumerate(texts, 1)])


@pytest.mark.parametrize(
    ("raw", "cells"),
    [
        ("| a | b |", ("", "a", "b")),
        ("a\tb\t", ("a", "b", "")),
        ("a    b", ("a", "b")),
        ("a  b", ()),
        (r"| a \| b | c", ("a | b", "c")),
        ("| a", ()),
    ],
)
def test_columns_of_a_line(raw: str, cells: tuple[str, ...]) -> None:
    (line,) = lines(raw)
    assert tuple(filter(None, line.cells)) == tuple(filter(None, cells))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("<!-- page 3 -->", "comment of the converter"),
        ("![](a.png)", "image"),
        ("---", "no text"),
        ("12", "page number"),
        ("| 12 |", ""),
        ("Cells of the ovary", ""),
    ],
)
def test_lines_that_are_not_text(raw: str, reason: str) -> None:
    (line,) = lines(raw)
    assert line.debris == reason


def test_what_a_line_looks_like() -> None:
    head, bold, item, start, text = lines(
        "### Cells ###", "**Cells**", "", "- one", "", "and one", "- of two"
    )
    assert (head.level, head.text, head.first) == (3, "Cells", True)
    assert (bold.bold, bold.level, bold.first) == (True, 0, False)
    assert (item.bullet, item.text) == (True, "one")
    assert (start.first, start.text) == (True, "and one")
    assert (text.bullet, text.text) == (False, "- of two")
    (tagged,) = lines("<h3>Cells</h3>")
    assert (tagged.level, tagged.text) == (3, "Cells")


@pytest.mark.parametrize(
    ("before", "line", "begins"),
    [
        ("It ended.", "It went on.", False),
        ("It ended.", "Figure 1. Cells.", True),
        ("It ended.", "2. Next", True),
        ("It ended.", "Keywords: cells; ovaries", True),
        ("It ended.", "E-mail: a@x.org", True),
        ("It went", "E-mail: a@x.org", False),
        ("It went", "ISSN 1234-5678", True),
        ("It went", "Introduction", True),
        ("x" * 198 + ".", "It went on.", False),
        ("x" * 199 + ".", "It went on.", True),
        ("2. Next", "T" + "x" * 59, False),
        ("2. Next", "T" + "x" * 60, True),
        ("2. Next", "x" * 61, False),
        ("It went\n2. Next", "T" + "x" * 60, False),
        ("It was found by Roe et\nal.", "Figure 1. Cells.", False),
        ("It ended [1,\n2].", "Figure 1. Cells.", True),
        ("It ended. [1,\n2]", "Figure 1. Cells.", True),
    ],
)
def test_which_line_begins_a_block(before: str, line: str, begins: bool) -> None:
    printed = lines(*before.split("\n"), line)
    blocks = split_blocks(printed, LineJoiner(each.text for each in printed))
    joined = before.replace("\n", " ")
    assert [block.text for block in blocks] == ([joined, line] if begins else [f"{joined} {line}"])


PHRASE = "a phrase that is too long to be a short form"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Abbreviations: AA = alpha; BB = beta.", {"AA": "alpha", "BB": "beta"}),
        ("AA: alpha, BB: beta", {"AA": "alpha", "BB": "beta"}),
        ("AA: alpha, of cells, B: beta", {"AA": "alpha, of cells"}),
        ("AA: alpha, cells (of them), BB: beta", {"AA": "alpha", "BB": "beta"}),
        (f"A1, one; B2, two; {PHRASE}, three; C3, four", {}),
        (
            f"AA, one; BB, two; CC, three; {PHRASE}, four; EE, five",
            {"AA": "one", "BB": "two", "CC": "three", "EE": "five"},
        ),
    ],
)
def test_lists_of_abbreviations(text: str, expected: dict[str, str]) -> None:
    assert dict(split_definitions(text)) == expected


@pytest.mark.parametrize(
    "notes",
    [
        "UC, umbilical cord. *p < 0.05.",
        "UC, umbilical cord. *P = 0.05 vs. control, #p<0.01.",
        "*p < 0.05. UC, umbilical cord",
        "UC: umbilical cord. *, p < 0.05; **, p < 0.01",
        "UC, umbilical cord. Data are means.",
        "UC = umbilical cord. † Not tested.",
    ],
)
def test_what_marks_mean_is_no_part_of_a_definition(notes: str) -> None:
    assert split_definitions(notes) == [("UC", "umbilical cord")]


def test_a_genus_in_a_definition_is_no_end_of_it() -> None:
    assert split_definitions("EC = E. coli; UC = umbilical cord")[0] == ("EC", "E. coli")
