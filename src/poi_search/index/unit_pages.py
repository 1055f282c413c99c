"""On which page of a PDF does each part of an article begin?"""

from __future__ import annotations

from bisect import bisect_right

from poi_search.article import Article


def unit_pages(article: Article) -> dict[str, int]:
    """The page, counted from 1, of the first line of each anchor; {} if there are no pages."""
    if not article.page_lines:
        return {}
    lines: dict[str, int] = {}
    for entry in article.ledger:
        for anchor in entry.where:
            lines.setdefault(anchor, entry.line)
    return {anchor: bisect_right(article.page_lines, line) for anchor, line in lines.items()}
