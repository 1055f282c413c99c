"""Formulas as one line of readable text, from MathML and from TeX."""

from __future__ import annotations

import pytest

from poi_search.readers.jats.formulas import formula_text
from poi_search.readers.jats.tex import tex_text
from poi_search.readers.markup import parse_xml


def text(inner: str, name: str = "disp-formula") -> str:
    return formula_text(parse_xml(f"<{name}>{inner}</{name}>".encode(), "a.xml"))


def maths(inner: str) -> str:
    return text(inner, "math")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<mi>x</mi><mo>=</mo><mn>1</mn>", "x = 1"),
        ("<mo>−</mo><mn>1</mn><mo>+</mo><mn>2</mn>", "−1 + 2"),
        ("<mo>(</mo><mi>x</mi><mo>)</mo><mo>≤</mo><mi>y</mi>", "(x) ≤ y"),
        ("<mi>f</mi><mo>!</mo>", "f!"),
        ("<mi>x</mi><mo>,</mo><mi>y</mi>", "x, y"),
        ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", "a/b"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>c</mi></mrow><mi>b</mi></mfrac>", "(a + c)/b"),
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x²"),
        ("<msup><mi>x</mi><mi>m</mi></msup>", "x^m"),
        ("<msup><mi>x</mi><mrow><mi>a</mi><mi>_</mi></mrow></msup>", "x^(a_)"),
        ("<msub><mi>x</mi><mi>i</mi></msub>", "x_i"),
        ("<munder><mi>x</mi><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow></munder>", "x_(i = 1)"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_i²"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>", "∑_iⁿ"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", "x¯"),
        ("<mover><mi>x</mi><mn>2</mn></mover>", "x²"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x+1)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "³√x"),
        ("<mfenced><mi>x</mi><mi>y</mi></mfenced>", "(x, y)"),
        ("<mfenced open='[' close=']'><mi>x</mi></mfenced>", "[x]"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr/>"
         "<mtr><mtd><mn>3</mn></mtd></mtr></mtable>", "1 2 ; 3"),
        ("<mi>x</mi><mtext> in mol</mtext><mspace/><ms>s</ms>", "x in mol s"),
        ("<mi>x</mi><mphantom><mi>y</mi></mphantom><none/>", "x"),
        ("<semantics><mi>x</mi><annotation>y</annotation></semantics>", "x"),
        ("<mstyle><mi>x</mi></mstyle><mrow><mi>y</mi></mrow>", "xy"),
        ("<msqrt/>", "√"),
    ],
)  # fmt: skip
def test_mathml(source: str, expected: str) -> None:
    assert maths(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\alpha \leq 1", "α ≤ 1"),
        (r"\frac{a}{b+1}", "a/(b+1)"),
        (r"\dfrac{\frac{a}{b}}{c}", "(a/b)/c"),
        (r"x_{i}^{2}", "x_i²"),
        (r"\frac{\beta_{1} S I}{N^{2}}", "(β_1 S I)/N²"),
        (r"\frac{d\hat{S}}{\sqrt{dt}}", "dŜ/(√dt)"),
        (r"\frac12 x^{n+1}", "1/2 x^(n+1)"),
        (r"\sqrt[3]{a+b}", "³√(a+b)"),
        (r"\left. y \right|_{0} \overline{xy}", "y |_0 xy"),
        (r"\binom{n}{k} \overset{!}{=} \underset{x}{max}\tag{2}", "(n choose k) =^! max_x (2)"),
        (r"\{a\} 5\% \|x\|", "{a} 5% ‖x‖"),
        ("{" * 5000 + "x" + r"\hat" * 3000, "x"),
        (r"\mathrm{cm}\,\text{and} \left( y \right)", "cm and ( y )"),
        (r"$$\begin{array}{cc} a & b \\ c \end{array}\label{x}$$", "a b c"),
        (r"\begin{document}$x$\end{document} after", "x"),
        (r"\usepackage{a} \begin{document} x", "usepackage a x"),
        (r"a~b\quad c\qquad d\;e\!f", "a b c d e f"),
        (r"\foo{x} 5\,\%", "foo x 5 %"),
        (r"\rm x \it y", "x y"),
        (r"\[x\] \(y\)", "x y"),
        (r"\to \pm \times \infty", "→ ± × ∞"),
        (r"\mu \omega \Omega \upmu \varepsilon", "μ ω Ω μ ε"),
    ],
)
def test_tex(source: str, expected: str) -> None:
    assert tex_text(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<label>(1)</label><tex-math>x</tex-math>", "x"),
        ("<tex-math>x</tex-math><math><mi>y</mi></math>", "y"),
        ("n<sup>2</sup> <italic>k</italic>", "n² k"),
        ("<graphic/><alt-text>An image</alt-text>", ""),
        ("a<math><mi>y</mi></math>b", "a y b"),
        ("a<tex-math>x</tex-math>b", "a x b"),
    ],
)
def test_elements_of_formulas(source: str, expected: str) -> None:
    assert text(source) == expected
