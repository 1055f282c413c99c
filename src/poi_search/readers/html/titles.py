"""The title of the article on a page, which a heading may print and another heading may not be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poi_search.readers.html.linked_data import without_markup
from poi_search.readers.html.metadata import Meta
from poi_search.readers.markup import Node, plain, squeeze
from poi_search.readers.prose import raise_text
from poi_search.references.matching import normal_title


def article_title(meta: Meta, root: Node, page: Node) -> str:
    """The title that the head states, as a heading prints it; else a heading, or that of the page.

    A heading alone may be the name of the journal or of the site.
    """
    headings = [_close(squeeze("".join(_printed(one)))) for one in page.walk("h1", "h2")]
    printed = {normal_title(text): text for text in reversed(headings)}
    stated = _close(without_markup(meta.first("title")))
    if stated:
        return printed.get(normal_title(stated), stated)
    shared = without_markup(next(iter(meta.all("og:title")), ""))
    whole = normal_title(f"{shared} {plain(root.find('title'))}")
    named = (plain(one) for one in (*page.walk("h1"), *root.walk("h1")) if plain(one))
    heading = next((text for text in named), "")
    likely = next((t for t in headings if len(t.split()) > 2 and normal_title(t) in whole), "")
    if (
        not likely
        and len(shared.split()) > 3
        and normal_title(shared) in normal_title(plain(root.find("title")))
    ):
        return shared
    return likely or heading or shared or _page_title(root)


def _printed(node: Node) -> Iterator[str]:
    """The text of a heading, with superscripts as in the text: 'Ca²⁺'."""
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.name == "sup":
            yield raise_text(plain(child))
        else:
            yield from _printed(child)
            yield " " if child.name == "br" else ""


def _close(text: str) -> str:
    """A title without marks of notes, and without spaces that elements leave inside brackets."""
    return re.sub(r"([(\[]) | (?=[)\],.;:])", r"\1", text).rstrip(" *†‡§¶")


def _page_title(root: Node) -> str:
    """The title of the page without the name of the site."""
    return re.split(r"(?<!\s)\s++[|–—-]\s+", plain(root.find("title")))[0]
