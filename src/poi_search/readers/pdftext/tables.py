"""Tables of a converted article: lines in columns, pipe tables, HTML tables → rows."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from poi_search.article import Prose
from poi_search.readers.grid import spread_rows
from poi_search.readers.markup import Node, parse_fragment
from poi_search.readers.pdftext.lines import PrintedLine
from poi_search.readers.pdftext.plain_text import plain, without_superscripts

_SEPARATOR_CELL = re.compile(r"\s*:?-{2,}:?\s*|\s*")
_HEADER_WORDS = re.compile(
    r"(?:refs?\.?|references?|citations?|authors?|year|study|studies|source|type|model|species"
    r"|cells?|cell (?:type|source)s?|mechanisms?|effects?|outcomes?|results?|treatments?|dose"
    r"|groups?|no\.?|n|country|findings|methods?|pathways?|targets?|genes?|function|drug|phase)"
    r"(?:\b.*)?",
    re.IGNORECASE,
)
# A cell of a body row: a marker of citations, or a sentence.
_CELL_TEXT = re.compile(r"\[\d[\d,;\s–-]*\]|^(?=.{9}).*\.$")
_MAX_HEADER_CELL = 60
_MAX_ROWS = 2000


@dataclass(frozen=True, slots=True)
class TextRow:
    """The cells of a row, superscripts still marked, and its lines."""

    cells: tuple[str, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextGrid:
    """The header and body rows of a table; `sure` is false if its columns are lost."""

    header: tuple[str, ...]
    rows: tuple[TextRow, ...]
    sure: bool = True


def read_text_grid(lines: list[PrintedLine]) -> TextGrid:
    """The rows of a table, in HTML, in pipes or in columns."""
    if any(line.in_html for line in lines):
        return _grid(*_from_html(lines))
    if any(line.in_pipes for line in lines):
        return _grid(*_from_pipes(lines))
    rows = [TextRow(line.cells or (line.text,), (line.number,)) for line in lines]
    if not any(line.is_row for line in lines):
        return TextGrid((), tuple(rows), sure=not rows)
    return _grid([], rows)


def _grid(head: list[TextRow], body: list[TextRow]) -> TextGrid:
    """The rows at equal width; without a marked header the first row is checked for one."""
    width = max((len(row.cells) for row in (*head, *body)), default=0)
    square = [TextRow((*row.cells, *[""] * (width - len(row.cells))), row.lines) for row in body]
    used = [at for at in range(width) if any(row.cells[at] for row in square) or _names(head, at)]
    square = [TextRow(tuple(row.cells[at] for at in used), row.lines) for row in square]
    if not head and _has_header([row.cells for row in square]):
        return TextGrid(tuple(map(without_superscripts, square[0].cells)), _fill_down(square[1:]))
    titles = tuple(without_superscripts(" ".join(_names(head, at))) for at in used)
    return TextGrid(titles if any(titles) else (), _fill_down(square))


def _names(head: list[TextRow], column: int) -> dict[str, None]:
    """The texts of the header rows over a column, each once."""
    cells = (row.cells[column] for row in head if column < len(row.cells))
    return dict.fromkeys(filter(None, cells))


def _from_pipes(lines: list[PrintedLine]) -> tuple[list[TextRow], list[TextRow]]:
    """The rows above the first line of dashes and those below, without repeated headers."""
    head: list[TextRow] = []
    rows: list[TextRow] = []
    for line in lines:
        cells = line.raw.split("|") if line.cells else []
        if all(map(_SEPARATOR_CELL.fullmatch, cells)) and any("--" in cell for cell in cells):
            if not head:
                head, rows = rows, []
        elif line.cells:
            rows.append(TextRow(line.cells, (line.number,)))
    return head, [row for row in rows if not head or row.cells != head[-1].cells]


def _from_html(lines: list[PrintedLine]) -> tuple[list[TextRow], list[TextRow]]:
    """The header and body rows of an HTML table on any number of lines, spans expanded."""
    root = parse_fragment("\n".join(line.raw for line in lines))
    nodes = list(root.walk("tr"))[:_MAX_ROWS]
    marked = [row for head in root.walk("thead") for row in head.walk("tr")]
    spread = spread_rows(nodes, {}, lambda cell: Prose(plain("".join(_source(cell)))))
    numbers = (lines[0].number,) if len(lines) == 1 else ()
    rows = [TextRow(tuple(cell.text for cell in row.cells), numbers) for row in spread]
    heads = (row.is_header or node in marked for node, row in zip(nodes, spread, strict=True))
    end = next((at for at, is_head in enumerate(heads) if not is_head), len(rows))
    return rows[:end], rows[end:]


def _source(node: Node) -> Iterator[str]:
    """The HTML inside an element, which may contain other notations."""
    for child in node.children:
        if isinstance(child, str):
            yield html.escape(child, quote=False)
        elif child.children:
            yield from (f"<{child.name}>", *_source(child), f"</{child.name}>")
        else:
            yield f"<{child.name}/>"


def _fill_down(rows: list[TextRow]) -> tuple[TextRow, ...]:
    """Fill the empty cells at the beginning of each row from the row above.

    Empty cells further right stay empty: the row may cite nothing.
    """
    result: list[TextRow] = []
    for row in filter(lambda row: any(row.cells), rows):
        first = next(at for at, cell in enumerate(row.cells) if cell)
        above = result[-1].cells[:first] if result else row.cells[:first]
        result.append(TextRow((*above, *row.cells[first:]), row.lines))
    return tuple(result)


def _has_header(rows: list[tuple[str, ...]]) -> bool:
    """Whether the first row is a header: short, full, and unlike the cells below."""
    if len(rows) < 2:
        return False
    named = [without_superscripts(cell) for cell in rows[0]]
    long = any(len(cell) > _MAX_HEADER_CELL for cell in named)
    if long or not all(named[1:]) or any(map(_CELL_TEXT.search, rows[0])):
        return False
    if sum(bool(_HEADER_WORDS.fullmatch(cell)) for cell in named) >= max(1, len(named) // 2):
        return True
    columns = zip(named, zip(*rows[1:], strict=True), strict=True)
    return 2 * sum(_is_unlike(name, cells) for name, cells in columns) > len(named)


def _is_unlike(name: str, column: tuple[str, ...]) -> bool:
    """Whether most cells are numbers or markers, or much longer than the column's name."""
    below = [without_superscripts(cell) for cell in column if cell]
    typed = sum(bool(re.match(r"[\[\d<>±]", text)) for text in below)
    longer = sum(len(text) > 2 * len(name) for text in below)
    return bool(below) and 2 * max(typed, longer) > len(below)
