"""Questions to begin with, made from the library itself: each shows one thing it can do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from poi_search.article import Article
from poi_search.printed import parse_name
from poi_search.results import SearchRequest
from poi_search.web import evidence

if TYPE_CHECKING:
    from poi_search.library import Library


@dataclass(frozen=True, slots=True)
class Example:
    """A question and what it shows."""

    question: str
    shows: str


def examples(library: Library) -> tuple[Example, ...]:
    """At most one of each kind, from the first article that has what it needs."""
    kinds = (_unprinted, _abbreviated, _pair, _phrase, _misspelt, _paper)
    found = []
    for kind in kinds:
        for view in library.articles():
            article = library.article(view.id)
            example = next(kind(library, article), None) if article else None
            if example and library.search(SearchRequest(q=example.question)).total:
                found.append(example)
                break
    return tuple(found)


def _named(library: Library, article: Article) -> list[str]:
    """The concepts of an article, the most often named first."""
    mentions = library.mentions(article.id).values()
    return [c for c, _ in Counter(m.concept for unit in mentions for m in unit).most_common()]


def _unprinted(library: Library, article: Article) -> Iterator[Example]:
    """A name for a leading concept that the article itself never uses."""
    text = " ".join(unit.text for unit in library.units(article.id)).lower()
    for concept_id in _named(library, article)[:40]:
        concept = library.concept(concept_id)
        if concept is None:
            continue
        for term in concept.terms:
            if re.fullmatch(r"[a-z]+(?: [a-z]+)+", term) and term not in text:
                yield Example(term, f"finds what is printed under other names: {concept.label}")


def _abbreviated(library: Library, article: Article) -> Iterator[Example]:
    """The abbreviation that is used most."""
    text = " ".join(unit.text for unit in library.units(article.id))
    uses = {a: len(re.findall(rf"\b{re.escape(a.short)}\b", text)) for a in article.abbreviations}
    for abbreviation in sorted(uses, key=lambda a: -uses[a])[2:]:
        yield Example(abbreviation.short, f"finds “{abbreviation.long}” too, and says so")


def _pair(library: Library, article: Article) -> Iterator[Example]:
    """The fullest cell of the evidence matrix."""
    cells = evidence.matrix(library, article.id).filled
    for cell in sorted(cells, key=lambda c: -len(c.statements)):
        question = f"{cell.source} {cell.mechanism}".lower()
        yield Example(question, "brings passages and table rows that speak of both to the top")


def _phrase(library: Library, article: Article) -> Iterator[Example]:
    """The name of two plain words that is printed most often."""
    mentions = library.mentions(article.id)
    printed = Counter(
        unit.text[m.start : m.end].lower()
        for unit in library.units(article.id)
        for m in mentions.get(unit.anchor, ())
        if unit.kind != "reference"
    )
    for words, _ in printed.most_common():
        if re.fullmatch(r"[a-z]{5,} [a-z]{5,}", words):
            yield Example(f'"{words}"', "this very phrase, without synonyms")


def _misspelt(library: Library, article: Article) -> Iterator[Example]:
    """A leading word with a letter left out."""
    for concept_id in _named(library, article)[:40]:
        concept = library.concept(concept_id)
        word = concept.label.lower() if concept else ""
        if re.fullmatch(r"[a-z]{9,}", word):
            middle = len(word) // 2
            yield Example(word[:middle] + word[middle + 1 :], "is corrected, and says so")


def _paper(library: Library, article: Article) -> Iterator[Example]:
    """The paper that is cited from most places."""
    units = library.units(article.id)
    cited = Counter(link.number for unit in units for link in unit.citations)
    for number, _ in cited.most_common():
        paper = article.references[number - 1]
        if paper.authors and paper.year:
            family = parse_name(paper.authors[0]).family
            yield Example(f"{family}[au] {paper.year}[dp]", "a paper by author and year")
