"""As-you-type suggestions: what a beginning may become, from prepared sorted lists."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from poi_search.index.units import reference_url
from poi_search.query.lexer import QUOTES
from poi_search.references import links
from poi_search.references.names import short_name
from poi_search.results import Suggestion
from poi_search.search.snapshot import Snapshot
from poi_search.text.analysis import fold

_QUOTE = re.compile(f"[{QUOTES}]")
_MOST_READ = 400
"""Entries looked at for one beginning: enough for short ones, and bounded."""
_OFTEN = 1000
_LABEL, _TERM, _SECTION, _AUTHOR, _TITLE = 0, _OFTEN + 1, _OFTEN + 2, _OFTEN + 3, _OFTEN + 4
"""Ranks: a concept's label, its other terms (the more often it is mentioned the sooner), …"""


class Entry(NamedTuple):
    """`suggestion` comes where `text` begins as typed, those of low `rank` first; of the entries
    for one `thing` only one is suggested."""

    text: str
    rank: int
    thing: str
    suggestion: Suggestion


class Suggester:
    """Beginnings of terms, headings, names and titles. `suggest` is a look-up in a sorted list.

    Each entry is known by its own words and by those after each of its words, so that
    'granulosa' finds 'human granulosa cells'.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        keys: list[tuple[str, int, int, int]] = []
        self._entries: list[Entry] = []
        for entry in entries:
            words = fold(entry.text).split()
            place = len(self._entries)
            self._entries.append(entry)
            keys += [
                (" ".join(words[at:]), min(at, 1), entry.rank, place) for at in range(len(words))
            ]
        self._keys = sorted(keys)

    def suggest(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """At most `limit`, those that begin with the text first, at most half of one kind."""
        wanted = fold(text)
        if not wanted:
            return ()
        start = bisect_left(self._keys, (wanted,))
        found = []
        for key, inside, rank, place in self._keys[start : start + _MOST_READ]:
            if not key.startswith(wanted):
                break
            found.append((inside, rank, len(key), place))
        chosen: dict[str, Suggestion] = {}
        held: Counter[str] = Counter()
        for *_, place in sorted(found):
            _, _, thing, suggestion = self._entries[place]
            if thing not in chosen and held[suggestion.kind] < (limit + 1) // 2:
                held[suggestion.kind] += 1
                chosen[thing] = suggestion
        return tuple(chosen.values())[:limit]

    @classmethod
    def of(cls, library: Snapshot) -> Suggester:
        return cls([*_concepts(library), *_sections(library), *_references(library)])


def _concepts(library: Snapshot) -> Iterable[Entry]:
    """Concepts that the library mentions, by each of their terms."""
    mentioned = library.reader.vocabulary("concept")
    for concept in library.thesaurus.concepts.values():
        if concept.id not in mentioned:
            continue
        label = links.concept_source(concept.id) or concept.source
        for term in dict.fromkeys((concept.label, *concept.terms, *concept.case)):
            same = fold(term) == fold(concept.label)
            shown = concept.label if same else f"{term} → {concept.label}"
            rank = _LABEL if same else _TERM - min(mentioned[concept.id], _OFTEN)
            url = links.concept_url(concept.id)
            yield Entry(term, rank, concept.id, Suggestion("concept", shown, label, term, url))


def _sections(library: Snapshot) -> Iterable[Entry]:
    for detail in library.details.values():
        for section in detail.sections:
            label = f"section {section.number}" if section.number else "section"
            url = f"{detail.url}#{section.anchor}"
            suggestion = Suggestion("section", section.title, label, section.title, url)
            yield Entry(section.title, _SECTION, url, suggestion)


def _references(library: Snapshot) -> Iterable[Entry]:
    for article_id in library.details:
        kept = library.kept(article_id)
        for reference in kept.article.references if kept else ():
            label = f"reference {reference.number}"
            title, url = reference.title, reference_url(article_id, reference.number)
            if title:
                quoted = f'"{_QUOTE.sub(" ", title)}"'
                yield Entry(title, _TITLE, url, Suggestion("title", title, label, quoted, url))
            for author in map(short_name, reference.names):
                value = f'author:"{author}"'
                yield Entry(author, _AUTHOR, value, Suggestion("author", author, "author", value))
