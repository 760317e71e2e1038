"""Tables are texts with fixed decimals, in the order of their frame."""

from __future__ import annotations

import json

import pytest

from smdi.report import tables
from smdi.report.tables import profiles
from tests.report.drawings.charts_frames import LEVELS, ranking, tidy, together


def industry(name, now, before):
    rows, changes = [], []
    for measure, a, b in zip(LEVELS, now, before, strict=True):
        change = None if a is None or b is None else a - b
        rows += [(measure, name, 2021, a), (measure, name, 2020, b)]
        changes.append((f"{measure}_change", name, 2021, change))
    return together(tidy(rows), tidy(changes, "百分点"))


ELECTRICAL = industry("电气机械和器材制造业", (59.81, 17.62, 10.81, 11.75), (67.0, 14.8, 9.6, 8.6))


def test_a_ranking_lists_rank_name_and_count_in_the_order_of_the_frame():
    table = tables.city_ranking(ranking({"无锡": 630, "德州": 64, "泰州": 64, "淄博": 62}))
    assert table.rows == (
        ("1", "无锡", "630"),
        ("2", "德州", "64"),
        ("2", "泰州", "64"),
        ("4", "淄博", "62"),
    )
    assert [column.unit for column in table.columns] == ["", "", "家"]


def test_a_ranking_says_aloud_what_leads_it_where_that_is_known():
    assert "无锡" in tables.city_ranking(ranking({"无锡": 9, "德州": 8})).alt
    assert "9 家" in tables.city_ranking(ranking({"无锡": 9, "德州": 8})).alt
    assert "无锡" not in tables.city_ranking(ranking({"无锡": None, "德州": None})).alt
    assert tables.city_ranking(ranking({})).alt


def test_columns_of_numbers_are_set_flush_right():
    table = tables.province_ranking(ranking({"江苏省": 1233}))
    assert [column.align for column in table.columns] == ["right", "left", "right"]


def test_a_withheld_count_reads_not_published():
    table = tables.province_ranking(ranking({"江苏省": 1233, "西藏自治区": None}))
    assert table.rows[1][2] == "未公布"


def test_counts_told_together_stand_last_and_those_withheld_not_at_all():
    frame = ranking({"江苏省": 1233, "西藏自治区": None, "青海省": None})
    others = tidy([("firms_level_ge2_rest", "其他省份", 2021, 12)], "家")
    table = tables.province_ranking(together(frame, others))
    assert table.rows == (("1", "江苏省", "1233"), ("—", "其他省份（2 个）", "12"))


def test_differences_have_two_decimals_and_a_true_minus_sign():
    table = tables.industry_change(ELECTRICAL)
    assert table.rows[0] == ("电气机械和器材制造业", "一级及以下", "59.81", "67.00", "−7.19")
    assert table.rows[1][-1] == "+2.82"


@pytest.mark.parametrize("rising", [True, False])
def test_the_newer_year_stands_first_in_whatever_order_the_rows_are(rising: bool):
    turned = ELECTRICAL.sort_values("year", ascending=rising, kind="stable")
    table = tables.industry_change(turned)
    assert [column.name for column in table.columns[2:4]] == ["2021 年", "2020 年"]
    assert table.rows[0][2:4] == ("59.81", "67.00")


def test_an_industry_reaches_over_its_four_levels():
    frame = together(ELECTRICAL, industry("纺织业", (74, 12, 5, 9), (78, 10, 5, 7)))
    table = tables.industry_change(frame)
    assert [row[0] for row in table.rows] == ["电气机械和器材制造业"] * 4 + ["纺织业"] * 4
    assert [row[1] for row in table.rows[:4]] == ["一级及以下", "二级", "三级", "四级及以上"]
    assert [column.key for column in table.columns if column.joined] == ["industry"]


def test_levels_told_together_have_a_row_and_the_others_have_none():
    frame = together(
        tidy(
            [(f"share_level_{n}", "纺织业", y, 50.0) for n in ("le1", "ge2") for y in (2021, 2020)]
        ),
        tidy([(f"share_level_{n}_change", "纺织业", 2021, 0.0) for n in ("le1", "ge2")], "百分点"),
    )
    assert [row[1:] for row in tables.industry_change(frame).rows] == [
        ("一级及以下", "50.00", "50.00", "0.00"),
        ("二级及以上", "50.00", "50.00", "0.00"),
    ]


