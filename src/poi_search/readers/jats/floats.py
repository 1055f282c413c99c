"""Figures and tables of JATS."""

from __future__ import annotations

from collections.abc import Iterator

from poi_search.article import Block, Figure, Paragraph, Prose, Row, Table
from poi_search.readers.grid import read_grid
from poi_search.readers.jats.context import Context, name_floats
from poi_search.readers.jats.inline import FLOATS, Inline, read_prose
from poi_search.readers.markup import Node, plain

BARE_TABLES = frozenset({"table", "array"})
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
            blocks: list[Block] = [_figure(node, context)]
        case "fig-group":
            blocks = _figure_group(node, context)
        case "table-wrap-group":
            blocks = _table_group(node, context)
        case _:
            blocks = [_table(node, context)]
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


def _figure(node: Node, context: Context) -> Figure:
    caption = read_prose(node, context, ("label",))
    if not caption.text:
        caption = Prose(plain(node.find("alt-text")))
    return Figure(context.anchors[id(node)], label_of(node), caption)


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


def _table(node: Node, context: Context) -> Table:
    anchor = context.anchors[id(node)]
    caption_node = node.first("caption", "title")
    caption = read_prose(caption_node, context) if caption_node else Prose("")
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    for table in _tables(node):
        grid = read_grid(table, lambda cell: read_prose(cell, context))
        if not rows and not header:
            header = grid.header
            above = ""
        else:
            # A second table in the same frame: its header groups its rows.
            above = " | ".join(filter(None, grid.header)) if grid.header != header else ""
        for line in grid.lines:
            group = ": ".join(filter(None, (above, line.group)))
            rows.append(Row(f"{anchor}-r{len(rows) + 1}", line.cells, group))
    if not caption.text and not rows:
        caption = Prose(plain(node.find("alt-text")))
    return Table(
        anchor, label_of(node), caption, header, tuple(rows), _notes(node, anchor, context)
    )


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
    inline = Inline(context, node.line)
    for child in node.elements():
        if child.name not in _NOT_NOTES:
            inline.writer.text(" ")
            inline.add(child)
    for item in (part for note in inline.notes for part in (" ", *note.children)):
        inline.add(item)
    prose = inline.prose()
    return Paragraph(f"{anchor}-notes", prose) if prose.text else None
