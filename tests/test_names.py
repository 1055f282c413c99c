"""Names as lists, front pages and databases print them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from poi_search.article import Name
from poi_search.references.name_lists import list_end, parse_names
from poi_search.references.names import (
    full_name,
    initials,
    inverted_full_name,
    inverted_name,
    is_organisation,
    parse_full_name,
    parse_name,
    short_name,
    spaced_initials,
    tagged_name,
)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Van Balkom BWM", Name("Van Balkom", "BWM")),
        ("El-Derany MO", Name("El-Derany", "MO")),
        ("van der Berg J-P", Name("Berg", "J-P", "van der")),
        ("degli Esposti M", Name("Esposti", "M", "degli")),
        ("van 't Hof MA", Name("Hof", "MA", "van 't")),
        ("d'Angelo M", Name("d'Angelo", "M")),
        ("Smith JA 3rd", Name("Smith", "JA", suffix="3rd")),
        ("Smith JA, Jr", Name("Smith", "JA", suffix="Jr")),
        ("Smith, Jane A., Jr.", Name("Smith", "Jane A.", suffix="Jr.")),
        ("J.A. van der Smith", Name("Smith", "J.A.", "van der")),
        ("LI X", Name("LI", "X")),
        ("Board PG", Name("Board", "PG")),
        ("Иванов ИИ", Name("Иванов", "ИИ")),
        ("山田 太郎", Name("山田", "太郎")),
        ("ESHRE Guideline Group on POI", Name(body="ESHRE Guideline Group on POI")),
        ("Cochrane Collaboration UK", Name(body="Cochrane Collaboration UK")),
        ("Department of Health, England", Name(body="Department of Health, England")),
        ("RECOVERY Trial", Name(body="RECOVERY Trial")),
        ("WHO", Name(body="WHO")),
        ("Jane Smith", Name(body="Jane Smith")),
    ],
)
def test_names_of_a_list(printed: str, name: Name) -> None:
    assert parse_name(printed) == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Xu Li", Name("Li", "Xu")),
        ("Li, Xu", Name("Li", "Xu")),
        ("Maria van 't Hof", Name("Hof", "Maria", "van 't")),
        ("Ana M. von der Heide", Name("Heide", "Ana M.", "von der")),
        ("José Ortega y Gasset", Name("Ortega y Gasset", "José")),
        ("John Smith Jr.", Name("Smith", "John", suffix="Jr.")),
        ("John Smith, Jr.", Name("Smith", "John", suffix="Jr.")),
        ("Philip Board", Name("Board", "Philip")),
        ("山田 太郎", Name("山田", "太郎")),
        ("Iván", Name("Iván")),
        ("WHO", Name(body="WHO")),
        ("WHO Working Group", Name(body="WHO Working Group")),
        ("RECOVERY Trial", Name(body="RECOVERY Trial")),
        ("Friends of the ovary", Name(body="Friends of the ovary")),
    ],
)
def test_names_printed_in_full(printed: str, name: Name) -> None:
    assert parse_full_name(printed) == name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("van 't Hof", "Maria A."), Name("Hof", "Maria A.", "van 't")),
        (("De Luca", "Ada"), Name("De Luca", "Ada")),
        (("", "Madonna"), Name("Madonna")),
        (("RECOVERY Trial", ""), Name(body="RECOVERY Trial")),
        (("al", "B"), Name("al", "B")),
    ],
)
def test_names_whose_parts_are_tagged(parts: tuple[str, str], name: Name) -> None:
    assert tagged_name(*parts) == name


HOF = Name("Hof", "Maria Anna", "van 't", "Jr.")


def test_formatted_names() -> None:
    assert short_name(HOF) == "van 't Hof MA Jr"
    assert inverted_name(HOF) == "van 't Hof, M. A., Jr"
    assert inverted_full_name(HOF) == "van 't Hof, Maria Anna, Jr"
    assert full_name(HOF) == "Maria Anna van 't Hof Jr."
    assert full_name(Name("山田", "太郎")) == short_name(Name("山田", "太郎")) == "山田 太郎"
    assert short_name(Name(body="WHO Group")) == full_name(Name(body="WHO Group")) == "WHO Group"


@pytest.mark.parametrize(
    ("names", "closed", "spaced"),
    [
        ("C.-A.", "CA", "C. A."),
        ("CA", "CA", "C. A."),
        ("Claude A", "CA", "C. A."),
        ("Jean-Paul", "JP", "J. P."),
        ("Jean‐Paul", "JP", "J. P."),
        ("J-P", "J-P", "J.-P."),
        ("Bas W.M.", "BWM", "B. W. M."),
        ("太郎", "太郎", "太郎"),
        ("", "", ""),
    ],
)
def test_initials(names: str, closed: str, spaced: str) -> None:
    assert (initials(names), spaced_initials(names)) == (closed, spaced)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Bao R, Van Balkom BWM", ("Bao R", "Van Balkom BWM")),
        ("Abel, A.B.; van der Cain, C., et al.", ("Abel AB", "van der Cain C")),
        ("Abel, A. B., Cain, C., Jr & Dee, E.", ("Abel AB", "Cain C Jr", "Dee E")),
        ("A.B. Abel and C.-D. Cain", ("Abel AB", "Cain C-D")),
        ("degli Esposti M", ("degli Esposti M",)),
        ("Abel A, RECOVERY Trial", ("Abel A", "RECOVERY Trial")),
        (
            "Society of Human Reproduction and Embryology Guideline Group on POI, Webber A, Dee B",
            ("Society of Human Reproduction and Embryology Guideline Group on POI", "Webber A",
             "Dee B"),
        ),
        ("Abel A and Ovary Study Group", ("Abel A", "Ovary Study Group")),
        ("World Health Organization", ("World Health Organization",)),
    ],
)  # fmt: skip
def test_lists(printed: str, names: tuple[str, ...]) -> None:
    found = parse_names(printed)
    assert found
    assert tuple(map(short_name, found.names)) == names
    assert found.et_al == ("et al" in printed)


@pytest.mark.parametrize("initials", ["A.B.", "a.b.", "j.-p."])
def test_a_list_of_names_joined_by_and_does_not_end_before_its_last_name(initials: str) -> None:
    printed = f"{initials} Abel" + "".join(f" and {letter}.K. Cain" for letter in "CDEFGHIJKL")
    assert parse_names(printed) is not None
    assert list_end(printed) == len(printed)


@pytest.mark.parametrize(
    "printed", ["", "A title of a paper", "Abel A, a title", "A Study Of Cells In A Trial", "et al"]
)
def test_text_that_may_not_be_a_list(printed: str) -> None:
    assert parse_names(printed) is None


_word = st.from_regex(r"\A[A-ZÀÖØ][a-zäéñø]{2,8}(?:-[A-Z][a-z]{2,5})?\Z")
_particle = st.sampled_from(["", "van der ", "de la ", "von ", "degli ", "van 't "])
_suffix = st.sampled_from(["", " Jr", " III", " 2nd"])
_letters = st.from_regex(r"\A[A-Z]{1,4}\Z|\A[A-Z]-[A-Z]\Z")


@given(_particle, st.lists(_word, min_size=1, max_size=2), _letters, _suffix)
def test_parsed_names_are_formatted_as_printed(
    particle: str, family: list[str], letters: str, suffix: str
) -> None:
    printed = f"{particle}{' '.join(family)} {letters}{suffix}"
    name = parse_name(printed)
    assert short_name(name) == printed
    listed = parse_names(f"{printed}, Abel A")
    assert (listed and listed.names[0] == name) or name.body
    assert name.body or parse_name(inverted_name(name)).family == name.family


@given(st.lists(_word, min_size=2, max_size=3), _particle, _suffix)
def test_full_names_are_formatted_as_printed(words: list[str], particle: str, suffix: str) -> None:
    printed = f"{' '.join(words[:-1])} {particle}{words[-1]}{suffix}"
    name = parse_full_name(printed)
    assert full_name(name) == printed
    assert name.body or parse_full_name(inverted_full_name(name)) == name


@example(", editor")
@given(st.text(max_size=40))
def test_formatting_any_text_as_a_name_is_stable(text: str) -> None:
    for parse, show in ((parse_name, short_name), (parse_full_name, full_name)):
        shown = show(parse(text))
        assert show(parse(shown)) == shown


@pytest.mark.parametrize(("words", "expected"), [(2, True), (14, True), (15, False)])
def test_a_long_text_with_a_group_in_it_may_be_a_title(words: int, expected: bool) -> None:
    assert is_organisation(f"The {'Ovary ' * (words - 2)}Group") is expected
