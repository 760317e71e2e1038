"""The spec of each form of chart: orders, scales, titles and what a reader hovers over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from shapely.geometry import Point

from smdi.report import charts, rendering, theme
from smdi.report.charts.bars import label_axis
from smdi.report.charts.frames import room
from smdi.report.charts.levels import SMALLEST
from smdi.report.maps import boundaries
from smdi.report.maps.circles import circles
from tests.report.drawings.charts_frames import tidy
from tests.report.drawings.test_charts import EVERY_FORM, domain_scores, levels


def encodings(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the channels of all layers, each with its definition."""
    if isinstance(node, dict):
        for channel, definition in node.get("encoding", {}).items():
            if isinstance(definition, dict):
                yield channel, definition
        for value in node.values():
            yield from encodings(value)
    elif isinstance(node, list):
        for value in node:
            yield from encodings(value)


@pytest.fixture(params=EVERY_FORM)
def spec(request) -> dict[str, Any]:
    return rendering.spec(EVERY_FORM[request.param]())


def test_no_axis_is_put_in_the_order_of_letters(spec) -> None:
    """Vega sorts names unless it is given an order: that of the frame."""
    found = [
        definition
        for channel, definition in encodings(spec)
        if channel in ("x", "y", "xOffset", "yOffset") and definition.get("type") == "nominal"
    ]
    assert found
    assert all(isinstance(one.get("sort"), list) for one in found)


def test_every_series_has_a_colour_in_the_order_of_the_frame(spec) -> None:
    for channel, definition in encodings(spec):
        scale = definition.get("scale") or {}
        if channel in ("color", "fill", "stroke", "shape") and "domain" in scale:
            assert len(scale["domain"]) <= len(scale["range"])
            assert definition.get("sort", scale["domain"]) == scale["domain"]


def test_bars_begin_at_nought(spec) -> None:
    text = str(spec)
    if "'bar'" in text or "'type': 'bar'" in text:
        lengths = [
            one for channel, one in encodings(spec)
            if channel == "x" and one.get("type") == "quantitative"
        ]  # fmt: skip
        assert lengths
        assert all(one.get("scale", {}).get("zero", True) for one in lengths)


def test_every_form_tells_its_values_to_who_hovers_over_it(spec) -> None:
    assert "'tooltip'" in str(spec)


def test_a_row_of_scores_stands_in_the_place_of_its_measure() -> None:
    pairs = {"service": (1.3, 1.1), "data": (0.9, 1.2), "design": (0.2, 0.3)}
    made = rendering.spec(charts.score_ranges(domain_scores(pairs)))
    (order,) = {tuple(d["sort"]) for c, d in encodings(made) if c == "y"}
    assert len(order) == 3
    values = made.get("datasets", {})
    labels = [row["label"] for rows in values.values() for row in rows if "label" in row]
    if labels:
        assert list(dict.fromkeys(labels)) == list(order)


def test_the_scale_of_scores_leaves_out_nought_and_has_room_for_the_values_beside_it() -> None:
    made = rendering.spec(charts.score_ranges(domain_scores({"design": (1.3, 1.1)})))
    scales = [d["scale"] for c, d in encodings(made) if c == "x" and "scale" in d]
    assert scales
    assert all(scale["zero"] is False and scale["padding"] > 30 for scale in scales)


def texts(node: Any) -> Iterator[dict[str, Any]]:
    """Yield the layers that write words."""
    if isinstance(node, dict):
        mark = node.get("mark")
        if isinstance(mark, dict) and mark.get("type") == "text":
            yield node
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


def test_words_in_a_chart_have_a_size_of_the_theme_and_a_place(spec) -> None:
    for layer in texts(spec):
        assert layer["mark"].get("fontSize") in (theme.FONT_SIZE, theme.SMALL, SMALLEST), layer[
            "mark"
        ]


def test_the_share_of_a_level_stands_in_the_middle_of_its_segment() -> None:
    shares = rendering.spec(EVERY_FORM["levels"]())
    words = [layer for layer in texts(shares) if "stack" in layer["encoding"].get("x", {})]
    assert len(words) == 2
    for layer in words:
        assert layer["encoding"]["x"]["bandPosition"] == 0.5
        assert layer["encoding"]["x"]["field"] == "value"


