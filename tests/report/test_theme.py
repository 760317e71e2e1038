"""How every chart looks that says nothing of it itself, and what the library's charts have added.

The table is what was looked at and approved; each constant has its reason beside it.
"""

from __future__ import annotations

import altair as alt
import pytest
from altair.utils.schemapi import SchemaValidationError, debug_mode

from smdi.report import theme
from smdi.report.palette import read_palette

PALETTE = read_palette()
FONT = "Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, "
FONT += "Report Fallback, sans-serif"
INK, MUTED, RULE, GRID = "#1f2933", "#52606d", "#cbd2d9", "#edf0f3"
LETTERS = {
    "labelFont": FONT,
    "labelFontSize": 13,
    "labelColor": INK,
    "titleFont": FONT,
    "titleFontSize": 12,
    "titleFontWeight": "normal",
    "titleColor": MUTED,
}
LOOK = {
    "aria": False,  # the alt text of the exhibit says it, in the reader's language
    "font": FONT,
    "background": "#ffffff",
    # Room for what stands out of the plot: half of a letter above, half of a number at the right.
    "padding": {"left": 4, "top": 6, "right": 8, "bottom": 4},
    "view": {"stroke": None},  # no frame around the plot
    "text": {"font": FONT, "fontSize": 13, "fontWeight": "normal", "color": INK},
    "axis": {
        **LETTERS,
        "domainColor": RULE,
        "tickColor": RULE,
        "gridColor": GRID,
    },
    "axisX": {"labelFontSize": 12, "labelColor": MUTED, "titlePadding": 8},
    # Twenty letters of a name of 13 pixels each; longer ones end in dots.
    "axisY": {"domain": False, "ticks": False, "labelPadding": 8, "labelLimit": 260},
    "legend": {
        **LETTERS,
        "orient": "top",
        "direction": "horizontal",
        "symbolType": "square",
        "symbolSize": 140,  # square pixels: a square of twelve, as high as a letter
        "symbolStrokeWidth": 0,
        "columnPadding": 18,
        "offset": 10,
        "labelLimit": 400,  # thirty letters
    },
}


def points() -> alt.Chart:
    return alt.Chart(alt.InlineData(values=[{"a": 1}])).mark_point().encode(x="a:Q")


def test_every_chart_looks_as_was_approved() -> None:
    assert theme.config() == LOOK


def test_a_change_of_the_look_of_one_chart_is_none_of_the_next() -> None:
    theme.config()["legend"]["columns"] = 7
    assert theme.config() == LOOK


def test_charts_are_drawn_for_boxes_of_these_widths() -> None:
    assert (theme.WIDTH, theme.NARROW_BELOW, theme.NARROW) == (720, 520, 340)


def test_meanings_have_the_colours_of_the_palette() -> None:
    colours = PALETTE.colours
    assert (theme.STRONG, *theme.SUBJECT_AND_WHOLE) == (
        colours.accent,
        colours.accent,
        colours.neutral,
    )
    assert (theme.INK, theme.MUTED, theme.RULE, theme.GRID) == (INK, MUTED, RULE, GRID)
    assert colours.track == theme.TRACK
    assert theme.PAPER == "#ffffff"
    assert theme.MAP_NATION == INK


def test_the_colours_that_a_dark_page_changes_are_those_that_it_has_others_for() -> None:
    names = ["accent", "deep", "ink", "muted", "rule", "grid", "track", "soft", "paper", "warning"]
    assert {getattr(PALETTE.colours, name) for name in names} == theme.TURNED


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#000000", 21),
        ("#777777", "#777777", 1),
        # By WCAG 2: (1 + 0.05) / (L + 0.05), L of one part alone, and of a grey.
        ("#ffffff", "#ff0000", 1.05 / 0.2626),
        ("#ffffff", "#00ff00", 1.05 / 0.7652),
        ("#ffffff", "#0000ff", 1.05 / 0.1222),
        # 128 of 255 is 0.50196: ((0.50196 + 0.055) / 1.055) ** 2.4 = 0.21586.
        ("#ffffff", "#808080", 1.05 / 0.26586),
        # 10 of 255 is 0.03922, below the bend: by 12.92 it is 0.003035.
        ("#ffffff", "#0a0a0a", 1.05 / 0.053035),
        # 11 of 255 is 0.04314, above it: 0.003347.
        ("#ffffff", "#0b0b0b", 1.05 / 0.053347),
    ],
)
def test_the_contrast_of_two_colours_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert theme.contrast(one, other) == pytest.approx(ratio, rel=1e-4)


