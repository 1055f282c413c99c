"""Running text of JATS: links, superscripts, formulas, notes → Prose."""

from __future__ import annotations

import re

from poi_search.article import Prose
from poi_search.readers.citations import parse_numbers
from poi_search.readers.jats.context import Context
from poi_search.readers.jats.formulas import formula_text
from poi_search.readers.markup import Node, plain
from poi_search.readers.prose import ProseWriter

FLOATS = frozenset("fig fig-group table-wrap table-wrap-group".split())
FORMULAS = frozenset(
    "inline-formula disp-formula disp-formula-group math tex-math alternatives chem-struct"
    " chem-struct-wrap".split()
)
# Read elsewhere, or not meant for readers.
UNREAD = frozenset("alt-text long-desc object-id permissions index-term private-char".split())
_BOILERPLATE = re.compile(
    r"Click here for additional data file\.?\s*(?:\([\d.]+\s*[KMG]?B[^)]*\))?"
)
_ADDRESS = re.compile(r"(?:doi:?\s*)?https?://(?:dx\.)?doi\.org/\S+", re.IGNORECASE)
# Elements on separate lines, whose text is kept apart from that of their neighbours.
_APART = frozenset(
    "p title label caption list list-item def def-item def-list term td th tr table attrib"
    " break hr sec disp-quote boxed-text statement verse-line preformat subtitle"
    " supplementary-material media graphic fn speaker".split()
)


_EDGES = " ,;–-[]()"
_NOTES = ("fn", "table-fn")
_LONGEST_SIGN = 3


class Inline:
    """Writes elements into one run of text, collecting the floats and notes among them."""

    def __init__(self, context: Context, line: int, *, in_notes: bool = False) -> None:
        self.writer = ProseWriter()
        # In notes on a table, a raised number is the sign of a note.
        self._bare_markers = context.bare_markers and not in_notes
        self.aside: list[Node] = []
        self.notes: list[Node] = []
        self.mentions: set[str] = set()
        self._context = context
        self._line = line

    def add(self, item: Node | str) -> None:
        if isinstance(item, str):
            self.writer.text(item)
        elif item.name == "xref":
            self._xref(item)
        elif item.name == "sup":
            self._sup(item)
        elif item.name in FORMULAS:
            self._formula(item)
        elif item.name in FLOATS:
            self.aside.append(item)
        elif item.name == "fn":
            self.notes.append(item)
        elif item.name not in UNREAD:
            if item.name == "given-names":
                self.writer.text(" ")
            self._walk(item)

    def prose(self) -> Prose:
        return self._context.prose(self.writer, self._line)

    def _children(self, node: Node) -> None:
        for child in node.children:
            self.add(child)

    def _walk(self, node: Node) -> None:
        apart = node.name in _APART
        if (node.name == "caption" and is_boilerplate(node)) or is_address(node):
            return
        if apart:
            self.writer.text(" ")
        self._children(node)
        if node.name in ("ext-link", "uri") and not plain(node):
            self.writer.text(node.get("href"))
        if apart:
            self.writer.text(" ")

    def _xref(self, node: Node) -> None:
        ids = tuple(node.get("rid").split())
        numbers = self._context.numbering.of_ids(ids)
        if not numbers and node.get("ref-type") != "bibr":
            self.mentions.update(ids)
            if self._is_note_sign(node):
                with self.writer.superscript():
                    self._children(node)
            else:
                self._children(node)
            return
        text, raised = plain(node), node.first("sup")
        if raised is not None and plain(raised).strip(_EDGES) == text.strip(_EDGES):
            with self.writer.superscript():
                self.writer.cite(text, ids)
        else:
            self.writer.cite(text, ids, "" if text else self._name(node, numbers))

    def _is_note_sign(self, node: Node) -> bool:
        """Whether a link to a note would run into the word before it: 'Pregnancies' + 'e'."""
        return (
            node.get("ref-type") in _NOTES
            and len(plain(node)) <= _LONGEST_SIGN
            and node.find("sup") is None
            and self.writer.touches_word()
        )

    def _sup(self, node: Node) -> None:
        """Write a superscript; in an article without links, numbers after a word are a marker."""
        text = plain(node)
        listed = len(parse_numbers(text.strip("[]"))) > 1 or text[:1] == "["
        marker = self._bare_markers and self.writer.ends_word(listed)
        with self.writer.superscript():
            if marker and self._context.numbering.of_labels(text.strip("[]")):
                self.writer.cite(text, ())
            else:
                self._children(node)

    def _name(self, node: Node, numbers: tuple[int, ...]) -> str:
        """The text for a link without text: its references, in the style that its id names."""
        names = [self._context.names.get(number, f"[{number}]") for number in numbers]
        if self.writer.is_open():
            names = [name.strip("[]") for name in names]
        style = node.get("id").split(".")[0]
        if style == "text":
            return "; ".join(re.sub(r", (\d{4}\w?)$", r" (\1)", name) for name in names)
        joined = "; ".join(names)
        return f"({joined})" if style == "paren" and not joined.startswith("[") else joined

    def _formula(self, node: Node) -> None:
        apart = node.name.startswith(("disp", "chem"))
        parts = list(node.elements("disp-formula")) or [node]
        for part in parts:
            label = plain(part.first("label"))
            text = f"{formula_text(part)} {_in_brackets(label)}".strip()
            self.writer.text(f" {text} " if apart else text)


def is_boilerplate(caption: Node) -> bool:
    """Whether a caption only offers a file for download."""
    return _BOILERPLATE.fullmatch(plain(caption)) is not None


def is_address(node: Node) -> bool:
    """Whether a paragraph is only the DOI of the part that contains it."""
    return node.name == "p" and _ADDRESS.fullmatch(plain(node)) is not None


def _in_brackets(label: str) -> str:
    return f"({label})" if label and label[:1] not in "([" else label


def read_prose(node: Node, context: Context, without: tuple[str, ...] = ()) -> Prose:
    """All the text of an element as one Prose, its notes at the end."""
    inline = Inline(context, node.line)
    for child in node.children:
        if isinstance(child, str) or child.name not in without:
            inline.add(child)
    for apart in (*inline.notes, *inline.aside):
        inline.writer.text(" ")
        for child in apart.children:
            inline.add(child)
    return inline.prose()
