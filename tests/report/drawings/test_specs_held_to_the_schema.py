"""Which charts are held to the schema as they are written: all but those of the library."""

from __future__ import annotations

import altair as alt
import pytest
from altair.utils.schemapi import SchemaValidationError

from smdi.report import rendering, theme

# What a chart may bear of itself, and whether that makes it one of the library's.
OTHERS = {"nothing": alt.Undefined, "none of ours": {"narrow": {}}, "no table": "narrowBelow"}


def wrong() -> alt.Chart:
    """A chart with an option that the schema does not know."""
    chart = alt.Chart(alt.InlineData(values=[{"a": 1}])).mark_bar().encode(x="a:Q")
    chart.encoding.x.axis = {"labelAngel": 45}
    return chart


@pytest.mark.parametrize("own", OTHERS.values(), ids=OTHERS)
def test_a_chart_that_the_library_did_not_finish_is_held_to_the_schema(own: object) -> None:
    chart = wrong()
    chart.usermeta = own
    with pytest.raises(SchemaValidationError):
        rendering.spec(chart)


def test_a_chart_that_the_library_finished_is_held_to_it_by_tests_alone() -> None:
    spec = rendering.spec(theme.finish(wrong(), description="图。"))
    assert spec["encoding"]["x"]["axis"] == {"labelAngel": 45}
    assert "$schema" not in spec
    with pytest.raises(SchemaValidationError, match="labelAngel"):
        theme.finish(wrong(), description="图。").to_dict()


def test_a_number_that_json_has_not_is_refused() -> None:
    chart = alt.Chart(alt.InlineData(values=[{"a": float("nan")}])).mark_bar().encode(x="a:Q")
    with pytest.raises(ValueError, match="JSON"):
        rendering.spec(theme.finish(chart, description="图。"))


def test_a_spec_is_written_compact_in_order_and_with_chinese_as_it_is() -> None:
    assert rendering.spec_json({"b": [1, 2], "a": {"图": None}}) == '{"a":{"图":null},"b":[1,2]}'


@pytest.mark.parametrize(
    ("drawing", "made"),
    [
        ('<g id="a"/><use href="#a"/>', '<g id="x-a"/><use href="#a"/>'),
        ('<g id="a" fill="url(#a)"/>', '<g id="x-a" fill="url(#x-a)"/>'),
        ("<text>id url</text>", "<text>id url</text>"),
    ],
)
def test_ids_and_what_refers_to_them_bear_the_prefix(drawing: str, made: str) -> None:
    assert rendering.prefixed(drawing, "x") == made
