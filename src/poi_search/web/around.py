"""Why a unit was found that has none of the words itself: they stand in what is around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from poi_search.results import HitView, QueryView
from poi_search.text.analysis import stems
from poi_search.text.function_words import content_mask, is_sentence

if TYPE_CHECKING:
    from poi_search.library import Library

_OPERATORS = frozenset({"and", "or", "not"})
_SHOWN = 3
_PART = re.compile(r'"[^"]*"|[^\s()"]+')


Names = Mapping[str, Sequence[tuple[str, ...]]]
"""Names as stems, by the first of them."""


@dataclass(frozen=True)
class Around:
    """Explains the hits of one question, each by calling it with the hit."""

    library: Library
    query: QueryView

    def __call__(self, hit: HitView) -> str:
        """What around a hit names something of the question: 'the caption of the table'.

        '' for a hit that has marks of its own, and where no word was asked.
        """
        if hit.matches or not self._names:
            return ""
        found = [what for what, text in _surroundings(hit) if _named(self._names, text)]
        papers = [link.label for link in hit.citations if _named(self._names, self._paper(link.id))]
        if papers:
            more = f" and {len(papers) - _SHOWN} more" if len(papers) > _SHOWN else ""
            found.append(f"what it cites: {'; '.join(papers[:_SHOWN])}{more}")
        *all_but_last, last = dict.fromkeys(found) or [""]
        return " and ".join(filter(None, (", ".join(all_but_last), last)))

    @cached_property
    def _names(self) -> Names:
        """The words of the question and every name of its concepts."""
        parts = _PART.findall(self.query.searched.lower())
        mask = content_mask(parts, is_sentence(self.query.searched))
        texts = {part for part, kept in zip(parts, mask, strict=True) if kept} - _OPERATORS
        texts = {text for text in texts if text[0] != "-" and not re.search(r"[:\[]", text)}
        for view in self.query.concepts:
            for concept_id in self.library.narrower(view.id):
                concept = self.library.concept(concept_id)
                texts |= {*concept.terms, *concept.case} if concept else set()
        names: dict[str, list[tuple[str, ...]]] = {}
        for name in filter(None, map(stems, texts)):
            names.setdefault(name[0], []).append(name)
        return names

    def _paper(self, unit_id: str) -> str:
        unit = self.library.unit(unit_id)
        if unit is None or not unit.reference:
            return ""
        about = unit.reference
        return " ".join((*about.authors, str(about.year or ""), about.title))


def _surroundings(hit: HitView) -> Iterator[tuple[str, str]]:
    if hit.table:
        yield "the caption of the table", " · ".join((hit.table.caption, *hit.table.header))
    if hit.section:
        yield "the heading of the section", " · ".join(hit.section.path)
    for note in hit.notes:
        yield "an editorial note", note.text


def _named(names: Names, text: str) -> bool:
    there = stems(text)
    return any(
        there[at : at + len(name)] == name
        for at, stem in enumerate(there)
        for name in names.get(stem, ())
    )
