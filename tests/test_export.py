"""Exports, read back by other parsers, and links: nothing is lost and nothing is injected."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import articles
import pytest
import rispy
from articles import names
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from poi_search.article import Article, Author, Name, Reference
from poi_search.export import export
from poi_search.export.citation import copy_citation, quotation
from poi_search.export.formats import NAMES
from poi_search.export.formats.bibtex import bibtex_keys
from poi_search.references import links
from poi_search.references.names import family_name, inverted_name
from poi_search.references.page_ranges import full_pages, page_ranges
from poi_search.text.typography import one_line

EXPECTED_PAGES = {1: ("320", "326"), 5: ("e0164638", ""), 32: ("12822", "12834"),
                  38: ("729", "741"), 47: ("963689720923575", ""), 50: ("1203", "1213"),
                  98: ("573", "576")}  # fmt: skip

NASTY = Reference(
    number=1,
    text="",
    names=names("Lötvall J", "Nguyễn Thị H", "Group of {Users} & Makers", "Ødegård-Łuk Å"),
    et_al=True,
    title="50% of {β}-cells & $5 #1_x ~ ^2 \\emph{not a command}\nER  - \r\n\r\nTY  - BOOK\x00 }@",
    journal="J {Odd} & Sons",
    year=2020,
    volume="12 Suppl 1",
    issue="2",
    pages="S12–8",
    doi="10.1000/a_b(2020)1:2<3>",
    kind="article",
    note="[published correction, 50%]",
)


@cache
def review() -> tuple[tuple[str, Reference], ...]:
    article = articles.review()
    return tuple((f"{article.id}/ref-{r.number}", r) for r in article.references)


def ris(references: list[tuple[str, Reference]]) -> list[dict[str, Any]]:
    parsed: list[dict[str, Any]] = rispy.loads(export(references, "ris"))
    return parsed


def bib(references: list[tuple[str, Reference]]) -> list[dict[str, str]]:
    library = parse_string(export(references, "bibtex"))
    assert not library.failed_blocks
    found = [{f.key: str(f.value) for f in entry.fields} for entry in library.entries]
    return [
        fields | {"key": entry.key, "type": entry.entry_type}
        for fields, entry in zip(found, library.entries, strict=True)
    ]


def untex(text: str) -> str:
    """The text that LaTeX would print, according to another program."""
    return str(LatexNodes2Text().latex_to_text(text)).replace("ˆ", "^")


def csl(references: list[tuple[str, Reference]]) -> list[dict[str, Any]]:
    parsed: list[dict[str, Any]] = json.loads(export(references, "csl-json"))
    return parsed


def test_the_whole_review_is_read_back() -> None:
    references = list(review())
    assert len(references) == 98
    back = zip(references, ris(references), bib(references), csl(references), strict=True)
    for (unit_id, reference), in_ris, in_bib, in_csl in back:
        first, last = page_ranges(reference.pages)[0]
        assert (in_ris["id"], in_csl["id"]) == (unit_id, unit_id)
        assert in_ris["title"] == untex(in_bib["title"]) == in_csl["title"] == reference.title
        assert in_ris["authors"] == [inverted_name(name) for name in reference.names]
        assert in_bib["author"].split(" and ") == [
            *in_ris["authors"],
            *(["others"] if reference.et_al else []),
        ]
        assert [name.get("family") for name in in_csl["author"]] == [
            *(family_name(name) for name in reference.names),
            *([None] if reference.et_al else []),
        ]
        assert in_ris["secondary_title"] == in_csl["container-title"] == reference.journal
        assert untex(in_bib["journal"]) == reference.journal
        assert in_ris["year"] == in_bib["year"] == str(reference.year)
        assert in_csl["issued"]["date-parts"] == [[reference.year]]
        assert (in_ris["start_page"], in_ris.get("end_page", "")) == (first, last)
        assert in_bib["pages"] == full_pages(reference.pages, "--")
        assert in_ris["volume"] == in_bib["volume"] == in_csl["volume"] == reference.volume


def test_pages_diacritics_and_corrections_of_the_review() -> None:
    exported = ris(list(review()))
    for number, pages in EXPECTED_PAGES.items():
        item = exported[number - 1]
        assert (item["start_page"], item.get("end_page", "")) == pages
    assert "Lötvall, J." in exported[7]["authors"]
    assert "Wiklander, O. P. B." in exported[7]["authors"]
    assert "Van Balkom, B. W. M." in exported[8]["authors"]
    assert any("published correction" in note for note in exported[26]["notes"])


def test_keys_are_unique_and_do_not_depend_on_the_selection() -> None:
    keys = bibtex_keys(review())
    folded = [key.lower() for key in keys.values()]
    assert len(set(folded)) == 98
    assert all(re.fullmatch(r"[A-Za-z]+\d{4}[a-z]?", key) for key in keys.values())
    some = list(review())[34:40]
    assert {entry["key"] for entry in bib(some)} != {keys[unit_id] for unit_id, _ in some}
    text = export(some, "bibtex", keys)
    assert [f"@article{{{keys[unit_id]}," in text for unit_id, _ in some] == [True] * 6


def test_keys_that_collide_with_lettered_ones() -> None:
    def keys_of(*authors: str) -> list[str]:
        items = [(str(n), Reference(n, "x", names(a), year=2020)) for n, a in enumerate(authors)]
        return list(bibtex_keys(items).values())

    assert keys_of("Li X", "Li Y", "Lötvall J", "LI Z") == ["Li2020a", "Li2020b", "Lotvall2020",
                                                             "LI2020c"]  # fmt: skip
    assert len({key.lower() for key in keys_of(*["Li X"] * 800)}) == 800
    assert bibtex_keys([("1", Reference(1, "李 雷"))]) == {"1": "Anonymous"}


def test_hostile_text_neither_breaks_out_nor_changes() -> None:
    plain = Reference(2, "", names("Li X"), title="Plain", journal="J", year=2021)
    references = [("a/ref-1", NASTY), ("a/ref-2", plain)]
    title = one_line(NASTY.title)
    in_ris, in_bib, in_csl = ris(references), bib(references), csl(references)
    assert len(in_ris) == len(in_bib) == len(in_csl) == 2
    assert in_ris[0]["title"] == in_csl[0]["title"] == untex(in_bib[0]["title"]) == title
    assert in_ris[0]["authors"][2] == "Group of {Users} & Makers"
    assert untex(in_bib[0]["author"]).endswith("and Ødegård-Łuk, Å. and others")
    assert in_csl[0]["author"][2] == {"literal": "Group of {Users} & Makers"}
    assert (in_ris[0]["start_page"], in_ris[0]["end_page"]) == ("S12", "S18")
    assert in_bib[0]["doi"] == NASTY.doi
    assert in_bib[1]["title"] == "Plain"


# A reference may contain any assigned character.
_text = st.text(st.characters(exclude_categories=("Cs", "Cn", "Co")), max_size=60)


@given(title=_text, journal=_text, author=_text, pages=_text, note=_text)
def test_any_text_survives(title: str, journal: str, author: str, pages: str, note: str) -> None:
    reference = Reference(
        1, "x", names(author), title=title, journal=journal, year=2020, pages=pages, note=note
    )
    references = [("a/ref-1", reference), ("a/ref-2", NASTY)]
    assert [item["id"] for item in ris(references)] == ["a/ref-1", "a/ref-2"]
    assert len(csl(references)) == len(bib(references)) == 2
    assert csl(references)[0]["title"] == (one_line(title) or "x")
    for value in bib(references)[0].values():
        assert _has_balanced_braces(value)
    assert "\n" not in copy_citation(reference)


def _has_balanced_braces(text: str) -> bool:
    depth = 0
    for letter in text:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth < 0:
            return False
    return depth == 0


def test_capitals_of_a_title_are_protected() -> None:
    def exported_title(title: str) -> str:
        return bib([("1", Reference(1, "", title=title, journal="J"))])[0]["title"]

    assert exported_title("Effects of hPMSCs (POI) via TGF-β1: The hippo in Wharton's jelly") == (
        "Effects of {hPMSCs} ({POI}) via {TGF-β1}: The hippo in {Wharton's} jelly"
    )
    assert exported_title("The Role of MicroRNA in Ovarian Ageing") == (
        "The Role of {MicroRNA} in Ovarian Ageing"
    )


def test_kinds_of_works() -> None:
    book = Reference(1, "", names("Li X"), title="A book", kind="book")
    bare = Reference(2, "Somebody, something, 1999", year=1999)
    references = [("1", book), ("2", bare)]
    assert [item["type_of_reference"] for item in ris(references)] == ["BOOK", "GEN"]
    assert [item["type"] for item in bib(references)] == ["book", "misc"]
    assert [item["type"] for item in csl(references)] == ["book", "document"]
    assert bib(references)[1]["note"] == "Somebody, something, 1999"
    assert all(export([], form).strip() in ("", "[]") for form in NAMES)
    with pytest.raises(ValueError, match="bibtex, csl-json, ris"):
        export([], "docx")


@pytest.mark.parametrize(
    ("pages", "ranges"),
    [
        ("320–6", [("320", "326")]),
        ("1075–86.e3", [("1075", "1086.e3")]),
        ("iv12–iv19", [("iv12", "iv19")]),
        ("320-6, 330", [("320", "326"), ("330", "")]),
        ("e0164638", [("e0164638", "")]),
        ("99–8", [("99", "8")]),
        ("S12–8", [("S12", "S18")]),
        ("A–6", [("A", "6")]),
        ("6–A", [("6", "A")]),
        ("", []),
    ],
)
def test_pages(pages: str, ranges: list[tuple[str, str]]) -> None:
    assert page_ranges(pages) == ranges


LI = Reference(
    35, "", names("Li X", "Xie J", "Wang Q"), True, "miR-21 and Pellino-1", "J Immunol Res", 2020,
    "2020", "", "3582648",
)  # fmt: skip


def test_labels() -> None:
    two = replace(LI, names=names("Sohni A", "Verfaillie CM"), et_al=False, year=2013)
    assert links.label(LI) == "Li et al., 2020"
    assert links.label(two) == "Sohni & Verfaillie, 2013"
    assert links.label(replace(two, names=names("Ishizuka B"), year=None)) == "Ishizuka"
    assert links.label(Reference(1, "", title="A long title " * 9, year=2020)) == (
        "A long title A long title A long title A long…, 2020"
    )
    assert links.label(Reference(1, "")) == ""


def test_links_out() -> None:
    def term(reference: Reference) -> list[str]:
        return parse_qs(urlsplit(links.pubmed(reference)).query)["term"]

    assert term(LI) == ['"J Immunol Res"[ta] AND 2020[vi] AND 3582648[pg] AND 2020[dp]']
    assert term(replace(LI, volume="9 Suppl 1", pages="S12–8")) == [
        '"J Immunol Res"[ta] AND S12[pg] AND 2020[dp]'
    ]
    assert term(replace(LI, pages="", title='On "x" [y]')) == ["On x y[ti] AND 2020[dp]"]
    assert links.pubmed(replace(LI, pmid="31998806")) == "https://pubmed.ncbi.nlm.nih.gov/31998806/"
    assert links.doi(replace(LI, doi="doi: 10.1155/2020/3582648")) == (
        "https://doi.org/10.1155/2020/3582648"
    )
    assert links.doi(replace(LI, doi="javascript:alert(1)")) == ""
    assert "miR-21+and+Pellino-1" in links.scholar(LI)
    assert links.pubmed(Reference(1, "")) == links.scholar(Reference(1, "")) == ""


def test_every_reference_of_the_review_can_be_looked_up() -> None:
    for _, reference in review():
        assert unicodedata.is_normalized("NFC", links.label(reference))
        assert re.fullmatch(r".+, (19|20)\d\d", links.label(reference))
        assert links.pubmed(reference).count("%5B") == 4
        assert links.scholar(reference)


def test_links_to_concepts() -> None:
    assert links.concept_url("mesh:D016649") == "https://meshb.nlm.nih.gov/record/ui?ui=D016649"
    assert links.concept_url("hgnc:31586").endswith("#!/hgnc_id/HGNC:31586")
    assert links.concept_url("mondo:0005387") == "https://purl.obolibrary.org/obo/MONDO_0005387"
    assert links.concept_url("local:x") == links.concept_source("local:x") == ""
    assert links.concept_source("mesh:D016649") == "MeSH D016649"


def test_citations_to_copy() -> None:
    assert copy_citation(replace(LI, doi="10.1155/2020/3582648", pmid="31998806")) == (
        "Li X, Xie J, Wang Q, et al. miR-21 and Pellino-1. J Immunol Res. 2020;2020:3582648. "
        "https://doi.org/10.1155/2020/3582648 PMID: 31998806."
    )
    assert copy_citation(Reference(1, "Only\nthis.")) == "Only this."
    article = Article(
        "a", "Does it work?", (Author(Name("Shi", "Lan")), Author(Name("Zhang", "Zhi-Fen"))),
        journal="Medicine", year=2022, volume="101", issue="2", pages="e1–e9",
    )  # fmt: skip
    assert quotation("Cells  are small.", article, "Section 3.2, paragraph 1") == (
        "“Cells are small.”\nShi L, Zhang ZF. Does it work? Medicine. 2022;101(2):e1-e9. "
        "Section 3.2, paragraph 1."
    )


@pytest.mark.parametrize(
    ("count", "names"),
    [(6, "A A, B B, C C, D D, E E, F F"), (7, "A A, B B, C C, et al")],
)
def test_a_quotation_names_up_to_six_authors(count: int, names: str) -> None:
    authors = tuple(Author(Name(letter, letter)) for letter in "ABCDEFGH"[:count])
    cited = quotation("Cells.", Article("a", "Title", authors), "Abstract")
    assert cited == f"“Cells.”\n{names}. Title. Abstract."
