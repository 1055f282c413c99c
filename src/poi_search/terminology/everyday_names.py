"""Further names of concepts, from WordNet: what people call them (bowel, chimp), and the adjectives
that say what belongs to them (renal, epileptic).

A set of synonyms in WordNet is taken for a concept if it has names of this one only, and if it is a
set of such things: of parts of bodies, states, substances, ...
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from poi_search.thesaurus import Concept
from poi_search.thesaurus.forms import Key, has_capitals

from .name_filters import in_spoken_order, is_a_part_of
from .source_concepts import MeshFields

_KINDS: Mapping[str, frozenset[str]] = {
    "A": frozenset(("05", "08")),
    "B": frozenset(("05", "13", "20")),
    "C": frozenset(("26",)),
    "D": frozenset(("06", "13", "27")),
    "E": frozenset(("04",)),
}
"""By tree of MeSH, WordNet's files of nouns for such things: animals and parts of bodies; animals,
food and plants; states; artifacts (as drugs are), food and substances; acts."""
_WITH_ADJECTIVES = frozenset("ABCE")
_NOUN, _ADJECTIVES, _BELONGING = "1", ("3", "5"), "01"
_SUPPLEMENTARY = "mesh:C"
"""Their names are rarely those of the whole of what WordNet means."""
_DERIVED = frozenset(("\\", "+"))
_RANK = re.compile(
    r"(?:(?:sub|super)?(?:phylum|division|class|order|family|genus|tribe)|atomic number) "
)
"""What only lists write before the name of a group of organisms, or for that of an element."""
_LETTER = re.compile(r"(?:^| )[a-z](?: |$)")
"""With a letter by itself, as in phase I, names are short for others."""
_ADJECTIVE = re.compile(r"[a-z]{3,}(?<!fer)(?:al|ar|ary|ic|ine|ous|ac)")
_FEWEST_LETTERS = 4
_LONGEST_FOREIGN = 9
"""An adjective that does not begin as its noun does (renal, of the kidney) is at most so long; a
longer one is of several things (maxillofacial)."""
_SAME_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class _Sense:
    """A meaning of a word or phrase, in a file of WordNet; the `number` of the commonest is 1."""

    name: str
    part: str
    file: str
    synset: str
    number: int


class EverydayNames:
    """WordNet's index of senses and its data of adjectives, as lines.

    `fields` are those of concepts by id. Names with the same `words` are the same.
    """

    def __init__(
        self,
        senses: Iterable[str],
        adjectives: Iterable[str],
        fields: Mapping[str, MeshFields],
        words: Callable[[str], Key],
    ) -> None:
        self._adjectives, self._fields, self._words = adjectives, fields, words
        self._senses: dict[str, list[_Sense]] = defaultdict(list)
        self._synonyms: dict[str, list[_Sense]] = defaultdict(list)
        for sense in map(_sense, senses):
            self._senses[sense.name].append(sense)
            if sense.part == _NOUN:
                self._synonyms[sense.synset].append(sense)

    def added_to(self, concepts: Sequence[Concept]) -> list[Concept]:
        """The concepts with their further names, of which none is a name of another."""
        owners: dict[Key, set[str]] = defaultdict(set)
        for concept in concepts:
            if not concept.id.startswith(_SUPPLEMENTARY):
                for name in (*concept.terms, *_everyday_label(concept)):
                    owners[self._words(name)].add(concept.id)
        label = {each.id: self._words(in_spoken_order(each.label)) for each in concepts}
        taken = {self._words(name) for each in concepts for name in _in_any_case(each)}
        concept_of = self._concepts_of_synsets(owners)
        added: dict[str, list[str]] = defaultdict(list)
        for found in (self._nouns(concept_of, owners), self._derived(concept_of)):
            new: dict[Key, dict[str, str]] = defaultdict(dict)
            for name, concept_id in found:
                new[self._words(name)].setdefault(concept_id, name)
            for key, names in new.items():
                ((concept_id, name), *others) = names.items()
                if not others and key not in taken and not is_a_part_of(key, label[concept_id]):
                    added[concept_id].append(name)
            taken |= new.keys()
        return [replace(each, terms=(*each.terms, *added.get(each.id, ()))) for each in concepts]

    def _concepts_of_synsets(self, owners: Mapping[Key, set[str]]) -> dict[str, str]:
        found = {}
        for synset, senses in self._synonyms.items():
            named = {each for sense in senses for each in owners.get(self._words(sense.name), ())}
            if len(named) == 1 and senses[0].file in self._files(*named):
                (found[synset],) = named
        return found

    def _nouns(
        self, concept_of: Mapping[str, str], owners: Mapping[Key, set[str]]
    ) -> Iterator[tuple[str, str]]:
        """The names in sets of synonyms that mean nothing of another kind, each with its concept,
        which must be the commonest meaning of a name of both."""
        for synset, concept in concept_of.items():
            commonest = [sense for sense in self._synonyms[synset] if sense.number == 1]
            if not any(self._words(sense.name) in owners for sense in commonest):
                continue
            files = self._files(concept)
            for name in (sense.name for sense in commonest):
                if len(name) < _FEWEST_LETTERS or _RANK.match(name) or _LETTER.search(name):
                    continue
                senses = (*self._senses[name], *self._senses.get(name.removesuffix("s"), ()))
                if all(each.part == _NOUN and each.file in files for each in senses):
                    yield name, concept

    def _derived(self, concept_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The adjectives of one thing that is a concept, each with this."""
        for name, synsets in _adjectives(self._adjectives):
            others = [
                synset
                for synset in synsets
                if all(sense.name != name for sense in self._synonyms[synset])
            ]
            concepts = {concept_of.get(synset, "") for synset in others}
            nouns = [sense.name for synset in others for sense in self._synonyms[synset]]
            if len(concepts) == 1 and self._is_adjective_of(name, nouns):
                (concept,) = concepts
                if concept and not _WITH_ADJECTIVES.isdisjoint(_trees(self._fields[concept])):
                    yield name, concept

    def _is_adjective_of(self, name: str, nouns: Sequence[str]) -> bool:
        """Whether a word says that something belongs to what the nouns name, and little else."""
        if not _ADJECTIVE.fullmatch(name) or not self._is_of_a_thing(name):
            return False
        if any(noun.startswith(name[:_SAME_BEGINNING]) for noun in nouns):
            return True
        ends = (name[at:] for at in range(1, len(name) - _FEWEST_LETTERS))
        return len(name) <= _LONGEST_FOREIGN and not any(map(self._is_adjective, ends))

    def _is_of_a_thing(self, name: str) -> bool:
        """Whether a word says first what something belongs to, and has hardly a meaning beside."""
        senses = self._senses[name]
        adjective = [sense for sense in senses if sense.part in _ADJECTIVES]
        nouns = [sense for sense in senses if sense.part == _NOUN]
        if len(nouns) > 1 or len(adjective) + len(nouns) < len(senses):
            return False
        belonging = [sense.number for sense in adjective if sense.file == _BELONGING]
        return len(adjective) == 1 or (len(adjective) == 2 and belonging == [1])

    def _is_adjective(self, name: str) -> bool:
        return any(sense.part in _ADJECTIVES for sense in self._senses.get(name, ()))

    def _files(self, concept: str) -> frozenset[str]:
        trees = _trees(self._fields[concept])
        return frozenset().union(*(_KINDS.get(tree, frozenset()) for tree in trees))


