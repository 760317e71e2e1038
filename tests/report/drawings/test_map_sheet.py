"""Maps keep to scale, with north above."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from smdi.publishing.leading_map import Region, leading_map
from smdi.report import maps, rendering
from smdi.report.maps import boundaries
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
