"""Ligatures that a converter printed as codes, or set apart from their word."""

from __future__ import annotations

import re
from functools import cache

from poi_search.article import Repair
from poi_search.readers.pdftext.plain_text import LIGATURES
from poi_search.readers.pdftext.repair import Mender, SourceLine
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.text.stemming import stem
from poi_search.thesaurus.name_list import listed_words

# `/uniFB01`: a glyph by its code. No word ends in fi, fl, ffi or ffl, so that a space after one
# of these is none of the text.
_CODE = re.compile(r"/uni(?:(FB0[1-4]) ?(?=[a-z])|([0-9A-F]{4}))")
_WORD = re.compile(r"[^\W\d_]+")
_SPELLED = str.maketrans(LIGATURES)
_LONG = 6
_CODE_RULE = "the code of a character replaced by the character"
_APART_RULE = "a ligature that was set apart from its word"


def mend_ligatures(lines: list[SourceLine], mender: Mender) -> list[SourceLine]:
    """The lines with ligatures in their words, where only one reading is a word."""
    found = [
        mender.replace(_CODE, lambda match: chr(int(match[1] or match[2], 16)), line, _CODE_RULE)
        if "/uni" in line.text
        else line
        for line in lines
    ]
    if not any(_has_apart(line.text) for line in found):
        return found
    whole = (word for line in found for word in line.text.split(" ") if not _may_be_apart(word))
    words = {
        letters.lower() for word in whole for letters in _WORD.findall(word.translate(_SPELLED))
    }
    return [_join_line(line, words, mender) if _has_apart(line.text) else line for line in found]


def _has_apart(text: str) -> bool:
    return not text.isascii() and any(map(_may_be_apart, text.split(" ")))


def _may_be_apart(word: str) -> bool:
    """Whether a word begins or ends with a ligature."""
    return word[:1] in LIGATURES or word[-1:] in LIGATURES


def _join_line(line: SourceLine, words: set[str], mender: Mender) -> SourceLine:
    joined: list[str] = []
    pieces = line.text.split(" ")
    at = 0
    while at < len(pieces):
        piece, following = pieces[at], pieces[at + 1 : at + 2]
        ways = _readings(joined[-1:], piece, following, words) if _may_be_apart(piece) else []
        if len(ways) == 1 and ways[0] != (0, 0):
            before, after = ways[0]
            parts = [*joined[len(joined) - before :], piece, *following[:after]]
            del joined[len(joined) - before :]
            mender.repairs.append(
                Repair(
                    line.number, " ".join(parts), "".join(parts).translate(_SPELLED), _APART_RULE
                )
            )
            piece = "".join(parts)
            at += after
        joined.append(piece)
        at += 1
    return SourceLine(line.number, " ".join(joined))


def _readings(
    before: list[str], piece: str, after: list[str], words: set[str]
) -> list[tuple[int, int]]:
    """How many pieces before and after one with a ligature belong to its word, each way that
    gives words only."""
    left = bool(before) and piece[:1] in LIGATURES and before[0][-1:].isalpha()
    right = bool(after) and piece[-1:] in LIGATURES and after[0][:1].islower()
    ways = [(a, b) for a in range(left + 1) for b in range(right + 1)]
    return [
        (a, b)
        for a, b in ways
        if _are_words(
            [*before[: left and not a], "".join([*before[:a], piece, *after[:b]]), *after[b:right]],
            words,
        )
    ]


def _are_words(texts: list[str], words: set[str]) -> bool:
    found = [_WORD.search(text.translate(_SPELLED)) for text in texts]
    return all(one is not None and _is_word(one[0].lower(), words) for one in found)


def _is_word(word: str, words: set[str]) -> bool:
    return word in words or word in FUNCTION_WORDS or word in listed_words() or _is_form(word)


def _is_form(word: str) -> bool:
    """Whether a long word is a form of one in the names of MeSH."""
    return len(word) >= _LONG and stem(word) in _listed_stems()


@cache
def _listed_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in listed_words() if len(word) >= _LONG)
