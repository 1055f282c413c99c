"""Tables as grids: spans expanded, header rows joined, every row as wide as the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from poi_search.article import Prose
from poi_search.readers.markup import Node, plain
from poi_search.readers.row_groups import Line, SpreadRow, read_lines

_CELLS = ("td", "th", "entry")
_ROWS = ("tr", "row")
_MAX_COLUMNS = 300
_MAX_CELLS = 200_000
# Spaces that are printed, other than those between the words of XML: no-break, em, en, …
_PRINTED_SPACES = re.compile(r"\s*?([\u00a0\u2000-\u200a\u202f\u3000]+)")
_VALUE = re.compile(r"[<>≤≥±−–-]?\d[\d.,]*(?:E[−–+-]?\d+)?%?")
_INDENT = re.compile(r"(?:padding-left|margin-left|text-indent)\s*:\s*(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Grid:
    """A header, and the rows under it; empty if none is printed."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    prose: Prose
    across: int
    down: int
    is_header: bool
    is_bold: bool
    indent: int


def read_grids(tables: Iterable[Node], cell_prose: Callable[[Node], Prose]) -> list[Grid]:
    """The headers in XHTML or CALS tables, each with its rows; rows without text are omitted.

    A table without a header continues the one before it if it is as wide.
    """
    grids: list[Grid] = []
    for table in tables:
        columns = _column_names(table)
        for part in list(table.elements("tgroup")) or [table]:
            for rows in _parts(part):
                head, body = (spread_rows(each, columns, cell_prose) for each in rows)
                for grid in _grids(head, body):
                    if grids and _continues(grids[-1], grid):
                        grids[-1] = replace(grids[-1], lines=grids[-1].lines + grid.lines)
                    elif grid.header or grid.lines:
                        grids.append(grid)
    return grids


def _parts(table: Node) -> list[tuple[list[Node], list[Node]]]:
    """The rows of each head with those of its body, the foot last.

    A head is a body if nothing follows it.
    """
    parts: list[tuple[list[Node], list[Node]]] = [([], [])]
    foot: list[Node] = []
    for child in table.elements():
        head, body = parts[-1]
        if child.name in _ROWS:
            body.append(child)
        elif child.name == "thead" and body:
            parts.append((list(child.elements(*_ROWS)), []))
        elif child.name == "thead":
            head += child.elements(*_ROWS)
        elif child.name == "tbody":
            body += child.elements(*_ROWS)
        elif child.name == "tfoot":
            foot += child.elements(*_ROWS)
    head, body = parts[-1]
    body += foot
    return [(head, body) if body else ([], head) for head, body in parts]


def _column_names(table: Node) -> dict[str, int]:
    """The indexes of the named columns of a CALS table."""
    names: dict[str, int] = {}
    for index, spec in enumerate(table.walk("colspec")):
        names[spec.get("colname")] = _count(spec.get("colnum") or str(index + 1)) - 1
    return names


def _continues(before: Grid, grid: Grid) -> bool:
    """Whether a grid goes on with the columns of the one before it."""
    if grid.header:
        return grid.header == before.header
    return len({len(line.cells) for line in (*before.lines[:1], *grid.lines[:1])}) == 1


def _grids(head: list[SpreadRow], body: list[SpreadRow]) -> Iterator[Grid]:
    """The grid of a head and its body; rows of header cells within the body begin another one."""
    head, body = ([row for row in rows if row.cells] for rows in (head, body))
    if not head:
        head, body = _split_header(body)
    starts = [at for at in range(1, len(body)) if _begins_grid(body, at)]
    yield _grid(head, body[: starts[0] if starts else None])
    for start, end in pairwise((*starts, len(body))):
        rows = body[start:end]
        below = next((at for at, row in enumerate(rows) if not _is_header(row)), len(rows))
        yield _grid(rows[:below], rows[below:])


def _begins_grid(body: list[SpreadRow], at: int) -> bool:
    return _is_header(body[at]) and not _is_header(body[at - 1])


def _is_header(row: SpreadRow) -> bool:
    return row.is_header and not row.heading and not row.is_blank


def _grid(head: list[SpreadRow], body: list[SpreadRow]) -> Grid:
    """One header with its rows. It is a row itself if it has names and values in turn, or if it is
    narrower than every row, as nobody can tell which columns it names; a single text heads them."""
    widths = [_printed_width(row) for row in body if not row.heading and not row.is_blank]
    names = max(map(_printed_width, head), default=0)
    above: list[str] = []
    if 0 < names < min(widths, default=0) or (head and _has_pairs(head[-1])):
        above = [text for row in head if (text := _only_text(row))]
        head, body = [], [*(row for row in head if not _only_text(row)), *body]
    width = max((len(row.cells) for row in (*head, *body)), default=0)
    header = _join_header(head, width)
    rows = [_blank_repeats(row) if row.heading else row for row in body]
    return Grid(header if any(header) else (), read_lines(rows, width, above))


