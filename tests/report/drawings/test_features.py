"""Shapes on the sheet as GeoJSON: which way their rings run, and how exact they are."""

from __future__ import annotations

import pytest
import shapely

from smdi.report.maps.boundaries import feature

SQUARE = shapely.box(0, 0, 10, 10)
HOLED = SQUARE.difference(shapely.box(2, 2, 4, 4))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    "shape", [SQUARE, HOLED, shapely.MultiPolygon([HOLED])], ids=["one", "holed", "several"]
)
def test_outer_rings_run_clockwise_and_holes_against_them(shape, turned: bool) -> None:
    given = shapely.orient_polygons(shape, exterior_cw=turned)
    made = shapely.geometry.shape(feature(given)["geometry"])
    for one in getattr(made, "geoms", [made]):
        assert not one.exterior.is_ccw
        assert all(hole.is_ccw for hole in one.interiors)


def test_a_line_keeps_its_direction_and_one_decimal() -> None:
    made = feature(shapely.LineString([(1.26, 0), (0, 3.04)]), name="甲")
    assert made["properties"] == {"name": "甲"}
    assert made["geometry"]["type"] == "LineString"
    assert [list(point) for point in made["geometry"]["coordinates"]] == [[1.3, 0], [0, 3.0]]
