"""Variants of a name are equal, different names are not, and offsets are correct."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from poi_search.text.analysis import fold, stems, tokenize
from poi_search.text.sentences import sentences
from poi_search.text.stemming import stem

TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("αβγµ-–/()'’.,;:[] \u0301\u0308ABCabc0123ÄöéßﬁⅣ²"),
    ),
    max_size=80,
)


@pytest.mark.parametrize(
    "forms",
    [
        ("TGF-β1", "TGFβ1", "TGF-beta 1", "tgf beta 1", "TGF-beta-1", "Tgf β 1", "TGF–β1"),
        ("TGF-β1", "TGFbeta1", "TGFbeta-1"),
        ("IL-6", "IL6", "il 6", "Il–6"),
        ("miR-21", "mir21", "MIR 21", "miR‑21"),
        ("Lötvall", "Lotvall", "LÖTVALL", "Lo\u0308tvall"),
        ("TNF-ά", "TNF-α\u0301", "TNF-alpha"),
        ("TNF-α", "TNFα", "tnf alpha", "TNFalpha"),
        ("NF-κB", "NFκB", "NF-kappa B", "NFkappaB"),
        ("PI3K/AKT", "PI3K-Akt", "pi3k akt"),
        ("Wharton's jelly", "Wharton’s jelly", "wharton jelly"),
    ],
)
def test_variants_of_a_name_are_equal(forms: tuple[str, ...]) -> None:
    assert len({stems(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("IL-6", "IL-8"),
        ("Bcl-2", "bcl"),
        ("TGF-β1", "TGF-α1"),
        ("organ", "organism"),
        ("organ", "organization"),
        ("general", "generation"),
        ("ovary", "ovation"),
        ("miR-21", "miR-210"),
        ("conception", "concept"),
        ("positive", "position"),
        ("rates", "rats"),
        ("fate", "fat"),
        ("effective", "effect"),
        ("aging", "ages"),
    ],
)
def test_different_names_differ(one: str, other: str) -> None:
    assert stems(one) != stems(other)


@pytest.mark.parametrize(
    "family",
    [
        ("ovary", "ovaries"),
        ("transplant", "transplants", "transplanted", "transplanting", "transplantation"),
        ("regulate", "regulates", "regulated", "regulating", "regulation", "regulatory"),
        ("proliferate", "proliferation", "proliferative", "proliferating"),
        ("inhibit", "inhibits", "inhibition", "inhibitor", "inhibitors", "inhibitory"),
        ("secrete", "secreted", "secretion", "secretions"),
        ("fertile", "fertility"),
        ("immune", "immunity"),
        ("toxic", "toxicity"),
        ("mouse", "mice"),
        ("woman", "women", "women's"),
        ("fibrosis", "fibroses"),
        ("signal", "signalling", "signaling", "signals"),
        ("estrogen", "oestrogen", "oestrogens"),
        ("tumor", "tumour", "tumours"),
        ("fetal", "foetal"),
        ("ischemia", "ischaemia"),
        ("anemia", "anaemia"),
        ("analyze", "analyse", "analysed", "analyzing"),
        ("characterize", "characterise", "characterisation", "characterization"),
        ("gynecology", "gynaecology"),
        ("fiber", "fibre", "fibres"),
        ("MSC", "MSCs", "mscs"),
        ("GC", "GCs", "gcs"),
        ("study", "studies", "studied"),
        ("die", "dies", "died", "dying"),
        ("life", "lives"),
        ("half", "halves"),
        ("focus", "foci"),
        ("fungus", "fungi"),
        ("stimulus", "stimuli"),
        ("increase", "increased", "increasing", "increases"),
        ("significant", "significantly"),
        ("clinic", "clinics"),
        ("rate", "rates", "rated", "rating"),
        ("home", "homing", "homed"),
        ("plan", "planned", "planning"),
        ("ageing", "aging"),
    ],
)
def test_forms_of_a_word_share_a_stem(family: tuple[str, ...]) -> None:
    assert len({stems(word) for word in family}) == 1, {word: stems(word) for word in family}


@given(TEXTS)
def test_offsets_point_into_the_text(text: str) -> None:
    last = 0
    for token in tokenize(text):
        assert last <= token.start < token.end <= len(text)
        last = token.end
        piece = text[token.start : token.end]
        assert token.exact
        assert [t.exact for t in tokenize(piece)] == [token.exact] or not piece.isascii()
        assert token.stem == stem(token.exact)


@example("ᾀ")
@given(TEXTS)
def test_case_and_composition_do_not_matter(text: str) -> None:
    folded = [token.exact for token in tokenize(text)]
    for other in (unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text)):
        assert [token.exact for token in tokenize(other)] == folded
    if text.isascii():
        assert [token.exact for token in tokenize(text.upper())] == folded


@given(st.from_regex(r"[a-z]{1,14}", fullmatch=True))
def test_stems_are_never_empty_and_do_not_grow(word: str) -> None:
    assert 0 < len(stem(word)) <= len(word) + 2


def test_skipped_spans_have_no_tokens() -> None:
    text = "and so on.[1–3] There"
    assert [token.exact for token in tokenize(text, [(10, 15)])] == ["and", "so", "on", "there"]


def test_words_adjacent_to_a_skipped_span_are_kept() -> None:
    text = "it ended[1]so [2]there"
    tokens = tokenize(text, [(8, 11), (14, 17)])
    assert [token.exact for token in tokens] == ["it", "ended", "so", "there"]


def test_fold_separates_the_pieces() -> None:
    assert fold("hUC-MSCs (β)") == "huc mscs beta"


def test_greek_letters_have_their_names() -> None:
    for code in range(0x3B1, 0x3CA):
        name = unicodedata.name(chr(code)).split()[-1].lower().replace("lamda", "lambda")
        assert fold(chr(code)) == fold(chr(code).upper()) == name
        assert fold(f"TGF-{chr(code)}1") == f"tgf {name} 1"


def test_sentences_of_scholarly_prose() -> None:
    text = (
        "Liu et al. reported it (Fig. 2).[1–3] E. coli did not. TGF-β1 rose, e.g. in rats; "
        "“It did.”[4] So what? MSCs helped, i.e. Nothing."
    )
    assert [text[start:end] for start, end in sentences(text)] == [
        "Liu et al. reported it (Fig. 2).[1–3]",
        "E. coli did not.",
        "TGF-β1 rose, e.g. in rats; “It did.”[4]",
        "So what?",
        "MSCs helped, i.e. Nothing.",
    ]


def test_text_without_sentences_is_cut_between_words() -> None:
    text = "idle words " * 300 + "x" * 3000
    assert all(0 < end - start <= 1000 for start, end in sentences(text))
    assert " ".join(text[s:e] for s, e in sentences(text[:3000])) == text[:3000].strip()


@given(TEXTS)
def test_sentences_cover_every_letter_in_order(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert "".join("".join(text[s:e].split()) for s, e in spans) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("P = 0.008", "p 0.008"),
        ("3.5% at 2.5mg.", "3.5 at 2.5 mg"),
        ("20,000 cells, 1,235.5", "20000 cells 1235.5"),
        ("15·3 and 12,13", "15.3 and 12 13"),
        ("Kv1.3, T1.1 and 0.5.", "kv 1 3 t 1 1 and 0.5"),
        ("1.2–8.008 μg", "1.2 8.008 mu g"),
        ("12,1345 and 1,2,3", "12 1345 and 1 2 3"),
    ],
)
def test_a_number_is_one_piece_except_in_a_name(text: str, pieces: str) -> None:
    assert [token.exact for token in tokenize(text)] == pieces.split()
