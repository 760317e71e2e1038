"""Slips of one cell of 2021, and the rule that must name it: a table, one row a slip."""

import pytest

from smdi.published import audit

SLIPS = [
    ("fig-09/coverage_design/中小企业/2021", {"printed": "168.37"}, "values_are_possible"),
    ("tab-provinces/firms_level_ge2/青海省/2021", {"printed": "-3"}, "values_are_possible"),
    ("tab-cities/rank/无锡/2021", {"printed": "0"}, "values_are_possible"),
    ("text/provinces/全国/2021", {"printed": "30"}, "numbers_of_the_standards"),
    ("text/sme_employees_under/全国/2021", {"printed": "300"}, "numbers_of_the_standards"),
    ("text/participants_over/全国/2021", {"printed": "2000"}, "series_agree_with_other_reports"),
    ("fig-04/share_level_2/全国/2021", {"printed": "14"}, "series_agree_with_other_reports"),
    (
        "text/share_level_ge3_increase/全国/2021",
        {"printed": "9"},
        "series_agree_with_other_reports",
    ),
    ("text/share_level_ge3_increase/全国/2021", {"printed": "7"}, "all_facts_together"),
    ("fig-01/participants/山东省/2021", {"printed": "275"}, "a_part_is_no_more_than_the_whole"),
    ("fig-01/participants_over/湖南省/2021", {"printed": "600"}, "one_number_has_one_value"),
    ("text/share_level_le1_decrease_from/纺织业/2021", {"printed": "4"}, "ranges_have_both_ends"),
    ("fig-02/title_rows/全国/2021", {"printed": "20"}, "title_names_its_rows"),
    ("tab-sme-classes/firms/1830 服饰制造/2021", {"printed": "831"}, "rows_stand_in_order"),
    ("tab-industry-change/share_level_2/纺织业/2020", {"printed": "10.4"}, "decimals_are_alike"),
    ("fig-11/private_network/电子信息/2021", {"year": 2020}, "grids_are_full"),
    ("fig-11/private_network/电子信息/2021", {"year": 2012}, "years_are_those_of_the_report"),
    ("tab-cities/firms_level_ge2/马鞍山/2021", {"group": "马鞍"}, "names_are_of_the_standards"),
    ("tab-provinces/firms_level_ge2/山西省/2021", {"group": "台湾省"}, "places_name_their_group"),
    (
        "tab-sme-classes/firms/3130 钢压延加工/2021",
        {"group": "3131 钢压延加工"},
        "names_are_of_the_standards",
    ),
    ("fig-10/custom_platform/全行业/2021", {"unit": "家"}, "units_are_alike"),
    (
        "fig-17/label_based_materials/全行业/2021",
        {"printed": "28.34"},
        "exhibits_repeat_each_other",
    ),
]


def rules_naming(frame, fact):
    return {finding.rule for finding in audit(frame) if fact in finding.fact_ids}


@pytest.mark.parametrize(("fact", "cells", "rule"), SLIPS)
def test_the_slip_is_named_by_its_rule(edition, fact, cells, rule):
    slipped = edition.copy()
    for column, value in cells.items():
        slipped.loc[fact, column] = value
    if "printed" in cells:
        slipped.loc[fact, "value"] = float(cells["printed"])
    exhibit, measure, group, year = fact.split("/")
    name = f"{exhibit}/{measure}/{cells.get('group', group)}/{cells.get('year', year)}"
    slipped = slipped.rename(index={fact: name})
    assert rule in rules_naming(slipped, name)
    assert rule not in rules_naming(edition, fact) or rule == "exhibits_repeat_each_other"


def test_a_dropped_share_leaves_a_hole_and_not_silence(edition):
    fact = "tab-industry-change/share_level_3/金属制品业/2020"
    rest = edition.drop(index=fact)
    holes = [f for f in audit(rest) if f.rule == "grids_are_full"]
    assert len(holes) == 1
    assert "金属制品业 2020 年三级占比" in holes[0].message_zh


