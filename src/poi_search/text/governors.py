"""Which word of raising or lowering governs what follows it: 'inhibits the activation of …'?"""

from __future__ import annotations

import re
from typing import NamedTuple

from poi_search.text import change_words as vocabulary
from poi_search.text.change_words import ChangeWord
from poi_search.text.clauses import SentenceWords
from poi_search.text.typography import DASH

_CAUSED = re.compile(rf"{DASH}(?:induced|mediated|related)$")
_REACH = 24


class Governor(NamedTuple):
    """What is said of an outcome, by the word at the index `at`."""

    sign: int
    at: int
    is_noun: bool
    is_finite: bool = False


def governor(words: SentenceWords, low: int) -> Governor | None:
    """The word that says what happens to what begins at an index.

    Where that word is a noun, it combines with what happens to that: an inhibited increase is a
    fall. What stands under a condition ('after inhibition of …') did not come about.
    """
    found = nearest(words, low)
    if found is None or not found.is_noun:
        return found
    beyond = governor(words, found.at)
    if beyond is not None:
        return beyond._replace(sign=found.sign * beyond.sign)
    is_given = words[words.opening(found.at)] in vocabulary.CONDITIONS
    return None if is_given or _CAUSED.search(words[found.at - 1]) else found


def nearest(words: SentenceWords, low: int) -> Governor | None:
    """The nearest word of change before an index, if its object reaches that far."""
    for at in range(low - 1, max(-1, low - _REACH), -1):
        change = words.change(at)
        if change is not None:
            return _as_governor(words, at, change, low)
        if _stops(words, at, low):
            return None
    return None


def is_subject(words: SentenceWords, low: int) -> bool:
    """Whether what begins at an index may be the subject of a verb after it: it is not the object
    of a word of change or of a preposition."""
    opening = words.opening(low)
    if words[opening] in vocabulary.PREPOSITIONS or not is_measured(words, opening):
        return False
    found = nearest(words, low)
    return found is None or words.is_list(found.at + 1, low)


def is_measured(words: SentenceWords, at: int) -> bool:
    """Whether 'of' at an index follows a measure, which rises with what it is of; true of other
    words. The bitterness of a peptide may fall, and the peptide stays."""
    if words[at] != "of":
        return True
    before = words[at - 1]
    return before in vocabulary.MEASURES | vocabulary.AMOUNTS or words.change(at - 1) is not None


def is_harm(words: SentenceWords, start: int, low: int) -> bool:
    """Whether what gets better is something bad, which may have fallen."""
    end = low + 1
    while not words.ends_name(end):
        end += 1
    name = " ".join(words.between(start, end))
    return any(harm in name for harm in vocabulary.HARMS)


def _as_governor(words: SentenceWords, at: int, change: ChangeWord, low: int) -> Governor | None:
    gap = words.between(at + 1, low)
    is_noun = change.form == "noun" or (change.form == "base" and words[at + 1] in ("in", "of"))
    if is_noun and gap[:1] not in (["in"], ["of"]):
        return None
    before = words[words.skip_adverbs(at - 1, -1)]
    if not (is_noun or _has_object(words, at, change)):
        return None
    if (vocabulary.PROPORTIONS | vocabulary.OWNERS) & set(gap):
        return None
    if change.judging and (vocabulary.AMOUNTS & set(gap) or is_harm(words, at + 1, low)):
        return None
    is_finite = change.form in ("base", "s", "ed") and before not in ("in", "to") and not is_noun
    return Governor(change.sign, at, is_noun, is_finite)


def _has_object(words: SentenceWords, at: int, change: ChangeWord) -> bool:
    """Whether a form of a verb has what follows as its object, and does not describe it: 'with
    increasing doses', 'the reduced dose', 'a lower dose' say nothing of what came about."""
    before = words.skip_adverbs(at - 1, -1)
    word = words[before]
    if change.form == "ing":
        return word not in vocabulary.DESCRIBED
    if words[at] in vocabulary.ADJECTIVES:
        return word in vocabulary.MODALS
    if change.form != "ed":
        return True
    if word in vocabulary.RESULTS:
        return words[before - 1] in vocabulary.RESULTS[word]
    return not (
        word in vocabulary.TO_BE
        or word in vocabulary.PREPOSITIONS
        or word in vocabulary.DESCRIBED
        or word == "of"
    )


def _stops(words: SentenceWords, at: int, low: int) -> bool:
    """Whether the word here cannot stand between a word of change and its object at `low`."""
    word = words[at]
    if word == "of":
        return not is_measured(words, at)
    if word == "in":
        before = words.change(at - 1)
        return before is None or before.form not in ("noun", "base")
    if word in vocabulary.COORDINATORS:
        return at + 1 < low and words.looks_like_verb(at + 1)
    return word in vocabulary.FUNCTION_WORDS or word in vocabulary.NEUTRAL
