"""The tables of a profile, cell by cell: beside the nation, its cities, its kinds of firms."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from smdi.edition import Scope
from smdi.indicators.tidy import ERROR, Row, frame
from smdi.report.profiles.opening import facts_about
from smdi.report.tables import profiles
from smdi.report.tables.table import Column

NAN = math.nan
SHARE = "二级及以上企业占比（%）"


def measured(unit: str, own: float, nation: float, lead: float, error: float = NAN, **more):
    """A measure of a province and of the nation, and their difference."""
    unit_of_lead = "百分点" if unit == "%" else unit
    data = frame([
        Row("share_level_ge2", "江苏省", 2021, own, unit, 90, withheld=math.isnan(own)),
        Row("share_level_ge2", "全国", 2021, nation, unit, 900),
        Row("share_level_ge2_lead", "江苏省", 2021, lead, unit_of_lead, 90,
            withheld=math.isnan(lead)),
    ])  # fmt: skip
    return data.assign(**{ERROR: [NAN, NAN, error], **more})


def row_of(data: pd.DataFrame) -> tuple[str, ...]:
    (row,) = profiles.beside_nation(data, "江苏省").rows
    return row


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        (measured("%", 15.64, 31.0, -15.36), (SHARE, "15.6", "31.0", "−15.4")),
        (measured("%", 46.36, 31.0, 15.36), (SHARE, "46.4", "31.0", "+15.4")),
        (measured("%", 31.0, 31.0, 0.0), (SHARE, "31.0", "31.0", "0.0")),
        (measured("分", 1.254, 1.0, 0.254), ("二级及以上企业占比（分）", "1.25", "1.00", "+0.25")),
        (measured("%", NAN, 31.0, NAN), (SHARE, "未公布", "31.0", "未公布")),
        # A difference of more than twice its error is clear.
        (measured("%", 33.0, 31.0, 2.01, 1.0), (SHARE, "33.0", "31.0", "+2.0")),
        (measured("%", 33.0, 31.0, 2.0, 1.0), (SHARE, "33.0", "31.0", "不明显")),
        (measured("%", 29.0, 31.0, -2.0, 1.0), (SHARE, "29.0", "31.0", "不明显")),
    ],
    ids=["less", "more", "same", "score", "withheld", "clear", "unclear", "unclear-and-less"],
)  # fmt: skip
def test_a_measure_stands_beside_that_of_the_nation_with_their_difference(data, cells) -> None:
    assert row_of(data) == cells


def test_a_number_of_firms_has_no_decimals_and_no_difference() -> None:
    data = frame(
        [Row("firms", g, 2021, n, "家", int(n)) for g, n in (("江苏省", 7.0), ("全国", 90.0))]
    )
    assert row_of(data) == ("当年完成自诊断企业数（家）", "7", "90", "—")


def test_each_cell_bears_the_mark_of_what_it_is_known_from() -> None:
    statuses = ["simulated", "published", "derived"]
    told = measured("%", 46.36, 31.0, 15.36, status=statuses)
    assert [getattr(cell, "mark", "") for cell in row_of(told)] == ["", "simulated", "", "derived"]
    unclear = measured("%", 33.0, 31.0, 1.0, 1.0, status=statuses)
    assert (row_of(unclear)[3], row_of(unclear)[3].mark) == ("不明显", "derived")


def test_the_heads_name_the_scope_the_nation_and_their_difference() -> None:
    table = profiles.beside_nation(measured("%", 15.6, 31.0, -15.4), "江苏省")
    assert table.columns == (
        Column("measure", "指标"),
        Column("own", "江苏省", align="right"),
        Column("nation", "全国", align="right"),
        Column("difference", "与全国的差", align="right"),
    )
    assert table.alt == "表格：江苏省的1项指标与全国的比较。"


def counted(*rows: tuple[str, str, float, str]) -> pd.DataFrame:
    return frame([Row(m, g, 2021, v, u, 90, withheld=math.isnan(v)) for m, g, v, u in rows])


def test_the_cities_of_a_province_stand_in_their_order_with_two_numbers() -> None:
    table = profiles.cities(counted(
        ("participants", "无锡", 630.0, "家"), ("firms_level_ge2", "无锡", 12.0, "家"),
        ("participants", "苏州", 1248.0, "家"), ("firms_level_ge2", "苏州", NAN, "家"),
        ("participants", "南京", 5.0, "家"),
    ))  # fmt: skip
    assert table.rows == (("无锡", "630", "12"), ("苏州", "1248", "未公布"), ("南京", "5", "—"))
    assert table.columns == (
        Column("group", "城市"),
        Column("participants", "参与自诊断企业数", "家", "right", bars=True),
        Column("firms_level_ge2", "达到二级及以上企业数", "家", "right", bars=True),
    )
    assert table.alt == "表格：逐项列出企业数等数值，共3行。"


def test_what_is_told_together_stands_in_the_place_of_what_is_withheld() -> None:
    table = profiles.cities(counted(
        ("participants", "无锡", 630.0, "家"), ("firms_level_ge2", "无锡", 12.0, "家"),
        ("participants", "苏州", NAN, "家"), ("firms_level_ge2", "苏州", NAN, "家"),
        ("participants_rest", "其他", 40.0, "家"), ("firms_level_ge2_rest", "其他", 3.0, "家"),
    ))  # fmt: skip
    assert table.rows == (("无锡", "630", "12"), ("其他", "40", "3"))


def test_the_kinds_of_an_industry_s_firms_have_a_number_and_a_share() -> None:
    table = profiles.kinds(counted(
        ("firms", "大型", 30.0, "家"), ("share_level_le1", "大型", 33.333, "%"),
        ("firms", "小型", 60.0, "家"), ("share_level_le1", "小型", 50.0, "%"),
    ))  # fmt: skip
    assert table.rows == (("大型", "30", "33.3"), ("小型", "60", "50.0"))
    assert [(one.key, one.unit, one.decimals) for one in table.columns] == [
        ("group", "", 0), ("firms", "家", 0), ("share_level_le1", "%", 0),
    ]  # fmt: skip
    assert table.columns[0].name == "企业类型"


def test_a_profile_without_cities_has_a_table_without_rows() -> None:
    table = profiles.cities(counted().iloc[:0])
    assert (table.rows, [one.unit for one in table.columns]) == ((), ["", "", ""])


@pytest.mark.parametrize(
    ("scope", "groups"),
    [
        ({"province": "江苏省"}, ["江苏省", "无锡", "全国", "全国"]),
        ({"industry": "36"}, ["汽车制造业", "全国", "全国"]),
        ({"size": "large"}, ["全国", "全国"]),
    ],
    ids=["province", "industry", "size"],
)
def test_what_is_printed_of_itself_its_cities_and_the_nation_holds_in_a_profile(
    scope: dict[str, str], groups: list[str]
) -> None:
    told = ["全国", "江苏省", "无锡", "长沙", "汽车制造业", "全行业", "东部"]
    facts = pd.DataFrame({"group": told, "measure": "share_level_2"})
    facts.loc[len(facts)] = ["江苏省", "rank"]
    assert facts_about(facts, Scope.of(**scope))["group"].tolist() == groups
