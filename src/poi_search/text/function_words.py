"""Which words of a question carry its subject, and which only frame it.

Function words never count. In a full sentence, neither do question words: 'what does the review
say about side effects' asks for side effects. A word that can be part of a subject ('inherited',
'supervised', 'treat', 'cause') always counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Final


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


AUXILIARIES: Final = _word_set(
    "is are was were be been being do does did doing done has have had having can could may"
    " might must shall should will would ought cannot isn aren wasn weren don doesn didn hasn"
    " haven hadn couldn shouldn wouldn mustn won ain"
)
_PRONOUNS: Final = _word_set(
    "you she it we they me him us them my your his her its our their mine yours hers ours"
    " theirs myself yourself himself herself itself ourselves themselves this that these those"
    " who whom whose which what someone somebody anyone anybody everyone everybody something"
    " anything everything nothing there"
)
FUNCTION_WORDS: Final = (
    AUXILIARIES
    | _PRONOUNS
    | _word_set(
        "a an the some any each every either neither both such other another"
        " of in on at by for with without from to into onto upon about against among amongst"
        " after before above below across along around between beyond despite during"
        " except inside outside since through throughout toward towards until till via within"
        " per as than like near behind beside besides versus vs regarding concerning"
        " and or but nor not no so yet if whether because although though while whereas unless"
        " when where why how then also too very just only etc"
    )
)
"""Articles, prepositions, conjunctions, auxiliaries and pronouns, in lower case. `content_mask`
decides by context whether a single letter ('vitamin a') is one of them."""

QUESTION_WORDS: Final = _word_set(
    # questions and requests
    "what why how when where which who whose whom please tell tells told show shows explain"
    " explains describe describes define list give gives summarise summarize know knows known"
    " say says said saying think thinks thought wonder wondering ask asked asking want wanted"
    " question questions answer mean means meant meaning call called"
    " definition definitions"
    # the state of knowledge
    " report reported find finds found finding findings shown showed showing demonstrate"
    " demonstrated demonstrates prove proves proved proven suggest suggests suggested indicate"
    " indicates indicated discuss discussed discusses mention mentioned mentions described stated"
    " explained believe believed studied investigated investigate examined looked looking tested"
    " tried published cited considered evidence study studies research researchers scientists"
    " literature authors exist exists"
    # verbs and nouns that say nothing about the subject
    " use uses used using work works worked working happen happens happened happening become"
    " becomes make makes made making get gets getting got go goes going gone come comes coming"
    " take takes taken put try seem seems seemed appear appears play plays played role roles"
    " affect affects affected involve involves involved help helps helped need needs needed"
    " difference differences differ differs different compare compares compared same best better"
    " good possible possibly actually really ever still already currently exactly mainly usually"
    " generally always never well often sometimes many much more most few kind kinds"
    " sort sorts type types way ways thing things example examples"
    " reason reasons main available now today"
)
"""Words that frame a full question; elsewhere ('case report', 'type 2') they count."""
_NO_SUBJECTS: Final = _word_set(
    # what is asked about a subject: 'effect of', 'number of'
    " article articles association associations cause causes chance chances comparison connection"
    " consequence consequences contribution correlation definition detail details effect effects"
    " effectiveness efficacy fact facts impact implication implications importance influence"
    " information issue issues link links list management meaning mechanism mechanisms number"
    " numbers outcome outcomes overview paper papers passage passages people percentage person"
    " point points problem problems progress purpose relation relations relationship relevance"
    " result results review reviews risk risks section sections significance summary term terms"
    " topic total update value"
    # what is said of it
    " able achieve add allow avoid become begin believe belong break bring build carry change"
    " choose combine consider contain continue contribute control create cut deal decide depend"
    " differ do eat enter exceed exist fail fall feel fight follow gain give gives given gave"
    " grow happen hear hold improve include increase keep kept lack last lead learn leave let"
    " live look lose lower matter meet miss missed missing move notice obtain occur offer own pass"
    " pay perform pick possess prefer prevent produce proceed protect provide raise raises reach"
    " read receive recommend reduce refer remain remove require resemble respond return rise run"
    " saw see seen send serve set shape share solve speak spend stand start stay stick stop struck"
    " stuck suffer supply support suppose talk teach thank thanked treat trust turn understand vary"
    " visit wait walk watch wish worsen write writes written wrote"
    # which of it, and how much
    " additional all back big certain certainly common complete current different difficult early"
    " easy enough entire even far fast first former frequent full further future general great"
    " half hard high higher huge important large largest last late later latest less likely"
    " little long low major minor modern near new next normal obvious often old once one only"
    " open other over own overall particular past present previous quick rare real recent"
    " relevant right second several short similar simple single slow small soon specific strong"
    " such sure three top total true two under unlike usual various well whole wide worse worst"
    " wrong young"
)
"""Words that are not what a library may lack, whatever the question is."""
_FRAMING: Final = FUNCTION_WORDS | QUESTION_WORDS
_NEVER_SUBJECT: Final = _FRAMING | _NO_SUBJECTS

_OPENERS: Final = _word_set(
    "who what why how when where which whose whom is are was were am do does did can could should"
    " shall will would has have had may might must isn aren doesn don didn hasn haven couldn"
    " shouldn wouldn won explain describe define summarise summarize"
)
_OPENING_PAIRS: Final = frozenset(
    {
        *("tell me", "tell us", "show me", "give me", "find me", "list all", "list the"),
        *("i want", "i would", "i need", "i am", "i have", "i was", "i heard", "i wonder"),
        *("i read", "i had", "my doctor", "my mother", "looking for", "so what"),
        *("please tell", "please explain", "please show", "please list", "please describe"),
        *("in which", "in what", "in how", "for which", "for what", "for how", "after how"),
        *("at which", "at what", "to which", "to what", "by which", "by what", "of what"),
        *("from which", "from what", "with which", "with what", "on which", "on what"),
        *("definition of", "definitions of", "meaning of"),
        *("through which", "under which", "under what", "and what", "and how", "and why"),
    }
)
_PREPOSITIONS: Final = frozenset(
    {("thanks", "to"), ("due", "to"), ("owing", "to"), ("according", "to"), ("prior", "to")}
    | {("instead", "of"), ("spite", "of")}
)
"""Prepositions of several words, whose first word may otherwise be a content word."""
_ET_AL: Final = ("et", "al")
_AFTER_HOW: Final = _word_set(
    "long far well soon come quickly fast big large high low exactly safely"
)
_AFTER_THIS: Final = _word_set("review paper article text authors author work document page")
_DEMONSTRATIVES: Final = _word_set("this the these that your our")
_LETTERED: Final = _word_set(
    "type types class phase stage grade group part subunit factor receptor collagen vitamin"
    " hepatitis influenza activin inhibin protein cyclosporin cyclosporine immunoglobulin"
)
_SHORTENED: Final = {
    "t": _word_set(
        "isn aren wasn weren don doesn didn hasn haven hadn couldn shouldn wouldn mustn won ain can"
    ),
    "s": _word_set("what who where how when why that there it he she let here"),
    "re": _word_set("you we they what who"),
    "ve": _word_set("i you we they"),
    "ll": _word_set("i you he she it we they that what who"),
    "d": _word_set("i you he she it we they who"),
    "m": _word_set("i"),
}
_WORD = re.compile(r"[^\W_]+")
_ADVERB = re.compile(r"\w{2,}(?:ab|al|ant|ar|ed|ent|ib|ick|id|ive|ous|ow|ul)ly")
_PARTICIPLE = re.compile(r"\w{2,}[^\We]ed")
_GOVERNED: Final = _word_set(
    "by with in into to for from on onto at of as through during within among via before after"
)
"""Prepositions after which a participle only says how two things are related: 'treated with'."""


def is_sentence(text: str) -> bool:
    """Whether a question is a full sentence: it ends with a question mark, or starts like a
    question or a request ('what …', 'is …', 'tell me …')."""
    if text.rstrip(" \t\n\"'”’»)").endswith(("?", "？", "¿")):
        return True
    words = [match[0] for match in islice(_WORD.finditer(text), 2)]
    if len(words) < 2:
        return False
    shouted = words[0].isupper() and len(words[0]) > 1 and not text.isupper()
    first, second = words[0].casefold(), words[1].casefold()
    if first in _OPENERS:
        return not shouted  # the World Health Organization, an antioxidant response element
    return f"{first} {second}" in _OPENING_PAIRS


@lru_cache(maxsize=4096)
def is_subject(text: str, after: str = "") -> bool:
    """Whether words name something that a library may or may not be about, and do not only frame
    a question ('effect of', 'how many') or qualify it ('recently'), before the word `after`."""
    *words, last = [word.casefold() for word in _WORD.findall(text)] or [""]
    return any(_is_asked(word, "") for word in words) or _is_asked(last, after)


def _is_asked(word: str, after: str) -> bool:
    if not word or word in _NEVER_SUBJECT or _ADVERB.fullmatch(word):
        return False
    if _PARTICIPLE.fullmatch(word):  # 'fried meat', but not 'meat fried in oil'
        qualifies = bool(after) and after not in FUNCTION_WORDS
        return qualifies or not (after in _GOVERNED or _says_what_happens(word))
    return word.removesuffix("s") not in _NO_SUBJECTS


def _says_what_happens(participle: str) -> bool:
    """Whether a participle is that of a verb which is said of any subject: 'improved'."""
    stem = participle.removesuffix("ed")
    verbs = (stem, f"{stem}e", stem[:-1], f"{stem[:-1]}y")  # treated, caused, stopped, studied
    return not _NEVER_SUBJECT.isdisjoint(verbs)


def content_mask(words: Sequence[str], sentence: bool) -> list[bool]:
    """Whether each of `words` (in lower case, in order) carries the subject of the question.

    If `sentence`, the words come from a full sentence (see `is_sentence`), and question words
    do not count either. If no word is left, every word counts.
    """
    mask = [not _frames(words, place, sentence) for place in range(len(words))]
    if not any(mask):
        mask = [word not in FUNCTION_WORDS for word in words]
    return mask if any(mask) else [True] * len(words)


def _frames(words: Sequence[str], place: int, sentence: bool) -> bool:
    word = words[place]
    before = words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    if word in _SHORTENED and before in _SHORTENED[word]:
        return not (before == "can" and after.startswith(("cell", "lymph", "reg")))
    if word == "am":  # otherwise it is amniotic membrane
        return "i" in (before, after)
    if (word, after) in _PREPOSITIONS or _ET_AL in ((word, after), (before, word)):
        return True
    if word == "a":
        return not _is_letter(before, after)
    if word == "i":
        framed = not before or before in _FRAMING or after in AUXILIARIES
        return sentence and framed and before not in _LETTERED
    return word in FUNCTION_WORDS or (sentence and _asks(word, before, after))


def _asks(word: str, before: str, after: str) -> bool:
    if word in QUESTION_WORDS:
        return not _names_subject(word, before, after)
    after_how = word in _AFTER_HOW and before == "how"
    return after_how or (word in _AFTER_THIS and before in _DEMONSTRATIVES)


def _is_letter(before: str, after: str) -> bool:
    """Whether 'a' is a letter, not an article: 'vitamin a', 'type a', 'activin a in follicles'."""
    if before in _LETTERED:
        return True
    follows_name = before != "" and before not in _FRAMING
    return follows_name and (not after or after in FUNCTION_WORDS)


def _names_subject(word: str, before: str, after: str) -> bool:
    """Whether a question word names a subject together with a neighbour: 'case report'."""
    if word in ("type", "types"):
        return (
            after[:1].isdigit() or after in ("a", "b", "i", "ii", "iii", "iv") or before == "cell"
        )
    if word in ("study", "studies", "report", "data"):
        return before in ("animal", "cohort", "case", "clinical", "pilot", "control", "human")
    return False
