"""How much of an article is read right from its PDF? Counts, compared with a better source.

    python benchmarks/papers.py FOLDER [--layouts FOLDER]

In FOLDER, each `name.pdf` has beside it what says what is right: the same article as `name.xml`
(JATS) or `name.html`, or facts in `name.facts` (TOML), which come before these: `title`, `year`,
`doi`, `headings`, and of each `[[reference]]` its `number`, `text`, `title` and `year`. With
--layouts, the layout of each PDF is kept there and not converted again.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
from rapidfuzz import fuzz, process

from poi_search.article import Article, Paragraph, Prose, Reference, Table
from poi_search.readers import pdf, read_article
from poi_search.readers.author_year import cite_by_author_and_year
from poi_search.readers.back_matter import arrange_back_matter
from poi_search.readers.pdf.page_text import pages_text
from poi_search.readers.pdf.worker_process import convert_layout
from poi_search.readers.pdftext.part_labels import ArticlePart, read_label
from poi_search.readers.untagged import prose_texts

ALIKE = 95  # of a hundred; symbols, and what is raised, differ between the sources
MEASURES = (
    "title", "year", "doi", "headings", "paragraphs", "one passage", "references",
    "reference titles", "reference years", "citations", "table rows",
)  # fmt: skip


@dataclass
class Tally:
    """How many of how many are right, for each measure."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)

    def add(self, measure: str, right: int, of: int) -> None:
        self.right[measure] += right
        self.of[measure] += of

    def cells(self) -> list[str]:
        return [f"{self.right[one]}/{self.of[one]}" if self.of[one] else "–" for one in MEASURES]


def main(folder: Path, layouts: Path | None) -> None:
    total = Tally()
    print(" | ".join(("article", *MEASURES)))
    for path in sorted(folder.glob("*.pdf")):
        tally = measure(path, layouts)
        total.right += tally.right
        total.of += tally.of
        print(" | ".join((path.stem[:24], *tally.cells())))
    print(" | ".join(("all", *total.cells())))


def measure(path: Path, layouts: Path | None) -> Tally:
    found = read_pdf(path, layouts)
    facts = path.with_suffix(".facts")
    known = tomllib.loads(facts.read_text(encoding="utf-8")) if facts.is_file() else {}
    sources = (path.with_suffix(suffix) for suffix in (".xml", ".html"))
    better = next((read_article(each) for each in sources if each.is_file()), None)
    truth = better or Article("truth", "")
    tally = Tally()
    compare_facts(tally, found, known, truth)
    printed = known.get("headings") or [
        one.title for one in truth.sections if one.title and not is_statement(one.title)
    ]
    tally.add("headings", sum(bare(each) in headings(found) for each in printed), len(printed))
    listed = [msgspec.convert(each, Reference) for each in known.get("reference", ())]
    if known.get("headings"):  # a page may have much else
        named = {bare(each) for each in printed}
        sections = tuple(each for each in truth.sections if bare(each.title) in named)
        truth = replace(truth, sections=sections)
    compare_text(tally, found, truth)
    compare_references(tally, found, listed or truth.references, truth)
    return tally


def is_statement(title: str) -> bool:
    """Whether a heading announces a statement, which is kept apart from the text."""
    label = read_label(title)
    return label is not None and label.part is ArticlePart.MATTER


def read_pdf(path: Path, layouts: Path | None) -> Article:
    kept = layouts / f"{path.stem}.json" if layouts else None
    if kept and kept.is_file():
        layout = json.loads(kept.read_bytes())
    else:
        layout = convert_layout(path.read_bytes(), path.name)
        if kept:
            kept.write_text(json.dumps(layout), encoding="utf-8")
    read = pdf.read_converted(pages_text(layout), path.name, "paper")
    return arrange_back_matter(cite_by_author_and_year(read))


def compare_facts(tally: Tally, found: Article, known: Mapping[str, Any], truth: Article) -> None:
    for name in ("title", "year", "doi"):
        right = known.get(name, getattr(truth, name))
        if right:
            tally.add(name, bare(str(getattr(found, name))) == bare(str(right)), 1)


