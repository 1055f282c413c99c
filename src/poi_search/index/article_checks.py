"""What to look at in an article, whatever format it was read from: each cause once, with its share.

Nothing is found in an article that is sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from poi_search.article import Article, Block, Finding, Paragraph, Severity, Table
from poi_search.readers.untagged import anchored_texts, prose_texts
from poi_search.references.publication_notices import notice_line

# A few passages of one word are subheadings or labels; more are lines of menus and forms.
_SHARE_OF_WORDS = 0.05
_FEWEST_WORDS = 3
_SHOWN = 5
_ABSTRACTS = ("abstract",)


def check_article(article: Article) -> tuple[Finding, ...]:
    """Findings on a whole article; `place` is 'article', 'references' or the first anchor."""
    return tuple(
        Finding(severity, place, message)
        for checked in (_metadata, _references, _notices, _passages, _tables)
        for severity, place, message in checked(article)
    )


Odd = tuple[Severity, str, str]


def _metadata(article: Article) -> Iterator[Odd]:
    if article.year is None:
        yield "notice", "article", "no year of publication was found; a side file can state it"
    anchors = {section.anchor.split("-")[0] for section in article.sections}
    if anchors.isdisjoint(_ABSTRACTS):
        yield "notice", "abstract", "no abstract was found"
    if all(not section.number for section in article.sections):
        yield "warning", "article", "no text was found besides the front and back matter"


def _references(article: Article) -> Iterator[Odd]:
    count = len(article.references)
    cited = {
        number
        for prose in prose_texts(article.sections)
        for citation in prose.citations
        for number in citation.numbers
    }
    if not count:
        yield "warning", "references", "no reference list was found"
        return
    uncited = [f"ref-{one.number}" for one in article.references if one.number not in cited]
    if len(uncited) == count:
        message = f"none of the {count} references is cited: no citation in the text was resolved"
        yield "warning", "references", message
    elif uncited:
        are = "is" if len(uncited) == 1 else "are"
        yield "notice", "references", f"{_share(uncited, count, 'references')} {are} never cited"
    unread = [
        f"ref-{one.number}"
        for one in article.references
        if not ((one.names or one.editors) and one.title and one.year)
    ]
    if unread:
        severity: Severity = "warning" if 2 * len(unread) > count else "notice"
        have = "has" if len(unread) == 1 else "have"
        message = f"{have} parts that could not be told apart, and only the printed entry is sure"
        yield severity, "references", f"{_share(unread, count, 'references')} {message}"


def _notices(article: Article) -> Iterator[Odd]:
    """Retractions of cited papers and other notices on them, and where these papers are cited."""
    for reference in article.references:
        for notice in reference.notices:
            severity: Severity = "notice" if notice.kind == "correction" else "warning"
            citing = [
                anchor
                for anchor, prose in anchored_texts(article.sections)
                if any(reference.number in citation.numbers for citation in prose.citations)
            ]
            told = f"; cited in {', '.join(dict.fromkeys(citing))}" if citing else "; never cited"
            yield severity, f"ref-{reference.number}", notice_line(notice) + told


def _passages(article: Article) -> Iterator[Odd]:
    passages = [
        block
        for section in article.sections
        if section.number
        for block in section.blocks
        if isinstance(block, Paragraph)
    ]
    words = [block.anchor for block in passages if len(block.prose.text.split()) == 1]
    if len(words) >= _FEWEST_WORDS and len(words) > _SHARE_OF_WORDS * len(passages):
        message = f"{_share(words, len(passages), 'passages')} consist of one word"
        yield "warning", words[0], message


def _tables(article: Article) -> Iterator[Odd]:
    blocks: list[Block] = [block for section in article.sections for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, Table) and block.rows]
    without = [table.anchor for table in tables if not table.header]
    if without:
        have = "has" if len(without) == 1 else "have"
        message = (
            f"{_share(without, len(tables), 'tables')} {have} no header: their cells are unnamed"
        )
        yield "notice", without[0], message


def _share(anchors: Sequence[str], count: int, noun: str) -> str:
    """'3 of 98 references (ref-4, ref-9, ref-12)', with the first five anchors."""
    more = ", …" if len(anchors) > _SHOWN else ""
    return f"{len(anchors)} of {count} {noun} ({', '.join(anchors[:_SHOWN])}{more})"
