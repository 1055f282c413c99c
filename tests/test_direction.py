"""What sentences say about an outcome: only plain wording counts.

In the sentences, {} enclose the outcome and <> what may change it.
"""

from __future__ import annotations

import re

import pytest

from poi_search.search.evidence_direction import bare_direction
from poi_search.text.direction import direction

RAISES = [
    "{Proliferation} and growth were promoted by transplantation of human <UCMSCs>.",
    "{Fertility} has increased after transplantation of <UCMSCs>.",
    "{Fertility} will be increased by <UCMSCs>.",
    "{Proliferation} has also been promoted by <UCMSCs>.",
    "<UCMSCs> survived, resulting in enhanced {fertility}.",
    "<UCMSCs> reduce fibrosis; they promote {angiogenesis}.",
    "<UCMSCs> secrete factors that promote {angiogenesis}.",
    "<UCMSCs> are known to strongly promote {angiogenesis}.",
    "Heat and <UCMSCs> improve {fertility}.",
    "<UCMSCs> increase {fertility} in mice with severe disease.",
    "<UCMSCs> suppress stress (as above) and boost {fertility}.",
    "<UCMSCs> increase {apoptosis}.",
    "<UCMSCs> inhibit apoptosis and promote {proliferation}.",
    "<UCMSCs> may significantly enhance the {proliferation} of granulosa cells.",
    "<BMSCs> | Decreasing apoptosis and stimulating granulosa cell {proliferation} | [16,17]",
    "{Angiogenesis} was significantly promoted after transplantation of <UCMSCs>.",
    "{Angiogenesis} increased after <UCMSC> transplantation.",
    "The promotion of {angiogenesis} by <UCMSCs> is known.",
    "<UCMSCs> act through {angiogenesis} promotion.",
    "<UCMSCs> upregulated the expression of {VEGF} and StAR.",
    "<UCMSCs> up-regulate {VEGF}[12].",
    "<UCMSCs> led to increased {proliferation}.",
    "<UCMSCs> restored {fertility}.",
    "<UCMSCs> increased {fertility}, and fibrosis was seen.",
    "<UCMSCs> improved {fertility} after damage.",
    "<UCMSCs> strongly induced {angiogenesis}, which induced repair.",
    "<UCMSCs> grew and induced {angiogenesis}.",
    "<UCMSCs> can not only reduce fibrosis but also increase {fertility}.",
    "<UCMSCs> not only increase {fertility}.",
    "<UCMSCs> prevent the reduction of {fertility}.",
    "<UCMSCs> secrete VEGF, which promotes {angiogenesis}.",
    "Transplantation of <UCMSCs> in mice, compared with rats, increased {fertility}.",
    "<UCMSCs> act by promoting regeneration, {angiogenesis}, and folliculogenesis.",
    "<UCMSCs> increase the density of {vessels} and the rate of growth.",
    "<UCMSCs> promote repair by stimulating the secretion of {VEGF}.",
    "The rates of {angiogenesis} and the number of follicles were increased by <UCMSCs>.",
]
LOWERS = [
    "<UCMSCs> act in the ovary, where they reduce {apoptosis} of theca cells in <UCMSC> groups.",
    "{Apoptosis} or {fibrosis} decreased with <UCMSCs>.",
    "{Apoptosis} and {fibrosis} were reduced by <UCMSCs>.",
    "<UCMSCs> suppresses {apoptosis}.",
    "<UCMSCs> prevent fibrosis and, in old mice, they reduce {apoptosis}.",
    "A decrease of {apoptosis} was seen with <UCMSCs>.",
    "<UCMSCs> lead to inhibition of {apoptosis}.",
    "There was a decrease in {apoptosis} after <UCMSCs>.",
    "There was a decrease in the {apoptosis} after <UCMSCs>.",
    "<UCMSCs> can lower {apoptosis}.",
    "<UCMSCs> reduce {apoptosis}.",
    "<UCMSCs> inhibit {apoptosis} and promote proliferation.",
    "<UCMSCs> promote proliferation and inhibit atresia and granulosa cell {apoptosis}.",
    "{Apoptosis} was reduced by <UCMSCs>.",
    "{Apoptosis} of granulosa cells in the ovary decreased with <UCMSCs>.",
    "<UCMSCs> grew and the expression of {IL-6}, IL-8 and TNF was significantly reduced.",
    "After <UCMSC> injection, {fibrosis} has declined.",
    "<UCMSCs> have anti-{apoptotic} effects.",
    "<UCMSCs> increase anti-{apoptotic} activity.",
    "<UCMSCs> exert their effect by {apoptosis} inhibition.",
    "<UCMSCs> attenuated the chemotherapy-induced increase in {apoptosis}.",
    "<UCMSCs> prevented the excessive activation of {autophagy}.",
    "<UCMSCs> inhibit {apoptosis} while promoting proliferation.",
    "<UCMSCs> have shown inhibition of {apoptosis}.",
    "<hPMSCs> | It can reduce the {apoptosis} of granulosa cells in the ovary of mice | [22]",
    "In rats given <UCMSCs>, cells survived and {apoptosis} fell.",
]
NOT_SAID = [
    "<BMSCs> were heated, which reduced {apoptosis} in <BMSCs>.",
    "<BMSCs> were heated, which reduced {apoptosis} within old <BMSCs>.",
    "<BMSCs> were heated, which reduced {apoptosis} of transplanted <BMSCs>.",
    "<BMSCs> were heated, which promoted <BMSC> cell {proliferation}.",
    "<BMSCs> were heated, which promoted <BMSC> cells' {proliferation}.",
    "<UCMSCs> grew, and drugs increase {apoptosis}.",
    "<UCMSCs> grew, and a drug increases {apoptosis}.",
    "<UCMSCs> grew in places where {apoptosis} was seen and stress increased fertility.",
    "The bitterness of bitter {peptides} was reduced by <UCMSCs>.",
    "The bitterness of proteins and {peptides} was reduced by <UCMSCs>.",
    "In healthy {mice}, a response to <UCMSCs> is promoted.",
    "Heat reduces {apoptosis} in <BMSCs>.",
    "Heat reduces {apoptosis} within human <BMSCs>.",
    "Heat promotes <BMSC> cell {proliferation}.",
    "Heat promotes <BMSC> {proliferation} and survival.",
    "<UCMSCs> improved wound healing and severe {fibrosis}.",
    "{Fibrosis} was improved by <UCMSCs>.",
    "<UCMSCs> increased in {mice}.",
    "<UCMSCs> increased in old {mice}.",
    "{Apoptosis} can be regulated by <UCMSCs>.",
    "{Apoptosis} has never been neither increased after <UCMSCs>.",
    "Although <UCMSCs> survived, because heat promoted {apoptosis}.",
    "<UCMSCs> grew, although heat was used to promote {apoptosis}.",
    "Heat increased {apoptosis} before <UCMSCs>.",
    "<UCMSCs> were used when increasing {apoptosis}.",
    "The balance of <UCMSCs> shows that {apoptosis} increased survival.",
    "<UCMSCs> reduce stress without an increase in {fertility}.",
    "<UCMSCs> regulate {apoptosis}.",
    "<UCMSCs> affect {apoptosis} and increase fertility.",
    "<UCMSCs> do not reduce {apoptosis}.",
    "<UCMSCs> had no effect on {apoptosis}.",
    "<UCMSCs> increase neither fertility nor {apoptosis}.",
    "There was no significant increase in {fertility} with <UCMSCs>.",
    "{Apoptosis} was not reduced by <UCMSCs>.",
    "{Apoptosis} was measured after <UCMSCs>.",
    "Whether <UCMSCs> reduce {apoptosis} is unknown.",
    "It is necessary to increase the {fertility} after <UCMSCs>.",
    "<UCMSCs> were injected, and cisplatin increased {apoptosis}.",
    "Cisplatin increased {apoptosis}, and <UCMSCs> were injected.",
    "{Apoptosis} was increased by cisplatin in rats without <UCMSCs>.",
    "Heat can prevent {apoptosis} of <BMSCs>.",
    "Heat promotes <BMSC> {proliferation}.",
    "Heat increases the survival of <BMSCs> and their {proliferation}.",
    "<UCMSCs> reduce the ratio of {Th17}/Tc17.",
    "<UCMSCs> improved the number of {NK cells}.",
    "<UCMSCs> improved {oxidative stress}.",
    "<UCMSCs> promote {apoptosis} inhibitors.",
    "<UCMSCs> increase {apoptosis}-related genes.",
    "<UCMSCs> increase non-{apoptotic} death.",
    "<UCMSCs> were given to rats with reduced {fertility}.",
    "<UCMSCs> inhibit chemotherapy-induced damage through {apoptosis}.",
    "<UCMSCs> increase the resistance to {apoptosis}.",
    "<UCMSCs> increase fertility, and {apoptosis} was seen.",
    "<UCMSCs> increase fertility and decrease {apoptosis}, and increase {apoptosis} of others.",
    "{Angiogenesis} increased the survival of <UCMSCs>.",
    "The cisplatin-induced increase in {apoptosis} was seen beside <UCMSCs>.",
    "<UCMSCs> reduce anti-{apoptotic} activity.",
    "<UCMSCs> live in rats in which cisplatin had led to increased {apoptosis}.",
    "The {apoptosis} of <UCMSCs> was reduced.",
    "An increase of apoptosis preceded {homing} of <UCMSCs>.",
    "Fertility increased and {apoptosis} remained in <UCMSCs>.",
    "Increased {apoptosis} was not seen with <UCMSCs>.",
    "<UCMSCs> decrease the bitterness of {peptides}.",
    "<UCMSCs> reduce apoptosis of {granulosa cells}.",
    "The bitterness of {peptides} was reduced by <UCMSCs>.",
    "<UCMSCs> survived under {apoptosis} inhibition.",
    "<UCMSCs> grew following reduction of {apoptosis}.",
    "<UCMSCs> improved repair in rats with lower {ischemia}.",
    "<UCMSCs> survived with increasing {apoptosis}.",
    "In {mice}, a response to <UCMSCs> is promoted.",
    "Heat reduces <chemotherapy>-induced {apoptosis}.",
    "The effect of <UCMSCs> on chemotherapy induced {apoptosis}.",
    "<UCMSCs> follow induction {chemotherapy}.",
    "Nothing is said of {apoptosis} here.",
]


