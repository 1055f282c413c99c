"""The outline of a web page: nested parts, each with its heading and the blocks under it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poi_search.readers.html.floats import begins_with_label
from poi_search.readers.html.inline import BLOCKS
from poi_search.readers.html.page_parts import PagePart, ends_with_box, is_empty
from poi_search.readers.markup import Node, plain
from poi_search.readers.matter import main_part

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SCOPES = re.compile(
    r"(?:^|[-_])(?:t?sec(?:tion)?\d*|abstract|keywords?|kwd|ack|ref-?list|references|bibliography)"
    r"(?:$|[-_])",
    re.IGNORECASE,
)
_FLOAT = re.compile(
    r"^(?:fig(?:ure)?|table-?wrap|tw|tbl|tables?|scheme|c-article-table|.*-table-wrap|.*[-_]figure"
    r"|figure-?(?:wrap|desc)\w*|.*[-_](?:fig|table)[-_](?:wrap|show))$",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"(?:article-?)?(?:section|sec|abstract|abs)[-_]?(?:title|heading|head)", re.IGNORECASE
)
_BOXES = ("div", "article", "section")
_TITLE_WORDS = 15
_RUNNING = 25
_MOST_CAPTION_CELLS = 2
_CAPTION = re.compile(r"^(?:fig(?:ure)?|table)-?caption$", re.IGNORECASE)
_ROLES = {
    "abstract": re.compile(r"(?:^|[-_\s])abstract(?:$|[-_\s\d])", re.IGNORECASE),
    "keywords": re.compile(r"(?:^|[-_\s])(?:keywords?|kwd-?group)(?:$|[-_\s\d])", re.IGNORECASE),
    "references": re.compile(
        r"(?:^|[-_\s])(?:references|ref-?list|bibliography|citation-list)(?:$|[-_\s\d])",
        re.IGNORECASE,
    ),
}


def outline(page: Node) -> PagePart:
    """The page as one part; text outside blocks becomes paragraphs."""
    root = PagePart(None, 0, page.line)
    _Builder(root).read(page)
    return root


class _Builder:
    def __init__(self, root: PagePart) -> None:
        self._open = [root]
        self._titled = False  # whether the title of the article has been seen

    def read(self, node: Node) -> None:
        loose: list[Node | str] = []
        for child in node.children:
            if isinstance(child, str) or not _is_block(child):
                loose.append(child)
                continue
            self._flush(loose, node)
            self._block(child)
        self._flush(loose, node)

    def _flush(self, loose: list[Node | str], parent: Node) -> None:
        # In a box of the page, a few words may be a label; in an item of a list they are text.
        in_box = parent.name in _BOXES or parent.name in ("main", "body")
        attrs = parent.attrs | {"loose": "loose"} if in_box else parent.attrs
        paragraph = Node("p", attrs, parent.line, tuple(loose))
        if plain(paragraph):
            self._put(paragraph)
        loose.clear()

    def _block(self, node: Node) -> None:
        if node.name in _HEADINGS or _is_titled(node):
            self._heading(node)
        elif is_float(node) or node.name in ("ul", "ol", "dl", "blockquote", "pre", "math"):
            self._add(node)
        elif node.name == "table":
            self._table(node)
        elif node.name == "p" and not any(_is_block(inner) for inner in node.elements()):
            self._add(node)
        else:
            self._container(node)

    def _add(self, node: Node) -> None:
        role = _role(node)
        if role and self._open[-1].role != role and self._open[-1].heading.lower() != role:
            part = PagePart(None, 6, node.line, role, [node])
            self._open[-1].below.append(part)
        else:
            self._put(node)

    def _put(self, node: Node) -> None:
        """Put a block under the open heading; running text after the first part, in its place."""
        here = self._open[-1]
        if here.rank or not here.below or is_float(node):
            here.blocks.append(node)
        elif here.below[-1].is_loose:
            here.below[-1].blocks.append(node)
        elif len(plain(node).split()) >= _RUNNING:
            here.below.append(PagePart(None, 6, node.line, "loose", [node]))
        else:
            here.blocks.append(node)

    def _table(self, node: Node) -> None:
        """Add a table; one that only lays out the page is read as its cells."""
        cells = list(node.walk("td", "th"))
        if _is_picture(node, cells):
            caption = Node("figcaption", {}, node.line, tuple(_cell_content(cells)))
            self._add(Node("figure", node.attrs, node.line, (caption,)))
        elif _is_equation(cells):
            self._flush([one for cell in cells for one in (*cell.children, " ")], node)
        elif node.get("role") in ("presentation", "none") or len(cells) < 2:
            for cell in cells:
                self.read(cell)
        else:
            self._add(node)

    def _heading(self, node: Node) -> None:
        if not plain(node):
            return
        if node.name == "h1" and not self._titled:
            self._titled = True
            # The title may be elsewhere, and the first heading that of a part.
            if not main_part(plain(node)):
                return
        rank = int(node.name[1]) if node.name in _HEADINGS else 2
        while len(self._open) > 1 and self._open[-1].rank >= rank:
            self._open.pop()
        part = PagePart(node, rank, node.line)
        self._open[-1].below.append(part)
        self._open.append(part)

    def _container(self, node: Node) -> None:
        """Read a container, whose headings end with it; without a heading, it may have a role."""
        outer = list(self._open)
        role = _role(node)
        if (entries := _entries(node)) and self._is_references(role):
            part = PagePart(None, 6, node.line, "references", entries)
            self._open[-1].below.append(part)
            return
        if role and node.find(*_HEADINGS) is None and self._open[-1].role != role:
            part = PagePart(None, 2, node.line, role)
            self._open[-1].below.append(part)
            self._open.append(part)
            self.read(node)
            self._open = outer
            return
        self.read(node)
        opened = [part for part in self._open if not any(part is one for one in outer)]
        if opened and is_empty(opened[-1]):
            return  # a box for the heading only
        is_scope = node.name in ("section", "article", "aside") or _is_named(node, _SCOPES)
        if is_scope or (opened and ends_with_box(opened[0].heading.strip(" :."))):
            self._open = outer

    def _is_references(self, role: str) -> bool:
        here = self._open[-1]
        named = re.match(r"references|bibliography|literature cited", here.heading, re.IGNORECASE)
        return "references" in (role, here.role) or named is not None


def _entries(node: Node) -> list[Node]:
    """The entries of a reference list made of identical boxes; else []."""
    inner = [one for one in node.elements() if plain(one)]
    kinds = {(one.name, one.get("class")) for one in inner}
    return inner if len(inner) > 1 and len(kinds) == 1 and inner[0].name in _BOXES else []


def _is_picture(table: Node, cells: list[Node]) -> bool:
    """Whether a table only lays out a picture and its caption."""
    texts = [text for cell in cells if (text := plain(cell))]
    if not texts or table.find("img") is None or len(texts) > _MOST_CAPTION_CELLS:
        return False
    return begins_with_label(" ".join(texts)) and not texts[0].lower().startswith("tab")


def _cell_content(cells: list[Node]) -> Iterator[Node | str]:
    for cell in cells:
        yield from (*cell.children, " ")


def _is_equation(cells: list[Node]) -> bool:
    """Whether a table contains only a formula and its number."""
    filled = [cell for cell in cells if plain(cell)]
    formulas = [cell for cell in filled if cell.first("math", "tex-math") is not None]
    rest = [plain(cell) for cell in filled if cell not in formulas]
    numbers = all(re.fullmatch(r"\(\S{1,6}\)", text) for text in rest)
    return bool(formulas) and numbers and len(rest) <= 1


def _is_titled(node: Node) -> bool:
    """Whether a paragraph or a box is a heading by its class."""
    return (
        node.name in ("p", "div")
        and any(map(_TITLES.fullmatch, node.get("class").split()))
        and 0 < len(plain(node).split()) <= _TITLE_WORDS
        and node.find(*_HEADINGS) is None
    )


def _is_block(node: Node) -> bool:
    return node.name in BLOCKS or any(_is_block(inner) for inner in node.elements())


def _is_named(node: Node, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(token) for token in (*node.get("class").split(), node.get("id")))


def is_float(node: Node) -> bool:
    """Whether an element, by its name or class, is a figure or a table with its frame."""
    if node.name == "figure":
        return True
    if node.name == "dl":
        return node.find("table") is not None
    if node.name not in ("div", "section"):
        return False
    if any(_has_class(child, _CAPTION) for child in node.elements()):
        return True
    if not _has_class(node, _FLOAT) or node.find("h2") is not None:
        return False
    return node.find("table", "img", "figcaption") is not None or begins_with_label(plain(node))


def _has_class(node: Node, pattern: re.Pattern[str]) -> bool:
    return any(map(pattern.match, node.get("class").split()))


def _role(node: Node) -> str:
    names = f"{node.get('class')} {node.get('id')}"
    return next((role for role, pattern in _ROLES.items() if pattern.search(names)), "")


def has_role(node: Node, role: str) -> bool:
    """Whether the class or id of an element names a part: 'abstract', 'keywords', 'references'."""
    return _ROLES[role].search(f"{node.get('class')} {node.get('id')}") is not None
