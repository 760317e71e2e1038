"""Charts within a page: each mark says its tooltip, outlines stay where they are, regions lead."""

from __future__ import annotations

import re
from itertools import accumulate
from types import SimpleNamespace
from xml.etree import ElementTree

import altair as alt
import pytest
from lxml import html

from smdi.report import chart_html, charts, rendering, theme
from tests.report.drawings.charts_frames import levels, tidy

SHARES = {("全国", 2020): (75, 14, 6, 5), ("全国", 2021): (69.04, 15, 7, 8.96)}
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="{}"/></svg>'


@pytest.fixture(scope="module")
def drawings() -> dict[str, str]:
    return chart_html.drawings(rendering.spec(charts.level_shares(levels(SHARES))), "fig-04")


def told(drawing: str) -> list[str]:
    return re.findall(r'<path data-told="([^"]*)"', drawing)


@pytest.mark.parametrize("box", ["wide", "narrow"])
def test_every_mark_says_the_lines_of_its_tooltip_with_the_printed_value(drawings, box) -> None:
    said = told(drawings[box])
    assert len(said) == 8
    last = dict(line.split("：") for line in said[-1].split("；"))
    assert last["年份"] == "2021年"
    assert last["成熟度等级"] == "四级及以上"
    assert last["企业占比"] == "9.0%", "as printed, not 8.96"


@pytest.mark.parametrize(
    ("measure", "unit", "base"),
    [
        ("participants", "家", None),  # the number is that of the firms
        ("coverage_design", "%", "100 家"),
        ("domain_data", "分", "100 家"),
    ],
)
def test_a_tooltip_tells_the_firms_behind_a_share_or_a_mean(measure, unit, base) -> None:
    frame = tidy([(measure, "江苏省", 2021, 44.0)], unit)
    (line,) = told(rendering.told_svg(rendering.spec(charts.ranked_bars(frame))))
    assert dict(part.split("：") for part in line.split("；")).get("基数") == base


def test_a_drawing_to_take_away_says_nothing_beside_what_is_drawn() -> None:
    chart = charts.level_shares(levels(SHARES))
    assert "data-told" not in rendering.svg(chart)
    assert "aria-" not in chart_html.drawings(rendering.spec(chart), "fig-04")["wide"]


def test_numbers_on_the_darkest_level_turn_with_it_on_a_dark_page(drawings) -> None:
    # What is written small turns: the paper's colour of letters, as the level's.
    letters = re.findall(r'fill="(#\w+)"[^>]*>([^<]+)<', drawings["wide"])
    fills = {text: fill for fill, text in letters}
    assert fills["9.0%"] == "#ffffff"
    assert fills["7.0%"] == "#FFFFFF"


def test_there_is_a_drawing_for_a_wide_and_one_for_a_narrow_box(drawings) -> None:
    widths = {box: ElementTree.fromstring(svg).get("width") for box, svg in drawings.items()}
    assert widths == {"wide": str(theme.WIDTH), "narrow": str(theme.NARROW)}


def test_ids_of_two_drawings_on_one_page_differ(drawings) -> None:
    ids = [re.findall(r'\bid="([^"]+)"', svg) for svg in drawings.values()]
    assert not {*ids[0]} & {*ids[1]}


def test_what_a_builder_says_of_narrow_boxes_holds_in_the_narrow_drawing_alone() -> None:
    spec = {
        "width": 720,
        "height": 360,
        "config": {"legend": {"columns": 7, "offset": 3}},
        "usermeta": {"aspect": 0.5, "narrow": {"config": {"legend": {"columns": 3}}}},
    }
    made = chart_html.narrowed(spec)
    assert (made["width"], made["height"]) == (340, 170)
    assert made["config"]["legend"]["columns"] == 3
    assert made["config"]["legend"]["offset"] == 3
    assert spec["config"]["legend"]["columns"] == 7


def test_a_narrow_drawing_has_its_legend_in_two_columns_whatever_the_wide_one_has() -> None:
    made = chart_html.narrowed({"width": 720, "config": {"legend": {"columns": 7}}})
    assert made["config"]["legend"]["columns"] == 2
    assert "height" not in made
    assert made["padding"]["right"] > made["padding"]["left"], "room behind the longest bar"


