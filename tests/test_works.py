"""The fields of a reference are the same in the model, in the JSON and in every export."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import msgspec
import pytest
from articles import authors
from msgspec.structs import asdict, fields, replace

from poi_search.article import Article, Name, PublicationNotice, Reference
from poi_search.export import export
from poi_search.export.citation import copy_citation
from poi_search.export.tidy import tidy
from poi_search.index.units import units
from poi_search.readers.jats import read
from poi_search.references import links
from poi_search.references.completion import complete
from poi_search.results import ReferenceView
from poi_search.web.citation_tags import coins


def work(kind: str, inner: str) -> Reference:
    """The reference in a JATS `element-citation`."""
    source = f"""<article><front><article-meta><title-group><article-title>T</article-title>
        </title-group></article-meta></front><body><p>Text.</p></body><back><ref-list><ref id="r1">
        <element-citation publication-type="{kind}">{inner}</element-citation>
        </ref></ref-list></back></article>"""
    return read(source.encode(), "a.xml", "a").references[0]


def person(family: str, given: str) -> str:
    return f"<name><surname>{family}</surname><given-names>{given}</given-names></name>"


CHAPTER = f"""<person-group person-group-type="author">{person("van 't Hof", "Maria A.")}
    </person-group><person-group person-group-type="editor">{person("Boss", "Bob")}
    <collab>Ovary Group</collab></person-group><chapter-title>Follicle growth</chapter-title>
    <source>Handbook of the Ovary</source><edition>2nd ed</edition>
    <publisher-loc>London</publisher-loc><publisher-name>Acme</publisher-name><year>2010</year>
    <fpage>11</fpage><lpage>29</lpage>"""
WEB = """<collab>Acme Health</collab><source>Menopause facts</source>
    <date-in-citation content-type="access-date"><day>3</day><month>5</month><year>2022</year>
    </date-in-citation><uri>https://example.org/m</uri>"""


