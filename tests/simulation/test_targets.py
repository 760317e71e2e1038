from fractions import Fraction
from itertools import islice

import numpy as np
import pytest

from smdi.errors import InputErrors
from smdi.simulation.assumptions import read_assumptions
from smdi.simulation.counts.level_counts import national_levels
from smdi.simulation.counts.plan import Plan, make_plan
from smdi.simulation.counts.printed_divisions import inferred_counts
from smdi.simulation.counts.targets import Interval
from smdi.simulation.simulate import read_targets
from smdi.simulation.streams import Streams
from smdi.standards import divisions, national_level_shares
from tests.published.measuring import read_rows, write_rows

from .conftest import FACTS
from .consistent_changes import find, put


def test_the_counts_behind_a_share_are_those_that_print_so():
    base = 15800
    printing = [k for k in range(base + 1) if f"{100 * k / base:.2f}" == "24.04"]
    assert list(Interval.of("24.04").counts(base)) == printing


def test_a_tie_between_two_printed_values_is_left_out():
    assert 5 not in Interval.of("62").counts(8)  # 5/8 is 62.5 %
    assert 5 not in Interval.of("63").counts(8)


@pytest.mark.parametrize(
    ("printed", "base", "count"), [("50", 1000, 500), ("33.3", 300, 100), ("0", 9, 0)]
)
def test_the_count_behind_a_share_is_the_one_nearest_to_it(printed: str, base: int, count: int):
    assert Interval.of(printed).count(base) == count


def test_a_share_that_no_count_prints_is_an_error():
    with pytest.raises(ValueError, match="no share of 10 firms"):
        Interval.of("24.04").count(10)


def test_two_exhibits_that_print_one_quantity_bind_together():
    targets = read_targets(FACTS)  # 22 in figure 11, 22.06 in figure 14
    found = targets.require("online_quality_inspection", "全行业", 2021)
    assert (found.low, found.high) == (Fraction("22.055"), Fraction("22.065"))


def test_a_fact_that_the_audit_disproves_is_no_target():
    cities = read_targets(FACTS).numbers("firms_level_ge2", 2021, "tab-cities")
    assert "重庆" not in cities
    assert cities["无锡"] == 630


def test_a_missing_fact_is_named():
    with pytest.raises(InputErrors, match="a fact no_such_measure/全国/2021"):
        read_targets(FACTS).require("no_such_measure", "全国", 2021)


def test_shares_that_no_firms_print_together_are_told_with_the_changes_at_fault(tmp_path):
    rows = read_rows(FACTS)
    group = "汽车制造业"
    for measure, printed in (("share_level_le1", "53.48"), ("share_level_2", "22.59")):
        put(find(rows, "tab-industry-change", measure, group), float(printed), 2)
    targets = read_targets(write_rows(rows, tmp_path / "facts.csv"))
    with pytest.raises(InputErrors) as caught:
        make_plan(targets, read_assumptions(), Streams(1))
    (problem,) = caught.value.problems
    assert problem.file.endswith("facts.csv")
    assert problem.expected.count(f"/{group}/") == 9
    assert f"share_level_2_change/{group}/2021 = 0.88" in problem.expected
    assert f"share_level_3_change/{group}" not in problem.expected


CARS, MACHINES = ("汽车制造业", "53.48", "22.59"), ("通用设备制造业", "73.66", "12.84")


@pytest.mark.parametrize(
    ("industry", "room"),
    [
        (CARS, (1567, 1567)),
        (CARS, (1567, 1600)),
        (CARS, (1500, 1567)),
        (MACHINES, (1815, 1829)),
    ],
)
def test_the_change_at_fault_is_told_where_one_number_of_firms_prints_the_shares(
    tmp_path, industry, room
):
    """Of 1500 to 1600 firms 1567 alone print the shares of car makers, and not the changes."""
    rows = read_rows(FACTS)
    group, lowest, second = industry
    for measure, printed in (("share_level_le1", lowest), ("share_level_2", second)):
        put(find(rows, "tab-industry-change", measure, group), float(printed), 2)
    targets = read_targets(write_rows(rows, tmp_path / "facts.csv"))
    own = divisions().query("name_zh == @group")
    with pytest.raises(InputErrors) as caught:
        inferred_counts(targets, read_assumptions(), own, dict.fromkeys(own.index, room))
    (problem,) = caught.value.problems
    assert (
        f"no {room[0]} to {room[1]} firms in 2021 and 1 to 3025 firms in 2020" in problem.expected
    )
    changes = [name for name in ("le1", "2", "3", "ge4") if f"_{name}_change/" in problem.expected]
    assert changes == ["2"]


def test_a_province_by_another_name_is_told_with_the_nearest(tmp_path):
    rows = read_rows(FACTS)
    find(rows, "tab-provinces", "firms_level_ge2", "青海省")["group"] = "青海県"
    with pytest.raises(InputErrors) as caught:
        read_targets(write_rows(rows, tmp_path / "facts.csv"))
    wrong, missing = caught.value.problems
    assert (wrong.value, wrong.nearest) == ("青海県", "青海省")
    assert "青海省" in missing.expected


