"""Builders of the report's maps: a tidy frame in, an Altair map with its alt text out.

Every map shows all 34 provincial units, the boundary lines in the South China Sea, and the islands
of that sea in the usual frame at the lower right. The frame is drawn in the same coordinates as the
main map (its content moved and scaled), so that one view serves the site and print alike.
Coordinates are the kilometres of data/boundaries. Only values of regions enter a spec.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from functools import cache

import altair as alt
import geopandas as gpd
import pandas as pd
import shapely
from shapely import affinity

from smdi.report import theme
from smdi.report.charts.frames import number_text
from smdi.standards import cities, provinces
from smdi.standards.tables import repository_root

# West, south, east, north of the main map and of the part of the sea that the frame shows, km.
MAIN = (-2680.0, 1860.0, 2640.0, 5960.0)
SEA = (150.0, 340.0, 1840.0, 2660.0)
FRAME_SCALE = 0.40
FRAME_CORNER = (1940.0, 1890.0)
SCALE_BAR = (-2480.0, 2080.0, 500.0)
NARROW = {"config": {"legend": {"columns": 3}}}
NOT_LISTED = "未列入"
NO_DATA = "无数据"
PARTICIPANTS = (100, 300, 500, 1000, 2000)
MATURE_FIRMS = (10, 50, 100, 200, 500)
CITY_FIRMS = (30, 50, 100, 200)
# Where a name stands that has no room inside its unit, in km from the centre.
_SHIFTS = {
    "北京市": (-40, 90),
    "天津市": (170, -30),
    "上海市": (190, 20),
    "香港特别行政区": (170, -60),
    "澳门特别行政区": (-70, -110),
    "河北省": (-40, -170),
    "甘肃省": (260, -230),
    "内蒙古自治区": (120, -120),
    "海南省": (0, 0),
    "江苏省": (60, 0),
}


def participation_map(frame: pd.DataFrame) -> alt.LayerChart:
    """Participants to date by province; fig-01."""
    return _province_layers(frame, "participants", "参与企业数", PARTICIPANTS)


def province_map(frame: pd.DataFrame) -> alt.LayerChart:
    """Firms at level 2 or above by province; fig-a1."""
    return _province_layers(frame, "firms_level_ge2", "达到二级及以上的企业数", MATURE_FIRMS)


def city_map(frame: pd.DataFrame) -> alt.LayerChart:
    """Firms at level 2 or above of the cities listed, the other cities left blank; fig-a2."""
    rows = _values(frame, "firms_level_ge2")
    codes = cities().set_index("short_zh")["boundary_code"]
    named = {str(codes[name]): (name, *row) for name, row in rows.items()}
    classes = _classes(CITY_FIRMS, NOT_LISTED, rows)
    shapes = _classified(layer("cities"), named, CITY_FIRMS, NOT_LISTED)
    drawn = [
        _regions(shapes, classes, "达到二级及以上的企业数（家）", stroke="#ffffff", width=0.3),
        _outline(layer("provinces"), theme.MAP_BORDER, 0.7),
        *_lines_and_frame(_framed(shapes), classes),
    ]
    return _finish(drawn, _alt("城市", "达到二级及以上的企业数", rows))


def _province_layers(
    frame: pd.DataFrame, measure: str, subject: str, bounds: Sequence[int]
) -> alt.LayerChart:
    rows = _values(frame, measure)
    codes = provinces().reset_index().set_index("name_zh")["code"]
    named = {str(codes[name]): (name, *row) for name, row in rows.items()}
    classes = _classes(bounds, NO_DATA, rows)
    shapes = _classified(layer("provinces"), named, bounds, NO_DATA)
    drawn = [
        _regions(shapes, classes, f"{subject}（家）", stroke=theme.MAP_BORDER, width=0.7),
        *_lines_and_frame(_framed(shapes), classes),
        *_names(shapes),
    ]
    return _finish(drawn, _alt("省级行政区", subject, rows))


# -- data ------------------------------------------------------------------------------------


@cache
def layer(name: str) -> gpd.GeoDataFrame:
    """Read a layer of data/boundaries, in kilometres: provinces, cities, lines or islands."""
    path = repository_root() / "data" / "boundaries" / f"{name}.geojson"
    return gpd.read_file(path, engine="pyogrio").set_crs(None, allow_override=True)


def _values(frame: pd.DataFrame, measure: str) -> dict[str, tuple[float, bool]]:
    rows = frame[frame["measure"] == measure]
    return {
        row.group: (float(row.value), bool(row.withheld)) for row in rows.itertuples(index=False)
    }


def _classes(
    bounds: Sequence[int], other: str, rows: Mapping[str, tuple[float, bool]]
) -> dict[str, str]:
    """Class label -> colour, from the smallest class to the greatest, then what has no value."""
    labels = [f"不足 {bounds[0]}"]
    labels += [f"{low}—{high - 1}" for low, high in itertools.pairwise(bounds)]
    labels.append(f"{bounds[-1]} 及以上")
    classes = dict(zip(labels, theme.MAP_CLASSES[-len(labels) :], strict=True))
    if any(withheld for _, withheld in rows.values()):
        classes[theme.NOT_PUBLISHED] = theme.MAP_WITHHELD
    return {**classes, other: theme.MAP_NO_DATA}


def _classified(
    shapes: gpd.GeoDataFrame,
    named: Mapping[str, tuple[str, float, bool]],
    bounds: Sequence[int],
    other: str,
) -> gpd.GeoDataFrame:
    labels = list(_classes(bounds, other, {}))
    classes, texts = [], []
    for code in shapes["code"]:
        _, value, withheld = named.get(code, ("", float("nan"), False))
        known = value == value
        place = sum(value >= bound for bound in bounds)
        missing = theme.NOT_PUBLISHED if withheld else other
        classes.append(labels[place] if known else missing)
        texts.append(f"{number_text(value, 0)} 家" if known else missing)
    return shapes.assign(**{"class": classes, "text": texts})


def _framed(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The part of a layer that lies in the South China Sea, moved into the frame."""
    inside = shapes.set_geometry(shapes.geometry.intersection(shapely.box(*SEA)))
    inside = inside[~inside.geometry.is_empty]
    moved = affinity.affine_transform
    matrix = [
        FRAME_SCALE,
        0,
        0,
        FRAME_SCALE,
        FRAME_CORNER[0] - FRAME_SCALE * SEA[0],
        FRAME_CORNER[1] - FRAME_SCALE * SEA[1],
    ]
    return inside.set_geometry(inside.geometry.apply(lambda shape: moved(shape, matrix)))


