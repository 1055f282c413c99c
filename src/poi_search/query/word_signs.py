"""The signs attached to a word: `word*`, `word~`, and those that have no effect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poi_search.query.foreign import foreign_suffix, idle_sign, wildcard
from poi_search.query.tokens import quote_part

if TYPE_CHECKING:
    from poi_search.query.lexer import Lexer

_BOOSTS = re.compile(r"(?<!10)(?:\^[0-9]++(?:\.[0-9]++)?)+")
_DISTANCE = re.compile(r"[0-9]*+(?:\.[0-9]++)?")
_LETTER = re.compile(r"[^\W\d]")
_TIMES = re.compile(r"[0-9)]\*+[0-9(]")
_CUT = re.compile(r"([^\W\d][\w-]{2,})\$[0-9]*")
_EITHER = re.compile(r"\w\||\|\w")
_HEADING = re.compile(r"[^\W\d][\w-]*/")


def read_signs(lexer: Lexer, at: int, text: str) -> None:
    """Add the word `text` at offset `at`, as a prefix or a fuzzy word if signs say so."""
    if signs := wildcard(text):
        lexer.notices.append(
            f"{quote_part(text)} was left out: {quote_part(signs)} within a word does not stand"
            " for letters here. Write each form, or the beginning with a star, as in ovar*."
        )
        lexer.leave_out(at, at + len(text))
        return
    text = _without_weight(lexer, at, _without_suffix(lexer, at, text))
    if cut := _CUT.fullmatch(text):
        lexer.notices.append(f"{quote_part(text)} was read as {cut[1]}*.")
        lexer.add("prefix", at, at + len(text), cut[1])
        return
    word, tilde, number = text.rpartition("~")
    if "*" in text and not _TIMES.search(text):
        _star(lexer, at, text)
    elif tilde and _LETTER.search(word) and _DISTANCE.fullmatch(number):
        _tilde(lexer, at, word, number)
    else:
        _tell_idle_signs(lexer, at, text)
        lexer.add("word", at, at + len(text))


def _without_suffix(lexer: Lexer, at: int, text: str) -> str:
    """The word without Ovid's fields after it."""
    end = foreign_suffix(text)
    if end < len(text):
        part = quote_part(text[end:])
        lexer.notices.append(f"{part} is not a field here: {text[:end]} was searched everywhere.")
        lexer.blank(at + end, at + len(text))
    return text[:end]


def _without_weight(lexer: Lexer, at: int, text: str) -> str:
    boosts = [found for found in _BOOSTS.finditer(text) if found.end() == len(text)]
    if not boosts or not _LETTER.search(text, 0, boosts[0].start()):
        return text
    start = boosts[0].start()
    lexer.notices.append(f"The weight {quote_part(boosts[0][0])} has no effect here.")
    lexer.blank(at + start, at + len(text))
    return text[:start]


def _tell_idle_signs(lexer: Lexer, at: int, text: str) -> None:
    if sign := idle_sign(text, lexer.text, at + len(text)):
        lexer.notices.append(f"{quote_part(sign)} in {quote_part(text)} has no effect here.")
    if _EITHER.search(text):
        lexer.notices.append(
            f"“|” in {quote_part(text)} is not an operator here: write OR between the words."
        )
    if _HEADING.fullmatch(text):
        lexer.notices.append(
            f"The slash after {quote_part(text[:-1])} has no effect here: concepts are recognised"
            " without it."
        )


def _star(lexer: Lexer, at: int, text: str) -> None:
    stem = text[:-1]
    if "*" not in stem and text[-1] == "*" and sum(c.isalpha() for c in stem) >= 2:
        lexer.add("prefix", at, at + len(text), stem)
        return
    lexer.notices.append(
        f"The star in {quote_part(text)} was ignored: a star goes at the end of a word, after"
        " at least two letters, as in ovar*."
    )
    lexer.plain(at, at + len(text))


def _tilde(lexer: Lexer, at: int, word: str, number: str) -> None:
    letters = sum(c.isalnum() for c in word)
    if letters < 3:
        lexer.notices.append(
            f"{quote_part(f'{word}~{number}')} was searched as a plain word: a word needs at"
            " least three letters to be matched by similar spellings."
        )
        lexer.plain(at, at + len(word) + 1 + len(number))
        return
    usual = 1 if letters < 8 else 2
    distance = int(number) if number in ("1", "2") else usual
    if number not in ("", "1", "2"):
        lexer.notices.append(
            f"{quote_part(f'{word}~{number}')} was read as {word}~{distance}: only one or two"
            " letters may differ."
        )
    lexer.add("fuzzy", at, at + len(word) + 1 + len(number), word, distance)
