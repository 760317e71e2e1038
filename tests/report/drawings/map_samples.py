"""A small table by hand for each kind of map, drawn with borders of few points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import altair as alt
import pytest
import shapely
from shapely.geometry import mapping, shape

from smdi.publishing import leading_map as leading
from smdi.publishing.leading_map import Region, leading_map
from smdi.report import maps
from smdi.report.maps import boundaries
from tests.report.drawings.chart_samples import LACKS, D, P, table

# km that borders may be straightened by, and the km² of an island that is left.
TOLERANCE, ISLAND = 60.0, 3000.0
# Of many dots at sea every so manyth is drawn.
DOTS = 6

PROVINCES = {
    "江苏省": (1233.0, P), "山东省": (966.0, P), "广东省": (371.0, D), "湖南省": (313.0,),
    "安徽省": (222.0,), "北京市": (222.0, P), "上海市": (84.0, P), "宁夏回族自治区": (50.0,),
    "海南省": (2.0, P), "天津市": (1.0,), "甘肃省": (None,), "青海省": (0.0, P),
    "新疆维吾尔自治区": (None,),
}  # fmt: skip
CITIES = {
    "无锡": (630.0, P), "苏州": (248.0,), "常州": (248.0, P), "长沙": (253.0,), "北京": (202.0, P),
    "德州": (64.0, D), "吴忠": (44.0,), "淄博": (0.0,), "拉萨": (None,),
}  # fmt: skip


def counted(
    counts: dict[str, tuple], measure: str = "firms_level_ge2", unit: str = "家"
) -> Callable[[], object]:
    return table(unit, [(measure, name, 2021, *value) for name, value in counts.items()])


def nation() -> alt.LayerChart:
    return maps.province_map(counted(PROVINCES))


def shares() -> alt.LayerChart:
    given = {"江苏省": (31.25, P), "山东省": (5.0,), "四川省": (0.5,), "西藏自治区": (LACKS,)}
    frame = counted(given, "share_level_ge4", "%")
    return maps.province_map(frame, measure="share_level_ge4", bounds=(1, 5), digits=1)


def participants() -> alt.LayerChart:
    return maps.participation_map(counted({"江苏省": (4654.0, P)}, "participants"))


def cities() -> alt.LayerChart:
    return maps.city_map(counted(CITIES))


def no_city() -> alt.LayerChart:
    return maps.city_map(counted({}))


def of_one_province() -> alt.LayerChart:
    given = {"南京": (180.0,), "扬州": (30.0,), "徐州": (None,), "盐城": (0.0, P)}
    return maps.city_map(counted({**{k: CITIES[k] for k in ("无锡", "苏州", "常州")}, **given}))


def of_a_high_province() -> alt.LayerChart:
    frame = counted({"西安": (90.0, P), "榆林": (3.0,)}, "participants")
    return maps.participation_map(frame, province="陕西省")


def of_the_islands() -> alt.LayerChart:
    return maps.city_map(counted({"海口": (12.0, P), "三亚": (2.0,)}))


MAPS: dict[str, Callable[[], alt.LayerChart]] = {
    "nation": nation,
    "shares": shares,
    "participants": participants,
    "cities": cities,
    "no-city": no_city,
    "of-one-province": of_one_province,
    "of-a-high-province": of_a_high_province,
    "of-the-islands": of_the_islands,
}


def leading_to_provinces() -> str:
    """Draw the map of the first page."""
    return leading_map(
        {
            "320000": Region("province-320000.html", "江苏省：企业数 1233 家", "c2"),
            "370000": Region("province-370000.html?a=1&b", "山东省：“9 家” <模拟>", "c1", True),
            "540000": Region("search.html?q=西藏自治区", "西藏自治区：未公布", "withheld"),
        },
        "各省 & 其他",
    )


@contextmanager
def few_points() -> Iterator[None]:
    """Let maps have borders of few points, so that what is kept of one is small."""
    coarse = {name: _coarse(name) for name in boundaries.LAYERS}
    kept = (boundaries.main_sheet, boundaries.inset, leading._straightened)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(boundaries, "layer", coarse.__getitem__)
        for one in kept:
            one.cache_clear()
        yield
    for one in kept:
        one.cache_clear()


def _coarse(name: str) -> tuple[boundaries.Feature, ...]:
    features = boundaries.layer(name)
    if name == "islands":
        return features[::DOTS]
    if name == "lines":
        return features
    shapes = [_without_islands(shape(one["geometry"])) for one in features]
    simple = shapely.coverage_simplify(shapes, TOLERANCE)
    return tuple(
        {**one, "geometry": mapping(shapely.set_precision(made, 0.1, mode="pointwise"))}
        for one, made in zip(features, simple, strict=True)
    )


def _without_islands(region: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(region)
    largest = max(part.area for part in parts)
    return shapely.MultiPolygon([part for part in parts if part.area >= min(largest, ISLAND)])