def test_industries_told_together_have_a_row_a_level():
    rest = [("share_level_le1_rest", "其他行业", year, 40.0) for year in (2021, 2020)]
    change = tidy([("share_level_le1_rest_change", "其他行业", 2021, 0.0)], "百分点")
    table = tables.industry_change(together(ELECTRICAL, tidy(rest), change))
    assert table.rows[4:] == (("其他行业", "一级及以下", "40.00", "40.00", "0.00"),)


def test_no_change_bears_no_plus():
    frame = tidy([("share_level_le1_change", "全部", 2021, 0.04)], "百分点")
    assert tables.comparison(frame).rows == (("一级及以下", "0.0"),)


def test_units_stand_in_the_head_and_not_in_the_cells():
    table = tables.industry_change(ELECTRICAL)
    assert [(column.name, column.unit) for column in table.columns[2:]] == [
        ("2021 年", "%"),
        ("2020 年", "%"),
        ("差值", "百分点"),
    ]
    assert not any("%" in cell for row in table.rows for cell in row)


def test_the_code_of_a_class_has_a_column_of_its_own():
    frame = ranking({"4190 其他未列明制造业": 1240, "3670 汽车零部件及配件制造": 717}, "firms")
    table = tables.sme_classes(frame)
    assert table.rows[0] == ("1", "4190", "其他未列明制造业", "1240")
    assert [column.key for column in table.columns if column.names] == ["name"], "what it lists"
    assert [column.key for column in table.columns if column.bars] == ["firms"]


def test_ways_of_comparing_stand_side_by_side():
    frame = tidy(
        [
            ("share_level_le1_change", way, 2021, value)
            for way, value in (("全部", -6.04), ("同批", None))
        ],
        "百分点",
    )
    table = tables.comparison(frame)
    assert table.rows == (("一级及以下", "−6.0", "未公布"),)
    assert [column.name for column in table.columns] == ["指标", "全部", "同批"]


def test_a_table_of_nothing_is_a_table_without_rows():
    for build in (
        tables.city_ranking,
        tables.sme_classes,
        tables.industry_change,
        tables.comparison,
    ):
        assert build(tidy([])).rows == ()


def test_every_table_says_what_it_shows_and_can_be_stored():
    table = tables.industry_change(ELECTRICAL)
    assert table.alt.startswith("表格：")
    assert json.loads(json.dumps(table.record()))["columns"][0]["name"] == "行业"


def test_the_words_of_a_ranking_count_its_rows_and_name_the_first():
    alt = tables.province_ranking(ranking({"江苏省": 1233, "山东省": 966})).alt
    assert "2" in alt and "江苏省" in alt and "1233" in alt
    assert "966" not in alt
    hidden = tables.province_ranking(ranking({"西藏自治区": None})).alt
    assert "西藏" not in hidden
    assert hidden == hidden.strip() != ""
    one = tables.city_ranking(ranking({"无锡": 630})).alt
    assert "无锡" in one and "630" in one


def test_a_rank_is_a_whole_number_and_counts_are_drawn_beside_it():
    columns = tables.province_ranking(ranking({"江苏省": 1233})).columns
    assert [column.bars for column in columns] == [False, False, True]
    assert [column.decimals for column in columns] == [0, 0, 0]


def test_a_list_has_the_unit_of_each_of_its_measures():
    frame = together(
        tidy([("participants", "无锡", 2021, 40), ("participants", "苏州", 2021, 30)], "家"),
        tidy([("firms_level_ge2", "无锡", 2021, 4), ("firms_level_ge2", "苏州", 2021, None)], "家"),
    )
    table = profiles.cities(frame)
    assert [column.unit for column in table.columns] == ["", "家", "家"]
    assert table.rows == (("无锡", "40", "4"), ("苏州", "30", "未公布"))
    mixed = together(
        tidy([("firms", "大型", 2021, 40)], "家"), tidy([("share_level_le1", "大型", 2021, 31.25)])
    )
    kinds = profiles.kinds(mixed)
    assert [column.unit for column in kinds.columns] == ["", "家", "%"]
    assert kinds.rows[0][1:] == ("40", "31.3")
