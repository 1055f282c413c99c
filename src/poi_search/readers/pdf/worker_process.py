"""The converter of PDFs, an optional package: is there one, and what does it make of a file?"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from poi_search.article import ReadError
from poi_search.readers.pdf import worker

OPTIONS = ("-P",)
"""The worker imports nothing from the folder that it is started in."""
# A machine may be busy with other work.
_MOST_WAITING = 4 * worker.MAX_SECONDS
REMEDY = (
    "Install the converter, pip install 'poi-search[pdf]' (PyMuPDF, licence AGPL-3.0), and run"
    " poi-search index again; or convert the file to text (.md) and add that instead"
)

_AS_TEXT = "Add its full text as .xml, .html, .md or .txt instead"
_STOPPED = -signal.SIGXCPU
_REFUSALS = {
    worker.BROKEN: ("it is not a PDF, or a damaged one", f"Download it again. {_AS_TEXT}"),
    worker.NO_PAGES: ("it has no pages", f"Download it again. {_AS_TEXT}"),
    worker.ENCRYPTED: (
        "it is encrypted, and needs a password",
        "Save it without the password, in a PDF viewer",
    ),
    worker.TOO_LONG: (
        f"it has more than {worker.MAX_PAGES} pages",
        "Split it, and add the article or chapter alone",
    ),
    _STOPPED: (f"its conversion took longer than {worker.MAX_SECONDS // 60} minutes", _AS_TEXT),
    worker.WITHOUT_TEXT: (
        "it has no text: its pages are scanned pictures",
        f"Run text recognition on it first, for example with ocrmypdf. {_AS_TEXT}",
    ),
}


@cache
def converter_name() -> str:
    """The name and version of the converter that is installed; '' if there is none."""
    try:
        found = find_spec("pymupdf4llm") is not None and find_spec("pymupdf") is not None
        return f"pymupdf4llm {metadata.version('pymupdf')}" if found else ""
    except metadata.PackageNotFoundError:
        return ""


def convert_layout(source: bytes, name: str) -> list[dict[str, Any]]:
    """The pages of a PDF with their boxes. Raises ReadError if it cannot be converted."""
    if not converter_name():
        raise ReadError(name, "", "a PDF is read with a converter that is not installed", REMEDY)
    if b"%PDF-" not in source[:1024]:
        raise ReadError(name, "", *_REFUSALS[worker.BROKEN])
    with TemporaryDirectory(prefix="poi-search-") as folder:
        pdf, layout = Path(folder, "source.pdf"), Path(folder, "layout.json")
        pdf.write_bytes(source)
        status, told = _run(pdf, layout)
        if status in _REFUSALS:
            raise ReadError(name, "", *_REFUSALS[status])
        if status or not layout.is_file():
            problem = f"the converter failed ({told or f'exit status {status}'})"
            raise ReadError(name, "", problem, f"Download it again. {_AS_TEXT}")
        pages: list[dict[str, Any]] = json.loads(layout.read_bytes())
        return pages


def _run(pdf: Path, layout: Path) -> tuple[int, str]:
    """The exit status of the conversion, and the last line of what it reported."""
    command = [sys.executable, *OPTIONS, "-m", worker.__name__, str(pdf), str(layout)]
    try:
        done = subprocess.run(  # noqa: S603  # a fixed command
            command, capture_output=True, timeout=_MOST_WAITING, check=False
        )
    except subprocess.TimeoutExpired:
        return _STOPPED, ""
    return done.returncode, done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
