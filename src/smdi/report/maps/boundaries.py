"""The map layers of data/boundaries, and the sheet they are drawn on.

The sheet is one plane in kilometres. The mainland, Hainan and Taiwan stand at their place; the
South China Sea is drawn once more, smaller, in a frame at the lower right, as maps of China do.
Because the inset is moved geometry and not a second view, every renderer shows the same map.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import shapely
from shapely.affinity import affine_transform
from shapely.geometry import box, mapping, shape
from shapely.geometry.base import BaseGeometry

from smdi.files import project_root

LAYERS = ("provinces", "cities", "lines", "islands")
# South of this the main map ends (km, just below Hainan); the inset shows what lies beyond.
BOTTOM = 1835.0
INSET_SOURCE = (330.0, 50.0, 1830.0, 2560.0)
INSET_SCALE = 0.58
INSET_RIGHT = 2880.0
INSET_LEFT = INSET_RIGHT - INSET_SCALE * (INSET_SOURCE[2] - INSET_SOURCE[0])
INSET_TOP = BOTTOM + INSET_SCALE * (INSET_SOURCE[3] - INSET_SOURCE[1])
MAIN = box(-10_000, BOTTOM, 10_000, 10_000)
SOUTH = box(*INSET_SOURCE)

Feature = dict[str, Any]


@cache
def layer(name: str) -> tuple[Feature, ...]:
    """Return the GeoJSON features of a layer as they are on disk; ValueError for an unknown one."""
    if name not in LAYERS:
        raise ValueError(f"no map layer {name!r}; known are {', '.join(LAYERS)}")
    path = project_root() / "data" / "boundaries" / f"{name}.geojson"
    return tuple(json.loads(path.read_text("utf-8"))["features"])


@cache
def main_sheet(name: str) -> tuple[Feature, ...]:
    """Return a layer as the main map shows it, cut off at BOTTOM."""
    return tuple(_clipped(layer(name), MAIN))


@dataclass(frozen=True)
class Inset:
    """Where the South China Sea is drawn once more: its frame's corner, km, and its scale."""

    left: float
    bottom: float
    scale: float

    @classmethod
    def beside(cls, features: Iterable[Feature]) -> Inset:
        """Return the inset right of features, as high as they are."""
        west, south, east, north = extent(features)
        scale = (north - south) / (INSET_SOURCE[3] - INSET_SOURCE[1])
        return cls(east + (east - west) / 20, south, scale)

    @property
    def move(self) -> list[float]:
        """Return the affine matrix that takes the sea into the frame, as shapely has it."""
        west, south = INSET_SOURCE[:2]
        away = self.left - self.scale * west, self.bottom - self.scale * south
        return [self.scale, 0, 0, self.scale, *away]


# The lower right of the nation's sheet.
OF_NATION = Inset(INSET_LEFT, BOTTOM, INSET_SCALE)


@cache
def inset(name: str, place: Inset = OF_NATION) -> tuple[Feature, ...]:
    """Return a layer as an inset shows it."""
    return tuple(_clipped(layer(name), SOUTH, place.move))


def inset_frame(place: Inset = OF_NATION) -> Feature:
    """Return the frame of an inset."""
    return feature(affine_transform(SOUTH, place.move))


def within(name: str, codes: Iterable[str]) -> list[Feature]:
    """Return the features of a layer with one of these codes, uncut."""
    wanted = set(codes)
    return [item for item in layer(name) if item["properties"]["code"] in wanted]


def extent(features: Iterable[Feature]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of features, km."""
    west, south, east, north = shapely.total_bounds([shape(item["geometry"]) for item in features])
    return float(west), float(south), float(east), float(north)


def label_point(item: Feature) -> tuple[float, float]:
    """Return the centre of the largest circle inside a region, in km, where its name fits best."""
    region = shape(item["geometry"])
    parts = getattr(region, "geoms", [region])
    largest = max(parts, key=lambda part: part.area)
    point = shapely.maximum_inscribed_circle(largest, tolerance=5).coords[0]
    return round(point[0], 1), round(point[1], 1)


def hatching(item: Feature, gap: float) -> Feature:
    """Draw slanted lines over a region, `gap` km apart."""
    region = shape(item["geometry"])
    west, south, east, north = region.bounds
    height = north - south
    starts = [west - height + gap * n for n in range(int((east - west + height) / gap) + 1)]
    lines = [[(start, south), (start + height, north)] for start in starts]
    cut = shapely.get_parts(shapely.intersection(shapely.multilinestrings(lines), region))
    # A line that only touches a corner leaves a point, which is nothing to draw.
    strokes = [part for part in cut if part.geom_type == "LineString" and not part.is_empty]
    return feature(shapely.MultiLineString(strokes), **item["properties"])


def feature(geometry: BaseGeometry, **properties: object) -> Feature:
    """Return a GeoJSON feature on the sheet, coordinates with one decimal."""
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        geometry = shapely.orient_polygons(geometry, exterior_cw=True)
    shaped = mapping(geometry)
    made = {"type": shaped["type"], "coordinates": _rounded(shaped["coordinates"])}
    return {"type": "Feature", "properties": properties, "geometry": made}


def _clipped(
    features: Iterable[Feature], window: shapely.Polygon, move: Sequence[float] = ()
) -> Iterator[Feature]:
    for item in features:
        geometry = shape(item["geometry"])
        if not geometry.intersects(window):
            continue
        if not move and window.contains(geometry):
            yield item
            continue
        geometry = _same_kind(geometry, shapely.intersection(geometry, window))
        if move:
            geometry = affine_transform(geometry, move)
        if not geometry.is_empty:
            yield feature(geometry, **item["properties"])


def _same_kind(before: BaseGeometry, after: BaseGeometry) -> BaseGeometry:
    """Return what a cut leaves of the same dimension: of a polygon it may leave lines, too."""
    dimension = shapely.get_dimensions(before)
    parts = shapely.get_parts(after)
    return shapely.union_all(parts[shapely.get_dimensions(parts) == dimension])


def _rounded(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return [_rounded(item) for item in value]
    return round(value, 1)