def test_a_chapter() -> None:
    found = work("book", CHAPTER)
    assert found.kind == "chapter"
    assert found.names == (Name("Hof", "Maria A.", "van 't"),)
    assert found.editors == (Name("Boss", "Bob"), Name(body="Ovary Group"))
    assert (found.title, found.journal) == ("Follicle growth", "Handbook of the Ovary")
    assert (found.edition, found.place, found.publisher) == ("2nd ed", "London", "Acme")
    assert found.text == (
        "van 't Hof MA. Follicle growth. In: Boss B, Ovary Group, editors. Handbook of the Ovary. "
        "2nd ed. London: Acme. 2010;11–29."
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://x.org/a", "//x.org/a", "x"])
def test_only_a_web_address_is_the_address_of_a_work(address: str) -> None:
    link = (
        f'<ext-link xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{address}">A</ext-link>'
    )
    assert work("web", f"<source>S</source>{link}").url == ""
    assert work("web", f"<source>S</source>{link}{WEB}").url == "https://example.org/m"


def test_the_doi_of_a_correction_is_the_one_in_its_comment() -> None:
    title = "<article-title>Correction to 10.1000/wrong.1</article-title><source>J</source>"
    found = work("journal", f"{title}<comment>doi: 10.1000/right.2</comment>")
    assert found.doi == "10.1000/right.2"


def test_a_web_page() -> None:
    found = work("web", WEB)
    assert (found.kind, found.year) == ("web", None)
    assert (found.url, found.accessed) == ("https://example.org/m", "2022-05-03")
    assert found.text == (
        "Acme Health. Menopause facts. Accessed 2022-05-03. https://example.org/m."
    )
    dated = work("web", f"{WEB}<year>2015</year>")
    assert (dated.year, dated.accessed) == (2015, "2022-05-03")
    assert work("web", WEB.replace("<day>3</day>", "")).accessed == ""


@pytest.mark.parametrize(
    ("stated", "inner", "kind"),
    [
        ("journal", "<article-title>A</article-title><source>J</source>", "article"),
        ("book", "<source>B</source>", "book"),
        ("thesis", "<source>B</source><publisher-name>U</publisher-name>", "thesis"),
        ("confproc", "<article-title>A</article-title><source>P</source>", "conference"),
        ("other", "<article-title>A</article-title><conf-name>C</conf-name>", "conference"),
        ("software", "<source>R</source>", "software"),
        ("data", "<data-title>D</data-title><source>Archive</source>", "data"),
        ("preprint", "<article-title>A</article-title><source>bioRxiv</source>", "preprint"),
        ("other", "<article-title>A</article-title><source>J</source>", "article"),
        ("", "<source>B</source><publisher-name>P</publisher-name>", "book"),
        ("patent", "<source>B</source>", "other"),
    ],
)
def test_kinds(stated: str, inner: str, kind: str) -> None:
    assert work(stated, f"{inner}<year>2010</year>").kind == kind


def test_editors_are_labelled_if_there_are_no_authors() -> None:
    found = work(
        "book",
        f'<person-group person-group-type="editor">{person("Boss", "Bob")}</person-group>'
        "<source>Ovaries</source><publisher-name>Acme</publisher-name><year>2010</year>",
    )
    assert (authors(found), found.editors) == ((), (Name("Boss", "Bob"),))
    assert links.label(found) == "Boss, 2010"
    assert copy_citation(found) == "Boss B, editor. Ovaries. Acme; 2010."
    assert found.text == "Boss B, editor. Ovaries. Acme. 2010."


def test_names_after_the_title_of_a_book_are_its_editors_without_groups() -> None:
    inner = f"{person('Doe', 'J')}<source>Handbook</source>{person('Boss', 'B')}<year>2010</year>"
    found = work("book", inner)
    assert (authors(found), found.editors) == (("Doe J",), (Name("Boss", "B"),))


def test_bodies_among_the_names() -> None:
    group = (
        '<person-group person-group-type="author"><institution>WHO</institution><collab>Ovary Group'
        f"</collab>{person('Li', 'X')}<role>head</role></person-group>"
    )
    assert authors(work("book", f"{group}<source>S</source>")) == ("WHO", "Ovary Group", "Li X")
    loose = f"<institution>Press</institution>{person('Li', 'X')}<collab>Ovary Group</collab>"
    assert authors(work("book", f"{loose}<source>S</source>")) == ("Li X", "Ovary Group")


def test_inventors_count_as_authors_if_there_are_no_others() -> None:
    group = f'<person-group person-group-type="inventor">{person("Li", "X")}</person-group>'
    assert authors(work("patent", f"{group}<source>S</source>")) == ("Li X",)
    assert authors(work("patent", f"{person('Roe', 'J')}{group}<source>S</source>")) == ("Roe J",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("<name><surname>Li</surname><given-names initials='XY'>Xu</given-names></name>", "Li XY"),
        ("<name><surname>Li</surname><given-names initials='X'>Xu</given-names></name>", "Li X"),
        ("<name><given-names>Xu</given-names></name>", "Xu"),
        ("<string-name>Li X,</string-name>", "Li X"),
        ("<string-name> </string-name>", ""),
        ("<name-alternatives><name><surname>Li</surname></name></name-alternatives>", "Li"),
        ("<name-alternatives><x/></name-alternatives>", ""),
        ("<name><surname>Li</surname><suffix>Jr</suffix></name>", "Li Jr"),
    ],
)
def test_names_of_persons(name: str, expected: str) -> None:
    found = authors(work("book", f"{name}<source>S</source>"))
    assert found == ((expected,) if expected else ())


@pytest.mark.parametrize(
    ("inner", "cut"),
    [
        (f"{person('Li', 'X')}<etal/>", True),
        (f"<person-group>{person('Li', 'X')}<etal/></person-group>", True),
        (f"{person('Li', 'X')} et al. ", True),
        (f"{person('Li', 'X')} metal ", False),
        (f"{person('Li', 'X')}", False),
        ("<etal/>", False),
    ],
)
def test_lists_that_are_cut_short(inner: str, cut: bool) -> None:
    assert work("book", f"{inner}<source>S</source>").et_al == cut


def view(reference: Reference) -> ReferenceView:
    article = Article("a", "T", references=(reference,))
    (unit,) = units(article)
    assert unit.view.reference
    return unit.view.reference


def complete_reference() -> Reference:
    """A reference with a distinct value in every field."""
    values: dict[str, object] = {
        "number": 1, "year": 2020, "et_al": True, "kind": "chapter", "accessed": "2022-05-03",
        "names": (Name("Hof", "M", "van 't"), Name(body="WHO Group")),
        "editors": (Name("Boss", "B"),), "headings": ("Ovary",),
        "notices": (PublicationNotice("retraction", "2022-10-13", "10.5555/n", "9", "J. 2022"),),
    }  # fmt: skip
    others = {one.name: f"the {one.name}" for one in fields(Reference) if one.name not in values}
    return Reference(**values, **others)  # type: ignore[arg-type]


