"""Names of persons and groups in JATS."""

from __future__ import annotations

import re

from poi_search.readers.markup import Node, plain

_GIVEN_WORD = re.compile(r"[\s.]+")
_TITLES = ("article-title", "chapter-title", "source")
_GROUPS = ("person-group", "collab-wrap")


def person_names(node: Node) -> tuple[tuple[str, ...], bool]:
    """The authors of a citation as 'Li X', and whether the list is cut short.

    Editors count only where no authors are given.
    """
    groups = list(node.elements(*_GROUPS))
    authors = [group for group in groups if group.get("person-group-type") in ("", "author")]
    names: list[str] = []
    et_al = False
    loose_names = node.first("name", "string-name", "name-alternatives", "collab")
    for holder in (node, *(authors or (() if loose_names else groups))):
        for child in holder.elements():
            # Loose names after the title are the editors' of the book it stands in.
            if names and holder is node and child.name in _TITLES:
                break
            if child.name in ("name", "string-name", "name-alternatives"):
                names.append(person_name(child))
            elif child.name == "collab" or (child.name == "institution" and holder is not node):
                names.append(plain(child))
            elif child.name == "etal":
                et_al = True
    loose = " ".join(child for child in node.children if isinstance(child, str))
    return tuple(filter(None, names)), et_al or re.search(r"\bet\.? al\b", loose) is not None


def person_name(node: Node) -> str:
    """'Van Balkom BWM Jr' of a `name`, a `string-name` or alternatives of them."""
    if node.name == "name-alternatives":
        inner = node.first("name", "string-name")
        return person_name(inner) if inner else ""
    family = plain(node.first("surname"))
    if not family:
        return plain(node).rstrip(".,")
    given = node.first("given-names")
    letters = given.get("initials") if given else ""
    parts = (family, letters or initials(plain(given)), plain(node.first("suffix")).rstrip("."))
    return " ".join(part for part in parts if part)


def initials(given: str) -> str:
    """'C.-A.', 'CA', 'Claude A' and 'Claude-A' → 'CA'."""
    letters: list[str] = []
    for word in _GIVEN_WORD.split(given):
        for part in re.split(r"[-\u2010\u2011]", word):
            capitals = part.isupper() and len(part) <= 4
            letters.append(part if capitals else part[:1].upper())
    return "".join(letters)
