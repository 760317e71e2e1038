"""A map of the provinces that leads somewhere: SVG with links, for pages of HTML.

It needs no script and can be walked through by the keyboard; what is said of a region is its link's
title. How it looks is a matter of the page's style sheet, by the classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from smdi.report.maps.boundaries import Feature, extent, inset, inset_frame, main_sheet

# km of the map that a unit of the drawing stands for: finer nobody sees at the width of a page.
UNIT = 2.0
# km, by which borders may be straightened.
TOLERANCE = 9.0
_HATCHING = (
    '<defs><pattern id="hatching" width="14" height="14" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><path class="hatch" d="M0 0V14"/></pattern></defs>'
)


@dataclass(frozen=True)
class Region:
    """Where a province leads, what is said of it, and the class of its shape."""

    href: str
    said: str
    look: str = ""
    hatched: bool = False


def leading_map(regions: Mapping[str, Region], label: str) -> str:
    """Draw the provinces, with the inset of the sea; those with a region, by code, are links.

    `label` names the map to those who do not see it.
    """
    west, south, east, north = extent((*main_sheet("provinces"), inset_frame()))
    sheet = _Sheet(west, north)
    drawn = [_province(item, regions, sheet) for item in _straightened()]
    drawn += [f'<path d="{sheet.path(item)}"/>' for item in inset("provinces")]
    for line in (*main_sheet("lines"), *inset("lines"), inset_frame()):
        drawn.append(f'<path class="line" d="{sheet.path(line)}"/>')
    for item in (*main_sheet("islands"), *inset("islands")):
        x, y = sheet.point(item["geometry"]["coordinates"])
        drawn.append(f'<circle cx="{x}" cy="{y}" r="2"/>')
    right, bottom = sheet.point((east, south))
    return (
        f'<svg class="leading-map" viewBox="0 0 {right} {bottom}" role="group"'
        f' aria-label="{escape(label)}">{_HATCHING}{"".join(drawn)}</svg>'
    )


def _province(item: Feature, regions: Mapping[str, Region], sheet: _Sheet) -> str:
    code, path = str(item["properties"]["code"]), sheet.path(item)
    region = regions.get(code)
    if region is None:
        return f'<path d="{path}"/>'
    shown = f'<path id="area-{code}" d="{path}"/>'
    if region.hatched:
        shown += f'<use href="#area-{code}" class="hatched"/>'
    link = f'href="{escape(region.href)}" class="{region.look}"'
    return f"<a {link}><title>{escape(region.said)}</title>{shown}</a>"


@cache
def _straightened() -> tuple[Feature, ...]:
    """Return the provinces with fewer vertices, neighbours still along one border."""
    features = main_sheet("provinces")
    shapes = shapely.coverage_simplify([shape(one["geometry"]) for one in features], TOLERANCE)
    return tuple(
        {**one, "geometry": mapping(simple)} for one, simple in zip(features, shapes, strict=True)
    )


@dataclass(frozen=True)
class _Sheet:
    """The drawing's corner, km east and north."""

    west: float
    north: float

    def point(self, coordinates: Any) -> tuple[int, int]:
        """Return where a point lies in the drawing."""
        x, y, *_ = coordinates
        return round((x - self.west) / UNIT), round((self.north - y) / UNIT)

    def path(self, item: Feature) -> str:
        """Return a feature's outline, each step from the point before, which is shorter."""
        closed = "z" if item["geometry"]["type"].endswith("Polygon") else ""
        rings = (self._steps(ring) for ring in _rings(item["geometry"]["coordinates"]))
        return "".join(ring + closed for ring in rings if ring)

    def _steps(self, ring: Iterable[Any]) -> str:
        """Return a line; '' for one that is too small to be seen."""
        points = [self.point(one) for one in ring]
        moved = ((x - a, y - b) for (a, b), (x, y) in pairwise(points))
        steps = " ".join(f"{x} {y}" for x, y in moved if x or y)
        return f"M{points[0][0]} {points[0][1]}l{steps}" if steps else ""


def _rings(node: Any) -> Iterable[Any]:
    """Yield the lists of points of a geometry, however deep."""
    if node and isinstance(node[0][0], int | float):
        yield node
    else:
        for part in node:
            yield from _rings(part)
