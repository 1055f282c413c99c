"""PubMed and RIS records, and attaching them to references."""

from __future__ import annotations

import pytest
from articles import DATA, damaged

from poi_search.article import ReadError, Reference
from poi_search.readers.records import read_records
from poi_search.references.matching import attach

NAMES = ("records.nbib", "records.ris", "records.xml")


def records(name: str) -> tuple[Reference, ...]:
    return read_records((DATA / name).read_bytes(), name)


def test_pubmed_lines() -> None:
    first, second = records("records.nbib")
    assert (first.pmid, first.doi, first.pmcid) == ("111", "10.5555/one", "PMC222")
    assert (first.title, first.year, first.number) == ("On cells", 2010, 0)
    assert first.abstract == "Cells were seen. They were counted in a way that takes two lines."
    assert first.headings == ("Cells", "Ovary/metabolism")
    assert (second.pmid, second.abstract) == ("333", "")


def test_pubmed_xml() -> None:
    (record,) = records("records.xml")
    assert (record.pmid, record.doi, record.pmcid) == ("555", "10.5555/b", "PMC9")
    assert (record.title, record.year) == ("Part b", 2015)
    assert record.abstract == "Aim: To test. Results: Passed."
    assert record.headings == ("Ovary/metabolism",)


def test_ris() -> None:
    first, second = records("records.ris")
    assert (first.title, first.year, first.kind) == ("A plain entry", 2012, "article")
    assert first.headings == ("plainness",)
    assert (second.pmid, second.doi) == ("222", "10.5555/TWO")


def test_records_of_books_and_preprints() -> None:
    (book,) = read_records(
        b"TY  - EDBOOK\nTI  - Ovaries\nET  - 2nd\nCY  - Berlin\nPB  - Press\nER  - \n", "book.ris"
    )
    assert (book.kind, book.edition, book.place, book.publisher) == (
        "book", "2nd", "Berlin", "Press"
    )  # fmt: skip
    (preprint,) = read_records(b"PMID- 1\nTI  - Early\nPL  - England\nPT  - Preprint\n", "p.nbib")
    assert (preprint.kind, preprint.place) == ("preprint", "")


@pytest.mark.parametrize(
    ("kind", "types", "publications"),
    [
        ("article", "JOUR EJOUR", "Journal Article,Review,Letter,Editorial,Comment,Case Reports"),
        ("book", "BOOK EBOOK EDBOOK", ""),
        ("chapter", "CHAP ECHAP", ""),
        ("conference", "CONF CPAPER", ""),
        ("data", "DATA DBASE", "Dataset"),
        ("preprint", "", "Preprint"),
        ("software", "COMP", ""),
        ("thesis", "THES", ""),
        ("web", "ELEC BLOG", ""),
        ("other", "MAP", "News"),
    ],
)
def test_kinds_of_works(kind: str, types: str, publications: str) -> None:
    for name in types.split():
        (work,) = read_records(f"TY  - {name}\nER  - \n".encode(), "a.ris")
        assert work.kind == kind
    for name in filter(None, publications.split(",")):
        source = f"PMID- 1\nPT  - Research Support\nPT  - {name}\n"
        (work,) = read_records(source.encode(), "a.nbib")
        assert work.kind == kind


def test_records_are_attached_by_pmid_doi_or_title() -> None:
    references = (
        Reference(1, "a", pmid="111"),
        Reference(2, "b", doi="10.5555/two", title="Something else"),
        Reference(3, "c", title="A Plain Entry.", year=2011),
        Reference(4, "d", title="Nothing known"),
    )
    known = (*records("records.nbib"), *records("records.ris"))
    filled, findings = attach(references, known)
    assert [(one.pmid, one.doi) for one in filled] == [
        ("111", "10.5555/one"),
        ("222", "10.5555/two"),
        ("", "10.5555/plain"),
        ("", ""),
    ]
    assert filled[0].headings == ("Cells", "Ovary/metabolism")
    assert filled[2].abstract == "Plain abstract."
    assert filled[3] is references[3]
    assert [(one.severity, one.place) for one in findings] == [("notice", "PMID 333")]


def test_printed_values_are_kept() -> None:
    printed = Reference(1, "a", pmid="5", title="As printed", year=2010, kind="chapter")
    record = Reference(
        0, "", pmid="5", title="As filed", year=2011, kind="article", doi="10.5555/x"
    )
    (filled,), _ = attach((printed,), (record,))
    assert filled == Reference(
        1, "a", pmid="5", title="As printed", year=2010, kind="chapter", doi="10.5555/x"
    )


def test_a_paper_listed_twice_is_completed_twice() -> None:
    references = (Reference(1, "a", pmid="5"), Reference(2, "b", pmid="5"))
    filled, findings = attach(references, (Reference(0, "", pmid="5", abstract="Words."),))
    assert [one.abstract for one in filled] == ["Words.", "Words."]
    assert findings == ()


@pytest.mark.parametrize(
    ("reference", "record", "count"),
    [
        (Reference(1, "", title="A long enough title", year=2015), Reference(0, "", year=2018), 1),
        (Reference(1, "", title="A long enough title", pmid="1"), Reference(0, "", pmid="2"), 1),
        (Reference(1, "", title="Reply"), Reference(0, "", title="Reply"), 1),
        (Reference(1, "", title="A long enough title"), Reference(0, "", year=2018), 1),
    ],
)
def test_records_that_do_not_match(reference: Reference, record: Reference, count: int) -> None:
    known = Reference(
        0,
        "",
        pmid=record.pmid,
        title=record.title or "A long enough title",
        year=record.year,
        abstract="X",
    )
    filled, findings = attach((reference,), (known,))
    assert (filled[0].abstract == "") == bool(count)
    assert [one.severity for one in findings] == ["notice"] * count


