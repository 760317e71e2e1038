import unicodedata

import pytest
import typst

from typst_book.math import convert, split_tag


def bare(text: str) -> str:
    return "".join(text.split())


def test_a_weighted_sum_becomes_typst_math():
    assert bare(convert(r"S_k = \sum_{i=1}^{n} w_i")) == "S_(k)=∑_(i=1)^(n)w_(i)"


@pytest.mark.parametrize(
    ("latex", "name"),
    [
        (r"\le", "LESS-THAN OR EQUAL TO"),
        (r"\sim", "TILDE OPERATOR"),
        (r"\cdot", "DOT OPERATOR"),
        (r"\langle", "MATHEMATICAL LEFT ANGLE BRACKET"),
        (r"\alpha", "GREEK SMALL LETTER ALPHA"),
        (r"\varepsilon", "GREEK SMALL LETTER EPSILON"),
        (r"\to", "RIGHTWARDS ARROW"),
        (r"\infty", "INFINITY"),
        (r"\hbar", "PLANCK CONSTANT OVER TWO PI"),
        (r"\preceq", "PRECEDES ABOVE SINGLE-LINE EQUALS SIGN"),
        (r"\emptyset", "EMPTY SET"),
        (r"\mid", "DIVIDES"),
    ],
)
def test_a_sign_is_the_character_of_that_name(latex, name):
    assert bare(convert(latex)) == unicodedata.lookup(name)


@pytest.mark.parametrize(
    ("latex", "made"),
    [
        (r"\text{甲 \& 乙}", '#text("甲 & 乙")'),
        (r"a \& b", 'a "&" b'),
        (r"\operatorname*{arg\,min}_x", 'op("arg min", limits: #true)_(x)'),
        (r"\operatorname{rank}(A)", 'op("rank")(A)'),
        (r"\lvert x \rvert", "abs(x)"),
        (r"|x|", "|x|"),
        (r"\bigl( x \bigr)", "(x)"),
        (r"\begin{align} a &= b \end{align}", "a & = b"),
        (r"\begin{array}{cc} a & b \end{array}", "mat(delim: #none, a, b)"),
        (r"\begin{equation} x \end{equation}", "x"),
    ],
)
def test_a_form_that_the_converter_would_lose_keeps_its_meaning(latex, made):
    assert bare(convert(latex)) == bare(made)


@pytest.mark.parametrize(
    "latex",
    [
        r"\binom{n}{k} \sqrt[3]{x} \overline{x} \underbrace{a+b}_{n} \overset{!}{=} \mathbb{E}",
        r"\left\{ x \middle| y \right\} \left\lfloor z \right\rfloor \left. u \right|_0",
        r"\begin{cases} 0, & x < 0 \\ 1, & \text{否则} \end{cases}",
        r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \begin{vmatrix} a \end{vmatrix}",
        r"\begin{gathered} a \\ b \end{gathered}",
        r"\lim_{n \to \infty} \max_{S} \sin^2\theta \ln x \bmod y \pmod{n} \xrightarrow{a}",
        r"\$5, 5\%, \#A, f'' \neg\exists x \ldots \vdots \iff \{1\} \backslash \_",
    ],
)
def test_what_is_converted_is_typst_that_compiles(latex):
    source = f"$ {convert(latex)} $"
    assert typst.compile(source.encode(), format="svg")


def test_a_tag_is_taken_from_its_formula():
    assert split_tag(r"a = b \tag{甲}") == ("a = b ", "甲")
    assert split_tag("a = b") == ("a = b", None)


@pytest.mark.parametrize(
    ("latex", "complaint"),
    [
        (r"\unknownmacro{x}", r"\\unknownmacro is not supported"),
        (r"\frac{1}{2", "braces do not balance"),
        (r"\left( x", "do not balance"),
        (r"\begin{tabular} x \end{tabular}", "tabular is not supported; write a table"),
        (r"\textbf{x}", r"\\textbf is not supported; write \\mathbf"),
        (r"\begin{array}{lr} a & b \end{array}", "columns of the kind c alone"),
        (r"\check{x}", r"\\check is not supported"),
        (r"\text{若 $x$}", r"close \\text before it"),
        (r"\not= x", r"\\not is not supported"),
    ],
)
def test_a_formula_that_would_lose_something_is_refused(latex, complaint):
    with pytest.raises(ValueError, match=complaint):
        convert(latex)
