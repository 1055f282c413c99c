"""What records tell of retractions, corrections and expressions of concern."""

from __future__ import annotations

import pytest

from poi_search.article import PublicationNotice, Reference
from poi_search.export import export
from poi_search.readers.records import read_records
from poi_search.references.matching import attach
from poi_search.references.publication_notices import (
    bare_title,
    merge_notices,
    notice_address,
    notice_line,
    stated_notice,
)

TITLE = "Cells of the second row"
RETRACTION = PublicationNotice(
    "retraction", "2010-02-06", "10.5555/n.1", "9", "J Cells. 2010 Feb 6;375(9):445"
)


def nbib(*lines: str) -> tuple[Reference, ...]:
    source = "\n".join(("PMID- 7", f"TI  - {TITLE}.", "DP  - 2008 May", *lines))
    return read_records(source.encode(), "a.nbib")


def pubmed_xml(types: str = "", links: str = "") -> tuple[Reference, ...]:
    source = f"""<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article>
        <Journal><JournalIssue><PubDate><Year>2008</Year><Month>May</Month></PubDate></JournalIssue>
        </Journal><ArticleTitle>{TITLE}.</ArticleTitle><Pagination><MedlinePgn>4-9</MedlinePgn>
        </Pagination><PublicationTypeList>{types}</PublicationTypeList></Article>
        <CommentsCorrectionsList>{links}</CommentsCorrectionsList></MedlineCitation>
        </PubmedArticle></PubmedArticleSet>"""
    return read_records(source.encode(), "a.xml")


def ris(*lines: str, title: str = TITLE) -> Reference:
    source = "\n".join(("TY  - JOUR", f"TI  - {title}", "PY  - 2008", "SP  - 4", *lines, "ER  - "))
    (record,) = read_records(source.encode(), "a.ris")
    return record


CITED = "J Cells. 2010 Feb 6;375(9):445. doi: 10.5555/n.1. PMID: 9"


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("RIN ", "retraction"),
        ("RRI ", "retraction"),
        ("PRIN", "partial retraction"),
        ("EIN ", "correction"),
        ("CRI ", "correction"),
        ("ECI ", "concern"),
    ],
)
def test_pubmed_lines_cite_notices(tag: str, kind: str) -> None:
    (record,) = nbib("PT  - Journal Article", f"{tag}- {CITED}")
    (notice,) = record.notices
    assert notice.kind == kind
    assert (notice.date, notice.doi, notice.pmid) == ("2010-02-06", "10.5555/n.1", "9")
    assert notice.source == "J Cells. 2010 Feb 6;375(9):445"
    assert record.retracted == ("2010-02-06" if kind == "retraction" else "")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("RetractionIn", "retraction"),
        ("RetractedandRepublishedIn", "retraction"),
        ("PartialRetractionIn", "partial retraction"),
        ("ErratumIn", "correction"),
        ("CorrectedandRepublishedIn", "correction"),
        ("ExpressionOfConcernIn", "concern"),
    ],
)
def test_pubmed_xml_links_to_notices(kind: str, expected: str) -> None:
    link = f"""<CommentsCorrections RefType="{kind}"><RefSource>J Cells. 2010 Feb 6;375(9):445. doi:
        10.5555/n.1.</RefSource><PMID Version="1">9</PMID></CommentsCorrections>"""
    other = '<CommentsCorrections RefType="CommentIn"><PMID>8</PMID></CommentsCorrections>'
    (record,) = pubmed_xml(links=other + link)
    (notice,) = record.notices
    assert (notice.kind, notice.date, notice.doi, notice.pmid) == (
        expected, "2010-02-06", "10.5555/n.1", "9"
    )  # fmt: skip
    assert record.pages == "4-9"


def test_a_retracted_publication_whose_notice_is_not_cited() -> None:
    (record,) = nbib("PT  - Journal Article", "PT  - Retracted Publication")
    assert record.notices == (PublicationNotice("retraction"),)
    assert (record.retracted, record.kind) == ("undated", "article")
    (record,) = pubmed_xml("<PublicationType>Retracted Publication</PublicationType>")
    assert record.retracted == "undated"
    (record,) = nbib("PT  - Retracted Publication", f"RIN - {CITED}")
    assert record.notices == (RETRACTION,)
    assert nbib("PT  - Journal Article")[0].retracted == ""


@pytest.mark.parametrize("tag", ["ROF", "RRF"])
def test_the_record_of_a_notice_tells_of_the_paper_it_is_on(tag: str) -> None:
    cited = Reference(1, "Li X.", pmid="5", title="Older cells")
    notice, target = nbib(f"{tag} - J Old. 2001;3:4. doi: 10.5555/old. PMID: 5")
    assert (notice.pmid, notice.notices) == ("7", ())
    assert (target.pmid, target.doi, target.title) == ("5", "10.5555/old", "")
    (filled,), findings = attach((cited,), (target,))
    assert filled.retracted == "2008-05"
    assert filled.notices == (PublicationNotice("retraction", "2008-05", "", "7"),)
    assert findings == ()
    link = '<CommentsCorrections RefType="RetractionOf"><PMID>5</PMID></CommentsCorrections>'
    (filled,), _ = attach((cited,), pubmed_xml(links=link)[1:])
    assert filled.retracted


