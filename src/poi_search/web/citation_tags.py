"""What reference managers read in a page: Highwire `citation_*` tags and COinS."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from poi_search.article import Article
from poi_search.references.printed import page_ranges
from poi_search.results import ReferenceView


def highwire(article: Article) -> list[tuple[str, str]]:
    """Names and contents of the `citation_*` tags for an article."""
    first, last = _pages(article.pages)
    pairs = [("citation_title", article.title)]
    for author in article.authors:
        pairs.append(("citation_author", author.name))
        pairs += [("citation_author_institution", text) for text in _institutions(article, author)]
    pairs += [
        ("citation_journal_title", article.journal),
        ("citation_publication_date", str(article.year or "")),
        ("citation_volume", article.volume),
        ("citation_issue", article.issue),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_doi", article.doi),
        ("citation_pmid", article.pmid),
    ]
    return [(name, content) for name, content in pairs if content]


def coins(reference: ReferenceView) -> str:
    """The OpenURL context object of a reference, the `title` of a `Z3988` span."""
    first, last = _pages(reference.pages)
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article" if reference.journal else "unknown"),
        ("rft.atitle", reference.title),
        ("rft.jtitle", reference.journal),
        ("rft.date", str(reference.year or "")),
        ("rft.volume", reference.volume),
        ("rft.issue", reference.issue),
        ("rft.spage", first),
        ("rft.epage", last),
        ("rft_id", f"info:doi/{reference.doi}" if reference.doi else ""),
        ("rft_id", f"info:pmid/{reference.pmid}" if reference.pmid else ""),
        *(("rft.au", name) for name in reference.authors),
    ]
    return urlencode([(name, value) for name, value in pairs if value])


def _pages(printed: str) -> tuple[str, str]:
    ranges = page_ranges(printed)
    if not ranges:
        return "", ""
    return ranges[0][0], ranges[-1][-1] if ranges[-1][-1] != ranges[0][0] else ""


def _institutions(article: Article, author: object) -> list[str]:
    labels = getattr(author, "affiliations", ())
    texts = [a.text for a in article.affiliations if a.label in labels]
    return [re.sub(r"\s+", " ", text) for text in texts]
