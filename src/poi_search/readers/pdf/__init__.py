"""Reader for articles as PDF: converted to text by an optional package, then read as such.

    PDF ──converter, layout──▶ text with the ends of its pages and lines ──pdftext──▶ Article

`convert` takes seconds, so a build keeps its result; `read_converted` is as fast as any reader.
"""

from __future__ import annotations

from dataclasses import replace

from poi_search.article import Article, Finding
from poi_search.readers import pdftext
from poi_search.readers.pdf.page_text import FORMAT, PAGE, pages_text
from poi_search.readers.pdf.worker_process import convert_layout, converter_name

SUFFIXES = (".pdf",)


def read(source: bytes, name: str, article_id: str) -> Article:
    """The article in `source`, the content of the PDF `name`.

    Raises ReadError if the converter is missing, or the PDF is encrypted, damaged or a scan.
    """
    return read_converted(convert(source, name), name, article_id)


def converter() -> str:
    """What converts PDFs here, with its version; '' if nothing that does is installed."""
    name = converter_name()
    return f"{name}, {FORMAT}" if name else ""


def convert(source: bytes, name: str) -> str:
    """The text of a PDF. Raises ReadError as `read` does."""
    return pages_text(convert_layout(source, name))


def read_converted(text: str, name: str, article_id: str) -> Article:
    """The article in the text that `convert` returned."""
    article = replace(pdftext.read_text(text, name, article_id), page_lines=_page_lines(text))
    return replace(article, findings=tuple(_with_page(article, one) for one in article.findings))


def _page_lines(text: str) -> tuple[int, ...]:
    lines = text.split("\n")
    return tuple(number for number, line in enumerate(lines, 1) if line.startswith(PAGE))


def _with_page(article: Article, finding: Finding) -> Finding:
    """The finding, with the page of the line that it is about."""
    line = finding.place.removeprefix("line ")
    return replace(finding, place=article.place_of(int(line))) if line.isdecimal() else finding
