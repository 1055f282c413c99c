"""As-you-type suggestions: what a beginning may become, from prepared sorted lists."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

from poi_search import links
from poi_search.analysis import fold
from poi_search.results import Suggestion

if TYPE_CHECKING:
    from poi_search.snapshot import Snapshot

_MOST_READ = 400
"""Entries looked at for one beginning: enough for short ones, and bounded."""


class Suggester:
    """Beginnings of terms, headings, names and titles. `suggest` is a look-up in a sorted list.

    Each entry is known by its own words and by those after each of its words, so that
    'granulosa' finds 'human granulosa cells'.
    """

    def __init__(self, entries: Iterable[tuple[str, int, Suggestion]]) -> None:
        """`entries` are (text to begin with, rank among its likes, suggestion)."""
        keys: list[tuple[str, int, int, int]] = []
        self._suggestions: list[Suggestion] = []
        for text, rank, suggestion in entries:
            words = fold(text).split()
            place = len(self._suggestions)
            self._suggestions.append(suggestion)
            keys += [(" ".join(words[at:]), min(at, 1), rank, place) for at in range(len(words))]
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
        chosen: dict[tuple[str, str], Suggestion] = {}
        held: dict[str, int] = {}
        for *_, place in sorted(found):
            suggestion = self._suggestions[place]
            mark = (suggestion.kind, suggestion.value)
            if mark in chosen or held.get(suggestion.kind, 0) >= (limit + 1) // 2:
                continue
            held[suggestion.kind] = held.get(suggestion.kind, 0) + 1
            chosen[mark] = suggestion
        return tuple(chosen.values())[:limit]

    @classmethod
    def of(cls, library: Snapshot) -> Suggester:
        return cls([*_concepts(library), *_sections(library), *_references(library)])


def _concepts(library: Snapshot) -> Iterable[tuple[str, int, Suggestion]]:
    """Concepts that the library mentions, by each of their terms."""
    mentioned = library.reader.vocabulary("concept")
    for concept in library.thesaurus.concepts.values():
        if concept.id not in mentioned:
            continue
        label = links.concept_source(concept.id) or concept.source
        for term in dict.fromkeys((concept.label, *concept.terms, *concept.case)):
            same = fold(term) == fold(concept.label)
            shown = concept.label if same else f"{term} → {concept.label}"
            yield term, 0, Suggestion("concept", shown, label, term, links.concept_url(concept.id))


def _sections(library: Snapshot) -> Iterable[tuple[str, int, Suggestion]]:
    for detail in library.details.values():
        for section in detail.sections:
            label = f"section {section.number}" if section.number else "section"
            url = f"{detail.url}#{section.anchor}"
            yield section.title, 1, Suggestion("section", section.title, label, section.title, url)


def _references(library: Snapshot) -> Iterable[tuple[str, int, Suggestion]]:
    for article_id in library.details:
        kept = library.kept(article_id)
        for reference in kept.article.references if kept else ():
            label = f"reference {reference.number}"
            url = f"{library.details[article_id].url}/references/{reference.number}"
            if reference.title:
                yield (
                    reference.title,
                    3,
                    Suggestion("title", reference.title, label, f'"{reference.title}"', url),
                )
            for author in reference.authors:
                yield author, 2, Suggestion("author", author, "author", f'author:"{author}"')
