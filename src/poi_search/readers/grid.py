"""Tables as grids: spans expanded, header rows joined, every row as wide as the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from poi_search.article import Prose
from poi_search.readers.markup import Node, plain

_CELLS = ("td", "th", "entry")
_ROWS = ("tr", "row")
_MAX_COLUMNS = 300
_MAX_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Line:
    """A body row: its cells, and the text of the section row above it."""

    cells: tuple[Prose, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    header: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    prose: Prose
    across: int
    down: int
    is_header: bool
    is_bold: bool


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """`cells` by column, spans expanded; `single` if only one cell has text.

    If `spans`, one cell spans the row, like a heading inside the table, and is in all its columns.
    """

    cells: tuple[Prose, ...]
    is_header: bool
    is_bold: bool
    single: bool
    spans: bool


def read_grid(table: Node, cell_prose: Callable[[Node], Prose]) -> Grid:
    """The header and the rows of an XHTML or CALS `table`; rows without text are omitted."""
    head, body = _parts(table)
    columns = _column_names(table)
    head_rows = _blank_repeats(spread_rows(head, columns, cell_prose))
    body_rows = [
        row for part in body for row in _blank_repeats(spread_rows(part, columns, cell_prose))
    ]
    if not head_rows:
        head_rows, body_rows = _split_header(body_rows)
    width = max((len(row.cells) for row in (*head_rows, *body_rows)), default=0)
    header = _join_header(head_rows, width)
    return Grid(header if any(header) else (), _lines(body_rows, width))


def _parts(table: Node) -> tuple[list[Node], list[list[Node]]]:
    """The rows of the head, and those of each part of the body, the foot last."""
    head: list[Node] = []
    body: list[list[Node]] = []
    foot: list[list[Node]] = []
    loose: list[Node] = []
    for child in table.elements():
        if child.name in _ROWS:
            loose.append(child)
        elif child.name == "thead":
            head += child.elements(*_ROWS)
        elif child.name in ("tbody", "tfoot"):
            (foot if child.name == "tfoot" else body).append(list(child.elements(*_ROWS)))
        elif child.name == "tgroup":
            inner_head, inner_body = _parts(child)
            head += inner_head
            body += inner_body
    return head, [part for part in (loose, *body, *foot) if part]


def _column_names(table: Node) -> dict[str, int]:
    """The indexes of the named columns of a CALS table."""
    names: dict[str, int] = {}
    for index, spec in enumerate(table.walk("colspec")):
        names[spec.get("colname")] = _count(spec.get("colnum") or str(index + 1)) - 1
    return names


def _blank_repeats(rows: list[SpreadRow]) -> list[SpreadRow]:
    """The rows with cells; the text of a spanning cell is kept in its first column only."""
    empty = Prose("")
    return [
        replace(row, cells=(row.cells[0], *[empty] * (len(row.cells) - 1))) if row.spans else row
        for row in rows
        if row.cells
    ]


def spread_rows(
    rows: Iterable[Node], columns: dict[str, int], cell_prose: Callable[[Node], Prose]
) -> list[SpreadRow]:
    """The rows with the cells that span into them from the left and from above.

    `columns` has the indexes of named columns. Rows beyond the limit of cells are empty.
    """
    open_cells: dict[int, tuple[_Cell, int]] = {}
    result: list[SpreadRow] = []
    count = 0
    for row in rows:
        filled: dict[int, _Cell] = {}
        for column, (cell, left) in list(open_cells.items()):
            filled[column] = cell
            open_cells.pop(column)
            if left > 1:
                open_cells[column] = (cell, left - 1)
        inherited = len(filled)
        column = 0
        own: list[_Cell] = []
        for node in row.elements(*_CELLS):
            cell = _cell(node, columns, cell_prose)
            own.append(cell)
            column = columns.get(node.get("namest") or node.get("colname"), column)
            while column in filled:
                column += 1
            for place in range(column, min(column + cell.across, _MAX_COLUMNS)):
                filled[place] = cell
                if cell.down > 1:
                    open_cells[place] = (cell, cell.down - 1)
            column += cell.across
        count += len(filled)
        result.append(_row(filled if count <= _MAX_CELLS else {}, own, inherited))
    return result


def _row(filled: dict[int, _Cell], own: list[_Cell], inherited: int) -> SpreadRow:
    empty = Prose("")
    cells = tuple(
        filled[at].prose if at in filled else empty for at in range(max(filled, default=-1) + 1)
    )
    printed = [cell for cell in own if cell.prose.text]
    alone = len(printed) == 1 and not inherited
    return SpreadRow(
        cells,
        is_header=bool(own) and all(cell.is_header for cell in own),
        is_bold=bool(printed) and all(cell.is_bold for cell in printed),
        single=alone and bool(cells and cells[0].text),
        spans=alone and len(own) == 1 and own[0].across > 1,
    )


def _cell(node: Node, columns: dict[str, int], cell_prose: Callable[[Node], Prose]) -> _Cell:
    across = _count(node.get("colspan"))
    first, last = columns.get(node.get("namest")), columns.get(node.get("nameend"))
    if first is not None and last is not None:
        across = max(1, last - first + 1)
    more = node.get("morerows").strip("0 ")
    down = _count(more) + 1 if more else _count(node.get("rowspan"))
    prose = cell_prose(node)
    bold = [plain(inner) for inner in node.walk("bold")]
    is_bold = bool(bold) and plain(node) == " ".join(bold)
    return _Cell(prose, min(across, _MAX_COLUMNS), down, node.name == "th", is_bold)


def _count(text: str) -> int:
    digits = text.strip()
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1


def _split_header(rows: list[SpreadRow]) -> tuple[list[SpreadRow], list[SpreadRow]]:
    """The header and body of a table without a head: rows of `th`, else a first row in bold."""
    end = 0
    while end < len(rows) and rows[end].is_header:
        end += 1
    if end == 0 and len(rows) > 1 and rows[0].is_bold and not rows[0].single:
        end = 0 if any(row.is_bold and not row.single for row in rows[1:]) else 1
    return (rows[:end], rows[end:]) if end < len(rows) else ([], rows)


def _join_header(rows: list[SpreadRow], width: int) -> tuple[str, ...]:
    """The text of each column: its header cells from the top, without repetitions."""
    texts: list[str] = []
    for column in range(width):
        cells = [row.cells[column].text for row in rows if column < len(row.cells)]
        # A heading over the whole table was kept once; it applies to every column.
        cells = [
            row.cells[0].text if row.single and column and not text else text
            for row, text in zip((r for r in rows if column < len(r.cells)), cells, strict=True)
        ]
        texts.append(" / ".join(dict.fromkeys(text for text in cells if text)))
    return tuple(texts)


def _lines(rows: list[SpreadRow], width: int) -> tuple[Line, ...]:
    lines: list[Line] = []
    group = ""
    last = max((index for index, row in enumerate(rows) if not row.single), default=0)
    for index, row in enumerate(rows):
        if not any(cell.text for cell in row.cells):
            continue
        cells = row.cells + (Prose(""),) * (width - len(row.cells))
        if row.single and width > 1 and index < last:
            lines.append(Line(cells))
            group = row.cells[0].text
        else:
            lines.append(Line(cells, group))
    return tuple(lines)
