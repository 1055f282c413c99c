"""HTML pages of articles, as served by PubMed Central and by publishers → Article.

A page is converted to JATS elements by general rules and then read as JATS, so both formats have
the same model and the same anchors.
"""

from __future__ import annotations

from poi_search.article import Article

SUFFIXES = (".html", ".htm", ".xhtml")


def read(source: bytes, name: str, article_id: str) -> Article:
    """The article in `source`, the content of the page `name`.

    Raises ReadError for a page without the text of an article.
    """
    # Imported here, as its patterns take long to compile, and few corpora have pages.
    from poi_search.readers.html.page import read_page  # noqa: PLC0415

    return read_page(source, name, article_id)
