"""The body rows of a table with the group headings above them and the labels they inherit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from poi_search.article import Prose

# A row of totals is about what is above it, but is not named by the label above it.
_TOTAL = re.compile(r"(?:sub|grand )?totals?|sum|overall|all|mean|average|p\b.{0,9}", re.IGNORECASE)
_NOTHING = Prose("")


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """A row with the cells that span into it; a cell is in all its columns.

    `heading` is the text of the only cell printed in the row, if this is in its first column or
    spans all columns that are not blank or inherited; `whole` if it spans the row. `indent` is
    how far its first cell is indented. Whether a cell that is blank was printed as such, rather
    than spans into the row, is told by `inherited`, the columns that do.
    """

    cells: tuple[Prose, ...]
    is_header: bool = False
    is_bold: bool = False
    heading: str = ""
    whole: bool = False
    indent: int = 0
    inherited: frozenset[int] = frozenset()

    @property
    def is_blank(self) -> bool:
        return not any(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Line:
    """A body row: its cells, and the text of the group headings above it.

    `unlabelled` if its first cell is blank, and whether it means 'as above' cannot be told.
    """

    cells: tuple[Prose, ...]
    group: str = ""
    unlabelled: bool = False


@dataclass(frozen=True, slots=True)
class _Heading:
    """A group heading; its rows are further in than it if `inner` is not None."""

    text: str
    style: tuple[int, bool, bool]
    inner: int | None = None


def read_lines(
    rows: Sequence[SpreadRow], width: int, above: Sequence[str] = ()
) -> tuple[Line, ...]:
    """The lines of `rows` as wide as the table; a group ends at a blank row, at a heading like its
    own, or at a label that is not indented as its rows are. `above` has headings that are no rows.
    """
    lines: list[Line] = []
    headings = [_Heading(text, (0, False, True)) for text in above]
    label: tuple[Prose, ...] = ()
    last = max((at for at, row in enumerate(rows) if not row.heading), default=0)
    opened = False
    for at, row in enumerate(rows):
        cells = row.cells + (_NOTHING,) * (width - len(row.cells))
        if row.is_blank:
            headings, label = (headings if opened else []), ()
            continue
        if row.heading and at < last and _is_group(row, rows[at + 1], width):
            headings = _under(headings, row, directly=opened)
            lines.append(Line(cells, _join(headings[:-1])))
            label, opened = (), True
            continue
        if opened and row.indent > headings[-1].style[0]:
            headings[-1] = replace(headings[-1], inner=row.indent)
        opened = False
        headings = _without_ended(headings, row)
        blank = 0 if cells[0].text or not label else _blank_as_above(row, label)
        cells = (*label[:blank], *cells[blank:])
        lines.append(Line(cells, _join(headings), unlabelled=bool(label) and not cells[0].text))
        label = cells if cells[0].text else label
    return tuple(lines)


def _is_group(row: SpreadRow, after: SpreadRow, width: int) -> bool:
    """Whether a row with one text is a heading; between two columns it may lack its value, unless
    it spans both, is in bold, or has rows further in below it."""
    told = row.whole or row.is_bold or after.indent > row.indent
    return width > 2 or (width == 2 and told)


def _join(headings: Sequence[_Heading]) -> str:
    return ": ".join(heading.text for heading in headings)


def _under(headings: list[_Heading], row: SpreadRow, directly: bool) -> list[_Heading]:
    """The headings with one more: it replaces one of the same style and those below that, or the
    last one, unless it is further in or stands `directly` below that."""
    own = _Heading(row.heading, (row.indent, row.is_bold, row.whole))
    for at, heading in enumerate(headings):
        if heading.style == own.style:
            return [*headings[:at], own]
    below = directly or (bool(headings) and row.indent > headings[-1].style[0])
    return [*(headings if below else headings[:-1]), own]


def _without_ended(headings: list[_Heading], row: SpreadRow) -> list[_Heading]:
    """The headings without those whose rows are further in than this labelled row."""
    if not row.cells or not row.cells[0].text:
        return headings
    for at, heading in enumerate(headings):
        if heading.inner is not None and row.indent <= heading.style[0]:
            return headings[:at]
    return headings


def _blank_as_above(row: SpreadRow, label: tuple[Prose, ...]) -> int:
    """How many blank cells at the beginning of a row mean 'as above'; 0 if that cannot be told.

    It can if the label's row has them and the one after them, that one is no total, and the row
    has at least half of the cells that the label's row has from there on.
    """
    first = next(at for at, cell in enumerate(row.cells) if cell.text)
    filled = [at for at, cell in enumerate(label) if cell.text]
    after = [at for at in filled if at >= first]
    both = [at for at in after if at < len(row.cells) and row.cells[at].text]
    told = (
        filled[: first + 1] == list(range(first + 1))
        and not row.inherited & set(range(first))
        and not _TOTAL.fullmatch(row.cells[first].text)
        and 2 * len(both) >= len(after)
    )
    return first if told else 0
