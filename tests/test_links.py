"""Links to other sites, labels of references, and where sentences end."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from poi_search.article import Name, Reference
from poi_search.references import links
from poi_search.text.sentences import sentences

LI, ROE, DEE = Name("Li", "X"), Name("Roe", "J"), Name("Dee", "D")


def asked(url: str) -> str:
    (text,) = (values[0] for values in parse_qs(urlsplit(url).query).values())
    return text


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({"pmid": "77", "title": "T"}, "https://pubmed.ncbi.nlm.nih.gov/77/"),
        ({"doi": "10.1/a"}, ""),
        ({"journal": "J", "volume": "5"}, ""),
    ],
)
def test_addresses_of_papers(fields: dict[str, str], url: str) -> None:
    assert links.pubmed(Reference(1, "", **fields)) == url  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reference", "question"),
    [
        (Reference(1, "", journal='J "X"', volume=" 5 ", pages="e7-9", year=2020, title="T"),
         '"J X"[ta] AND 5[vi] AND e7[pg] AND 2020[dp]'),
        (Reference(1, "", journal="J", volume="5 Suppl", pages="7"), '"J"[ta] AND 7[pg]'),
        (Reference(1, "", journal="J", title="T [x]", year=2020), "T x[ti] AND 2020[dp]"),
        (Reference(1, "", pages="7", title="T"), "T[ti]"),
    ],
)  # fmt: skip
def test_searches_in_pubmed(reference: Reference, question: str) -> None:
    assert asked(links.pubmed(reference)) == question


def test_searches_in_google_scholar() -> None:
    paper = Reference(1, "", (LI, ROE), title='On "cells"')
    assert asked(links.scholar(paper)) == '"On cells" Li'
    assert asked(links.scholar(Reference(1, "", title="T", editors=(ROE,)))) == '"T" Roe'
    assert asked(links.scholar(Reference(1, "", title="T"))) == '"T"'
    assert links.scholar(Reference(1, "", (LI,))) == ""


def test_links_with_their_names() -> None:
    known = links.outward_links(Reference(1, "", (LI,), pmid="77", doi="10.1/a", title="T"))
    assert [name for name, _ in known] == ["PubMed", "DOI", "Find in Google Scholar"]
    found = links.outward_links(Reference(1, "", journal="J", pages="7"))
    assert [name for name, _ in found] == ["Find in PubMed"]


LONG = "A title of rather many words, which goes on for ever and ever"


@pytest.mark.parametrize(
    ("reference", "label"),
    [
        (Reference(1, "", (LI,), year=2020), "Li, 2020"),
        (Reference(1, "", (LI, ROE), year=2020), "Li & Roe, 2020"),
        (Reference(1, "", (LI, ROE, DEE), year=2020), "Li et al., 2020"),
        (Reference(1, "", (LI,), et_al=True), "Li et al."),
        (Reference(1, "", editors=(ROE,), year=2020), "Roe, 2020"),
        (Reference(1, "", title=LONG, year=2020),
         "A title of rather many words, which goes on for…, 2020"),
        (Reference(1, "Printed  so", year=2020), "Printed so, 2020"),
        (Reference(1, "x" * 51), "x" * 50 + "…"),
        (Reference(1, "x" * 50), "x" * 50),
        (Reference(1, "", year=2020), "2020"),
    ],
)  # fmt: skip
def test_labels_of_references(reference: Reference, label: str) -> None:
    assert links.label(reference) == label


@pytest.mark.parametrize(
    ("concept", "source", "url"),
    [
        ("mesh:D016649", "MeSH D016649", "https://meshb.nlm.nih.gov/record/ui?ui=D016649"),
        ("HGNC:1", "HGNC 1",
         "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:1"),
        ("mondo:1", "MONDO 1", "https://purl.obolibrary.org/obo/MONDO_1"),
        ("doid:1", "DOID 1", "https://purl.obolibrary.org/obo/DOID_1"),
        ("hp:1/2", "HPO 1/2", "https://purl.obolibrary.org/obo/HP_1%2F2"),
        ("local:x", "", ""),
        ("mesh:", "", ""),
        ("mesh: ", "", ""),
    ],
)  # fmt: skip
def test_pages_of_concepts(concept: str, source: str, url: str) -> None:
    assert (links.concept_source(concept), links.concept_url(concept)) == (source, url)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" https://x.org/a ", "https://x.org/a"),
        ("HTTP://x.org", "HTTP://x.org"),
        ("https://?x", ""),
        ("https://x.org/a b", ""),
        ("ftp://x.org", ""),
    ],
)
def test_web_addresses(text: str, address: str) -> None:
    assert links.web_address(text) == address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three! Four", ["One.", "Two?", "Three!", "Four"]),
        ("One.[1,2–3] Two.”  (Three.) 4 β. Βeta.",
         ["One.[1,2–3]", "Two.”", "(Three.)", "4 β.", "Βeta."]),
        ("As Li et al. Said. See Fig. 2. By J. Roe. But cf. Nos. 3.",
         ["As Li et al. Said.", "See Fig. 2.", "By J. Roe.", "But cf. Nos. 3."]),
        ("about approx. Ten. small start. of one", ["about approx. Ten. small start. of one"]),
        ("Vitamin D? E. coli", ["Vitamin D?", "E. coli"]),
        (" \n", []),
        ("", []),
        ("x " * 500, ["x " * 499 + "x"]),
        ("x" * 1001, ["x" * 1000, "x"]),
        ("x " * 501, ["x " * 499 + "x", "x"]),
    ],
)  # fmt: skip
def test_ends_of_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end].strip() for start, end in sentences(text)] == expected
