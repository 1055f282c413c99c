"""Formulas as one line of readable text, from MathML or TeX, never both."""

from __future__ import annotations

import re

from poi_search.readers.jats.tex import parenthesize, power, tex_text
from poi_search.readers.markup import Node, squeeze
from poi_search.readers.prose import raise_text

_NOT_TEXT = frozenset(
    "label graphic inline-graphic media alt-text long-desc object-id annotation"
    " annotation-xml malignmark maligngroup mphantom none mprescripts".split()
)
_RELATIONS = frozenset("= < > ≤ ≥ ≈ ≃ ∼ ≡ → ⇒ ⇌ ↔ ∝ ∈ ≠ + - − – ± × · ⋅ ∗ * ÷ ∪ ∩ ∑ ∏ ∫".split())


def formula_text(node: Node) -> str:
    """The text of a formula element without its label; '' if it is only an image."""
    return squeeze(_linearize(node, node.name == "math" or node.find("math") is not None))


def _linearize(node: Node, has_math: bool) -> str:
    if node.name == "math":
        return f" {_row(node)} "
    if node.name == "tex-math":
        return "" if has_math else f" {tex_text(''.join(node.strings()))} "
    if node.name in _NOT_TEXT:
        return ""
    parts = [
        child if isinstance(child, str) else _linearize(child, has_math) for child in node.children
    ]
    text = "".join(parts)
    return raise_text(text) if node.name == "sup" else text


def _row(node: Node) -> str:
    """The children of a MathML element in order, with spaces around operators."""
    text = ""
    for child in node.children:
        part = squeeze(child) if isinstance(child, str) else _math(child)
        if isinstance(child, Node) and child.name == "mo" and part in _RELATIONS:
            follows = text.rstrip()[-1:]
            text += f" {part} " if follows.isalnum() or follows in tuple(")]}|'′") else part
        elif part == ",":
            text += ", "
        else:
            text += part
    return text


def _math(node: Node) -> str:
    if node.name in _NOT_TEXT:
        return ""
    if node.name in ("mi", "mn", "mo", "ms"):
        return squeeze("".join(node.strings()))
    if node.name == "mtext":
        text = "".join(node.strings()).replace("\u00a0", " ")
        return re.sub(r"\s+", " ", text)
    if node.name == "mspace":
        return " "
    parts = [_row(child) if child.name == "mrow" else _math(child) for child in node.elements()]
    return _combine(node, parts)


def _combine(node: Node, parts: list[str]) -> str:  # noqa: PLR0911 - one return for each layout
    first, second, third = (part.strip() for part in (*parts, "", "", "")[:3])
    match node.name:
        case "semantics":
            return parts[0] if parts else ""
        case "mfrac":
            return f"{parenthesize(first)}/{parenthesize(second)}"
        case "msup":
            return first + power(second)
        case "msub" | "munder":
            return f"{first}_{parenthesize(second)}"
        case "msubsup" | "munderover":
            return f"{first}_{parenthesize(second)}{power(third)}"
        case "mover":
            return first + (power(second) if second.isalnum() else second)
        case "msqrt":
            return f"√{parenthesize(''.join(parts))}"
        case "mroot":
            return f"{power(second)}√{parenthesize(first)}"
        case "mfenced":
            inner = ", ".join(part.strip() for part in parts)
            return node.attrs.get("open", "(") + inner + node.attrs.get("close", ")")
        case "mtr" | "mlabeledtr":
            return " ".join(part.strip() for part in parts)
        case "mtable":
            return " ; ".join(part.strip() for part in parts if part.strip())
        case _:
            return _row(node)
