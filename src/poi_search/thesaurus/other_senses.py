"""Signs in the text around a name that it stands for something else: a person, a piece of
software, a receptor."""

from __future__ import annotations

import re

_INITIALS = re.compile(r"[A-Z]{2,4}")
_LIST_OF_INITIALS = re.compile(r"(?:[A-Z]{2,4}(?:,? and |[,;] ?| & | ))*[A-Z]{2,4}")
_BEFORE_PERSONS = re.compile(
    r"\b(?:authors?|reviewers?|investigators?|researchers?|readers?|observers?|raters?|assessors?"
    r"|(?:one|two|both|three|all) of us)\b[^.()]{0,25}\($"
    r"|\b(?:paper|manuscript|experiments?|data|draft|study|tools|analys[ie]s|project):\s*$",
    re.IGNORECASE,
)
_AFTER_FAMILY_NAME = re.compile(r"(?:^|[,;&] |\band )[A-Z][\w’'-]+ $")
_BEFORE_YEAR = re.compile(
    r"(?:[,;]? (?:and |& )?[A-Z][\w’'-]+ [A-Z]{1,4}){0,6}[,.]? \((?:19|20)\d\d[a-z]?\)"
)
_CITED = re.compile(r",? et al\b")
_IN_ADDRESS = re.compile(r"(?:://|\bwww\.|@)\S*$")
_LIST_OF_PACKAGES = re.compile(r"(?:,? (?:and )?[\w.]+){0,6} packages?\b")
_SOFTWARE = re.compile(r"\b(?:R|software|CRAN|Bioconductor|Python|MATLAB|Stata)\b")
_RECEPTOR_AFTER = re.compile(r"[\s-]receptors?\b", re.IGNORECASE)
_RECEPTOR_BEFORE = re.compile(r"\breceptors? (?:of|for) (?:the )?$", re.IGNORECASE)
_LETTER_BEFORE = re.compile(r"\b[A-Z]-$")
"""What makes the name of a protein that of another one: E-cadherin, R-spondin 2."""
_CAPITALIZED = re.compile(r"[A-Z][\w'’&-]*(?: (?:of|for|and|the|&|[A-Z][\w'’&-]*))*")
_INSTITUTION = re.compile(
    r"\b(?:School|University|Institut(?:e|es|ion)|College|Cent(?:er|re)s?|Hospital|Clinic"
    r"|Department|Faculty|Society|Association|Academy|Council|Committee|Agency|Ministry"
    r"|Foundation|Laborator(?:y|ies)|Museum|Company|Corporation|Press|Federation|Office|Bureau)\b"
)
_GENE = "hgnc:"
_AROUND = 80
"""The number of characters on either side that are looked at."""


def is_in_other_sense(concept: str, text: str, start: int, end: int) -> bool:
    """Whether the text around `text[start:end]` tells that it is no name of the concept."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return (
        bool(_CITED.match(after))
        or _are_initials(text, start, end)
        or _is_in_address(before)
        or ("package" in after and _is_software(before, after))
        or (
            concept.startswith(_GENE)
            and (_is_of_receptor(before, after) or bool(_LETTER_BEFORE.search(before)))
        )
    )


def _is_in_address(before: str) -> bool:
    sign = "@" in before or "://" in before or "www." in before
    return sign and bool(_IN_ADDRESS.search(before))


def is_of_institution(text: str, start: int, end: int) -> bool:
    """Whether a word with a capital is part of the name of an institution: London School of
    Hygiene, Wolf Science Center."""
    if not text[start].isupper():
        return False
    low = max(0, start - _AROUND)
    for run in _CAPITALIZED.finditer(text, low, end + _AROUND):
        if run.start() <= start and end <= run.end():
            others = text[run.start() : start] + text[end : run.end()]
            return bool(_INSTITUTION.search(others))
    return False


def _are_initials(text: str, start: int, end: int) -> bool:
    """Whether a short form is the initials of a person: 'two of the authors (LH and TN)', 'Roe
    LH (1939)'."""
    if not _INITIALS.fullmatch(text, start, end):
        return False
    low = max(0, start - _AROUND)
    if _BEFORE_YEAR.match(text, end) and _AFTER_FAMILY_NAME.search(text[low:start]):
        return True
    for match in _LIST_OF_INITIALS.finditer(text, low, end + _AROUND):
        if match.start() <= start < match.end():
            return bool(_BEFORE_PERSONS.search(text[low : match.start()]))
    return False


def _is_software(before: str, after: str) -> bool:
    return bool(_LIST_OF_PACKAGES.match(after) and _SOFTWARE.search(before + after))


def _is_of_receptor(before: str, after: str) -> bool:
    """Whether a gene product is named only within the name of its receptor."""
    return bool(_RECEPTOR_AFTER.match(after) or _RECEPTOR_BEFORE.search(before))
