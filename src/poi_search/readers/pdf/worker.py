"""Run as a process of its own: a PDF → its layout, as JSON.

    python -m poi_search.readers.pdf.worker PDF TARGET

The converter is large and written in C: in a process of its own it can be stopped, its crash is
not that of the build, and its memory is returned. The exit status says what is wrong with a PDF.
"""

from __future__ import annotations

import json
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

BROKEN, ENCRYPTED, TOO_LONG, WITHOUT_TEXT, NO_PAGES = 11, 12, 13, 14, 15
MAX_PAGES = 300
MAX_SECONDS = 900
"""Of computing; a page takes about one."""
# A scan may have a stamp or a cover page with a few words.
_LETTERS_OF_A_PAGE = 100


def main(source: str, target: str) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    library: Any = import_module("pymupdf")  # optional
    converter: Any = import_module("pymupdf4llm")
    try:
        document = library.open(source, filetype="pdf")
    except Exception:  # whatever the library raises for a damaged file
        return BROKEN
    status = _refusal(document)
    if status:
        return status
    layout = json.loads(converter.to_json(document, use_ocr=False, table_output="html"))
    pages = [
        {name: page[name] for name in ("page_number", "width", "height", "boxes")}
        for page in layout["pages"]
    ]
    Path(target).write_text(json.dumps(pages), encoding="utf-8")
    return 0


def _refusal(document: Any) -> int:
    """Why a document cannot be converted, as an exit status; 0 if it can."""
    if document.needs_pass:
        return ENCRYPTED
    if not document.page_count:
        return NO_PAGES
    if document.page_count > MAX_PAGES:
        return TOO_LONG
    lettered = sum(
        sum(map(str.isalpha, page.get_text())) >= _LETTERS_OF_A_PAGE for page in document
    )
    return 0 if lettered * 2 >= document.page_count or lettered >= 5 else WITHOUT_TEXT


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
