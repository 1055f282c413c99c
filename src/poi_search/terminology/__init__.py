"""The terminology: names of all of biomedicine, compiled from public vocabularies into one file.

It is the general layer below the edited thesaurus. docs/terminology.md describes its sources, what
is left out of them, and the file; `make terminology` makes it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from weakref import WeakValueDictionary

import msgspec

from poi_search.thesaurus import Concept
from poi_search.thesaurus.forms import Form, Key

from .content import AMBIGUOUS, CASE, FAMILY, ConceptRecord
from .expansion import PACKED, packed_version, read_content, remove_others
from .layout import Sections, SourceCount, TerminologyError

__all__ = [
    "SourceCount",
    "Terminology",
    "TerminologyError",
    "open_terminology",
    "packed_version",
    "remove_others",
]

_STEMS, _PAIRS, _KEYS, _RECORDS = 32768, 32768, 16384, 4096
"""How many look-ups of each kind stay in memory."""
_PAIR = 2

_AFTER_SPACE = b"!"
"""Sorts after the space between stems, and before any character of one."""
_NONE: Sequence[Sequence[Form]] = ((), ())
_DECODER = msgspec.msgpack.Decoder(ConceptRecord)


def open_terminology(folder: Path, packed: Path = PACKED) -> Terminology:
    """The terminology of the package, expanded into a folder if it is not there yet."""
    version = packed_version(packed)
    terminology = _opened.get(version)
    if terminology is None:
        terminology = Terminology(read_content(folder, packed), version, packed)
        _opened[version] = terminology
    return terminology


class Terminology:
    """Concepts by id and by the stems of their terms. It may be used from several threads."""

    def __init__(self, content: bytes, version: str, packed: Path = PACKED) -> None:
        self.version = version
        sections = Sections(content, packed)
        self._damaged = sections.damaged
        header = sections.header
        self.sources: tuple[SourceCount, ...] = header.sources
        self._records = sections.strings("records", header.concepts)
        self._keys = sections.strings("keys", header.keys)
        self._key_forms = sections.numbers("keys forms", "I", header.keys + 1)
        forms = self._key_forms[-1]
        self._form_concepts = sections.numbers("forms concepts", "I", forms)
        self._form_names = sections.numbers("forms names", "H", forms)
        self._form_flags = sections.numbers("forms flags", "B", forms)
        self._stems = sections.strings("stems", header.stems)
        self._stem_keys = sections.numbers("stems keys", "I", header.stems + 1)
        self._stem_longest = sections.numbers("stems longest", "B", header.stems)
        self._synonyms = sections.strings("synonyms", header.synonyms)
        self._others = sections.strings("synonyms others", header.synonyms)
        self._ids = sections.strings("ids", header.ids)
        self._id_concepts = sections.numbers("ids concepts", "I", header.ids)
        self._start = lru_cache(_STEMS)(self._look_up_start)
        self._pair = lru_cache(_PAIRS)(self._look_up_pair)
        self._forms = lru_cache(_KEYS)(self._read_forms)
        self._record = lru_cache(_RECORDS)(self._read_record)
        self._number = lru_cache(_RECORDS)(self._look_up_number)
        self._concept = lru_cache(_RECORDS)(self._make_concept)

    def forms(self, key: Key) -> list[Form]:
        """The forms with these stems that are certain; none if no term has them."""
        return list(self._flagged(key)[0])

    def ambiguous(self, key: Key) -> list[Form]:
        """The forms with these stems that need another name of the concept in the same article."""
        return list(self._flagged(key)[1])

    def _flagged(self, key: Key) -> Sequence[Sequence[Form]]:
        low, high, longest = self._start(key[0])
        if len(key) > longest:
            return _NONE
        if len(key) > 1:
            low, high = self._pair(key[0], key[1])
        if low == high:
            return _NONE
        wanted = " ".join(key).encode()
        # Of the keys that begin with the same one or two stems, the shortest is the first.
        at = low if len(key) <= _PAIR else bisect_left(self._keys, wanted, low, high)
        return self._forms(at) if at < high and self._keys[at] == wanted else _NONE

    def longest(self, stem: str) -> int:
        """The number of stems in the longest term that begins with this one; 0 if none does."""
        return self._start(stem)[2]

    def has_word(self, stem: str) -> bool:
        """Whether a stem is part of a term."""
        wanted = stem.encode()
        at = bisect_left(self._stems, wanted)
        return at < len(self._stems) and self._stems[at] == wanted

    def synonyms(self, stem: str) -> tuple[str, ...]:
        """The stems of other everyday words for one."""
        wanted = stem.encode()
        at = bisect_left(self._synonyms, wanted)
        if at == len(self._synonyms) or self._synonyms[at] != wanted:
            return ()
        try:
            return tuple(self._others[at].decode().split(" "))
        except UnicodeDecodeError:
            raise self._damaged() from None

    def concept(self, concept_id: str) -> Concept | None:
        """The concept with this id, also if that is its id in another source."""
        number = self._number(concept_id)
        return None if number is None else self._concept(number)

    def broader(self, concept_id: str) -> tuple[str, ...]:
        """The ids of the concepts directly above one."""
        number = self._number(concept_id)
        return () if number is None else self._named(self._record(number).broader)

    def narrower(self, concept_id: str) -> tuple[str, ...]:
        """The ids of the concepts directly below one."""
        number = self._number(concept_id)
        return () if number is None else self._named(self._record(number).narrower)

    def ids(self) -> Iterator[str]:
        """The ids of all concepts."""
        return (self._record(number).id for number in range(len(self._records)))

    def __len__(self) -> int:
        return len(self._records)

    def _look_up_number(self, concept_id: str) -> int | None:
        wanted = concept_id.encode()
        at = bisect_left(self._ids, wanted)
        if at == len(self._ids) or self._ids[at] != wanted:
            return None
        return self._id_concepts[at]

    def _make_concept(self, number: int) -> Concept:
        record = self._record(number)
        return Concept(
            record.id,
            record.label,
            record.terms,
            case=record.case,
            also=record.also,
            broader=self._named(record.broader),
            topic=self._source(record.source),
            source="terminology",
            ambiguous=record.ambiguous,
        )

    def _named(self, numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(self._record(number).id for number in numbers)

    def _source(self, number: int) -> str:
        try:
            return self.sources[number].name
        except IndexError:
            raise self._damaged() from None

    def _look_up_start(self, stem: str) -> tuple[int, int, int]:
        """The first and last place of the keys that begin with a stem, and their longest."""
        wanted = stem.encode()
        at = bisect_left(self._stems, wanted)
        if at == len(self._stems) or self._stems[at] != wanted:
            return 0, 0, 0
        low, high = self._stem_keys[at], self._stem_keys[at + 1]
        if not low <= high <= len(self._keys):
            raise self._damaged()
        return low, high, self._stem_longest[at]

    def _look_up_pair(self, first: str, second: str) -> tuple[int, int]:
        """The first and last place of the keys that begin with two stems."""
        low, high, _ = self._start(first)
        pair = f"{first} {second}".encode()
        low = bisect_left(self._keys, pair, low, high)
        if low == high or not self._keys[low].startswith(pair):
            return 0, 0
        return low, bisect_left(self._keys, pair + _AFTER_SPACE, low, high)

    def _read_forms(self, at: int) -> Sequence[Sequence[Form]]:
        """The certain and the ambiguous forms of a key."""
        low, high = self._key_forms[at], self._key_forms[at + 1]
        if not low <= high <= len(self._form_concepts):
            raise self._damaged()
        forms: Sequence[list[Form]] = ([], [])
        for number in range(low, high):
            forms[bool(self._form_flags[number] & AMBIGUOUS)].append(self._form(number))
        return forms

    def _form(self, number: int) -> Form:
        record = self._record(self._form_concepts[number])
        name, flags = self._form_names[number], self._form_flags[number]
        if name >= len(record.names):
            raise self._damaged()
        term = record.names[name]
        return Form(record.id, term, bool(flags & CASE), family=bool(flags & FAMILY))

    def _read_record(self, number: int) -> ConceptRecord:
        if number >= len(self._records):
            raise self._damaged()
        try:
            return _DECODER.decode(self._records[number])
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self._damaged() from None


_opened: WeakValueDictionary[str, Terminology] = WeakValueDictionary()
"""By version: a generation that takes the place of another does not need the memory twice."""
