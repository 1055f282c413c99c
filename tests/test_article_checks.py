"""What `check` says of an article, whatever format it was read from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from homes import make_home

from poi_search.article import (
    LEFT_OUT,
    Article,
    Citation,
    Finding,
    Paragraph,
    Prose,
    Reference,
    Row,
    Section,
    Table,
)
from poi_search.checking import each_cause_once
from poi_search.cli import main
from poi_search.index.article_checks import check_article
from poi_search.references.names import parse_name


def paper(number: int) -> Reference:
    return Reference(number, "Li X.", (parse_name("Li X"),), title="Cells", year=2020)


def passage(anchor: str, text: str, *numbers: int) -> Paragraph:
    return Paragraph(anchor, Prose(text, (Citation(0, 1, numbers),) if numbers else ()))


ABSTRACT = Section("abstract", "", "", "Abstract", 1, (passage("abstract-p1", "All in all."),))
BODY = Section("s1", "1", "", "Cells", 1, (passage("s1-p1", "Cells die.", 1, 2),))
SOUND = Article(
    "a", "On cells", year=2020, sections=(ABSTRACT, BODY), references=(paper(1), paper(2))
)


def body(*blocks: Paragraph | Table) -> Article:
    section = replace(BODY, blocks=(*BODY.blocks, *blocks))
    return replace(SOUND, sections=(ABSTRACT, section))


def table(anchor: str, *header: str) -> Table:
    return Table(anchor, "Table", Prose(""), header, (Row(f"{anchor}-r1", (Prose("a"),)),))


def words(count: int) -> list[Paragraph]:
    return [passage(f"s1-p{at}", "Menu") for at in range(2, count + 2)]


def test_nothing_is_said_of_a_sound_article() -> None:
    assert check_article(SOUND) == ()
    assert check_article(body(table("t1", "A"), *words(2))) == ()


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (replace(SOUND, year=None),
         "notice article: no year of publication was found; a side file can state it"),
        (replace(SOUND, sections=(BODY,)), "notice abstract: no abstract was found"),
        (replace(SOUND, references=()), "warning references: no reference list was found"),
        (replace(SOUND, references=tuple(map(paper, range(3, 93)))),
         "warning references: none of the 90 references is cited: no citation in the text was"
         " resolved"),
        (replace(SOUND, references=(*SOUND.references, paper(3))),
         "notice references: 1 of 3 references (ref-3) is never cited"),
        (replace(SOUND, references=tuple(map(paper, range(1, 9)))),
         "notice references: 6 of 8 references (ref-3, ref-4, ref-5, ref-6, ref-7, …) are never"
         " cited"),
        (replace(SOUND, references=(paper(1), Reference(2, "Something."))),
         "notice references: 1 of 2 references (ref-2) has parts that could not be told apart, and"
         " only the printed entry is sure"),
        (replace(SOUND, references=(Reference(1, "It."), Reference(2, "Something."))),
         "warning references: 2 of 2 references (ref-1, ref-2) have parts that could not be told"
         " apart, and only the printed entry is sure"),
        (body(*words(3)),
         "warning s1-p2: 3 of 4 passages (s1-p2, s1-p3, s1-p4) consist of one word"),
        (body(table("t1"), table("t2", "A")),
         "notice t1: 1 of 2 tables (t1) has no header: their cells are unnamed"),
        (replace(SOUND, sections=(ABSTRACT, replace(BODY, number=""))),
         "warning article: no text was found besides the front and back matter"),
    ],
)  # fmt: skip
def test_each_cause_is_said_once_with_its_share(article: Article, expected: str) -> None:
    [found] = check_article(article)
    assert f"{found.severity} {found.place}: {found.message}" == expected


def test_a_few_words_among_many_passages_are_no_menu() -> None:
    long = [passage(f"s1-p{at}", "Cells die.") for at in range(10, 80)]
    assert check_article(body(*words(3), *long)) == ()


def test_findings_of_one_cause_become_one() -> None:
    quoting = [Finding("warning", f"line {at}", f"the citation '{at}' is lost") for at in range(7)]
    [one] = each_cause_once(quoting)
    assert one == Finding(
        "warning",
        "line 0",
        "the citation '0' is lost (7 like this: line 0, line 1, line 2, line 3, line 4, …)",
    )
    assert each_cause_once(quoting[:3]) == quoting[:3]
    same = [Finding("notice", place, "no number") for place in ("ref-1", "ref-2")]
    [one] = each_cause_once(same)
    assert one.message == "no number (2 like this: ref-1, ref-2)"
    others = [
        Finding("notice", "a", "x"),
        Finding("warning", "a", "x"),
        Finding("notice", "a", "y"),
    ]
    assert each_cause_once(others) == others


def test_a_build_names_what_is_not_in_the_index(tmp_path: Path) -> None:
    single = (
        "<article><front><article-meta><title-group><article-title>{}</article-title>"
        "</title-group></article-meta></front><body><p>Cells.</p></body></article>"
    )
    articles = f"<set>{single.format('First')}{single.format('Second')}</set>".encode()
    place = make_home(tmp_path / "h", also={"two.xml": articles, "paper.docx": b"x"})
    run = CliRunner().invoke(main, ["--home", str(place), "index"])
    assert (run.exit_code, run.stdout.startswith("Built")) == (0, True)
    assert "paper.docx: Not read: the name must end in" in run.stderr
    left_out = "two.xml: Only the first article is read, not 'Second' in line 1."
    assert left_out in run.stderr
    again = CliRunner().invoke(main, ["--home", str(place), "index"])
    assert again.stderr == ""
    checked = CliRunner().invoke(main, ["--home", str(place), "check"]).stdout
    assert checked.count("Only the first article is read") == 1
    assert LEFT_OUT not in checked


def test_check_is_silent_when_all_is_well(tmp_path: Path) -> None:
    reference = "<ref id='r{0}'><label>{0}</label><mixed-citation>Li X. Cells. J X. 20{0}0;1:2-3."
    references = "".join(f"{reference.format(n)}</mixed-citation></ref>" for n in (1, 2))
    sound = (
        "<article><front><article-meta><title-group><article-title>On cells</article-title>"
        "</title-group><pub-date><year>2020</year></pub-date><abstract><p>All in all.</p>"
        "</abstract></article-meta></front><body><sec><title>A</title><p>So <xref ref-type='bibr'"
        " rid='r1'>1</xref>, <xref ref-type='bibr' rid='r2'>2</xref>.</p></sec></body><back>"
        f"<ref-list>{references}</ref-list></back></article>"
    )
    place = make_home(tmp_path / "h", also={"sound.xml": sound})
    CliRunner().invoke(main, ["--home", str(place), "index"])
    checked = CliRunner().invoke(main, ["--home", str(place), "check"])
    assert (checked.exit_code, checked.stdout) == (0, "0 errors, 0 warnings, 0 notices\n")