def _frame_box() -> shapely.Polygon:
    west, south = FRAME_CORNER
    width, height = FRAME_SCALE * (SEA[2] - SEA[0]), FRAME_SCALE * (SEA[3] - SEA[1])
    return shapely.box(west, south, west + width, south + height)


# -- drawing ---------------------------------------------------------------------------------


def _features(shapes: gpd.GeoDataFrame, columns: Sequence[str] = ()) -> alt.Data:
    clipped = shapes.geometry.intersection(shapely.box(*MAIN))
    features = []
    for position, shape in enumerate(clipped):
        if shape.is_empty:
            continue
        features.append(
            {
                "type": "Feature",
                "geometry": _geometry(shape),
                "properties": {name: shapes.iloc[position][name] for name in columns},
            }
        )
    return alt.Data(values=features)


def _geometry(shape: shapely.Geometry) -> dict:
    """GeoJSON with one decimal and outer rings clockwise on the map, as d3 expects."""
    if isinstance(shape, shapely.GeometryCollection) and shape.geom_type == "GeometryCollection":
        shape = shapely.union_all([part for part in shape.geoms if part.area > 0 or part.length])
    oriented = shapely.orient_polygons(shape, exterior_cw=True)
    return shapely.geometry.mapping(shapely.transform(oriented, lambda xy: xy.round(1)))


def _geoshape(data: alt.Data, **mark: object) -> alt.Chart:
    return alt.Chart(data).mark_geoshape(**mark).project(type="identity", reflectY=True)


def _regions(
    shapes: gpd.GeoDataFrame,
    classes: Mapping[str, str],
    title: str | None,
    *,
    stroke: str,
    width: float,
) -> alt.Chart:
    legend = alt.Legend(title=title) if title else None
    return _geoshape(
        _features(shapes, ["name", "class", "text"]), stroke=stroke, strokeWidth=width
    ).encode(
        color=alt.Color(
            "properties.class:N",
            scale=alt.Scale(domain=list(classes), range=list(classes.values())),
            legend=legend,
        ),
        tooltip=[
            alt.Tooltip("properties.name:N", title="地区"),
            alt.Tooltip("properties.text:N", title="企业数"),
        ],
    )


def _outline(shapes: gpd.GeoDataFrame, colour: str, width: float) -> alt.Chart:
    return _geoshape(_features(shapes), filled=False, stroke=colour, strokeWidth=width)


