"""Which concepts a text names: in kinds of sentences that were read wrongly, and measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from homes import make_home

from poi_search import thesaurus
from poi_search.library import Library
from poi_search.query.reading import read
from poi_search.terminology import open_terminology
from poi_search.text.analysis import tokenize
from poi_search.thesaurus import ThesaurusError
from poi_search.thesaurus.recognition import JudgedText, load_judged, measure

TERMS = thesaurus.load()
BY_LABEL = {concept.label: concept.id for concept in TERMS.concepts.values()}

# Sentence, label of a concept, and whether the sentence names it.
OWN_DEFINITIONS = (
    ("Neoadjuvant chemotherapy (NAC) was given. After NAC it fell.", "Acetylcysteine", False),
    ("N-acetylcysteine (NAC) was given. After NAC it fell.", "Acetylcysteine", True),
    ("Antiretroviral therapy (ART) did well.", "Reproductive Techniques, Assisted", False),
    ("Respiratory sinus arrhythmia (RSA) was low. RSA rose.", "Abortion, Habitual", False),
    ("Exposure variables (EV) were listed. EVs were high.", "Extracellular Vesicles", False),
    ("A floating gas (FSH) rose. FSH and follicle-stimulating hormone.", "Hormones", True),
    ("Fast spin heating (FSH) rose. FSH was high.", "Follicle Stimulating Hormone", False),
    ("Oral glucose (GC) and GC apoptosis were seen.", "Granulosa Cells", False),
    ("Gas chromatography (GC) was used. GC fell.", "Granulosa Cells", False),
    ("Granulosa cells (GC) grew. The GC died.", "Granulosa Cells", True),
)
PIECES = (
    ("The transcription factor E2F1 drives estrogen.", "Estradiol", False),
    ("The receptor ALK5 was blocked.", "ALK", False),
    ("Loss of P4HA1 impairs folding of serum progesterone.", "Progesterone", True),
    ("Loss of P4HA1 impairs serum folding.", "Progesterone", False),
    ("Enterovirus EV71 was seen near an exosome.", "Extracellular Vesicles", True),
    ("Enterovirus EV71 was seen.", "Extracellular Vesicles", False),
    ("Then PGD2 was released by the embryo.", "Preimplantation Diagnosis", False),
    ("Variants of LAMB3 were seen.", "Sheep", False),
    ("It lies in AMHX and in 2AMH and in AMH3.", "Anti-Mullerian Hormone", False),
    ("NaNO3 was added.", "NANOS3", False),
    ("An MSc thesis.", "Mesenchymal Stem Cells", False),
    ("An ECG was taken.", "Gonadotropins, Equine", False),
    ("The eGFR was stable.", "EGFR", False),
    ("TGF-β1 and MSC-EVs and CD34-positive cells stay.", "TGFB1", True),
    ("TGF-β1 and MSC-EVs stay.", "Transforming Growth Factor beta", True),
    ("TGF-β2 stays.", "Transforming Growth Factor beta", True),
    ("TGF-β1 and MSC-EVs stay.", "Extracellular Vesicles", True),
    ("TGF-β1 and MSC-EVs stay.", "Mesenchymal Stem Cells", True),
    ("FGF23 stays.", "Fibroblast Growth Factors", True),
    ("IL-31 and IL31 stay.", "Interleukins", True),
    ("There was apoptosis12 in rats.", "Apoptosis", True),
)
NUMERALS = (
    ("Fibrosis of type IV collagen was seen after injection.", "Injections, Intravenous", False),
    ("A phase IV trial was planned.", "Injections, Intravenous", False),
    ("Topoisomerase IV given at a dose was blocked.", "Injections, Intravenous", False),
    ("In stage III and IV, infusion failed.", "Injections, Intravenous", False),
    ("DSM-IV was administered.", "Injections, Intravenous", False),
    ("Dipeptidyl peptidase IV injection.", "Injections, Intravenous", False),
    ("Intravenous (IV) use. Type IV collagen.", "Injections, Intravenous", True),
    ("MSCs were given by IV infusion.", "Injections, Intravenous", True),
    ("A dose of 5 mg IV was given.", "Injections, Intravenous", True),
)
CAPITALS = (
    ("Serum SOD, CAT and GPx activity fell.", "Cats", False),
    ("Serum SOD, CAT and GPx activity fell.", "Catalase", True),
    ("Markers were given as MoM values.", "Mothers", False),
    ("Missing data were imputed with MICE.", "Mice", False),
    ("The HOPE trial was stopped.", "Future prospects", False),
    ("The gene ACHE was cloned by RACE.", "Ethnicity", False),
    ("The CLOT trial was stopped.", "Thrombosis", False),
    ("EFFECTS OF MSCs IN MICE WITH POI", "Mice", True),
    ("EFFECTS ON THE RECEPTOR", "Receptors, Cell Surface", True),
    ("It was cured. CONCLUSIONS: All were well.", "Conclusion and summary", True),
    ("The RECEPTOR trial was stopped.", "Receptors, Cell Surface", False),
    ("Mice were given cells.", "Mice", True),
    ("One mouse2 was given cells.", "Mice", True),
    ("A cat was seen.", "Cats", True),
)
EVERYDAY = (
    ("Weight was measured over three time periods.", "Menstruation", False),
    ("She missed her periods.", "Menstruation", True),
    ("Sister chromatids part in anaphase.", "Family", False),
    ("Two affected sisters had POI.", "Family", True),
    ("The parent compound was stable.", "Family", False),
    ("A family of kinases was found.", "Family", False),
    ("There was a family history of POI.", "Family", True),
    ("The race against time was lost.", "Ethnicity", False),
    ("Age, sex and race were recorded.", "Ethnicity", True),
    ("Operation of the pump was stable.", "Surgical Procedures, Operative", False),
    ("Swallow nests were counted.", "Administration, Oral", False),
    ("Daughter nuclei were small.", "Family", False),
    ("The mother liquor was filtered.", "Mothers", False),
    ("The compass needle turned.", "Injections", False),
    ("The law of mass action holds.", "Government Regulation", False),
    ("This was found by chance.", "Risk", False),
    ("At home we express our thanks.", "Gene Expression", False),
    ("They went home.", "Homing of stem cells", False),
    ("A signal was seen.", "Signal Transduction", False),
    ("It remains a secret.", "Secretion by cells", False),
    ("This is a prospective study.", "Future prospects", False),
    ("The GC content was high.", "Granulosa Cells", False),
    ("Sodium can cause it.", "Causality", False),
    ("Methyl groups were added.", "DNA Methylation", False),
    ("ER-positive tumours were seen.", "Endoplasmic Reticulum Stress", False),
)
INSIDE = (
    ("They turn into granulosa cells.", "Granulosa Cells", True),
    ("They turn into granulosa cells.", "Cell Differentiation", True),
    ("Premenopausal women were seen.", "Premenopause", True),
    ("Premenopausal women were seen.", "Perimenopause", False),
    ("We saw prostaglandin E2.", "Estradiol", False),
)
OTHER_SENSES = (
    ("Stroke volume fell.", "Stroke", False),
    ("A stroke followed.", "Stroke", True),
    ("Hair follicles of the ovary were absent.", "Ovarian Follicle", False),
    ("Ovarian follicles and hair follicles grew.", "Ovarian Follicle", True),
    ("The ethical review board agreed.", "Ethics", True),
    ("The ethical review board agreed.", "Review Literature as Topic", False),
    ("Data were read by two authors (LH and TN).", "Luteinizing Hormone", False),
    ("Wrote the paper: JMC LH WL.", "Luteinizing Hormone", False),
    ("Two hormones (LH and FSH) rose.", "Luteinizing Hormone", True),
    ("We used the R packages survival, boot and survivalROC.", "Copyright", False),
    ("Its survival, boot, rms and survivalROC packages in R.", "Survival", False),
    ("Their survival and two packages were seen.", "Survival", True),
    ("It was seen before (Graves et al. 2009).", "Graves Disease", False),
    ("See http://microarray.example.org/brain.", "Brain", False),
    ("See http://example.org for the brain.", "Brain", True),
    ("It binds the receptor of EGF.", "EGF", False),
    ("The EGF receptor was blocked.", "EGF", False),
    ("The EGF receptor was blocked by EGF.", "EGF", True),
    ("It binds N-EGF, and EGF-B.", "EGF", True),
    ("It binds N-EGF.", "EGF", False),
    ("It binds anti-EGF.", "EGF", True),
    ("TGF-α rose.", "Transforming Growth Factor beta", False),
    ("The IL4R gene was lost.", "Interleukins", False),
    ("LH, left hemisphere; RH, right hemisphere.", "Luteinizing Hormone", False),
    ("IL: ionic liquid; GC = gas chromatography.", "Interleukins", False),
    ("tert-Butanol was added.", "Telomerase", False),
    ("An exhaustive list was made.", "Fatigue", False),
    ("Exhaustion was common.", "Fatigue", True),
    ("They were kept under the control of patients.", "Control Groups", False),
    ("Patients and controls were compared.", "Control Groups", True),
)
MOLECULES = (
    ("Nerve growth factor rose.", "Nervous System", False),
    ("Nerve growth factor rose in the nerve.", "Nervous System", True),
    ("Tumor necrosis factor rose.", "Necrosis", False),
    ("CD44v9 and CD44high cells grew.", "CD44", True),
    ("An mtDNA haplotype was seen.", "DNA", True),
    ("The cRNAs were hybridized.", "RNA", True),
    ("VEGFR1-3 were blocked.", "Receptors, Vascular Endothelial Growth Factor", True),
    ("Indoleamine 2, 3-dioxygenase rose.", "IDO1", True),
    ("In group 2, 3 mice died of CD4, 8 others did not.", "Mice", True),
)
RELATIVES = (
    ("Some number of MSCs reached the site.", "Dose and frequency", False),
    ("The need for multiple injections is known.", "Dose and frequency", True),
    ("Plasma cells were seen.", "Plasma Cells", True),
    ("Demethylation followed.", "DNA Methylation", False),
    ("Demethylation followed.", "Demethylation", True),
    ("Histone deacetylases were blocked.", "Histone acetylation", False),
    ("Histone deacetylases were blocked.", "Histone Deacetylases", True),
    ("Histone acetylation rose.", "Histone Deacetylases", False),
    ("Histone acetylation rose.", "Histone acetylation", True),
    ("The rhesus monkey slept.", "Macaca", False),
    ("RelA was bound.", "RELA", True),
    ("Autoimmune premature ovarian failure.", "Autoimmune oophoritis", True),
)
"""A narrower, broader or opposite thing is no other name of it."""
KINDS = (
    RELATIVES,
    OWN_DEFINITIONS,
    PIECES,
    NUMERALS,
    CAPITALS,
    EVERYDAY,
    INSIDE,
    OTHER_SENSES,
    MOLECULES,
)


@pytest.mark.parametrize("kind", KINDS)
def test_concepts_are_found_where_they_are_meant(kind: tuple[tuple[str, str, bool], ...]) -> None:
    judged = [JudgedText(text, BY_LABEL[label], found) for text, label, found in kind]
    recognition = measure(judged, TERMS)
    assert (recognition.missed, recognition.invented) == ([], [])


@pytest.mark.parametrize("above", [False, True], ids=["alone", "above the terminology"])
def test_real_sentences_are_read_as_people_read_them(above: bool, tmp_path: Path) -> None:
    path = Path(__file__).parent / "data" / "mentions.jsonl"
    terminology = open_terminology(tmp_path) if above else None
    recognition = measure(load_judged(path, TERMS), TERMS, terminology)
    assert recognition.precision >= 0.98
    assert recognition.recall >= 0.98


def test_precision_and_recall_count_what_is_wrong() -> None:
    mice = BY_LABEL["Mice"]
    named, unnamed = JudgedText("Two mice.", mice, True), JudgedText("Two dogs.", mice, False)
    missed, invented = JudgedText("Two dogs.", mice, True), JudgedText("Two mice.", mice, False)
    recognition = measure([named, named, named, unnamed, missed, invented, invented], TERMS)
    assert (recognition.missed, recognition.invented) == ([missed], [invented, invented])
    assert (recognition.precision, recognition.recall) == (3 / 5, 3 / 4)
    assert (measure([], TERMS).precision, measure([], TERMS).recall) == (1.0, 1.0)


def test_a_file_of_judged_texts(tmp_path: Path) -> None:
    path = tmp_path / "judged.jsonl"
    line = {"text": "Two mice.", "concept": BY_LABEL["Mice"], "found": True}
    path.write_text(f"{json.dumps(line)}\n\n{json.dumps({**line, 'found': False})}\n")
    assert [each.found for each in load_judged(path, TERMS)] == [True, False]
    for wrong, says in (
        ({**line, "concept": "mesh:D1"}, "line 1: mesh:D1 is not a concept of the thesaurus."),
        ({"text": "Two mice."}, "line 1: Object missing required field `concept`."),
    ):
        path.write_text(json.dumps(wrong))
        with pytest.raises(ThesaurusError, match=says):
            load_judged(path, TERMS)
    with pytest.raises(ThesaurusError, match="cannot be read"):
        load_judged(tmp_path / "none", TERMS)


ARTICLE = """# Cells of the ovary: a review

