"""Names of several words from MeSH, which tell what is one name in a question.

The thesaurus cannot cover every subject that someone may ask for. A name listed here is not
searched by its synonyms; but where no text has its words, it is absent, whatever its single words
find.

    python -m poi_search.thesaurus.name_list TABLE.tsv.gz

makes the list again from a table of MeSH (id, label, names separated by |).
"""

from __future__ import annotations

import gzip
import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import filterfalse, pairwise
from pathlib import Path
from typing import NamedTuple

from poi_search.text.analysis import Token, fold
from poi_search.text.typography import APOSTROPHE_SIGNS, DASH_SIGNS

FILE = Path(__file__).parent / "mesh-names.tsv.gz"
_FEWEST, _MOST = 2, 5
_BRIDGE = re.compile(rf"(?:[{APOSTROPHE_SIGNS}]s?)?[\s{DASH_SIGNS}]{{0,3}}")
_TUMOR = re.compile("neoplasm", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{3,}")
_UNSPOKEN = re.compile(r"[(]|,.*,")


class ListedName(NamedTuple):
    """A name of the list, with its place in a text, its stems, and the label of its concept."""

    start: int
    end: int
    stems: tuple[str, ...]
    label: str


def listed_names(text: str, tokens: Sequence[Token]) -> Iterator[ListedName]:
    """The names of the list in a text, the longest at each place."""
    at = 0
    while at < len(tokens):
        found = _longest(text, tokens[at : at + _MOST])
        if found:
            yield found
        at += len(found.stems) if found else 1


def _longest(text: str, tokens: Sequence[Token]) -> ListedName | None:
    if len(tokens) < _FEWEST or not begins_name(f"{tokens[0].exact} {tokens[1].exact}"):
        return None
    apart = (
        place
        for place, (left, right) in enumerate(pairwise(tokens), 1)
        if not _BRIDGE.fullmatch(text, left.end, right.start)
    )
    for size in range(next(apart, len(tokens)), _FEWEST - 1, -1):
        label = _label(" ".join(token.exact for token in tokens[:size]))
        if label:
            stems = tuple(token.stem for token in tokens[:size])
            return ListedName(tokens[0].start, tokens[size - 1].end, stems, label)
    return None


@lru_cache(maxsize=4096)
def begins_name(words: str) -> bool:
    """Whether a name begins with these words, or at least with these letters."""
    lines = _lines()
    place = bisect_left(lines, words)
    return place < len(lines) and lines[place].startswith(words)


@lru_cache(maxsize=4096)
def _label(name: str) -> str:
    lines = _lines()
    place = bisect_left(lines, f"{name}\t")
    found, _, label = lines[place].partition("\t") if place < len(lines) else ("", "", "")
    return label if found == name else ""


@cache
def listed_words() -> frozenset[str]:
    """Every word of the names, in small letters."""
    return frozenset(word for line in _lines() for word in _WORD.findall(line.lower()))


@cache
def _lines() -> list[str]:
    return gzip.decompress(FILE.read_bytes()).decode().split("\n")


def make_list(table: bytes) -> bytes:
    """The list from a table of MeSH: each name in the order in which it is spoken."""
    labels: dict[str, str] = {}
    for line in table.decode().splitlines()[1:]:
        _, label, names, *_ = line.split("\t")
        for name in filterfalse(_UNSPOKEN.search, (label, *names.split("|"))):
            spoken = _in_spoken_order(name)
            for form in (spoken, *(_TUMOR.sub(word, spoken) for word in ("cancer", "tumor"))):
                folded = fold(form)
                if " " in form and _FEWEST <= len(folded.split()) <= _MOST:
                    labels.setdefault(folded, label)
    lines = sorted(f"{name}\t{label}" for name, label in labels.items())
    return gzip.compress("\n".join(lines).encode(), 9, mtime=0)


def _in_spoken_order(name: str) -> str:
    """Lung neoplasms for 'Neoplasms, Lung', and lung cancer for 'Cancer of the Lung'."""
    for separator in (", ", " of the ", " of "):
        first, _, rest = name.partition(separator)
        if rest:
            return f"{rest} {first}"
    return name


if __name__ == "__main__":
    FILE.write_bytes(make_list(gzip.decompress(Path(sys.argv[1]).read_bytes())))
