"""The output of `poi-search terms`."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from poi_search.cli.terminal import console, plural
from poi_search.cli.wrapping import say
from poi_search.search.meanings import ConceptLabel, KnownConcept, Meaning, Meanings, Occurrence
from poi_search.thesaurus.forms import needs_capitals

_LISTED = 12
_NAMES = {
    "terms": "names",
    "case": "with these capitals",
    "ambiguous": "if the article names it otherwise",
    "asked": "in questions",
}

_CAPITALS = ", with these capitals"


def print_meanings(found: Meanings) -> None:
    to = console()
    for position, part in enumerate(found.parts):
        if position:
            to.print()
        if not part.concepts:
            _print_unknown(to, part)
        for place, concept in enumerate(part.concepts):
            if place:
                to.print()
            _print_concept(to, part, concept)


def _print_unknown(to: Console, part: Meaning) -> None:
    say(to, f"{part.text!r} is not a name that the thesaurus knows.", style="bold")
    if part.units:
        count = plural(part.units, "unit")
        say(to, f"{count} {_verb(part.units)} the words as such: poi-search search {part.text}", 2)
    else:
        say(to, "No unit has the words as such.", 2)
    if part.spelling:
        say(to, f"Did you mean {part.spelling}?", 2)


def _print_concept(to: Console, part: Meaning, concept: KnownConcept) -> None:
    say(to, f"{part.text} → {concept.label}", style="bold")
    say(to, " ".join(filter(None, (concept.id, concept.url))), 2)
    say(to, _origin(concept), 2)
    for key, names in concept.names.items():
        if key != "beside":
            _print_names(to, key, names)
    for name, words in concept.beside.items():
        capitals = _CAPITALS if needs_capitals(name, "beside") else ""
        say(to, f"next to {', '.join(words)}{capitals}: {name}", 4, hang=-2)
    for what in ("broader", "narrower", "related"):
        labels: Sequence[ConceptLabel] = getattr(concept, what)
        if labels:
            say(to, f"{what}: {_list([each.label for each in labels])}", 4, hang=-2)
    for occurrence in concept.occurrences[:_LISTED]:
        say(to, _place(occurrence), 4, hang=-2)
    if (left := len(concept.occurrences) - _LISTED) > 0:
        say(to, f"and in {plural(left, 'more article')}", 2)
    if not concept.occurrences:
        say(to, "no article names it", 2)


def _print_names(to: Console, key: str, names: Sequence[str]) -> None:
    """The names of a key, apart from those that count only with their capitals."""
    exact = [name for name in names if key != "case" and needs_capitals(name, key)]
    others = [name for name in names if name not in exact]
    for said, listed in (("", others), (_CAPITALS, exact)):
        if listed:
            say(to, f"{_NAMES[key]}{said}: {', '.join(listed)}", 4, hang=-2)


def _origin(concept: KnownConcept) -> str:
    """Where a concept is from, in words."""
    told = {
        "article": f"defined in the article {concept.origin}",
        "home": f"from {concept.origin} in this home",
        "shipped": f"from {concept.origin}, which ships with poi-search",
        "general": f"from the general terminology ({concept.origin})",
    }[concept.layer]
    if concept.extends:
        told += f", on top of {concept.extends}, which ships with poi-search"
    elsewhere = [each for each in concept.defined_in if each != concept.origin]
    return told + (f"; also as defined in {', '.join(elsewhere)}" if elsewhere else "")


def _place(occurrence: Occurrence) -> str:
    parts = []
    if occurrence.units:
        more = ", …" if occurrence.units > len(occurrence.first) else ""
        count = plural(occurrence.units, "unit")
        parts.append(f"named in {count} ({', '.join(occurrence.first)}{more})")
    if occurrence.others:
        parts.append(f"a narrower concept, or a longer name, in {occurrence.others} more")
    return f"{occurrence.article}: {'; '.join(parts)}"


def _verb(count: int) -> str:
    return "has" if count == 1 else "have"


def _list(labels: Sequence[str]) -> str:
    more = f" and {len(labels) - _LISTED} more" if len(labels) > _LISTED else ""
    return ", ".join(labels[:_LISTED]) + more