Ann B. Doe, Carl Evans

## Abstract

This review is of cells.

## 1. Introduction

{paragraphs}

## References

1. Li X, Xie J. A study of cells. J Immunol Res. 2020;20:35-8.
"""
OTHERWISE = (
    ("N-acetylcysteine", "Neoadjuvant chemotherapy (NAC) was given. After NAC it fell."),
    ("acetylcysteine", "Neoadjuvant chemotherapy (NAC) was given. After NAC it fell."),
    ("assisted reproductive technology", "Antiretroviral therapy (ART) was given. ART did well."),
    ("IVF", "Antiretroviral therapy (ART) was given. ART did well."),
    ("recurrent miscarriage", "Respiratory sinus arrhythmia (RSA) was low. Then RSA rose."),
    ("extracellular vesicles", "Exposure variables (EV) were listed. Then EV was high."),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library with an article that defines short forms otherwise, and one that does not."""
    otherwise = "\n\n".join(dict.fromkeys(text for _, text in OTHERWISE))
    usual = "N-acetylcysteine helped. The oxidative stress fell with NAC."
    also = {
        "otherwise.md": ARTICLE.format(paragraphs=otherwise),
        "usual.md": ARTICLE.format(paragraphs=usual),
    }
    home = make_home(tmp_path_factory.mktemp("meant") / "home", also=also)
    Library.build(home)
    return Library.open(home)


