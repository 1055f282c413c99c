"""Authors and affiliations of a JATS article."""

from __future__ import annotations

from poi_search.article import Affiliation, Author
from poi_search.readers.markup import Node, plain


def read_authors(meta: Node) -> tuple[Author, ...]:
    """The authors in order, with the labels of their affiliations; no editors."""
    labels = {one: affiliation.label for one, affiliation in read_affiliations(meta).items()}
    authors: list[Author] = []
    for group in meta.elements("contrib-group"):
        shared = [one.get("id") for one in group.elements("aff")]
        for contrib in group.walk("contrib"):
            if contrib.get("contrib-type") in ("", "author"):
                author = _author(contrib, labels, shared)
                if author.name:
                    authors.append(author)
    return tuple(authors)


def _author(contrib: Node, labels: dict[str, str], shared: list[str]) -> Author:
    name = contrib.find("name", "string-name")
    family = plain(name.first("surname")) if name else ""
    given = plain(name.first("given-names")) if name else ""
    suffix = plain(name.first("suffix")) if name else ""
    full = " ".join(part for part in (given, family, suffix) if part)
    if not full:
        collab = contrib.first("collab", "collab-alternatives")
        full = (
            plain(name)
            or plain(collab, "contrib-group")
            or ("Anonymous" if contrib.first("anonymous") else "")
        )
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
        full,
        family,
        given,
        degrees=", ".join(plain(one) for one in contrib.elements("degrees")),
        affiliations=tuple(dict.fromkeys(at)),
        corresponding=contrib.get("corresp") == "yes"
        or any(one.get("ref-type") == "corresp" for one in contrib.elements("xref")),
        orcid=orcid.rstrip("/").rpartition("/")[2],
    )


def read_affiliations(meta: Node) -> dict[str, Affiliation]:
    """By the id of the element; those of editors, which no author names, are left out."""
    editors: set[str] = set()
    authors: set[str] = set()
    for contrib in meta.walk("contrib"):
        rids = {rid for one in contrib.elements("xref") for rid in one.get("rid").split()}
        (authors if contrib.get("contrib-type") in ("", "author") else editors).update(rids)
    found: dict[str, Affiliation] = {}
    for node in meta.walk("aff"):
        if node.get("id") in editors - authors:
            continue
        label = plain(node.first("label")) or plain(node.first("sup"))
        without = ("label", "institution-id") if node.first("label") else ("sup", "institution-id")
        key = node.get("id") or f"aff {len(found) + 1}"
        found[key] = Affiliation(label or str(len(found) + 1), plain(parted(node), *without))
    return found


def parted(node: Node) -> Node:
    """With commas between parts that touch: institution, city, country."""
    children: list[Node | str] = []
    for child in node.children:
        before = children[-1] if children else None
        if isinstance(before, Node) and before.name not in ("label", "sup") and _is_part(child):
            children.append(", ")
        if isinstance(child, str) or child.name != "institution-id":
            inner = (
                parted(child)
                if isinstance(child, Node) and child.name == "institution-wrap"
                else child
            )
            children.append(inner)
    return Node(node.name, node.attrs, node.line, tuple(children))


def _is_part(child: Node | str) -> bool:
    return isinstance(child, Node) and child.name != "institution-id"
