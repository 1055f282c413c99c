"""How right web pages of publishers are read, page by page.

    python benchmarks/pages.py FOLDER [FACTS.toml]

The JATS of the same article in the folder (same stem, or same DOI) is the truth. Of other pages
only what `FACTS.toml` states of them is known: title, abstract, references, rows; then an entry
counts as right if it has a title or year at all, and a citation is right if its entry is cited.
"""

from __future__ import annotations

import re
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from review import ROOT

from poi_search.article import Article, Paragraph, Prose, ReadError, Section, Table
from poi_search.readers import html, jats

FACTS = ROOT / "tests" / "data" / "page-facts.toml"
_LINK_WORDS = re.compile(
    r"\b(?:cookies?|sign in|log ?in|subscribe|download|share|google scholar|crossref|pubmed"
    r"|permissions?|add to|export|email|alerts?|view (?:article|all|large)|twitter|facebook)\b",
    re.IGNORECASE,
)
Count = tuple[int, int]


@dataclass(slots=True)
class Measures:
    """Of each measure, how many are right of how many."""

    counts: dict[str, Count] = field(default_factory=dict)

    def add(self, name: str, right: int, of: int) -> None:
        self.counts[name] = (right, of)


def main(folder: Path, facts: Path = FACTS) -> None:
    known = tomllib.loads(facts.read_text("utf-8")) if facts.exists() else {}
    truths = [(path.stem, _jats(path)) for path in sorted(folder.glob("*.xml"))]
    sums: Counter[str] = Counter()
    names: list[str] = []
    for path in sorted(folder.glob("*.html")):
        stated = known.get(path.stem, {})
        try:
            article = html.read(path.read_bytes(), path.name, "page")
        except ReadError as error:
            right = stated.get("refused", False)
            print(f"{path.stem[:34]:34} {'refused' if right else 'REFUSED'}: {error.problem}")
            sums["refused"] += right
            sums["all refused"] += 1
            continue
        truth = next((one for stem, one in truths if _same(stem, one, path.stem, article)), None)
        measures = compare(article, truth) if truth else judge(article, stated)
        if stated.get("refused"):
            print(f"{path.stem[:34]:34} read, though it is not the text of an article")
            sums["all refused"] += 1
            continue
        names = list(measures.counts)
        print(f"{path.stem[:34]:34} " + "  ".join(_cells(measures)))
        for name, (right, of) in measures.counts.items():
            sums[name] += right
            sums[f"all {name}"] += of
    for name in (*names, "refused"):
        print(f"{name:12} {sums[name]:6} of {sums[f'all {name}']}")


def _cells(measures: Measures) -> Iterator[str]:
    for name, (right, of) in measures.counts.items():
        yield f"{name} {right}/{of}"


def _jats(path: Path) -> Article:
    return jats.read(path.read_bytes(), path.name, "truth")


def _same(stem: str, truth: Article, page: str, article: Article) -> bool:
    return stem == page or (bool(article.doi) and article.doi.lower() == truth.doi.lower())


def compare(article: Article, truth: Article) -> Measures:
    """The page against the JATS of the same article."""
    found = Measures()
    found.add("title", _bare(article.title) == _bare(truth.title), 1)
    printed = _bare(" ".join(_texts(_abstracts(truth))))
    read = _bare(" ".join(_texts(_abstracts(article))))
    found.add("abstract", _alike(read, printed), 1)
    passages = list(_passages(article))
    whole = _bare(" ".join((*_texts(truth.sections), *(one.text for one in truth.statements))))
    shingles = _shingles(whole)
    found.add(
        "furniture", sum(not _within(one, whole, shingles) for one in passages), len(passages)
    )
    ours = _bare(" ".join((*_texts(article.sections), *(s.text for s in article.statements))))
    theirs = list(_passages(truth))
    parts = _shingles(ours)
    found.add("paragraphs", sum(_within(one, ours, parts) for one in theirs), len(theirs))
    same = len(article.references) == len(truth.references)
    found.add("list", same, 1)
    pairs = list(zip(article.references, truth.references, strict=False)) if same else []
    total = truth.references
    titled = [(a, b) for a, b in pairs if b.title]
    found.add("years", sum(a.year == b.year for a, b in pairs), sum(bool(b.year) for b in total))
    found.add(
        "titles",
        sum(_bare(a.title) == _bare(b.title) for a, b in titled),
        sum(bool(b.title) for b in total),
    )
    known, ours_cited = _cited(truth), _cited(article)
    right = sum((known & ours_cited).values())
    found.add("citations", right, known.total())
    found.add("cited", right >= 0.95 * known.total() and ours_cited.total() <= right * 1.05, 1)
    rows, read_rows = Counter(_rows(truth)), Counter(_rows(article))
    shown = Counter(row for row in rows if row in read_rows)
    held = sum((rows & read_rows).values()) if shown else 0
    found.add("rows", held, rows.total() if read_rows or not rows else 0)
    return found


