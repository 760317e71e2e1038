"""Circles of cities on the map of the nation, and the legend that tells how large they are."""

from __future__ import annotations

import math
import re

import pytest

from smdi.report import maps, rendering, theme
from smdi.report.maps.circles import radius
from tests.report.drawings.charts_frames import ranking

CITIES = {"无锡": 630, "长沙": 253, "北京": 202, "德州": 64, "吴忠": 44}
_CIRCLE = re.compile(
    r'<path transform="translate\(([\d.]+),([\d.]+)\)" d="M([\d.]+),0A[^"]*" fill="([^"]+)"'
    r'(?: fill-opacity="([\d.]+)")? stroke="([^"]+)" stroke-width="([\d.]+)"'
)


@pytest.fixture(scope="module")
def drawn() -> list[tuple[str, ...]]:
    """The circles of a drawing: place, radius, fill and its opacity, stroke and its width."""
    return _CIRCLE.findall(rendering.svg(maps.city_map(ranking(CITIES))))


def of_map(drawn: list) -> list:
    return [one for one in drawn if one[4]]


def of_legend(drawn: list) -> list:
    return [one for one in drawn if not one[4]]


def test_the_area_of_each_circle_follows_its_value_the_greatest_below(drawn) -> None:
    found = [float(one[2]) for one in of_map(drawn)]
    areas = [size**2 / found[0] ** 2 for size in found]
    assert areas == pytest.approx([value / 630 for value in CITIES.values()], abs=0.001)
    assert found == pytest.approx(
        [radius(value, [500, 100, 30]) for value in CITIES.values()], 0.01
    )


def test_the_legend_has_three_circles_as_those_of_the_map(drawn) -> None:
    greatest = float(of_map(drawn)[0][2])
    values = [630 * (float(one[2]) / greatest) ** 2 for one in of_legend(drawn)]
    assert values == pytest.approx([500, 100, 30], rel=0.01)
    assert {one[3] for one in drawn} == {theme.MAP_CLASSES[-2]}
    text = re.findall(r"<text[^>]*>([^<]*)<", rendering.svg(maps.city_map(ranking(CITIES))))
    assert text[-4:] == ["500", "100", "30", "达到二级及以上企业数（家）"]


def test_circles_are_outlined_in_paper_and_let_what_is_below_show(drawn) -> None:
    assert {one[4:] for one in of_map(drawn)} == {("0.8", theme.PAPER, "0.7")}


def test_a_circle_of_the_first_step_has_one_and_a_half_px_of_area_for_each_of_width() -> None:
    assert radius(500, [500, 100]) == pytest.approx(math.sqrt(1.5 * theme.WIDTH) / 2)
    assert radius(125, [500, 100]) == pytest.approx(radius(500, [500, 100]) / 2)
    assert radius(0, [500]) == 0


def test_a_simulated_value_is_a_ring() -> None:
    frame = ranking(CITIES)
    frame["status"] = ["simulated" if group == "无锡" else "published" for group in frame["group"]]
    found = of_map(_CIRCLE.findall(rendering.svg(maps.city_map(frame))))
    fills = [(one[3], one[5]) for one in found]
    full, paper = theme.MAP_CLASSES[-2], theme.PAPER
    assert fills == [(paper, full), *[(full, paper)] * 4]


def test_where_all_is_withheld_there_are_crosses_and_no_legend() -> None:
    drawing = rendering.svg(maps.city_map(ranking({"无锡": None, "长沙": None})))
    assert of_map(_CIRCLE.findall(drawing)) == []
    assert drawing.count(f'fill="{theme.MAP_HATCH}"') == 2
    assert "达到二级及以上企业数" not in re.sub(r'aria-label="[^"]*"', "", drawing)
