"""Page ranges, abbreviated as printed ('320–6') and in full ('320–326')."""

from __future__ import annotations

import re

from poi_search.text.typography import DASH

_PAGE = re.compile(r"(?P<prefix>\D*)(?P<digits>\d+)(?P<rest>.*)$")


def page_ranges(pages: str) -> list[tuple[str, str]]:
    """'320–6, 330' as [('320', '326'), ('330', '')]; a single page has no last page."""
    return [_page_range(part.strip()) for part in re.split(r"[,;]", pages) if part.strip()]


def _page_range(part: str) -> tuple[str, str]:
    first, *last = (piece.strip() for piece in re.split(f"{DASH}+", part, maxsplit=1))
    if not last or not last[0]:
        return first, ""
    return first, _complete_last(first, last[0])


def _complete_last(first: str, last: str) -> str:
    """The last page with the digits it shares with the first: ('S12', '8') → 'S18'."""
    begin, end = _PAGE.match(first), _PAGE.match(last)
    if not begin or not end or end["prefix"] not in ("", begin["prefix"]):
        return last
    missing = len(begin["digits"]) - len(end["digits"])
    if missing < 0 or (missing == 0 and end["prefix"]):
        return last
    digits = begin["digits"][:missing] + end["digits"]
    if int(digits) < int(begin["digits"]):
        return last
    return begin["prefix"] + digits + end["rest"]


def first_page(pages: str) -> str:
    """The page on which a work begins; '' if none is known."""
    ranges = page_ranges(pages)
    return ranges[0][0].lower() if ranges else ""


def full_pages(pages: str, dash: str) -> str:
    """'320–6, 330' as '320-326, 330': every range in full."""
    return ", ".join(
        f"{first}{dash}{last}" if last else first for first, last in page_ranges(pages)
    )
