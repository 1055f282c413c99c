"""The names of persons and bodies in JATS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from poi_search.article import Name
from poi_search.readers.markup import Node, plain
from poi_search.references.names import initials, parse_name, tagged_name

_PERSONS = ("name", "string-name", "name-alternatives")
_TITLES = ("article-title", "chapter-title", "source")
_GROUPS = ("person-group", "collab-wrap")
_AUTHORS = ("", "author")


@dataclass(frozen=True, slots=True)
class CitationNames:
    """The authors and editors of a cited work; `et_al` if the list of authors is cut short."""

    authors: tuple[Name, ...]
    editors: tuple[Name, ...]
    et_al: bool


def citation_names(node: Node) -> CitationNames:
    """The names in a citation; inventors etc. count as authors if there are no others."""
    groups = list(node.elements(*_GROUPS))
    by_authors = [one for one in groups if one.get("person-group-type") in _AUTHORS]
    by_editors = [one for one in groups if "editor" in one.get("person-group-type")]
    loose, after_title = _loose_names(node)
    if not loose and not by_authors:
        by_authors = [one for one in groups if one not in by_editors]
    printed = " ".join(child for child in node.children if isinstance(child, str))
    authors = tuple(name for one in (loose, *map(_names, by_authors)) for name in one)
    editors = tuple(name for one in (after_title, *map(_names, by_editors)) for name in one)
    cut = any(one.first("etal") for one in (node, *by_authors))
    cut = cut or re.search(r"\bet\.? al\b", printed) is not None
    return CitationNames(authors, editors, bool(authors) and cut)


def read_name(node: Node, parse: Callable[[str], Name] = parse_name) -> Name:
    """The name in a `name`, a `string-name` or alternatives of them; may be empty.

    `parse` parses a name whose parts are not tagged.
    """
    if node.name == "name-alternatives":
        inner = node.first("name", "string-name")
        return read_name(inner, parse) if inner else Name()
    family, given = plain(node.first("surname")), node.first("given-names")
    if not family and given is None:
        printed = plain(node).rstrip(",")
        return parse(printed) if printed else Name()
    names, letters = plain(given), given.get("initials") if given else ""
    if letters and letters != initials(names):
        names = letters
    return tagged_name(family, names, plain(node.first("suffix")))


def _loose_names(node: Node) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """Names outside groups: authors and, after the title, editors of the containing work."""
    names: tuple[list[Name], list[Name]] = ([], [])
    after = 0
    for child in node.elements():
        if child.name in _TITLES and names[0]:
            after = 1
        names[after].extend(_name(child, inside=False))
    return tuple(names[0]), tuple(names[1])


def _names(group: Node) -> tuple[Name, ...]:
    return tuple(name for child in group.elements() for name in _name(child, inside=True))


def _name(node: Node, inside: bool) -> Iterator[Name]:
    if node.name in _PERSONS:
        name = read_name(node)
    elif node.name == "collab" or (node.name == "institution" and inside):
        name = Name(body=plain(node))
    else:
        return
    if name != Name():
        yield name
