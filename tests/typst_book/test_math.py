import pytest

from typst_book.math import convert


def test_a_weighted_sum_becomes_typst_math():
    assert convert(r"S_k = \sum_{i=1}^{n} w_i").split() == [
        "S_(k)",
        "=",
        "∑",
        "_(i",
        "=",
        "1)^(n)",
        "w_(i)",
    ]


@pytest.mark.parametrize(
    ("latex", "complaint"),
    [
        (r"\unknownmacro{x}", r"\\unknownmacro is not supported"),
        (r"\frac{1}{2", "braces do not balance"),
        (r"\left( x", "do not balance"),
        (r"\begin{tabular} x \end{tabular}", "tabular is not supported"),
    ],
)
def test_a_formula_that_would_lose_something_is_refused(latex, complaint):
    with pytest.raises(ValueError, match=complaint):
        convert(latex)
