"""Each kind of relation over a few facts: what can just hold together, and what just cannot."""

from __future__ import annotations

import pytest

from smdi.published import read_facts
from smdi.published.audit.shares import wholes
from smdi.published.declarations import Declarations
from smdi.published.published_report import PublishedReport

from .short_facts import (
    AMONG,
    NATION,
    PART_OF_CLASS,
    WHOLE,
    count,
    firms_of,
    points,
    share,
)


@pytest.mark.parametrize(
    ("second", "can"), [(38, False), (40, True), (41, True), (42, False), (39.6, True)]
)
def test_shares_of_a_whole_make_a_hundred(holds, second: object, can: bool) -> None:
    whole = {"kind": "whole", "measures": ["share_a", "share_b"]}
    facts = share("share_a", "全国", 60), share("share_b", "全国", second)
    assert holds(whole, *facts) is can


@pytest.mark.parametrize(("second", "can"), [(38, False), (40, True), (42, False)])
def test_shares_of_all_groups_make_a_hundred(holds, second: int, can: bool) -> None:
    whole = {"kind": "whole_of_groups", "measure": "region_share", "groups": ["东", "西"]}
    facts = share("region_share", "东", 60), share("region_share", "西", second)
    assert holds(whole, *facts) is can


@pytest.mark.parametrize(
    ("total", "complete", "can"),
    [(30, True, True), (31, True, False), (29, True, False), (31, False, True), (29, False, False)],
)
def test_parts_add_to_their_total_or_to_no_more(holds, total, complete, can) -> None:
    relation = {"kind": "total", "measure": "firms", "parts": ["东", "西"], "total": "全国"}
    facts = count("firms", "东", 10), count("firms", "西", 20), count("firms", "全国", total)
    assert holds({**relation, "complete": complete}, *facts) is can


@pytest.mark.parametrize(("total", "can"), [(30, True), (31, False), (29, False)])
def test_counts_under_several_measures_add_to_another(holds, total: int, can: bool) -> None:
    relation = {"kind": "sum_of_measures", "total": "firms", "parts": ["firms_a", "firms_b"]}
    facts = count("firms_a", "东", 10), count("firms_b", "东", 20), count("firms", "东", total)
    assert holds(relation, *facts) is can


@pytest.mark.parametrize(
    ("whole", "can"), [(38, False), (40, True), (50, True), (60, True), (62, False)]
)
def test_the_rate_of_a_whole_lies_between_those_of_its_parts(holds, whole: int, can: bool) -> None:
    relation = {"kind": "mixture", "whole": ["全国"], "parts": ["东", "西"]}
    facts = share("rate", "东", 40), share("rate", "西", 60), share("rate", "全国", whole)
    assert holds(relation, *facts) is can


def test_parts_that_are_not_all_bound_their_whole_to_nothing_but_their_firms(holds) -> None:
    relation = {"kind": "mixture", "whole": ["全国"], "parts": ["东", "西"], "complete": False}
    facts = share("rate", "东", 40), share("rate", "西", 60), share("rate", "全国", 80)
    assert holds(relation, *facts)


@pytest.mark.parametrize(("part", "can"), [(9, True), (10, True), (11, False)])
def test_a_part_is_no_more_than_its_whole(holds, part: int, can: bool) -> None:
    relation = {"kind": "part_of", "part": "firms_a", "whole": "firms"}
    assert holds(relation, count("firms_a", "东", part), count("firms", "东", 10)) is can


@pytest.mark.parametrize(("printed", "can"), [(24, False), (25, True), (26, False), (25.0, True)])
def test_a_share_beside_its_counts_is_theirs(holds, printed: object, can: bool) -> None:
    relation = {
        "kind": "share_of_counts",
        "share": "part",
        "count": "firms",
        "groups": ["东", "西"],
    }
    facts = count("firms", "东", 10), count("firms", "西", 30), share("part", "东", printed)
    assert holds(relation, *facts) is can