def test_the_height_of_a_narrow_drawing_is_a_whole_number_of_pixels() -> None:
    for aspect, height in ((0.5014, 170), (0.5016, 171)):
        made = chart_html.narrowed({"width": 720, "usermeta": {"aspect": aspect}})
        assert repr(made["height"]) == str(height)


@pytest.mark.parametrize("name", ['</svg><img src="x">', "甲\"乙'丙", "一 & 二"])
def test_a_hostile_name_stays_a_name(name: str) -> None:
    values = alt.InlineData(values=[{"name": name, "value": 1}])
    lines = [alt.Tooltip("name:N", title="对象"), alt.Tooltip("value:N", title="数值")]
    chart = alt.Chart(values).mark_bar().encode(x="value:Q", y="name:N", tooltip=lines)
    block = chart_html.chart_html(chart_html.drawings(chart.to_dict(), "fig-01"), name, "fig-01")
    page = html.fromstring(block)
    assert page.xpath("//img") == []
    assert page.xpath("//@data-told") == [f"对象：{name}；数值：1"] * 2
    assert page.xpath("//*[@role='img']/@aria-label") == [name] * 2


def test_a_hostile_exhibit_and_hint_stay_what_they_are(monkeypatch) -> None:
    hostile = '"><img src=x>&'
    said = SimpleNamespace(charts=SimpleNamespace(by_keys=hostile))
    monkeypatch.setattr(chart_html, "words", lambda: said)
    page = html.fromstring(chart_html.chart_html({"wide": "<svg></svg>"}, "", hostile))
    assert page.xpath("//img") == []
    assert (page.get("data-exhibit"), page.get("data-hint")) == (hostile, hostile)


def test_a_chart_whose_tooltips_are_of_another_form_is_drawn_without_words() -> None:
    values = alt.InlineData(values=[{"at": 1}, {"at": 2}])
    chart = alt.Chart(values).mark_bar().encode(x="at:Q", tooltip=alt.Tooltip("count()"))
    lines = alt.Chart(values).mark_line().encode(x="at:Q", tooltip=[alt.Tooltip("at:Q")])
    mixed = chart.encode(tooltip=[alt.Tooltip("at:Q"), alt.Tooltip("count()")])
    for one in (chart, lines, mixed):
        assert "data-told" not in rendering.told_svg(one.to_dict())


def points(path: str) -> list[tuple[float, float]]:
    """Return the points of a ring that is written by its steps, or by its places."""
    pairs = [tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)]
    if "L" in path:
        return pairs
    return list(accumulate(pairs, lambda one, step: (one[0] + step[0], one[1] + step[1])))


def test_an_outline_keeps_its_place_to_a_tenth_of_a_pixel() -> None:
    path = "M0.04,10.16L300.333,10.16L300.333,-7.777L0.04,-7.777Z"
    (made,) = re.findall(r' d="([^"]*)"', chart_html.slim(SVG.format(path)))
    assert made.endswith("z")
    for (x, y), (a, b) in zip(points(path), points(made), strict=True):
        assert abs(x - a) <= 0.051 and abs(y - b) <= 0.051


@pytest.mark.parametrize(("many", "grid"), [(8, 0.1), (9, 0.5)])
def test_outlines_of_regions_keep_to_a_coarser_grid_than_others(many: int, grid: float) -> None:
    ring = [(3.17 * n, 7.13 * (n % 4) + 0.13 * n) for n in range(many)]
    path = "M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in ring) + "Z"
    (made,) = re.findall(r' d="([^"]*)"', chart_html.slim(SVG.format(path)))
    numbers = [number / grid for point in points(made) for number in point]
    assert len(numbers) == 2 * many
    assert numbers == pytest.approx([round(number) for number in numbers], abs=1e-6)
    coarser = [number / 0.5 for point in points(made) for number in point]
    assert (grid == 0.5) is (coarser == pytest.approx([*map(round, coarser)], abs=1e-6))


def test_a_step_to_where_one_stands_is_not_written() -> None:
    path = "M1,1L5,1L5.01,1.02L5,9L5,9Z"
    (made,) = re.findall(r' d="([^"]*)"', chart_html.slim(SVG.format(path)))
    assert made == "M1,1l4,0 0,8z"


