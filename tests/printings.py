"""The review of the corpus as other converters and journals would have printed it.

Every printing has the same paragraphs, rows and references, in another notation.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

_HEADING = re.compile(r"(\d(?:\.\d)?)\. ([A-Z].*)")
_RAISED = re.compile(r"\^\[([\d,–-]+)\]")
_PLAIN = re.compile(r"(?<=[\w.])\[([\d,–-]+)\]")
_ENTRY = re.compile(r"- (?:\[\d+\] )?")
_NAMES = ("Abstract", "Acknowledgments", "Author contributions", "References")
_RUNNING = ("Shi et al. • Medicine (2022) 101:32", "", "www.md-journal.com", "")


def marked_headings(text: str) -> str:
    """`## 2.1 …`, `<sup>1,2</sup>`, `1. Author…`, running heads and page numbers."""
    lines: list[str] = []
    number = 0
    for page, printed in enumerate(text.split("\n")):
        line = printed
        heading = _HEADING.fullmatch(line)
        if heading:
            hashes = "##" if "." not in heading[1] else "###"
            line = f"{hashes} {heading[1]} {heading[2]}"
        elif line in _NAMES:
            line = f"## {line}"
        if line.startswith("- "):
            number += 1
            line = _ENTRY.sub(f"{number}. ", line, count=1)
        elif "\t" not in line:
            line = _PLAIN.sub(r"<sup>\1</sup>", _RAISED.sub(r"<sup>\1</sup>", line))
        lines.append(line)
        if not line and page % 20 == 1:
            lines += [str(page), "", *_RUNNING]
    return "\n".join(lines)


def wrapped_lines(text: str) -> str:
    """Lines of 88 characters, `[1–3]`, `[1] Author…`, form feeds with running heads."""
    lines: list[str] = []
    number = 0
    for page, printed in enumerate(text.split("\n")):
        line = printed.replace("^[", "[")
        if line.startswith("- "):
            number += 1
            line = _ENTRY.sub(f"[{number}] ", line, count=1)
        whole = [line] if "\t" in line else textwrap.wrap(line, 88, break_on_hyphens=False)
        lines += whole or [""]
        if not line and page % 16 == 1:
            lines += [str(page), f"\f{_RUNNING[0]}", *_RUNNING[2:]]
    return "\n".join(lines)


def unnumbered(text: str) -> str:
    r"""Headings without numbers or marks, `\(^{1,2}\)`, `1 Author…`."""
    lines: list[str] = []
    number = 0
    for printed in text.split("\n"):
        heading = _HEADING.fullmatch(printed)
        line = heading[2] if heading else printed
        if line.startswith("- "):
            number += 1
            line = _ENTRY.sub(f"{number} ", line, count=1)
        elif "\t" not in line:
            line = _PLAIN.sub(r"\\(^{\1}\\)", _RAISED.sub(r"\\(^{\1}\\)", line))
        lines.append(line)
    return "\n".join(lines)


def round_brackets(text: str) -> str:
    """Bold headings, `(1, 2)`, a table between pipes with a header."""
    lines: list[str] = []
    for printed in text.split("\n"):
        line = f"**{printed}**" if _HEADING.fullmatch(printed) else printed
        if line.startswith("- "):
            lines.append(line)
        elif "\t" in line and not line.startswith("Table"):
            if line.startswith("BMSCs"):
                lines += ["", "| Source | Mechanism | References |", "|---|---|---|"]
            cells = [re.sub(r"^\[([\d,]+)\]$", r"(\1)", cell) for cell in line.split("\t")]
            lines.append(f"| {' | '.join(cells)} |")
        else:
            line = _RAISED.sub(lambda match: f"({match[1].replace(',', ', ')})", line)
            lines.append(_PLAIN.sub(r"(\1)", line))
    return "\n".join(lines)


PRINTINGS: tuple[Callable[[str], str], ...] = (
    marked_headings,
    wrapped_lines,
    unnumbered,
    round_brackets,
)
