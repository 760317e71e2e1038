"""Suppression, ranks and rounding: the rules every indicator rests on."""

import math
from dataclasses import dataclass

import pandas as pd
import pytest

from smdi.indicators.rounding import half_up, printed_decimals
from smdi.indicators.tidy import (
    competition_rank,
    count,
    difference,
    mean,
    pick,
    rank,
    setting,
    share,
    tidy,
)


@dataclass(frozen=True)
class Rule:
    minimum_cell: int = 5
    published: frozenset = frozenset()


def values(*rows, rule=None, exhibit="fig-01"):
    return tidy(rows, exhibit, rule or Rule())


@pytest.mark.parametrize(
    ("value", "digits", "printed"),
    [
        (12.5, 0, "13"),
        (2.675, 2, "2.68"),  # the float below it rounds to 2.67 when taken at its word
        (100 * 107 / 4000, 2, "2.68"),
        (-0.5, 0, "-1"),
        (0.1 + 0.2 - 0.05, 1, "0.3"),  # 0.25 but for the noise of the sum
        (7.98, 0, "8"),
    ],
)
def test_a_tie_rounds_up_and_noise_makes_none(value, digits, printed):
    assert str(half_up(value, digits)) == printed


def test_printed_decimals_are_counted_as_printed():
    assert [printed_decimals(text) for text in ("69", "14.80", "-7.1")] == [0, 2, 1]


def test_a_tie_shares_its_rank_and_the_next_is_skipped():
    ranks = competition_rank(pd.Series({"甲": 64, "乙": 65, "丙": 64, "丁": 62}))
    assert ranks.to_dict() == {"甲": 2, "乙": 1, "丙": 2, "丁": 4}


def test_ranks_come_before_rounding():
    ranks = competition_rank(pd.Series({"甲": 12.34, "乙": 12.31}))
    assert ranks.to_dict() == {"甲": 1, "乙": 2}


def test_a_share_of_nobody_is_missing_and_not_suppressed():
    row = values(share("s", "甲", 2021, 0, 0)).iloc[0]
    assert math.isnan(row["value"])
    assert not row["withheld"]
    assert row["base"] == 0


def test_a_small_count_is_suppressed_with_its_base():
    frame = values(count("firms", "甲", 2021, 4), count("firms", "乙", 2021, 5))
    assert frame["withheld"].tolist() == [True, False]
    assert frame["base"].tolist() == [0, 5]
    assert pick(frame, "firms", "乙", 2021) == (5.0, False)


def test_no_firms_is_a_fact_and_not_a_secret():
    frame = values(count("firms", "甲", 2021, 0), share("s", "甲", 2021, 0, 50))
    assert frame["value"].tolist() == [0, 0]
    assert not frame["withheld"].any()


@pytest.mark.parametrize(
    ("among", "base", "suppressed"),
    [
        (0, 4, True),
        (4, 4, True),
        (0, 5, False),
        (5, 5, False),
        (1, 100, True),
        (4, 100, True),
        (5, 100, False),
        (95, 100, False),
        (96, 100, True),
        (99, 100, True),
        (100, 100, False),
        (5, 10, False),
        (4, 9, True),
        (5, 9, True),
    ],
)
def test_a_share_is_suppressed_for_few_firms_in_it_behind_it_or_beside_it(among, base, suppressed):
    assert values(share("s", "甲", 2021, among, base))["withheld"].tolist() == [suppressed]


@pytest.mark.parametrize(("firms", "suppressed"), [(1, True), (4, True), (5, False), (6, False)])
def test_a_mean_over_fewer_firms_than_the_minimum_is_suppressed(firms, suppressed):
    frame = values(mean("m", "甲", 2021, pd.Series([1.0] * firms), "分"))
    assert frame["withheld"].tolist() == [suppressed]
    assert frame["base"].tolist() == [0 if suppressed else firms]


@pytest.mark.parametrize(("among", "base", "shown"), [(4, 5, 5), (1, 5, 5), (2, 4, 0), (4, 6, 6)])
def test_the_base_of_a_suppressed_share_goes_only_when_it_is_small_itself(among, base, shown):
    frame = values(share("s", "甲", 2021, among, base))
    assert frame["withheld"].tolist() == [True]
    assert frame["base"].tolist() == [shown]


