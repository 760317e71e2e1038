"""What the site would show wrong, or fetch from outside, fails its build with page and cause."""

import pytest

from smdi.publishing.sphinx_ext.mathml import to_mathml
from tests.typst_book.features import build, one_page


@pytest.fixture
def complaint(tmp_path, capfd):
    """Build the site of one page; returns what the failing build says."""

    def run(text: str) -> str:
        one_page(tmp_path, text)
        assert build(tmp_path, "html") != 0
        return capfd.readouterr().err

    return run


def test_a_macro_that_nobody_knows_is_named_with_its_line(complaint):
    said = complaint("# 题\n\n文。\n\n$$\n\\nomacro x\n$$\n")
    assert "index.md:5: WARNING: formula" in said and r"\nomacro is not known" in said


def test_html_that_would_fetch_a_script_is_named_with_its_line(complaint):
    html = '<script src="https://cdn.example.org/vega.js"></script>'
    said = complaint(f"# 题\n\n文。\n\n:::{{only}} html\n```{{raw}} html\n{html}\n```\n:::\n")
    assert "WARNING: https://cdn.example.org/vega.js would be fetched from outside" in said


def test_a_link_to_follow_is_not_fetched(tmp_path):
    one_page(tmp_path, "# 题\n\n见[此处](https://example.org/a)。\n")
    assert build(tmp_path, "html") == 0


def test_a_number_reference_to_a_caption_without_one_is_refused(complaint):
    said = complaint(
        "# 题\n\n```{list-table} 没有 编号 的表\n:name: tab\n\n* - 一\n```\n\n见{numref}`tab`。\n"
    )
    assert "the caption of tab bears no number" in said


@pytest.mark.parametrize(
    ("latex", "part"),
    [
        (r"a \sim b", "<mi>∼</mi>"),
        (r"\arg x", "<mo>arg</mo>"),
        (r"\text{a \& b}", "&amp; b</mtext>"),
        (r"\text{<b>}", "<mtext>&lt;b&gt;</mtext>"),
        (r"\lim_{n} x", "<munder><mo>lim</mo>"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "<mtable"),
    ],
)
def test_a_formula_is_spelt_as_browsers_draw_it(latex, part):
    assert part in to_mathml(latex, "block").replace("&#x000A0;", " ")


def test_a_form_that_the_converter_cannot_read_is_an_error_with_a_name():
    with pytest.raises(ValueError, match="LimitsMustFollowMathOperator"):
        to_mathml(r"\limits_{x}")
