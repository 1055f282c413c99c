"""Text → tokens: the analysis shared by indexed texts and questions.

Biomedical names are written in many ways (TGF-β1, TGFβ1, TGF-beta 1). Text is therefore split
at hyphens, slashes and letter–digit–Greek boundaries, and names match as sequences of pieces:
IL-6 is [il, 6] and never matches IL-8. A number is one piece, also 0.008. Offsets always point
into the original text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from poi_search.text.stemming import stem
from poi_search.text.typography import APOSTROPHE_SIGNS, DASH, DASH_SIGNS

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau",
    "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
GREEK_NAMES = frozenset(GREEK.values())

_MARKS = re.escape("".join(c for c in map(chr, range(0x300, 0xFF00)) if unicodedata.combining(c)))
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters within a word that are not seen, such as soft hyphens, and are no part of it."""
_NUMBER = r"(?<![^\W_])(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:[.·][0-9]+)?|[0-9]+(?:[.·][0-9]+)+)"
"""A number with a decimal point or with commas between its thousands, which is one piece. Within a
name, it is not: Kv1.3."""
_WORD = re.compile(rf"{_NUMBER}|(?:[^\W_][{_MARKS}{_INVISIBLE}]*)+")
_ASCII_WORD = re.compile(rf"{_NUMBER}|[A-Za-z0-9]+")
"""The same in texts without other letters, where it is found much faster."""
_PARTED = re.compile(r"[0-9][.,·][0-9]")
_SPELLED = re.compile(r"([a-z]{2,5})(alpha|beta|gamma|delta|kappa)([a-z]?)")
_TIGHT = re.compile(rf"[{DASH_SIGNS}]?|\){DASH}|[{APOSTROPHE_SIGNS}]")


class Token(NamedTuple):
    """A piece of a word: `exact` is its folded form, `text[start:end]` the original.

    `tight` is True if only a hyphen or a letter–digit boundary separates it from the previous
    piece, so that both belong to one written name.
    """

    exact: str
    stem: str
    start: int
    end: int
    tight: bool


_token = partial(tuple.__new__, Token)  # faster than by its fields


def tokenize(text: str, skip: Iterable[tuple[int, int]] = ()) -> list[Token]:
    """The tokens of `text` in order, without those that overlap a span in `skip`."""
    tokens: list[Token] = []
    spans = sorted(skip)
    last = -1
    for match in (_ASCII_WORD if text.isascii() else _WORD).finditer(text):
        start, end = match.span()
        while spans and spans[0][1] <= start:
            spans.pop(0)
        if spans and spans[0][0] < end:
            continue
        word = match.group()
        if word in ("s", "S") and text[start - 1 : start] in ("'", "’"):
            continue  # the possessive: women's, Wharton's
        tight = (
            last >= 0
            and text[last:start] != " "  # by far the most frequent
            and _TIGHT.fullmatch(text, last, start) is not None
        )
        last = end
        for exact, low, high in _pieces(word):
            tokens.append(_token((exact, stem(exact), start + low, start + high, tight)))
            tight = True
    return tokens


def fold(text: str) -> str:
    """`text` in lower case, without accents, Greek letters spelled out, for comparing names."""
    return " ".join(token.exact for token in tokenize(text))


def stems(text: str) -> tuple[str, ...]:
    return tuple(token.stem for token in tokenize(text))


@lru_cache(maxsize=65536)
def _pieces(word: str) -> Sequence[tuple[str, int, int]]:
    """The pieces of one written word, with their offsets in it."""
    if word.isascii() and (word.isalpha() or word.isdigit()):
        return _split_greek(word.lower(), 0)
    if not word.isalnum() and _PARTED.search(word):
        return ((word.replace(",", "").replace("·", "."), 0, len(word)),)
    pieces: list[tuple[str, int, int]] = []
    for kind, low, high in _runs(word):
        folded = _fold_run(word[low:high])
        if kind == "greek" and len(folded) <= 2:
            letters = [at for at in range(low, high) if _character_class(word[at]) != "mark"]
            for at, end in pairwise((*letters, high)):
                letter = _fold_run(word[at])
                pieces.append((GREEK.get(letter, letter), at, end))
        elif len(folded) == high - low:
            pieces += _split_greek(folded, low)
        elif folded:
            pieces.append((folded, low, high))
    return tuple(pieces)


def _split_greek(word: str, offset: int) -> Sequence[tuple[str, int, int]]:
    """The pieces of a name spelled with its Greek letter (TGFbeta, NFkappaB); else the word."""
    found = _SPELLED.fullmatch(word)
    spans = [found.span(group) for group in (1, 2, 3)] if found else [(0, len(word))]
    return tuple((word[s:e], offset + s, offset + e) for s, e in spans if s < e)


def _runs(word: str) -> list[tuple[str, int, int]]:
    """Runs of characters of one class; a combining mark belongs to the letter before it."""
    runs: list[tuple[str, int, int]] = []
    for at, char in enumerate(word):
        kind = _character_class(char)
        if runs and (kind == "mark" or runs[-1][0] == kind):
            runs[-1] = (runs[-1][0], runs[-1][1], at + 1)
        else:
            runs.append((kind, at, at + 1))
    return runs


@lru_cache(maxsize=4096)
def _character_class(char: str) -> str:
    if unicodedata.combining(char) or char in _INVISIBLE:
        return "mark"
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    if base in GREEK:
        return "greek"
    return "digit" if char.isdigit() or base.isdigit() else "letter"


def _fold_run(run: str) -> str:
    # Accents go first: the iota below a Greek letter would become a letter when case is folded.
    bare = _without_accents(_without_accents(run).casefold())
    return "".join(c for c in bare.casefold() if c.isalnum())


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