def test_ris_states_a_retraction() -> None:
    assert ris("M3  - Retracted Publication").retracted == "undated"
    assert ris(f"N1  - Retraction in: {CITED}").notices == (RETRACTION,)
    record = ris(
        "DO  - 10.5555/own",
        "M3  - Retracted Publication",
        "N1  - Retracted (2010-02-06). Notice: https://doi.org/10.5555/n.1 PMID: 9",
        "N1  - Seen at https://example.org/x",
    )
    assert record.notices == (PublicationNotice("retraction", "2010-02-06", "10.5555/n.1", "9"),)
    # The identifiers of the notice are not those of the paper.
    assert (record.doi, record.pmid) == ("10.5555/own", "")
    assert ris("N1  - Retracted (2010-02)").retracted == "2010-02"
    assert ris("N1  - Erratum in: J Cells. 2010;1:2").notices[0].kind == "correction"


@pytest.mark.parametrize(
    "note",
    ["Retracted? Ask Ann", "Corrected version in my folder", "Retraction of consent", "retracted"],
)
def test_other_notes_are_no_notices(note: str) -> None:
    assert ris(f"N1  - {note}").notices == ()


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        (f"RETRACTED ARTICLE: {TITLE}", TITLE),
        (f"RETRACTED: {TITLE}", TITLE),
        (f"Retracted: {TITLE}", TITLE),
        (f"[RETRACTED] {TITLE}", TITLE),
        ("Retracted papers in medicine", "Retracted papers in medicine"),
        ("Retraction: cells of the second row", "Retraction: cells of the second row"),
    ],
)
def test_a_title_may_say_that_its_paper_is_retracted(title: str, bare: str) -> None:
    assert bare_title(title) == bare
    record = ris(title=title)
    assert (record.title, bool(record.retracted)) == (bare, title != bare)
    printed = Reference(1, f"Li X. {TITLE}.", title=TITLE, year=2008)
    (filled,), _ = attach((printed,), (record,))
    assert bool(filled.retracted) == (title != bare)


def test_a_reference_list_may_say_it_itself() -> None:
    printed = Reference(1, "…", title=f"RETRACTED ARTICLE: {TITLE}", year=2008)
    (alone,), _ = attach((printed,), ())
    assert (alone.retracted, alone.title) == ("undated", printed.title)
    (filled,), findings = attach((printed,), (ris(f"N1  - Retraction in: {CITED}"),))
    assert (filled.notices, findings) == ((RETRACTION,), ())


def test_a_title_must_agree_in_year_or_first_page() -> None:
    retracted = ris("N1  - Retracted (2010-02-06)")
    for year, pages, agrees in (
        (2008, "", True), (2009, "70", True), (1999, "4–9", True), (None, "4", True),
        (1999, "5", False), (1999, "", False), (None, "", False), (None, "40", False),
    ):  # fmt: skip
        printed = Reference(1, "", title=TITLE, year=year, pages=pages)
        (filled,), findings = attach((printed,), (retracted,))
        assert bool(filled.retracted) == agrees, (year, pages)
        assert bool(findings) != agrees


def test_several_records_of_a_paper_tell_of_one_retraction() -> None:
    plain = PublicationNotice("retraction")
    dated = PublicationNotice("retraction", "2010-02", doi="10.5555/N.1")
    assert merge_notices((plain,), (dated, RETRACTION)) == (
        PublicationNotice("retraction", "2010-02-06", "10.5555/N.1", "9", RETRACTION.source),
    )
    corrections = tuple(PublicationNotice("correction", pmid=pmid) for pmid in "12")
    assert merge_notices(corrections, corrections[:1]) == corrections
    other = PublicationNotice("retraction", "2011-01-01")
    assert merge_notices((RETRACTION,), (other,)) == (RETRACTION, other)


@pytest.mark.parametrize(
    ("citation", "date"),
    [
        ("Cell. 2022 Oct 13;13(1):5", "2022-10-13"),
        ("Cell. 2022 Sept;13:5", "2022-09"),
        ("Cell. 2022 Jan-Feb;13:5", "2022-01"),
        ("Cell. 2022;13:2023", "2022"),
        ("Cell (in press)", ""),
    ],
)
def test_the_date_of_a_citation_as_far_as_it_is_given(citation: str, date: str) -> None:
    notice = stated_notice(f"Retraction in: {citation}")
    assert notice is not None
    assert notice.date == date


def test_how_a_notice_is_told() -> None:
    assert notice_line(RETRACTION) == (
        "Retracted (2010-02-06). Notice: https://doi.org/10.5555/n.1 PMID: 9"
    )
    assert notice_line(PublicationNotice("retraction")) == "Retracted"
    assert notice_line(PublicationNotice("concern", "2010")) == "Expression of concern (2010)"
    assert notice_address(RETRACTION) == "https://doi.org/10.5555/n.1"
    assert notice_address(PublicationNotice("correction", pmid="9")).endswith("gov/9/")
    assert notice_address(PublicationNotice("correction")) == ""


@pytest.mark.parametrize("kind", ["retraction", "partial retraction", "correction", "concern"])
def test_ris_is_read_back_with_its_notices(kind: str) -> None:
    notice = PublicationNotice(kind, "2010-02-06", "10.5555/n.1", "9")  # type: ignore[arg-type]
    reference = Reference(1, "", title=TITLE, year=2008, notices=(notice,))
    (back,) = read_records(export([("a/ref-1", reference)], "ris").encode(), "a.ris")
    assert back.notices == (notice,)
