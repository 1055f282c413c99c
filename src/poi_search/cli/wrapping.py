"""Text on a terminal: indented, broken between words, without control characters."""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

_WORD = re.compile(r"\S+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_NARROWEST = 20


def say(to: Console, what: str | Text, indent: int = 0, *, style: str = "", hang: int = 0) -> None:
    """Print a text indented and broken between words; `hang` adds to the first indent."""
    text = what if isinstance(what, Text) else Text(what, style=style)
    text.plain = _CONTROL.sub(" ", text.plain)  # no control characters reach the terminal
    width = max(to.width - indent, _NARROWEST)
    for position, line in enumerate(text.divide(line_breaks(text.plain, width - hang, width))):
        line.rstrip()
        margin = " " * (indent if position else indent + hang)
        to.print(Text.assemble(margin, line), soft_wrap=True)


def line_breaks(text: str, first: int, width: int) -> list[int]:
    """The offsets of line breaks, with as many words per line as fit; a longer word is alone."""
    breaks: list[int] = []
    begin, room = 0, first
    for word in _WORD.finditer(text):
        if word.start() > begin and cell_len(text[begin : word.end()]) > room:
            breaks.append(word.start())
            begin, room = word.start(), width
    return breaks
