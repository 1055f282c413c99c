"""Removing what is not part of the article from a web page: menus, buttons, scripts."""

from __future__ import annotations

import re

from poi_search.readers.markup import Node, plain

_GONE = frozenset(
    "script style noscript template nav form button svg iframe select input textarea dialog"
    " object embed video audio canvas source track link meta label".split()
)
_GONE_ROLES = frozenset("navigation banner search dialog alertdialog menu toolbar".split())
_FURNITURE = re.compile(
    r"(?:^|[-_])(?:cookies?|breadcrumbs?|share|sharing|social|toolbar|sidebar|related|recommend\w*"
    r"|newsletter|advert\w*|promo|skip|menu|navbar|pagination|pager|altmetric|metrics|downloads?"
    r"|modal|popup|tooltip|login|signin|permalink|sr-only|visually-hidden|visuallyhidden"
    r"|screen-reader|noprint|no-print|mathjax_preview|mjx|katex-html|pdf-link)(?:$|[-_])"
    r"|(?:^|[-_])toc(?!-section)(?:$|[-_])",
    re.IGNORECASE,
)
_LINK_WORDS = re.compile(
    r"(?:Open in a (?:new tab|separate window)|Full size (?:image|table)|View (?:large|full size|in"
    r" article|figure|table)\b.{0,60}|Expand table"
    r"|Download:? (?:Download|figure|image|full|high|PowerPoint|PPT|CSV|as|slide)\b.{0,60}"
    r"|Go to:?|Back to top|Enlarge (?:image|figure)|Figure viewer|Open in viewer|Display full size"
    r"|Click here to (?:view|enlarge)\b.{0,60}|Copy|Permalink|Expand|Collapse|Close|Print)\.?",
    re.IGNORECASE,
)
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
        or (node.name == "aside" and node.find("table", "figure") is None)
        or (node.name in _SMALL and _LINK_WORDS.fullmatch(plain(node)) is not None)
        or any(_FURNITURE.search(token) for token in node.get("class").split())
        or (_is_hidden(node) and node.find(*_CONTENT) is None)
    )


def _is_hidden(node: Node) -> bool:
    styled = "display:none" in node.get("style").replace(" ", "")
    return styled or "hidden" in node.attrs or node.get("aria-hidden") == "true"
