"""The pages about the corpus: what was indexed, and what happened to each line of a source.

No page is large: the list of articles, and what is said of one of them, fill as many as they need.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from markupsafe import escape

from poi_search.article import Article, Finding, LedgerLine, Repair
from poi_search.index.units import article_url
from poi_search.library import Library
from poi_search.lru import LruCache
from poi_search.results import ArticleView
from poi_search.web.labels import number
from poi_search.web.problems import Problem
from poi_search.web.search_page import number_links

_SOURCES_CACHED = 32
_PAGE_BYTES = 50_000
_ARTICLE_BYTES = 1_500
_ROW_BYTES = 90
_LINK_BYTES = 40
"""The most bytes that a page has besides what surrounds it, and that its parts have besides their
texts."""

Once = Callable[[str, Callable[[], Any]], Any]
Item = Finding | ArticleView | Repair | LedgerLine


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What the list says of an article. Of its `lines` (or elements), some were set `aside`."""

    source: str
    converter: str
    pdf_pages: int
    licence: str
    issues: str
    repairs: int
    lines: int
    aside: int

    @classmethod
    def of(cls, article: Article) -> SourceSummary:
        aside = sum(not line.where for line in article.ledger)
        issues, lines = issue_list(article.findings), len(article.ledger)
        repairs, licence = len(article.repairs), article.licence.name
        origin = (article.source, article.converter, len(article.page_lines))
        return cls(*origin, licence, issues, repairs, lines, aside)


@dataclass(frozen=True, slots=True)
class AboutPage:
    """What one page says: some of the issues with the corpus as a whole, then some of the articles
    or, of one article, some of its issues, repairs and lines. `places` says on which page of a PDF
    a line is."""

    corpus: tuple[Finding, ...] = ()
    articles: tuple[ArticleView, ...] = ()
    findings: tuple[Finding, ...] = ()
    repairs: tuple[Repair, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()
    places: Mapping[int, str] = field(default_factory=dict)


def about(library: Library, article: str, page: int, once: Once) -> dict[str, Any]:
    """What the template shows of an article, or of all. `once` keeps what is made for a generation.
    Raises Problem if there is no such article or page."""
    articles = library.articles()
    only = article or (articles[0].id if len(articles) == 1 else "")
    made = once("about", lambda: LruCache(_SOURCES_CACHED))
    pages: tuple[AboutPage, ...] = made.get(only, lambda: _about(library, only))
    if page > len(pages):
        raise Problem("page", f"There is no page {page}; the last is {len(pages)}.")
    detail, shown = library.detail(only), pages[page - 1]
    listed = [
        (view, once(f"source {view.id}", partial(_summary, library, view.id)))
        for view in ((detail,) if detail else shown.articles)
    ]
    where = {"article": article} if article else {}
    return {
        "articles": articles,
        "detail": detail,
        "anchors": frozenset(detail.anchors if detail else ()),
        "shown": shown,
        "listed": listed,
        "page": page,
        "links": number_links(
            len(pages), page, lambda number: f"/about?{urlencode({**where, 'page': number})}"
        ),
    }


def _summary(library: Library, article_id: str) -> SourceSummary:
    article = library.article(article_id)
    return SourceSummary.of(article) if article else SourceSummary("", "", 0, "", "", 0, 0, 0)


def _about(library: Library, only: str) -> tuple[AboutPage, ...]:
    corpus, articles = library.corpus_findings(), library.articles()
    if not only:
        return list_pages(corpus, articles)
    article = library.article(only)
    if article is None:
        raise Problem("article", f"There is no article “{only}” in this library.")
    return source_pages(article, article_url(only), corpus if len(articles) == 1 else ())


def list_pages(corpus: Sequence[Finding], articles: Sequence[ArticleView]) -> tuple[AboutPage, ...]:
    """The pages of the list of articles, at least one."""
    return _pages({"corpus": corpus, "articles": articles}, "")


def source_pages(
    article: Article, url: str, corpus: Sequence[Finding] = ()
) -> tuple[AboutPage, ...]:
    """The pages about an article, at least one. `url` is its address, which rows link to."""
    rows: dict[str, Sequence[Item]] = {
        "corpus": corpus,
        "findings": article.findings,
        "repairs": article.repairs,
        "ledger": article.ledger,
    }
    pages = _pages(rows, url)
    return tuple(_with_places(page, article) for page in pages) if article.page_lines else pages


def _with_places(page: AboutPage, article: Article) -> AboutPage:
    lines = [row.line for row in page.repairs] + [row.line for row in page.ledger]
    return replace(page, places={line: article.place_of(line) for line in lines})


def issue_list(findings: Iterable[Finding]) -> str:
    """'1 error, 2 warnings and 12 notices'; 'none' without findings."""
    counts = Counter(finding.severity for finding in findings)
    parts = [
        f"{number(counts[name])} {name}{'' if counts[name] == 1 else 's'}"
        for name in ("error", "warning", "notice")
        if counts[name]
    ]
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:]))) or "none"


def _pages(parts: Mapping[str, Sequence[Item]], url: str) -> tuple[AboutPage, ...]:
    """The parts in order, as much on a page as fits."""
    pages: list[dict[str, list[Item]]] = [{}]
    filled = 0
    for part, items in parts.items():
        for item in items:
            size = _size(item, url)
            filled += size
            if filled > _PAGE_BYTES and pages[-1]:
                pages.append({})
                filled = size
            pages[-1].setdefault(part, []).append(item)
    return tuple(
        AboutPage(**{part: tuple(items) for part, items in page.items()})  # type: ignore[arg-type]
        for page in pages
    )


def _size(item: Item, url: str) -> int:
    match item:
        case Repair():
            return _ROW_BYTES + _bytes(item.printed, item.repaired, item.rule)
        case Finding():
            return _ROW_BYTES + _LINK_BYTES + _bytes(item.place, item.place, url, item.message)
        case LedgerLine():
            links = len(item.where) * (_LINK_BYTES + _bytes(url))
            return _ROW_BYTES + links + _bytes(item.reason, *item.where, *item.where)
        case ArticleView():
            return _ARTICLE_BYTES + _bytes(item.title, item.url, item.url)


def _bytes(*texts: str) -> int:
    return sum(len(escape(text).encode()) for text in texts)
