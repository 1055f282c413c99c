"""Example questions made from the library itself, each showing a feature of the search."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from poi_search.article import Abbreviation, Article
from poi_search.references.names import family_name
from poi_search.results import Results, SearchRequest, UnitView
from poi_search.web import evidence_page
from poi_search.web.short_forms import ShortForms

if TYPE_CHECKING:
    from poi_search.library import Library

_LEADING = 40
_SLIPS = (r"([a-z])\1", r"\1"), ("ph", "f"), ("y(?!$)", "i"), ("rh", "r")
"""Common misspellings of scientific words: a double letter halved, letters that sound alike."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and what it demonstrates."""

    question: str
    shows: str


@dataclass(frozen=True)
class _ExampleSource:
    """An article with the data from which questions are made."""

    library: Library
    article: Article

    @cached_property
    def units(self) -> list[UnitView]:
        return self.library.units(self.article.id)

    @cached_property
    def text(self) -> str:
        return "\n".join(unit.text for unit in self.units)

    @cached_property
    def forms(self) -> Mapping[str, Counter[str]]:
        """The words that name each concept, with their counts, references excluded."""
        mentions = self.library.mentions(self.article.id)
        forms: dict[str, Counter[str]] = {}
        for unit in self.units:
            if unit.kind != "reference":
                for m in mentions.get(unit.anchor, ()):
                    forms.setdefault(m.concept, Counter())[unit.text[m.start : m.end]] += 1
        return dict(sorted(forms.items(), key=lambda item: -item[1].total()))

    @cached_property
    def cells(self) -> list[evidence_page.MatrixCell]:
        """The cells of the evidence matrix, the fullest first."""
        cells = evidence_page.matrix(self.library, self.article.id).filled_cells
        return sorted(cells, key=lambda cell: -len(cell.statements))

    def search(self, question: str) -> Results:
        return self.library.search(SearchRequest(q=question))


def examples(library: Library) -> tuple[Example, ...]:
    """At most one example of each kind, with results, from different articles if possible."""
    articles = (library.article(view.id) for view in library.articles())
    sources = [_ExampleSource(library, article) for article in articles if article]
    kinds = (_unprinted_name, _whole_question, _pair, _misspelt_word, _phrase, _paper)
    found = []
    for position, kind in enumerate(kinds):
        start = position % max(1, len(sources))
        candidates = (e for source in sources[start:] + sources[:start] for e in kind(source))
        example = next((e for e in candidates if sources[0].search(e.question).total), None)
        found += [example] if example else []
    return tuple(found)


def _unprinted_name(source: _ExampleSource) -> Iterator[Example]:
    """A name of a frequent concept that shares no word with the names in print."""
    text = source.text.lower()
    for concept_id, forms in list(source.forms.items())[:_LEADING]:
        concept = source.library.concept(concept_id)
        known = {word[:4] for form in forms for word in re.findall(r"\w+", form.lower())}
        for term in concept.terms if concept else ():
            new = not known & {word[:4] for word in term.split()}
            if new and re.fullmatch(r"[a-z]{4,} [a-z]{4,}", term) and term not in text:
                yield Example(term, f"finds {_two_forms(forms)}, the terms in print")


def _whole_question(source: _ExampleSource) -> Iterator[Example]:
    """A full sentence about a source other than that of the fullest cell."""
    for cell in [c for c in source.cells if c.source != source.cells[0].source]:
        question = f"How do {cell.source.lower()} affect {_topic(cell)}?"
        yield Example(question, "a whole question: only its subject is searched")
    for forms in list(source.forms.values())[2:_LEADING]:
        topic = forms.most_common(1)[0][0].lower()
        if re.fullmatch(r"[a-z]{4,} [a-z]{4,}s", topic):
            yield Example(f"What is known about {topic}?", "a whole question works too")


def _pair(source: _ExampleSource) -> Iterator[Example]:
    """The fullest cell of the evidence matrix, with the shortest name of its source; else the
    most frequent abbreviation."""
    for cell in source.cells:
        names = [
            form
            for concept_id, forms in source.forms.items()
            if (concept := source.library.concept(concept_id)) and concept.label == cell.source
            for form in forms
        ]
        question = f"{min(names, key=len, default=cell.source)} {_topic(cell)}"
        yield Example(question, "ranks passages and table rows that mention both first")
    short = _short(source)
    uses = Counter(form for _, form in ShortForms(a.short for a in short).find(source.text))
    for abbreviation in sorted(short, key=lambda a: -uses[a.short]):
        yield Example(abbreviation.short, f"also finds “{abbreviation.long}”")


def _misspelt_word(source: _ExampleSource) -> Iterator[Example]:
    """A frequent word with a typical misspelling that the search corrects."""
    words = Counter[str]()
    for forms in source.forms.values():
        for form, count in forms.items():
            if re.fullmatch(r"[a-z]{8,}", form):
                words[form] += count
    for pattern, slip in _SLIPS:
        for word, _ in words.most_common(_LEADING):
            wrong = re.sub(pattern, slip, word, count=1)
            if wrong != word and _is_corrected(source.search(wrong), word):
                yield Example(wrong, f"is corrected to “{word}”, and the page says so")


def _phrase(source: _ExampleSource) -> Iterator[Example]:
    """The most frequent name of two plain words."""
    names: Counter[str] = sum(source.forms.values(), Counter[str]())
    for words, _ in names.most_common():
        if re.fullmatch(r"[a-z]{5,} [a-z]{5,}", words):
            yield Example(f'"{words}"', "in quotation marks: this exact phrase, no synonyms")


def _paper(source: _ExampleSource) -> Iterator[Example]:
    """The most cited paper that its author and year put first."""
    cited = Counter(link.number for unit in source.units for link in unit.citations)
    for number, _ in cited.most_common(_LEADING):
        paper = source.article.references[number - 1]
        if not (paper.names and paper.year):
            continue
        family = family_name(paper.names[0])
        for question in (f"{family} {paper.year}", f"{family}[au] {paper.year}[dp]"):
            first = source.search(question).results[:1]
            if len(family) > 3 and [hit.id for hit in first] == [_id(source, number)]:
                yield Example(question, "a paper by author and year, and where it is cited")


def _id(source: _ExampleSource, number: int) -> str:
    return f"{source.article.id}/ref-{number}"


def _topic(cell: evidence_page.MatrixCell) -> str:
    """The first topic in the label of a matrix column."""
    return cell.mechanism.partition(" and ")[0].lower()


def _short(source: _ExampleSource) -> list[Abbreviation]:
    return [a for a in source.article.abbreviations if 2 <= len(a.short) <= 8]


def _is_corrected(results: Results, word: str) -> bool:
    return any(c.to == word for c in results.query.corrections)


def _two_forms(forms: Counter[str]) -> str:
    """The two most frequent words, ignoring case and number."""
    seen: dict[str, str] = {}
    for form, _ in forms.most_common():
        seen.setdefault(form.lower().rstrip("s"), form)
    return " and ".join(f"“{form}”" for form in list(seen.values())[:2])
