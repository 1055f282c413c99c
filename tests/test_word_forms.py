"""Every rule about forms of words: spellings, plurals, endings, sounds and contraries."""

from __future__ import annotations

import pytest

from poi_search.query.slips import are_contrary, slip_cost, sound_key
from poi_search.text.stemming import stem


@pytest.mark.parametrize(
    ("british", "american"),
    [
        *[("haemophilia", "hemophilia"), ("oxyhaemoglobin", "oxyhemoglobin")],
        *[("anaemia", "anemia"), ("ischaemic", "ischemic"), ("paediatric", "pediatric")],
        *[("gynaecology", "gynecology"), ("anaesthesia", "anesthesia"), ("aetiology", "etiology")],
        *[("caesarean", "cesarean"), ("faeces", "feces"), ("oestradiol", "estradiol")],
        *[("foetus", "fetus"), ("oedema", "edema"), ("oesophagus", "esophagus")],
        *[("diarrhoea", "diarrhea"), ("dyspnoea", "dyspnea"), ("coeliac", "celiac")],
        *[("homoeostasis", "homeostasis"), ("sulphate", "sulfate"), ("leucocyte", "leukocyte")],
        *[("tumour", "tumor"), ("colour", "color"), ("favourable", "favorable")],
        *[("flavour", "flavor"), ("harbouring", "harboring"), ("vigour", "vigor")],
        *[("savours", "savors"), ("grey", "gray"), ("greys", "grays"), ("defences", "defenses")],
        *[("enrolment", "enrollment"), ("judgement", "judgment"), ("artefact", "artifact")],
        *[("practised", "practiced"), ("sceptical", "skeptical"), ("aluminium", "aluminum")],
        *[("behaviour", "behavior"), ("labour", "labor"), ("humour", "humor"), ("vapour", "vapor")],
        *[("odour", "odor"), ("neighbouring", "neighboring"), ("honour", "honor")],
        *[("armour", "armor"), ("rumour", "rumor"), ("centre", "center"), ("litres", "liters")],
        *[("fibre", "fiber"), ("calibre", "caliber"), ("theatre", "theater"), ("metre", "meter")],
        *[("millimetres", "millimeters"), ("centred", "centered"), ("analysed", "analyzed")],
        *[("catalysing", "catalyzing"), ("characterisation", "characterization")],
        *[("organise", "organize"), ("realiser", "realizer"), ("localised", "localized")],
        *[("localises", "localizes"), ("localising", "localizing"), ("fertilisers", "fertilizers")],
        *[("programme", "program"), ("programmes", "programs"), ("ageing", "aging")],
        *[("greyish", "grayish"), ("analogue", "analog"), ("catalogues", "catalogs")],
    ],
)
def test_both_spellings_share_a_stem(british: str, american: str) -> None:
    assert stem(british) == stem(american)


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        *[("mice", "mouse"), ("women", "woman"), ("men", "man"), ("children", "child")],
        *[("feet", "foot"), ("teeth", "tooth"), ("ova", "ovum"), ("bacteria", "bacterium")],
        *[("mitochondria", "mitochondrion"), ("criteria", "criterion"), ("matrices", "matrix")],
        *[("phenomena", "phenomenon"), ("indices", "index"), ("appendices", "appendix")],
        *[("vertebrae", "vertebra"), ("nuclei", "nucleus"), ("stimuli", "stimulus")],
        *[("foci", "focus"), ("fungi", "fungus"), ("lives", "life"), ("halves", "half")],
        *[("analyzes", "analyze"), ("died", "die"), ("dying", "die"), ("dies", "die")],
        *[("diagnoses", "diagnosis"), ("analyses", "analysis"), ("prostheses", "prosthesis")],
        *[("biopsies", "biopsy"), ("masses", "mass"), ("boxes", "box"), ("branches", "branch")],
        *[("rashes", "rash"), ("buzzes", "buzz"), ("embryoes", "embryo"), ("cells", "cell")],
        *[("noses", "nose"), ("toes", "toe"), ("shoes", "shoe"), ("ties", "tie")],
    ],
)
def test_the_plural_shares_the_stem(plural: str, singular: str) -> None:
    assert stem(plural) == stem(singular)


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        # Too short, or no word of English letters
        *[("is", "is"), ("gas", "gas"), ("as", "as"), ("il6s", "il6s"), ("größe", "größe")],
        # What ends like a plural, and is none
        *[("virus", "virus"), ("stress", "stress"), ("fibrosis", "fibrosis"), ("series", "series")],
        *[("pancreas", "pancreas"), ("species", "species"), ("lens", "lens"), ("bias", "bias")],
        # Inflections
        *[("bleed", "bleed"), ("stopped", "stop"), ("signalling", "signal"), ("pressed", "press")],
        *[("spelling", "spell"), ("studied", "study"), ("rated", "rate"), ("string", "string")],
        *[("buzzed", "buzz"), ("mixing", "mix"), ("planned", "plan"), ("filled", "fill")],
        *[("seeing", "see"), ("shed", "shed"), ("morning", "morning"), ("aging", "aging")],
        # Adverbs
        *[("chronically", "chronic"), ("clinically", "clinic"), ("normally", "normal")],
        *[("orally", "orally"), ("finally", "finally"), ("tally", "tally")],
        *[("significantly", "significant"), ("recently", "recent"), ("actively", "activ")],
        *[("similarly", "similar"), ("separately", "separ"), ("obviously", "obvious")],
        # Nouns and adjectives of action
        *[("secretion", "secret"), ("secretory", "secret"), ("secretive", "secret")],
        *[("region", "region"), ("nation", "nation"), ("vision", "vision"), ("ration", "ration")],
        *[("action", "action"), ("motive", "motiv"), ("actor", "actor"), ("factor", "factor")],
        *[("inhibitory", "inhibit"), ("inhibitor", "inhibit"), ("history", "history")],
        *[("regulatory", "regul"), ("oratory", "oratory"), ("city", "city")],
        *[("acidity", "acid"), ("unity", "unity"), ("toxicity", "toxic"), ("relate", "relat")],
        *[("creation", "creat"), ("location", "locat"), ("regulate", "regul"), ("ablate", "ablat")],
        *[("native", "native"), ("conception", "conception"), ("position", "position")],
        # An e at the end of a long word
        *[("gene", "gene"), ("genes", "gene"), ("bone", "bone"), ("oocyte", "oocyt")],
    ],
)
def test_stems(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("phase", "fas"),
        ("foetal", "fetal"),
        ("faecal", "fecal"),
        ("recieve", "receive"),
        ("oxygen", "oksigen"),
        ("ischaemia", "iskemia"),
        ("scene", "sen"),
        ("cell", "sel"),
        ("zona", "sona"),
        ("tick", "tik"),
        ("aqua", "akua"),
        ("rhythm", "ritm"),
        ("ghost", "gost"),
        ("khan", "kan"),
        ("tumour", "tumor"),
        ("foliccle", "folicl"),
        ("age", "ag"),
        ("he", "he"),
    ],
)
def test_words_that_sound_alike_have_one_key(written: str, heard: str) -> None:
    assert sound_key(written) == sound_key(heard)