@pytest.mark.parametrize("minimum", [0, 1])
def test_an_edition_without_a_minimum_suppresses_nothing(minimum):
    rows = [count("firms", "甲", 2021, 1), share("s", "甲", 2021, 1, 100, "w")]
    assert not values(*rows, rule=Rule(minimum_cell=minimum))["withheld"].any()


def test_a_minimum_of_two_hides_single_firms():
    rows = [count("firms", "甲", 2021, 1), count("firms", "乙", 2021, 2)]
    assert values(*rows, rule=Rule(minimum_cell=2))["withheld"].tolist() == [True, False]


def test_a_threshold_and_a_rank_tell_of_no_firm():
    rows = [setting("sample_threshold", "全国", 2021, 3, "家"), rank("甲", 2021, 2)]
    assert values(*rows)["value"].tolist() == [3, 2]


def test_what_is_published_already_is_not_suppressed():
    rule = Rule(published=frozenset({"tab-provinces/firms/西藏自治区/2021"}))
    rows = [count("firms", "西藏自治区", 2021, 1)]
    assert values(*rows, rule=rule, exhibit="tab-provinces")["value"].tolist() == [1]
    assert values(*rows, rule=rule, exhibit="fig-01")["withheld"].tolist() == [True]


def parts(*firms, rule=None, groups=None, years=None):
    """Suppress the parts of a whole of as many firms as they sum to; say which are withheld."""
    groups, years = groups or ["甲"] * len(firms), years or [2021] * len(firms)
    rows = [
        share(name, group, year, n, sum(firms), "levels")
        for name, n, group, year in zip("abcd", firms, groups, years, strict=True)
    ]
    return values(*rows, rule=rule)["withheld"].tolist()


@pytest.mark.parametrize(
    ("firms", "suppressed"),
    [
        ((60, 30, 8, 2), [False, False, True, True]),
        ((60, 8, 30, 4), [False, True, False, True]),
        ((60, 30, 5, 5), [False, False, False, False]),
        ((60, 33, 4, 3), [False, False, True, True]),
        ((90, 4, 3, 3), [False, True, True, True]),
        ((88, 0, 10, 2), [False, False, True, True]),  # zero says nothing: another part must go
        ((98, 0, 0, 2), [True, False, False, True]),
    ],
)
def test_a_single_suppressed_part_takes_the_smallest_other_with_it(firms, suppressed):
    assert parts(*firms) == suppressed


def test_a_part_in_print_protects_nothing_so_the_next_smallest_goes():
    rule = Rule(published=frozenset({"fig-01/c/甲/2021"}))
    assert parts(60, 30, 8, 2, rule=rule) == [False, True, False, True]


def test_parts_of_other_groups_and_years_are_no_parts_of_the_whole():
    assert parts(60, 30, 8, 2, groups=["甲", "甲", "乙", "甲"]) == [False, True, False, True]
    assert parts(60, 30, 8, 2, years=[2021, 2021, 2020, 2021]) == [False, True, False, True]


def test_shares_of_no_whole_stand_alone():
    rows = [share("a", "甲", 2021, 8, 100), share("b", "甲", 2021, 2, 100)]
    assert values(*rows)["withheld"].tolist() == [False, True]


def test_a_difference_is_suppressed_with_either_term():
    now, before = share("s", "甲", 2021, 40, 100), share("s", "甲", 2020, 30, 100)
    assert difference("d", now, before).value == 10
    assert difference("d", now, before.suppressed(5)).withheld
    assert difference("d", now.suppressed(5), before).withheld


def test_a_mean_leaves_out_who_was_not_asked():
    row = mean("m", "甲", 2021, pd.Series([1.0, None, 2.0] * 5), "分")
    assert (row.value, row.base) == (1.5, 10)


def test_a_row_that_is_not_there_is_missing_and_not_suppressed():
    value, withheld = pick(values(count("firms", "甲", 2021, 9)), "firms", "乙", 2021)
    assert math.isnan(value)
    assert withheld is False


def test_a_suppressed_count_never_shows_itself_as_its_base():
    row = count("firms", "甲", 2021, 40).suppressed(5)
    assert (row.base, row.withheld) == (0, True)
