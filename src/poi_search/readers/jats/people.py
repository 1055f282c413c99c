"""Authors and affiliations of a JATS article."""

from __future__ import annotations

import re
from dataclasses import replace

from poi_search.article import Affiliation, Author, Name
from poi_search.readers.jats.cited_names import read_name
from poi_search.readers.markup import Node, plain
from poi_search.references.names import parse_full_name

_PARTS = frozenset(
    "institution institution-wrap addr-line named-content city state postal-code country".split()
)

# The kinds of `contrib-group` that list others: members of a group author, editors, reviewers.
_OTHERS = re.compile(r"collab|non-?byline|member|investigator|editor|reviewer", re.IGNORECASE)


def read_authors(meta: Node) -> tuple[Author, ...]:
    """The authors in order, with the labels of their affiliations; without editors."""
    labels = {one: affiliation.label for one, affiliation in read_affiliations(meta).items()}
    bodies = {one.get("id") for one in meta.walk("contrib") if one.first("collab")} - {""}
    authors: list[Author] = []
    for group in meta.elements("contrib-group"):
        if _OTHERS.match(group.get("content-type")):
            continue
        shared = [one.get("id") for one in group.elements("aff")]
        # The members of a group author, inside it or linked to it, are not counted as authors.
        for contrib in group.elements("contrib"):
            if contrib.get("contrib-type") in ("", "author") and contrib.get("rid") not in bodies:
                author = _author(contrib, labels, shared)
                if author.name != Name():
                    authors.append(author)
    return tuple(authors)


def _author(contrib: Node, labels: dict[str, str], shared: list[str]) -> Author:
    name = _name(contrib)
    links = [rid for one in contrib.elements("xref") for rid in one.get("rid").split()]
    own = [one.get("id") for one in contrib.elements("aff")]
    at = [labels[rid] for rid in (*links, *own) if rid in labels]
    if not at and not links:
        at = [labels[rid] for rid in shared if rid in labels]
    orcid = next(
        (
            plain(one)
            for one in contrib.elements("contrib-id")
            if one.get("contrib-id-type") == "orcid"
        ),
        "",
    )
    return Author(
        name,
        degrees=", ".join(plain(one) for one in contrib.elements("degrees")),
        affiliations=tuple(dict.fromkeys(at)),
        corresponding=contrib.get("corresp") == "yes"
        or any(one.get("ref-type") == "corresp" for one in contrib.elements("xref")),
        orcid=orcid.rstrip("/").rpartition("/")[2],
    )


def _name(contrib: Node) -> Name:
    holder = contrib.first("name-alternatives") or contrib
    person = holder.first("name", "string-name")
    if person is not None and (name := read_name(person, parse_full_name)) != Name():
        return name
    body = plain(contrib.first("collab", "collab-alternatives"), "contrib-group", "aff", "email")
    return Name(body=body or ("Anonymous" if contrib.first("anonymous") else ""))


def read_affiliations(meta: Node) -> dict[str, Affiliation]:
    """The affiliations by the id of their element, without those of editors only."""
    editors: set[str] = set()
    authors: set[str] = set()
    inside: set[int] = set()
    for contrib in meta.walk("contrib"):
        rids = {rid for one in contrib.elements("xref") for rid in one.get("rid").split()}
        is_author = contrib.get("contrib-type") in ("", "author")
        (authors if is_author else editors).update(rids)
        inside.update(id(one) for one in contrib.walk("aff") if not is_author)
    found: dict[str, Affiliation] = {}
    for node in meta.walk("aff"):
        if node.get("id") in editors - authors or id(node) in inside:
            continue
        label = plain(node.first("label")) or plain(node.first("sup"))
        without = ("label", "institution-id") if node.first("label") else ("sup", "institution-id")
        text = re.sub(
            r"(?<!\s)\s++(?=[,;.])", "", plain(separate_parts(_drop_second_form(node)), *without)
        )
        text = re.sub(r",{2,}", ",", text)
        key = node.get("id") or f"aff {len(found) + 1}"
        found[key] = Affiliation(label or str(len(found) + 1), text.strip(" ,;"))
    return found


def _drop_second_form(node: Node) -> Node:
    """An affiliation in one form only, if it is given as printed and in its parts."""
    kinds = {one.get("content-type") for one in node.elements("institution")}
    if "original" in kinds:
        kept = [
            one
            for one in node.elements("label", "sup", "institution")
            if one.name != "institution" or one.get("content-type") == "original"
        ]
    elif len(kinds) > 1 and "normalized" in kinds:
        kept = [one for one in node.elements() if one.get("content-type") != "normalized"]
    else:
        return node
    return replace(node, children=tuple(kept))


def separate_parts(node: Node) -> Node:
    """The node with commas between adjacent parts: institution, city, country."""
    children: list[Node | str] = []
    before: Node | None = None
    for child in node.children:
        if isinstance(child, str):
            # Parts separated by whitespace only are adjacent, too.
            before = before if not child.strip() and _is_part(before) else None
            children.append(child)
        elif child.name != "institution-id":
            if before is not None and (_is_part(child) or children[-1] is before):
                children.append(", ")
            inner = (
                separate_parts(child) if child.name in ("institution-wrap", "addr-line") else child
            )
            children.append(inner)
            before = inner if child.name not in ("label", "sup") else None
    return replace(node, children=tuple(children))


def _is_part(node: Node | None) -> bool:
    return node is not None and node.name in _PARTS