def _only_text(row: SpreadRow) -> str:
    """The text of a row that has one only; else ''."""
    texts = {cell.text for cell in row.cells} - {""}
    return texts.pop() if len(texts) == 1 else ""


def _has_pairs(row: SpreadRow) -> bool:
    """Whether a row is 'Mean | 0.81 | SD | 0.07': at least two names, each with its value."""
    names, values = row.cells[::2], row.cells[1::2]
    return (
        len(names) == len(values) > 1
        and all(_VALUE.fullmatch(cell.text) for cell in values)
        and not any(_VALUE.fullmatch(cell.text) or not cell.text for cell in names)
    )


def _printed_width(row: SpreadRow) -> int:
    """The number of columns up to the last one with text."""
    return max((at for at, cell in enumerate(row.cells, 1) if cell.text), default=0)


def _blank_repeats(row: SpreadRow) -> SpreadRow:
    """The row with its heading only in the first of the columns that it spans."""
    own = [at for at, cell in enumerate(row.cells) if cell.text and at not in row.inherited]
    empty = Prose("")
    cells = [empty if at in own[1:] else cell for at, cell in enumerate(row.cells)]
    return replace(row, cells=tuple(cells))


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
        inherited = frozenset(filled)
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


def _row(filled: dict[int, _Cell], own: list[_Cell], inherited: frozenset[int]) -> SpreadRow:
    empty = Prose("")
    cells = tuple(
        filled[at].prose if at in filled else empty for at in range(max(filled, default=-1) + 1)
    )
    printed = [cell for cell in own if cell.prose.text]
    spanning = inherited | {at for at, cell in filled.items() if cell.down > 1}
    heading = _heading(filled, printed, spanning) if cells else None
    return SpreadRow(
        cells,
        is_header=bool(own) and all(cell.is_header for cell in own),
        is_bold=bool(printed) and all(cell.is_bold for cell in printed),
        heading=heading.prose.text if heading else "",
        whole=heading is not None and len(own) == 1 and own[0].across > 1,
        indent=filled[0].indent if 0 in filled else 0,
        inherited=spanning if heading else inherited,
    )


def _heading(
    filled: dict[int, _Cell], printed: list[_Cell], spanning: frozenset[int]
) -> _Cell | None:
    """The cell that heads the rows below: the only one printed in a row, or beside those that span
    other rows, if it is in the first column or spans all others to the last."""
    if len(printed) == 1 and not spanning and filled.get(0) is printed[0]:
        return printed[0]
    alone = [cell for cell in printed if cell.down == 1]
    if len(alone) != 1 or alone[0].across == 1 or alone[0].is_header:
        return None
    first = min(at for at, cell in filled.items() if cell is alone[0])
    after = (cell for at, cell in filled.items() if at >= first and at not in spanning)
    return alone[0] if all(cell is alone[0] for cell in after) else None


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
    return _Cell(prose, min(across, _MAX_COLUMNS), down, node.name == "th", is_bold, _indent(node))


def _indent(node: Node) -> int:
    """How far the text of a cell is indented, by its style or by spaces before it."""
    style = _INDENT.search(node.get("style"))
    spaces = _PRINTED_SPACES.match("".join(node.strings()))
    return (int(style[1]) if style else 0) + (len(spaces[1]) if spaces else 0)


def _count(text: str) -> int:
    digits = text.strip()
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1


def _split_header(rows: list[SpreadRow]) -> tuple[list[SpreadRow], list[SpreadRow]]:
    """The header and body of a table without a head: rows of `th`, else a first row in bold."""
    end = 0
    while end < len(rows) and rows[end].is_header:
        end += 1
    if end == 0 and len(rows) > 1 and rows[0].is_bold and not rows[0].heading:
        end = 0 if any(row.is_bold and not row.heading for row in rows[1:]) else 1
    return (rows[:end], rows[end:]) if end < len(rows) else ([], rows)


def _join_header(rows: list[SpreadRow], width: int) -> tuple[str, ...]:
    """The text of each column: its header cells from the top, without repetitions."""
    texts: list[str] = []
    for column in range(width):
        cells = [row.cells[column].text for row in rows if column < len(row.cells)]
        texts.append(" / ".join(dict.fromkeys(text for text in cells if text)))
    return tuple(texts)