def _sense(line: str) -> _Sense:
    word, _, rest = line.partition("%")
    key, synset, number, _ = rest.split(" ")
    return _Sense(word.replace("_", " "), key[0], key[2:4], synset, int(number))


def _adjectives(lines: Iterable[str]) -> Iterator[tuple[str, set[str]]]:
    """Each adjective with the sets of synonyms of the nouns it is derived from."""
    for line in lines:
        if line.startswith(" "):
            continue  # the licence
        parts = line.partition("|")[0].split()
        start = 4 + 2 * int(parts[3], 16)
        names, pointers = parts[4:start:2], parts[start + 1 :]
        for number, name in enumerate(names, start=1):
            nouns = {
                synset
                for sign, synset, part, places in zip(*[iter(pointers)] * 4, strict=False)
                if sign in _DERIVED and part == "n" and int(places[:2], 16) in (0, number)
            }
            if nouns:
                yield name.partition("(")[0], nouns


def _in_any_case(concept: Concept) -> Iterator[str]:
    return (name for name in (*concept.terms, *concept.ambiguous) if not has_capitals(name))


def _everyday_label(concept: Concept) -> Iterator[str]:
    """The label of a concept, if it has too many meanings to be certain: heart."""
    if concept.label.lower() in concept.ambiguous:
        yield concept.label


def _trees(fields: MeshFields) -> set[str]:
    return {field[0] for field in fields}
