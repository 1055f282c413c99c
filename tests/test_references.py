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


OTHER_STYLES = [
    # Spandidos
    ("Chen LJ, Wu Y and Kim K: MicroRNA-21 in rats. Mol Med Rep 12: 1123-1129, 2015.",
     "article | MicroRNA-21 in rats | Mol Med Rep | 2015 | 12 | 1123-1129 | "),
    ("Chen LJ, Wu Y and Li X: Stem cells in rats. Exp Ther Med 12: 3, 2016.",
     "article | Stem cells in rats | Exp Ther Med | 2016 | 12 | 3 | "),
    ("Chen LJ, Wu Y, Li X, Xie J, Roe J, Doe A, et al: In mice. Mol Med Rep 12: 1-9, 2015.",
     "article | In mice | Mol Med Rep | 2015 | 12 | 1-9 | "),
    # Harvard, APA
    ("Smith, J. and Doe, A. (2018) ‘A title of it’, Journal of Names, 12(3), pp. 34–45.",
     "article | A title of it | Journal of Names | 2018 | 12 | 34–45 | "),
    ("Smith, J & Doe, A 2018, 'A title of it', Journal of Names, vol. 12, no. 3, pp. 34–45.",
     "article | A title of it | Journal of Names | 2018 | 12 | 34–45 | "),
    ("Smith, J., Doe, A., 2018. A title of it. J. Name 12, 34–45.",
     "article | A title of it | J. Name | 2018 | 12 | 34–45 | "),
    ("Smith, J. A., & Doe, A. (2018). A title: and more. Journal of Names, 12(3), 34–45.",
     "article | A title: and more | Journal of Names | 2018 | 12 | 34–45 | "),
    ("Hare, B., and Doe, A. (2005). Skills in dogs? Trends Cogn. Sci. 9, 439–444.",
     "article | Skills in dogs? | Trends Cogn. Sci. | 2005 | 9 | 439–444 | "),
    ("Smith, J. A. (2018). Title of it. Journal of Names, 12, Article 345.",
     "article | Title of it | Journal of Names | 2018 | 12 | 345 | "),
    ("Chen LJ and Wu Y: Title of it. Oncol Lett 12: 1123-1129, 2016 (In Chinese).",
     "article | Title of it | Oncol Lett | 2016 | 12 | 1123-1129 | "),
    ("Li X, Wu Y and Xu Z: Study. Mol Med Rep. 16:8771–8778. 2017. View Article : PubMed/NCBI",
     "article | Study | Mol Med Rep | 2017 | 16 | 8771–8778 | "),
    ("Li, X. (2020). Some cells. Cell, 3, Article e12. https://doi.org/10.1000/abc",
     "article | Some cells | Cell | 2020 | 3 | e12 | "),
    # IEEE, Hindawi
    ("A. Abel and C. Cain, “A title,” Plant and Soil, vol. 91, no. 2, pp. 221–229, 1986.",
     "article | A title | Plant and Soil | 1986 | 91 | 221–229 | "),
    ("W. Biagro, “Nutri-phite,” 2006, http://www.biagro.com/np.html.",
     "web | Nutri-phite |  | 2006 |  |  | "),
    # Chapters
    ("Smith A. The ovary. In: Hand C, ed. Book of Cells. 3rd ed. Oslo: Acme; 2015:100-120.",
     "chapter | The ovary | Book of Cells | 2015 |  | 100-120 | Acme"),
    ("Roe J. Growth. In: Boss B, Hand C, editors. The Ovary. New York, NY: Acme; 2010:11–29.",
     "chapter | Growth | The Ovary | 2010 |  | 11–29 | Acme"),
    ("Doe A. Growth. In: Boss B, editor. Book of cells. 2nd ed. Oslo: Acme; 2010. p. 11-29.",
     "chapter | Growth | Book of cells | 2010 |  | 11-29 | Acme"),
    ("Smith, J. (2018). A part. In A. Doe & B. Roe (Eds.), The book (pp. 3–5). Oslo: Acme.",
     "chapter | A part | The book | 2018 |  | 3–5 | Acme"),
    ("Fisher J (1954) Of birds. In: Huxley J, Ford EB (eds) Evolution. Acme, London, pp 71–83",
     "chapter | Of birds | Evolution | 1954 |  | 71–83 | "),
    ("Thierry, B. (2000). “On macaques,” in Natural Life, eds F. Roe and C. Doe (Oslo: Acme), 1–9.",
     "chapter | On macaques | Natural Life | 2000 |  | 1–9 | Acme"),
    ("A.B. Abel, C. Cain, A part, in: J. Doe, B. Roe (Eds.), Book of Cells, Acme, 2010, pp. 1–9.",
     "chapter | A part | Book of Cells | 2010 |  | 1–9 | "),
    ("Abel, A. A part. In Book; Doe, J., Roe, B., Eds.; Acme: London, UK, 2010; pp. 11–29.",
     "chapter | A part | Book | 2010 |  | 11–29 | Acme"),
    ("Zhou, L. (2012) 'A part', in Smith, J. (ed.) The book. Oxford: Acme, pp. 10–20.",
     "chapter | A part | The book | 2012 |  | 10–20 | Acme"),
    ("Zhou, L. and Roe, B. (2012) ‘A part’, in Doe, J. (ed.) A book. 2nd edn. Oslo: Acme, pp. 1–9.",
     "chapter | A part | A book | 2012 |  | 1–9 | Acme"),
    ("Abel, A. A part. In Book, 2nd ed.; Doe, J., Ed.; Acme: Oslo, Norway, 2010; pp. 11–29.",
     "chapter | A part | Book | 2010 |  | 11–29 | Acme"),
    ("Roe, C. in Handbook of Ovaries (eds Doe, A. & Poe, B.) 15–20 (Acme, 2007).",
     "chapter |  | Handbook of Ovaries | 2007 |  | 15–20 | Acme"),
    ("Roe, C. & Doe, D. A part. in Book (ed. Poe, A.) Ch. 3, 15–20 (Acme, 2007).",
     "chapter | A part | Book | 2007 |  | 15–20 | Acme"),
    # Books, theses, programs
    ("Doe JF, Roe RL, eds. Endocrinology of Cells. 8th ed. Acme; 2018.",
     "book | Endocrinology of Cells |  | 2018 |  |  | Acme"),
    ("Doe JF. Cells of it. J Cells; 2018.", "other |  |  | None |  |  | "),
    ("Lee, C., & Roe, D. (2019). The cells of it (3rd ed., Vol. 2). Acme.",
     "book | The cells of it |  | 2019 | 2 |  | "),
    ("Lee, C. (2019). The cells of it (Vol. 2). Acme.",
     "book | The cells of it |  | 2019 | 2 |  | "),
    ("Lee, C. (2019). Some cells [Doctoral dissertation, Acme University]. ProQuest.",
     "thesis | Some cells |  | 2019 |  |  | "),
    ("Murray PR, Doe K. Medical cells. 4th ed. St. Louis, MO: Acme; 2002.",
     "book | Medical cells |  | 2002 |  |  | Acme"),
    ("J. Smith, B. Roe, Ovaries, second ed., Acme, Oslo, 2010.",
     "book | Ovaries |  | 2010 |  |  | Acme"),
    ("J. Smith, B. Roe, Ovaries, Acme, Oslo, 2010.", "other |  |  | None |  |  | "),
    ("Smith A. Whole Book of Cells. Philadelphia, PA: Acme; 2015:100-120.",
     "book | Whole Book of Cells |  | 2015 |  | 100-120 | Acme"),
    ("Smith, J. (2010). The whole book of cells (2nd ed.). New York, NY: Acme.",
     "book | The whole book of cells |  | 2010 |  |  | Acme"),
    ("Doe A. Ovary [dissertation]. Boston: Boston University; 2010.",
     "thesis | Ovary |  | 2010 |  |  | Boston University"),
    ("Redman P (2002) The roles of grey seals. Doctoral thesis, University of St Andrews",
     "thesis | The roles of grey seals |  | 2002 |  |  | "),
    ("H. Maschner, Mineral Nutrition of Plants, Academic Press, London, UK, 1995.",
     "book | Mineral Nutrition of Plants |  | 1995 |  |  | Academic Press"),
    # What is no such style
    ("Doe A. Cells of it. In Vitro Cell Dev Biol Anim. 2019;55:302–11.",
     "article | Cells of it | In Vitro Cell Dev Biol Anim | 2019 | 55 | 302–11 | "),
    ("Cells of the ovary, and where to see them. Springfield.", "other |  |  | None |  |  | "),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "parts"), OTHER_STYLES)