@pytest.mark.parametrize(
    ("colour", "letters"),
    # Dark letters stand on light colours, light ones on dark; the last two lie about the middle.
    [("#ffffff", INK), ("#000000", "#ffffff"), ("#808a94", INK), ("#707a84", "#ffffff")],
)
def test_letters_on_a_colour_are_those_that_read_better(colour: str, letters: str) -> None:
    assert theme.ink_on(colour) == letters


def test_a_chart_is_finished_in_place_with_what_every_chart_has() -> None:
    chart = points()
    made = theme.finish(chart, description="散点。")
    assert made is chart
    spec = made.to_dict()
    assert (spec["width"], spec["description"]) == (720, "散点。")
    assert "height" not in spec
    assert spec["autosize"] == {"type": "fit-x", "contains": "padding"}
    assert spec["usermeta"] == {"narrowBelow": 520, "narrow": {}, "digits": 0}
    assert made.config == LOOK


def test_what_a_builder_says_of_its_chart_goes_with_it() -> None:
    made = theme.finish(
        points(), description="散点。", height=80, narrow={"height": 60}, columns=3, digits=2
    )
    assert made.height == 80
    assert made.usermeta == {"narrowBelow": 520, "narrow": {"height": 60}, "digits": 2}
    assert made.config == {**LOOK, "legend": {**LOOK["legend"], "columns": 3}}


@pytest.mark.parametrize(
    ("aspect", "kept", "height"), [(0.5, 0.5, 360), (2 / 3, 0.6667, 480), (0.30081, 0.3008, 217)]
)
def test_a_chart_of_an_aspect_is_as_high_as_its_width_gives(aspect, kept, height) -> None:
    made = theme.finish(points(), description="图。", height=1, aspect=aspect)
    assert (made.usermeta["aspect"], made.height) == (kept, height)


def test_a_channel_has_one_value_where_a_test_holds_and_another_elsewhere() -> None:
    channel = theme.either(alt.OpacityValue, "datum.a > 1", 0.75, 0.25)
    assert isinstance(channel, alt.OpacityValue)
    made = points().encode(opacity=channel).to_dict()["encoding"]["opacity"]
    assert made == {"condition": {"test": "datum.a > 1", "value": 0.75}, "value": 0.25}


def test_of_a_channel_of_two_values_the_drawing_is_that_of_altairs_own() -> None:
    own = alt.condition("datum.a > 1", alt.value("red"), alt.value("blue"))
    ours = theme.either(alt.ColorValue, "datum.a > 1", "red", "blue")
    specs = [points().encode(color=color).to_dict() for color in (own, ours)]
    assert specs[0]["encoding"] == specs[1]["encoding"]


def test_a_builder_of_the_library_is_not_looked_through_and_all_else_is() -> None:
    @theme.held_by_tests
    def build(title: str, *, angle: int = 0) -> alt.Chart:
        """Draw."""
        alt.Axis(labelAngel=1)
        return points().properties(title=f"{title} {angle}")

    with debug_mode(True):
        assert build("甲", angle=45).title == "甲 45"
        with pytest.raises(SchemaValidationError, match="labelAngel"):
            alt.Axis(labelAngel=1)
    assert (build.__name__, build.__doc__) == ("build", "Draw.")


def test_layers_lie_in_their_order_the_first_at_the_bottom() -> None:
    made = theme.layered(points().properties(name="low"), points().properties(name="high"))
    assert [one.name for one in made.layer] == ["low", "high"]


def test_a_chart_with_facets_is_no_layer() -> None:
    with pytest.raises(TypeError, match="a chart with facets is no layer of another"):
        theme.layered(points().encode(row="a:N"))
