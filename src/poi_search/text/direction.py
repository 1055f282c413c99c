"""Does a sentence say that something rises or falls? Only plain wording counts.

Plain is a word of raising or lowering that governs the outcome ('inhibits apoptosis', 'reduction
of apoptosis', 'apoptosis was reduced', 'anti-apoptotic effects') and whose subject is, or may be,
the agent asked about. Where the sentence denies or asks it, names another subject, or is too
involved to tell, it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from poi_search.text import change_words as vocabulary
from poi_search.text.change_words import ChangeWord
from poi_search.text.clauses import SentenceWords, Span
from poi_search.text.typography import DASH

_ANTI = re.compile(rf"\banti(?:{DASH}|\s)?$", re.IGNORECASE)
_CAUSED = re.compile(rf"{DASH}(?:induced|mediated|related)$")
_REACH = 24
_PREDICATE_REACH = 30
_BY_REACH = 6


class _Governor(NamedTuple):
    """What is said of an outcome, by the word at the index `at`."""

    sign: int
    at: int
    is_noun: bool
    is_finite: bool = False


def direction(
    text: str, outcomes: Iterable[Span], agents: Iterable[Span], *, agent_above: bool = False
) -> int:
    """1 if the text says that the outcome rises, -1 if it falls, 0 if it does not say so.

    `outcomes` and `agents` are the spans that name the outcome and what changes it; with
    `agent_above`, the agent is named in a heading.
    """
    reader = _DirectionReader(text, agents, agent_above)
    said = {sign for outcome in outcomes if (sign := reader.sign(outcome))}
    return said.pop() if len(said) == 1 else 0


class _DirectionReader:
    def __init__(self, text: str, agents: Iterable[Span], agent_above: bool) -> None:
        self._text, self._agent_above = text, agent_above
        self._words = SentenceWords(text)
        self._agents = [self._words.range(agent) for agent in agents]

    def sign(self, outcome: Span) -> int:
        """What is said of the outcome named at one place."""
        words = self._words
        low, high = words.range(outcome)
        anti = _ANTI.search(self._text, 0, outcome[0]) is not None
        if low == high or words.words[high - 1].end > outcome[1]:
            return 0  # part of a word: 'apoptosis-related'
        if words.words[low].start < outcome[0] and not anti:
            return 0  # 'non-apoptotic'
        if any(words.undergoes(agent, (low, high)) for agent in self._agents):
            return 0
        agents = [agent for agent in self._agents if self._outer(agent[0]) is None]
        return self._said(low, high, anti, agents) if agents or self._agent_above else 0

    def _said(self, low: int, high: int, anti: bool, agents: Sequence[Span]) -> int:
        end = self._after_measures(high)
        noun = self._words.change(end)
        if noun and noun.form == "noun":
            return self._compound(low, end, noun, agents)
        if not self._words.ends_name(end):
            return 0  # the outcome only qualifies something: 'apoptosis inhibitors'
        later = self._predicate(low, high, agents)
        if later is not None:
            return later
        governor = self._governor(low)
        if anti:
            falls = governor is None or governor.sign > 0
            return -1 if falls and not self._words.is_negated(low) else 0
        if governor is None or self._words.is_negated(governor.at):
            return 0
        return governor.sign if self._may_do_it(governor, agents, high) else 0

    def _may_do_it(self, governor: _Governor, agents: Sequence[Span], high: int) -> bool:
        """Whether one of the agents can be the subject, or follows the outcome as the means."""
        before = [agent for agent in agents if agent[1] <= governor.at]
        if governor.is_finite and self._words.has_other_subject(governor.at, before):
            return False
        return (
            self._agent_above
            or any(self._words.are_one_clause(agent[1], governor.at) for agent in before)
            or any(self._words.is_means(low) for low, _ in agents if low >= high)
        )

    # ---- Before the outcome: 'inhibits the activation of …' ----

    def _governor(self, low: int) -> _Governor | None:
        """The word that says what happens to the outcome. Where that is a noun, it combines with
        what happens to that: an inhibited increase is a fall."""
        found = self._outer(low)
        if found is None or not found.is_noun:
            return found
        beyond = self._governor(found.at)
        if beyond is not None:
            return beyond._replace(sign=found.sign * beyond.sign)
        return None if _CAUSED.search(self._words[found.at - 1]) else found

    def _outer(self, low: int) -> _Governor | None:
        """The nearest word of change before an index, if its object reaches that far."""
        for at in range(low - 1, max(-1, low - _REACH), -1):
            change = self._words.change(at)
            if change is not None:
                return self._as_governor(at, change, low)
            if self._stops(at, low):
                return None
        return None

    def _as_governor(self, at: int, change: ChangeWord, low: int) -> _Governor | None:
        words, gap = self._words, self._words.between(at + 1, low)
        if gap[:1] and gap[0] == "in" and not self._is_noun(at):
            return None
        if change.form == "ed" and not self._has_object(at):
            return None
        if (vocabulary.PROPORTIONS | vocabulary.OWNERS) & set(gap):
            return None
        if change.judging and (vocabulary.AMOUNTS & set(gap) or self._is_harm(gap, low)):
            return None
        infinitive = words[words.skip_adverbs(at - 1, -1)] == "to"
        finite = change.form in ("base", "s", "ed") and not infinitive
        return _Governor(change.sign, at, self._is_noun(at), finite and not self._is_noun(at))

    def _is_noun(self, at: int) -> bool:
        """Whether a word of change is a noun: 'reduction', 'an increase in'."""
        change = self._words.change(at)
        if change is None or change.form not in ("noun", "base"):
            return False
        return change.form == "noun" or self._words[at + 1] in ("in", "of")

    def _stops(self, at: int, low: int) -> bool:
        """Whether the word here cannot stand between a word of change and its object at `low`."""
        word = self._words[at]
        if word == "of" or (word == "in" and self._is_noun(at - 1)):
            return False
        if word in vocabulary.COORDINATORS:
            return at + 1 < low and self._words.looks_like_verb(at + 1)
        return word in vocabulary.FUNCTION_WORDS or word in vocabulary.NEUTRAL

    def _has_object(self, at: int) -> bool:
        """Whether a form in -ed is a verb before its object, or what something led to; after an
        article or preposition it describes a state."""
        before = self._words.skip_adverbs(at - 1, -1)
        word = self._words[before]
        if word in vocabulary.RESULTS:
            return self._words[before - 1] in vocabulary.RESULTS[word]
        articles = ("a", "an", "the", "of", *vocabulary.OWNERS)
        return word not in (*vocabulary.TO_BE, *vocabulary.PREPOSITIONS, *articles)

    def _is_harm(self, gap: Sequence[str], low: int) -> bool:
        """Whether what gets better is something bad: it may have fallen."""
        end = low + 1
        while not self._words.ends_name(end):
            end += 1
        name = " ".join((*gap, *self._words.between(low, end)))
        return any(harm in name for harm in vocabulary.HARMS)

    # ---- After the outcome: '… inhibition', '… was reduced', '… fell' ----

    def _after_measures(self, at: int) -> int:
        while self._words[at] in vocabulary.MEASURES:
            at += 1
        return at

    def _compound(self, low: int, noun_at: int, noun: ChangeWord, agents: Sequence[Span]) -> int:
        """What 'apoptosis inhibition' says, itself inhibited or not."""
        outer = self._governor(low)
        sign = noun.sign * (outer.sign if outer else 1)
        here = _Governor(sign, low, is_noun=True)
        negated = self._words.is_negated(low) or noun.judging
        return sign if not negated and self._may_do_it(here, agents, noun_at) else 0

    def _predicate(self, low: int, high: int, agents: Sequence[Span]) -> int | None:
        """What a verb after the outcome says of it; None if the outcome is not its subject."""
        words = self._words
        for at in range(self._after_measures(high), min(len(words), high + _PREDICATE_REACH)):
            word = words[at]
            if word in vocabulary.TO_BE:
                return self._passive(low, at, agents)
            if word in vocabulary.INTRANSITIVE or word in vocabulary.FINITE:
                return self._active(low, at)
            if words.change(at) or word in vocabulary.CLAUSE_STARTS or word in vocabulary.NEUTRAL:
                return None
            if word in vocabulary.PREPOSITIONS and word != "in":
                return None
            if word in vocabulary.COORDINATORS and words.looks_like_verb(at + 1):
                return None
        return None

    def _passive(self, low: int, at: int, agents: Sequence[Span]) -> int | None:
        """What 'was significantly reduced' says, whose auxiliary is at this index."""
        verb = self._words.skip_adverbs(at + 1, 1)
        change = self._words.change(verb)
        if change is None or change.form != "ed":
            return 0 if self._may_be_subject(low) or self._only_describes(low, at) else None
        harm = change.judging and self._is_harm(self._words.between(low, at), low)
        done = self._is_done_by(verb, agents) and not self._words.is_negated(verb)
        return change.sign if done and not harm else 0

    def _is_done_by(self, verb: int, agents: Sequence[Span]) -> bool:
        """Whether a passive names no one who does it, or an agent."""
        near = range(verb + 1, verb + 1 + _BY_REACH)
        by = next((at for at in near if self._words[at] == "by"), None)
        if by is None:
            return True
        stops = vocabulary.FUNCTION_WORDS - {"of"}
        return any(
            by < low and not stops & set(self._words.between(by + 1, low)) for low, _ in agents
        )

    def _active(self, low: int, at: int) -> int | None:
        """What 'fell' or 'has decreased' says, which begins at this index."""
        if not self._may_be_subject(low):
            return 0 if self._only_describes(low, at) else None
        verb = at if self._words[at] in vocabulary.INTRANSITIVE else at + 1
        verb = self._words.skip_adverbs(verb, 1)
        after = self._words[verb + 1]
        alone = not after or after in vocabulary.FUNCTION_WORDS or after.endswith("ly")
        plain = alone and not self._words.is_negated(verb)
        return vocabulary.INTRANSITIVE.get(self._words[verb], 0) if plain else 0

    def _only_describes(self, low: int, verb: int) -> bool:
        """Whether a form in -ed belongs to the subject of a verb: 'increased X was not seen'."""
        found = self._outer(low)
        change = self._words.change(found.at) if found else None
        if change is None or change.form != "ed":
            return False
        return not vocabulary.COORDINATORS & set(self._words.between(low, verb))

    def _may_be_subject(self, low: int) -> bool:
        """Whether what begins here is not the object of a word of change before it."""
        found = self._outer(low)
        if found is None:
            return True
        return bool(vocabulary.COORDINATORS & set(self._words.between(found.at + 1, low)))
