"""Hyphens at the ends of lines: part of the word, or only of the line?

The whole source is the evidence, then the words of MeSH. A hyphen is removed only if that is
proved; another stays, as the word is then found by its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from poi_search.article import Finding, Repair
from poi_search.readers.pdftext.plain_text import WRAP
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.text.stemming import stem
from poi_search.thesaurus.name_list import begins_name, listed_words

SOFT_HYPHEN = "\u00ad"
_SIGNS = "-\u2010\u2011"
"""Characters that a converter leaves for a hyphen at a line end."""
_BROKEN = re.compile(rf"(?<!\w)(\w*[^\W_])[{_SIGNS}]$")
# As a soft hyphen, the sign in its place in older fonts is never part of the word.
_SOFT_END = re.compile(rf"[^\W\d_][{SOFT_HYPHEN}¬]\s*$")
_NEXT = re.compile(r"[^\W_]+")
_FIRST_HALF = re.compile(rf"(?<!\w)\w+[{_SIGNS}{SOFT_HYPHEN}¬]$")
_SUSPENDED = re.compile(r"(?:and|or|to|nor|und|et)\b(?!-)")
# What is left of a word after a line end, and is none itself.
_WORD_END = re.compile(
    r"[a-z]{0,2}(?:tion|sion|ment|nes|ities|ity|ical|ically|ously|ly|ally|ence|ance|ency|ancy"
    r"|ible|able|ably|ating|ated|ates|ative|ively|ing|ings|izing|ising|ized|ised)s?"
)
# A DOI or another address that a line end cuts after one of its signs.
_BROKEN_ADDRESS = re.compile(r"(?:\b10\.\d{4,9}/|https?://|www\.)[^\s]{0,70}[/._=?&%#-]$")
_ADDRESS_GOES_ON = re.compile(r"[a-z0-9][^\s]*")
# No more of a line than this is looked at, or copied, to join another to it.
_LETTERS = 80
_REMARK = "a hyphen at a line end removed"


class LineJoiner:
    """Joins printed lines; keeps the repairs that it makes and the doubts that remain."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = [piece for line in lines for piece in line.split(WRAP)]
        self.repairs: list[Repair] = []
        self.findings: list[Finding] = []

    def unwrap(self, text: str, number: int) -> str:
        """A line in which a converter marked the ends of printed lines, these joined."""
        if WRAP not in text:
            return text
        pieces: list[str] = []
        for piece in text.split(WRAP):
            self.extend(pieces, piece, number)
        return "".join(pieces)

    def extend(self, pieces: list[str], text: str, number: int) -> None:
        """Join a line to the last of `pieces`, of which no more than its end is copied."""
        if not pieces:
            pieces.append(text)
            return
        last = pieces.pop()
        joined = self.join(last[-_LETTERS:], text, number)
        cut = len(joined) - len(text.lstrip())
        pieces += [last[:-_LETTERS], joined[:cut], joined[cut:]]

    def join(self, first: str, second: str, number: int) -> str:
        """Join two pieces of a text; `number` is the line of the second."""
        tail = first[-_LETTERS:]
        if _SOFT_END.search(tail):
            return first.rstrip()[:-1] + second.lstrip()
        if _BROKEN_ADDRESS.search(tail) and _ADDRESS_GOES_ON.match(second):
            return first + second
        broken, follows = _BROKEN.search(tail), _NEXT.match(second)
        if broken is None or follows is None:
            glued = not first or (first.endswith("/") and second[:1].isalnum())
            return first + second if glued else f"{first} {second}"
        left, right = broken[1], follows[0]
        if _SUSPENDED.match(second) and not self._is_word(left + right):
            return f"{first} {second}"
        if not self._is_soft(left, right, number):
            return first + second
        self.repairs.append(Repair(number, f"{left}-|{right}", left + right, _REMARK))
        return first[:-1] + second

    def _is_soft(self, left: str, right: str, number: int) -> bool:
        if not right.islower() or f"{left}-{right}".lower() in self._hyphenated:
            return False
        if (left + right).lower() in self._words:
            return True
        if not left.isalpha() or left.isupper() or not right.isalpha():
            return False
        if self._is_known_whole(left.lower(), right):
            return True
        if not (self._is_word(left) and self._is_word(right)) and self._is_half(left, right):
            return True
        message = (
            f"“{left}-{right}”: the hyphen at the line end may belong to the line, not the word"
        )
        self.findings.append(Finding("notice", f"line {number}", message))
        return False

    def _is_known_whole(self, left: str, right: str) -> bool:
        """Whether the halves are one word of another form in the source, or one of MeSH."""
        whole = left + right
        if whole in FUNCTION_WORDS or stem(whole) in self._stems:
            return True
        return whole in listed_words() and not begins_name(f"{left} {right}")

    def _is_half(self, left: str, right: str) -> bool:
        """Whether the second half is only the end of a word, or neither half is a word."""
        if _WORD_END.fullmatch(right) and right not in self._words:
            return True
        return not self._is_word(right) and not self._is_word(left)

    def _is_word(self, text: str) -> bool:
        word = text.lower()
        return word in self._words or word in FUNCTION_WORDS or word in listed_words()

    @cached_property
    def _whole_lines(self) -> list[str]:
        """The lines without the halves of broken words, which are not words."""
        return [
            _FIRST_HALF.sub("", re.sub(r"^\w+", "", line) if _FIRST_HALF.search(before) else line)
            for before, line in zip(["", *self._lines], self._lines, strict=False)
        ]

    @cached_property
    def _words(self) -> frozenset[str]:
        found = (re.findall(r"[^\W\d_]+", line) for line in self._whole_lines)
        return frozenset(word.lower() for words in found for word in words)

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self._words if len(word) > 4)

    @cached_property
    def _hyphenated(self) -> frozenset[str]:
        pattern = re.compile(r"(?<![\w-])\w+(?:-\w+)+")
        return frozenset(
            word.lower() for line in self._whole_lines for word in pattern.findall(line)
        )
