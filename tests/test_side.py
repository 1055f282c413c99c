"""The side file of an article, and the choice of its reader."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from poi_search.article import ReadError
from poi_search.readers import read_article

CORPUS = Path(__file__).parent.parent / "corpus"


def beside(folder: Path, toml: str) -> Path:
    shutil.copy(CORPUS / "shi-2022.txt", folder / "a.txt")
    (folder / "a.toml").write_text(toml, encoding="utf-8")
    return folder / "a.txt"


def test_the_review_with_its_side_file() -> None:
    article = read_article(CORPUS / "shi-2022.txt")
    assert article.id == "shi-2022"
    assert article.licence.url == "https://creativecommons.org/licenses/by/4.0/"
    assert article.licence.text.startswith("Copyright © 2022")
    assert "publisher's PDF" in article.source


def test_overrides(tmp_path: Path) -> None:
    path = beside(tmp_path, 'id = "b-1"\ntitle = "T"\nyear = 1999\nlicence = {name = "CC0"}\n')
    article = read_article(path)
    assert (article.id, article.title, article.year) == ("b-1", "T", 1999)
    assert (article.licence.name, article.journal) == ("CC0", "Medicine")


def test_without_a_side_file_the_name_is_the_id(tmp_path: Path) -> None:
    path = tmp_path / "My Article 2.txt"
    shutil.copy(CORPUS / "shi-2022.txt", path)
    assert read_article(path).id == "my-article-2"


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('titel = "T"', "a.toml, titel: the key is unknown"),
        ("title = 3", "a.toml, title: it is 3, not a text"),
        ('title = " "', "a.toml, title: it is ' ', not a text"),
        ('year = "2022"', "a.toml, year: it is '2022', not a year"),
        ("year = true", "a.toml, year: it is True, not a year"),
        ('licence = "CC BY"', "a.toml, licence: it is not a table"),
        ('[licence]\nkind = "x"', r"a.toml, licence.kind: the key is unknown"),
        ('id = "a/b"', "a.toml, id: “a/b” cannot be an id"),
        ("id =", "a.toml: it is not valid TOML"),
    ],
)
def test_a_wrong_side_file(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_article(beside(tmp_path, toml))


def test_an_unknown_format(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.docx: .* no reader for files ending in “\.docx”"):
        read_article(tmp_path / "a.docx")


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.txt: it cannot be opened"):
        read_article(tmp_path / "a.txt")
