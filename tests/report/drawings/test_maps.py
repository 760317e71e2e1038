"""Maps show the whole nation, class by class, and no more than the data says."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from shapely.geometry import GeometryCollection, shape

from smdi import standards
from smdi.report import chart_html, maps, rendering, theme
from smdi.report.exhibits import check_spec, drawn_as
from smdi.report.maps import choropleth
from smdi.report.maps import labels as map_labels
from smdi.report.maps.classes import classes_of, steps_of
from smdi.standards import provinces
from tests.report.drawings import glyphs
from tests.report.drawings.charts_frames import ranking, tidy

COUNTS = {
    "江苏省": 1233,
    "山东省": 966,
    "广东省": 371,
    "湖南省": 313,
    "甘肃省": None,
    "安徽省": 222,
    "海南省": 2,
}


@pytest.fixture(scope="module")
def nation():
    return maps.province_map(ranking(COUNTS))


@pytest.fixture(scope="module")
def drawing(nation):
    return rendering.svg(nation, prefix="fig-a1")


def features(chart):
    """Properties of all regions of a map, main map and inset, by name."""
    found = {}

    def walk(node):
        if isinstance(node, dict):
            if node.get("type") == "Feature" and "class" in node["properties"]:
                found[node["properties"]["name"]] = node["properties"]
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(rendering.spec(chart))
    return found


def features_of(spec):
    """All features of a spec, main map and inset, names and dots too."""
    layers = (data if isinstance(data, list) else data["features"]
              for data in spec["datasets"].values())  # fmt: skip
    return [one for layer in layers for one in layer if one.get("type") == "Feature"]


def legend(chart):
    for layer in rendering.spec(chart)["layer"]:
        if "color" in layer.get("encoding", {}):
            scale = layer["encoding"]["color"]["scale"]
            return dict(zip(scale["domain"], scale["range"], strict=True))
    raise AssertionError("no legend")


def test_all_34_units_are_drawn_whatever_the_data(nation):
    assert set(features(nation)) == set(provinces()["name_zh"])


def test_units_without_data_are_said_to_have_none(nation):
    shown = features(nation)
    for name in ("台湾省", "香港特别行政区", "澳门特别行政区", "西藏自治区"):
        assert shown[name]["class"] == "无数据"


def test_a_withheld_unit_is_not_published_and_hatched(nation):
    assert features(nation)["甘肃省"] == {"name": "甘肃省", "class": "未公布", "text": "未公布"}
    assert "未公布" in legend(nation)
    assert any(
        layer["mark"].get("stroke") == "#9c9488" for layer in rendering.spec(nation)["layer"]
    )


def test_every_class_on_the_map_is_in_the_legend(nation):
    assert {item["class"] for item in features(nation).values()} <= set(legend(nation))


def test_the_legend_names_quantity_and_unit(drawing):
    assert "达到二级及以上企业数（家）" in glyphs.texts(drawing)


def test_who_hovers_over_a_region_is_told_its_name_and_its_value_under_their_heads(nation):
    drawn = rendering.told_svg(rendering.spec(nation))
    said = [
        dict(line.split("：") for line in told.split("；"))
        for told in re.findall(r'data-told="([^"]*)"', drawn)
    ]
    assert {lines["地区"] for lines in said} == set(provinces()["name_zh"])
    (values,) = {name for lines in said for name in lines} - {"地区", "年份"}
    assert {lines[values] for lines in said if lines["地区"] == "江苏省"} == {"1233"}


@pytest.mark.parametrize("width", [320, 720])
def test_of_a_small_map_the_first_names_are_seen_and_of_a_large_one_all(nation, width):
    spec = rendering.spec(nation)
    written = {
        one["properties"]["text"]: one["properties"]["few"]
        for one in features_of(spec)
        if "few" in one["properties"]
    }
    first = {name for name, few in written.items() if few}
    assert {"江苏", "山东"} <= first and 2 <= len(first) <= 6 < len(written)
    drawn = ElementTree.fromstring(rendering.spec_svg({**spec, "width": width}))
    seen = {
        "".join(text.itertext())
        for text in drawn.iter()
        if text.tag.endswith("}text") and text.get("opacity", "1") != "0"
    }
    assert seen & set(written) == (first if width == 320 else set(written))


@pytest.mark.parametrize(("narrow", "told"), [(False, 2), (True, 1)])
def test_the_inset_of_the_south_china_sea_and_the_scale_are_named(nation, narrow, told):
    spec = rendering.spec(nation)
    drawn = rendering.svg(chart_html.narrowed(spec) if narrow else spec)
    texts = glyphs.texts(re.sub(r'<text[^>]* opacity="0">.*?</text>', "", drawn))
    assert "南海诸岛" in texts
    assert texts.count("500 千米") == told
    assert ("0" in texts) == (not narrow)


def test_the_frame_is_not_filled_by_a_ring_turned_the_wrong_way(nation):
    # A turned ring would cover the plane: the sea in the lower middle would take its colour.
    from io import BytesIO

    from PIL import Image

    picture = Image.open(BytesIO(rendering.png(nation, scale=1))).convert("RGB")
    width, height = picture.size
    for x, y in ((0.3, 0.97), (0.85, 0.6), (0.45, 0.15), (0.97, 0.5)):
        assert picture.getpixel((int(x * width), int(y * height))) == (255, 255, 255)


def test_the_font_has_every_name_on_the_map(drawing):
    assert glyphs.missing_glyphs(drawing) == set()


def test_names_of_provinces_do_not_lie_on_each_other(nation):
    labels = choropleth._province_names({}, provinces()["short_zh"], [("无数据", "#ffffff")])
    letter = choropleth.sheet.LETTER * 0.9
    boxes = [label.box(letter) for label in labels]
    overlaps = [
        (one.text, other.text)
        for n, one in enumerate(labels)
        for m, other in enumerate(labels[:n])
        if map_labels._meet(boxes[n], boxes[m])
    ]
    assert overlaps == []


def test_the_alt_text_names_the_highest_and_the_lowest(nation):
    alt = rendering.description(nation)
    assert "江苏省 1233 家、山东省 966 家" in alt
    assert "最低为海南省 2 家" in alt
    assert "1个地区未公布" in alt


def test_a_spec_holds_regions_and_no_other_rows(nation):
    check_spec("fig-a1", rendering.spec(nation), len(COUNTS))


def test_the_same_frame_gives_the_same_bytes(nation, drawing):
    again = maps.province_map(ranking(COUNTS))
    assert rendering.spec_json(again) == rendering.spec_json(nation)
    assert rendering.svg(again, prefix="fig-a1") == drawing


def test_another_value_colours_the_province_anew():
    less = maps.province_map(ranking({**COUNTS, "江苏省": 3}))
    assert features(less)["江苏省"]["text"] == "3"


def test_a_map_of_participants_needs_no_other_measure():
    frame = tidy(
        [("participants", "江苏省", 2021, 4654.0), ("participants", "山东省", 2021, 9.0)], "家"
    )
    assert features(maps.participation_map(frame))["江苏省"]["text"] == "4654"


def test_an_unknown_region_is_an_error_and_not_a_white_spot():
    with pytest.raises(KeyError, match="大理国"):
        maps.province_map(ranking({"大理国": 3}))


@pytest.fixture(scope="module")
def cities():
    return maps.city_map(ranking({"无锡": 630, "长沙": 253, "北京": 202, "德州": 64, "吴忠": 44}))


def circles(chart):
    """Place and properties of each circle, by name."""
    (layer,) = [one for one in layers(chart) if "size" in one["encoding"]]
    return {one["properties"]["name"]: one["properties"] for one in data_of(layer, chart)}


def layers(chart):
    return [one for one in rendering.spec(chart)["layer"] if "encoding" in one]


def data_of(layer, chart):
    data = layer["data"]
    return data["values"] if "values" in data else rendering.spec(chart)["datasets"][data["name"]]


def test_cities_of_the_nation_are_circles_over_provinces_without_a_class(cities):
    assert {name: one["value"] for name, one in circles(cities).items()} == {
        "无锡": 630,
        "长沙": 253,
        "北京": 202,
        "德州": 64,
        "吴忠": 44,
    }
    shown = features(cities)
    assert set(shown) == set(provinces()["name_zh"])
    assert shown["江苏省"]["class"] == "" and shown["台湾省"]["class"] == "无数据"


def test_the_area_of_a_circle_is_in_proportion_to_its_value(cities):
    (size,) = [one["encoding"]["size"] for one in layers(cities) if "size" in one["encoding"]]
    scale = size["scale"]
    # Vega's size is an area; a scale from nothing to a width keeps proportions, and is linear.
    assert (scale["domain"][0], scale["range"][0]) == (0, 0) and "type" not in scale


def test_a_withheld_city_is_a_cross_without_a_value():
    chart = maps.city_map(ranking({"无锡": 630, "长沙": 253, "北京": None}))
    assert "北京" not in circles(chart)
    (crosses,) = [one for one in layers(chart) if one["mark"].get("shape") == "cross"]
    (place,) = data_of(crosses, chart)
    assert place["properties"] == {"name": "北京", "text": "未公布"}


def test_the_map_of_cities_is_light_enough_for_a_page(cities):
    assert len(rendering.spec_json(cities).encode()) < 250_000


def test_cities_of_one_province_are_drawn_as_that_province():
    shown = features(maps.city_map(ranking({"无锡": 630, "苏州": 248})))
    assert len(shown) == 13
    assert shown["南京市"]["class"] == "未单独列出"


def test_the_legend_names_cities_that_are_not_listed_only_where_there_are_some():
    table = standards.cities()
    short = table.loc[table["parent"] == "320000", "short_zh"].tolist()
    for listed, told in ((short, False), (short[1:], True)):
        drawn = rendering.svg(maps.city_map(ranking(dict.fromkeys(listed, 5))))
        assert ("未单独列出" in glyphs.texts(drawn)) == told


def test_a_note_speaks_of_circles_where_there_are_some(cities, nation):
    assert [drawn_as("map", drawing) for drawing in (cities, nation)] == ["circles", "map"]


def test_the_map_of_hainan_shows_the_sea_boundary():
    spec = json.dumps(rendering.spec(maps.city_map(ranking({"海口": 12, "三亚": 2}))))
    assert "south_china_sea" in spec
    assert "三沙市" in spec or "\\u4e09\\u6c99\\u5e02" in spec


@pytest.mark.parametrize(
    ("city", "wide"),
    # 江西 and 陕西 reach further from north to south than from west to east.
    [("南昌", False), ("西安", False), ("无锡", True), ("兰州", True)],
)
def test_a_province_is_drawn_in_its_own_shape_and_never_higher_than_wide(city, wide) -> None:
    chart = rendering.spec(maps.city_map(ranking({city: 5})))
    shapes = [one for one in features_of(chart) if "class" in one["properties"]]
    west, south, east, north = GeometryCollection([shape(one["geometry"]) for one in shapes]).bounds
    own = (north - south) / (east - west)
    assert (own < 1) == wide
    assert chart["height"] / chart["width"] == pytest.approx(min(own, 1), abs=0.001)


def test_a_map_without_values_is_still_a_map():
    chart = maps.city_map(ranking({}))
    assert len(features(chart)) == 34
    assert "没有可以展示的数据" in rendering.description(chart)


# -- classes ---------------------------------------------------------------------------------


def test_a_value_at_a_bound_belongs_to_the_class_above():
    classes = classes_of([1, 5, 10, 50], bounds=[10, 50])
    assert classes.labels == ("0—9", "10—49", "50 及以上")
    assert [classes.of(value) for value in (9, 10, 49, 50)] == [0, 1, 1, 2]


def test_no_label_leaves_open_to_which_class_a_bound_belongs():
    assert classes_of([0.5, 2, 7], bounds=[1, 5], whole=False).labels == (
        "不足 1",
        "1 至不足 5",
        "5 及以上",
    )
    # 以下 includes the number before it in official Chinese.
    for bounds in ([1], [1, 2, 3], [200, 300, 500]):
        labels = classes_of([0, 5, 250, 400, 700], bounds=bounds).labels
        assert not any("以下" in label for label in labels)
        numbers = [[int(n) for n in re.findall(r"\d+", label)] for label in labels]
        assert all(one[-1] + 1 == other[0] for one, other in pairwise(numbers))


def test_steps_of_a_legend_of_sizes_are_round_and_differ():
    assert steps_of([630.0, 21.0]) == (500.0, 100.0, 30.0)
    assert steps_of([1.0]) == (1.0,)


def test_chosen_bounds_are_round_and_no_class_is_empty():
    values = [
        1,
        2,
        3,
        10,
        11,
        26,
        32,
        33,
        33,
        38,
        47,
        50,
        56,
        63,
        69,
        70,
        77,
        79,
        84,
        110,
        371,
        1233,
    ]
    classes = classes_of(values)
    assert all(
        str(int(bound)).rstrip("0") in {"1", "15", "2", "3", "5", "8"} for bound in classes.bounds
    )
    assert {classes.of(value) for value in values} == set(range(len(classes.labels)))
    assert 4 <= len(classes.labels) <= len(theme.MAP_CLASSES)


def test_a_few_very_great_values_have_a_class_of_their_own():
    classes = classes_of([10, 20, 30, 40, 50, 60, 70, 80, 4654])
    assert classes.of(4654) > classes.of(80)


def test_one_class_is_named_by_its_numbers():
    assert classes_of([7.0]).labels == ("7",)
    assert classes_of([0.0, 0.0]).labels == ("0",)
    assert classes_of([1.0, 1.0, 1.0, 1.0, 2.0]).labels == ("1—2",)
    assert classes_of([7.5], whole=False).labels == ("有数据",)
    assert classes_of([]).labels == ()


# -- names -----------------------------------------------------------------------------------


def test_a_name_moves_aside_for_a_more_important_one_or_is_left_out():
    first, second = map_labels.Label("无锡", 0, 0), map_labels.Label("苏州", 5, 8, 1)
    placed = map_labels.without_overlap([[first], [second, *map_labels.around(second, 10)]], 10)
    assert [label.text for label in placed] == ["无锡", "苏州"]
    assert placed[1].y != second.y
    assert map_labels.without_overlap([[first], [second]], 10) == [first]
