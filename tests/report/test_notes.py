"""The note under an exhibit: where its values come from, over how many firms, what is hidden."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from smdi.indicators.tidy import Row, frame, setting
from smdi.report.exhibits import FirmLevelData, NoteParts, check_spec, check_tidy, csv_bytes
from smdi.report.values import inline, make_number, marks, plain

PLATFORM = "数据来源：智能制造评估评价公共服务平台企业自诊断数据"


def share(group: str, base: int, year: int = 2021, value: float = 50.0, unit: str = "%") -> Row:
    return Row("share_level_2", group, year, value, unit, base)


def note(*rows: Row, words: str = "", simulated: str = "none", real: bool = True, **given) -> str:
    made = frame(rows)
    for name in ("withheld",):
        if name in given:
            made[name] = given.pop(name)
    return NoteParts(made, not real, simulated, minimum=5, **given).text(words)


def test_the_smallest_and_the_largest_base_are_both_told() -> None:
    assert note(share("甲", 30), share("乙", 7), share("丙", 1200)) == (
        f"{PLATFORM}。基数：2021 年 7—1200 家。"
    )


def test_one_base_is_told_once_and_years_in_their_order() -> None:
    told = note(share("甲", 30, 2021), share("乙", 30, 2021), share("甲", 9, 2020))
    assert told.endswith("基数：2020 年 9 家，2021 年 30 家。")


@pytest.mark.parametrize("unit", ["家", "位", "个", "人", "万元"])
def test_what_is_no_share_and_no_mean_has_no_base(unit: str) -> None:
    assert note(share("甲", 30, unit=unit)) == f"{PLATFORM}。"


def test_a_base_of_none_is_not_told() -> None:
    assert note(share("甲", 0)) == f"{PLATFORM}。"


def test_the_authors_words_come_first_and_end_once() -> None:
    assert note(share("甲", 0), words=" 不含港澳台。 ").startswith("不含港澳台。数据来源：")
    assert note(share("甲", 0), words="不含港澳台").count("。") == 2


def test_what_is_withheld_is_counted_with_the_minimum() -> None:
    told = note(share("甲", 3), share("乙", 9), share("丙", 4), withheld=[True, False, True])
    assert "其中 2 个数值涉及企业不足 5 家" in told


def test_ranks_that_are_withheld_are_no_values() -> None:
    """They are told of apart, in a table; neither a map nor a row without a value shows them."""
    rows = (share("甲", 9), setting("rank", "甲", 2021, math.nan, "位"))
    rows += (share("乙", 3), setting("rank", "乙", 2021, math.nan, "位"))
    told = {
        kind: note(*rows, withheld=[False, True, True, True], kind=kind)
        for kind in ("map", "table")
    }
    assert all("其中 1 个数值涉及企业" in text for text in told.values())
    assert "1 个名次可用于推算未公布的数值" in told["table"]
    assert "名次" not in told["map"]


@pytest.mark.parametrize(
    ("simulated", "said"),
    [
        ("none", "所示数值与公开数值一致"),
        ("partly", "其中未公开的数值为模拟结果，不代表实际情况"),
        ("all", "所示数值未曾公开，为模拟结果，不代表实际情况"),
    ],
)
def test_simulated_firms_are_told_with_what_of_it_is_known(simulated: str, said: str) -> None:
    told = note(share("甲", 0), simulated=simulated, real=False)
    assert said in told
    assert "平台" not in told


def test_ranks_alone_show_nothing_of_the_firms() -> None:
    told = note(setting("rank", "甲", 2021, 1, "位"), simulated="all", real=False)
    assert told == "数据来源：依据公开数值校准的模拟企业数据。"


def test_a_source_of_the_authors_goes_before() -> None:
    assert note(share("甲", 0), source="国家统计局") == "数据来源：国家统计局。"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("chart", "空心图形和浅色数字为模拟结果"),
        ("map", "结果，不代表实际情况。带斜线的地区为模拟结果。"),
        ("circles", "结果，不代表实际情况。空心的圆为模拟结果。"),
        ("table", "上标“模”为模拟结果"),
    ],
)
def test_where_some_is_simulated_the_note_says_how_it_is_drawn(kind: str, said: str) -> None:
    for simulated, there in (("none", False), ("partly", True), ("all", False)):
        told = note(share("甲", 0), simulated=simulated, real=False, kind=kind)
        assert (said in told) == there


def test_derived_values_of_a_table_are_told_and_of_a_chart_not() -> None:
    rows = frame([share("甲", 0)]).assign(status="derived")
    for kind, there in (("table", True), ("chart", False)):
        told = NoteParts(rows, True, "none", 5, kind=kind).text("")
        assert ("上标“推”由已公布数值推算" in told) == there


def test_the_data_of_a_chart_may_have_as_many_rows_as_its_frame_has() -> None:
    rows = [{"group": str(n)} for n in range(3)]
    check_spec("fig-04", {"data": {"values": rows}}, groups=3)
    with pytest.raises(FirmLevelData, match="3 rows in the chart, 2 in its frame"):
        check_spec("fig-04", {"layer": [{"data": {"values": rows}}]}, groups=2)


@pytest.mark.parametrize("column", ["credit_code", "submitted_on", "employees", "revenue", "total"])
def test_no_column_of_a_firm_gets_into_a_chart(column: str) -> None:
    with pytest.raises(FirmLevelData, match=f"the chart's data has \\['{column}'\\]"):
        check_spec("fig-04", {"datasets": {"a": [{"x": 1}, {column: 2}]}}, groups=9)


def test_columns_that_lack_or_are_too_many_are_named() -> None:
    rows = frame([share("甲", 0)])
    with pytest.raises(FirmLevelData, match=r"extra \['firm'\], lacking \['base'\]"):
        check_tidy("fig-04", rows.drop(columns="base").assign(firm=1))


def test_the_reader_gets_exact_decimals_and_gaps_where_there_is_no_value() -> None:
    rows = frame([share("甲", 3, value=100 / 3), share("乙", 0, value=math.nan)])
    text = csv_bytes(rows.assign(error=[0.5, math.inf], status=["published", "missing"]))
    assert text.startswith(b"\xef\xbb\xbf")
    head, first, second = text.decode("utf-8-sig").split("\n")[:3]
    assert head.startswith("measure,group,year,value,unit,base,withheld,error")
    assert "33.333333333333336" in first
    assert second.startswith("share_level_2,乙,2021,,%")
    assert "inf" not in second
    assert pd.notna(first)


# -- values in sentences --------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "withheld"), [(math.nan, False), (None, False), (3.0, True)])
def test_what_cannot_be_said_bears_no_mark(value, withheld: bool) -> None:
    made = make_number(value, "%", withheld=withheld, status="simulated")
    assert (made.value, made.simulated, made.published) == (None, False, False)
    assert made.record()["simulated"] is False


def test_a_difference_has_its_error_and_whether_it_is_clear() -> None:
    clear, open_ = make_number(9.0, "百分点", error=1.0), make_number(0.1, "百分点", error=1.0)
    assert (clear.error, clear.clear, open_.clear) == (1.0, True, False)
    assert "clear" not in clear.record()
    assert open_.record()["clear"] is False
    assert "error" not in make_number(9.0, "%").record()
    assert make_number(9.0, "%", error=math.inf).error is None


def test_a_mark_in_a_phrase_names_its_fact_and_reads_as_its_amount() -> None:
    assert inline(69.4, "%") == "⟦=69%⟧"
    assert inline(69.4, "%", 1, "fig-04/a") == "⟦=69.4%|fig-04/a⟧"
    assert inline(math.nan, "%") == "⟦?missing⟧"
    text = "共 ⟦=69%|fig-04/a⟧，⟦?withheld⟧，⟦!simulated⟧⟦low⟧"
    assert marks(text) == ["=69%|fig-04/a", "?withheld", "!simulated", "low"]
    assert plain(text) == "共 69%，（未公布），{low}"