@pytest.mark.parametrize(("printed", "can"), [(24, False), (25, True), (26, False)])
def test_a_ratio_is_that_of_its_counts(holds, printed: int, can: bool) -> None:
    relation = {"kind": "ratio", "share": "rate", "part": "firms_a", "whole": "firms"}
    facts = count("firms_a", "东", 10), count("firms", "东", 40), share("rate", "东", printed)
    assert holds(relation, *facts) is can


@pytest.mark.parametrize(("printed", "can"), [(19, False), (20, True), (21, False)])
def test_a_growth_is_that_of_its_counts(holds, printed: int, can: bool) -> None:
    relation = {"kind": "growth", "growth": "growth", "count": "firms"}
    facts = (
        count("firms", "东", 120),
        count("firms", "东", 100, 2030),
        share("growth", "东", printed),
    )
    assert holds(relation, *facts) is can


@pytest.mark.parametrize(("printed", "can"), [(300, False), (301, True)])
def test_every_row_is_over_the_threshold(holds, printed: int, can: bool) -> None:
    relation = {
        "kind": "threshold",
        "threshold": "firms_threshold",
        "number": "firms",
        "exhibit": "tab-x",
    }
    assert (
        holds(relation, count("firms_threshold", "全国", 300), count("firms", "东", printed)) is can
    )


@pytest.mark.parametrize(("province", "can"), [(79, False), (80, True), (410, True), (411, False)])
def test_cities_are_no_more_than_their_province_and_the_others_no_larger_than_the_last(
    holds, province: int, can: bool
) -> None:
    # Jiangsu has thirteen cities: eleven more of 30 firms at most.
    relation = {"kind": "places", "measure": "firms", "cities": "tab-x", "provinces": "tab-y"}
    cities = count("firms", "苏州", 50), count("firms", "无锡", 30)
    ranks = "rank 苏州 2031 1 位", "rank 无锡 2031 2 位"
    assert holds(relation, *cities, *ranks, count("tab-y:firms", "江苏省", province)) is can


def test_what_a_table_without_ranks_does_not_list_may_be_larger(holds) -> None:
    relation = {"kind": "places", "measure": "firms", "cities": "tab-x", "provinces": "tab-y"}
    cities = count("firms", "苏州", 50), count("firms", "无锡", 30)
    assert holds(relation, *cities, count("tab-y:firms", "江苏省", 411))


@pytest.mark.parametrize(("more", "can"), [(19, False), (20, True), (21, False)])
def test_counts_by_region_are_the_firms_of_a_class(holds_all, more: int, can: bool) -> None:
    facts = *NATION, count("firms_b", "东", 10), count("firms_b", "西", more)
    assert holds_all([WHOLE, firms_of("b"), firms_of("c")], *facts) is can


def test_counts_of_some_regions_say_nothing_of_a_class(holds_all) -> None:
    facts = *NATION, count("firms_b", "东", 10)
    assert holds_all([WHOLE, firms_of("b"), firms_of("c")], *facts)


@pytest.mark.parametrize(("more", "can"), [(1, True), (20, True), (21, False)])
def test_the_rows_of_a_table_are_among_the_firms_of_a_share(
    holds_all, more: int, can: bool
) -> None:
    facts = *NATION, count("tab-y:kinds", "甲", 10), count("tab-y:kinds", "乙", more)
    assert holds_all([WHOLE, firms_of("c"), AMONG], *facts) is can


@pytest.mark.parametrize(("printed", "can"), [(9, False), (10, True), (90, True), (92, False)])
def test_a_kind_of_firm_fits_inside_a_class_and_outside_it(holds_all, printed, can) -> None:
    # Half of the 20 % of a class: 10 % of all inside of it, 80 % at most outside.
    facts = *NATION[:3], share("digital_of_b", "全国", 50), share("digital", "全国", printed)
    assert holds_all([WHOLE, PART_OF_CLASS], *facts) is can


NOTHING: dict[str, object] = {"kind": "part_of", "part": "x", "whole": "y"}
BEFORE = "rate 大 2030 60 %"


