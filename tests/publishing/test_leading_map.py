"""The map that leads on: its shapes lie where the boundaries have them, at two km a unit."""

from __future__ import annotations

import re
from itertools import accumulate

import pytest
from lxml import etree

from smdi.publishing.leading_map import Region, leading_map
from smdi.report.maps.boundaries import extent, inset, inset_frame, main_sheet

REGIONS = {
    "320000": Region("jiangsu.html", "江苏省", "c3"),
    "370000": Region("shandong.html", "山东省", "withheld", hatched=True),
}


@pytest.fixture(scope="module")
def drawn() -> etree._Element:
    return etree.fromstring(leading_map(REGIONS, "图"))


@pytest.fixture(scope="module")
def corners() -> tuple[float, float, float, float]:
    return extent((*main_sheet("provinces"), inset_frame()))


def rings(path: str) -> list[list[tuple[int, int]]]:
    """The points of each ring of a path, whose steps are from the point before."""
    found = []
    for start, steps in re.findall(r"M(-?\d+ -?\d+)l([-\d ]+)", path):
        numbers = list(map(int, f"{start} {steps}".split()))
        xs, ys = (list(accumulate(numbers[at::2])) for at in (0, 1))
        found.append(list(zip(xs, ys, strict=True)))
    return found


def points(node: object) -> list[tuple[float, float]]:
    if isinstance(node[0], int | float):
        return [(node[0], node[1])]
    return [point for part in node for point in points(part)]


def test_the_sheet_is_as_large_as_what_it_shows(drawn, corners) -> None:
    west, south, east, north = corners
    width, height = (round((high - low) / 2) for low, high in ((west, east), (south, north)))
    assert drawn.get("viewBox") == f"0 0 {width} {height}"
    shapes = [e.get("d") for e in drawn.iter("path") if e.get("class") != "hatch"]
    seen = [point for shape in shapes for ring in rings(shape) for point in ring]
    for at, size in ((0, width), (1, height)):
        # A straightened border may end a little before the sheet does.
        assert 0 <= min(point[at] for point in seen) <= 1
        assert size - 1 <= max(point[at] for point in seen) <= size


def test_the_frame_of_the_sea_lies_where_it_does(drawn, corners) -> None:
    west, _, _, north = corners
    expected = [
        (round((x - west) / 2), round((north - y) / 2))
        for x, y in points(inset_frame()["geometry"]["coordinates"])
    ]
    lines = [e.get("d") for e in drawn.iter("path") if e.get("class") == "line"]
    assert expected in [ring for line in lines for ring in rings(line)]
    assert len(lines) == len(main_sheet("lines")) + len(inset("lines")) + 1
    assert not any(line.endswith("z") for line in lines[:-1])


@pytest.mark.parametrize("code", ["320000", "370000", "460000", "650000"])
def test_a_province_is_closed_and_spans_what_its_boundary_does(corners, code: str) -> None:
    west, _, _, north = corners
    (shape,) = [one for one in main_sheet("provinces") if one["properties"]["code"] == code]
    all_points = points(shape["geometry"]["coordinates"])
    drawing = etree.fromstring(leading_map({code: Region("a.html", "x")}, "图"))
    (path,) = [e.get("d") for e in drawing.iter("path") if e.get("id") == f"area-{code}"]
    assert path.count("M") == path.count("z") == len(rings(path))
    seen = [point for ring in rings(path) for point in ring]
    for at, away in ((0, lambda v: (v - west) / 2), (1, lambda v: (north - v) / 2)):
        ends = sorted(away(end(p[at] for p in all_points)) for end in (min, max))
        found = [end(p[at] for p in seen) for end in (min, max)]
        # Borders may be straightened by some km.
        assert found == [pytest.approx(end, abs=8) for end in ends]


def test_a_link_has_its_look_its_words_and_hatching_where_that_is_due(drawn) -> None:
    links = {e.get("href"): e for e in drawn.iter("a")}
    assert set(links) == {"jiangsu.html", "shandong.html"}
    assert [links[f"{name}.html"].get("class") for name in ("jiangsu", "shandong")] == [
        "c3", "withheld",
    ]  # fmt: skip
    assert [len(list(links[f"{name}.html"].iter("use"))) for name in ("jiangsu", "shandong")] == [
        0,
        1,
    ]
    assert next(links["shandong.html"].iter("use")).get("href") == "#area-370000"
    dots = list(drawn.iter("circle"))
    assert len(dots) == len(main_sheet("islands")) + len(inset("islands"))
    assert {dot.get("r") for dot in dots} == {"2"}
