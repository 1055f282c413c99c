"""Which names a passage defines: 'Autophagy is a process …', 'X, also known as Y, refers to …'."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    r",?\s*\b(?:(?:also|formerly|previously|sometimes|otherwise|commonly)\s+)?"
    r"(?:known as|called|termed|named|referred to as|abbreviated as)\s+(?P<name>[^,]+?)\s*(?:,|$)"
)
_LEADING = re.compile(
    r"(?:.*,\s)?\s*(?:(?:an?|the|such|both|all|most|many|some)\s+)*", re.IGNORECASE
)
_TRAILING = re.compile(r"\s+(?:also|often|now|then|therefore|thus|\w+ly)\s*$|[\s,]+$")
_ENDS = re.compile(
    r"\s(?:of|in|for|with|by|from|to|on|at|as|during|after|before|that|which|who|whose|when)\s"
)
_NOT_A_NAME = re.compile(
    r"(?:this|these|those|it|they|there|we|he|she|that|which|what|here|our|its|their|one|and|or"
    r"|but|if|when|while|although|because|of|in|for|with|by|from|to|on|at|as|during|after|before)\b"
    r"|.*\s(?:and|or|but|is|are|was|were|has|have|had|can|may|could|should|will|et al\S*)\s",
    re.IGNORECASE,
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
    subject, others = text[start : verb.start()], []
    for pattern in (_BRACKETS, _OTHER_NAME):
        for other in pattern.finditer(subject):
            others.append(other.span("name"))
            low, high = other.span()
            subject = subject[:low] + " " * (high - low) + subject[high:]
    names = list(_name(f"{subject} ", 0, len(subject)))
    if names:
        yield from ((start + low, start + high) for low, high in names)
        for low, high in others:
            yield from _name(text, start + low, start + high)


def _name(text: str, start: int, end: int) -> Iterator[Mark]:
    """The name that `text[start:end]` consists of, without articles and what follows it."""
    leading = _LEADING.match(text, start, end)
    start = leading.end() if leading else start
    while trailing := _TRAILING.search(text, start, end):
        end = trailing.start()
    ends = _ENDS.search(text, start, end)
    end = ends.start() if ends else end
    short = 0 < len(text[start:end].split()) <= _MOST_WORDS
    if short and not _NOT_A_NAME.match(f"{text[start:end]} "):
        yield start, end
