"""Editorial notes: the file format, and that every note quotes words of the article."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import CORPUS, review

from poi_search.article import Abbreviation, Article, ReadError
from poi_search.index.notes import Note, fit, load, read, readings
from poi_search.index.units import units

NOTES = CORPUS / "shi-2022.notes.toml"


@pytest.fixture(scope="module")
def article() -> Article:
    return review()


def test_every_note_of_the_review_fits(article: Article) -> None:
    notes, findings = load(NOTES, article)
    assert findings == ()
    assert len(notes) == len(read(NOTES)) >= 20
    texts = {unit.view.anchor: unit.view.text for unit in units(article)}
    assert all(texts[note.anchor].count(note.quote) == 1 for note in notes)


def test_what_the_notes_of_the_review_say(article: Article) -> None:
    notes, _ = load(NOTES, article)
    by_search = {word: {note.anchor for note in notes if word in note.search} for word in (
        "anti-Müllerian hormone", "endoplasmic reticulum stress", "HAS2",
    )}  # fmt: skip
    assert by_search == {
        "anti-Müllerian hormone": {"abbreviations", "s4.2-p2"},
        "endoplasmic reticulum stress": {"s4.3-p2"},
        "HAS2": {"s4.2-p2"},
    }
    # A search word that the unit already contains would have no effect.
    texts = {unit.view.anchor: unit.view.text for unit in units(article)}
    unneeded = [
        (note.anchor, word)
        for note in notes
        for word in note.search
        if word.lower() in texts[note.anchor].lower() and word not in ("TGF-β", "granulosa cells")
    ]
    assert unneeded == []


def test_the_titles_cited_by_the_notes(article: Article) -> None:
    words = {
        15: "angiogenesis in human ovarian microvascular", 16: "steroidogenesis",
        18: "Wnt/β-catenin and hippo", 21: "AMH expression", 24: "amniotic epithelial cells",
        51: "traumatic brain injury", 53: "acute kidney injury", 56: "injured rat uterus",
        63: "amnion-derived mesenchymal stem cell (hAD-MSC)", 71: "IRE1α pathway",
        84: "renal oxidative stress", 92: "renal injury",
    }  # fmt: skip
    titles = {one.number: one.title for one in article.references}
    assert [number for number, part in words.items() if part not in titles[number]] == []


def test_a_note_that_does_not_fit_is_a_finding(article: Article) -> None:
    good = Note("s3.5-p2", "Last but least", "misprint", "…")
    wrong = (
        Note("s9-p1", "Last", "misprint", "…"),
        Note("s3.5-p1", "Last but least", "misprint", "…"),
    )
    kept, findings = fit((good, *wrong), article, "n.toml")
    assert kept == (good,)
    assert [(finding.place, finding.message) for finding in findings] == [
        ("s9-p1", "n.toml: a note is on “s9-p1”, which is not a unit of the article"),
        ("s3.5-p1", "n.toml: a note quotes “Last but least”, which does not occur there"),
    ]


NOTE = '[[note]]\nanchor = "a"\nquote = ""\nkind = "k"\nnote = "n"\n'
KNOWN = "Known keys: anchor, quote, kind, note, search, reading"


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[[note]]\n", ', note 1, anchor: it is missing. Write it as anchor = "…"'),
        (NOTE + "[[note]]\nanchor='a'", ', note 2, quote: it is missing. Write it as quote = "…"'),
        (
            NOTE.replace('"n"', '" "'),
            ', note 1, note: it is " ", not text. Write it as note = "…"',
        ),
        (
            NOTE + NOTE.replace('""', "1"),
            ', note 2, quote: it is 1, not text. Write it as quote = "…"',
        ),
        (
            '[[note]]\nancor="a"',
            f", note 1, ancor: the key is unknown. Did you mean anchor? {KNOWN}",
        ),
        (
            NOTE + 'search = "w"',
            ', note 1, search: it is "w", not a list of texts. Write it as search = ["…"]',
        ),
        (
            NOTE + 'search = ["w", 2]',
            ', note 1, search 2: it is 2, not text. Write it as search = ["…"]',
        ),
        ("[[notes]]", ", notes: the key is unknown. Did you mean note? Known keys: note"),
        ("note = 3", ", note: it is 3, not a list of tables. Begin each with [[note]]"),
        ("note = [3]", ", note 1: it is 3, not a table. Begin each with [[note]]"),
        (
            NOTE + "search = ",
            ": it is not valid TOML: Invalid value (at end of document). Correct it",
        ),
    ],
)
def test_an_invalid_file(tmp_path: Path, toml: str, message: str) -> None:
    path = tmp_path / "n.notes.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        read(path)
    assert str(caught.value) == f"n.notes.toml{message}"


def test_line_breaks_around_long_texts_are_removed(tmp_path: Path) -> None:
    path = tmp_path / "n.notes.toml"
    long = '"""\n  Printed\n so.\n"""'
    path.write_text(f"[[note]]\nanchor=' a'\nquote={long}\nkind='k '\nnote={long}\nsearch=['w']")
    assert read(path) == (Note("a", "Printed\n so.", "k", "Printed\n so.", ("w",)),)


def test_a_missing_file(tmp_path: Path) -> None:
    assert read(tmp_path / "none.notes.toml") == ()


DEFINED = (
    Abbreviation("AMH", "automated materials handling", "abbreviations"),
    Abbreviation("GC", "gas chromatography", "s1-p1"),
)


@pytest.mark.parametrize(
    "quote", ["Automated materials handling", "AMH", "AMH = automated materials handling"]
)
def test_a_reading_is_of_the_short_form_that_is_quoted_or_defined_in_the_quote(quote: str) -> None:
    note = Note("abbreviations", quote, "misprint", "note", reading="mesh:D054304")
    assert readings((note,), DEFINED, {"mesh:D054304"}) == ({"AMH": "mesh:D054304"}, ())


def test_a_reading_without_effect_is_reported() -> None:
    unknown = Note("s1-p1", "AMH", "misprint", "note", reading="mesh:D1")
    undefined = Note("s1-p2", "automated", "misprint", "note", reading="mesh:D2")
    none = Note("s1-p3", "AMH", "misprint", "note")
    meant, findings = readings((unknown, undefined, none), DEFINED, {"mesh:D2"})
    assert meant == {}
    assert [(finding.severity, finding.place, finding.message) for finding in findings] == [
        (
            "warning",
            "s1-p1",
            "a note has a reading without effect: mesh:D1 is not a concept of the thesaurus",
        ),
        (
            "warning",
            "s1-p2",
            "a note has a reading without effect: “automated” neither is nor defines a short form"
            " of the article",
        ),
    ]