def _lines_and_frame(framed: gpd.GeoDataFrame, classes: Mapping[str, str]) -> list[alt.Chart]:
    lines, islands = layer("lines"), layer("islands")
    box = gpd.GeoDataFrame(geometry=[_frame_box()])
    west, south, length = SCALE_BAR
    bar = shapely.LineString([(west, south + 40), (west, south), (west + length, south)])
    bar = shapely.union(
        bar, shapely.LineString([(west + length, south), (west + length, south + 40)])
    )
    outside = islands[~islands.geometry.within(shapely.box(*SEA))]
    frame_text = _point(_frame_box().centroid.x, FRAME_CORNER[1] + 70)
    return [
        _outline(lines, theme.MAP_NATION, 1.2),
        _dots(outside),
        _geoshape(_features(box), fill=theme.PAPER, stroke=theme.MUTED, strokeWidth=0.9),
        _regions(framed, classes, None, stroke=theme.MAP_BORDER, width=0.5),
        _outline(_framed(lines), theme.MAP_NATION, 1.1),
        _dots(_framed(islands)),
        _text(frame_text, ["南海诸岛"], size=10),
        _outline(gpd.GeoDataFrame(geometry=[bar]), theme.MUTED, 1.0),
        _text(_point(west + length / 2, south + 90), ["500 千米"], size=10),
    ]


def _dots(islands: gpd.GeoDataFrame) -> alt.Chart:
    main = shapely.box(*MAIN)
    points = [_point(p.x, p.y)[0] for p in islands.geometry if main.contains(p)]
    return (
        alt.Chart(_as_features(points, [""] * len(points)))
        .mark_circle(size=5, opacity=1, color=theme.MUTED)
        .encode(longitude="geometry.coordinates[0]:Q", latitude="geometry.coordinates[1]:Q")
        .project(type="identity", reflectY=True)
    )


def _names(shapes: gpd.GeoDataFrame) -> list[alt.Chart]:
    """Short names inside their provinces, with a pale rim so that they read on every colour."""
    short = provinces().set_index("name_zh")["short_zh"]
    points, texts = [], []
    for name, shape in zip(shapes["name"], shapes.geometry, strict=True):
        largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
        centre = shapely.point_on_surface(largest)
        east, north = _SHIFTS.get(name, (0, 0))
        points += _point(centre.x + east, centre.y + north)
        texts.append(str(short[name]))
    return [
        _text(points, texts, size=10, stroke=theme.PAPER, strokeWidth=2.4, strokeOpacity=0.85),
        _text(points, texts, size=10),
    ]


def _point(x: float, y: float) -> list[dict[str, float]]:
    return [{"x": round(x, 1), "y": round(y, 1)}]


def _as_features(points: Sequence[Mapping[str, float]], texts: Sequence[str]) -> alt.Data:
    return alt.Data(
        values=[
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [point["x"], point["y"]]},
                "properties": {"text": text},
            }
            for point, text in zip(points, texts, strict=True)
        ]
    )


def _text(
    points: Sequence[Mapping[str, float]], texts: Sequence[str], size: int, **mark: object
) -> alt.Chart:
    return (
        alt.Chart(_as_features(points, texts))
        .mark_text(fontSize=size, color=theme.INK, tooltip=None, **mark)
        .encode(
            longitude="geometry.coordinates[0]:Q",
            latitude="geometry.coordinates[1]:Q",
            text="properties.text:N",
        )
        .project(type="identity", reflectY=True)
    )


def _finish(layers: list[alt.Chart], description: str) -> alt.LayerChart:
    aspect = (MAIN[3] - MAIN[1]) / (MAIN[2] - MAIN[0])
    return theme.finish(alt.layer(*layers), description=description, aspect=aspect, narrow=NARROW)


def _alt(kind: str, subject: str, rows: Mapping[str, tuple[float, bool]]) -> str:
    known = [(name, value) for name, (value, _) in rows.items() if value == value]
    if not known:
        return f"地图：各{kind}的{subject}，没有可公布的数值。"
    known.sort(key=lambda row: -row[1])
    most = "、".join(f"{name} {number_text(value, 0)} 家" for name, value in known[:3])
    hidden = sum(withheld for _, withheld in rows.values())
    rest = f"{hidden} 个{kind}的数值未公布。" if hidden else ""
    name, value = known[-1]
    return (
        f"分级设色地图：各{kind}的{subject}，共 {len(known)} 个。最多的是{most}；"
        f"最少的是{name} {number_text(value, 0)} 家。{rest}"
    )