@pytest.mark.parametrize(
    ("fact", "can"),
    [
        ("rate_lead 大 2031 20 百分点", True),
        ("rate_lead 大 2031 18 百分点", False),
        ("rate_lead 小 2031 -20 百分点", True),
        ("rate_increase 大 2031 20 百分点", True),
        ("rate_increase 大 2031 22 百分点", False),
        ("rate_decrease 大 2031 -20 百分点", True),
        ("rate_decrease 大 2031 20 百分点", False),
        ("rate_change 大 2031 18 百分点", False),
        ("rate_increase_from 大 2031 20 百分点", True),
        ("rate_increase_from 大 2031 22 百分点", False),
        ("rate_increase_to 大 2031 20 百分点", True),
        ("rate_increase_to 大 2031 18 百分点", False),
        ("rate_over 大 2031 79 %", True),
        ("rate_over 大 2031 80.5 %", False),
        ("rate_under 大 2031 81 %", True),
        ("rate_under 大 2031 79.5 %", False),
        ("firms_over 大 2031 9 家", True),
        ("firms_over 大 2031 10 家", False),
        ("firms_under 大 2031 11 家", True),
        ("firms_under 大 2031 10 家", False),
    ],
)
def test_what_is_said_of_a_number_fits_it_or_does_not(holds, fact: str, can: bool) -> None:
    rates = share("rate", "大", 80), share("rate", "小", 60), BEFORE, count("firms", "大", 10)
    assert holds(NOTHING, *rates, fact) is can


@pytest.mark.parametrize(("change", "can"), [(20, True), (22, False)])
def test_a_change_is_from_the_last_year_in_which_its_own_group_is_printed(
    holds, change: int, can: bool
) -> None:
    rates = share("rate", "大", 80), "rate 大 2029 60 %", "rate 小 2030 90 %", "part 大 2030 90 %"
    assert holds(NOTHING, *rates, points("rate_change", "大", change)) is can


def test_a_lead_over_several_others_says_nothing(holds) -> None:
    rates = [
        share("rate", group, printed) for group, printed in (("大", 80), ("中", 70), ("小", 60))
    ]
    assert holds(NOTHING, *rates, points("rate_lead", "大", 50))
    assert holds(NOTHING, *rates[:1], points("rate_lead", "大", 50))
    assert not holds(NOTHING, *rates[:2], points("rate_lead", "大", 50))
    other = share("other_rate", "中", 70)
    assert not holds(NOTHING, rates[0], rates[2], other, points("rate_lead", "大", 50))


def test_a_rank_against_its_numbers_proves_nothing_of_them(holds) -> None:
    relation = {"kind": "ranking", "exhibit": "tab-x", "number": "firms", "rank": "rank"}
    numbers = count("firms", "东", 10), count("firms", "西", 20)
    for first, second in ((1, 2), (2, 1), (1, 1)):
        ranks = f"rank 东 2031 {first} 位", f"rank 西 2031 {second} 位"
        assert holds(relation, *numbers, *ranks)


@pytest.mark.parametrize(
    ("exhibit", "groups", "found"),
    [
        ("tab-x", ["东", "西"], True),
        (None, ["东", "西"], True),
        ("tab-y", ["东", "西"], False),
        ("tab-x", ["东", "西", "南"], False),
    ],
)
def test_shares_are_a_whole_where_all_groups_stand_in_its_exhibit(
    facts_file, exhibit, groups, found: bool
) -> None:
    lines = [f"tab-x,region_share,{name},2031,50,%,50,某处" for name in ("东", "西")]
    relation = {"kind": "whole_of_groups", "measure": "region_share", "groups": groups}
    declared = Declarations.model_validate(
        {"exhibits": {}, "relations": [relation | {"exhibit": exhibit}]}
    )
    report = PublishedReport.of(read_facts(facts_file(*lines)), declared)
    assert [[fact.group for fact in own] for own, _ in wholes(report)] == [groups] * found
