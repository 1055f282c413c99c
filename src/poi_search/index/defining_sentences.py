"""Which names a passage defines: 'Autophagy is a process …', 'X, also known as Y, refers to …'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from poi_search.results import Mark

_ADVERB = r"(?:(?:also|often|now|then|therefore|thus|generally|usually|commonly|\w+ly)\s+)?"
_AS = r"(?:defined|described|regarded|understood|viewed|known|thought of|referred to) (?:as|by)"
_DEFINES = re.compile(
    rf"\b(?:(?:is|was|are|were)\s+{_ADVERB}(?:an?|the|one|any|among(?:st)?|considered|{_AS}"
    r"|characteri[sz]ed by)\b"
    rf"|(?:can|may|could)\s+{_ADVERB}be\s+{_ADVERB}(?:considered|{_AS})\b"
    r"|refers?\s+to\b|means\b|denotes?\b"
    # 'are pluripotent stem cells': a plural is a predicate, 'are easy to isolate' is not.
    r"|are\s+(?:(?!(?:to|by|in|for|from|with|that|which|of|and|not|as|on|at)\b)[\w-]+\s+){0,5}?"
    r"(?!(?:us|is|as|its|this|less|thus)\b)[\w-]{3,}(?<![su]s)(?<=s)\b)"
)
_CALLED = re.compile(
    rf"\b(?:is|are|was|were)\s+{_ADVERB}(?:called|named|termed|dubbed|known as|referred to as)\s+"
    r"(?P<name>[^,.;:()]+)"
)
_BRACKETS = re.compile(r"\((?P<name>[^()]{1,60})\)")
_OTHER_NAME = re.compile(
    r"\b(?:known as|called|termed|named|referred to as|abbreviated as)\s(?P<name>[^,]+)"
)
_LEADING = frozenset("a an the such both all most many some".split())
_TRAILING = frozenset(
    "also often now then therefore thus formerly previously sometimes otherwise commonly".split()
)
_ENDS = frozenset(
    "of in for with by from to on at as during after before that which who whose when".split()
)
_WORD = re.compile(r"[^\s,]+(?:,[^\s,]+)*")
_CLAUSE = re.compile(r",\s(?:which|whose|who|that)\s")
_NOT_FIRST = _ENDS | frozenset(
    "this these those it they there we he she what here our its their one if while although"
    " because".split()
)
_NOT_WITHIN = frozenset(
    "and or but al al. is are was were has have had can may could should will".split()
)
_MOST_WORDS = 7


def definitions(text: str, sentences: tuple[Mark, ...]) -> Iterator[Mark]:
    """The spans of the names that a sentence of `text` defines, with their other names."""
    for start, end in sentences:
        yield from _defined(text, start, end)


def _defined(text: str, start: int, end: int) -> Iterator[Mark]:
    called = _CALLED.search(text, start, end)
    if called:
        yield from _name(text, *called.span("name"))
    verb = _DEFINES.search(text, start, end)
    if not verb:
        return
    subject = text[start : verb.start()]
    others: list[Mark] = []
    for pattern in (_BRACKETS, _OTHER_NAME):
        for other in pattern.finditer(subject):
            others += _name(subject, *other.span("name"))
            low, high = other.span()
            subject = subject[:low] + " " * (high - low) + subject[high:]
    named = list(_name(subject, 0, len(subject)))
    for low, high in (*named, *others) if named else ():
        yield start + low, start + high


def _name(text: str, start: int, end: int) -> Iterator[Mark]:
    """The name that `text[start:end]` consists of, without what stands before and after it."""
    clause = _CLAUSE.search(text, start, end)
    end = clause.start() if clause else end
    words = list(_WORD.finditer(text, start, end))
    while words and (words[-1][0].casefold() in _TRAILING or words[-1][0].endswith("ly")):
        words.pop()
    commas = [
        at
        for at, (left, right) in enumerate(pairwise(words), 1)
        if "," in text[left.end() : right.start()]
    ]
    words = words[commas[-1] :] if commas else words
    while words and words[0][0].casefold() in _LEADING:
        words = words[1:]
    stop = next((at for at, word in enumerate(words) if at and word[0] in _ENDS), len(words))
    if words and stop <= _MOST_WORDS and not _is_clause([word[0] for word in words[:stop]]):
        yield words[0].start(), words[stop - 1].end()


def _is_clause(words: Sequence[str]) -> bool:
    """Whether these words are not a name, but say something."""
    said = [word.casefold() for word in words]
    return said[0] in _NOT_FIRST or not _NOT_WITHIN.isdisjoint(said)
