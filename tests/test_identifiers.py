"""DOIs, PMIDs and PMCIDs in every form in which they are printed and linked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poi_search.references.identifiers import (
    Identifiers,
    doi_key,
    doi_url,
    find_doi,
    identifiers_of_address,
    normal_doi,
    normal_pmcid,
    normal_pmid,
    pubmed_url,
    take_identifiers,
)
from poi_search.references.links import web_address

SICI = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1007/s00-1", "10.1007/s00-1"),
        ("doi:10.1007/s00-1(2).", "10.1007/s00-1(2)"),
        ("(doi: 10.1007/s00-1(2)).", "10.1007/s00-1(2)"),
        ("DOI 10.1234/ABC_d-e,", "10.1234/ABC_d-e"),
        ("https://dx.doi.org/10.1234/abc; seen", "10.1234/abc"),
        ("doi: https://doi.org/doi:10.1234/x", "10.1234/x"),
        ("<https://doi.org/10.1234/abc>.", "10.1234/abc"),
        ("[CrossRef](http://doi.org/10.5555/x.1)", "10.5555/x.1"),
        ("“10.1234/abc.”", "10.1234/abc"),
        ("10.1234/abc[PubMed]", "10.1234/abc"),
        ("10.1234/abc[12]", "10.1234/abc"),
        ("10.1234/abc;PMID:123", "10.1234/abc"),
        ("10.1234/abc.PMC123", "10.1234/abc"),
        ("10.1234/abc<br>", "10.1234/abc"),
        (f"doi:{SICI}.", SICI),
        ("https://doi.org/10.1002/%28SICI%291(1998)17:15%3C1661::AID%3E3.0.CO;2-2",
         "10.1002/(SICI)1(1998)17:15<1661::AID>3.0.CO;2-2"),
        ("10.1658/11(2002)013[0543:SATRTW]2.0.CO;2", "10.1658/11(2002)013[0543:SATRTW]2.0.CO;2"),
        ("10.1016%2Fj.x", "10.1016/j.x"),
        ("10.1000.10/123", "10.1000.10/123"),
        ("10.1000/[x]1", "10.1000/[x]1"),
        ("10.1000/a[x]1.", "10.1000/a[x]1"),
        ("10.1234/abc[PubMed][Cross Ref]", "10.1234/abc"),
        ("10.1234/abc[PubMed]Google", "10.1234/abc"),
        ("10.1000/a<b>c", "10.1000/a<b>c"),
        ("10.1000/a<b>", "10.1000/a"),
        ("10.1234/abc</p>Next", "10.1234/abc"),
        ("10.1234/abc<br/>Next", "10.1234/abc"),
        ("10.1000/[x]", ""),
        ("10.1000/]x", ""),
        ("10.1000/;", ""),
        ("https://doi.org/10.1000%2F.", ""),
        ("10.1000/) or 10.1234/abc", "10.1234/abc"),
        ("110.1234/abc", ""),
        ("doi:110.1234/abc", ""),
        ("10.1016/j\u20101\u20112", "10.1016/j-1-2"),
        ("10.\u200b1016\u200b/\u200bj.\u00adab\u2060c\ufeff\u200d\u200c.", "10.1016/j.abc"),
        ("https://doi.org/10.1016/a%E2%80%8Bb", "10.1016/ab"),
        ("version 10.1234 of it", ""),
        ("10.12/34", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_doi_is_found(text: str, doi: str) -> None:
    assert find_doi(text) == doi


def test_normal_forms() -> None:
    assert normal_doi("doi:10.1/short") == "10.1/short"
    assert normal_doi("javascript:alert(1)") == ""
    assert doi_key("https://doi.org/10.1234/ABC") == doi_key("10.1234/abc") == "10.1234/abc"
    assert doi_url(SICI).startswith(
        "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16%3C"
    )
    assert doi_url("none") == ""
    forms = ("123", " PMID: 123", "00123", "https://pubmed.ncbi.nlm.nih.gov/123/")
    assert {normal_pmid(form) for form in forms} == {"123"}
    assert normal_pmid("123 or 124") == normal_pmid("123456789") == ""
    names = ("PMC99", "pmc99", "99", "PMCID: PMC99", "https://ncbi.nlm.nih.gov/pmc/articles/PMC99/")
    assert {normal_pmcid(name) for name in names} == {"PMC99"}
    assert normal_pmcid("none") == ""
    assert (pubmed_url("PMID 5"), pubmed_url("x")) == ("https://pubmed.ncbi.nlm.nih.gov/5/", "")


def test_identifiers_are_removed_from_an_entry() -> None:
    entry = "J Ex. 2018;1:2. (doi: 10.1007/s00-1). PMID: 1234567; PMCID: PMC7654321. Epub."
    found, rest = take_identifiers(entry)
    assert found == Identifiers("10.1007/s00-1", "1234567", "PMC7654321")
    assert rest.split() == ["J", "Ex.", "2018;1:2.", "Epub."]
    assert take_identifiers("Plain.") == (Identifiers(), "Plain.")


def test_signs_without_width_do_not_shift_what_follows() -> None:
    found, rest = take_identifiers(
        "J Ex 1:2. doi: 10.\u200b1016/\u200ba\u00adb\u200b. PMID: 5. End."
    )
    assert found == Identifiers("10.1016/ab", "5")
    assert rest.replace("\u200b.", "").split() == ["J", "Ex", "1:2.", "End."]
    assert normal_doi("10.1/a\u2010\u200bb") == "10.1/a-b"


def test_what_has_no_doi_keeps_its_text() -> None:
    assert take_identifiers("See 10.1000/) there.") == (Identifiers(), "See 10.1000/) there.")


def test_leading_zeros_are_dropped_everywhere() -> None:
    padded = "PMID: 00123456; PMCID: PMC0007654321."
    assert take_identifiers(padded)[0] == Identifiers("", "123456", "PMC7654321")
    assert take_identifiers("PMID: 0000012345678.")[0].pmid == "12345678"
    assert take_identifiers("PMID: 000")[0] == Identifiers()
    links = "https://pubmed.ncbi.nlm.nih.gov/00123456/ https://x.org/PMC0088/"
    assert identifiers_of_address(links) == Identifiers("", "123456", "PMC88")
    assert {normal_pmcid(name) for name in ("PMC0099", "0099", "PMCID: PMC0099")} == {"PMC99"}
    assert normal_pmid("000") == normal_pmcid("000") == normal_pmcid("PMC000") == ""


def test_identifiers_in_addresses() -> None:
    links = (
        "https://x.org/?doi=10.1016%2Fj.x&id=1 https://www.ncbi.nlm.nih.gov/pubmed/?term=77"
        " https://www.ncbi.nlm.nih.gov/pmc/articles/PMC88/?tool=x"
    )
    assert identifiers_of_address(links) == Identifiers("10.1016/j.x", "77", "PMC88")
    assert identifiers_of_address("https://x.org/10.1016/j.x") == Identifiers()


def test_runs_of_spaces_and_signs_take_no_time() -> None:
    for run in (" ", "(", "( ", "doi ", "10.1000/", "PMID ", "10.1000/(", ";"):
        text = run * (40_000 // len(run))
        assert find_doi(f"{text}x 10.1234/abc").startswith("10.1")
        take_identifiers(text)


_suffix = st.from_regex(
    r"\A[a-z0-9_/:;.-]{0,12}(?:\([a-z0-9]{1,5}\)|<\d[:a-z0-9]{1,6}>)?[a-z0-9]\Z"
)


@given(st.integers(1000, 999999999), _suffix, st.sampled_from(["{}", "doi: {}.", "({}),", "<{}>;"]))
def test_a_doi_is_found_in_any_context(prefix: int, suffix: str, around: str) -> None:
    doi = f"10.{prefix}/{suffix}"
    assert find_doi(around.format(doi)) == doi
    assert normal_doi(doi_url(doi)) == doi


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" https://x.org/a?b#c\n", "https://x.org/a?b#c"),
        ("HTTP://x.org", "HTTP://x.org"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)//https://x.org", ""),
        ("data:text/html,https://x.org", ""),
        ("ftp://x.org/a", ""),
        ("//x.org/a", ""),
        ("x.org", ""),
        ("https://", ""),
        ("https:///a", ""),
        ("https://x.org/a b", ""),
        ("https://x.org/\x01", ""),
        ("", ""),
    ],
)
def test_only_http_addresses_are_linked(text: str, address: str) -> None:
    assert web_address(text) == address
