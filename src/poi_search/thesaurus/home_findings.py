"""What a person should look at in the topics of a home: files, ids, and names taken from others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from poi_search import thesaurus
from poi_search.article import Finding
from poi_search.text.analysis import fold
from poi_search.thesaurus import GENERAL, Concept, Thesaurus, ThesaurusError
from poi_search.thesaurus.forms import term_key
from poi_search.thesaurus.home_topics import (
    FOLDER,
    PREFIX,
    TakenName,
    concepts_below,
    merge,
    taken_names,
    topic_paths,
)
from poi_search.thesaurus.layers import GeneralNames, general_layer

_ABOUT = ("readme", "licence", "license")
_ASKED = ("ambiguous", "asked")
"""The keys of names that take one of the general terminology in questions only."""
_SUPPLEMENTARY = "mesh:C"
"""What ids of MeSH begin with of which the terminology has only a part."""


@dataclass(frozen=True, slots=True)
class SoundTopics:
    """The thesaurus without the files of the home that cannot be used; `own` are the concepts of
    the others as written, and `findings` are on these, and on files that are not read."""

    thesaurus: Thesaurus
    own: tuple[Concept, ...]
    findings: tuple[Finding, ...]


def load_sound(home: Path, general: GeneralNames | None = None) -> SoundTopics:
    """The topics of a home and those that ship, as far as they can be used."""
    own: list[Concept] = []
    findings: list[Finding] = []
    for path in topic_paths(home):
        try:
            own = [*thesaurus.check_unique([*own, *thesaurus.read_topic(path, PREFIX)])]
        except ThesaurusError as error:
            findings.append(Finding("error", "thesaurus", str(error)))
    shipped = thesaurus.load()
    findings += [*_stray_files(home), *_check(own, shipped, general)]
    return SoundTopics(merge(own, shipped, general), tuple(own), tuple(findings))


def _check(
    own: Sequence[Concept], shipped: Thesaurus, general: GeneralNames | None
) -> Iterator[Finding]:
    below = concepts_below(own, shipped, general)
    for concept in own:
        known = below.get(concept.id)
        if concept.replace and not known:
            message = "replace has no effect: no concept that ships has this id"
            yield _finding("warning", concept, message)
        if known and fold(known.label) != fold(concept.label):
            message = f"id is that of {known.label} in {known.topic}. Is it the right one?"
            yield _finding("warning", concept, message)
        elif not known and (source := _source(concept.id, general)):
            message = f"{concept.id} is not in {source} as it ships: is it right?"
            yield _finding("warning", concept, message)
    for taken in (*taken_names(own, below.values()), *_taken_general(own, shipped, general)):
        if taken.other is not below.get(taken.concept.id):
            other = f"{taken.other.label} ({taken.other.id} in {taken.other.topic})"
            message = f"{taken.name!r} in {taken.key} is no longer a name of {other}"
            if taken.other.source == GENERAL and taken.key in _ASKED:
                message += " in questions"
            yield _finding("notice", taken.concept, message)


def _source(concept_id: str, general: GeneralNames | None) -> str:
    """The source of the general terminology, with its version, that should have an id; '' if there
    is none."""
    if not general or concept_id.startswith(_SUPPLEMENTARY):
        return ""
    prefix = concept_id.partition(":")[0]
    found = (each for each in general.sources if each.name.lower() == prefix)
    return next((f"{each.name} {each.version}" for each in found), "")


def _taken_general(
    own: Sequence[Concept], shipped: Thesaurus, general: GeneralNames | None
) -> Iterator[TakenName]:
    """The names of general concepts that a concept of the home has, and none that ships."""
    layer = general_layer(general, (*shipped.concepts.values(), *own))
    if not layer:
        return
    keys = dict.fromkeys(key for each in own for name in each.names if (key := term_key(name)))
    named = (form for key in keys for form in (*layer.forms(key), *layer.ambiguous(key)))
    others = (layer.concept(each) for each in dict.fromkeys(form.concept for form in named))
    yield from _each_once(taken_names(own, filter(None, others)))


def _each_once(taken: Iterable[TakenName]) -> Iterator[TakenName]:
    """Without other spellings of a name that the same concept takes from the same other."""
    return iter({(each.concept.id, each.name, each.other.id): each for each in taken}.values())


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
