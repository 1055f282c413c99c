"""The topics in the folder `thesaurus/` of a home, which come before those that ship.

A concept with the id of one that ships, in a topic or in the general terminology, adds to it, or
takes its place if it says `replace = true`. A name that both have belongs to the home alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from poi_search import thesaurus
from poi_search.checksums import checksum
from poi_search.thesaurus import ANY_CASE, Concept, ConceptSource, Thesaurus
from poi_search.thesaurus.forms import short_form, term_key

FOLDER = "thesaurus"
PREFIX = f"{FOLDER}/"
"""What the names of topic files of a home begin with."""

_Mark = tuple[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class TakenName:
    """A `name` that a concept of the home has in `key`, so that `other_name` no longer names the
    concept `other`."""

    concept: Concept
    key: str
    name: str
    other: Concept
    other_name: str


def load(home: Path, general: ConceptSource | None = None) -> Thesaurus:
    """The topics of a home and those that ship; `general` has further concepts to add to.

    Raises `ThesaurusError` for a file that is not TOML or does not follow the format.
    """
    own = [concept for path in topic_paths(home) for concept in thesaurus.read_topic(path, PREFIX)]
    return merge(thesaurus.check_unique(own), thesaurus.load(), general)


def digest(home: Path) -> str:
    """A checksum of all topic files, of the home and of those that ship."""
    try:
        own = "".join(f"{path.name} {_checksum(path)}\n" for path in topic_paths(home))
    except OSError as error:
        own = f"cannot be read: {error.strerror}"
    shipped = thesaurus.digest()
    return sha256(f"{own}{shipped}".encode()).hexdigest() if own else shipped


def merge(
    own: Sequence[Concept], shipped: Thesaurus, general: ConceptSource | None = None
) -> Thesaurus:
    """The concepts of a home, then those that ship, without the names that the former have."""
    if not own:
        return shipped
    below = concepts_below(own, shipped, general)
    taken: dict[str, set[str]] = {}
    for each in taken_names(own, below.values()):
        taken.setdefault(each.other.id, set()).add(each.other_name)
    rest = {key: _without(each, taken.get(each.id, set())) for key, each in below.items()}
    extended = {concept.id: _extend(concept, rest.get(concept.id)) for concept in own}
    return Thesaurus((extended | {key: rest[key] for key in rest if key not in extended}).values())


def concepts_below(
    own: Iterable[Concept], shipped: Thesaurus, general: ConceptSource | None
) -> dict[str, Concept]:
    """The concepts that ship by id, and those of the general terminology that a home extends, by
    the id that the home gives them."""
    extended = {}
    for concept in own:
        found = general.concept(concept.id) if general else None
        if found and concept.id not in shipped.concepts:
            extended[concept.id] = found
    return shipped.concepts | extended


def taken_names(own: Iterable[Concept], below: Iterable[Concept]) -> Iterator[TakenName]:
    """The names of concepts `below` those of the home which one of the home has.

    Two names are the same if they match the same words: with the same capitals, unless both count
    in any capitals.
    """
    every = {
        mark: (concept, key, name)
        for concept, name, key in _named(own)
        for mark in _marks(key, name)
    }
    for other, name, key in _named(below):
        mark = next((mark for mark in _marks(key, name) if mark in every), None)
        if mark:
            yield TakenName(*every[mark], other, name)


def _named(concepts: Iterable[Concept]) -> Iterator[tuple[Concept, str, str]]:
    for concept in concepts:
        for name, key in concept.names_with_keys().items():
            yield concept, name, key


def _marks(key: str, name: str) -> Iterator[_Mark]:
    """What a name has in common with the same name elsewhere."""
    words = term_key(name)
    yield words, short_form(name)
    if key in ANY_CASE:
        yield words, ""


def _without(concept: Concept, names: set[str]) -> Concept:
    if not names:
        return concept

    def others(listed: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in listed if name not in names)

    return replace(
        concept,
        terms=others(concept.terms),
        case=others(concept.case),
        ambiguous=others(concept.ambiguous),
        beside=tuple(pair for pair in concept.beside if pair[0] not in names),
        asked=others(concept.asked),
    )


def _extend(own: Concept, shipped: Concept | None) -> Concept:
    """The concept of a home with what the one that ships has besides."""
    if shipped is None:
        return own
    if own.replace:
        return replace(own, extends=shipped.topic)
    return replace(
        own,
        extends=shipped.topic,
        terms=own.terms + shipped.terms,
        case=own.case + shipped.case,
        ambiguous=own.ambiguous + shipped.ambiguous,
        beside=own.beside + shipped.beside,
        asked=own.asked + shipped.asked,
        unlike=_union(own.unlike, shipped.unlike),
        also=_union(own.also, shipped.also),
        broader=_union(own.broader, shipped.broader),
        related=_union(own.related, shipped.related),
    )


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def topic_paths(home: Path) -> list[Path]:
    """The topic files of a home."""
    folder = home / FOLDER
    return thesaurus.topic_files(folder) if folder.is_dir() else []


def _checksum(path: Path) -> str:
    try:
        return checksum(path)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