def test_other_styles(entry: str, parts: str) -> None:
    found = parse_entry(1, entry)
    shown = (found.kind, found.title, found.journal, found.year, found.volume, found.pages)
    assert " | ".join(map(str, (*shown, found.publisher))) == parts
    assert found.title == "" or found.names or found.editors


@pytest.mark.parametrize(
    ("authors", "first"),
    [
        (
            "European Society of Human Reproduction and Embryology (ESHRE) Guideline Group on POI, "
            "Webber A, Davis B, et al",
            "European Society of Human Reproduction and Embryology (ESHRE) Guideline Group on POI",
        ),
        (
            "Practice Committee of the Society for Assisted Cells and Technology, Doe A",
            "Practice Committee of the Society for Assisted Cells and Technology",
        ),
    ],
)
def test_a_body_with_and_in_its_name_is_one_author(authors: str, first: str) -> None:
    found = parse_entry(1, f"{authors}. Guideline for all. Fertil Steril. 2016;31:926-37.")
    assert found.names[0].body == first
    assert [name.family for name in found.names[1:]] in (["Webber", "Davis"], ["Doe"])
    assert (found.title, found.year) == ("Guideline for all", 2016)


def test_an_edited_book_has_editors_and_no_authors() -> None:
    found = parse_entry(1, "Hand C, Roe D, eds. Book of Cells. 3rd ed. Oslo: Acme; 2015.")
    assert (found.names, [name.family for name in found.editors]) == ((), ["Hand", "Roe"])
    assert (found.title, found.edition, found.kind) == ("Book of Cells", "3rd", "book")