def test_the_end_of_a_range_without_the_other_is_named(edition):
    rest = edition.drop(index="text/share_level_le1_decrease_to/纺织业/2021")
    named = rules_naming(rest, "text/share_level_le1_decrease_from/纺织业/2021")
    assert "ranges_have_both_ends" in named


def test_a_row_out_of_its_place_is_named(edition):
    order = list(edition.index)
    fact = "tab-provinces/firms_level_ge2/青海省/2021"
    order.insert(
        order.index("tab-provinces/firms_level_ge2/湖南省/2021"), order.pop(order.index(fact))
    )
    assert "rows_stand_in_order" in rules_naming(edition.loc[order], fact)


def test_shares_of_98_are_no_rounding_under_half_up(edition):
    frame = edition.copy()
    for level, printed in (("le1", "67"), ("2", "15"), ("3", "7"), ("ge4", "9")):
        frame.loc[f"fig-04/share_level_{level}/全国/2021", ["value", "printed"]] = [
            float(printed),
            printed,
        ]
    (found,) = [
        f for f in audit(frame) if f.rule == "shares_sum_to_the_whole" and "fig-04" in f.fact_ids[0]
    ]
    # Only where ties are dropped, or digits cut off, can these four be one whole.
    assert found.severity == "conditional"
    assert "截去尾数" in found.unless_zh


GRADES = {
    "tab-cities/firms_level_ge2/重庆/2021": ("conditional", "不含该直辖市所辖的县"),
    "tab-provinces/rank/天津市/2021": ("conditional", "逐行编号的序号"),
    "tab-cities/rank/惠州/2021": ("contradiction", ""),
    "tab-cities/rank/石嘴山/2021": ("contradiction", ""),
    "text/share_level_le1_decrease_to/通用设备制造业/2021": ("conditional", "截去尾数"),
    "text/share_level_le1_decrease_to/纺织业/2021": ("conditional", "截去尾数"),
    "text/share_level_le1_decrease/金属制品业/2021": ("claim", ""),
}


def test_the_seven_contradicted_facts_have_their_grades(edition):
    found = {f.contradicted[0]: (f.severity, f.unless_zh) for f in audit(edition) if f.contradicted}
    assert set(found) == set(GRADES)
    for fact, (grade, reading) in GRADES.items():
        assert found[fact][0] == grade
        assert reading in found[fact][1]
        assert bool(found[fact][1]) == bool(reading)


def test_a_reading_is_tried_on_the_siblings(edition):
    found = {f.contradicted[0]: f.unless_zh for f in audit(edition) if f.contradicted}
    # The six other ends of "7-9" and "2-3" that hold anyway, and the two that need the reading.
    assert "12 处中，12 处" in found["text/share_level_le1_decrease_to/纺织业/2021"]
    # Beijing, Shanghai and Tianjin have no counties and agree.
    assert "3 处中，3 处" in found["tab-cities/firms_level_ge2/重庆/2021"]


def test_the_side_of_a_city_tie_is_told_to_be_open(edition):
    (found,) = [f for f in audit(edition) if f.contradicted == ("tab-cities/rank/惠州/2021",)]
    assert "也可能是其中的数量有误" in found.treatment_zh


def decimals(*printed):
    return [f"fig-11 rate_{n} 全行业 2031 {text} %" for n, text in enumerate(printed)]


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (("10.5",), 0),
        (("10.5", "11"), 2),  # either may be the slip
        (("10.5", "11.5", "12"), 1),
        (("10.5", "11.5", "12", "13"), 0),
        (("10.5",) * 14 + ("11", "12"), 2),  # one in eight
        (("10.5",) * 13 + ("11", "12"), 0),
    ],
)
def test_few_numbers_of_other_decimals_are_noticed(findings_of, printed, told):
    assert len(findings_of("decimals_are_alike", *decimals(*printed))) == told


