"""A light English stemmer: spelling variants, plurals, inflections and a few derivations.

It is deliberately lighter than Porter's stemmer: it does not conflate organ with organism, or
general with generation. Word families that no rule covers (ovary, ovarian) belong in the
thesaurus. A stem need not be a word: text and question only have to go through the same function.
"""

from __future__ import annotations

import re
from functools import lru_cache

_BRITISH = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"^haem|(?<=[a-z])haem(?=[ao])", "hem"),
        (r"aemi(?=[ac])", "emi"),
        (r"paed(?=i)", "ped"),
        (r"gynaec", "gynec"),
        (r"aesth(?=e)", "esth"),
        (r"^aetio", "etio"),
        (r"^caesar", "cesar"),
        (r"^faec", "fec"),
        (r"oestr", "estr"),
        (r"^foet", "fet"),
        (r"oedem", "edem"),
        (r"oesoph", "esoph"),
        (r"rrhoe", "rrhe"),
        (r"pnoe", "pne"),
        (r"^coeli", "celi"),
        (r"homoeo", "homeo"),
        (r"sulph", "sulf"),
        (r"^leuco", "leuko"),
        (
            r"(tum|col|fav|behavi|lab|hum|vap|od|neighb|hon|arm|rum|arb|clam|endeav|flav|glam|parl"
            r"|ranc|rig|sav|splend|val|vig)our",
            r"\1or",
        ),
        (r"^(def|lic|off|pret)ence(?=s?$|d$|less)", r"\1ense"),
        (r"^(distil|enrol|fulfil|instil)l(?=s?$|ment)", r"\1"),
        (r"^(acknowledg|judg)ement", r"\1ment"),
        (r"^practis(?=e|ing)", "practic"),
        (r"^(s)ceptic", r"\1keptic"),
        (r"^artefact", "artifact"),
        (r"^aluminium", "aluminum"),
        (r"^plough", "plow"),
        (r"^(cent|lit|fib|calib|theat|(?:[a-z]+)?met)re(s?)$", r"\1er\2"),
        (r"^(cent|(?:[a-z]+)?met)red$", r"\1ered"),
        (r"(?<=[a-z]{3})is(e|ed|es|ing|er|ers|ation|ations)$", r"iz\1"),
        (r"(?<=l)ys(e|ed|ing|er|ers)$", r"yz\1"),
        (r"^(program)me(s|d)?$", r"\1\2"),
        (r"^age(ing)$", r"ag\1"),
        (r"^grey(?!hound)", "gray"),
        (r"^(m|sm)ould(?!warp)", r"\1old"),
        (r"ogue(s?)$", r"og\1"),
    )
)
_IRREGULAR = {
    "mice": "mouse",
    "women": "woman",
    "men": "man",
    "children": "child",
    "feet": "foot",
    "teeth": "tooth",
    "ova": "ovum",
    "bacteria": "bacterium",
    "mitochondria": "mitochondrion",
    "criteria": "criterion",
    "phenomena": "phenomenon",
    "matrices": "matrix",
    "indices": "index",
    "appendices": "appendix",
    "vertebrae": "vertebra",
    "nuclei": "nucleus",
    "stimuli": "stimulus",
    "foci": "focus",
    "fungi": "fungus",
    "lives": "life",
    "halves": "half",
    "analyzes": "analyz",
    "grey": "gray",
    "died": "die",
    "dying": "die",
}
_KEEP = frozenset(
    "this his is was has as us its thus plus bus gas bias pancreas canvas atlas alias species "
    "series news lens during morning evening sibling nothing something anything everything "
    "being ceiling hundred naked sacred embed need conception concept position positive native "
    "effective always perhaps across unless less aging laboratory authority university hospitality "
    "minority".split()
)
_VOWEL = re.compile(r"[aeiouy]")
_SHORT = re.compile(r"[^aeiou][aeiou][^aeiouwxy]")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a folded word (lower case, no accents); a word with digits is unchanged."""
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    word = _spelling(word)
    word = _IRREGULAR.get(word, word)
    if word in _KEEP:
        return word
    word = _inflection(_singular(word))
    word = _derivation(word)
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


@lru_cache(maxsize=65536)
def singular_form(word: str) -> str:
    """A folded word in the singular and in American spelling, and otherwise as it is."""
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    word = _spelling(word)
    return _singular(_IRREGULAR.get(word, word))


def _spelling(word: str) -> str:
    """The American spelling of a British word, by a closed list of roots and endings."""
    if len(word) < 5:
        return word
    for pattern, american in _BRITISH:
        word = pattern.sub(american, word)
    return word


def _singular(word: str) -> str:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if len(word) > 5 and word.endswith(("oses", "yses", "eses")):
        return word[:-2] + "is"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")) or (
        len(word) > 5 and word.endswith("oes")
    ):
        return word[:-2]
    return word[:-1]


def _inflection(word: str) -> str:
    if word in _KEEP or word.endswith("eed"):
        return word
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and _VOWEL.search(root):
            if ending == "ed" and root.endswith("i"):
                return root[:-1] + "y"
            # A short root whose consonant is not doubled has lost an e: rated, homing.
            return root + "e" if _SHORT.fullmatch(root) else _undouble(root)
    for adverb, adjective in (("ically", "ic"), ("ally", "al")):
        if word.endswith(adverb) and len(word) > 7:
            return word[: -len(adverb)] + adjective
    if word.endswith(("antly", "ently", "ively", "ously", "arly", "ately")) and len(word) > 7:
        return word[:-2]
    return word


def _undouble(root: str) -> str:
    """stopp → stop, signall → signal; press, cell and buzz are unchanged."""
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "aeiousz":
        return root if root[-1] == "l" and len(root) < 6 else root[:-1]
    return root


def _derivation(word: str) -> str:
    """The verb stem of nouns and adjectives of action: secretion, secretive → secret(e)."""
    if word in _KEEP:
        return word
    for ending, least in (("atory", 4), ("ity", 4)):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: -len(ending)] + ("at" if ending == "atory" else "")
            break
    else:
        for ending, before, least in (
            ("ion", "ts", 5),
            ("ive", "ts", 5),
            ("ory", "t", 6),
            ("or", "t", 5),
        ):
            root = word[: -len(ending)]
            if word.endswith(ending) and len(root) >= least and root[-1] in before:
                word = root
                break
    bare = word[:-1] if word.endswith("e") else word
    if bare.endswith("at") and len(bare) >= 7:
        return bare[:-2]
    return word
