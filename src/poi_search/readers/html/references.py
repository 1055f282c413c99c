"""The reference list of a web page as JATS elements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from poi_search.readers.html.entry_parts import tagged_parts
from poi_search.readers.markup import Node, plain, squeeze
from poi_search.references.identifiers import identifiers_of_address

_LABEL = re.compile(r"\s*[\[(]?(\d{1,4})[\]).]?\s*")
_LEADING = re.compile(r"[\[(]?(\d{1,4})(?:[\])]\.?|\.)\s*(?=\D)")
_LINKS = re.compile(
    r"\[?(?:Cross ?Ref(?: Full Text)?|PubMed(?: Central|/NCBI| Abstract)?|View in Scopus"
    r"|(?:Search )?Google Scholar|Medline|Web of Science|Scopus|ISI|CAS"
    r"|Article|ADS|DOI|PMC(?: free article)?|Full Text|View(?: in)? (?:article|record.*)|ChemPort"
    r"|Free full text|Green Version|Get rights.*|OpenUrl|Search ADS|Abstract|PDF|Download.*"
    r"|WorldCat|Citation|↑|\^|↵)\]?",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = re.compile(r"[\[(][\s,;|·]*[\])]")


def read_items(blocks: Iterable[Node]) -> list[Node]:
    """The entries: the items of lists and tables; any other block is an entry itself."""
    items: list[Node] = []
    for block in blocks:
        if block.name in ("ul", "ol"):
            items += [one for one in block.elements("li") if plain(one)]
        elif block.name == "dl":
            items += [one for one in block.elements("dd") if plain(one)]
        elif block.name == "table":
            items += [one for one in block.walk("tr") if plain(one)]
        elif items and _only_links(block):
            # The links of an entry in a separate paragraph.
            items[-1] = replace(items[-1], children=(*items[-1].children, " ", *block.children))
        elif plain(block):
            items.append(block)
    return items


def _only_links(block: Node) -> bool:
    """Whether a block contains only links to databases."""
    return block.find("a") is not None and not re.search(r"\w", "".join(_printed_strings(block)))


def _is_link(node: Node) -> bool:
    return node.name == "a" and _LINKS.fullmatch(plain(node).strip("[] ")) is not None


def reference_list(items: list[Node]) -> tuple[Node, dict[str, str]]:
    """A JATS `ref-list`, and the ids of its entries by the ids of the page."""
    refs: list[Node] = []
    targets: dict[str, str] = {}
    for number, item in enumerate(items, 1):
        identifier = f"html-ref-{number}"
        for inner in (item, *item.walk()):
            for name in (inner.get("id"), inner.get("name"), inner.get("data-bib-id")):
                if name:
                    targets.setdefault(name, identifier)
                    targets.setdefault(re.sub("^ref-(?:id-)?", "", name), identifier)
        refs.append(_reference(item, identifier))
    line = items[0].line if items else 1
    return Node("ref-list", {}, line, tuple(refs)), targets


def _reference(item: Node, identifier: str) -> Node:
    text = squeeze(" ".join(_EMPTY_BRACKETS.sub(" ", "".join(_printed_strings(item))).split()))
    label, text = _split_number(item, text)
    text = re.sub(r"(?<!\s)\s++(?=[.,;:])", "", text).strip(" |")
    addresses = " ".join(link.get("href") for link in (item, *item.walk("a")))
    known = identifiers_of_address(addresses)
    children: list[Node | str] = []
    if label:
        children.append(Node("label", {}, item.line, (label,)))
    pub_ids = [
        Node("pub-id", {"pub-id-type": kind}, item.line, (value,))
        for kind, value in (("pmid", known.pmid), ("pmcid", known.pmcid), ("doi", known.doi))
        if value
    ]
    inner = tagged_parts(item, _is_link) or (text.strip(" ,"),)
    children.append(Node("mixed-citation", {}, item.line, (*inner, *pub_ids)))
    return Node("ref", {"id": identifier}, item.line, tuple(children))


def _split_number(item: Node, text: str) -> tuple[str, str]:
    """The number that an entry starts with, and the rest.

    In an element of its own, the number need not be followed by a full stop.
    """
    if match := _LEADING.match(text):
        return match[1], text[match.end() :]
    for inner in item.walk("span", "div", "td", "a", "strong", "b"):
        printed = plain(inner)
        if printed and text.startswith(printed) and (match := _LABEL.fullmatch(printed)):
            return match[1], text[len(printed) :].strip()
    return "", text


def _printed_strings(node: Node) -> Iterable[str]:
    """The text of an entry without the links to databases."""
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif _is_link(child):
            yield " "
        else:
            inner = "".join(_printed_strings(child))
            apart = child.name in ("div", "p", "li", "td", "br", "h3", "h4")
            # Authors, title and journal in separate boxes, without punctuation.
            boxed = child.name == "div" and re.search(r"[^\W\d_]{2}\W*(?<=[\w)])\s*$", inner)
            yield " " if apart else ""
            yield inner
            yield ", " if boxed else " " if apart else ""
