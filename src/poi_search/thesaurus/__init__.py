"""The thesaurus: concepts with their terms, kept by people in TOML files by topic.

What a concept is and how its terms match is set out in CONTRIBUTING.md. Loading is strict:
a file that cannot be used ends in a `ThesaurusError` that names file, concept and key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from poi_search.checksums import checksum

FOLDER = Path(__file__).parent
_LISTS = ("terms", "case", "also", "broader", "related")
_SCHEMES = ("mesh", "hgnc", "mondo", "doid", "hp", "local")


class ThesaurusError(Exception):
    """A topic file that cannot be used; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: `terms` match in any case, `case` only with their capitals.

    `broader` and `related` are ids of other concepts; `also` are its ids in other sources.
    `source` is 'thesaurus', or the id of the article whose own abbreviation it is.
    """

    id: str
    label: str
    terms: tuple[str, ...] = ()
    case: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    topic: str = ""
    source: str = "thesaurus"


class Thesaurus:
    """Concepts by id, with what lies above and below each."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: dict[str, Concept] = {concept.id: concept for concept in concepts}

    def broader(self, concept_id: str) -> tuple[str, ...]:
        """Every concept above this one, nearest first; a cycle ends the walk."""
        return _walk(concept_id, self._parents)

    def narrower(self, concept_id: str) -> frozenset[str]:
        """The concept and all below it."""
        return frozenset((concept_id, *_walk(concept_id, self._children)))

    @cached_property
    def _parents(self) -> Mapping[str, tuple[str, ...]]:
        return {concept.id: concept.broader for concept in self.concepts.values()}

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        children: dict[str, tuple[str, ...]] = {}
        for concept in self.concepts.values():
            for above in concept.broader:
                children[above] = (*children.get(above, ()), concept.id)
        return children


def load(folder: Path = FOLDER) -> Thesaurus:
    """All topic files of a folder, in the order of their names.

    Raises `ThesaurusError` for a file that is no TOML or breaks the format.
    """
    concepts = [
        concept for path in _files(folder) for concept in _read(path.name, path.read_bytes())
    ]
    seen: dict[str, str] = {}
    for concept in concepts:
        if concept.id in seen:
            raise ThesaurusError(
                f"{concept.topic}: {concept.id} stands in {seen[concept.id]} too. Keep one of them."
            )
        seen[concept.id] = concept.topic
    return Thesaurus(concepts)


def digest(folder: Path = FOLDER) -> str:
    """A checksum of all topic files: equal as long as the thesaurus is the same."""
    named = "".join(f"{path.name} {checksum(path)}\n" for path in _files(folder))
    return sha256(named.encode()).hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def _read(name: str, raw: bytes) -> list[Concept]:
    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ThesaurusError(f"{name}: {error}. Mend the file as TOML in UTF-8.") from None
    unknown = sorted(set(table) - {"title", "concept"})
    if unknown:
        raise ThesaurusError(f"{name}: unknown key {unknown[0]!r}. Known are title and concept.")
    entries = table.get("concept", [])
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise ThesaurusError(f"{name}: concept is no list of tables. Head each with [[concept]].")
    return [_concept(name, place, entry) for place, entry in enumerate(entries, 1)]


def _concept(name: str, place: int, entry: Mapping[str, Any]) -> Concept:
    where = f"{name}, concept {place} ({entry.get('id', 'no id')})"
    for key in ("id", "label"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise ThesaurusError(f"{where}: {key} is missing. Give it as a text.")
    scheme, _, code = entry["id"].partition(":")
    if scheme not in _SCHEMES or not code:
        raise ThesaurusError(f"{where}: the id must begin with one of {', '.join(_SCHEMES)}.")
    for key, value in entry.items():
        if key in ("id", "label"):
            continue
        if key not in _LISTS:
            raise ThesaurusError(f"{where}: unknown key {key!r}. Known are {', '.join(_LISTS)}.")
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise ThesaurusError(f"{where}: {key} must be a list of texts.")
    return Concept(
        id=entry["id"],
        label=entry["label"],
        topic=name,
        terms=tuple(entry.get("terms", ())),
        case=tuple(entry.get("case", ())),
        also=tuple(entry.get("also", ())),
        broader=tuple(entry.get("broader", ())),
        related=tuple(entry.get("related", ())),
    )


def _walk(start: str, edges: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    queue = list(edges.get(start, ()))
    while queue:
        here = queue.pop(0)
        if here not in found and here != start:
            found[here] = None
            queue += edges.get(here, ())
    return tuple(found)
