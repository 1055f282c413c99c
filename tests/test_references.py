"""Entries of reference lists in the styles of different journals."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from articles import authors
from hypothesis import given
from hypothesis import strategies as st

from poi_search.references.matching import normal_title
from poi_search.references.printed_entries import parse_entry

DATA = Path(__file__).parent / "data"
REVIEW = Path(__file__).parent.parent / "corpus" / "shi-2022.txt"


def entries_of_the_review() -> list[str]:
    lines = REVIEW.read_text(encoding="utf-8").split("\n")
    listed = lines[lines.index("References") + 1 :]
    return [line[2:].split("] ", 1)[-1] if line[2] == "[" else line[2:] for line in listed if line]


def transcription() -> list[dict[str, str]]:
    with (DATA / "shi-2022.references.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_reference_of_the_review() -> None:
    entries, facts = entries_of_the_review(), transcription()
    assert len(entries) == len(facts) == 98
    for entry, fact in zip(entries, facts, strict=True):
        found = parse_entry(int(fact["number"]), entry.replace("e0164638e0164638", "e0164638"))
        assert {
            "number": str(found.number),
            "authors": ";".join(authors(found)),
            "et al": "et al" if found.et_al else "",
            "last words of the title": " ".join(found.title.split()[-3:]),
            "journal": found.journal,
            "year": str(found.year),
            "volume": found.volume,
            "pages": found.pages,
        } == fact
        assert found.issue == found.doi == found.publisher == ""
        assert bool(found.note) == (found.number in (27, 66))
        assert found.title in entry


def test_a_published_correction_is_a_note() -> None:
    found = parse_entry(27, entries_of_the_review()[26])
    assert found.note == "published correction appears in Stem Cell Res Ther. 2017 Mar 8;8(1):49"
    assert found.title.endswith("premature ovarian failure in mice")


SAME = ("Abel AB", "Van Cain C"), "Title of it: a study", 2018, "12", "34–45"


@pytest.mark.parametrize(
    ("entry", "journal"),
    [
        (
            "Abel AB, Van Cain C. Title of it: a study. J Clin Invest. 2018;12:34–45.",
            "J Clin Invest",
        ),
        (
            "Abel AB, Van Cain C. Title of it: a study. J Clin Invest. 2018 Mar-Apr;12:34–45. "
            "doi: 10.1007/s00-1. PMID: 1234567; PMCID: PMC7654321.",
            "J Clin Invest",
        ),
        ("Abel AB, Van Cain C: Title of it: a study. Lancet 2018, 12:34–45.", "Lancet"),
        (
            "Abel, A. B. & Van Cain, C. Title of it: a study. J. Clin. Invest. 12, 34–45 (2018).",
            "J. Clin. Invest.",
        ),
        (
            "Abel, A.B.; Van Cain, C. Title of it: a study. J. Clin. Invest. 2018, 12, 34–45. "
            "[CrossRef] [PubMed]",
            "J. Clin. Invest.",
        ),
        (
            "A.B. Abel, C. Van Cain, Title of it: a study, J. Clin. Invest. 12 (2018) 34–45, "
            "https://doi.org/10.1016/j.x.2018.01.001.",
            "J. Clin. Invest.",
        ),
        (
            "Abel AB, Van Cain C (2018) Title of it: a study. J Clin Invest 12:34–45",
            "J Clin Invest",
        ),
        (
            "Abel, A. B., & Van Cain, C. (2018). Title of it: a study. Journal of It, 12, 34–45.",
            "Journal of It",
        ),
    ],
)
def test_styles(entry: str, journal: str) -> None:
    found = parse_entry(1, entry)
    assert (authors(found), found.title, found.year, found.volume, found.pages) == SAME
    assert found.journal == journal
    assert not found.et_al
    assert found.text == entry


def test_identifiers() -> None:
    entry = "Abel A. Title. J Ex. 2018;1:2. doi: 10.1007/s00-1(2). PMID: 1234567; PMC7654321."
    found = parse_entry(1, entry)
    assert (found.doi, found.pmid, found.pmcid) == ("10.1007/s00-1(2)", "1234567", "PMC7654321")
    assert (found.volume, found.pages) == ("1", "2")


@pytest.mark.parametrize(
    ("printed", "volume", "issue", "pages"),
    [
        ("2018;12(3 Suppl 1):S34–45", "12", "3 Suppl 1", "S34–45"),
        ("2018;12 Suppl 1:S34-S45", "12", "Suppl 1", "S34-S45"),
        ("2022;101:32(e30013)", "101", "32", "e30013"),
        ("2018;2018:2495848", "2018", "", "2495848"),
        ("2020; 382 (5): 410-20", "382", "5", "410-20"),
    ],
)
def test_volume_issue_and_pages(printed: str, volume: str, issue: str, pages: str) -> None:
    found = parse_entry(1, f"Abel A, Cain C. Title. J Ex. {printed}.")
    assert (found.volume, found.issue, found.pages) == (volume, issue, pages)


def test_a_book() -> None:
    found = parse_entry(1, "Abel A, Cain C. Title of the book. 2nd ed. Berlin: Springer; 2010.")
    assert (found.publisher, found.year, found.journal) == ("Springer", 2010, "")
    body = parse_entry(2, "World Health Organization. Guidelines. Geneva: WHO; 2010.")
    assert authors(body) == ("World Health Organization",)


@pytest.mark.parametrize("entry", ["", "Personal communication.", "See 2018;12:34.", "A. B. C."])
def test_uncertain_fields_stay_empty(entry: str) -> None:
    found = parse_entry(3, entry)
    assert (found.number, found.text) == (3, entry)
    assert (authors(found), found.title, found.journal) == ((), "", "")


@given(st.text(alphabet="ABab é.,;:()[]&0129–-", max_size=300))
def test_any_text_is_parsed_without_an_error(text: str) -> None:
    assert parse_entry(1, text).number == 1


@given(st.text(max_size=200), st.integers(0, 97))
def test_fields_consist_of_words_of_the_entry(noise: str, at: int) -> None:
    entry = entries_of_the_review()[at]
    found = parse_entry(1, entry[: len(noise)] + noise + entry[len(noise) :])
    assert found.journal.rstrip(".") in found.text
    assert found.volume in found.text


@pytest.mark.parametrize(
    ("letter", "name"), list(zip("αβγδκ", "alpha beta gamma delta kappa".split(), strict=True))
)
def test_titles_with_greek_letters_and_their_names_are_the_same(letter: str, name: str) -> None:
    assert normal_title(f"TGF-{letter} and {letter.upper()}-cells") == normal_title(
        f"TGF {name} and {name} cells"
    )