@pytest.mark.parametrize(("question", "text"), OTHERWISE)
def test_an_articles_own_definition_wins(small: Library, question: str, text: str) -> None:
    assert text not in [hit.text for hit in small.search(question).results]


def test_a_short_form_has_both_of_its_meanings_in_questions(small: Library) -> None:
    found = small.search("NAC")
    assert [concept.label for concept in found.query.concepts] == [
        "Acetylcysteine", "Neoadjuvant chemotherapy",
    ]  # fmt: skip
    named = {hit.id: {why.concept for why in hit.why} for hit in found.results}
    assert named["usual/s1-p1"] == {BY_LABEL["Acetylcysteine"]}
    assert named["otherwise/s1-p1"] == {"local:own/neoadjuvant-chemotherapy"}


def test_a_short_form_typed_alone_is_understood(small: Library) -> None:
    def labels(question: str) -> list[str]:
        return [concept.label for concept in small.search(question).query.concepts]

    assert labels("iv") == labels("IV") == ["Injections, Intravenous"]
    assert "Injections, Intravenous" not in labels("type IV collagen")
    assert labels("gc") == labels("GC") == ["Granulosa Cells"]
    assert labels("ART") == ["Antiretroviral therapy"]  # nothing mentions the techniques
    assert labels("art") == []  # a word
    assert labels("periods") == ["Menstruation"]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("by mouth", "Administration, Oral"),
        ("graft versus host disease", "Graft vs Host Disease"),
        ("phosphatase and tensin homolog", "PTEN"),
        ("stem cells", "Stem Cells"),
        ("get pregnant", "Pregnancy"),
        ("causes of infertility", "Causality"),
    ],
)
def test_a_term_is_recognized_as_typed(small: Library, question: str, label: str) -> None:
    assert small.search(question).query.concepts[0].label == label


