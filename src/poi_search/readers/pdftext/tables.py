"""Tables of a converted article: lines in columns, pipe tables, HTML tables → rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

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
_MARKER = re.compile(r"\[\d[\d,;\s–-]*\]")
_MAX_HEADER_CELL = 60


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a body row, what it inherits filled in, and the lines it was read from."""

    cells: tuple[str, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextGrid:
    header: tuple[str, ...]
    header_lines: tuple[int, ...]
    rows: tuple[TableRow, ...]
    aside: tuple[int, ...] = ()
    sure: bool = True


def is_row(line: PrintedLine) -> bool:
    """Whether a line is laid out in columns or is part of an HTML table."""
    return len(line.cells) > 1 or is_html(line)


def is_html(line: PrintedLine) -> bool:
    return re.match(r"\s*</?(?:table|thead|tbody|tr|td|th)\b", line.raw, re.IGNORECASE) is not None


def read_grid(lines: list[PrintedLine]) -> TextGrid:
    """The rows of a table from its lines, in the notation they are in."""
    if any(is_html(line) for line in lines):
        return _from_html(lines)
    if any(line.raw.lstrip().startswith("|") for line in lines):
        return _from_pipes(lines)
    if not any(is_row(line) for line in lines):
        rows = tuple(TableRow((line.text,), (line.number,)) for line in lines)
        return TextGrid((), (), rows, sure=False)
    return _from_columns([(line.cells or (line.text,), line.number) for line in lines])


def _from_columns(rows: list[tuple[tuple[str, ...], int]]) -> TextGrid:
    width = max(len(cells) for cells, _ in rows)
    square = [(_padded(cells, width), number) for cells, number in rows]
    used = [at for at in range(width) if any(cells[at] for cells, _ in square)]
    square = [(tuple(cells[at] for at in used), number) for cells, number in square]
    if len(square) > 1 and _is_header(square[0][0], [cells for cells, _ in square[1:]]):
        header, number = square.pop(0)
        return TextGrid(_shown(header), (number,), _filled(square))
    return TextGrid((), (), _filled(square))


def _from_pipes(lines: list[PrintedLine]) -> TextGrid:
    header: list[tuple[str, ...]] = []
    header_lines: list[int] = []
    rows: list[tuple[tuple[str, ...], int]] = []
    for line in lines:
        is_separator = len(line.cells) > 0 and all(
            _SEPARATOR_CELL.fullmatch(cell) for cell in _raw_cells(line)
        )
        if is_separator and any("--" in cell for cell in _raw_cells(line)):
            if not header:
                header, rows = [cells for cells, _ in rows], []
            header_lines.append(line.number)
        elif line.cells:
            rows.append((line.cells, line.number))
            header_lines += [] if header else [line.number]
        elif rows:
            cells, number = rows[-1]
            rows[-1] = ((*cells[:-1], f"{cells[-1]} {line.text}".strip()), number)
    named = [cells for cells, _ in rows]
    if not header and len(named) > 1 and len(set(map(len, named))) == 1:
        header = [named[0]] if _is_header(named[0], named[1:]) else []
        header_lines += [rows[0][1]] if header else []
        rows = rows[1:] if header else rows
    body_lines = {number for _, number in rows}
    width = max((len(cells) for cells in [*header, *(cells for cells, _ in rows)]), default=0)
    titles = tuple(
        " ".join(dict.fromkeys(cells[at] for cells in header if at < len(cells) and cells[at]))
        for at in range(width)
    )
    repeated = {number for cells, number in rows if header and cells == header[-1]}
    square = [(_padded(cells, width), number) for cells, number in rows if number not in repeated]
    head = (*(number for number in header_lines if number not in body_lines), *repeated)
    return TextGrid(_shown(titles) if any(titles) else (), head, _filled(square))


def _raw_cells(line: PrintedLine) -> list[str]:
    return line.raw.strip().strip("|").split("|")


def _from_html(lines: list[PrintedLine]) -> TextGrid:
    """An HTML table printed over any number of lines; spans are spread over their cells."""
    numbers = tuple(line.number for line in lines)
    soup = BeautifulSoup("\n".join(line.raw for line in lines), "lxml")
    header: list[list[str]] = []
    body: list[list[str]] = []
    pending: dict[tuple[int, int], str] = {}
    for index, row in enumerate(soup.find_all("tr")[:2000]):
        cells = [cell for cell in row.find_all(["td", "th"]) if isinstance(cell, Tag)]
        texts = _spread(cells, index, pending)
        is_head = bool(cells) and all(cell.name == "th" for cell in cells)
        (header if (is_head or row.find_parent("thead")) and not body else body).append(texts)
    width = max((len(row) for row in [*header, *body]), default=0)
    square = [_padded(tuple(row), width) for row in body]
    if not header and len(square) > 1 and _is_header(square[0], square[1:]):
        header = [list(square.pop(0))]
    titles = tuple(
        " ".join(dict.fromkeys(row[at] for row in header if at < len(row) and row[at]))
        for at in range(width)
    )
    rows = _filled([(cells, numbers[0]) for cells in square])
    spread = tuple(TableRow(row.cells, numbers if len(numbers) == 1 else ()) for row in rows)
    return TextGrid(_shown(titles) if any(titles) else (), numbers, spread)


def _spread(cells: list[Tag], index: int, pending: dict[tuple[int, int], str]) -> list[str]:
    texts: list[str] = []
    for cell in cells:
        while (index, len(texts)) in pending:
            texts.append(pending.pop((index, len(texts))))
        text = plain(cell.decode_contents())
        for _ in range(_span(cell, "colspan")):
            for below in range(1, _span(cell, "rowspan")):
                pending[index + below, len(texts)] = text
            texts.append(text)
    while (index, len(texts)) in pending:
        texts.append(pending.pop((index, len(texts))))
    return texts


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return min(max(int(value), 1), 100) if value.isdigit() else 1


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * (width - len(cells)))


def _filled(rows: list[tuple[tuple[str, ...], int]]) -> tuple[TableRow, ...]:
    """A cell left empty before the first one filled repeats what stands above it.

    Only those: an empty cell further right is empty, such as a row that cites nothing.
    """
    result: list[TableRow] = []
    for cells, number in rows:
        if not any(cells):
            continue
        full = list(cells)
        above = result[-1].cells if result else ("",) * len(cells)
        for at, cell in enumerate(cells):
            if cell:
                break
            full[at] = above[at]
        result.append(TableRow(tuple(full), (number,)))
    return tuple(result)


def _is_header(first: tuple[str, ...], rest: list[tuple[str, ...]]) -> bool:
    """Whether the first row names the columns: short, full, and unlike the cells below."""
    named = [without_superscripts(cell) for cell in first]
    if not all(named[1:]) or any(len(cell) > _MAX_HEADER_CELL for cell in named):
        return False
    if any(_MARKER.search(cell) or (cell.endswith(".") and len(cell) > 8) for cell in first):
        return False
    if sum(bool(_HEADER_WORDS.fullmatch(cell)) for cell in named) >= max(1, len(named) // 2):
        return True
    unlike = 0
    for at, cell in enumerate(named):
        below = [without_superscripts(row[at]) for row in rest if row[at]]
        typed = sum(bool(re.match(r"[\[\d<>±]", text)) for text in below)
        longer = sum(len(text) > 2 * len(cell) for text in below)
        unlike += bool(below) and 2 * max(typed, longer) > len(below)
    return 2 * unlike > len(named)


def _shown(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(without_superscripts(cell) for cell in cells)
