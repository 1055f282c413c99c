"""Does a sentence say that something rises or falls? Only plain wording counts.

Plain is a word of raising or lowering that governs the outcome ('inhibits apoptosis', 'reduction
of apoptosis', 'apoptosis was reduced', 'anti-apoptotic effects') and whose subject is, or may be,
the agent asked about. Where the sentence denies or asks it, names another subject, or is too
involved to tell, it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from poi_search.text import change_words as vocabulary
from poi_search.text.change_words import ChangeWord
from poi_search.text.clauses import SentenceWords, Span
from poi_search.text.governors import (
    Governor,
    governor,
    is_harm,
    is_measured,
    is_subject,
    nearest,
)
from poi_search.text.typography import DASH

_ANTI = re.compile(rf"\banti(?:{DASH}|\s)?$", re.IGNORECASE)
_HARMFUL = re.compile(rf"{DASH}(?:associated|damaged|dependent|induced|injured|mediated|related)$")
_PREDICATE_REACH = 30
_BY_REACH = 6


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
        self._named = [self._words.range(agent) for agent in agents]
        self._agents = [agent for agent in self._named if self._may_act(agent)]

    def _may_act(self, agent: Span) -> bool:
        """Whether an agent is not something that rises or falls, nor a cause of damage that others
        act on: 'chemotherapy-induced apoptosis'."""
        caused = _HARMFUL.search(self._words[agent[1] - 1])
        return nearest(self._words, agent[0]) is None and not caused

    def sign(self, outcome: Span) -> int:
        """What is said of the outcome named at one place."""
        words = self._words
        low, high = words.range(outcome)
        anti = _ANTI.search(self._text, 0, outcome[0]) is not None
        if low == high or words.words[high - 1].end > outcome[1]:
            return 0  # part of a word: 'apoptosis-related'
        if words.words[low].start < outcome[0] and not anti:
            return 0  # 'non-apoptotic'
        if any(words.undergoes(agent, (low, high)) for agent in self._named):
            return 0
        return self._said(low, high, anti) if self._agents or self._agent_above else 0

    def _said(self, low: int, high: int, anti: bool) -> int:
        end = high
        while self._words[end] in vocabulary.MEASURES:
            end += 1
        noun = self._words.change(end)
        if noun and noun.form == "noun":
            return self._compound(low, end, noun)
        if not self._words.ends_name(end):
            return 0  # the outcome only qualifies something: 'apoptosis inhibitors'
        if anti:
            return self._opposed(low)
        if not is_measured(self._words, self._words.opening(low)):
            return 0
        said = self._predicate(low, end)
        return self._governed(low, high) if said is None else said

    def _governed(self, low: int, high: int) -> int:
        """What a word before the outcome says."""
        found = governor(self._words, low)
        if found is None or self._words.is_negated(found.at):
            return 0
        return found.sign if self._may_do_it(found, high) else 0

    def _opposed(self, low: int) -> int:
        """What 'anti-apoptotic' says, unless this effect is itself lowered."""
        found = governor(self._words, low)
        lowered = found is not None and found.sign < 0
        return 0 if lowered or self._words.is_negated(low) else -1

    def _compound(self, low: int, noun_at: int, noun: ChangeWord) -> int:
        """What 'apoptosis inhibition' says, itself inhibited or not."""
        found = governor(self._words, low)
        here = Governor(noun.sign * (found.sign if found else 1), low, is_noun=True)
        given = self._words[self._words.opening(low)] in vocabulary.CONDITIONS
        plain = not (given or noun.judging or self._words.is_negated(low))
        return here.sign if plain and self._may_do_it(here, noun_at) else 0

    def _may_do_it(self, found: Governor, high: int) -> bool:
        """Whether one of the agents can be the subject, or follows the outcome as the means."""
        before = [agent for agent in self._agents if agent[1] <= found.at]
        if found.is_finite and self._words.has_other_subject(found.at, before):
            return False
        if self._is_joined(found.at, before):
            return False
        return (
            self._agent_above
            or any(self._words.are_one_clause(agent[1], found.at) for agent in before)
            or any(self._words.is_means(low) for low, _ in self._agents if low >= high)
        )

    def _is_joined(self, at: int, agents: Sequence[Span]) -> bool:
        """Whether 'induced' belongs to a noun before it: 'on chemotherapy induced apoptosis'."""
        if self._words[at] not in vocabulary.JOINED:
            return False
        before = self._words.skip_adverbs(at - 1, -1)
        is_verb = self._words.is_boundary(before) or any(end == before + 1 for _, end in agents)
        return before >= 0 and not is_verb and self._words[before] not in vocabulary.NOT_A_SUBJECT

    # ---- What a verb after the outcome says ----

    def _predicate(self, low: int, high: int) -> int | None:
        """What 'was reduced' or 'fell' says; None if the outcome is not the subject of a verb."""
        words = self._words
        for at in range(high, min(len(words), high + _PREDICATE_REACH)):
            word = words[at]
            if word in vocabulary.FINITE or word in vocabulary.INTRANSITIVE:
                return self._of_subject(low, at)
            if words.change(at) or word in vocabulary.CLAUSE_STARTS or word in vocabulary.NEUTRAL:
                return None
            if word in vocabulary.PREPOSITIONS and word != "in":
                return None
            if word in vocabulary.COORDINATORS and words.looks_like_verb(at + 1):
                return None
        return None

    def _of_subject(self, low: int, at: int) -> int | None:
        """What the verb that begins at an index says of its subject."""
        words = self._words
        if not is_subject(words, low):
            return 0 if self._only_describes(low, at) else None
        verb = at if words[at] in vocabulary.INTRANSITIVE else words.skip_adverbs(at + 1, 1)
        if words.is_negated(verb):
            return 0
        is_passive = vocabulary.TO_BE & set(words.between(at, verb))
        return self._passive(low, verb) if is_passive else self._active(verb)

    def _passive(self, low: int, verb: int) -> int:
        """What 'was significantly reduced' says."""
        change = self._words.change(verb)
        if change is None or change.form != "ed":
            return 0
        if change.judging and is_harm(self._words, low, low):
            return 0
        return change.sign if self._is_done_by_agent(verb) else 0

    def _is_done_by_agent(self, verb: int) -> bool:
        """Whether a passive names no one who does it, or an agent."""
        near = range(verb + 1, verb + 1 + _BY_REACH)
        by = next((at for at in near if self._words[at] == "by"), None)
        if by is None:
            return True
        return any(by < low and self._words.is_phrase(by + 1, low) for low, _ in self._agents)

    def _active(self, verb: int) -> int:
        """What 'fell' or 'has decreased' says, unless it has an object."""
        after = self._words[verb + 1]
        alone = not after or after in vocabulary.FUNCTION_WORDS or after.endswith("ly")
        return vocabulary.INTRANSITIVE.get(self._words[verb], 0) if alone else 0

    def _only_describes(self, low: int, verb: int) -> bool:
        """Whether a form in -ed belongs to the subject of a verb: 'increased X was not seen'."""
        found = nearest(self._words, low)
        change = self._words.change(found.at) if found else None
        return change is not None and change.form == "ed" and not self._words.is_list(low, verb)
