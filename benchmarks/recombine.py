"""A corpus of any size from a few real articles: their sentences, recombined at random."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from poi_search.article import Article, Paragraph, Prose, ReadError
from poi_search.readers import read_article
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.text.sentences import sentences

SECTIONS, PARAGRAPHS, REFERENCES = 16, 5, 20
UNITS = SECTIONS * PARAGRAPHS + REFERENCES
"""The number of units per article."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The material to draw from: sentences, headings and references as printed."""

    sentences: tuple[str, ...]
    headings: tuple[str, ...]
    references: tuple[str, ...]


def pool(folder: Path) -> Pool:
    """The material in the articles of a folder; other files are skipped."""
    articles = list(_articles(folder))
    texts = [text for article in articles for text in _paragraphs(article)]
    found = [text[start:end] for text in texts for start, end in sentences(text)]
    return Pool(
        tuple(sentence for sentence in found if 40 <= len(sentence) <= 400),
        tuple(section.title for article in articles for section in article.sections),
        tuple(reference.text for article in articles for reference in article.references),
    )


def _articles(folder: Path) -> Iterator[Article]:
    for path in sorted(folder.iterdir()):
        try:
            yield read_article(path)
        except ReadError:
            continue


def _paragraphs(article: Article) -> Iterator[str]:
    for section in article.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield _without_markers(block.prose)


def _without_markers(prose: Prose) -> str:
    text = prose.text
    for citation in reversed(prose.citations):
        text = text[: citation.start] + text[citation.end :]
    return text


def write(drawn: Pool, folder: Path, units: int, seed: int = 1) -> None:
    """Articles in JATS XML with this many units in total, to the nearest `UNITS`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(max(1, round(units / UNITS))):
        chance = random.Random(f"{seed}/{number}")
        (folder / f"article-{number:05}.xml").write_text(_article(drawn, chance, number), "utf-8")


def questions(drawn: Pool, count: int = 200, seed: int = 2) -> list[str]:
    """Questions of two to four content words from one sentence each, in their order there."""
    chance = random.Random(seed)
    made: list[str] = []
    while len(made) < count:
        said = dict.fromkeys(re.findall(r"[^\W_][\w-]+[^\W_]", chance.choice(drawn.sentences)))
        words = [word for word in said if word.lower() not in FUNCTION_WORDS and len(word) > 2]
        if len(words) >= 4:
            places = sorted(chance.sample(range(len(words)), chance.randint(2, 4)))
            made.append(" ".join(words[place] for place in places))
    return made


def _article(drawn: Pool, chance: random.Random, number: int) -> str:
    title = escape(chance.choice(drawn.sentences))
    sections = "".join(_section(drawn, chance) for _ in range(SECTIONS))
    printed = (escape(chance.choice(drawn.references)) for _ in range(REFERENCES))
    listed = "".join(
        f'<ref id="B{place}"><label>{place}</label><mixed-citation>{text}</mixed-citation></ref>'
        for place, text in enumerate(printed, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<article article-type="review-article"><front><journal-meta><journal-title-group>'
        "<journal-title>Recombined</journal-title></journal-title-group></journal-meta>"
        f'<article-meta><article-id pub-id-type="publisher-id">r{number}</article-id>'
        f"<title-group><article-title>{title}</article-title></title-group>"
        "<pub-date><year>2020</year></pub-date></article-meta></front>"
        f"<body>{sections}</body><back><ref-list>{listed}</ref-list></back></article>\n"
    )


def _section(drawn: Pool, chance: random.Random) -> str:
    paragraphs = "".join(f"<p>{_paragraph(drawn, chance)}</p>" for _ in range(PARAGRAPHS))
    return f"<sec><title>{escape(chance.choice(drawn.headings))}</title>{paragraphs}</sec>"


def _paragraph(drawn: Pool, chance: random.Random) -> str:
    said = []
    for _ in range(chance.randint(3, 6)):
        cited = chance.randint(1, REFERENCES)
        marker = f' <xref ref-type="bibr" rid="B{cited}">[{cited}]</xref>'
        sentence = escape(chance.choice(drawn.sentences))
        said.append(sentence + (marker if chance.random() < 0.5 else ""))
    return " ".join(said)
