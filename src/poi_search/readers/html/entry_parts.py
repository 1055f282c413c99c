"""Reference list entries whose parts are marked by classes → JATS elements.

Publishers use class names like those of JATS (`article-title`) or of Wiley (`articleTitle`).
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
    """The content of a `mixed-citation` for the entry; () if its parts are not marked.

    `is_link` recognizes the links to databases, which are omitted.
    """
    parts = tuple(_convert_children(item, is_link))
    names = {one.name for one in Node("", {}, 0, parts).walk()}
    titled = names & {"article-title", "chapter-title", "source"}
    return parts if titled and "year" in names else ()


def _convert_children(node: Node, is_link: Callable[[Node], bool]) -> Iterator[Node | str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
            continue
        kinds = child.get("class").lower().split()
        name = next((_PARTS[kind] for kind in kinds if kind in _PARTS), "")
        if is_link(child) or any("label" in kind or kind == "bullet" for kind in kinds):
            continue
        if name and plain(child):
            yield Node(name, {}, child.line, tuple(_convert_children(child, is_link)))
        else:
            yield from _convert_children(child, is_link)
