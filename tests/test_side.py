"""The side file of an article, and the choice of its reader."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from articles import CORPUS, review

from poi_search import readers
from poi_search.article import ReadError
from poi_search.readers import formats_by_suffix, html, jats, pdf, pdftext, read_article


def beginning(path: Path) -> Path:
    """The first page of the review, as a file."""
    lines = (CORPUS / "shi-2022.txt").read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(lines[:40]), encoding="utf-8")
    return path


def review_with_side_file(folder: Path, toml: str) -> Path:
    beginning(folder / "a.txt")
    (folder / "a.toml").write_text(toml, encoding="utf-8")
    return folder / "a.txt"


def test_the_review_with_its_side_file() -> None:
    article = review()
    assert article.id == "shi-2022"
    assert article.licence.url == "https://creativecommons.org/licenses/by/4.0/"
    assert article.licence.text.startswith("Copyright © 2022")
    assert "publisher's PDF" in article.source


def test_overrides(tmp_path: Path) -> None:
    path = review_with_side_file(
        tmp_path, 'id = "b-1"\ntitle = "T"\nyear = 1999\nlicence = {name = "CC0"}\n'
    )
    article = read_article(path)
    assert (article.id, article.title, article.year) == ("b-1", "T", 1999)
    assert (article.licence.name, article.journal) == ("CC0", "Medicine")


@pytest.mark.parametrize(
    ("toml", "identifiers"),
    [
        ('doi = "https://doi.org/10.1234/a%3Cb"', ("10.1234/a<b", "", "")),
        ('doi = "doi: 10.1234/abc"', ("10.1234/abc", "", "")),
        ('pmid = "PMID: 00123"\npmcid = "77"', ("10.1097/MD.0000000000030013", "123", "PMC77")),
    ],
)
def test_identifiers_are_normalised(
    tmp_path: Path, toml: str, identifiers: tuple[str, str, str]
) -> None:
    article = read_article(review_with_side_file(tmp_path, toml))
    assert (article.doi, article.pmid, article.pmcid) == identifiers


def test_without_a_side_file_the_name_is_the_id(tmp_path: Path) -> None:
    path = beginning(tmp_path / "My Article 2.txt")
    assert read_article(path).id == "my-article-2"


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (
            'titel = "T"',
            "titel: the key is unknown. Did you mean title? Known keys: id, source, title, journal,"
            " volume, issue, pages, doi, pmid, pmcid, correspondence, year, licence",
        ),
        ("title = 3", 'title: it is 3, not text. Write it as title = "…"'),
        ('title = " "', 'title: it is " ", not text. Write it as title = "…"'),
        ('year = "2022"', 'year: it is "2022", not a year. Write it as year = 2022'),
        ("year = true", "year: it is true, not a year. Write it as year = 2022"),
        ("year = 1599", "year: it is 1599, not a year. Write it as year = 2022"),
        ("year = 2201", "year: it is 2201, not a year. Write it as year = 2022"),
        ("year = 9" + 30 * "9", f"year: it is {31 * '9'}, not a year. Write it as year = 2022"),
        ("doi = 2022-01-31", 'doi: it is "2022-01-31", not text. Write it as doi = "…"'),
        ('licence = "CC"', 'licence: it is "CC", not a table. Write it as a table: [licence]'),
        ('[licence]\nkind = "x"', "licence.kind: the key is unknown. Known keys: name, url, text"),
        ('doi = "abc"', 'doi: it is "abc", not a DOI. Write it as doi = "10.1000/182"'),
        (
            'doi = "110.1234/abc"',
            'doi: it is "110.1234/abc", not a DOI. Write it as doi = "10.1000/182"',
        ),
        ('pmid = "12a"', 'pmid: it is "12a", not a PMID. Write it as pmid = "12345678"'),
        ('pmcid = "x"', 'pmcid: it is "x", not a PMCID. Write it as pmcid = "PMC1234567"'),
        (
            '[licence]\nurl = "javascript:alert(1)"',
            'licence.url: it is "javascript:alert(1)", not an http or https address.'
            ' Write it as url = "https://…"',
        ),
        ("[licence]\nurl = 1", 'licence.url: it is 1, not text. Write it as url = "…"'),
        (
            'id = "a/b"',
            "id: it is \"a/b\", not an id of lowercase letters, digits, '-', '_' and '.'."
            ' Write it as id = "shi-2022"',
        ),
        (
            f"title = {list(range(40))}",
            "title: it is [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, …,"
            ' not text. Write it as title = "…"',
        ),
    ],
)
def test_a_wrong_side_file(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_article(review_with_side_file(tmp_path, toml))
    assert str(caught.value) == f"a.toml, {message}"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b'id = "a"\ntitle = T\n', "a.toml: it is not valid TOML: Invalid value (at line 2, colu"),
        (b"id =", "a.toml: it is not valid TOML: Invalid value (at end of document)"),
        (b'id = "a"\nid = "b"\n', "a.toml: it is not valid TOML: Cannot overwrite a value (at"),
        (b"a = " + 5000 * b"[", "a.toml: it is not valid TOML"),
        (b"a = " + 5000 * b"1", "a.toml: it is not valid TOML"),
        (b'title = "\xff"', "a.toml: it is not UTF-8 text. Save it as UTF-8"),
    ],
)
def test_a_side_file_that_is_not_toml(tmp_path: Path, raw: bytes, message: str) -> None:
    path = review_with_side_file(tmp_path, "")
    (tmp_path / "a.toml").write_bytes(raw)
    with pytest.raises(ReadError) as caught:
        read_article(path)
    assert str(caught.value).startswith(message)


def test_a_side_file_that_cannot_be_opened(tmp_path: Path) -> None:
    path = review_with_side_file(tmp_path, "")
    (tmp_path / "a.toml").unlink()
    (tmp_path / "a.toml").mkdir()
    with pytest.raises(ReadError, match=r"a\.toml: it cannot be opened \(Is a directory\)"):
        read_article(path)


def test_only_the_text_of_a_licence_may_be_empty(tmp_path: Path) -> None:
    assert read_article(review_with_side_file(tmp_path, "[licence]\ntext = ''")).licence.text == ""
    with pytest.raises(ReadError, match=r'a\.toml, licence\.url: it is "", not text'):
        read_article(review_with_side_file(tmp_path, "[licence]\nurl = ''"))


def test_the_reader_of_each_suffix() -> None:
    assert formats_by_suffix() == {
        **dict.fromkeys((".txt", ".md"), pdftext),
        **dict.fromkeys((".xml", ".nxml"), jats),
        ".pdf": pdf,
        **dict.fromkeys((".html", ".htm", ".xhtml"), html),
    }


def test_a_library_is_opened_without_its_readers() -> None:
    code = "import poi_search.library, poi_search.cli, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    formats = {f"poi_search.readers.{name}" for name in ("html", "jats", "pdftext", "records")}
    assert not {*formats, "bs4", "lxml"} & set(done.stdout.split())


def test_an_unknown_format(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.docx: .* no reader for files ending in “\.docx”"):
        read_article(tmp_path / "a.docx")


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.txt: it cannot be opened"):
        read_article(tmp_path / "a.txt")


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "big.md"
    path.write_text("# A title\n\n## 1. Cells\n\nThe cells grow.\n", encoding="utf-8")
    monkeypatch.setattr(readers, "MAX_BYTES", path.stat().st_size)
    assert read_article(path).title == "A title"
    monkeypatch.setattr(readers, "MAX_BYTES", path.stat().st_size - 1)
    with pytest.raises(ReadError, match=r"big\.md: it is larger than 0 MB\."):
        read_article(path)
