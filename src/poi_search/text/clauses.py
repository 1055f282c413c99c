"""The words of a sentence, and the questions of grammar that can be answered from them alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from poi_search.text import change_words as vocabulary
from poi_search.text.change_words import CHANGE_WORDS, ChangeWord
from poi_search.text.typography import DASH

Span = tuple[int, int]

_WORD = re.compile(rf"[^\W_]+(?:(?:{DASH}|['’/])[^\W_]+)*|[.,;:()|]")
_CITATION = re.compile(r"\[[^\[\]]*\]")
_UP_DOWN = re.compile(rf"^(up|down){DASH}(?=regul)")
_VERB_ENDING = re.compile(r"(?:ing|ed|i[sz]es|ates|ifies)$")
_MEANS_REACH = 6


class SentenceWord(NamedTuple):
    """A word in lower case, or a punctuation mark, with its place in the text."""

    text: str
    start: int
    end: int


class SentenceWords:
    """A sentence or table row as words. Indices are of words, unless they are said to be offsets;
    an index beyond either end has the word ''."""

    def __init__(self, text: str) -> None:
        plain = _CITATION.sub(lambda marker: " " * len(marker[0]), text)
        self.words = [
            SentenceWord(_UP_DOWN.sub(r"\1", match[0].lower()), *match.span())
            for match in _WORD.finditer(plain)
        ]

    def __getitem__(self, at: int) -> str:
        return self.words[at].text if 0 <= at < len(self.words) else ""

    def __len__(self) -> int:
        return len(self.words)

    def between(self, low: int, high: int) -> list[str]:
        return [word.text for word in self.words[max(0, low) : high]]

    def range(self, span: Span) -> Span:
        """The words that a span of offsets touches."""
        touched = [
            at for at, word in enumerate(self.words) if word.start < span[1] and word.end > span[0]
        ]
        return (touched[0], touched[-1] + 1) if touched else (0, 0)

    def change(self, at: int) -> ChangeWord | None:
        return CHANGE_WORDS.get(self[at])

    def is_boundary(self, at: int) -> bool:
        """Whether a clause or a member of a list may end here."""
        return self[at] in vocabulary.CLAUSE_STARTS or self[at] in vocabulary.COORDINATORS

    def looks_like_verb(self, at: int) -> bool:
        """Whether a word may be a verb that says nothing of rising or falling."""
        return self.change(at) is None and _VERB_ENDING.search(self[at]) is not None

    def skip_adverbs(self, at: int, step: int) -> int:
        """The first index from `at` on, in steps, that is no adverb."""
        while self[at].endswith("ly") or self[at] in ("also", "be", "been", "then"):
            at += step
        return at

    def opening(self, at: int) -> int:
        """The index of the word before which the name that includes this index begins, the name
        of a list if it is in one: 'of', 'in', a verb; -1 for none."""
        at -= 1
        while at >= 0 and self.change(at) is None and self[at] not in vocabulary.NEUTRAL:
            if self[at] in vocabulary.FUNCTION_WORDS and self[at] not in ("and", "or"):
                break
            at -= 1
        return at

    def is_list(self, low: int, high: int) -> bool:
        """Whether a comma or conjunction stands between two indices."""
        return bool(vocabulary.COORDINATORS & set(self.between(low, high)))

    def is_phrase(self, low: int, high: int) -> bool:
        """Whether what is between two indices can be one phrase: 'transplantation of human'."""
        return not (vocabulary.FUNCTION_WORDS - {"of"}) & set(self.between(low, high))

    def ends_name(self, at: int) -> bool:
        """Whether the word here cannot continue a name that ends before it."""
        word = self[at]
        return (
            not word
            or word in vocabulary.FUNCTION_WORDS
            or word in vocabulary.INTRANSITIVE
            or word.endswith(("ly", "ing"))
            or self.change(at) is not None
        )

    def is_negated(self, at: int) -> bool:
        """Whether the clause says, before this index, that something is not so, or not certain."""
        first = at
        while first and self[first - 1] not in vocabulary.CLAUSE_STARTS:
            first -= 1
        words = self.between(first - 1, at)
        return any(
            word in vocabulary.UNASSERTED and words[position + 1 : position + 2] != ["only"]
            for position, word in enumerate(words)
        )

    def has_other_subject(self, verb: int, agents: Sequence[Span]) -> bool:
        """Whether a verb has a subject of its own that is not one of the agents."""
        first = verb
        while first and not self.is_boundary(first - 1):
            first -= 1
        subject = any(
            self[at] not in vocabulary.NOT_A_SUBJECT and not self[at].endswith("ly")
            for at in range(first, verb)
        )
        return subject and not any(low < verb and high > first for low, high in agents)

    def are_one_clause(self, low: int, high: int) -> bool:
        """Whether what is said at one index may continue at the other."""
        words = self.between(low, high)
        return not vocabulary.CONTRASTS & set(words) and ("in", "which") not in pairwise(words)

    def is_means(self, at: int) -> bool:
        """Whether what is named here makes something happen: 'after transplantation of BMSCs'."""
        return bool(vocabulary.MEANS & set(self.between(at - _MEANS_REACH, at)))

    def undergoes(self, agent: Span, outcome: Span) -> bool:
        """Whether the outcome happens to the agent itself: 'apoptosis of BMSCs', 'MSC homing'."""
        between = self.between(outcome[1], agent[0])
        if between[:1] and between[0] in ("of", "in", "within"):
            return self.is_phrase(outcome[1] + 1, agent[0]) and "of" not in between[1:]
        return self.between(agent[1], outcome[0]) in ([], ["cell"], ["cells"]) and agent < outcome
