"""Names of the same journal, by what a library shows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from poi_search.references.abbreviated_names import can_stand_for, words
from poi_search.references.journal_names import PrintedJournal, find_journals, journal_key


def journals(*printed: str | PrintedJournal, same: Sequence[Sequence[str]] = ()) -> set[str]:
    """The journals found, each with its printed names, the one that it goes by first."""
    each = [PrintedJournal(one) if isinstance(one, str) else one for one in printed]
    found = find_journals(each, same)
    names: dict[str, list[str]] = {}
    for name, journal in found.items():
        names.setdefault(journal.name, []).append(name)
        assert journal_key(name) in journal.forms
    return {" = ".join((name, *(o for o in others if o != name))) for name, others in names.items()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PLoS One", "PLOS ONE"),
        ("J. Biol. Chem.", "J Biol Chem"),
        ("The EMBO Journal", "EMBO journal"),
        ("Genes & Development", "Genes and Development"),
        ("Proc Natl Acad Sci U S A", "Proc. Natl. Acad. Sci. USA"),
        ("Médecine/Sciences", "Medecine sciences"),
    ],
)
def test_the_way_of_writing_does_not_matter(one: str, other: str) -> None:
    assert journal_key(one) == journal_key(other)
    assert journals(one, other, other) == {f"{other} = {one}"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Cell", "Cells"), ("Stem Cells", "Stem Cell"), ("The Lancet", "Lancet Oncol"), ("The", "")],
)
def test_other_letters_do(one: str, other: str) -> None:
    assert journal_key(one) != journal_key(other)
    assert len(journals(one, other)) == 1 + bool(other)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("J Biol Chem", "Journal of Biological Chemistry"),
        ("J. Biol. Chem.", "The Journal of Biological Chemistry"),
        ("Fertil Steril", "Fertility and Sterility"),
        ("Hum Reprod", "Human Reproduction"),
        ("J Natl Cancer Inst", "Journal of the National Cancer Institute"),
        ("N Engl J Med", "The New England Journal of Medicine"),
        ("Mol Cell", "Molecular Cell"),
        ("Journal Biol Chem", "Journal of Biological Chemistry"),
        ("Annals Surgery", "Annals of Surgery"),
    ],
)
def test_an_abbreviation_is_the_name_it_shortens(short: str, full: str) -> None:
    assert journals(short, full) == {f"{short} = {full}"}
    assert journals(full, short, full) == {f"{full} = {short}"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stem Cell", "Stem Cells"),  # not two letters shorter
        ("Mol Cell", "Molecules and Cells"),
        ("Cell Death Dis", "Cell Death Discov"),  # no full word
        ("Gene", "Genetics"),  # one word
        ("J Biol", "Journal of Biological Chemistry"),
        ("J Phys Chem", "J Phys Chem A"),
        ("J Phys Chem A", "Journal of Physical Chemistry B"),
        ("Am J Surg", "American Journal of Pathology"),
    ],
)
def test_what_is_no_abbreviation(one: str, other: str) -> None:
    assert journals(one, other) == {one, other}


def test_an_abbreviation_of_two_names_is_neither() -> None:
    names = ("Adv Mater", "Advanced Materials", "Advances in Materials")
    assert journals(*names) == set(names)
    # 'Biotechnol' is no word that 'Biol' could be drawn together from, as 'Natl' is from 'National'
    assert len(journals("Biol Lett", "Biology Letters", "Biotechnol Lett")) == 2
    # a name and a shorter form of it are no two names
    forms = ("J Biol Chem", "Journal Biol Chem", "Journal of Biological Chemistry")
    assert journals(*forms) == {" = ".join(forms)}


def test_a_word_that_is_cut_elsewhere_is_another() -> None:
    assert journals("Cell Death Dis", "Cell Death Discov", "Cell Death Discovery") == {
        "Cell Death Dis",
        "Cell Death Discov = Cell Death Discovery",
    }


def test_volumes_counted_from_other_years_tell_journals_apart() -> None:
    def volumes(name: str, first: int, *years: int) -> list[PrintedJournal]:
        return [PrintedJournal(name, year, str(year - first + 1)) for year in years]

    disease = volumes("Cell Death Dis", 2010, 2013, 2018)
    discovery = volumes("Cell Death Discovery", 2015, 2018, 2020)
    assert journals(*disease, *discovery) == {"Cell Death Dis", "Cell Death Discovery"}
    assert len(journals(*disease, *volumes("Cell Death Disease", 2010, 2011, 2019))) == 1
    # a volume that begins in the year before, several volumes a year, and too few to say
    assert len(journals(*disease, *volumes("Cell Death Disease", 2011, 2012, 2019))) == 1
    several = [PrintedJournal("Cell Death Disease", 2011, "30"), *discovery[:1]]
    several += [PrintedJournal("Cell Death Disease", 2012, "39")]
    assert len(journals(*disease, *several[::2])) == 1
    assert len(journals(*disease, discovery[0])) == 1
    assert len(journals(*disease, PrintedJournal("Cell Death Discovery", 2018, "suppl"))) == 1


def test_what_lists_print_for_the_same_paper() -> None:
    def together(*names: str) -> bool:
        return len(journals(*names, same=[names])) == 1

    assert together("PNAS", "Proc Natl Acad Sci U S A")
    assert together("JAMA", "Journal of the American Medical Association")
    assert together("Cancers (Basel)", "Cancers")
    assert together("Jpn J Cancer Res", "Japanese Journal of Cancer Research")
    assert together("Molecular Therapy : the journal of the Society", "Mol Ther")
    assert len(journals("PNAS", "Proc Natl Acad Sci U S A")) == 2
    # a misprint in one of the lists
    assert not together("Lancet", "Lancet Oncol")
    assert not together("Nature", "Science")
    assert not together("Nature", "bioRxiv")


def test_a_journal_goes_by_its_most_frequent_name() -> None:
    assert journals("PLoS One", "PLOS ONE", "PLoS ONE", "PLOS ONE") == {
        "PLOS ONE = PLoS One = PLoS ONE"
    }
    assert journals("PLoS One", "PLOS ONE") == {"PLoS One = PLOS ONE"}
    assert find_journals([]) == {}
    assert find_journals([PrintedJournal("???")]) == {}


def test_words() -> None:
    assert words("The Journal of Médecine & Sciences (U.S.)") == (
        "journal", "medecine", "sciences", "u", "s"
    )  # fmt: skip
    assert words("The") == ("the",)
    assert can_stand_for("Cancers", "Cancers (Basel)")
    assert not can_stand_for("JA", "Journal of Anatomy")
