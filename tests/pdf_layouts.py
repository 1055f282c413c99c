"""Layouts of pages as the converter of PDFs describes them, and small PDFs, made for a test."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Json = dict[str, Any]

SIZE, LEFT, WIDTH, LEADING = 10.0, 50.0, 240.0, 12.0


def span(text: str, x: float = LEFT, y: float = 100.0, **more: Any) -> Json:
    size = more.pop("size", SIZE)
    right = more.pop("right", x + 5.0 * len(text))
    return {
        "text": text,
        "size": size,
        "flags": 0,
        "char_flags": 0,
        "font": "Serif",
        "origin": [x, y],
        "bbox": [x, y - size, right, y],
        **more,
    }


def line(*spans: Json | str, x: float = LEFT, right: float = LEFT + WIDTH) -> Json:
    made = []
    at = x
    for one in spans:
        made.append(span(one, at) if isinstance(one, str) else one)
        at = made[-1]["bbox"][2]
    return {"bbox": [x, 90.0, right, 100.0], "spans": made}


def box(kind: str, *lines: Json | str, **more: Any) -> Json:
    made = [line(one) if isinstance(one, str) else one for one in lines]
    place = {"x0": LEFT, "x1": LEFT + WIDTH, "header_level": 1, "table": None}
    return {"boxclass": kind, "textlines": made, **place, **more}


def page(*boxes: Json) -> Json:
    return {"boxes": list(boxes)}


def simple_pdf(pages: Sequence[Iterable[str]], trailer: str = "") -> bytes:
    """A PDF with lines of text on its pages, as few objects as it takes."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = " T* ".join(f"({one}) Tj" for one in lines)
        drawn = f"BT /F1 10 Tf 14 TL 60 760 Td {shown} ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        ]
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


PROSE = (
    "The cells of the ovary grow with time in all of the",
    "treated mice, as was seen in many studies before this",
    "one, and again in the rats of the second group [1].",
)
LAYOUT = [
    page(
        box("page-header", "J Cells 2019;7:11-19. doi:10.1000/cells.7"),
        box("title", "Growth of cells in the treated ovary of mice"),
        box("text", "Ann B. Doe, Carl Evans"),
        box("section-header", "Abstract", header_level=2),
        box("text", "The review covers signalling in the ovary of mice, as it is known today."),
        box("section-header", "1. Introduction", header_level=2),
        box("text", *PROSE),
    ),
    page(
        box("page-header", "J Cells 2019;7:11-19. doi:10.1000/cells.7"),
        box("section-header", "2. Results", header_level=2),
        box("text", "Follicles grew in the second half of the year and", "then no more [2]."),
        box("section-header", "References", header_level=2),
        box("list-item", "1. Li X, Xie J. Study of cells. J Immunol Res. 2002;20:15-8."),
        box("list-item", "2. Wu Y, Kim K. Study of rats. J Immunol Res. 2003;20:25-8."),
    ),
]