def test_a_verb_is_no_concept(small: Library) -> None:
    asked = small.search("can chemotherapy cause infertility").query.concepts
    assert "Causality" not in [concept.label for concept in asked]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("people", ["Humans"]),
        ("fear", []),
        ("which stem cells act", ["Stem Cells"]),
        ("how do stem cells act", ["Mechanism of action"]),
        ("gene-modified stem cells", ["Gene-modified mesenchymal stem cells"]),
    ],
)
def test_words_of_a_question_mean_what_they_say(
    small: Library, question: str, labels: list[str]
) -> None:
    lexicon = small.snapshot().generation.read_concepts().lexicon
    found = read(question, lexicon, sentence=True).mentions
    concepts = [TERMS.concepts[each] for m in found if m.within < 0 for each in m.concepts]
    assert [concept.label for concept in concepts] == labels


def test_every_term_is_recognized_in_a_question_as_it_is_written(small: Library) -> None:
    lexicon = small.snapshot().generation.read_concepts().lexicon
    unread = []
    for concept in TERMS.concepts.values():
        for term in concept.names:
            tokens = tokenize(term)
            whole = (tokens[0].start, tokens[-1].end)
            mentions = read(term, lexicon, sentence=False).mentions
            if (concept.id,) not in [m.concepts for m in mentions if (m.start, m.end) == whole]:
                unread.append((concept.label, term))
    assert unread == []
