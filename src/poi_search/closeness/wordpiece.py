"""Text → numbers of word pieces, as BERT models without capitals expect them.

A word is cut from its beginning into the longest pieces that the vocabulary has; pieces within a
word are listed there with ## before them.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

Vocabulary = Mapping[str, int]

UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 100
"""A longer word is unknown, as in BERT."""
_IDEOGRAPHS = (("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"))


def read_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary in a vocab.txt (a piece per line) or tokenizer.json.

    Raises ValueError or KeyError if it is none.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        pieces: dict[str, int] = json.loads(text)["model"]["vocab"]
    else:
        pieces = {piece: number for number, piece in enumerate(text.rstrip("\n").split("\n"))}
    for piece in (UNKNOWN, START, END):
        pieces[piece]
    return pieces


def piece_numbers(text: str, vocabulary: Vocabulary, limit: int) -> list[int]:
    """At most `limit` numbers, with those of the start and the end."""
    numbers = [vocabulary[START]]
    for word in _words(text):
        numbers += _pieces(word, vocabulary)
        if len(numbers) >= limit:
            break
    return [*numbers[: limit - 1], vocabulary[END]]


def _words(text: str) -> Iterator[str]:
    """The words and signs, in lower case and without accents."""
    apart = "".join(f" {letter} " if _is_ideograph(letter) else letter for letter in text)
    plain = unicodedata.normalize("NFD", apart.lower())
    kept = "".join(letter for letter in plain if letter.isspace() or not _is_dropped(letter))
    for word in kept.split():
        for is_sign, letters in groupby(word, _is_sign):
            run = "".join(letters)
            yield from run if is_sign else (run,)


def _is_ideograph(letter: str) -> bool:
    return any(first <= letter <= last for first, last in _IDEOGRAPHS)


def _is_dropped(letter: str) -> bool:
    """Whether it is an accent, or a character without a shape."""
    category = unicodedata.category(letter)
    return category == "Mn" or category[0] == "C"


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "P" or (letter.isascii() and not letter.isalnum())


def _pieces(word: str, vocabulary: Vocabulary) -> list[int]:
    found: list[int] = []
    start = 0
    while start < len(word) <= LONGEST_WORD:
        before = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if before + word[start:end] in vocabulary), 0)
        if not end:
            return [vocabulary[UNKNOWN]]
        found.append(vocabulary[before + word[start:end]])
        start = end
    return found or [vocabulary[UNKNOWN]]
