"""Figures and tables of web pages as JATS elements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from poi_search.readers.html.inline import InlineConverter
from poi_search.readers.markup import Node, plain

_LABEL = re.compile(
    r"(?P<label>(?:supplementary |extended data |additional )?"
    r"(?:fig(?:ure)?s?\.?|tables?|tab\.|scheme|box|chart)\s*[A-Z]?\d{1,3}[A-Za-z]?)\s*(?:[.:|–—-]\s*|\s|$)",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:^|[-_\s])(?:(?:fig|table)?captions?|legend|title|description|desc)(?:$|[-_\s])",
    re.IGNORECASE,
)
# A separate line with only the address of the figure.
_ADDRESS = re.compile(r"(?:doi:?\s*)?https?://\S+", re.IGNORECASE)
_FOOT = re.compile(
    r"(?:^|[-_\s])(?:tw-?foot|tblwrap-foot|table-(?:wrap-)?foot\w*|footnotes?|foot|tablenotes?|legend)"
    r"(?:$|[-_\s])",
    re.IGNORECASE,
)


def read_float(node: Node, inline: InlineConverter) -> Node:
    """A `fig` or a `table-wrap`; its label may be the first words of the caption."""
    tables = [node] if node.name == "table" else list(node.outermost("table"))
    rest = [one for one in node.elements() if one.name != "table"] if node.name != "table" else []
    foot = (
        [one for one in _find_by_class(node, _FOOT) if one.find("table") is None] if tables else []
    )
    heads = list(node.walk("caption", "figcaption", "h3", "h4", "h5", "h6"))
    heads += [
        one
        for one in _find_by_class(node, _CAPTION)
        if one.find("table") is None and one not in foot
    ]
    heads = [
        one
        for at, one in enumerate(heads)
        if not any(one is inner for other in heads for inner in other.walk())
        and not any(one is other for other in heads[:at])
    ]
    if not heads and not tables:
        heads = rest
    heads = [
        one
        for one in heads
        if not any(one is other for other in foot) and not _ADDRESS.fullmatch(plain(one))
    ]
    text: list[Node | str] = []
    for head in heads:
        text += [*inline.children(head.children), " "]
    label, text = _take_label(text)
    if not label:
        # Printed separately from the caption.
        printed = (plain(one) for one in node.walk() if one.name != "table")
        label = next((one.rstrip(".: ") for one in printed if _LABEL.fullmatch(one)), "")
    caption = Node("caption", {}, node.line, (Node("p", {}, node.line, tuple(text)),))
    children: list[Node | str] = [Node("label", {}, node.line, (label,)), caption]
    children += [_table(table, inline) for table in tables]
    if tables and node.name != "table":
        notes = foot or [one for one in rest if not _contains_any(one, (*heads, *tables))]
        inner = tuple(Node("p", {}, one.line, inline.children(one.children)) for one in notes)
        children.append(Node("table-wrap-foot", {}, node.line, inner))
    identifier = node.get("id") or next((one.get("id") for one in node.walk() if one.get("id")), "")
    is_table = bool(tables) or label.lower().startswith("tab")
    return Node("table-wrap" if is_table else "fig", {"id": identifier}, node.line, tuple(children))


def drop_repeats(floats: list[Node]) -> list[Node]:
    """The floats, one per label: a page may show a table twice, once without its rows."""
    found: list[Node] = []
    for one in floats:
        label = plain(one.first("label"))
        at = next((i for i, old in enumerate(found) if plain(old.first("label")) == label), None)
        if not label or at is None or (_has_rows(found[at]) and _has_rows(one)):
            found.append(one)
        elif _has_rows(one):
            found[at] = replace(one, attrs=found[at].attrs)
    return found


def fill_tables(nodes: Sequence[Node], tables: list[Node]) -> list[Node]:
    """The elements, with the rows of `tables` in those that have only their label.

    Tables that find their place are removed from the list.
    """
    filled: list[Node] = []
    for node in nodes:
        label = plain(node.first("label")) if node.name in ("table-wrap", "fig") else ""
        found = next((one for one in tables if label and plain(one.first("label")) == label), None)
        if found is not None and not _has_rows(node):
            tables[:] = [one for one in tables if one is not found]
            filled.append(replace(found, attrs=node.attrs))
        elif node.name == "sec":
            inner = tuple(
                one
                for child in node.children
                for one in (fill_tables([child], tables) if isinstance(child, Node) else [child])
            )
            filled.append(replace(node, children=inner))
        else:
            filled.append(node)
    return filled


def is_label(text: str) -> bool:
    """Whether `text` is only a label, such as 'FIGURE 1'."""
    match = _LABEL.match(text)
    return match is not None and match.end() == len(text)


def begins_with_label(text: str) -> bool:
    """Whether `text` may be the caption of a figure or a table: 'Table 2 Doses'."""
    return _LABEL.match(text) is not None


def _has_rows(node: Node) -> bool:
    return node.first("table") is not None


def _find_by_class(node: Node, pattern: re.Pattern[str]) -> list[Node]:
    """The outermost elements whose class matches `pattern`."""
    found: list[Node] = []
    for child in node.elements():
        if pattern.search(child.get("class")):
            found.append(child)
        elif child.name != "table":
            found += _find_by_class(child, pattern)
    return found


def _contains_any(node: Node, others: tuple[Node, ...]) -> bool:
    inner = (node, *node.walk())
    return any(one is other for one in inner for other in others)


def _table(table: Node, inline: InlineConverter) -> Node:
    """The rows of a table, without its caption, which has already been read."""
    children = tuple(
        _cells(child, inline)
        for child in table.elements()
        if child.name not in ("caption", "colgroup")
    )
    return Node("table", table.attrs, table.line, children)


def _cells(node: Node, inline: InlineConverter) -> Node:
    if node.name in ("td", "th"):
        return Node(node.name, node.attrs, node.line, inline.children(node.children))
    return Node(
        node.name, node.attrs, node.line, tuple(_cells(child, inline) for child in node.elements())
    )


def _take_label(text: list[Node | str]) -> tuple[str, list[Node | str]]:
    """The label at the beginning of the text ('Figure 2'), and the rest."""
    whole = plain(Node("p", {}, 0, tuple(text)))
    match = _LABEL.match(whole)
    if match is None:
        return "", text
    rest = _drop_characters(tuple(text), match.end())[0]
    again = _LABEL.match(plain(Node("p", {}, 0, rest)))
    if again and again["label"] == match["label"]:
        rest = _drop_characters(rest, again.end())[0]
    return match["label"], list(rest)


def _drop_characters(
    items: tuple[Node | str, ...], count: int
) -> tuple[tuple[Node | str, ...], int]:
    """The items without their first `count` characters, a run of spaces counted as one."""
    left: list[Node | str] = []
    begun = False
    for item in items:
        if count <= 0:
            left.append(item)
        elif isinstance(item, Node):
            inner, count = _drop_characters(item.children, count)
            left.append(Node(item.name, item.attrs, item.line, inner))
            begun = True
        else:
            taken = item if begun else item.lstrip()
            while taken and count > 0:
                end = 1
                while taken[0].isspace() and end < len(taken) and taken[end].isspace():
                    end += 1
                taken, count = taken[end:], count - 1
                begun = True
            left.append(taken)
    return tuple(left), count
