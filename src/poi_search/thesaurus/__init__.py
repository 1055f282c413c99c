"""The thesaurus: concepts with their terms, maintained in TOML files by topic.

Below them is a general terminology, from which only the concepts asked for are read.

docs/terms.md describes what a concept is and how its terms match. Loading is strict: a file
that cannot be used raises a `ThesaurusError` that names file, concept and key.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final, Protocol

from msgspec import Meta, Struct
from msgspec.structs import asdict

from poi_search.article import ReadError
from poi_search.checksums import checksum
from poi_search.toml_files import Text, read_toml

FOLDER = Path(__file__).parent
GENERAL: Final = "terminology"
"""The source of a concept of the general terminology."""
ANY_CASE = ("terms", "asked")
"""The keys of names that count in any capitals."""

ConceptId = Annotated[
    str,
    Meta(
        pattern=r"\A(?:mesh:[DC][0-9]+\Z|(?:hgnc|mondo|doid|hp):[0-9]+\Z|local:(?!own/).)",
        title="an id (mesh: with D or C and digits; hgnc:, mondo:, doid: or hp: with digits;"
        " local: with a name that does not begin with own/)",
        examples=["mesh:D016649"],
    ),
]


class ThesaurusError(Exception):
    """A topic file that cannot be used; the message says where, and what to do."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: `terms` match in any case, `case` only with their capitals.

    Names with other meanings: those in `ambiguous` count only in an article that names the
    concept by another term, those in `beside` only next to one of the words given with them, and
    those in `asked` only in questions. `unlike` lists longer names of other things, within which
    no name counts. `broader` and `related` are ids of other concepts; `also`
    lists its ids in other sources. `source` is 'thesaurus', 'terminology', or the id of the article
    that defines it as an abbreviation. `topic` is the file it is from, and `extends` the topic that
    ships whose concept it adds to, or, if `replace`, takes the place of (see `home_topics`).
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
    ambiguous: tuple[str, ...] = ()
    beside: tuple[tuple[str, tuple[str, ...]], ...] = ()
    asked: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    replace: bool = False
    extends: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names, each once."""
        return tuple(self.names_with_keys())

    def names_with_keys(self) -> dict[str, str]:
        """All names, each with the key of the topic file that lists it."""
        listed = {
            "terms": self.terms,
            "case": self.case,
            "ambiguous": self.ambiguous,
            "beside": tuple(name for name, _ in self.beside),
            "asked": self.asked,
        }
        found: dict[str, str] = {}
        for key, names in listed.items():
            for name in names:
                found.setdefault(name, key)
        return found


class _ConceptTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A concept as written in a topic file."""

    id: ConceptId
    label: Text
    terms: tuple[Text, ...] = ()
    case: tuple[Text, ...] = ()
    ambiguous: tuple[Text, ...] = ()
    beside: dict[Text, tuple[Text, ...]] = {}
    asked: tuple[Text, ...] = ()
    unlike: tuple[Text, ...] = ()
    also: tuple[Text, ...] = ()
    broader: tuple[Text, ...] = ()
    related: tuple[Text, ...] = ()
    replace: bool = False


class _TopicFile(Struct, frozen=True, forbid_unknown_fields=True):
    title: str = ""
    concept: tuple[_ConceptTable, ...] = ()


class ConceptSource(Protocol):
    """A large collection of concepts, of which each is read when it is asked for."""

    def concept(self, concept_id: str) -> Concept | None: ...

    def broader(self, concept_id: str) -> tuple[str, ...]:
        """The concepts directly above this one."""
        ...

    def narrower(self, concept_id: str) -> tuple[str, ...]:
        """The concepts directly below this one."""
        ...


_MOST_CHILDREN = 20
"""A concept with more directly below it is broad."""
_KEPT = 4096
"""Of so many concepts, those that they are related to stay in memory."""