def test_sounds_that_differ_have_two_keys() -> None:
    for one, other in [("she", "se"), ("course", "cors"), ("he", "h"), ("ash", "as"), ("go", "ko")]:
        assert sound_key(one) != sound_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[
            ("hypertonic", "hypotonic"),
            ("interstitial", "infrastitial"),
            ("intracell", "infracell"),
        ],
        *[("prenatal", "pronatal"), ("pernatal", "perinatal"), ("paranatal", "postnatal")],
        *[("endoderm", "ectoderm"), ("exoderm", "epiderm"), ("entoderm", "endoderm")],
        *[("macrophage", "microphage"), ("antenatal", "antinatal"), ("monozygous", "homozygous")],
        *[("heterozygous", "homozygous"), ("oligomer", "polymer"), ("supranormal", "subnormal")],
        *[("supernormal", "supranormal"), ("export", "import"), ("inhale", "exhale")],
        *[("enclose", "inclose"), ("decrease", "recrease"), ("precrease", "recrease")],
        *[("abduct", "adduct"), ("malformin", "melformin"), ("unilateral", "bilateral")],
        *[("tripolar", "dipolar")],
        *[("atypical", "typical"), ("anoxic", "oxic"), ("infertile", "fertile")],
        *[("immature", "mature"), ("uncertain", "certain"), ("nonviable", "viable")],
        *[("depolarized", "polarized"), ("recurrent", "current"), ("cofactor", "factor")],
        *[("bisexual", "sexual"), ("disulfide", "sulfide"), ("encode", "code")],
        *[("isoform", "form")],
        *[("lactase", "lactose"), ("nitrate", "nitrite"), ("chloride", "chlorine")],
        *[("butane", "butene"), ("ketone", "ketane"), ("methyl", "methane")],
        *[("ethanol", "ethanan"), ("gelatin", "gelaton")],
        *[("arthritis", "arthrosis"), ("psoriasis", "psoriosis"), ("lipoma", "lipemia")],
    ],
)
def test_prefixes_and_endings_that_change_the_meaning(one: str, other: str) -> None:
    assert are_contrary(one, other)
    assert are_contrary(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hypertonic", "hypotonia"),
        ("follicle", "follicles"),
        ("granulosa", "granuloza"),
        ("xfertile", "fertile"),
        ("perinatal", "perinatal"),
    ],
)
def test_other_differences_do_not_change_it(one: str, other: str) -> None:
    assert not are_contrary(one, other)


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("sanx", "sanz", 0.6),
        ("jel", "gel", 1.1),
        ("covul", "coful", 0.6),
        ("tin", "tim", 0.6),
        ("tuin", "twin", 0.6),
        ("aki", "aqi", 0.5),  # sounds the same
        ("wqit", "wait", 0.8),
        ("wxit", "wsit", 0.8),
        ("wpit", "woit", 0.8),
        ("tzl", "tal", 0.8),  # one row below
        ("tmk", "tgk", 1.1),
        ("thp", "tho", 0.8),
        ("zzt", "zt", 0.4),
        ("tzz", "tz", 0.4),
        ("aes", "aesh", 0.9),
        ("at", "hat", 1.3),
    ],
)
def test_costs_of_slips(typed: str, meant: str, cost: float) -> None:
    assert slip_cost(typed, meant) == pytest.approx(cost)
    if typed[0] == meant[0]:
        assert slip_cost(meant, typed) == pytest.approx(cost)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("labor", "laboratories"),
        ("author", "authorities"),
        ("hospitals", "hospitality"),
        ("universe", "university"),
        ("minor", "minorities"),
    ],
)
def test_words_that_only_begin_alike_have_two_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)
