"""The filters that speak of an exhibit's frame: what each takes from it, and what it marks."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from smdi.indicators.tidy import Row, frame
from smdi.report.text.filters import FILTERS
from smdi.report.text.quoting import Exhibit, Unsayable
from smdi.standards import ALL_INDUSTRIES

NAN = math.nan
FIRST, SECOND, THIRD = "energy_platform", "data_sharing", "remote_operation"
RATIO = "equipment_digitalisation_rate"


def rates(*rows: tuple, statuses: str = "", unit: str = "%") -> pd.DataFrame:
    """Rows of measure, group, year, value and base."""
    made = frame([
        Row(measure, group, year, value, unit, base, (), withheld=math.isnan(value))
        for measure, group, year, value, base in rows
    ])  # fmt: skip
    return made.assign(status=statuses) if statuses else made


def leads(ending: str, **points: tuple[float, float]) -> pd.DataFrame:
    """Differences of measures, with their errors."""
    return frame([
        Row(f"{name}_{ending}", "企业", 2021, value, "百分点", 50, (), error=error)
        for name, (value, error) in points.items()
    ])  # fmt: skip


def exhibit(table: pd.DataFrame, **given: object) -> Exhibit:
    return Exhibit("fig-x", table, 2021, 2020, "江苏省", **given)


def two_years(**given: object) -> Exhibit:
    rows = [
        (FIRST, ALL_INDUSTRIES, 2020, 30.0, 90), (FIRST, ALL_INDUSTRIES, 2021, 40.0, 100),
        (SECOND, ALL_INDUSTRIES, 2020, 20.0, 90), (SECOND, ALL_INDUSTRIES, 2021, 15.0, 100),
    ]  # fmt: skip
    return exhibit(rates(*rows, statuses="simulated"), **given)


UNCLEAR = leads("change", **{FIRST: (10.0, 9.0), SECOND: (-5.0, 1.0)})


@pytest.mark.parametrize(
    ("first", "given", "said"),
    [
        (True, {}, ["能源管理平台", "40%", "30%"]),
        (False, {}, ["能源管理平台", "40%", "30%", "数据共享", "15%", "20%"]),
        (True, {"differences": UNCLEAR}, ["能源管理平台", "40%", "30%", "未见明显变化"]),
    ],
)
def test_the_rates_of_both_years_are_those_of_the_scope(first: bool, given, said) -> None:
    text = FILTERS["over_two_years"](two_years(**given), first=first)
    assert text.startswith("2021 年，江苏省参评企业")
    places = [text.index(part) for part in said if part not in ("30%", "未见明显变化", "20%")]
    assert places == sorted(places)
    assert all(part in text for part in said)
    assert ("15%" in text) is not first
    assert ("未见明显变化" in text) is bool(given)
    empty = exhibit(rates((FIRST, ALL_INDUSTRIES, 2021, NAN, 0)).iloc[:0])
    assert FILTERS["over_two_years"](empty, first=True) == "⟦?missing⟧"


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("headline", {}, "两项指标有升有降"),
        ("headline", {"differences": UNCLEAR}, "降低 ⟦=5 个百分点|"),
        ("movement", {}, "提高"),
        ("movement", {"differences": UNCLEAR}, "降低"),
    ],
)
def test_changes_are_summed_up_where_they_are_clear_and_marked(name, given, said) -> None:
    text = FILTERS[name](two_years(**given))
    assert said in text
    assert ("⟦=" in text) or text.rstrip("。").endswith("⟦!simulated⟧")
    assert ("提高" in text) is not bool(given)


def test_a_heading_that_says_nothing_of_the_data_bears_no_mark() -> None:
    alone = exhibit(rates((FIRST, ALL_INDUSTRIES, 2021, 40.0, 5), statuses="simulated"))
    assert FILTERS["headline"](alone) == "应用情况"


def test_the_highest_and_lowest_are_of_this_year_and_as_known_as_it() -> None:
    rows = [
        (FIRST, ALL_INDUSTRIES, 2021, 80.0, 900), (SECOND, ALL_INDUSTRIES, 2021, 40.0, 900),
        (THIRD, ALL_INDUSTRIES, 2021, 10.0, 900), (THIRD, ALL_INDUSTRIES, 2020, 99.0, 900),
    ]  # fmt: skip
    table = rates(*rows, statuses="published")
    table.loc[table["year"] == 2020, "status"] = "simulated"
    text = FILTERS["extremes"](exhibit(table))
    assert text.index("能源管理平台") < text.index("远程运维")
    assert "数据共享" not in text and "!simulated" not in text
    table["status"] = "simulated"
    assert "!simulated" in FILTERS["extremes"](exhibit(table)) or "⟦=" in text


def sector(**pairs: tuple[float, float]) -> Exhibit:
    rows = [
        (name, group, 2021, value, 300)
        for name, pair in pairs.items()
        for group, value in zip(("原材料", ALL_INDUSTRIES), pair, strict=True)
    ]
    return exhibit(rates(*rows, statuses="simulated"))


THREE = sector(**{FIRST: (40.0, 30.0), SECOND: (20.0, 15.0), THIRD: (10.0, 30.0)})


def test_a_sector_is_named_and_set_beside_all_industries() -> None:
    assert FILTERS["sector"](THREE) == "原材料"
    text = FILTERS["against_all_industries"](THREE)
    assert text.startswith("2021 年，原材料企业")
    assert [one in text for one in ("能源管理平台", "数据共享", "远程运维")] == [True] * 3
    two = FILTERS["against_all_industries"](THREE, most=2)
    assert [one in two for one in ("能源管理平台", "数据共享", "远程运维")] == [True, False, True]
    here = FILTERS["against_all_industries"](replace(THREE, region="江苏省", alike="大型"))
    assert here.startswith("2021 年，江苏省大型原材料企业")


def test_a_standing_counts_what_is_clear_alone_and_bears_the_mark_of_its_values() -> None:
    text = FILTERS["standing"](THREE)
    assert "高于全行业" in text and "低于全行业" in text and text.endswith("⟦!simulated⟧。")
    unclear = leads("lead", **dict.fromkeys((FIRST, SECOND, THIRD), (1.0, 9.0)))
    text = FILTERS["standing"](replace(THREE, differences=unclear))
    assert "高于" not in text and "未见明显差异" in text
    assert "未见明显差异" in FILTERS["against_all_industries"](replace(THREE, differences=unclear))
    assert FILTERS["standing"](replace(THREE, region="江苏省", alike="大型")).startswith(
        "江苏省大型"
    )


def domains(*scores: tuple[float, float]) -> Exhibit:
    names = ("domain_data", "domain_sales", "domain_design", "domain_service")
    rows = [
        (name, group, 2021, score, 50 + at)
        for name, pair in zip(names, scores, strict=False)
        for at, (group, score) in enumerate(zip(("江苏省", "全国"), pair, strict=True))
    ]
    return exhibit(rates(*rows, statuses="simulated", unit="分"))


def test_a_group_is_said_to_be_higher_in_as_many_measures_as_print_so() -> None:
    beside = FILTERS["beside"]
    scores = domains((2.0, 1.0), (2.0, 1.0), (1.0, 2.0), (1.001, 1.0))
    assert beside(scores, "江苏省", "全国", "个", "能力域") == (
        "四个能力域中，两个高于全国，一个低于全国，一个与全国未见明显差异⟦!simulated⟧"
    )
    assert beside(scores, "江苏省", "全国", "个", "能力域", digits=3) == (
        "四个能力域中，三个高于全国，一个低于全国⟦!simulated⟧"
    )
    unclear = leads("lead", domain_data=(1.0, 9.0), domain_sales=(1.0, 0.1))
    assert beside(replace(scores, differences=unclear), "江苏省", "全国", "个", "能力域") == (
        "四个能力域中，一个高于全国，一个低于全国，两个与全国未见明显差异⟦!simulated⟧"
    )


@pytest.mark.parametrize(
    ("scores", "bases", "withheld", "state"),
    [
        ([NAN, 1.0], [0, 5], False, "inapplicable"),
        ([NAN, 1.0], [5, 5], False, "missing"),
        ([NAN, 1.0], [0, 5], True, "withheld"),
        ([1.0, 1.0], [5, 5], False, "single"),
        ([1.0, 1.0], [5, 6], False, None),
        ([1.0, 2.0], [5, 5], False, None),
    ],
)
def test_two_groups_are_compared_where_they_are_known_and_not_the_same_firms(
    scores, bases, withheld: bool, state: str | None
) -> None:
    table = frame([
        Row("domain_data", group, 2021, score, "分", base, (), withheld=withheld and score != score)
        for group, score, base in zip("甲乙", scores, bases, strict=True)
    ])  # fmt: skip
    for name in ("higher", "lower"):
        if state is None:
            assert set(FILTERS[name](exhibit(table), "甲", "乙")) == {"数据"}
        else:
            with pytest.raises(Unsayable) as unsayable:
                FILTERS[name](exhibit(table), "甲", "乙")
            assert unsayable.value.state == state
    with pytest.raises(Unsayable, match="inapplicable"):
        FILTERS["higher"](exhibit(rates(("domain_data", "甲", 2021, 1.0, 5))), "甲", "乙")


@pytest.mark.parametrize(
    ("values", "told"),
    [([NAN, 3.0], True), ([NAN, NAN], False), ([1.0, 2.0], True)],
)
def test_a_group_is_told_of_where_any_of_its_values_is_known(values: list, told: bool) -> None:
    rows = [(name, "甲", 2021, v, 9) for name, v in zip((FIRST, SECOND), values, strict=True)]
    table = exhibit(rates(*rows, (FIRST, "乙", 2021, 5.0, 9)))
    assert FILTERS["tells_of"](table, "甲") is told
    assert FILTERS["tells_of"](table, "丙") is False


@pytest.mark.parametrize(
    ("points", "parts"),
    [
        ({FIRST: (3.0, 1.0), SECOND: (9.0, 6.0), THIRD: (-4.0, 1.0)}, ["3.0", "4.0"]),
        ({FIRST: (3.0, 1.0), SECOND: (5.0, 1.0)}, ["5.0"]),
        ({FIRST: (-3.0, 1.0), SECOND: (-5.0, 1.0)}, ["5.0"]),
        ({FIRST: (3.0, 9.0)}, None),
        ({FIRST: (NAN, NAN)}, None),
        ({}, None),
    ],
)
def test_the_farthest_above_and_below_are_told_where_they_are_clear(points, parts) -> None:
    differences = leads("lead", **points)
    other = leads("change", **{FIRST: (90.0, 1.0)})  # a difference of years, and of no group
    both = pd.concat([differences, other], ignore_index=True)
    asked = replace(two_years(), differences=both)
    if parts is None:
        for given in (asked, replace(asked, differences=None)):
            with pytest.raises(Unsayable, match="inapplicable"):
                FILTERS["farthest"](given)
    else:
        clauses = FILTERS["farthest"](asked).split("，")
        assert [part in one for part, one in zip(parts, clauses, strict=True)] == [True] * len(
            parts
        )


def test_notes_name_the_practices_of_rates_and_of_changes_alike() -> None:
    changes = exhibit(leads("change", remote_operation=(1.0, 0.1), data_sharing=(1.0, 0.1)))
    plain = exhibit(rates((THIRD, "甲", 2021, 1.0, 9), (SECOND, "甲", 2021, 1.0, 9)))
    note = FILTERS["denominator_note"](changes)
    assert note == FILTERS["denominator_note"](plain)
    assert "远程运维" in note and "数据共享" not in note
    assert FILTERS["denominator_note"](exhibit(rates((SECOND, "甲", 2021, 1.0, 9)))) == ""
    assert FILTERS["span"](plain) == "2021 年"
    assert FILTERS["span"](two_years()) == "2020 年与 2021 年"
    assert "远程运维" in FILTERS["denominators"](plain)


YES, NO = {"practice_energy_platform": True}, {"practice_energy_platform": False}


def test_a_scope_is_set_beside_the_nation_and_the_nation_is_not(firm, assessed) -> None:
    groups = [firm(60, **YES), firm(60, **NO), firm(400, region="山东省", **NO)]
    own = exhibit(rates((FIRST, "江苏省", 2021, 50.0, 120)))
    assert "高于全国" in FILTERS["against_nation"](own, assessed(*groups, province="江苏省"))
    few = [firm(2, **YES), firm(2, **NO), firm(4, region="山东省", **NO)]
    assert "高于全国" not in FILTERS["against_nation"](own, assessed(*few, province="江苏省"))
    with pytest.raises(Unsayable, match="inapplicable"):
        FILTERS["against_nation"](own, assessed(*groups))


@pytest.mark.parametrize(
    ("given", "higher"),
    # 12 of 3000 are 0.4%, 12 of 9000 are 0.1%: clearly more, and the same in whole numbers.
    [({}, False), ({"digits": 0}, False), ({"digits": 1}, True)],
    ids=["unsaid", "none", "one"],
)
def test_rates_beside_the_nations_are_whole_numbers_unless_it_is_said(
    firm, assessed, given, higher
) -> None:
    groups = [firm(12, **YES), firm(2988, **NO), firm(6000, region="山东省", **NO)]
    own = exhibit(rates((FIRST, "江苏省", 2021, 0.4, 3000)))
    text = FILTERS["against_nation"](own, assessed(*groups, province="江苏省"), **given)
    assert "未见明显差异" not in text
    assert ("高于全国" in text) is higher


def test_the_growth_of_those_with_a_practice_is_compared_with_all(firm, assessed) -> None:
    pop = assessed(
        firm(100, year=2020, **YES), firm(100, year=2020, **NO), firm(300, **YES), firm(100, **NO)
    )
    text = FILTERS["adopter_growth"](exhibit(rates((FIRST, ALL_INDUSTRIES, 2021, 75.0, 400))), pop)
    assert "参评企业数增加 ⟦=100.0%" in text
    assert "应用能源管理平台的企业数增加 ⟦=200.0%" in text
    assert "增长快于" in text and "比例相应提高" in text
