"""Entries of a reference list whose parts a page marks by classes → the elements of JATS.

Publishers name them as JATS does (`article-title`), or in the manner of Wiley (`articleTitle`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from poi_search.readers.markup import Node, plain

_PARTS = {
    name: name
    for name in (
        "name", "string-name", "surname", "given-names", "suffix", "collab", "etal",
        "person-group", "article-title", "chapter-title", "source", "year", "volume", "issue",
        "fpage", "lpage", "elocation-id", "publisher-name", "publisher-loc", "edition",
    )
} | {
    "author": "string-name", "articletitle": "article-title", "chaptertitle": "chapter-title",
    "booktitle": "source", "journaltitle": "source", "journal-title": "source",
    "pubyear": "year", "vol": "volume", "citedissue": "issue", "pagefirst": "fpage",
    "pagelast": "lpage", "publishername": "publisher-name", "publisherlocation": "publisher-loc",
}  # fmt: skip


def tagged_parts(item: Node, is_link: Callable[[Node], bool]) -> tuple[Node | str, ...]:
    """What a `mixed-citation` of the entry holds; () if its parts are not marked.

    `is_link` tells the links to databases, which are left out.
    """
    parts = tuple(_converted(item, is_link))
    names = {one.name for one in Node("", {}, 0, parts).walk()}
    titled = names & {"article-title", "chapter-title", "source"}
    return parts if titled and "year" in names else ()


def _converted(node: Node, is_link: Callable[[Node], bool]) -> Iterator[Node | str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
            continue
        kinds = child.get("class").lower().split()
        name = next((_PARTS[kind] for kind in kinds if kind in _PARTS), "")
        if is_link(child) or any("label" in kind or kind == "bullet" for kind in kinds):
            continue
        if name and plain(child):
            yield Node(name, {}, child.line, tuple(_converted(child, is_link)))
        else:
            yield from _converted(child, is_link)
