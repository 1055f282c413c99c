"""The text of a printed line: its spans joined, superscripts marked, odd characters mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

Printed = Mapping[str, Any]

_SUPERSCRIPT, _ITALIC, _BOLD = 1, 2, 16
_BOLD_OUTLINE = 8
_BOLD_FONT = re.compile(r"bold|heavy|black|demi|[.\-]B$", re.IGNORECASE)
_ITALIC_FONT = re.compile(r"ital|obli|[.\-]I$", re.IGNORECASE)
_SPECIAL = re.compile(r"(?<!\\)([*_$^~])")
# An accent that a font prints as a character of its own, before or after its letter: the
# combining one, and the letters that mostly have it.
_ACCENTS = {
    "¨": ("\u0308", "aeiouAEIOU"), "´": ("\u0301", "aeiouyAEIOUY"), "`": ("\u0300", "aeiouAEIOU"),
    "ˆ": ("\u0302", "aeiouAEIOU"), "˜": ("\u0303", "nN"), "ˇ": ("\u030c", "cszreCSZR"),
    "˚": ("\u030a", "auAU"), "¸": ("\u0327", "csCS"), "¯": ("\u0304", "aeiouAEIOU"),
}  # fmt: skip
_APART = re.compile(r"([A-Za-z]?)([¨´`ˆ˜ˇ˚¸¯])(\s?)([A-Za-zı]?)")
_UNPRINTABLE = re.compile("[\u0000-\u0008\u000b-\u001f\ue000-\uf8ff]")
# A span this much smaller than its line, and printed this much above it, is raised.
_SMALL, _ABOVE = 0.85, 0.15
_GAP = 0.12


def line_text(line: Printed) -> str:
    """The text of a line; a raised span is a `<sup>`, and signs of markup are escaped."""
    return spans_text(line["spans"])


def spans_text(spans: Sequence[Printed]) -> str:
    text, end = "", None
    size, base = _body_type(spans)
    for span in spans:
        content = mend_characters(span["text"])
        bare = content.strip()
        if not bare:
            text += " " if content else ""
            continue
        raised = _is_raised(span, size, base)
        apart = end is None or span["bbox"][0] - end > _GAP * span["size"]
        text += " " if (apart and not raised) or content[0].isspace() else ""
        escaped = _SPECIAL.sub(r"\\\1", bare)
        text += f"<sup>{escaped}</sup>" if raised else escaped
        text += " " if content[-1].isspace() else ""
        end = span["bbox"][2]
    text = text.replace("</sup><sup>", "").replace("</sup> <sup>", " ")
    return " ".join(text.split())


def _body_type(spans: Sequence[Printed]) -> tuple[float, float]:
    """The size and the baseline of most of a line."""
    longest = max(spans, key=lambda span: (span["size"] > 0, len(span["text"].strip())))
    return longest["size"], longest["origin"][1]


def _is_raised(span: Printed, size: float, base: float) -> bool:
    if span["flags"] & _SUPERSCRIPT:
        return True
    above = base - span["origin"][1]
    return bool(span["size"] < _SMALL * size and _ABOVE * size < above < size)


def is_bold(line: Printed) -> bool:
    """Whether all letters of a line are bold."""
    spans = [span for span in line["spans"] if any(map(str.isalpha, span["text"]))]
    return bool(spans) and all(style(span) == "bold" for span in spans)


def style(span: Printed) -> str:
    """'bold', 'italic' or ''."""
    font = span.get("font", "")
    if (
        span["flags"] & _BOLD
        or span.get("char_flags", 0) & _BOLD_OUTLINE
        or _BOLD_FONT.search(font)
    ):
        return "bold"
    return "italic" if span["flags"] & _ITALIC or _ITALIC_FONT.search(font) else ""


def mend_characters(text: str) -> str:
    """Letters for the characters of mathematical fonts, and accents on their letters."""
    if text.isascii() and "`" not in text:
        return _UNPRINTABLE.sub("", text)
    text = "".join(_letter(sign) for sign in text)
    return _UNPRINTABLE.sub("", _APART.sub(_accented, text))


def _letter(sign: str) -> str:
    is_mathematical = "\U0001d400" <= sign <= "\U0001d7ff"
    return unicodedata.normalize("NFKC", sign) if is_mathematical else sign


def _accented(match: re.Match[str]) -> str:
    """The accent on the letter that mostly has it, else on the next one, else as printed."""
    before, accent, space, after = match.groups()
    on_before, on_after = _compose(before, accent), _compose(after.replace("ı", "i"), accent)
    usual = _ACCENTS[accent][1]
    if on_after and not (on_before and before in usual and (space or after not in usual)):
        return before + on_after
    if not on_before:
        return match[0]
    return on_before + ("" if after.islower() else space) + after


def _compose(letter: str, accent: str) -> str:
    """The letter with the accent; '' if there is no such character."""
    composed = unicodedata.normalize("NFC", letter + _ACCENTS[accent][0]) if letter else ""
    return composed if len(composed) == 1 else ""
