"""Concepts as the content of a terminology: what `Terminology` reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, groupby

import msgspec

from poi_search.thesaurus import Concept
from poi_search.thesaurus.forms import Form, Key, supported_forms, text_forms

from .layout import FORMAT, Header, SourceCount, lay_out, number_section, string_sections

CASE, FAMILY, AMBIGUOUS = 1, 2, 4
"""The flags of a form; an ambiguous one needs another name of its concept in the same article."""


FlaggedForm = tuple[Form, int]


class ConceptRecord(msgspec.Struct, frozen=True, array_like=True):
    """A concept as stored. Broader and narrower ones are numbers, and `source` is the number of
    its first source."""

    id: str
    label: str
    terms: tuple[str, ...]
    case: tuple[str, ...]
    ambiguous: tuple[str, ...]
    also: tuple[str, ...]
    broader: tuple[int, ...]
    narrower: tuple[int, ...]
    source: int

    @property
    def names(self) -> tuple[str, ...]:
        """The names that forms refer to by number."""
        return self.terms + self.case + self.ambiguous


def make_content(
    concepts: Iterable[Concept],
    versions: Mapping[str, str],
    synonyms: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """The content of concepts whose `topic` is the name of a source; `versions` has the sources
    in their order, `synonyms` other words by their stems. The order of the concepts does not
    matter."""
    others = sorted((synonyms or {}).items())
    every = sorted(concepts, key=lambda concept: concept.id)
    sources = tuple(versions)
    records = _records(every, sources)
    number_of = {record.id: number for number, record in enumerate(records)}
    by_key = _by_key(every)
    counts = tuple(_count(every, name, version) for name, version in versions.items())
    stems = sorted({stem for key in by_key for stem in key})
    ids = sorted((name, number_of[c.id]) for c in every for name in (c.id, *c.also))
    sections = {
        **string_sections("records", map(msgspec.msgpack.encode, records)),
        **string_sections("ids", (name.encode() for name, _ in ids)),
        "ids concepts": number_section("I", (number for _, number in ids)),
        **_key_sections(by_key, records, number_of),
        **_stem_sections(stems, by_key),
        **string_sections("synonyms", (stem.encode() for stem, _ in others)),
        **string_sections("synonyms others", (" ".join(each).encode() for _, each in others)),
    }
    header = Header(FORMAT, len(every), len(ids), len(by_key), len(stems), len(others), counts)
    return lay_out(header, sections)


def _records(concepts: Sequence[Concept], sources: Sequence[str]) -> list[ConceptRecord]:
    number_of = {concept.id: number for number, concept in enumerate(concepts)}
    broader = [tuple(sorted({number_of[b] for b in c.broader})) for c in concepts]
    narrower: list[list[int]] = [[] for _ in concepts]
    for number, above in enumerate(broader):
        for each in above:
            narrower[each].append(number)
    return [
        ConceptRecord(
            c.id, c.label, c.terms, c.case, c.ambiguous, c.also,
            broader[number], tuple(narrower[number]), sources.index(c.topic),
        )
        for number, c in enumerate(concepts)
    ]  # fmt: skip


def _by_key(concepts: Sequence[Concept]) -> dict[Key, list[FlaggedForm]]:
    """The forms by their stems, in the order of the stems."""
    certain = ((key, form, 0) for key, form in text_forms(concepts))
    supported = chain.from_iterable(map(supported_forms, concepts))
    ambiguous = ((key, form, AMBIGUOUS) for key, form in supported)
    every = sorted(chain(certain, ambiguous), key=lambda each: (each[0], each[1].concept, each[2]))
    return {
        key: [(form, flag | CASE * form.case | FAMILY * form.family) for _, form, flag in group]
        for key, group in groupby(every, key=lambda each: each[0])
    }


def _key_sections(
    by_key: Mapping[Key, list[FlaggedForm]],
    records: Sequence[ConceptRecord],
    number_of: Mapping[str, int],
) -> dict[str, bytes]:
    """Keys, and the forms of each."""
    forms = [form for forms in by_key.values() for form, _ in forms]
    flags = (flag for forms in by_key.values() for _, flag in forms)
    owners = [number_of[form.concept] for form in forms]
    names = [records[o].names.index(f.term) for o, f in zip(owners, forms, strict=True)]
    ends = accumulate(map(len, by_key.values()), initial=0)
    return {
        **string_sections("keys", (" ".join(key).encode() for key in by_key)),
        "keys forms": number_section("I", ends),
        "forms concepts": number_section("I", owners),
        "forms names": number_section("H", names),
        "forms flags": number_section("B", flags),
    }


def _stem_sections(stems: Sequence[str], keys: Iterable[Key]) -> dict[str, bytes]:
    """All stems, each with the place of the first key that begins with it, and the longest."""
    longest = dict.fromkeys(stems, 0)
    begun = dict.fromkeys(stems, 0)
    for key in keys:
        longest[key[0]] = max(longest[key[0]], len(key))
        begun[key[0]] += 1
    return {
        **string_sections("stems", (stem.encode() for stem in stems)),
        "stems keys": number_section("I", accumulate(begun.values(), initial=0)),
        "stems longest": number_section("B", longest.values()),
    }


def _count(concepts: Sequence[Concept], source: str, version: str) -> SourceCount:
    names = [len(c.names) for c in concepts if c.topic == source]
    return SourceCount(source, version, len(names), sum(names))
