"""What stands around the provinces of a map: scale bars that are true, words in their places."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from smdi.publishing.leading_map import Region, leading_map
from smdi.report import maps, rendering
from smdi.report.maps import boundaries
from smdi.report.text.language import words
from tests.report.drawings.charts_frames import ranking

COUNTS = {"江苏省": 1233, "山东省": 966, "广东省": None}


def collected(node: Any, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("type") == "Feature":
            found.append(node)
        for value in node.values():
            collected(value, found)
    elif isinstance(node, list):
        for value in node:
            collected(value, found)
    return found


@pytest.fixture(scope="module")
def features() -> list[dict[str, Any]]:
    return collected(rendering.spec(maps.province_map(ranking(COUNTS))), [])


def place(features: list[dict[str, Any]], text: str) -> tuple[float, float]:
    """Where a word stands, km east and north."""
    (found,) = [one for one in features if one["properties"].get("text") == text]
    x, y = found["geometry"]["coordinates"]
    return float(x), float(y)


def bars(features: list[dict[str, Any]]) -> list[tuple[float, float]]:
    """Ends of the level strokes that no province and no frame has: those of scale bars."""
    found = set()
    for one in features:
        shape = one["geometry"]
        if shape["type"] != "LineString" or one["properties"].get("kind"):
            continue
        points = [tuple(point[:2]) for point in shape["coordinates"]]
        for (x, y), (a, b) in pairwise(points):
            if y == b and x != a and len(points) in (2, 4):
                found.add((min(x, a), max(x, a)))
    return sorted(found)


def test_the_scale_bars_are_as_long_as_they_say(features) -> None:
    lengths = sorted(high - low for low, high in bars(features))
    assert 500 in [round(length) for length in lengths]
    assert round(500 * boundaries.INSET_SCALE) in [round(length) for length in lengths]


def test_the_ends_of_a_scale_are_upright_strokes_between_bar_and_words(features) -> None:
    low, high = next(bar for bar in bars(features) if round(bar[1] - bar[0]) == 500)
    strokes = [
        [tuple(point[:2]) for point in one["geometry"]["coordinates"]]
        for one in features
        if one["geometry"]["type"] == "LineString" and not one["properties"].get("kind")
    ]
    (bar,) = [s for s in strokes if len(s) == 2 and {x for x, _ in s} == {low, high}]
    level = bar[0][1]
    upright = {s[0][0]: s for s in strokes if len(s) == 2 and s[0] in bar and s not in [bar]}
    assert set(upright) == {low, high}
    for (x, y), (a, b) in upright.values():
        assert (x, y) == (a, level)
        assert level < b < place(features, "0")[1]


def test_the_bar_of_the_inset_has_its_ends_turned_up_to_its_words(features) -> None:
    short = round(500 * boundaries.INSET_SCALE)
    (bar,) = [
        [tuple(point[:2]) for point in one["geometry"]["coordinates"]]
        for one in features
        if one["geometry"]["type"] == "LineString"
        and not one["properties"].get("kind")
        and len(one["geometry"]["coordinates"]) == 4
        and round(abs(one["geometry"]["coordinates"][2][0] - one["geometry"]["coordinates"][1][0]))
        == short
    ]
    (left, up), (a, level), (b, other), (right, top) = bar
    assert (left, right, level) == (a, b, other)
    assert level < up == top


def test_every_boundary_is_drawn_once_a_sheet_in_the_style_of_its_kind() -> None:
    drawn: dict[str, list[str]] = {}
    spec = rendering.spec(maps.province_map(ranking(COUNTS)))
    for layer in spec["layer"]:
        lines = [
            one for one in collected(spec["datasets"][layer["data"]["name"]], [])
            if one["properties"].get("kind")
        ]  # fmt: skip
        kinds = {one["properties"]["kind"] for one in lines}
        assert len(kinds) <= 1, "each layer has one style"
        for one in lines:
            drawn.setdefault(kinds.copy().pop(), []).append(str(one["geometry"]))
    assert {"national", "south_china_sea"} <= set(drawn)
    assert all(len(shapes) == len(set(shapes)) for shapes in drawn.values())


def test_a_scale_begins_over_its_nought_and_ends_under_its_length(features) -> None:
    start = place(features, "0")
    low, high = next(bar for bar in bars(features) if round(bar[1] - bar[0]) == 500)
    assert start[0] == pytest.approx(low)
    assert start[1] > boundaries.BOTTOM
    said = words().maps.kilometres(number=500)
    ends = [one["geometry"]["coordinates"] for one in features
            if one["properties"].get("text") == said]  # fmt: skip
    assert any(x == pytest.approx(high) and y == start[1] for x, y in ends)


def test_the_inset_is_named_below_its_shoals_in_its_middle(features) -> None:
    x, y = place(features, "南海诸岛")
    left, right = boundaries.INSET_LEFT, boundaries.INSET_RIGHT
    assert x == pytest.approx((left + right) / 2)
    assert boundaries.BOTTOM < y < boundaries.BOTTOM + 100


def test_the_bar_of_the_inset_lies_within_its_frame(features) -> None:
    short = round(500 * boundaries.INSET_SCALE)
    low, high = next(bar for bar in bars(features) if round(bar[1] - bar[0]) == short)
    assert boundaries.INSET_LEFT < low < high < boundaries.INSET_RIGHT


def middle_of(path: str) -> tuple[float, float]:
    """The middle of what the first ring of a path spans."""
    ring = path.split("M")[1].rstrip("z")
    start, _, steps = ring.partition("l")
    x, y = map(int, start.split())
    numbers = list(map(int, steps.split()))
    xs, ys = [x], [y]
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        xs.append(xs[-1] + dx)
        ys.append(ys[-1] + dy)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def test_the_map_that_leads_somewhere_has_north_above_and_east_at_the_right() -> None:
    from lxml import etree

    codes = {"230000": "黑龙江", "530000": "云南", "650000": "新疆", "310000": "上海"}
    regions = {code: Region(f"{code}.html", name) for code, name in codes.items()}
    drawn = etree.fromstring(leading_map(regions, "图"))
    space = {"s": drawn.nsmap.get(None, "")} if drawn.nsmap else {}
    prefix = "s:" if space else ""
    _, _, width, height = map(float, drawn.get("viewBox").split())
    at = {}
    for code in codes:
        (path,) = drawn.xpath(f"//{prefix}path[@id='area-{code}']", namespaces=space or None)
        x, y = middle_of(path.get("d"))
        assert 0 < x < width
        assert 0 < y < height
        at[codes[code]] = x, y
    assert at["新疆"][0] < at["云南"][0] < at["上海"][0]
    assert at["黑龙江"][1] < at["上海"][1] < at["云南"][1] + 200
    assert at["黑龙江"][1] < at["云南"][1]
    assert width / height == pytest.approx(1.2, abs=0.35)
