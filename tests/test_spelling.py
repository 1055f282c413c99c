"""Spelling: slips are corrected, and correct words are left alone."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poi_search.query.slips import are_contrary, slip_cost, sound_key
from poi_search.query.spelling import Candidate, Speller
from poi_search.text.analysis import tokenize
from poi_search.text.stemming import stem

CORPUS = Path(__file__).parent.parent / "corpus"
SEED = 40


@pytest.fixture(scope="module")
def vocabulary() -> Counter[str]:
    counts: Counter[str] = Counter()
    for source in sorted(CORPUS.glob("*.txt")):
        for paragraph in source.read_text(encoding="utf-8").split("\n\n"):
            counts.update({token.exact for token in tokenize(paragraph)})
    return counts


@pytest.fixture(scope="module")
def speller(vocabulary: Counter[str]) -> Speller:
    return Speller(vocabulary, terms=["Menopause", "early menopause", "aneuploidy"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("granuloza", "granulosa"),  # s/z
        ("foliclle", "follicle"),  # doubled letters
        ("umbillical", "umbilical"),
        ("ovareis", "ovaries"),  # transposition
        ("mesenchimal", "mesenchymal"),  # y/i
        ("apoptosys", "apoptosis"),
        ("insuffisiency", "insufficiency"),  # c/s
        ("cemotherapy", "chemotherapy"),  # deletion
        ("amniotik", "amniotic"),  # c/k
        ("embrio", "embryo"),
        ("xenograftts", "xenografts"),
        ("fenotype", "phenotype"),  # f/ph: two edits, one sound
        ("fimosis", "phimosis"),  # more edits than are allowed in so short a word
        ("Mennopause", "menopause"),  # a term need not occur in the corpus
        ("Gránuloza", "granulosa"),
    ],
)
def test_slips_are_corrected(typed: str, meant: str) -> None:
    known = {
        "granulosa": 9, "follicle": 9, "umbilical": 9, "ovaries": 9, "mesenchymal": 9,
        "apoptosis": 9, "insufficiency": 9, "chemotherapy": 9, "amniotic": 9, "embryo": 9,
        "xenografts": 9, "phenotype": 1, "phimosis": 1, "granular": 9, "ovarian": 40,
        "cytotherapy": 1,
    }  # fmt: skip
    assert Speller(known, terms=["early menopause"]).suggest(typed)[0].form == meant


@pytest.mark.parametrize(
    "word",
    "aspirin headache penicillin appendicitis schizophrenia warfarin paracetamol metformin asthma"
    " migraine melanoma dialysis psoriasis epilepsy glaucoma dementia pneumonia tonsillitis malaria"
    " zebrafish haemophilia oesophagus vaccination antibiotics kidney dentistry sunscreen"
    " smoking alcohol yoga weekend bicycle philosophy il6 mir21 hucmscs brca1 pcos".split(),
)
def test_words_that_may_be_right_are_left_alone(speller: Speller, word: str) -> None:
    assert speller.best(word) is None or speller.knows(word)


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("nephropathy", "neuropathy"), ("mouse", "moose"), ("secretion", "secretin"),
        ("gastric", "gastrin"), ("insulin", "inulin"), ("penicillium", "penicillin"),
        ("necrosis", "neurosis"), ("meiosis", "miosis"), ("addition", "addictions"),
        ("while", "whale"), ("what", "wheat"), ("glut amine", "glutamine"),
    ],
)  # fmt: skip
def test_a_real_word_is_not_corrected_to_one_like_it(known: str, typed: str) -> None:
    assert Speller(dict.fromkeys(known.split(), 50)).best(typed) is None


def test_known_words_get_no_suggestion(vocabulary: Counter[str], speller: Speller) -> None:
    assert not any(speller.suggest(word) for word in vocabulary)
    assert speller.suggest("menopauses") == ()
    assert speller.suggest("oestrogens") == ()


def test_words_of_terms_are_left_alone_and_offered() -> None:
    assert Speller({"injection": 9}).suggest("infection")[0].form == "injection"
    guarded = Speller({"injection": 9}, ["viral infection"])
    assert guarded.suggest("infections") == ()
    assert guarded.suggest("infecton")[:1] == (Candidate("infection", 1, 0),)


def test_pieces_of_short_forms_and_short_words_of_terms_are_not_offered() -> None:
    speller = Speller({}, ["STRATO8", "stay put", "stage"])
    assert speller.knows("strato")
    assert speller.suggest("strator") == ()
    assert speller.suggest("stray") == ()
    assert [each.form for each in speller.suggest("stagee")] == ["stage"]
    assert [each.form for each in Speller({"stay": 1}).suggest("stray")] == ["stay"]


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("hypertension", "hypotension"),
        ("asymptomatic", "symptomatic"),
        ("fertility", "infertility"),
        ("lactase", "lactose"),
        ("arthritis", "arthrosis"),
        ("intracellular", "intercellular"),
        ("perinatal", "postnatal"),
    ],
)
def test_no_word_is_corrected_to_its_contrary(known: str, typed: str) -> None:
    assert are_contrary(typed, known)
    assert Speller({known: 50}).suggest(typed) == ()


def test_order_of_candidates() -> None:
    forms = [each.form for each in Speller({"cells": 1, "calls": 90, "bells": 90}).suggest("celsl")]
    assert forms == ["cells"]
    nearer_sound = Speller({"ovulatory": 1, "ovulators": 90}).suggest("ovulatori")
    assert [each.form for each in nearer_sound] == ["ovulatory", "ovulators"]
    ties = Speller({"gamete": 2, "gamote": 7, "gamute": 2}).suggest("gamite")
    assert [each.form for each in ties] == sorted(
        (each.form for each in ties),
        key=lambda form: (slip_cost("gamite", form), -{"gamote": 7}.get(form, 2), form),
    )


def test_word_boundaries(speller: Speller) -> None:
    assert speller.split("stemcell")[0].form == "stem cell"
    assert speller.best("stemcells") == speller.split("stemcells")[0]
    assert speller.split("granulosa") == ()
    assert speller.split("hypothermal") == ()
    joined = speller.join("gran", "ulosa")
    assert joined is not None
    assert joined.form == "granulosa"
    assert speller.join("stem", "cell") is None
    assert speller.join("gran", "x") is None


def test_halves_have_three_letters_and_those_of_three_are_common() -> None:
    assert Speller({"egg": 3, "cells": 5}).split("eggcells") == (Candidate("egg cells", 1, 3),)
    assert Speller({"egg": 3, "cells": 5}).split("cellsegg") == (Candidate("cells egg", 1, 3),)
    assert Speller({"egg": 2, "cells": 5}).split("eggcells") == ()
    assert Speller({"eggs": 1, "cells": 1}).split("eggscells") == (Candidate("eggs cells", 1, 1),)
    assert Speller({"eg": 9, "cells": 9}).split("egcells") == ()
    assert Speller({"eg": 9, "cells": 9}).split("cellseg") == ()


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("calls", "cells", 0.7),  # a vowel for a vowel
        ("celks", "cells", 0.8),  # neighbours on the keyboard
        ("cebls", "cells", 1.1),
        ("zells", "cells", 0.5),  # sounds the same
        ("kells", "cells", 1.1),  # alike, and the first letter
        ("vells", "cells", 1.3),  # neighbours, and the first letter
        ("bells", "cells", 1.6),
        ("ells", "cells", 1.3),
        ("xcells", "cells", 1.3),
        ("ixe", "cyxe", 2.3),  # the first letter of one for the second of the other
        ("cels", "cells", 0.4),
        ("cll", "cell", 0.7),
        ("cellk", "cell", 1.1),  # an extra letter at the end
        ("clels", "cells", 0.6),  # transposed letters
        ("eclls", "cells", 0.8),
    ],
)
def test_slip_costs(typed: str, meant: str, cost: float) -> None:
    assert slip_cost(typed, meant) == pytest.approx(cost)


@pytest.mark.parametrize(
    "pair", ["cs", "cz", "sz", "ck", "cq", "kq", "iy", "ie", "gj", "fv", "mn", "xz", "uw"]
)
def test_letters_that_are_alike_are_taken_for_each_other(pair: str) -> None:
    # The last letters differ as well, so that the words do not sound the same.
    assert slip_cost(f"dro{pair[0]}ob", f"dro{pair[1]}ot") == pytest.approx(0.6 + 1.1)


def _slips() -> dict[str, Callable[[random.Random, str], str]]:
    def delete(dice: random.Random, word: str) -> str:
        place = dice.randrange(1, len(word))
        return word[:place] + word[place + 1 :]

    def transpose(dice: random.Random, word: str) -> str:
        place = dice.randrange(1, len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    def double(dice: random.Random, word: str) -> str:
        place = dice.randrange(1, len(word))
        return word[:place] + word[place] + word[place:]

    def mishear(dice: random.Random, word: str) -> str:
        swaps = [("ph", "f"), ("ei", "ie"), ("ie", "ei"), ("s", "z"), ("y", "i"), ("c", "s")]
        fitting = [swap for swap in swaps if swap[0] in word[1:]]
        return word[0] + word[1:].replace(*dice.choice(fitting), 1) if fitting else word

    return {"delete": delete, "transpose": transpose, "double": double, "mishear": mishear}


@pytest.mark.parametrize(
    ("slip", "least"), [("delete", 0.90), ("transpose", 0.97), ("double", 0.97), ("mishear", 0.97)]
)
def test_accuracy_on_generated_slips(
    vocabulary: Counter[str], speller: Speller, slip: str, least: float
) -> None:
    dice = random.Random(SEED)
    words = sorted(word for word in vocabulary if len(word) >= 6 and word.isalpha())
    slipped = [(word, _slips()[slip](dice, word)) for word in words]
    unknown = [(word, typed) for word, typed in slipped if not speller.knows(typed)]
    right = sum(
        stem(found[0].form) == stem(word)
        for word, typed in unknown
        if (found := speller.suggest(typed, most=1))
    )
    assert len(unknown) > 200
    assert right / len(unknown) >= least


LETTERS = st.text(alphabet="aeilmnorstcgy", min_size=1, max_size=14)


@given(LETTERS, st.dictionaries(LETTERS, st.integers(1, 99), max_size=12))
def test_suggestions_are_known_distinct_and_deterministic(word: str, known: dict[str, int]) -> None:
    speller = Speller(known)
    suggestions = speller.suggest(word)
    assert suggestions == Speller(dict(reversed(known.items()))).suggest(word)
    for each in suggestions:
        assert known[each.form] == each.frequency
        assert stem(each.form) != stem(word)
        assert len(word) > 4
        assert each.distance <= 3 or sound_key(each.form) == sound_key(word)


@given(LETTERS, LETTERS)
def test_cost_is_zero_for_equal_words_only(one: str, other: str) -> None:
    assert (slip_cost(one, other) == 0) == (one == other)
    assert slip_cost(one, other) == pytest.approx(slip_cost(other, one))


def test_at_most_five_corrections_are_suggested() -> None:
    alike = Speller(
        dict.fromkeys(("amnions", "amniona", "amnione", "amnionu", "amniony", "amniono"), 9)
    )
    assert len(alike.suggest("amnionx")) == 5
    assert len(alike.suggest("amnionx", most=6)) == 6