def test_a_name_of_several_lines_is_centred_on_its_row() -> None:
    shifts = label_axis().to_dict()["labelOffset"]
    moved = {one["test"][-1]: one["value"] for one in shifts["condition"]}
    # A line is sixteen pixels high: half of it up for each line more.
    assert (moved, shifts["value"]) == ({"2": -8, "3": -16}, 0)


def test_bars_with_names_of_several_lines_have_more_room() -> None:
    shares = (60, 20, 15, 5)
    short, long = (
        rendering.spec(
            charts.level_shares(levels({(name, 2021): shares, ("纺织业", 2021): shares}))
        )
        for name in ("家具制造业", "计算机、通信和其他电子设备制造业")
    )
    assert long["height"] > short["height"]


@pytest.mark.parametrize(
    ("form", "pixels"),
    # Two bars in a row, as those of a trend and of a comparison, want more than one.
    [("ranked", 32), ("coverage", 36), ("levels", 40), ("scores", 30), ("comparison", 58),
     ("trend", 58)],
)  # fmt: skip
def test_a_row_of_each_form_has_the_height_that_its_bars_and_words_want(form, pixels) -> None:
    made = rendering.spec(EVERY_FORM[form]())
    rows = {tuple(d["sort"]) for c, d in encodings(made) if c == "y" and "sort" in d}
    assert made["height"] == pixels * len(rows.pop())


def test_a_third_bar_in_a_row_wants_as_much_more_as_the_second() -> None:
    def height(*groups: str) -> int:
        rows = [("equipment_networking", group, 2021, 20.0) for group in groups]
        colours = ["#111111", "#222222", "#333333"]
        return rendering.spec(charts.grouped_bars(tidy(rows), colours=colours))["height"]

    one, two, three = height("甲"), height("甲", "乙"), height("甲", "乙", "丙")
    assert (one, two - one, three - two) == (36, 22, 22)


@pytest.mark.parametrize("text", ["2021", "28.8%", "全行业", "2021年"])
def test_the_room_of_a_word_is_what_the_font_takes_and_some_air(text: str) -> None:
    font = TTFont(rendering.font_folder() / rendering.FONT_FILE, lazy=True)
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    units = sum(widths[glyphs[ord(letter)]][0] for letter in text)
    taken = units * theme.SMALL / font["head"].unitsPerEm
    assert 5 <= room(text) - taken <= 10


def bars_of(drawing: str, colour: str) -> list[tuple[float, float]]:
    """Where bars of a colour begin in a drawing, and how long they are."""
    found = re.findall(r'd="M([\d.]+),[\d.]+h([\d.]+)v[^"]*" fill="([^"]+)"', drawing)
    return [(float(at), float(long)) for at, long, fill in found if fill == colour]


def test_what_is_covered_is_drawn_upon_the_grey_of_all_that_could_be() -> None:
    drawing = rendering.svg(EVERY_FORM["coverage"]())
    tracks, bars = bars_of(drawing, theme.TRACK), bars_of(drawing, theme.STRONG)
    assert len(tracks) == len(bars) == 2
    whole = {long for _, long in tracks}.pop()
    for (at, track), (start, bar), share in zip(tracks, bars, (68.37, 81.08), strict=True):
        assert (at, track) == (start, whole)
        assert bar / track == pytest.approx(share / 100, abs=0.001)
    assert bars_of(rendering.svg(EVERY_FORM["ranked"]()), theme.TRACK) == []


def test_each_withheld_circle_is_a_cross_that_says_so() -> None:
    hidden = boundaries.feature(Point(1, 2), name="西藏", text="未公布")
    known = boundaries.feature(Point(3, 4), name="江苏", text="9", value=9.0)
    drawn = circles([known, hidden], [9.0], "家数")
    assert len(drawn) == 2
    (cross,) = [one for one in drawn if one.to_dict()["mark"].get("shape") == "cross"]
    assert cross.to_dict()["encoding"]["tooltip"]
    assert len(circles([known], [9.0], "家数")) == 1
