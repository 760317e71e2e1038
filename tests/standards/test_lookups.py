"""Industries, regions, sizes and practices, against the report and the official counts."""

import numpy as np
import pandas as pd
import pytest

from smdi.standards import (
    LEVEL_CLASSES,
    cities,
    classes,
    divisions,
    level_class,
    level_classes,
    level_classes_in,
    national_level_shares,
    practices,
    provinces,
    regions,
    sectors,
    size_class,
)

_CITIES = """
无锡 长沙 苏州 深圳 北京 东营 青岛 济宁 常州 上海 重庆 宿迁 潍坊 德州 泰州 淄博 临沂 威海 济南 滁州
杭州 厦门 泰安 芜湖 吴忠 烟台 银川 马鞍山 武汉 枣庄 西安 天津 上饶 徐州 菏泽 惠州 石嘴山 株洲 滨州
合肥 成都 广州 宁波 九江 长春 南京 聊城 石家庄 镇江 大连 南昌
"""

_PROVINCES = """
江苏省 山东省 广东省 湖南省 安徽省 北京市 江西省 浙江省 湖北省 宁夏回族自治区 福建省 河北省 上海市
河南省 重庆市 陕西省 山西省 四川省 辽宁省 内蒙古自治区 黑龙江省 吉林省 甘肃省 天津市 广西壮族自治区
新疆维吾尔自治区 云南省 贵州省 青海省 海南省 西藏自治区
"""

REPORT_CITIES, REPORT_PROVINCES = _CITIES.split(), _PROVINCES.split()

REPORT_CLASSES = {
    "4190": "其他未列明制造业",
    "3670": "汽车零部件及配件制造",
    "3499": "其他未列明通用设备制造业",
    "3311": "金属结构制造",
    "3990": "其他电子设备制造",
    "1830": "服饰制造",
    "2929": "塑料零件及其他塑料制品制造",
    "3831": "电线、电缆制造",
    "3484": "机械零部件加工",
    "2319": "包装装潢及其他印刷",
    "3130": "钢压延加工",
    "2511": "原油加工及石油制品制造",
    "1711": "棉纺纱加工",
    "3511": "矿山机械制造",
    "3591": "环境保护专用设备制造",
    "2614": "有机化学原料制造",
}


def test_each_of_the_51_cities_of_the_report_is_exactly_one_code():
    assert len(REPORT_CITIES) == 51
    found = cities()["short_zh"].value_counts()
    assert {name: found.get(name) for name in REPORT_CITIES} == dict.fromkeys(REPORT_CITIES, 1)


@pytest.mark.parametrize(
    ("name", "code"),
    [("无锡", "320200"), ("吴忠", "640300"), ("马鞍山", "340500"), ("北京", "110100")],
)
def test_a_city_has_its_code_of_gb_t_2260(name, code):
    assert cities().query("short_zh == @name").index.to_list() == [code]


def test_there_are_31_provinces_in_scope_under_the_names_the_report_prints_and_three_more():
    table = provinces()
    assert set(table.loc[table["in_scope"], "name_zh"]) == set(REPORT_PROVINCES)
    others = table.loc[~table["in_scope"], "name_zh"].to_list()
    assert others == ["台湾省", "香港特别行政区", "澳门特别行政区"]


def test_short_names_of_autonomous_regions_are_the_usual_ones():
    table = provinces().set_index("name_zh")["short_zh"]
    assert table["宁夏回族自治区"] == "宁夏"
    assert table["内蒙古自治区"] == "内蒙古"
    assert table["黑龙江省"] == "黑龙江"


def test_there_are_333_prefectural_units_beside_the_four_municipalities():
    table = cities()
    assert (table.query("kind == 'prefecture'")["municipality"].value_counts()).to_dict() == {
        False: 333,
        True: 4,
    }


def test_a_municipality_is_a_province_and_a_city_with_one_shape():
    table = regions().query("short_zh == '重庆'")
    assert table["kind"].to_dict() == {"500000": "province", "500100": "prefecture"}
    assert set(table["boundary_code"]) == {"500000"}
    assert table["municipality"].all()


def test_every_city_lies_in_a_province_in_scope():
    table = provinces()
    assert set(cities()["parent"]) == set(table.index[table["in_scope"]])


def test_five_cities_are_under_separate_state_planning():
    table = regions()
    assert set(table.loc[table["separately_planned"], "short_zh"]) == {
        "深圳",
        "青岛",
        "大连",
        "宁波",
        "厦门",
    }


def test_the_31_divisions_run_from_13_to_43():
    assert divisions().index.to_list() == [str(code) for code in range(13, 44)]


def test_the_divisions_of_the_change_table_are_named_as_the_standard_names_them():
    table = divisions()["name_zh"]
    assert table["38"] == "电气机械和器材制造业"
    assert table["37"] == "铁路、船舶、航空航天和其他运输设备制造业"
    assert table["39"] == "计算机、通信和其他电子设备制造业"
    assert table["33"] == "金属制品业"


def test_sectors_gather_the_divisions_as_agreed_and_leave_two_out():
    by_sector = divisions().reset_index().groupby("sector")["code"].apply(list)
    assert by_sector["equipment"] == ["34", "35", "36", "37", "38", "40", "43"]
    assert by_sector["electronics"] == ["39"]
    assert by_sector["materials"] == ["25", "26", "28", "29", "30", "31", "32", "33"]
    assert by_sector[""] == ["41", "42"]
    assert set(by_sector.index) - {""} == set(sectors().index)


