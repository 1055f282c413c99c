"""What the tests of the readers ask of an article."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from poi_search.article import Article, Block, Name, Paragraph, Prose, ReadError, Reference, Table
from poi_search.readers import read_article
from poi_search.references.names import full_name, parse_name, short_name

DATA = Path(__file__).parent / "data"
CORPUS = Path(__file__).parent.parent / "corpus"


@cache
def review() -> Article:
    """The real review."""
    return read_article(CORPUS / "shi-2022.txt")


def blocks(article: Article) -> dict[str, Block]:
    """Paragraphs, figures and tables by anchor; an anchor given twice would fail here."""
    found: dict[str, Block] = {}
    for section in article.sections:
        for block in section.blocks:
            assert block.anchor not in found
            found[block.anchor] = block
    return found


def names(*printed: str) -> tuple[Name, ...]:
    return tuple(map(parse_name, printed))


def authors(reference: Reference) -> tuple[str, ...]:
    return tuple(map(short_name, reference.names))


def people(article: Article) -> list[str]:
    return [full_name(author.name) for author in article.authors]


def prose(article: Article, anchor: str) -> Prose:
    block = blocks(article)[anchor]
    return block.prose if isinstance(block, Paragraph) else block.caption


def cited(text: Prose) -> list[tuple[str, tuple[int, ...]]]:
    return [(text.text[one.start : one.end], one.numbers) for one in text.citations]


def all_prose(article: Article) -> Iterator[Prose]:
    for block in blocks(article).values():
        yield block.prose if isinstance(block, Paragraph) else block.caption
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row.cells)
            if block.notes:
                yield block.notes.prose


def table(article: Article, anchor: str) -> Table:
    found = blocks(article)[anchor]
    assert isinstance(found, Table)
    return found


def damaged(source: bytes, seed: int, count: int) -> Iterator[bytes]:
    """Truncations, flipped bits and parts cut out, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        broken = bytearray(source)
        kind = chance.randrange(3)
        if kind == 0:
            del broken[chance.randrange(len(broken)) :]
        elif kind == 1:
            for _ in range(chance.choice((1, 5))):
                broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        else:
            start = chance.randrange(len(broken))
            del broken[start : start + chance.randrange(500)]
        yield bytes(broken)


def survives(read: Callable[[bytes, str, str], Article], source: bytes) -> None:
    """A damaged file gives a clear error or an article whose citations stand in its text."""
    try:
        article = read(source, "damaged.xml", "damaged")
    except ReadError as error:
        assert error.problem
        return
    highest = len(article.references)
    for one in all_prose(article):
        assert all(0 <= c.start < c.end <= len(one.text) for c in one.citations)
        assert all(1 <= n <= highest for c in one.citations for n in c.numbers)
