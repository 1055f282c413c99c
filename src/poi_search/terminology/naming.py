"""From what vocabularies state to concepts of the terminology: which names are kept, and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from poi_search.text.analysis import stems
from poi_search.thesaurus import Concept
from poi_search.thesaurus.forms import Key

from .name_filters import (
    is_bracketed,
    is_chemical_string,
    is_everyday,
    is_number,
    is_short_form,
    is_too_long,
    is_too_short,
    spoken,
    without_qualifier,
)
from .vocabulary import SourceConcept


def named_concepts(sources: Iterable[SourceConcept]) -> Iterator[Concept]:
    """The concepts with the names that pass the filters; those without any are kept for the tree.

    A short form of several concepts, or one that is an everyday word, is ambiguous.
    """
    every = tuple(sources)
    known = {source.id for source in every}
    kept = [_kept_names(source.names) for source in every]
    short = [
        tuple(dict.fromkeys((*source.symbols, *filter(is_short_form, names))))
        for source, names in zip(every, kept, strict=True)
    ]
    owners = Counter(_letters(name) for names in short for name in {*names})
    for source, names, symbols in zip(every, kept, short, strict=True):
        certain = tuple(name for name in symbols if _is_certain(name, owners))
        yield Concept(
            source.id,
            source.label,
            terms=tuple(name for name in names if not is_short_form(name)),
            case=certain,
            also=source.also,
            broader=tuple(each for each in source.broader if each in known),
            topic=source.source,
            source="terminology",
            ambiguous=tuple(name for name in symbols if name not in certain),
        )


def _kept_names(names: Sequence[str]) -> tuple[str, ...]:
    """The names that people write, each in the order in which it is spoken; of those with the same
    stems the first."""
    by_key: dict[Key, str] = {}
    for name in map(spoken, map(without_qualifier, names)):
        key = stems(name)
        if key and not _is_left_out(name, key):
            by_key.setdefault(key, name)
    return tuple(by_key.values())


def _is_left_out(name: str, key: Key) -> bool:
    return (
        is_bracketed(name)
        or is_chemical_string(name)
        or is_too_long(name, key)
        or is_too_short(name)
        or is_number(key)
        or (is_everyday(name, key) and not is_short_form(name))
    )


def _is_certain(name: str, owners: Counter[str]) -> bool:
    letters = _letters(name)
    return owners[letters] == 1 and len(letters) > 3 and not is_everyday(name, stems(name))


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()