def judge(article: Article, facts: dict[str, Any]) -> Measures:
    """The page against what is known of it."""
    found = Measures()
    title = facts.get("title", "")
    found.add("title", bool(title) and _bare(article.title) == _bare(title), 1)
    read = _bare(" ".join(_texts(_abstracts(article))))
    begin, end = _bare(facts.get("abstract", "")), _bare(facts.get("abstract_end", ""))
    once = begin in read and read.count(begin) == 1 and end in read if begin else not read
    found.add("abstract", once, 1)
    passages = list(_passages(article))
    found.add("furniture", sum(map(_looks_like_furniture, passages)), len(passages))
    found.add("paragraphs", 0, 0)
    number = facts.get("references", 0)
    references = article.references
    found.add("list", len(references) == number, 1)
    found.add("years", sum(bool(one.year) for one in references[:number]), number)
    titled = 0 if facts.get("untitled") else number
    found.add("titles", sum(bool(one.title) for one in references[:titled]), titled)
    cited = {number for _, number in _cited(article)}
    found.add("citations", min(len(cited), number), number)
    found.add("cited", len(cited) >= 0.95 * number, 1)
    tables = [b for s in article.sections for b in s.blocks if isinstance(b, Table) and b.rows]
    rows = [len(table.rows) for table in tables]
    stated = [number for number in facts.get("rows", []) if number]
    held = sum((Counter(rows) & Counter(stated)).values())
    found.add("rows", held, max(len(stated), len(rows)))
    return found


def _looks_like_furniture(text: str) -> bool:
    words = len(text.split())
    return words <= 4 or (words <= 12 and _LINK_WORDS.search(text) is not None)


def _abstracts(article: Article) -> list[Section]:
    return [one for one in article.sections if one.anchor.startswith("abstract")]


def _prose(section: Section) -> Iterator[Prose]:
    for block in section.blocks:
        yield block.prose if isinstance(block, Paragraph) else block.caption
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row.cells)
            yield from [block.notes.prose] if block.notes else []


def _texts(sections: list[Section] | tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield section.title
        for block in section.blocks:
            yield block.heading if isinstance(block, Paragraph) else block.label
        yield from (prose.text for prose in _prose(section))


def _passages(article: Article) -> Iterator[str]:
    """The running text: paragraphs and captions."""
    for section in article.sections:
        for block in section.blocks:
            text = block.prose.text if isinstance(block, Paragraph) else block.caption.text
            if text:
                yield text


def _cited(article: Article) -> Counter[tuple[str, int]]:
    """Each reference with the beginning of the passage that cites it."""
    found: Counter[tuple[str, int]] = Counter()
    for section in article.sections:
        for prose in _prose(section):
            for citation in prose.citations:
                found.update((_bare(prose.text)[:24], number) for number in citation.numbers)
    return found


def _rows(article: Article) -> Iterator[str]:
    for section in article.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    yield "|".join(_bare(cell.text) for cell in row.cells)


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())


_WIDTH = 24


def _shingles(bare: str) -> set[str]:
    return {bare[at : at + _WIDTH] for at in range(len(bare) - _WIDTH + 1)}


def _within(text: str, whole: str, shingles: set[str]) -> bool:
    """Whether most of a passage is in the text of the article."""
    bare = _bare(text)
    if len(bare) < 2 * _WIDTH:
        return bare in whole
    parts = [bare[at : at + _WIDTH] for at in range(0, len(bare) - _WIDTH, 8)]
    return sum(part in shingles for part in parts) >= 0.6 * len(parts)


def _alike(read: str, printed: str) -> bool:
    """Whether a text has nine tenths of another, and little else."""
    if not printed:
        return not read
    parts = _shingles(printed)
    share = len(parts & _shingles(read)) / max(1, len(parts))
    return share >= 0.9 and len(read) <= 1.3 * len(printed)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
