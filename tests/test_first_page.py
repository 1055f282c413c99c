"""What the first page of a converted article says of it: title, people, year, DOI."""

from __future__ import annotations

import pytest

from poi_search.article import Article
from poi_search.readers.pdftext import read_text

BODY = (
    "## Abstract\n\nThe review covers signalling in the ovary of mice and of women.\n\n"
    "## 1. Introduction\n\nCells grow with time in the ovary (doi:10.9999/other.1) [1].\n\n"
    "**Table 1** Data\n\n| Set | DOI |\n|---|---|\n| One | 10.9999/data.2 |\n\n"
    "## References\n\n1. Li X. Study of cells. J Res. 2003;20:15-8. doi:10.9999/cited.3\n"
)


def article(front: str) -> Article:
    return read_text(f"{front}\n\n{BODY}")


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("Received: 3 May 2017 / Accepted: 2 June 2018 / Published online: 9 July 2019", 2019),
        ("Received 3 May 2017; Accepted 2 June 2018", 2018),
        ("© 2019 The Authors. Published by Acme Press.", 2019),
        ("Copyright 2019 by the authors. This is an open access article.", 2019),
        ("How to cite this article: Doe A. Cells of it. J Res. 2019;7:1-9.", 2019),
        ("Volume 2019, Article ID 801626, 8 pages", 2019),
        ("Department of Medicine, Acme University, Springfield 20190", None),
    ],
)
def test_the_year(line: str, year: int | None) -> None:
    assert article(f"# Cells of the ovary: a review\n\nAnn B. Doe\n\n{line}").year == year


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("https://doi.org/10.1000/own.7", "10.1000/own.7"),
        ("J Cells (2019) 7:11–19 DOI 10.1000/own.7", "10.1000/own.7"),
        ("<!-- running head: J Cells 2019 doi:10.1000/own.7 -->", "10.1000/own.7"),
        ("Ann Doe's remarks", ""),
    ],
)
def test_the_doi_is_never_that_of_a_table_or_a_reference(line: str, doi: str) -> None:
    assert article(f"{line}\n\n# Cells of the ovary: a review\n\nAnn B. Doe").doi == doi


@pytest.mark.parametrize(
    ("people", "families"),
    [
        (
            "Ann B. Doe,<sup>1</sup> Carl Evans,<sup>2</sup> and Eve Fox<sup>1</sup>",
            "Doe Evans Fox",
        ),
        (
            "Ann B. Doe<sup>1</sup>, Carl Evans<sup>2</sup> and for the LIMIT Trial Group",
            "Doe Evans ",
        ),
        ("Ann B. Doe<sup>1</sup>, Carl Evans<sup>2</sup>", "Doe Evans"),
        ("Ann B. Doe[1], Carl Evans[2,*], Eve Fox [1,2]", "Doe Evans Fox"),
    ],
)
def test_the_authors(people: str, families: str) -> None:
    found = article(f"# Cells of the ovary: a review\n\n{people}").authors
    assert " ".join(author.name.family for author in found) == families


def test_the_version_is_no_part_of_the_title() -> None:
    title = "# Cells of the ovary: a review [version 2; referees: 2 approved]"
    assert article(f"{title}\n\nAnn B. Doe").title == "Cells of the ovary: a review"


def test_a_journal_with_digits_in_its_name() -> None:
    head = "<!-- running head: F1000Research 2019, 3:190 -->"
    found = article(f"{head}\n\n# Cells of it: a review\n\nAnn B. Doe")
    assert (found.journal, found.year, found.volume) == ("F1000Research", 2019, "3")


BY_LINES = (
    "Cells of the ovary: a review\n\nAnn B. Doe1,*, Carl Evans2\n\n"
    "1 Dept of Cells, Rome\n2 Dept of Mice, Oslo"
)


@pytest.mark.parametrize(
    ("line", "journal", "year", "volume", "issue", "pages"),
    [
        ("J Ovarian Res. 2021; 14: 55.", "J Ovarian Res", 2021, "14", "", "55"),
        (
            "Cells Update, Vol.27, No.3 pp. 460–500, 2021",
            "Cells Update", 2021, "27", "3", "460–500",
        ),
        (
            "Cells International, Volume 2016, Article ID 123456, 9 pages\n"
            "http://dx.doi.org/10.1155/2016/123456",
            "Cells International", 2016, "2016", "", "123456",
        ),
        ("Front. Cells., 12 May 2020 | doi:10.1/a", "Front. Cells.", 2020, "", "", ""),
        ("World J Cell 2020 August 26; 12(8): 123-140", "World J Cell", 2020, "12", "8", "123-140"),
        (
            "Journal of Cells 12 (2019) 45–60\nContents lists available at Acme",
            "Journal of Cells", 2019, "12", "", "45–60",
        ),
        ("ACTA ONE 13(2): e0191234. doi:10.1/a", "ACTA ONE", None, "13", "2", "e0191234"),
        ("eCells 2019;8:e12345. DOI: 10.1/a", "eCells", 2019, "8", "", "e12345"),
        ("Cell Notes 30, 123–134, January 7, 2020", "Cell Notes", 2020, "30", "", "123–134"),
        ("Cell Notes, 2020, Vol. 41, No. 2, 1-20", "Cell Notes", 2020, "41", "2", "1-20"),
        ("CELL REPORTS 45: 123-130, 2020", "CELL REPORTS", 2020, "45", "", "123-130"),
        ("Doe and Evans Journal of Cells (2021) 14:55", "Journal of Cells", 2021, "14", "", "55"),
        ("Doe et al. Journal of Cells (2021) 14:55", "Journal of Cells", 2021, "14", "", "55"),
        ("Food and Cell Toxicology (2021) 14:55", "Food and Cell Toxicology", 2021, "14", "", "55"),
        (
            "OPEN ACCESS Citation: Doe A (2018) Other cells. ACTA ONE 13(2): e0191234.",
            "ACTA ONE", 2018, "13", "2", "e0191234",
        ),
    ],
)  # fmt: skip
def test_a_journal_line_on_top_is_not_the_title(
    line: str, journal: str, year: int | None, volume: str, issue: str, pages: str
) -> None:
    read = article(f"{line}\n\n{BY_LINES}")
    assert read.title == "Cells of the ovary: a review"
    assert (read.journal, read.year) == (journal, year)
    assert (read.volume, read.issue, read.pages) == (volume, issue, pages)
    assert [author.name.family for author in read.authors] == ["Doe", "Evans"]


@pytest.mark.parametrize(
    "title",
    [
        "Cancer incidence in Europe, 1990-2020",
        "Report of the meeting of experts, 12 May 2020",
        "Effects of vitamin D 2000 on cells",
        "Stem cells in 2020",
    ],
)
def test_a_title_with_years_is_no_journal_line(title: str) -> None:
    assert article(f"{title}\n\nAnn B. Doe, Carl Evans").title == title


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        ("Published online 2021 Apr 12. \nReceived 3 May 2019; Accepted 2 June 2020", 2021),
        ("J Cells. 2021; 14: 55.\nPublished online 2020 Dec 30.\nAccepted 2 June 2020", 2021),
        ("Advance Access publication on December 30, 2021\nAccepted 2 June 2020", 2021),
    ],
)  # fmt: skip
def test_the_printed_year_is_before_that_of_the_acceptance(lines: str, year: int) -> None:
    read = article(f"{lines}\n\n{BY_LINES}")
    assert (read.title, read.year) == ("Cells of the ovary: a review", year)
