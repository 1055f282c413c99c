"""Suggestions as you type: completions of a prefix, looked up in a sorted list."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from poi_search.index.units import reference_url
from poi_search.query.tokens import QUOTES
from poi_search.references import links
from poi_search.references.names import short_name
from poi_search.results import Suggestion
from poi_search.search.snapshot import Snapshot
from poi_search.text.analysis import fold

_QUOTE = re.compile(f"[{QUOTES}]")
_MOST_READ = 400
"""The most entries considered for one prefix: enough for short ones, and bounded."""
_OFTEN = 1000
_LABEL, _TERM, _SECTION, _AUTHOR, _TITLE = 0, _OFTEN + 1, _OFTEN + 2, _OFTEN + 3, _OFTEN + 4
"""Ranks: a concept's label, its other terms (frequently mentioned concepts first), …"""


class Completion(NamedTuple):
    """An entry: `suggestion` is made if `text` begins as typed; a lower `rank` comes first.

    Only one of the entries for the same `thing` is suggested.
    """

    text: str
    rank: int
    thing: str
    suggestion: Suggestion


class Suggester:
    """Completes terms, headings, names and titles by look-up in a sorted list.

    An entry is found by any of its words and those that follow, so that 'granulosa' finds
    'human granulosa cells'.
    """

    def __init__(self, entries: Iterable[Completion]) -> None:
        keys: list[tuple[str, int, int, int]] = []
        self._entries: list[Completion] = []
        for entry in entries:
            words = fold(entry.text).split()
            place = len(self._entries)
            self._entries.append(entry)
            keys += [
                (" ".join(words[at:]), min(at, 1), entry.rank, place) for at in range(len(words))
            ]
        self._keys = sorted(keys)

    def suggest(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """At most `limit` suggestions: matches at the start first, at most half of one kind."""
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
        per_kind: Counter[str] = Counter()
        for *_, place in sorted(found):
            _, _, thing, suggestion = self._entries[place]
            if thing not in chosen and per_kind[suggestion.kind] < (limit + 1) // 2:
                per_kind[suggestion.kind] += 1
                chosen[thing] = suggestion
        return tuple(chosen.values())[:limit]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Suggester:
        return cls([*_concepts(snapshot), *_sections(snapshot), *_references(snapshot)])


def _concepts(snapshot: Snapshot) -> Iterable[Completion]:
    """Concepts that the library mentions, by each of their terms."""
    concepts = snapshot.thesaurus.concepts
    mentioned = snapshot.reader.frequencies("concept", concepts)
    for concept in concepts.values():
        if concept.id not in mentioned:
            continue
        label = links.concept_source(concept.id) or concept.source
        for term in dict.fromkeys((concept.label, *concept.names)):
            same = fold(term) == fold(concept.label)
            shown = concept.label if same else f"{term} → {concept.label}"
            rank = _LABEL if same else _TERM - min(mentioned[concept.id], _OFTEN)
            url = links.concept_url(concept.id)
            yield Completion(term, rank, concept.id, Suggestion("concept", shown, label, term, url))


def _sections(snapshot: Snapshot) -> Iterable[Completion]:
    for detail in snapshot.details.values():
        for section in detail.sections:
            label = f"section {section.number}" if section.number else "section"
            url = f"{detail.url}#{section.anchor}"
            suggestion = Suggestion("section", section.title, label, section.title, url)
            yield Completion(section.title, _SECTION, url, suggestion)


def _references(snapshot: Snapshot) -> Iterable[Completion]:
    for article_id in snapshot.details:
        stored = snapshot.article(article_id)
        for reference in stored.article.references if stored else ():
            label = f"reference {reference.number}"
            title, url = reference.title, reference_url(article_id, reference.number)
            if title:
                quoted = f'"{_QUOTE.sub(" ", title)}"'
                yield Completion(title, _TITLE, url, Suggestion("title", title, label, quoted, url))
            for author in map(short_name, reference.names):
                value = f'author:"{author}"'
                yield Completion(
                    author, _AUTHOR, value, Suggestion("author", author, "author", value)
                )
