"""The order in which the boxes of a page with two columns are read.

The converter also cuts a page at gaps that run across both columns by chance, and then reads the
columns in pieces. Where there are clearly two columns, each is read whole, down to what is
printed across both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Box = Mapping[str, Any]

_TEXT = ("text", "section-header", "list-item")
_HEADS = ("page-header", "page-footer")
_FEWEST = 2
# A box wider than this share of the page is no part of a column; the space between the columns is
# no farther than that from the middle.
_WIDEST, _OFF_MIDDLE = 0.5, 0.1
# A gap of so many points between all that is above and all that is below is no accident.
_WIDE_GAP = 36.0


def in_reading_order(page: Mapping[str, Any]) -> list[Box]:
    boxes: list[Box] = list(page["boxes"])
    middle = _between_columns(boxes, page.get("width") or 0.0)
    if middle is None:
        return boxes
    heads = [box for box in boxes if box["boxclass"] in _HEADS]
    columns = [box for box in boxes if box["boxclass"] not in _HEADS and not _crosses(box, middle)]
    across = [box for box in boxes if box["boxclass"] not in _HEADS and _crosses(box, middle)]
    ordered: list[Box] = heads
    for wide in [*sorted(across, key=_top), None]:
        end = _top(wide) if wide is not None else float("inf")
        above = [box for box in columns if (box["y0"] + box["y1"]) / 2 < end]
        columns = [box for box in columns if box not in above]
        for part in _parts(above):
            ordered += [box for box in part if box["x1"] <= middle]
            ordered += [box for box in part if box["x1"] > middle]
        ordered += [wide] if wide is not None else []
    return ordered


def _parts(boxes: Sequence[Box]) -> list[list[Box]]:
    """The boxes from top to bottom, apart where a wide gap runs across both columns."""
    parts: list[list[Box]] = []
    bottom = float("-inf")
    for box in sorted(boxes, key=_top):
        if not parts or _top(box) - bottom > _WIDE_GAP:
            parts.append([])
        parts[-1].append(box)
        bottom = max(bottom, box["y1"])
    return parts


def _top(box: Box) -> float:
    return float(box["y0"])


def _crosses(box: Box, middle: float) -> bool:
    return bool(box["x0"] < middle < box["x1"])


def _between_columns(boxes: Sequence[Box], width: float) -> float | None:
    """The middle of the space between two columns of text; None if there are not clearly two."""
    narrow = [
        box for box in boxes if box["boxclass"] in _TEXT and box["x1"] - box["x0"] < _WIDEST * width
    ]
    left = [box for box in narrow if box["x0"] + box["x1"] < width]
    right = [box for box in narrow if box["x0"] + box["x1"] >= width]
    if min(len(left), len(right)) < _FEWEST:
        return None
    end, begin = max(box["x1"] for box in left), min(box["x0"] for box in right)
    middle = (end + begin) / 2
    return middle if end < begin and abs(middle - width / 2) < _OFF_MIDDLE * width else None
