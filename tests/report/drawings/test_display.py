"""What Jupyter is given to show under a cell."""

from __future__ import annotations

import altair as alt
import pytest

from smdi.report import rendering, theme
from smdi.report.display import Drawing, Sentences
from smdi.report.tables import Column, Table


@pytest.fixture
def bar():
    base = alt.Chart(alt.InlineData(values=[{"name": "江苏省", "value": 3}]))
    marks = base.mark_bar().encode(x="value:Q", y="name:N")
    return theme.finish(marks, description="条形图。", height=80)


def test_a_chart_shows_as_a_picture_with_its_alt_text(bar):
    bundle = Drawing(rendering.svg(bar).encode(), "条形图。")._repr_mimebundle_()
    assert set(bundle) == {"image/svg+xml", "text/plain"}
    assert bundle["image/svg+xml"].startswith("<svg")
    assert "江苏省" in bundle["image/svg+xml"]
    assert bundle["text/plain"] == "条形图。"


def test_a_table_shows_as_html_with_units_in_its_head():
    table = Table((Column("n", "名称"), Column("v", "企业数", "家")), (("甲<乙", "1"),), "表格。")
    bundle = Drawing(table, table.alt)._repr_mimebundle_()
    assert bundle["text/html"] == (
        "<table><thead><tr><th>名称</th><th>企业数（家）</th></tr></thead>"
        "<tbody><tr><td>甲&lt;乙</td><td>1</td></tr></tbody></table>"
    )
    assert bundle["text/plain"] == "表格。"


def test_sentences_show_as_paragraphs_and_by_name_where_only_text_is_shown():
    bundle = Sentences({"first": "一。", "second": "二。"})._repr_mimebundle_()
    assert bundle["text/markdown"] == "一。\n\n二。"
    assert bundle["text/plain"] == "first: 一。\nsecond: 二。"


def test_jupyter_itself_asks_for_these_forms(bar):
    from IPython.core.formatters import DisplayFormatter

    data, _ = DisplayFormatter().format(Drawing(rendering.svg(bar).encode(), "条形图。"))
    assert "image/svg+xml" in data
