"""Finds the abbreviations of an article in a text, all of them in one scan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_HEAD = re.compile(r"(?<!\w)(?:\w++|[^\w\s])")
_WORD = re.compile(r"\w")


class ShortForms:
    """A set of short forms, indexed by the word or sign with which each begins."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = frozenset(forms)
        self._lengths: dict[str, set[int]] = {}
        for form in self._forms:
            if head := _HEAD.match(form):
                self._lengths.setdefault(head[0], set()).add(len(form))

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Each occurrence of a short form as a separate word: its offset and the form."""
        for head in _HEAD.finditer(text):
            start = head.start()
            for length in self._lengths.get(head[0], ()):
                end = start + length
                form = text[start:end]
                if end <= len(text) and form in self._forms and not _WORD.match(text, end):
                    yield start, form