def test_neighbours_still_meet_along_their_border() -> None:
    border = [(100 + 3.337 * n, 50 + 2.41 * (n % 3)) for n in range(12)]
    rings = [[*border, (140, 99)], [*reversed(border), (120, 1)]]
    paths = ["M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in ring) + "Z" for ring in rings]
    drawn = "".join(SVG.format(path) for path in paths)
    one, other = (points(path) for path in re.findall(r' d="([^"]*)"', chart_html.slim(drawn)))
    rounded = {(round(x, 3), round(y, 3)) for x, y in one}
    assert len(rounded & {(round(x, 3), round(y, 3)) for x, y in other}) == len(border)
    for (x, y), (a, b) in zip(border, one, strict=False):
        assert abs(x - a) <= 0.26 and abs(y - b) <= 0.26


def test_curves_and_lines_of_several_pieces_are_left_as_they_are_seen() -> None:
    curve = "M1.25,2C3,4,5,6,7,8Z"
    assert curve in chart_html.slim(SVG.format(curve))
    (made,) = re.findall(r' d="([^"]*)"', chart_html.slim(SVG.format("M0,0L5,0M9,9L9,4")))
    assert made == "M0,0l5,0M9,9l0,-5"


MAP = chart_html.chart_html(
    dict.fromkeys(
        ("wide", "narrow"),
        '<svg><path data-told="地区：江苏省；企业数：7" d="M0,0"/>'
        '<path data-told="地区：台湾省；企业数：无数据" d="M1,1"/>'
        '<path data-told="地区：江苏省；企业数：7" d="M2,2"/></svg>',
    ),
    "地图",
    "fig-01",
)


def test_a_region_with_a_page_leads_there_once_in_each_drawing() -> None:
    page = html.fromstring(chart_html.leading({"江苏省": "province-320000.html"}, MAP))
    for drawing in page.find_class("exhibit-drawing"):
        (link,) = drawing.xpath(".//a")
        assert link.get("href") == "province-320000.html"
        assert link.get("aria-label") == "地区：江苏省；企业数：7"
        assert link.xpath("./path/@d") == ["M0,0"]
        assert drawing.get("role") == "group", "what can be pressed stands in no picture"
        assert len(drawing.xpath(".//path")) == 3


def test_letters_of_a_picture_are_not_read_beside_its_label_but_those_of_a_leading_map() -> None:
    assert MAP.count('<svg aria-hidden="true"') == 2
    assert "aria-hidden" not in chart_html.leading({"江苏省": "province-320000.html"}, MAP)


def test_what_stands_within_a_drawing_keeps_its_own_role() -> None:
    inner = (
        '<svg><g role="img"><svg id="inner"></svg></g><path data-told="地区：江苏省" d=""/></svg>'
    )
    block = chart_html.chart_html({"wide": inner}, "地图")
    assert html.fromstring(block).xpath("//svg/@aria-hidden") == ["true"]
    led = html.fromstring(chart_html.leading({"江苏省": "a.html"}, block))
    assert led.xpath("//@role") == ["group", "img"]


def test_a_map_none_of_whose_regions_has_a_page_stays_a_picture() -> None:
    assert chart_html.leading({"四川省": "province-510000.html"}, MAP) == MAP


@pytest.mark.parametrize(
    ("more", "written"),
    [({}, "#1F2933"), ({"hollow": True}, "#1f2933"), ({"turned": True}, "#1f2933")],
)
def test_letters_on_a_colour_that_stays_stay_on_a_dark_page(more, written: str) -> None:
    values = alt.InlineData(values=[{"name": "甲", "ink": "#1f2933", **more}])
    ink = alt.Color("ink:N", scale=None, legend=None)
    chart = alt.Chart(values).mark_text().encode(text="name:N", color=ink)
    assert f'fill="{written}"' in rendering.told_svg(chart.to_dict())


def test_the_track_behind_a_bar_of_a_share_says_nothing_of_its_own() -> None:
    frame = tidy([("coverage_design", "江苏省", 2021, 44.0)], "%")
    assert len(told(rendering.told_svg(rendering.spec(charts.coverage_bars(frame))))) == 1
