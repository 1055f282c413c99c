"""Signs, operators and fields of other search systems that have no meaning here.

None of them is searched as a word, and each has a notice that says what was done instead.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from poi_search.query.fields import FIELDS
from poi_search.query.tokens import QUOTES, quote_part
from poi_search.text.function_words import is_sentence

_VALUE = rf"(?=[\w({QUOTES}])"
_PROXIMITY = re.compile(
    r"(?:(?i:adj[0-9]{0,2}|near[0-9]{1,2}|(?:o?near|next|pre|w|n)/[0-9]{1,3})|NEAR|NEXT|SAME|XOR|ANDNOT)"
    r"(?=[\s(]|$)"
)
_SET = re.compile(r"#[0-9]{1,3}(?![\w-])")
_REQUIRED = re.compile(rf"\+(?=[^\W\d]|[{QUOTES}(])")
_EXPLODED = re.compile(r"exp\s+(?=[^\W\d][^/()]{1,60}/(?:\s|\)|$))", re.IGNORECASE)
_PARAMETER = re.compile(
    rf"(?:(?:[A-Z]{{2}}|(?i:{'|'.join(FIELDS)}))\s?=|(?:TITLE|ABS|KEY|AUTH|ALL)(?:-(?:TITLE|ABS|KEY|AUTH))*(?=\())(?=\s?[\w(\"“])"
)
_NAME = re.compile(rf"([^\W\d_][\w.-]{{1,24}}):(?!:){_VALUE}")
_RECORD = re.compile(r"[CD][0-9]{6,9}(?!\w)")
_OVID = r"\.(?:ti|ab|tw|mp|kw|kf|af|ot|sh|hw|au|jn)(?:,[a-z]{2})*+\.?"
_SUFFIX = re.compile(rf"(?<=[\w*$])(?:{_OVID}|:(?:ti|ab|kw)(?:,[a-z]{{2}})*+|/(?:exp|de|mj))$")
AFTER_PART: Final = re.compile(rf"[\^~][0-9]*(?:\.[0-9]+)?|\*|{_OVID}(?!\w)|/(?:exp|de|mj)\b")
"""What other systems write after a quotation or a group."""
_IN_WORD = re.compile(r"(?<=\w)\?+(?=\w)|(?<=\w)[$#]+(?=[^\W\d])|(?<=[^\W\d])[*~]+(?=[^\W\d])")
_AFTER_WORD = re.compile(r"(?<=[^\W\d])(?:[$#^]|~(?![0-9.]*$))+")
_OPERATOR = re.compile(r"\[|\)|(?:AND|OR|NOT)\b")
_BEFORE_WORD = re.compile(r"(?:\?|\$|~|\^)+(?=[^\W\d])")
_IN_QUOTE = re.compile(
    r"(?<=\w)[?$#*]+(?=\w)|(?<=[^\W\d])[$#~^|]+|(?<![\w*$~^])[*$~^]++(?=\w)|(?<!\w\w)\*"
)

WIDE_FIELDS: Final = frozenset(
    "ab abstract all any body content full fulltext keyword keywords kw text tiab tw".split()
)
"""Fields that other systems have for the text, all of which is searched here."""
CONCEPT_FIELDS: Final = frozenset("concept mesh mh subject".split())
"""Fields that other systems have for terms of a vocabulary."""


class Foreign(NamedTuple):
    """What ends at `end` of the question is not searched; `notice` says so."""

    end: int
    notice: str


def foreign_sign(text: str, at: int) -> Foreign | None:
    """A sign, an operator or a field of another system that begins at a word's beginning."""
    found = _PROXIMITY.match(text, at)
    if found and not text.isupper() and (at > 0 or text[found.end() :].startswith("(")):
        told = f"{quote_part(found[0])} is not an operator here: the words on both sides were"
        return Foreign(found.end(), f"{told} searched wherever they are in a text.")
    if found := _SET.match(text, at):
        told = f"{quote_part(found[0])} would be the number of an earlier search; there are none"
        return Foreign(found.end(), f"{told} here, so it was left out.")
    if found := _REQUIRED.match(text, at):
        told = "A plus sign before a word has no effect here; write AND between words that must"
        return Foreign(found.end(), f"{told} all be found.")
    if found := _EXPLODED.match(text, at):
        return Foreign(found.end(), "“exp” was left out: narrower concepts are always searched.")
    if found := _PARAMETER.match(text, at):
        return Foreign(found.end(), _unknown_field(found[0]))
    return None


def foreign_field(text: str, at: int) -> tuple[str, Foreign] | None:
    """A name before a colon that is no field here, and what to do with it.

    A name that another system uses for the text or for a vocabulary is left out; another one
    remains, as it may be a word (LH:FSH).
    """
    found = _NAME.match(text, at)
    if not found:
        return None
    name = found[1].casefold()
    if name in CONCEPT_FIELDS:
        number = _RECORD.match(text, found.end())
        if not number:
            return name, Foreign(found.end(), "")
        told = f"{quote_part(number[0])} was left out: write the name of the concept instead."
        return name, Foreign(number.end(), told)
    if name in WIDE_FIELDS:
        return name, Foreign(found.end(), _unknown_field(found[0]))
    told = f"{quote_part(found[0])} is not a field here, so it was searched as a word."
    return name, Foreign(at, told)


def _unknown_field(typed: str) -> str:
    return f"{quote_part(typed)} is not a field here, so its words were searched everywhere."


def foreign_suffix(word: str) -> int:
    """The offset of Ovid's fields after a word (`exosomes.ti,ab.`), or the length of the word."""
    found = _SUFFIX.search(word)
    return found.start() if found and found.start() else len(word)


def wildcard(word: str) -> str:
    """The signs within a word that would stand for letters elsewhere; '' if there are none."""
    found = _IN_WORD.search(word)
    return found[0] if found else ""


def idle_sign(word: str, text: str, end: int) -> str:
    """A sign at a word, which ends at `end` of the question, that has an effect elsewhere and none
    here; '' if there is none. A question mark may just end a question."""
    if word.endswith("?"):
        asks = not text[end:].strip() or is_sentence(text[: end - 1])
        if _OPERATOR.match(text[end : end + 8].lstrip()) or not asks:
            return "?"
    found = _AFTER_WORD.search(word) or _BEFORE_WORD.match(word)
    return found[0] if found else ""


def idle_signs_in_quote(text: str) -> list[str]:
    """The signs in a quotation that have no effect there, other than the star after a word."""
    return list(dict.fromkeys(found[0] for found in _IN_QUOTE.finditer(text)))