def test_the_16_classes_of_the_report_are_there_as_printed():
    assert classes()["name_zh"].reindex(REPORT_CLASSES).to_dict() == REPORT_CLASSES


def test_manufacturing_has_609_classes():
    assert len(classes()) == 609


def test_size_bounds_belong_to_the_upper_class():
    firms = pd.DataFrame(
        [
            (1000, 40000, "large"),
            (999, 40000, "medium"),
            (1000, 39999.99, "medium"),
            (300, 2000, "medium"),
            (299, 2000, "small"),
            (300, 1999.99, "small"),
            (20, 300, "small"),
            (19, 300, "micro"),
            (20, 299.99, "micro"),
            (0, 0, "micro"),
        ],
        columns=["employees", "revenue", "size"],
    )
    assert size_class(firms["employees"], firms["revenue"]).to_list() == firms["size"].to_list()


def test_the_lower_of_the_two_grades_decides_the_size():
    sizes = size_class(pd.Series([5000, 10]), pd.Series([100.0, 900000.0]))
    assert sizes.to_list() == ["micro", "micro"]


def test_sizes_agree_with_the_rule_written_out_firm_by_firm():
    random = np.random.default_rng(7)
    employees = pd.Series(random.integers(0, 1500, 2000), index=range(5, 2005))
    revenue = pd.Series(np.round(10 ** random.uniform(1, 6, 2000), 2), index=range(5, 2005))

    def by_hand(persons, money):
        if persons >= 1000 and money >= 40000:
            return "large"
        if persons >= 300 and money >= 2000:
            return "medium"
        return "small" if persons >= 20 and money >= 300 else "micro"

    sizes = size_class(employees, revenue)
    assert sizes.index.equals(employees.index)
    assert sizes.to_list() == [by_hand(*firm) for firm in zip(employees, revenue, strict=True)]


@pytest.mark.parametrize("wrong", [np.nan, -1.0])
@pytest.mark.parametrize(
    ("name", "told"), [("persons", "persons"), (None, "min_employees"), ("", "min_employees")]
)
def test_a_firm_without_a_known_size_is_refused_by_the_name_of_what_lacks(wrong, name, told):
    sound, faulty = pd.Series([10, 0], name="sound"), pd.Series([10, wrong], name=name)
    with pytest.raises(ValueError, match=f"^size_class: {told} has a missing or negative value$"):
        size_class(faulty, sound)
    with pytest.raises(ValueError, match=f"^size_class: {told.replace('employees', 'revenue')} "):
        size_class(sound, faulty)


def test_level_classes_gather_the_six_levels():
    assert level_classes()["name_zh"].to_list() == ["一级及以下", "二级", "三级", "四级及以上"]
    assert level_class(pd.Series(range(6))).to_list() == ["le1", "le1", "2", "3", "ge4", "ge4"]


def test_of_no_firm_classes_are_texts_too():
    none = pd.Series([], dtype="int64")
    assert level_class(none).dtype == size_class(none, none).dtype == "str"


def test_practices_are_37_with_one_ratio():
    table = practices()
    assert len(table) == 37
    assert table.index[table["kind"] == "ratio"].to_list() == ["equipment_digitalisation_rate"]


def test_practices_that_presuppose_a_business_are_asked_of_firms_that_have_it():
    table = practices()
    bases = table.loc[table["base"] != "all"].reset_index().groupby("base")["id"].apply(set)
    assert bases["sales"] == {"custom_platform", "ecommerce_platform"}
    assert bases["service"] == {"remote_operation"}
    assert bases["design"] == {
        "model_based_design",
        "digital_design_tools",
        "modelling_simulation",
        "design_knowledge_base",
    }


def test_every_one_of_the_nine_trends_has_practices():
    assert sorted(practices()["trend"].dropna().unique()) == list(range(1, 10))


def test_published_national_shares_of_2021_are_those_of_the_report():
    table = national_level_shares().query("year == 2021").set_index("level_class")["share"]
    assert table.to_dict() == {"le1": 69, "2": 15, "3": 7, "ge4": 9}


def test_a_caller_may_change_the_table_it_was_given():
    mine = divisions()
    mine["name_zh"] = "changed"
    assert divisions()["name_zh"].nunique() == 31


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("le1", ("le1",)),
        ("2", ("2",)),
        ("ge4", ("ge4",)),
        ("ge2", ("2", "3", "ge4")),
        ("ge3", ("3", "ge4")),
        ("2_3", ("2", "3")),
        ("0_3", ("le1", "2", "3")),
        ("ge0", ("le1", "2", "3", "ge4")),
    ],
)
def test_a_range_of_levels_is_made_of_whole_classes(name, classes):
    assert level_classes_in(name) == classes


@pytest.mark.parametrize("name", ["ge1", "ge5", "1_3", "2_4", "3_2", "le2", ""])
def test_a_range_that_cuts_a_class_or_is_none_is_refused(name):
    with pytest.raises(KeyError):
        level_classes_in(name)


def test_level_classes_are_listed_in_the_order_of_their_file():
    assert list(LEVEL_CLASSES) == level_classes().index.to_list()