@pytest.mark.parametrize(
    ("title", "printed", "found", "matches"),
    [
        ("Ten letter", 2010, 2010, False),  # nine letters do not identify a paper
        ("Ten letters", 2010, 2010, True),
        ("A long enough title", 2010, 2011, True),
        ("A long enough title", 2010, 2009, True),
        ("A long enough title", 2010, 2012, False),
        ("A long enough title", None, 2012, False),  # neither year nor page agrees
        ("A long enough title", 2010, None, False),
    ],
)
def test_a_title_matches_if_it_is_long_and_of_about_the_same_year(
    title: str, printed: int | None, found: int | None, matches: bool
) -> None:
    reference = Reference(1, "", title=title, year=printed)
    ((filled,), _) = attach(
        (reference,), (Reference(0, "", title=title, year=found, abstract="X"),)
    )
    assert (filled.abstract == "X") == matches


def test_ambiguous_and_contradicting_records_are_reported() -> None:
    references = (
        Reference(1, "", title="The same title twice", year=2001),
        Reference(2, "", title="The same title twice", year=2001),
        Reference(3, "", doi="10.5555/x", pmid="7"),
    )
    known = (
        Reference(0, "", title="The same title twice", year=2001, abstract="X"),
        Reference(0, "", pmid="8", doi="10.5555/X", abstract="Y"),
    )
    filled, findings = attach(references, known)
    assert filled == references
    assert [one.severity for one in findings] == ["warning", "warning"]
    assert "references 1, 2" in findings[0].message
    assert "PMID 7" in findings[1].message


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (b"", "empty"),
        (b"some words\n", "no record in it: it begins with 'some words'"),
        (b"<article/>", "no PubmedArticle"),
        (b"PMID- 1\nTI  - \xff\n", "not UTF-8"),
    ],
)
def test_unreadable_records_are_reported(source: bytes, problem: str) -> None:
    with pytest.raises(ReadError, match=problem):
        read_records(source, "bad.nbib")


@pytest.mark.parametrize("name", NAMES)
def test_damaged_records_raise_an_error_or_are_read(name: str) -> None:
    for source in damaged((DATA / name).read_bytes(), 5, 150):
        try:
            assert all(isinstance(one, Reference) for one in read_records(source, name))
        except ReadError as error:
            assert error.problem


JOURNAL = "TY  - JOUR\nTI  - Third study\nPY  - 2018\nAB  - About lungs.\n"


@pytest.mark.parametrize(
    "source",
    [
        JOURNAL + "ER  - ",
        JOURNAL.replace("  - ", " - ") + "ER -",
        JOURNAL,
        f"Search Strategy:\n-------\n{JOURNAL}ER  - \n",
        f"1. \n{JOURNAL}ER  - \n\nLink to the full text: http://example.org\nC1  - Database\n",
        f"Record #1 of 1\n{JOURNAL}ER  - \n".replace("\n", "\r\n"),
        f"<1>\n{JOURNAL}ER  - \n",
        f"{JOURNAL}ER  - \n".replace("  - ", "\t- "),
    ],
    ids=["plain", "one space", "no end", "a search", "numbers", "line ends", "angles", "tabs"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_tools_print_around_records_is_passed_over(source: str, encoding: str) -> None:
    for count in (1, 2):
        found = read_records("\n".join([source] * count).encode(encoding), "tool.ris")
        assert [(one.title, one.year, one.abstract) for one in found] == [
            ("Third study", 2018, "About lungs.")
        ] * count


def test_a_text_before_pubmed_records_is_passed_over() -> None:
    (record,) = read_records(b"Exported today\n\nPMID- 12\nTI  - Early\n", "p.nbib")
    assert (record.pmid, record.title) == ("12", "Early")


def test_books_and_chapters_of_pubmed() -> None:
    def book(title: str) -> str:
        return (
            "<PubmedBookArticle><BookDocument><PMID>203</PMID><ArticleIdList>"
            "<ArticleId IdType='doi'>10.5555/c</ArticleId></ArticleIdList><Book><Publisher>"
            "<PublisherName>Press</PublisherName><PublisherLocation>Rome</PublisherLocation>"
            "</Publisher><BookTitle>Reviews</BookTitle><PubDate><Year>1998</Year></PubDate></Book>"
            f"{title}<Abstract><AbstractText Label='AIMS OF THE IVF RCT'>To test.</AbstractText>"
            "</Abstract></BookDocument></PubmedBookArticle>"
        )

    source = f"<PubmedArticleSet>{book('<ArticleTitle>A chapter.</ArticleTitle>')}{book('')}"
    chapter, whole = read_records(f"{source}</PubmedArticleSet>".encode(), "books.xml")
    assert (chapter.pmid, chapter.doi, chapter.year) == ("203", "10.5555/c", 1998)
    assert (chapter.kind, chapter.title, chapter.journal) == ("chapter", "A chapter", "Reviews")
    assert (whole.kind, whole.title, whole.journal) == ("book", "Reviews", "")
    assert (whole.publisher, whole.place) == ("Press", "Rome")
    assert whole.abstract == "AIMS OF THE IVF RCT: To test."


def test_the_parts_of_a_date_are_apart_without_spaces_between_them() -> None:
    source = (
        "<PubmedArticle><MedlineCitation><PMID>7</PMID><Article><Journal><JournalIssue><PubDate>"
        "<Year>2020</Year><Month>06</Month></PubDate></JournalIssue></Journal><ArticleTitle>Cells."
        "</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    )
    (record,) = read_records(source.encode(), "p.xml")
    assert record.year == 2020
