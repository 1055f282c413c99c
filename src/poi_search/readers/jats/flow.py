"""The content of a section: paragraphs, lists, boxes, quotations, figures and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from poi_search.article import Paragraph, Prose
from poi_search.readers.drafts import Draft
from poi_search.readers.jats.context import Context
from poi_search.readers.jats.floats import BARE_TABLES, read_float
from poi_search.readers.jats.inline import (
    FLOATS,
    FORMULAS,
    UNREAD,
    Inline,
    is_address,
    is_boilerplate,
    read_prose,
)
from poi_search.readers.markup import Node, plain

_HEADINGS = frozenset("title label sec-meta subtitle".split())
_LISTS = frozenset("list def-list".split())
_CONTAINERS = frozenset(
    "boxed-text disp-quote statement speech verse-group supplementary-material sec app fn"
    " fn-group notes ack glossary question question-wrap answer answer-set explanation".split()
)
_NOTE_LINKS = frozenset("fn table-fn author-notes corresp aff other".split())
_SINGLE = frozenset("preformat code".split())
BLOCKS = _LISTS | _CONTAINERS | _SINGLE | BARE_TABLES | {"p"}


class Flow:
    """Reads elements into the blocks of a draft, numbering paragraphs in reading order."""

    def __init__(self, draft: Draft, context: Context) -> None:
        self.draft = draft
        self._context = context
        # For the next paragraph: its run-in heading, and its first words.
        self._heading = ""
        self._lead = ""
        self._paragraphs = sum(isinstance(block, Paragraph) for block in draft.blocks)

    def read(self, nodes: Iterable[Node]) -> None:
        """Read elements in order; a formula between paragraphs belongs to the one before it."""
        pending: Node | None = None
        formulas: list[Node] = []
        for node in nodes:
            if node.name in FORMULAS and pending is not None:
                formulas.append(node)
                continue
            if pending is not None:
                self._paragraph(pending, formulas)
            pending, formulas = (node, []) if node.name == "p" else (None, [])
            if pending is None:
                self._block(node)
        if pending is not None:
            self._paragraph(pending, formulas)

    def paragraph(self, prose: Prose, line: int) -> None:
        """Add a finished paragraph, under the pending heading."""
        if prose.text:
            self._paragraphs += 1
            anchor = f"{self.draft.anchor}-p{self._paragraphs}"
            self.draft.blocks.append(Paragraph(anchor, prose, self._heading))
            self._heading = ""

    def _paragraph(self, node: Node, formulas: Iterable[Node] = ()) -> None:
        if is_address(node):
            self._context.set_aside(node, "the DOI of a part")
            return
        before = len(self.draft.blocks)
        inline = Inline(self._context, node.line)
        inline.writer.text(f"{self._lead} ")
        self._lead = ""
        for child in node.children:
            if isinstance(child, Node) and child.name in BLOCKS and not _is_in_line(child):
                self._finish(inline, node)
                self._block(child)
                inline = Inline(self._context, node.line)
            else:
                inline.add(child)
        for formula in formulas:
            inline.writer.text(" ")
            inline.add(formula)
        self._finish(inline, node)
        self._context.record(node, *(block.anchor for block in self.draft.blocks[before:]))

    def _finish(self, inline: Inline, node: Node) -> None:
        """End a paragraph; its floats and notes follow it, so as not to interrupt the text."""
        before = len(self.draft.blocks)
        self.paragraph(inline.prose(), node.line)
        if len(self.draft.blocks) > before:
            paragraph = self.draft.blocks[-1]
            for target in inline.mentions:
                self._context.mentions.setdefault(target, (self.draft.blocks, paragraph))
        for float_node in inline.aside:
            self.draft.blocks += read_float(float_node, self._context)
        for note in inline.notes:
            self._container(note)

    def _block(self, node: Node) -> None:
        if node.name in _HEADINGS or node.name in UNREAD or node.name == "ref-list":
            return
        if node.name in FLOATS or node.name in BARE_TABLES:
            self.draft.blocks += read_float(node, self._context)
        elif node.name in FORMULAS:
            self._paragraph(Node("p", {}, node.line, (node,)))
        elif node.name == "list":
            self._list(node)
        elif node.name == "def-list":
            self._definitions(node)
        elif node.name in _CONTAINERS or any(child.name in BLOCKS for child in node.elements()):
            self._container(node)
        else:
            self._paragraph(node)

    def _container(self, node: Node) -> None:
        """Read a box, a quotation or a note; its heading is that of its first paragraph."""
        if node.name == "supplementary-material":
            self._supplement(node)
            return
        caption = node.first("caption")
        title = node.first("title") or (caption.first("title") if caption else None)
        label, heading = plain(node.first("label")), plain(title).rstrip(": ")
        if node.name == "fn":
            self._lead = label
        else:
            heading = f"{label} {heading}".strip()
        before = len(self.draft.blocks)
        self._heading = ": ".join(part for part in (self._heading, heading) if part)
        if any(isinstance(child, str) and child.strip() for child in node.children):
            self._paragraph(Node("p", {}, node.line, node.children_without(*_HEADINGS)))
        else:
            self.read(part for child in node.elements() for part in _open_caption(child))
        if len(self.draft.blocks) == before:
            self._add_leftover(node)

    def _add_leftover(self, node: Node) -> None:
        """Make a paragraph of a heading or label that no paragraph followed."""
        text = f"{self._lead} {self._heading}".strip()
        self._lead = self._heading = ""
        self.paragraph(Prose(text), node.line)

    def _supplement(self, node: Node) -> None:
        caption = node.first("caption")
        media = None if caption else node.first("media")
        caption = media.first("caption") if media else caption
        inner = caption.children if caption and not is_boilerplate(caption) else ()
        head = (plain(node.first("label")), " ", *inner)
        self._paragraph(Node("p", {}, node.line, tuple(_merge_paragraphs(head))))
        self.read(one for one in node.elements() if one is not caption and one is not media)

    def _list(self, node: Node) -> None:
        self._heading = plain(node.first("title")) or self._heading
        for item in node.elements("list-item"):
            label = plain(item.first("label"))
            self._lead = label if any(char.isalnum() for char in label) else ""
            if any(part.name in BLOCKS for part in item.elements()):
                self.read(item.elements())
            else:
                self._paragraph(Node("p", {}, item.line, item.children_without(*_HEADINGS)))

    def _definitions(self, node: Node) -> None:
        self._heading = plain(node.first("title")) or self._heading
        heads = [plain(head) for head in node.elements("term-head", "def-head")]
        if any(heads):
            self.paragraph(Prose(": ".join(filter(None, heads))), node.line)
        for item in node.elements("def-item", "def-list"):
            if item.name == "def-list":
                self._definitions(item)
                continue
            inline = Inline(self._context, item.line)
            for part in item.elements():
                for child in part.children:
                    inline.add(child)
                inline.writer.text(": " if part.name == "term" else " ")
            self._finish(inline, item)


def _is_in_line(node: Node) -> bool:
    """Whether an element in a paragraph does not end it: a note, or code in one line."""
    lines = "".join(node.strings()).strip().count("\n")
    return node.name == "fn" or (node.name == "code" and not lines)


def _open_caption(node: Node) -> Iterable[Node]:
    """The elements of a caption (its title has become the heading), or any other element."""
    return node.elements() if node.name == "caption" else (node,)


def _merge_paragraphs(items: Iterable[Node | str]) -> Iterable[Node | str]:
    """The items with paragraphs as runs of text, to make one paragraph of them."""
    for item in items:
        if isinstance(item, Node) and item.name == "p":
            yield from (" ", *item.children)
        else:
            yield item


def read_title(node: Node | None, context: Context) -> str:
    """The text of a heading, without note marks and a final colon."""
    if node is None:
        return ""
    inner = tuple(c for c in node.children if isinstance(c, str) or not is_note_mark(c))
    return read_prose(replace(node, children=inner), context, ("fn",)).text.rstrip(": ")


def is_note_mark(node: Node) -> bool:
    """Whether an element is a note, a link to one, or a superscript of nothing else."""
    if node.name == "sup":
        inner = list(node.elements())
        return bool(inner) and all(map(is_note_mark, inner)) and not plain(node, "xref", "fn")
    return node.name == "fn" or (node.name == "xref" and node.get("ref-type") in _NOTE_LINKS)
