"""The words that say that something rises or falls, and those that end the reach of such a word.

Verbs are listed in their base form; the other forms are made from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

VerbForm = Literal["base", "s", "ed", "ing", "noun"]


class ChangeWord(NamedTuple):
    """What a word says: `sign` is 1 if something rises and -1 if it falls.

    A `judging` word says that something gets better, which is a rise only of what is good.
    """

    sign: int
    form: VerbForm
    judging: bool = False


_RAISE = (
    "accelerate activate augment boost elevate enhance facilitate heighten increase induce"
    " potentiate promote stimulate strengthen trigger upregulate"
)
_JUDGE = "improve recover restore"
_LOWER = (
    "abolish abrogate alleviate attenuate block decrease diminish downregulate impair inhibit"
    " lessen lower mitigate prevent reduce repress suppress weaken"
)
_NOUNS = {
    "acceleration activation augmentation elevation enhancement induction promotion rise"
    " stimulation upregulation": (1, False),
    "improvement restoration recovery": (1, True),
    "attenuation blockade decline decrease downregulation inhibition prevention reduction"
    " suppression": (-1, False),
}
INTRANSITIVE = {
    **dict.fromkeys("increased increases increase rose rises improved".split(), 1),
    **dict.fromkeys(
        "decreased decreases decrease declined declines fell falls dropped".split(), -1
    ),
}
"""Verbs that say this of their subject: 'apoptosis decreased'."""

FINITE = frozenset(
    "am are be been being can cannot could did do does had has have is may might must shall should"
    " was were will would".split()
)
TO_BE = frozenset("am are be been being is was were".split())
PREPOSITIONS = frozenset(
    "about above across after against along among around as at before below between by during for"
    " following from in into on onto over per since than through to toward towards under until"
    " upon via with within without".split()
)
CLAUSE_STARTS = frozenset(
    "although because but if that when where whereas whether which while who whose"
    " ; : | . ( )".split()
)
COORDINATORS = frozenset(", and or thus thereby".split())
UNASSERTED = frozenset(
    "absence aim aimed aims cannot fail failed fails hardly how if imperative lack lacking"
    " necessary need needed needs neither no none nor not rather should unable unclear unknown"
    " whether without".split()
)
"""What is said after one of these is denied, asked or wanted, but not stated."""
CONTRASTS = frozenset("although because if than though unlike when whereas".split())
FUNCTION_WORDS = FINITE | PREPOSITIONS | CLAUSE_STARTS | COORDINATORS | UNASSERTED | {"of"}
CONDITIONS = frozenset("after against despite during following for on under upon".split())
"""Before 'inhibition of X', these say when something else happened."""
DESCRIBED = frozenset("a an at during its the their under with".split())
"""After these, 'increasing X' and 'reduced X' describe something that is given."""
MODALS = frozenset("can could did do does may might must shall should to will would".split())
ADJECTIVES = frozenset(("lower",))
"""Words of change that are adjectives as well, unless a modal verb is before them."""
JOINED = frozenset(("induced",))
"""Forms that often follow the noun that they join to what comes next, without a hyphen."""
OWNERS = frozenset("its their".split())
NOT_A_SUBJECT = (
    FINITE
    | UNASSERTED
    | frozenset(
        "administration also both cell cells either even further injection it itself only"
        " significant that then therapy these they this those to transplantation treatment we"
        " which who".split()
    )
)
"""Words beside a verb that are not its subject, or that stand for one named before."""
MEANS = frozenset("after by following from through upon using via with".split())
"""Words before what makes something happen, if it is named afterwards."""
RESULTS = {
    "to": frozenset("lead leading leads led".split()),
    "in": frozenset("result resulted resulting results".split()),
}
"""Before 'reduced apoptosis', these say that it came about; other prepositions do not."""
MEASURES = frozenset(
    "ability activity activities capacity concentration concentrations degree density effect"
    " effects efficacy expression extent formation function functions incidence index potential"
    " process processes production properties property rate rates release response responses risk"
    " role secretion severity synthesis level levels number numbers".split()
)
"""Nouns that may follow or precede what rises: the rate of X rises as X does."""

AMOUNTS = frozenset("amount balance level levels number numbers proportion ratio ratios".split())
"""What gets better does not rise if an amount of it is judged: 'improved the number of cells'."""

PROPORTIONS = frozenset("balance proportion ratio ratios".split())
HARMS = (
    "apopto", "atresia", "damage", "death", "deficien", "disease", "disorder", "dysfunction",
    "failure", "fibro", "inflamm", "injur", "insufficien", "necro", "scar", "stress", "toxic",
)  # fmt: skip
"""Stems of what gets better by falling, so that 'improved' says nothing plain about it."""


def _forms(verb: str) -> Iterator[tuple[str, VerbForm]]:
    stem = verb.removesuffix("e")
    yield verb, "base"
    yield f"{verb}{'es' if verb.endswith(('sh', 'ss')) else 's'}", "s"
    yield f"{stem}ed", "ed"
    yield f"{stem}ing", "ing"


def _change_words() -> dict[str, ChangeWord]:
    words: dict[str, ChangeWord] = {}
    for verbs, sign, judging in ((_RAISE, 1, False), (_JUDGE, 1, True), (_LOWER, -1, False)):
        for verb in verbs.split():
            words |= {word: ChangeWord(sign, form, judging) for word, form in _forms(verb)}
    for nouns, (sign, judging) in _NOUNS.items():
        for noun in nouns.split():
            words.setdefault(noun, ChangeWord(sign, "noun", judging))
    return words


CHANGE_WORDS = _change_words()
_NEUTRAL = (
    "act affect alter associate change contribute control demonstrate differentiate exert express"
    " indicate influence inject involve maintain mediate migrate modulate participate play produce"
    " protect provide regulate relate release repair report resist reveal secrete show suggest"
    " survive transfer transplant treat"
)
ARROWS = {"↑": 1, "↓": -1}
COMPARED = {"higher": 1, "more": 1, "fewer": -1, "less": -1, "lower": -1}
"""What a cell of a table may say of the header above it."""
NEUTRAL = frozenset(word for verb in _NEUTRAL.split() for word, _ in _forms(verb))
"""Other verbs: what follows them is not governed by a word before them."""
