"""The notations of converters → plain text: emphasis, links, superscripts, simple formulas.

A superscript is kept as `SUP…END` (private-use characters), because only the whole article
shows whether it is a citation or an exponent; `spell_superscript` writes out the latter.
"""

from __future__ import annotations

import html
import re

SUP, END = "\ue000", "\ue001"
WRAP = "\ue002"
"""Where a printed line ends, in the text of a converter that joins lines."""
CONTINUES = "\ue003"
"""At the beginning of a line: it goes on with the paragraph before it."""
RUNNING_HEAD = "<!-- running head: {} -->"
"""How a converter that recognises a running head marks it."""
SUPERSCRIPT = re.compile(rf"{SUP}([^{SUP}{END}]*){END}")

_MARKUP = re.compile(r"[^!-~ ]|[\\$<&\[^*_]|  |^ | $")
"""What a plain line does not have: any mark, a character beyond ASCII, a space to leave out."""
_TAGS = re.compile(
    r"</?(?:i|b|em|strong|u|s|span|font|a|p|div|small|big|mark|center|figure|figcaption|img|cite"
    r"|section|body|html|li|ul|ol|hr|page|caption|sc)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SUP_TAG = re.compile(r"<sup[^<>]*>(.{0,300}?)</sup\s*>", re.IGNORECASE)
_SUB_TAG = re.compile(r"<sub[^<>]*>(.{0,300}?)</sub\s*>", re.IGNORECASE)
_LINK = re.compile(
    r"\[((?:[^\[\]\\]++|\\.|\[[^\[\]]*+\]){0,100})\]\((?:https?://|mailto:|#|\.{0,2}/)[^()\s]*(?:\s\"[^\"]*\")?\)"
)
_MATH = re.compile(r"\\\(([^\\]*(?:\\(?![()])[^\\]*)*)\\\)|\$\$?([^$]{1,300})\$\$?")
# `$R$`, `$(P<0.05)$`, `$n = 3$`; not the money between `$5 and $`.
_SIMPLE_MATH = re.compile(r"\S|\S[^\s$]*[^\s$,;(\u2013-]|(?=[^$]*[=<>±×≤≥])\S[^$]*[^\s$,;(\u2013-]")
# What brackets of the text contain, if a converter escapes them: `\(see Section 2\)`.
_WORDS = re.compile(r"[A-Za-z]{3} [A-Za-z]{2}|[A-Za-z]{2} [A-Za-z]{3}")
_BRACED = re.compile(
    r"\\(?:mathrm|mathbf|mathit|mathsf|text|textbf|textit|operatorname|rm|bf|it)"
    r"\s*\{([^{}]*)\}"
)
_CARET = re.compile(
    rf"\^(?:(?P<square>\[[^\[\]^]+\])|\{{(?P<brace>[^{{}}]*)\}}|\((?P<round>[^()]{{1,20}})\)"
    rf"|(?P<pandoc>[^\s^{SUP}]{{1,20}})\^(?![\[{{(])|(?P<bare>\d[\d,\u2013-]*\d|[\d*†‡§¶#+]|(?:st|nd|rd|th)\b|[a-z](?![a-z])))"
)
_UNDER = re.compile(r"(?<=\S)_\{([^{}]*)\}")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
_RAISED_RUN = re.compile(rf"[{_RAISED}]+(?:[,\u2013-][{_RAISED}]+)*")
_LOWER = str.maketrans(_RAISED, "0123456789+-")
_RAISE = str.maketrans("0123456789+-−\u2013", _RAISED + "⁻⁻")
_STARS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*]*?[^\s*\\])\1(?![\w*])")
_UNDERSCORES = re.compile(r"(?<![\w\\])(_{1,2})(?=[^\s_])([^_]*[^\s_])\1(?!\w)")
_ESCAPED = re.compile(r"\\([\[\]*_.#>~^|{}%&$+!-])")
_JOINED_SUPERSCRIPTS = re.compile(
    rf"{END}(\s*[,;\u2013-]\s*){SUP}|(?<=[,;\u2013-]){END}(){SUP}|{END}(){SUP}(?=[,;\u2013-])"
)
_COMMANDS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω", "pm": "±", "times": "×", "cdot": "·", "leq": "≤", "le": "≤",
    "geq": "≥", "ge": "≥", "approx": "≈", "sim": "~", "neq": "≠", "rightarrow": "→", "to": "→",
    "uparrow": "↑", "downarrow": "↓", "degree": "°", "circ": "°", "infty": "∞", "dagger": "†",
    "ddagger": "‡", "ast": "*", "textcircled": "", "quad": " ", "left": "", "right": "",
}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
# A soft hyphen at the end is one of the line.
_INVISIBLE = re.compile(
    "\u00ad(?!\\s*+$)|[\u200b-\u200d\u2060\ufeff\u0000-\u0008\u000b\u000e-\u001f]"
)
STATISTIC = r"(?<![^\W\d_])(?:[A-Z]|[Tt]au|[Cc]hi|[τχη])"
"""What is squared if it has a value: I² = 50%, τ² = 0.3."""
STATISTIC_VALUE = (
    r"\s?(?:[=<>≤≥≈]|(?:(?:was|is|were|of)\s)?\d{1,3}(?:\.\d{1,3})?\s?%"
    r"|(?:statistics?|tests?|values?|heterogeneity)\b)"
)
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_CHARACTERS = str.maketrans(
    {
        **LIGATURES,
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u0092": "’",
        SUP: "\ufffd",
        END: "\ufffd",
        WRAP: " ",
        CONTINUES: "",
    }
)


