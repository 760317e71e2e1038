"""Sentences on rates at the bounds: of how many firms, of what growth, within which noise."""

from __future__ import annotations

import pytest

from smdi.report.text.language import words
from smdi.report.text.practice import clauses, headings, sentences

from .test_practice_sentences import read, trend

ONE, OTHER, THIRD = "energy_platform", "carbon_accounting", "predictive_maintenance"


@pytest.mark.parametrize(("base", "named"), [(29, False), (30, True)])
def test_the_highest_rate_is_named_of_thirty_firms_on(base: int, named: bool) -> None:
    table = trend((base, base), **{ONE: (99, 99), OTHER: (1, 1)})
    said = sentences.extremes(table, 2021, 0)
    assert ("应用能源管理平台的比例最高" in read(said)) is named


def grown(
    bases: tuple[int, int], rates: tuple[float, float], clear: clauses.Clear = clauses.always
) -> str:
    return read(sentences.adopter_growth(trend(bases, **{ONE: rates}), 2021, 2020, clear))


@pytest.mark.parametrize(
    ("bases", "rates", "compared"),
    [
        ((100, 200), (10, 20), "增长快于参评企业"),
        ((100, 200), (20, 15), "增长慢于参评企业"),
        ((100, 200), (10, 10), "增长持平"),
        # Where either has not grown, there is no growth to be faster.
        ((100, 100), (10, 20), "变动率高于参评企业"),
        ((100, 200), (20, 10), "变动率低于参评企业"),
        ((200, 200), (20, 20), "变动率持平"),
        # Nor where both have shrunk, or one has and the other has not.
        ((200, 100), (10, 10), "降幅持平"),
        ((200, 100), (20, 10), "降幅大于参评企业"),
        ((200, 100), (20, 30), "降幅小于参评企业"),
        ((100, 200), (20, 5), "变动方向相反"),
        ((200, 100), (20, 60), "变动方向相反"),
        ((100, 101), (10, 20), "增长快于参评企业"),
    ],
)
def test_a_growth_is_faster_where_both_have_grown_and_a_change_is_larger_elsewhere(
    bases, rates, compared: str
) -> None:
    said = grown(bases, rates)
    assert compared in said or compared.replace("参评企业", "") in said
    others = {f"增长{than}" for than in ("快于", "慢于", "持平")}
    others |= {f"变动率{than}" for than in ("高于", "低于", "持平")}
    others |= {f"降幅{than}" for than in ("大于", "小于", "持平")} | {"变动方向相反"}
    found = {one for one in others if one in said}
    assert found == {compared.removesuffix("参评企业")}


@pytest.mark.parametrize(
    ("rates", "clear", "rate"),
    [
        ((10, 20), True, "比例相应提高"), ((20, 10), True, "比例相应降低"),
        ((10, 10), True, "比例基本不变"), ((10, 20), False, "比例未见明显变化"),
        ((10, 10), False, "比例基本不变"),
    ],
)  # fmt: skip
def test_the_rate_follows_from_the_two_growths_where_it_is_clear(rates, clear, rate) -> None:
    said = grown((100, 200), rates, lambda _: clear)
    assert rate in said
    unclear = rate == "比例未见明显变化"
    assert ("与参评企业的增长未见明显差异" in said) is unclear
    fewer = grown((200, 100), rates, lambda _: clear)
    assert ("与参评企业变动率之差未超出误差" in fewer) is unclear and "增长" not in fewer


@pytest.mark.parametrize(
    ("pairs", "unclear", "named"),
    [
        ({ONE: (9, 1), OTHER: (3, 1)}, "", "能源管理平台"),
        ({ONE: (1, 9), OTHER: (3, 1)}, "", "能源管理平台"),
        ({ONE: (9, 1), OTHER: (3, 1)}, ONE, ""),
        ({ONE: (9, 1), OTHER: (3, 1)}, OTHER, "能源管理平台"),
        ({ONE: (9, 1), OTHER: (1, 9), THIRD: (1, 1)}, "", "能源管理平台和碳排放统计"),
        ({ONE: (9, 1), OTHER: (1, 9), THIRD: (1, 1)}, OTHER, ""),
        ({ONE: (9, 1), OTHER: (8.6, 1)}, "", ""),  # as they print all are as large
        ({ONE: (1, 1), OTHER: (1.4, 1)}, "", ""),
        ({ONE: (9, 1)}, "", ""),
    ],
)
def test_the_largest_difference_is_named_where_it_is_one_and_clear(pairs, unclear, named) -> None:
    told = clauses.largest_difference(pairs, 0, lambda practice: practice != unclear)
    assert (told == "") is (named == "")
    if named:
        assert [one in told for one in named.split("和")[:1]] == [True]
        assert told.count("和") == named.count("和")


@pytest.mark.parametrize(
    ("values", "named", "firms", "apart"),
    [
        ({"甲": 60.0, "乙": 40.0}, ["甲"], 400, True),
        ({"甲": 60.0, "乙": 40.0}, ["甲"], 30, False),
        # The nearest of the others counts: 60 against 58 of 400 firms is noise.
        ({"甲": 60.0, "乙": 40.0, "丙": 58.0}, ["甲"], 400, False),
        ({"甲": 60.0, "乙": 40.0, "丙": 60.0}, ["甲", "丙"], 400, True),
        ({"甲": 40.0, "乙": 60.0}, ["甲"], 400, True),
    ],
)
def test_a_rate_is_apart_where_the_nearest_other_is_beyond_the_noise(
    values, named, firms: int, apart: bool
) -> None:
    assert clauses.is_apart(values, named, firms) is apart


@pytest.mark.parametrize(
    ("rates", "apart"),
    [
        ({ONE: (74.4, 89.6)}, True),  # 15 points between 74 % and 90 %
        ({ONE: (89.6, 74.4)}, True),
        ({ONE: (74.4, 89.4)}, False),
        # Of two changes one way the larger is told, and both of two ways.
        ({ONE: (74.4, 89.6), OTHER: (10, 50)}, False),
        ({ONE: (74.4, 89.6), OTHER: (50, 10)}, True),
        ({ONE: (74, 74)}, False),
    ],
)
def test_a_note_tells_of_a_heading_that_is_rounded_apart_from_the_rates(rates, apart: bool) -> None:
    noted = headings.rounding_note(trend(**rates), 2021, 2020)
    assert noted == (words().rates.rounding_note if apart else "")
    assert headings.rounding_note(trend(**rates), 2021, 2020, lambda _: False) == ""


@pytest.mark.parametrize(
    ("unavailable", "mark"),
    [({}, "missing"), ({"a": False}, "missing"), ({"a": False, "b": True}, "withheld")],
)
def test_of_what_is_unavailable_one_that_is_withheld_decides(unavailable, mark: str) -> None:
    assert clauses.unavailable_mark(unavailable) == f"⟦?{mark}⟧"
    assert clauses.join_clauses([], unavailable) == f"⟦?{mark}⟧"


def test_clauses_end_with_what_is_unavailable_and_why() -> None:
    said = clauses.join_clauses(["甲", "乙"], {ONE: True, OTHER: False, THIRD: True}, lead="首，")
    parts = said.removeprefix("首，").removesuffix("。").split("；")
    assert parts[:2] == ["甲", "乙"]
    assert parts[2].endswith("的数值未予公布") and "和" in parts[2]
    assert parts[3].endswith("的数值缺失") and "和" not in parts[3]
    assert clauses.join_clauses(["甲"], {}) == "甲。"