def test_a_name_that_stands_once_and_is_nearly_one_that_stands_twice_is_noticed(findings_of):
    often = [f"fig-11 rate_{n} 甲乙丙丁戊己庚 2031 1{n}.5 %" for n in range(2)]
    slip = "fig-11 rate_9 甲乙丙丁戊己辛 2031 19.5 %"
    (found,) = findings_of("names_are_of_the_standards", *often, slip)
    assert found.numbers == {"nearest": "甲乙丙丁戊己庚"}
    assert not findings_of("names_are_of_the_standards", *often[:1], slip)


def test_a_year_that_stands_once_is_strange_in_a_report_of_some_length_alone(findings_of):
    facts = [
        f"tab-x firms {name} 2031 {number} 家" for number, name in enumerate("甲乙丙丁戊己庚", 5)
    ]
    other = "tab-x firms 辛 2030 9 家"
    assert not findings_of("years_are_those_of_the_report", *facts, other)
    more = "tab-x firms 壬 2031 20 家"
    (found,) = findings_of("years_are_those_of_the_report", *facts, more, other)
    assert found.fact_ids == ("tab-x/firms/辛/2030",)
    twice = "tab-x firms 癸 2030 21 家"
    assert not findings_of("years_are_those_of_the_report", *facts, more, other, twice)


@pytest.mark.parametrize(("year", "strange"), [(2025, True), (2026, False), (2032, True)])
def test_a_year_far_from_the_report_is_strange(findings_of, year: int, strange: bool):
    facts = [f"tab-x firms {name} 2031 {number} 家" for number, name in enumerate("甲乙丙", 5)]
    found = findings_of("years_are_those_of_the_report", *facts, f"tab-x firms 辛 {year} 9 家")
    assert bool(found) is strange


def test_a_hole_is_told_with_up_to_four_of_the_facts_nearest_to_it(found_under):
    grid = {"measures": ["a", "b", "c", "d", "e", "f"], "groups": ["东", "西"], "years": [0, -1]}
    cells = [
        f"tab-x {measure} {group} {year} 10 %"
        for group in ("东", "西")
        for year in (2031, 2030)
        for measure in "abcdef"
    ]

    def told(*missing: str) -> set[tuple[str, ...]]:
        declared = {"exhibits": {"tab-x": {"grids": [grid]}}}
        there = [cell for cell in cells if not any(one in cell for one in missing)]
        found = found_under("grids_are_full", declared, *there)
        return {tuple(name.removeprefix("tab-x/") for name in one.fact_ids) for one in found}

    of_year = ("a/东/2030", "b/东/2030", "c/东/2030", "d/东/2030")
    assert told("f 东 2030") == {of_year}
    assert told("d 东 2030", "e 东 2030", "f 东 2030") == {of_year[:3]}
    of_group = ("a/东/2031", "b/东/2031", "c/东/2031", "d/东/2031")
    assert told("东 2030") == {of_group}
    assert ("a/西/2031", "a/西/2030") in told("东")


@pytest.mark.parametrize(
    ("printed", "named"),
    [(("500", "500", "300"), []), (("500", "600", "300"), ["东", "西"])],
)
def test_rows_that_share_one_printed_number_are_alike_and_others_need_not_be(
    found_under, printed: tuple[str, ...], named: list[str]
) -> None:
    shared = {"measures": ["participants_over"], "groups": ["东", "西"]}
    declared = {"exhibits": {"fig-01": {"one_number": [shared]}}}
    facts = [
        f"fig-01 participants_over {group} 2031 {number} 家"
        for group, number in zip(("东", "西", "南"), printed, strict=True)
    ]
    found = found_under("one_number_has_one_value", declared, *facts)
    assert [name.split("/")[2] for one in found for name in one.fact_ids] == named
    for one in found:
        assert "以一个数字说明东、西，转录为 500、600。" in one.message_zh
