"""Reference list entries whose parts are marked by classes → JATS elements.

Publishers use class names like those of JATS (`article-title`), with a prefix of their own
(`cit-article-title`, `NLM_year`, `reference-volume`), or those of Wiley (`articleTitle`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from poi_search.readers.markup import Node, plain

_PREFIX = re.compile(
    r"^(?:nlm|cit|ref|reference|citation|bib|hlfld|elife-reflink(?:-details)?|c)[_-]"
)
_PARTS = {
    "stringname": "string-name", "name": "string-name", "author": "string-name",
    "auth": "string-name", "contribauthor": "string-name", "personname": "string-name",
    "surname": "surname", "familyname": "surname", "namesurname": "surname",
    "givennames": "given-names", "givenname": "given-names", "firstname": "given-names",
    "namegivennames": "given-names", "suffix": "suffix", "collab": "collab", "etal": "etal",
    "persongroup": "person-group", "articletitle": "article-title", "title": "article-title",
    "chaptertitle": "chapter-title", "source": "source", "journal": "source",
    "journaltitle": "source", "jnlabbrev": "source", "booktitle": "source",
    "sourcejournal": "source", "citationsource": "source", "year": "year", "pubyear": "year",
    "pubdate": "year", "volume": "volume", "vol": "volume", "issue": "issue",
    "citedissue": "issue", "fpage": "fpage", "pagefirst": "fpage", "lpage": "lpage",
    "pagelast": "lpage", "elocationid": "elocation-id", "publishername": "publisher-name",
    "publname": "publisher-name", "publisherloc": "publisher-loc",
    "publisherlocation": "publisher-loc", "publloc": "publisher-loc", "edition": "edition",
}  # fmt: skip
_OF_NAMES = frozenset("string-name surname given-names suffix collab etal person-group".split())
_WORKS = frozenset(("article-title", "chapter-title", "source"))
# 'Mol. Biol., 24 (2007), pp. 412–426' in one box.
_JOURNAL_ONLY = re.compile(r"(?P<journal>[^\d]{3,120}?),?\s(?=\d{1,4}\b)")
_SEVERAL = re.compile(r",\s++(?:(?:and|&)\s++)?|(?<!\s)\s++(?:and|&)\s++")


def tagged_parts(item: Node, is_link: Callable[[Node], bool]) -> tuple[Node | str, ...]:
    """The content of a `mixed-citation` for the entry; () if its parts are not marked.

    `is_link` recognizes the links to databases, which are omitted.
    """
    parts = tuple(_convert_children(item, is_link))
    names = {one.name for one in Node("", {}, 0, parts).walk()}
    facts = names - _OF_NAMES
    return parts if len(facts) > 1 and facts & _WORKS else ()


def part_name(node: Node) -> str:
    """The element of JATS that the class of `node` stands for, or ''."""
    for token in node.get("class").lower().split():
        bare = _PREFIX.sub("", token)
        if name := _PARTS.get(re.sub(r"[-_]", "", bare), ""):
            return name
    return ""


def _convert_children(node: Node, is_link: Callable[[Node], bool]) -> Iterator[Node | str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
            continue
        kinds = child.get("class").lower().split()
        if is_link(child) or any("label" in kind or kind == "bullet" for kind in kinds):
            continue
        inner = tuple(_convert_children(child, is_link))
        name = part_name(child)
        if name and plain(child):
            yield from _part(Node(name, {}, child.line, inner))
        else:
            yield from inner
            yield " " if child.name in ("div", "p", "li", "br") else ""


def _part(part: Node) -> Iterator[Node | str]:
    """The part; its children if it is the whole entry, and apart from what it holds besides."""
    if part.name in _OF_NAMES:
        yield from _persons(part)
        return
    others = {one.name for one in part.walk()} - _OF_NAMES - {part.name}
    if len(others) > 1:
        yield from part.children
    elif others:
        own = tuple(c for c in part.children if isinstance(c, str) or c.name not in others)
        yield from (c for c in part.children if isinstance(c, Node) and c.name in others)
        yield Node(part.name, {}, part.line, own)
    elif part.name == "source" and (found := _JOURNAL_ONLY.match(plain(part))):
        yield Node("source", {}, part.line, (found["journal"],))
        yield ", " + plain(part)[found.end() :]
    else:
        yield part


def _persons(part: Node) -> Iterator[Node | str]:
    """The name, or each of several in one box: 'C. Ane, B. Larget'."""
    printed = plain(part)
    names = _SEVERAL.split(printed)
    initials_first = all(re.match(r"(?:[^\W\d_]\.[ -]?)+\s?\S{2}", name) for name in names)
    if part.name != "string-name" or part.find(*_OF_NAMES) or len(names) < 2 or not initials_first:
        yield part
        return
    for name in names:
        yield Node("string-name", {}, part.line, (name,))
