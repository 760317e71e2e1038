"""A column of an export in the schema's terms, for each way in which a mapping brings it there."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from smdi.assessments.importing.converting import (
    Conversion,
    firm_conversions,
    item_conversions,
    practice_conversions,
    without_business,
)
from smdi.assessments.importing.evidence import unit_in_heading
from smdi.assessments.mapping import ImportMapping
from smdi.assessments.mapping.headings import FIRM_HEADINGS
from smdi.assessments.problems import ProblemLog

RATIO, SHARE = "equipment_digitalisation_rate", "private_network"


def mapping(practices: dict[str, Any] | None = None, **columns: dict[str, Any]) -> ImportMapping:
    firm = {name: {"column": heading} for name, heading in FIRM_HEADINGS.items()}
    return ImportMapping.model_validate({
        "columns": firm | {name: {"column": name} | how for name, how in columns.items()},
        "items": {"values": {"好": 10, "差": 0}, "not_applicable": ["", "/"],
                  "columns": {"data-1-1": "第一题"}},
        "practices": practices or {},
    })  # fmt: skip


def made(conversion: Conversion, *texts: str) -> list[object]:
    """Give the values of texts, and of those that are none what was expected."""
    table = pa.table({name: list(texts) for name in conversion.sources if name is not None})
    found = conversion.apply(table)
    return [
        value if not bad else f"! {found.errors[place].expected}"
        for value, bad, place in zip(
            found.values.to_pylist(), found.bad, found.distinct, strict=True
        )
    ]


def firm(name: str, **how: Any) -> Conversion:
    (found,) = [one for one in firm_conversions(mapping(**{name: how})) if one.name == name]
    return found


UNITS = "! an amount of money, its unit one of 元, 千元, 万元, 百万元, 千万元, 亿元"
PERSONS, MONEY = "! a whole number of persons", "! an amount of money"
YES_NO, KIND = "! yes or no, written as 是, 否", "! discrete or process"


@pytest.mark.parametrize(
    ("name", "how", "texts", "values"),
    [
        ("credit_code", {}, [" 91350100m000100y43", ""], ["91350100M000100Y43", None]),
        ("year", {}, ["2021年", "", "二一"], [2021, None, "! a year of four digits"]),
        ("year", {"values": {"今年": "2021"}}, ["今年", "2020", " 今 年"], [2021, 2020, 2021]),
        ("submitted_on", {"formats": ["%d/%m/%Y"]}, ["05/03/2021", "2021-3-6"],
         [date(2021, 3, 5), date(2021, 3, 6)]),
        ("province", {"values": {"苏": "江苏省"}}, ["苏", "320000", "浙江"],
         ["320000", "320000", "330000"]),
        ("industry", {}, ["C3670", ""], ["3670", None]),
        ("process_type", {}, ["离散", "process", "", "混合"], ["discrete", "process", None, KIND]),
        ("process_type", {"values": {"一": "discrete"}}, ["一", "流程", "二"],
         ["discrete", "process", f"{KIND}, written as 一"]),
        ("employees", {}, ["1,200", "0", "", "1.5", "2147483647", "2147483648", "1.2万人"],
         [1200, 0, None, PERSONS, 2147483647, PERSONS, 12000]),
        ("employees", {"multiply": 1000}, ["1.5", "2千人"], [1500, 2000]),
        ("revenue", {"unit": "元"}, ["10000", "1万元", ""], [1.0, 1.0, None]),
        ("revenue", {"unit": "亿元"}, ["1.5", "3万"], [15000.0, UNITS]),
        ("revenue", {"multiply": 0.0001}, ["12345", "3万", "x"], [1.2345, 3.0, MONEY]),
        ("revenue", {"multiply": 100}, ["3", "3万"], [300.0, UNITS]),
        ("revenue", {"multiply": 7}, ["3", "3万"], [21.0, 3.0]),
        ("design", {}, ["是", "√", "1", "否", "无", "", "也许"],
         [True, True, True, False, False, None, YES_NO]),
        ("design", {"values": {"有设计": True, "没": False}}, ["有设计", "没", "true", "是"],
         [True, False, True, "! yes or no, written as 有设计, 没"]),
    ],
)  # fmt: skip
def test_a_column_of_firms_is_read_as_its_mapping_says(name, how, texts, values) -> None:
    assert made(firm(name, **how), *texts) == values


def test_a_city_is_found_in_the_province_of_its_row_as_both_are_translated() -> None:
    city = firm("city", values={"市区": "无锡市"})
    assert city.sources == (FIRM_HEADINGS["province"], "city")
    assert city.shown == "city"
    table = pa.table(
        {city.sources[0]: ["江苏省", "北京", "", "江苏省"], "city": ["市区", "朝阳区", "", "x"]}
    )
    found = city.apply(table)
    assert found.values.to_pylist() == ["320200", "110100", None, None]
    assert found.bad.tolist() == [False, False, False, True]
    conversions = firm_conversions(mapping(province={"column": None, "constant": "吉林省"}))
    there = next(one for one in conversions if one.name == "city")
    assert made(there, "朝阳区") == ["220100"]


def test_a_constant_is_the_same_in_every_row_and_told_by_the_name_of_its_column() -> None:
    year = firm("year", column=None, constant=2021)
    table = pa.table({"x": ["1", "2"]})
    assert year.apply(table).values.to_pylist() == [2021, 2021]
    assert (year.column, year.shown, year.cells(table)(1)) == (None, "year", "2021")


def test_what_stands_in_a_cell_is_told_and_an_empty_one_by_its_name() -> None:
    cells = firm("year").cells(pa.table({"year": ["x", ""]}))
    assert [cells(0), cells(1)] == ["x", "(empty)"]


def test_texts_at_fault_are_told_by_what_was_expected_of_them_with_the_nearest() -> None:
    column = firm("process_type", values={"离散式": "discrete"})
    table = pa.table({"process_type": ["离散弍", "离散式", "离散弍", "离散式制造"]})
    log = ProblemLog("a.csv")
    rows = np.array([2, 3, 5, 6])
    column.apply(table).log(log, rows, "类型", column.cells(table))
    told = [(one.row, one.column, one.value, one.nearest) for one in log.problems()]
    assert [one[:3] for one in told] == [
        (2, "类型", "离散弍"), (5, "类型", "离散弍"), (6, "类型", "离散式制造"),
    ]  # fmt: skip
    assert told[2][3] is not None


def test_items_are_read_from_their_own_columns_or_by_the_template() -> None:
    first = {one.name: one for one in item_conversions(mapping())}
    assert first["item_data-1-1"].sources == ("第一题",)
    assert first["item_data-2-1"].sources == ("data-2-1",)
    words = "! an item score, written as 好, 差"
    assert made(first["item_data-1-1"], "好", " 差 ", "", "/", "中") == [10, 0, None, None, words]


@pytest.mark.parametrize(
    ("practices", "name", "texts", "values"),
    [
        ({"columns": {SHARE: "网"}}, SHARE, ["是", "否", "", "？"], [True, False, None, YES_NO]),
        ({"columns": {SHARE: "网"}, "values": {"有": True, "": False}, "not_asked": ["-"]}, SHARE,
         ["有", "", "-", "是"], [True, False, None, "! yes or no, written as 有, (empty)"]),
        ({"columns": {RATIO: "率"}}, RATIO, ["63.2", "63.2%", "0.5", "", "x"],
         [63.2, 63.2, 0.5, None, "! a percentage"]),
        ({"columns": {RATIO: "率"}, "ratio_unit": "fraction", "not_asked": ["无"]}, RATIO,
         ["0.5", "50%", "无", " "], [50.0, 50.0, None, None]),
        ({}, SHARE, ["是"], []),
    ],
)  # fmt: skip
def test_practices_are_read_as_their_mapping_says(practices, name, texts, values) -> None:
    found = {one.name: one for one in practice_conversions(mapping(practices))}[f"practice_{name}"]
    if values:
        assert made(found, *texts) == values
    else:
        assert found.column is None
        assert found.apply(pa.table({"x": texts})).values.to_pylist() == [None]


def test_an_empty_cell_is_a_no_only_of_firms_that_were_asked() -> None:
    columns = {"ecommerce_platform": "商", SHARE: "网"}
    table = pa.table({"商": ["", " ", "是", ""], "网": ["", "", "", ""]})
    own = {
        "sales": pa.array([True, False, False, None]),
        "practice_ecommerce_platform": pa.array([False, False, True, False]),
        f"practice_{SHARE}": pa.array([False] * 4),
    }
    empty_is_no = {"columns": columns, "values": {"是": True, "": False}, "not_asked": []}
    changed = without_business(own, table, mapping(empty_is_no))
    assert {name: column.to_pylist() for name, column in changed.items()} == {
        "practice_ecommerce_platform": [False, None, True, False]
    }
    assert without_business(own, table, mapping({"columns": columns})) == {}


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("营业收入（万元）", "万元"), ("营业收入:元", "元"), ("收入/亿元", "亿元"),
     ("收入[百万元]", "百万元"),
     ("收入千元", "千元"), ("收入", None), ("万元收入", None), ("收入（万元）合计", None)],
)  # fmt: skip
def test_a_heading_of_money_may_end_with_its_unit(heading: str, unit: str | None) -> None:
    assert unit_in_heading(heading) == unit


CONVERSIONS = [
    *firm_conversions(mapping()), *item_conversions(mapping())[:1],
    *practice_conversions(mapping({"columns": {RATIO: "率", SHARE: "网"}})),
]  # fmt: skip


@pytest.mark.parametrize("conversion", CONVERSIONS, ids=lambda one: one.name)
@pytest.mark.parametrize("rows", [0, 2])
def test_a_column_without_a_text_has_its_type_and_no_fault(conversion, rows: int) -> None:
    table = pa.table(
        {name: pa.array([""] * rows, pa.string()) for name in conversion.sources if name}
    )
    if table.num_columns == 0:
        table = pa.table({"x": pa.array([""] * rows, pa.string())})
    found = conversion.apply(table)
    assert found.values.type == conversion.type
    assert (len(found.values), found.values.null_count) == (rows, rows)
    assert (found.bad.dtype, found.bad.tolist()) == (bool, [False] * rows)
