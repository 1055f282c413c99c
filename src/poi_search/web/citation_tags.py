"""Metadata for reference managers in pages: Highwire `citation_*` tags and COinS."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from poi_search.article import Article, Author, Reference
from poi_search.references.names import inverted_full_name, inverted_name
from poi_search.references.page_ranges import page_ranges

# The kinds of work described by the book format, and its names for them.
_BOOKS = {"book": "book", "chapter": "bookitem", "conference": "proceeding"}


def highwire(article: Article) -> list[tuple[str, str]]:
    """The names and contents of the `citation_*` tags of an article."""
    first, last = _pages(article.pages)
    pairs = [("citation_title", article.title)]
    for author in article.authors:
        pairs.append(("citation_author", inverted_full_name(author.name)))
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


def coins(reference: Reference) -> str:
    """The OpenURL context object of a reference, for the `title` of a `Z3988` span."""
    first, last = _pages(reference.pages)
    is_book = reference.kind in _BOOKS
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'book' if is_book else 'journal'}"),
        ("rft.genre", _BOOKS.get(reference.kind, "article" if reference.journal else "unknown")),
        ("rft.btitle" if reference.kind == "book" else "rft.atitle", reference.title),
        ("rft.btitle" if is_book else "rft.jtitle", reference.journal),
        ("rft.pub", reference.publisher if is_book else ""),
        ("rft.place", reference.place if is_book else ""),
        ("rft.date", str(reference.year or "")),
        ("rft.volume", reference.volume),
        ("rft.issue", reference.issue),
        ("rft.spage", first),
        ("rft.epage", last),
        ("rft_id", f"info:doi/{reference.doi}" if reference.doi else ""),
        ("rft_id", f"info:pmid/{reference.pmid}" if reference.pmid else ""),
        *(("rft.au", inverted_name(name)) for name in reference.names if not name.body),
        *(("rft.aucorp", name.body) for name in reference.names if name.body),
    ]
    return urlencode([(name, value) for name, value in pairs if value])


def _pages(printed: str) -> tuple[str, str]:
    ranges = page_ranges(printed)
    if not ranges:
        return "", ""
    return ranges[0][0], ranges[-1][-1] if ranges[-1][-1] != ranges[0][0] else ""


def _institutions(article: Article, author: Author) -> list[str]:
    texts = [a.text for a in article.affiliations if a.label in author.affiliations]
    return [re.sub(r"\s+", " ", text) for text in texts]
