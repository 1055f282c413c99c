"""Formulas as one line of readable text, from MathML or TeX, never both."""

from __future__ import annotations

import re

from poi_search.readers.markup import Node, squeeze
from poi_search.readers.prose import raise_text

_NOT_TEXT = frozenset(
    "label graphic inline-graphic media alt-text long-desc object-id annotation"
    " annotation-xml malignmark maligngroup mphantom none mprescripts".split()
)
_RELATIONS = frozenset("= < > ≤ ≥ ≈ ≃ ∼ ≡ → ⇒ ⇌ ↔ ∝ ∈ ≠ + - − – ± × · ⋅ ∗ * ÷ ∪ ∩ ∑ ∏ ∫".split())
_TEX_BEGIN, _TEX_END = r"\begin{document}", r"\end{document}"
_TEX_FRAC = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_TEX_KEPT = re.compile(
    r"\\(?:text|textit|textbf|textrm|mathrm|mathbf|mathit|mathsf|mathcal|mathbb|boldsymbol"
    r"|hbox|mbox|operatorname|rm|it|bf|left|right|big|Big|bigg|Bigg|displaystyle|limits)(?![A-Za-z])"
)
_TEX_GONE = re.compile(
    r"\\(?:begin|end)\{[^{}]*\}(?:\{[^{}]*\})?|\$\$?|\\[()\[\]]|\\label\{[^{}]*\}"
)
_TEX_SPACES = re.compile(r"\\(?:[,;:!> ]|q?quad(?![A-Za-z]))|~|&|\\\\")
_TEX_SIGNS = dict(
    pair.split(":")
    for pair in (
        "leq:≤ le:≤ geq:≥ ge:≥ neq:≠ approx:≈ sim:∼ pm:± times:× cdot:· div:÷ infty:∞ sum:∑"
        " prod:∏ int:∫ sqrt:√ partial:∂ rightarrow:→ to:→ leftarrow:← in:∈ alpha:α beta:β"
        " gamma:γ delta:δ epsilon:ε varepsilon:ε zeta:ζ eta:η theta:θ kappa:κ lambda:λ mu:μ"
        " upmu:μ nu:ν xi:ξ pi:π rho:ρ sigma:σ tau:τ phi:φ varphi:φ chi:χ psi:ψ omega:ω Gamma:Γ"
        " Delta:Δ Theta:Θ Lambda:Λ Pi:Π Sigma:Σ Phi:Φ Psi:Ψ Omega:Ω circ:° prime:′"
    ).split()
)


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


def tex_text(source: str) -> str:
    """TeX source as text, its commands removed as far as simple rules allow."""
    inner, end, _ = source.partition(_TEX_BEGIN)[2].partition(_TEX_END)
    text = _TEX_GONE.sub(" ", inner if end else source)
    text = _TEX_SPACES.sub(" ", _TEX_KEPT.sub("", text))
    for _ in range(4):
        text = _TEX_FRAC.sub(_fraction, text)
    text = re.sub(r"\\([A-Za-z]+)", _sign, text)
    return squeeze(re.sub(r"[{}]", "", text.replace("\\", "")))


def _fraction(match: re.Match[str]) -> str:
    return f"{_parenthesize(match[1].strip())}/{_parenthesize(match[2].strip())}"


def _sign(match: re.Match[str]) -> str:
    return _TEX_SIGNS.get(match[1], f" {match[1]} ")


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
            return f"{_parenthesize(first)}/{_parenthesize(second)}"
        case "msup":
            return first + _power(second)
        case "msub" | "munder":
            return f"{first}_{_parenthesize(second)}"
        case "msubsup" | "munderover":
            return f"{first}_{_parenthesize(second)}{_power(third)}"
        case "mover":
            return first + (_power(second) if second.isalnum() else second)
        case "msqrt":
            return f"√{_parenthesize(''.join(parts))}"
        case "mroot":
            return f"{_power(second)}√{_parenthesize(first)}"
        case "mfenced":
            inner = ", ".join(part.strip() for part in parts)
            return node.attrs.get("open", "(") + inner + node.attrs.get("close", ")")
        case "mtr" | "mlabeledtr":
            return " ".join(part.strip() for part in parts)
        case "mtable":
            return " ; ".join(part.strip() for part in parts if part.strip())
        case _:
            return _row(node)


def _parenthesize(text: str) -> str:
    return text if re.fullmatch(r"[^\W_]*|\W", text) else f"({text})"


def _power(text: str) -> str:
    raised = raise_text(text)
    return raised if raised[:1] not in ("^", text[:1]) else f"^{_parenthesize(text)}"
