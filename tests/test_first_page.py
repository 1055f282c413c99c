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
