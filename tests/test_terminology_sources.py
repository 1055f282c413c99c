"""What the terminology takes from its sources: concepts, merged; and names, filtered."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from poi_search.terminology.compiling import SourceFiles, make_concepts, make_packed
from poi_search.terminology.diseases import MONDO, disease_concepts
from poi_search.terminology.everyday import EverydayEnglish, WordSenses
from poi_search.terminology.general_phrases import general_phrases
from poi_search.terminology.mesh import mesh_concepts
from poi_search.terminology.name_filters import (
    everyday_variants,
    has_remark,
    in_spoken_order,
    is_a_part_of,
    is_another_thing,
    is_chemical_string,
    is_everyday,
    is_frame,
    is_function_word_first,
    is_left_out,
    is_number,
    is_of_place,
    is_rest,
    is_short_form,
    is_small_short_form,
    is_too_long,
    is_too_short,
    is_with_article,
    without_qualifier,
)
from poi_search.terminology.naming import words_of
from poi_search.text.analysis import stems
from poi_search.thesaurus import Concept
from poi_search.thesaurus.forms import Key

MESH = """\
D001943\tBreast Neoplasms\tBreast Neoplasm|Neoplasms, Breast|Breast Tumors|Tumor, Breast\tC04.180
D009369\tNeoplasms\tTumor|Neoplasm|Cancer\tC04
D013285\tStrabismus\tSquint\tC10.292.562.887|C11.590.810
D015835\tOcular Motility Disorders\tEye Movement Disorders\tC10.292.562|C11.590.810.1
D000067\tInsulin\tInsulin, Regular\tD12.644.548
D000068\tInsulins\t\tD12.644
D007854\tLead\t\tD01.268
D012380\tRole\tRole Concept\tF01.829
D014421\tTurkey\tTürkiye\tZ01.252
D016454\tReview\t\tV03
D016430\tClinical Trials as Topic\tTrials, Clinical, as Topic\tN05.715
D012906\tSmoke\t\tD20.633
D012907\tSmoking\t\tF01.145
D064088\tHLA-G Antigens\tHLA-G\tD12.776
D099999\tLectins\tMBLX\tD12.776.5\t
D099998\tCutter Protein\tSRX2, Cutter|CUT, Cutter\tD12.776.6\t
"""
SUPPLEMENTARY = """\
C000001\tleadomab\tLDM 7|leadumab\tD007854,D000000
C000002\tleadomab (2)\t\tD007854
C000003\tplainword\t\tD012380
C000004\tferal\t\tD007854
C000005\ttallow\t\tD007854
"""
DISEASES = {
    "mondo": [
        {"id": "0000001", "name": "disease", "synonyms": ["condition"]},
        {
            "id": "0021100", "name": "breast neoplasm", "relations": {"is_a": ["0000001"]},
            "synonyms": ["breast neoplasm (disease)"],
            "xrefs": [{"id": "D001943", "namespace": "MESH"}],
        },
        {
            "id": "0007254", "name": "breast cancer", "relations": {"is_a": ["0021100"]},
            "synonyms": ["mammary cancer", "BCX", "pot"],
            "xrefs": [{"id": "1612", "namespace": "DOID"}],
        },
        {
            "id": "0004989", "name": "breast carcinoma", "relations": {"is_a": ["0007254"]},
            "synonyms": ["MBLX", "shared name"], "xrefs": [{"id": "3459", "namespace": "DOID"}],
        },
        {"id": "0021136", "name": "rare"},
        {
            "id": "0005555", "name": "squinting", "relations": {"is_a": ["0000001"]},
            "synonyms": ["shared name", "mMn"],
        },
    ],
    "doid": [
        {"id": "DOID:4", "name": "disease"},
        {
            "id": "DOID:1612", "name": "breast cancer", "relations": {"is_a": ["DOID:4"]},
            "xrefs": [{"id": "D001943", "namespace": "MESH"}],
        },
        {
            "id": "DOID:3459", "name": "breast carcinoma", "relations": {"is_a": ["DOID:1612"]},
            "synonyms": ["carcinoma of breast"], "xrefs": [{"id": "D001943", "namespace": "MESH"}],
        },
    ],
}  # fmt: skip
GENE, PSEUDOGENE = "gene with protein product", "pseudogene"
HGNC = f"""\
HGNC ID\tApproved symbol\tApproved name\tStatus\tAlias symbols\tPrevious symbols\tLocus type
HGNC:6081\tINS\tinsulin\tApproved\tIDDM2\t\t{GENE}
HGNC:4964\tHLA-G\tmajor histocompatibility complex, class I, G\tApproved\t\t\t{GENE}
HGNC:1\tSHARP\tsharp regulator 1\tApproved\tNOTHING, SRX1, SRXX1\tSRX22, FIG14\t{GENE}
HGNC:2\tSHARPP1\tsharp regulator 1 pseudogene\tApproved\t\t\t{PSEUDOGENE}
HGNC:4\tGEN4\tfourth gene\tApproved\t\t\t{GENE}
HGNC:5\tGN5\tfifth gene\tApproved\t\t\t{GENE}
HGNC:6\tSRX2\tsixth gene\tApproved\tGEN4, FAMI, SRX5\t\t{GENE}
HGNC:7\tFAMI1\tseventh gene\tApproved\tFAMI\t\t{GENE}
HGNC:8\tFAMI2\teighth gene\tApproved\tFAM-I1\t\t{GENE}
HGNC:10\tTENN\ttenth gene\tApproved\txTN, TNx, eTEN, TeN8, pT1\t\t{GENE}
HGNC:9\tCUT\tninth gene\tApproved\t\t\t{GENE}
HGNC:3\tOLD1\told name\tEntry Withdrawn\t\t\t{GENE}
"""
FILES = {"tumor": "26", "tallow": "27", "pill": "06", "shingle": "27", "shingles": "26"}
WORDNET = "\n".join(
    f"{word}%{kind}:{FILES.get(word, '00')}:0{number}:: 00000000 1 0"
    for word, kinds in {
        "lead": "1" * 17 + "2" * 14, "role": "1111", "pot": "1111", "cancer": "11111",
        "sharp": "1333", "molar": "13333", "squint": "12", "mono": "1", "tallow": "1", "feral": "3",
        "pill": "1", "neoplasm": "1", "tumor": "1", "condition": "1" * 13,
        "shingle": "11", "shingles": "1",
    }.items()
    for number, kind in enumerate(kinds)
)  # fmt: skip
SOURCES = SourceFiles(
    MESH.splitlines(),
    SUPPLEMENTARY.splitlines(),
    json.dumps(DISEASES["mondo"]).encode(),
    json.dumps(DISEASES["doid"]).encode(),
    HGNC.splitlines(),
    WORDNET.splitlines(),
    (),
)
ENGLISH = EverydayEnglish(WORDNET.splitlines())


@pytest.fixture(scope="module")
def concepts() -> dict[str, Concept]:
    return {concept.id: concept for concept in make_concepts(SOURCES)}


def test_equal_diseases_are_one_concept(concepts: dict[str, Concept]) -> None:
    cancer = concepts["mesh:D001943"]
    assert cancer.also == ("doid:1612", "mondo:0007254", "mondo:0021100")
    assert set(cancer.terms) == {
        "Breast Neoplasms", "Breast Tumors", "breast cancer", "mammary cancer",
    }  # fmt: skip
    assert (cancer.label, cancer.topic, cancer.source) == (
        "Breast Neoplasms", "MeSH", "terminology",
    )  # fmt: skip
    # The narrower one refers to the same descriptor, but has no name in common with it.
    carcinoma = concepts["mondo:0004989"]
    assert (carcinoma.also, carcinoma.broader) == (("doid:3459",), ("mesh:D001943",))
    assert "carcinoma of breast" in carcinoma.terms
    assert "mondo:0021136" not in concepts


def test_a_gene_is_one_with_the_protein_of_its_name(concepts: dict[str, Concept]) -> None:
    assert concepts["mesh:D000067"].also == ("hgnc:6081",)
    assert concepts["mesh:D000067"].case == ("IDDM2",)
    assert "INS" in concepts["mesh:D000067"].ambiguous
    assert concepts["mesh:D064088"].also == ("hgnc:4964",)
    assert {"hgnc:2", "hgnc:3"}.isdisjoint(concepts)
    # A name of the protein begins with the symbol of one gene, and with a part of another's.
    assert concepts["mesh:D099998"].also == ("hgnc:6",)


def test_an_approved_symbol_is_that_of_its_gene(concepts: dict[str, Concept]) -> None:
    assert concepts["hgnc:4"].case == ("GEN4",)
    assert "GEN4" not in concepts["mesh:D099998"].ambiguous
    assert concepts["hgnc:7"].case == ("FAMI1",)
    assert concepts["hgnc:8"].case == ("FAMI2",)
    assert concepts["hgnc:8"].ambiguous == ()
    # What several genes begin with is no alias of another, but may be that of one of them.
    assert concepts["mesh:D099998"].ambiguous == ("SRX5",)
    assert concepts["hgnc:7"].ambiguous == ("FAMI",)


def test_small_letters_in_a_short_form_tell_it_from_others(concepts: dict[str, Concept]) -> None:
    assert concepts["hgnc:10"].case == ("TENN", "xTN", "eTEN", "TeN8")
    assert concepts["hgnc:10"].ambiguous == ("TNx", "pT1")
    assert "mMn" in concepts["mondo:0005555"].ambiguous


def test_a_general_phrase_is_not_one_disease() -> None:
    names: dict[str, list[Key]] = {
        "a": [("lyase", "deficiency")],
        "b": [("left", "lyase", "deficiency")],
        "c": [("right", "lyase", "deficiency")],
        "d": [("lower", "lyase", "deficiency")],
    }
    labels = {"a": ("green", "blood", "deficiency")}
    assert general_phrases(names, labels, {}) == {("lyase", "deficiency")}
    assert not general_phrases(names, labels, {"d": ["e"], "e": ["a"]})  # only two others
    assert not general_phrases(names, {"a": ("lyase", "lack")}, {})


def test_the_tree_of_mesh_with_its_cycle(concepts: dict[str, Concept]) -> None:
    assert concepts["mesh:D013285"].broader == ("mesh:D015835",)
    assert concepts["mesh:D015835"].broader == ("mesh:D013285",)
    assert concepts["mesh:D001943"].broader == ("mesh:D009369",)
    assert concepts["mesh:D009369"].broader == ()


def test_a_name_of_several_concepts(concepts: dict[str, Concept]) -> None:
    # The label of two goes to the one with more names; what is no label, to none.
    assert concepts["mesh:D000067"].terms == ("Insulin", "Regular Insulin")
    assert concepts["mesh:D000068"].terms == ()
    for name in ("mondo:0004989", "mondo:0005555"):
        assert "shared name" in concepts[name].ambiguous
        assert "shared name" not in concepts[name].terms


def test_short_forms(concepts: dict[str, Concept]) -> None:
    # Of several concepts, of three letters, or a word: only with another name of the concept.
    assert concepts["mondo:0004989"].ambiguous[-1] == "MBLX"
    assert concepts["mesh:D099999"].ambiguous == ("MBLX",)
    assert concepts["mesh:D001943"].ambiguous == ("pot", "BCX")
    gene = concepts["hgnc:1"]
    assert gene.case == ("NOTHING", "SRXX1", "SRX22")
    assert gene.ambiguous == ("SHARP", "SRX1", "FIG14")
    assert concepts["hgnc:4"].case == ("GEN4",)
    assert concepts["hgnc:5"].ambiguous == ("GN5",)
    assert gene.terms == ("sharp regulator 1",)


def test_words_with_other_meanings(concepts: dict[str, Concept]) -> None:
    assert concepts["mesh:D007854"].ambiguous == ("lead",)
    assert concepts["mesh:D012380"].ambiguous == ("role",)
    assert concepts["mesh:D012380"].terms == ("Role Concept",)
    assert concepts["mesh:D009369"].terms == ("Neoplasms", "Tumor", "Cancer")
    assert concepts["mesh:D014421"].case == ("Turkey", "Türkiye")
    # Names with the same stems are two, unless one is the plural of the other.
    assert concepts["mesh:D012906"].terms == ("Smoke",)
    assert concepts["mesh:D012907"].terms == ("Smoking",)


def test_publication_types_are_left_out(concepts: dict[str, Concept]) -> None:
    assert "mesh:D016454" not in concepts
    assert concepts["mesh:D016430"].terms == ("Clinical Trials",)


def test_supplementary_substances_with_a_plain_name(concepts: dict[str, Concept]) -> None:
    drug = concepts["mesh:C000001"]
    assert (drug.label, drug.broader) == ("leadomab", ("mesh:D007854",))
    assert drug.terms == ("leadomab", "LDM 7", "leadumab")
    # In English, tallow is a substance, and feral is not.
    assert "mesh:C000005" in concepts
    assert {"mesh:C000002", "mesh:C000003", "mesh:C000004"}.isdisjoint(concepts)


def test_the_same_sources_give_the_same_bytes() -> None:
    script = (
        "import sys, hashlib, pickle; from poi_search.terminology.compiling import make_packed;"
        "sources = pickle.load(sys.stdin.buffer);"
        "print(hashlib.sha256(make_packed(sources)).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed},
            input=pickle.dumps(SOURCES),
            check=True, capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(found) == 1
    assert make_packed(SOURCES).startswith(b"poi-search pack")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Neoplasms, Lung", "Lung Neoplasms"),
        ("Leukemia, Myeloid, Acute", "Acute Myeloid Leukemia"),
        ("Receptors, IgG", "IgG Receptors"),
        ("2,4-Dichlorophenol", "2,4-Dichlorophenol"),
        ("Vitamins, Minerals, and Trace Elements", ""),
        ("Surgery, Other", ""),
        ("A, B, C, D", ""),
        ("MI, myocardial infarction", ""),
        ("Heart", "Heart"),
        ("lung cancer, somatic", ""),
        ("Cells, Somatic", "Somatic Cells"),
    ],
)
def test_inverted_names_are_turned(name: str, wanted: str) -> None:
    assert in_spoken_order(name) == wanted


def test_persons_are_people_as_well() -> None:
    assert [*everyday_variants("Blind Persons")] == ["Blind Persons", "Blind People"]
    assert [*everyday_variants("care of persons")] == ["care of persons", "care of people"]
    assert [*everyday_variants("Personality")] == ["Personality"]


def test_qualifiers_are_dropped() -> None:
    assert without_qualifier("Ethics as Topic") == "Ethics"
    assert without_qualifier("asthma (disease)") == "asthma"
    assert without_qualifier("Cold (Temperature)") == "Cold (Temperature)"


def test_chemical_strings() -> None:
    for name in (
        "2,4-D",
        "N(4)-acetyl",
        "1-(2-propyl)",
        "cyclo[3.2.1]octane",
        "5'-AMP",
        "1-a-2-b",
        "Gly-Leu",
    ):
        assert is_chemical_string(name), name
    for name in ("5-Fluorouracil", "Interleukin-6", "vitamin B 12", "17-beta-estradiol", "Lys-C"):
        assert not is_chemical_string(name), name


def test_remarks() -> None:
    for name in (
        "Cold (Temperature)",
        "acute - chronic",
        "A; B",
        "tumor NOS",
        "and/or",
        "a caused by b",
    ):
        assert has_remark(name), name
    for name in ("T-Cell", "knows", "nosology"):
        assert not has_remark(name), name


def test_lengths() -> None:
    assert is_too_short("MI")
    assert is_too_short("T-4")
    assert not is_too_short("DNA")
    nine, eight = "a b c d e f g h i", "a b c d e f g h"
    assert is_too_long(nine, stems(nine))
    assert not is_too_long(eight, stems(eight))
    assert is_too_long("x" * 71, ("x",))


def test_numbers_and_frames() -> None:
    assert is_number(stems("12 alpha b"))
    assert not is_number(stems("factor 12"))
    assert is_frame("with or without")
    assert not is_frame("with or without drugs")


def test_short_forms_with_and_without_capitals() -> None:
    assert is_short_form("HbA1c")
    assert not is_short_form("HIV infection")
    assert not is_short_form("Heart")
    disease, animal = frozenset(("C04",)), frozenset(("B01",))
    assert is_small_short_form("poems", disease, False, ENGLISH)
    assert is_small_short_form("cm1", disease, False, ENGLISH)
    assert not is_small_short_form("pots", disease, False, ENGLISH)
    assert not is_small_short_form("scabies", disease, False, ENGLISH)
    assert not is_small_short_form("Zebu", animal, False, ENGLISH)
    assert is_small_short_form("Mus", animal, False, ENGLISH)
    assert is_small_short_form("Gd 1", disease, False, ENGLISH)
    assert not is_small_short_form("polio 1", disease, False, ENGLISH)
    assert not is_small_short_form("Gd in", animal, False, ENGLISH)
    substance = frozenset(("D01",))
    assert is_small_short_form("Pred", substance, False, ENGLISH)
    assert not is_small_short_form("Pred", substance, True, ENGLISH)


def test_names_with_an_article() -> None:
    assert is_with_article("A Genes", ENGLISH)
    assert is_with_article("Lead I", ENGLISH)  # has many meanings
    assert not is_with_article("Vitamin I", ENGLISH)
    assert not is_with_article("Lead A", ENGLISH)
    assert not is_with_article("A Kinase Anchor Proteins", ENGLISH)


def test_the_rest_of_a_name() -> None:
    assert is_rest("in liveborn infant asphyxia")
    assert is_rest("Other carcinoma")
    assert not is_rest("in situ carcinoma")
    assert not is_rest("NO Synthase")
    assert not is_rest("inborn asphyxia")
    assert is_left_out("of Hunt paralysis", stems("of Hunt paralysis"))


@pytest.mark.parametrize(
    ("name", "label", "is_first"),
    [
        ("After-Treatment", "Aftercare", True),
        ("After Care", "Aftercare", True),
        ("In Vitro", "In Vitro Techniques", False),
        ("Near-Sightedness", "Myopia", False),
        ("near vision", "Myopia", True),
        ("NO Synthase", "Nitric Oxide Synthase", False),
        ("after the care", "Aftercare", False),
        ("Old Age", "Aged", False),
    ],
)
def test_function_words_first(name: str, label: str, is_first: bool) -> None:
    assert is_function_word_first(words_of(name), name, words_of(label)) is is_first


def test_names_of_things_that_are_other_things_in_english() -> None:
    plant, act, substance = frozenset(("B01",)), frozenset(("F01",)), frozenset(("D01",))
    assert is_another_thing("Squint", plant, False, ENGLISH)
    assert is_another_thing("Squint", substance, False, ENGLISH)
    assert is_another_thing("Pill", plant, False, ENGLISH)
    assert not is_another_thing("Pill", substance, False, ENGLISH)  # something made
    assert not is_another_thing("Squint", plant, True, ENGLISH)
    assert not is_another_thing("Squint", act, False, ENGLISH)
    assert not is_another_thing("Tallow", plant, False, ENGLISH)  # made of something in nature
    assert not is_another_thing("Feral", plant, False, ENGLISH)  # no noun
    assert not is_another_thing("Unknown", plant, False, ENGLISH)
    disease = frozenset(("C04",))
    assert is_another_thing("Tallow", disease, False, ENGLISH)
    assert not is_another_thing("Tallow", disease, True, ENGLISH)
    assert not is_another_thing("Squint", disease, False, ENGLISH)  # nothing in nature
    assert not is_another_thing("Shingles", disease, False, ENGLISH)  # a state, and also shingle


def test_everyday_words() -> None:
    thing, act, disease = frozenset(("A01",)), frozenset(("F01",)), frozenset(("C04",))
    assert is_everyday("Lead", thing, True, ENGLISH)
    assert is_everyday("Role", act, True, ENGLISH)
    assert is_everyday("Role", thing, True, ENGLISH)  # nothing that can be touched
    assert not is_everyday("Tallow", thing, True, ENGLISH)
    assert is_everyday("Molar", thing, True, ENGLISH)
    assert is_everyday("pot", disease, False, ENGLISH)
    assert is_everyday("mono", disease, False, ENGLISH)
    assert not is_everyday("pot", disease, True, ENGLISH)
    assert not is_everyday("cancer", disease, False, ENGLISH)
    assert is_everyday("condition", disease, False, ENGLISH)
    assert not is_everyday("Role Concept", act, True, ENGLISH)


def test_a_word_of_the_label() -> None:
    assert is_a_part_of(("dependence",), ("substance", "dependence"))
    assert not is_a_part_of(("asthma",), ("asthma", "disorder"))
    assert not is_a_part_of(("asthma",), ("asthma",))
    assert not is_a_part_of(("b", "c"), ("a", "b", "c"))


def test_places() -> None:
    assert is_of_place("Turkey", frozenset(("Z01",)))
    assert not is_of_place("New York", frozenset(("Z01",)))
    assert not is_of_place("Turkey", frozenset(("Z01", "B01")))


def test_meanings_are_counted() -> None:
    assert ENGLISH.meanings("leads") == WordSenses(31, 17, 14)
    assert ENGLISH.meanings("molar") == WordSenses(5, 1, 0, 4)
    assert ENGLISH.meanings("tumor") == WordSenses(1, 1, state=1)
    assert ENGLISH.meanings("tallow") == WordSenses(1, 1, made=1, thing=True, natural=1)
    assert ENGLISH.meanings("unknown") == WordSenses()
    assert "neoplasms" in ENGLISH
    assert "unknown" not in ENGLISH


def test_descriptors_as_stated() -> None:
    first = next(mesh_concepts(MESH.splitlines()))
    assert first.names[:3] == ("Breast Neoplasms", "Breast Neoplasm", "Neoplasms, Breast")
    assert first.fields == {"C04"}


def test_a_part_of_a_cell_is_no_kind_of_cell() -> None:
    tree = "D002477\tCells\t\tA11\nD022082\tCellular Structures\t\tA11.284\nD9\tX\t\tA11.284.1"
    above = {each.id: each.broader for each in mesh_concepts(tree.splitlines())}
    assert above == {"mesh:D002477": (), "mesh:D022082": (), "mesh:D9": ("mesh:D022082",)}


def test_diseases_as_stated() -> None:
    found = {each.id: each for each in disease_concepts(SOURCES.mondo, MONDO)}
    assert found["mondo:0007254"].also == ("doid:1612",)
    assert found["mondo:0007254"].broader == ("mondo:0021100",)
    assert {frozenset(each.fields) for each in found.values()} == {frozenset("C")}


def test_other_packages_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.whl"
    other.write_bytes(b"")
    module = "poi_search.terminology.compiling"
    done = subprocess.run(
        [sys.executable, "-m", module, other, other], check=False, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "is not the package" in done.stderr