def test_facts_without_a_table_of_cities_place_firms_by_their_provinces(tmp_path):
    rows = [row for row in read_rows(FACTS) if row["exhibit"] != "tab-cities"]
    targets = read_targets(write_rows(rows, tmp_path / "2021.csv"))
    plan = make_plan(targets, read_assumptions(), Streams(1))
    upper = {name: table.to_numpy()[:, 1:].sum() for name, table in plan.city_levels.items()}
    printed = {
        row["group"]: int(row["value"]) for row in rows if row["measure"] == "firms_level_ge2"
    }
    shandong = upper["370000"] + upper["370200"]  # 青岛 is a region of its own
    assert (upper["320000"], shandong) == (printed["江苏省"], printed["山东省"])


def test_facts_of_shares_alone_are_refused_with_what_lacks(tmp_path):
    rows = [row for row in read_rows(FACTS) if row["measure"].startswith("share_level_")]
    with pytest.raises(InputErrors) as caught:
        read_targets(write_rows(rows, tmp_path / "2021.csv"))
    (problem,) = caught.value.problems
    assert "tab-provinces/firms_level_ge2 of every province" in problem.expected


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(read_targets(FACTS), read_assumptions(), Streams(1))


def test_a_region_has_the_specialities_that_are_assumed_and_no_other_region_has(plan):
    assumed = read_assumptions()
    names, codes = list(plan.regions["name"]), list(plan.divisions[2021].index)
    weights = plan.affinity
    seen = 0
    for name, own in assumed.specialities.items():
        for code, weight in own.items():
            assert weights[names.index(name), codes.index(code)] == weight
            others = [n for n in names if code not in assumed.specialities.get(n, {})]
            drawn = weights[[names.index(n) for n in others], codes.index(code)]
            assert len(set(drawn.tolist())) == len(others), "drawn for each by itself"
            seen += 1
    assert seen > 20


def test_a_division_whose_shares_are_not_printed_has_the_assumed_one_within_a_firm(plan):
    assumed = read_assumptions().divisions
    seen = 0
    for code, counts in plan.divisions[2021].iterrows():
        share = assumed[code].level_ge2
        if share is not None:
            assert abs(counts.iloc[1:].sum() - share / 100 * counts.sum()) < 1, code
            seen += 1
    assert seen > 20


@pytest.mark.parametrize(
    ("ends", "first"),
    [((15600, 16042), 15800), ((15900, 16042), 15900), ((15000, 15700), 15700)],
)
def test_of_the_numbers_of_firms_that_the_facts_leave_the_nearest_to_the_assumed_comes_first(
    ends: tuple[float, float], first: int
):
    assumed = read_assumptions()
    assert assumed.assessed[2021] == 15800
    found = national_levels(read_targets(FACTS), assumed, 4893, national_level_shares(), ends)
    totals = [int(levels[2021].sum()) for levels in islice(found, 5)]
    assert totals[0] == first
    assert len(totals) == 5
    assert totals == sorted(totals, key=lambda total: abs(total - 15800))
    assert all(ends[0] <= total <= ends[1] for total in totals)


def test_the_counts_behind_the_nations_shares_are_those_nearest_to_them():
    """69, 15, 7 and 9 % of 15 800 are 10902, 2370, 1106 and 1422, five more than 4893 at level 2.

    They are taken from the largest of the three; of the year before nothing but its sum is told.
    """
    ends = (15800, 15800)
    (levels,) = national_levels(
        read_targets(FACTS), read_assumptions(), 4893, national_level_shares(), ends
    )
    assert levels[2021].tolist() == [10907, 2365, 1106, 1422]
    assert levels[2020].tolist() == [9075, 1694, 726, 605]


def test_in_a_province_cities_with_more_firms_above_have_more_below_but_less_than_in_proportion(
    plan,
):
    """Firms at level 1 or below rise with the power 0.8 of those above, two more in each."""
    above, below = [], []
    for table in plan.city_levels.values():
        ge2 = np.log(table.to_numpy()[:, 1:].sum(axis=1) + 2.0)
        if len(table) > 5:
            above += (ge2 - ge2.mean()).tolist()
            le1 = np.log(table.to_numpy()[:, 0] + 0.5)
            below += (le1 - le1.mean()).tolist()
    assert len(above) > 150
    assert np.polyfit(above, below, 1)[0] == pytest.approx(0.8, abs=0.1)


def test_participants_of_a_year_before_are_divided_as_those_who_answered_then(plan):
    """Each industry has its part of the silent ones, and of all those who come back its part."""
    answered = plan.divisions[2020].sum(axis=1)
    before, back = plan.before, plan.returning_by_division
    assert before.sum() == plan.regions["before"].sum()
    assert (before - answered * before.sum() / answered.sum()).abs().max() < 1
    assert back.sum() == plan.regions["returning"].sum()
    most = np.minimum(before, plan.divisions[2021].sum(axis=1))
    assert (back <= most).all()
    share = (back / before)[back < most]
    assert len(share) > 15
    assert (share - share.median()).abs().max() < 1 / before[share.index].min()


def test_where_a_region_has_no_speciality_its_industries_vary_as_assumed(plan):
    """A few dozen are specialities of more than a thousand; the bounds are by quantiles."""
    logs = np.log(plan.affinity.ravel())
    low, middle, high = np.quantile(logs, [0.1587, 0.5, 0.8413])
    error = 4 * 0.35 * 1.3 / np.sqrt(len(logs))
    assert middle == pytest.approx(0, abs=error)
    assert middle - low == pytest.approx(0.35, abs=error)
    assert high - middle == pytest.approx(0.35, abs=2 * error)
