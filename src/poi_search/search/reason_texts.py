"""A reason in words, as pages and the command line say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from poi_search.results import How, Reason
from poi_search.thesaurus import Concept

FindConcept = Callable[[str], Concept | None]

_HOWS: Mapping[str, tuple[str, str]] = {
    "synonym": (" as ", ", by another name"),
    "narrower": (", narrower: ", ""),
    "related": (", related: ", ""),
    "heading": (" through ", ""),
    "cited": (" through ", ""),
    "fragment": (" as ", ", a part of the name"),
    "prefix": (" as ", ", as a prefix"),
    "fuzzy": (" as ", ", as a similar word"),
    "spelling": (" as ", ", as corrected"),
    "initials": (" as ", ", a guess by its initials"),
    "meaning": ("", ", close in meaning"),
}


def reading(how: How, concept: str) -> str:
    """How a word was answered, to be appended to it: ' as Apoptosis, by another name'."""
    before, after = _HOWS.get(how, (" as ", ""))
    return f"{before}{concept}{after}" if concept else after


def answer(reason: Reason) -> str:
    """What answered: the words printed, each in quotation marks, or else where it was found."""
    return ", ".join(f"“{form}”" for form in reason.forms) or reason.where


def in_words(reason: Reason, find: FindConcept) -> str:
    """The whole reason: 'MSC, narrower: Stem cells: “ADSCs”'."""
    concept = find(reason.concept) if reason.concept else None
    label = concept.label if concept else reason.concept
    return f"{reason.text}{reading(reason.how, label)}: {answer(reason)}"