def test_a_view_has_every_field_of_its_reference() -> None:
    reference, shown = complete_reference(), view(complete_reference())
    assert isinstance(shown, Reference)
    assert {name: getattr(shown, name) for name in asdict(reference)} == asdict(reference)
    assert shown.authors == ("van 't Hof M", "WHO Group")
    told = json.loads(msgspec.json.encode(shown))
    assert told["authors"] == ["van 't Hof M", "WHO Group"]
    assert told["names"] == [
        {"family": "Hof", "given": "M", "particle": "van 't"},
        {"body": "WHO Group"},
    ]
    assert told["kind"] == "chapter"


def test_a_reference_is_completed_from_another() -> None:
    reference = complete_reference()
    bare = Reference(7, "As printed.")
    completed = complete(bare, reference)
    assert completed == replace(reference, number=7, text="As printed.")
    assert complete(reference, bare) is reference
    own = Reference(7, "", title="Own", kind="book", names=(Name("Li", "X"),))
    assert complete(own, reference).title == "Own"
    assert (complete(own, reference).kind, complete(own, reference).names) == ("book", own.names)


def test_every_text_of_a_reference_is_tidied() -> None:
    nasty = {
        field.name: f"{value}\n\x00"
        for field in fields(Reference)
        if isinstance(value := getattr(complete_reference(), field.name), str)
    }
    dirty = replace(
        complete_reference(),
        **nasty,
        names=(Name("Hof\n", "M", "van\r't"), Name(body="WHO\nGroup"), Name(" \n")),
        headings=("Ovary\n", " "),
    )
    assert tidy(dirty) == complete_reference()


def test_a_chapter_in_every_export() -> None:
    items = [("a/ref-1", work("book", CHAPTER))]
    (told,) = json.loads(export(items, "csl-json"))
    assert (told["type"], told["publisher-place"], told["edition"]) == (
        "chapter",
        "London",
        "2nd ed",
    )
    assert told["author"] == [{"family": "van 't Hof", "given": "M. A."}]
    assert told["editor"] == [{"family": "Boss", "given": "B."}, {"literal": "Ovary Group"}]
    printed = export(items, "ris")
    for line in ("TY  - CHAP", "AU  - van 't Hof, M. A.", "A2  - Boss, B.", "CY  - London"):
        assert line in printed.splitlines()
    printed = export(items, "bibtex")
    assert printed.startswith("@incollection{vantHof2010,")
    assert "booktitle = {Handbook of the Ovary}" in printed
    assert "editor = {Boss, B. and {Ovary Group}}" in printed
    tags = parse_qs(coins(view(items[0][1])))
    assert (tags["rft.genre"], tags["rft.btitle"]) == (["bookitem"], ["Handbook of the Ovary"])
    assert (tags["rft.atitle"], tags["rft.au"]) == (["Follicle growth"], ["van 't Hof, M. A."])


def test_addresses_dates_and_schools_in_exports() -> None:
    page = [("1", work("web", WEB))]
    (told,) = json.loads(export(page, "csl-json"))
    assert (told["type"], told["URL"]) == ("webpage", "https://example.org/m")
    assert told["accessed"] == {"date-parts": [[2022, 5, 3]]}
    assert {"TY  - ELEC", "UR  - https://example.org/m", "Y2  - 2022/05/03"} <= set(
        export(page, "ris").splitlines()
    )
    assert "urldate = {2022-05-03}" in export(page, "bibtex")
    assert "rft.aucorp=Acme+Health" in coins(view(page[0][1]))
    thesis = [("1", Reference(1, "", title="T", kind="thesis", publisher="University"))]
    assert "school = {University}" in export(thesis, "bibtex")
    assert export(thesis, "ris").startswith("TY  - THES")


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [
        ("11-29", "11", ["29"]),
        ("e12", "e12", None),
        ("11-11", "11", None),
        ("11-11, 25-29", "11", ["29"]),
    ],
)
def test_the_first_and_last_page_for_reference_managers(
    pages: str, first: str, last: list[str] | None
) -> None:
    reference = Reference(1, "", title="T", journal="J", pages=pages)
    tags = parse_qs(coins(view(reference)))
    assert (tags["rft.spage"], tags.get("rft.epage")) == ([first], last)
