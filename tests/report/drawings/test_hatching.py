"""How far apart the lines over a region are, on the sheet of the nation and on a smaller one."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from shapely.geometry import box

from smdi.report import rendering, theme
from smdi.report.maps import boundaries, sheet
from smdi.report.maps.sheet import Sheet
from smdi.report.text.language import words

# The sheet of the nation is 5506 km wide: from -2626 to the right edge of the inset at 2880.
WIDTH = 5506.0


def region(width: float, **properties: Any) -> dict[str, Any]:
    place = {"name": "甲", "text": "1 家", "class": "一", **properties}
    return boundaries.feature(box(0, 0, width, 800), **place)


def hatched(spec: dict[str, Any]) -> list[tuple[list[Any], dict[str, Any]]]:
    """The strokes of each layer of slanted lines, with its mark."""
    found = []
    for layer in spec["layer"]:
        data = layer.get("data", spec.get("data"))
        for one in spec["datasets"][data["name"]]:
            if one["geometry"]["type"] == "MultiLineString" and "name" in one["properties"]:
                found.append((one["geometry"]["coordinates"], layer["mark"]))
    return found


def drawn(width: float, **properties: Any) -> list[tuple[list[Any], dict[str, Any]]]:
    legend = [("一", "#112233"), (words().charts.not_published, "#445566")]
    made = Sheet([region(width, **properties)], [], legend, "企业数")
    return hatched(rendering.spec(sheet.province(made, "图。")))


def gaps(strokes: list[Any]) -> set[float]:
    """How far to the right of a line the next one is, to the decimal that the sheet keeps."""
    starts = sorted(points[0][0] - points[0][1] for points in strokes)
    return {round(b - a, 0) for a, b in pairwise(starts)}


WITHHELD = {"class": words().charts.not_published}


@pytest.mark.parametrize(
    ("properties", "width", "apart"),
    [
        ({"hollow": True}, WIDTH, 70),
        ({"hollow": True}, WIDTH / 2, 35),
        ({"hollow": True}, 1.5 * WIDTH, 70),
        (WITHHELD, WIDTH, 45),
        (WITHHELD, WIDTH / 3, 15),
        (WITHHELD, 1.5 * WIDTH, 45),
    ],
)
def test_lines_are_as_close_to_the_eye_on_a_small_sheet_as_on_that_of_the_nation(
    properties, width: float, apart: float
) -> None:
    ((strokes, _mark),) = drawn(width, **properties)
    assert len(strokes) > 50
    assert gaps(strokes) == {apart}


@pytest.mark.parametrize(
    ("properties", "colour", "wide"),
    [({"hollow": True}, theme.PAPER, 1.0), (WITHHELD, theme.MAP_HATCH, 0.8)],
    ids=["simulated", "withheld"],
)
def test_lines_of_what_is_simulated_are_white_and_grow_thinner_with_the_map(
    properties, colour: str, wide: float
) -> None:
    ((_strokes, mark),) = drawn(WIDTH, **properties)
    assert mark == {
        "type": "geoshape",
        "filled": False,
        "stroke": colour,
        "strokeWidth": {"expr": f"{wide} * width / 720"},
    }


def test_a_region_that_is_published_has_no_lines() -> None:
    assert drawn(WIDTH) == []
    assert drawn(WIDTH, hollow=False) == []


def test_a_value_that_is_withheld_and_simulated_has_both() -> None:
    assert [mark["stroke"] for _, mark in drawn(WIDTH, hollow=True, **WITHHELD)] == [
        theme.PAPER,
        theme.MAP_HATCH,
    ]


@pytest.mark.parametrize(
    ("width", "height", "letter"), [(1440, 800, 22.0), (400, 800, 11 * 800 / 720), (720, 720, 11)]
)
def test_a_letter_is_eleven_pixels_of_the_longer_side(width, height, letter) -> None:
    place = boundaries.feature(box(0, 0, width, height))
    assert sheet.letter_of([place]) == pytest.approx(letter)


def test_the_sheet_of_the_nation_has_these_sides() -> None:
    assert (sheet.WEST, sheet.EAST) == (-2626, 2880)
    assert pytest.approx((5922 - 1835) / 5506) == sheet.ASPECT
    assert pytest.approx(11 * 5506 / 720) == sheet.LETTER
