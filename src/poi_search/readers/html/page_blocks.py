"""The blocks of a page as JATS elements, without those that are not text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from poi_search.readers.html.floats import is_label, read_float
from poi_search.readers.html.inline import InlineConverter
from poi_search.readers.html.outline import is_float, outline
from poi_search.readers.html.page_parts import parts_of
from poi_search.readers.markup import Node, plain
from poi_search.readers.matter import is_keyword_line, split_keywords

_MOST_LINK_WORDS = 15
_MOST_LABEL_WORDS = 6
_FEW = 2
_SENTENCE = re.compile(r"[.?!:;=)\]”»]$|[\[=<>±]")
# The number of an equation, apart from it.
_NUMBER = re.compile(r"[(\[]\s?[A-Z]?\.?\d{1,3}[a-z]?\s?[)\]]")
# A file offered beside the text.
_FILE = re.compile(
    r"(?:format|size|file type|download)s?:?\s.{0,80}\b(?:[kmg]b|bytes|viewer|reader|download file)"
    r"|this file can be viewed with.{0,80}|\(?(?:pdf|docx?|xlsx?|zip|pptx?|csv|mp4|avi|mov)"
    r"[, ]+[\d.]+\s*[kmg]b\)?",
    re.IGNORECASE,
)


class BlockReader:
    """Converts blocks; collects the keywords among them, and what is set aside."""

    def __init__(self, inline: InlineConverter) -> None:
        self.keywords: list[Node] = []
        self.aside: list[tuple[int, str]] = []
        self.inline = inline

    def read(self, blocks: Iterable[Node]) -> list[Node]:
        kept = (block for block in blocks if not self.take_keyword_line(block))
        return [
            node
            for block in kept
            if not self._take_lone_label(block) and not self._take_furniture(block)
            for node in self._block(block)
        ]

    def add_keywords(self, blocks: Iterable[Node], line: int) -> None:
        words = [word for block in blocks for word in _words(block)]
        if words and not self.keywords:
            children = tuple(Node("kwd", {}, line, (word,)) for word in words)
            self.keywords.append(Node("kwd-group", {}, line, children))

    def take_keyword_line(self, block: Node) -> bool:
        """Take a paragraph 'Keywords: a, b'; False if the block is not one."""
        if block.name == "p" and is_keyword_line(plain(block)):
            self.add_keywords([block], block.line)
            return True
        return False

    def _take_lone_label(self, block: Node) -> bool:
        """Set aside a paragraph 'FIGURE 1', as the caption repeats it; False for other blocks."""
        if block.name != "p" or not is_label(plain(block)):
            return False
        self.aside.append((block.line, "the label of a figure or table, separate from it"))
        return True

    def _take_furniture(self, block: Node) -> bool:
        if not is_furniture(block):
            return False
        self.aside.append((block.line, "links and labels of the page"))
        return True

    def _block(self, block: Node) -> list[Node]:
        if block.name == "table" or is_float(block):
            return [read_float(block, self.inline)]
        if block.name in ("ul", "ol"):
            items = [self._item(item) for item in block.elements("li")]
            return [Node("list", {}, block.line, tuple(items))]
        if block.name == "dl":
            return [self._definitions(block)]
        if block.name == "blockquote":
            return [Node("disp-quote", {}, block.line, tuple(self._inner_blocks(block)))]
        if block.name == "math":
            return [Node("disp-formula", {}, block.line, (block,))]
        name = "preformat" if block.name == "pre" else "p"
        return [Node(name, {}, block.line, self.inline.children(block.children))]

    def _item(self, item: Node) -> Node:
        return Node("list-item", {}, item.line, tuple(self._inner_blocks(item)))

    def _inner_blocks(self, node: Node) -> list[Node]:
        """The blocks inside a block; headings in it become paragraphs."""
        inner = outline(node)
        nodes = self.read(inner.blocks)
        for below in parts_of(inner):
            if below.title is not None:
                title = self.inline.children(below.title.children)
                nodes.append(Node("p", {}, below.line, title))
            nodes += self.read(below.blocks)
        return nodes

    def _definitions(self, block: Node) -> Node:
        items: list[Node] = []
        term: Node | None = None
        for child in block.elements("dt", "dd"):
            inner = self.inline.children(child.children)
            if child.name == "dt" and not any(char.isalnum() for char in plain(child)):
                term = None  # a bullet
            elif child.name == "dt":
                term = Node("term", {}, child.line, inner)
            if child.name == "dt":
                continue
            definition = Node("def", {}, child.line, (Node("p", {}, child.line, inner),))
            parts = (term, definition) if term else (definition,)
            items.append(Node("def-item", {}, child.line, parts))
        return Node("def-list", {}, block.line, tuple(items))


def is_furniture(block: Node) -> bool:
    """Whether a block is a row of links, the label of a tab or a file to download."""
    if block.name not in ("p", "ul", "ol"):
        return False
    text = plain(block)
    if block.name == "p" and (_FILE.fullmatch(text) or _NUMBER.fullmatch(text)):
        return True
    parts = [block] if block.name == "p" else list(block.elements("li"))
    # Several links in a list are a menu, also if they lead to places on the page.
    is_menu = block.name != "p" and len(parts) > _FEW
    if parts and all(_is_links_only(part, is_menu) for part in parts):
        return True
    # Text without a paragraph of its own, no sentence and no formula.
    loose = "loose" in block.attrs and len(text.split()) <= _MOST_LABEL_WORDS
    return loose and not _SENTENCE.search(text) and block.find("math", "tex-math", "img") is None


def _is_links_only(block: Node, inward: bool) -> bool:
    links = list(block.outermost("a"))
    if not links or len(plain(block).split()) > _MOST_LINK_WORDS:
        return False
    # A link within the page may be a citation or name a figure.
    outward = inward or any(not link.get("href").startswith("#") for link in links)
    linked = "".join(plain(link) for link in links)
    signs = [sum(map(str.isalnum, text)) for text in (linked, plain(block))]
    return outward and signs[1] - signs[0] <= 2


def _is_keyword(node: Node) -> bool:
    return any(name.lower() in ("keyword", "kwd") for name in node.get("class").split())


def _words(block: Node) -> list[str]:
    """The keywords in a list or in a line."""
    items = list(block.walk("li")) or [one for one in block.elements() if _is_keyword(one)]
    if items:
        return [plain(item).rstrip(",;") for item in items]
    return split_keywords(plain(block))
