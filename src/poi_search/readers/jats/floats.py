"""Figures and tables of JATS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from poi_search.article import Block, Figure, Finding, Paragraph, Prose, Row, Table
from poi_search.readers.grid import Grid, read_grids
from poi_search.readers.jats.context import Context, name_floats
from poi_search.readers.jats.inline import FLOATS, Inline, read_prose
from poi_search.readers.markup import Node, plain

BARE_TABLES = frozenset({"table", "array"})
_SUPPLEMENTS = ("supplementary-material", "media")
_NOT_NOTES = ("label", "caption", "table", "array", "alternatives", "graphic", "media", "title")


def float_anchors(roots: list[Node]) -> dict[int, str]:
    """The anchors of all figures and tables in `roots`, by the `id()` of their element."""
    figures: list[tuple[Node, str]] = []
    tables: list[tuple[Node, str]] = []
    for node, label in (found for root in roots for found in _floats(root)):
        (figures if node.name.startswith("fig") else tables).append((node, label))
    return name_floats(figures, "f") | name_floats(tables, "t")


def _floats(node: Node, label: str = "") -> Iterator[tuple[Node, str]]:
    """Figures and tables with their labels; the first table of a group takes its label."""
    for child in node.elements():
        if child.name == "fig-group":
            if label_of(child) or child.first("caption"):
                yield child, label_of(child)
            if _has_figure_captions(child):
                yield from _floats(child)
        elif child.name == "table-wrap-group":
            yield from _floats(child, label_of(child))
        elif child.name in FLOATS or child.name in BARE_TABLES:
            yield child, label_of(child) or label
            label = ""
            if child.name == "fig":
                yield from _floats(child)
        elif child.name != "ref-list":
            yield from _floats(child, label)


def _has_figure_captions(group: Node) -> bool:
    """Whether to read the figures of a group one by one: they have captions, or it has none."""
    captions = [plain(figure.first("caption")) for figure in group.walk("fig")]
    return any(captions) or not (label_of(group) or group.first("caption"))


def label_of(node: Node) -> str:
    return plain(node.first("label")).rstrip(".: ")


def read_float(node: Node, context: Context) -> list[Block]:
    """The figures or tables of a `fig`, a `table-wrap`, a group of them or a bare table."""
    match node.name:
        case "fig":
            blocks = _figures(node, context)
        case "fig-group":
            blocks = _figure_group(node, context)
        case "table-wrap-group":
            blocks = _table_group(node, context)
        case _:
            blocks = _tables_of(node, context)
    shown = [block for block in blocks if _has_words(block)]
    context.record(node, *(block.anchor for block in shown))
    if not shown:
        context.set_aside(node, "empty: no label, caption or cells")
    return shown


def _has_words(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.prose.text)
    cells = isinstance(block, Table) and bool(block.rows)
    return cells or bool(block.label or block.caption.text)


def _figures(node: Node, context: Context) -> list[Block]:
    """A figure, and each of its supplements that has a label of its own."""
    anchor = context.anchors[id(node)]
    supplements = [one for one in node.outermost(*_SUPPLEMENTS) if label_of(one)]
    caption = read_prose(_without(node, supplements), context, ("label",))
    if not caption.text:
        caption = Prose(plain(node.find("alt-text")))
    inner: list[Block] = [
        Figure(f"{anchor}.{at}", label_of(one), read_prose(one, context, ("label",)))
        for at, one in enumerate(supplements, 1)
    ]
    return [Figure(anchor, label_of(node), caption), *inner]


def _without(node: Node, parts: list[Node]) -> Node:
    """The element without some of the elements inside it."""
    if not parts:
        return node
    kept = (one for one in node.children if not any(one is part for part in parts))
    inner = (_without(one, parts) if isinstance(one, Node) else one for one in kept)
    return replace(node, children=tuple(inner))


def _figure_group(node: Node, context: Context) -> list[Block]:
    blocks: list[Block] = []
    if id(node) in context.anchors:
        caption = read_prose(node, context, ("label", *FLOATS))
        blocks.append(Figure(context.anchors[id(node)], label_of(node), caption))
    separate = _has_figure_captions(node)
    for child in node.elements(*FLOATS):
        if separate:
            blocks += read_float(child, context)
        else:
            context.set_aside(child, "a figure that has only the caption of its group")
    return blocks


def _table_group(node: Node, context: Context) -> list[Block]:
    """The tables of a group, whose caption is put before that of the first table."""
    caption = read_prose(node, context, ("label", *FLOATS))
    blocks: list[Block] = []
    for child in node.elements():
        if child.name in FLOATS:
            blocks += read_float(child, context)
    if not caption.text or not blocks or not isinstance(blocks[0], Table):
        return blocks
    first = blocks[0]
    label = first.label or label_of(node)
    inner = first.caption
    joined = Prose(f"{caption.text} {inner.text}".strip(), caption.citations)
    if inner.citations and not caption.citations:
        shift = len(joined.text) - len(inner.text)
        moved = (type(c)(c.start + shift, c.end + shift, c.numbers) for c in inner.citations)
        joined = Prose(joined.text, tuple(moved))
    whole = Table(first.anchor, label, joined, first.header, first.rows, first.notes)
    return [whole, *blocks[1:]]


def _tables_of(node: Node, context: Context) -> list[Block]:
    """The table in a frame; of several with headers of their own, each, and the notes last."""
    anchor, label = context.anchors[id(node)], label_of(node)
    caption_node = node.first("caption", "title")
    caption = read_prose(caption_node, context) if caption_node else Prose("")
    grids = read_grids(_tables(node), lambda cell: read_prose(cell, context)) or [Grid((), ())]
    if not caption.text and not any(grid.lines for grid in grids):
        caption = Prose(plain(node.find("alt-text")))
    tables: list[Block] = []
    for number, grid in enumerate(grids, 1):
        own = anchor if number == 1 else f"{anchor}.{number}"
        rows = [Row(f"{own}-r{at}", one.cells, one.group) for at, one in enumerate(grid.lines, 1)]
        part = label if number == 1 else f"{label}, part {number}".lstrip(", ")
        notes = _notes(node, own, context) if number == len(grids) else None
        tables.append(Table(own, part, caption, grid.header, tuple(rows), notes))
        _report(grid, own, context)
    return tables


def _report(grid: Grid, anchor: str, context: Context) -> None:
    """Findings on what the structure of a table does not tell."""
    unlabelled = sum(line.unlabelled for line in grid.lines)
    if unlabelled:
        message = (
            f"{unlabelled} of {len(grid.lines)} rows have no label in their first column, and may"
            " belong to the label above; they are shown as printed"
        )
        context.findings.append(Finding("notice", anchor, message))


def _tables(node: Node) -> list[Node]:
    if node.name in BARE_TABLES:
        return [node]
    found: list[Node] = []
    for child in node.elements():
        if child.name in BARE_TABLES:
            found.append(child)
        elif child.name == "alternatives":
            found += child.elements(*BARE_TABLES)
    return found


def _notes(node: Node, anchor: str, context: Context) -> Paragraph | None:
    if node.name in BARE_TABLES:
        return None
    inline = Inline(context, node.line, in_notes=True)
    for child in node.elements():
        if child.name not in _NOT_NOTES:
            inline.writer.text(" ")
            inline.add(child)
    for item in (part for note in inline.notes for part in (" ", *note.children)):
        inline.add(item)
    prose = inline.prose()
    return Paragraph(f"{anchor}-notes", prose) if prose.text else None
