"""Headings that are printed at the beginning of a paragraph, in another type than its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from poi_search.readers.pdf.spans import spans_text, style
from poi_search.readers.pdftext import headings
from poi_search.readers.pdftext.captions import parse_caption
from poi_search.readers.pdftext.part_labels import names_part, read_run_in_label
from poi_search.readers.pdftext.plain_text import plain
from poi_search.references.name_lists import parse_names

Line = Mapping[str, Any]

# The authors of an entry, and the year.
_DATED = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
_LONGEST, _MOST_WORDS = 100, 14
_STOPS = ".:—"


def split_run_in(lines: Sequence[Line], known_only: bool) -> tuple[str, list[Line]]:
    """The heading at the beginning of a box, '' if there is none, and the lines without it.

    `known_only`: only the names of common parts are headings, as on a title page much else is
    set in another type.
    """
    first = lines[0]["spans"]
    font = _body_font(lines)
    count = next((at for at, span in enumerate(first) if span["font"] == font), 0)
    label = spans_text(first[:count]) if count else ""
    rest = spans_text(first[count:])
    if not label or not _is_heading(plain(label), plain(rest), style(first[0]), known_only):
        return "", list(lines)
    return label, [{**lines[0], "spans": first[count:]}, *lines[1:]]


def _body_font(lines: Sequence[Line]) -> str:
    fonts: Counter[str] = Counter()
    for line in lines:
        for span in line["spans"]:
            fonts[span["font"]] += len(span["text"])
    return fonts.most_common(1)[0][0]


def _is_heading(label: str, rest: str, look: str, known_only: bool) -> bool:
    is_long = len(label) > _LONGEST or len(label.split()) > _MOST_WORDS
    if is_long or parse_caption(label) or _DATED.search(label):
        return False
    if not rest[:1].isupper() and not (rest[:1].isdigit() and label[-1] in _STOPS):
        return False
    if read_run_in_label(f"{label} {rest}")[0]:
        return False  # known by its words
    known = names_part(label) or headings.is_abstract_part(label)
    if known or known_only:
        return known
    heading = headings.parse_heading(label)
    if not heading.title[:1].isupper() or len(heading.title) < 4:
        return False
    stopped = label[-1] in _STOPS
    return (stopped or look == "bold") and parse_names(label.rstrip(_STOPS)) is None
