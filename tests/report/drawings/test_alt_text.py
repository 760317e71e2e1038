"""What a drawing says to those who cannot see it: all of few values, of many the ends."""

from __future__ import annotations

from typing import Any

import pytest

from smdi.report.charts import alt_text
from smdi.report.charts.frames import PlotData

NAMES = "甲乙丙丁戊己庚辛"


def row(name: str, value: float | None, series: str = "", **more: Any) -> dict[str, Any]:
    text = "未公布" if value is None else f"{value:g}"
    return {"name": name, "label": name, "series": series, "value": value, "text": text, **more}


def data(*values: float | None) -> PlotData:
    rows = [row(name, value) for name, value in zip(NAMES, values, strict=False)]
    return PlotData(rows, [one["name"] for one in rows], [], "家")


def test_six_values_are_all_said_and_of_seven_the_highest_and_the_lowest() -> None:
    assert alt_text.ranked(data(9, 8, 7, 6, 5, 4), "企业数") == (
        "横向条形图：企业数，共6项。甲 9 家、乙 8 家、丙 7 家、丁 6 家、戊 5 家、己 4 家。"
    )
    assert alt_text.ranked(data(7, 8, 9, 6, 5, 4, 6), "企业数") == (
        "横向条形图：企业数，共7项。最高为丙 9 家，最低为己 4 家。"
    )


def test_what_is_withheld_is_named_and_is_no_value() -> None:
    assert alt_text.measures(data(9, None, 0, None), "占比") == (
        "横向条形图：占比。甲 9 家、丙 0 家。乙、丁无可公布的数值。"
    )
    assert alt_text.measures(data(None), "占比") == "横向条形图：占比。甲无可公布的数值。"
    six_and_one = alt_text.measures(data(9, 8, 7, 6, 5, 4, None), "占比")
    assert "己 4 家。庚无可公布的数值。" in six_and_one


def pairs(count: int, second: tuple[float | None, ...]) -> PlotData:
    rows = [
        row(name, value, series)
        for series, values in (("今", range(count)), ("昔", second))
        for name, value in zip(NAMES[:count], values, strict=True)
    ]
    return PlotData(rows, list(NAMES[:count]), ["今", "昔"], "家")


def test_six_pairs_are_all_said_and_of_seven_the_ends_of_each_side_and_who_leads() -> None:
    few = alt_text.compared(pairs(6, (5, 4, 3, 2, 1, 0)), "企业数")
    assert few == (
        "对比图：企业数，今与昔相比较，共6项。甲：今 0 家，昔 5 家；乙：今 1 家，昔 4 家；"
        "丙：今 2 家，昔 3 家；丁：今 3 家，昔 2 家；戊：今 4 家，昔 1 家；己：今 5 家，昔 0 家。"
    )
    many = alt_text.compared(pairs(7, (0, 0, 0, None, 9, 9, 9)), "企业数")
    # 乙 and 丙 are higher now, 甲 is not, of 丁 nobody knows.
    assert many == (
        "对比图：企业数，今与昔相比较，共7项。今：最高为庚 6 家，最低为甲 0 家。"
        "昔：最高为戊 9 家，最低为甲 0 家。丁无可公布的数值。今有2项高于昔。"
    )


def test_levels_of_many_groups_are_said_by_the_ends_of_the_first_and_the_last() -> None:
    rows = [
        row(name, 10 * at + n, level)
        for at, level in enumerate(("低", "中", "高"))
        for n, name in enumerate(NAMES[:7])
    ]
    many = PlotData(rows, list(NAMES[:7]), ["低", "中", "高"], "家")
    assert alt_text.level_shares(many, ("低", "中", "高")) == (
        "堆积条形图：各成熟度等级企业占比，等级依次为低、中、高。共7组，甲、乙、丙、丁、戊、己、庚。"
        "低占比：最高为庚 6 家，最低为甲 0 家。高占比：最高为庚 26 家，最低为甲 20 家。"
    )
    few = PlotData([one for one in rows if one["name"] != "庚"], list(NAMES[:6]), [], "家")
    assert "己：低 5 家，中 15 家，高 25 家。" in alt_text.level_shares(few, ("低", "中", "高"))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((), "没有可以展示的数据。"),
        ((None, None), "各地区数值均未公布。"),
        ((1, 3, 2), "数值较高的地区依次为乙 3 家、丙 2 家、甲 1 家。"),
        ((1, 2, 3, 4, 5), "数值较高的地区依次为戊 5 家、丁 4 家、丙 3 家、乙 2 家、甲 1 家。"),
        (
            (1, 2, 3, 4, 5, 6, None),
            "数值较高的地区依次为己 6 家、戊 5 家、丁 4 家、丙 3 家、乙 2 家；最低为甲 1 家；"
            "1个地区未公布。",
        ),
    ],
)
def test_a_map_names_five_regions_and_the_lowest_of_more(values, said: str) -> None:
    rows = [row(name, value) for name, value in zip(NAMES, values, strict=False)]
    assert alt_text.shaded_map(rows, "企业数", "家", "全国").endswith(
        f"全国企业数，附南海诸岛插图。{said}"
    )
    assert "南海" not in alt_text.shaded_map(rows, "企业数", "家", "全省", inset=False)


def test_a_share_has_its_unit_already_and_a_name_in_latin_letters_is_parted_by_a_colon() -> None:
    shares = PlotData([{**row("MES", 9.5), "text": "9.5%"}], ["MES"], [], "%")
    assert alt_text.measures(shares, "占比") == "横向条形图：占比。MES：9.5%。"


def test_a_drawing_of_several_measures_has_no_one_subject() -> None:
    import pandas as pd

    frame = pd.DataFrame({"measure": ["participants", "participants"]})
    assert alt_text.subject_of(frame) == "参与自诊断企业数"
    assert alt_text.subject_of(frame, {"participants": "家数"}) == "家数"
    with pytest.raises(ValueError, match="choose one measure"):
        alt_text.subject_of(pd.DataFrame({"measure": ["a", "b"]}))
