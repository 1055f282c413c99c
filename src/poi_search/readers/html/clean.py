"""Removing what is not part of the article from a web page: menus, buttons, scripts."""

from __future__ import annotations

from poi_search.readers.html.furniture import is_furniture_class, is_link_word
from poi_search.readers.html.outline import has_role
from poi_search.readers.markup import Node, plain

_GONE = frozenset(
    "script style noscript template nav form button svg iframe select input textarea dialog"
    " object embed video audio canvas source track link meta label".split()
)
_GONE_ROLES = frozenset("navigation banner search dialog alertdialog menu toolbar".split())
_SMALL = ("a", "span", "div", "p", "li")
_CONTENT = ("p", "li", "table", "figure", "h2")


def clean(node: Node, inside: bool = False) -> Node:
    """The element without the page's furniture; `inside` if it is within the article."""
    inside = inside or node.name in ("article", "main")
    children: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str):
            children.append(child)
        elif formula := _script_formula(child):
            children.append(formula)
        elif not _is_furniture(child, inside):
            children.append(clean(child, inside))
    return Node(node.name, node.attrs, node.line, tuple(children))


def _script_formula(node: Node) -> Node | None:
    """The formula in an element that a script of the page would typeset."""
    is_script = node.name == "script" and node.get("type").startswith("math/tex")
    if is_script or (node.name == "span" and "mathjax-tex" in node.get("class")):
        return Node("tex-math", {}, node.line, ("".join(node.strings()),))
    return None


def _is_furniture(node: Node, inside: bool) -> bool:
    if node.name in ("body", "article", "main", "math"):
        return False
    if node.name in _GONE or node.get("role").lower() in _GONE_ROLES:
        return True
    if node.find("h1", "article", "main") is not None:
        return False
    return (
        (node.name in ("header", "footer") and not inside)
        or (node.name == "aside" and not _is_kept_aside(node))
        or (node.name in _SMALL and is_link_word(plain(node)))
        or any(map(is_furniture_class, node.get("class").split()))
        or (_is_hidden(node) and not _may_be_shown(node))
    )


def _is_kept_aside(node: Node) -> bool:
    return node.find("table", "figure") is not None or has_role(node, "references")


def _may_be_shown(node: Node) -> bool:
    """Whether a hidden element has text that a click shows: a table, the rest of a list."""
    inner = list(node.walk())
    return (
        node.name == "table"
        or any(one.name in _CONTENT for one in inner)
        or any(one.get("role") == "listitem" for one in (node, *inner))
    )


def _is_hidden(node: Node) -> bool:
    styled = "display:none" in node.get("style").replace(" ", "")
    return styled or "hidden" in node.attrs or node.get("aria-hidden") == "true"
