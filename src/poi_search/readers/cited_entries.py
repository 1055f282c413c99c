"""What a text may print of the references that it cites by author and year."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from poi_search.article import Name, Reference
from poi_search.references.names import family_name

YEAR = re.compile(r"(?<![\w.-])((?:1[6-9]|20)\d\d)([a-z](?![\w]))?(?!\w)")
_FIRST_WORD = re.compile(r"([^\W\d_][^\d,.;:()]{1,40}),")
_PLAIN = {"\u2019": "'", "\u2018": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-"}
_MAX_AUTHORS = 200


@dataclass(frozen=True, slots=True)
class CitedEntry:
    """A reference with what the text may print of it: family names, lower case, no accents."""

    number: int
    families: tuple[str, ...]
    first: tuple[str, ...]
    initial: str
    et_al: bool
    letter: str


def entries_by_year(references: Iterable[Reference]) -> dict[int, list[CitedEntry]]:
    """The references by year, as far as they have a year and an author."""
    by_year: dict[int, list[CitedEntry]] = defaultdict(list)
    for reference in references:
        names = [*reference.names[:_MAX_AUTHORS]] or [*reference.editors]
        year = reference.year or _only_year(reference.text)
        if not names and (start := _FIRST_WORD.match(reference.text)):
            names = [Name(start[1].strip())]
        if year is None or not names:
            continue
        families = tuple(fold_names(family_name(name)) for name in names)
        first = tuple(dict.fromkeys((families[0], *_short_forms(names[0]))))
        initial = fold_names(names[0].given[:1])
        entry = CitedEntry(
            reference.number, families, first, initial, reference.et_al, reference.year_suffix
        )
        by_year[year].append(entry)
    return by_year


def _only_year(text: str) -> int | None:
    years = {match[1] for match in YEAR.finditer(text)}
    return int(years.pop()) if len(years) == 1 else None


def _short_forms(name: Name) -> Iterator[str]:
    """A family name without its particle or its second part, or with a hyphen before this; the
    initials of a body."""
    family = fold_names(name.family)
    if name.body:
        initials = "".join(word[0] for word in name.body.split() if word[0].isupper())
        if len(initials) > 2:
            yield initials.lower()
    elif name.particle:
        yield family
    elif " " in family:
        yield family.replace(" ", "-")
        yield family.partition(" ")[0]
    elif "-" in family:
        yield family.replace("-", " ")


def fold_names(text: str) -> str:
    """The text in lower case without accents, as long as it is: offsets stay right."""
    return "".join(_fold_character(char) for char in text)


def _fold_character(char: str) -> str:
    if char.isascii():
        return char.lower()
    if char in _PLAIN:
        return _PLAIN[char]
    lower = unicodedata.normalize("NFD", char)[0].lower()
    return lower if len(lower) == 1 else char
