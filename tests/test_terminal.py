"""What the command line prints of results, units, findings and counts, line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from shelf import ARTICLE, SmallLibrary

from poi_search.article import Finding, Name
from poi_search.cli import measures, terminal
from poi_search.evaluation import Report, Scores
from poi_search.index.units import units
from poi_search.library import Library
from poi_search.query_view import ConceptView, Correction, PartCount, QueryView
from poi_search.results import (
    CitationLink,
    Facets,
    HitView,
    NoteView,
    Place,
    Reason,
    ReferenceView,
    Results,
    Snippet,
    TableView,
    UnitLink,
    UnitView,
)
from poi_search.thesaurus import Concept

Printed = Callable[[], list[str]]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Printed:
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    return lambda: capsys.readouterr().out.split("\n")[:-1]


def hit(**values: object) -> HitView:
    stated: dict[str, object] = {
        "id": "a/s3.4-p1", "kind": "section", "article": "a", "anchor": "s3.4-p1", "url": "",
        "title": "3.4 Cells, paragraph 1", "text": "Cells die.", "citations": (),
        "section": Place("3.4", "3.4 Cells", ("3 Effects", "3.4 Cells")),
        "snippet": Snippet("Cells die.", ((0, 5),), ("typed",)), "marks": ((0, 5),),
    }  # fmt: skip
    return HitView(**(stated | values))  # type: ignore[arg-type]


def results(query: QueryView, *hits: HitView, total: int | None = None) -> Results:
    count = len(hits) if total is None else total
    return Results(query, count, 1, 10, 1.0, "g", Facets(), hits)


def test_results(printed: Printed) -> None:
    query = QueryView(
        "celsl",
        "cells",
        corrections=(Correction("celsl", "cells"),),
        concepts=(
            ConceptView("mesh:D002477", "Cells", "cells", (), "", "thesaurus"),
            ConceptView("a:gc", "granulosa cell", "GC", (), "", "small-2020"),
        ),
        notices=("A notice.",),
    )
    cited = CitationLink(2, "a/ref-2", "Li, 2020", "")
    other = CitationLink(3, "a/ref-3", "Roe, 2021", "")
    noted = (NoteView("die", "misprint", "They live."),)
    terminal.print_results(
        results(
            query,
            hit(citations=(cited, other)),
            hit(
                id="a/t1-r1",
                title="Table 1, row 1",
                marks=(),
                snippet=Snippet("Large.", ()),
                why=(Reason("big", "synonym", "the table's caption", "c", ()),),
                notes=noted,
            ),
            hit(section=None, marks=(), snippet=Snippet("x", ()), why=(Reason("k", "filter", ""),)),
            total=7,
        )
    )
    assert printed() == [
        "Nothing contains 'celsl'; searched for",
        "'cells' instead.",
        "A notice.",
        "cells → Cells (mesh:D002477)",
        "GC → granulosa cell (small-2020)",
        "7 found, 3 shown",
        "",
        "  1  3.4 Cells, paragraph 1",
        "     a/s3.4-p1 · 3 Effects",
        "     Cells die.",
        "     cites [2] Li, 2020; [3] Roe, 2021",
        "",
        "  2  Table 1, row 1",
        "     a/t1-r1 · 3 Effects › 3.4 Cells",
        "     Large.",
        "     why: big as c, by another name: the",
        "     table's caption",
        "     Note: They live.",
        "",
        "  3  3.4 Cells, paragraph 1",
        "     a/s3.4-p1",
        "     x",
    ]


def test_all_results(printed: Printed) -> None:
    terminal.print_results(results(QueryView("x", "x"), hit()))
    assert printed()[0] == "1 found"


def test_every_reason_is_told(printed: Printed) -> None:
    asked = (
        Reason("MSC", "narrower", "the row", "c", ("BMSCs", "ADSCs")),
        Reason("rats", "typed", "the row", "", ("rat",)),
        Reason("cells", "heading", "the heading"),
    )
    known = {"c": Concept("c", "Bone cells", ())}
    terminal.print_results(results(QueryView("x", "x"), hit(why=asked)), known.get)
    told = " ".join(line.strip() for line in printed() if "cites" not in line)
    assert told.endswith(
        "why: MSC, narrower: Bone cells: “BMSCs”, “ADSCs”; rats: “rat”; cells: the heading"
    )


def test_no_results(printed: Printed) -> None:
    query = QueryView("a b", "a b", parts=(PartCount("a", 3), PartCount("b", 0)))
    terminal.print_results(results(query))
    assert printed() == ["Nothing found.", "  a alone: 3", "  b alone: 0"]


def test_units_in_full(printed: Printed) -> None:
    library = SmallLibrary()
    views = [unit.view for unit in units(ARTICLE)]
    passage, figure, row, paper = views[:4]
    noted = (NoteView("small", "misprint", "Large."),)
    unknown = CitationLink(9, "a/ref-9", "Nobody, 1999", "")
    one = UnitView(
        "a/s1-p2", "section", "a", "s1-p2", "", "1. Beginning, paragraph 2", passage.section,
        "Two\nlines\n", (*passage.citations, unknown), noted,
    )  # fmt: skip
    terminal.print_units([passage, one, figure, row], cast(Library, library))
    assert printed() == [
        "small-2020/s1-p1",
        passage.title,
        "Cells are small.[1,2]",
        "  [1] Li X, et al. The cell. J Cell.",
        "    2020;1:1–9. small-2020/ref-1",
        "  [2] Lötvall J. Vesicles. J Cell.",
        "    2019;2:7. small-2020/ref-2",
        "",
        "a/s1-p2",
        "1. Beginning, paragraph 2",
        "Two",
        "lines",
        "Note: Large.",
        "  [1] Li X, et al. The cell. J Cell.",
        "    2020;1:1–9. small-2020/ref-1",
        "  [2] Lötvall J. Vesicles. J Cell.",
        "    2019;2:7. small-2020/ref-2",
        "  [9] Nobody, 1999 a/ref-9",
        "",
        "small-2020/f1",
        figure.title,
        "1. Beginning",
        "A cell.[3]",
        "  [3] Li Y. A book. Press; 2020.",
        "    small-2020/ref-3",
        "",
        "small-2020/t1-r1",
        row.title,
        "Table 1. Sizes",
        "  cell: oocyte",
        "  size: large",
    ]
    assert paper.kind == "reference"


def test_a_row_without_a_header(printed: Printed) -> None:
    table = TableView("Table 1", "Sizes", ("cell",), ("oocyte", "large"))
    view = UnitView("a/t1-r1", "table", "a", "t1-r1", "", "Row", None, "x", (), table=table)
    terminal.print_units([view], cast(Library, SmallLibrary()))
    assert printed()[-2:] == ["  cell: oocyte", "  large"]


def test_the_groups_above_a_row(printed: Printed) -> None:
    table = TableView("Table 1", "Sizes", ("cell",), ("oocyte", "large"), group="Mice: old")
    row = hit(id="a/t1-r2", kind="table", section=None, table=table)
    terminal.print_results(results(QueryView("cells", "cells"), row))
    assert "     a/t1-r2 · Mice: old" in printed()
    terminal.print_units([row], cast(Library, SmallLibrary()))
    assert printed()[-3:] == ["  Mice: old", "  cell: oocyte", "  large"]


def test_a_reference_in_full(printed: Printed) -> None:
    reference = ReferenceView(
        1, "Li X. Cells.", (Name("Li", "X"),), note="Corrected.", headings=("Ovary", "Cells"),
        pmid="77", doi="10.1/a", title="Cells",
        cited_by=(UnitLink("a/s1-p1", "", "1. Beginning"),),
        same_as=(UnitLink("b/ref-2", "", "[2] in B"),),
    )  # fmt: skip
    view = UnitView(
        "a/ref-1", "reference", "a", "ref-1", "", "Reference 1", None, "Li X. Cells.\n\nAbstract.",
        (), reference=reference,
    )  # fmt: skip
    terminal.print_units([view], cast(Library, SmallLibrary()))
    assert printed() == [
        "a/ref-1",
        "Reference 1",
        "Li X. Cells.",
        "Abstract.",
        "  note: Corrected.",
        "  headings: Ovary; Cells",
        "  PubMed:",
        "  https://pubmed.ncbi.nlm.nih.gov/77/",
        "  DOI: https://doi.org/10.1/a",
        "  Find in Google Scholar:",
        "  https://scholar.google.com/scholar?q=%22Cells%22+Li",
        "  cited in 1. Beginning a/s1-p1",
        "  also in [2] in B b/ref-2",
    ]
    bare = ReferenceView(1, "Li X. Cells.")
    view = UnitView("a/ref-1", "reference", "a", "", "", "R", None, "x", (), reference=bare)
    terminal.print_units([view], cast(Library, SmallLibrary()))
    assert printed() == ["a/ref-1", "R", "x"]


def test_findings(printed: Printed) -> None:
    found = [
        Finding("error", "a.xml", "broken"),
        Finding("notice", "s1-p1", "words " * 20),
        Finding("notice", "s1-p2", "odd"),
    ]
    terminal.print_findings(found)
    assert printed() == [
        "error: a.xml: broken",
        f"notice: s1-p1: {'words ' * 20}".rstrip(),
        "notice: s1-p2: odd",
        "1 error, 0 warnings, 2 notices",
    ]


def test_notes_that_are_not_on_the_text_shown_are_counted(printed: Printed) -> None:
    on, other = NoteView("Cells", "k", "On it.", ((0, 5),)), NoteView("x", "k", "Far.", ((90, 91),))
    shown = Snippet("Cells die.", (), (), ((0, 10),))
    for notes, lines in (
        ((on,), ["     Note: On it."]),
        (
            (on, other),
            ["     Note: On it.", "     1 more editorial note: poi-search", "     show a/s3.4-p1"],
        ),
        ((other, other), ["     2 editorial notes: poi-search show", "     a/s3.4-p1"]),
    ):
        terminal.print_results(results(QueryView("x", "x"), hit(notes=notes, snippet=shown)))
        assert printed()[5:] == lines


def test_a_report(printed: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    scores = Scores(2, 0.5, 0.25, 0.75, 1.0)
    measures.print_report(Report({"q1": scores}, {"patient": scores}, scores))
    lines = [line.split() for line in printed()]
    assert lines == [
        ["type", "queries", "nDCG@10", "MAP", "recall@20", "MRR"],
        ["patient", "2", "0.500", "0.250", "0.750", "1.000"],
        ["all", "2", "0.500", "0.250", "0.750", "1.000"],
    ]


def test_units_of_a_section_or_table() -> None:
    library = cast(Library, SmallLibrary())

    def found(unit_id: str) -> list[str]:
        return [view.anchor for view in terminal.resolve(library, unit_id)]

    assert found("small-2020/s1-p1") == ["s1-p1"]
    assert found("small-2020/s1") == ["s1-p1", "f1", "t1-r1"]
    assert found("small-2020/t1") == ["t1-r1"]
    assert found("small-2020/") == found("small-2020/s9") == found("other/s1") == []
