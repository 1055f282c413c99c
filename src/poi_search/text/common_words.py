"""The common words of English: those that WordNet counts in its texts, by their stems."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from poi_search.text.stemming import stem

COMMON_WORDS = Path(__file__).parent / "common-words.txt.gz"
_SHORTEST = 5


@cache
def common_stems() -> frozenset[str]:
    """The stems of common words of five letters or more."""
    return frozenset(gzip.decompress(COMMON_WORDS.read_bytes()).decode().split())


def pack_common_words(senses: Iterable[str]) -> bytes:
    """The packed stems, by an index of senses, whose lines end with how often each occurs."""
    found = set()
    for line in senses:
        word, _, rest = line.partition("%")
        if word.isalpha() and len(word) >= _SHORTEST and not rest.endswith(" 0"):
            found.add(stem(word))
    return gzip.compress("\n".join(sorted(found)).encode(), mtime=0)
