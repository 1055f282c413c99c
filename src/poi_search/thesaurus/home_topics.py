"""The topics in the folder `thesaurus/` of a home, which come before those that ship.

A concept with the id of one that ships adds to it, or takes its place if it says `replace = true`.
A name that both have belongs to the concept of the home alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from poi_search import thesaurus
from poi_search.article import Finding
from poi_search.checksums import checksum
from poi_search.text.analysis import fold
from poi_search.thesaurus import ANY_CASE, Concept, Thesaurus, ThesaurusError
from poi_search.thesaurus.forms import term_key
from poi_search.thesaurus.mentions import short_form

FOLDER = "thesaurus"
PREFIX = f"{FOLDER}/"
"""What the names of topic files of a home begin with."""
_ABOUT = ("readme", "licence", "license")

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


def load(home: Path) -> Thesaurus:
    """The thesaurus of a home: its own topics and those that ship.

    Raises `ThesaurusError` for a file that is not TOML or does not follow the format.
    """
    own = [concept for path in _files(home) for concept in thesaurus.read_topic(path, PREFIX)]
    return merge(thesaurus.check_unique(own), thesaurus.load())


def load_sound(home: Path) -> tuple[Thesaurus, list[Finding]]:
    """The thesaurus without the files of the home that cannot be used, and findings on these, on
    names taken from concepts that ship, and on files that are not read."""
    own: list[Concept] = []
    findings: list[Finding] = []
    for path in _files(home):
        try:
            own = [*thesaurus.check_unique([*own, *thesaurus.read_topic(path, PREFIX)])]
        except ThesaurusError as error:
            findings.append(Finding("error", "thesaurus", str(error)))
    shipped = thesaurus.load()
    findings += [*_stray_files(home), *_lint(own, shipped)]
    return merge(own, shipped), findings


def digest(home: Path) -> str:
    """A checksum of all topic files, of the home and of those that ship."""
    try:
        own = "".join(f"{path.name} {_checksum(path)}\n" for path in _files(home))
    except OSError as error:
        own = f"cannot be read: {error.strerror}"
    shipped = thesaurus.digest()
    return sha256(f"{own}{shipped}".encode()).hexdigest() if own else shipped


def merge(own: Sequence[Concept], shipped: Thesaurus) -> Thesaurus:
    """The concepts of a home, then those that ship, without the names that the former have."""
    if not own:
        return shipped
    by_id = {concept.id: concept for concept in own}
    taken: dict[str, set[str]] = {}
    for each in taken_names(own, shipped):
        taken.setdefault(each.other.id, set()).add(each.other_name)
    rest = {
        concept.id: _without(concept, taken.get(concept.id, set()))
        for concept in shipped.concepts.values()
    }
    extended = (_extend(concept, rest.get(concept.id)) for concept in own)
    return Thesaurus([*extended, *(each for each in rest.values() if each.id not in by_id)])


def taken_names(own: Iterable[Concept], shipped: Thesaurus) -> Iterator[TakenName]:
    """The names of concepts that ship which a concept of the home has.

    Two names are the same if they match the same words: with the same capitals, unless both count
    in any capitals.
    """
    every = {
        mark: (concept, key, name)
        for concept, name, key in _named(own)
        for mark in _marks(key, name)
    }
    for other, name, key in _named(shipped.concepts.values()):
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


def _lint(own: Sequence[Concept], shipped: Thesaurus) -> Iterator[Finding]:
    for concept in own:
        known = shipped.concepts.get(concept.id)
        if concept.replace and not known:
            message = "replace has no effect: no concept that ships has this id"
            yield _finding("warning", concept, message)
        if known and fold(known.label) != fold(concept.label):
            message = f"id is that of {known.label} in {known.topic}. Is it the right one?"
            yield _finding("warning", concept, message)
    for taken in taken_names(own, shipped):
        if taken.concept.id != taken.other.id:
            other = f"{taken.other.label} ({taken.other.id} in {taken.other.topic})"
            message = f"{taken.name!r} in {taken.key} is no longer a name of {other}"
            yield _finding("notice", taken.concept, message)


def _finding(severity: Literal["warning", "notice"], concept: Concept, message: str) -> Finding:
    return Finding(severity, f"{concept.topic} {concept.id}", f"{concept.label}: {message}")


def _stray_files(home: Path) -> Iterator[Finding]:
    """Findings on files that look like topics and are not read."""
    folder = home / FOLDER
    if not folder.exists():
        return
    if not folder.is_dir():
        yield Finding("warning", FOLDER, "Not read: it is not a folder.")
        return
    for path in sorted(folder.iterdir()):
        is_about = path.stem.lower() in _ABOUT
        if path.suffix != ".toml" and not is_about and not path.name.startswith("."):
            message = "Not read: the name of a topic file must end in .toml."
            yield Finding("warning", f"{PREFIX}{path.name}", message)


def _files(home: Path) -> list[Path]:
    folder = home / FOLDER
    return thesaurus.topic_files(folder) if folder.is_dir() else []


def _checksum(path: Path) -> str:
    try:
        return checksum(path)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
