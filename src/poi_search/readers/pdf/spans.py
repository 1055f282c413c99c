"""The text of a printed line: its spans joined, superscripts marked, odd characters mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

Printed = Mapping[str, Any]

_SUPERSCRIPT, _BOLD = 1, 16
_BOLD_OUTLINE = 8
_SPECIAL = re.compile(r"(?<!\\)([*_$^~])")
# An accent that a font prints as a character of its own, before or after its letter.
_ACCENTS = {
    "¨": "\u0308", "´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c",
    "˚": "\u030a", "¸": "\u0327", "¯": "\u0304",
}  # fmt: skip
_ACCENT_FIRST = re.compile(r"([¨´`ˆ˜ˇ˚¯])\s?([A-Za-zı])|([A-Za-z])\s?(¸)")
_UNPRINTABLE = re.compile("[\u0000-\u0008\u000b-\u001f\ue000-\uf8ff]")


def line_text(line: Printed) -> str:
    """The text of a line; a raised span is a `<sup>`, and signs of markup are escaped."""
    text, end = "", None
    for span in line["spans"]:
        content = mend_characters(span["text"])
        bare = content.strip()
        if not bare:
            text += " " if content else ""
            continue
        raised = bool(span["flags"] & _SUPERSCRIPT) and text.strip() != ""
        apart = end is None or span["bbox"][0] - end > 0.12 * span["size"]
        text += " " if (apart and not raised) or content[0].isspace() else ""
        escaped = _SPECIAL.sub(r"\\\1", bare)
        text += f"<sup>{escaped}</sup>" if raised or _is_mark(span, bare) else escaped
        text += " " if content[-1].isspace() else ""
        end = span["bbox"][2]
    text = text.replace("</sup><sup>", "").replace("</sup> <sup>", " ")
    return re.sub(r"\s+", " ", text).strip()


def is_bold(line: Printed) -> bool:
    """Whether all letters of a line are bold."""
    spans = [span for span in line["spans"] if any(map(str.isalpha, span["text"]))]
    return bool(spans) and all(
        span["flags"] & _BOLD or span.get("char_flags", 0) & _BOLD_OUTLINE for span in spans
    )


def mend_characters(text: str) -> str:
    """Letters for the characters of mathematical fonts, and accents on their letters."""
    if text.isascii() and "`" not in text:
        return _UNPRINTABLE.sub("", text)
    text = "".join(_letter(sign) for sign in text)
    return _UNPRINTABLE.sub("", _ACCENT_FIRST.sub(_accented, text))


def _letter(sign: str) -> str:
    is_mathematical = "\U0001d400" <= sign <= "\U0001d7ff"
    return unicodedata.normalize("NFKC", sign) if is_mathematical else sign


def _accented(match: re.Match[str]) -> str:
    accent, letter = (match[1], match[2]) if match[1] else (match[4], match[3])
    letter = "i" if letter == "ı" else letter
    composed = unicodedata.normalize("NFC", letter + _ACCENTS[accent])
    return composed if len(composed) == 1 else match[0]


def _is_mark(span: Printed, text: str) -> bool:
    """Whether a raised span begins a line, as the mark of an affiliation or a footnote."""
    return bool(span["flags"] & _SUPERSCRIPT) and len(text) <= 3