def _read(marked: str, *, above: bool = False) -> int:
    """The direction in a sentence with marked names."""
    plain = ""
    spans: dict[str, list[tuple[int, int]]] = {"{": [], "<": []}
    for piece in re.split(r"([{<][^}>]*[}>])", marked):
        if piece[:1] in spans:
            spans[piece[0]].append((len(plain), len(plain) + len(piece) - 2))
        plain += piece.strip("{<>}")
    return direction(plain, spans["{"], spans["<"], agent_above=above)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [(s, 1) for s in RAISES] + [(s, -1) for s in LOWERS] + [(s, 0) for s in NOT_SAID],
)
def test_a_direction_is_read_where_the_wording_is_plain(sentence: str, expected: int) -> None:
    assert _read(sentence) == expected


def test_an_agent_named_in_a_heading_is_the_subject_of_a_row() -> None:
    assert _read("Reduced {apoptosis} | [3]", above=True) == -1
    assert _read("Reduced {apoptosis} | [3]") == 0


def test_a_cell_says_what_happens_to_its_header() -> None:
    cells = {
        "Decreased": -1,
        "significantly increased [3]": 1,
        "↑ (p < 0.05)": 1,
        "↓": -1,
        "lower": -1,
        "higher": 1,
        "slightly more": 1,
        "less": -1,
        "fewer": -1,
        "Reduction": -1,
        "not increased": 0,
        "No increase": 0,
        "Improved": 0,
        "↑ or ↓": 0,
        "measured": 0,
        "Increased weight and number of pups": 1,
        "Increased weight and number of all pups": 0,
        "": 0,
    }
    assert {cell: bare_direction(cell) for cell in cells} == cells