class Thesaurus:
    """Concepts by id, with those that are broader and narrower than each.

    `concepts` are those of topics and articles; the `terminology` has none of them.
    """

    def __init__(
        self, concepts: Iterable[Concept], terminology: ConceptSource | None = None
    ) -> None:
        self.concepts: dict[str, Concept] = {concept.id: concept for concept in concepts}
        self._terminology = terminology
        self._broader: dict[str, tuple[str, ...]] = {}
        self._specific: dict[str, bool] = {}
        self.related_twice = lru_cache(_KEPT)(self._related_twice)

    def concept(self, concept_id: str) -> Concept | None:
        """A concept of any layer; None if there is none with this id."""
        known = self.concepts.get(concept_id)
        if known or self._terminology is None:
            return known
        return self._terminology.concept(concept_id)

    def broader(self, concept_id: str) -> tuple[str, ...]:
        """All concepts broader than this one, nearest first; cycles are followed once."""
        if concept_id not in self._broader:
            self._broader[concept_id] = _walk(concept_id, self.parents)
        return self._broader[concept_id]

    def narrower(self, concept_id: str) -> frozenset[str]:
        """The concept itself and all narrower ones."""
        return frozenset((concept_id, *_walk(concept_id, self.children)))

    def parents(self, concept_id: str) -> tuple[str, ...]:
        """The concepts directly above this one."""
        known = self.concepts.get(concept_id)
        if known or self._terminology is None:
            return known.broader if known else ()
        return self._terminology.broader(concept_id)

    def children(self, concept_id: str) -> tuple[str, ...]:
        """The concepts directly below this one."""
        own = tuple(dict.fromkeys(self._narrower.get(concept_id, ())))
        if self._terminology is None:
            return own
        known = self.concepts.get(concept_id)
        ids = (concept_id, *(known.also if known else ()))
        below = (each for one in ids for each in self._terminology.narrower(one))
        return tuple(dict.fromkeys((*own, *(e for e in below if e not in self.concepts))))

    def related(self, concept_id: str) -> tuple[str, ...]:
        """The concepts that this one is related to."""
        concept = self.concepts.get(concept_id)
        return concept.related if concept else ()

    def _related_twice(self, concepts: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The concepts that these are related to, and those that they in turn are related to.
        Broad ones are not among the latter: what is below them is no longer the same subject."""
        related = tuple([each for one in concepts for each in self.related(one)])
        further = (each for one in related for each in self.related(one))
        return related, tuple(filter(self._is_specific, further))

    def _is_specific(self, concept_id: str) -> bool:
        if concept_id not in self._specific:
            self._specific[concept_id] = len(self.children(concept_id)) <= _MOST_CHILDREN
        return self._specific[concept_id]

    @cached_property
    def _narrower(self) -> Mapping[str, tuple[str, ...]]:
        children: dict[str, tuple[str, ...]] = {}
        for concept in self.concepts.values():
            for above in concept.broader:
                children[above] = (*children.get(above, ()), concept.id)
        return children


def load(folder: Path = FOLDER) -> Thesaurus:
    """The thesaurus in the topic files of a folder, read in the order of their names.

    Raises `ThesaurusError` for a file that is not TOML or does not follow the format.
    """
    return Thesaurus(check_unique([c for path in topic_files(folder) for c in read_topic(path)]))


def digest(folder: Path = FOLDER) -> str:
    """A checksum of all topic files, which changes whenever the thesaurus does."""
    named = "".join(f"{path.name} {checksum(path)}\n" for path in topic_files(folder))
    return sha256(named.encode()).hexdigest()


def topic_files(folder: Path) -> list[Path]:
    """The topic files of a folder, except hidden ones."""
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith("."))


def read_topic(path: Path, folder: str = "") -> list[Concept]:
    """The concepts of a topic file, which errors name as a file in `folder`.

    Raises `ThesaurusError`.
    """
    topic = f"{folder}{path.name}"
    try:
        tables = read_toml(path, _TopicFile).concept
    except FileNotFoundError:
        raise ThesaurusError(f"{topic}: there is no such file. Remove the link to it.") from None
    except ReadError as error:
        raise ThesaurusError(f"{folder}{error}") from None
    return [
        Concept(**{**asdict(table), "beside": tuple(table.beside.items())}, topic=topic)
        for table in tables
    ]


def check_unique(concepts: Sequence[Concept]) -> Sequence[Concept]:
    """The concepts. Raises `ThesaurusError` if two of them have the same id."""
    seen: dict[str, str] = {}
    for concept in concepts:
        if concept.id in seen:
            raise ThesaurusError(
                f"{concept.topic}: {concept.id} is also in {seen[concept.id]}. Keep one of them."
            )
        seen[concept.id] = concept.topic
    return concepts


def _walk(start: str, edges: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    queue = deque(edges(start))
    while queue:
        here = queue.popleft()
        if here not in found and here != start:
            found[here] = None
            queue += edges(here)
    return tuple(found)
