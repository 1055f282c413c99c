"""TeX formulas as one line of readable text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from poi_search.readers.markup import squeeze
from poi_search.readers.prose import raise_text

_BEGIN, _END = r"\begin{document}", r"\end{document}"
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}\[\]^_&~$]|[^\\{}\[\]^_&~$]+", re.DOTALL)
# Deeper groups are read as if their braces were not there.
_MAX_DEPTH = 40
_SIGNS = dict(
    pair.split(":")
    for pair in (
        "leq:≤ le:≤ leqslant:≤ geq:≥ ge:≥ geqslant:≥ neq:≠ ne:≠ approx:≈ sim:∼ simeq:≃ cong:≅"
        " equiv:≡ propto:∝ ll:≪ gg:≫ pm:± mp:∓ times:× cdot:· div:÷ ast:∗ star:⋆ bullet:• circ:°"
        " infty:∞ sum:∑ prod:∏ int:∫ iint:∬ oint:∮ partial:∂ nabla:∇ forall:∀ exists:∃ in:∈"
        " notin:∉ subset:⊂ subseteq:⊆ supset:⊃ supseteq:⊇ cup:∪ cap:∩ bigcup:⋃ bigcap:⋂"
        " emptyset:∅ setminus:∖ wedge:∧ vee:∨ neg:¬ oplus:⊕ otimes:⊗ perp:⊥ parallel:∥ mid:|"
        " vert:| Vert:‖ to:→ rightarrow:→ longrightarrow:→ leftarrow:← leftrightarrow:↔"
        " Rightarrow:⇒ Leftarrow:⇐ Leftrightarrow:⇔ rightleftharpoons:⇌ mapsto:↦ uparrow:↑"
        " downarrow:↓ ldots:… cdots:… dots:… vdots:⋮ prime:′ hbar:ħ ell:ℓ Re:ℜ Im:ℑ langle:⟨"
        " rangle:⟩ lfloor:⌊ rfloor:⌋ lceil:⌈ rceil:⌉ lbrace:{ rbrace:} alpha:α beta:β gamma:γ"
        " delta:δ epsilon:ε varepsilon:ε zeta:ζ eta:η theta:θ vartheta:ϑ iota:ι kappa:κ lambda:λ"
        " mu:μ upmu:μ nu:ν xi:ξ pi:π rho:ρ varrho:ϱ sigma:σ varsigma:ς tau:τ upsilon:υ phi:φ"
        " varphi:φ chi:χ psi:ψ omega:ω Gamma:Γ Delta:Δ Theta:Θ Lambda:Λ Xi:Ξ Pi:Π Sigma:Σ"
        " Upsilon:Υ Phi:Φ Psi:Ψ Omega:Ω"
    ).split()
)
_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0304", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7",
}  # fmt: skip
# Commands of layout: without a trace, and those whose argument goes, too.
_GONE = frozenset(
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle scriptstyle"
    " limits nolimits nonumber notag hline rm it bf mathstrut text textit textbf textrm textnormal"
    " mathrm mathbf mathit mathsf mathcal mathbb mathscr mathfrak boldsymbol hbox mbox"
    " operatorname bm underline underbrace overbrace ensuremath boxed not".split()
)
_GONE_WITH_ARGUMENT = frozenset(
    "begin end label hspace vspace color phantom hphantom vphantom".split()
)
_WITH_COLUMNS = re.compile(r"array|tabular|alignat")


def tex_text(source: str) -> str:
    """TeX source as text: fractions, roots and powers in one line, signs as characters."""
    inner, end, _ = source.partition(_BEGIN)[2].partition(_END)
    return squeeze(_Reader(inner if end else source).sequence())


def parenthesize(text: str) -> str:
    """The text in parentheses, unless it is one word or sign or has them."""
    return text if re.fullmatch(r"[^\W_]*|\W", text) else f"({text})"


def power(text: str) -> str:
    """The text as an exponent: '²', '^k' or '^(k+1)'."""
    raised = raise_text(text)
    return raised if raised[:1] not in ("^", text[:1]) else f"^{parenthesize(text)}"


class _Reader:
    """Reads tokens from left to right; a group or a single sign is an argument."""

    def __init__(self, source: str) -> None:
        self._tokens: list[str] = _TOKEN.findall(source)
        self._at = 0
        self._depth = 0

    def sequence(self, closing: str = "") -> str:
        """The text up to `closing`, which is consumed, or to the end."""
        parts: list[str] = []
        while self._at < len(self._tokens):
            token = self._next()
            if token == closing:
                break
            parts.append(self._token(token))
        return "".join(parts)

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _token(self, token: str) -> str:
        match token:
            case "{":
                return self._group()
            case "}" | "$":
                return ""
            case "^":
                return power(self._argument())
            case "_":
                return f"_{parenthesize(self._argument())}"
            case "&" | "~":
                return " "
        return self._command(token[1:].rstrip("*")) if token[0] == "\\" else token

    def _group(self) -> str:
        if self._depth >= _MAX_DEPTH:
            return ""
        self._depth += 1
        text = self.sequence("}")
        self._depth -= 1
        return text

    def _argument(self) -> str:
        """The next group, command or single character, on one line."""
        while not self._peek().strip() and self._peek():
            self._at += 1
        first = self._peek()
        if first in ("", "}") or self._depth >= _MAX_DEPTH:
            return ""
        if first[0] == "\\" or len(first) == 1:
            self._at += 1
            self._depth += 1
            text = self._token(first)
            self._depth -= 1
            return squeeze(text)
        text = first.lstrip()
        self._tokens[self._at] = text[1:]
        return text[0]

    def _option(self) -> str:
        if self._peek() != "[":
            return ""
        self._at += 1
        return squeeze(self.sequence("]"))

    def _command(self, name: str) -> str:
        if name in _LAYOUTS:
            return _LAYOUTS[name](self)
        if name in _ACCENTS:
            text = self._argument()
            accented = unicodedata.normalize("NFC", text + _ACCENTS[name])
            return accented if len(text) == 1 else text
        if name in _GONE:
            if self._peek().startswith(".") and name in ("left", "right"):
                self._tokens[self._at] = self._peek()[1:]
            return ""
        if name.isalpha():
            return _SIGNS.get(name, " " if name.endswith("quad") else f" {name} ")
        return {"|": "‖"}.get(name, name if name in "{}%&#$_" else " ")

    def fraction(self) -> str:
        return f"{parenthesize(self._argument())}/{parenthesize(self._argument())}"

    def root(self) -> str:
        degree = self._option()
        return f"{power(degree) if degree else ''}√{parenthesize(self._argument())}"

    def binomial(self) -> str:
        return f"({self._argument()} choose {self._argument()})"

    def above(self) -> str:
        over = self._argument()
        return self._argument() + power(over)

    def below(self) -> str:
        under = self._argument()
        return f"{self._argument()}_{parenthesize(under)}"

    def tag(self) -> str:
        return f" ({self._argument()})"

    def nothing(self) -> str:
        """Leave out an argument, and the columns of an environment."""
        if _WITH_COLUMNS.match(self._argument()) and self._peek() == "{":
            self._argument()
        return " "


_LAYOUTS: dict[str, Callable[[_Reader], str]] = {
    **dict.fromkeys("frac dfrac tfrac cfrac".split(), _Reader.fraction),
    **dict.fromkeys(_GONE_WITH_ARGUMENT, _Reader.nothing),
    "sqrt": _Reader.root,
    "binom": _Reader.binomial,
    "overset": _Reader.above,
    "stackrel": _Reader.above,
    "underset": _Reader.below,
    "tag": _Reader.tag,
}