def headings(article: Article) -> set[str]:
    """The titles of its sections, and the words that stand before a paragraph."""
    titles = {bare(section.title) for section in article.sections}
    return titles | {bare(one.heading) for one in paragraphs(article)}


def compare_text(tally: Tally, found: Article, truth: Article) -> None:
    passages = [bare(text_alone(one.prose)) for one in paragraphs(found)]
    passages += [bare(one.text) for one in found.statements]
    whole = one_passage = count = 0
    for one in paragraphs(truth):
        text = bare(text_alone(one.prose))
        if len(text) < 40:
            continue
        count += 1
        best = process.extractOne(text, passages, scorer=fuzz.ratio, score_cutoff=ALIKE)
        one_passage += best is not None
        whole += best is not None or any(
            len(passage) >= len(text) and fuzz.partial_ratio(text, passage) >= ALIKE
            for passage in passages
        )
    tally.add("paragraphs", whole, count)
    tally.add("one passage", one_passage, count)
    tally.add("table rows", min(rows(found), rows(truth)), rows(truth))


def compare_references(
    tally: Tally, found: Article, listed: Sequence[Reference], truth: Article
) -> None:
    """Compare the entries that are the same work, and which of them the texts cite."""
    same = dict(same_works(found.references, listed))
    count = len(listed)
    tally.add("references", len(same), count)
    pairs = [(found_one, right) for right in listed if (found_one := same.get(right.number))]
    titled = sum(bool(one.title) for one in listed)
    dated = sum(bool(one.year) for one in listed)
    tally.add("reference titles", sum(
        bool(right.title) and fuzz.ratio(bare(one.title), bare(right.title)) >= ALIKE
        for one, right in pairs), titled)  # fmt: skip
    tally.add("reference years", sum(
        bool(right.year) and one.year == right.year for one, right in pairs), dated)  # fmt: skip
    number = {one.number: right.number for one, right in pairs}
    cited = Counter(number[each] for each in citations(found) if each in number)
    right_ones = Counter(citations(truth))
    tally.add("citations", (cited & right_ones).total(), right_ones.total())


def same_works(
    found: Iterable[Reference], truth: Iterable[Reference]
) -> Iterator[tuple[int, Reference]]:
    """The number of each work of the truth that was found, with its entry."""
    left = {one.number: bare(one.text) for one in found}
    by_number = {one.number: one for one in found}
    for right in truth:
        title = bare(right.title)
        names = "".join(bare(name.family or name.body) for name in right.names[:1])
        entry = bare(right.text)
        for number, text in left.items():
            if title and len(title) > 15:
                is_same = fuzz.partial_ratio(title, text) >= ALIKE and text.startswith(names[:4], 0)
                is_same = is_same or title in text
            else:
                is_same = fuzz.ratio(entry, text) >= 80
            if is_same and len(text) < 2 * len(entry) + 200:
                yield right.number, by_number[number]
                del left[number]
                break


def paragraphs(article: Article) -> Iterator[Paragraph]:
    for section in article.sections:
        yield from (block for block in section.blocks if isinstance(block, Paragraph))


def rows(article: Article) -> int:
    blocks = (block for section in article.sections for block in section.blocks)
    return sum(len(block.rows) for block in blocks if isinstance(block, Table))


def citations(article: Article) -> list[int]:
    """The number of the work of every citation in running text."""
    return [
        number
        for prose in prose_texts(article.sections)
        for citation in prose.citations
        for number in citation.numbers
    ]


def text_alone(prose: Prose) -> str:
    """A text without its numbered markers."""
    text = prose.text
    for one in reversed(prose.citations):
        if not any(map(str.isalpha, text[one.start : one.end])):
            text = text[: one.start] + text[one.end :]
    return text


def bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


if __name__ == "__main__":
    given = sys.argv[1:]
    keep = Path(given[given.index("--layouts") + 1]) if "--layouts" in given else None
    main(Path(given[0]), keep)
