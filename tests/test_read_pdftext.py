"""The reader of converted text: the review against a transcription of its facts, and others."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from articles import people
from hypothesis import given, settings
from hypothesis import strategies as st
from printings import PRINTINGS, marked_headings, unnumbered

from poi_search.article import Article, Figure, Paragraph, Prose, ReadError, Table
from poi_search.index.units import units
from poi_search.readers.citations import parse_numbers
from poi_search.readers.pdftext import read, read_text
from poi_search.references.names import full_name

DATA = Path(__file__).parent / "data"
REVIEW = Path(__file__).parent.parent / "corpus" / "shi-2022.txt"
SAMPLES = ("markdown.md", "wrapped.txt", "formulas.md", "capitals.md", "structured.md")


def facts(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def source() -> str:
    return REVIEW.read_text(encoding="utf-8")


@cache
def review() -> Article:
    return read(REVIEW.read_bytes(), REVIEW.name, "shi-2022")


@cache
def sample(name: str) -> Article:
    return read((DATA / "pdftext" / name).read_bytes(), name, "sample")


def blocks(article: Article) -> Iterator[Paragraph | Figure | Table]:
    for section in article.sections:
        yield from section.blocks


def paragraphs(article: Article) -> dict[str, Paragraph]:
    return {block.anchor: block for block in blocks(article) if isinstance(block, Paragraph)}


def table(article: Article) -> Table:
    return next(block for block in blocks(article) if isinstance(block, Table))


def without_markers(prose: Prose) -> str:
    text = prose.text
    for citation in reversed(prose.citations):
        text = text[: citation.start] + text[citation.end :]
    return text


def proses(article: Article) -> Iterator[Prose]:
    for block in blocks(article):
        if isinstance(block, Paragraph):
            yield block.prose
        elif isinstance(block, Figure):
            yield block.caption
        else:
            yield from (cell for row in block.rows for cell in row.cells)


def fields(article: Article) -> dict[str, str]:
    return {line.line: " ".join(line.where) or line.reason for line in article.ledger}  # type: ignore[misc]


# The review


SECTIONS = """
1 Introduction: 2
2 Biological characteristics of MSCs: 1
2.1 MSCs from different tissue sources: 1
2.2 Potential for restoration: 1
2.3 Potential for differentiation: 1
3 The applications of MSCs in the treatment of POI: 1
3.1 Pretreatments enhance the therapeutic effects of MSCs in POI: 2
3.2 Gene modification enhances the therapeutic effects of MSCs in POI: 2
3.3 MSCs-derived ovarian regenerative patches have positive therapeutic potential: 1
3.4 The application of MSCs-derived extracellular vesicles in POI: 3
3.5 Tissue engineering of MSCs for POI treatment with excellent therapeutic potential: 3
4 Mechanisms of MSC-based treatment for POI: 1
4.1 Migration and homing function of MSCs to target tissue: 2
4.2 Paracrine effect of MSCs: 3
4.3 Proliferation and anti-apoptotic effects of MSCs: 3
4.4 Immunomodulatory effects of MSCs: 3
4.5 Autophagy and antioxidant stress effects of MSCs: 3
4.6 Anti-inflammatory and anti-fibrotic effects of MSCs: 1
4.7 Differentiation and tissue restoration of MSCs: 2
5 Clinical practice of MSCs in POI: 4
6 Conclusion: 3
"""


def test_sections_and_their_paragraphs() -> None:
    body = [section for section in review().sections if section.number]
    found = [
        f"{s.label} {s.title}: {sum(isinstance(block, Paragraph) for block in s.blocks)}"
        for s in body
    ]
    assert found == SECTIONS.strip().split("\n")
    assert all(s.number == s.label and s.level == 1 + s.number.count(".") for s in body)
    assert [s.anchor for s in review().sections if not s.number] == [
        "abstract", "keywords", "abbreviations", "acknowledgments", "author-contributions",
    ]  # fmt: skip


def test_units_in_all() -> None:
    found = [unit.view.kind for unit in units(review())]
    counts = {kind: found.count(kind) for kind in found}
    assert counts == {"section": 48, "figure": 2, "table": 17, "reference": 98}
    assert len(found) == 165


@pytest.mark.parametrize("fact", facts("shi-2022.paragraphs.tsv"), ids=lambda fact: fact["anchor"])
def test_a_paragraph_of_the_review(fact: dict[str, str]) -> None:
    prose = paragraphs(review())[fact["anchor"]].prose
    words = without_markers(prose).split()
    assert " ".join(words[:6]) == fact["first words"]
    assert " ".join(words[-5:]) == fact["last words"]
    markers = [",".join(map(str, citation.numbers)) for citation in prose.citations]
    assert " ".join(markers) == fact["citation markers, in order"]


@pytest.mark.parametrize(
    "joint",
    [
        "mainly due to abnormal X chromosome pairing",
        "systemic lupus erythematosus, and rheumatoid arthritis",
        "isolated from bone marrow, umbilical cord blood, placenta",
        "Previous studies demonstrated that bone marrow MSCs",
        "hypoxic pretreated bone MSCs (BMSCs) into rats",
        "perform many beneficial effects",
        "the inherent mechanism, and additional investigations",
        "Migration, homing, and locating in the target tissue",
    ],
)
def test_a_paragraph_cut_in_two_is_joined(joint: str) -> None:
    assert sum(joint in paragraph.prose.text for paragraph in paragraphs(review()).values()) == 1


def test_rows_of_the_table() -> None:
    found = table(review())
    assert (found.label, found.header) == ("Table 1", ())
    assert found.caption.text.startswith("Studies of mesenchymal stem cells from different")
    rows = [
        {
            "row": row.anchor.removeprefix("t1-r"),
            "source": row.cells[0].text,
            "first words": " ".join(row.cells[1].text.split()[:4]),
            "last words": " ".join(row.cells[1].text.split()[-3:]),
            "references": ",".join(str(n) for c in row.cells[2].citations for n in c.numbers),
        }
        for row in found.rows
    ]
    assert rows == facts("shi-2022.rows.tsv")
    assert [row.cells[2].text for row in found.rows[:4]] == ["[16,17]", "[15]", "[18]", ""]
    assert "TGF-β and Wnt/β-catenin and Hippo" in found.rows[3].cells[1].text
    assert "cell TGF-β/Smad pathway" in found.rows[9].cells[1].text
    assert found.notes is not None
    assert found.notes.prose.text.startswith("ADSCs = adipose-derived stem cells, AFSCs =")


def test_floats_stand_after_their_first_mention() -> None:
    order = [block.anchor for block in blocks(review())]
    assert order[order.index("s2-p1") + 1] == "f1"
    assert order[order.index("s3-p1") + 1] == "t1"
    assert order[order.index("s4-p1") + 1] == "f2"


def test_citations_resolve_and_every_reference_is_cited() -> None:
    cited: set[int] = set()
    for prose in proses(review()):
        for citation in prose.citations:
            marker = prose.text[citation.start : citation.end]
            assert parse_numbers(marker.strip("[]")) == citation.numbers
            cited.update(citation.numbers)
    assert cited == set(range(1, 99)) == {one.number for one in review().references}


def test_metadata() -> None:
    article = review()
    assert article.title.startswith("Biological mechanisms and applied prospects of mesenchymal")
    assert [
        (full_name(a.name), a.degrees, a.affiliations, a.corresponding) for a in article.authors
    ] == [
        ("Lan Shi", "MD", ("a",), False),
        ("Zhifen Zhang", "MD, PhD", ("a", "b"), True),
        ("Miao Deng", "MD", ("b",), False),
        ("Fangyuan Zheng", "MD", ("b",), False),
        ("Wenhua Liu", "MD", ("b",), False),
        ("Shujin Ye", "MD", ("a",), False),
    ]
    assert [one.label for one in article.affiliations] == ["a", "b"]
    assert article.affiliations[1].text.startswith("Department of Obstetrics and Gynecology")
    assert "zhangzf@zju.edu.cn" in article.correspondence
    assert (article.journal, article.year, article.volume) == ("Medicine", 2022, "101")
    assert (article.issue, article.pages) == ("32", "e30013")
    assert article.doi == "10.1097/MD.0000000000030013"
    assert article.licence.name == "CC BY 4.0"
    assert [(one.event, one.date) for one in article.dates] == [
        ("received", "2022-04-12"),
        ("received in final form", "2022-05-19"),
        ("accepted", "2022-06-01"),
    ]
    statements = {one.name: one.text for one in article.statements}
    assert {"conflict of interest", "funding", "data availability", "copyright"} <= set(statements)
    assert "[No. WKJ-ZJ-2010]" in statements["funding"]
    assert "[Z20200007]" in statements["funding"]


def test_abbreviations() -> None:
    own = [one for one in review().abbreviations if one.anchor == "abbreviations"]
    assert len(own) == 19
    assert (own[0].short, own[0].long) == ("AMH", "automated materials handling")
    assert (own[-1].short, own[-1].long) == ("VEGF", "vascular endothelial growth factor")
    longs = {(one.anchor, one.short): one.long for one in review().abbreviations}
    assert longs["t1-notes", "TGF-β"] == "transforming growth factor-β"
    assert longs["f2", "TNF-α"] == "tumor necrosis factor-α"
    assert longs["f1", "MSC"] == "mesenchymal stem cell"


def test_the_ledger_covers_every_line_once() -> None:
    lines = source().split("\n")
    filled = [number for number, line in enumerate(lines, 1) if line.strip()]
    assert [line.line for line in review().ledger] == filled
    assert all(line.where for line in review().ledger)
    where = fields(review())
    by_words = {
        "The authors have no conflicts": "metadata:conflict of interest",
        "http://dx.doi.org": "metadata:doi",
        "Received: 12 April": "metadata:dates",
        "umbilical cord blood, placenta": "s2.1-p1",
        "Figure 2. The potential": "f2",
        "(BMSCs) into rats": "s3.1-p2",
        "AFSCs\t": "t1-r16",
        "Keywords:": "keywords",
        "4.5. Autophagy": "s4.5",
        "- [58] Liu J": "ref-58",
    }
    found = {
        words: where[number]  # type: ignore[index]
        for words in by_words
        for number, line in enumerate(lines, 1)
        if line.startswith(words)
    }
    assert found == by_words


def test_repairs_are_certain_and_written_down() -> None:
    made = {(repair.printed, repair.repaired) for repair in review().repairs}
    assert {
        ("TGF-[scolor_start FADADD]β[/scolor]", "TGF-β"),
        ("TGF-Iscolor start FADADDI6I/scolorI/Smad", "TGF-β/Smad"),
        ("TGF- β", "TGF-β"),
        ("interferon- γ", "interferon-γ"),
        ("1 α", "1α"),
        ("2016;11:e0164638e0164638.", "2016;11:e0164638."),
        ("MSCsrelated", "MSCs-related"),
        ("MSCsderived", "MSCs-derived"),
    } <= made
    lines = source().split("\n")
    for repair in review().repairs:
        assert repair.printed.split()[0].rstrip("βαγ") in lines[repair.line - 1]
    assert review().references[4].pages == "e0164638"


def test_damage_that_could_be_read_otherwise_stays() -> None:
    damaged = (
        "The TGF-Iscolor start FADADDI6I/scolorI/Smad pathway of type 1 β cells and MSCsrelated."
    )
    article = read_text(f"# A title of it\n\n## Introduction\n\n{damaged}\n")
    assert paragraphs(article)["s1-p1"].prose.text == damaged
    messages = " ".join(finding.message for finding in article.findings)
    assert "scolor start FADADD" in messages
    assert "MSCsrelated" in messages


@pytest.mark.parametrize(
    ("whole", "mended"),
    [
        (["β"], "TGF-β"),
        (["β1"], "TGF-β1"),
        (["beta"], ""),  # too long to be read as one sign
        (["β", "α"], ""),  # it may be either
    ],
)
def test_a_damaged_tag_is_read_as_all_whole_ones_if_they_hold_one_short_thing(
    whole: list[str], mended: str
) -> None:
    tags = " ".join(f"A TGF-[scolor_start FF]{c}[/scolor] is TGF-{c}." for c in whole)
    damaged = "TGF-Iscolor start FFI6I/scolorI"
    article = read_text(f"# A title of it\n\n## Introduction\n\n{tags} But {damaged} is odd.\n")
    assert f"But {mended or damaged} is odd." in paragraphs(article)["s1-p1"].prose.text


def test_what_is_odd_in_the_review() -> None:
    assert {finding.place for finding in review().findings} == {
        "line 5", "ref-1", "t1-r4", "t1-r13", "t1-r15",
    }  # fmt: skip


def test_what_ends_a_paragraph() -> None:
    pieces = (
        "The first paragraph of the section ends with vitamin D.",
        "The second was studied over many years by Liu et al.",
        "in rats, which is the rest of its sentence.[1]",
        "The third ends with a marker that is raised.^2",
        "The fourth: it stands alone.",
    )
    text = "# A title of it\n\n## Introduction\n\n" + "\n\n".join(pieces)
    found = paragraphs(read_text(text + "\n\n## References\n\n1. A A. T. J. 2018;1:2."))
    assert [one for one in found if one.startswith("s1")] == ["s1-p1", "s1-p2", "s1-p3", "s1-p4"]
    assert found["s1-p2"].prose.text == f"{pieces[1]} {pieces[2]}"


# Other printings of the review


@pytest.mark.parametrize("printing", PRINTINGS, ids=lambda one: one.__name__)
def test_another_printing_is_the_same_article(printing: object) -> None:
    article = read_text(printing(source()))  # type: ignore[operator]
    assert len(units(article)) == 165
    assert (article.title, article.year) == (review().title, 2022)
    assert people(article) == people(review())
    texts = {"".join(filter(str.isalnum, unit.view.text)) for unit in units(article)}
    missing = [
        unit.view.anchor
        for unit in units(review())
        if "".join(filter(str.isalnum, unit.view.text)) not in texts
    ]
    assert missing == []
    cited = [[c.numbers for c in prose.citations] for prose in proses(article)]
    assert sorted(cited) == sorted([[c.numbers for c in p.citations] for p in proses(review())])
    if printing is not unnumbered:
        assert [s.number for s in article.sections] == [s.number for s in review().sections]


def test_running_heads_and_page_numbers_are_set_aside() -> None:
    reasons = [line.reason for line in read_text(marked_headings(source())).ledger]
    assert set(reasons) == {"", "page number", "running head"}


def small(*paragraphs: str, references: int = 9) -> Article:
    """An article of these paragraphs under one heading, with so many references."""
    entries = (
        f"[{n}] Doe J. Title number {n}. J Test. 2001;{n}:1-9." for n in NUMBERS[:references]
    )
    parts = ("# On small cells", "## 1. Beginning", *paragraphs, "## References")
    return read_text("\n\n".join((*parts, "\n".join(entries))))


NUMBERS = range(1, 100)
WORDS = "words of a sentence that is long enough to be the text of a paragraph"


def citing(article: Article) -> list[tuple[int, ...]]:
    return [c.numbers for block in proses(article) for c in block.citations]


@pytest.mark.parametrize(("times", "kept"), [(2, True), (3, False)])
def test_a_line_that_is_printed_three_times_is_a_running_head(times: int, kept: bool) -> None:
    pages = [part for n in range(times) for part in (f"Page {n} has {WORDS}.", "Studies of cells")]
    article = small(*pages, f"The end of {WORDS}.")
    reasons = [line.reason for line in article.ledger]
    assert reasons.count("running head") == (0 if kept else times)


@pytest.mark.parametrize(
    ("block", "are_notes"),
    [
        ("GC: granulosa cell, OC: oocyte cell.", True),
        ("GC: granulosa cell alone.", False),
        ("GC: granulosa cell, OC: oocyte cell, ".ljust(239, "x"), True),
        ("GC: granulosa cell, OC: oocyte cell, ".ljust(240, "x"), False),  # too much besides
        ("GC = granulosa cell and OC = oocyte cell, " + "x" * 400, True),
        ("GC = granulosa cell, " + "x" * 400, False),
    ],
)
def test_what_follows_a_table_are_its_notes_if_it_defines_enough(
    block: str, are_notes: bool
) -> None:
    rows = "| Cell | Size |\n|---|---|\n| oocyte | large |\n| other | small |"
    article = small("The sizes are in Table 1.[1]", "Table 1. Sizes", rows, block, f"The {WORDS}.")
    assert (table(article).notes is not None) == are_notes


@pytest.mark.parametrize(
    ("references", "cited", "expected"),
    [
        (6, (1, 2), []),
        (6, (1, 2, 3), [(1,), (2,), (3,)]),
        (12, (1, 2, 3), []),
        (12, (1, 2, 3, 4), [(1,), (2,), (3,), (4,)]),
    ],
)
@pytest.mark.parametrize("form", ["The {} ({}) follow here.", "The {}.{} Others follow here."])
def test_numbers_in_round_brackets_or_glued_cite_if_a_third_of_the_list_is_so_cited(
    references: int, cited: tuple[int, ...], expected: list[tuple[int, ...]], form: str
) -> None:
    texts = (form.format(WORDS, number) for number in cited)
    assert citing(small(*texts, references=references)) == expected


@pytest.mark.parametrize(("square", "raised"), [(3, True), (4, False)])
def test_raised_numbers_cite_beside_brackets_if_they_are_a_quarter(
    square: int, raised: bool
) -> None:
    texts = [f"The {WORDS}.[{number}] More of them follow." for number in range(1, square + 1)]
    found = citing(small(*texts, f"The last {WORDS}.<sup>9</sup>"))
    assert found == [(n,) for n in range(1, square + 1)] + ([(9,)] if raised else [])


# Other articles


def outline(article: Article) -> list[str]:
    return [f"{s.number} {s.title}".strip() for s in article.sections]


def test_marked_text() -> None:
    article = sample("markdown.md")
    assert outline(article) == [
        "Abstract", "Keywords", "1 Introduction", "2 Mechanisms", "2.1 Granulosa cells",
        "2.2 Theca cells", "3 Conclusions", "Author Contributions",
    ]  # fmt: skip
    found = paragraphs(article)
    assert found["abstract-p1"].heading == "Background"
    assert found["keywords"].prose.text == "vitamin D; ovary; ageing"
    first = found["s1-p1"].prose
    assert "10⁶ cells per cm² of cortex, and the Ca²⁺ response" in first.text
    assert "in granulosa cells as well" in first.text
    assert [c.numbers for c in first.citations] == [(1, 2), (3, 4, 5), (2, 4)]
    assert found["s1-p2"].prose.text.endswith("We use TGF-β and CYP19A1 throughout.")
    assert [found[f"s2.1-p{n}"].prose.text for n in (2, 4)] == [
        "uptake by megalin;", "binding to VDR.",
    ]  # fmt: skip
    assert found["s2.1-p3"].prose.citations[0].numbers == (1, 6)
    assert found["s2.2-p1"].prose.text.endswith("comes from rodents alone.[6]")
    grid = table(article)
    assert grid.header == ("Age", "Level (nmol/L)", "Ref.")
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [
        ["20–29", "61 ± 4", "[1]"],
        ["30–39", "55 ± 3", "[2,3]"],
        ["30–39", "52 ± 6 (smokers)", ""],
    ]
    assert ("VDR", "vitamin D receptor", "f1") in [
        (one.short, one.long, one.anchor) for one in article.abbreviations
    ]
    assert people(article) == ["Ana Silva", "Björn van der Berg", "Chloé O'Neill"]
    assert [a.corresponding for a in article.authors] == [False, False, True]
    assert (article.journal, article.year, article.pages) == ("Int. J. Examples", 2020, "345")
    assert {one.name for one in article.statements} >= {"funding", "conflict of interest"}


@pytest.mark.parametrize(("size", "noted"), [(60, []), (61, ["line 3"])])
def test_only_a_long_line_set_aside_from_the_front_is_noted(size: int, noted: list[str]) -> None:
    line = f"{'Handled by the office of the journal ' * 2}{'x' * size}"[: size - 1] + "x"
    article = read_text(f"# On small cells\n\n{line}\n\n## 1. Beginning\n\nThe {WORDS}.")
    message = "front matter not recognised, set aside"
    assert [one.place for one in article.findings if one.message == message] == noted


def test_highlights_named_amid_the_text_are_not_those_of_the_front() -> None:
    article = small(f"The first {WORDS}.", "Highlights", f"The other {WORDS}.")
    texts = [passage.prose.text for passage in paragraphs(article).values()]
    assert texts == [f"The first {WORDS}.", f"The other {WORDS}."]


def test_an_unnumbered_heading_marked_higher_than_the_one_before_ends_its_section() -> None:
    headings = ("## 1. Beginning", "### 1.1. Cells", "## Other animals")
    parts = (f"{heading}\n\nThe {WORDS}." for heading in headings)
    article = read_text("\n\n".join(("# On small cells", *parts)))
    assert outline(article) == ["1 Beginning", "1.1 Cells", "2 Other animals"]


def test_a_list_with_a_gap() -> None:
    article = sample("markdown.md")
    assert [one.number for one in article.references] == [1, 2, 3, 4, 5, 6, 8]
    assert article.references[5].title == "Precursor conversion in rodents"
    assert paragraphs(article)["s3-p1"].prose.citations == ()
    odd = {(finding.place, finding.message) for finding in article.findings}
    assert ("s3-p1", "[7] matches no reference in the list") in odd


def test_a_byline_broken_before_its_commas_names_all_authors() -> None:
    """pdftotext breaks the line after each raised mark, so that the next begins with a comma."""
    byline = "Jane Doe1,2*\n, Otto Roe3\n, Mary Poe1\n,\nIda Moe2\n"
    front = f"RESEARCH ARTICLE Open Access\nThe fate of ovarian cells\n{byline}"
    article = read_text(f"{front}Abstract\nCells age.\n\n1 Introduction\n\nCells age with time.\n")
    names = [full_name(author.name) for author in article.authors]
    assert names == ["Jane Doe", "Otto Roe", "Mary Poe", "Ida Moe"]


def test_wrapped_text() -> None:
    article = sample("wrapped.txt")
    assert outline(article) == [
        "Abstract", "Keywords", "1 Introduction", "2 Sources of cells", "3 Delivery",
        "4 Conclusion", "Acknowledgements",
    ]  # fmt: skip
    assert article.title == "Stem cells in bone repair: where do we stand?"
    assert [(full_name(a.name), a.affiliations) for a in article.authors] == [
        ("Maria Rossi", ("a",)),
        ("John Q. Public", ("b",)),
    ]
    intro = paragraphs(article)["s1-p1"].prose
    assert "They were first described in bone marrow" in intro.text
    assert (
        "Anti-inflammatory effects add to repair, since inflammatory signals delay it" in intro.text
    )
    assert [c.numbers for c in intro.citations] == [(1,), (2, 3), (1, 2, 3, 5), (4,)]
    assert paragraphs(article)["keywords"].prose.text == "Bone repair; Stem cells"
    grid = table(article)
    assert (grid.anchor, grid.header) == ("t2", ("Source", "Yield per gram", "Reference"))
    assert grid.rows[1].cells[2].citations[0].numbers == (2, 4)
    assert (article.journal, article.volume, article.pages) == (
        "Journal of Synthetic Biology", "14", "101–110",
    )  # fmt: skip
    assert article.references[0].doi == "10.9999/jbe.2018.12"
    assert [len(one.names) for one in article.references] == [2, 1, 2, 1, 2]


def test_text_with_formulas() -> None:
    article = sample("formulas.md")
    assert outline(article) == [
        "Abstract", "1 Introduction", "2 Transfer of mitochondria", "3 Outlook",
        "Author contributions",
    ]  # fmt: skip
    intro = paragraphs(article)["s1-p1"].prose
    assert intro.text.startswith("Oocytes hold 10⁵ mitochondria[1,2]. Their number")
    assert [c.numbers for c in intro.citations] == [(1, 2), (3,), (1, 2, 3, 4)]
    assert "counted in μl volumes" in intro.text
    grid = table(article)
    assert grid.caption.text == "Trials of mitochondrial transfer"
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [
        ["Seoul", "12", "3 births[2]"],
        ["Seoul", "9", "none[4]"],
    ]
    assert grid.notes is not None
    assert article.references[1].et_al
    assert article.references[4].publisher == "WHO Press"


def test_headings_in_capitals_above_others() -> None:
    article = sample("capitals.md")
    assert outline(article) == [
        "Abstract", "Keywords", "1 INTRODUCTION", "2 STEM CELLS", "2.1 Sources of Stem Cells",
        "2.2 Homing of Stem Cells", "3 CONCLUSION", "AUTHOR CONTRIBUTIONS",
    ]  # fmt: skip
    assert paragraphs(article)["abstract-p1"].prose.text.startswith("Ovarian failure is common.")
    intro = paragraphs(article)["s1-p1"].prose
    assert [intro.text[c.start : c.end] for c in intro.citations] == ["(1, 2)", "(3)", "(1–3)"]
    grid = table(article)
    assert grid.header == ("Trial", "Cells", "References")
    assert grid.rows[1].cells[2].citations[0].numbers == (4,)
    assert grid.notes is not None
    assert [one.journal for one in article.references[:2]] == ["Hum Ex", "Cell Ex"]
    assert {one.name for one in article.statements} >= {"editors", "funding", "copyright"}
    assert article.correspondence == "Ana Silva ana@example.org"


def test_a_structured_abstract_and_declarations() -> None:
    article = sample("structured.md")
    assert article.title == "Exosomes in ovarian ageing: promises and limits"
    assert outline(article) == [
        "Abstract", "Keywords", "Abbreviations", "1 Background", "2 Main text", "3 Biogenesis",
        "4 Cargo", "5 Conclusions", "Acknowledgements", "Authors' contributions",
    ]  # fmt: skip
    found = paragraphs(article)
    assert [found[f"abstract-p{n}"].heading for n in (1, 2, 3)] == [
        "Background", "Main body", "Conclusion",
    ]  # fmt: skip
    assert found["s3-p1"].prose.text.endswith("and the ESCRT machinery loads them [6].")
    assert [a.corresponding for a in article.authors] == [False, False, True]
    assert (article.journal, article.year, article.volume) == ("Stem Cell Ex", 2020, "11")
    assert article.licence.name == "CC BY 4.0"
    assert {one.name for one in article.statements} >= {
        "ethics", "data availability", "conflict of interest", "publisher's note",
    }  # fmt: skip
    assert ("PTEN", "Phosphatase and tensin homolog") in [
        (one.short, one.long) for one in article.abbreviations
    ]


PROSE = "Cells that were given to animals with damaged ovaries helped their follicles to grow."
ENTRIES = [f"{n}. Doe J. Title {n}. J Test. 2001;{n}:1-2." for n in range(1, 5)]


def test_captions_amid_the_references() -> None:
    pieces = ["# A title of it", "## Introduction", f"{PROSE} [1–4]", "## References"]
    pieces += [*ENTRIES[:2], "Figure 1. How cells grow.", *ENTRIES[2:]]
    article = read_text("\n\n".join(pieces))
    assert [one.number for one in article.references] == [1, 2, 3, 4]
    assert [block.anchor for block in blocks(article)] == ["s1-p1", "f1"]


def test_a_table_without_a_number_comes_after_all_others() -> None:
    rows = "Cells\tDose\nCord\t5"
    pieces = [
        "# A title of it", "## Introduction", PROSE, rows,
        PROSE, "Table 3. Doses.", rows, PROSE, "Table 3. Others.", rows,
    ]  # fmt: skip
    anchors = [block.anchor for block in blocks(read_text("\n\n".join(pieces)))]
    assert [anchor for anchor in anchors if anchor.startswith("t")] == ["t4", "t3", "t5"]


def test_definitions_after_the_head_of_notes() -> None:
    notes = "Notes. BM, bone marrow; POI, premature ovarian insufficiency."
    pieces = ["# A title", "## Introduction", PROSE, "Table 1. Doses.", "Cells\tDose\nBM\t5", notes]
    article = read_text("\n\n".join(pieces))
    assert [(one.short, one.long, one.anchor) for one in article.abbreviations] == [
        ("BM", "bone marrow", "t1-notes"),
        ("POI", "premature ovarian insufficiency", "t1-notes"),
    ]


def test_the_licence_by_its_address() -> None:
    terms = "under the Creative Commons Attribution License (http://creativecommons.org/licenses/by/2.0)"
    text = f"# A title of it\n\n© 2014 Doe. Published {terms}.\n\n## Introduction\n\n{PROSE}"
    assert read_text(text).licence.name == "CC BY 2.0"


# Damaged sources

SEEDS = st.integers(0, 2**32)  # drawing a whole order, line by line, costs more than reading it


@pytest.mark.parametrize("name", SAMPLES)
def test_ledger_of_a_sample(name: str) -> None:
    lines = (DATA / "pdftext" / name).read_text(encoding="utf-8").split("\n")
    ledger = sample(name).ledger
    assert [one.line for one in ledger] == [n for n, line in enumerate(lines, 1) if line.strip()]
    assert all(one.where or one.reason for one in ledger)
    assert "not understood" not in {one.reason for one in ledger}


def check_damaged(lines: list[str]) -> None:
    """Whatever the source: a clear error, or an article in which no line is lost."""
    try:
        article = read_text("\n".join(lines))
    except ReadError:
        return
    assert [one.line for one in article.ledger] == [n for n, x in enumerate(lines, 1) if x.strip()]
    assert all(one.where or one.reason for one in article.ledger)
    anchors = [unit.view.anchor for unit in units(article)]
    assert len(anchors) == len(set(anchors))
    for prose in proses(article):
        assert all(prose.text[c.start] in "[(" for c in prose.citations)


@given(st.sampled_from(SAMPLES), SEEDS, st.floats(0, 1))
def test_a_mangled_sample(name: str, seed: int, part: float) -> None:
    lines = (DATA / "pdftext" / name).read_text(encoding="utf-8").split("\n")
    kept = lines[int(part * len(lines)) :]
    check_damaged(kept)
    random.Random(seed).shuffle(kept)
    check_damaged(kept)


@settings(max_examples=12)
@given(st.floats(0, 1), SEEDS)
def test_the_review_mangled(part: float, seed: int) -> None:
    lines = source().split("\n")
    lines = lines[: int(part * len(lines))]
    check_damaged(lines)
    random.Random(seed).shuffle(lines)
    check_damaged(lines)


@given(st.text(alphabet="[]()^*_#|$\\<>/ \t\n-.,1aA0βé–", max_size=400))
def test_any_text(text: str) -> None:
    check_damaged(text.split("\n"))


@pytest.mark.parametrize("text", ["", "\n\n", "---\n", "12\n"])
def test_nothing_in_it(text: str) -> None:
    with pytest.raises(ReadError, match="no paragraph, table, figure or reference"):
        read_text(text, "empty.txt")


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (b"\n<!DOCTYPE html>\n<title>Cells</title>", r"not text but HTML. Name it \.html"),
        (b"<!-- saved -->\n<HTML lang='en'>\n<HEAD>", r"not text but HTML. Name it \.html"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<html><head>", r"not text but HTML"),
        (b"<?xml version='1.0'?>\n<!DOCTYPE article>", r"not text but JATS XML. Name it \.xml"),
        (b"<article article-type='review'><front>", r"not text but JATS XML. Name it \.xml"),
        (b"<OAI-PMH xmlns='http://a.org/'><record>", r"not text but XML. Name it \.xml"),
        (b"%PDF-1.7\n%\xe2\xe3", r"not text but PDF. Name it \.pdf"),
        (b"PK\x03\x04\x14", "word processor"),
    ],
)
def test_a_file_of_another_format_is_refused_with_the_remedy(source: bytes, problem: str) -> None:
    with pytest.raises(ReadError, match=problem):
        read(source, "article.txt", "x")


def test_a_text_with_html_in_it_is_one() -> None:
    table = "<html><body><table><tr><td>UC</td></tr></table></body></html>"
    assert read(f"{table}\n\n## 1. Introduction\n\nCells grew.".encode(), "a.txt", "x").sections


def test_not_utf_8() -> None:
    with pytest.raises(ReadError, match=r"latin\.txt, line 2: it is not UTF-8"):
        read("A title\nÜberschrift".encode("latin-1"), "latin.txt", "x")
