"""What a cell says: numbers, units, dates, regions, industries, codes."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smdi.assessments.credit_codes import check_character
from smdi.assessments.values import CellError, plain
from smdi.assessments.values.codes import DESTROYED, credit_code_of
from smdi.assessments.values.dates import day_of
from smdi.assessments.values.industries import industry_of
from smdi.assessments.values.numbers import (
    MONEY_UNITS,
    PERSON_UNITS,
    percentage,
    quantity,
    was_rounded,
    whole_year,
)
from smdi.assessments.values.regions import city_of, province_of
from smdi.assessments.values.texts import nearest_of
from smdi.standards import cities, classes, provinces

in_yuan = quantity(MONEY_UNITS, "万元", "元", Decimal("0.0001"), "an amount")
in_wan = quantity(MONEY_UNITS, "万元", "万元", Decimal(1), "an amount")
persons = quantity(PERSON_UNITS, "人", None, Decimal(1), "persons")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("270000", 27), ("270,000", 27), ("270 000", 27), ("270\u00a0000", 27),
        ("２７０，０００", 27),
        ("1,234,567.89", Decimal("123.456789")), (" 270000 ", 27), ("'270000", 27),
        ('="270000"', 27), ("270000.", 27), ("270000.00", 27), ("2.7E+05", 27), ("+270000", 27),
        ("1.2亿元", 12_000), ("1.2 亿", 12_000), ("350万元", 350), ("350万", 350), ("27万元", 27),
        ("270千元", 27), ("￥270,000", 27), ("人民币270000元", 27), ("-5", Decimal("-0.0005")),
        ("0", 0),
    ],
)  # fmt: skip
def test_amounts_are_read_with_their_groups_and_units(text: str, value: object):
    assert in_yuan(text) == value


@pytest.mark.parametrize(
    "text",
    ["12,5", "12 5", "1_0", "1,23,456", "1,2345", "1,234,56", "12..5", "1.2.3", "--5", "5-", "1e",
     "0x1F", "约100", "100多", "100-200", ">100", "100+", "一百万", "nan", "inf", "1/2", "100美元",
     "USD 100", "12.5.", ",100", "1,,000", "亿", "元", "1亿万元"],
)  # fmt: skip
def test_amounts_that_could_mean_two_things_are_refused(text: str):
    with pytest.raises(CellError):
        in_yuan(text)


def test_a_bare_unit_that_is_that_of_the_column_is_refused_and_a_larger_one_is_not():
    with pytest.raises(CellError):
        in_wan("3万")
    assert in_wan("3亿") == 30_000
    assert in_wan("3万元") == 3


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", 7), ("1,200", 1200), ("７", 7), ("120人", 120), ("1.2万人", 12_000), ("1.2万", 12_000),
     ("52名", 52), ("5.0", 5)],
)  # fmt: skip
def test_persons_are_read_with_their_units(text: str, value: int):
    assert persons(text) == value


@settings(deadline=None)
@given(st.integers(0, 10**12))
def test_a_whole_number_is_itself_with_groups_of_three_and_in_full_width(number: int):
    assert persons(f"{number:,}") == number
    wide = str.maketrans("0123456789,", "０１２３４５６７８９，")
    assert persons(f"{number:,}".translate(wide)) == number


@settings(deadline=None)
@given(st.text(max_size=40))
@example("0\n0")
def test_any_text_is_read_or_refused_and_nothing_else(text: str):
    for reads in (in_yuan, persons, percentage(False, "%"), whole_year, day_of, credit_code_of,
                  industry_of, province_of, lambda one: city_of("江苏省", one)):  # fmt: skip
        try:
            reads(text)
        except CellError as error:
            assert error.expected


@settings(deadline=None)
@given(st.text(alphabet="0123456789,. _eE+-万亿元%", max_size=12))
def test_a_number_without_groups_is_never_read_otherwise_than_python_reads_it(text: str):
    try:
        value = persons(text)
    except CellError:
        return
    if value is not None and not set(text) & set(", 万亿"):
        assert value == Decimal(text.strip().rstrip(".") or text)


@pytest.mark.parametrize(
    ("text", "fraction", "value"),
    [("63.2", False, "63.2"), ("63.2%", False, "63.2"), ("６３．２％", False, "63.2"),
     ("63.2 %", True, "63.2"), ("0.632", True, "63.2"), ("0.632", False, "0.632"),
     ("1", True, "100"), ("0.9570000000000001", True, "95.7"),
     ("0.46799999999999997", True, "46.8")],
)  # fmt: skip
def test_percentages_and_fractions_are_told_apart(text: str, fraction: bool, value: str):
    assert percentage(fraction, "a percentage")(text) == Decimal(value)


@pytest.mark.parametrize("text", ["2021", "2021年", "2021年度", "2021.0", "２０２１", " 2021 "])
def test_a_year_is_read_in_its_forms(text: str):
    assert whole_year(text) == 2021


@pytest.mark.parametrize("text", ["21", "20211", "2021.5", "去年", "2021-2022"])
def test_what_is_no_year_is_refused(text: str):
    with pytest.raises(CellError):
        whole_year(text)


@pytest.mark.parametrize(
    "text",
    ["2021-03-05", "2021/3/5", "2021.3.5", "2021年3月5日", "2021年03月05日", "20210305", "44260",
     "44260.75", "2021-03-05 14:30:00", "2021-03-05T14:30:00", "2021/3/5 14:30", "２０２１-３-５",
     "2021 - 3 - 5"],
)  # fmt: skip
def test_a_day_is_read_in_its_usual_forms(text: str):
    assert day_of(text) == datetime.date(2021, 3, 5)


@pytest.mark.parametrize(
    "text",
    ["3/5/2021", "05-03-2021", "2021-02-30", "2021-13-01", "2021-3", "99999", "1", "2021", "三月",
     "2021-03-05-01", "20211305"],
)  # fmt: skip
def test_days_in_an_order_that_is_not_sure_are_refused(text: str):
    with pytest.raises(CellError, match="year, month, day"):
        day_of(text)


def test_forms_that_the_mapping_names_come_first():
    assert day_of("05/03/2021", ("%d/%m/%Y",)) == datetime.date(2021, 3, 5)


@settings(deadline=None)
@given(st.dates(datetime.date(2010, 1, 1), datetime.date(2099, 12, 31)))
def test_the_day_number_of_a_spreadsheet_is_the_day(day: datetime.date):
    # 2021-03-05 is 44260 in Excel.
    serial = 44260 + (day - datetime.date(2021, 3, 5)).days
    assert day_of(str(serial)) == day


@pytest.mark.parametrize(
    ("province", "city", "codes"),
    [
        ("湖北", "恩施州", ("420000", "422800")),
        ("湖北省", "恩施自治州", ("420000", "422800")),
        ("湖北省", "恩施土家族苗族自治州", ("420000", "422800")),
        ("内蒙古", "呼和浩特", ("150000", "150100")),
        ("江苏省", "江苏省苏州市", ("320000", "320500")),
        ("江苏", "昆山市", ("320000", "320500")),
        ("江苏", "昆山", ("320000", "320500")),
        ("江苏省", "苏州市昆山市", ("320000", "320500")),
        ("江苏省", "苏州市工业园区", ("320000", "320500")),
        ("江苏省", "江苏省/苏州市/昆山市", ("320000", "320500")),
        ("江苏省苏州市", "江苏省苏州市", ("320000", "320500")),
        ("江 苏 省", "\u3000苏州市", ("320000", "320500")),
        ("山东省", "莱芜市", ("370000", "370100")),
        ("安徽省", "巢湖市", ("340000", "340100")),
        ("湖北省", "襄樊市", ("420000", "420600")),
        ("云南省", "思茅市", ("530000", "530800")),
        ("上海", "浦东新区", ("310000", "310100")),
        ("上海市", "市辖区", ("310000", "310100")),
        ("上海市", "上海市", ("310000", "310100")),
        ("新疆生产建设兵团", "石河子市", ("650000", "659001")),
        ("海南省", "儋州市", ("460000", "460400")),
        ("广西", "南宁", ("450000", "450100")),
        ("吉林省", "延边州", ("220000", "222400")),
        ("四川省", "阿坝州", ("510000", "513200")),
        ("320000", "320500", ("320000", "320500")),
        ("32", "320583", ("320000", "320500")),
        ("110000", "110105", ("110000", "110100")),
        ("320000000000", "320583000000", ("320000", "320500")),
    ],
)
def test_regions_are_known_by_their_usual_former_and_county_level_names(
    province: str, city: str, codes: tuple[str, str]
):
    assert (province_of(province), city_of(province, city)) == codes


def test_every_province_and_city_is_known_by_its_names_and_codes():
    for code, row in provinces().iterrows():
        assert province_of(row["name_zh"]) == province_of(row["short_zh"]) == code
    names = provinces()["name_zh"]
    for code, row in cities().iterrows():
        for text in (row["name_zh"], row["short_zh"], str(code)):
            assert city_of(names[row["parent"]], text) == code


@pytest.mark.parametrize(
    ("province", "city", "nearest"),
    [("江苏省", "苏洲市", "苏州市"), ("江苏省", "鼓楼区", None), ("江苏省", "市辖区", None)],
)
def test_a_city_that_is_none_is_refused_with_the_nearest(province: str, city: str, nearest):
    with pytest.raises(CellError) as caught:
        city_of(province, city)
    assert nearest is None or caught.value.nearest == nearest


@pytest.mark.parametrize("code", ["990000", "123456", "99"])
def test_a_code_of_no_region_is_refused(code: str):
    for reads in (province_of, lambda text: city_of("江苏省", text)):
        with pytest.raises(CellError):
            reads(code)


def test_a_province_that_is_none_is_refused_with_the_nearest():
    with pytest.raises(CellError) as caught:
        province_of("江苏生")
    assert caught.value.nearest == "江苏省"


def test_a_county_that_two_provinces_have_is_found_in_the_province_of_its_row():
    # 朝阳区 lies in 北京 and in 长春.
    assert city_of("北京市", "朝阳区") == "110100"
    assert city_of("吉林省", "朝阳区") == "220100"


@pytest.mark.parametrize(
    "text",
    ["3812", "C3812", "c3812", "3812.0", "３８１２", "电动机制造", "3812电动机制造",
     "3812 电动机制造",
     "3812 电动机制造业",
     "C3812-电动机制造", "电动机制造(3812)", "电动机制造（C3812）", "[3812]电动机制造", " 3812 "],
)  # fmt: skip
def test_an_industry_is_known_by_code_name_or_both(text: str):
    # 3812 is 电动机制造 in GB/T 4754-2017.
    assert industry_of(text) == "3812"


def test_every_class_is_known_by_its_name_unless_two_share_it():
    names = classes()["name_zh"]
    for code, name in names.items():
        if (names == name).sum() == 1:
            assert industry_of(name) == code


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("3812稻谷加工", "1311 稻谷加工"), ("3812宇宙飞船", "3812 电动机制造"), ("9999", None),
     ("电动机制造业务", "3812 电动机制造"),
     ("3810", "3811"), ("38", None)],
)  # fmt: skip
def test_an_industry_that_is_none_is_refused_with_the_nearest(text: str, nearest):
    with pytest.raises(CellError) as caught:
        industry_of(text)
    assert nearest is None or caught.value.nearest.startswith(nearest)


REAL = "91350100M000100Y43"


@pytest.mark.parametrize(
    "text",
    [REAL, REAL.lower(), f"'{REAL}", f'="{REAL}"', f"\t{REAL}", f" {REAL}\u00a0", f"\u200b{REAL}",
     "91350100 M000100Y43", "91350100-M000100Y-43", "９１３５０１００Ｍ０００１００Ｙ４３"],
)  # fmt: skip
def test_a_credit_code_is_cleaned_of_what_spreadsheets_do_to_it(text: str):
    assert credit_code_of(text) == REAL


@pytest.mark.parametrize(
    "text", ["9.13205E+17", "9.132010000000129e+17", "913205000000123000", "913205000000123000.0"]
)
def test_a_credit_code_that_a_spreadsheet_destroyed_is_told_so(text: str):
    with pytest.raises(CellError) as caught:
        credit_code_of(text)
    assert caught.value.expected == DESTROYED


def test_a_code_of_digits_with_a_right_check_character_was_not_destroyed():
    code = next(
        first + "0" for n in range(200)
        if check_character(first := f"913205{n:09d}00") == "0"
    )  # fmt: skip
    assert credit_code_of(code) == code


@pytest.mark.parametrize(
    ("text", "rounded"),
    [
        ("1.23457E+09", True),
        ("2.70000E+05", True),
        ("1e5", True),
        ("270000", False),
        ("1E-3", False),
    ],
)
def test_scientific_notation_is_noticed(text: str, rounded: bool):
    assert was_rounded(text) is rounded


def test_a_plain_text_has_no_wrapping():
    assert plain("\ufeff ＝ ") == "="
    assert plain('="  甲 "') == "甲"


def test_nothing_is_near_what_is_far_from_all():
    assert nearest_of("苏洲市", ["苏州市", "无锡市"]) == "苏州市"
    assert nearest_of("xyz", ["苏州市", "无锡市"]) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("12人", 12), ("12名", 12), ("2千人", 2000), ("2千", 2000), ("1.5万人", 15000)],
)
def test_persons_are_counted_in_any_of_their_units(text: str, value: int) -> None:
    assert persons(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.632", "63.2"), ("-0.5", "-50"), ("999", "99900"), ("1000", "1000"), ("-1000", "-1000")],
)
def test_a_fraction_is_a_percentage_unless_it_is_far_from_one(text: str, value: str):
    assert percentage(True, "a share")(text) == Decimal(value)
    assert percentage(False, "a share")(text) == Decimal(text)


@pytest.mark.parametrize("units", [MONEY_UNITS, PERSON_UNITS])
def test_a_unit_is_worth_what_its_characters_say(units):
    worth = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
    for unit, value in units.items():
        assert value == math.prod(worth.get(sign, 1) for sign in unit), unit