def plain(text: str) -> str:
    """A line without markup; superscripts as `SUP…END`, runs of white space as one space."""
    if not _MARKUP.search(text):
        return text
    text = _INVISIBLE.sub("", text.translate(_CHARACTERS))
    text = _MATH.sub(_math, text)
    text = _SUB_TAG.sub(r"\1", _BREAK.sub(" ", text))
    text = _LINK.sub(r"\1", _without_images(text))
    text = _SUP_TAG.sub(lambda match: SUP + match[1].strip() + END, text)
    text = _CARET.sub(_raised_part, text)
    text = _RAISED_RUN.sub(lambda match: SUP + match[0].translate(_LOWER) + END, text)
    text = html.unescape(_TAGS.sub("", text))
    text = _UNDERSCORES.sub(r"\2", _STARS.sub(r"\2", text))
    text = _ESCAPED.sub(r"\1", text)
    text = _JOINED_SUPERSCRIPTS.sub(lambda match: (match[1] or "").strip(), text)
    return re.sub(r"\s+", " ", text).strip()


def _without_images(text: str) -> str:
    """Remove images, `![description](address)`, in linear time."""
    kept: list[str] = []
    at = 0
    while (start := text.find("![", at)) >= 0:
        middle = text.find("]", start)
        end = text.find(")", middle) if text.startswith("](", middle) else middle
        if middle < 0 or end < 0:
            break
        kept.append(text[at : start if end > middle else middle])
        at = end + (end > middle)
    return "".join([*kept, text[at:]])


def is_bold(text: str) -> bool:
    """Whether the whole line is bold."""
    bare = text.strip().strip("#").strip()
    tag = re.fullmatch(r"(\*\*|__)(?!\s)((?!\1).)+\1:?|<(b|strong)>[^<]+</\3>:?", bare)
    return tag is not None


def spell_superscript(content: str) -> str:
    """An exponent or charge in superscript characters, anything else as plain text."""
    if re.fullmatch("[0-9+\u2212\u2013-]+", content):
        return content.translate(_RAISE)
    return content


def without_superscripts(text: str) -> str:
    """The text with every superscript spelled out, none read as a citation."""
    return SUPERSCRIPT.sub(lambda match: spell_superscript(match[1]), text)


def _raised_part(match: re.Match[str]) -> str:
    content = next(group for group in match.groups() if group is not None)
    return f"{SUP}{content.strip()}{END}"


def _math(match: re.Match[str]) -> str:
    """A formula between `\\(` and `\\)`, or between dollars unless it is money."""
    if match[1] is not None:
        is_text = _WORDS.search(match[1]) and not re.search(r"[\\^_{}]", match[1])
        return f"({match[1]})" if is_text else _formula(match[1])
    content = match[2]
    if not re.search(r"[\\^_]", content) and not _SIMPLE_MATH.fullmatch(content):
        return match[0]
    return _formula(content)


def _formula(content: str) -> str:
    """A short formula in plain characters: `^{2,3}`, `\\beta`, `\\mathrm{cm}^{2}`, `CD4_{2}`."""
    # Adjacent commands stay separate words: `\\mu\\mathrm{M}`.
    content = re.sub(r"(\\[A-Za-z]+)(?=\\[A-Za-z])", r"\1 ", content)
    for _ in range(3):
        content = _BRACED.sub(r"\1", content)
    content = _COMMAND.sub(lambda match: _COMMANDS.get(match[1], match[1]), content)
    content = re.sub(r"\\([%&#$ ,;!])", lambda match: match[1].strip(",;!"), content)
    content = _UNDER.sub(r"\1", content.replace("~", " "))
    return re.sub(r"_(\w)", r"\1", content).strip()
