"""Formulas as browsers draw them: what is set, in which form, and what is told of the rest."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import html
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from smdi.publishing.sphinx_ext.mathml import to_mathml
from tests.publishing.tiny_book import write_book

HEAD = '<math xmlns="http://www.w3.org/1998/Math/MathML" display="{}"><mrow>'
SPACE = "&#x000A0;"


@pytest.mark.parametrize(
    ("latex", "made"),
    [
        (r"\text{说\"是\" 'x'}".replace('\\"', '"'), f"<mtext>说\"是\"{SPACE}'x'</mtext>"),
        (r"\text{<b> & c}", f"<mtext>&lt;b&gt;{SPACE}&amp;{SPACE}c</mtext>"),
        (r"\textrm{50\%\_\$\#\&}", "<mtext>50%_$#&amp;</mtext>"),
        (r"\sim", "<mi>∼</mi>"),
        (r"\cdot", "<mi>⋅</mi>"),
        (r"\max x", "<mo>max</mo><mi>x</mi>"),
        (r"\max_{x} y", "<munder><mo>max</mo><mrow><mi>x</mi></mrow></munder><mi>y</mi>"),
        (r"\operatorname{a\,b\;c}", "<mo>a\u2009b\u2009c</mo>"),
        (r"\operatorname*{f}_{x}", "<munder><mo>f</mo><mrow><mi>x</mi></mrow></munder>"),
        (r"\begin{equation*}a\end{equation*}", "<mi>a</mi>"),
        (r"\deg a", "<mo>deg</mo><mi>a</mi>"),
        ("  a  ", "<mi>a</mi>"),
    ],
)
def test_a_formula_is_set_whole(latex: str, made: str) -> None:
    assert to_mathml(latex) == f"{HEAD.format('inline')}{made}</mrow></math>"
    assert to_mathml(latex, "block") == f"{HEAD.format('block')}{made}</mrow></math>"


@pytest.mark.parametrize("name", [r"\simeq", r"\cdots", r"\degree", r"\maxi"])
def test_a_name_that_begins_as_another_is_not_taken_for_it(name: str) -> None:
    begun = {r"\simeq": "∼eq", r"\cdots": "⋅s", r"\degree": "deg", r"\maxi": "max"}[name]
    try:
        assert begun not in html.fromstring(to_mathml(name)).text_content()
    except ValueError as error:
        assert str(error) == f"{name} is not known"


def test_all_names_that_are_not_known_are_told_once_and_in_their_order() -> None:
    with pytest.raises(ValueError, match=r"^&, \\naa, \\nbb is not known$"):
        to_mathml(r"\nbb + \naa & \nbb")


class Page:
    """A page with formulas, and what its build complained of."""

    def __init__(self, folder: Path, text: str, **macros: str) -> None:
        write_book(folder, {"index": f"首页\n====\n\n{text}\n"})
        told = io.StringIO()
        with docutils_namespace():
            app = Sphinx(
                *(folder, folder, folder / "made", folder / "made/doctrees", "html"),
                {"math_macros": macros, "math_eqref_format": "({number})"},
                status=None,
                warning=told,
            )
            app.build()
        self.told = told.getvalue()
        self.body = html.fromstring((folder / "made/index.html").read_text("utf-8"))

    def formulas(self) -> list[str]:
        return [one.text_content() for one in self.body.iter("math")]


def test_a_macro_is_spelt_out_where_it_stands_alone(tmp_path: Path) -> None:
    text = r":math:`\up x` :math:`\upper` ``\up``" + "\n\n.. math:: \\down + \\up"
    page = Page(tmp_path, text, up="U", down="D", upper="V")
    assert page.formulas() == ["Ux", "V", "D+U"]
    assert page.body.xpath("//code")[0].text_content() == r"\up"
    assert page.told == ""


def test_a_book_without_macros_has_its_formulas_as_they_are(tmp_path: Path) -> None:
    assert Page(tmp_path, ":math:`a`").formulas() == ["a"]


@pytest.mark.parametrize(
    ("block", "number"),
    [
        (".. math:: a", None),
        (".. math:: a \\tag{乙}", "(乙)"),
        (".. math:: a \\tag*{<b>}", "(<b>)"),
        (".. math::\n   :label: eq-a\n\n   a", "(1)"),
        # A number of the book's own goes before a tag.
        (".. math::\n   :label: eq-a\n\n   a \\tag{乙}", "(1)"),
    ],
    ids=["none", "tag", "starred-tag", "label", "label-and-tag"],
)
def test_a_formula_bears_its_number_beside_it(tmp_path: Path, block: str, number: str) -> None:
    page = Page(tmp_path, block)
    (found,) = page.body.xpath("//div[@class='math' or contains(@class, 'math ')]")
    shown = [one.text_content().rstrip("¶") for one in found.xpath("./span[@class='eqno']")]
    assert shown == ([number] if number else [])
    (drawn,) = found.iter("math")
    assert (drawn.get("display"), drawn.text_content()) == ("block", "a")


def test_of_a_formula_that_is_not_known_sixty_letters_are_told(tmp_path: Path) -> None:
    latex = "+".join("abcdefghijklmnopqrstuvwxyzabcd") + r"-\naa"
    page = Page(tmp_path, f".. math:: {latex}")
    assert f"index.rst:4: WARNING: formula {latex[:60]!r}: \\naa is not known" in page.told
    assert page.formulas() == []