def test_a_body_after_and_the_is_an_author() -> None:
    found = parse_entry(
        1, "Doe A, and the European Society of Cells and Rats. Title. J Res. 2016;31:926-37."
    )
    assert found.names[-1].body == "European Society of Cells and Rats"


def test_editors_place_and_edition_of_a_chapter() -> None:
    found = parse_entry(
        1, "Smith A. Ovary. In: Hand C, Boss B, eds. Cells. 3rd ed. Oslo: Acme; 2015:1-20."
    )
    assert [name.family for name in found.editors] == ["Hand", "Boss"]
    assert (found.edition, found.place, found.publisher) == ("3rd", "Oslo", "Acme")


@pytest.mark.parametrize(
    ("entry", "names", "editors", "edition", "place"),
    [
        (
            "Zhou, L. (2012) 'A part', in Doe, J. and Roe, B. (eds) A book. 2nd edn. Oslo: Acme.",
            ["Zhou"], ["Doe", "Roe"], "2nd", "Oslo",
        ),
        (
            "Abel, A. A part. In Book, 2nd ed.; Doe, J., Ed.; Acme: Oslo, 2010; pp. 1–9.",
            ["Abel"], ["Doe"], "2nd", "Oslo",
        ),
        ("Roe, C. in Book (eds Doe, A. & Po, B.) 1–9 (Acme, 2007)", ["Roe"], ["Doe", "Po"], "", ""),
        ("Doe K. Cells. 4th ed. St. Louis, MO: Acme; 2002.", ["Doe"], [], "4th", "St. Louis, MO"),
        ("J. Doe, B. Ro, Ovaries, second ed., Acme, Oslo, 2010.", ["Doe", "Ro"], [], "second", ""),
    ],
)  # fmt: skip
def test_people_edition_and_place_of_books(
    entry: str, names: list[str], editors: list[str], edition: str, place: str
) -> None:
    found = parse_entry(1, entry)
    assert [name.family for name in found.names] == names
    assert [name.family for name in found.editors] == editors
    assert (found.edition, found.place, found.publisher) == (edition, place, "Acme")
