"""Citations to copy: a reference on one line, or a passage quoted with its source.

The style is NLM (Vancouver), which most of the lists use themselves. It is implemented here, as a
CSL processor would need a style file and would have to be given again, name by name, what the
lists already print in this form.
"""

from __future__ import annotations

import re

from poi_search.article import Article, Reference
from poi_search.export.tidy import tidy
from poi_search.references.identifiers import doi_url
from poi_search.references.names import short_name
from poi_search.references.publication_notices import notice_line
from poi_search.text.typography import DASH, one_line


def copy_citation(reference: Reference) -> str:
    """'Li X, Xie J, et al. Title. J Immunol Res. 2020;2020:3582648.' and DOI and PMID, if known.

    A retraction or other notice on the paper is told at the end.
    """
    reference = tidy(reference)
    if not reference.title:
        return _sentences([reference.text, *map(notice_line, reference.notices)])
    names = [*map(short_name, reference.names), *(["et al"] if reference.et_al else [])]
    names = names or _editors(reference)
    where = _date_and_pages(reference.year, reference.volume, reference.issue, reference.pages)
    if reference.journal or not reference.publisher:
        source = " ".join(filter(None, (_sentence(reference.journal), where)))
    else:
        source = "; ".join((reference.publisher, where) if where else (reference.publisher,))
    parts = [", ".join(filter(None, names)), reference.title, source]
    notices = map(notice_line, reference.notices)
    return _sentences([*parts, *_identifiers(reference.doi, reference.pmid), *notices])


def quotation(text: str, article: Article, place: str) -> str:
    """A passage in quotation marks and, on the next line, its source: the article, then `place`."""
    names = [one_line(short_name(author.name)) for author in article.authors]
    if len(names) > 6:
        names = [*names[:3], "et al"]
    where = _date_and_pages(article.year, article.volume, article.issue, article.pages)
    source = " ".join(filter(None, (_sentence(article.journal), where)))
    parts = [", ".join(filter(None, names)), article.title, source]
    source_line = _sentences([*parts, *_identifiers(article.doi, article.pmid), place])
    return f"“{one_line(text)}”\n{source_line}"


def _editors(reference: Reference) -> list[str]:
    names = [short_name(name) for name in reference.editors]
    return [*names, "editors" if len(names) > 1 else "editor"] if names else []


def _date_and_pages(year: int | None, volume: str, issue: str, pages: str) -> str:
    """'2018;34(2):320-6'."""
    text = one_line(volume) + (f"({one_line(issue)})" if issue else "")
    text = ";".join(filter(None, (str(year or ""), text)))
    return f"{text}:{re.sub(DASH, '-', one_line(pages))}" if pages else text


def _identifiers(doi: str, pmid: str) -> list[str]:
    return [doi_url(doi), f"PMID: {pmid}" if pmid else ""]


def _sentences(parts: list[str]) -> str:
    return " ".join(filter(None, map(_sentence, parts)))


def _sentence(text: str) -> str:
    """`text` on one line with a full stop, unless it ends in `.`, `?` or `!` or is an address."""
    text = one_line(text)
    closed = not text or text[-1] in ".?!" or text.startswith("https://")
    return text if closed else f"{text}."
